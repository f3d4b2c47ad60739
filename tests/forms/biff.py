"""A workbook as Excel 5 wrote it in China: texts in GBK (code page 936), in a compound file. No program at hand writes these any more."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _book(name: str, cells: Mapping[tuple[int, int], str | float]) -> bytes:
    """The workbook stream: globals, then one sheet."""
    sheet = _record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0))
    for (row, column), value in sorted(cells.items()):
        if isinstance(value, str):
            text = value.encode("gbk")
            sheet += _record(0x0204, struct.pack("<HHHH", row, column, 0, len(text)) + text)
        else:
            sheet += _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    sheet += _record(0x000A, b"")
    title = name.encode("gbk")

    def head(offset: int) -> bytes:
        bound = struct.pack("<IBBB", offset, 0, 0, len(title)) + title
        return (
            _record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0))
            + _record(0x0042, struct.pack("<H", 936))
            + _record(0x0085, bound)
            + _record(0x000A, b"")
        )

    return head(len(head(0))) + sheet


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBB", len(encoded) + 2, kind, 1)
        + struct.pack("<III", _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def xls(name: str, cells: Mapping[tuple[int, int], str | float]) -> bytes:
    """The file's bytes."""
    book = _book(name, cells)
    book = book.ljust(max(4096, -(-len(book) // _SECTOR) * _SECTOR), b"\0")
    count = len(book) // _SECTOR
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Book", 2, _FREE, 0, len(book)) + bytes(256)
    chain = [*range(1, count), _END, _END, _FAT]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        + struct.pack("<IIIIIIIII", 0, 1, count, 0, 4096, _END, 0, _END, 0)
        + struct.pack("<I", count + 1) + b"\xff" * (108 * 4)
    )  # fmt: skip
    return header + book + directory + fat
