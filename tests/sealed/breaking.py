"""What can be wrong with sealed records: each takes a sealed catalogue and breaks it in one way."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable

import pyrage

from jiebang.catalogue import load
from jiebang.catalogue.files import RecordFile
from jiebang.catalogue.keys import identities_from
from jiebang.catalogue.sealed import sealed as sealed_bytes
from jiebang.catalogue.sealing import seal_file
from tests.conftest import FIXTURES
from tests.sealing import ENTERPRISE, OTHER, Sealed, make_key

Breaking = Callable[[Sealed], None]


def cut(s: Sealed) -> None:
    s.edit(ENTERPRISE, lambda data: b"\n".join(data.split(b"\n")[:-4] + data.split(b"\n")[-2:]))


def more_behind(s: Sealed) -> None:
    s.edit(ENTERPRISE, lambda data: data + "name: 示例\n".encode())


def more_in_front(s: Sealed) -> None:
    s.edit(ENTERPRISE, lambda data: data.replace(b"schema:", "# 示例企业\nschema:".encode(), 1))


def not_a_choice(s: Sealed) -> None:
    s.edit(ENTERPRISE, lambda data: data.replace("role: 大企业".encode(), "role: 示例企业".encode(), 1))


def other_role(s: Sealed) -> None:
    s.edit(ENTERPRISE, lambda data: data.replace("role: 大企业".encode(), "role: 中小企业".encode(), 1))


def other_disclosure(s: Sealed) -> None:
    def change(data: bytes) -> bytes:
        shown, hidden = "disclosure: 公开".encode(), "disclosure: 不公开".encode()
        return data.replace(shown, hidden, 1) if shown in data else data.replace(hidden, shown, 1)

    s.edit(ENTERPRISE, change)


def swapped(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(OTHER), *s.recipients)


def told_otherwise(s: Sealed) -> None:
    with identities_from([s.working.file]):
        record = next(e for e in load(s.catalogue)[0].enterprises if e.path.endswith(f"{ENTERPRISE}.age"))
    other = {"公开": "不公开", "不公开": "公开"}[record.get("disclosure")]
    values = {**record.value, "disclosure": other}
    s.path(ENTERPRISE).write_bytes(sealed_bytes("enterprise", record.id, values, record.source, s.recipients))


def not_filled_up(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(ENTERPRISE).rstrip(b"\n") + b"\n", *s.recipients)


def not_ours(s: Sealed) -> None:
    s.put(ENTERPRISE, b"\n" * 4096, *s.recipients)


def to_strangers(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(ENTERPRISE), s.stranger.public, make_key(s.catalogue.parent / "more.key").public)


def to_one_more(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(ENTERPRISE), *s.recipients, s.stranger.public)


def to_one_less(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(ENTERPRISE), s.working.public)


def recovery_is_a_stranger(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(ENTERPRISE), s.working.public, s.stranger.public)


def by_another_list(s: Sealed) -> None:
    shutil.copy(FIXTURES / "base" / ENTERPRISE, s.catalogue / ENTERPRISE)
    s.path(ENTERPRISE).unlink()
    file = RecordFile("enterprise", ENTERPRISE, "2024", "qiaokou")
    seal_file(s.catalogue, file, [s.working.public, s.stranger.public])


def by_password(s: Sealed) -> None:
    armored = pyrage.passphrase.encrypt(s.opened(ENTERPRISE), "示例", armored=True)
    s.edit(ENTERPRISE, lambda data: data[: data.index(b"-----BEGIN")] + bytes(armored))


def twin(s: Sealed) -> None:
    (s.catalogue / "2024/zone/demands/e-aaaaaaa1.yml").write_bytes((FIXTURES / "base" / ENTERPRISE).read_bytes())


def plain(s: Sealed) -> None:
    s.path(ENTERPRISE).unlink()
    shutil.copy(FIXTURES / "base" / ENTERPRISE, s.catalogue / ENTERPRISE)


def no_recipients(s: Sealed) -> None:
    shutil.copy(FIXTURES / "base" / "districts.yml", s.catalogue / "districts.yml")


def rewrapped(s: Sealed) -> None:
    """The same age file in armor of another writing."""

    def change(data: bytes) -> bytes:
        begin, end = data.index(b"FILE-----\n") + 10, data.index(b"-----END")
        body = data[begin:end].replace(b"\n", b"")
        return data[:begin] + body[:32] + b"\n" + body[32:] + b"\n" + data[end:]

    s.edit(ENTERPRISE, change)


def with_line_ends_of_windows(s: Sealed) -> None:
    s.edit(ENTERPRISE, lambda data: data.replace(b"\n", b"\r\n"))


def in_conflict(s: Sealed) -> None:
    s.edit(ENTERPRISE, lambda data: b"<<<<<<< HEAD\n" + data + b"=======\n" + data + b">>>>>>> main\n")


def plain_under_a_sealed_name(s: Sealed) -> None:
    shutil.copy(FIXTURES / "base" / ENTERPRISE, s.path(ENTERPRISE))


def for_another_id(s: Sealed) -> None:
    """The digest of the public part is right, the id is not."""
    opened = s.opened(ENTERPRISE)
    s.put(ENTERPRISE, opened.replace(b"\nE-AAAAAAA1\n", b"\nE-AAAAAAA2\n", 1), *s.recipients)


def more_in_the_filling(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(ENTERPRISE)[:-5] + b"more\n", *s.recipients)


def to_a_shell_key_as_well(s: Sealed) -> None:
    blob = b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + bytes([0x58] + [0x66] * 31)
    keys = [pyrage.x25519.Recipient.from_str(key) for key in s.recipients]
    keys.append(pyrage.ssh.Recipient.from_str(f"ssh-ed25519 {base64.b64encode(blob).decode()}"))
    armored = bytes(pyrage.encrypt(s.opened(ENTERPRISE), keys, armored=True))
    s.edit(ENTERPRISE, lambda data: data[: data.index(b"-----BEGIN")] + armored)
