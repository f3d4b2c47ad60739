"""A text as tokens: pairs of Han characters, Latin words, and groups of synonyms. `match/tokens.js` does the same, character by character.

A token's name is what it says: `电池`, `pa66`; a group of synonyms is `#` and its number, so that another word of it is the same token.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.site.characters import points_of
from jiebang.site.search.folding import fold_all
from jiebang.site.search.segmentation import words_of
from jiebang.site.similar.tokens import is_unit, separated
from jiebang.site.synonyms import Groups, key_of
from jiebang.site.terms import Terms

_LATIN = re.compile("[a-z][a-z0-9]+")
_PAIRS = re.compile("(?=([\u3400-\u9fff]{2}))")
Numbers = NDArray[np.integer[Any]]
_FIRST, _LAST = np.uint32(0x3400), np.uint32(0x9FFF)


@dataclass(frozen=True, slots=True)
class Token:
    """What stands in a folded text from `start` up to `end`."""

    start: int
    end: int
    name: str


class Tokens:
    """Takes texts apart, with these groups of synonyms by their numbers."""

    def __init__(self, groups: Groups) -> None:
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(groups):
            for key in dict.fromkeys(map(key_of, group)):
                numbers[key].append(number)
        self.numbers = dict(numbers)
        """By word, as `key_of` makes it, the numbers of its groups."""
        self._names = {key: tuple(f"#{number}" for number in of) for key, of in numbers.items()}
        self._terms = Terms(numbers)

    def synonyms(self, folded: str) -> Iterator[Token]:
        """The groups of which some word stands in a folded text."""
        for found in self._terms.everywhere(folded):
            for name in self._names[found.key]:
                yield Token(found.start, found.end, name)

    def of(self, folded: str) -> list[Token]:
        """All tokens of a folded text: pairs, then Latin words, then groups, each from left to right."""
        return [
            *(Token(pair.start(), pair.start() + 2, pair[1]) for pair in _PAIRS.finditer(folded)),
            *(Token(word.start(), word.end(), word[0]) for word in _LATIN.finditer(folded)),
            *self.synonyms(folded),
        ]

    def counts(self, texts: Sequence[Sequence[str]], weights: Sequence[int]) -> Counts:
        """Of each demand, of which these are the texts, how often each token stands there, without stock phrases and units: in its first
        text each counts as often as the first weight says, and so on.

        A pair counts that begins where a word of the dictionary may begin: what lies across two words says nothing.
        """
        folded = fold_all(text for some in texts for text in some)
        joined = "\n".join((*folded, ""))
        lengths = np.array([len(text) + 1 for text in folded], dtype=np.int64)
        counting = np.repeat(np.tile(np.array(weights), len(texts)), lengths)
        owners = np.repeat(np.arange(len(folded)) // len(weights), lengths)
        others: dict[tuple[int, str], int] = defaultdict(int)
        for word in _LATIN.finditer(joined):
            if not is_unit(word[0]):
                others[int(owners[word.start()]), word[0]] += int(counting[word.start()])
        for found in self._terms.everywhere(joined):
            for name in self._names[found.key]:
                others[int(owners[found.start]), name] += int(counting[found.start])
        names, pairs = _pairs(joined, owners, counting)
        number_of: dict[str, int] = {}
        rows = [
            (owner, number_of.setdefault(name, len(names) + len(number_of)), often)
            for (owner, name), often in others.items()
        ]
        told = np.concatenate((pairs, np.array(rows, dtype=np.int64).reshape(-1, 3)))
        told = told[np.argsort(told[:, 0], kind="stable")]
        return Counts(
            [*names, *number_of], np.bincount(told[:, 0], minlength=len(texts)), told[:, 1].copy(), told[:, 2].copy()
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """How often tokens stand in some demands. Demand i holds `sizes[i]` of them, one demand after another: each is one of `names`, by its
    number in `tokens`, and stands there as `often`."""

    names: list[str]
    sizes: Numbers
    tokens: Numbers
    often: Numbers

    def plain(self) -> Any:
        """As plain values, in as few bytes as will do."""
        arrays = (
            array.astype(np.min_scalar_type(array.max(initial=0))) for array in (self.sizes, self.tokens, self.often)
        )
        return "\n".join(self.names), [(array.dtype.str, array.tobytes()) for array in arrays]

    @classmethod
    def of(cls, plain: Any) -> Counts:
        """As they were made plain."""
        names, arrays = plain
        return cls(names.split("\n") if names else [], *(np.frombuffer(content, kind) for kind, content in arrays))


def _pairs(joined: str, owners: NDArray[np.int64], counting: NDArray[np.int64]) -> tuple[list[str], NDArray[np.int64]]:
    """Pairs of Han characters in folded texts of which each ends with a line feed: their names, and rows of (demand, number of the name, how
    much it counts there)."""
    points = points_of(joined)
    starts = words_of(points, (points == ord(" ")) | (points == ord("\n"))).starts
    points = points_of(separated(joined))
    han = (points >= _FIRST) & (points <= _LAST)
    at = np.flatnonzero(han[:-1] & han[1:] & starts[:-1])
    keys = (owners[at] << 32) | (points[at].astype(np.int64) << 16) | points[at + 1]
    held, places = np.unique(keys, return_inverse=True)
    codes, tokens = np.unique(held & 0xFFFFFFFF, return_inverse=True)
    often = np.bincount(places, counting[at], len(held)).astype(np.int64)
    names = [chr(code >> 16) + chr(code & 0xFFFF) for code in codes.tolist()]
    return names, np.stack((held >> 32, tokens, often), axis=1)


@lru_cache(maxsize=2)
def tokens_of(groups: Groups) -> Tokens:
    """What takes texts apart with these groups of synonyms."""
    return Tokens(groups)
