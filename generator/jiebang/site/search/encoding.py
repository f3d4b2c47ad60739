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
Numbers = NDArray[np.uint64]
_PORTION = 1_000_000
"""About how many positions are encoded at a time."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """List i stands at `content[ends[i - 1]:ends[i]]`."""

    content: bytes
    ends: NDArray[np.int64]


def _lengths(values: Numbers) -> NDArray[np.int64]:
    lengths = np.ones(len(values), dtype=np.int64)
    for bits in (7, 14, 21, 28):
        lengths += values >> np.uint64(bits) != 0
    return lengths


def _bytes(values: Numbers, lengths: NDArray[np.int64]) -> NDArray[np.uint8]:
    starts = np.cumsum(lengths) - lengths
    content = np.zeros(int(lengths.sum()), dtype=np.uint8)
    for place in range(5):
        there = lengths > place
        part = (values[there] >> np.uint64(7 * place)) & np.uint64(127)
        part |= np.where(lengths[there] > place + 1, np.uint64(128), np.uint64(0))
        content[starts[there] + place] = part
    return content


def varints(values: NDArray[np.int64] | Numbers) -> bytes:
    """Numbers below 2^35, one after another."""
    wide = values.astype(np.uint64)
    return _bytes(wide, _lengths(wide)).tobytes()


def _gaps(ascending: NDArray[np.int64], bounds: Bounds) -> Numbers:
    """What lies between the numbers of each group; the first of a group counts from 0."""
    gaps = np.diff(ascending, prepend=-1) - 1
    gaps[bounds[:-1]] = ascending[bounds[:-1]]
    return gaps.astype(np.uint64)


def _in_groups(ascending: NDArray[np.int64], extras: NDArray[np.uint8], bounds: Bounds) -> Encoded:
    values = (_gaps(ascending, bounds) << np.uint64(2)) | extras
    lengths = _lengths(values)
    ends = np.concatenate(([0], np.cumsum(lengths)))[bounds[1:]]
    return Encoded(_bytes(values, lengths).tobytes(), ends.astype(np.int64))


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
    return _joined(_in_groups(some.positions.astype(np.int64), _edges(corpus, some), some.bounds) for some in portions)


def _demands(corpus: Corpus, pieces: Pieces) -> tuple[NDArray[np.int64], NDArray[np.uint8], Bounds]:
    """The demands of each piece, ascending, and how well each was met at best."""
    titled = (pieces.positions < corpus.titles_end).astype(np.uint64) << np.uint64(1)
    met = titled | (_edges(corpus, pieces) == 3)
    groups = np.repeat(np.arange(len(pieces), dtype=np.uint64), np.diff(pieces.bounds))
    keys = (groups << np.uint64(32)) | (corpus.documents[pieces.positions].astype(np.uint64) << np.uint64(2))
    keys |= np.uint64(3) - met
    keys.sort()
    first = np.ones(len(keys), dtype=np.bool_)
    first[1:] = (keys[1:] >> np.uint64(2)) != (keys[:-1] >> np.uint64(2))
    keys = keys[first]
    bounds = np.searchsorted(keys >> np.uint64(32), np.arange(len(pieces) + 1, dtype=np.uint64)).astype(np.int64)
    numbers = (keys & np.uint64(0xFFFFFFFF)) >> np.uint64(2)
    return numbers.astype(np.int64), (np.uint64(3) - (keys & np.uint64(3))).astype(np.uint8), bounds


def _dense(numbers: NDArray[np.int64], met: NDArray[np.uint8], demands: int) -> bytes:
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
