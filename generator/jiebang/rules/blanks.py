"""Blanks at the ends of what stands in one line: nobody sees them, and two names that look the same are two."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from jiebang.catalogue import Catalogue
from jiebang.catalogue.record import schema_path
from jiebang.problems import Problem, Severity
from jiebang.rules.registry import Path, Report, rule
from jiebang.schemas import resolved_schema

PROSE = "\\S"
"""The pattern of texts of several lines, in which people indent paragraphs."""
_TOLD_ELSEWHERE = "credit_code"


@cache
def _pattern(kind: str, place: str) -> str:
    """The pattern that the schema has for a text at a place, e.g. `affiliates[].name`; empty where it has none."""
    schema: dict[str, Any] = resolved_schema(kind)
    for step in place.replace("[]", ".[]").split("."):
        schema = schema.get("items", {}) if step == "[]" else schema.get("properties", {}).get(step, {})
    pattern: str = schema.get("pattern", "")
    return pattern


def _has_any(value: dict[str, Any]) -> bool:
    """Whether some text in it has a blank at an end: of hardly any record, so that places are asked for afterwards."""
    pending: list[Any] = [value]
    for one in pending:
        if isinstance(one, str):
            if one[:1].isspace() or one[-1:].isspace():
                return True
        elif isinstance(one, dict):
            pending.extend(one.values())
        elif isinstance(one, list):
            pending.extend(one)
    return False


def _edged(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text with a blank at an end, and where it stands."""
    if isinstance(value, str):
        if value and (value[0].isspace() or value[-1].isspace()):
            yield path, value
    elif isinstance(value, dict):
        for name, below in value.items():
            yield from _edged(below, (*path, name))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from _edged(below, (*path, number))


@rule(
    "R375",
    "首尾有空格",
    "名称、姓名、标题首尾的空格（包括全角空格）看不见，排序、搜索和比对却会把它当成另一个。",
    "删去首尾的空格：jiebang fix --write 可以改。审查过的需求改了公开的文字，要重新审查。",
    Severity.WARNING,
    each=("districts", "round", "enterprise", "demand", "application"),
    binding=True,
)
def no_blanks_at_the_ends(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.records() if catalogue.alone is None else (catalogue.alone,):
        for path, text in _edged(record.value) if _has_any(record.value) else ():
            pattern = _pattern(record.kind, schema_path(path))
            if not pattern or pattern == PROSE or path[-1] == _TOLD_ELSEWHERE:
                continue
            ends = [name for name, sign in (("开头", text[0]), ("末尾", text[-1])) if sign.isspace()]
            wide = "全角空格" if "\u3000" in (text[0], text[-1]) else "空格"
            yield report(record, path, f"{'和'.join(ends)}有{wide}。")
