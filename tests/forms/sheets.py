"""Workbooks whose cells show something else than they store, are struck, or carry a note."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from tests.forms import make


@dataclass(frozen=True)
class Shown:
    """A cell: what it stores, how it is shown, the note on it."""

    value: Any
    number_format: str = "General"
    struck: bool = False
    note: str = ""
    partly: tuple[str, str] | None = None
    """Text in two pieces, of which the second is struck."""


def workbook(rows: Sequence[make.Row], hidden: Mapping[str, Sequence[make.Row]] | None = None) -> bytes:
    """One sheet of rows, and hidden sheets."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name, content in {"需求表": rows, **(hidden or {})}.items():
            sheet = book.add_worksheet(name)
            if name != "需求表":
                sheet.hide()
            for number, row in enumerate(content):
                column = 0
                for answer, width in row:
                    cell = answer if isinstance(answer, Shown) else Shown(answer)
                    look = book.add_format({"num_format": cell.number_format, "font_strikeout": cell.struck})
                    if width > 1:
                        sheet.merge_range(number, column, number, column + width - 1, "", look)
                    if cell.partly:
                        struck = book.add_format({"font_strikeout": True})
                        sheet.write_rich_string(number, column, cell.partly[0], struck, cell.partly[1], look)
                    elif isinstance(cell.value, int | float):
                        sheet.write_number(number, column, cell.value, look)
                    elif cell.value:
                        sheet.write_string(number, column, cell.value, look)
                    if cell.note:
                        sheet.write_comment(number, column, cell.note)
                    column += width
    return stream.getvalue()


def annex1(answers: Mapping[str, Any] | None = None, demands: Sequence[tuple[Any, Any]] = make.DEMANDS) -> bytes:
    """Annex 1; an answer may be a `Shown`."""
    title: list[make.Row] = [[("大企业技术创新需求表", 6)]]
    return workbook([*title, *make.annex1_rows({**make.ENTERPRISE, **(answers or {})}), *make.demand_rows(demands)])


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{name}="{_OFFICE}:{space}:1.0"'
    for name, space in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "draw": "drawing",
    }.items()
)
_STRUCK = (
    "<office:automatic-styles>"
    + "".join(f'<style:style style:name="Struck{family}" style:family="{family}"><style:text-properties style:text-line-through-style="solid"/></style:style>' for family in ("table-cell", "text"))
    + "</office:automatic-styles>"
)  # fmt: skip


class Cell(str):
    """An .ods cell as XML, where a plain text is a text."""

    __slots__ = ()


def cell(*inner: str, number: float | None = None, day: str = "", struck: bool = False) -> Cell:
    """A cell with what is shown for it."""
    kind = (
        f'float" office:value="{number}'
        if number is not None
        else f'date" office:date-value="{day}'
        if day
        else "string"
    )
    style = ' table:style-name="Strucktable-cell"' if struck else ""
    return Cell(f'<table:table-cell{style} office:value-type="{kind}">{"".join(inner)}</table:table-cell>')


def line(text: str) -> str:
    """A paragraph of an .ods."""
    return f"<text:p>{text}</text:p>"


def ods(rows: Sequence[make.Row], hidden: Sequence[int] = ()) -> bytes:
    """One sheet of rows, some of them hidden, and the empty rest of the sheet that LibreOffice writes behind them."""
    made = []
    for number, row in enumerate(rows):
        cells = ""
        for answer, width in row:
            inner = (
                answer
                if isinstance(answer, Cell)
                else cell(*map(line, str(answer).split("\n")))
                if answer != ""
                else Cell("<table:table-cell/>")
            )
            cells += inner.replace("<table:table-cell", f'<table:table-cell table:number-columns-spanned="{width}"', 1)
            cells += "<table:covered-table-cell/>" * (width - 1)
        made.append(
            f"<table:table-row{' table:visibility=' + chr(34) + 'collapse' + chr(34) if number in hidden else ''}>{cells}</table:table-row>"
        )
    rest = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}>{_STRUCK}<office:body><office:spreadsheet>'
        f'<table:table table:name="需求表">{"".join(made)}{rest}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0"/>')
    return stream.getvalue()
