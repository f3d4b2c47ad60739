"""No failing case prints what is private: not in the terminal's text, not in annotations or their summary, not in JSON or SARIF."""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue import load
from tests import plain_yaml
from tests.conftest import FIXTURES
from tests.judging import SHORTEST, judge, outputs, private_values

MISTAKES = sorted((FIXTURES / "mistakes").glob("*.yml"))
_TYPED_PRIVATELY = ("R40", "R311", "S208-postcode", "S208-phone", "S209-email")
"""Mistakes whose slip is itself a private value."""


@cache
def _private_values() -> frozenset[str]:
    """Every private text of the base catalogue."""
    return private_values(load(FIXTURES / "base")[0])


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
        assert [value for value in private if len(value) >= SHORTEST and value in output] == [], name
