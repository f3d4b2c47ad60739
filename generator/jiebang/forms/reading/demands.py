"""The second part of Annex 1: demands, as many as there are, in the order of the form. Empty ones are skipped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from jiebang.catalogue.record import field_name
from jiebang.forms.reading.findings import CHECK, Finding, Source
from jiebang.forms.reading.folding import blank, one_line
from jiebang.forms.reading.grid import UNREAD, Table
from jiebang.forms.reading.labels import Key
from jiebang.forms.reading.layout import Labels, Pair, pairs_of
from jiebang.forms.reading.scalars import prose
from jiebang.forms.reading.split import PARTS, has_specimen, modes, split, without_specimen

_NUMBERED = re.compile(r"\s*需\s*求\s*[(（]?\s*[0-9０-９一二三四五六七八九十]+\s*[)）]?\s*[:：]?\s*\Z")
TITLE: Key = ("demand", "title")
CONTENT: Key = ("demand", "original_text")


@dataclass(slots=True)
class Demand:
    """One demand of a form; `position` counts from 1."""

    position: int
    value: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def report(self, path: str, pair: Pair, message: str, hint: str, text: str | None = None) -> None:
        """A finding at one of this demand's fields."""
        name = field_name("demand", (path,))
        self.findings.append(
            Finding(name, pair.place, pair.text if text is None else text, f"{CHECK}：{message}", hint)
        )


@dataclass(slots=True)
class _Rows:
    title: Pair | None = None
    content: Pair | None = None


def _rows(tables: Iterable[Table], labels: Labels) -> list[_Rows]:
    """The pairs of each demand. A new one begins with 需求 N, and with a second 名称 or 需求内容 in the same."""
    found: list[_Rows] = []
    for table in tables:
        heads = sorted(cell.row for cell in table.cells if _NUMBERED.match(cell.text))
        passed = 0
        for row, pair in pairs_of(table, labels):
            key = next((key for key in pair.keys if key in {TITLE, CONTENT}), None)
            if key is None:
                continue
            begun = sum(head <= row for head in heads)
            slot = "title" if key == TITLE else "content"
            if not found or begun > passed or getattr(found[-1], slot) is not None:
                found.append(_Rows())
            passed = begun
            setattr(found[-1], slot, pair)
    return found


def _title(demand: Demand, pair: Pair) -> None:
    text = one_line(pair.text)
    if len(pair.cells) > 1 or any(mark in text for mark in UNREAD):
        demand.report("title", pair, "内容分在几格里，或有程序读不出的内容。", "对照原件填写需求名称。")
    else:
        demand.value["title"] = text
        demand.sources["title"] = Source(pair.place, pair.text)


def _cooperation(demand: Demand, pair: Pair, text: str) -> None:
    """The modes, and what is explained on the lines below them."""
    first, _, below = text.partition("\n")
    chosen = modes(text)
    if chosen is not None:
        demand.value["cooperation"] = {"modes": chosen}
    elif below.strip() and (chosen := modes(first)) is not None:
        demand.value["cooperation"] = {"modes": chosen, "note": below.strip()}
    else:
        demand.value["cooperation"] = {"note": text}
        demand.report(
            "cooperation", pair, "合作方式不全在代码表里，只录入了说明。", "从代码表中选定合作方式（modes）填写。", text
        )


def _content(demand: Demand, pair: Pair) -> None:
    whole = prose(without_specimen(prose(pair.text)))
    if blank(whole):
        return
    demand.value["original_text"] = whole
    demand.sources["original_text"] = Source(pair.place, pair.text)
    if len(pair.cells) > 1:
        demand.report(
            "original_text", pair, "内容分在几格里，已按顺序连在一起，没有分项。", "核对顺序后，把各部分填到分项里。"
        )
        return
    if any(mark in whole for mark in UNREAD):
        demand.report(
            "original_text",
            pair,
            "其中有图片、公式等程序读不出的内容，只保留了原文，没有分项。",
            "对照原件补上读不出的部分，再分项填写。",
        )
        return
    if has_specimen(whole):
        demand.report(
            "original_text", pair, "表上印的样例没有删净，只保留了原文，没有分项。", "删去样例文字，再分项填写。"
        )
        return
    _parts(demand, pair, whole)


def _parts(demand: Demand, pair: Pair, whole: str) -> None:
    parted = split(whole)
    if parted.reason:
        demand.report(
            "original_text",
            pair,
            f"{parted.reason}已整段保留为企业原文，没有分项。",
            "请把参数要求、需达到的效果、时间要求、合作方式分开填写。",
        )
        return
    for path in PARTS:
        if path not in parted.parts:
            demand.report(path, pair, "需求内容里没有这一项。", "向企业核实后填写。", "")
        elif path == "cooperation":
            _cooperation(demand, pair, parted.parts[path])
        else:
            demand.value[path] = parted.parts[path]
            demand.sources[path] = Source(pair.place, parted.parts[path])


def read_demands(tables: Iterable[Table], labels: Labels) -> list[Demand]:
    """Every demand of a form that is not empty."""
    demands: list[Demand] = []
    for rows in _rows(tables, labels):
        content = rows.content if rows.content and rows.content.cells else None
        if rows.content and content and blank(without_specimen(prose(content.text))):
            content = None
        if not (rows.title and rows.title.cells) and content is None:
            continue
        demand = Demand(len(demands) + 1)
        if rows.title and rows.title.cells:
            _title(demand, rows.title)
        elif content:
            demand.report("title", rows.title or content, "没有填写需求名称。", "向企业核实后填写。", "")
        if content:
            _content(demand, content)
        elif rows.title:
            demand.report("original_text", rows.content or rows.title, "没有填写需求内容。", "向企业核实后填写。", "")
        demands.append(demand)
    return demands
