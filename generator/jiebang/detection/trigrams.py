"""Which letters stand together in texts: a summary of some kilobytes says of a value that it cannot stand in them.

A value stands in a folded text only where each three letters in a row of it do, or the two that it has; and where each six digits in a row
do, as any three stand everywhere. A summary holds a number for each of these of all readings of a text; the letters cannot be read back from
it. It may only say too often that a value may be there: of three letters about once in a hundred times.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from jiebang.detection.pattern_index import Codes, code_points

Numbers: TypeAlias = NDArray[np.uint32]
"""One for each two letters of a text, and for the one behind them in its lowest bits; and one for each six digits."""
Trigrams: TypeAlias = bytes
"""Such numbers, packed."""
Places: TypeAlias = NDArray[np.int64]

_FACTORS = np.array([0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F, 0x165667B1, 0xD6E8FEB9], dtype=np.uint32)
_OF_THIRD = 4
"""Bits for the third letter."""
_FEWEST_BITS, _MOST_BITS = 12, 22
"""Of a number in a summary."""
DIGITS = 6
"""So many digits in a row have a number, too. A folded 1 is an l, a 0 an o."""
_FAR = 255
"""In a summary: so far on, and nothing there."""


def trigrams_of(folded: str) -> Trigrams:
    """The trigrams of a folded text, or of several with a letter between them that stands in no value."""
    # What stands behind the last two letters is no matter.
    codes = code_points(f"{folded}\n")
    numbers = codes[:-2] * _FACTORS[0]
    numbers += codes[1:-1] * _FACTORS[1]
    numbers &= np.uint32(0xFFFFFFFF << _OF_THIRD & 0xFFFFFFFF)
    numbers |= codes[2:] * _FACTORS[2] >> np.uint32(32 - _OF_THIRD)
    return bytes(numbers) + bytes(_of_digits(codes))


def without_repeats(trigrams: Trigrams) -> Trigrams:
    """Each number once."""
    numbers = np.sort(np.frombuffer(trigrams, dtype=np.uint32))
    first = np.ones(len(numbers), dtype=np.bool_)
    first[1:] = numbers[1:] != numbers[:-1]
    return numbers[first].tobytes()


def _of_digits(codes: Codes) -> Numbers:
    """One for each `DIGITS` digits in a row."""
    digits = np.flatnonzero((codes - np.uint32(ord("0")) < np.uint32(10)) | (codes == ord("l")) | (codes == ord("o")))
    firsts = digits[: max(0, len(digits) - DIGITS + 1)]
    firsts = firsts[digits[DIGITS - 1 :] - firsts == DIGITS - 1]
    numbers = np.zeros(len(firsts), dtype=np.uint32)
    for place in range(DIGITS):
        numbers += codes.take(firsts + place) * _FACTORS[place]
    # The lower bits of a sum of products depend on few bits of the letters.
    numbers ^= numbers >> np.uint32(16)
    return numbers


def _places(numbers: Numbers, bits: int) -> Places:
    """Numbers in so many bits: fewer of those of the first two letters, all of those of the third."""
    pairs = numbers >> np.uint32(32 + _OF_THIRD - bits) << np.uint32(_OF_THIRD)
    return (pairs | (numbers & np.uint32((1 << _OF_THIRD) - 1))).astype(np.int64)


def summary_of(parts: Sequence[Trigrams]) -> bytes:
    """The summary of the texts that have these trigrams."""
    numbers = np.frombuffer(b"".join(parts), dtype=np.uint32)
    # Of many numbers most come again and again.
    bits = min(max(len(numbers).bit_length() + 2, _FEWEST_BITS), _MOST_BITS)
    table = np.zeros(1 << bits, dtype=np.bool_)
    table[_places(numbers, bits)] = True
    gaps = np.diff(np.flatnonzero(table), prepend=0)
    far = gaps // _FAR
    told = np.full(len(gaps) + int(far.sum()), _FAR, dtype=np.uint8)
    told[np.arange(len(gaps)) + np.cumsum(far)] = gaps % _FAR
    return bytes([bits]) + told.tobytes()


def _read(summary: bytes) -> tuple[int, Places]:
    gaps = np.frombuffer(summary, dtype=np.uint8, offset=1)
    return summary[0], np.cumsum(gaps, dtype=np.int64)[gaps != _FAR]


def _of_value(value: str) -> Numbers:
    """The numbers of a value of three letters or more. Behind its last two may stand any letter."""
    return np.delete(np.frombuffer(trigrams_of(value), dtype=np.uint32), len(value) - 2)


class Sought:
    """Folded values that are looked for in summaries."""

    def __init__(self, values: Sequence[str]) -> None:
        self._any = any(len(value) < 2 for value in values)
        each = [_of_value(value) for value in values if len(value) > 2]
        self._firsts = np.array([0, *accumulate(map(len, each))][:-1], dtype=np.int64)
        self._numbers = np.concatenate(each) if each else np.empty(0, dtype=np.uint32)
        twos = b"".join(trigrams_of(value) for value in values if len(value) == 2)
        self._pairs = np.frombuffer(twos, dtype=np.uint32)
        self._known: dict[int, tuple[Places, Places]] = {}

    def may_stand_in(self, summary: bytes) -> bool:
        """Whether one of the values may stand in a text of this summary; where not, none does."""
        bits, places = _read(summary)
        if self._any or not len(places):
            return self._any
        if bits not in self._known:
            self._known[bits] = _places(self._numbers, bits), _places(self._pairs, bits) >> _OF_THIRD
        threes, twos = self._known[bits]
        if len(twos) and _among(twos, places >> _OF_THIRD).any():
            return True
        # Most values are out of the question by their first letters.
        if not len(threes) or not _among(threes[self._firsts], places).any():
            return False
        return bool(np.logical_and.reduceat(_among(threes, places), self._firsts).any())


def _among(wanted: Places, places: Places) -> NDArray[np.bool_]:
    """Whether each of the numbers is among some in their order."""
    found: NDArray[np.bool_] = places[np.minimum(np.searchsorted(places, wanted), len(places) - 1)] == wanted
    return found
