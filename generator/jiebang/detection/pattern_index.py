"""Looks for very many folded values in very many texts at once, by numbers: says where one may stand, never that none can be elsewhere.

A value is kept as a 64-bit hash with its length, sixteen bytes in all, so that the values of a whole catalogue are an array that is put
together, stored and handed to another process in an instant; they cannot be read back from it. The hash of a window of a text follows
from two sums (a polynomial over code points, modulo 2^64), for all windows at once. Two values may share a hash: what is found here is a
suspicion, to be settled by `PatternSet`, which compares letters. What stands in a text is always found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.detection.matching import Rule

Hashes = NDArray[np.uint64]
Entries = NDArray[Any]
Places = NDArray[np.int64]

ENTRY = np.dtype([("hash", "<u8"), ("prefix", "<u4"), ("length", "<u2"), ("rule", "u1"), ("sort", "u1")])
"""`prefix` is taken from the hash of its first letters; `sort` is the caller's: what kind of value it is."""
_RULES = tuple(Rule)
_NUMBER_OF = {rule: number for number, rule in enumerate(_RULES)}
_BASE = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_SPREAD = np.uint64(0xD6E8FEB86659FD93)
_BITS = 22
"""Of a prefix's hash that its table is asked by: four million answers, of which few are yes."""
_BLOCK = 1 << 18
"""Characters looked through at a time: their sums stay in the processor's cache."""
_PREFIXES = (1, 2, 3, 5)
"""A value is looked for by its first letters: by the most of these that it has."""
_BETWEEN = "\n"
"""Between two readings: signs were dropped from them."""


def _powers(base: np.uint64, count: int) -> Hashes:
    factors = np.full(count, base, dtype=np.uint64)
    factors[0] = 1
    return np.cumprod(factors, dtype=np.uint64)


class _Powers:
    """Powers of the base and of its inverse, as many as were asked for so far."""

    def __init__(self) -> None:
        self.up = np.ones(1, dtype=np.uint64)
        self.down = np.ones(1, dtype=np.uint64)

    def need(self, count: int) -> tuple[Hashes, Hashes]:
        if count > len(self.up):
            size = max(count, 2 * len(self.up), 1 << 12)
            self.up, self.down = _powers(_BASE, size), _powers(_INVERSE, size)
        return self.up[:count], self.down[:count]


_POWERS = _Powers()


def _sums(text: str) -> Hashes:
    """Sums of `code point · base^place` before each place and behind the last."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    up, _ = _POWERS.need(len(points) + 1)
    sums = np.empty(len(points) + 1, dtype=np.uint64)
    sums[0] = 0
    np.cumsum(points * up[: len(points)], dtype=np.uint64, out=sums[1:])
    return sums


def _prefix_of(length: int) -> int:
    return max(prefix for prefix in _PREFIXES if prefix <= length)


def _spread(hashes: Hashes) -> Hashes:
    """Hashes whose upper bits depend on all of theirs."""
    return hashes * _SPREAD


def pack(values: Iterable[tuple[str, Rule, int]]) -> bytes:
    """(value, rule, sort) of each value, none of them empty → entries, in their order."""
    listed = list(values)
    entries = np.empty(len(listed), dtype=ENTRY)
    if listed:
        lengths = np.array([len(text) for text, _, _ in listed], dtype=np.int64)
        ends = np.cumsum(lengths)
        starts = ends - lengths
        sums = _sums("".join(text for text, _, _ in listed))
        _, down = _POWERS.need(len(sums))
        prefixes = np.array([_prefix_of(len(text)) for text, _, _ in listed])
        entries["hash"] = (sums[ends] - sums[starts]) * down[starts]
        entries["prefix"] = _spread((sums[starts + prefixes] - sums[starts]) * down[starts]) >> np.uint64(32)
        entries["length"] = lengths
        entries["rule"] = [_NUMBER_OF[rule] for _, rule, _ in listed]
        entries["sort"] = [sort for _, _, sort in listed]
    return entries.tobytes()


def entries_of(packed: bytes) -> Entries:
    """Packed entries as an array."""
    return np.frombuffer(packed, dtype=ENTRY)


def rule_of(entry: Any) -> Rule:
    """What has to stand around a value."""
    return _RULES[int(entry["rule"])]


@dataclass(frozen=True, slots=True)
class _Beginnings:
    """How values begin, by their first `count` letters: `table` says of the upper bits of a prefix's hash whether there is such a prefix,
    `prefixes` has these in their order, and `lengths[bounds[i]:bounds[i + 1]]` the lengths of the values that begin with the i-th."""

    count: int
    table: NDArray[np.bool_]
    prefixes: NDArray[np.uint32]
    bounds: Places
    lengths: NDArray[np.uint16]

    @classmethod
    def of(cls, count: int, entries: Entries) -> _Beginnings:
        pairs = np.unique((entries["prefix"].astype(np.uint64) << np.uint64(16)) | entries["length"])
        prefixes = (pairs >> np.uint64(16)).astype(np.uint32)
        firsts = np.flatnonzero(np.concatenate(([True], prefixes[1:] != prefixes[:-1])))
        table = np.zeros(1 << _BITS, dtype=np.bool_)
        table[prefixes >> np.uint32(32 - _BITS)] = True
        return cls(
            count, table, prefixes[firsts], np.append(firsts, len(pairs)), (pairs & np.uint64(0xFFFF)).astype(np.uint16)
        )

    def found(self, sums: Hashes, down: Hashes) -> tuple[Places, Places]:
        """Where a value may begin in a text of these sums, and how long it would be there; each start once for each length."""
        windows = max(0, len(sums) - self.count)
        hashes = _spread((sums[self.count :] - sums[:windows]) * down[:windows])
        starts = np.flatnonzero(self.table[hashes >> np.uint64(64 - _BITS)])
        # Of a large catalogue the table answers yes at every fourth place: the whole of the prefix's hash says no to nearly all of these.
        wanted = (hashes[starts] >> np.uint64(32)).astype(np.uint32)
        which = np.minimum(np.searchsorted(self.prefixes, wanted), len(self.prefixes) - 1)
        there = self.prefixes[which] == wanted
        starts, which = starts[there], which[there]
        often = self.bounds[which + 1] - self.bounds[which]
        ends = np.cumsum(often)
        of_lengths = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.bounds[which] - ends + often, often)
        return np.repeat(starts, often), self.lengths[of_lengths].astype(np.int64)


class PatternIndex:
    """Entries to be looked for. Only the entries travel between processes; the tables are made where they are needed."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def longest(self) -> int:
        """Letters of the longest value; 0 where there is none."""
        return int(self.entries["length"].max(initial=0))

    def __reduce__(self) -> tuple[type[PatternIndex], tuple[Entries]]:
        return PatternIndex, (self.entries,)

    @cached_property
    def _by_hash(self) -> tuple[Hashes, NDArray[np.int32]]:
        """(the sorted hashes, the entry of each)"""
        order = np.argsort(self.entries["hash"], kind="stable").astype(np.int32)
        return self.entries["hash"][order], order

    @cached_property
    def _tables(self) -> list[_Beginnings]:
        made = []
        lengths = self.entries["length"]
        for number, prefix in enumerate(_PREFIXES):
            longer = _PREFIXES[number + 1] if number + 1 < len(_PREFIXES) else 1 << 16
            chosen = (lengths >= prefix) & (lengths < longer)
            if chosen.any():
                made.append(_Beginnings.of(prefix, self.entries[chosen]))
        return made

    def find(self, texts: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
        """(number of the text, from, to, number of an entry) wherever a value may stand in a folded text; of equal values each."""
        if not len(self.entries) or not texts:
            return
        whole = _BETWEEN.join(texts)
        ends = np.cumsum([len(text) + 1 for text in texts])
        longest = self.longest
        for block in range(0, len(whole), _BLOCK):
            for start, length, entry in self._in_block(whole[block : block + _BLOCK + longest - 1]):
                if start < _BLOCK:
                    number = int(np.searchsorted(ends, block + start, side="right"))
                    first = block + start - (int(ends[number - 1]) if number else 0)
                    yield number, first, first + length, entry

    def ends(self, folded: str) -> list[tuple[int, int]]:
        """As `screening.Values` has it."""
        return sorted({(end - 1, end - start) for _, start, end, _ in self.find([folded])})

    def _in_block(self, text: str) -> Iterator[tuple[int, int, int]]:
        sums = _sums(text)
        size = len(sums) - 1
        _, down = _POWERS.need(size + 1)
        for beginnings in self._tables:
            starts, lengths = beginnings.found(sums, down)
            fitting = starts + lengths <= size
            starts, lengths = starts[fitting], lengths[fitting]
            if not len(starts):
                continue
            known, which = self._by_hash
            windows = (sums[starts + lengths] - sums[starts]) * down[starts]
            first = np.searchsorted(known, windows)
            behind = np.searchsorted(known, windows, side="right")
            for hit in np.flatnonzero(behind > first).tolist():
                length = int(lengths[hit])
                for entry in which[first[hit] : behind[hit]].tolist():
                    if self.entries["length"][entry] == length:
                        yield int(starts[hit]), length, entry
