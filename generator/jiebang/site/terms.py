"""Words of a list in a text: from left to right, at each place the longest. `search/terms.js` of the page scripts does the same, character
by character.

A hyphen is a space, and a space beside a character that is not ASCII is none: `尼龙 66` and `尼龙66` are one word. A word of Latin letters
is never found as a piece of another; its plural is the word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_LATIN = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
_PLURALS = ("s", "es")


def squeezed(folded: str) -> tuple[str, list[int]]:
    """A folded text without spaces that part nothing, and where each of its characters stood."""
    text = folded.replace("-", " ")
    if " " not in text:
        return text, list(range(len(text)))
    last = len(text) - 1
    kept = [
        at
        for at, letter in enumerate(text)
        if letter != " " or (0 < at < last and text[at - 1].isascii() and text[at + 1].isascii())
    ]
    return "".join(text[at] for at in kept), kept


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
        text, places = squeezed(folded)
        for start in range(len(text) - 1):
            for end, key in self._at(text, start):
                yield Found(places[start], places[end - 1] + 1, key)
