"""A workbook as Excel 5 wrote it in China (texts in GBK, code page 936) or as Excel 97 did, in a compound file. No program at hand writes these."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


_NOT_AVAILABLE = 42


@dataclass(frozen=True)
class Looks:
    """How some cells look: formats of numbers, struck cells, notes, hidden rows, and text boxes over the sheet (these in new files only)."""

    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    struck: Sequence[tuple[int, int]] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: Sequence[int] = ()
    boxes: Sequence[str] = ()
    errors: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """Cells that hold an error, by its code: each a value, and those with code 42 the result of a formula."""


def _text(text: str, length: str, new: bool) -> bytes:
    if not new:
        encoded = text.encode("gbk")
        return struct.pack(f"<{length}", len(encoded)) + encoded
    return struct.pack(f"<{length}B", len(text), 1) + text.encode("utf-16-le")


def _styles(looks: Looks, new: bool) -> bytes:
    """Fonts 0 and 1 (struck); formats from 164 on; cells' styles 0, 1 (struck), then one a format."""
    fonts = b"".join(
        _record(0x0031, struct.pack("<HHHHHBBBB", 200, strike, 0x7FFF, 400, 0, 0, 0, 0, 0) + _text("宋体", "B", new))
        for strike in (0, 8)
    )
    codes = [*dict.fromkeys(looks.formats.values())]
    formats = b"".join(
        _record(0x041E, struct.pack("<H", 164 + n) + _text(code, "H" if new else "B", new))
        for n, code in enumerate(codes)
    )
    rest = bytes(16 if new else 12)
    cells = b"".join(
        _record(0x00E0, struct.pack("<HH", *pair) + rest)
        for pair in [(0, 0), (1, 0), *((0, 164 + n) for n in range(len(codes)))]
    )
    return fonts + formats + cells


def _drawn(kind: int, number: int, text: str) -> bytes:
    """An object with its text, as Excel 97 and later write it."""
    return (
        _record(0x005D, struct.pack("<HHHHH", 0x15, 0x12, kind, number, 0) + bytes(16))
        + _record(0x01B6, struct.pack("<HHHHHHHI", 0, 0, 0, 0, 0, len(text), 0, 0))
        + _record(0x003C, b"\1" + text.encode("utf-16-le"))
    )


def _notes(looks: Looks, new: bool) -> bytes:
    if not new:
        return b"".join(
            _record(0x001C, struct.pack("<HH", *place) + _text(text, "H", new)) for place, text in looks.notes.items()
        )
    drawn = b"".join(_drawn(0x19, number, text) for number, text in enumerate(looks.notes.values(), 1))
    drawn += b"".join(_drawn(0x06, number, text) for number, text in enumerate(looks.boxes, 101))
    told = (
        _record(0x001C, struct.pack("<HHHH", *place, 0, number) + _text("某", "H", new) + b"\0")
        for number, place in enumerate(looks.notes, 1)
    )
    return drawn + b"".join(told)


def _book(name: str, cells: Mapping[tuple[int, int], str | float], looks: Looks, new: bool) -> bytes:
    """The workbook stream: globals, then one sheet."""
    version = 0x0600 if new else 0x0500
    tail = bytes(8) if new else b""
    sheet = _record(0x0809, struct.pack("<HHHH", version, 0x0010, 0, 0) + tail)
    for row in looks.hidden:
        sheet += _record(0x0208, struct.pack("<HHHHHHHH", row, 0, 6, 255, 0, 0, 0x20, 0))
    codes = [*dict.fromkeys(looks.formats.values())]
    for (row, column), value in sorted(cells.items()):
        place = (row, column)
        style = 1 if place in looks.struck else 2 + codes.index(looks.formats[place]) if place in looks.formats else 0
        if isinstance(value, str):
            sheet += _record(0x0204, struct.pack("<HHH", row, column, style) + _text(value, "H", new))
        else:
            sheet += _record(0x0203, struct.pack("<HHHd", row, column, style, value))
    for (row, column), code in looks.errors.items():
        at = struct.pack("<HHH", row, column, 0)
        if code == _NOT_AVAILABLE:
            sheet += _record(
                0x0006, at + bytes([2, 0, code, 0, 0, 0, 255, 255]) + bytes(6) + struct.pack("<HBB", 2, 0x1C, code)
            )
        else:
            sheet += _record(0x0205, at + bytes([code, 1]))
    sheet += _notes(looks, new) + _record(0x000A, b"")

    def head(offset: int) -> bytes:
        bound = struct.pack("<IBB", offset, 0, 0) + _text(name, "B", new)
        return (
            _record(0x0809, struct.pack("<HHHH", version, 0x0005, 0, 0) + tail)
            + _record(0x0042, struct.pack("<H", 1200 if new else 936))
            + _styles(looks, new)
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


def placed(rows: Iterable[Iterable[tuple[str | float, int]]]) -> dict[tuple[int, int], str | float]:
    """Rows of (value, how many columns it takes) by row and column; without those that are empty."""
    cells: dict[tuple[int, int], str | float] = {}
    for number, row in enumerate(rows):
        column = 0
        for value, width in row:
            if value != "":
                cells[number, column] = value
            column += width
    return cells


def xls(
    name: str, cells: Mapping[tuple[int, int], str | float], looks: Looks | None = None, *, new: bool = False
) -> bytes:
    """The file's bytes; `new`: as Excel 97 and later write it."""
    book = _book(name, cells, looks or Looks(), new)
    book = book.ljust(max(4096, -(-len(book) // _SECTOR) * _SECTOR), b"\0")
    count = len(book) // _SECTOR
    directory = (
        _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook" if new else "Book", 2, _FREE, 0, len(book)) + bytes(256)
    )
    chain = [*range(1, count), _END, _END, _FAT]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        + struct.pack("<IIIIIIIII", 0, 1, count, 0, 4096, _END, 0, _END, 0)
        + struct.pack("<I", count + 1) + b"\xff" * (108 * 4)
    )  # fmt: skip
    return header + book + directory + fat
