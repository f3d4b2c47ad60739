"""Word-like terms of Chinese texts, found by counting alone: no dictionary knows what demands are about.

A string of characters is a term when it stands in several texts, when different characters come before and after it (电池外 always goes on with 壳,
so it is none), when its edges hold together more often than by chance, and when it does not cut a stronger pair in two
(面温度 cuts 表面). One sweep for each length over all texts, portion by portion, in arrays: ten thousand texts take half a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.site.characters import points_of
from jiebang.site.similar.tokens import FIRST_HAN, is_sound

Ints = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]
Codes = NDArray[np.uint16]
Numbers = NDArray[np.uint32]

LONGEST = 6
_COHESION = 12.0
"""How many times more often than by chance the edge of a term must stand there; less in texts too short for so much to be possible."""
_ROOM = 50
_LAST_HAN = 0x9FFF
_CHARACTERS = 1 << 16
_MOST_CELLS = 1 << 20
"""So many different strings are numbered by a table of all that could be; more by sorting."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is Chinese in a portion of texts, as one row: `codes` of the characters, and 0 for all that stands between two phrases, in
    front of the row, and some times behind it. Text i goes from `starts[i]` on."""

    codes: Codes
    starts: Numbers

    @classmethod
    def of(cls, texts: Sequence[str]) -> tuple[Phrases, NDArray[np.int64]]:
        """The phrases of some texts without line feeds between them; and of each place in "\\n".join(texts) that in the row."""
        points = points_of("\n".join((*texts, "")))
        han = (points >= FIRST_HAN) & (points <= _LAST_HAN)
        kept = han.copy()
        kept[1:] |= han[:-1]
        codes = np.zeros(1 + int(np.count_nonzero(kept)) + LONGEST + 1, dtype=np.uint16)
        codes[1 : -LONGEST - 1] = np.where(han, points, 0)[kept]
        places = np.cumsum(kept, dtype=np.int64) - kept + 1
        lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
        starts = np.cumsum(lengths) - lengths
        return cls(codes, places[starts].astype(np.uint32)), places


@dataclass(frozen=True, slots=True)
class Found:
    """All terms of one length: `texts`, `terms` and `first` run in parallel, one entry for each text that holds a term.

    `first` is the place in the row of its portion where the text says the term first. `words` are named by `terms`.
    """

    words: list[str]
    texts: NDArray[np.int32]
    terms: NDArray[np.int32]
    first: Numbers


def _distinct(keys: Ints, cells: int) -> tuple[Ints, Numbers, Ints]:
    """The different ones of numbers below `cells`, ascending, how often each stands there, and of each number its place among them."""
    if cells > _MOST_CELLS:
        different, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
        return different, counts.astype(np.uint32), places
    often = np.bincount(keys, minlength=cells)
    different = np.flatnonzero(often)
    places_of = np.zeros(cells, dtype=np.int64)
    places_of[different] = np.arange(len(different))
    return different, often[different].astype(np.uint32), places_of[keys]


class _Row:
    """A portion: `named` says of each place the number of the repeated string of the present length that starts there; 0 where none does."""

    def __init__(self, phrases: Phrases, numbers: Codes, first_text: int) -> None:
        self.codes = phrases.codes
        self.named: Ints = numbers[phrases.codes]
        self.starts = phrases.starts
        self.first_text = first_text
        self.closeness = np.zeros(len(phrases.codes), dtype=np.int8)
        """Whether a character holds to the next one more than to the one before (1), or less (-1); known after the first step."""

    def name(self, at: Ints, numbers: Ints, count: int) -> None:
        """Gives what starts at some places their numbers, up to `count`, and none to anything else."""
        self.named = np.zeros(len(self.codes), dtype=np.min_scalar_type(count))
        self.named[at] = numbers

    def bind(self, bonds: NDArray[np.float32]) -> None:
        """Takes how strongly each character holds to the next one."""
        closer, looser = bonds[1:] > bonds[:-1], bonds[1:] < bonds[:-1]
        np.subtract(closer.view(np.int8), looser.view(np.int8), out=self.closeness[1:])


@dataclass(frozen=True, slots=True)
class _Strings:
    """Strings of one length that stand somewhere at least twice, by their numbers; number 0 is none of them. `spelled` is a row of
    characters for each."""

    counts: Ints
    spelled: Codes
    cohesion: NDArray[np.float64]
    """How much more often than by chance the last character follows the rest, and the first precedes it; the lesser of both."""


class _Varied:
    """Whether strings have different neighbours on one side; the end of a phrase counts as different from itself."""

    def __init__(self, strings: int) -> None:
        self._one = np.full(strings, -1, dtype=np.int32)
        self._flags: Flags = np.zeros(strings, dtype=np.bool_)

    def take(self, strings: Ints, neighbours: Ints) -> None:
        unknown = self._one[strings] < 0
        self._one[strings[unknown]] = neighbours[unknown]
        self._flags[strings[self._one[strings] != neighbours]] = True

    def told(self) -> Flags:
        told: Flags = self._flags | (self._one == 0)
        return told


class _Sweep:
    """Goes from one length to the next; a string can only repeat where both its shorter halves do."""

    def __init__(self, portions: Sequence[Phrases]) -> None:
        used = np.zeros(_CHARACTERS, dtype=np.bool_)
        for phrases in portions:
            used[phrases.codes] = True
        used[0] = False
        # Fewer than 65,536 different ones: two bytes each.
        self._codes = np.concatenate(([0], np.flatnonzero(used))).astype(np.uint16)
        self._numbers = np.where(used, np.cumsum(used), 0).astype(np.uint16)
        kinds = len(self._codes)
        self._rows, texts = [], 0
        counts: Ints = np.zeros(kinds, dtype=np.int64)
        for phrases in portions:
            self._rows.append(_Row(phrases, self._numbers, texts))
            counts += np.bincount(self._rows[-1].named, minlength=kinds)
            texts += len(phrases.starts)
        self._total = int(counts[1:].sum())
        self._of_characters = counts
        spelled = np.arange(kinds, dtype=np.uint16)[:, None]
        self._strings = _Strings(counts, spelled, np.zeros(kinds))
        self._length = 1

    def step(self) -> bool:
        """Goes on to the next length; whether any string of it stands there at least twice."""
        before, kinds = self._strings, len(self._codes)
        self._length += 1
        portions: list[tuple[Ints, Numbers, Numbers]] = []
        for row in self._rows:
            named = row.named
            at = np.flatnonzero((named[: -LONGEST - 1] > 0) & (named[1:-LONGEST] > 0))
            keys = named[at] * np.int64(kinds) + self._numbers[row.codes[at + (self._length - 1)]]
            different, counts, places = _distinct(keys, len(before.counts) * kinds)
            tails = np.zeros(len(different), dtype=np.uint32)
            tails[places] = named[at + 1]
            row.name(at, places + 1, len(different))
            portions.append((different, counts, tails))
        numbers = self._together(portions)
        first = 0
        for row, (different, _, _) in zip(self._rows, portions, strict=True):
            of_row = np.concatenate(([0], numbers[first : first + len(different)]))
            row.named = of_row.astype(np.min_scalar_type(len(self._strings.counts)))[row.named]
            first += len(different)
        if self._length == 2:
            bonds = self._strings.cohesion.astype(np.float32)
            for row in self._rows:
                row.bind(bonds[row.named])
        return len(self._strings.counts) > 1

    def _together(self, portions: Sequence[tuple[Ints, Numbers, Numbers]]) -> Ints:
        """Counts the strings of all portions together, and numbers those that repeat; the number of each string of each portion. Of a portion
        come the different ones, how often each stands there, and the number of what is left of each without its first character."""
        before, kinds = self._strings, len(self._codes)
        keys, counts, tails = (np.concatenate(column) for column in zip(*portions, strict=True))
        different, firsts, places = np.unique(keys, return_index=True, return_inverse=True)
        often = np.bincount(places, counts, len(different)).astype(np.int64)
        repeated = often > 1
        heads, lasts = np.divmod(different[repeated], kinds)
        sizes, rests = often[repeated], tails[firsts[repeated]]
        spelled = np.concatenate((before.spelled[heads], lasts[:, None].astype(np.uint16)), axis=1)
        rest_before = before.counts[heads] * self._of_characters[lasts]
        rest_after = before.counts[rests] * self._of_characters[spelled[:, 0]]
        cohesion = sizes * self._total / np.maximum(rest_before, rest_after)
        self._strings = _Strings(
            np.concatenate(([0], sizes)),
            np.concatenate((np.zeros((1, self._length), np.uint16), spelled)),
            np.concatenate(([0.0], cohesion)),
        )
        return np.where(repeated, np.cumsum(repeated), 0)[places]

    def _are_terms(self) -> Flags:
        """Which of the strings of the present length are word-like."""
        count = len(self._strings.counts)
        cohesive = self._strings.cohesion >= min(_COHESION, self._total / _ROOM)
        cohesive[0] = False
        before, behind = _Varied(count), _Varied(count)
        looser, closer = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
        for row in self._rows:
            at = np.flatnonzero(cohesive[row.named])
            strings, last = row.named[at], at + (self._length - 1)
            before.take(strings, row.codes[at - 1])
            behind.take(strings, row.codes[last + 1])
            looser += np.bincount(strings[row.closeness[at] < 0], minlength=count)
            closer += np.bincount(strings[row.closeness[last] > 0], minlength=count)
        most = self._strings.counts // 2
        told: Flags = cohesive & before.told() & behind.told() & (looser <= most) & (closer <= most)
        return told

    def found(self) -> Found:
        """The terms of the present length that at least two texts share."""
        terms = np.flatnonzero(self._are_terms())
        words = ["".join(map(chr, self._codes[row].tolist())) for row in self._strings.spelled[terms]]
        sound = np.array(list(map(is_sound, words)), dtype=np.bool_)
        terms = terms[sound]
        number_of = np.zeros(len(self._strings.counts), dtype=np.int32)
        number_of[terms] = np.arange(1, len(terms) + 1)
        held = [_held(row, number_of) for row in self._rows]
        texts, numbers, first = (np.concatenate(column) for column in zip(*held, strict=True))
        shared = np.bincount(numbers, minlength=len(terms) + 1) > 1
        kept = shared[numbers]
        renumbered = (np.cumsum(shared) - 1).astype(np.int32)
        told = [word for word, said in zip(words, sound.tolist(), strict=True) if said]
        return Found(
            [word for word, said in zip(told, shared[1:].tolist(), strict=True) if said],
            texts[kept],
            renumbered[numbers[kept]],
            first[kept],
        )


def _held(row: _Row, number_of: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32], Numbers]:
    """(text, term, where it stands first) of each term that a text of a portion holds; `number_of` says of each string which term it is,
    0 for none."""
    numbers = number_of[row.named]
    at = np.flatnonzero(numbers)
    numbers = numbers[at]
    texts = np.searchsorted(row.starts, at, side="right").astype(np.int64) - 1
    order = np.argsort(texts * len(number_of) + numbers, kind="stable")
    texts, numbers = texts[order], numbers[order]
    firsts = np.flatnonzero(np.diff(texts, prepend=-1) | np.diff(numbers, prepend=-1))
    return (
        (texts[firsts] + row.first_text).astype(np.int32),
        numbers[firsts],
        at[order[firsts]].astype(np.uint32),
    )


def chinese_terms(portions: Sequence[Phrases]) -> Iterator[Found]:
    """Terms of two to `LONGEST` characters that at least two texts share, shortest first. Texts are numbered through all portions."""
    if not portions:
        return
    sweep = _Sweep(portions)
    for _ in range(LONGEST - 1):
        if not sweep.step():
            return
        yield sweep.found()
