"""The cell 需求内容: a demand's parts in the words of the specimen on the form, a paragraph each line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiebang.schemas.demand_texts import content_parts


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
    rows: list[str] = []
    for field, label in content_parts():
        value = demand.get(field)
        if value and not label:
            rows += lines(value)
        elif field == "cooperation" and value:
            rows += _cooperation(label, value)
        elif value:
            rows += _labelled(label, value)
    return rows or lines(demand.get("original_text") or "")
