"""A text as tokens: pairs of Han characters, Latin words, and groups of synonyms. `match/tokens.js` does the same, character by character.

A token's name is what it says: `电池`, `pa66`; a group of synonyms is `#` and its number, so that another word of it is the same token.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiebang.site.characters import points_of
from jiebang.site.search.folding import fold_all
from jiebang.site.search.segmentation import words_of
from jiebang.site.similar.tokens import is_unit, separated
from jiebang.site.synonyms import Groups, key_of
from jiebang.site.terms import Terms

_LATIN = re.compile("[a-z][a-z0-9]+")
_PAIRS = re.compile("(?=([\u3400-\u9fff]{2}))")


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

    def counts(self, texts: Sequence[str]) -> Iterator[Counter[str]]:
        """Of each of the demands' texts how often each token stands there, without stock phrases and units.

        A pair counts that begins where a word of the dictionary may begin: what lies across two words says nothing.
        """
        folded = fold_all(texts)
        points = points_of("\n".join((*folded, "")))
        starts = words_of(points, (points == ord(" ")) | (points == ord("\n"))).starts
        first = 0
        for text in folded:
            begins = starts[first : first + len(text)].tolist()
            first += len(text) + 1
            counts = Counter(pair[1] for pair in _PAIRS.finditer(separated(text)) if begins[pair.start()])
            counts.update(word for word in _LATIN.findall(text) if not is_unit(word))
            for found in self._terms.everywhere(text):
                counts.update(self._names[found.key])
            yield counts
