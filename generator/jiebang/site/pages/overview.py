"""The whole city on one screen: for the wall of a hall or an office, and just as well for a telephone or a sheet of paper."""

from __future__ import annotations

from dataclasses import dataclass

from jiebang.site import labels
from jiebang.site.cards import Card
from jiebang.site.deadlines import counts_by_day
from jiebang.site.figures import Bar, Period, trend_of
from jiebang.site.grouping import GroupedDemands
from jiebang.site.page import Context, Crumb, Page, Slots
from jiebang.site.pages.districts import Whole, whole_of
from jiebang.view import PublicSite

_DISTRICTS = 14
_SECTIONS = 6
# The browser drops those whose day has passed and shows the next, so more are written than shown.
_CLOSING = 16
_NEWEST = 3


@dataclass(frozen=True, slots=True)
class Rest:
    """What no longer has a line of its own: how many lines, and their demands together."""

    lines: int
    count: int


@dataclass(frozen=True, slots=True)
class Top:
    """The largest of a group, and the rest in one line."""

    bars: tuple[Bar, ...]
    rest: Rest | None

    @property
    def most(self) -> int:
        return max((bar.count for bar in self.bars), default=0)


def top_of(bars: tuple[Bar, ...], room: int) -> Top:
    """Bars that have something to show, largest first, at most so many lines with that of the rest."""
    having = tuple(sorted((bar for bar in bars if bar.count), key=lambda bar: -bar.count))
    if len(having) <= room:
        return Top(having, None)
    kept, left = having[: room - 1], having[room - 1 :]
    return Top(kept, Rest(len(left), sum(bar.count for bar in left)))


def _fill(
    page: Context,
    city: str,
    whole: Whole,
    trend: tuple[Period, ...],
    districts: Top,
    participating: int,
    sections: Top,
    closing: tuple[Card, ...],
    newest: tuple[Card, ...],
    open_by: str,
) -> Slots:
    return page.whole(
        "overview.html",
        title=f"{page.whole_place}概览",
        description=f"{city}“发榜”“揭榜”工作一览：需求、各区、行业、即将截止和最新发榜。",
        crumbs=(Crumb("各区", "districts/"),),
        figures=whole.figures,
        counts=whole.counts,
        smallest=whole.smallest,
        trend=trend,
        districts=districts,
        participating=participating,
        sections=sections,
        closing=closing,
        newest=newest,
        open_by=open_by,
    )


def overview_page(site: PublicSite, grouped: GroupedDemands) -> Page:
    whole = whole_of(site, grouped)
    districts = tuple(
        Bar(d.slug, d.name, len(grouped.by_district.get(d.slug, ())), f"districts/{d.slug}/") for d in site.districts
    )
    unsaid = sum(d.district is None for d in site.demands)
    lines = (*districts, Bar("", labels.NO_DISTRICT, unsaid))
    closing = sorted((d for d in site.demands if d.status == "published"), key=lambda d: (d.apply_by, d.id))
    counts = {of.id: grouped.counts("round", of.id) for of in site.rounds}
    inputs = (
        site.city.name,
        whole,
        trend_of(site.demands, site.rounds, counts),
        top_of(lines, _DISTRICTS),
        sum(bar.count > 0 for bar in districts),
        top_of(whole.figures.sections, _SECTIONS),
        tuple(grouped.cards[d.id] for d in closing[:_CLOSING]),
        tuple(grouped.cards[d.id] for d in site.demands[:_NEWEST]),
        counts_by_day(site.demands),
    )
    return Page("overview/", "overview/index.html", _fill, inputs)
