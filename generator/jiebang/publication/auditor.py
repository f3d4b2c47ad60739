"""Tries to compute what was withheld from everything that was said, by integer programming; says where it succeeds.

It knows what any reader knows: all lists and figures of this build and of earlier ones, that numbers are whole, what "withheld" means, that
winners applied and were chosen within the round's limits. Demands that look alike share their variables: one stands for itself, one
for the sum of the rest, so the effort grows with the kinds of demands and not with their number.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from random import Random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from jiebang.publication.knowledge import MEASURES, OPEN, Range, Rules
from jiebang.publication.released import Released, Row, TotalKey, released, scopes
from jiebang.view import PublicSite

_MANY = 1_000_000
"""Stands for "no limit": no round has so many applications."""
_GLANCES = 8
"""Random objectives that open most values before any is examined by itself."""
_INFEASIBLE = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """A withheld number that readers can compute, or narrow down too far; `what` is `demand`, `total` or `change`.

    `low` and `high` are private when they are right: they are for the program that mends, and never shown.
    """

    what: str
    measure: str
    key: str | TotalKey
    low: int
    high: int
    earlier: int | None = None
    """Which earlier build gave it away together with this one, 0 the newest; None: this build alone."""


class _Assumes(Enum):
    """What somebody who holds two builds side by side takes for granted about the time between."""

    NOTHING_UNSEEN = "what looks the same is the same"
    ONLY_GROWTH = "open demands may have got applications, nothing else moved unseen"
    OPEN_MOVES = "open demands may have got or lost applications, nothing else moved unseen"


class _Kind(Enum):
    ABSENT = 0
    SHOWN = 1
    FEW = 2
    COVER = 3


@dataclass(frozen=True, slots=True)
class _Number:
    """One number of one demand as readers see it. `value` of shown ones only."""

    kind: _Kind
    range: Range | None = None
    value: int = 0

    @property
    def hidden(self) -> bool:
        return self.kind in {_Kind.FEW, _Kind.COVER}


@dataclass(frozen=True, slots=True)
class _Side:
    """A demand in one build: where it counts, its state, its numbers by measure."""

    district: str | None
    round: str
    status: str
    numbers: tuple[_Number, ...]


_Looks = tuple[_Side | None, ...]
"""How a demand looks in this build and in the earlier one, if there is one."""


def _number(row: Row, measure: str, rules: Rules) -> _Number:
    if not rules.counts(measure, row.status):
        return _Number(_Kind.ABSENT)
    shown: int | None = getattr(row, measure)
    if shown is not None:
        return _Number(_Kind.SHOWN, None, shown)
    if measure == "applications" and row.cover:
        return _Number(_Kind.COVER, Range(rules.smallest, None))
    return _Number(_Kind.FEW, rules.small(measure, row.status))


def _side(row: Row, rules: Mapping[str, Rules]) -> _Side:
    numbers = tuple(_number(row, measure, rules[row.round]) for measure in MEASURES)
    return _Side(row.district, row.round, row.status, numbers)


def _alike(looks: _Looks) -> _Looks:
    """A demand's looks without the shown values that say nothing of a withheld one."""
    bares = [
        any(side is not None and side.numbers[place].kind is _Kind.COVER for side in looks)
        for place in range(len(MEASURES))
    ]
    return tuple(
        side
        and replace(
            side,
            numbers=tuple(
                number if bare else replace(number, value=0) for number, bare in zip(side.numbers, bares, strict=True)
            ),
        )
        for side in looks
    )


def _shown_sums(sides: Iterable[_Side | None]) -> tuple[int, int]:
    there = [side for side in sides if side is not None]
    return sum(side.numbers[0].value for side in there), sum(side.numbers[1].value for side in there)


_Expression = dict[int, float]
"""Coefficients by variable."""


class _Problem:
    """Variables, their bounds, rows of constraints; answers how small and how large an expression can be."""

    def __init__(self) -> None:
        self._low: list[float] = []
        self._high: list[float] = []
        self._rows: list[tuple[_Expression, float, float]] = []
        self._matrix: LinearConstraint | None = None
        self._seen: list[np.ndarray] = []

    def variable(self, low: float, high: float) -> int:
        self._low.append(low)
        self._high.append(high)
        return len(self._low) - 1

    def row(self, expression: _Expression, low: float, high: float) -> None:
        self._rows.append((expression, low, high))

    def _solve(self, objective: np.ndarray) -> float:
        """The least value; NaN where nothing satisfies the constraints."""
        if self._matrix is None:
            entries = [
                (at, column, value) for at, (row, _, _) in enumerate(self._rows) for column, value in row.items()
            ]
            rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
            matrix = csr_array((values, (rows, columns)), shape=(max(1, len(self._rows)), len(self._low)), dtype=float)
            self._matrix = LinearConstraint(
                matrix, [low for _, low, _ in self._rows] or [0], [high for _, _, high in self._rows] or [0]
            )
        result = milp(
            objective,
            integrality=np.ones(len(self._low)),
            bounds=Bounds(np.array(self._low), np.array(self._high)),
            constraints=self._matrix,
        )
        if result.status == _INFEASIBLE:
            return math.nan
        if result.x is None:
            raise RuntimeError(f"the audit of the figures did not come to an end: {result.message}")
        self._seen.append(np.round(result.x))
        return float(result.fun)

    def is_feasible(self) -> bool:
        """Looks around at the same time: a few random objectives show most values to be open."""
        if not self._low:
            return True
        random = Random(7)  # noqa: S311 - where to look first, not a secret
        for _ in range(_GLANCES):
            objective = np.array([float(random.randint(-3, 3)) for _ in self._low])
            for direction in (objective, -objective):
                if math.isnan(self._solve(direction)):
                    return False
        return True

    def seen(self, expression: _Expression) -> list[int]:
        """Values that the solutions found so far give it."""
        return [round(sum(value * seen[column] for column, value in expression.items())) for seen in self._seen]

    def extent(self, expression: _Expression, enough: int) -> tuple[int, int]:
        """Smallest and largest value, or any two that lie `enough` apart."""
        values = self.seen(expression)
        if values and max(values) - min(values) >= enough:
            return min(values), max(values)
        objective = np.zeros(len(self._low))
        for column, value in expression.items():
            objective[column] = value
        return round(self._solve(objective)), round(-self._solve(-objective))


@dataclass(slots=True)
class _Group:
    """Demands that look alike; `one` and `rest` hold, for each build, the variables by measure."""

    looks: _Looks
    ids: list[str]
    one: list[dict[str, int]]
    rest: list[dict[str, int]]
    shown: list[tuple[int, int]]
    """For each build the sums of the shown numbers, by measure."""


class _Attack:
    """This build, alone or beside an earlier one, under one assumption; `lenient` lets chosen demands have no winner."""

    def __init__(self, builds: tuple[Released, ...], assumes: _Assumes, *, lenient: bool) -> None:
        self._builds = builds
        self._lenient = lenient
        self.problem = _Problem()
        grouped: dict[_Looks, dict[str, _Looks]] = defaultdict(dict)
        for id_ in sorted({id_ for build in builds for id_ in build.rows}):
            exact = tuple(_side(b.rows[id_], b.rules) if id_ in b.rows else None for b in builds)
            grouped[_alike(exact)][id_] = exact
        self._groups = [self._group(looks, members, assumes) for looks, members in grouped.items()]
        self._sums = [self._summed(at) for at in range(len(builds))]
        for at, build in enumerate(builds):
            for key, measure in build.shown():
                expression, known = self._sums[at].get((key, measure), ({}, 0))
                left = getattr(build.totals[key], measure) - known
                self.problem.row(expression, left, left)

    def _group(self, looks: _Looks, exact: Mapping[str, _Looks], assumes: _Assumes) -> _Group:
        shown = [_shown_sums(sides) for sides in zip(*exact.values(), strict=True)]
        group = _Group(looks, list(exact), [], [], shown)
        others = len(exact) - 1
        for side in looks:
            group.one.append(self._variables(side, 1))
            group.rest.append(self._variables(side, others) if others else {})
        if len(looks) > 1:
            for members, variables in ((1, group.one), (others, group.rest)):
                if members:
                    self._link(looks, variables, members, assumes)
        return group

    def _variables(self, side: _Side | None, members: int) -> dict[str, int]:
        """Variables for the sum over so many demands that look like this."""
        made: dict[str, int] = {}
        if side is None:
            return made
        for measure, number in zip(MEASURES, side.numbers, strict=True):
            if number.range is not None:
                low = 0 if self._lenient and number.kind is _Kind.FEW else number.range.low
                made[measure] = self.problem.variable(
                    members * low, _MANY if number.range.high is None else members * number.range.high
                )
        if len(made) == len(MEASURES):
            applications, winners = (made[measure] for measure in MEASURES)
            self.problem.row({applications: 1, winners: -1}, 0, np.inf)
        return made

    def _link(self, looks: _Looks, variables: list[dict[str, int]], members: int, assumes: _Assumes) -> None:
        """Ties a demand's numbers in this build to those in the earlier one, as the assumption has it."""
        now, before = looks
        if now is None or before is None:
            return
        for place, measure in enumerate(MEASURES):
            new, old = now.numbers[place], before.numbers[place]
            same_kind = new.kind is old.kind and new.hidden
            bared = {new.kind, old.kind} == {_Kind.SHOWN, _Kind.COVER}
            if not (same_kind or bared):
                continue
            moving = measure == "applications" and before.status == OPEN
            if moving and assumes is _Assumes.OPEN_MOVES:
                continue
            growing = moving and assumes is _Assumes.ONLY_GROWTH
            expression: _Expression = {}
            known = 0
            for side, number, sign in ((0, new, 1), (1, old, -1)):
                if number.hidden:
                    expression[variables[side][measure]] = sign
                else:
                    known += sign * number.value * members
            self.problem.row(expression, -known, np.inf if growing else -known)

    def _summed(self, at: int) -> dict[tuple[TotalKey, str], tuple[_Expression, int]]:
        """Every total of a build as its withheld parts and the sum of its shown ones."""
        sums: dict[tuple[TotalKey, str], tuple[_Expression, int]] = {}
        for group in self._groups:
            side = group.looks[at]
            if side is None:
                continue
            for place, measure in enumerate(MEASURES):
                number = side.numbers[place]
                if number.kind is _Kind.ABSENT:
                    continue
                for key in scopes(side.district, side.round):
                    expression, known = sums.get((key, measure), ({}, 0))
                    for variables in (group.one[at], group.rest[at]):
                        if measure in variables:
                            expression[variables[measure]] = 1
                    sums[key, measure] = expression, known + group.shown[at][place]
        return sums

    def findings(self, earlier: int | None) -> Iterator[Finding]:
        for group in self._groups:
            for at, side in enumerate(group.looks):
                yield from self._of_demand(group, at, side, earlier)
            if len(group.looks) > 1:
                yield from self._of_change(group, earlier)
        yield from self._of_totals(earlier)

    def _of_demand(self, group: _Group, at: int, side: _Side | None, earlier: int | None) -> Iterator[Finding]:
        if side is None or (at and group.looks[0] is not None):
            # What an earlier build withheld matters by itself only where the demand is gone.
            return
        for measure, number in zip(MEASURES, side.numbers, strict=True):
            # A number withheld only to cover others is no secret itself.
            if number.kind is not _Kind.FEW or number.range is None or not number.range.needed:
                continue
            low, high = self.problem.extent({group.one[at][measure]: 1}, number.range.needed)
            if high - low < number.range.needed:
                for id_ in group.ids:
                    yield Finding("demand", measure, id_, low, high, earlier)

    def _of_change(self, group: _Group, earlier: int | None) -> Iterator[Finding]:
        """An unseen move that can be told, although neither number can."""
        for measure in MEASURES:
            if measure in group.one[0] and measure in group.one[1]:
                moved: _Expression = {group.one[0][measure]: 1, group.one[1][measure]: -1}
                if 0 in self.problem.seen(moved):
                    continue
                low, high = self.problem.extent(moved, 1)
                if low == high:
                    for id_ in group.ids:
                        yield Finding("change", measure, id_, low, high, earlier)

    def _of_totals(self, earlier: int | None) -> Iterator[Finding]:
        needed = self._needed()
        smallest = max((rules.smallest for rules in self._builds[0].rules.values()), default=0)
        for (key, measure), (expression, known) in sorted(self._sums[0].items()):
            counts = self._builds[0].totals.get(key)
            if counts is None or getattr(counts, measure) is not None or not expression:
                continue
            room = needed[key, measure]
            low, high = self.problem.extent(expression, room)
            # What an unchanged total was is no secret, unless it can be small.
            if high - low < room and (earlier is None or low + known < smallest):
                yield Finding("total", measure, key, low + known, high + known, earlier)

    def _needed(self) -> Mapping[tuple[TotalKey, str], int]:
        """A total must stay as unknown as the most unknown demand in it."""
        needed: dict[tuple[TotalKey, str], int] = defaultdict(int)
        for group in self._groups:
            side = group.looks[0]
            if side is None:
                continue
            for measure, number in zip(MEASURES, side.numbers, strict=True):
                if number.range is not None:
                    for key in scopes(side.district, side.round):
                        needed[key, measure] = max(needed[key, measure], number.range.needed)
        return needed


def _attack(builds: tuple[Released, ...], earlier: int | None) -> list[Finding]:
    """Findings under the boldest assumption that the figures do not contradict."""
    assumptions = list(_Assumes) if len(builds) > 1 else [_Assumes.NOTHING_UNSEEN]
    for lenient in (False, True):
        for assumes in assumptions:
            attack = _Attack(builds, assumes, lenient=lenient)
            if attack.problem.is_feasible():
                return list(attack.findings(earlier))
    # A finished demand was corrected, or a round's rules were: the two builds do not add up, and nothing follows from them.
    return []


def _openly_said(now: Released) -> Iterator[Finding]:
    """Small numbers that stand there for all to read."""
    largest: dict[tuple[TotalKey, str], int] = defaultdict(int)
    for id_, row in now.rows.items():
        rules = now.rules[row.round]
        for measure in MEASURES:
            if rules.counts(measure, row.status):
                number: int | None = getattr(row, measure)
                if number is not None and number < rules.smallest:
                    yield Finding("demand", measure, id_, number, number)
                for key in scopes(row.district, row.round):
                    largest[key, measure] = max(largest[key, measure], rules.smallest)
    for key, measure in now.shown():
        number = getattr(now.totals[key], measure)
        if number < largest[key, measure]:
            yield Finding("total", measure, key, number, number)


def audit(site: PublicSite, previous: Iterable[Released] = ()) -> list[Finding]:
    """What readers can compute of the numbers that a view withholds, from it alone and beside each earlier build."""
    now = released(site)
    found = [*_openly_said(now), *_attack((now,), None)]
    for place, before in enumerate(previous):
        if before != now:
            found += _attack((now, before), place)
    return found
