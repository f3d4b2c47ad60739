"""How the cells of a .xls look: the format of a number, what is struck out or hidden, the notes and text boxes on them.

Pieces of a text that are struck are not followed here. Source: [MS-XLS] 2.4 (records by their number); for workbooks of Excel 5, whose
texts are bytes of the code page, the same records in their older form.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jiebang.forms.reading.document import compound
from jiebang.forms.reading.document.cell_looks import Look, Place, Sheet
from jiebang.forms.reading.document.number_formats import BUILT_IN

_BOF, _EOF, _SHEET, _FONT, _XF, _FORMAT = 0x0809, 0x000A, 0x0085, 0x0031, 0x00E0, 0x041E
_ROW, _COLUMNS, _NOTE, _OBJECT, _OBJECT_TEXT, _CONTINUE = 0x0208, 0x007D, 0x001C, 0x005D, 0x01B6, 0x003C
_NUMBERS, _MANY_NUMBERS, _TEXTS = {0x0203, 0x027E, 0x0006}, 0x00BD, {0x0204, 0x00FD, 0x00D6, 0x0205}
_NEW = 0x0600
"""Version of Excel 97 and later."""
_OF_A_NOTE = 0x19
_STRIKE, _NO_HEIGHT, _HIDDEN_COLUMNS, _WIDE = 0x0008, 0x0020, 0x0001, 0x01
_NO_SUCH_FONT = 4
_MOST_SHEETS, _MOST_COLUMNS = 50, 256


def _records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _text(data: bytes, length: int, new: bool) -> str:
    """A text of `length` characters, with its sign of width in front where the file is new."""
    if not new:
        return data[:length].decode("gb18030", errors="replace")
    if data[:1] and data[0] & _WIDE:
        return data[1 : 1 + 2 * length].decode("utf-16-le", errors="replace")
    return data[1 : 1 + length].decode("latin-1")


@dataclass(slots=True)
class _Book:
    new: bool = True
    sheets: dict[str, int] = field(default_factory=dict)
    fonts: list[bool] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    cells: list[tuple[int, int]] = field(default_factory=list)

    def look(self, style: int, is_number: bool) -> Look:
        font, code = self.cells[style] if style < len(self.cells) else (0, 0)
        font -= font > _NO_SUCH_FONT
        shown = self.codes.get(code, "") if is_number else ""
        return Look(shown if shown != "General" else "", font < len(self.fonts) and self.fonts[font])


def _globals(stream: bytes) -> _Book:
    book = _Book()
    for kind, data in _records(stream):
        if kind == _EOF:
            break
        if kind == _BOF:
            book.new = struct.unpack_from("<H", data)[0] >= _NEW
        elif kind == _SHEET and len(book.sheets) < _MOST_SHEETS:
            book.sheets[_text(data[7:], data[6], book.new)] = struct.unpack_from("<I", data)[0]
        elif kind == _FONT:
            book.fonts.append(bool(struct.unpack_from("<2xH", data)[0] & _STRIKE))
        elif kind == _XF:
            font, code = struct.unpack_from("<HH", data)
            book.cells.append((font, code))
        elif kind == _FORMAT:
            number, length = struct.unpack_from("<HH" if book.new else "<HB", data)
            book.codes[number] = _text(data[4 if book.new else 3 :], length, book.new)
    return book


@dataclass(slots=True)
class _Open:
    """What was read of a sheet so far."""

    looks: dict[Place, Look] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    notes: dict[Place, int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)


_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_FORMULA, _BOOLEAN_OR_ERROR, _NO_NUMBER, _AN_ERROR = 0x0006, 0x0205, 0xFFFF, 2


def _error(kind: int, data: bytes) -> str:
    """What is shown for a cell whose value is an error; empty for another one."""
    if kind == _BOOLEAN_OR_ERROR and len(data) > 7 and data[7]:
        return _ERRORS.get(data[6], "#UNKNOWN!")
    if kind == _FORMULA and struct.unpack_from("<12xH", data)[0] == _NO_NUMBER and data[6] == _AN_ERROR:
        return _ERRORS.get(data[8], "#UNKNOWN!")
    return ""


def _sheet(book: _Book, stream: bytes, at: int) -> Sheet:
    found = _Open()
    depth = 0
    drawn, identifier, length = 0, 0, 0
    for kind, data in _records(stream, at):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            break
        if depth > 1:
            # A chart inside the sheet.
            continue
        if kind in _NUMBERS or kind in _TEXTS:
            row, column, style = struct.unpack_from("<HHH", data)
            found.looks[row, column] = book.look(style, kind in _NUMBERS)
            if error := _error(kind, data):
                found.looks[row, column] = replace(found.looks[row, column], shown=error)
        elif kind == _MANY_NUMBERS:
            row, first = struct.unpack_from("<HH", data)
            for number in range((len(data) - 6) // 6):
                style = struct.unpack_from("<H", data, 4 + 6 * number)[0]
                found.looks[row, first + number] = book.look(style, is_number=True)
        elif kind == _ROW and struct.unpack_from("<12xH", data)[0] & _NO_HEIGHT:
            found.rows.add(struct.unpack_from("<H", data)[0])
        elif kind == _COLUMNS and struct.unpack_from("<8xH", data)[0] & _HIDDEN_COLUMNS:
            first, last = struct.unpack_from("<HH", data)
            found.columns.update(range(first, min(last + 1, _MOST_COLUMNS)))
        elif kind == _NOTE and book.new:
            row, column, identifier_of = struct.unpack_from("<HH2xH", data)
            found.notes[row, column] = identifier_of
        elif kind == _NOTE:
            row, column, length_of = struct.unpack_from("<HHH", data)
            found.looks.setdefault((row, column), Look()).note = _text(data[6:], length_of, new=False)
        elif kind == _OBJECT and book.new:
            drawn, identifier = struct.unpack_from("<4xHH", data)
        elif kind == _OBJECT_TEXT and book.new:
            length = struct.unpack_from("<10xH", data)[0]
        elif kind == _CONTINUE and length:
            text, length = _text(data, length, new=True), 0
            if drawn == _OF_A_NOTE:
                found.texts[identifier] = text
            else:
                found.boxes.append(text)
    return _closed(found)


def _closed(found: _Open) -> Sheet:
    for place, number in found.notes.items():
        found.looks.setdefault(place, Look()).note = found.texts.get(number, "") or "（批注）"
    for (row, column), look in found.looks.items():
        look.hidden = row in found.rows or column in found.columns
    return Sheet({place: look for place, look in found.looks.items() if look != Look()}, found.boxes)


def looks_of(data: bytes) -> dict[str, Sheet]:
    """The looks by sheet. ValueError where the records are not what they should be."""
    try:
        stream = next((one for one in compound.streams(data) if one[:2] == _BOF.to_bytes(2, "little")), b"")
        book = _globals(stream)
        return {name: _sheet(book, stream, at) for name, at in book.sheets.items()}
    except (struct.error, IndexError) as error:
        raise ValueError("not the records of a workbook") from error
