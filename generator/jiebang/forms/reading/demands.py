"""The second part of Annex 1: demands, as many as there are, in the order of the form. Empty ones are skipped."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Any

from jiebang.catalogue.record import field_name
from jiebang.forms.reading.document.grid import UNREAD, Table
from jiebang.forms.reading.findings import CHECK, Finding, Source
from jiebang.forms.reading.labels import Key
from jiebang.forms.reading.layout import Labels, Pair, pairs_of
from jiebang.forms.reading.text import blank, one_line
from jiebang.forms.reading.values.codes import prose
from jiebang.forms.reading.values.demand_content import PARTS, has_specimen, modes, split, without_specimen

_NUMBERED = re.compile(r"\s*需\s*求\s*[(（]?\s*[0-9０-９一二三四五六七八九十]+\s*[)）]?\s*[:：]?\s*\Z")
TITLE: Key = ("demand", "title")
CONTENT: Key = ("demand", "original_text")
_OWN = {"title", "original_text", *PARTS}


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
    parts: dict[str, Pair] = field(default_factory=dict)
    """Parts of the content that a form gives rows of their own."""

    def has(self, path: str) -> bool:
        return (
            self.title if path == "title" else self.content if path == "original_text" else self.parts.get(path)
        ) is not None

    def put(self, path: str, pair: Pair) -> None:
        if path == "title":
            self.title = pair
        elif path == "original_text":
            self.content = pair
        else:
            self.parts[path] = pair


def _path(pair: Pair) -> str | None:
    """The field of a demand that a pair fills; 需求内容 is the whole content where it is a row's label."""
    paths = [path for kind, path in pair.keys if kind == "demand" and path in _OWN]
    return CONTENT[1] if CONTENT[1] in paths else next(iter(paths), None)


def _rows(tables: Iterable[Table], labels: Labels) -> list[_Rows]:
    """The pairs of each demand. A new one begins with 需求 N, and with a second 名称 or 需求内容 in the same."""
    found: list[_Rows] = []
    for table in tables:
        heads = sorted(cell.row for cell in table.cells if _NUMBERED.match(cell.text))
        passed = 0
        for row, pair in pairs_of(table, labels):
            path = _path(pair)
            if path is None:
                continue
            begun = sum(head <= row for head in heads)
            if not found or begun > passed or found[-1].has(path):
                found.append(_Rows())
            passed = begun
            found[-1].put(path, pair)
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


def _content(demand: Demand, pair: Pair, own: Container[str]) -> None:
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
    _parts(demand, pair, whole, own)


def _parts(demand: Demand, pair: Pair, whole: str, own: Container[str]) -> None:
    parted = split(whole)
    if own and not parted.parts:
        # The other parts have rows of their own, so this is the 需求内容 proper.
        demand.value["summary"] = whole
        return
    if parted.reason:
        demand.report(
            "original_text",
            pair,
            f"{parted.reason}已整段保留为企业原文，没有分项。",
            "请把参数要求、需达到的效果、时间要求、合作方式分开填写。",
        )
        return
    for path in PARTS:
        if path in own:
            continue
        if path not in parted.parts:
            demand.report(path, pair, "需求内容里没有这一项。", "向企业核实后填写。", "")
        elif path == "cooperation":
            _cooperation(demand, pair, parted.parts[path])
        else:
            demand.value[path] = parted.parts[path]
            demand.sources[path] = Source(pair.place, parted.parts[path])


def _own_rows(demand: Demand, rows: _Rows) -> None:
    """Parts that stand in rows of their own, beside or instead of 需求内容."""
    for path, pair in rows.parts.items():
        text = prose(pair.text)
        if not pair.cells or blank(text):
            continue
        if path in demand.value and demand.value[path] != text:
            demand.report(path, pair, "这一项出现了两次，内容不同。", "核对后只保留一处。")
            demand.value.pop(path)
        elif len(pair.cells) > 1 or any(mark in text for mark in UNREAD):
            demand.report(path, pair, "内容分在几格里，或有程序读不出的内容。", "对照原件填写。")
        elif path == "cooperation":
            _cooperation(demand, pair, text)
        else:
            demand.value[path] = text
            demand.sources[path] = Source(pair.place, pair.text)


def _demand(position: int, rows: _Rows) -> Demand | None:
    """One demand; None for an empty one."""
    content = rows.content if rows.content and rows.content.cells else None
    if content and blank(without_specimen(prose(content.text))):
        content = None
    own = [pair for pair in rows.parts.values() if pair.cells]
    titled = rows.title if rows.title and rows.title.cells else None
    anchor = titled or content or next(iter(own), None)
    if anchor is None:
        return None
    demand = Demand(position)
    if titled:
        _title(demand, titled)
    else:
        demand.report("title", rows.title or anchor, "没有填写需求名称。", "向企业核实后填写。", "")
    if content:
        _content(demand, content, {path for path, pair in rows.parts.items() if pair.cells})
    elif not own:
        demand.report("original_text", rows.content or anchor, "没有填写需求内容。", "向企业核实后填写。", "")
    _own_rows(demand, rows)
    return demand


def read_demands(tables: Iterable[Table], labels: Labels) -> list[Demand]:
    """Every demand of a form that is not empty."""
    demands: list[Demand] = []
    for rows in _rows(tables, labels):
        demand = _demand(len(demands) + 1, rows)
        if demand is not None:
            demands.append(demand)
    return demands
