"""The third part of Annex 2: the items an SME wants to take on, each with its name and its code in the demand catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jiebang.catalogue.record import field_name
from jiebang.forms.reading.demands import WITHDRAWN, visible
from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.grid import UNREAD
from jiebang.forms.reading.findings import CHECK, Finding, Source
from jiebang.forms.reading.furniture import ITEM_HEAD, ITEMS
from jiebang.forms.reading.labels import Key
from jiebang.forms.reading.layout import Pair, Row
from jiebang.forms.reading.second_part import begin, of_the_first_part
from jiebang.forms.reading.text import blank, is_without_content, narrow, one_line, says_nothing

NAME: Key = ("application", "item.name")
CODE: Key = ("application", "item.code")


@dataclass(slots=True)
class Item:
    """One item; `number` says that a spreadsheet holds the code as a number, so leading zeros may be gone."""

    position: int
    value: dict[str, Any] = field(default_factory=dict)
    number: bool = False
    sources: dict[str, Source] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def report(self, name: str, pair: Pair, message: str, hint: str) -> None:
        """A finding at the item's name or code."""
        shown = field_name("application", ("item", name))
        self.findings.append(Finding(shown, pair.place, pair.shown, f"{CHECK}：{message}", hint))


def _grouped(rows: Iterable[Row]) -> tuple[list[dict[str, Pair]], list[Row]]:
    """The pairs of each item: one begins with its 事项名称, or with what would be its second 代码. The rows without them."""
    found: list[dict[str, Pair]] = []
    left: list[Row] = []
    every = list(rows)
    for row in of_the_first_part(every, begin(every, ITEMS, ITEM_HEAD)):
        rest = Row(row.number, loose=row.loose, said=row.said)
        for pair in row.pairs:
            name = next((name for key, name in ((NAME, "name"), (CODE, "code")) if key in pair.keys), None)
            if name is None:
                rest.pairs.append(pair)
                continue
            if not found or name in found[-1]:
                found.append({})
            found[-1][name] = pair
        left.append(rest)
    return found, left


_CODES = re.compile(r"\w\s*[、，,;；/／\n和及或]\s*\w")
_CODE_LABEL = re.compile(r"\A(?:事项|需求)?代\s*码\s*[:：]?\s*(?=[0-9A-Za-z０-９])")


def _lines(pair: Pair) -> list[str]:
    return [line for line in pair.text.split("\n") if line.strip()]


def _take(item: Item, name: str, pair: Pair, codes: Sequence[str] = ()) -> None:
    """Reads a name or a code; `codes` are the lines of the item's code."""
    text = one_line(pair.text)
    if pair.doubts:
        item.report(name, pair, doubts.reason(pair.doubts), doubts.hint(pair.doubts))
        return
    if len(pair.cells) > 1 or any(mark in text for mark in UNREAD):
        item.report(name, pair, "内容分在几格里，或有程序读不出的内容。", "对照原件填写。")
        return
    if name == "code":
        text = _CODE_LABEL.sub("", text)
        if _CODES.search(_CODE_LABEL.sub("", pair.text.strip())):
            item.report(name, pair, "不止一个代码，或一个代码分在几行。", "一个事项填一个代码；有几个的分开填写。")
            return
    elif codes and len(codes) == len(lines := _lines(pair)) > 1:
        item.report(name, pair, "不止一个名称。", f"一个事项填一个名称，这里有 {len(lines)} 行；有几个的分开填写。")
        return
    if is_without_content(text):
        item.report(name, pair, "没有填写，或只说“无”“待定”或在别处。", "向企业核实后填写。")
        return
    item.value[name] = re.sub(r"\s", "", narrow(text)) if name == "code" else text
    item.sources[f"item.{name}"] = Source(pair.place, pair.text)
    item.number = item.number or (name == "code" and pair.number)


def _left_out(filled: dict[str, Pair]) -> tuple[str, str] | None:
    """Why what stands there is no item (any more), and what to do; None for one."""
    told = tuple(one for pair in filled.values() for one in pair.doubts)
    if told and ("name" not in filled or blank(visible(filled["name"]))):
        return f"{doubts.reason(told).removesuffix('，没有录入。')}，没有当作一个事项录入。", doubts.hint(told)
    if any(WITHDRAWN.search(visible(pair)) for pair in filled.values()):
        return "表上写明这一项放弃或作废，没有录入。", "向企业核实；仍要揭榜的，请企业改表。"
    if all(is_without_content(pair.text) for pair in filled.values()):
        return "只说“待定”“同上”或在别处，没有当作一个事项录入。", "向企业核实有没有这一项；有的，写明名称和代码。"
    return None


def read_items(rows: Iterable[Row]) -> tuple[list[Item], list[Row], list[Finding]]:
    """Every item that is not empty, in the form's order; the rows without them, and what was no item any more."""
    items: list[Item] = []
    told: list[Finding] = []
    found, left = _grouped(rows)
    for pairs in found:
        filled = {name: pair for name, pair in pairs.items() if pair.cells or pair.doubts}
        if all(says_nothing(pair.text) and not pair.doubts for pair in filled.values()):
            continue
        if why := _left_out(filled):
            shown = "\n".join(pair.shown for pair in filled.values())
            told.append(Finding("拟揭榜事项", next(iter(filled.values())).place, shown, f"{CHECK}：{why[0]}", why[1]))
            continue
        item = Item(len(items) + 1)
        for name, pair in filled.items():
            _take(item, name, pair, _lines(filled["code"]) if "code" in filled else ())
        for name in {"name", "code"} - set(filled):
            item.report(name, pairs.get(name) or next(iter(filled.values())), "没有填写。", "向企业核实后填写。")
        items.append(item)
    return items, left, told
