"""Counts of listed demands by state, industry and cooperation mode. Applications and winners are never added up here: the view's
totals say as much of them as may be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from jiebang.schemas import cooperation_modes
from jiebang.site import names
from jiebang.view import Demand


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

    def state(self, state: str) -> int:
        return next(bar.count for bar in self.states if bar.key == state)


def figures_of(demands: Iterable[Demand]) -> Figures:
    """Counts over demands. A demand with two cooperation modes counts in both."""
    listed = tuple(demands)
    states = Counter(d.status for d in listed)
    sections = Counter(d.enterprise.section for d in listed if d.enterprise.section is not None)
    unsaid = sum(d.enterprise.section is None for d in listed)
    modes = Counter(mode for d in listed for mode in d.cooperation)
    return Figures(
        total=len(listed),
        open=states["published"],
        states=tuple(Bar(s, names.state_name(s), states[s]) for s in names.STATES),
        sections=tuple(
            Bar(letter, names.section_name(letter), count, names.section_path(letter))
            for letter, count in sorted(sections.items(), key=lambda item: (-item[1], item[0]))
        )
        + ((Bar("", names.NO_INDUSTRY, unsaid),) if unsaid else ()),
        modes=tuple(Bar(m.value, m.title, modes[m.value]) for m in cooperation_modes() if modes[m.value]),
    )


def percent(count: int, whole: int) -> str:
    """Length of a bar, 0 to 100, as an SVG attribute."""
    return f"{100 * count / whole:.4g}" if whole else "0"
