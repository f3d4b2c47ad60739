"""Lists of numbers, each under a key: what the partial index of a portion says of every piece, and how those of all portions are joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]
Keys = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Plain = tuple[bytes, bytes, bytes]


def ranges(starts: Ints, sizes: Ints) -> NDArray[np.int64]:
    """The numbers from each start on, so many of each, one after another."""
    ends = np.cumsum(sizes, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - sizes), sizes) + np.arange(total)


@dataclass(frozen=True, slots=True)
class Lists:
    """`keys` ascend; list i has `sizes[i]` of the `values`, which stand one list after another."""

    keys: Keys
    sizes: NDArray[np.uint32]
    values: NDArray[np.uint32]

    def plain(self) -> Plain:
        """As bytes; values in two bytes each where they are small."""
        values = self.values.astype(np.uint16) if self.values.max(initial=0) < 1 << 16 else self.values
        return self.keys.tobytes(), self.sizes.tobytes(), values.tobytes()

    @classmethod
    def of(cls, plain: Plain) -> Lists:
        """As they were made plain."""
        keys, sizes, values = np.frombuffer(plain[0], np.uint64), np.frombuffer(plain[1], np.uint32), plain[2]
        small = len(values) == 2 * int(sizes.sum(dtype=np.int64))
        return cls(
            keys,
            sizes,
            np.frombuffer(values, np.uint16).astype(np.uint32) if small else np.frombuffer(values, np.uint32),
        )

    def starts(self) -> NDArray[np.int64]:
        return np.cumsum(self.sizes, dtype=np.int64) - self.sizes

    def chosen(self, numbers: Ints) -> Lists:
        """Some of the lists, in this order."""
        sizes = self.sizes[numbers]
        return Lists(self.keys[numbers], sizes, self.values[ranges(self.starts()[numbers], sizes)])


def joined(parts: Sequence[tuple[Lists, int]], wanted: Callable[[Keys], Flags] | None = None) -> Lists:
    """The lists of several parts, those with the same key one behind another; a number is added to all values of each part. Only those
    whose keys are `wanted`."""
    keys = np.concatenate([lists.keys for lists, _ in parts])
    sizes = np.concatenate([lists.sizes for lists, _ in parts])
    values = np.concatenate([lists.values + np.uint32(base) for lists, base in parts])
    order = np.argsort(keys, kind="stable")
    if wanted is not None:
        order = order[wanted(keys[order])]
    runs = Lists(keys, sizes, values).chosen(order)
    if not len(order):
        return runs
    firsts = np.flatnonzero(np.concatenate(([True], runs.keys[1:] != runs.keys[:-1])))
    return Lists(runs.keys[firsts], np.add.reduceat(runs.sizes, firsts, dtype=np.uint32), runs.values)


def changed(before: Lists, after: Lists) -> Keys:
    """The keys under which there is another list, or one where there was none."""
    kept, here, there = np.intersect1d(before.keys, after.keys, assume_unique=True, return_indices=True)
    same = before.sizes[here] == after.sizes[there]
    one, other = before.chosen(here[same]), after.chosen(there[same])
    differing = np.repeat(one.keys, one.sizes)[one.values != other.values]
    return np.unique(np.concatenate((np.setxor1d(before.keys, after.keys, assume_unique=True), kept[~same], differing)))
