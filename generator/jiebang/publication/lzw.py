"""LZW as PDF has it (LZWDecode): codes of nine to twelve bits, the widest of which comes one code early unless a stream says otherwise."""

from __future__ import annotations

from jiebang.publication import unpacking
from jiebang.publication.unpacking import TOO_LARGE, UnreadableError

_CLEAR, _END, _MOST = 256, 257, 4096


def is_lzw(data: bytes) -> bool:
    """Whether a stream may be one: it begins with the code that empties the table."""
    return len(data) > 2 and data[0] == 0x80 and data[1] < 0x80


def without_lzw(data: bytes) -> bytes:
    """What is packed in a stream; of one that is none, or damaged, as much as there is. Raises UnreadableError."""
    told, whole = _decoded(data, 1)
    if not whole:
        other, whole = _decoded(data, 0)
        if whole or len(other) > len(told):
            return other
    return told


def _decoded(data: bytes, early: int) -> tuple[bytes, bool]:
    """(what was read, whether that is all)"""
    table: list[bytes] = []
    told, before = bytearray(), b""
    held = bits = 0
    width = 9
    for byte in data:
        held, bits = held << 8 | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, held = held >> bits, held & (1 << bits) - 1
        if code == _END:
            return bytes(told), True
        if code == _CLEAR:
            table, before, width = [*(bytes([letter]) for letter in range(256)), b"", b""], b"", 9
            continue
        if code < len(table):
            entry = table[code]
        elif code == len(table) and before:
            entry = before + before[:1]
        else:
            return bytes(told), False
        told += entry
        if len(told) > unpacking.MOST_BYTES:
            raise UnreadableError(TOO_LARGE)
        if before and len(table) < _MOST:
            table.append(before + entry[:1])
        before = entry
        width = min(12, max(9, (len(table) + early).bit_length()))
    return bytes(told), False
