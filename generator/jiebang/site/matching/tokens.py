"""A text as tokens: pairs of Han characters, Latin words, and groups of synonyms. `match/tokens.js` does the same, character by character.

A token's name is what it says: `电池`, `pa66`; a group of synonyms is `#` and its number, so that another word of it is the same token.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

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

    def counts(self, texts: Sequence[Sequence[str]], weights: Sequence[int]) -> list[dict[str, int]]:
        """Of each demand, of which these are the texts, how often each token stands there, without stock phrases and units: in its first
        text each counts as often as the first weight says, and so on.

        A pair counts that begins where a word of the dictionary may begin: what lies across two words says nothing.
        """
        folded = fold_all(text for some in texts for text in some)
        joined = "\n".join((*folded, ""))
        lengths = np.array([len(text) + 1 for text in folded], dtype=np.int64)
        counting = np.repeat(np.tile(np.array(weights), len(texts)), lengths)
        owners = np.repeat(np.arange(len(folded)) // len(weights), lengths)
        counts = [dict(some) for some in _pairs(joined, owners, counting, len(texts))]

        def count(name: str, at: int) -> None:
            of = counts[owners[at]]
            of[name] = of.get(name, 0) + int(counting[at])

        for word in _LATIN.finditer(joined):
            if not is_unit(word[0]):
                count(word[0], word.start())
        for found in self._terms.everywhere(joined):
            for name in self._names[found.key]:
                count(name, found.start)
        return counts


def _pairs(
    joined: str, owners: NDArray[np.int64], counting: NDArray[np.int64], demands: int
) -> Iterator[Iterator[tuple[str, int]]]:
    """Of each demand its pairs of Han characters and how much they count, in folded texts of which each ends with a line feed."""
    points = points_of(joined)
    starts = words_of(points, (points == ord(" ")) | (points == ord("\n"))).starts
    points = points_of(separated(joined))
    han = (points >= _FIRST) & (points <= _LAST)
    at = np.flatnonzero(han[:-1] & han[1:] & starts[:-1])
    keys = (owners[at] << 32) | ((points[at] - _FIRST).astype(np.int64) << 16) | (points[at + 1] - _FIRST)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    sums = np.add.reduceat(counting[at[order]], firsts).tolist() if len(firsts) else []
    names = points_of(joined)[at[order[firsts]][:, None] + np.arange(2)].astype("<u4").tobytes().decode("utf-32-le")
    bounds = np.searchsorted(keys[firsts], np.arange(demands + 1) << 32).tolist()
    for first, last in pairwise(bounds):
        yield zip((names[2 * at : 2 * at + 2] for at in range(first, last)), sums[first:last], strict=True)


@lru_cache(maxsize=2)
def tokens_of(groups: Groups) -> Tokens:
    """What takes texts apart with these groups of synonyms."""
    return Tokens(groups)
