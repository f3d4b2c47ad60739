"""A file's content → the forms in it, told by their titles and labels, each read to values and findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from jiebang.forms.reading.attachments import as_text, is_aside, is_list, named_not_valid, said_aside
from jiebang.forms.reading.continued import has_labels, joined
from jiebang.forms.reading.demands import Demand, read_demands
from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.grid import Block, Cell, Document, Line, Table
from jiebang.forms.reading.document.left_behind import marked
from jiebang.forms.reading.enterprise import Reader, unit_told, with_others
from jiebang.forms.reading.findings import CHECK, Finding, FormError, Source
from jiebang.forms.reading.furniture import is_number, is_printed, names_only, printed_lines
from jiebang.forms.reading.items import Item, read_items
from jiebang.forms.reading.labels import ANNEX_1, ANNEX_2, ANNEX_3, TITLES, labels_of, title_of
from jiebang.forms.reading.layout import Row, pairs_of, pairs_of_line, read_rows
from jiebang.forms.reading.statement import Statement, has_chapters, read_statement, unframed
from jiebang.forms.reading.text import says_not_valid


@dataclass(slots=True)
class Form:
    """One form as read. `enterprise` is empty for Annex 3, which only names its enterprise."""

    annex: str
    enterprise: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    statement: Statement | None = None


@dataclass(slots=True)
class _Section:
    annex: str | None
    blocks: list[Block]
    aside: list[Line] = field(default_factory=list)
    """What sheets beside the form say about it."""


def _cut(table: Table) -> Iterator[tuple[str | None, Table]]:
    """A table in pieces that each begin with a form's title: a sheet may hold several forms below each other."""
    starts = [(cell.row, annex) for cell in table.cells if (annex := title_of(cell.text))]
    bounds = [(0, None), *starts] if not starts or starts[0][0] > 0 else starts
    for number, (row, annex) in enumerate(bounds):
        end = bounds[number + 1][0] if number + 1 < len(bounds) else None
        cells = tuple(cell for cell in table.cells if row <= cell.row and (end is None or cell.row < end))
        if cells:
            yield annex, replace(table, cells=cells)


def _guess(blocks: list[Block]) -> str | None:
    """The annex whose own labels stand in a piece without a title; None where none or several fit."""
    marks = {ANNEX_1: "disclosure", ANNEX_2: "types"}
    found = set()
    for annex, own in marks.items():
        for block in blocks:
            if isinstance(block, Table):
                keys = {
                    path
                    for _, pair in pairs_of(block, labels_of(annex))
                    for kind, path in pair.keys
                    if kind == "enterprise"
                }
                if own in keys and "name" in keys:
                    found.add(annex)
    return found.pop() if len(found) == 1 else None


def _sections(document: Document) -> list[_Section]:
    sections = [_Section(None, [])]
    aside: list[Line] = []
    for block in (one for whole in document.blocks for one in unframed(whole, titled=True)):
        if isinstance(block, Line):
            if annex := title_of(block.text):
                sections.append(_Section(annex, [block] if block.doubts or says_not_valid(block.text) else []))
            else:
                sections[-1].blocks.append(block)
            continue
        if is_aside(block):
            aside += said_aside(block)
            continue
        for annex, piece in _cut(block):
            if annex is not None:
                sections.append(_Section(annex, named_not_valid(piece)))
            sections[-1].blocks.append(piece)
    max(sections, key=lambda one: (one.annex is not None, len(one.blocks))).aside = aside
    found: list[_Section] = []
    for number, section in enumerate(sections):
        if not number and len(sections) > 1:
            # What stands above the first title is no form; what it says about the form below is said of that.
            sections[1].blocks[:0] = [one for one in section.blocks if isinstance(one, Line) and _warns(one)]
        if not section.blocks:
            continue
        read = replace(section, annex=section.annex or _guess(section.blocks))
        if found and read.annex and read.annex == found[-1].annex and _goes_on(read, found[-1]):
            found[-1].blocks.extend(read.blocks)
            found[-1].aside.extend(read.aside)
        else:
            found.append(read)
    return found


_SHOWN = 600
"""Characters of what stands outside the form that a question quotes."""


def _warns(line: Line) -> bool:
    """Whether a line says something about the whole form that a person has to judge."""
    return bool(line.doubts) or says_not_valid(line.text)


def _goes_on(section: _Section, before: _Section) -> bool:
    """Whether a piece under the same title again goes on with the form before it: it names no enterprise of its own, or that is only
    the cover of an application."""
    if section.annex == ANNEX_3:
        return not has_chapters(before.blocks)
    labels = labels_of(section.annex or "")
    tables = [block for block in section.blocks if isinstance(block, Table)]
    keys = {key for table in tables for _, pair in pairs_of(table, labels) for key in pair.keys}
    return not {("enterprise", "name"), ("enterprise", "credit_code")} & keys and bool(keys or not tables)


def _read(section: _Section) -> Form | None:
    annex = section.annex
    if annex is None:
        return None
    form = Form(annex)
    if annex == ANNEX_3:
        form.statement = read_statement(section.blocks)
        form.statement.findings += _said(section.aside)
        return form if form.statement.value else None
    labels = labels_of(annex)
    tables = [block for block in section.blocks if isinstance(block, Table)]
    lists = [table for table in tables[1:] if is_list(table, labels)]
    table = joined([table for table in tables if table not in lists], labels)
    lines = [block for block in section.blocks if isinstance(block, Line)]
    reader = Reader(annex, unit_told([*(line.text for line in lines), *(cell.text for cell in table.cells)]))
    rows = list(with_others(read_rows(table, labels)))
    if annex == ANNEX_1:
        form.demands, rows, told = read_demands(rows)
    else:
        form.items, rows, told = read_items(rows)
    reader.take(pair for row in rows for pair in row.pairs)
    # 企业名称：（盖章） above the table only helps where the table has none.
    others: list[Line] = []
    for line, printed in zip(lines, printed_lines(line.text for line in lines), strict=True):
        pairs = pairs_of_line(line, labels)
        reader.take(pairs)
        if (line.doubts and not pairs) or any(kind == "demand" for pair in pairs for kind, _ in pair.keys):
            told.append(_beside("表外的文字", line))
        elif says_not_valid(line.text):
            told.append(_beside("表外的文字", replace(line, doubts=(doubts.doubt(doubts.NOT_VALID, line.text),))))
        elif not printed and not pairs:
            others.append(line)
    name = str(reader.value.get("name", ""))
    others = [line for line in others if not names_only(line.text, name)]
    told += [*_said(others), *_said(section.aside)]
    told.extend(_beside("表外的一栏", replace(table.cells[0], text=as_text(table))) for table in lists)
    told.extend(_beside("表外的一栏", cell) for row in rows for cell in _somebodys(row, name))
    if not reader.value and not form.demands and not form.items:
        return None
    reader.close()
    form.enterprise, form.sources, form.findings = reader.value, reader.sources, [*reader.findings, *told]
    return form


def _somebodys(row: Row, name: str) -> Iterator[Cell]:
    """What stands in a row and is neither part of a pair nor printed, with the numbers behind it: 示例材料 | 301."""
    behind = False
    for cell in (*row.loose, *row.said):
        own = bool(cell.doubts) or not (is_printed(cell.text) or names_only(cell.text, name))
        if own or (behind and is_number(cell.text)):
            yield cell
        behind = behind or own


def _said(lines: list[Line]) -> list[Finding]:
    """One question for all lines: an enterprise's introduction may be pages long."""
    if not lines:
        return []
    text = "\n".join(line.text for line in lines)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……（共 {len(text)} 字）"
    told = tuple(dict.fromkeys(one for line in lines for one in line.doubts))
    return [_beside("表外的文字", replace(lines[0], text=shown, doubts=told))]


def _beside(field_: str, what: Cell | Line) -> Finding:
    """What stands on a form and belongs to none of its fields."""
    why, told = "没有认出是哪一栏的内容，没有录入。", "有用的内容请写进相应的栏目或工作备注。"
    if what.doubts:
        why, told = doubts.of_the_whole(what.doubts)
    return Finding(field_, what.place, doubts.quoted(what.text, what.doubts), f"{CHECK}：{why}", told)


_VOID = re.compile(
    r"[(（【]?(?:[此本该原旧]?(?:[份张])?(?:表格?|需求表|对接表|申请书|申[请报]表)?)(?:已经?|现|予以|特此)*(?:作废|无效)[)）】]?(?:[,，。;；].*)?",
    re.DOTALL,
)
_SPECIMEN = re.compile(r".{0,6}(?:样例|范[本例]|作废|无效).{0,6}|.{0,4}示例[0-9]?|例[子表]")
_MAYBE_A_SPECIMEN = re.compile(r".{0,6}样[表本张].{0,6}")


def _not_entered(section: _Section, all_: list[_Section]) -> Finding | None:
    """Why a form is not entered: it says itself that it is void, or its sheet is that of an example. None for a form that is."""
    for line in section.blocks:
        if (
            isinstance(line, Line)
            and line.text
            and not line.place.startswith(f"{line.text}!")
            and _VOID.fullmatch(line.text.strip())
        ):
            told, hint = "表上写明作废，整份表没有录入。", "向企业核实；仍然有效的，删去这行字再导入。"
            return Finding("表外的文字", line.place, line.text, f"{CHECK}：{told}", hint)
    cell = next((block.cells[0] for block in section.blocks if isinstance(block, Table) and block.cells), None)
    sheet = cell.place.rpartition("!")[0] if cell else ""
    beside_another = any(other is not section and other.annex == section.annex for other in all_)
    if cell and (_SPECIMEN.fullmatch(sheet) or (beside_another and _MAYBE_A_SPECIMEN.fullmatch(sheet))):
        told, hint = "工作表的名称说明这是样例或作废的表，没有录入。", "是正式填报的，改掉工作表的名称再导入。"
        return Finding("表外的文字", cell.place, sheet, f"{CHECK}：{told}", hint)
    return None


def _not_text(sections: list[_Section]) -> tuple[str, str] | None:
    """What stands in the place of a form that was pasted as a picture or an object, and what to do; None where an empty form stands."""
    tables = [(one, section.annex) for section in sections for one in section.blocks if isinstance(one, Table)]
    if any(has_labels(table, labels_of(annex or ANNEX_1)) for table, annex in tables):
        return None
    lines = [one.text for section in sections for one in section.blocks if isinstance(one, Line)]
    seen = "".join([*lines, *(cell.text for table, _ in tables for cell in table.cells)])
    if "〔嵌入对象〕" in seen:
        return (
            "表格是嵌在文件里的另一个文件（嵌入对象），读不出来。",
            "打开文件，双击里面的表格，另存为一个文件再导入。",
        )
    if "〔图片〕" in seen:
        return (
            "文件里的表格是图片（扫描件或截图），读不出上面的文字。",
            "请企业交 Word 或 Excel 电子版，或照着图片在记录里填写。",
        )
    return None


def read_forms(document: Document) -> list[Form]:
    """Every filled form of a file. FormError where there is none."""
    sections = _sections(marked(document))
    read = [(section, form) for section in sections if (form := _read(section))]
    filled = [section for section, _ in read]
    why = [_not_entered(section, filled) for section in filled]
    forms = [form for (_, form), told in zip(read, why, strict=True) if told is None]
    left = [told for told in why if told]
    if forms:
        first = forms[0].statement or forms[0]
        first.findings += left
        return forms
    if left:
        raise FormError(
            left[0].message.removeprefix(f"{CHECK}：") + f"（{left[0].place}：{left[0].text}）", left[0].hint
        )
    if other := _not_text(sections):
        raise FormError(*other)
    if any(section.annex for section in sections):
        raise FormError("表格是空白的，没有填写内容。", "核对是不是拿错了空表。")
    names = "、".join(f"{annex}“{title}”" for annex, title in TITLES.items())
    raise FormError("认不出是哪一张表。", f"能导入的是{names}；请用官方表格填写，不要删去表名。")
