"""The container of .xls files, looked through before it is read: calamine follows its chains without end, and believes its lengths.

Source: [MS-CFB] 2.2–2.6, [MS-XLS] 2.4.90. A file of some kilobytes whose chain bites its tail, or whose sheet claims billions of cells,
would fill all memory there is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_SHIFTS = {9, 12}
_FIRST_RESERVED = 0xFFFFFFFA
"""From here on numbers are marks (free, end of chain, …), no sectors."""
_ENTRY = struct.Struct("<64xHBB48xIQ")
"""Length of a name, kind; first sector and length of a stream."""
_SMALL, _SMALL_SECTOR = 4096, 64
"""Streams shorter than this are kept in the stream of the root, in sectors of their own."""
_IN_HEADER = struct.Struct("<30xH8xIII8xIIII")
"""Size of a sector (as a power of two), sectors of the directory, of the table of chains, first one of the directory; first sector and
number of the small table of chains; first sector and number of the list that goes on the header's."""
_DIMENSIONS = 0x0200
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256


class _EndlessError(Exception):
    """A chain comes back to itself, or something claims to be longer than the file."""


@dataclass(frozen=True, slots=True)
class _Container:
    data: bytes
    size: int
    chains: Sequence[int]
    small_chains: Sequence[int]
    first: int

    def sector(self, number: int) -> bytes:
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def followed(self, number: int) -> bytes:
        parts = []
        while number < len(self.chains):
            parts.append(self.sector(number))
            number = self.chains[number]
        return b"".join(parts)

    def streams(self) -> Iterator[bytes]:
        """The streams that the directory names. Raises _EndlessError."""
        directory = self.followed(self.first)
        entries = [_ENTRY.unpack_from(directory, at) for at in range(0, len(directory) - _ENTRY.size + 1, 128)]
        small = self.followed(entries[0][3]) if entries else b""
        for number, (_, _, _, start, told) in enumerate(entries):
            # Of the length only half counts where sectors are small; the rest may be anything.
            length = told & 0xFFFFFFFF if self.size == _HEADER else told
            if length > len(self.data):
                raise _EndlessError
            if number and length >= _SMALL:
                yield self.followed(start)[:length]
            elif number and length:
                parts = []
                while start < len(self.small_chains):
                    parts.append(small[start * _SMALL_SECTOR : (start + 1) * _SMALL_SECTOR])
                    start = self.small_chains[start]
                yield b"".join(parts)[:length]


def claims_too_much(data: bytes) -> bool:
    """Whether a compound file would be read without end, or a sheet in it claims more cells than there can be."""
    if len(data) < _HEADER:
        return False  # No compound file; who reads it says so.
    try:
        return any(_has_too_many_cells(stream) for stream in _opened(data).streams())
    except _EndlessError:
        return True


def streams(data: bytes) -> Iterator[bytes]:
    """The streams of a compound file that `claims_too_much` has let pass; none of a file that is no such one."""
    if data.startswith(MARK) and len(data) >= _HEADER:
        yield from _opened(data).streams()


def _opened(data: bytes) -> _Container:
    shift, directories, tables, first, small_first, small_tables, more_first, _ = _IN_HEADER.unpack_from(data)
    if shift not in _SHIFTS:
        raise _EndlessError
    bare = _Container(data, 1 << shift, (), (), first)
    sectors = len(data) >> shift
    listed = [*_numbers(data[76:_HEADER])]
    steps = 0
    while more_first < _FIRST_RESERVED and steps <= sectors:
        *more, more_first = _numbers(bare.sector(more_first)) or (_FIRST_RESERVED,)
        listed += more
        steps += 1
    places = [number for number in listed if number < _FIRST_RESERVED]
    if max(directories, tables, small_tables, steps, len(places)) > sectors:
        raise _EndlessError
    chains = [number for place in places for number in _numbers(bare.sector(place))]
    if _has_ring(chains):
        raise _EndlessError
    whole = _Container(data, bare.size, chains, (), first)
    small_chains = _numbers(whole.followed(small_first))
    if _has_ring(small_chains):
        raise _EndlessError
    return _Container(data, bare.size, chains, small_chains, first)


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack_from(f"<{len(data) // 4}I", data)


def _has_ring(chains: Sequence[int]) -> bool:
    walked = [0] * len(chains)
    for start in range(len(chains)):
        number = start
        while number < len(chains) and not walked[number]:
            walked[number] = start + 1
            number = chains[number]
        if number < len(chains) and walked[number] == start + 1:
            return True
    return False


def _has_too_many_cells(stream: bytes) -> bool:
    """Whether a sheet among the records of a workbook says so."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _DIMENSIONS and len(body) >= 10:
            top, bottom, left, right = struct.unpack_from("<IIHH" if len(body) >= 12 else "<HHHH", body)
            if not (top <= bottom <= _MOST_ROWS and left <= right <= _MOST_COLUMNS):
                return True
    return False
