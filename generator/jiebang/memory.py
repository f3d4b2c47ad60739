"""Memory of this process: no search for cycles where there are none, what is remembered of records goes with them, and what was freed goes
back to the system."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import IO, Any, TypeVar, cast

_T = TypeVar("_T")
_Function = TypeVar("_Function", bound=Callable[..., Any])


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


_FORGETTING: list[Callable[[], None]] = []
"""What has each function forget what it remembers of records."""


def remembered(most: int) -> Callable[[_Function], _Function]:
    """As `functools.lru_cache`, for what is told of texts of records: `forget_records` has all such functions forget it."""

    def remembering(function: _Function) -> _Function:
        kept = lru_cache(maxsize=most)(function)
        _FORGETTING.append(kept.cache_clear)
        return cast("_Function", kept)

    return remembering


def forget_records() -> None:
    """Has all functions forget what they remember of records (`remembered`), when these are let go of: thousands of small texts keep the memory
    of all that was made beside them."""
    for forget in _FORGETTING:
        forget()


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


def made_anew(only: list[_T], open_file: Callable[[], IO[bytes]]) -> _T:
    """The one value of a list, made once more when what it was was let go of; nobody else may hold it. `open_file` opens a file that it waits in.

    What is made among many other things keeps the memory of those, too, when they are gone: a block goes back to the system when nothing in it
    is left. Made anew it stands by itself. Where no file takes it, it stays as it is.
    """
    # Not asked for in a browser, where this module stands as well.
    import pickle

    try:
        with open_file() as file:
            pickle.dump(only[0], file, protocol=pickle.HIGHEST_PROTOCOL)
            only.clear()
            give_back()
            file.seek(0)
            value: _T = pickle.load(file)  # noqa: S301 - what was put there a moment ago, in a file without a name
            return value
    except OSError:
        if not only:
            raise
        return only[0]
