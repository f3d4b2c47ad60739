"""The demands that share most with each, weighed by how rare the shared terms are.

Only titles and texts come in here: not who asks, not where, not when. So what links two demands is what anybody can read in both,
and one hidden enterprise's demands are no nearer to each other than their words are. Weights are whole numbers: the same on
every machine.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.mapping import Maps, Shared, digest_of_plain, unpacked
from jiebang.site.characters import changed_all
from jiebang.site.portions import portions
from jiebang.site.similar.terms import Ints, chinese_terms
from jiebang.site.similar.tokens import folded, latin_terms, normal, separated

MOST = 5
"""Similar demands named for one."""
_CANDIDATES = 12
_SHOWN = 4
_AT_ONCE = 1 << 18
"""About how many pairs are compared at a time: few enough for a processor's cache."""
_COMMON = 8
"""A term is common that more than this part of all texts hold."""
_WORK = 40_000_000
"""Pairs of texts that may be looked at in all; the commonest terms are left out first."""
_LEAST = 0.06
"""Cosine below which two demands only have words in common."""
_ENOUGH = 3
"""So many are named where there are any; more only when they are really near."""
_NEAR = 0.12
_LATIN_LENGTH = 3
_TELLING = 4
"""Characters from which a single shared term is reason enough."""
_FIRST_HAN = 0x4E00
_BY_ZONE = np.array([3, 2, 1], dtype=np.int64)
"""How much a term counts in the title, in the summary, and among the details, where everybody speaks of the same measurements."""
_DETAILS = 2
_FEWEST = 8
"""Portions from which on other processes help."""


@dataclass(frozen=True, slots=True)
class Text:
    """A demand's words: its title, what it is about, what it asks for. `id` is only handed back."""

    id: str
    title: str
    summary: str
    details: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Another demand, and what both texts say: terms as the first of them writes them, the most telling first."""

    id: str
    shared: tuple[str, ...]


def prepared(_: None, items: Sequence[Sequence[Text]]) -> list[Any]:
    """Of each portion of texts: all of them separated, and of each its names in Latin letters, where its summary begins behind the title,
    and where the details do."""
    return [_prepared(texts) for texts in items]


def _prepared(texts: Sequence[Text]) -> Any:
    parts = [changed_all((getattr(text, part) for text in texts), normal) for part in ("title", "summary", "details")]
    wholes = [folded("\n".join(said)) for said in zip(*parts, strict=True)]
    begins = [(len(title) + 1, len(title) + len(summary) + 2) for title, summary, _ in zip(*parts, strict=True)]
    return separated("\0".join(wholes)), list(map(latin_terms, wholes)), begins


class _Terms:
    """Which text holds which term: `texts`, `terms` and `zones` run in parallel. Terms are numbered in the order of their words."""

    def __init__(self, texts: Sequence[Text], maps: Maps) -> None:
        chosen = [texts[some] for some in portions([text.id for text in texts])]
        keys = [digest_of_plain([(text.title, text.summary, text.details) for text in some]) for some in chosen]
        kept = [unpacked(one) for one in maps.map(prepared, Shared(b"", None), keys, chosen.__getitem__, _FEWEST)]
        words: list[str] = []
        parts: list[tuple[Ints, Ints, Ints]] = []
        for found in chinese_terms([text for whole, _, _ in kept for text in whole.split("\0")]):
            parts.append((found.texts, found.terms + len(words), found.first))
            words += found.words
        latin, *columns = self._latin([names for _, told, _ in kept for names in told], len(words))
        words += latin
        holders, terms, first = (np.concatenate(column) for column in zip(*parts, columns, strict=True))
        order = sorted(range(len(words)), key=words.__getitem__)
        numbers = np.empty(len(words), dtype=np.int64)
        numbers[order] = np.arange(len(words))
        self.words = [words[at] for at in order]
        self.texts: Ints = holders
        self.terms: Ints = numbers[terms]
        self.spread: Ints = np.bincount(self.terms, minlength=len(words))
        begins = np.array([pair for _, _, pairs in kept for pair in pairs], dtype=np.int64)
        # 0 in the title, 1 in the summary, 2 in the details: no term begins with the line feed between them.
        self.zones: Ints = (first[:, None] >= begins[holders]).sum(axis=1)

    @staticmethod
    def _latin(told: Sequence[Mapping[str, int]], known: int) -> tuple[list[str], Ints, Ints, Ints]:
        """Words, then of each that a text holds: the text, its number (counted from `known` on), its place."""
        holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for text, names in enumerate(told):
            for term, place in names.items():
                holders[term].append((text, place))
        shared = [(term, held) for term, held in sorted(holders.items()) if len(held) > 1]
        rows = [(text, number, place) for number, (_, held) in enumerate(shared, known) for text, place in held]
        columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
        return [term for term, _ in shared], columns[:, 0], columns[:, 1], columns[:, 2]


def _weight(word: str, spread: int, among: int) -> int:
    """Rare terms weigh more, and long ones: what is said in four characters is seldom said by chance."""
    length = min(len(word), 4) if ord(word[0]) >= _FIRST_HAN else _LATIN_LENGTH
    return round(16 * math.log2((among + 1) / spread)) * length


def _affordable(spread: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Terms that may be compared, rarest first until the work is used up; which of two equally common ones is left out does not
    depend on their order, for then both are."""
    order = np.argsort(spread, kind="stable")
    cost = np.cumsum(spread[order] ** 2)
    limit = spread[order][cost > _WORK]
    return np.asarray(spread < limit[0]) if len(limit) else np.ones(len(spread), dtype=np.bool_)


class _Weighed:
    """Every text as a row of weighed terms."""

    def __init__(self, texts: Sequence[Text], maps: Maps | None = None) -> None:
        """`maps`: what an earlier build kept of the texts, portion by portion."""
        self.texts = texts
        found = _Terms(texts, maps or Maps(jobs=1))
        self.words = found.words
        among = len(texts)
        weights = np.array(
            [_weight(w, s, among) for w, s in zip(found.words, found.spread.tolist(), strict=True)], dtype=np.int64
        )
        kept = np.flatnonzero(_affordable(found.spread)[found.terms])
        # Text by text, and within each in the order of the words.
        kept = kept[np.lexsort((found.terms[kept], found.texts[kept]))]
        self._texts, self._terms, zones = found.texts[kept], found.terms[kept], found.zones[kept]
        self._values = (weights[self._terms] * _BY_ZONE[zones]).astype(np.float64)
        self._norms = np.maximum(np.bincount(self._texts, self._values * self._values, among), 1.0)
        bounds = np.searchsorted(self._texts, np.arange(among + 1)).tolist()
        terms, values = self._terms.tolist(), self._values.astype(np.int64).tolist()
        self._rows = [dict(zip(terms[a:b], values[a:b], strict=True)) for a, b in pairwise(bounds)]
        named = zones < _DETAILS
        ends = np.searchsorted(self._texts[named], np.arange(among + 1)).tolist()
        terms = self._terms[named].tolist()
        self._named = [frozenset(terms[a:b]) for a, b in pairwise(ends)]

    def candidates(self) -> Iterator[list[tuple[int, float]]]:
        """For each text the others that share most with it and how near they are, nearest first; of equals the one that was named first."""
        among = len(self.texts)
        sizes = np.bincount(self._terms, minlength=len(self.words))
        common = sizes > among / _COMMON
        table = self._columns(np.flatnonzero(common))
        rare = ~common[self._terms]
        texts, terms, values = self._texts[rare], self._terms[rare], self._values[rare]
        # The same entries term by term: which texts hold each, and how much it counts there.
        by_term = np.argsort(terms, kind="stable")
        holders, counting = texts[by_term], values[by_term]
        starts = np.searchsorted(terms[by_term], np.arange(len(self.words) + 1))
        bounds = np.searchsorted(texts, np.arange(among + 1))
        # What each text is compared with, in all, until the text's turn: rows of the table, and whoever holds a rare term of it.
        work = np.concatenate(([0], np.cumsum(sizes[terms])))[bounds] + np.arange(among + 1) * among
        first = 0
        while first < among:
            last = max(first + 1, int(np.searchsorted(work, work[first] + _AT_ONCE, side="right")) - 1)
            mine = slice(bounds[first], bounds[last])
            often = sizes[terms[mine]]
            ends = np.cumsum(often)
            beside = np.arange(ends[-1] if len(ends) else 0)
            beside += np.repeat(starts[terms[mine]] - ends + often, often)
            cells = np.repeat((texts[mine] - first) * among, often)
            cells += holders[beside]
            # Sums of whole numbers, exact in this form too.
            scores = table[first:last] @ table.T
            products = np.bincount(cells, np.repeat(values[mine], often) * counting[beside], scores.size)
            scores += products.reshape(scores.shape)
            scores /= np.sqrt(self._norms * self._norms[first:last, None])
            scores[np.arange(last - first), np.arange(first, last)] = 0
            yield from map(self._nearest, scores)
            first = last

    def _columns(self, chosen: Ints) -> NDArray[np.float64]:
        """Some terms as a table, a row for each text: what nearly everybody holds is compared fastest in this form."""
        column = np.full(len(self.words), -1)
        column[chosen] = np.arange(len(chosen))
        there = column[self._terms] >= 0
        table = np.zeros((len(self.texts), len(chosen)))
        table[self._texts[there], column[self._terms[there]]] = self._values[there]
        return table

    def _nearest(self, scores: NDArray[np.float64]) -> list[tuple[int, float]]:
        wanted = np.flatnonzero(scores >= _LEAST)
        near = scores[wanted]
        if len(wanted) > _CANDIDATES:
            # Whoever is as near as the last one that fits stays in, so that no sorting of equals decides.
            last = np.partition(near, -_CANDIDATES)[-_CANDIDATES]
            wanted = wanted[near >= last]
            near = scores[wanted]
        best = np.argsort(-near, kind="stable")[:_CANDIDATES]
        return list(zip(wanted[best].tolist(), near[best].tolist(), strict=True))

    def reasons(self, me: int, other: int) -> list[str]:
        """Terms that both hold, the most telling first, none a piece of another, and no more than are shown; nothing where only the
        details agree."""
        if self._named[me].isdisjoint(self._named[other]):
            return []
        mine, theirs, among = self._rows[me], self._rows[other], len(self.words)
        # One number for how much and which: the greatest first, and of equals in the order of the words.
        shared = sorted(term - mine[term] * theirs[term] * among for term in mine.keys() & theirs.keys())
        named: list[str] = []
        for number in shared:
            word = self.words[number % among]
            if not any(word in one or one in word for one in named):
                named.append(word)
                if len(named) == _SHOWN:
                    break
        return named

    def quoted(self, term: str, me: int) -> str:
        """The term as a text writes it; Chinese terms are written one way only."""
        if ord(term[0]) >= _FIRST_HAN:
            return term
        text = self.texts[me]
        whole = "\n".join(map(normal, (text.title, text.summary, text.details)))
        start = folded(whole).index(term)
        return whole[start : start + len(term)]


def _tell(weighed: _Weighed, me: int, candidates: Sequence[tuple[int, float]]) -> Iterator[Alike]:
    """The nearest first; after the first few only those that are really near."""
    named = 0
    for other, score in candidates:
        if named == MOST or (named >= _ENOUGH and score < _NEAR):
            return
        reasons = weighed.reasons(me, other)
        # A single short word in common is no reason to send a reader there.
        if len(reasons) > 1 or any(len(reason) >= _TELLING for reason in reasons):
            named += 1
            yield Alike(weighed.texts[other].id, tuple(weighed.quoted(word, me) for word in reasons))


def alike(texts: tuple[Text, ...], maps: Maps | None = None) -> dict[str, tuple[Alike, ...]]:
    """For each text up to `MOST` others, the nearest first. `maps`: what an earlier build kept of the texts, portion by portion."""
    if not texts:
        return {}
    weighed = _Weighed(texts, maps)
    return {texts[me].id: tuple(_tell(weighed, me, candidates)) for me, candidates in enumerate(weighed.candidates())}


def recalled_alike(texts: tuple[Text, ...], maps: Maps) -> dict[str, tuple[Alike, ...]]:
    """As `alike`, as an earlier build found it for the same texts."""
    plain = [(text.id, text.title, text.summary, text.details) for text in texts]

    def make() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
        return {me: [(one.id, one.shared) for one in found] for me, found in alike(texts, maps).items()}

    known = maps.recall(digest_of_plain("similar", plain), make)
    return {me: tuple(Alike(id_, tuple(shared)) for id_, shared in found) for me, found in known.items()}
