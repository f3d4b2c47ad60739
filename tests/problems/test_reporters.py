"""Reporters only render: nothing in a problem can break out of its format, and the order is the same everywhere."""

from __future__ import annotations

import io
import json
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from jiebang.problems import Problem, Severity, count_by_severity, in_order
from jiebang.problems.github import annotation, log_lines, summary
from jiebang.problems.machine import to_json, to_sarif
from jiebang.problems.text import counted, show

_text = st.text(max_size=40)
_problem = st.builds(
    Problem,
    code=st.sampled_from(["Y104", "S202", "R311"]),
    severity=st.sampled_from(list(Severity)),
    path=_text,
    line=st.integers(0, 99),
    column=st.integers(0, 99),
    field=_text,
    message=_text,
    hint=_text,
)


@given(_problem)
def test_an_annotation_is_one_command_whatever_is_in_it(problem: Problem) -> None:
    line = annotation(problem)
    assert "\n" not in line and "\r" not in line
    head = line.split("::")[1]
    # A colon or comma of the texts would end a property early.
    assert head.count(",") == (3 if problem.line else 1)


@given(st.lists(_problem, max_size=5))
def test_the_summary_is_one_row_a_problem_without_markup(problems: list[Problem]) -> None:
    table = [line for line in summary(problems, 3).split("\n") if line.startswith("| ")]
    assert len(table) == (len(problems) + 1 if problems else 0)
    assert all("<" not in line for line in table)


@given(st.lists(_problem, max_size=6))
def test_machine_formats_carry_everything(problems: list[Problem]) -> None:
    told = json.loads(to_json(problems, 7))
    assert [p["message"] for p in told["problems"]] == [p.message for p in problems]
    assert told["summary"]["problems"] == len(problems)
    titles = {p.code: ("标题", "办法") for p in problems}
    log = json.loads(to_sarif(problems, titles, "1.0"))
    assert [r["properties"]["hint"] for r in log["runs"][0]["results"]] == [p.hint for p in problems]


@given(st.lists(_problem, max_size=6), st.randoms())
def test_the_order_does_not_depend_on_how_problems_were_found(problems: list[Problem], random: Random) -> None:
    shuffled = list(problems)
    random.shuffle(shuffled)
    assert in_order(shuffled + problems) == in_order(problems)


@given(_problem)
def test_the_terminal_takes_nothing_for_markup(problem: Problem) -> None:
    out = io.StringIO()
    marked = Problem(problem.code, problem.severity, "a.yml", 1, 2, "[red]项目[/red]", "[link=x]见[/link]", ":smile:")
    show([marked], Console(file=out, width=200, highlight=False))
    assert "[red]项目[/red]" in out.getvalue()
    assert ":smile:" in out.getvalue()


def test_counts_name_every_severity() -> None:
    assert counted([]) == "0 个问题"
    assert count_by_severity([]) == {"error": 0, "warning": 0, "hint": 0}


def test_tens_of_thousands_are_told_in_short_and_listed_in_whole() -> None:
    """The worst are told first, and how many more there are; the formats for machines carry them all."""
    hints = [Problem("R404", Severity.HINT, "a.yml", n, 1, "项目", "问题", "办法") for n in range(30_000)]
    worst = Problem("R311", Severity.ERROR, "b.yml", 1, 1, "项目", "最要紧的", "办法")
    problems = [*hints, worst]
    lines = list(log_lines(problems))
    assert len(lines) == 101 and sum("最要紧的" in line for line in lines) == 1
    assert "29901 个问题" in lines[-1] and not lines[-1].startswith("::")
    table = summary(problems, 3)
    assert "最要紧的" in table and "29501 个问题" in table and len(table) < 100_000
    out = io.StringIO()
    show(problems, Console(file=out, width=200))
    assert "最要紧的" in out.getvalue() and "29501 个问题" in out.getvalue() and out.getvalue().count("\n") < 2000
    assert len(json.loads(to_json(problems, 7))["problems"]) == len(problems)
