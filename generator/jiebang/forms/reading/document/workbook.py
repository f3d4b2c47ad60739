"""Workbooks through calamine: merged ranges become one cell, every cell keeps its address and what the workbook says it holds."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from jiebang.forms.reading.document import compound, doubts, number_formats, ods_looks, xls_looks
from jiebang.forms.reading.document.archive import Archive
from jiebang.forms.reading.document.cell_looks import Look, Place, Sheet, looks_of
from jiebang.forms.reading.document.file_types import XLSX
from jiebang.forms.reading.document.grid import DAY, NUMBER, TEXT, Block, Cell, Document, Line, Table, clean
from jiebang.forms.reading.findings import FormError

_OLD = b"\x09\x08\x08\x00\x00\x05\x05\x00"
"""The first record of a workbook of that age: BOF, version 5, globals."""
_GBK = b"\x42\x00\x02\x00\xa8\x03"
_WESTERN = b"\x42\x00\x02\x00\xe4\x04"

_BYTES = {bytes([code]).decode("cp1252", errors="ignore") or chr(code): code for code in range(256)}


def keep_bytes(data: bytes) -> tuple[bytes, bool]:
    """The file with its code page renamed, and whether its texts have to be decoded."""
    start = data.find(_OLD)
    place = data.find(_GBK, start, start + 4096) if start >= 0 else -1
    if place < 0:
        return data, False
    return data[:place] + _WESTERN + data[place + len(_GBK) :], True


def decoded(text: str) -> str:
    """The Chinese of a text that holds a byte in each character."""
    try:
        return bytes(_BYTES[character] for character in text).decode("gb18030", errors="replace")
    except KeyError:
        return text


MAX_SHEETS = 50
MAX_ROWS = 3000
MAX_COLUMNS = 200

_ROW = re.compile(rb'<row\b[^>]*\br="([0-9]{1,7})"(?:[^>]*[^/>])?>(.*?)</row>', re.DOTALL)
_FILLED = re.compile(rb'<c\b(?:[^>]*\br="([A-Z]{1,3})[0-9]{1,7}")?(?:[^>]*[^/>])?>')
_HIDDEN = re.compile(rb'<(?:row|col)\b[^>]*\bhidden="(?:1|true)"')


def column_name(number: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _column_number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def _too_large(what: str) -> FormError:
    return FormError(f"工作表太大（{what}），不像一张表格。", "删去表格以外的内容后另存一份再试。")


def refuse_huge(archive: Archive) -> None:
    """Refuses a sheet whose filled cells lie so far apart that the rectangle around them would fill the memory."""
    for name, data in archive.members.items():
        if not name.startswith("xl/worksheets/"):
            continue
        for row in _ROW.finditer(data):
            filled = [
                match.group(1)
                for match in _FILLED.finditer(row.group(2))
                if b"<v" in row.group(2) or b"<is" in row.group(2)
            ]
            if filled and int(row.group(1)) > MAX_ROWS:
                raise _too_large(f"用到第 {int(row.group(1))} 行")
            wide = max((_column_number(name.decode()) for name in filled if name), default=0)
            if max(wide, len(filled)) > MAX_COLUMNS:
                raise _too_large(f"用到第 {max(wide, len(filled))} 列")


def sheet_notes(archive: Archive) -> list[str]:
    """What a workbook holds that is not read, or not as it looks."""
    notes = []
    if any(_HIDDEN.search(data) for name, data in archive.members.items() if name.startswith("xl/worksheets/")):
        notes.append("工作表里有隐藏的行或列，内容照样读了。")
    if any(
        b"<strike" in data
        for name, data in archive.members.items()
        if name.endswith(("sharedStrings.xml", "styles.xml"))
    ):
        notes.append("工作簿里用了删除线，划掉的文字也读了。")
    return notes


def _shown(value: Any) -> tuple[str, str]:
    """A value as text, and what kind of value it was."""
    if isinstance(value, bool):
        return ("是" if value else "否"), TEXT
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return format(number.to_integral_value() if number == number.to_integral_value() else number, "f"), NUMBER
    if isinstance(value, datetime.datetime):
        return (value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")), DAY
    if isinstance(value, datetime.date):
        return value.isoformat(), DAY
    return clean(str(value)).strip(), TEXT


_ERROR = re.compile(
    r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|GETTING_DATA)"
)
"""What a spreadsheet shows for a formula that has no value; Err:502 in LibreOffice."""
_ERROR_OF_LIBREOFFICE = re.compile(r"Err:[0-9]{3}|#(?:REF|VALUE|NAME)!?|#名称\?|#值!")
_OF_AN_ERROR = re.compile(rb"(<(?:\w+:)?c\b[^>]*?\st=)([\"'])e\2")


def _with_errors(archive: Archive) -> Archive:
    """A workbook whose errors are texts: calamine tells an empty cell for an error."""
    sheets = {
        name: _OF_AN_ERROR.sub(rb"\1\2str\2", data)
        for name, data in archive.members.items()
        if name.startswith("xl/worksheets/")
    }
    return replace(archive, members={**archive.members, **sheets})


_OWN_UNIT = re.compile(r"(?:人民币|[¥￥])?\s*(?:万元|人|名)?")
"""Words beside a number that change nothing: currency, and the unit that the form's own column has."""
_OTHER_UNIT = re.compile(r"[亿万千百元圆美港欧镑$€£%‰kKmM]")


def _looking(text: str, kind: str, look: Look) -> tuple[str, str, tuple[str, ...]]:
    """A cell's text and kind as it looks, and what is in doubt about it."""
    told = [doubts.doubt(doubts.COMMENT, clean(look.note))] if look.note else []
    if kind == TEXT and look.shown:
        text = clean(look.shown).strip()
    told += _errors(text)
    if look.hidden and text:
        told.append(doubts.doubt(doubts.HIDDEN, text))
    if look.all_struck and text:
        return "〔删除线文字〕", TEXT, (*told, doubts.doubt(doubts.STRUCK, text))
    for piece in look.struck:
        text = text.replace(clean(piece).strip(), "〔删除线文字〕", 1)
        told.append(doubts.doubt(doubts.STRUCK, clean(piece)))
    if kind == DAY and _hides_part_of_the_day(look):
        told.append(doubts.doubt(doubts.STORED, f"{text}，显示的不是完整的年月日{look.shown}"))
    if kind == NUMBER and look.shown:
        return _as_shown(text, look.shown, told)
    seen = number_formats.shown(Decimal(text), look.number_format) if kind == NUMBER and look.number_format else None
    if seen is None:
        return text, kind, tuple(told)
    stored = Decimal(text)
    same = seen.number is not None and abs(seen.number - stored) <= abs(stored) * Decimal("1e-12")
    if not same or (_OTHER_UNIT.search(seen.words) and not _OWN_UNIT.fullmatch(seen.words)):
        told.append(doubts.doubt(doubts.STORED, f"{text}，显示为“{seen.text}”"))
    elif seen.set_apart or re.match("0[0-9]", seen.text):
        return seen.text, TEXT, tuple(told)
    return text, kind, tuple(told)


def _errors(text: str) -> list[str]:
    plain = text.strip()
    return (
        [doubts.doubt(doubts.ERROR, plain)] if _ERROR.fullmatch(plain) or _ERROR_OF_LIBREOFFICE.fullmatch(plain) else []
    )


def _hides_part_of_the_day(look: Look) -> bool:
    if look.shown:
        return len(re.findall("[0-9]+|[〇零一二三四五六七八九十]+", look.shown)) < len(("年", "月", "日"))
    return bool(look.number_format) and not number_formats.shows_a_whole_day(look.number_format)


_DIGITS = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


def _as_shown(text: str, shown: str, told: list[str]) -> tuple[str, str, tuple[str, ...]]:
    """A number of a file that says itself what is shown for it."""
    numbers = _DIGITS.findall(shown)
    words = _DIGITS.sub("", shown).strip(" -()")
    if len(numbers) == 1 and re.match("0[0-9]", numbers[0]):
        return shown.strip(), TEXT, tuple(told)
    if "".join(numbers) == text and len(numbers) > 1:
        # 027-00000002
        return shown.strip(), TEXT, tuple(told)
    same = len(numbers) == 1 and Decimal(numbers[0].replace(",", "")) == abs(Decimal(text))
    if not same or (_OTHER_UNIT.search(words) and not _OWN_UNIT.fullmatch(words)):
        told.append(doubts.doubt(doubts.STORED, f"{text}，显示为“{shown}”"))
    return text, NUMBER, tuple(told)


def _cells(name: str, sheet: CalamineSheet, old: bool, looks: Mapping[Place, Look]) -> Iterator[Cell]:
    spans = {start: (end[0] - start[0] + 1, end[1] - start[1] + 1) for start, end in sheet.merged_cell_ranges or ()}
    covered = {
        (row + r, column + c)
        for (row, column), (rows, columns) in spans.items()
        for r in range(min(rows, MAX_ROWS))
        for c in range(min(columns, MAX_COLUMNS))
        if r or c
    }
    for row, values in enumerate(sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)):
        for column, value in enumerate(values[:MAX_COLUMNS]):
            if (row, column) in covered:
                continue
            if old and isinstance(value, str):
                value = decoded(value)
            rows, columns = spans.get((row, column), (1, 1))
            text, kind = _shown(value)
            text, kind, told = _looking(text, kind, looks.get((row, column), Look()))
            if text or told or (rows, columns) != (1, 1):
                yield Cell(text, f"{name}!{column_name(column)}{row + 1}", row, column, rows, columns, kind, told)


def read_workbook(archive: Archive, kind: str) -> Document:
    """The content of a .xlsx or .ods."""
    notes = [*archive.notes, *sheet_notes(archive)]
    if kind == XLSX:
        refuse_huge(archive)
    looks = looks_of if kind == XLSX else ods_looks.looks_of
    packed = (_with_errors(archive) if kind == XLSX else archive).packed()
    return read_sheets(packed, tuple(notes), lambda: looks(archive))


_LOCKED = ("文件加了打开密码。", "打开文件，去掉密码后另存一份再试。")
_BROKEN = ("工作簿损坏，读不通。", "用 Excel 打开后另存一份再试。")


def read_sheets(
    data: bytes,
    notes: tuple[str, ...] = (),
    looks_of_it: Callable[[], Mapping[str, Sheet]] | None = None,
) -> Document:
    """The content of a .xls or .et, or of a packed workbook: one table per sheet that is shown."""
    told = list(notes)
    blocks: list[Block] = []
    if data.startswith(compound.MARK) and compound.claims_too_much(data):
        raise FormError(*_BROKEN)
    looks: Mapping[str, Sheet] = {}
    try:
        looks = looks_of_it() if looks_of_it else xls_looks.looks_of(data)
    except (ExpatError, ValueError, LookupError):
        told.append("单元格的格式和批注读不出，没有核对显示的和存的数是不是一样。")
    data, old = keep_bytes(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        listed = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        if len(listed) > MAX_SHEETS:
            raise _too_large(f"有 {len(listed)} 张工作表")
        for metadata in listed:
            name = decoded(metadata.name) if old else metadata.name
            if metadata.visible is not SheetVisibleEnum.Visible:
                told.append(f"工作表“{name}”是隐藏的，没有读。")
                continue
            sheet = workbook.get_sheet_by_name(metadata.name)
            if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
                raise _too_large(f"{sheet.total_height} 行、{sheet.total_width} 列")
            seen = looks.get(name, Sheet())
            blocks.append(Table(tuple(_cells(name, sheet, old, seen.looks))))
            if over := doubts.boxes(clean(text) for text in seen.boxes):
                blocks.append(Line("", f"{name}!文本框", over))
    except BaseException as error:
        # Beside its own error calamine has that of Rust's programs that give up, which is no Exception and has no name to import.
        if not isinstance(error, CalamineError) and type(error).__name__ != "PanicException":
            raise
        locked = "assword" in str(error)
        raise FormError(*(_LOCKED if locked else _BROKEN)) from error
    return Document(tuple(blocks), tuple(told))
