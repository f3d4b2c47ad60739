"""The pieces and their lists, spread over many small files, so that a search fetches only a few of them.

Which file holds a piece follows from the piece alone. A file is a table (`container.py`) with a section for each length of pieces and
kind of list. The kind of a section is the length of its pieces, plus 16 where the lists are of demands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from jiebang.site.search import container, encoding
from jiebang.site.search.container import TABLE
from jiebang.site.search.corpus import BLOCK, MOST_POSITIONS
from jiebang.site.search.grams import Kind, Limits, Tree
from jiebang.site.search.lists import Flags, Keys, Lists, changed, joined
from jiebang.site.search.portions import PartialIndex, Row

COMMON = 16
_PRIME = np.uint32(16_777_619)
_BASIS = 2_166_136_261
_FILE_SIZE = 8192
_BYTES_A_PLACE = 2
"""About how many bytes a file of pieces has, as a search fetches several, and how many a character of text takes in the index."""
_NOTHING: Row = (Lists.of((b"", b"", b"")), Lists.of((b"", b"", b"")))


def place_of(characters: NDArray[np.uint32], files: int) -> NDArray[np.int64]:
    """The number of the file of each piece: FNV-1a over its code points, the upper half folded into the lower."""
    hashed = np.full(len(characters), _BASIS, dtype=np.uint32)
    for column in range(characters.shape[1]):
        hashed = (hashed ^ characters[:, column]) * _PRIME
    return ((hashed ^ (hashed >> np.uint32(15))) % np.uint32(files)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Section:
    """Pieces in the order of their files; those of file f are `edges[f]` to `edges[f + 1]`. `sizes` are those of the lists."""

    length: int
    kind: int
    text: str
    lists: encoding.Encoded
    sizes: encoding.Encoded
    edges: list[int]

    def of_file(self, file: int) -> bytes:
        """What a file holds of it."""
        first, last = self.edges[file], self.edges[file + 1]
        if first == last:
            return b""
        kind = self.length + (COMMON if self.kind == Kind.COMMON else 0)
        text = self.text[first * self.length : last * self.length]
        return container.section(
            kind, text, last - first, self.sizes.between(first, last), self.lists.between(first, last)
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


def fits(partials: Sequence[PartialIndex], tree: Tree, limits: Limits) -> bool:
    """Whether the pieces of the tree, with which the portions were indexed, are the common ones of all texts."""
    for length in range(2, limits.longest + 1):
        right = [lists for partial in partials for lists in partial.rows.get((length, Kind.RIGHT), ())]
        if (_sums([(lists.keys, lists.sizes) for lists in right]) > limits.most).any():
            return False
        often = [partial.rows[length, Kind.COMMON][1] for partial in partials if (length, Kind.COMMON) in partial.rows]
        sums = _sums([(lists.keys, lists.values) for lists in often])
        if len(sums) < tree.count(length) or (sums <= limits.most).any():
            return False
    return True


def _sums(parts: Sequence[tuple[Keys, NDArray[np.uint32]]]) -> NDArray[np.int64]:
    """The sum of the numbers that stand beside each key."""
    if not parts:
        return np.zeros(0, np.int64)
    keys, numbers = (np.concatenate(column) for column in zip(*parts, strict=True))
    return np.bincount(np.unique(keys, return_inverse=True)[1], numbers).astype(np.int64)


class Shards:
    """The files of pieces, or of long lists, of all portions together; all, or some."""

    def __init__(
        self, partials: Sequence[PartialIndex], tree: Tree, layout: Layout, wanted: Flags, *, long: bool
    ) -> None:
        """`wanted` says of each file whether it will be asked for."""
        self._files = len(wanted)
        self._sections = []
        kinds = sorted({kind for partial in partials for kind in partial.rows if (kind[1] == Kind.LONG) == long})
        for length, kind in kinds:
            rows = [partial.rows.get((length, kind), _NOTHING) for partial in partials]
            if kind == Kind.COMMON:
                parts = [(row[0], base << 2) for row, base in zip(rows, layout.demands, strict=False)]
            else:
                # All titles stand before all other texts.
                parts = [(row[0], base << 2) for row, base in zip(rows, layout.titles, strict=False)]
                parts += [(row[1], base << 2) for row, base in zip(rows, layout.others, strict=False)]

            def is_wanted(keys: Keys, length: int = length, kind: int = kind) -> Flags:
                flags: Flags = wanted[place_of(tree.characters(length, kind, keys), len(wanted))]
                return flags

            lists = joined(parts, None if wanted.all() else is_wanted)
            if not len(lists.keys):
                continue
            self._sections.append(self._section(length, kind, lists, tree, layout.demands[-1]))

    def _section(self, length: int, kind: int, lists: Lists, tree: Tree, demands: int) -> _Section:
        characters = tree.characters(length, kind, lists.keys)
        file_of = place_of(characters, self._files)
        order = np.lexsort((*characters.T[::-1], file_of))
        edges = np.searchsorted(file_of[order], np.arange(self._files + 1)).tolist()
        text = characters[order].astype("<u4").tobytes().decode("utf-32-le")
        lists = lists.chosen(order)
        bounds = np.concatenate(([0], np.cumsum(lists.sizes, dtype=np.int64)))
        if kind == Kind.COMMON:
            encoded = encoding.of_demands(lists.values, bounds, demands)
        else:
            encoded = encoding.in_groups(lists.values, bounds)
        return _Section(length, kind, text, encoded, encoding.each(np.diff(encoded.ends, prepend=0)), edges)

    def __getitem__(self, file: int) -> bytes:
        return TABLE + b"".join([section.of_file(file) for section in self._sections])


def mark_changed(before: PartialIndex, after: PartialIndex, tree: Tree, flags: Mapping[bool, Flags]) -> None:
    """Marks the files in which something else stands when a portion says something else: of long lists (True), and of pieces."""
    for length, kind in before.rows.keys() | after.rows.keys():
        some = flags[kind == Kind.LONG]
        old, new = before.rows.get((length, kind), _NOTHING), after.rows.get((length, kind), _NOTHING)
        # How often a common piece stands there is not said in a file.
        for one, other in list(zip(old, new, strict=True))[: 1 if kind == Kind.COMMON else 2]:
            some[place_of(tree.characters(length, kind, changed(one, other)), len(some))] = True
