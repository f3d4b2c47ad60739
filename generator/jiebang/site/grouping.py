"""The public view sorted onto grouped once: what belongs to which district, industry, field and round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from jiebang.site import labels
from jiebang.site.cards import Card, card_of, open_first
from jiebang.view import Counts, Demand, District, PublicSite, Round

Key = TypeVar("Key", bound=Hashable)

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Told:
    """A demand with what its district (or that it is withheld) and its round are called: all that is told of it in one place."""

    demand: Demand
    district: str
    round: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Of a group of demands: how many, how many of them are published still, and what the view tells of all its applications."""

    demands: int
    open: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class GroupedDemands:
    """Every group is a tuple in reading order: open ones first, then newest first."""

    all: tuple[Demand, ...]
    told: tuple[Told, ...]
    """The same demands."""
    cards: Mapping[str, Card]
    """By id: a demand stands in many lists."""
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

    def tally(self, scope: str, key: str) -> Tally:
        """Of a district or of a round."""
        demands = (self.by_district if scope == "district" else self.by_round).get(key, ())
        return Tally(len(demands), sum(d.status == "published" for d in demands), self.counts(scope, key))


def _grouped(pairs: Iterable[tuple[Key | None, Demand]]) -> dict[Key, tuple[Demand, ...]]:
    groups: dict[Key, list[Demand]] = defaultdict(list)
    for key, demand in pairs:
        if key is not None:
            groups[key].append(demand)
    return {key: tuple(group) for key, group in groups.items()}


def group_demands(site: PublicSite) -> GroupedDemands:
    listed = open_first(site.demands)
    districts = {district.slug: district for district in site.districts}
    rounds = {round_.id: round_ for round_ in site.rounds}
    names: dict[str | None, str] = {None: labels.NO_DISTRICT, **{slug: of.name for slug, of in districts.items()}}
    return GroupedDemands(
        all=listed,
        cards={demand.id: card_of(demand, names[demand.district]) for demand in listed},
        told=tuple(Told(demand, names[demand.district], rounds[demand.round].title) for demand in listed),
        by_district=_grouped((d.district, d) for d in listed),
        by_section=_grouped((d.enterprise.section, d) for d in listed),
        by_division=_grouped((d.enterprise.division, d) for d in listed),
        by_field=_grouped((d.field, d) for d in listed),
        by_round=_grouped((d.round, d) for d in listed),
        districts=districts,
        rounds=rounds,
        totals={(total.scope, total.key): total.counts for total in site.totals},
    )


def pages_of(demands: tuple[Demand, ...]) -> list[tuple[Demand, ...]]:
    """Cut into pages; at least one, which may be empty."""
    return [demands[start : start + PER_PAGE] for start in range(0, len(demands), PER_PAGE)] or [()]
