"""Days until which demands can be applied for, by month. A page never knows what day it is: the browser hides what is past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from jiebang.site import paths
from jiebang.view import Demand


@dataclass(frozen=True, slots=True)
class Due:
    path: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Day:
    date: str
    demands: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Month:
    key: str
    """`2031-06`."""
    days: tuple[Day, ...]

    @property
    def title(self) -> str:
        year, month = self.key.split("-")
        return f"{year} 年 {int(month)} 月"


def _open(demands: Iterable[Demand]) -> list[Demand]:
    # Within a day by the random id: by code, the hidden demands of one enterprise would often stand side by side.
    return sorted((d for d in demands if d.status == "published"), key=lambda d: (d.apply_by, d.id))


def deadlines_of(demands: Iterable[Demand]) -> tuple[Month, ...]:
    """Every demand that waits for applications, by its last day."""
    days = (
        Day(date, tuple(Due(paths.demand_path(d.id), d.code, d.title) for d in group))
        for date, group in groupby(_open(demands), key=lambda d: d.apply_by)
    )
    return tuple(Month(key, tuple(group)) for key, group in groupby(days, key=lambda day: day.date[:7]))


def counts_by_day(demands: Iterable[Demand]) -> str:
    """How many end on which day, as `2031-06-30:12 2031-07-01:3`: from it the browser counts what is open on the day it is read."""
    return " ".join(
        f"{date}:{sum(1 for _ in group)}" for date, group in groupby(_open(demands), key=lambda d: d.apply_by)
    )
