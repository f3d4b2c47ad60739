"""The partial index of a portion of the demands: a pure function of their texts, of what pieces are common, and of the synonyms.

It says where the pieces stand, counted within the portion, and what words are counted through all demands. It is kept between runs;
`shards` joins those of all portions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.mapping import digest_of_plain
from jiebang.site.characters import characters_of
from jiebang.site.counting import ordered, ordered_pairs
from jiebang.site.grouping import Told
from jiebang.site.portions import portions
from jiebang.site.search import grams
from jiebang.site.search.corpus import Corpus, corpus_of
from jiebang.site.search.folding import fold_all
from jiebang.site.search.grams import Kind, Standing
from jiebang.site.search.lists import Lists
from jiebang.site.search.offers import TermsThere, standing_in
from jiebang.site.search.texts import public_parts, short_texts
from jiebang.site.search.vocabulary import WordCounts, words_in

Parts = tuple[tuple[str, ...], ...]
"""Of each demand its public texts, the title first."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Some demands, one after another, and their public texts. `key` names these."""

    told: Sequence[Told]
    parts: Parts
    key: bytes


def portions_of(listed: Sequence[Told]) -> Iterator[Portion]:
    """All demands, in their order."""
    for chosen in portions([told.demand.id for told in listed]):
        parts = tuple(map(public_parts, listed[chosen]))
        yield Portion(listed[chosen], parts, digest_of_plain(parts))


def folded_parts(parts: Parts) -> tuple[list[str], list[str]]:
    """The folded titles, and of each demand everything else in one."""
    folded = iter(fold_all(chain.from_iterable(parts)))
    titles, others = [], []
    for texts in parts:
        titles.append(next(folded))
        others.append("\n".join(islice(folded, len(texts) - 1)))
    return titles, others


@dataclass(frozen=True, slots=True)
class Around:
    """What all portions are indexed with: the common pieces, how long a piece may be, and the folded words of all synonyms."""

    names: grams.Names
    longest: int
    synonyms: tuple[str, ...]


Row = tuple[Lists, Lists]
"""Of rare and of long pieces: places in titles, counted from the first title of the portion, and places in other texts, counted from the
first of these. Of common ones: demands, counted from the first of the portion, and nothing. With each place and each demand stand two more bits
(`encoding`)."""
NO_LISTS = Lists.of((b"", b"", b""))
Section = tuple[int, int]
"""Length and kind of pieces."""


@dataclass(frozen=True, slots=True)
class PartialIndex:
    """What is small of the partial index of a portion: its folded titles; `blocks` of each title, then of each other text; how many `characters`
    the index counts; the different ones, folded (`alphabet`) and as they are written (`written`); its words; which synonyms stand there; the
    `sections` in which there is a row."""

    titles: list[str]
    blocks: NDArray[np.uint32]
    characters: int
    alphabet: str
    written: str
    words: WordCounts
    synonyms: TermsThere
    sections: frozenset[Section]

    @classmethod
    def of(cls, plain: Any) -> PartialIndex:
        """As `index_portions` made it plain."""
        titles, blocks, characters, alphabet, written, words, synonyms, sections = plain
        return cls(
            titles,
            np.frombuffer(blocks, np.uint32),
            characters,
            alphabet,
            written,
            WordCounts(*words),
            TermsThere(*synonyms),
            frozenset(sections),
        )


def index_portions(around: Around, items: Sequence[Portion]) -> Iterator[Any]:
    """The partial index of each portion, as plain values: what is small of it (`PartialIndex`); by section the keys of
    pieces, and at how many places each stands; the rows by section."""
    return (_partial(around, portion) for portion in items)


def _partial(around: Around, portion: Portion) -> Any:
    titles, others = folded_parts(portion.parts)
    corpus = corpus_of(titles, others)
    tree = grams.tree_of(around.names)
    rows: dict[Section, Row] = {}
    totals: dict[Section, tuple[bytes, bytes]] = {}
    for standing in grams.walk(corpus, tree, around.longest):
        section = standing.length, int(standing.kind)
        rows[section] = row = (_demands if standing.kind is Kind.COMMON else _places)(corpus, standing)
        if standing.kind in {Kind.RIGHT, Kind.COMMON}:
            totals[section] = _totals(standing, row)
    small = (
        titles,
        corpus.blocks.tobytes(),
        int(np.count_nonzero(corpus.codes)),
        "".join(corpus.alphabet),
        "".join(sorted(characters_of("".join(chain.from_iterable(portion.parts))))),
        tuple(
            words_in(
                fold_all(chain.from_iterable(short_texts(told.demand) for told in portion.told)), others, corpus.words
            )
        ),
        tuple(standing_in(around.synonyms, [*titles, *others])),
        list(rows),
    )
    return small, totals, {section: (one.plain(), other.plain()) for section, (one, other) in rows.items()}


def _totals(standing: Standing, row: Row) -> tuple[bytes, bytes]:
    """The keys of the pieces, and at how many places each stands. They tell whether a piece is common."""
    one, other = row
    if standing.kind is Kind.COMMON:
        counts = np.bincount(standing.heads)
        return one.keys.tobytes(), counts[counts > 0].astype(np.uint32).tobytes()
    # Of titles and of other texts; one piece may stand in both.
    return (one.keys.tobytes() + other.keys.tobytes()), (one.sizes.tobytes() + other.sizes.tobytes())


def _edges(corpus: Corpus, standing: Standing) -> NDArray[np.uint32]:
    """Bit 1: a word begins with the piece; bit 2: one ends with it."""
    begins, ends = corpus.starts[standing.positions], corpus.starts[standing.positions + standing.length]
    return begins.astype(np.uint32) | (ends.astype(np.uint32) << np.uint32(1))


def _grouped(corpus: Corpus, standing: Standing, values: NDArray[np.uint32], chosen: slice) -> Lists:
    """The values of some of the places, which keep their order, by piece."""
    heads = standing.heads[chosen]
    if standing.characters is None:
        order = ordered(heads)
        heads = heads[order]
        new = heads[1:] != heads[:-1]
    else:
        characters = standing.characters[chosen]
        order = ordered_pairs(heads, characters)
        heads, characters = heads[order], characters[order]
        new = (heads[1:] != heads[:-1]) | (characters[1:] != characters[:-1])
    firsts = np.flatnonzero(np.concatenate((np.ones(min(1, len(heads)), dtype=np.bool_), new)))
    keys = grams.keys_of(corpus, standing, order[firsts] + (chosen.start or 0))
    sizes = np.diff(firsts, append=len(heads)).astype(np.uint32)
    return Lists(keys, sizes, values[chosen][order])


def _places(corpus: Corpus, standing: Standing) -> Row:
    values = standing.positions.astype(np.uint32)
    titles = int(np.searchsorted(values, corpus.titles_end))
    values[titles:] -= corpus.titles_end
    values <<= 2
    values |= _edges(corpus, standing)
    return _grouped(corpus, standing, values, slice(0, titles)), _grouped(corpus, standing, values, slice(titles, None))


def _demands(corpus: Corpus, standing: Standing) -> Row:
    whole = corpus.starts[standing.positions]
    whole &= corpus.starts[standing.positions + standing.length]
    titles = int(np.searchsorted(standing.positions, corpus.titles_end))
    heads = standing.heads.astype(np.int64)
    cells = heads * corpus.demands
    cells += corpus.owners[standing.positions]
    # How well a piece is met in a demand, from 1 on: what is met better is put down later.
    met = np.zeros((int(heads.max()) + 1) * corpus.demands, dtype=np.uint8)
    for how, some in enumerate((slice(titles, None), slice(0, titles))):
        met[cells[some]] = 1 + 2 * how
        met[cells[some][whole[some]]] = 2 + 2 * how
    there = np.flatnonzero(met)
    pieces, demands = there // corpus.demands, there % corpus.demands
    values = (demands << 2 | (met[there] - 1)).astype(np.uint32)
    held = np.flatnonzero(np.bincount(heads))
    keys = grams.keys_of(corpus, replace(standing, heads=held.astype(np.uint32)), np.arange(len(held)))
    sizes = np.bincount(pieces)[held].astype(np.uint32)
    return Lists(keys, sizes, values), NO_LISTS
