"""Which texts share most with each: the product of their rows, over the root of the rows' own. After an edit only with those that changed.

Products are sums of whole numbers, exact in floating point too: what is compared now and what was compared before give the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.site.counting import ranges
from jiebang.site.similar.terms import Ints
from jiebang.site.similar.weighing import Weighed

MOST = 12
"""Others that are found for a text."""
_LEAST = 0.06
"""Cosine below which two demands only have words in common."""
_AT_ONCE = 1 << 18
"""About how many pairs are compared at a time: few enough for a processor's cache."""
_COMMON = 8
"""A term is common that more than this part of all texts hold."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A row for each text: the `others` that share most with it, nearest first (of equals the one that was named first), -1 where there is
    none; and how near each is."""

    others: NDArray[np.int32]
    scores: NDArray[np.float64]

    @classmethod
    def none(cls, texts: int) -> Nearest:
        return cls(np.full((texts, MOST), -1, dtype=np.int32), np.zeros((texts, MOST)))

    def plain(self) -> Any:
        """As plain values."""
        return self.others.tobytes(), self.scores.tobytes()

    @classmethod
    def of(cls, plain: Any) -> Nearest:
        """As it was made plain."""
        others, scores = plain
        return cls(np.frombuffer(others, np.int32).reshape(-1, MOST), np.frombuffer(scores).reshape(-1, MOST))

    def put(self, me: int, others: Ints, scores: NDArray[np.float64]) -> None:
        """Says what is nearest to a text."""
        self.others[me], self.scores[me] = -1, 0
        self.others[me, : len(others)], self.scores[me, : len(scores)] = others, scores

    def listed(self, me: int) -> list[tuple[int, float]]:
        """(other, how near) of a text."""
        there = self.others[me] >= 0
        return list(zip(self.others[me, there].tolist(), self.scores[me, there].tolist(), strict=True))


class _Scores:
    """Compares texts with all others."""

    def __init__(self, weighed: Weighed) -> None:
        self._among = among = len(weighed)
        owners, values = weighed.owners(), weighed.values.astype(np.float64)
        self._norms = np.maximum(np.bincount(owners, values * values, among), 1.0)
        self._sizes = sizes = np.bincount(weighed.terms, minlength=len(weighed.words))
        common = sizes > among / _COMMON
        # What nearly everybody holds is compared fastest as a table, a row for each text.
        column = np.where(common, np.cumsum(common) - 1, -1)[weighed.terms]
        there = column >= 0
        self._table = np.zeros((among, int(np.count_nonzero(common))))
        self._table[owners[there], column[there]] = values[there]
        texts, self._terms, self._values = owners[~there], weighed.terms[~there], values[~there]
        # The same entries term by term: which texts hold each, and how much it counts there.
        by_term = np.argsort(self._terms, kind="stable")
        self._holders, self._counting = texts[by_term], self._values[by_term]
        self._starts = np.searchsorted(self._terms[by_term], np.arange(len(weighed.words) + 1))
        self._bounds = np.searchsorted(texts, np.arange(among + 1))

    def of(self, chosen: Ints) -> Iterator[tuple[Ints, NDArray[np.float64]]]:
        """Of some texts how near all others are, some at a time."""
        # What each is compared with: a row of the table, and whoever holds a rare term of it.
        work = np.concatenate(([0], np.cumsum(self._sizes[self._terms])))[self._bounds]
        until = np.concatenate(([0], np.cumsum(np.diff(work)[chosen] + self._among)))
        first = 0
        while first < len(chosen):
            last = max(first + 1, int(np.searchsorted(until, until[first] + _AT_ONCE, side="right")) - 1)
            some = chosen[first:last]
            yield some, self._of_some(some)
            first = last

    def _of_some(self, some: Ints) -> NDArray[np.float64]:
        held = self._bounds[some + 1] - self._bounds[some]
        mine = ranges(self._bounds[some], held)
        terms = self._terms[mine]
        often = self._sizes[terms]
        beside = ranges(self._starts[terms], often)
        cells = np.repeat(np.repeat(np.arange(len(some)) * self._among, held), often)
        cells += self._holders[beside]
        scores = self._table[some] @ self._table.T
        products = np.bincount(cells, np.repeat(self._values[mine], often) * self._counting[beside], scores.size)
        scores += products.reshape(scores.shape)
        scores /= np.sqrt(self._norms * self._norms[some, None])
        scores[np.arange(len(some)), some] = 0
        return scores


def _best(scores: NDArray[np.float64]) -> tuple[Ints, NDArray[np.float64]]:
    wanted = np.flatnonzero(scores >= _LEAST)
    near = scores[wanted]
    if len(wanted) > MOST:
        # Whoever is as near as the last one that fits stays in, so that no sorting of equals decides.
        last = np.partition(near, -MOST)[-MOST]
        wanted = wanted[near >= last]
        near = scores[wanted]
    best = np.argsort(-near, kind="stable")[:MOST]
    return wanted[best], near[best]


def nearest(weighed: Weighed) -> Nearest:
    """What is nearest to each text."""
    told = Nearest.none(len(weighed))
    for some, rows in _Scores(weighed).of(np.arange(len(weighed))):
        for me, row in zip(some.tolist(), rows, strict=True):
            told.put(me, *_best(row))
    return told


def nearest_again(weighed: Weighed, before: Nearest, changed: NDArray[np.bool_]) -> tuple[Nearest, NDArray[np.bool_]]:
    """(what is nearest to each text, of which it may be another than before): `changed` are the texts whose rows are others than when
    `before` was found."""
    told = Nearest(before.others.copy(), before.scores.copy())
    scores = _Scores(weighed)
    full = before.others[:, -1] >= 0
    # What is not listed is no nearer than the last one of a full list, and not near at all where the list is not full.
    least = np.where(full, before.scores[:, -1], _LEAST)
    coming: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for some, rows in scores.of(np.flatnonzero(changed)):
        for me, row in zip(some.tolist(), rows, strict=True):
            told.put(me, *_best(row))
        at, texts = np.nonzero((rows >= least) & ~changed)
        for me, other, score in zip(texts.tolist(), some[at].tolist(), rows[at, texts].tolist(), strict=True):
            coming[me].append((-score, other))
    going: NDArray[np.bool_] = np.any(changed[before.others] & (before.others >= 0), axis=1)
    going[list(coming)] = True
    again = []
    for me in np.flatnonzero(going & ~changed).tolist():
        listed = [(-score, other) for other, score in before.listed(me)]
        merged = sorted([pair for pair in listed if not changed[pair[1]]] + coming[me])[:MOST]
        if full[me] and (len(merged) < MOST or merged[-1] > listed[-1]):
            # One that was not listed may come up.
            again.append(me)
        else:
            told.put(me, np.array([other for _, other in merged]), np.array([-score for score, _ in merged]))
    for some, rows in scores.of(np.array(again, dtype=np.int64)):
        for me, row in zip(some.tolist(), rows, strict=True):
            told.put(me, *_best(row))
    return told, going | changed
