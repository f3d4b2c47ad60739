"""Rounds: all of them with their trend and their days, and one page each with its notice, its rules, its figures and its demands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiebang.site import labels
from jiebang.site.cards import Card
from jiebang.site.figures import Bar, Figures, Period, figures_of, trend_of
from jiebang.site.grouping import GroupedDemands
from jiebang.site.outcomes import Summary, summary_of
from jiebang.site.page import Context, Crumb, Page, Slots
from jiebang.site.pages.listing import Listing, listings, numbered
from jiebang.view import Counts, Demand, PublicSite, Round, Withdrawn

_ALL = Crumb("轮次", "rounds/")


@dataclass(frozen=True, slots=True)
class Picture:
    """A round in figures. `before` is the round that opened before it; of `counts` None is what the view does not tell."""

    figures: Figures
    counts: Counts
    districts: tuple[Bar, ...]
    before: Period | None
    summary: Summary | None
    """What became of its demands; None while it is open."""


def _fill_all(
    page: Context, rows: tuple[tuple[Round, Figures], ...], trend: tuple[Period, ...], smallest: int
) -> Slots:
    return page.whole(
        "rounds.html",
        title="各轮工作",
        description="各轮“发榜”“揭榜”工作的通知、期限、进展和趋势。",
        crumbs=(),
        rows=rows,
        trend=trend,
        smallest=smallest,
    )


def _fill_one(
    page: Context, round_: Round, picture: Picture, withdrawn: tuple[Withdrawn, ...], listing: Listing
) -> Slots:
    return page.whole(
        "round.html",
        title=numbered(round_.title, listing),
        description=f"{round_.title}的通知、期限、规则和全部需求。",
        crumbs=(_ALL,) if listing.number == 1 else (_ALL, Crumb(round_.title, listing.base)),
        round=round_,
        figures=picture.figures,
        counts=picture.counts,
        districts=picture.districts,
        before=picture.before,
        summary=picture.summary,
        withdrawn=withdrawn,
        listing=listing,
    )


def _fill_print(page: Context, round_: Round, bureau: str, cards: tuple[Card, ...]) -> Slots:
    return page.whole(
        "round_print.html",
        title=f"{round_.title}需求目录（打印版）",
        description=f"{round_.title}全部需求，一项一行，供打印。",
        crumbs=(_ALL, Crumb(round_.title, f"rounds/{round_.id}/")),
        round=round_,
        bureau=bureau,
        cards=cards,
    )


def _by_district(demands: tuple[Demand, ...], site: PublicSite) -> tuple[Bar, ...]:
    """Districts with demands in the bureau's order, and at the end what is withheld."""
    counts = {d.slug: sum(demand.district == d.slug for demand in demands) for d in site.districts}
    bars = tuple(Bar(d.slug, d.name, counts[d.slug]) for d in site.districts if counts[d.slug])
    unsaid = sum(demand.district is None for demand in demands)
    return (*bars, Bar("", labels.NO_DISTRICT, unsaid)) if unsaid else bars


def round_pages(site: PublicSite, grouped: GroupedDemands) -> Iterator[Page]:
    figures = {r.id: figures_of(grouped.by_round.get(r.id, ())) for r in site.rounds}
    counts = {r.id: grouped.counts("round", r.id) for r in site.rounds}
    trend = trend_of(site.demands, site.rounds, counts)
    smallest = max((r.smallest_count for r in site.rounds), default=1)
    rows = tuple((round_, figures[round_.id]) for round_ in site.rounds)
    yield Page("rounds/", "rounds/index.html", _fill_all, (rows, trend, smallest))
    before = {period.id: trend[place - 1] if place else None for place, period in enumerate(trend)}
    for round_ in site.rounds:
        demands = grouped.by_round.get(round_.id, ())
        picture = Picture(
            figures[round_.id],
            counts[round_.id],
            _by_district(demands, site),
            before[round_.id],
            summary_of(demands, site.districts, site.city.name) if round_.status == "closed" else None,
        )
        withdrawn = tuple(stone for stone in site.withdrawn if stone.round == round_.id)
        for listing in listings(f"rounds/{round_.id}/", demands, grouped.cards):
            frame = "rounds/frame/index.html" if listing.number == 1 else "rounds/frame/page/frame/index.html"
            yield Page(listing.path, frame, _fill_one, (round_, picture, withdrawn, listing))
        # In the order of all lists and not by code, though it is paper: offices number the demands of one enterprise in a row.
        cards = tuple(grouped.cards[demand.id] for demand in demands)
        inputs = (round_, site.city.bureau, cards)
        yield Page(f"rounds/{round_.id}/print/", "rounds/frame/print/index.html", _fill_print, inputs)
