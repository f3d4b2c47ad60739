"""The third part of Annex 2: the items an SME wants to take on, each with its name and its code in the demand catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from jiebang.catalogue.record import field_name
from jiebang.forms.reading.document.grid import UNREAD, Table
from jiebang.forms.reading.findings import CHECK, Finding, Source
from jiebang.forms.reading.labels import Key
from jiebang.forms.reading.layout import Labels, Pair, pairs_of
from jiebang.forms.reading.text import narrow, one_line

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
        self.findings.append(Finding(shown, pair.place, pair.text, f"{CHECK}：{message}", hint))


def _grouped(tables: Iterable[Table], labels: Labels) -> list[dict[str, Pair]]:
    """The pairs of each item: one begins with its 事项名称, or with what would be its second 代码."""
    found: list[dict[str, Pair]] = []
    for table in tables:
        for _, pair in pairs_of(table, labels):
            for key, name in ((NAME, "name"), (CODE, "code")):
                if key in pair.keys:
                    if not found or name in found[-1]:
                        found.append({})
                    found[-1][name] = pair
    return found


def _take(item: Item, name: str, pair: Pair) -> None:
    text = one_line(pair.text)
    if len(pair.cells) > 1 or any(mark in text for mark in UNREAD):
        item.report(name, pair, "内容分在几格里，或有程序读不出的内容。", "对照原件填写。")
        return
    item.value[name] = re.sub(r"\s", "", narrow(text)) if name == "code" else text
    item.sources[f"item.{name}"] = Source(pair.place, pair.text)
    item.number = item.number or (name == "code" and pair.number)


def read_items(tables: Iterable[Table], labels: Labels) -> list[Item]:
    """Every item that is not empty, in the form's order."""
    items: list[Item] = []
    for pairs in _grouped(tables, labels):
        filled = {name: pair for name, pair in pairs.items() if pair.cells}
        if not filled:
            continue
        item = Item(len(items) + 1)
        for name, pair in filled.items():
            _take(item, name, pair)
        for name in {"name", "code"} - set(filled):
            item.report(name, pairs.get(name) or next(iter(filled.values())), "没有填写。", "向企业核实后填写。")
        items.append(item)
    return items
