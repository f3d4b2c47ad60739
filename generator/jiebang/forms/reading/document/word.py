"""Word files through mammoth: its HTML becomes lines and cells.

mammoth resolves merged cells, content controls and form fields; what it drops, and what the file leaves in doubt, is marked beforehand by
`word_markup`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.parsers.expat import ExpatError

import mammoth

from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.archive import Archive
from jiebang.forms.reading.document.grid import Block, Cell, Document, Line, Table, clean
from jiebang.forms.reading.document.word_headers import warnings_in
from jiebang.forms.reading.document.word_markup import comments_in, plain_document, styles_in
from jiebang.forms.reading.document.word_xml import parsed
from jiebang.forms.reading.findings import FormError

_TEXTS = ("word/document", "word/footnotes", "word/endnotes", "word/comments")
_BESIDE = ("word/header", "word/footer")
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li"}


def _parted(told: str) -> tuple[str, str]:
    kind, _, words = told.partition("：")
    return kind, clean(words)


def _settled(lines: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The text of lines without the doubts in them, and these."""
    pieces = [doubts.pieces(line) for line in lines]
    texts = ["".join(piece for piece, is_doubt in line if not is_doubt).strip() for line in pieces]
    told = [piece for line in pieces for piece, is_doubt in line if is_doubt]
    return doubts.settled("\n".join(text for text in texts if text), told)


@dataclass(slots=True)
class _OpenTable:
    number: int
    cells: list[Cell] = field(default_factory=list)
    row: int = -1
    taken: set[tuple[int, int]] = field(default_factory=set)
    in_row: int = 0
    span: tuple[int, int] = (1, 1)
    texts: list[str] | None = None
    """Lines of the cell that is open; None between cells."""


class _Grid(HTMLParser):
    """Lines and tables from mammoth's HTML. A table inside a cell is a table of its own, and its text belongs to the cell too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.open: list[_OpenTable] = []
        self.loose: list[str] = [""]
        self.tables = 0
        self.lines = 0

    def _lines(self) -> list[str]:
        if self.open and self.open[-1].texts is not None:
            return self.open[-1].texts
        return self.loose

    def _new_line(self) -> None:
        lines = self._lines()
        if lines[-1]:
            lines.append("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "table":
            self._flush()
            self.tables += 1
            self.open.append(_OpenTable(self.tables))
        elif tag == "tr" and self.open:
            self.open[-1].row += 1
            self.open[-1].in_row = 0
        elif tag in {"td", "th"} and self.open:
            table = self.open[-1]
            table.span = (int(values.get("rowspan") or 1), int(values.get("colspan") or 1))
            table.in_row += 1
            table.texts = [""]
        elif tag in _PARAGRAPHS or tag == "br":
            self._new_line()
        elif tag == "input" and values.get("type") == "checkbox":
            self._lines()[-1] += "☑" if "checked" in values else "☐"

    def handle_endtag(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._new_line()
        elif tag in {"td", "th"} and self.open:
            self._close_cell(self.open[-1])
        elif tag == "table" and self.open:
            closed = self.open.pop()
            around = self.open[-1] if self.open and self.open[-1].texts is not None else None
            self.blocks.append(Table(tuple(closed.cells), self._place(around) if around else ""))
            if around and around.texts is not None:
                inside = "\n".join(cell.text for cell in closed.cells)
                around.texts.extend([*inside.split("\n"), ""])
                if sum(bool(cell.text) for cell in closed.cells) > 1:
                    around.texts[-1] = doubts.marked(doubts.TABLE, inside)
                around.texts[-1] += "".join(
                    doubts.marked(*_parted(one)) for cell in closed.cells for one in cell.doubts
                )

    def handle_data(self, data: str) -> None:
        self._lines()[-1] += "".join(
            doubts.marked(*_parted(piece)) if is_doubt else clean(piece) for piece, is_doubt in doubts.pieces(data)
        )

    @staticmethod
    def _place(table: _OpenTable) -> str:
        return f"第 {table.number} 个表第 {table.row + 1} 行第 {table.in_row} 格"

    def _close_cell(self, table: _OpenTable) -> None:
        column = 0
        while (table.row, column) in table.taken:
            column += 1
        rows, columns = table.span
        table.taken.update((table.row + r, column + c) for r in range(rows) for c in range(columns))
        text, told = _settled(table.texts or ())
        table.cells.append(Cell(text, self._place(table), table.row, column, rows, columns, doubts=told))
        table.texts = None

    def _flush(self) -> None:
        """Turns the lines outside tables into blocks."""
        if self.open:
            return
        for line in self.loose:
            text, told = _settled([line])
            if text or told:
                self.lines += 1
                self.blocks.append(Line(text, f"第 {self.lines} 段", told))
        self.loose = [""]

    def close(self) -> None:
        super().close()
        self._flush()


def read_word(archive: Archive) -> Document:
    """The content of a .docx."""
    members = dict(archive.members)
    notes = list(archive.notes)
    styles, comments = styles_in(members.get("word/styles.xml")), comments_in(members.get("word/comments.xml"))
    for name in [name for name in members if name.startswith(_TEXTS) and name.endswith(".xml")]:
        members[name], more = plain_document(members[name], styles, comments)
        notes.extend(more)
    try:
        html = mammoth.convert_to_html(io.BytesIO(Archive(members, ()).packed()), ignore_empty_paragraphs=True)
    except (ExpatError, LookupError, ValueError, AttributeError, TypeError, OSError) as error:
        # mammoth has no error of its own: whatever a malformed file makes it trip over means that the file cannot be read.
        raise FormError("文件内部结构不完整，读不通。", "用 Word 打开后另存为 .docx 再试。") from error
    unread = [message.message for message in html.messages if "was ignored" in message.message]
    if unread:
        notes.append("文件里有本程序不认识的符号或内容，没有读。")
    grid = _Grid()
    grid.feed(html.value)
    grid.close()
    beside = warnings_in(parsed(data) for name, data in members.items() if name.startswith(_BESIDE))
    warned = (
        [Line("", "页眉、页脚或水印", tuple(doubts.doubt(doubts.NOT_VALID, words) for words in beside))]
        if beside
        else []
    )
    return Document((*warned, *grid.blocks), tuple(dict.fromkeys(notes)))
