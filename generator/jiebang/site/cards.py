"""A demand as one entry of a list: only what the entry shows, so that a list is made anew only when it looks different."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jiebang.site import labels, paths
from jiebang.site.text import excerpt
from jiebang.view import Demand, District


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    path: str
    code: str
    title: str
    excerpt: str
    state: str
    apply_by: str
    published_on: str
    enterprise: str
    hidden: bool
    district: str
    industry: str
    field: str | None
    type: str | None


def card_of(demand: Demand, districts: Mapping[str, District]) -> Card:
    who = demand.enterprise
    return Card(
        id=demand.id,
        path=paths.demand_path(demand.id),
        code=demand.code,
        title=demand.title,
        excerpt=excerpt(demand.summary),
        state=demand.status,
        apply_by=demand.apply_by,
        published_on=demand.published_on,
        enterprise=who.name or labels.ANONYMOUS,
        hidden=who.name is None,
        district=labels.NO_DISTRICT if demand.district is None else districts[demand.district].name,
        industry=labels.industry_name(who.section, who.division),
        field=demand.field,
        type=demand.type,
    )


def open_first(demands: Iterable[Demand]) -> tuple[Demand, ...]:
    """Demands that can be applied for before the others; within each the order they came in (newest first)."""
    return tuple(sorted(demands, key=lambda demand: demand.status != "published"))
