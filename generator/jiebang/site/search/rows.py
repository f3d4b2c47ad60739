"""The rows that the browser searches: every public text of every demand, in one file without repetition.

Search is plain substring over these texts, so it finds any part of a Chinese word and misses none. Names that repeat
(districts, industries, rounds) stand once at the top and rows point at them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from jiebang.schemas import divisions, sections
from jiebang.site import names
from jiebang.site.shelves import Shelves
from jiebang.view import Demand, PublicSite

COLUMNS = (
    "id", "code", "title", "summary", "parameters", "effect", "schedule", "cooperation", "note", "enterprise", "nature", "section",
    "division", "district", "round", "status", "type", "field", "category", "published", "deadline",
)  # fmt: skip
"""Order of the values in a row; the file names it, so `list.js` reads by name."""


def _row(demand: Demand) -> tuple[str | None, ...]:
    who = demand.enterprise
    return (
        demand.id.lower(), demand.code, demand.title, demand.summary, demand.parameters, demand.effect, demand.schedule,
        "、".join(demand.cooperation), demand.cooperation_note, who.name, who.nature, who.section, who.division, demand.district,
        demand.round, demand.status, demand.type, demand.field, demand.category, demand.published_on, demand.apply_by,
    )  # fmt: skip


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _pieces(site: PublicSite, demands: Iterable[Demand]) -> Iterator[str]:
    head = {
        "columns": COLUMNS,
        "districts": {d.slug: d.name for d in site.districts},
        "rounds": {r.id: r.title for r in site.rounds},
        "sections": sections(),
        "divisions": {code: division.name for code, division in divisions().items()},
        "states": {state: names.state_name(state) for state in names.STATES},
        "anonymous": names.ANONYMOUS,
        "noDistrict": names.NO_DISTRICT,
        "noIndustry": names.NO_INDUSTRY,
    }
    yield _dump(head)[:-1] + ',"rows":['
    for place, demand in enumerate(demands):
        yield ("," if place else "") + _dump(_row(demand))
    yield "]}"


def rows_file(site: PublicSite, shelves: Shelves) -> bytes:
    """The file itself, rows in the order of the list."""
    return "".join(_pieces(site, shelves.all)).encode()
