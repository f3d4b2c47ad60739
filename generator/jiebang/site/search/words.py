"""Where words begin: Latin words and numbers between other characters, Chinese words by the longest entry of a dictionary.

It decides nothing but the order of what was found: a whole word comes before a part of one.
"""

from __future__ import annotations

from collections.abc import Iterable
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
def _finder(words: tuple[str, ...]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in (*_dictionary(), *words):
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    return automaton


def _inside_words(text: str, words: Iterable[str]) -> NDArray[np.bool_]:
    """The positions that stand inside a word of the dictionary, its first character left out."""
    # One mark where a word begins, one behind its end: their running sum tells what lies between.
    marks = np.zeros(len(text) + 2, dtype=np.int32)
    found = np.fromiter(
        (value for end, length in _finder(tuple(words)).iter_long(text) for value in (end - length + 2, end + 1)),
        dtype=np.int64,
    )
    np.add.at(marks, found[0::2], 1)
    np.add.at(marks, found[1::2], -1)
    return np.cumsum(marks[: len(text)]) > 0


def _kinds(points: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """0 for signs, 1 for letters and digits of alphabets, 2 for Han characters."""
    table = np.array([0 if not chr(code).isalnum() else 1 for code in range(0x3400)], dtype=np.uint8)
    kinds = np.full(len(points), 2, dtype=np.uint8)
    low = points < len(table)
    kinds[low] = table[points[low]]
    return kinds


def word_starts(text: str, breaks: NDArray[np.bool_], words: Iterable[str] = ()) -> NDArray[np.bool_]:
    """Of each position whether a word may begin there, which is also where one may end."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    kinds = _kinds(points)
    letters = np.zeros(len(points), dtype=np.bool_)
    letters[1:] = (kinds[1:] == 1) & (kinds[:-1] == 1)
    starts = ~(letters | _inside_words(text, words))
    starts[breaks] = True
    return starts
