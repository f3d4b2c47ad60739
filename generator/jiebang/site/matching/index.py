"""What each demand says, weighed: for every token the demands that hold it and how much it counts there (BM25, in whole hundredths).

A word in the title counts three times, in the summary twice. Of each demand only the tokens that tell most are kept, so that a browser
can fetch the whole.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.site.matching.tokens import Counts, Numbers, Tokens, tokens_of
from jiebang.site.similar import Text as Document
from jiebang.site.synonyms import Groups
from jiebang.view import Demand

__all__ = ["Document", "Index", "document_of", "index_of", "public_index"]

_SATURATION, _LENGTH = 1.2, 0.75
"""BM25's k1 and b, as usual."""
_HUNDREDTHS = 100
_BY_PART = (3, 2, 1)
_KEPT = 128
"""Tokens of a demand; fewer cost accuracy, more cost a telephone (`benchmarks/matching.md`)."""
_FEWEST = 40
"""Among fewer demands hardly any word would seem rare: a word counts as if there were so many."""


@dataclass(frozen=True, slots=True)
class Index:
    """`ids` are those of the demands that are ranked; `postings` has for each token (number of the demand, weight), ascending."""

    ids: tuple[str, ...]
    groups: Groups
    postings: Mapping[str, tuple[tuple[int, int], ...]]
    tokens: Tokens = field(compare=False, repr=False)


def document_of(demand: Demand) -> Document:
    """What of a demand is compared."""
    details = (demand.parameters, demand.effect, demand.schedule, demand.cooperation_note or "")
    return Document(demand.id, demand.title, demand.summary, "\n".join(details))


def counted(groups: Groups, portions: Sequence[Sequence[Document]]) -> list[Any]:
    """Of each portion how often each token stands in each demand, by the part in which it stands (`Counts`, as plain values). What one says
    does not depend on the others."""
    return [_counts(groups, documents).plain() for documents in portions]


def _counts(groups: Groups, documents: Sequence[Document]) -> Counts:
    return tokens_of(groups).counts([(d.title, d.summary, d.details) for d in documents], _BY_PART)


@dataclass(frozen=True, slots=True)
class Weighed:
    """`names` of the tokens, ascending; token i is held by `demands[bounds[i]:bounds[i + 1]]`, which ascend, and counts `weights` there."""

    names: list[str]
    bounds: Numbers
    demands: Numbers
    weights: Numbers


def weigh(told: Sequence[Counts], ranked: Collection[int]) -> Weighed:
    """The tokens that tell most of the demands with these numbers (through all portions), which are numbered anew in their order; how rare
    a token is follows from all. Of those of a demand that weigh the same, the ones whose names come first are kept."""
    names = sorted({name for counts in told for name in counts.names})
    number_of = dict(zip(names, range(len(names)), strict=True))
    numbers = [np.array([number_of[name] for name in counts.names], dtype=np.uint32) for counts in told]
    spread = np.zeros(len(names), dtype=np.int64)
    for counts, numbered in zip(told, numbers, strict=True):
        spread[numbered] += np.bincount(counts.tokens, minlength=len(numbered))
    demands = sum(len(counts.sizes) for counts in told)
    among = max(demands, _FEWEST)
    # Each logarithm by itself: numpy's may differ in the last place from one processor to the next.
    kinds, kind = np.unique(spread, return_inverse=True)
    rarity = np.array([math.log(1 + (among - of + 0.5) / (of + 0.5)) for of in kinds.tolist()])[kind]
    average = max(1.0, sum(int(counts.often.sum(dtype=np.int64)) for counts in told) / max(1, demands))
    place = np.full(demands, -1)
    place[list(ranked)] = np.arange(len(ranked))
    kept = [(np.zeros(0, np.uint32),) * 3]
    first = 0
    for counts, numbered in zip(told, numbers, strict=True):
        places = place[first : first + len(counts.sizes)]
        first += len(places)
        kept.append(_most_telling(counts, numbered, places, rarity, average))
    held, places, weights = (np.concatenate(column) for column in zip(*kept, strict=True))
    order = np.argsort(held, kind="stable")
    used, starts = np.unique(held[order], return_index=True)
    return Weighed(
        [names[number] for number in used.tolist()], np.append(starts, len(order)), places[order], weights[order]
    )


def _most_telling(
    counts: Counts, numbers: Numbers, places: Numbers, rarity: NDArray[np.float64], average: float
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]:
    """(token, demand, weight) of the tokens that are kept of some demands: `places` are the numbers of these, -1 for one that is not ranked."""
    owners = np.repeat(np.arange(len(places)), counts.sizes)
    often = counts.often.astype(np.int64)
    lengths = np.bincount(owners, often, len(places)).astype(np.int64)
    wanted = places[owners] >= 0
    held, often, owners = numbers[counts.tokens[wanted]], often[wanted], owners[wanted]
    damping = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[owners] / average)
    weights = np.rint(_HUNDREDTHS * rarity[held] * often * (_SATURATION + 1) / (often + damping)).astype(np.int64)
    order = np.lexsort((held, -weights, owners))
    first = np.searchsorted(owners[order], owners[order])
    order = order[(np.arange(len(order)) - first < _KEPT) & (weights[order] > 0)]
    return held[order].astype(np.uint32), places[owners[order]].astype(np.uint32), weights[order].astype(np.uint32)


def index_of(documents: Sequence[Document], groups: Groups, ranked: Collection[str] | None = None) -> Index:
    """The index of those demands whose ids are in `ranked` (by default all); how rare a word is follows from all of them."""
    wanted = [at for at, document in enumerate(documents) if ranked is None or document.id in ranked]
    weighed = weigh([_counts(groups, documents)], wanted)
    pairs = list(zip(weighed.demands.tolist(), weighed.weights.tolist(), strict=True))
    postings = {name: tuple(pairs[a:b]) for name, (a, b) in zip(weighed.names, pairwise(weighed.bounds), strict=True)}
    return Index(tuple(documents[at].id for at in wanted), groups, postings, tokens_of(groups))


def public_index(demands: Sequence[Demand], groups: Groups) -> Index:
    """The index of the demands that are not decided yet, among everything public: the site's and the command's."""
    ranked = {demand.id for demand in demands if is_ranked(demand)}
    return index_of([document_of(demand) for demand in demands], groups, ranked)


def is_ranked(demand: Demand) -> bool:
    """Whether a demand is not decided yet."""
    return demand.status == "published"
