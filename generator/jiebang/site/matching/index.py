"""What each demand says, weighed: for every token the demands that hold it and how much it counts there (BM25, in whole hundredths).

A word in the title counts three times, in the summary twice. Of each demand only the tokens that tell most are kept, so that a browser
can fetch the whole.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jiebang.site.matching.tokens import Tokens
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


def _counted(documents: Sequence[Document], tokens: Tokens) -> list[Counter[str]]:
    """How often each token stands in a demand, by the part in which it stands."""
    parts = iter(tokens.counts([text for d in documents for text in (d.title, d.summary, d.details)]))
    counted: list[Counter[str]] = []
    for _ in documents:
        counts: Counter[str] = Counter()
        for weight in _BY_PART:
            for name, often in next(parts).items():
                counts[name] += weight * often
        counted.append(counts)
    return counted


def _weights(counts: Counter[str], rarity: Mapping[str, float], average: float) -> list[tuple[str, int]]:
    """The tokens of a demand that tell most, with their weights; of equal ones those whose names come first."""
    damping = _SATURATION * (1 - _LENGTH + _LENGTH * counts.total() / average)
    weighed = (
        (name, round(_HUNDREDTHS * rarity[name] * often * (_SATURATION + 1) / (often + damping)))
        for name, often in counts.items()
    )
    return sorted(weighed, key=lambda pair: (-pair[1], pair[0]))[:_KEPT]


def index_of(documents: Sequence[Document], groups: Groups, ranked: Iterable[str] | None = None) -> Index:
    """The index of those demands whose ids are in `ranked` (by default all); how rare a word is follows from all of them."""
    tokens = Tokens(groups)
    counted = _counted(documents, tokens)
    spread = Counter(name for counts in counted for name in counts)
    among = max(len(documents), _FEWEST)
    rarity = {name: math.log(1 + (among - often + 0.5) / (often + 0.5)) for name, often in spread.items()}
    average = max(1.0, sum(counts.total() for counts in counted) / max(1, len(counted)))
    wanted = None if ranked is None else set(ranked)
    ids: list[str] = []
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for document, counts in zip(documents, counted, strict=True):
        if wanted is None or document.id in wanted:
            for name, weight in _weights(counts, rarity, average):
                if weight:
                    postings[name].append((len(ids), weight))
            ids.append(document.id)
    return Index(tuple(ids), groups, {name: tuple(postings[name]) for name in sorted(postings)}, tokens)


def public_index(demands: Sequence[Demand], groups: Groups) -> Index:
    """The index of the demands that are not decided yet, among everything public: the site's and the command's."""
    return index_of(
        [document_of(demand) for demand in demands], groups, [d.id for d in demands if d.status == "published"]
    )
