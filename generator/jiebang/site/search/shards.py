"""The pieces and their lists, spread over many small files, so that a search fetches only a few of them.

Which file holds a piece follows from the piece alone. A file is a table (`container.py`) with a section for each length of pieces and
kind of list. The kind of a section is the length of its pieces, plus 16 where the lists are of demands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from jiebang.site.search import container, encoding
from jiebang.site.search.container import TABLE
from jiebang.site.search.corpus import BLOCK, MOST_POSITIONS
from jiebang.site.search.grams import Kind, Limits, Tree
from jiebang.site.search.lists import Flags, Keys, Lists, changed, joined
from jiebang.site.search.partials import NOTHING, Partials
from jiebang.site.search.portions import PartialIndex, Row, Section

COMMON = 16
_PRIME = np.uint32(16_777_619)
_BASIS = 2_166_136_261
_FILE_SIZE = 8192
_BYTES_A_PLACE = 2
"""About how many bytes a file of pieces has, as a search fetches several, and how many a character of text takes in the index."""
_POINT_BITS, _KEY_BITS = np.uint64(21), np.uint64(43)
"""Of a key: the last ones, which hold a character, and the others."""


def place_of(characters: NDArray[np.uint32], files: int) -> NDArray[np.int64]:
    """The number of the file of each piece: FNV-1a over its code points, the upper half folded into the lower."""
    hashed = np.full(len(characters), _BASIS, dtype=np.uint32)
    for column in range(characters.shape[1]):
        hashed = (hashed ^ characters[:, column]) * _PRIME
    return ((hashed ^ (hashed >> np.uint32(15))) % np.uint32(files)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some names of a section in the order of their files; those of file f are `edges[f]` to `edges[f + 1]`. `sizes` are those of the lists."""

    text: str
    lists: encoding.Encoded
    sizes: encoding.Encoded
    edges: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Section:
    """Of each file the names stand in ascending order, which go on from piece to piece."""

    length: int
    kind: int
    pieces: list[_Piece]

    def of_file(self, file: int) -> bytes:
        """What a file holds of it."""
        told = [(piece, *piece.edges[file : file + 2].tolist()) for piece in self.pieces]
        count = sum(last - first for _, first, last in told)
        if not count:
            return b""
        return container.section(
            self.length + (COMMON if self.kind == Kind.COMMON else 0),
            "".join([piece.text[first * self.length : last * self.length] for piece, first, last in told]),
            count,
            b"".join([piece.sizes.between(first, last) for piece, first, last in told]),
            b"".join([piece.lists.between(first, last) for piece, first, last in told]),
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the demands, the titles and the other texts of each portion begin among all, and into how many files of pieces and of long
    lists all goes."""

    demands: tuple[int, ...]
    titles: tuple[int, ...]
    others: tuple[int, ...]
    pieces: int
    long: int


def blocks_of(partials: Sequence[PartialIndex]) -> NDArray[np.uint32]:
    """How many blocks each title takes, then each other text."""
    titles = [partial.blocks[: len(partial.titles)] for partial in partials]
    return np.concatenate(
        [np.zeros(0, np.uint32), *titles, *(partial.blocks[len(partial.titles) :] for partial in partials)]
    )


def layout_of(partials: Sequence[PartialIndex], tree: Tree, longest: int) -> Layout:
    """The layout of all portions together. Raises ValueError where there is too much text."""
    demands = list(accumulate((len(partial.titles) for partial in partials), initial=0))
    ends = np.concatenate(([0], np.cumsum(blocks_of(partials), dtype=np.int64))) * BLOCK
    if ends[-1] > MOST_POSITIONS:
        raise ValueError("more text than positions")
    characters = sum(partial.characters for partial in partials)
    return Layout(
        tuple(demands),
        tuple(ends[demands].tolist()),
        tuple(ends[np.array(demands) + demands[-1]].tolist()),
        max(1, characters * _BYTES_A_PLACE // _FILE_SIZE),
        # Lists too long to be fetched for the sake of another piece: about one in a file.
        tree.count(longest),
    )


def fits(partials: Partials, tree: Tree, limits: Limits) -> bool:
    """Whether the pieces of the tree, with which the portions were indexed, are the common ones of all texts."""
    for length in range(2, limits.longest + 1):
        if (_sums(*partials.totals((length, Kind.RIGHT))) > limits.most).any():
            return False
        sums = _sums(*partials.totals((length, Kind.COMMON)))
        if len(sums) < tree.count(length) or (sums <= limits.most).any():
            return False
    return True


def _sums(keys: Keys, numbers: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The sum of the numbers that stand beside each key."""
    return np.bincount(np.unique(keys, return_inverse=True)[1], numbers).astype(np.int64)


def _in_order_of_names(length: int, kind: int, keys: Keys) -> Keys:
    """Numbers that ascend as the pieces do that were found under these keys. Those of most kinds do so themselves."""
    # Of a piece that prolongs a common one to the left, the first character stands behind.
    return (keys << _KEY_BITS) | (keys >> _POINT_BITS) if kind == Kind.LEFT else keys


class Shards:
    """The files of pieces, or of long lists, of all portions together; all, or some. Held as they go out, section by section."""

    def __init__(self, partials: Partials, tree: Tree, layout: Layout, wanted: Flags, *, long: bool) -> None:
        """`wanted` says of each file whether it will be asked for."""
        self._files = len(wanted)
        self._tree = tree
        self._sections = []
        demands = layout.demands[-1]
        for length, kind in partials.sections():
            if (kind == Kind.LONG) != long:
                continue
            # All titles stand before all other texts.
            bases = [layout.demands[:-1]] if kind == Kind.COMMON else [layout.titles[:-1], layout.others[:-1]]
            rows = partials.rows((length, kind))
            parts = [
                (row[which], base << 2)
                for which, of_portions in enumerate(bases)
                for row, base in zip(rows, of_portions, strict=True)
            ]
            lists = joined(
                parts,
                partial(_in_order_of_names, length, kind),
                None if wanted.all() else partial(self._are_wanted, wanted, length, kind),
            )
            self._sections.append(_Section(length, kind, [self._piece(length, kind, some, demands) for some in lists]))

    def _are_wanted(self, wanted: Flags, length: int, kind: int, keys: Keys) -> Flags:
        flags: Flags = wanted[place_of(self._tree.characters(length, kind, keys), len(wanted))]
        return flags

    def _piece(self, length: int, kind: int, lists: Lists, demands: int) -> _Piece:
        characters = self._tree.characters(length, kind, lists.keys)
        file_of = place_of(characters, self._files)
        order = np.argsort(file_of, kind="stable")
        edges = np.searchsorted(file_of[order], np.arange(self._files + 1)).astype(np.uint32)
        text = characters[order].astype("<u4").tobytes().decode("utf-32-le")
        lists = lists.chosen(order)
        values, bounds = lists.values.astype(np.uint32), np.concatenate(([0], np.cumsum(lists.sizes, dtype=np.int64)))
        if kind == Kind.COMMON:
            encoded = encoding.of_demands(values, bounds, demands)
        else:
            encoded = encoding.in_groups(values, bounds)
        return _Piece(text, encoded, encoding.each(np.diff(encoded.ends, prepend=0)), edges)

    def __getitem__(self, file: int) -> bytes:
        return TABLE + b"".join([section.of_file(file) for section in self._sections])


def mark_changed(
    before: Mapping[Section, Row], after: Mapping[Section, Row], tree: Tree, flags: Mapping[bool, Flags]
) -> None:
    """Marks the files in which something else stands when a portion says something else: of long lists (True), and of pieces."""
    for length, kind in before.keys() | after.keys():
        some = flags[kind == Kind.LONG]
        for one, other in zip(before.get((length, kind), NOTHING), after.get((length, kind), NOTHING), strict=True):
            some[place_of(tree.characters(length, kind, changed(one, other)), len(some))] = True
