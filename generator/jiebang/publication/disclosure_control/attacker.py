"""Tries to compute what was withheld from everything that was said, by integer programming; says where it succeeds.

The attacker knows what any reader knows: all lists and figures of this build and of earlier ones, that numbers are whole, what "withheld"
means, that winners applied and were chosen within the round's limits. Of demands that look alike one stands for itself, one for the sum
of the rest.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from enum import Enum

from jiebang.mapping import Maps, digest
from jiebang.publication.disclosure_control.appearance import (
    Appearance,
    DemandSeen,
    NumberKind,
    demand_seen,
    shown_sums,
    without_idle_values,
)
from jiebang.publication.disclosure_control.integer_program import Expression, IntegerProgram
from jiebang.publication.disclosure_control.prior_knowledge import MEASURES, OPEN
from jiebang.publication.disclosure_control.released_tables import ReleasedTables, TotalKey, scopes, tables_of
from jiebang.view import PublicSite

_MANY = 1_000_000
"""Stands for "no limit": no round has so many applications."""


@dataclass(frozen=True, slots=True)
class Disclosure:
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


@dataclass(slots=True)
class _Group:
    """Demands that look alike; `one` and `rest` hold, for each build, the variables by measure."""

    looks: Appearance
    ids: list[str]
    one: list[dict[str, int]]
    rest: list[dict[str, int]]
    shown: list[tuple[int, int]]
    """For each build the sums of the shown numbers, by measure."""


class _Attack:
    """This build, alone or beside an earlier one, under one assumption; `lenient` lets chosen demands have no winner."""

    def __init__(self, builds: tuple[ReleasedTables, ...], assumes: _Assumes, *, lenient: bool) -> None:
        self._builds = builds
        self._lenient = lenient
        self.problem = IntegerProgram()
        grouped: dict[Appearance, dict[str, Appearance]] = defaultdict(dict)
        for id_ in sorted({id_ for build in builds for id_ in build.rows}):
            exact = tuple(demand_seen(b.rows[id_], b.rules) if id_ in b.rows else None for b in builds)
            grouped[without_idle_values(exact)][id_] = exact
        self._groups = [self._group(looks, members, assumes) for looks, members in grouped.items()]
        self._sums = [self._summed(at) for at in range(len(builds))]
        for at, build in enumerate(builds):
            for key, measure in build.shown():
                expression, known = self._sums[at].get((key, measure), ({}, 0))
                left = getattr(build.totals[key], measure) - known
                self.problem.row(expression, left, left)

    def _group(self, looks: Appearance, exact: Mapping[str, Appearance], assumes: _Assumes) -> _Group:
        shown = [shown_sums(sides) for sides in zip(*exact.values(), strict=True)]
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

    def _variables(self, side: DemandSeen | None, members: int) -> dict[str, int]:
        """Variables for the sum over so many demands that look like this."""
        made: dict[str, int] = {}
        if side is None:
            return made
        for measure, number in zip(MEASURES, side.numbers, strict=True):
            if number.range is not None:
                low = 0 if self._lenient and number.kind is NumberKind.FEW else number.range.low
                made[measure] = self.problem.variable(
                    members * low, _MANY if number.range.high is None else members * number.range.high
                )
        if len(made) == len(MEASURES):
            applications, winners = (made[measure] for measure in MEASURES)
            self.problem.row({applications: 1, winners: -1}, 0, math.inf)
        return made

    def _link(self, looks: Appearance, variables: list[dict[str, int]], members: int, assumes: _Assumes) -> None:
        """Ties a demand's numbers in this build to those in the earlier one, as the assumption has it."""
        now, before = looks
        if now is None or before is None:
            return
        for place, measure in enumerate(MEASURES):
            new, old = now.numbers[place], before.numbers[place]
            same_kind = new.kind is old.kind and new.hidden
            bared = {new.kind, old.kind} == {NumberKind.SHOWN, NumberKind.COMPLEMENTARY}
            if not (same_kind or bared):
                continue
            moving = measure == "applications" and before.status == OPEN
            if moving and assumes is _Assumes.OPEN_MOVES:
                continue
            growing = moving and assumes is _Assumes.ONLY_GROWTH
            expression: Expression = {}
            known = 0
            for side, number, sign in ((0, new, 1), (1, old, -1)):
                if number.hidden:
                    expression[variables[side][measure]] = sign
                else:
                    known += sign * number.value * members
            self.problem.row(expression, -known, math.inf if growing else -known)

    def _summed(self, at: int) -> dict[tuple[TotalKey, str], tuple[Expression, int]]:
        """Every total of a build as its withheld parts and the sum of its shown ones."""
        sums: dict[tuple[TotalKey, str], tuple[Expression, int]] = {}
        for group in self._groups:
            side = group.looks[at]
            if side is None:
                continue
            for place, measure in enumerate(MEASURES):
                number = side.numbers[place]
                if number.kind is NumberKind.ABSENT:
                    continue
                for key in scopes(side.district, side.round):
                    expression, known = sums.get((key, measure), ({}, 0))
                    for variables in (group.one[at], group.rest[at]):
                        if measure in variables:
                            expression[variables[measure]] = 1
                    sums[key, measure] = expression, known + group.shown[at][place]
        return sums

    def disclosures(self, earlier: int | None) -> Iterator[Disclosure]:
        for group in self._groups:
            for at, side in enumerate(group.looks):
                yield from self._of_demand(group, at, side, earlier)
            if len(group.looks) > 1:
                yield from self._of_change(group, earlier)
        yield from self._of_totals(earlier)

    def _of_demand(self, group: _Group, at: int, side: DemandSeen | None, earlier: int | None) -> Iterator[Disclosure]:
        if side is None or (at and group.looks[0] is not None):
            # What an earlier build withheld matters by itself only where the demand is gone.
            return
        for measure, number in zip(MEASURES, side.numbers, strict=True):
            # A number withheld only to cover others is no secret itself.
            if number.kind is not NumberKind.FEW or number.range is None or not number.range.needed:
                continue
            low, high = self.problem.extent({group.one[at][measure]: 1}, number.range.needed)
            if high - low < number.range.needed:
                for id_ in group.ids:
                    yield Disclosure("demand", measure, id_, low, high, earlier)

    def _of_change(self, group: _Group, earlier: int | None) -> Iterator[Disclosure]:
        """An unseen move that can be told, although neither number can."""
        for measure in MEASURES:
            if measure in group.one[0] and measure in group.one[1]:
                moved: Expression = {group.one[0][measure]: 1, group.one[1][measure]: -1}
                if 0 in self.problem.seen(moved):
                    continue
                low, high = self.problem.extent(moved, 1)
                if low == high:
                    for id_ in group.ids:
                        yield Disclosure("change", measure, id_, low, high, earlier)

    def _of_totals(self, earlier: int | None) -> Iterator[Disclosure]:
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
                yield Disclosure("total", measure, key, low + known, high + known, earlier)

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


def _attack(builds: tuple[ReleasedTables, ...], earlier: int | None) -> list[Disclosure]:
    """Disclosures under the boldest assumption that the figures do not contradict."""
    assumptions = list(_Assumes) if len(builds) > 1 else [_Assumes.NOTHING_UNSEEN]
    for lenient in (False, True):
        for assumes in assumptions:
            attack = _Attack(builds, assumes, lenient=lenient)
            if attack.problem.is_feasible():
                return list(attack.disclosures(earlier))
    # A finished demand was corrected, or a round's rules were: the two builds do not add up, and nothing follows from them.
    return []


def _openly_said(now: ReleasedTables) -> Iterator[Disclosure]:
    """Small numbers that stand there for all to read."""
    largest: dict[tuple[TotalKey, str], int] = defaultdict(int)
    for id_, row in now.rows.items():
        rules = now.rules[row.round]
        for measure in MEASURES:
            if rules.counts(measure, row.status):
                number: int | None = getattr(row, measure)
                if number is not None and number < rules.smallest:
                    yield Disclosure("demand", measure, id_, number, number)
                for key in scopes(row.district, row.round):
                    largest[key, measure] = max(largest[key, measure], rules.smallest)
    for key, measure in now.shown():
        number = getattr(now.totals[key], measure)
        if number < largest[key, measure]:
            yield Disclosure("total", measure, key, number, number)


def find_disclosures(
    site: PublicSite, previous: Iterable[ReleasedTables] = (), maps: Maps | None = None
) -> list[Disclosure]:
    """What readers can compute of the numbers that a view withholds, from it alone and beside each earlier build.

    `maps` recalls what was found for the same figures: a text that changes leaves them alone.
    """
    now = tables_of(site)
    found = [*_openly_said(now), *_recalled((now,), None, maps)]
    for place, before in enumerate(previous):
        if before != now:
            found += _recalled((now, before), place, maps)
    return found


def _recalled(builds: tuple[ReleasedTables, ...], earlier: int | None, maps: Maps | None) -> list[Disclosure]:
    """As `_attack`, which depends on nothing but its arguments."""
    if maps is None:
        return _attack(builds, earlier)
    # Of dataclasses, texts and numbers alone: the representation holds every value.
    key = digest("attack", repr(builds), repr(earlier))
    return [
        Disclosure(*one) for one in maps.recall(key, lambda: [astuple(found) for found in _attack(builds, earlier)])
    ]
