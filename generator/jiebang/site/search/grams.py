"""The pieces of text that the index knows, and where each stands.

Pairs of characters are the beginning. A pair that stands at more than `most` places is too common to list them all, so it is
followed by every third character, and so on, up to `longest` characters: what is common is known by its demands alone, what
is rare by its places. A rare piece is kept for each common one that it prolongs to the right or to the left. So whatever is
looked for is either common itself, and its demands are listed; or rare pieces cover it from its first character to its last,
and the places where they follow each other are exactly those where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from jiebang.site.counting import ordered_pairs, portions
from jiebang.site.search.corpus import Codes, Corpus, Positions


@dataclass(frozen=True, slots=True)
class Limits:
    """A piece at more than `most` places is common; `longest` is how many characters a piece may have, 15 at most."""

    most: int
    longest: int


LIMITS = Limits(most=4096, longest=12)

Groups = NDArray[np.uint32]
_PORTION = 1 << 21
"""About how many positions are sorted at a time: more would take memory, and be no faster."""
Bounds = NDArray[np.int64]


class Kind(Enum):
    """How pieces are known: COMMON by their demands, RARE by their places. COMMON ones of `longest` characters are LONG, too: known by
    their many places."""

    COMMON = 1
    RARE = 2
    LONG = 3


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of one length: piece i stands at `positions[bounds[i]:bounds[i + 1]]`, which ascend."""

    length: int
    kind: Kind
    positions: Positions
    bounds: Bounds

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def portions(self, most: int) -> Iterator[Pieces]:
        """The same pieces in portions of about so many positions, to be worked on one after another."""
        first = 0
        while first < len(self):
            start = int(self.bounds[first])
            last = max(first + 1, int(np.searchsorted(self.bounds, start + most, side="right")) - 1)
            end = int(self.bounds[last])
            yield Pieces(self.length, self.kind, self.positions[start:end], self.bounds[first : last + 1] - start)
            first = last


def _grouped(groups: Groups, codes: Codes, positions: Positions) -> tuple[Positions, Bounds]:
    """Positions by group and, within it, by code; and where those of each pair of these begin. Positions keep their order."""
    made = np.empty(len(positions), dtype=np.uint32)
    bounds, begin = [np.zeros(1, np.int64)], 0
    for chosen in portions(groups, _PORTION):
        some, inner, there = groups[chosen], codes[chosen], positions[chosen]
        order = ordered_pairs(some, inner)
        some, inner = some[order], inner[order]
        made[begin : begin + len(order)] = there[order]
        edges = np.flatnonzero((some[1:] != some[:-1]) | (inner[1:] != inner[:-1])) + 1
        bounds += [edges + begin, np.array([begin + len(order)])] if len(order) else []
        begin += len(order)
    return made, np.concatenate(bounds)


def _chosen(positions: Positions, bounds: Bounds, wanted: NDArray[np.bool_]) -> tuple[Positions, Bounds]:
    """The groups that are wanted."""
    sizes = np.diff(bounds)
    kept = positions[np.repeat(wanted, sizes)]
    return kept, np.concatenate(([0], np.cumsum(sizes[wanted]))).astype(np.int64)


def singles(corpus: Corpus) -> Pieces:
    """Every character, as a common piece."""
    places = np.flatnonzero(corpus.codes).astype(np.uint32)
    positions, bounds = _grouped(corpus.codes[places].astype(np.uint32), np.zeros(len(places), np.uint16), places)
    return Pieces(1, Kind.COMMON, positions, bounds)


def pieces_of(corpus: Corpus, limits: Limits = LIMITS) -> Iterator[Pieces]:
    """All pieces of two and more characters, each once."""
    codes = corpus.codes
    places = np.flatnonzero((codes[:-1] != 0) & (codes[1:] != 0)).astype(np.uint32)
    positions, bounds = _grouped(codes[places].astype(np.uint32), codes[places + 1], places)
    del places
    for length in range(2, limits.longest + 1):
        frequent = np.diff(bounds) > limits.most
        rare = _chosen(positions, bounds, ~frequent)
        if len(rare[1]) > 1:
            yield Pieces(length, Kind.RARE, *rare)
        positions, bounds = _chosen(positions, bounds, frequent)
        if len(bounds) == 1:
            return
        yield Pieces(length, Kind.COMMON, positions, bounds)
        if length == limits.longest:
            yield Pieces(length, Kind.LONG, positions, bounds)
            return
        # Which common piece begins at each of the positions.
        pieces = np.repeat(np.arange(len(bounds) - 1, dtype=np.uint32), np.diff(bounds))
        yield from _prolonged_to_the_left(codes, positions, pieces, length)
        next_codes = codes[positions + length]
        going_on = next_codes != 0
        positions, bounds = _grouped(pieces[going_on], next_codes[going_on], positions[going_on])


def _prolonged_to_the_left(
    codes: Codes, positions: Positions, pieces: NDArray[np.uint32], length: int
) -> Iterator[Pieces]:
    """Common pieces with one more character in front that do not begin with a common piece of the same length: those that do come
    up as prolonged to the right."""
    begins = np.zeros(len(codes), dtype=np.bool_)
    begins[positions] = True
    there = begins.copy()
    there[0] = False
    there[1:] &= (codes[:-1] != 0) & ~begins[:-1]
    wanted = there[positions]
    before = positions[wanted] - np.uint32(1)
    if len(before):
        yield Pieces(length + 1, Kind.RARE, *_grouped(pieces[wanted], codes[before], before))
