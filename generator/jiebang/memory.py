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
