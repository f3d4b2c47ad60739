"""Which field a label of the forms means, after the schemas (`x-form-label`, `x-form-other-label`): nothing about the forms is said twice."""

from __future__ import annotations

import re
from functools import cache

from jiebang.forms.reading.text import folded, without_parentheses
from jiebang.schemas import FieldDoc, fields_of, resolved_schema

ANNEX_1, ANNEX_2, ANNEX_3 = "附件1", "附件2", "附件3"

TITLES = {
    ANNEX_1: "大企业技术创新需求表",
    ANNEX_2: "中小企业“揭榜”对接表",
    ANNEX_3: "中小企业“揭榜”申请书",
}
_OTHER_TITLES = {"中小企业揭榜申请表": ANNEX_2, "中小企业揭榜对接申请表": ANNEX_2}
"""What the notice's own list of annexes calls them."""

Key = tuple[str, str]
"""Kind of record and field path."""


_BEFORE_A_LABEL = re.compile(r"\A(?:[*★☆●◆]|[(]?[0-9]{1,2}[.、)])+(?=[^0-9])|\*+\Z")
_NUMBERED = re.compile(r"\A((?:技术|创新)*需求|(?:揭榜)?事项)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})([:.、]?)(?=\w)")


def label_key(text: str) -> str:
    """A label for comparison: without its unit or explanation in brackets, spaces, quotes and colon, without the number or asterisk before
    it; 需求1名称 is 需求名称, 事项1代码 is 事项代码, 需求一：参数要求 is 参数要求."""
    key = _BEFORE_A_LABEL.sub("", folded(without_parentheses(text)))
    if (found := _NUMBERED.match(key)) is None:
        return key
    rest = key[found.end() :]
    return found[1] + rest if not found[2] and rest in _OF_A_DEMAND else rest


COUNTED = {"序号", "编号", "no"}
"""Heads of a column that only counts."""
_OF_A_DEMAND = {"名称", "内容", "题目", "描述", "说明", "代码"}


def title_of(text: str) -> str | None:
    """The annex whose title a line or cell is; a sentence that mentions one is no title."""
    key = label_key(text)
    if len(key) > 40:
        return None
    names = {folded(title): annex for annex, title in TITLES.items()} | _OTHER_TITLES
    return next((annex for name, annex in names.items() if key.endswith(name)), None)


def _on(field: FieldDoc, kind: str, annex: str) -> bool:
    """Whether a field stands on an annex; one inside a group stands where the group does."""
    group = next((f for f in fields_of(kind) if f.path == field.path.split(".")[0]), field)
    return any(place.startswith(annex) for place in (*field.form, *group.form))


@cache
def labels_of(annex: str) -> dict[str, tuple[Key, ...]]:
    """Folded label → the fields it may mean on an annex (联系电话 is the representative's or the contact's)."""
    found: dict[str, list[Key]] = {}
    for kind in ("enterprise", "demand", "application"):
        for field in fields_of(kind):
            if _on(field, kind, annex):
                for label in (*field.labels, *field.other_labels):
                    found.setdefault(label_key(label), []).append((kind, field.path))
    return {label: tuple(keys) for label, keys in found.items()}


@cache
def is_choice(kind: str, path: str) -> bool:
    """Whether a field is filled in by ticking."""
    if "." in path:
        return False
    schema = resolved_schema(kind)["properties"][path]
    return "enum" in schema or "enum" in schema.get("items", {}) or "kind" in schema.get("properties", {})


def options_of(kind: str, path: str) -> tuple[str, ...]:
    """What can be ticked for a field, in the form's order."""
    schema = resolved_schema(kind)["properties"][path]
    return tuple(schema.get("items", schema.get("properties", {}).get("kind", schema))["enum"])


@cache
def hints_of(kind: str, path: str) -> tuple[str, ...]:
    """What the empty form has printed in a field's place, folded."""
    return tuple(folded(hint) for field in fields_of(kind) if field.path == path for hint in field.hints)
