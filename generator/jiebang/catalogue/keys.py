"""Keys of sealed records: recipients, to whom anybody can seal, and identities, which open. All cryptography is age's (pyrage).

An identity stands in a file that `--identity` or the environment names; it is read when a sealed record has to be opened, and never
written, shown or handed to another process. pyrage is imported only then: a catalogue without sealed records needs none of it.
"""

from __future__ import annotations

import os
import re
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from jiebang.errors import UserError

IDENTITY_VARIABLE = "JIEBANG_IDENTITY"
_SECRET = "AGE-SECRET-KEY-1"  # noqa: S105 - how every identity begins, and none itself
_SECRET_IN_TEXT = re.compile(rb"AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{50}", re.IGNORECASE)
_LARGEST = 1 << 16
"""Bytes of a file with identities: hundreds of them."""


class _Named:
    """The files with identities that a command was given: of the whole process, as a server reads in threads of its own."""

    files: tuple[Path, ...] = ()


_named = _Named()


class KeyNeededError(UserError):
    """Something asks for what sealed records hold, and no identity was named."""

    def __init__(self, count: int, what: str = "这件事做不了") -> None:
        super().__init__(
            f"目录里有 {count} 份密封的记录，没有密钥打不开{what and f'，{what}'}。",
            f"加上 --identity FILE（工作密钥的文件），或用环境变量 {IDENTITY_VARIABLE} 指明。",
        )


def _pyrage() -> Any:
    try:
        return import_module("pyrage")
    except ImportError as error:
        raise UserError(
            "这里没有装 pyrage，不能密封，也打不开密封的记录。", "安装：pip install 'jiebang[seal]'。"
        ) from error


@dataclass(frozen=True, slots=True)
class Keyring:
    """Identities by their public keys, in the order of the files."""

    identities: dict[str, Any] = field(repr=False)

    @property
    def mark(self) -> bytes:
        """Names them, by what is public of each: what was found out with other keys, or with none, is another matter."""
        return "\n".join(sorted(self.identities)).encode()

    def open(self, sealed: bytes) -> tuple[bytes | None, frozenset[str]]:
        """(the content, the public keys of the identities that open it); each is tried by itself. None where none does."""
        pyrage = _pyrage()
        content, opened = None, set()
        for public, identity in self.identities.items():
            try:
                content = pyrage.decrypt(sealed, [identity])
            except (pyrage.DecryptError, ValueError):
                continue
            opened.add(public)
        return content, frozenset(opened)


@contextmanager
def identities_from(files: Sequence[Path]) -> Iterator[None]:
    """While the context lasts, sealed records are opened with these files' identities; with the environment's where there are none."""
    before, _named.files = _named.files, tuple(files)
    try:
        yield
    finally:
        _named.files = before


def keyring() -> Keyring | None:
    """The identities that were named; None where none were. Raises UserError where they cannot be used."""
    named = os.environ.get(IDENTITY_VARIABLE, "")
    files = _named.files or ((Path(named),) if named else ())
    if not files:
        return None
    return Keyring({public: identity for file in files for public, identity in _read(file)})


def _read(file: Path) -> tuple[tuple[str, Any], ...]:
    try:
        status = file.stat()
    except OSError as error:
        raise UserError(f"读不出密钥文件 {file}。", "核对文件的位置；密钥丢失时怎么办，见使用指南“密封”。") from error
    if not stat.S_ISREG(status.st_mode):
        raise UserError(f"密钥文件 {file} 不是普通文件，没有使用。", "写密钥文件本身的位置，不是文件夹或管道。")
    if os.name == "posix" and status.st_mode & 0o077:
        raise UserError(
            f"密钥文件 {file} 别的用户也能读，没有使用。",
            f"先收紧权限：chmod 600 {file}；U 盘上收不紧的，复制到自己的文件夹里再用，用完删去。",
        )
    if status.st_size > _LARGEST:
        raise UserError(f"{file} 太大，不是密钥文件。", "核对文件。")
    try:
        return _identities(file, (status.st_mtime_ns, status.st_size, status.st_ino))
    except OSError as error:
        raise UserError(f"读不出密钥文件 {file}。", "检查文件权限；密钥应是你自己的文件。") from error


@lru_cache(maxsize=4)
def _identities(file: Path, _: tuple[int, ...]) -> tuple[tuple[str, Any], ...]:
    pyrage = _pyrage()
    found = []
    # The content of the file is never quoted: a slip in it is told by its line.
    for number, line in enumerate(_plain_bytes(file.read_bytes()).splitlines(), 1):
        # Whoever types a key from paper types what is easier.
        text = line.strip().upper()
        if not text or text.startswith(b"#"):
            continue
        try:
            if not text.startswith(_SECRET.encode()):
                raise ValueError
            identity = pyrage.x25519.Identity.from_str(text.decode("ascii"))
        except (ValueError, pyrage.IdentityError):
            raise UserError(
                f"密钥文件 {file} 第 {number} 行不是密钥。",
                f"每行一个，以 {_SECRET} 开头；注释以 # 开头。抄错一个字也用不了，请从保管处重新取。",
            ) from None
        found.append((str(identity.to_public()), identity))
    if not found:
        raise UserError(f"密钥文件 {file} 里没有密钥。", f"密钥以 {_SECRET} 开头，一行一个。")
    return tuple(found)


def _plain_bytes(content: bytes) -> bytes:
    """A text without what Notepad puts around it, who saves a key that was typed from paper as “UTF-8 with BOM” or “Unicode”."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace").encode()
    return content.removeprefix(BOM_UTF8)


def new_identity() -> tuple[str, str]:
    """(secret line, public key) of a fresh identity."""
    identity = _pyrage().x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def holds_secret(content: bytes) -> bool:
    """Whether an identity stands in any file or text, in whatever encoding has ASCII in it (UTF-16 puts a NUL beside each letter)."""
    return _SECRET_IN_TEXT.search(content.replace(b"\0", b"")) is not None


def encrypted(content: bytes, recipients: Sequence[str]) -> bytes:
    """Content sealed to all recipients, as an armored age file. Raises UserError for a recipient that is mistyped."""
    pyrage = _pyrage()
    keys = []
    for recipient in recipients:
        try:
            keys.append(pyrage.x25519.Recipient.from_str(recipient))
        except (ValueError, pyrage.RecipientError):
            raise UserError(
                f"districts.yml 里的公钥 {recipient[:12]}… 不对，多半抄错了字。",
                "请市级维护人照生成密钥时显示的公钥改正（city 的 sealing）。",
            ) from None
    sealed: bytes = pyrage.encrypt(content, keys, armored=True)
    return sealed


def digest_of(recipients: Sequence[str]) -> str:
    """Names a set of recipients, whatever their order: `sha256:…`, as a sealed record says to whom it was sealed."""
    listed = "\n".join(sorted(set(recipients)))
    return f"sha256:{sha256(listed.encode()).hexdigest()}"
