"""WordprocessingML of official papers: A4 as GB/T 9704—2012 sets it, its typefaces with what may stand in for them, page numbers.

Margins 37 mm above, 35 below, 28 left, 26 right; 22 lines of 28 characters of size 三号 (16 pt), lines 28.95 pt high. Lengths here are
twips (a twentieth of a point), sizes of type points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from jiebang.forms.writing.markup import NAMESPACE
from jiebang.forms.writing.parts import HEAD, OFFICE, WORD, pack, parts

TITLE, HEI, KAI, BODY, SONG = "方正小标宋简体", "黑体", "楷体", "仿宋", "宋体"
_LATIN = "Times New Roman"
_INSTEAD = {
    TITLE: ("小标宋,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体,SimSun", "roman"),
    HEI: ("SimHei,方正黑体简体,Noto Sans CJK SC", "swiss"),
    KAI: ("楷体_GB2312,KaiTi,KaiTi_GB2312,方正楷体简体", "script"),
    BODY: ("仿宋_GB2312,FangSong,FangSong_GB2312,方正仿宋简体", "modern"),
    SONG: ("SimSun,Noto Serif CJK SC", "roman"),
}
"""Other names of a typeface and what may take its place, for a machine that has none of that name."""

TEXT_WIDTH = 8845
"""Between the margins: 156 mm."""
_LINE = 579
_CLOSER = -5
"""Twips between characters, so that 28 of 16 pt stand in a line of 156 mm. Word's own grid of characters would do it too, but LibreOffice
gives a character that is wider than its cell a second one."""
SIZE = 16.0
RED = "E60012"


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of paper and its margins (top, right, bottom, left); `official` sets text in official papers' lines."""

    width: int = 11906
    height: int = 16838
    margins: tuple[int, int, int, int] = (2098, 1474, 1984, 1587)
    official: bool = True
    size: float = SIZE
    """Of plain text, in points."""

    @property
    def inside(self) -> int:
        """Width between the margins."""
        return self.width - self.margins[1] - self.margins[3]


OFFICIAL = Page()
ACROSS = Page(16838, 11906, (1020, 1020, 1020, 1020), official=False, size=10.5)
UPRIGHT = Page(11906, 16838, (1020, 1134, 907, 1134), official=False, size=10.5)


def run(text: str, face: str = "", size: float = 0, *, bold: bool = False, colour: str = "", spacing: int = 0) -> str:
    """A run of text; what is not told is the paper's own."""
    said = f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{face}"/>' if face else ""
    said += "<w:b/>" if bold else ""
    said += f'<w:color w:val="{colour}"/>' if colour else ""
    said += f'<w:spacing w:val="{spacing}"/>' if spacing else ""
    said += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    return f'<w:r>{f"<w:rPr>{said}</w:rPr>" if said else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    *runs: str,
    align: str = "",
    indent: int = 0,
    right: int = 0,
    left: int = 0,
    line: int = 0,
    before: int = 0,
    after: int = 0,
    keep: bool = False,
    border: str = "",
    new_page: bool = False,
) -> str:
    """A paragraph. `indent` sets in the first line by so many characters, `left` and `right` all lines by so many twips; `line` is
    exact; `keep` holds it on a page with the next; `border` is what stands in `w:pBdr`."""
    said = "<w:keepNext/>" if keep else ""
    said += "<w:pageBreakBefore/>" if new_page else ""
    said += f"<w:pBdr>{border}</w:pBdr>" if border else ""
    # Lines of a height of their own do not stand on the paper's.
    said += '<w:snapToGrid w:val="0"/>' if line else ""
    if before or after or line:
        said += f'<w:spacing w:before="{before}" w:after="{after}"' + (
            f' w:line="{line}" w:lineRule="exact"/>' if line else "/>"
        )
    if indent or left or right:
        first = f' w:firstLineChars="{indent * 100}" w:firstLine="{indent * 320}"' if indent else ""
        said += f'<w:ind w:left="{left}" w:right="{right}"{first}/>'
    said += f'<w:jc w:val="{align}"/>' if align else ""
    return f"<w:p><w:pPr>{said}</w:pPr>{''.join(runs)}</w:p>"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, of finished paragraphs; `fill` is a colour."""

    inside: str
    span: int = 1
    fill: str = ""
    border: bool = True


_NO_BORDER = (
    "<w:tcBorders>"
    + "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right"))
    + "</w:tcBorders>"
)


def table(widths: Sequence[int], rows: Sequence[Sequence[Cell]], heads: int = 1, *, border: bool = True) -> str:
    """A table on a fixed grid; its first rows come again on every page, and no row is cut by one."""
    lines = "".join(
        f'<w:{side} w:val="{"single" if border else "nil"}" w:sz="4" w:space="0" w:color="595959"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made = []
    for number, row in enumerate(rows):
        place = 0
        cells = []
        for cell in row:
            width = sum(widths[place : place + cell.span])
            place += cell.span
            said = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (
                f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
            )
            said += "" if cell.border else _NO_BORDER
            said += f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
            cells.append(f'<w:tc><w:tcPr>{said}<w:vAlign w:val="center"/></w:tcPr>{cell.inside}</w:tc>')
        head = "<w:tblHeader/>" if number < heads else ""
        made.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"
    )


def _field(name: str, size: float) -> str:
    pieces = ('<w:fldChar w:fldCharType="begin"/>', f'<w:instrText xml:space="preserve"> {name} </w:instrText>',
              '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>')  # fmt: skip
    look = f'<w:rPr><w:rFonts w:ascii="{SONG}" w:hAnsi="{SONG}" w:eastAsia="{SONG}"/><w:sz w:val="{round(size * 2)}"/></w:rPr>'
    return "".join(f"<w:r>{look}{piece}</w:r>" for piece in pieces)


def page_number(align: str) -> str:
    """— 1 — in 宋体 四号, a character in from the outer edge."""
    right, left = {"right": (280, 0), "left": (0, 280)}[align]
    pieces = (run("— ", SONG, 14), _field("PAGE", 14), run(" —", SONG, 14))
    return paragraph(*pieces, align=align, right=right, left=left)


def page_of_pages() -> str:
    """第 1 页，共 2 页, in small type."""
    small = 9
    pieces = (run("第 ", SONG, small), _field("PAGE", small), run(" 页，共 ", SONG, small), _field("NUMPAGES", small))
    return paragraph(*pieces, run(" 页", SONG, small), align="center")


_LEFT_OF_TEXT, _RIGHT_OF_TEXT = -454, -340
"""What makes a line 170 mm long, centred on the sheet, between margins 156 mm apart."""


def letterhead(office: str) -> str:
    """The head of a letter (GB/T 9704, 10.1): who writes, in red, and 4 mm below it a double line, the thick one above."""
    line = f'<w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="11" w:color="{RED}"/>'
    name = run(office, TITLE, 28, colour=RED)
    return paragraph(name, align="center", line=760, border=line, left=_LEFT_OF_TEXT, right=_RIGHT_OF_TEXT)


def letterfoot() -> str:
    """The foot of a letter's first page, 20 mm above its edge: a double line, the thick one below; no page number."""
    line = f'<w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="6" w:color="{RED}"/>'
    return paragraph(line=320, border=line, left=_LEFT_OF_TEXT, right=_RIGHT_OF_TEXT)


Margins = dict[str, str]
"""Name of a header or footer → its paragraphs: `footer-default` (odd pages), `footer-even`, `footer-first`, `header-first`."""


def _section(page: Page, around: Margins) -> str:
    top, right, bottom, left = page.margins
    order = ("header-first", "footer-even", "footer-default", "footer-first")
    references = "".join(
        f'<w:{name.partition("-")[0]}Reference w:type="{name.partition("-")[2]}" r:id="{name}"/>'
        for name in order
        if name in around
    )
    # The page number stands 7 mm below the text (GB/T 9704, 7.5).
    foot = bottom - 397 - 320 if page.official else 454
    grid = f'<w:docGrid w:type="lines" w:linePitch="{_LINE}"/>' if page.official else '<w:docGrid w:linePitch="312"/>'
    turned = ' w:orient="landscape"' if page.width > page.height else ""
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{page.width}" w:h="{page.height}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="1701" w:footer="{foot}" w:gutter="0"/>'
        f"{'<w:titlePg/>' if 'footer-first' in around else ''}{grid}</w:sectPr>"
    )


def _styles(page: Page) -> str:
    size = round(page.size * 2)
    closer = f'<w:spacing w:val="{_CLOSER}"/>' if page.official else ""
    spacing = (
        f'<w:spacing w:after="0" w:line="{_LINE}" w:lineRule="exact"/><w:jc w:val="both"/>' if page.official else ""
    )
    return (
        f'{HEAD}<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{BODY}" w:cs="{_LATIN}"/>'
        f'{closer}<w:kern w:val="0"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{spacing}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style></w:styles>'
    )


def _fonts() -> str:
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, (other, family) in _INSTEAD.items()
    )
    return f'{HEAD}<w:fonts xmlns:w="{NAMESPACE}">{listed}</w:fonts>'


def paper(title: str, body: Sequence[str], around: Margins, page: Page = OFFICIAL) -> bytes:
    """A Word file of these paragraphs and tables; the same bytes for the same content."""
    namespaces = f'xmlns:w="{NAMESPACE}" xmlns:r="{OFFICE}"'
    document = f"{HEAD}<w:document {namespaces}><w:body>{''.join(body)}{_section(page, around)}</w:body></w:document>"
    made = parts(escape(title), document.encode())
    made["word/styles.xml"] = _styles(page).encode()
    made["word/fontTable.xml"] = _fonts().encode()
    relations = f'<Relationship Id="fonts" Type="{OFFICE}/fontTable" Target="fontTable.xml"/>'
    types = f'<Override PartName="/word/fontTable.xml" ContentType="{WORD}.fontTable+xml"/>'
    for name, inside in around.items():
        kind = name.partition("-")[0]
        element = {"header": "hdr", "footer": "ftr"}[kind]
        made[f"word/{name}.xml"] = f"{HEAD}<w:{element} {namespaces}>{inside}</w:{element}>".encode()
        relations += f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
        types += f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>'
    if "footer-even" in around:
        made["word/settings.xml"] = made["word/settings.xml"].replace(
            b"<w:characterSpacingControl", b"<w:evenAndOddHeaders/><w:characterSpacingControl"
        )
    for name, end, more in (
        ("word/_rels/document.xml.rels", "</Relationships>", relations),
        ("[Content_Types].xml", "</Types>", types),
    ):
        made[name] = made[name].replace(end.encode(), f"{more}{end}".encode())
    return pack(made)
