"""CRC-32 of contents one behind the other, from the CRC-32 of each: what is in an archive is not read again to be summed up.

A content is a polynomial over two elements, and its CRC the rest of a division (ISO/IEC/IEEE 8802-3, 3.2.9; ZIP: APPNOTE 4.4.7). Of two one
behind the other the first is that much longer: its rest is multiplied by x to the number of bits of the second, and the second's is added. The
lowest bit of a number is the highest power of x here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import NamedTuple

_DIVISOR = 0xEDB88320
_ONE, _BYTE = 1 << 31, 1 << 23
"""1 and x to the 8."""


class Checked(NamedTuple):
    """How many bytes a content has, and their CRC-32."""

    size: int
    crc: int


def checked(content: bytes) -> Checked:
    """The same of bytes at hand."""
    return Checked(len(content), zlib.crc32(content))


def joined(parts: Iterable[Checked]) -> Checked:
    """That of contents one behind the other."""
    size = crc = 0
    for part in parts:
        size, crc = size + part.size, _times(crc, _of_bytes(part.size)) ^ part.crc
    return Checked(size, crc)


def _times(one: int, other: int) -> int:
    """The rest of a product."""
    product, power = 0, _ONE
    while power:
        if one & power:
            product ^= other
        other = other >> 1 ^ (_DIVISOR if other & 1 else 0)
        power >>= 1
    return product


def _of_bytes(count: int) -> int:
    """The rest of x to eight times so many."""
    power, square = _ONE, _BYTE
    while count:
        if count & 1:
            power = _times(power, square)
        square = _times(square, square)
        count >>= 1
    return power
