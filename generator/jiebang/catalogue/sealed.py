"""A sealed record's file: a public part, and behind it the whole record as an age file.

    # 密封的记录…
    schema: enterprise/1
    id: E-4Q8ZK2MW
    role: 大企业
    disclosure: 不公开
    sealed_to: sha256:…
    -----BEGIN AGE ENCRYPTED FILE-----
    …

The public part is what the rules need without a key: who refers to whom, and what state an application is in. It holds codes and choices
of lists alone, and has one writing only, so that nothing can hide in it. What is sealed begins with the record's id and the digest of the
public part, and is filled up to one of few sizes. Source of the age format: age-encryption.org/v1 (C2SP).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from jiebang.catalogue.decode import MAX_BYTES, Refusal
from jiebang.catalogue.files import ENDING, RecordFile, id_promised_by
from jiebang.catalogue.keys import Keyring, digest_of, encrypted
from jiebang.errors import UserError

PUBLIC: Mapping[str, tuple[str, ...]] = {
    "enterprise": ("schema", "id", "role", "disclosure"),
    "application": ("schema", "id", "enterprise", "demand", "status"),
}
"""The kinds of record that are sealed, and the fields of each that stand in plain. Nature, size, place and industry are not among them: no
rule needs them before a record is opened, and together they would tell more than the site does."""
_COMMENT = "# 密封的记录：这里只有查错要用的几项，其余要用密钥打开（jiebang unseal）。不要手工改动。\n"
_SEALED_TO = "sealed_to"
_BEGIN, _END = b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"-----END AGE ENCRYPTED FILE-----\n"
_WIDTH = 64
_MAGIC = "jiebang sealed record 1"
_SMALLEST = 4096
"""Bytes of the smallest sealed content; each further size is twice the one before."""
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n"
    rb"((?:->(?: [!-~]+)+\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)+)"
    rb"--- [A-Za-z0-9+/]{43}\n"
)
_STANZA = re.compile(rb"^-> ([!-~]+)", re.MULTILINE)
_NONCE, _TAG, _CHUNK = 16, 16, 1 << 16
"""Of age's payload, in bytes: what stands in front, what each chunk ends with, and how much content a chunk holds."""
_LINE = re.compile(r"([a-z_]+): (\S+)")


class Content(NamedTuple):
    """What stands in a record's file. Of a sealed one `data` is the record that was sealed, or its public part where nobody opened it."""

    data: bytes
    size: int
    seal: Seal | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """What was found out about a seal. `closed`: no key was at hand, only the public part is known."""

    closed: bool
    refusals: tuple[Refusal, ...] = ()
    """Why the record is not read."""
    sealed_to: str = ""
    """Names the recipients, by the word of the public part."""
    recipients: int = 0
    """How many can open it."""
    opened: frozenset[str] = frozenset()
    """The public keys of the identities that opened it."""
    failed: frozenset[str] = frozenset()
    """Those of the ones that did not."""
    public: tuple[tuple[str, str], ...] = ()
    """The fields of the public part."""
    shown: tuple[str, ...] = ()
    """The names of those that a record of its kind may have there."""


class _SealError(Exception):
    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(code)
        self.refusal = Refusal(code, 0, 0, message, hint)


# --- the public part --------------------------------------------------------------------------------------------------------


def _public_text(kind: str, values: Mapping[str, Any], sealed_to: str) -> bytes:
    lines = [f"{name}: {values[name]}\n" for name in PUBLIC[kind] if values.get(name) is not None]
    return f"{_COMMENT}{''.join(lines)}{_SEALED_TO}: {sealed_to}\n".encode()


def _public_values(kind: str, public: bytes) -> dict[str, str]:
    """The fields of a public part. It has to be the one writing of these values."""
    try:
        lines = public.decode("utf-8").removeprefix(_COMMENT).splitlines()
    except UnicodeDecodeError:
        lines = []
    values = {match[1]: match[2] for line in lines if (match := _LINE.fullmatch(line))}
    if _public_text(kind, values, values.get(_SEALED_TO, "")) != public:
        raise _SealError("F010", "公开部分不是密封时写下的样子：多了、少了或改了内容。")
    return values


# --- the sealed part --------------------------------------------------------------------------------------------------------


def _armored(data: bytes) -> bytes:
    text = base64.b64encode(data)
    lines = (text[start : start + _WIDTH] + b"\n" for start in range(0, len(text), _WIDTH))
    return _BEGIN + b"".join(lines) + _END


def _unarmored(armored: bytes) -> bytes:
    """The age file itself; its armor has one writing only, too."""
    try:
        data = base64.b64decode(b"".join(armored.split(b"\n")[1:-2]), validate=True)
    except binascii.Error:
        data = b""
    if not data or _armored(data) != armored:
        raise _SealError("F009", "密封的部分残缺，或后面多了别的内容。")
    return data


def _filled_size(length: int) -> int:
    size = _SMALLEST
    while size < length:
        size *= 2
    return size


def _recipients_in(age: bytes) -> int:
    """How many recipients an age file has. Refuses what is cut, has recipients of another kind, or tells the length of the record."""
    header = _HEADER.match(age)
    if header is None:
        raise _SealError("F009", "密封的部分读不出 age 文件头。")
    kinds = [kind.decode("ascii") for kind in _STANZA.findall(header[1])]
    # age adds a stanza that means nothing, so that readers stay used to what they do not know.
    if any(kind != "X25519" and not kind.endswith("-grease") for kind in kinds):
        raise _SealError("F011", "密封时用了公钥以外的方式（例如口令、SSH 密钥）。")
    payload = len(age) - header.end() - _NONCE
    content = payload - _TAG * -(-payload // (_CHUNK + _TAG))
    if content < _SMALLEST or _filled_size(content) != content:
        raise _SealError("F009", "密封的部分长度不对：被截断，或没有用 jiebang seal 密封（长度会泄露内容多少）。")
    return kinds.count("X25519")


def _frame(id_: str, public: bytes, record: bytes) -> bytes:
    head = f"{_MAGIC}\n{id_}\n{sha256(public).hexdigest()}\n{len(record)}\n".encode()
    return (head + record).ljust(_filled_size(len(head) + len(record)), b"\n")


def _record_in(content: bytes, id_: str, public: bytes) -> bytes:
    """The record in what was sealed, which says to which public part it belongs."""
    magic, own_id, digest, length, rest = (content.split(b"\n", 4) + [b""] * 5)[:5]
    if magic != _MAGIC.encode() or not length.isdigit() or len(length) > 9 or int(length) > len(rest):
        raise _SealError("F009", "打开了，里面不是用 jiebang seal 密封的记录。")
    if own_id != id_.encode():
        raise _SealError("F012", "密封的内容是另一份记录的。")
    if digest != sha256(public).hexdigest().encode():
        raise _SealError("F012", "公开部分和密封的内容不是同一次写下的。")
    record = rest[: int(length)]
    if _frame(id_, public, record) != content:
        raise _SealError("F009", "打开了，里面不是用 jiebang seal 密封的记录。")
    return record


# --- both -------------------------------------------------------------------------------------------------------------------


def sealed(kind: str, id_: str, values: Mapping[str, Any], record: bytes, recipients: Sequence[str]) -> bytes:
    """The file of a sealed record. `values`: what the record says, as far as it is valid. Raises UserError."""
    missing = [name for name in PUBLIC[kind] if name != "disclosure" and values.get(name) is None]
    if missing or values.get("id") != id_:
        raise UserError(
            f"{id_} 的{'、'.join(missing) or 'id'} 缺失或不对，密封以后就查不出来了。",
            "先用 jiebang check 检查并改正。",
        )
    public = _public_text(kind, values, digest_of(recipients))
    found = public + encrypted(_frame(id_, public, record), recipients)
    if len(found) > MAX_BYTES:
        raise UserError(f"{id_} 太大，密封以后超过 1 MiB。", "检查是否误把附件内容粘贴进来。")
    return found


def _parts(kind: str, data: bytes) -> tuple[bytes, bytes, dict[str, str], int]:
    """(public part, armored age file, fields of the public part, how many can open it)"""
    _refuse_damage_of_tools(data)
    at = data.find(_BEGIN)
    if at < 0 or (at and data[at - 1 : at] != b"\n"):
        raise _SealError("F009", "这不是密封的记录：没有密封的部分。")
    public, armored = data[:at], data[at:]
    values = _public_values(kind, public)
    return public, armored, values, _recipients_in(_unarmored(armored))


def _refuse_damage_of_tools(data: bytes) -> None:
    """What git, editors and people do to a sealed file without meaning harm, each told with its own way back."""
    if re.search(rb"^<<<<<<< ", data, re.MULTILINE):
        raise _SealError(
            "F009",
            "密封的文件里有没解决的合并冲突，密封的内容合不到一起。",
            "用 git checkout --theirs（或 --ours）加文件名取一份完整的，用密钥打开，把另一份的改动再做一遍，重新密封。",
        )
    if b"\r\n" in data:
        raise _SealError(
            "F009",
            "密封的文件换行被改成了 Windows 的写法（CRLF），打不开。",
            "从 git 里取回原来的文件；.gitattributes 里要有“* text=auto eol=lf”，密封的文件不要用编辑器另存。",
        )
    if _BEGIN not in data and plain_records_in(data):
        raise _SealError(
            "F009",
            "文件名说是密封的，里面却是明文。",
            "把文件名改回 .yml，运行 jiebang seal；已经提交过的，按使用指南“密封”处理。",
        )


def content_of(file: RecordFile, data: bytes, size: int, keys: Keyring | None) -> Content:
    """What stands in a file whose bytes are at hand; sealed ones are opened with `keys`. `size` as in `decode`."""
    if not file.is_sealed or len(data) > MAX_BYTES:
        return Content(data, size)
    try:
        public, armored, values, count = _parts(file.kind, data)
    except _SealError as error:
        return Content(b"", 0, Seal(keys is None, (error.refusal,)))
    fields = tuple((name, value) for name, value in values.items() if name != _SEALED_TO)
    shown = public[: public.rindex(_SEALED_TO.encode())]
    sealed_to = values[_SEALED_TO]
    if keys is None:
        return Content(shown, len(shown), Seal(True, (), sealed_to, count, public=fields, shown=PUBLIC[file.kind]))
    content, opened = keys.open(armored)
    failed = frozenset(keys.identities) - opened
    record, refusals = b"", tuple[Refusal, ...]()
    if content is None:
        told = "给出的密钥打不开：不是密封给它的，或者被改动过。"
        refusals = (Refusal("F011", 0, 0, told, "换用对的密钥；密钥没错时，请密封的人重新密封。"),)
    else:
        try:
            record = _record_in(content, id_promised_by(file.path), public)
        except _SealError as error:
            refusals = (error.refusal,)
    seal = Seal(False, refusals, sealed_to, count, opened, failed, fields, PUBLIC[file.kind])
    return Content(record, len(record), seal)


def plain_of(kind: str, path: str, data: bytes, keys: Keyring | None) -> bytes:
    """The text of a sealed record's file: the record, or its public part without a key; none where it is broken."""
    return content_of(RecordFile(kind, path, None, None), data, len(data), keys).data


def is_plain_of_sealed_kind(path: str) -> bool:
    """Whether a path lies where enterprises or applications do, and is not that of a sealed one. Slips of the name change nothing."""
    folder, _, name = path.casefold().rpartition("/")
    return not path.endswith(f".yml{ENDING}") and ".y" in name and folder.rpartition("/")[2].removesuffix("s") in PUBLIC


_RECORD = re.compile(rb"""(?<!\$)schema\\*["']?\s*:\s*\\*["']?(?:enterprise|application)/[0-9]""")
"""A record's first field, wherever it stands in a line: a patch, a quotation, a program, JSON in JSON hold records, too."""
_ID = re.compile(rb"\b[EA]-[0-9A-HJKMNP-TV-Z]{8}\b", re.IGNORECASE)


def plain_records_in(content: bytes) -> frozenset[str]:
    """Ids of records that any file holds, or speaks of beside one: a copy under another name, in another folder or encoding."""
    # UTF-16, as Windows writes “Unicode”, puts a NUL beside each letter.
    content = content.replace(b"\0", b"")
    if b"schema" not in content or _RECORD.search(content) is None:
        return frozenset()
    return frozenset(found.decode("ascii").upper() for found in _ID.findall(content))


def recipients_of(districts: Any) -> tuple[str, ...]:
    """The recipients that a districts.yml (a record, or None) names; none where nothing is sealed."""
    sealing = (districts.get("city", "sealing") if districts is not None else None) or {}
    listed = [*(sealing.get("working") or ()), *(sealing.get("recovery") or ())]
    return tuple(dict.fromkeys(key for key in listed if isinstance(key, str)))
