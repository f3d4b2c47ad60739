"""Looks into the search index as somebody would who wants to get the texts out of it: every name in its files, and the texts put together
again from the places where their pieces stand.

The files are those of `jiebang.site.search`, which this module must not trust: what cannot be read to its last byte is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, overload

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from jiebang.detection.letters import APART

TABLE = b"JBS1"
LINES = b"JBN1"
_DEMANDS = 16
_MOST_PLACES = 1 << 28
_MOST_OCTETS = 5
"""Of a number."""
_GROUP_BITS = 6
"""One of so many texts, as a power of two, ends a group."""
_LAST_LETTERS = 12

_AT_ONCE = 1 << 20
"""Places that are looked at together."""

Numbers = NDArray[np.unsignedinteger[Any]]

DAMAGED = "搜索索引已损坏"


class DamagedError(ValueError):
    """A file that does not read as its beginning says."""


@dataclass(frozen=True, slots=True)
class _Section:
    """`text` holds the names: each of so many characters as `length` says, or a line each where it is 0."""

    kind: int
    length: int
    text: str
    sizes: Numbers
    lists: bytes

    def characters(self) -> NDArray[np.uint32]:
        """A row of code points for each name, where all have one length."""
        return np.frombuffer(self.text.encode("utf-32-le"), dtype="<u4").astype(np.uint32).reshape(-1, self.length)

    def names(self) -> str:
        """All names, kept apart."""
        if not self.length:
            return self.text.replace("\n", APART)
        rows = self.characters()
        apart = np.full((len(rows), self.length + 1), ord(APART), dtype="<u4")
        apart[:, :-1] = rows
        return apart.tobytes().decode("utf-32-le")


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self.at = 4

    def more(self) -> bool:
        return self.at < len(self._content)

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self.bytes(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
            if shift > 35:
                raise DamagedError

    def numbers(self, count: int) -> Numbers:
        """So many numbers, one after another."""
        small = self._content[self.at : self.at + count]
        if small.isascii():
            # Each takes one byte, as most do.
            return np.frombuffer(self.bytes(count), dtype=np.uint8)
        octets = np.frombuffer(self._content[self.at : self.at + count * _MOST_OCTETS], dtype=np.uint8)
        ends = np.flatnonzero(octets < 128)[:count]
        if len(ends) < count:
            raise DamagedError
        length = int(ends[-1]) + 1
        self.at += length
        return _values(octets[:length], ends)

    def bytes(self, length: int) -> bytes:
        self.at += length
        if self.at > len(self._content):
            raise DamagedError
        return self._content[self.at - length : self.at]

    def text(self, length: int) -> str:
        try:
            return self.bytes(length).decode()
        except UnicodeDecodeError as error:
            raise DamagedError from error

    def rest(self) -> str:
        return self.text(len(self._content) - self.at)


def _values(octets: NDArray[np.uint8], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The numbers that end at these octets; the last of them ends the last one."""
    starts = np.concatenate(([0], ends[:-1] + 1))
    more = ends - starts
    if more.max() >= _MOST_OCTETS:
        raise DamagedError
    values = (octets[starts] & 127).astype(np.uint64)
    longer = np.flatnonzero(more)
    for place in range(1, _MOST_OCTETS):
        longer = longer[more[longer] >= place]
        values[longer] |= (octets[starts[longer] + place] & 127).astype(np.uint64) << np.uint64(7 * place)
    return values


def _sections(content: bytes) -> Iterator[_Section]:
    reader = _Reader(content)
    while reader.more():
        kind, count = reader.bytes(1)[0], reader.number()
        text = reader.text(reader.number())
        length = kind % _DEMANDS
        sizes = reader.numbers(count)
        held = len(text) if length else text.count("\n") + 1
        if held != count * (length or 1) and (count or text):
            raise DamagedError
        yield _Section(kind, length, text, sizes, reader.bytes(int(sizes.sum())))


def is_index(content: bytes) -> bool:
    """Whether a file says of itself that it belongs to the search index."""
    return content[:4] in {TABLE, LINES}


def names_of(content: bytes) -> str:
    """All names in a file of the index, kept apart. Raises DamagedError."""
    if content[:4] == TABLE:
        return APART.join(section.names() for section in _sections(content))
    reader = _Reader(content)
    for _ in range(reader.number()):
        reader.number()
    return reader.rest().replace("\n", APART)


def _places(section: _Section) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each place in the lists of a section: which list it is in, and the place itself."""
    octets = np.frombuffer(section.lists, dtype=np.uint8)
    if not len(octets):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    ends = np.flatnonzero(octets < 128)
    # Each number ends, and ends in the list in which it began.
    until = np.cumsum(section.sizes[section.sizes > 0], dtype=np.int64) - 1
    last = np.searchsorted(ends, until)
    if not len(ends) or ends[-1] != len(octets) - 1 or (ends[last] != until).any():
        raise DamagedError
    steps = (_values(octets, ends) >> np.uint64(2)).astype(np.int64) + 1
    counts = np.diff(last, prepend=-1)
    owners = np.repeat(np.flatnonzero(section.sizes), counts)
    sums = np.cumsum(steps)
    firsts = last - counts + 1
    return owners, sums - np.repeat((sums - steps)[firsts], counts) - 1


def _together(contents: Iterable[bytes]) -> Iterator[_Section]:
    """The lists of places of some files: one section of each length."""
    by_length: dict[int, list[_Section]] = {}
    for content in contents:
        if content[:4] == TABLE:
            for section in _sections(content):
                if 0 < section.kind < _DEMANDS:
                    by_length.setdefault(section.length, []).append(section)
    for length, some in by_length.items():
        yield _Section(
            length,
            length,
            "".join([section.text for section in some]),
            np.concatenate([section.sizes for section in some]),
            b"".join([section.lists for section in some]),
        )


def texts_in(group: str) -> list[str]:
    """The texts of a group of `Rebuilt`: they are parted where more than one character is missing between two pieces."""
    return [text for text in group.split("  ") if text and not text.isspace()]


class Groups(Sequence[str]):
    """Texts in groups, which `texts_in` parts; each group is made when it is asked for."""

    def __init__(self, letters: Numbers, alphabet: NDArray[np.uint32], bounds: Sequence[int]) -> None:
        self._letters = letters
        self._alphabet = alphabet
        self._slices = [slice(first, last) for first, last in pairwise(bounds) if letters[first:last].any()]

    def __len__(self) -> int:
        return len(self._slices)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        points = self._alphabet[self._letters[self._slices[number]]]
        return points.astype("<u4").tobytes().decode("utf-32-le")


class Rebuilt:
    """Takes files of an index, in any order, and puts the texts together again, as far as they tell."""

    def __init__(self) -> None:
        # The number of the letter at each place, in two bytes while there are few enough; 0 where none is known. What is not written yet takes
        # no memory.
        self._letters: Numbers = np.zeros(1024, dtype=np.uint16)
        self._numbers = np.zeros(0x110000, dtype=np.uint32)
        self._alphabet = np.array([ord(" ")], dtype=np.uint32)
        self._end = 0

    def take(self, *contents: bytes) -> None:
        """Adds what files tell; many small ones are read faster together. Raises DamagedError where one of them is damaged, and adds nothing."""
        told = [(section.characters(), *_places(section)) for section in _together(contents)]
        end = max((int(places.max()) + rows.shape[1] for rows, _, places in told if len(places)), default=0)
        if end > _MOST_PLACES:
            raise DamagedError
        self._make_room(end, told)
        for rows, owners, places in told:
            windows = sliding_window_view(self._letters, rows.shape[1], writeable=True)
            windows[places] = self._numbers[rows].astype(self._letters.dtype)[owners]

    def _make_room(self, end: int, told: Sequence[tuple[NDArray[np.uint32], Any, Any]]) -> None:
        for rows, _, _ in told:
            # With counts: without, it imports `numpy.ma`.
            unknown, _ = np.unique(rows[(self._numbers[rows] == 0) & (rows != ord(" "))], return_counts=True)
            self._numbers[unknown] = np.arange(len(self._alphabet), len(self._alphabet) + len(unknown))
            self._alphabet = np.concatenate((self._alphabet, unknown))
        self._end = max(self._end, end)
        dtype = np.dtype(np.uint16 if len(self._alphabet) <= 1 << 16 else np.uint32)
        if end > len(self._letters) or dtype != self._letters.dtype:
            grown: Numbers = np.zeros(max(2 * end, len(self._letters)), dtype=dtype)
            grown[: len(self._letters)] = self._letters
            self._letters = grown

    def groups(self) -> Groups:
        """The texts in groups. Where a group ends follows from its last text, so that an edit changes the groups beside it and no others."""
        letters = self._letters[: self._end]
        ends = self._ends()
        # The last letters of a text, and how far its end is from the one before.
        mixed = np.diff(ends, prepend=0).astype(np.uint64)
        for back in range(1, _LAST_LETTERS + 1):
            last = self._alphabet[letters[np.maximum(ends - back, 0)]]
            mixed = (mixed + last) * np.uint64(0x9E3779B97F4A7C15)
        cuts = ends[mixed >> np.uint64(64 - _GROUP_BITS) == 0].tolist()
        return Groups(letters, self._alphabet, [0, *cuts, len(letters)])

    def _ends(self) -> NDArray[np.int64]:
        """Where texts end: places of which nothing is known, nor of the next one."""
        found = [np.zeros(0, np.int64)]
        for first in range(0, self._end, _AT_ONCE):
            blank = self._letters[first : min(first + _AT_ONCE + 2, self._end)] == 0
            found.append(np.flatnonzero(blank[1:-1] & blank[2:] & ~blank[:-2]) + first + 1)
        return np.concatenate(found)

    def text(self) -> str:
        """All texts, kept apart."""
        return f" {APART} ".join(text for group in self.groups() for text in texts_in(group))
