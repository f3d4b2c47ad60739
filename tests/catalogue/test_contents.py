"""A file is read again when it may have changed, and never taken for what it was."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from jiebang.catalogue.contents import ChangedError, Contents, content_digest
from jiebang.catalogue.files import RecordFile, find_records

DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"
LONG_AGO = 1_000_000_000


def _file(base: Path) -> RecordFile:
    return next(file for file in find_records(base)[0] if file.path == DEMAND)


def _look(base: Path, before: Contents | None) -> Contents:
    contents = Contents(base, before.table if before is not None else {})
    contents.digest(_file(base))
    return contents


def _age(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets ten seconds go by: the time of an inode cannot be set."""
    later = time.time_ns() + 10_000_000_000
    monkeypatch.setattr("jiebang.catalogue.contents.time.time_ns", lambda: later)


def test_a_quiet_file_is_not_read_again(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _age(base, monkeypatch)
    first = _look(base, None)
    monkeypatch.setattr("jiebang.catalogue.contents.read_bytes", None)
    assert _look(base, first).table == first.table


def test_a_file_that_was_just_written_is_read_again(base: Path) -> None:
    (base / DEMAND).write_bytes((base / DEMAND).read_bytes())
    assert _look(base, None).table == {}


def test_an_edit_that_keeps_size_and_time_is_seen(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(base / DEMAND, ns=(LONG_AGO, LONG_AGO))
    _age(base, monkeypatch)
    first = _look(base, None)
    assert DEMAND in first.table
    text = (base / DEMAND).read_bytes()
    (base / DEMAND).write_bytes(text.replace(b"title", b"eltit"))
    os.utime(base / DEMAND, ns=(LONG_AGO, LONG_AGO))
    second = Contents(base, first.table)
    assert second.digest(_file(base)) != first.table[DEMAND][1]


def test_what_was_written_to_since_is_not_taken_for_what_it_was(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _age(base, monkeypatch)
    contents = _look(base, _look(base, None))
    file = _file(base)
    (base / DEMAND).write_text("other", encoding="utf-8")
    with pytest.raises(ChangedError):
        contents.take(file)
    (base / DEMAND).unlink()
    with pytest.raises(ChangedError):
        contents.take(file)


def test_what_was_not_kept_is_read_again_and_must_be_the_same(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiebang.catalogue.contents._MOST_KEPT", 10)
    contents, file = _look(base, None), _file(base)
    content = (base / DEMAND).read_bytes()
    assert contents.take(file) == (content, len(content), None)
    (base / DEMAND).write_bytes(content + b"\n")
    with pytest.raises(ChangedError):
        contents.take(file)


def test_a_cut_file_is_another_content() -> None:
    assert content_digest(b"x", 1) != content_digest(b"x", 2)
