"""Looks for very many folded values in very many texts at once, by numbers: says where one may stand, never that none can be elsewhere.

A value is kept as a 64-bit hash with its length, sixteen bytes in all, so that the values of a whole catalogue are an array that is put
together, stored and handed to another process in an instant; they cannot be read back from it. Where the first letters of a value stand,
a shorter hash of these tells, for all places of a text at once; few are left, whose windows are hashed whole. Two values may share a hash:
what is found here is a suspicion, to be settled by `PatternSet`, which compares letters. What stands in a text is always found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.detection.matching import Rule

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint64]
Entries = NDArray[Any]
Places = NDArray[np.int64]

ENTRY = np.dtype([("hash", "<u8"), ("prefix", "<u4"), ("length", "<u2"), ("rule", "u1"), ("sort", "u1")])
"""`prefix` is the hash of its first letters; `sort` is the caller's: what kind of value it is."""
_RULES = tuple(Rule)
_NUMBER_OF = {rule: number for number, rule in enumerate(_RULES)}
_BASE = np.uint64(0x9E3779B97F4A7C15)
_FACTORS = np.array([0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F, 0x165667B1], dtype=np.uint32)
"""Of the first letter of a prefix, the second and so on."""
_MOST_BITS = 22
"""Of a prefix's hash that its table is asked by, at most: four million answers."""
_BLOCK = 1 << 16
"""Letters looked through at a time: their numbers stay in the processor's cache."""
_PREFIXES = (1, 2, 3, 5)
"""A value is looked for by its first letters: by the most of these that it has."""
_SHARES = np.tril(np.ones((len(_FACTORS) + 1, len(_FACTORS)), dtype=np.uint32), -1) * _FACTORS
"""Of a prefix of so many letters the factors of the letters, 0 for those behind it."""
_BETWEEN = "\n"
"""Between two readings: signs were dropped from them."""


class _Powers:
    """Powers of the base, as many as were asked for so far."""

    def __init__(self) -> None:
        self._known = np.ones(1, dtype=np.uint64)

    def first(self, count: int) -> Hashes:
        if count > len(self._known):
            factors = np.full(max(count, 2 * len(self._known)), _BASE, dtype=np.uint64)
            factors[0] = 1
            self._known = np.cumprod(factors, dtype=np.uint64)
        return self._known[:count]


_POWERS = _Powers()


def code_points(text: str) -> Codes:
    """The numbers of a text's letters."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32, copy=False)


def _hashes(codes: Codes, starts: Places, lengths: Places) -> Hashes:
    """The hash of each window: a polynomial over its code points, modulo 2^64. No length is 0."""
    behind = np.cumsum(lengths)
    firsts = behind - lengths
    within = np.arange(behind[-1]) - np.repeat(firsts, lengths)
    letters = codes.take(np.repeat(starts, lengths) + within).astype(np.uint64)
    return np.add.reduceat(letters * _POWERS.first(int(lengths.max())).take(within), firsts)


def _prefix_of(length: int) -> int:
    return max(prefix for prefix in _PREFIXES if prefix <= length)


def pack(values: Iterable[tuple[str, Rule, int]]) -> bytes:
    """(value, rule, sort) of each value, none of them empty → entries, in their order."""
    listed = list(values)
    entries = np.empty(len(listed), dtype=ENTRY)
    if listed:
        lengths = np.array([len(text) for text, _, _ in listed], dtype=np.int64)
        starts = np.cumsum(lengths) - lengths
        # Behind the last value stands enough for the prefix of the longest kind.
        codes = code_points("".join([*(text for text, _, _ in listed), "\0" * len(_FACTORS)]))
        entries["hash"] = _hashes(codes, starts, lengths)
        first = codes.take(starts[:, None] + np.arange(len(_FACTORS)))
        shares = _SHARES.take([_prefix_of(len(text)) for text, _, _ in listed], axis=0)
        entries["prefix"] = (first * shares).sum(axis=1, dtype=np.uint32)
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
    """How values begin, by their first `count` letters: `table` says of a prefix's hash, without its lower bits, whether there is such a
    prefix, `prefixes` has these in their order, and `lengths[bounds[i]:bounds[i + 1]]` the lengths of the values that begin with the i-th."""

    count: int
    lower: int
    table: NDArray[np.bool_]
    prefixes: NDArray[np.uint32]
    bounds: Places
    lengths: NDArray[np.uint16]

    @classmethod
    def of(cls, count: int, entries: Entries) -> _Beginnings:
        told = (entries["prefix"].astype(np.uint64) << np.uint64(16)) | entries["length"]
        # Asked for the counts as well, it does not import `numpy.ma`, which takes as long as the rest of this step.
        pairs, _ = np.unique(told, return_counts=True)
        prefixes = (pairs >> np.uint64(16)).astype(np.uint32)
        firsts = np.flatnonzero(np.concatenate(([True], prefixes[1:] != prefixes[:-1])))
        # Of a hundred answers about one is yes, as long as the table is small enough to be asked soon.
        bits = min(_MOST_BITS, len(firsts).bit_length() + 7)
        table = np.zeros(1 << bits, dtype=np.bool_)
        table[prefixes >> np.uint32(32 - bits)] = True
        return cls(
            count,
            32 - bits,
            table,
            prefixes[firsts],
            np.append(firsts, len(pairs)),
            (pairs & np.uint64(0xFFFF)).astype(np.uint16),
        )

    def found(self, codes: Codes) -> tuple[Places, Places]:
        """Where a value may begin in a text of these letters, and how long it would be there; each start once for each length."""
        windows = max(0, len(codes) - self.count + 1)
        hashes = codes[:windows] * _FACTORS[0]
        for place in range(1, self.count):
            hashes += codes[place : place + windows] * _FACTORS[place]
        starts = np.flatnonzero(self.table.take(hashes >> np.uint32(self.lower)))
        # The whole of the prefix's hash says no to nearly all of these.
        wanted = hashes[starts]
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

    @cached_property
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
        codes = code_points(_BETWEEN.join(texts))
        ends = np.cumsum([len(text) + 1 for text in texts])
        longest = self.longest
        for block in range(0, len(codes), _BLOCK):
            for start, length, entry in self._in_block(codes[block : block + _BLOCK + longest - 1]):
                if start < _BLOCK:
                    number = int(np.searchsorted(ends, block + start, side="right"))
                    first = block + start - (int(ends[number - 1]) if number else 0)
                    yield number, first, first + length, entry

    def ends(self, folded: str) -> list[tuple[int, int]]:
        """As `screening.Values` has it."""
        return sorted({(end - 1, end - start) for _, start, end, _ in self.find([folded])})

    def _in_block(self, codes: Codes) -> Iterator[tuple[int, int, int]]:
        at_once = max(1, _BLOCK // self.longest)
        known, which = self._by_hash
        for beginnings in self._tables:
            starts, lengths = beginnings.found(codes)
            fitting = starts + lengths <= len(codes)
            starts, lengths = starts[fitting], lengths[fitting]
            for place in range(0, len(starts), at_once):
                few = slice(place, place + at_once)
                windows = _hashes(codes, starts[few], lengths[few])
                first = np.searchsorted(known, windows)
                behind = np.searchsorted(known, windows, side="right")
                for hit in np.flatnonzero(behind > first).tolist():
                    length = int(lengths[place + hit])
                    for entry in which[first[hit] : behind[hit]].tolist():
                        if self.entries["length"][entry] == length:
                            yield int(starts[place + hit]), length, entry
