"""The 需求目录 as an Excel sheet, ready to print: A3 across, the heads on every page, every cell text.

需求内容 stands in a column for each of its parts: a row of Excel is no higher than 409 points, and parts can be filtered.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from jiebang.site.exports.directory.content import COLUMNS, NEED, PARTS, Directory, Row
from jiebang.site.exports.workbook import Book

_OTHERS = {
    "序号": 5,
    "代码": 10,
    "名称": 18,
    "所属行业": 12,
    "所在区": 12,
    "发榜企业": 16,
    "揭榜截止": 11,
    "联系部门": 18,
}
_NEED = (34, 34, 28, 14, 16)
"""Characters across the columns of 需求内容's parts; a Han character is two."""
_A3 = 8
_LINE = 13.5
_HIGHEST = 409
_TOO_LONG = "有的单元格内容较长，超过 Excel 的最大行高，打印不全；请改用 Word 或 PDF 格式打印。"


def _heads() -> list[tuple[str, int]]:
    heads = [(column.title, _OTHERS.get(column.title, 0)) for column in COLUMNS]
    heads[NEED : NEED + 1] = list(zip(PARTS, _NEED, strict=True))
    return heads


def _cells(row: Row) -> list[str]:
    return [*row.cells[:NEED], *(text for _, text in row.need), *row.cells[NEED:]]


def _height(cells: Sequence[str], widths: Sequence[int]) -> float:
    """High enough for the longest cell: programs other than Excel do not work it out when they open a file."""

    def lines(text: str, width: int) -> int:
        return sum(
            max(1, -(-sum(1 + (east_asian_width(c) in "WF") for c in line) // (width - 2))) for line in text.split("\n")
        )

    return _LINE * max(lines(text, width) for text, width in zip(cells, widths, strict=True)) + 3


def directory_xlsx(directory: Directory) -> bytes:
    heads = _heads()
    widths = [width for _, width in heads]
    book = Book(directory.title, directory.issuer, directory.day)
    title = book.formatted(font_name="黑体", font_size=16, align="center", valign="vcenter")
    line = book.formatted(align="center")
    cell = book.formatted(text_wrap=True, border=1)
    head = book.formatted(
        font_name="黑体", text_wrap=True, border=1, align="center", valign="vcenter", bg_color="#F0F0F0"
    )
    sheet = book.sheet("需求目录")
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    last = len(heads) - 1
    sheet.set_row(0, 30)
    for top, text in enumerate((directory.title, *directory.lines)):
        sheet.merge_range(top, 0, top, last, "", line if top else title)
        book.put(sheet, top, 0, text, line if top else title)
    top = 1 + len(directory.lines)
    for place, (name, _) in enumerate(heads):
        book.put(sheet, top, place, name, head)
    sheet.repeat_rows(top)
    sheet.freeze_panes(top + 1, 0)
    heights = [_height(_cells(row), widths) for row in directory.rows]
    for number, (one, height) in enumerate(zip(directory.rows, heights, strict=True), top + 1):
        sheet.set_row(number, min(height, _HIGHEST))
        for place, text in enumerate(_cells(one)):
            book.put(sheet, number, place, text, cell)
    end = top + len(directory.rows)
    sheet.autofilter(top, 0, end, last)
    note = directory.note + (_TOO_LONG if max(heights, default=0) > _HIGHEST else "")
    wrapped = book.formatted(text_wrap=True)
    sheet.merge_range(end + 2, 0, end + 2, last, "", wrapped)
    book.put(sheet, end + 2, 0, note, wrapped)
    sheet.set_row(end + 2, 30)
    return book.finished()
