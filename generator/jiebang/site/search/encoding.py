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

from jiebang.site.search.corpus import Corpus
from jiebang.site.search.grams import Bounds, Pieces

LISTED, DENSE = 0, 1
Numbers = NDArray[np.uint32]
_PORTION = 1_000_000
"""About how many positions are encoded at a time."""


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


def _in_groups(ascending: Numbers, extras: NDArray[np.uint8], bounds: Bounds) -> Encoded:
    values = _gaps(ascending, bounds)
    values <<= 2
    values |= extras
    encoded = each(values)
    return Encoded(encoded.content, encoded.ends[bounds[1:] - 1])


def _edges(corpus: Corpus, pieces: Pieces) -> NDArray[np.uint8]:
    """Bit 1: a word begins with the piece; bit 2: one ends with it."""
    begins = corpus.starts[pieces.positions].astype(np.uint8)
    ends = corpus.starts[pieces.positions + pieces.length].astype(np.uint8)
    return begins | (ends << np.uint8(1))


def _joined(parts: Iterable[Encoded]) -> Encoded:
    contents, ends, length = [], [np.zeros(0, dtype=np.int64)], 0
    for part in parts:
        contents.append(part.content)
        ends.append(part.ends + length)
        length += len(part.content)
    return Encoded(b"".join(contents), np.concatenate(ends))


def places(corpus: Corpus, pieces: Pieces) -> Encoded:
    """Where each piece stands."""
    portions = pieces.portions(_PORTION)
    return _joined(_in_groups(some.positions, _edges(corpus, some), some.bounds) for some in portions)


Keys = NDArray[np.uint64]
"""(piece << 32) + demand"""


def _each_once(keys: Keys, whole: NDArray[np.bool_]) -> tuple[Keys, NDArray[np.bool_]]:
    """Equal keys that stand side by side as one, and whether a whole word was among them."""
    if not len(keys):
        return keys, whole
    firsts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[firsts], np.logical_or.reduceat(whole, firsts)


def _demands(corpus: Corpus, pieces: Pieces) -> tuple[Numbers, NDArray[np.uint8], Bounds]:
    """The demands of each piece, ascending, and how well each was met at best."""
    whole = _edges(corpus, pieces) == 3
    keys = np.repeat(np.arange(len(pieces), dtype=np.uint64) << np.uint64(32), np.diff(pieces.bounds))
    keys |= corpus.demands_at(pieces.positions)
    # Positions of a piece ascend, and so do the demands in whose titles they stand, and those in whose other texts: no sorting.
    titled = pieces.positions < corpus.titles_end
    in_titles, whole_in_titles = _each_once(keys[titled], whole[titled])
    keys, whole = _each_once(keys[~titled], whole[~titled])
    met = whole.view(np.uint8)
    better = whole_in_titles.view(np.uint8) + np.uint8(2)
    places = np.searchsorted(keys, in_titles)
    again = np.zeros(len(in_titles), dtype=np.bool_)
    inside = places < len(keys)
    again[inside] = keys[places[inside]] == in_titles[inside]
    met[places[again]] = better[again]
    keys = np.insert(keys, places[~again], in_titles[~again])
    met = np.insert(met, places[~again], better[~again])
    bounds = np.searchsorted(keys, np.arange(len(pieces) + 1, dtype=np.uint64) << np.uint64(32)).astype(np.int64)
    return keys.astype(np.uint32), met, bounds


def _dense(numbers: Numbers, met: NDArray[np.uint8], demands: int) -> bytes:
    """A bit for every demand, then two bits for each one that is there."""
    there = np.zeros(demands, dtype=np.uint8)
    there[numbers] = 1
    filled = np.zeros(-(-len(met) // 4) * 4, dtype=np.uint8)
    filled[: len(met)] = met
    four = (filled.reshape(-1, 4) << np.array([0, 2, 4, 6], dtype=np.uint8)).sum(axis=1, dtype=np.uint8)
    return bytes(np.packbits(there, bitorder="little")) + bytes(four)


def _listed_or_dense(corpus: Corpus, pieces: Pieces) -> Encoded:
    numbers, met, bounds = _demands(corpus, pieces)
    listed = _in_groups(numbers, met, bounds)
    starts = np.concatenate(([0], listed.ends[:-1]))
    lists = []
    for at, (start, end) in enumerate(zip(starts.tolist(), listed.ends.tolist(), strict=True)):
        count = int(bounds[at + 1] - bounds[at])
        if corpus.demands // 8 + count // 4 + 2 < end - start:
            group = slice(bounds[at], bounds[at + 1])
            lists.append(bytes([DENSE]) + _dense(numbers[group], met[group], corpus.demands))
        else:
            lists.append(bytes([LISTED]) + listed.content[start:end])
    return Encoded(b"".join(lists), np.cumsum([len(one) for one in lists], dtype=np.int64))


def demands(corpus: Corpus, pieces: Pieces) -> Encoded:
    """In which demands each piece stands; each list begins with LISTED or DENSE, whichever is shorter."""
    return _joined(_listed_or_dense(corpus, some) for some in pieces.portions(_PORTION))
