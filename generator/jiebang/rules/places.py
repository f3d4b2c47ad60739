"""Where in a field a finding stands: the line inside a text of several lines, as the file has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jiebang.catalogue import Record
from jiebang.catalogue.decode import decode
from jiebang.problems import Problem


def line_of(text: str, found: Callable[[str], bool]) -> int:
    """Number, from 0, of the line where something begins that `found` tells of the whole text."""
    lines = text.split("\n")
    last = next((n for n in range(len(lines)) if found("\n".join(lines[: n + 1]))), 0)
    return next((n for n in range(last, -1, -1) if found("\n".join(lines[n : last + 1]))), 0)


def at_line(problem: Problem, record: Record, text: str, number: int) -> Problem:
    """The problem of a field, moved to a line of the field's text where the file keeps its lines (a text after `|`)."""
    source, _ = decode(record.source)
    lines = source.split("\n") if source is not None else []
    if not 0 < problem.line <= len(lines) or lines[problem.line - 1][problem.column - 1 : problem.column] != "|":
        return problem
    place, wanted = problem.line + number, text.split("\n")[number]
    if place >= len(lines) or not lines[place].endswith(wanted):
        return problem
    return replace(problem, line=place + 1, column=len(lines[place]) - len(wanted) + 1)
