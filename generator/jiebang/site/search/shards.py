"""The pieces and their lists, spread over many small files, so that a search fetches only a few of them.

Which file holds a piece follows from the piece alone. A file is a table (`container.py`) with a section for each length of pieces and
kind of list. The kind of a section is the length of its pieces, plus 16 where the lists are of demands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiebang.site.search import container, encoding
from jiebang.site.search.container import TABLE
from jiebang.site.search.corpus import Corpus
from jiebang.site.search.grams import Kind, Pieces

COMMON = 16
_PRIME = np.uint32(16_777_619)
_BASIS = 2_166_136_261


@dataclass(frozen=True, slots=True)
class _Section:
    """Pieces in the order of their files; those of file f are `edges[f]` to `edges[f + 1]`. `sizes` are those of the lists."""

    length: int
    kind: Kind
    text: str
    lists: encoding.Encoded
    sizes: encoding.Encoded
    edges: NDArray[np.int64]


def _characters(corpus: Corpus, pieces: Pieces) -> NDArray[np.uint32]:
    """A row of code points for each piece."""
    alphabet = np.array([0, *map(ord, corpus.alphabet)], dtype=np.uint32)
    firsts = pieces.positions[pieces.bounds[:-1]]
    characters: NDArray[np.uint32] = alphabet[corpus.codes[firsts[:, None] + np.arange(pieces.length, dtype=np.uint32)]]
    return characters


def place_of(characters: NDArray[np.uint32], files: int) -> NDArray[np.int64]:
    """The number of the file of each piece: FNV-1a over its code points, the upper half folded into the lower."""
    hashed = np.full(len(characters), _BASIS, dtype=np.uint32)
    for column in range(characters.shape[1]):
        hashed = (hashed ^ characters[:, column]) * _PRIME
    return ((hashed ^ (hashed >> np.uint32(15))) % np.uint32(files)).astype(np.int64)


def _reordered(pieces: Pieces, order: NDArray[np.int64]) -> Pieces:
    sizes = np.diff(pieces.bounds)[order]
    bounds = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    # From where each position is taken; there are fewer than 2^28.
    sources = np.repeat((pieces.bounds[:-1][order] - bounds[:-1]).astype(np.int32), sizes)
    sources += np.arange(len(sources), dtype=np.int32)
    return Pieces(pieces.length, pieces.kind, pieces.positions[sources], bounds)


def _section(corpus: Corpus, pieces: Pieces, files: int) -> _Section:
    characters = _characters(corpus, pieces)
    file_of = place_of(characters, files)
    order = np.lexsort((*characters.T[::-1], file_of))
    sorted_pieces = _reordered(pieces, order)
    make = encoding.demands if pieces.kind is Kind.COMMON else encoding.places
    edges = np.searchsorted(file_of[order], np.arange(files + 1)).astype(np.int64)
    text = characters[order].astype("<u4").tobytes().decode("utf-32-le")
    lists = make(corpus, sorted_pieces)
    sizes = encoding.each(np.diff(lists.ends, prepend=0))
    return _Section(pieces.length, pieces.kind, text, lists, sizes, edges)


def _content(sections: Sequence[_Section], file: int) -> Iterator[bytes]:
    yield TABLE
    for section in sections:
        first, last = int(section.edges[file]), int(section.edges[file + 1])
        if first == last:
            continue
        length = section.length
        text = section.text[first * length : last * length]
        kind = length + (COMMON if section.kind is Kind.COMMON else 0)
        sizes, content = section.sizes.between(first, last), section.lists.between(first, last)
        yield container.section(kind, text, last - first, sizes, content)


class Shards:
    """Takes pieces and spreads them over so many files; of the pieces themselves nothing is kept."""

    def __init__(self, corpus: Corpus, files: int) -> None:
        self._corpus = corpus
        self._files = files
        self._sections: list[_Section] = []

    def __len__(self) -> int:
        return self._files

    def take(self, pieces: Pieces) -> None:
        """Adds pieces of one length and kind."""
        self._sections.append(_section(self._corpus, pieces, self._files))

    def __iter__(self) -> Iterator[bytes]:
        for file in range(self._files):
            yield b"".join(_content(self._sections, file))
