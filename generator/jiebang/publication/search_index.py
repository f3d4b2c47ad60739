"""Looks into the search index as somebody would who wants to get the texts out of it: every name in its files, and the texts put together
again from the places where their pieces stand.

The files are those of `jiebang.site.search`, which this module must not trust: what cannot be read to its last byte is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jiebang.detection.matching import APART

TABLE = b"JBS1"
LINES = b"JBN1"
_DEMANDS = 16
_MOST_PLACES = 1 << 28
_MOST_OCTETS = 5
"""Of a number."""
_GROUP_BITS = 6
"""One of so many texts, as a power of two, ends a group."""
_LAST_LETTERS = 12

DAMAGED = "搜索索引已损坏"


class DamagedError(ValueError):
    """A file that does not read as its beginning says."""


@dataclass(frozen=True, slots=True)
class _Section:
    """`text` holds the names: each of so many characters as `length` says, or a line each where it is 0."""

    kind: int
    length: int
    text: str
    sizes: NDArray[np.int64]
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

    def numbers(self, count: int) -> NDArray[np.int64]:
        """So many numbers, one after another."""
        octets = np.frombuffer(self._content[self.at : self.at + count * _MOST_OCTETS], dtype=np.uint8)
        ends = np.flatnonzero(octets < 128)[:count]
        if len(ends) < count:
            raise DamagedError
        if not count:
            return ends
        length = int(ends[-1]) + 1
        self.at += length
        return _values(octets[:length].astype(np.int64), ends)

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


def _values(octets: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers that end at these octets; the last of them ends the last one."""
    starts = np.concatenate(([0], ends[:-1] + 1))
    within = np.arange(len(octets)) - np.repeat(starts, ends - starts + 1)
    if within.max() >= _MOST_OCTETS:
        raise DamagedError
    values: NDArray[np.int64] = np.add.reduceat((octets & 127) << (7 * within), starts)
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
    octets = np.frombuffer(section.lists, dtype=np.uint8).astype(np.int64)
    if not len(octets):
        return octets, octets
    ends = np.flatnonzero(octets < 128)
    owners = np.repeat(np.arange(len(section.sizes)), section.sizes)
    # Each number ends, and ends in the list in which it began.
    if not len(ends) or ends[-1] != len(octets) - 1:
        raise DamagedError
    if (owners[np.concatenate(([0], ends[:-1] + 1))] != owners[ends]).any():
        raise DamagedError
    steps = (_values(octets, ends) >> 2) + 1
    owners = owners[ends]
    sums = np.cumsum(steps)
    first = np.concatenate(([True], owners[1:] != owners[:-1]))
    before = (sums - steps)[first]
    return owners, sums - np.repeat(before, np.diff(np.concatenate((np.flatnonzero(first), [len(owners)])))) - 1


def texts_in(group: str) -> list[str]:
    """The texts of a group of `Rebuilt`: they are parted where more than one character is missing between two pieces."""
    return [text for text in group.split("  ") if text and not text.isspace()]


class Rebuilt:
    """Takes files of an index, in any order, and puts the texts together again, as far as they tell."""

    def __init__(self) -> None:
        self._points = np.full(1024, ord(" "), dtype=np.uint32)
        self._end = 0

    def take(self, content: bytes) -> None:
        """Adds what a file tells. Raises DamagedError."""
        if content[:4] != TABLE:
            return
        for section in _sections(content):
            if 0 < section.kind < _DEMANDS:
                self._put(section.characters(), *_places(section))

    def _put(self, characters: NDArray[np.uint32], owners: NDArray[np.int64], places: NDArray[np.int64]) -> None:
        if not len(places):
            return
        length = characters.shape[1]
        end = int(places.max()) + length
        if end > _MOST_PLACES:
            raise DamagedError
        if end > len(self._points):
            grown = np.full(end * 2, ord(" "), dtype=np.uint32)
            grown[: len(self._points)] = self._points
            self._points = grown
        self._end = max(self._end, end)
        for shift in range(length):
            self._points[places + shift] = characters[owners, shift]

    def groups(self) -> list[str]:
        """The texts in groups, which `texts_in` parts. Where a group ends follows from its last text, so that an edit changes the groups beside it and no others."""
        points = self._points[: self._end]
        blank = points == ord(" ")
        ends = np.flatnonzero(blank[1:-1] & blank[2:] & ~blank[:-2]) + 1
        # The last letters of a text, and how far its end is from the one before.
        mixed = np.diff(ends, prepend=0).astype(np.uint64)
        for back in range(1, _LAST_LETTERS + 1):
            mixed = (mixed + points[np.maximum(ends - back, 0)]) * np.uint64(0x9E3779B97F4A7C15)
        cuts = ends[mixed >> np.uint64(64 - _GROUP_BITS) == 0].tolist()
        whole = points.astype("<u4").tobytes().decode("utf-32-le")
        groups = (whole[first:last] for first, last in pairwise([0, *cuts, len(whole)]))
        return [group for group in groups if not group.isspace()]

    def text(self) -> str:
        """All texts, kept apart."""
        return f" {APART} ".join(text for group in self.groups() for text in texts_in(group))
