"""Lists of numbers, each under a key: what the partial index of a portion says of every piece, and how those of all portions are joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.site.counting import ranges

Ints = NDArray[np.integer[Any]]
Keys = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Plain = tuple[bytes, bytes, bytes]
_AT_ONCE = 1 << 20
"""Values that are put in order together."""


@dataclass(frozen=True, slots=True)
class Lists:
    """`keys` ascend; list i has `sizes[i]` of the `values`, which stand one list after another, in two or four bytes each."""

    keys: Keys
    sizes: NDArray[np.uint32]
    values: Ints

    def plain(self) -> Plain:
        """As bytes; values in two bytes each where they are small."""
        values = self.values.astype(np.uint16) if self.values.max(initial=0) < 1 << 16 else self.values
        return self.keys.tobytes(), self.sizes.tobytes(), values.tobytes()

    @classmethod
    def of(cls, plain: Plain) -> Lists:
        """As they were made plain."""
        keys, sizes, values = np.frombuffer(plain[0], np.uint64), np.frombuffer(plain[1], np.uint32), plain[2]
        small = len(values) == 2 * int(sizes.sum(dtype=np.int64))
        return cls(keys, sizes, np.frombuffer(values, np.uint16 if small else np.uint32))

    def starts(self) -> NDArray[np.int64]:
        return np.cumsum(self.sizes, dtype=np.int64) - self.sizes

    def chosen(self, numbers: Ints) -> Lists:
        """Some of the lists, in this order."""
        sizes = self.sizes[numbers]
        return Lists(self.keys[numbers], sizes, self.values[ranges(self.starts()[numbers], sizes)])


def joined(
    parts: Sequence[tuple[Lists, int]],
    rank: Callable[[Keys], Keys],
    wanted: Callable[[Keys], Flags] | None = None,
    most: int = _AT_ONCE,
) -> Iterator[Lists]:
    """The lists of several parts, those with the same key one behind another; a number is added to all values of each part. Only those
    whose keys are `wanted`, in the order of `rank`, some at a time that have about `most` values."""
    keys = np.concatenate([lists.keys for lists, _ in parts])
    sizes = np.concatenate([lists.sizes for lists, _ in parts])
    bases = np.repeat(np.array([base for _, base in parts], np.uint32), [len(lists.keys) for lists, _ in parts])
    values = np.concatenate([lists.values for lists, _ in parts])
    starts = np.cumsum(sizes, dtype=np.int64) - sizes
    order = np.argsort(rank(keys), kind="stable")
    if wanted is not None:
        order = order[wanted(keys[order])]
    keys = keys[order]
    firsts = np.flatnonzero(np.concatenate((np.ones(min(1, len(keys)), np.bool_), keys[1:] != keys[:-1])))
    until = np.concatenate(([0], np.cumsum(sizes[order], dtype=np.int64)))
    bounds = np.append(firsts, len(keys))
    first = 0
    while first < len(firsts):
        last = int(np.searchsorted(until[bounds], until[bounds[first]] + most, side="right")) - 1
        last = max(first + 1, last)
        runs = order[bounds[first] : bounds[last]]
        some = values[ranges(starts[runs], sizes[runs])].astype(np.uint32)
        some += np.repeat(bases[runs], sizes[runs])
        begin = firsts[first:last]
        yield Lists(keys[begin], np.add.reduceat(sizes[runs], begin - begin[0], dtype=np.uint32), some)
        first = last


def changed(before: Lists, after: Lists) -> Keys:
    """The keys under which there is another list, or one where there was none."""
    kept, here, there = np.intersect1d(before.keys, after.keys, assume_unique=True, return_indices=True)
    same = before.sizes[here] == after.sizes[there]
    one, other = before.chosen(here[same]), after.chosen(there[same])
    differing = np.repeat(one.keys, one.sizes)[one.values != other.values]
    return np.unique(np.concatenate((np.setxor1d(before.keys, after.keys, assume_unique=True), kept[~same], differing)))
