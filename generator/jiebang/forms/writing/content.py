"""The cell 需求内容: a demand's parts in the words of the specimen on the form, a paragraph each line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PARTS = (
    ("parameters", "参数要求"),
    ("effect", "需达到效果"),
    ("schedule", "时间要求"),
    ("cooperation", "拟采取的合作方式"),
)
"""Field and the label that the specimen in Annex 1 gives it, in the specimen's order. 研发什么 comes first and has none."""


def lines(text: str) -> list[str]:
    """A text as paragraphs; blank lines in it stay."""
    return text.strip("\n").split("\n")


def _labelled(label: str, text: str) -> list[str]:
    rows = lines(text)
    return [f"{label}：{rows[0]}"] if len(rows) == 1 else [f"{label}：", *rows]


def _cooperation(label: str, value: Mapping[str, Any]) -> list[str]:
    """The modes on the label's line, their explanation below it."""
    return [f"{label}：{'、'.join(value['modes'])}", *(lines(value["note"]) if value.get("note") else [])]


def content(demand: Mapping[str, Any]) -> list[str]:
    """What stands in the cell; the enterprise's own words where nobody has divided them yet."""
    rows = lines(demand["summary"]) if demand.get("summary") else []
    for field, label in PARTS:
        value = demand.get(field)
        if field == "cooperation" and value:
            rows += _cooperation(label, value)
        elif value:
            rows += _labelled(label, value)
    return rows or lines(demand.get("original_text") or "")
