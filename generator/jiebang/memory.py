"""Memory of this process: no search for cycles where there are none, and what was freed goes back to the system."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def no_garbage() -> Iterator[None]:
    """Records hold no cycles; looking for some again and again among a growing heap is what would grow faster than the records."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_LARGE_BLOCK, _MOST_AT_THE_END = 4 << 20, 16 << 20
"""Bytes. Blocks of a megabyte go back and forth with each portion of pages that is looked through: six hundredths of a build's computing for
30 MiB."""
_M_MMAP_THRESHOLD, _M_TRIM_THRESHOLD = -3, -1
"""Of mallopt(3)."""


@cache
def large_blocks_apart() -> None:
    """Has glibc ask the system for each block of several megabytes, and give it back when it is freed. By itself it takes larger and larger
    ones from the heap, where what is freed stays between what is not: of 10,000 demands 100 MiB in the first process."""
    if sys.platform == "linux":
        import ctypes

        option: Callable[[int, int], int] | None = getattr(ctypes.CDLL(None), "mallopt", None)
        if option is not None:
            option(_M_MMAP_THRESHOLD, _LARGE_BLOCK)
            # Of the end of the heap, which otherwise would go back and forth.
            option(_M_TRIM_THRESHOLD, _MOST_AT_THE_END)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    """glibc's function of that name; None elsewhere."""
    if sys.platform != "linux":
        return None
    import ctypes

    trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim


def give_back() -> None:
    """Gives what was freed back to the system, after a step that needed much memory for a moment. glibc keeps it otherwise, and what comes
    next, in another process too, is added to it."""
    if (trim := _malloc_trim()) is not None:
        trim(0)
