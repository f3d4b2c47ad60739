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

from jiebang.site.counting import ordered_pairs
from jiebang.site.similar.tokens import is_sound

Ints = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]

LONGEST = 6
_COHESION = 12.0
"""How many times more often than by chance the edge of a term must stand there; less in texts too short for so much to be possible."""
_ROOM = 50
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF


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
        points = np.frombuffer(self.string.encode("utf-32-le"), dtype=np.uint32)
        points = np.where((points >= _FIRST_HAN) & (points <= _LAST_HAN), points, np.uint32(0))
        used = np.bincount(points, minlength=_LAST_HAN + 1) > 0
        used[0] = True
        # Fewer than 65,536 different ones: two bytes each.
        self.chars: NDArray[np.uint16] = (np.cumsum(used) - 1).astype(np.uint16)[points]
        self.kinds = int(used.sum())
        del points
        lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
        lengths[-1] += LONGEST
        self.starts: Ints = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        self.text_of: Ints = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
        self.counts: Ints = np.bincount(self.chars, minlength=self.kinds)
        self.total = int((self.chars > 0).sum())


@dataclass(frozen=True, slots=True)
class _Groups:
    """Equal strings of one length side by side: `places` sorted by string, a group from each of `starts` on, `sizes` long."""

    places: Ints
    starts: Ints
    sizes: Ints


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
    most: Flags = 2 * np.add.reduceat(flags.astype(np.int64), groups.starts) > groups.sizes
    return most


class _Sweep:
    """Goes from one length to the next; a string can only repeat where both its shorter halves do."""

    def __init__(self, corpus: _Corpus) -> None:
        self._corpus = corpus
        self._length = 1
        # Number of the repeated string of the present length that starts at each place; -1 where none does.
        self._named: Ints = np.where(corpus.chars > 0, corpus.chars, np.int32(-1))
        self._counts = corpus.counts
        # How strongly each character holds to the next one; known after the first step.
        self._bonds: NDArray[np.float32] = np.zeros(len(corpus.chars), dtype=np.float32)

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
            self._bonds[groups.places] = np.repeat(np.where(groups.sizes > 1, cohesion, 0.0), groups.sizes)
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
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        places = groups.places[members]
        self._named[places] = np.repeat(np.arange(len(sizes)), sizes)
        return _Groups(places, starts, sizes)

    def are_terms(self, groups: _Groups) -> Flags:
        """Which groups are word-like."""
        chars, places, end = self._corpus.chars, groups.places, groups.places + self._length
        before = np.where(places > 0, chars[places - 1], 0)
        cut_left = np.where(places > 0, self._bonds[places - 1], 0.0) > self._bonds[places]
        cut_right = self._bonds[end - 1] > self._bonds[end - 2]
        return (
            self._cohesive[groups.starts]
            & _varied(before, groups)
            & _varied(chars[end], groups)
            & ~_mostly(cut_left, groups)
            & ~_mostly(cut_right, groups)
        )

    def found(self, groups: _Groups) -> Found:
        corpus = self._corpus
        texts = corpus.text_of[groups.places]
        group = np.repeat(np.arange(len(groups.sizes)), groups.sizes)
        firsts = np.flatnonzero(np.concatenate(([True], (group[1:] != group[:-1]) | (texts[1:] != texts[:-1]))))
        spread = np.bincount(group[firsts], minlength=len(groups.sizes))
        wanted = self.are_terms(groups) & (spread > 1)
        for number in np.flatnonzero(wanted).tolist():
            wanted[number] = is_sound(self._word(groups, number))
        kept = firsts[wanted[group[firsts]]]
        numbers = np.cumsum(wanted) - 1
        words = [self._word(groups, number) for number in np.flatnonzero(wanted).tolist()]
        holders = texts[kept]
        return Found(words, holders, numbers[group[kept]], groups.places[kept] - corpus.starts[holders])

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
