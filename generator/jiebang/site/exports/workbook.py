"""The demands as an Excel workbook: the table, and a second sheet that says what each column means.

Every cell is text, numbers of applications and winners excepted: a code such as `01` stays `01`, and nothing is a formula. The frame is
xlsxwriter's; the rows of the table are put in as text when the frame is finished, in a quarter of the time.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape

from jiebang.site import labels
from jiebang.site.config import SiteConfig
from jiebang.site.exports.checksums import Checked, checked, joined
from jiebang.site.exports.json.header import Origin
from jiebang.site.exports.portions import Portion, Portions, count_of
from jiebang.site.exports.table import Column, columns, is_risky, rows
from jiebang.site.exports.workbooks import Workbook
from jiebang.site.files import Part, PartWriter

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {
    "title": 36, "summary": 48, "parameters": 48, "effect": 36, "schedule": 24, "cooperation": 18, "cooperation_note": 24,
    "enterprise_name": 28, "enterprise_title": 28, "enterprise_section_title": 18, "enterprise_division_title": 24,
    "district_title": 16, "field": 20, "category": 20, "path": 28,
}  # fmt: skip
_WIDTH = 13


class Book:
    """A workbook in memory whose bytes depend on nothing but what is written into it."""

    def __init__(self, title: str, author: str, day: str | None) -> None:
        import xlsxwriter

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

    def chart(self, kind: str) -> Any:
        """A chart of a kind that xlsxwriter knows, to be put on a sheet."""
        return self._book.add_chart({"type": kind})

    def put(self, sheet: Worksheet, row: int, column: int, text: str, form: Format | None = None) -> None:
        """A cell of text. One that looks like a formula also says so to a person who edits it (Excel shows an apostrophe)."""
        form = form or self.text
        if is_risky(text):
            form = self._quoted.get(id(form), form)
        sheet.write_string(row, column, text, form)

    def mark(self, sheet: Worksheet, row: int) -> None:
        """Two cells without a text that tell the styles of those with one: of plain ones, and of those that look like a formula."""
        sheet.write_blank(row, 0, None, self.text)
        sheet.write_blank(row, 1, None, self._quoted[id(self.text)])

    def finished(self) -> bytes:
        self._book.close()
        return self._stream.getvalue()


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)")
"""What the file format wants written as `_x0000_`, and what could be taken for that."""
_SPECIAL = re.compile(f"[&<>]|{_CONTROL.pattern}")


def _string(text: str) -> str:
    if _SPECIAL.search(text):
        text = escape(_CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<is><t{space}>{text}</t></is>"


def _letters(place: int) -> str:
    """What a column is called: `A`, …, `Z`, `AA`."""
    before, last = divmod(place, 26)
    return f"{_letters(before - 1) if before else ''}{chr(ord('A') + last)}"


class _Styles(NamedTuple):
    """Of cells; the second of those that look like a formula."""

    plain: str
    quoted: str


def _rows(rows: Iterable[Sequence[str]], first: int, styles: _Styles) -> Iterator[str]:
    """Rows of the table from a number on."""
    numeric = [column.shape["type"] == "integer" for column in columns()]
    names = [_letters(place) for place in range(len(numeric))]
    for number, row in enumerate(rows, first):
        yield f'<row r="{number}">'
        for name, text, is_number in zip(names, row, numeric, strict=True):
            if not text:
                continue
            if is_number:
                yield f'<c r="{name}{number}" s="{styles.plain}"><v>{text}</v></c>'
            else:
                style = styles.quoted if is_risky(text) else styles.plain
                yield f'<c r="{name}{number}" s="{style}" t="inlineStr">{_string(text)}</c>'
        yield "</row>"


_TABLE = "xl/worksheets/sheet1.xml"
_MARK = re.compile(r'<row r="2"[^>]*><c r="A2" s="(\d+)"/><c r="B2" s="(\d+)"/></row>')
_SIZE = re.compile(r'(<dimension ref="A1:[A-Z]+)2"/>')


_FIRST = 2
"""The number of the first row below the head."""


def _write_with_rows(writer: PartWriter, book: bytes, portions: Portions, config: SiteConfig) -> None:
    """The finished workbook with the rows of its first sheet."""
    with (
        zipfile.ZipFile(io.BytesIO(book)) as before,
        zipfile.ZipFile(writer.stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for member in before.infolist():
            content = before.read(member)
            if member.filename == _TABLE:
                _write_table(writer, after, member, content.decode(), portions, config)
            else:
                after.writestr(member, content)


def _write_table(
    writer: PartWriter,
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    sheet: str,
    portions: Portions,
    config: SiteConfig,
) -> None:
    """The table with its rows in the place of the mark. Each portion is packed by itself, in whole blocks of the stream that DEFLATE
    (RFC 1951, 3.2.3) puts one behind the other: so the archive takes them as they are, and is told what is in them."""
    head, plain, quoted, foot = _MARK.split(sheet)
    styles = _Styles(plain, quoted)
    packed = copy.copy(member)
    packed.compress_type = zipfile.ZIP_STORED
    told: list[Checked] = []
    with archive.open(packed, "w") as table:

        def write(part: Part) -> None:
            table.write(part.content)
            told.append(Checked(*part.told))

        write(_packed(_SIZE.sub(rf'\g<1>{count_of(portions) + 1}"/>', head)))
        for first, portion in zip(accumulate(map(len, portions), initial=_FIRST), portions, strict=False):
            write(writer.part(_packed_rows, portion, first, styles, config))
        write(_packed(foot, last=True))
    packed.compress_type, (packed.file_size, packed.CRC) = zipfile.ZIP_DEFLATED, joined(told)
    writer.stream.seek(packed.header_offset)
    writer.stream.write(packed.FileHeader())


def _packed_rows(portion: Portion, first: int, styles: _Styles, config: SiteConfig) -> Part:
    return _packed("".join(_rows(rows(portion, config), first, styles)))


def _packed(text: str, *, last: bool = False) -> Part:
    """A part of a member of an archive, and how long it is unpacked and its check sum."""
    content = text.encode()
    machine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = machine.compress(content) + machine.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)
    return Part(packed, tuple(checked(content)))


def write_demands_xlsx(writer: PartWriter, origin: Origin, title: str, portions: Portions) -> None:
    """A workbook. `title`: what its demands have in common."""
    head = origin.header(title, count_of(portions))
    book = Book(head["title"], head["publisher"]["name"], head["updated"])
    _head(book, count_of(portions))
    _columns(book, head)
    _write_with_rows(writer, book.finished(), portions, origin.config)


def table_of_workbooks(origin: Origin, workbooks: tuple[Workbook, ...]) -> bytes:
    """A workbook that tells where the demands are, for those who come by the address of the one that held all."""
    head = origin.header("全部需求", sum(one.count for one in workbooks))
    book = Book(head["title"], head["publisher"]["name"], head["updated"])
    sheet = book.sheet("目录")
    for place, width in enumerate((48, 10, 64)):
        sheet.set_column(place, place, width)
    book.put(sheet, 0, 0, f"需求共 {head['count']} 项，分在下面各个工作簿里。", book.big)
    for place, title in enumerate(("工作簿", "项数", "地址")):
        book.put(sheet, 2, place, title, book.head)
    for number, one in enumerate(workbooks, 3):
        for place, text in enumerate((one.title, str(one.count), origin.config.address(one.path))):
            book.put(sheet, number, place, text)
    _columns(book, head)
    return book.finished()


def _head(book: Book, count: int) -> None:
    """The table without its rows."""
    sheet = book.sheet("需求")
    sheet.freeze_panes(1, 0)
    listed = columns()
    for place, column in enumerate(listed):
        sheet.set_column(place, place, _WIDTHS.get(column.name, _WIDTH))
        book.put(sheet, 0, place, column.title, book.head)
    book.mark(sheet, 1)
    sheet.autofilter(0, 0, count, len(listed) - 1)


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
