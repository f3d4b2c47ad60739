"""Which workbooks hold the demands: one; where they are many, one for each round, or for each district of a round.

A spreadsheet program opens 1,048,576 rows, but a desk computer takes minutes over a tenth of that, and a telephone gives up. What most want is
a round or a district anyway. The address of the one workbook stays good: a table of the others stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from jiebang.site.exports.json.objects import FOLDER
from jiebang.site.exports.table import XLSX
from jiebang.site.grouping import Told

MOST = 20_000
"""Demands in one workbook: some 7 MB, and 70 as they are unpacked."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """`title` is what its demands have in common; `count` how many they are."""

    path: str
    title: str
    count: int


Workbooks = dict[Workbook, tuple[Told, ...]]


def workbooks_of(listed: tuple[Told, ...]) -> Workbooks:
    """The demands of each workbook, in the order of the list; rounds newest first, districts by their names in addresses."""
    if len(listed) <= MOST:
        return {Workbook(XLSX, "全部需求", len(listed)): listed}
    return {Workbook(path, title, len(demands)): demands for path, title, demands in _divided(listed)}


def are_divided(workbooks: tuple[Workbook, ...]) -> bool:
    """Whether there are several, and a table of them."""
    return [workbook.path for workbook in workbooks] != [XLSX]


def _divided(listed: tuple[Told, ...]) -> Iterator[tuple[str, str, tuple[Told, ...]]]:
    """(path, title, demands)"""
    for round_, of_round in reversed(_by(listed, lambda told: told.demand.round)):
        place, title = f"{FOLDER}/workbooks/{round_}", of_round[0].round
        if len(of_round) <= MOST:
            yield f"{place}.xlsx", title, of_round
            continue
        # No district is called that way: their names in addresses begin with a letter.
        for district, demands in _by(of_round, lambda told: told.demand.district or "0"):
            of_district = f"{title} {demands[0].district}"
            for number, first in enumerate(range(0, len(demands), MOST), 1):
                part = (f".{number}", f"（{number}）") if len(demands) > MOST else ("", "")
                yield f"{place}/{district}{part[0]}.xlsx", of_district + part[1], demands[first : first + MOST]


def _by(listed: tuple[Told, ...], key: Callable[[Told], str]) -> list[tuple[str, tuple[Told, ...]]]:
    """Demands with the same key together, in their order."""
    return [(name, tuple(demands)) for name, demands in groupby(sorted(listed, key=key), key)]
