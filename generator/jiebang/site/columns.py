"""The list as columns of small numbers: what the browser filters, counts and sorts by, without a single text of a demand.

A demand's number is its place in the list. Each facet's column says which set of choices a demand has (most sets hold one); the sets
stand once. Ids are a file of their own, fetched with the first result: ten thousand random ids weigh more than all columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jiebang.site import labels
from jiebang.site.assets import hashed_path
from jiebang.site.exports.json.objects import dump
from jiebang.site.facets import UNSAID, Facet, facets_of
from jiebang.site.files import Output
from jiebang.site.grouping import GroupedDemands
from jiebang.view import Demand, PublicSite

_FRONT = "D-"
_LENGTH = 8


@dataclass(frozen=True, slots=True)
class ListFiles:
    """What the list page fetches."""

    columns: Output
    ids: Output


def _numbered(rows: Iterable[tuple[str, ...]]) -> tuple[list[tuple[str, ...]], list[int]]:
    """The distinct rows in a stable order, and each row's place among them."""
    listed = list(rows)
    sets = sorted(set(listed))
    place = {row: number for number, row in enumerate(sets)}
    return sets, [place[row] for row in listed]


def _options(facet: Facet, used: set[str]) -> Iterator[list[str | int]]:
    """`[key, title]`, and for a choice within another one also the other's place."""
    place: dict[str, int] = {}
    for option in facet.options:
        if option.key in used or (facet.always and option.key != UNSAID):
            entry: list[str | int] = [option.key, option.title]
            if option.within is not None:
                entry.append(place[option.within])
            place[option.key] = len(place)
            yield entry


def _facet(facet: Facet, demands: tuple[Demand, ...]) -> dict[str, Any]:
    sets, rows = _numbered(facet.values(demand) for demand in demands)
    options = list(_options(facet, {key for keys in sets for key in keys}))
    place = {entry[0]: number for number, entry in enumerate(options)}
    column = {
        "key": facet.key,
        "title": facet.title,
        "options": options,
        "sets": [[place[key] for key in keys] for keys in sets],
        "rows": rows,
    }
    return {**column, "inner": facet.inner} if facet.inner else column


def _columns(site: PublicSite, demands: tuple[Demand, ...]) -> dict[str, Any]:
    days = sorted({day for d in demands for day in (d.published_on, d.apply_by)})
    place = {day: number for number, day in enumerate(days)}
    return {
        "count": len(demands),
        "states": [[state, labels.state_name(state)] for state in labels.STATES],
        "status": [labels.STATES.index(d.status) for d in demands],
        "days": days,
        "published": [place[d.published_on] for d in demands],
        "due": [place[d.apply_by] for d in demands],
        "facets": [_facet(facet, demands) for facet in facets_of(site)],
    }


def _ids(demands: tuple[Demand, ...]) -> dict[str, Any]:
    """Without what all ids share (the schema fixes their form), and without a separator: random letters do not compress."""
    front = len(_FRONT)
    return {"front": _FRONT, "length": _LENGTH, "rest": "".join(d.id[front:] for d in demands)}


def _named(name: str, content: bytes) -> Output:
    return Output(hashed_path(name, content), content)


def list_files(site: PublicSite, grouped: GroupedDemands) -> ListFiles:
    """The files themselves, rows in the order of the list."""
    demands = grouped.all
    return ListFiles(
        columns=_named("list.json", dump(_columns(site, demands))),
        ids=_named("ids.json", dump(_ids(demands))),
    )
