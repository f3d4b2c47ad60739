"""What pure functions gave, kept by a digest of all that went into them: in memory, or on disk between runs.

On disk it is one SQLite file in the workspace's cache folder. It holds values of records, private ones too: the folder and the file are
for their owner alone, git ignores them, and `make clean` removes them. A file that is damaged, cut off, of another version or not ours
is replaced by an empty one: what it knew is worked out again. Each value carries a check sum over itself and its key, since what is read
back is believed: a damaged index leads from one key to the value of another.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol, Self

_FILE = "store.sqlite3"
_FORMAT = 2
"""Changed whenever the table or the values' frame changes: a file of another format is as if there were none."""
_APPLICATION = 0x4A424E47
"""SQLite's mark of whose file it is: "JBNG"."""
_OURS = (_APPLICATION, _FORMAT)
_WAIT = 5.0
"""Seconds to wait for another run that is writing; after that its file is left alone."""
_DAMAGED = (sqlite3.Error, UnicodeDecodeError)
"""What a damaged file raises: the second where SQLite quotes its bytes to say what is wrong."""
_FEW = 1000
"""So many unused values are no burden."""
_MOST_AT_ONCE = 500
"""Keys in one question: SQLite takes at least 999."""


class Store(Protocol):
    """Keeps bytes by key. Keys are digests; whoever asks made them from everything that decides about the value."""

    def find(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Of those keys the ones that are known, with their values."""

    def keep(self, values: Iterable[tuple[bytes, bytes]]) -> None:
        """Takes values over; one that cannot be kept is forgotten."""

    def forget_all_but(self, keys: set[bytes], times: int) -> None:
        """Drops the rest where there is so many times more of it."""

    def close(self) -> None:
        """Nothing is asked any more."""


class MemoryStore:
    """For one process: a server's rounds, or the two states of a proposal."""

    def __init__(self) -> None:
        self._values: dict[bytes, bytes] = {}

    def find(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        known = self._values
        return {key: known[key] for key in keys if key in known}

    def keep(self, values: Iterable[tuple[bytes, bytes]]) -> None:
        self._values.update(values)

    def everything(self) -> list[tuple[bytes, bytes]]:
        """All that was kept, for another store."""
        return list(self._values.items())

    def forget_all_but(self, keys: set[bytes], times: int) -> None:
        if len(self._values) > (times + 1) * len(keys) + _FEW:
            self._values = {key: value for key, value in self._values.items() if key in keys}

    def close(self) -> None:
        self._values.clear()


def _framed(key: bytes, value: bytes) -> bytes:
    return zlib.crc32(value, zlib.crc32(key)).to_bytes(4) + value


def _unframed(key: bytes, framed: object) -> bytes | None:
    if not isinstance(framed, bytes):
        return None
    # A view: values of a whole catalogue are read, and each would be copied once more.
    told = memoryview(framed)
    return framed[4:] if zlib.crc32(told[4:], zlib.crc32(key)).to_bytes(4) == told[:4] else None


class DiskStore:
    """Between runs. Nothing here raises: without a usable file it knows what it was told in this run."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection
        self._instead = MemoryStore()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The store of a folder, which must exist; made where there is none, made anew where it cannot be used."""
        path = folder / _FILE
        for _ in range(2):
            try:
                return cls(_connect(path))
            except sqlite3.OperationalError as error:
                if "locked" in str(error) or "readonly" in str(error) or "unable to open" in str(error):
                    # Another run's, or a folder that nobody may write to.
                    return cls(None)
                _remove(path)
            except (*_DAMAGED, _ForeignError):
                _remove(path)
            except OSError:
                return cls(None)
        return cls(None)

    def find(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        if self._connection is None:
            return self._instead.find(keys)
        try:
            for start in range(0, len(keys), _MOST_AT_ONCE):
                asked = keys[start : start + _MOST_AT_ONCE]
                marks = ",".join("?" * len(asked))
                rows = self._connection.execute(f"SELECT key, value FROM kept WHERE key IN ({marks})", asked)  # noqa: S608 - marks only
                for key, framed in rows:
                    value = _unframed(key, framed) if isinstance(key, bytes) else None
                    if value is not None:
                        found[key] = value
        except _DAMAGED:
            self._give_up()
        return found

    def keep(self, values: Iterable[tuple[bytes, bytes]]) -> None:
        listed = list(values)
        if self._connection is not None:
            try:
                with self._connection:
                    self._connection.executemany(
                        "INSERT OR REPLACE INTO kept VALUES (?, ?)",
                        ((key, _framed(key, value)) for key, value in listed),
                    )
                return
            except _DAMAGED:
                # A full disk, or a file that somebody damaged meanwhile.
                self._give_up()
        self._instead.keep(listed)

    def forget_all_but(self, keys: set[bytes], times: int) -> None:
        if self._connection is None:
            return
        try:
            (count,) = self._connection.execute("SELECT count(*) FROM kept").fetchone()
            if count <= (times + 1) * len(keys) + _FEW:
                return
            with self._connection:
                gone = [(key,) for (key,) in self._connection.execute("SELECT key FROM kept") if key not in keys]
                self._connection.executemany("DELETE FROM kept WHERE key = ?", gone)
            self._connection.execute("VACUUM")
        except _DAMAGED:
            self._give_up()

    def _give_up(self) -> None:
        """What cannot be read or written is not asked again in this run, and replaced by the next one."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def close(self) -> None:
        self._give_up()
        self._instead.close()


class LayeredStore:
    """Memory in front of another store."""

    def __init__(self, behind: Store) -> None:
        self._near = MemoryStore()
        self._behind = behind

    def find(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found = self._near.find(keys)
        further = self._behind.find([key for key in keys if key not in found])
        self._near.keep(further.items())
        return found | further

    def keep(self, values: Iterable[tuple[bytes, bytes]]) -> None:
        listed = list(values)
        self._near.keep(listed)
        self._behind.keep(listed)

    def forget_all_but(self, keys: set[bytes], times: int) -> None:
        self._near.forget_all_but(keys, times)

    def close(self) -> None:
        self._near.close()
        self._behind.close()


class _ForeignError(Exception):
    """A file of another program or another format."""


def _connect(path: Path) -> sqlite3.Connection:
    if path.is_symlink():
        raise _ForeignError
    # Made by us, so that nobody else can read it from the first byte on.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
    path.chmod(0o600)
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level="DEFERRED", check_same_thread=False)
    try:
        if _mark(connection) == (0, 0):
            _make(connection)
        elif _mark(connection) != _OURS:
            raise _ForeignError
        # The operating system writes when it likes: after a power cut a damaged file is replaced, and its sums tell what is damaged.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("SELECT key, value FROM kept LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _mark(connection: sqlite3.Connection) -> tuple[int, int]:
    """What a file says of itself: whose it is, and of which format."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


def _make(connection: sqlite3.Connection) -> None:
    """The table in an empty file, at once: another run that comes meanwhile waits, and finds it whole."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if _mark(connection) == _OURS:
            return
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
            raise _ForeignError
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_FORMAT}")
        connection.execute("CREATE TABLE kept (key BLOB PRIMARY KEY, value BLOB NOT NULL)")


def _remove(path: Path) -> None:
    for left in (path, *(path.with_name(path.name + ending) for ending in ("-journal", "-wal", "-shm"))):
        with contextlib.suppress(OSError):
            left.unlink()
