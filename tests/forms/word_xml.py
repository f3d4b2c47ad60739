"""Word files from Word's own XML, as Word and WPS write it: what python-docx cannot make (revisions, comments, hidden text, text boxes, tables in tables)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from tests.forms import make

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_ROOT = " ".join(f'xmlns:{name}="{address}"' for name, address in _SPACES.items())
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BY = 'w:id="{0}" w:author="某某" w:date="2024-07-01T09:00:00Z"'


class Xml(str):
    """Blocks of XML (paragraphs, tables), where a plain text is a text."""

    __slots__ = ()


class Marked(list[tuple[Any, int]]):
    """A table row with properties of its own (`<w:ins/>`, `<w:del/>`)."""

    def __init__(self, row: make.Row, properties: str) -> None:
        super().__init__(row)
        self.properties = properties


def t(text: str, properties: str = "", tag: str = "t") -> str:
    """A run."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r w:rsidR="00A1">{inside}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def p(*inner: str, properties: str = "") -> Xml:
    """A paragraph, with the marks of spelling and rendering that Word leaves in it."""
    inside = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return Xml(f'<w:p w:rsidR="00A1">{inside}<w:proofErr w:type="spellStart"/>{"".join(inner)}</w:p>')


def lines(text: str) -> Xml:
    """A paragraph a line."""
    return Xml("".join(p(t(line)) for line in text.split("\n")))


def change(tag: str, inner: str, number: int) -> str:
    """Runs inside a tracked change."""
    return f"<w:{tag} {_BY.format(number)}>{inner}</w:{tag}>"


def ins(text: str, properties: str = "") -> str:
    """A tracked insertion."""
    return change("ins", t(text, properties), 11)


def gone(text: str) -> str:
    """A tracked deletion."""
    return change("del", t(text, tag="delText"), 12)


def moved(text: str, to: str, between: str = "") -> str:
    """A tracked move inside one paragraph; `to` stands where the text now is."""
    begin = f'<w:moveFromRangeStart {_BY.format(13)} w:name="move1"/>'
    there = f'<w:moveToRangeStart {_BY.format(15)} w:name="move1"/>'
    return (
        f'{begin}{change("moveFrom", t(text), 14)}<w:moveFromRangeEnd w:id="13"/>{between}'
        f'{there}{change("moveTo", t(to), 16)}<w:moveToRangeEnd w:id="15"/>'
    )


def noted(text: str, number: int = 0) -> str:
    """A run with a comment of this number hanging on it."""
    mark = f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{number}"/></w:r>'
    return f'<w:commentRangeStart w:id="{number}"/>{t(text)}<w:commentRangeEnd w:id="{number}"/>{mark}'


def _vml(text: str) -> str:
    return (
        '<w:pict><v:shape id="s1" type="#_x0000_t202" style="position:absolute;width:90pt;height:30pt">'
        f"<v:textbox><w:txbxContent>{lines(text)}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )


def text_box(text: str, *, choice: bool = True, fallback: bool = True) -> str:
    """A run with a text box: as Word 2010 and later write it with the fallback, as others do without, or as VML alone."""
    if not choice:
        return f"<w:r>{_vml(text)}</w:r>"
    drawing = (
        '<mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{lines(text)}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
    )
    behind = f"<mc:Fallback>{_vml(text)}</mc:Fallback>" if fallback else ""
    return f"<w:r><mc:AlternateContent>{drawing}{behind}</mc:AlternateContent></w:r>"


def style(name: str, properties: str, *, kind: str = "character", based: str = "") -> str:
    """A style of word/styles.xml."""
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{on}<w:rPr>{properties}</w:rPr></w:style>'
    )


def used(name: str) -> str:
    """A run's reference to a character style."""
    return f'<w:rStyle w:val="{name}"/>'


def table(rows: Sequence[make.Row], columns: int = 6) -> Xml:
    """A table; an empty first cell below the first row goes on the cell above it, as a demand's number does."""
    made = []
    for number, row in enumerate(rows):
        below = number + 1 < len(rows) and rows[number + 1][0][0] == "" and len(rows[number + 1]) > 1
        cells = []
        for place, (content, width) in enumerate(row):
            span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
            merge = ""
            if place == 0 and content == "" and number and len(row) > 1:
                merge = "<w:vMerge/>"
            elif place == 0 and below:
                merge = '<w:vMerge w:val="restart"/>'
            inside = content if isinstance(content, Xml) else lines(str(content))
            if not inside.endswith("</w:p>"):
                inside = Xml(inside + "<w:p/>")
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inside}</w:tc>")
        properties = f"<w:trPr>{row.properties}</w:trPr>" if isinstance(row, Marked) else ""
        made.append(f"<w:tr>{properties}{''.join(cells)}</w:tr>")
    grid = '<w:gridCol w:w="1531"/>' * columns
    return Xml(f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>")


def docx(body: str, styles: str = "", comments: Mapping[int, str] | None = None) -> bytes:
    """The file around a body."""
    parts = {
        "word/document.xml": ("document.main", f"<w:document {_ROOT}><w:body>{body}<w:sectPr/></w:body></w:document>")
    }
    parts["word/styles.xml"] = ("styles", f"<w:styles {_ROOT}>{styles}</w:styles>")
    if comments:
        told = "".join(
            f'<w:comment {_BY.format(number)} w:initials="某">{lines(text)}</w:comment>'
            for number, text in comments.items()
        )
        parts["word/comments.xml"] = ("comments", f"<w:comments {_ROOT}>{told}</w:comments>")
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPES}.{kind}+xml"/>' for name, (kind, _) in parts.items()
    )
    others = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for number, (kind, _) in enumerate(list(parts.values())[1:], 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{others}</Relationships>',
        **{name: content for name, (_, content) in parts.items()},
    }  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, f"{_HEAD}{content}")
    return stream.getvalue()


TITLE_1 = Xml(lines("附件 1\n大企业技术创新需求表\n企业名称：（盖章）"))
TITLE_2 = Xml(lines("附件2\n中小企业“揭榜”对接表\n企业名称：（盖章）"))


def annex1(
    answers: Mapping[str, Any] | None = None,
    demands: Sequence[tuple[Any, Any]] = make.DEMANDS,
    *,
    styles: str = "",
    comments: Mapping[int, str] | None = None,
    title: str = TITLE_1,
) -> bytes:
    """Annex 1; an answer is a text or XML blocks."""
    rows = [*make.annex1_rows({**make.ENTERPRISE, **(answers or {})}), *make.demand_rows(demands)]
    return docx(f"{title}{table(rows)}{p(t('注: 1. 所有需求均不得涉密。'))}", styles, comments)


def annex1_of(*blocks: str, comments: Mapping[int, str] | None = None) -> bytes:
    """Annex 1 with tables of its own."""
    return docx(f"{TITLE_1}{''.join(blocks)}", comments=comments)


def basics(answers: Mapping[str, Any] | None = None) -> list[make.Row]:
    """The rows of the first part."""
    return make.annex1_rows({**make.ENTERPRISE, **(answers or {})})


def annex2(
    answers: Mapping[str, Any] | None = None, items: Sequence[tuple[Any, Any]] = make.ITEMS, *, styles: str = ""
) -> bytes:
    """Annex 2."""
    return docx(f"{TITLE_2}{table(make.annex2_rows(answers, items))}", styles)


def annex3(
    *blocks: str, replaced: Mapping[str, str] | None = None, styles: str = "", comments: Mapping[int, str] | None = None
) -> bytes:
    """Annex 3 with blocks between its title lines and its chapters, and some lines written otherwise."""
    told = [(replaced or {}).get(line) or p(t(line)) for line in make.annex3_lines()]
    return docx("".join([*told[:5], *blocks, *told[5:]]), styles, comments)
