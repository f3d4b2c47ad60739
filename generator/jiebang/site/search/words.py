"""Where words begin: Latin words and numbers between other characters, Chinese words by the longest entry of a dictionary.

It decides the order of what was found, a whole word before a part of one, and what may be suggested for a slip; never what is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import ahocorasick
import numpy as np
from numpy.typing import NDArray

_LONGEST = 6


@cache
def _dictionary() -> tuple[str, ...]:
    """The phrases of pypinyin that can be words of a technical text: no idioms."""
    from pypinyin.phrases_dict import phrases_dict

    return tuple(word for word in phrases_dict if 2 <= len(word) <= _LONGEST)


@cache
def _finder() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for number, word in enumerate(_dictionary()):
        automaton.add_word(word, (number, len(word)))
    automaton.make_automaton()
    return automaton


def _found(text: str) -> NDArray[np.int32]:
    """Of each word of the dictionary in the text, left to right and the longest first: its number, its second character, what
    follows its last one."""
    found = _finder().iter_long(text)
    flat = np.fromiter((n for end, (word, size) in found for n in (word, end - size + 2, end + 1)), dtype=np.int32)
    return flat.reshape(-1, 3)


def _inside(found: NDArray[np.int32], length: int) -> NDArray[np.bool_]:
    """The positions that stand inside a word, its first character left out."""
    # One mark where a word goes on, one behind its end: their running sum tells what lies between. No two words begin or end at one
    # place, so each place is named once.
    marks = np.zeros(length + 1, dtype=np.int8)
    marks[found[:, 1]] += 1
    marks[found[:, 2]] -= 1
    inside: NDArray[np.bool_] = np.cumsum(marks[:length], dtype=np.int8) > 0
    return inside


def _kinds(points: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """0 for signs, 1 for letters and digits of alphabets, 2 for Han characters."""
    table = np.array([0 if not chr(code).isalnum() else 1 for code in range(0x3400)], dtype=np.uint8)
    kinds = np.full(len(points), 2, dtype=np.uint8)
    low = points < len(table)
    kinds[low] = table[points[low]]
    return kinds


@dataclass(frozen=True, slots=True)
class Words:
    """`starts` says of each position whether a word may begin there, which is also where one may end; `counts` how often each word of
    the dictionary stands in the text."""

    starts: NDArray[np.bool_]
    counts: dict[str, int]


def words_of(text: str, points: NDArray[np.uint32], breaks: NDArray[np.bool_]) -> Words:
    """The words of a text: `points` are its code points, `breaks` says where nothing goes on."""
    found = _found(text)
    kinds = _kinds(points)
    starts = ~_inside(found, len(points))
    starts[1:] &= (kinds[1:] != 1) | (kinds[:-1] != 1)
    starts[breaks] = True
    dictionary = _dictionary()
    counts = np.bincount(found[:, 0], minlength=len(dictionary))
    return Words(starts, {dictionary[word]: int(counts[word]) for word in np.flatnonzero(counts)})
