"""The demands as an Excel workbook: the table, and a second sheet that says what each column means.

Every cell is text, numbers of applications and winners excepted: a code such as `01` stays `01`, and nothing is a formula.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jiebang.site import labels
from jiebang.site.config import SiteConfig
from jiebang.site.exports.json.header import header
from jiebang.site.exports.json.objects import FOLDER
from jiebang.site.exports.table import Column, columns, is_risky, rows
from jiebang.site.grouping import GroupedDemands
from jiebang.view import PublicSite

XLSX = f"{FOLDER}/demands.xlsx"
_WIDTHS = {
    "title": 36, "summary": 48, "parameters": 48, "effect": 36, "schedule": 24, "cooperation": 18, "cooperation_note": 24,
    "enterprise_name": 28, "enterprise_title": 28, "enterprise_section_title": 18, "enterprise_division_title": 24,
    "district_title": 16, "field": 20, "category": 20, "path": 28,
}  # fmt: skip
_WIDTH = 13


class Book:
    """A workbook in memory whose bytes depend on nothing but what is written into it."""

    def __init__(self, title: str, author: str, day: str | None) -> None:
        self._stream = io.BytesIO()
        # Strings stay strings: no formulas, no numbers, no links made of what looks like one.
        plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._stream, {"in_memory": True, **plain})
        created = datetime.fromisoformat(day or "2000-01-01")
        self._book.set_properties({"title": title, "author": author, "created": created})
        self.head = self._format(bold=True, bg_color="#E8EEF0", border=1, border_color="#B8C4C8", text_wrap=True)
        self.bold = self._format(bold=True)
        self.big = self._format(bold=True, font_size=14)
        self.text = self._format()
        self.wrapped = self._format(text_wrap=True)
        self._quoted: dict[int, Format] = {id(form): self._format(quote_prefix=True) for form in (self.text,)}
        self._quoted[id(self.wrapped)] = self._format(text_wrap=True, quote_prefix=True)

    def _format(self, **properties: Any) -> Format:
        # 等线 and 宋体 come with Excel and WPS in China; others put their own Chinese font in its place.
        return self._book.add_format({"font_name": "宋体", "font_size": 10, "valign": "top", **properties})

    def formatted(self, **properties: Any) -> Format:
        """A format of one's own, with its twin for cells that look like a formula."""
        form = self._format(**properties)
        self._quoted[id(form)] = self._format(**properties, quote_prefix=True)
        return form

    def sheet(self, name: str) -> Worksheet:
        return self._book.add_worksheet(name)

    def put(self, sheet: Worksheet, row: int, column: int, text: str, form: Format | None = None) -> None:
        """A cell of text. One that looks like a formula also says so to a person who edits it (Excel shows an apostrophe)."""
        form = form or self.text
        if is_risky(text):
            form = self._quoted.get(id(form), form)
        sheet.write_string(row, column, text, form)

    def finished(self) -> bytes:
        self._book.close()
        return self._stream.getvalue()


def demands_xlsx(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> bytes:
    """The workbook's bytes."""
    head = header(site, config, "全部需求", len(grouped.all))
    book = Book(head["title"], head["publisher"]["name"], head["updated"])
    _demands(book, grouped, config)
    _columns(book, head)
    return book.finished()


def _demands(book: Book, grouped: GroupedDemands, config: SiteConfig) -> None:
    sheet = book.sheet("需求")
    sheet.freeze_panes(1, 0)
    listed = columns()
    for place, column in enumerate(listed):
        sheet.set_column(place, place, _WIDTHS.get(column.name, _WIDTH))
        book.put(sheet, 0, place, column.title, book.head)
    numeric = [column.shape["type"] == "integer" for column in listed]
    for number, row in enumerate(rows(grouped, config), 1):
        for place, text in enumerate(row):
            if text and numeric[place]:
                sheet.write_number(number, place, int(text), book.text)
            elif text:
                book.put(sheet, number, place, text)
    sheet.autofilter(0, 0, len(grouped.all), len(listed) - 1)


def _kind(column: Column) -> str:
    shape = column.shape
    if shape.get("format") == "date":
        return "日期（YYYY-MM-DD）"
    return {"integer": "整数", "array": "文本，多个值用顿号隔开"}.get(shape["type"], "文本")


def _columns(book: Book, head: dict[str, Any]) -> None:
    sheet = book.sheet("说明")
    for place, width in enumerate((24, 26, 22, 80)):
        sheet.set_column(place, place, width)
    book.put(sheet, 0, 0, head["title"], book.big)
    about = (
        ("发布单位", head["publisher"]["name"]),
        ("使用条件", head["licence"]["title"]),
        ("更新日期", head["updated"] or ""),
        ("空白单元格", f"没有这项内容，或按规定不公布。选择不公开的企业写作“{labels.ANONYMOUS}”。"),
    )
    for number, (name, text) in enumerate(about, 2):
        book.put(sheet, number, 0, name, book.bold)
        book.put(sheet, number, 1, text)
    top = len(about) + 3
    for place, title in enumerate(("列", "名称（供程序使用）", "类型", "说明")):
        book.put(sheet, top, place, title, book.head)
    for number, column in enumerate(columns(), top + 1):
        for place, text in enumerate((column.title, column.name, _kind(column), column.description)):
            book.put(sheet, number, place, text, book.wrapped)
