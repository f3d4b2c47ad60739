"""Workbooks whose cells show something else than they store, are struck, or carry a note."""

from __future__ import annotations

import io
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
