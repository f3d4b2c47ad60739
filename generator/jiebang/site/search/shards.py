"""The pieces and their lists, spread over many small files, so that a search fetches only a few of them.

Which file holds a piece follows from the piece alone. A file is a row of sections, one for each length of pieces and kind of list:

    byte        length of the pieces, plus 16 where the lists are of demands
    number      how many pieces
    number      how many bytes their characters take
    UTF-8       the characters of all pieces in ascending order
    numbers     how many bytes each piece's list takes
    bytes       the lists
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiebang.site.search import encoding
from jiebang.site.search.corpus import Corpus
from jiebang.site.search.grams import Pieces

MAGIC = b"JBS1"
COMMON = 16
_PRIME = np.uint32(16_777_619)
_BASIS = 2_166_136_261


@dataclass(frozen=True, slots=True)
class _Section:
    """Pieces in the order of their files; those of file f are `edges[f]` to `edges[f + 1]`."""

    pieces: Pieces
    text: str
    lists: encoding.Encoded
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
    shifts = np.repeat(pieces.bounds[:-1][order] - bounds[:-1], sizes)
    return Pieces(pieces.length, pieces.common, pieces.positions[shifts + np.arange(len(shifts))], bounds)


def _section(corpus: Corpus, pieces: Pieces, files: int) -> _Section:
    characters = _characters(corpus, pieces)
    file_of = place_of(characters, files)
    order = np.lexsort((*characters.T[::-1], file_of))
    sorted_pieces = _reordered(pieces, order)
    make = encoding.demands if pieces.common else encoding.places
    edges = np.searchsorted(file_of[order], np.arange(files + 1)).astype(np.int64)
    text = characters[order].astype("<u4").tobytes().decode("utf-32-le")
    return _Section(sorted_pieces, text, make(corpus, sorted_pieces), edges)


def _content(sections: Sequence[_Section], file: int) -> Iterator[bytes]:
    yield MAGIC
    for section in sections:
        first, last = int(section.edges[file]), int(section.edges[file + 1])
        if first == last:
            continue
        length = section.pieces.length
        text = section.text[first * length : last * length].encode()
        start = int(section.lists.ends[first - 1]) if first else 0
        ends = section.lists.ends[first:last]
        yield bytes([length + (COMMON if section.pieces.common else 0)])
        yield encoding.varints(np.array([last - first, len(text)]))
        yield text
        yield encoding.varints(np.diff(ends, prepend=start))
        yield section.lists.content[start : int(ends[-1])]


def files_of(corpus: Corpus, pieces: Iterable[Pieces], files: int) -> Iterator[bytes]:
    """The contents of so many files, in their order."""
    sections = [_section(corpus, some, files) for some in pieces]
    for file in range(files):
        yield b"".join(_content(sections, file))
