"""Counts of listed demands: by state, industry, field, cooperation mode, type and round, and how a part stands within the whole.

Applications and winners are never added up here: the view's totals say as much of them as may be said. What is counted is what the
lists show anyway, so a figure tells nothing that its list does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jiebang.schemas import cooperation_modes, demand_types, foundation_fields
from jiebang.site import labels, paths
from jiebang.view import Counts, Demand, Round


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart and of the table that says the same."""

    key: str
    label: str
    count: int
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a group of demands amounts to."""

    total: int
    open: int
    states: tuple[Bar, ...]
    sections: tuple[Bar, ...]
    modes: tuple[Bar, ...]
    fields: tuple[Bar, ...]
    types: tuple[Bar, ...]

    def state(self, state: str) -> int:
        return next(bar.count for bar in self.states if bar.key == state)

    @property
    def concluded(self) -> int:
        """Demands whose state says that they are over, whatever came of them."""
        return sum(self.state(state) for state in ("accepted", "unmet", "failed"))


def _largest_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _sections(listed: tuple[Demand, ...]) -> tuple[Bar, ...]:
    counts = Counter(d.enterprise.section for d in listed if d.enterprise.section is not None)
    unsaid = sum(d.enterprise.section is None for d in listed)
    bars = tuple(Bar(s, labels.section_name(s), n, paths.section_path(s)) for s, n in _largest_first(counts))
    return (*bars, Bar("", labels.NO_INDUSTRY, unsaid)) if unsaid else bars


def figures_of(demands: Iterable[Demand]) -> Figures:
    """Counts over demands. A demand with two cooperation modes counts in both; one without field or type in none."""
    listed = tuple(demands)
    states = Counter(d.status for d in listed)
    modes = Counter(mode for d in listed for mode in d.cooperation)
    fields = Counter(d.field for d in listed if d.field is not None)
    types = Counter(d.type for d in listed if d.type is not None)
    titles = {entry.value: entry.title for entry in foundation_fields()}
    return Figures(
        total=len(listed),
        open=states["published"],
        states=tuple(Bar(s, labels.state_name(s), states[s]) for s in labels.STATES),
        sections=_sections(listed),
        modes=tuple(Bar(m.extra["x-slug"], m.title, modes[m.value]) for m in cooperation_modes() if modes[m.value]),
        fields=tuple(
            Bar(paths.field_slugs()[name], titles[name], n, paths.field_path(name))
            for name, n in _largest_first(fields)
        ),
        types=tuple(Bar(t.extra["x-slug"], t.title, types[t.value]) for t in demand_types() if types[t.value]),
    )


@dataclass(frozen=True, slots=True)
class Period:
    """A round's place in a trend. `counts` is None where no total exists for this part of the round."""

    id: str
    title: str
    total: int
    states: tuple[Bar, ...]
    counts: Counts | None = None


def trend_of(
    demands: Iterable[Demand], rounds: Iterable[Round], counts: Mapping[str, Counts] | None = None
) -> tuple[Period, ...]:
    """Published demands by round, oldest round first; rounds without any stay in it as 0. `counts` by round id."""
    by_round: dict[str, Counter[str]] = {}
    for demand in demands:
        by_round.setdefault(demand.round, Counter())[demand.status] += 1
    told = counts or {}
    return tuple(
        Period(
            of.id,
            of.title,
            (states := by_round.get(of.id, Counter())).total(),
            tuple(Bar(s, labels.state_name(s), states[s]) for s in labels.STATES),
            told.get(of.id),
        )
        for of in sorted(rounds, key=lambda of: (of.opens_on, of.id))
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A district beside the others: its place by number of listed demands, 1 the most; None without any."""

    rank: int | None
    shared: bool
    """Another district has as many."""
    among: int


def standings(totals: Mapping[str, int]) -> dict[str, Standing]:
    """By slug. Districts with the same number share a place."""
    having = Counter(totals.values())
    return {
        slug: Standing(
            1 + sum(other > total for other in totals.values()) if total else None,
            bool(total) and having[total] > 1,
            len(totals),
        )
        for slug, total in totals.items()
    }


def percent(count: int, whole: int) -> str:
    """Length of a bar, 0 to 100, as an SVG attribute."""
    return f"{100 * count / whole:.4g}" if whole else "0"


def share(count: int | None, whole: int | None) -> str:
    """A part in words for people: `12%`; a dash where either number is not told or there is no whole."""
    if count is None or not whole:
        return "—"
    rounded = (200 * count + whole) // (2 * whole)
    if count and not rounded:
        return "不到 1%"
    return "近 100%" if rounded == 100 and count < whole else f"{rounded}%"
