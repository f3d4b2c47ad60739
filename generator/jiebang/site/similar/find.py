"""The demands that share most with each, weighed by how rare the shared terms are.

Only titles and texts come in here: not who asks, not where, not when. So what links two demands is what anybody can read in both,
and one hidden enterprise's demands are no nearer to each other than their words are. Weights are whole numbers: the same on
every machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.mapping import Maps, Shared, digest_of_plain, unpacked
from jiebang.site.characters import changed_all
from jiebang.site.portions import portions
from jiebang.site.similar.terms import Ints, Phrases, chinese_terms
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
_ROWS = 10_000
"""Texts whose terms are at hand in the form in which reasons are told from them."""
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
    """Of each portion of texts what is Chinese in it (`Phrases`, as bytes), where the summary of each begins in that row, and where its
    details do; and of each its names in Latin letters, with the zone in which each stands first."""
    return [_prepared(texts) for texts in items]


def _prepared(texts: Sequence[Text]) -> Any:
    parts = [changed_all((getattr(text, part) for text in texts), normal) for part in ("title", "summary", "details")]
    wholes = [folded("\n".join(said)) for said in zip(*parts, strict=True)]
    begins = [(len(title) + 1, len(title) + len(summary) + 2) for title, summary, _ in zip(*parts, strict=True)]
    # No phrase goes on over a line feed.
    phrases, places = Phrases.of(separated("\0".join(wholes)).split("\0"))
    firsts = np.cumsum([0, *(len(whole) + 1 for whole in wholes)])[:-1, None]
    zones = [
        {name: (place >= summary) + (place >= details) for name, place in latin_terms(whole).items()}
        for whole, (summary, details) in zip(wholes, begins, strict=True)
    ]
    in_row = places[firsts + np.array(begins)].astype(np.uint32)
    return phrases.codes.tobytes(), phrases.starts.tobytes(), in_row.tobytes(), zones


def _portions_of(texts: Sequence[Text]) -> tuple[list[Sequence[Text]], list[bytes]]:
    """The texts in portions, and what names the words of each."""
    chosen = [texts[some] for some in portions([text.id for text in texts])]
    return chosen, [digest_of_plain([(text.title, text.summary, text.details) for text in some]) for some in chosen]


class _Terms:
    """Which text holds which term: `texts`, `terms` and `zones` run in parallel, text by text, and within each in the order of the words,
    after which terms are numbered. A zone is 0 in the title, 1 in the summary, 2 in the details."""

    def __init__(self, texts: Sequence[Text], maps: Maps) -> None:
        chosen, keys = _portions_of(texts)
        rows: list[Phrases] = []
        begins: list[NDArray[np.uint32]] = []
        latin = _Latin()
        for one in maps.map(prepared, Shared(b"", None), keys, chosen.__getitem__, _FEWEST):
            codes, starts, in_row, zones = unpacked(one)
            rows.append(Phrases(np.frombuffer(codes, np.uint16), np.frombuffer(starts, np.uint32)))
            begins.append(np.frombuffer(in_row, np.uint32).reshape(-1, 2))
            latin.take(zones)
        words, columns = latin.told()
        parts = [columns]
        where = np.concatenate(begins)
        for found in chinese_terms(rows):
            zones = (found.first[:, None] >= where[found.texts]).sum(axis=1, dtype=np.uint8)
            parts.append((found.texts, found.terms + np.int32(len(words)), zones))
            words += found.words
        del rows
        order = sorted(range(len(words)), key=words.__getitem__)
        numbers = np.empty(len(words), dtype=np.int32)
        numbers[order] = np.arange(len(words), dtype=np.int32)
        self.words = [words[at] for at in order]
        holders, terms, at = (np.concatenate(column) for column in zip(*parts, strict=True))
        del parts
        terms = numbers[terms]
        sorted_ = np.argsort(holders * np.int64(len(words)) + terms)
        self.texts: Ints = holders[sorted_]
        self.terms: Ints = terms[sorted_]
        self.zones: Ints = at[sorted_]
        self.spread: Ints = np.bincount(self.terms, minlength=len(words))


class _Latin:
    """Names in Latin letters that several texts hold; the texts come in their order."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._texts = 0
        self._columns: list[NDArray[np.int32]] = []

    def take(self, told: Sequence[Mapping[str, int]]) -> None:
        """Of some texts the zones of the names in each."""
        number = self._numbers
        rows = [
            (text, number.setdefault(name, len(number)), zone)
            for text, zones in enumerate(told, self._texts)
            for name, zone in zones.items()
        ]
        self._columns.append(np.array(rows, dtype=np.int32).reshape(-1, 3))
        self._texts += len(told)

    def told(self) -> tuple[list[str], tuple[Ints, Ints, Ints]]:
        """(names; of each that a text holds the text, its number among the names, its zone)"""
        texts, numbers, zones = np.concatenate(self._columns).T
        shared = np.bincount(numbers, minlength=len(self._numbers)) > 1
        kept = shared[numbers]
        renumbered = (np.cumsum(shared) - 1).astype(np.int32)
        names = [name for name, said in zip(self._numbers, shared.tolist(), strict=True) if said]
        return names, (texts[kept], renumbered[numbers[kept]], zones[kept].astype(np.uint8))


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
        self._texts, self._terms, zones = found.texts[kept], found.terms[kept], found.zones[kept]
        self._values = (weights[self._terms] * _BY_ZONE[zones]).astype(np.float64)
        self._named = zones < _DETAILS
        self._norms = np.maximum(np.bincount(self._texts, self._values * self._values, among), 1.0)
        self._bounds = np.searchsorted(self._texts, np.arange(among + 1))
        # Of a large catalogue all rows in this form would be too much to hold.
        self._row = lru_cache(maxsize=_ROWS)(self._row_of)

    def _row_of(self, me: int) -> tuple[dict[int, int], frozenset[int]]:
        chosen = slice(*self._bounds[me : me + 2].tolist())
        terms = self._terms[chosen]
        values = dict(zip(terms.tolist(), self._values[chosen].astype(np.int64).tolist(), strict=True))
        return values, frozenset(terms[self._named[chosen]].tolist())

    def values_of(self, me: int) -> Mapping[int, int]:
        """How much each term counts that a text holds, by its number."""
        return self._row(me)[0]

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
        (mine, my_named), (theirs, their_named), among = self._row(me), self._row(other), len(self.words)
        if my_named.isdisjoint(their_named):
            return []
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

    def make() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
        return {me: [(one.id, one.shared) for one in found] for me, found in alike(texts, maps).items()}

    known = maps.recall(digest_of_plain("similar", [text.id for text in texts], _portions_of(texts)[1]), make)
    return {me: tuple(Alike(id_, tuple(shared)) for id_, shared in found) for me, found in known.items()}
