"""The report of an import as a workbook: what was taken, what needs a look, what failed and why. Texts are text cells, never formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import xlsxwriter

from jiebang.errors import UserError
from jiebang.forms.importing.plan import Change
from jiebang.forms.importing.run import Outcome
from jiebang.forms.reading.findings import Finding

_MAX_TEXT = 2000
_WIDTHS = (34, 18, 22, 50, 50, 40)
_TAKEN = ("文件", "表格", "记录", "名称", "结果", "变化")
_LOOK = ("文件", "位置", "栏目", "表上的内容", "需要核对什么", "怎么办")
_FAILED = ("文件", "位置", "栏目", "表上的内容", "原因", "怎么办")
Row = tuple[str, ...]


def result_of(change: Change, dry_run: bool) -> str:
    """What happened to a record, in a word."""
    if change.differences is None:
        return "将新建" if dry_run else "新建"
    if not change.differences:
        return "没有变化"
    return "将更新" if dry_run else "更新"


def _taken(outcomes: list[Outcome], dry_run: bool) -> Iterator[Row]:
    for outcome in outcomes:
        for change in outcome.changes:
            changed = "\n".join(line for d in change.differences or () for line in d.lines())
            yield (
                str(outcome.file),
                outcome.annex,
                change.path,
                f"{change.name}  {change.title}",
                result_of(change, dry_run),
                changed,
            )


def _look(outcomes: list[Outcome]) -> Iterator[Row]:
    for outcome in outcomes:
        for finding in [*outcome.findings, *(f for change in outcome.changes for f in labelled(change))]:
            yield str(outcome.file), finding.place, finding.field, finding.text, finding.message, finding.hint


def labelled(change: Change) -> Iterator[Finding]:
    """A record's findings, with the demand or item in front where a form holds several."""
    for finding in change.findings:
        prefix = f"{change.name}·" if change.kind != "enterprise" else ""
        yield replace(finding, field=f"{prefix}{finding.field}")


def _failed(outcomes: list[Outcome]) -> Iterator[Row]:
    for outcome in outcomes:
        if outcome.error is not None:
            yield str(outcome.file), "", outcome.annex, "", outcome.error.message, outcome.error.hint


def write_report(path: Path, outcomes: list[Outcome], dry_run: bool) -> None:
    """Writes the workbook. UserError where that cannot be done."""
    sheets = (
        ("已录入", _TAKEN, _taken(outcomes, dry_run)),
        ("需核对", _LOOK, _look(outcomes)),
        ("失败", _FAILED, _failed(outcomes)),
    )
    try:
        with xlsxwriter.Workbook(
            str(path), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        ) as book:
            bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "valign": "top"})
            wrap = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
            for name, heads, rows in sheets:
                sheet = book.add_worksheet(name)
                sheet.freeze_panes(1, 0)
                for column, (head, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
                    sheet.set_column(column, column, width)
                    sheet.write_string(0, column, head, bold)
                for number, row in enumerate(rows, 1):
                    for column, text in enumerate(row):
                        sheet.write_string(number, column, _safe(text), wrap)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise UserError(f"写不了报告 {path}。", "检查文件夹是否存在、报告是否正在 Excel 里打开。") from error


def _safe(text: str) -> str:
    """Short enough to read, and harmless even where a program takes a text that begins like a formula for one (safety rule 18)."""
    shown = text if len(text) <= _MAX_TEXT else f"{text[:_MAX_TEXT]}……"
    return f"'{shown}" if shown[:1] in set("=+-@\t\r＝＋－＠") else shown
