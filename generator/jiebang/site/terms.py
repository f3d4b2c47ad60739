"""Words of a list in a text: from left to right, at each place the longest. `search/terms.js` of the page scripts does the same, character
by character.

A hyphen is a space, and a space beside a character that is not ASCII is none: `尼龙 66` and `尼龙66` are one word. A word of Latin letters
is never found as a piece of another; its plural is the word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from jiebang.site.characters import points_of

_LATIN = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
_PLURALS = ("s", "es")
_LONG = 256
"""Characters from which on a text is looked through by numbers first."""


_NOTHING_PARTED = re.compile(r" (?:(?<![\0-\x7f] )|(?![\0-\x7f]))")
"""A space that stands beside a character that is not ASCII, or at an end."""


def squeezed(folded: str) -> str:
    """A folded text without spaces that part nothing."""
    return _NOTHING_PARTED.sub("", folded.replace("-", " "))


def _left_out(folded: str) -> list[int]:
    """How many characters of the squeezed text stand before each space that was left out."""
    spaces = _NOTHING_PARTED.finditer(folded.replace("-", " "))
    return [space.start() - number for number, space in enumerate(spaces)]


@dataclass(frozen=True, slots=True)
class Found:
    """A word in a folded text, from `start` up to `end`; `key` is how the list has it."""

    start: int
    end: int
    key: str


def _whole_end(text: str, end: int) -> int:
    """Where the word ends that the text goes on with; -1 where it is only a piece of another one."""
    if text[end - 1] not in _LATIN or text[end : end + 1] not in _LATIN:
        return end
    for ending in _PLURALS:
        after = end + len(ending)
        if text[end:after] == ending and text[after : after + 1] not in _LATIN:
            return after
    return -1


class Terms:
    """A list of words, made ready to be looked for."""

    def __init__(self, keys: Iterable[str]) -> None:
        """`keys` are squeezed, of two characters at least."""
        self._keys = frozenset(keys)
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in self._keys:
            lengths[key[:2]].add(len(key))
        self._lengths = {start: sorted(known, reverse=True) for start, known in lengths.items()}

    def _at(self, text: str, start: int) -> Iterator[tuple[int, str]]:
        """Where each word ends that begins there, the longest first."""
        lengths = self._lengths.get(text[start : start + 2])
        if lengths is None or (start and text[start] in _LATIN and text[start - 1] in _LATIN):
            return
        for length in lengths:
            key = text[start : start + length]
            # At the end of a text the piece may be a shorter word.
            if len(key) == length and key in self._keys and (end := _whole_end(text, start + length)) >= 0:
                yield end, key

    def found(self, folded: str) -> Iterator[Found]:
        """The words in a folded text, at each place the longest, none within another."""
        end = 0
        for found in self.everywhere(folded):
            if found.start >= end:
                yield found
                end = found.end

    def everywhere(self, folded: str) -> Iterator[Found]:
        """All words in a folded text, by where they begin and the longest first."""
        text, left_out = squeezed(folded), _left_out(folded)
        for start in self._starts(text):
            for end, key in self._at(text, start):
                first, last = (at + bisect_right(left_out, at) for at in (start, end - 1))
                yield Found(first, last + 1, key)

    def _starts(self, text: str) -> Iterable[int]:
        """Where words may begin, in any case where they do."""
        if len(text) < _LONG:
            return range(len(text) - 1)
        starts: list[int] = np.flatnonzero(self._pairs[_numbers(text)]).tolist()
        return starts

    @cached_property
    def _pairs(self) -> NDArray[np.bool_]:
        """With which numbers of two characters words begin."""
        table = np.zeros(1 << 16, dtype=np.bool_)
        for start in self._lengths:
            table[_numbers(start)] = True
        return table


def _numbers(text: str) -> NDArray[np.uint32]:
    """A number of two bytes for each two characters side by side; others may have the same."""
    points = points_of(text)
    mixed: NDArray[np.uint32] = (points[:-1] * np.uint32(0x9E3779B1) + points[1:]) * np.uint32(0x85EBCA6B)
    return mixed >> np.uint32(16)
