"""No failing case prints what is private: not in the terminal's text, not in annotations or their summary, not in JSON or SARIF."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue import load
from jiebang.catalogue.record import values_at
from jiebang.schemas import KINDS, Privacy, fields_of
from tests import plain_yaml
from tests.conftest import FIXTURES
from tests.judging import judge, outputs

MISTAKES = sorted((FIXTURES / "mistakes").glob("*.yml"))
_SHORTEST = 4
_TYPED_PRIVATELY = ("R40", "R311", "S208-postcode", "S208-phone", "S209-email")
"""Mistakes whose slip is itself a private value."""


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


@cache
def _private_values() -> frozenset[str]:
    """Every private text of the base catalogue, but for ids (they are file names), dates and choices."""
    found: set[str] = set()
    for record in load(FIXTURES / "base")[0].records():
        openly = record.get("disclosure") == "公开"
        for field in fields_of(record.kind):
            named = field.path in {"schema", "id", "enterprise", "demand"} or (openly and field.shown_when)
            if field.privacy is Privacy.PUBLIC or field.choices or field.type == "日期" or named:
                continue
            found.update(text.strip() for text in _strings(values_at(record.value, field.path)))
    # What the forms themselves print as an example is nobody's secret.
    examples = {str(field.example) for kind in KINDS for field in fields_of(kind)}
    public = {
        text
        for record in load(FIXTURES / "base")[0].demands
        for text in _strings([record.get("title"), record.get("code")])
    }
    return frozenset({text for text in found if len(text) >= _SHORTEST} - examples - public)


def _planted(mistake: dict[str, Any]) -> str:
    """What a mistake puts where something else stood."""
    find, replace = str(mistake["find"]), str(mistake["replace"])
    changes = difflib.SequenceMatcher(None, find, replace, autojunk=False).get_opcodes()
    new = [(start, end) for kind, _, _, start, end in changes if kind in {"replace", "insert"}]
    return replace[new[0][0] : new[-1][1]].strip() if new else ""


def test_there_is_something_to_look_for() -> None:
    values = _private_values()
    assert len(values) > 50
    for known in (
        "示例重工（武汉）集团有限公司",
        "02712345670",
        "large1@example.com",
        "91000000000010014Q",
        "企业原文，只供内部核对。",
    ):
        assert known in values


@pytest.mark.parametrize("fixture", MISTAKES, ids=lambda path: path.stem)
def test_no_format_prints_a_private_value(base: Path, fixture: Path) -> None:
    mistake: dict[str, Any] = plain_yaml.values(fixture.read_text(encoding="utf-8"))
    target = base / mistake["file"]
    text = target.read_text(encoding="utf-8")
    target.write_text(text.replace(mistake["find"], mistake["replace"], 1), encoding="utf-8")
    problems = judge(base)[1]
    assert problems
    private = _private_values()
    if fixture.stem.startswith(_TYPED_PRIVATELY):
        private |= {_planted(mistake)}
    for name, output in outputs(problems):
        assert [value for value in private if len(value) >= _SHORTEST and value in output] == [], name
