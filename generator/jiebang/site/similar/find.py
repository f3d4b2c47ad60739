"""The demands that share most with each, weighed by how rare the shared terms are.

Only titles and texts come in here: not who asks, not where, not when. So what links two demands is what anybody can read in both,
and one hidden enterprise's demands are no nearer to each other than their words are. Weights are whole numbers: the same on
every machine.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from jiebang.site.similar.terms import Ints, chinese_terms
from jiebang.site.similar.tokens import folded, latin_terms, normal, separated

MOST = 5
"""Similar demands named for one."""
_CANDIDATES = 12
_SHOWN = 4
_BLOCK = 512
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


@dataclass(frozen=True, slots=True)
class Text:
    """A demand's words: its title, what it is about, what it asks for. `id` is only handed back."""

    id: str
    title: str
    summary: str
    details: str

    @property
    def parts(self) -> tuple[str, str, str]:
        return normal(self.title), normal(self.summary), normal(self.details)


@dataclass(frozen=True, slots=True)
class Alike:
    """Another demand, and what both texts say: terms as the first of them writes them, the most telling first."""

    id: str
    shared: tuple[str, ...]


class _Terms:
    """Which text holds which term: `texts`, `terms` and `zones` run in parallel."""

    def __init__(self, texts: Sequence[tuple[str, str, str]]) -> None:
        """`texts` are normal: titles, summaries, details."""
        wholes = [folded("\n".join(text)) for text in texts]
        self.words: list[str] = []
        parts: list[tuple[Ints, Ints, Ints]] = []
        for found in chinese_terms([separated(whole) for whole in wholes]):
            parts.append((found.texts, found.terms + len(self.words), found.first))
            self.words += found.words
        parts.append(self._latin(wholes))
        self.texts, self.terms, first = (np.concatenate(column) for column in zip(*parts, strict=True))
        self.spread: Ints = np.bincount(self.terms, minlength=len(self.words))
        titles = np.array([len(title) for title, _, _ in texts], dtype=np.int64)
        summaries = titles + 1 + np.array([len(summary) for _, summary, _ in texts], dtype=np.int64)
        # 0 in the title, 1 in the summary, 2 in the details.
        self.zones: Ints = (first >= titles[self.texts]).astype(np.int64) + (first >= summaries[self.texts])

    def _latin(self, wholes: Sequence[str]) -> tuple[Ints, Ints, Ints]:
        holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for text, whole in enumerate(wholes):
            for term, place in latin_terms(whole).items():
                holders[term].append((text, place))
        shared = [(term, held) for term, held in sorted(holders.items()) if len(held) > 1]
        rows = [
            (text, len(self.words) + number, place) for number, (_, held) in enumerate(shared) for text, place in held
        ]
        self.words += [term for term, _ in shared]
        columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
        return columns[:, 0], columns[:, 1], columns[:, 2]


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

    def __init__(self, texts: Sequence[Text]) -> None:
        self.texts = texts
        parts = [text.parts for text in texts]
        self.wholes = ["\n".join(part) for part in parts]
        found = _Terms(parts)
        self.words = found.words
        among = len(texts)
        self.weights = [_weight(w, s, among) for w, s in zip(found.words, found.spread.tolist(), strict=True)]
        weights = np.array(self.weights, dtype=np.int64)
        kept = _affordable(found.spread)[found.terms]
        rows, columns = found.texts[kept], found.terms[kept]
        values = weights[columns] * _BY_ZONE[found.zones[kept]]
        self.matrix = csr_array((values, (rows, columns)), shape=(among, max(len(found.words), 1)), dtype=np.int64)
        self.matrix.sort_indices()
        self.norms: Ints = np.maximum(np.asarray((self.matrix * self.matrix).sum(axis=1)).ravel(), 1)
        ends, terms, held = (self.matrix.indptr.tolist(), self.matrix.indices.tolist(), self.matrix.data.tolist())
        self.rows = [dict(zip(terms[a:b], held[a:b], strict=True)) for a, b in pairwise(ends)]

    def candidates(self) -> Iterator[list[tuple[int, float]]]:
        """For each text the others that share most with it and how near they are, nearest first; of equals the one that was named first."""
        transposed = self.matrix.T.tocsr()
        for start in range(0, len(self.texts), _BLOCK):
            block = self.matrix[start : start + _BLOCK] @ transposed
            block.sort_indices()
            for row in range(block.shape[0]):
                span = slice(block.indptr[row], block.indptr[row + 1])
                yield self._nearest(start + row, block.indices[span], block.data[span])

    def _nearest(self, me: int, others: Ints, products: Ints) -> list[tuple[int, float]]:
        scores = products / np.sqrt(self.norms[others].astype(np.float64) * float(self.norms[me]))
        wanted = np.flatnonzero((scores >= _LEAST) & (others != me))
        if len(wanted) > _CANDIDATES:
            # Whoever is as near as the last one that fits stays in, so that no sorting of equals decides.
            last = np.partition(scores[wanted], -_CANDIDATES)[-_CANDIDATES]
            wanted = wanted[scores[wanted] >= last]
        best = wanted[np.argsort(-scores[wanted], kind="stable")][:_CANDIDATES]
        return list(zip(others[best].tolist(), scores[best].tolist(), strict=True))

    def reasons(self, me: int, other: int) -> list[str]:
        """Terms that both hold, the most telling first, none a piece of another; nothing where only the details agree."""
        mine, theirs = self.rows[me], self.rows[other]
        if not any(min(mine[term], theirs[term]) > self.weights[term] for term in mine.keys() & theirs.keys()):
            return []
        shared = sorted((-mine[term] * theirs[term], self.words[term]) for term in mine.keys() & theirs.keys())
        named: list[str] = []
        for _, word in shared:
            if not any(word in one or one in word for one in named):
                named.append(word)
        return named


def _quoted(term: str, normal_text: str) -> str:
    """The term as this text writes it; Chinese terms are written one way only."""
    if ord(term[0]) >= _FIRST_HAN:
        return term
    start = folded(normal_text).index(term)
    return normal_text[start : start + len(term)]


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
            yield Alike(weighed.texts[other].id, tuple(_quoted(word, weighed.wholes[me]) for word in reasons[:_SHOWN]))


@lru_cache(maxsize=1)
def alike(texts: tuple[Text, ...]) -> dict[str, tuple[Alike, ...]]:
    """For each text up to `MOST` others, the nearest first. The last answer is kept: a preview asks again after every edit, and
    most edits change no text."""
    if not texts:
        return {}
    weighed = _Weighed(texts)
    return {texts[me].id: tuple(_tell(weighed, me, candidates)) for me, candidates in enumerate(weighed.candidates())}
