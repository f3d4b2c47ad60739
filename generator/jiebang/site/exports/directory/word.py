"""The 需求目录 as a Word document: A4 across, the row of heads on every page, the typefaces of official papers.

The frame is python-docx's; the table is put in as text when the frame is finished, since python-docx looks for its cells anew with every
row, and a table of thousands costs ten times its writing to parse.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from jiebang.site.exports.directory.content import COLUMNS, NEED, Directory, Row

HEADING, BODY, BOLD = "方正小标宋简体", "仿宋", "黑体"
"""As GB/T 9704 sets official papers; a machine without one puts its own Chinese typeface in its place."""
_LATIN = "Times New Roman"
_MARK = "00DA7AB1"
"""Of the paragraph that the table takes the place of."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_INSIDE = 297 - 2 * 15
"""Width between the margins, in millimetres."""
_TWIPS = 56.7
"""To a millimetre."""


def directory_docx(directory: Directory) -> bytes:
    document = Document()
    _set_page(document)
    _write(document.add_paragraph(), directory.title, HEADING, 18, centred=True)
    for line in directory.lines:
        _write(document.add_paragraph(), line, BODY, 10.5, centred=True)
    document.add_paragraph()
    document.add_paragraph()._p.set(qn("w:rsidR"), _MARK)
    document.add_paragraph()
    _write(document.add_paragraph(), directory.note, BODY, 9)
    properties = document.core_properties
    properties.title, properties.author = directory.title, directory.issuer
    properties.last_modified_by, properties.comments, properties.language = directory.issuer, "", "zh-CN"
    properties.created = properties.modified = datetime.fromisoformat(directory.day or "2000-01-01")
    stream = io.BytesIO()
    document.save(stream)
    return _finished(stream.getvalue(), _table(directory.rows).encode())


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(16)
    style = document.styles["Normal"]
    style.font.size = Pt(9)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    _set_face(style.element.get_or_add_rPr(), BODY)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
        footer.add_run(text)
        if field:
            element = OxmlElement("w:fldSimple")
            element.set(qn("w:instr"), field)
            footer._p.append(element)


def _set_face(properties: Any, face: str) -> None:
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:ascii"), _LATIN)
    fonts.set(qn("w:hAnsi"), _LATIN)
    fonts.set(qn("w:eastAsia"), face)


def _write(paragraph: Paragraph, text: str, face: str, size: float, *, centred: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    _set_face(run._r.get_or_add_rPr(), face)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


# --- the table, as WordprocessingML -----------------------------------------------------------------------------------------


def _run(text: str, face: str = "") -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{face}"/></w:rPr>' if face else ""
    return f'<w:r>{fonts}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _lines(text: str, label: str = "") -> str:
    """A paragraph a line; `label` stands before the first, in bold type."""
    first, *others = text.split("\n")
    head = _run(label, BOLD) if label else ""
    return f"<w:p>{head}{_run(first)}</w:p>" + "".join(f"<w:p>{_run(line)}</w:p>" for line in others)


def _width(share: int) -> int:
    return round(_INSIDE * _TWIPS * share / 100)


def _row(cells: list[str], properties: str) -> str:
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_width(column.share)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for column, cell in zip(COLUMNS, cells, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def _demand(row: Row) -> str:
    cells = [_lines(cell) for cell in row.cells]
    cells.insert(NEED, "".join(_lines(text, f"{label}：") for label, text in row.need))
    # A row stays on one page where it fits on one.
    return _row(cells, "<w:cantSplit/>")


def _table(rows: tuple[Row, ...]) -> str:
    heads = _row(
        [f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{_run(column.title, BOLD)}</w:p>' for column in COLUMNS],
        "<w:cantSplit/><w:tblHeader/>",
    )
    grid = "".join(f'<w:gridCol w:w="{_width(column.share)}"/>' for column in COLUMNS)
    properties = f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{_width(100)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{heads}{''.join(map(_demand, rows))}</w:tbl>"


def _finished(content: bytes, table: bytes) -> bytes:
    """The archive with the table in its place, and with the same bytes on every day."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                before, after = data.split(f'<w:p w:rsidR="{_MARK}"/>'.encode())
                data = before + table + after
            member = zipfile.ZipInfo(name, _LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            target.writestr(member, data)
    return stream.getvalue()
