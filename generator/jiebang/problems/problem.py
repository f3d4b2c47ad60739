"""What is wrong, where, and what to do about it: one value for every kind of finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """`ERROR` stops a build; `WARNING` and `HINT` are shown and let it pass."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.

    `path` is relative to the catalogue with forward slashes; `line` and `column` count from 1 (0: the file as a whole).
    `field` is the field's name on the official form. `message` says what was found and what is expected, `hint` what to
    do. No value of a private field stands in either: the log of a check may be public.
    """

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    field: str
    message: str
    hint: str


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, in the order a reader walks the files; the same on every machine."""
    return sorted(
        set(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.message, p.field, p.hint, p.severity)
    )


def plain_problems(problems: Iterable[Problem]) -> list[tuple[object, ...]]:
    """Problems as tuples of texts and numbers, to be kept or sent."""
    return [(p.code, p.severity.value, p.path, p.line, p.column, p.field, p.message, p.hint) for p in problems]


def problems_of(plain: Iterable[Any]) -> list[Problem]:
    """The problems again."""
    return [Problem(code, Severity(severity), *rest) for code, severity, *rest in plain]


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything stands against publishing."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def count_by_severity(problems: Iterable[Problem]) -> dict[str, int]:
    """`{"error": n, "warning": n, "hint": n}`, every severity present."""
    counts = {severity.value: 0 for severity in Severity}
    for problem in problems:
        counts[problem.severity.value] += 1
    return counts
