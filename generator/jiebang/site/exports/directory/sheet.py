"""The 需求目录 as an Excel sheet, ready to print: A4 across, the heads on every page, every cell text."""

from __future__ import annotations

from jiebang.site.exports.directory.content import COLUMNS, Directory
from jiebang.site.exports.workbook import Book

_WIDTH = 132
"""Characters across a page of A4 in landscape at the size below, fitted to its width in print."""


def directory_xlsx(directory: Directory) -> bytes:
    book = Book(directory.title, directory.issuer, directory.day)
    title = book.formatted(font_name="黑体", font_size=16, align="center", valign="vcenter")
    line = book.formatted(align="center")
    cell = book.formatted(text_wrap=True, border=1)
    head = book.formatted(
        font_name="黑体", text_wrap=True, border=1, align="center", valign="vcenter", bg_color="#F0F0F0"
    )
    sheet = book.sheet("需求目录")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDTH * column.share / 100)
    last = len(COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, "", title)
    book.put(sheet, 0, 0, directory.title, title)
    sheet.set_row(0, 30)
    top = 1
    for text in directory.lines:
        sheet.merge_range(top, 0, top, last, "", line)
        book.put(sheet, top, 0, text, line)
        top += 1
    for place, column in enumerate(COLUMNS):
        book.put(sheet, top, place, column.title, head)
    sheet.repeat_rows(top)
    sheet.freeze_panes(top + 1, 0)
    row = top
    for row, one in enumerate(directory.rows, top + 1):
        for place, text in enumerate(one.texts()):
            book.put(sheet, row, place, text, cell)
    sheet.autofilter(top, 0, row, last)
    note = book.formatted(text_wrap=True)
    sheet.merge_range(row + 2, 0, row + 2, last, "", note)
    book.put(sheet, row + 2, 0, directory.note, note)
    sheet.set_row(row + 2, 30)
    return book.finished()
