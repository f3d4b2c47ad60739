"""The public view sorted onto grouped once: what belongs to which district, industry, field and round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from jiebang.site.cards import open_first
from jiebang.view import Counts, Demand, District, PublicSite, Round

Key = TypeVar("Key", bound=Hashable)

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class GroupedDemands:
    """Every group is a tuple in reading order: open ones first, then newest first."""

    all: tuple[Demand, ...]
    by_district: Mapping[str, tuple[Demand, ...]]
    by_section: Mapping[str, tuple[Demand, ...]]
    by_division: Mapping[str, tuple[Demand, ...]]
    """Only demands whose view says a division."""
    by_field: Mapping[str, tuple[Demand, ...]]
    by_round: Mapping[str, tuple[Demand, ...]]
    districts: Mapping[str, District]
    rounds: Mapping[str, Round]
    totals: Mapping[tuple[str, str], Counts]
    """By scope and key; every page that shows a sum of applications or winners takes it from here."""

    def counts(self, scope: str, key: str = "") -> Counts:
        """Applications and winners in all; nothing where the view does not say."""
        return self.totals.get((scope, key), Counts(None, None))


def _grouped(pairs: Iterable[tuple[Key | None, Demand]]) -> dict[Key, tuple[Demand, ...]]:
    groups: dict[Key, list[Demand]] = defaultdict(list)
    for key, demand in pairs:
        if key is not None:
            groups[key].append(demand)
    return {key: tuple(group) for key, group in groups.items()}


def group_demands(site: PublicSite) -> GroupedDemands:
    listed = open_first(site.demands)
    return GroupedDemands(
        all=listed,
        by_district=_grouped((d.district, d) for d in listed),
        by_section=_grouped((d.enterprise.section, d) for d in listed),
        by_division=_grouped((d.enterprise.division, d) for d in listed),
        by_field=_grouped((d.field, d) for d in listed),
        by_round=_grouped((d.round, d) for d in listed),
        districts={district.slug: district for district in site.districts},
        rounds={round_.id: round_ for round_ in site.rounds},
        totals={(total.scope, total.key): total.counts for total in site.totals},
    )


def pages_of(demands: tuple[Demand, ...]) -> list[tuple[Demand, ...]]:
    """Cut into pages; at least one, which may be empty."""
    return [demands[start : start + PER_PAGE] for start in range(0, len(demands), PER_PAGE)] or [()]
