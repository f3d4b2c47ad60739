"""What became of the demands of a round that is over: by outcome in all, by district and by industry.

Counted are the states, districts and industries of the listed demands, each as its own page tells it, so a figure says nothing that the
lists do not; what a demand withholds is counted as withheld, what is not listed is not counted. Applications and winners are the
view's totals (`Counts`), never added up here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jiebang.site import labels, paths
from jiebang.site.place_words import whole_of_place
from jiebang.view import Demand, District

OUTCOMES = ("accepted", "failed", "unmet")
"""States in which a demand is done."""
_AWARDED = ("selected", "accepted", "failed")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """One line: a group of demands and how many of them came to what, in the order of `OUTCOMES`; `left` are those that did not end."""

    key: str
    label: str
    total: int
    counts: tuple[int, ...]
    awarded: int
    """Demands for which somebody was chosen."""
    path: str | None = None

    @property
    def left(self) -> int:
        return self.total - sum(self.counts)

    @property
    def judged(self) -> int:
        """Demands whose results were put to the test."""
        return self.counts[0] + self.counts[1]


@dataclass(frozen=True, slots=True)
class Summary:
    """`districts` in the bureau's order and `sections` by letter, what is withheld last; groups without a demand are left out."""

    whole: Outcomes
    districts: tuple[Outcomes, ...]
    sections: tuple[Outcomes, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """What the outcomes are called."""
        return tuple(map(labels.state_name, OUTCOMES))


def _line(key: str, label: str, demands: Iterable[Demand], path: str | None = None) -> Outcomes:
    states = Counter(demand.status for demand in demands)
    counts = tuple(states[state] for state in OUTCOMES)
    return Outcomes(key, label, states.total(), counts, sum(states[state] for state in _AWARDED), path)


def _groups(demands: Iterable[Demand], key: Callable[[Demand], str | None]) -> dict[str | None, list[Demand]]:
    groups: dict[str | None, list[Demand]] = defaultdict(list)
    for demand in demands:
        groups[key(demand)].append(demand)
    return groups


def summary_of(demands: tuple[Demand, ...], districts: tuple[District, ...], city: str) -> Summary:
    """The summary of a round by its listed demands. `city`: its name."""
    by_district = _groups(demands, lambda demand: demand.district)
    by_section = _groups(demands, lambda demand: demand.enterprise.section)
    of_districts = [
        _line(of.slug, of.name, by_district[of.slug], f"districts/{of.slug}/")
        for of in districts
        if of.slug in by_district
    ]
    of_sections = [
        _line(letter, labels.section_name(letter), by_section[letter], paths.section_path(letter))
        for letter in sorted(letter for letter in by_section if letter is not None)
    ]
    if None in by_district:
        of_districts.append(_line("", labels.NO_DISTRICT, by_district[None]))
    if None in by_section:
        of_sections.append(_line("", labels.NO_INDUSTRY, by_section[None]))
    return Summary(_line("", whole_of_place(city), demands), tuple(of_districts), tuple(of_sections))
