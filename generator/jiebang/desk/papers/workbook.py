"""A report as an Excel workbook, ready to print: A4, as wide as the page, its heads on every sheet; a round on one page with charts.

Texts are text cells and never formulas; numbers, shares and days are values that can be sorted and added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from jiebang.desk.reports.table import Bars, Column, Kind, Report, Row, Summary
from jiebang.desk.reports.table import Cell as Value
from jiebang.site.exports.workbook import Book

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_LINE = 14.5
_HIGHEST = 409
_TITLE, _HEI, _BODY = "方正小标宋简体", "黑体", "宋体"
_COLOURS = ("#2F5D8C", "#C8862B")
_ALIGN = {Kind.TEXT: "left", Kind.WORD: "center", Kind.NUMBER: "center", Kind.SHARE: "center", Kind.DAY: "center"}


def _wide(text: str) -> int:
    return sum(1 + (east_asian_width(character) in "WF") for character in text)


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """High enough for the longest cell: programs other than Excel do not work it out when they open a file."""
    lines = max((-(-_wide(text) // max(width - 1, 1)) for text, width in zip(texts, widths, strict=True)), default=1)
    return float(min(_LINE * max(lines, 1) + 6, _HIGHEST))


def _print(sheet: Worksheet, *, across: bool) -> None:
    sheet.set_paper(_A4)
    if across:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.65)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.set_footer("&C&9第 &P 页，共 &N 页")


class _Looks:
    """A format for each kind of value, in a plain row and in the row of sums."""

    def __init__(self, book: Book) -> None:
        self.title = book.formatted(font_name=_TITLE, font_size=18, align="center", valign="vcenter")
        self.about = book.formatted(font_name=_BODY, font_size=10, align="center", valign="vcenter")
        self.note = book.formatted(font_name=_BODY, font_size=9, text_wrap=True, valign="vcenter")
        edge: dict[str, Any] = {"border": 1, "border_color": "#7F7F7F", "text_wrap": True, "valign": "vcenter"}
        self.head = book.formatted(font_name=_HEI, align="center", bg_color="#E7EDF3", **edge)
        self.empty = book.formatted(font_name=_BODY, align="center", **edge)
        numbers = {Kind.DAY: "yyyy-mm-dd", Kind.NUMBER: "#,##0", Kind.SHARE: "0.0%"}
        self._kinds = {
            (kind, sums): book.formatted(
                font_name=_HEI if sums else _BODY,
                align=align,
                num_format=numbers.get(kind, "@"),
                **({"bg_color": "#F5F7F9"} if sums else {}),
                **edge,
            )
            for kind, align in _ALIGN.items()
            for sums in (False, True)
        }
        self._whole = {
            sums: book.formatted(font_name=_HEI if sums else _BODY, align="center", num_format="#,##0", **edge)
            for sums in (False, True)
        }

    def of(self, kind: Kind, value: Value, sums: bool) -> Format:
        if kind is Kind.SHARE and isinstance(value, int):
            return self._whole[sums]
        return self._kinds[kind, sums]


def _put(book: Book, sheet: Worksheet, place: tuple[int, int], value: Value, kind: Kind, form: Format) -> None:
    row, column = place
    if value is None:
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, form)
    elif kind is Kind.DAY:
        sheet.write_datetime(row, column, datetime.fromisoformat(value), form)
    else:
        book.put(sheet, row, column, value, form)


def _merged(book: Book, sheet: Worksheet, row: int, last: int, text: str, form: Format) -> None:
    if last:
        sheet.merge_range(row, 0, row, last, "", form)
    book.put(sheet, row, 0, text, form)


def _text(value: Value) -> str:
    return "" if value is None else f"{value:.1%}" if isinstance(value, float) else str(value)


def _line(
    book: Book, sheet: Worksheet, looks: _Looks, top: int, row: Row, columns: Sequence[Column], *, sums: bool
) -> None:
    for place, (value, column) in enumerate(zip(row, columns, strict=True)):
        _put(book, sheet, (top, place), value, column.kind, looks.of(column.kind, value, sums))
    sheet.set_row(top, _height([_text(value) for value in row], [column.width for column in columns]))


def report_xlsx(report: Report, author: str, day: str) -> bytes:
    """The report's bytes: one sheet, the heads in sight while it is scrolled and on every printed page."""
    book = Book(report.title, author, day)
    looks = _Looks(book)
    sheet = book.sheet(report.name)
    _print(sheet, across=True)
    sheet.fit_to_pages(1, 0)
    columns, listed = report.table.columns, report.table
    last = len(columns) - 1
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.set_row(0, 34)
    _merged(book, sheet, 0, last, report.title, looks.title)
    for number, text in enumerate(report.about, 1):
        sheet.set_row(number, 20)
        _merged(book, sheet, number, last, text, looks.about)
    top = 1 + len(report.about)
    for place, column in enumerate(columns):
        book.put(sheet, top, place, column.title, looks.head)
    sheet.set_row(top, _height([column.title for column in columns], [column.width for column in columns]) + 4)
    sheet.repeat_rows(top)
    sheet.freeze_panes(top + 1, 0)
    row = top
    for row, values in enumerate(listed.rows, top + 1):
        _line(book, sheet, looks, row, values, columns, sums=False)
    if listed.rows:
        sheet.autofilter(top, 0, row, last)
    else:
        row = top + 1
        sheet.set_row(row, 26)
        _merged(book, sheet, row, last, listed.empty, looks.empty)
    if listed.total is not None:
        row += 1
        _line(book, sheet, looks, row, listed.total, columns, sums=True)
    whole = sum(column.width for column in columns)
    for note in report.notes:
        row += 1
        sheet.set_row(row, _height([f"注：{note}"], [round(whole * 1.12)]))
        _merged(book, sheet, row, last, f"注：{note}", looks.note)
    sheet.print_area(0, 0, row, last)
    return book.finished()


# --- a round on one page ----------------------------------------------------------------------------------------------------

_COLUMNS = 8
_WIDTH = 11.5
_PIXELS = 86
"""Of a column of that width."""
_DATA = "数据"


def _data(book: Book, bars: Sequence[Bars]) -> list[int]:
    """A second sheet with the numbers behind the charts; where each begins."""
    sheet = book.sheet(_DATA)
    _print(sheet, across=False)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2, 18)
    tops, top = [], 0
    for one in bars:
        tops.append(top + 1)
        book.put(sheet, top, 0, one.title, book.bold)
        for place, (name, values) in enumerate(one.series, 1):
            book.put(sheet, top, place, name, book.bold)
            for number, (label, value) in enumerate(zip(one.labels, values, strict=True), top + 1):
                book.put(sheet, number, 0, label)
                sheet.write_number(number, place, value, book.text)
        top += len(one.labels) + 2
    return tops


def _chart(book: Book, bars: Bars, top: int) -> Any:
    """Bars that lie: the names of districts and industries are too long to stand below them."""
    chart = book.chart("bar")
    last = top + len(bars.labels) - 1
    font = {"name": _BODY, "size": 9}
    for place, (name, _) in enumerate(bars.series, 1):
        chart.add_series(
            {
                "name": name,
                "categories": [_DATA, top, 0, last, 0],
                "values": [_DATA, top, place, last, place],
                "fill": {"color": _COLOURS[place - 1]},
                "gap": 60,
                "data_labels": {"value": True, "font": {"name": _BODY, "size": 8}},
            }
        )
    chart.set_title({"name": bars.title, "name_font": {"name": _HEI, "size": 11, "bold": False}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": font} if len(bars.series) > 1 else {"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_y_axis({"num_font": font, "line": {"color": "#7F7F7F"}, "major_tick_mark": "none", "reverse": True})
    chart.set_chartarea({"border": {"color": "#BFBFBF"}})
    return chart


def summary_xlsx(summary: Summary, author: str, day: str) -> bytes:
    """The round on one upright page of A4, with the numbers of its charts on a second sheet."""
    book = Book(summary.title, author, day)
    looks = _Looks(book)
    sheet = book.sheet("总结")
    _print(sheet, across=False)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer("")
    last = _COLUMNS - 1
    sheet.set_column(0, last, _WIDTH)
    sheet.set_row(0, 36)
    _merged(book, sheet, 0, last, summary.title, looks.title)
    for number, text in enumerate(summary.about, 1):
        _merged(book, sheet, number, last, text, looks.about)
    row = 2 + len(summary.about)
    edge = {"border_color": "#7F7F7F", "align": "center", "valign": "vcenter"}
    for start in range(0, len(summary.figures), _COLUMNS // 2):
        sheet.set_row(row, 30)
        sheet.set_row(row + 1, 18)
        for place, figure in enumerate(summary.figures[start : start + _COLUMNS // 2]):
            left = place * 2
            big = book.formatted(
                font_name=_TITLE, font_size=22, font_color=_COLOURS[0], top=1, left=1, right=1, num_format=f'#,##0" {figure.unit}"', **edge
            )  # fmt: skip
            small = book.formatted(font_name=_HEI, font_size=10.5, bottom=1, left=1, right=1, **edge)
            sheet.merge_range(row, left, row, left + 1, "", big)
            sheet.write_number(row, left, figure.value, big)
            sheet.merge_range(row + 1, left, row + 1, left + 1, "", small)
            book.put(sheet, row + 1, left, figure.label, small)
        row += 2
    row += 1
    said = book.formatted(font_name=_BODY, font_size=11, text_wrap=True, valign="vcenter", indent=0)
    for text in summary.sentences:
        # At 11 points a line holds fewer characters than at the sheet's ten.
        sheet.set_row(row, _height([f"　　{text}"], [round(_COLUMNS * _WIDTH * 0.95)]) + 3)
        _merged(book, sheet, row, last, f"　　{text}", said)
        row += 1
    row += 1
    row = _charts(book, sheet, summary, row)
    for note in summary.notes:
        _merged(book, sheet, row, last, f"注：{note}", looks.note)
        row += 1
    sheet.print_area(0, 0, row - 1, last)
    return book.finished()


_ROW_PIXELS = 20
_TALL, _LOW = 26, 15
"""Rows that the first chart takes, and those below it."""


def _charts(book: Book, sheet: Worksheet, summary: Summary, row: int) -> int:
    """The first across the page, the others side by side below it; the row behind them."""
    tops = _data(book, summary.bars)
    half = _COLUMNS // 2
    for number, (bars, top) in enumerate(zip(summary.bars, tops, strict=True)):
        if not bars.labels:
            continue
        chart = _chart(book, bars, top)
        columns, rows = (half, _LOW) if number else (_COLUMNS, _TALL)
        # A little less than the cells below: the edge of a chart that ends with the page is cut off.
        chart.set_size({"width": columns * _PIXELS - 6, "height": rows * _ROW_PIXELS - 6})
        place = (row + _TALL, half if number == 2 else 0) if number else (row, 0)
        sheet.insert_chart(*place, chart, {"object_position": 2, "x_offset": 2, "y_offset": 2})
    return row + _TALL + _LOW
