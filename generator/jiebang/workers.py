"""Other processes of this machine, and what they are handed: a function, what all items share, and some of the items."""

from __future__ import annotations

import marshal
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiebang.memory import large_blocks_apart, no_garbage

if TYPE_CHECKING:
    from concurrent.futures import Executor

Function = Callable[[Any, Sequence[Any]], Iterable[Any]]
"""Of what all items share, and items, a plain value for each. Defined at the top of a module, so that another process finds it by its name."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A shared thing on its way to a worker: pickled, or the file that holds it."""

    key: bytes
    content: bytes | str

    def open(self) -> Any:
        """The shared thing; the last few are kept at hand."""
        return _opened(self)


@lru_cache(maxsize=3)
def _opened(parcel: Parcel) -> Any:
    if isinstance(parcel.content, bytes):
        return pickle.loads(parcel.content)  # noqa: S301 - packed by the process that started this one
    with Path(parcel.content).open("rb") as stream:
        return pickle.load(stream)  # noqa: S301 - see above


def packed_values(function: Function, shared: Any, items: Sequence[Any]) -> list[bytes]:
    """The packed value of each item. Raises ValueError for a function that does not give a value an item."""
    with no_garbage():
        values = [marshal.dumps(value) for value in function(shared, items)]
    if len(values) != len(items):
        raise ValueError(f"{function.__qualname__} gave {len(values)} values for {len(items)} items")
    return values


def work(function: Function, parcel: Parcel, items: Sequence[Any]) -> list[bytes]:
    """The same, of what all items share and what came with the parcel; a worker's task."""
    return packed_values(function, parcel.open(), items)


def deaf_to_interrupts() -> None:
    """Has this thread, and each process that it starts, take no notice of Ctrl+C, which means the command: that ends its workers itself.

    A process is asked to ignore it only when it has imported much, and would show a traceback until then.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _begin() -> None:
    """What a worker does first."""
    from multiprocessing import parent_process

    large_blocks_apart()
    # Where processes do not inherit what a thread is deaf to.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (parent := parent_process()) is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """Ends this process with the one that started it, however that ended: nobody would ask it any more, and it knows private values."""
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)


def processes(count: int, preload: Sequence[str]) -> Executor | None:
    """Processes of this machine; None where the system cannot have any."""
    try:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        # Never a plain fork: a progress bar's thread may hold a lock at that moment.
        context = multiprocessing.get_context("spawn" if os.name == "nt" else "forkserver")
        if os.name != "nt":
            context.set_forkserver_preload(list(preload))
        return ProcessPoolExecutor(count, context, initializer=_begin)
    except (ImportError, NotImplementedError, OSError):
        return None


JOBS_VARIABLE = "JIEBANG_JOBS"


def cores() -> int:
    """How many processes work where nobody says: as many as the environment names, or as this process may use processors."""
    named = os.environ.get(JOBS_VARIABLE, "")
    if named.isascii() and named.isdigit() and int(named) > 0:
        return int(named)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
