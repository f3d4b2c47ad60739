"""Counts what a process asks of the disk below a folder, and lets one of these operations fail, or the process die at it.

Opening for writing, making, renaming, linking, removing and changing modes are told by Python's own audit events; writing, fsync and
the database are wrapped. `arm` is called in a process of its own: there is no way back.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ERRORS = {"ENOSPC": errno.ENOSPC, "EACCES": errno.EACCES, "EIO": errno.EIO}
FAULTS = (*ERRORS, "interrupt", "kill")

_PATH_EVENTS = {
    "os.mkdir": "folder",
    "os.rename": "rename",
    "os.link": "link",
    "os.symlink": "link",
    "os.remove": "remove",
    "os.rmdir": "remove",
    "os.chmod": "mode",
}
_TAKES_SPACE = {"open", "write", "fsync", "link", "folder", "database"}
_TOLD_BY_SQLITE = {
    "ENOSPC": "database or disk is full",
    "EACCES": "attempt to write a readonly database",
    "EIO": "disk I/O error",
}


class Injector:
    """The operations below `root`, by kind in `seen`; number `at` (from 1) meets the `fault`, and with a full disk all that follow."""

    def __init__(self, root: Path, fault: str = "", at: int = 0) -> None:
        self._root = os.fspath(root) + os.sep
        self._fault = fault
        self._at = at
        self.seen: list[str] = []

    def is_ours(self, place: object) -> bool:
        """Whether a path, or an open file, lies below the folder."""
        if isinstance(place, int):
            try:
                place = Path(f"/proc/self/fd/{place}").readlink()
            except OSError:
                return False
        if not isinstance(place, str | bytes | os.PathLike):
            return False
        return os.path.abspath(os.fsdecode(place)).startswith(self._root)  # noqa: PTH100 - links are operations, not to be followed

    def meet(self, kind: str, half: Callable[[], object] = lambda: None) -> None:
        """One operation: raises, or ends the process, where it is its turn. `half` does a part of it before."""
        self.seen.append(kind)
        number = len(self.seen)
        is_full = self._fault == "ENOSPC" and 0 < self._at < number and kind in _TAKES_SPACE
        if number != self._at and not is_full:
            return
        if number == self._at:
            half()
        if self._fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self._fault == "interrupt":
            raise KeyboardInterrupt
        if kind == "database":
            raise sqlite3.OperationalError(_TOLD_BY_SQLITE[self._fault])
        raise OSError(ERRORS[self._fault], os.strerror(ERRORS[self._fault]))


def arm(injector: Injector) -> None:
    """Puts the injector between this process and the disk."""
    real_open, real_fsync, real_connect, real_sendfile = io.open, os.fsync, sqlite3.connect, os.sendfile

    class Raw(io.FileIO):
        def write(self, content: Any, /) -> int:
            given = memoryview(content).cast("B")
            injector.meet("write", lambda: super(Raw, self).write(given[: len(given) // 2]))
            return super().write(given)

    def opened(file: Any, mode: str = "r", *more: Any, **options: Any) -> Any:
        if not set("wax+") & set(mode) or not injector.is_ours(file):
            return real_open(file, mode, *more, **options)
        raw = Raw(file, mode.replace("b", "").replace("t", ""))
        if more == (0,) or options.get("buffering") == 0:
            return raw
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        if "b" in mode:
            return buffered
        return io.TextIOWrapper(
            buffered, options.get("encoding") or "utf-8", options.get("errors"), options.get("newline")
        )

    def synced(handle: int) -> None:
        if injector.is_ours(handle):
            injector.meet("fsync")
        real_fsync(handle)

    def sent(out: int, source: int, *more: Any) -> int:
        if injector.is_ours(out):
            injector.meet("write")
        return real_sendfile(out, source, *more)

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
            if not sql.startswith("SELECT"):
                injector.meet("database")
            return super().execute(sql, *more)

        def executemany(self, sql: str, *more: Any) -> sqlite3.Cursor:
            injector.meet("database")
            return super().executemany(sql, *more)

    def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
        return real_connect(*arguments, **options, factory=Connection)

    def audited(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            if arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and injector.is_ours(arguments[0]):
                injector.meet("open")
        elif event in _PATH_EVENTS and any(
            injector.is_ours(one) for one in arguments[:2] if isinstance(one, str | bytes | os.PathLike)
        ):
            injector.meet(_PATH_EVENTS[event])

    # Of the same use, less exactly typed.
    for module, name, wrapped in (
        (io, "open", opened),
        (builtins, "open", opened),
        (os, "fsync", synced),
        (os, "sendfile", sent),
        (sqlite3, "connect", connected),
    ):
        setattr(module, name, wrapped)
    from jiebang import whole_files
    from jiebang.build import staging

    exchange, synchronise = staging._exchange, whole_files._synchronise

    def exchanged(one: Path, other: Path) -> bool:
        injector.meet("rename")
        return exchange(one, other)

    def synchronised(handle: int) -> None:
        injector.meet("fsync")
        synchronise(handle)

    staging._exchange = exchanged
    whole_files._synchronise = synchronised
    sys.addaudithook(audited)
