"""What a command costs: time on the clock, computing, and the memory of all its processes together.

Time and computing come from the system when the command ends (`wait4`, which counts the children that it waited for). Workers outlive it by
a moment, waited for by nobody: on Linux they become children of this process, and their computing counts as well. Of memory that call
tells the largest single process only, and counts that of whoever started it. So a command is looked at while it runs, on Linux: the
proportional shares (PSS) of its processes, added up, and the most that any of them has had by itself (`VmHWM`); the larger counts.
Elsewhere, and for what is over before it can be looked at, what `wait4` tells.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1
_EVERY_AT_FIRST = 0.01
"""Seconds between two looks; closer together in the first second, as many programs are over in it."""
_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")

Command = Sequence[str | Path]
"""A program and its arguments."""


class RunFailedError(Exception):
    """A measured command did not do what it should, so its time means nothing. The message is Chinese."""


@dataclass(frozen=True, slots=True)
class Cost:
    """`seconds` on the clock, `cpu` seconds of computing, `mebibytes` at most at one time."""

    seconds: float
    cpu: float
    mebibytes: float

    def __add__(self, after: Cost) -> Cost:
        """Of two commands, one after the other."""
        return Cost(self.seconds + after.seconds, self.cpu + after.cpu, max(self.mebibytes, after.mebibytes))


def _tree(pid: int) -> Iterator[int]:
    """A process and everything that it started."""
    yield pid
    for task in (_PROC / str(pid) / "task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _tree(int(child))


def _kibibytes(pid: int, file: str, name: str) -> int:
    """A number of a process that the system tells in KiB; 0 where the process is over."""
    try:
        lines = (_PROC / str(pid) / file).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def tree_mebibytes(pid: int) -> float:
    """MiB that a process and its children have now, or that one of them has had; 0 where they are over, or where the system does not tell."""
    try:
        pids = list(_tree(pid))
    except OSError:
        return 0
    largest = max(_kibibytes(one, "status", "VmHWM") for one in pids)
    # Shares are dear to ask for; alone, a process has but its own.
    together = sum(_kibibytes(one, "smaps_rollup", "Pss") for one in pids) if len(pids) > 1 else 0
    return max(largest, together) / 1024


def tree_cpu(pid: int) -> float:
    """Seconds of computing of a running process and its children so far, the finished ones that it waited for included."""
    total = 0
    for one in _tree(pid):
        fields = (_PROC / str(one) / "stat").read_text().rpartition(")")[2].split()
        total += sum(int(field) for field in (fields[11:15] if one == pid else fields[11:13]))
    return total / _TICKS


_SET_CHILD_SUBREAPER = 36
"""Of prctl(2): who outlives its parent becomes a child of this process."""


def _adopt() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _children() -> set[int]:
    """Of this process; none where the system does not tell."""
    tasks = (_PROC / str(os.getpid()) / "task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}


def _cpu_of_adopted(before: set[int]) -> float:
    """Seconds of computing of the children that came in since, each waited for."""
    cpu = 0.0
    while adopted := _children() - before:
        for pid in adopted:
            _, _, usage = os.wait4(pid, 0)
            cpu += usage.ru_utime + usage.ru_stime
    return cpu


class _Watch:
    """Looks at a process's memory until it is told to stop."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._over = threading.Event()
        self._most = 0.0
        self._thread = threading.Thread(target=self._look, daemon=True)
        if _PROC.is_dir():
            self._thread.start()

    def _look(self) -> None:
        first = time.monotonic()
        while not self._over.wait(_EVERY if time.monotonic() - first > 1 else _EVERY_AT_FIRST):
            self._most = max(self._most, tree_mebibytes(self._pid))

    def stop(self) -> float:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        return self._most


def measure(command: Command, environment: Mapping[str, str] | None = None, cwd: Path | None = None) -> Cost:
    """Runs a command to its end. Raises RunFailedError where it did not succeed."""
    _adopt()
    before = _children()
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own
            command,
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            stdout=said,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        watch = _Watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        most = watch.stop()
        cpu = usage.ru_utime + usage.ru_stime + _cpu_of_adopted(before)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            tail = "\n".join(said.read().decode("utf-8", errors="replace").splitlines()[-20:])
            raise RunFailedError(f"退出码 {process.returncode}：{' '.join(map(str, command[:8]))}\n{tail}")
    # Linux counts in KiB, macOS in bytes.
    largest = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Cost(seconds, cpu, most or largest)
