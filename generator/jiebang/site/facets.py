"""By what readers narrow a list: one definition for the browser's filters and for the plain lists without scripts.

A value that a demand does not name (withheld, or never said) is a choice of its own, `-`: no slug and no code can be that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from jiebang.schemas import (
    Entry,
    cooperation_modes,
    demand_types,
    divisions,
    foundation_categories,
    foundation_fields,
    natures,
    sections,
)
from jiebang.site import labels
from jiebang.view import Demand, PublicSite

UNSAID = "-"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `key` is what an address says; `within` is the key of the choice that contains this one."""

    key: str
    title: str
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """`values` gives the keys that a demand has; `inner` is the address's name for choices within another one."""

    key: str
    title: str
    options: tuple[Option, ...]
    values: Callable[[Demand], tuple[str, ...]]
    inner: str = ""
    always: bool = False
    """Choices without a demand are listed too."""


def _industry(demand: Demand) -> tuple[str, ...]:
    who = demand.enterprise
    if who.section is None:
        return (UNSAID,)
    return (who.section,) if who.division is None else (who.section, who.division)


def _industries() -> Iterator[Option]:
    for letter, name in sections().items():
        yield Option(letter, name)
        yield from (Option(d.code, d.name, letter) for d in divisions().values() if d.section == letter)
    yield Option(UNSAID, labels.NO_INDUSTRY)


def _listed(
    key: str, title: str, entries: Iterable[Entry], unsaid: str, value: Callable[[Demand], str | None]
) -> Facet:
    """A facet over a code list whose entries have a place in addresses."""
    slugs = {entry.value: entry.extra["x-slug"] for entry in entries}
    options = (*(Option(slug, name) for name, slug in slugs.items()), Option(UNSAID, unsaid))

    def values(demand: Demand) -> tuple[str, ...]:
        said = value(demand)
        return (UNSAID if said is None else slugs[said],)

    return Facet(key, title, options, values)


def _modes() -> Facet:
    slugs = {entry.value: entry.extra["x-slug"] for entry in cooperation_modes()}
    options = tuple(Option(slug, name) for name, slug in slugs.items())
    return Facet("mode", "合作方式", options, lambda demand: tuple(sorted(slugs[mode] for mode in demand.cooperation)))


def _districts(site: PublicSite) -> Facet:
    options = (*(Option(d.slug, d.name) for d in site.districts), Option(UNSAID, labels.NO_DISTRICT))
    return Facet("district", "所在区", options, lambda d: (d.district or UNSAID,), always=True)


def facets_of(site: PublicSite) -> tuple[Facet, ...]:
    """Every facet but the state, which depends on the day and is the browser's; choices in the order readers know them by."""
    return (
        _districts(site),
        Facet("section", "行业", tuple(_industries()), _industry, inner="division"),
        _listed("field", "领域", foundation_fields(), labels.NO_FIELD, lambda d: d.field),
        _listed("category", "类别", foundation_categories(), labels.NO_CATEGORY, lambda d: d.category),
        _modes(),
        _listed("nature", "企业性质", natures(), labels.NO_NATURE, lambda d: d.enterprise.nature),
        _listed("type", "需求类型", demand_types(), labels.NO_TYPE, lambda d: d.type),
        Facet("round", "轮次", tuple(Option(r.id, r.title) for r in site.rounds), lambda d: (d.round,)),
    )


def states() -> Facet:
    """The state as the catalogue knows it, for lists that are the same every day."""
    options = tuple(Option(state, labels.state_name(state)) for state in labels.STATES)
    return Facet("state", "状态", options, lambda demand: (demand.status,))
