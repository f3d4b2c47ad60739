"""What becomes an address or a number to dial on a page has to look like one: no other scheme comes through the schema."""

from __future__ import annotations

import re

import pytest

from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.files import RecordFile
from jiebang.catalogue.record import values_at
from tests.conftest import FIXTURES
from tests.hostile.payloads import PAYLOADS

FIELDS = {
    ("round", "2024/round.yml", "notice.url"): re.compile(r"https?://\S+"),
    ("districts", "districts.yml", "city.contact.phone"): re.compile(r"[-0-9+() 转,，]+"),
    ("districts", "districts.yml", "districts[].contact.email"): re.compile(r"[^\s<>\"'`()]+@[A-Za-z0-9.-]+"),
}
NEAR = (
    "https://example.org/x", "javascript://example.org/%0ahit(1)", "https:hit", "HTTPS://", "https://x/\"onclick=hit(1)", "x@example.org",
    "javascript:hit@example.org", "x@example.org?bcc=y", "027-00000000", "027-00000000;hit", "tel:02700000000",
)  # fmt: skip
"""Addresses and numbers, and what is nearly one."""


@pytest.mark.parametrize(("kind", "path", "field"), FIELDS)
def test_nothing_but_an_address_comes_through(kind: str, path: str, field: str) -> None:
    good = (FIXTURES / "base" / path).read_text(encoding="utf-8")
    key = field.rpartition(".")[2]
    line = re.compile(rf"^( +){key}: .*\n", re.MULTILINE)
    if not line.search(good):
        good = re.sub(r"^notice:\n", f"notice:\n  {key}: x\n", good, flags=re.MULTILINE)
    assert line.search(good)
    through = set()
    for payload in (*PAYLOADS, *NEAR):
        written = '"' + "".join(f"\\U{ord(c):08x}" for c in payload) + '"'
        text = "".join(
            line.sub(r"\1", row) + f"{key}: {written}\n" if line.match(row) else row for row in good.splitlines(True)
        )
        record = read_record(RecordFile(kind, path, "2024" if kind == "round" else None, None), text.encode()).record
        assert record is not None
        left = values_at(record.value, field)
        through.update(left if isinstance(left, list) else [left])
    through.discard(None)
    assert through & set(NEAR)
    assert [text for text in through if not FIELDS[kind, path, field].fullmatch(text)] == []
