"""Numbers as bytes: lists of demands and lists of places, many at a time.

A number takes seven bits a byte, the last byte has its top bit clear. Of ascending numbers the gaps are written, less one, and
two more bits with each: of a demand how well it was met (3 title and whole word, 2 title, 1 whole word, 0 neither), of a place
whether a word begins there (1) and whether one ends behind the piece (2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LISTED, DENSE = 0, 1
Numbers = NDArray[np.uint32]
Bounds = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Encoded:
    """List i stands at `content[ends[i - 1]:ends[i]]`."""

    content: bytes
    ends: NDArray[np.int64]

    def between(self, first: int, last: int) -> bytes:
        """The lists from `first` on, `last` not among them."""
        return self.content[int(self.ends[first - 1]) if first else 0 : int(self.ends[last - 1]) if last else 0]


def varint(value: int) -> bytes:
    """One number."""
    content = bytearray()
    while value > 127:
        content.append(value & 127 | 128)
        value >>= 7
    content.append(value)
    return bytes(content)


def each(values: NDArray[np.int64] | Numbers) -> Encoded:
    """Numbers below 2^32, one after another, and where each ends."""
    values = values.astype(np.uint32)
    lengths = np.ones(len(values), dtype=np.uint8)
    for bits in (7, 14, 21, 28):
        lengths += values >= 1 << bits
    most = int(lengths.max(initial=1))
    # A row for each number with room for the longest; what a number has no use for is left out at the end.
    content = np.empty((len(values), most), dtype=np.uint8)
    for place in range(most):
        content[:, place] = values & 127
        content[:, place] |= (lengths > place + 1).view(np.uint8) << 7
        values >>= 7
    taken = content[np.arange(most, dtype=np.uint8) < lengths[:, None]]
    return Encoded(taken.tobytes(), np.cumsum(lengths, dtype=np.int64))


def varints(values: NDArray[np.int64] | Numbers) -> bytes:
    """Numbers below 2^32, one after another."""
    return each(values).content


def _gaps(ascending: Numbers, bounds: Bounds) -> Numbers:
    """What lies between the numbers of each group; the first of a group counts from 0."""
    gaps = np.empty(len(ascending), dtype=np.uint32)
    np.subtract(ascending[1:], ascending[:-1], out=gaps[1:])
    gaps -= 1
    gaps[bounds[:-1]] = ascending[bounds[:-1]]
    return gaps


def ascending(numbers: NDArray[np.int64], bounds: Bounds) -> Encoded:
    """The gaps alone of groups of ascending numbers."""
    encoded = each(_gaps(numbers.astype(np.uint32), bounds))
    return Encoded(encoded.content, encoded.ends[bounds[1:] - 1])


def in_groups(values: Numbers, bounds: Bounds) -> Encoded:
    """Groups of ascending numbers, each with two more bits below it."""
    gaps = _gaps(values >> np.uint32(2), bounds)
    gaps <<= 2
    gaps |= values & 3
    encoded = each(gaps)
    return Encoded(encoded.content, encoded.ends[bounds[1:] - 1])


def joined(parts: Iterable[Encoded]) -> Encoded:
    """Lists of several parts, one after another."""
    contents, ends, length = [], [np.zeros(0, dtype=np.int64)], 0
    for part in parts:
        contents.append(part.content)
        ends.append(part.ends + length)
        length += len(part.content)
    return Encoded(b"".join(contents), np.concatenate(ends))


def _dense(values: Numbers, demands: int) -> bytes:
    """A bit for every demand, then two bits for each one that is there."""
    there = np.zeros(demands, dtype=np.uint8)
    there[values >> 2] = 1
    filled = np.zeros(-(-len(values) // 4) * 4, dtype=np.uint8)
    filled[: len(values)] = values & 3
    four = (filled.reshape(-1, 4) << np.array([0, 2, 4, 6], dtype=np.uint8)).sum(axis=1, dtype=np.uint8)
    return bytes(np.packbits(there, bitorder="little")) + bytes(four)


def of_demands(values: Numbers, bounds: Bounds, demands: int) -> Encoded:
    """Groups of demands, out of so many, each with how well it was met; each list begins with LISTED or DENSE, whichever is shorter."""
    listed = in_groups(values, bounds)
    starts = np.concatenate(([0], listed.ends))[:-1]
    lists = []
    for at, (start, end) in enumerate(zip(starts.tolist(), listed.ends.tolist(), strict=True)):
        count = int(bounds[at + 1] - bounds[at])
        if demands // 8 + count // 4 + 2 < end - start:
            lists.append(bytes([DENSE]) + _dense(values[bounds[at] : bounds[at + 1]], demands))
        else:
            lists.append(bytes([LISTED]) + listed.content[start:end])
    return Encoded(b"".join(lists), np.cumsum([len(one) for one in lists], dtype=np.int64))
