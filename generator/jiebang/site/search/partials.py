"""The partial indexes of all portions together. What is large of them stays in the store until it is asked for, the lists of one length and
kind of pieces at a time: those of a large catalogue would not fit into memory together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from jiebang.mapping import Maps, Shared, digest, packed, unpacked
from jiebang.memory import give_back
from jiebang.site.search.lists import Keys, Lists
from jiebang.site.search.portions import NO_LISTS, PartialIndex, Portion, Row, Section, index_portions

NOTHING: Row = NO_LISTS, NO_LISTS
_FEWEST = 8
"""Portions from which on other processes help."""
_AT_ONCE = (2, 4)
"""Portions that are handed to a process, at least and at most: a partial index takes some two megabytes."""
_SMALL, _TOTALS, _ROW = b"small", b"totals", b"row"
_WHOLE: Section = 0, 0


def _part(key: bytes, part: bytes, section: Section) -> bytes:
    """Names a part of the partial index that stands under a key."""
    return digest(key, part, bytes(section))


def _row(value: bytes) -> Row:
    one, other = unpacked(value)
    return Lists.of(one), Lists.of(other)


class Partials:
    """Those of some portions, in their order; made where an earlier build left none."""

    def __init__(self, maps: Maps, shared: Shared, portions: Sequence[Portion]) -> None:
        """`shared` is what all are indexed with (`Around`)."""
        self._maps = maps
        self._shared = shared
        self._portions = portions
        self._keys = self._keys_of([portion.key for portion in portions])
        told = self._parts(_SMALL, _WHOLE, range(len(portions)))
        self.small = [PartialIndex.of(unpacked(one)) for one in told]

    def _keys_of(self, portions: Sequence[bytes]) -> list[bytes]:
        return self._maps.keys(index_portions, self._shared.key, portions)

    def _parts(self, part: bytes, section: Section, numbers: Sequence[int]) -> list[bytes]:
        """A part of the partial index of each of these portions."""
        keys = [_part(self._keys[number], part, section) for number in numbers]
        known = self._maps.known(keys)
        missing = {key: number for number, key in zip(numbers, keys, strict=True) if key not in known}
        if missing:
            self._make(missing, known)
        return [known[key] for key in keys]

    def _make(self, missing: dict[bytes, int], known: dict[bytes, bytes]) -> None:
        """Has partial indexes made and kept, part by part; `missing` are the parts that are wanted now, each with the number of its portion, and
        become known."""
        made = self._maps.made(
            index_portions, self._shared, sorted(missing.values()), self._portions.__getitem__, _FEWEST, _AT_ONCE
        )
        for numbers, values in made:
            for number, value in zip(numbers, values, strict=True):
                small, totals, rows = unpacked(value)
                key = self._keys[number]
                parts = {
                    _part(key, _SMALL, _WHOLE): packed(small),
                    **{_part(key, _TOTALS, section): packed(of) for section, of in totals.items()},
                    **{_part(key, _ROW, section): packed(row) for section, row in rows.items()},
                }
                self._maps.keep(parts.items())
                known.update((part, parts[part]) for part in missing.keys() & parts.keys())
        give_back()

    def sections(self) -> list[Section]:
        """Those in which some portion has a row."""
        return sorted(set(chain.from_iterable(small.sections for small in self.small)))

    def _having(self, section: Section) -> list[int]:
        return [number for number, small in enumerate(self.small) if section in small.sections]

    def rows(self, section: Section) -> list[Row]:
        """The row of each portion."""
        having = self._having(section)
        rows = [NOTHING] * len(self.small)
        for number, value in zip(having, self._parts(_ROW, section, having), strict=True):
            rows[number] = _row(value)
        return rows

    def totals(self, section: Section) -> tuple[Keys, NDArray[np.uint32]]:
        """The keys of the pieces of each portion, one after another, and at how many of its places each stands."""
        told = [unpacked(one) for one in self._parts(_TOTALS, section, self._having(section))]
        keys, counts = (b"".join(column) for column in zip((b"", b""), *told, strict=True))
        return np.frombuffer(keys, np.uint64), np.frombuffer(counts, np.uint32)

    def rows_of(self, number: int) -> dict[Section, Row]:
        """All rows of a portion."""
        return {section: _row(self._parts(_ROW, section, [number])[0]) for section in self.small[number].sections}

    def rows_before(self, portion: bytes) -> dict[Section, Row] | None:
        """All rows of a portion of an earlier build, by the portion's key; None where they are not known any more."""
        (key,) = self._keys_of([portion])
        (small,) = self._maps.known([_part(key, _SMALL, _WHOLE)]).values() or (None,)
        if small is None:
            return None
        parts = {section: _part(key, _ROW, section) for section in PartialIndex.of(unpacked(small)).sections}
        known = self._maps.known(list(parts.values()))
        return {section: _row(known[part]) for section, part in parts.items()} if len(known) == len(parts) else None
