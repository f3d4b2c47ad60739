"""A report as a Word document: the title in official type, a table across the page, or a round on one page with bars of cells."""

from __future__ import annotations

from collections.abc import Sequence

from jiebang.desk.papers.markup import (
    ACROSS,
    BODY,
    HEI,
    SONG,
    TITLE,
    UPRIGHT,
    Cell,
    page_of_pages,
    paper,
    paragraph,
    run,
    table,
)
from jiebang.desk.reports.table import Bars, Column, Kind, Report, Row, Summary
from jiebang.desk.reports.table import Cell as Value

_HEAD_FILL, _TOTAL_FILL = "E7EDF3", "F5F7F9"
_BAR_COLOURS = ("2F5D8C", "C8862B")
_SMALL = 9.0
_ALIGN = {Kind.TEXT: "left", Kind.WORD: "center", Kind.NUMBER: "center", Kind.SHARE: "center", Kind.DAY: "center"}


def shown(value: Value) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1%}"
    return str(value)


def _line(text: str, align: str, face: str = BODY, size: float = _SMALL) -> str:
    return paragraph(run(text, face, size), align=align, line=round(size * 26), before=20, after=20)


def _heading(title: str, about: Sequence[str], size: float) -> list[str]:
    return [
        paragraph(run(title, TITLE, size), align="center", line=round(size * 28), after=60),
        *(paragraph(run(line, BODY, 10.5), align="center", after=100) for line in about),
    ]


def _widths(columns: Sequence[Column], inside: int) -> list[int]:
    whole = sum(column.width for column in columns)
    return [round(inside * column.width / whole) for column in columns]


def _row(row: Row, columns: Sequence[Column], face: str, fill: str) -> list[Cell]:
    return [
        Cell(_line(shown(value), _ALIGN[column.kind], face), fill=fill)
        for value, column in zip(row, columns, strict=True)
    ]


def report_docx(report: Report) -> bytes:
    """The report's bytes: A4 across, the heads of its table on every page."""
    listed = report.table
    rows = [[Cell(_line(column.title, "center", HEI), fill=_HEAD_FILL) for column in listed.columns]]
    rows += [_row(row, listed.columns, BODY, "") for row in listed.rows]
    if not listed.rows:
        rows.append([Cell(_line(listed.empty, "center"), span=len(listed.columns))])
    if listed.total is not None:
        rows.append(_row(listed.total, listed.columns, HEI, _TOTAL_FILL))
    body = [
        *_heading(report.title, report.about, 20),
        table(_widths(listed.columns, ACROSS.inside), rows),
        *(paragraph(run(f"注：{note}", BODY, _SMALL), before=60) for note in report.notes),
        *([] if report.notes else [paragraph()]),
    ]
    return paper(report.title, body, {"footer-default": page_of_pages()}, ACROSS)


# --- a round on one page ----------------------------------------------------------------------------------------------------

_TILES = 4
_UNITS = 30
"""Cells to the longest bar."""
_NUMBER = 6
"""Cells to the number behind it."""
_GAP = 40
_BAR_SIZE = 8.0
_AROUND = 9600
"""Twips that the margins, the title, the figures, the sentences and the headings take."""


def _tiles(summary: Summary, inside: int) -> str:
    widths = [inside // _TILES] * _TILES
    cells = [
        Cell(
            paragraph(run(str(figure.value), TITLE, 22, colour="2F5D8C"), run(f" {figure.unit}", BODY, 10.5), align="center", line=560, before=60)
            + paragraph(run(figure.label, HEI, 10.5), align="center", line=300, after=60)
        )
        for figure in summary.figures
    ]  # fmt: skip
    return table(widths, [cells[start : start + _TILES] for start in range(0, len(cells), _TILES)], heads=0)


def _line_height(summary: Summary) -> int:
    """As high as keeps all bars on the page: what is above and around them takes about half of it."""
    rows = sum(len(bars.labels) for bars in summary.bars)
    return max(150, min(230, (UPRIGHT.height - _AROUND) // max(rows, 1) - _GAP))


def _bar(value: int, most: int, colour: str, line: int) -> list[Cell]:
    """A bar with its number behind it, on as many columns as the longest has and those for the number."""
    length = 0 if not most else max(round(_UNITS * value / most), 1 if value else 0)
    empty = paragraph(line=line)
    bar = [Cell(empty, span=length, fill=colour, border=False)] if length else []
    number = paragraph(run(str(value), BODY, _BAR_SIZE), align="left", line=line)
    return [*bar, Cell(number, span=_UNITS + _NUMBER - length, border=False)]


def _bars(bars: Bars, inside: int, labels: int, line: int) -> str:
    """A row for each label, the series side by side; white lines between rows keep the bars apart."""
    series = len(bars.series)
    unit = (inside - labels) // (series * (_UNITS + _NUMBER))
    widths = [inside - unit * series * (_UNITS + _NUMBER), *[unit] * (series * (_UNITS + _NUMBER))]
    rows: list[list[Cell]] = []
    if series > 1:
        names = [
            Cell(paragraph(run(name, BODY, _SMALL, colour=colour), line=240), span=_UNITS + _NUMBER, border=False)
            for (name, _), colour in zip(bars.series, _BAR_COLOURS, strict=True)
        ]
        rows.append([Cell(paragraph(line=240), border=False), *names])
    for place, label in enumerate(bars.labels):
        cells = [Cell(paragraph(run(f"{label}　", BODY, _BAR_SIZE), align="right", line=line), border=False)]
        for (_, values), colour in zip(bars.series, _BAR_COLOURS, strict=False):
            cells += _bar(values[place], max(values, default=0), colour, line)
        rows.append(cells)
        rows.append([Cell(paragraph(run("", SONG, 1), line=_GAP), span=len(widths), border=False)])
    return table(widths, rows, heads=0, border=False)


def summary_docx(summary: Summary) -> bytes:
    """The round on one upright page of A4."""
    page = UPRIGHT
    labels, line = 3000, _line_height(summary)
    body = [*_heading(summary.title, summary.about, 20), _tiles(summary, page.inside)]
    body += [
        paragraph(run(text, BODY, 12), indent=2, line=400, before=120 if not number else 0, after=20)
        for number, text in enumerate(summary.sentences)
    ]
    for bars in summary.bars:
        if bars.labels:
            body.append(paragraph(run(bars.title, HEI, 11), line=340, before=120, after=40, keep=True))
            body.append(_bars(bars, page.inside, labels, line))
    body += [paragraph(run(f"注：{note}", BODY, _SMALL), before=80) for note in summary.notes]
    return paper(summary.title, body, {}, page)
