"""WordprocessingML for what the official forms are made of: paragraphs in two typefaces, and tables on a fixed grid.

Measured at the official Word form: Annex 1 has a grid of six columns of 1531 twips between margins of 1361, SimHei for headings, SimSun
for the rest, half-point sizes 36, 28, 24, 21 and 18.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEI = "SimHei"
SONG = "SimSun"

COLUMNS = 6
COLUMN = 1531


def paragraph(
    text: str,
    size: int = 21,
    face: str = SONG,
    align: str = "",
    indent: bool = False,
    keep: bool = False,
    before: int = 0,
    after: int = 200,
    line: float = 1.5,
) -> str:
    """A paragraph in one typeface.

    `indent` sets its first line in by two characters, as running Chinese text has it; `keep` leaves no heading alone at the foot of a
    page. A line is `line` times as high as its type, whatever typeface a machine has in place of these: so pages break alike everywhere.
    """
    properties = "<w:keepNext/>" if keep else ""
    height = round(size * 10 * line)
    properties += f'<w:spacing w:before="{before}" w:after="{after}" w:line="{height}" w:lineRule="exact"/>'
    properties += f'<w:ind w:firstLineChars="200" w:firstLine="{size * 20}"/>' if indent else ""
    properties += f'<w:jc w:val="{align}"/>' if align else ""
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{face}"/>'
    run = f'<w:r><w:rPr>{fonts}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run if text else ''}</w:p>"


def page_break() -> str:
    """The next paragraph begins a page."""
    return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


@dataclass(frozen=True)
class Cell:
    """`text` has one paragraph a line; `columns` is how many grid columns it covers; `merge` joins it with the cell above or below."""

    text: str
    columns: int = 1
    merge: str = ""


def _cell(cell: Cell) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = {"": "", "start": '<w:vMerge w:val="restart"/>', "go on": "<w:vMerge/>"}[cell.merge]
    inside = "".join(paragraph(line, after=0, line=1.3) for line in cell.text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{cell.columns * COLUMN}"/>{span}{merge}</w:tcPr>{inside}</w:tc>'


def row(*cells: Cell | str) -> str:
    """A row of the grid; a bare text is a cell of one column."""
    made = [cell if isinstance(cell, Cell) else Cell(cell) for cell in cells]
    if sum(cell.columns for cell in made) != COLUMNS:
        raise ValueError("a row must cover the grid")
    return f"<w:tr>{''.join(_cell(cell) for cell in made)}</w:tr>"


def repeat(loop: str, rows: Sequence[str]) -> list[str]:
    """Rows that docxtpl makes for each item of a `for`: it takes the row around a `tr` tag away."""
    return [row(Cell(f"{{%tr for {loop} %}}", COLUMNS)), *rows, row(Cell("{%tr endfor %}", COLUMNS))]


def table(rows: Sequence[str]) -> str:
    """A table with the official form's single hairlines; its text, not its edge, stands at the margin."""
    grid = f'<w:gridCol w:w="{COLUMN}"/>' * COLUMNS
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="dxa" '
        f'w:w="{COLUMN * COLUMNS}"/><w:tblInd w:w="-108" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def document(body: Sequence[str]) -> bytes:
    """`word/document.xml`: A4, with the official margins."""
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1361" w:bottom="1440" w:left="1361" '
        'w:header="720" w:footer="720" w:gutter="0"/><w:cols w:space="720"/><w:docGrid w:linePitch="360"/></w:sectPr>'
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:document xmlns:w="{NAMESPACE}"><w:body>{"".join(body)}{section}</w:body></w:document>'.encode()
