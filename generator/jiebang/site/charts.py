"""Where the shapes of a chart lie, in the units of its SVG; what they mean stands in the table beside it.

Geometry is worked out here so that it can be tested; templates only place it. Pages stay readable without a single shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jiebang.site.figures import Period

HEIGHT = 60.0
"""Units that the tallest column is high."""
STEP = 36.0
"""Units from one column to the next."""
WIDTH = 22.0


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a column; `key` names its colour."""

    key: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Column:
    """`value` is the number written on top; None where it is not told, and then there is nothing to draw."""

    label: str
    x: str
    middle: str
    top: str
    value: int | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    width: str
    columns: tuple[Column, ...]


def _units(number: float) -> str:
    return f"{number:.4g}"


def _column(place: int, label: str, value: int | None, parts: Iterable[tuple[str, int]], most: int) -> Column:
    scale = HEIGHT / most if most else 0.0
    left = place * STEP + (STEP - WIDTH) / 2
    pieces, reached = [], HEIGHT
    for key, count in parts:
        if count:
            reached -= count * scale
            pieces.append(Part(key, _units(max(reached, 0.0)), _units(count * scale)))
    return Column(label, _units(left), _units(left + WIDTH / 2), _units(max(reached, 0.0)), value, tuple(pieces))


def _columns(made: list[Column]) -> Columns:
    return Columns(_units(max(len(made), 1) * STEP), tuple(made))


def by_state(trend: tuple[Period, ...]) -> Columns:
    """A column a round, cut by state, with the first state at the bottom."""
    most = max((period.total for period in trend), default=0)
    return _columns(
        [
            _column(place, period.id, period.total, ((bar.key, bar.count) for bar in period.states), most)
            for place, period in enumerate(trend)
        ]
    )


def by_measure(trend: tuple[Period, ...], measure: str) -> Columns:
    """A column a round for `applications` or `winners`; a round that does not tell has a place but no column."""
    told: list[int | None] = [None if p.counts is None else getattr(p.counts, measure) for p in trend]
    most = max((number for number in told if number is not None), default=0)
    return _columns(
        [
            _column(place, period.id, number, ((measure, number or 0),), most)
            for place, (period, number) in enumerate(zip(trend, told, strict=True))
        ]
    )
