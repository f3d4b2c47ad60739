"""A demand's numbers as readers see them, and which demands look alike to somebody who computes.

Demands that look alike share their variables, so the effort of an attack grows with the kinds of demands and not with their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from jiebang.publication.disclosure_control.prior_knowledge import MEASURES, Range, Rules
from jiebang.publication.disclosure_control.released_tables import Row


class NumberKind(Enum):
    """No figure at all; shown; withheld as too small (primary suppression); withheld to protect others (complementary)."""

    ABSENT = 0
    SHOWN = 1
    FEW = 2
    COMPLEMENTARY = 3


@dataclass(frozen=True, slots=True)
class NumberSeen:
    """One number of one demand as readers see it. `value` of shown ones only."""

    kind: NumberKind
    range: Range | None = None
    value: int = 0

    @property
    def hidden(self) -> bool:
        return self.kind in {NumberKind.FEW, NumberKind.COMPLEMENTARY}


@dataclass(frozen=True, slots=True)
class DemandSeen:
    """A demand in one build: where it counts, its state, its numbers by measure."""

    district: str | None
    round: str
    status: str
    numbers: tuple[NumberSeen, ...]


Appearance = tuple[DemandSeen | None, ...]
"""How a demand looks in this build and in the earlier one, if there is one."""


def _number_seen(row: Row, measure: str, rules: Rules) -> NumberSeen:
    if not rules.counts(measure, row.status):
        return NumberSeen(NumberKind.ABSENT)
    shown: int | None = getattr(row, measure)
    if shown is not None:
        return NumberSeen(NumberKind.SHOWN, None, shown)
    if measure == "applications" and row.complementary:
        return NumberSeen(NumberKind.COMPLEMENTARY, Range(rules.smallest, None))
    return NumberSeen(NumberKind.FEW, rules.small(measure, row.status))


def demand_seen(row: Row, rules: Mapping[str, Rules]) -> DemandSeen:
    numbers = tuple(_number_seen(row, measure, rules[row.round]) for measure in MEASURES)
    return DemandSeen(row.district, row.round, row.status, numbers)


def without_idle_values(looks: Appearance) -> Appearance:
    """A demand's looks without the shown values that say nothing of a withheld one."""
    bares = [
        any(side is not None and side.numbers[place].kind is NumberKind.COMPLEMENTARY for side in looks)
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


def shown_sums(sides: Iterable[DemandSeen | None]) -> tuple[int, int]:
    there = [side for side in sides if side is not None]
    return sum(side.numbers[0].value for side in there), sum(side.numbers[1].value for side in there)
