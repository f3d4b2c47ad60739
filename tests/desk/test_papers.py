"""A report's file says what its rows say and nothing else; whatever a record holds stays text; a sheet is ready to print."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from jiebang.catalogue import load
from jiebang.desk.papers.word import report_docx, summary_docx
from jiebang.desk.papers.workbook import report_xlsx, summary_xlsx
from jiebang.desk.reports import REPORTS, Report, Scope, Summary, made
from jiebang.desk.reports.table import Column, Kind, Table
from tests.conftest import SAMPLE
from tests.desk.raw import WORD, paragraphs_of, parsed, parts_of, sheet_of, tables_of

SHEET = "xl/worksheets/sheet1.xml"
TABLES = [name for name, kind in REPORTS.items() if kind.rows is not None]
HOSTILE = (
    "=HYPERLINK(\"http://x.example\",\"点\")", "+1", "-1", "@SUM(A1)", "{{ 7*7 }}", "{% for x in y %}", "{_{ x }_}", "<w:p/>", "&amp;", "_x0041_",
    "]]>", "'单引号", "＝1+1",
)  # fmt: skip


@pytest.fixture(scope="module")
def scope() -> Scope:
    return Scope.of(load(SAMPLE)[0], "2026", None, "2026-11-29")


def _report(scope: Scope, name: str) -> Report:
    report = made(REPORTS[name], scope)
    assert isinstance(report, Report)
    return report


def _summary(scope: Scope) -> Summary:
    report = made(REPORTS["summary"], scope)
    assert isinstance(report, Summary)
    return report


def _as_cell(value: object, kind: Kind) -> object:
    """What a cell of a sheet holds for a value: days are counted from 1899-12-30."""
    if isinstance(value, int | float):
        return float(value)
    if kind is Kind.DAY and value is not None:
        return float((date.fromisoformat(str(value)) - date(1899, 12, 30)) / timedelta(days=1))
    return value


@pytest.mark.parametrize("name", TABLES)
def test_a_sheet_holds_the_rows_as_values(scope: Scope, name: str) -> None:
    report = _report(scope, name)
    cells = sheet_of(report_xlsx(report, "示例局", "2026-11-29"))
    columns = report.table.columns
    top = 2 + len(report.about)
    assert cells["A1"] == report.title
    assert [cells[f"{chr(65 + place)}{top}"] for place in range(len(columns))] == [column.title for column in columns]
    rows = [*report.table.rows, *([report.table.total] if report.table.total is not None else [])]
    for number, row in enumerate(rows, top + 1):
        for place, (value, column) in enumerate(zip(row, columns, strict=True)):
            held = cells.get(f"{chr(65 + place)}{number}")
            told = _as_cell(value, column.kind)
            assert held == (pytest.approx(told) if isinstance(told, float) else told or None)
    if not report.table.rows:
        assert cells[f"A{top + 1}"] == report.table.empty
    said = [str(value) for value in cells.values()]
    assert all(f"注：{note}" in said for note in report.notes)


@pytest.mark.parametrize("name", TABLES)
def test_a_sheet_is_ready_to_print(scope: Scope, name: str) -> None:
    report = _report(scope, name)
    parts = parts_of(report_xlsx(report, "示例局", "2026-11-29"))
    sheet, book = parts[SHEET].decode(), parts["xl/workbook.xml"].decode()
    top = 2 + len(report.about)
    assert 'paperSize="9" orientation="landscape"' in sheet.replace(' fitToHeight="0"', "")
    assert 'fitToPage="1"' in sheet and 'fitToHeight="0"' in sheet
    assert f'ySplit="{top}"' in sheet and 'state="frozen"' in sheet
    assert "第 &amp;P 页，共 &amp;N 页" in sheet
    assert f"${top}:${top}</definedName>" in book and "_xlnm.Print_Area" in book


@pytest.mark.parametrize("name", TABLES)
def test_a_word_file_holds_the_rows_as_text(scope: Scope, name: str) -> None:
    report = _report(scope, name)
    data = report_docx(report)
    (table,) = tables_of(data)
    assert table[0] == [column.title for column in report.table.columns]
    rows = [*report.table.rows, *([report.table.total] if report.table.total is not None else [])]
    told = [["" if v is None else f"{v * 100:.1f}%" if isinstance(v, float) else str(v) for v in row] for row in rows]
    assert table[1:] == (told or [[report.table.empty]])
    said = paragraphs_of(data)
    assert report.title == said[0] and all(f"注：{note}" in said for note in report.notes)


@pytest.mark.parametrize("name", TABLES)
def test_the_heads_of_a_word_table_come_again_on_every_page(scope: Scope, name: str) -> None:
    parts = parts_of(report_docx(_report(scope, name)))
    root = parsed(parts["word/document.xml"])
    rows = list(root.iter(f"{WORD}tr"))
    assert rows[0].find(f"{WORD}trPr/{WORD}tblHeader") is not None
    assert all(row.find(f"{WORD}trPr/{WORD}cantSplit") is not None for row in rows)
    size = next(root.iter(f"{WORD}pgSz"))
    assert (size.get(f"{WORD}w"), size.get(f"{WORD}h"), size.get(f"{WORD}orient")) == ("16838", "11906", "landscape")
    assert b" PAGE " in parts["word/footer-default.xml"] and b" NUMPAGES " in parts["word/footer-default.xml"]


def _hostile() -> Report:
    columns = (Column("甲", 20), Column("乙", 10, Kind.WORD))
    return Report("x", HOSTILE[0], (HOSTILE[4],), Table(columns, [(text, text) for text in HOSTILE], ""), (HOSTILE[7],))


def test_a_cell_that_looks_like_a_formula_says_so_to_who_edits_it() -> None:
    parts = parts_of(report_xlsx(_hostile(), "示例局", "2026-11-29"))
    styles = re.findall(r"<xf [^>]*", re.findall("<cellXfs.*</cellXfs>", parts["xl/styles.xml"].decode())[0])
    places = dict(re.findall(r'<c r="(A\d+)" s="(\d+)"', parts[SHEET].decode()))
    for number, text in enumerate(HOSTILE, 4):
        assert ("quotePrefix" in styles[int(places[f"A{number}"])]) is (text[0] in "=+-@＝"), text


def test_hostile_values_stay_text() -> None:
    cells = sheet_of(report_xlsx(_hostile(), HOSTILE[0], "2026-11-29"))
    assert [cells[f"A{number}"] for number in range(4, 4 + len(HOSTILE))] == [
        "_x005F_x0041_" if text == "_x0041_" else text for text in HOSTILE
    ]
    data = report_docx(_hostile())
    (table,) = tables_of(data)
    assert [row[0] for row in table[1:]] == [*HOSTILE]
    assert paragraphs_of(data)[0] == HOSTILE[0]


def test_the_same_records_make_the_same_bytes(scope: Scope) -> None:
    for name in TABLES:
        report = _report(scope, name)
        assert report_docx(report) == report_docx(report)
        assert report_xlsx(report, "x", "2026-11-29") == report_xlsx(report, "x", "2026-11-29")
    assert summary_docx(_summary(scope)) == summary_docx(_summary(scope))
    assert summary_xlsx(_summary(scope), "x", "2026-11-29") == summary_xlsx(_summary(scope), "x", "2026-11-29")


def test_the_summary_is_one_page_with_charts_of_its_numbers(scope: Scope) -> None:
    told = _summary(scope)
    data = summary_xlsx(told, "示例局", "2026-11-29")
    parts = parts_of(data)
    sheet = parts[SHEET].decode()
    assert 'paperSize="9"' in sheet and "landscape" not in sheet and 'fitToPage="1"' in sheet
    assert "fitToHeight" not in sheet  # one page high, as it is by default
    charts = sorted(name for name in parts if name.startswith("xl/charts/chart"))
    assert len(charts) == len(told.bars) == 3
    said = sheet_of(data)
    assert {figure.label for figure in told.figures} <= set(said.values())
    numbers = [said[f"{letter}{row}"] for row in (4, 6) for letter in "ACEG"]
    assert numbers == [figure.value for figure in told.figures]
    listed = sheet_of(data, 2)
    row = 1
    for bars, chart in zip(told.bars, charts, strict=True):
        drawn = parts[chart].decode()
        assert bars.title in drawn
        for place, (_, values) in enumerate(bars.series):
            last = row + len(values)
            letter = "BC"[place]
            assert f"${letter}${row + 1}:${letter}${last}" in drawn
            assert [listed[f"{letter}{number}"] for number in range(row + 1, last + 1)] == [*values]
        row += len(bars.labels) + 2


def test_bars_in_word_are_as_long_as_their_numbers(scope: Scope) -> None:
    told = _summary(scope)
    root = parsed(parts_of(summary_docx(told))["word/document.xml"])
    tables = list(root.iter(f"{WORD}tbl"))[1:]
    assert len(tables) == len(told.bars)
    for table, bars in zip(tables, told.bars, strict=True):
        lengths: list[int] = []
        for cell in table.iter(f"{WORD}tc"):
            properties = cell.find(f"{WORD}tcPr")
            assert properties is not None
            if properties.find(f"{WORD}shd") is not None:
                width = properties.find(f"{WORD}tcW")
                assert width is not None
                lengths.append(int(width.get(f"{WORD}w") or 0))
        by_row = [value for place in range(len(bars.labels)) for _, values in bars.series for value in [values[place]]]
        most = [max(values) for _ in bars.labels for _, values in bars.series]
        drawn = [(value / top, length) for value, top, length in zip([v for v in by_row if v], [t for v, t in zip(by_row, most, strict=True) if v], lengths, strict=True)]  # fmt: skip
        longest = max(length for _, length in drawn)
        assert all(abs(length / longest - share) <= 1 / 30 for share, length in drawn)
