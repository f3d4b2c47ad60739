"""What was worked out is kept for its owner alone, and a file that cannot be believed is as if there were none."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jiebang.store
from jiebang.store import _APPLICATION, _FORMAT, DiskStore, LayeredStore, MemoryStore, _framed

FILE = "store.sqlite3"
KEYS = [bytes([number]) * 16 for number in range(4)]


def _filled(folder: Path) -> Path:
    store = DiskStore.open(folder)
    store.keep([(key, b"value " + key) for key in KEYS])
    store.close()
    return folder / FILE


def test_values_are_there_in_the_next_run(tmp_path: Path) -> None:
    _filled(tmp_path)
    store = DiskStore.open(tmp_path)
    assert store.find([KEYS[2], b"unknown", KEYS[0]]) == {KEYS[0]: b"value " + KEYS[0], KEYS[2]: b"value " + KEYS[2]}


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    file = _filled(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    DiskStore.open(tmp_path).close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_many_keys_are_asked_for_at_once(tmp_path: Path) -> None:
    store = DiskStore.open(tmp_path)
    keys = [number.to_bytes(16) for number in range(2500)]
    store.keep((key, key) for key in keys)
    asked: list[str] = []
    assert store._connection is not None
    store._connection.set_trace_callback(asked.append)
    assert len(store.find(keys)) == 2500
    assert [one.count(",") for one in asked] == [500] * 5


class _Broken:
    """A connection to a file that somebody damaged meanwhile."""

    def __init__(self, *_: object) -> None:
        self.closed = False

    def execute(self, *_: object) -> None:
        raise sqlite3.DatabaseError("database disk image is malformed")

    executemany = execute

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass

    def close(self) -> None:
        self.closed = True


def test_what_is_damaged_meanwhile_is_not_asked_again(tmp_path: Path) -> None:
    for ask in (
        lambda store: store.find(KEYS) == {},
        lambda store: store.keep([(KEYS[0], b"value")]) is None,
        lambda store: store.forget_all_but(set(), 1) is None,
    ):
        store, broken = DiskStore.open(_filled(tmp_path).parent), _Broken()
        store.close()
        store._connection = cast("sqlite3.Connection", broken)
        assert ask(store) and broken.closed
        assert store._connection is None


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _garbled(file: Path) -> None:
    file.write_bytes(bytes(byte ^ 0x5A for byte in file.read_bytes()))


def _text(file: Path) -> None:
    file.write_text("not a database", encoding="utf-8")


def _other_program(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE kept (key BLOB PRIMARY KEY, value BLOB NOT NULL)")


def _other_format(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")


def _without_its_table(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE kept")


def _link(file: Path) -> None:
    target = file.with_name("elsewhere")
    file.rename(target)
    file.symlink_to(target)


@pytest.mark.parametrize(
    "damage", [_cut, _emptied, _garbled, _text, _other_program, _other_format, _without_its_table, _link]
)
def test_a_file_that_cannot_be_used_is_replaced_by_an_empty_one(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    damage(_filled(tmp_path))
    store = DiskStore.open(tmp_path)
    assert store.find(KEYS) == {}
    store.keep([(KEYS[0], b"new")])
    store.close()
    assert DiskStore.open(tmp_path).find(KEYS) == {KEYS[0]: b"new"}


@given(st.integers(0), st.integers(1, 255))
def test_no_damaged_value_is_ever_told(tmp_path_factory: pytest.TempPathFactory, at: int, change: int) -> None:
    folder = tmp_path_factory.mktemp("store")
    file = _filled(folder)
    content = bytearray(file.read_bytes())
    content[at % len(content)] ^= change
    file.write_bytes(content)
    found = DiskStore.open(folder).find(KEYS)
    assert all(value == b"value " + key for key, value in found.items())


def test_a_damaged_index_leads_to_no_other_value(tmp_path: Path) -> None:
    file = _filled(tmp_path)
    content = file.read_bytes()
    index = len(content) - content[::-1].index(KEYS[3])
    # Behind each key of the index stands the row of its value: the last key gets that of another.
    assert content[index] == 4
    file.write_bytes(content[:index] + bytes([3]) + content[index + 1 :])
    found = DiskStore.open(tmp_path).find(KEYS)
    assert KEYS[3] not in found
    assert all(value == b"value " + key for key, value in found.items())


def test_two_runs_may_begin_at_once(tmp_path: Path) -> None:
    other = DiskStore.open(_filled(tmp_path).parent)
    assert other._connection is not None
    made = other._connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'").fetchone()[0]
    other.close()
    file = tmp_path / "new" / FILE
    file.parent.mkdir()
    begun = threading.Event()

    def first() -> None:
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        begun.set()
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_FORMAT}")
        connection.execute(made)
        connection.execute("INSERT INTO kept VALUES (?, ?)", (KEYS[0], _framed(KEYS[0], b"value")))
        time.sleep(0.1)
        connection.execute("COMMIT")
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait()
    store = DiskStore.open(file.parent)
    thread.join()
    assert store.find(KEYS) == {KEYS[0]: b"value"}
    store.close()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_of_a_folder_that_cannot_be_written_this_run_alone_knows(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    store = DiskStore.open(tmp_path)
    store.keep([(KEYS[0], b"value")])
    assert store.find(KEYS) == {KEYS[0]: b"value"}
    assert DiskStore.open(tmp_path).find(KEYS) == {}


def test_a_full_disk_stops_nothing(tmp_path: Path) -> None:
    store = DiskStore.open(tmp_path)
    assert store._connection is not None
    store._connection.execute("PRAGMA max_page_count = 8")
    large = [(b"large" + number.to_bytes(16), b"x" * 4000) for number in range(16)]
    store.keep(iter(large))
    store.keep([(KEYS[0], b"small")])
    # What this run found out it need not find out again.
    assert store.find([key for key, _ in large] + KEYS) == {**dict(large), KEYS[0]: b"small"}
    store.close()
    assert DiskStore.open(tmp_path).find(KEYS) == {}


def test_another_run_that_writes_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiebang.store._WAIT", 0.01)
    file = _filled(tmp_path)
    writer = sqlite3.connect(file, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    store = DiskStore.open(tmp_path)
    assert store.find(KEYS) == {}
    store.keep([(KEYS[0], b"value")])
    writer.execute("ROLLBACK")
    writer.close()
    assert len(DiskStore.open(tmp_path).find(KEYS)) == len(KEYS)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("database is locked", True),
        ("attempt to write a readonly database", True),
        ("unable to open database file", True),
        ("no such table: kept", False),
    ],
)
def test_only_a_file_of_no_use_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, kept: bool
) -> None:
    file = _filled(tmp_path)
    connect, calls = jiebang.store._connect, 0

    def failing(path: Path) -> sqlite3.Connection:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise sqlite3.OperationalError(said)
        return connect(path)

    monkeypatch.setattr(jiebang.store, "_connect", failing)
    store = DiskStore.open(tmp_path)
    assert store.find(KEYS) == {}
    store.keep([(KEYS[0], b"new")])
    store.close()
    monkeypatch.undo()
    assert len(DiskStore.open(tmp_path).find(KEYS)) == (len(KEYS) if kept else 1)
    assert file.exists()


def test_what_a_damaged_file_left_beside_it_goes_too(tmp_path: Path) -> None:
    file = _filled(tmp_path)
    beside = [file.with_name(file.name + ending) for ending in ("-journal", "-wal", "-shm")]
    for path in (file, *beside):
        path.write_bytes(b"not a database" * 100)
    store = DiskStore.open(tmp_path)
    store.keep([(KEYS[0], b"new")])
    assert store.find(KEYS) == {KEYS[0]: b"new"}
    store.close()
    assert not any(path.exists() and path.read_bytes() for path in beside)


def test_a_store_that_was_closed_knows_nothing(tmp_path: Path) -> None:
    for store in (DiskStore.open(_filled(tmp_path).parent), MemoryStore(), LayeredStore(DiskStore.open(tmp_path))):
        store.keep([(KEYS[0], b"value")])
        assert store.find(KEYS)
        store.close()
        assert store.find(KEYS) == {}


def test_memory_in_front_of_a_disk_asks_it_once_for_each_key(tmp_path: Path) -> None:
    disk = DiskStore.open(_filled(tmp_path).parent)
    layered = LayeredStore(disk)
    layered.keep([(KEYS[0], b"new")])
    assert layered.find(KEYS[:2]) == {KEYS[0]: b"new", KEYS[1]: b"value " + KEYS[1]}
    assert disk.find(KEYS[:1]) == {KEYS[0]: b"new"}
    disk.close()
    assert layered.find(KEYS) == {KEYS[0]: b"new", KEYS[1]: b"value " + KEYS[1]}


def test_memory_in_front_of_a_disk_forgets_in_memory_only(tmp_path: Path) -> None:
    keys = [number.to_bytes(16) for number in range(2000)]
    layered = LayeredStore(MemoryStore())
    layered.keep((key, b"value") for key in keys)
    layered._behind.close()
    layered.forget_all_but(set(keys[:10]), 1)
    assert set(layered.find(keys)) == set(keys[:10])


@pytest.mark.parametrize("on_disk", [True, False])
def test_what_nobody_uses_is_dropped_when_there_is_much_of_it(tmp_path: Path, on_disk: bool) -> None:
    store = DiskStore.open(tmp_path) if on_disk else MemoryStore()
    keys = [number.to_bytes(16) for number in range(2001)]
    store.keep((key, b"value") for key in keys)
    # A thousand more than so many times what is used, and no more than that.
    store.forget_all_but(set(keys[:501]), 1)
    assert len(store.find(keys)) == 2001
    store.forget_all_but(set(keys[:500]), 1)
    assert set(store.find(keys)) == set(keys[:500])
