"""Raised digits are part of the number that they stand at: 10 with a raised 6 is 10⁶ in every kind of file, never 106."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.forms import read_forms
from tests.forms import make, sheets
from tests.forms import word_xml as w
from tests.forms.corpus import CONTENT, TITLE
from tests.forms.word_xml import Xml, p, t

FIRST, _, *REST = CONTENT.split("\n")
RAISED = '<w:vertAlign w:val="superscript"/>'
TEXT_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="text"{more}><style:text-properties {properties}/></style:style>'
    for name, more, properties in (
        ("T1", "", 'style:text-position="super 58%"'),
        ("T2", "", 'style:text-position="33% 58%"'),
        ("T3", "", 'style:text-position="sub 58%"'),
        ("T4", "", 'style:text-position="0% 100%"'),
        ("T5", ' style:parent-style-name="T1"', 'style:text-line-through-style="none"'),
    )
)


def _parameters(kind: str, data: bytes) -> tuple[str, list[str]]:
    """The parameters of the only demand, and what is asked."""
    (form,) = read_forms(parse(kind, data))
    (demand,) = form.demands
    return demand.value.get("parameters", ""), [one.message for one in (*form.findings, *demand.findings)]


def _docx(*runs: str, styles: str = "") -> tuple[str, list[str]]:
    inside = Xml(w.lines(FIRST) + p(t("参数要求："), *runs) + w.lines("\n".join(REST)))
    return _parameters("docx", w.annex1(None, [(TITLE, inside)], styles=styles))


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        (RAISED, "10⁶次"),
        (w.used("Raised"), "10⁶次"),
        (w.used("OnRaised"), "10⁶次"),
        (w.used("Lowered"), "10₆次"),
        ('<w:position w:val="8"/><w:sz w:val="14"/>', "10⁶次"),
        ('<w:position w:val="-6"/>', "10₆次"),
        # Not raised, or too little to be seen.
        ('<w:position w:val="2"/>', "106次"),
        ('<w:position w:val="0"/>', "106次"),
        ('<w:vertAlign w:val="baseline"/>', "106次"),
        (w.used("Raised") + '<w:vertAlign w:val="baseline"/>', "106次"),
        (w.used("Level"), "106次"),
        (w.used("Unknown"), "106次"),
    ],
)
def test_in_a_word_file(properties: str, shown: str) -> None:
    styles = (
        w.style("Raised", RAISED)
        + w.style("OnRaised", "<w:b/>", based="Raised")
        + w.style("Level", '<w:vertAlign w:val="baseline"/>', based="Raised")
        + w.style("Lowered", '<w:vertAlign w:val="subscript"/>')
    )
    assert _docx(t("10"), t("6", properties), t("次"), styles=styles) == (shown, [])


def test_a_whole_line_that_stands_higher_is_not_raised() -> None:
    high = '<w:position w:val="8"/>'
    assert _docx(t("电压 220", high), t(" 10", high), t("V 的示例元件", high)) == ("电压 220 10V 的示例元件", [])
    assert _docx(t("耐压的示例元件 ", high), t("10", high), t("6", '<w:position w:val="16"/>'), t(" V 以上", high)) == (
        "耐压的示例元件 10⁶ V 以上",
        [],
    )
    assert _docx(t("熔指 "), t("高压元件", high)) == ("熔指 高压元件", [])


def _xlsx(*pieces: tuple[str, Any]) -> bytes:
    """The content in pieces of rich text."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("需求表")
        rows: list[make.Row] = [[("大企业技术创新需求表", 6)], *w.basics(), *make.demand_rows([(TITLE, "X")])]
        for number, row in enumerate(rows):
            column = 0
            for text, width in row:
                if width > 1:
                    sheet.merge_range(number, column, number, column + width - 1, "")
                if text == "X":
                    told = [part for text, look in pieces for part in (book.add_format(look), text)]
                    before, behind = f"{FIRST}\n参数要求：", "\n" + "\n".join(REST)
                    sheet.write_rich_string(number, column, before, *told, book.add_format(), behind)
                elif text:
                    sheet.write_string(number, column, text)
                column += width
    return stream.getvalue()


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        ([("10", {}), ("6", {"font_script": 1}), ("次", {})], "10⁶次"),
        ([("10", {}), ("-6", {"font_script": 1}), (" m", {})], "10⁻⁶ m"),
        ([("CO", {}), ("2", {"font_script": 2}), ("吸附", {})], "CO₂吸附"),
        ([("示例", {}), ("TM", {"font_script": 1}), ("材料", {})], "示例^TM材料"),
        ([("10", {}), ("6", {"bold": True}), ("次", {})], "106次"),
    ],
)
def test_in_a_workbook(pieces: list[tuple[str, Any]], shown: str) -> None:
    assert _parameters("xlsx", _xlsx(*pieces)) == (shown, [])


def test_a_struck_piece_of_such_a_text_is_still_asked_about() -> None:
    pieces: list[tuple[str, Any]] = [
        ("10", {}),
        ("6", {"font_script": 1}),
        ("次", {}),
        ("旧", {"font_strikeout": True}),
    ]
    found, asked = _parameters("xlsx", _xlsx(*pieces))
    assert found == "" and any("划去" in message for message in asked)


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ('10<text:span text:style-name="T1">6</text:span>次', "10⁶次"),
        ('10<text:span text:style-name="T2">-6</text:span> m', "10⁻⁶ m"),
        ('CO<text:span text:style-name="T3">2</text:span>吸附', "CO₂吸附"),
        ('10<text:span text:style-name="T5">6</text:span>次', "10⁶次"),
        ('10<text:span text:style-name="T4">6</text:span>次', "106次"),
        ('10<text:span text:style-name="T1">6</text:span>次<text:line-break/>以上', "10⁶次\n以上"),
    ],
)
def test_in_an_open_document(inside: str, shown: str) -> None:
    content = sheets.cell(*map(sheets.line, (FIRST, f"参数要求：{inside}", *REST)))
    rows: list[make.Row] = [[("大企业技术创新需求表", 6)], *w.basics(), *make.demand_rows([(TITLE, content)])]

    def styled(members: dict[str, bytes]) -> None:
        end = b"</office:automatic-styles>"
        members["content.xml"] = members["content.xml"].replace(end, TEXT_STYLES.encode() + end)

    assert _parameters("ods", make.repacked(sheets.ods(rows), styled)) == (shown, [])
