"""Each fixture in `fixtures/mistakes/` is one slip of the keyboard, and the finding that it must give: code, line, column, words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from jiebang.problems import Problem
from jiebang.rules import documented
from jiebang.rules.proposals import PROPOSAL_FINDINGS
from tests import plain_yaml
from tests.conftest import FIXTURES
from tests.judging import judge

MISTAKES = sorted((FIXTURES / "mistakes").glob("*.yml"))


def _load(fixture: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = plain_yaml.values(fixture.read_text(encoding="utf-8"))
    return loaded


def _make(base: Path, mistake: dict[str, Any]) -> None:
    target = base / mistake["file"]
    text = target.read_text(encoding="utf-8")
    assert text.count(mistake["find"]) >= 1, "the fixture no longer fits the base catalogue"
    target.write_text(text.replace(mistake["find"], mistake["replace"], 1), encoding="utf-8")


def _position(text: str, at: str) -> tuple[int, int]:
    index = text.index(at)
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


@pytest.mark.parametrize("fixture", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_gives_its_finding_at_its_place_and_nothing_else(base: Path, fixture: Path) -> None:
    """Every message is Chinese, with a remedy, and quotes nothing private."""
    mistake = _load(fixture)
    _make(base, mistake)
    _, problems = judge(base)
    _assert_found(base, mistake, problems)
    _assert_nothing_else(mistake, problems)
    for problem in problems:
        assert re.search(r"[\u4e00-\u9fff]", problem.message)
        assert problem.hint.strip()
        assert problem.field
        _assert_silent(problem)


def _assert_found(base: Path, mistake: dict[str, Any], problems: list[Problem]) -> None:
    code, path = mistake["code"], mistake.get("path", mistake["file"])
    found = [p for p in problems if p.code == code and p.path == path]
    assert found, [(p.code, p.path, p.message) for p in problems]
    if mistake["at"] is not None:
        wanted = _position((base / path).read_text(encoding="utf-8"), mistake["at"])
        assert wanted in {(p.line, p.column) for p in found}
    if "says" in mistake:
        assert any(mistake["says"] in p.message + p.hint for p in found), [(p.message, p.hint) for p in found]


def _assert_nothing_else(mistake: dict[str, Any], problems: list[Problem]) -> None:
    broken = any(p.code.startswith("Y") for p in problems)
    # An edit of a public text also ends its secrecy review.
    allowed = {mistake["code"], "R421", *mistake.get("also", ())}
    # A file that cannot be read gives no record; what hangs on it may be reported with it.
    others = {p.code for p in problems} - allowed
    assert not others or (broken and mistake["code"].startswith("Y")), others


def test_the_base_catalogue_has_no_problem() -> None:
    _, problems = judge(FIXTURES / "base")
    assert problems == []


def test_every_finding_of_a_rule_or_schema_has_a_failing_fixture() -> None:
    shown = {_load(fixture)["code"] for fixture in MISTAKES}
    # Files, sizes and encodings cannot be written as an edit of text; tests/catalogue/test_files.py and test_reading.py have them.
    # What only a comparison with the base can find is in tests/proposal, which holds a test for every one of these.
    elsewhere = (
        PROPOSAL_FINDINGS.keys()
        | {finding.code for finding in documented() if finding.code.startswith("F")}
        | {
            "Y101",
            "Y102",
            "Y113",
            "R307",
            "R312",
            "R372",
            # Two enterprises make it; tests/rules/test_affiliation.py has it.
            "R347",
            # Several records make them; tests/rules/test_withholding.py has them.
            "R413",
            "R414",
        }
    )
    assert {finding.code for finding in documented()} - shown - elsewhere == set()


def test_every_finding_is_documented_in_whole_sentences() -> None:
    for finding in documented():
        assert re.fullmatch(r"[FYSR][0-9]{3}", finding.code)
        assert finding.title and not finding.title.endswith("。")
        assert finding.why.endswith("。")
        assert finding.remedy.endswith(("。", "）。"))


def _assert_silent(problem: Problem) -> None:
    told = problem.message + problem.hint
    for private in (
        "91000000000010014",
        "示例甲",
        "示例乙",
        "示例重工",
        "02712345670",
        "large1@",
        "示例大道",
        "桥口区",
    ):
        if private == "桥口区":
            assert "“桥口区”" not in told
        else:
            assert private not in told, told
