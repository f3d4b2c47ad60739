"""Collects the rules of this package and runs them all; a rule is a small function that yields problems.

Adding one: write the function in the module of its subject, give it the next free code, add a failing fixture. The guide's page of
checks is made from here.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
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
    """A check with its documented entry.

    `each`: the kinds of record that it judges one by one, each by itself and `districts.yml`; none where it compares records.
    `looks_for_secrets`: it looks in public texts for what other records keep private.
    `binding`: what stands in the catalogue from before is only warned of; a change may not bring it in.
    """

    finding: Finding
    check: Check
    each: tuple[str, ...] = ()
    looks_for_secrets: bool = False
    binding: bool = False


RULES: dict[str, Rule] = {}


def rule(
    code: str,
    title: str,
    why: str,
    remedy: str,
    severity: Severity = Severity.ERROR,
    *,
    each: tuple[str, ...] = (),
    looks_for_secrets: bool = False,
    binding: bool = False,
) -> Callable[[Check], Check]:
    """Registers a check under a code. `title`, `why` and `remedy` are what the guide says of it, in Chinese; the rest as in `Rule`."""

    def register(check: Check) -> Check:
        if code in RULES or code in FINDINGS or code in PROPOSAL_FINDINGS:
            raise ValueError(f"code {code} is taken")
        RULES[code] = Rule(Finding(code, title, why, remedy, severity), check, each, looks_for_secrets, binding)
        return check

    return register


@cache
def _load_all() -> None:
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")


_KNOWN_OF_CLOSED = frozenset(
    ("R301", "R302", "R303", "R304", "R305", "R306", "R307", "R308", "R310", "R341", "R342", "R344", "R351")
)
"""What the public part of a sealed record is enough for. What other rules find wrong with a record that nobody opened is only missing there."""


def _found(rules: Iterable[Rule], catalogue: Catalogue) -> Iterator[Problem]:
    closed = frozenset(record.path for record in catalogue.records() if record.closed) if catalogue.closed else ()
    for entry in rules:
        found = entry.check(catalogue, Report(entry.finding))
        if closed and entry.finding.code not in _KNOWN_OF_CLOSED:
            found = (problem for problem in found if problem.path not in closed)
        yield from found


@cache
def _sorted_rules() -> tuple[Rule, ...]:
    _load_all()
    return tuple(entry for _, entry in sorted(RULES.items()))


@cache
def _rules_of(kind: str) -> tuple[Rule, ...]:
    return tuple(entry for entry in _sorted_rules() if kind in entry.each)


def check_rules(catalogue: Catalogue) -> Iterator[Problem]:
    """Every problem that the rules find, rule by rule."""
    return _found(_sorted_rules(), catalogue)


def check_record(catalogue: Catalogue, record: Record) -> Iterator[Problem]:
    """What the rules find in a record by itself. `catalogue` holds it alone, with districts.yml to refer to."""
    return _found(_rules_of(record.kind), catalogue)


def check_across(catalogue: Catalogue) -> Iterator[Problem]:
    """What the rules find by comparing records, those apart that look for private values in texts."""
    return _found((r for r in _sorted_rules() if not r.each and not r.looks_for_secrets), catalogue)


@cache
def binding_codes() -> frozenset[str]:
    """The codes of the warnings that count as errors in a change that brings them in."""
    return frozenset(entry.finding.code for entry in _sorted_rules() if entry.binding)


def documented() -> list[Finding]:
    """The documented entry of every finding there is, in the order of the codes."""
    _load_all()
    rules = (entry.finding for entry in RULES.values())
    return sorted([*FINDINGS.values(), *rules, *PROPOSAL_FINDINGS.values()], key=lambda finding: finding.code)


def titles_of_findings() -> dict[str, tuple[str, str]]:
    """Title and remedy of every finding, by its code."""
    return {finding.code: (finding.title, finding.remedy) for finding in documented()}
