"""Word-like terms of Chinese texts, found by counting alone: no dictionary knows what demands are about.

A string of characters is a term when it stands in several texts, when different characters come before and after it (电池外 always goes on with 壳,
so it is none), when its edges hold together more often than by chance, and when it does not cut a stronger pair in two
(面温度 cuts 表面). One sweep for each length over all texts at once, in arrays: ten thousand texts take seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.site.characters import points_of
from jiebang.site.counting import ordered_pairs
from jiebang.site.similar.tokens import is_sound

Ints = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]

LONGEST = 6
_COHESION = 12.0
"""How many times more often than by chance the edge of a term must stand there; less in texts too short for so much to be possible."""
_ROOM = 50
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_OTHERS = 0xFFFF
_AT_ONCE = 1 << 20
"""Characters that are numbered at a time."""


@dataclass(frozen=True, slots=True)
class Found:
    """All terms of one length: `texts`, `terms` and `first` run in parallel, one entry for each text that holds a term.

    `first` is the place in the text where the term stands first. `words` are named by `terms`.
    """

    words: list[str]
    texts: Ints
    terms: Ints
    first: Ints


class _Corpus:
    """All texts as one row of characters; 0 stands for whatever is no Chinese character, and between texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.string = "\n".join(texts) + "\n" * (LONGEST + 1)
        used = np.zeros(_OTHERS + 1, dtype=np.bool_)
        for at in range(0, len(self.string), _AT_ONCE):
            used[self._points(at)] = True
        used[:_FIRST_HAN] = used[_LAST_HAN + 1 :] = False
        # Fewer than 65,536 different ones: two bytes each.
        numbers = np.where(used, np.cumsum(used), 0).astype(np.uint16)
        self.chars: NDArray[np.uint16] = np.empty(len(self.string), dtype=np.uint16)
        for at in range(0, len(self.string), _AT_ONCE):
            self.chars[at : at + _AT_ONCE] = numbers[self._points(at)]
        self.kinds = int(used.sum()) + 1
        lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
        lengths[-1] += LONGEST
        self.starts: Ints = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        self.text_of: Ints = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
        self.counts: Ints = np.bincount(self.chars, minlength=self.kinds)
        self.total = int(np.count_nonzero(self.chars))

    def _points(self, at: int) -> NDArray[np.uint32]:
        """Some of the code points, those of more than two bytes as one of these."""
        return np.minimum(points_of(self.string[at : at + _AT_ONCE]), np.uint32(_OTHERS))


@dataclass(frozen=True, slots=True)
class _Groups:
    """Equal strings of one length side by side: `places` sorted by string, a group from each of `starts` on, `sizes` long."""

    places: Ints
    starts: Ints
    sizes: Ints

    def chosen(self, wanted: Flags) -> _Groups:
        """Some of the groups."""
        sizes = self.sizes[wanted]
        return _Groups(self.places[np.repeat(wanted, self.sizes)], np.cumsum(sizes) - sizes, sizes)


def _grouped(places: Ints, heads: NDArray[np.uint32], lasts: NDArray[np.uint16]) -> _Groups:
    """Of strings of which the beginning is named by `heads`, and `lasts` are their last characters."""
    order = ordered_pairs(heads, lasts)
    heads, lasts = heads[order], lasts[order]
    starts = np.flatnonzero(np.concatenate(([True], (heads[1:] != heads[:-1]) | (lasts[1:] != lasts[:-1]))))
    return _Groups(places[order], starts, np.diff(np.concatenate((starts, [len(order)]))))


def _varied(neighbours: Ints, groups: _Groups) -> Flags:
    """Whether a group has different neighbours on this side; the end of a phrase counts as different from itself."""
    least = np.minimum.reduceat(neighbours, groups.starts)
    most = np.maximum.reduceat(neighbours, groups.starts)
    varied: Flags = (least != most) | (most == 0)
    return varied


def _mostly(flags: Flags, groups: _Groups) -> Flags:
    most: Flags = 2 * np.add.reduceat(flags, groups.starts, dtype=np.int64) > groups.sizes
    return most


class _Sweep:
    """Goes from one length to the next; a string can only repeat where both its shorter halves do."""

    def __init__(self, corpus: _Corpus) -> None:
        self._corpus = corpus
        self._length = 1
        # Number of the repeated string of the present length that starts at each place; -1 where none does.
        self._named: Ints = np.where(corpus.chars > 0, corpus.chars, np.int32(-1))
        self._counts = corpus.counts
        # Whether a character holds to the next one less than to the one before, or more; known after the first step.
        self._looser: Flags = np.zeros(len(corpus.chars), dtype=np.bool_)
        self._closer: Flags = np.zeros(len(corpus.chars), dtype=np.bool_)

    def step(self) -> _Groups | None:
        """The groups of the next length that occur at least twice; None when nothing repeats any more."""
        named, chars, length = self._named, self._corpus.chars, self._length
        places = np.flatnonzero((named[: -LONGEST - 1] >= 0) & (named[1:-LONGEST] >= 0)).astype(np.int32)
        if not len(places):
            return None
        groups = _grouped(places, named[places].astype(np.uint32), chars[places + length])
        self._length += 1
        cohesion = self._cohesion(groups)
        if self._length == 2:
            bonds = np.zeros(len(chars), dtype=np.float32)
            bonds[groups.places] = np.repeat(np.where(groups.sizes > 1, cohesion, 0.0), groups.sizes)
            np.less(bonds[1:], bonds[:-1], out=self._looser[1:])
            np.greater(bonds[1:], bonds[:-1], out=self._closer[1:])
        self._cohesive = np.repeat(cohesion >= min(_COHESION, self._corpus.total / _ROOM), groups.sizes)
        return self._keep_repeated(groups)

    def _cohesion(self, groups: _Groups) -> NDArray[np.float64]:
        """How much more often than by chance the last character follows the rest, and the first precedes it; the lesser of both."""
        chars, heads = self._corpus.chars, groups.places[groups.starts]
        rest_before = self._counts[self._named[heads]] * self._corpus.counts[chars[heads + self._length - 1]]
        rest_after = self._counts[self._named[heads + 1]] * self._corpus.counts[chars[heads]]
        together = groups.sizes * self._corpus.total
        return np.asarray(together / np.maximum(rest_before, rest_after))

    def _keep_repeated(self, groups: _Groups) -> _Groups | None:
        kept = groups.sizes > 1
        self._named = np.full(len(self._corpus.chars), -1, dtype=np.int32)
        members = np.repeat(kept, groups.sizes)
        sizes = groups.sizes[kept]
        if not len(sizes):
            return None
        self._counts = sizes
        self._cohesive = self._cohesive[members]
        repeated = groups.chosen(kept)
        self._named[repeated.places] = np.repeat(np.arange(len(sizes)), sizes)
        return repeated

    def _are_terms(self, groups: _Groups) -> Flags:
        """Which of the groups that hold together are word-like."""
        chars, last = self._corpus.chars, groups.places + (self._length - 1)
        # Before the first character comes the last one: there nothing stands.
        return (
            _varied(chars[groups.places - 1], groups)
            & _varied(chars[last + 1], groups)
            & ~_mostly(self._looser[groups.places], groups)
            & ~_mostly(self._closer[last], groups)
        )

    def found(self, groups: _Groups) -> Found:
        """The terms among the groups of the present length."""
        corpus, groups = self._corpus, groups.chosen(self._cohesive[groups.starts])
        if not len(groups.sizes):
            return Found([], groups.places, groups.places, groups.places)
        groups = groups.chosen(self._are_terms(groups))
        texts = corpus.text_of[groups.places]
        group = np.repeat(np.arange(len(groups.sizes)), groups.sizes)
        firsts = np.flatnonzero(np.diff(group, prepend=-1) | np.diff(texts, prepend=-1))
        words = [self._word(groups, number) for number in range(len(groups.sizes))]
        wanted = np.bincount(group[firsts], minlength=len(words)) > 1
        wanted &= np.array(list(map(is_sound, words)), dtype=np.bool_)
        kept = firsts[wanted[group[firsts]]]
        numbers = np.cumsum(wanted) - 1
        holders = texts[kept]
        told = [word for word, said in zip(words, wanted.tolist(), strict=True) if said]
        return Found(told, holders, numbers[group[kept]], groups.places[kept] - corpus.starts[holders])

    def _word(self, groups: _Groups, number: int) -> str:
        start = int(groups.places[groups.starts[number]])
        return self._corpus.string[start : start + self._length]


def chinese_terms(texts: Sequence[str]) -> Iterator[Found]:
    """Terms of two to `LONGEST` characters that at least two texts share, shortest first."""
    if not texts:
        return
    sweep = _Sweep(_Corpus(texts))
    for _ in range(LONGEST - 1):
        groups = sweep.step()
        if groups is None:
            return
        yield sweep.found(groups)
