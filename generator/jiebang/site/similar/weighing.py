"""Every text as a row of weighed terms: how much each counts there that several texts hold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.mapping import Maps, Shared, digest_of_plain, unpacked
from jiebang.site.characters import changed_all
from jiebang.site.counting import ranges
from jiebang.site.portions import portions
from jiebang.site.similar.terms import Ints, Phrases, chinese_terms
from jiebang.site.similar.tokens import FIRST_HAN, folded, latin_terms, normal, separated

_WORK = 40_000_000
"""Pairs of texts that may be looked at in all; the commonest terms are left out first."""
_LATIN_LENGTH = 3
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


def portions_of(texts: Sequence[Text]) -> tuple[list[Sequence[Text]], list[bytes]]:
    """The texts in portions, and what names the words of each."""
    chosen = [texts[some] for some in portions([text.id for text in texts])]
    return chosen, [digest_of_plain([(text.title, text.summary, text.details) for text in some]) for some in chosen]


class _Terms:
    """Which text holds which term: `texts`, `terms` and `zones` run in parallel, text by text, and within each in the order of the words,
    after which terms are numbered. A zone is 0 in the title, 1 in the summary, 2 in the details."""

    def __init__(self, chosen: Sequence[Sequence[Text]], keys: Sequence[bytes], maps: Maps) -> None:
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
    length = min(len(word), 4) if ord(word[0]) >= FIRST_HAN else _LATIN_LENGTH
    return round(16 * math.log2((among + 1) / spread)) * length


def _affordable(spread: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Terms that may be compared, rarest first until the work is used up; which of two equally common ones is left out does not
    depend on their order, for then both are."""
    order = np.argsort(spread, kind="stable")
    cost = np.cumsum(spread[order] ** 2)
    limit = spread[order][cost > _WORK]
    return np.asarray(spread < limit[0]) if len(limit) else np.ones(len(spread), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Weighed:
    """`words` are named by `terms`. Text i holds `terms[bounds[i]:bounds[i + 1]]`, in the order of the words; each counts `values` there, and
    is `named` there in the title or the summary."""

    words: list[str]
    bounds: Ints
    terms: Ints
    values: NDArray[np.int32]
    named: NDArray[np.bool_]

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self.bounds) - 1

    def owners(self) -> Ints:
        """The text of each entry."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.bounds))

    def plain(self) -> Any:
        """As plain values."""
        arrays = (self.bounds.astype(np.uint32), self.terms.astype(np.int32), self.values, self.named)
        return "\n".join(self.words), [array.tobytes() for array in arrays]

    @classmethod
    def of(cls, plain: Any) -> Weighed:
        """As they were made plain."""
        words, arrays = plain
        kinds = (np.uint32, np.int32, np.int32, np.bool_)
        return cls(words.split("\n"), *(np.frombuffer(array, kind) for array, kind in zip(arrays, kinds, strict=True)))


def weighed(chosen: Sequence[Sequence[Text]], keys: Sequence[bytes], maps: Maps) -> Weighed:
    """The rows of some texts, which come as `portions_of` tells. `maps`: what an earlier build kept of them."""
    found, among = _Terms(chosen, keys, maps), sum(map(len, chosen))
    spread = found.spread.tolist()
    weights = np.array([_weight(w, s, among) for w, s in zip(found.words, spread, strict=True)], dtype=np.int64)
    kept = np.flatnonzero(_affordable(found.spread)[found.terms])
    terms, zones = found.terms[kept], found.zones[kept]
    return Weighed(
        found.words,
        np.searchsorted(found.texts[kept], np.arange(among + 1)),
        terms,
        (weights[terms] * _BY_ZONE[zones]).astype(np.int32),
        zones < _DETAILS,
    )


def differing(one: Weighed, other: Weighed) -> NDArray[np.bool_]:
    """Which of the texts do not hold the same terms in both, or not with the same values."""
    number_of = {word: number for number, word in enumerate(other.words)}
    numbers = np.array([number_of.get(word, -1) for word in one.words], dtype=np.int64)
    told: NDArray[np.bool_] = np.diff(one.bounds) != np.diff(other.bounds)
    # Of those that hold as many: entry by entry.
    same = np.flatnonzero(~told)
    sizes = np.diff(one.bounds)[same]
    here, there = ranges(one.bounds[same], sizes), ranges(other.bounds[same], sizes)
    others = (
        (numbers[one.terms[here]] != other.terms[there])
        | (one.values[here] != other.values[there])
        | (one.named[here] != other.named[there])
    )
    told[np.repeat(same, sizes)[others]] = True
    return told
