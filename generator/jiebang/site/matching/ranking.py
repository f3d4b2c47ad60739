"""A text compared with an index: how much of it each demand says. `match/ranking.js` does the same with the same numbers.

A demand is named only where it says enough: more than one word, or a long one, and together worth as much as three rare words; three times
as much where a text speaks of trade alone. So who sells batteries in a shop is not sent to whoever wants a battery developed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jiebang.site.matching.denied import without_denied
from jiebang.site.matching.index import Index
from jiebang.site.matching.tokens import Token
from jiebang.site.search.folding import fold

FITS = 900
"""Hundredths: below this a demand has only a few common words in common with a text."""
_OF_TRADERS = 3
MOST_WORDS = 6
TRADING = (
    "零售", "批发", "专卖", "销售", "经销", "代理", "出租", "租赁", "维修", "修理", "门店", "本店", "商店", "网店", "retail", "wholesale", "shop", "store",
    "sell", "rental",
)  # fmt: skip
MAKING = (
    "研发", "研制", "开发", "研究", "自研", "设计", "生产", "制造", "制备", "工艺", "加工", "专利", "试验", "实验", "算法", "技术", "develop", "design",
    "manufactur", "produc", "research", "engineer", "mak", "build",
)  # fmt: skip
"""Who says some of the first and none of the second buys, sells, lets or repairs. A Latin word goes on as it likes, but a workshop is no shop."""
_TRADES, _MAKES = (
    re.compile("|".join(rf"\b{word}" if word.isascii() else word for word in words), re.ASCII)
    for words in (TRADING, MAKING)
)
_LONG = 4
_MOST_CHARACTERS = 20_000
"""Of a text; more is no description."""


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of the text that a demand says too: `token` is what of it tells most."""

    text: str
    token: str
    weight: int


@dataclass(frozen=True, slots=True)
class Match:
    """A demand that suits, how well (hundredths), and the words of the text that carried it, the most telling first."""

    id: str
    score: int
    words: tuple[Word, ...]


class Text:
    """What an enterprise says, taken apart for an index."""

    def __init__(self, text: str, index: Index) -> None:
        self.folded = fold(without_denied(text[:_MOST_CHARACTERS]))
        trades = _TRADES.search(self.folded) and not _MAKES.search(self.folded)
        self.least = FITS * (_OF_TRADERS if trades else 1)
        """What a demand must be worth to be named."""
        self.tokens: Sequence[Token] = [t for t in index.tokens.of(self.folded) if t.name in index.postings]


def _scores(text: Text, index: Index) -> Mapping[int, int]:
    scores: dict[int, int] = defaultdict(int)
    for name in dict.fromkeys(token.name for token in text.tokens):
        for number, weight in index.postings[name]:
            scores[number] += weight
    return scores


def _stretches(text: Text, weights: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Where tokens that a demand holds follow each other in the text."""
    joined = bytearray(len(text.folded) + 1)
    for token in text.tokens:
        if token.name in weights:
            joined[token.start : token.end - 1] = b"\1" * (token.end - 1 - token.start)
    start = joined.find(1)
    while start >= 0:
        end = joined.index(0, start)
        yield start, end + 1
        start = joined.find(1, end)


def words_of(text: Text, weights: Mapping[str, int]) -> list[Word]:
    """The words of a text that a demand holds whose tokens weigh so much, each once, the most telling first."""
    stretches = list(_stretches(text, weights))
    inside: list[dict[str, int]] = [{} for _ in stretches]
    seen: set[str] = set()
    # Tokens come in three rows from left to right; each counts where it stands first.
    at = {start: number for number, (start, end) in enumerate(stretches) for start in range(start, end)}
    for token in text.tokens:
        if token.name in weights and token.name not in seen:
            seen.add(token.name)
            inside[at[token.start]][token.name] = weights[token.name]
    words: dict[str, Word] = {}
    for (start, end), names in zip(stretches, inside, strict=True):
        said = text.folded[start:end]
        if names and said not in words:
            # Of equals a group of synonyms: it tells what the demand calls it.
            best = max(names, key=lambda name: (names[name], name.startswith("#")))
            words[said] = Word(said, best, sum(names.values()))
    # Sorting is stable: of equals the one that is said first. A piece of a word that is named, and what holds one, says nothing more.
    named: list[Word] = []
    for word in sorted(words.values(), key=lambda word: -word.weight):
        if not any(word.text in other.text or other.text in word.text for other in named):
            named.append(word)
    return named


def _are_enough(words: Sequence[Word]) -> bool:
    return len(words) > 1 or any(len(word.text) >= _LONG for word in words)


def _weights_in(text: Text, index: Index, number: int) -> dict[str, int]:
    held = {}
    for name in dict.fromkeys(token.name for token in text.tokens):
        weight = next((weight for of, weight in index.postings[name] if of == number), 0)
        if weight:
            held[name] = weight
    return held


def matches(text: Text, index: Index, wanted: frozenset[str] | None = None, most: int | None = None) -> list[Match]:
    """The demands that suit (of those wanted), the best first, of equals in the order of the index; none where nothing fits."""
    scores = _scores(text, index)
    ranked = sorted(
        (
            number
            for number, score in scores.items()
            if score >= text.least and (wanted is None or index.ids[number] in wanted)
        ),
        key=lambda number: (-scores[number], number),
    )
    found: list[Match] = []
    for number in ranked:
        if most is not None and len(found) == most:
            break
        words = words_of(text, _weights_in(text, index, number))
        if _are_enough(words):
            found.append(Match(index.ids[number], scores[number], tuple(words[:MOST_WORDS])))
    return found
