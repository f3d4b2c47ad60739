"""The container of .xls files, looked through before it is read: calamine follows its chains without end, and believes its lengths.

Source: [MS-CFB] 2.2–2.6. A file of some kilobytes whose chain bites its tail would fill all memory there is.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_SHIFTS = {9, 12}
_FIRST_RESERVED = 0xFFFFFFFA
"""From here on numbers are marks (free, end of chain, …), no sectors."""
_ENTRY = 128
_IN_HEADER = struct.Struct("<30xH8xIII8xIIII")
"""Size of a sector (as a power of two), sectors of the directory, of the table of chains, first one of the directory; first sector and
number of the small table of chains; first sector and number of the list that goes on the header's."""


def is_endless(data: bytes) -> bool:
    """Whether a chain of a compound file comes back to itself, or something claims to be longer than the file."""
    if len(data) < _HEADER:
        return False  # No compound file; who reads it says so.
    shift, directories, tables, first, small_first, small_tables, more_first, _ = _IN_HEADER.unpack_from(data)
    if shift not in _SHIFTS:
        return True
    size = 1 << shift
    sectors = len(data) // size
    if max(directories, tables, small_tables) > sectors:
        return True

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    listed = [*_numbers(data[76:_HEADER])]
    steps = 0
    while more_first < _FIRST_RESERVED:
        *more, more_first = _numbers(sector(more_first)) or (_FIRST_RESERVED,)
        listed += more
        steps += 1
        if steps > sectors:
            return True
    places = [number for number in listed if number < _FIRST_RESERVED]
    if len(places) > sectors:
        return True
    chains = [number for place in places for number in _numbers(sector(place))]
    if _has_ring(chains):
        return True

    def followed(number: int) -> bytes:
        parts = []
        while number < len(chains):
            parts.append(sector(number))
            number = chains[number]
        return b"".join(parts)

    directory = followed(first)
    lengths = (
        int.from_bytes(directory[at + 120 : at + 124], "little")
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)
        if directory[at + 66]
    )
    return any(length > len(data) for length in lengths) or _has_ring(_numbers(followed(small_first)))


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
