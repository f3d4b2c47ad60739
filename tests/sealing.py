"""Keys and a sealed copy of the small catalogue, made once for all tests of a process; copy the catalogue before changing anything."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyrage

from jiebang.catalogue.files import RecordFile, find_records
from jiebang.catalogue.keys import identities_from, new_identity
from jiebang.catalogue.sealed import PUBLIC
from jiebang.catalogue.sealing import seal_file
from jiebang.mapping import Maps
from jiebang.problems import Problem
from jiebang.rules.verdict import verdict
from tests.conftest import FIXTURES

ENTERPRISE = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
OTHER = "2024/qiaokou/enterprises/e-ccccccc3.yml"
APPLICATION = "2024/qiaokou/applications/a-aaaaaaa1.yml"


@dataclass(frozen=True)
class Key:
    """An identity in a file of its own."""

    file: Path
    public: str
    secret: str


def make_key(file: Path) -> Key:
    secret, public = new_identity()
    file.write_text(f"# 示例\n{secret}\n", encoding="utf-8")
    file.chmod(0o600)
    return Key(file, public, secret)


def name_recipients(catalogue: Path, working: str, recovery: str) -> None:
    """Writes the recipients into districts.yml, in the place of those that stand there."""
    path = catalogue / "districts.yml"
    text = path.read_text(encoding="utf-8")
    before, found, rest = text.partition("  sealing:\n")
    if found:
        rest = rest[min(rest.index(key) for key in ("  reviewers:", "  staff:") if key in rest) :]
    else:
        at = text.index("  reviewers:")
        before, rest = text[:at], text[at:]
    sealing = f"  sealing:\n    working:\n      - {working}\n    recovery:\n      - {recovery}\n"
    path.write_text(before + sealing + rest, encoding="utf-8")


def plain_files(catalogue: Path) -> list[RecordFile]:
    return [file for file in find_records(catalogue)[0] if file.kind in PUBLIC and not file.is_sealed]


@dataclass(frozen=True)
class Sealed:
    """The catalogue, and the keys that it is sealed to."""

    catalogue: Path
    working: Key
    recovery: Key
    stranger: Key

    @property
    def recipients(self) -> list[str]:
        return [self.working.public, self.recovery.public]

    def found(self, *keys: Key) -> set[str]:
        """The codes of all that a check finds with these keys."""
        return {problem.code for problem in self.problems(*keys)}

    def problems(self, *keys: Key) -> list[Problem]:
        with identities_from([key.file for key in keys]):
            return verdict(self.catalogue, Maps(jobs=1)).problems

    def path(self, name: str) -> Path:
        return self.catalogue / f"{name}.age"

    def edit(self, name: str, change: Callable[[bytes], bytes]) -> None:
        before = self.path(name).read_bytes()
        after = change(before)
        assert after != before
        self.path(name).write_bytes(after)

    def opened(self, name: str) -> bytes:
        """What age finds in a file."""
        armored = self.path(name).read_bytes()
        armored = armored[armored.index(b"-----BEGIN") :]
        return bytes(pyrage.decrypt(armored, [pyrage.x25519.Identity.from_str(self.working.secret)]))

    def put(self, name: str, content: bytes, *recipients: str) -> None:
        """Other sealed content, behind the public part as it stands."""
        keys = [pyrage.x25519.Recipient.from_str(key) for key in recipients]
        armored = bytes(pyrage.encrypt(content, keys, armored=True))
        self.edit(name, lambda data: data[: data.index(b"-----BEGIN")] + armored)


def make_sealed(folder: Path) -> Sealed:
    catalogue = folder / "catalogue"
    shutil.copytree(FIXTURES / "base", catalogue)
    keys = [make_key(folder / f"{name}.key") for name in ("working", "recovery", "stranger")]
    sealed = Sealed(catalogue, *keys)
    name_recipients(catalogue, *sealed.recipients)
    for file in plain_files(catalogue):
        seal_file(catalogue, file, sealed.recipients)
    return sealed
