"""Collects the rules of this package and runs them all; a rule is a small function that yields problems.

Adding one: write the function in the module of its subject, give it the next free code, add a failing fixture. The guide's page of
checks is made from here.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import jiebang.rules as package
from jiebang.catalogue import FINDINGS, Catalogue, Finding, Record
from jiebang.problems import Problem, Severity
from jiebang.rules.proposals import PROPOSAL_FINDINGS

Path = tuple[str | int, ...]


class Report:
    """What a rule is handed beside the catalogue: makes its problems, with its own code and severity."""

    def __init__(self, finding: Finding) -> None:
        self._finding = finding

    def __call__(self, record: Record, path: Path, message: str, hint: str = "") -> Problem:
        finding = self._finding
        return record.problem(finding.code, path, message, hint or finding.remedy, finding.severity)


Check = Callable[[Catalogue, Report], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its documented entry."""

    finding: Finding
    check: Check


RULES: dict[str, Rule] = {}


def rule(code: str, title: str, why: str, remedy: str, severity: Severity = Severity.ERROR) -> Callable[[Check], Check]:
    """Registers a check under a code. `title`, `why` and `remedy` are what the guide says of it, in Chinese."""

    def register(check: Check) -> Check:
        if code in RULES or code in FINDINGS or code in PROPOSAL_FINDINGS:
            raise ValueError(f"code {code} is taken")
        RULES[code] = Rule(Finding(code, title, why, remedy, severity), check)
        return check

    return register


@cache
def _load_all() -> None:
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")


def check_rules(catalogue: Catalogue) -> Iterator[Problem]:
    """Every problem that the rules find, rule by rule."""
    _load_all()
    for _, entry in sorted(RULES.items()):
        yield from entry.check(catalogue, Report(entry.finding))


def documented() -> list[Finding]:
    """The documented entry of every finding there is, in the order of the codes."""
    _load_all()
    rules = (entry.finding for entry in RULES.values())
    return sorted([*FINDINGS.values(), *rules, *PROPOSAL_FINDINGS.values()], key=lambda finding: finding.code)
