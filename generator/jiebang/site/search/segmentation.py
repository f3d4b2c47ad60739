"""Where words begin: Latin words and numbers between other characters, Chinese words by the longest entry of a dictionary.

It decides the order of what was found, a whole word before a part of one, and what may be suggested for a slip; never what is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jiebang.memory import give_back
from jiebang.site.characters import points_of

_LONGEST = 6
_PORTION = 1 << 20
"""About how many characters are looked at at a time."""
_FACTOR = np.uint64(11_400_714_819_323_198_485)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The dictionary made ready for looking at all places of a text at once. `source` holds every word: word i stands at `firsts[i]`
    and has `lengths[i]` characters. `numbers` gives every character of them a number, 0 to the others; `pairs` says which two begin a
    word, a bit for each two; of each length the words' keys ascend, `order` says which word each belongs to."""

    source: str
    firsts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    numbers: NDArray[np.uint16]
    pairs: NDArray[np.uint8]
    keys: dict[int, NDArray[np.uint64]]
    order: dict[int, NDArray[np.int64]]

    def word(self, number: int) -> str:
        first = int(self.firsts[number])
        return self.source[first : first + int(self.lengths[number])]


def _keys(numbers: NDArray[np.uint16], firsts: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.uint64]]]:
    """(length, key of so many characters from each place on), shortest first; the next one changes what was yielded."""
    keys = numbers[firsts].astype(np.uint64)
    for length in range(2, _LONGEST + 1):
        keys *= _FACTOR
        keys += numbers[firsts + (length - 1)]
        yield length, keys


@cache
def _lexicon() -> _Lexicon:
    """Of the phrases of pypinyin that can be words of a technical text: no idioms."""
    # The words are the keys of a JSON file of 2.5 MB. To import the package, or to parse the file, would cost more than all that is
    # done with them.
    package = find_spec("pypinyin")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("pypinyin")
    source = Path(package.submodule_search_locations[0], "phrases_dict.json").read_text(encoding="utf-8")
    points = points_of(source)
    quotes = np.flatnonzero(points == ord('"'))
    ends = np.flatnonzero(points[quotes + 1] == ord(":"))
    firsts = quotes[ends - 1] + 1
    lengths = quotes[ends] - firsts
    words = (lengths >= 2) & (lengths <= _LONGEST)
    firsts, lengths = firsts[words], lengths[words]
    numbers = np.zeros(0x110000, dtype=np.uint16)
    for place in range(_LONGEST):
        numbers[points[firsts[lengths > place] + place]] = 1
    characters = np.flatnonzero(numbers)
    numbers[characters] = np.arange(1, len(characters) + 1)
    pairs = np.zeros((len(characters) + 1, len(characters) + 1), dtype=np.bool_)
    text = numbers[points]
    pairs[text[firsts], text[firsts + 1]] = True
    keys, order = {}, {}
    for length, made in _keys(text, firsts):
        chosen = np.flatnonzero(lengths == length)
        ascending = chosen[np.argsort(made[chosen], kind="stable")]
        keys[length], order[length] = made[ascending], ascending
    bits = np.packbits(pairs, axis=1, bitorder="little")
    # It is made in each process that counts words.
    del points, pairs, text, made
    give_back()
    return _Lexicon(source, firsts, lengths, numbers, bits, keys, order)


def _longest(points: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Of each position at which a word of the dictionary stands: the position, which word (the longest), its length."""
    lexicon = _lexicon()
    numbers = np.concatenate((lexicon.numbers[points], np.zeros(_LONGEST, dtype=np.uint16)))
    second = numbers[1 : len(points) + 1]
    begins = lexicon.pairs[numbers[: len(points)], second >> 3] >> (second & 7).astype(np.uint8)
    firsts = np.flatnonzero(begins & 1)
    words, lengths = np.zeros(len(firsts), dtype=np.int64), np.zeros(len(firsts), dtype=np.int64)
    for length, keys in _keys(numbers, firsts):
        known = lexicon.keys[length]
        places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        there = known[places] == keys
        words[there], lengths[there] = lexicon.order[length][places[there]], length
    stand = lengths > 0
    return firsts[stand], words[stand], lengths[stand]


def _found(points: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Of each word of the dictionary in the text, left to right and the longest first: its number, its second character, what
    follows its last one."""
    firsts, words, lengths = _longest(points)
    chosen, end = [], 0
    for at, (first, length) in enumerate(zip(firsts.tolist(), lengths.tolist(), strict=True)):
        if first >= end:
            chosen.append(at)
            end = first + length
    taken = np.array(chosen, dtype=np.int64)
    return np.stack((words[taken], firsts[taken] + 1, firsts[taken] + lengths[taken]), axis=1)


def _inside(found: NDArray[np.int64], length: int) -> NDArray[np.bool_]:
    """The positions that stand inside a word, its first character left out."""
    # One mark where a word goes on, one behind its end: their running sum tells what lies between. No two words begin or end at one
    # place, so each place is named once.
    marks = np.zeros(length + 1, dtype=np.int8)
    marks[found[:, 1]] += 1
    marks[found[:, 2]] -= 1
    inside: NDArray[np.bool_] = np.cumsum(marks[:length], dtype=np.int8) > 0
    return inside


@cache
def _alphabets() -> NDArray[np.uint8]:
    """The kinds of all characters before the Han characters."""
    return np.array([chr(code).isalnum() for code in range(0x3400)], dtype=np.uint8)


def _kinds(points: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """0 for signs, 1 for letters and digits of alphabets, 2 for Han characters."""
    table = _alphabets()
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


def _portions(breaks: NDArray[np.bool_]) -> Iterator[slice]:
    """The text in portions that end behind a break, so that no word is cut."""
    ends = np.flatnonzero(breaks) + 1
    first = 0
    while first < len(breaks):
        at = int(np.searchsorted(ends, first + _PORTION))
        last = int(ends[at]) if at < len(ends) else len(breaks)
        yield slice(first, last)
        first = last


def words_of(points: NDArray[np.uint32], breaks: NDArray[np.bool_]) -> Words:
    """The words of a text of which `points` are its code points, and `breaks` says where nothing goes on."""
    starts = np.empty(len(points), dtype=np.bool_)
    counts = np.zeros(len(_lexicon().firsts), dtype=np.int64)
    for portion in _portions(breaks):
        some = points[portion]
        found = _found(some)
        kinds = _kinds(some)
        may_start = ~_inside(found, len(some))
        may_start[1:] &= (kinds[1:] != 1) | (kinds[:-1] != 1)
        starts[portion] = may_start
        counts += np.bincount(found[:, 0], minlength=len(counts))
    starts[breaks] = True
    return Words(starts, {_lexicon().word(word): int(counts[word]) for word in np.flatnonzero(counts).tolist()})
