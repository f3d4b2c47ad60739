"""Rounds: all of them, and one page each with its notice, its dates, its rules and its demands."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.site.figures import Figures, figures_of
from jiebang.site.page import Context, Crumb, Page, Slots
from jiebang.site.pages.listing import Listing, listings, numbered
from jiebang.site.shelves import Shelves
from jiebang.view import Counts, PublicSite, Round, Withdrawn

_ALL = Crumb("轮次", "rounds/")


def _fill_all(page: Context, rows: tuple[tuple[Round, Figures], ...]) -> Slots:
    return page.whole(
        "rounds.html",
        title="各轮工作",
        description="各轮“发榜”“揭榜”工作的通知、期限和进展。",
        crumbs=(),
        rows=rows,
    )


def _fill_one(
    page: Context,
    round_: Round,
    figures: Figures,
    counts: Counts,
    withdrawn: tuple[Withdrawn, ...],
    listing: Listing,
) -> Slots:
    return page.whole(
        "round.html",
        title=numbered(round_.title, listing),
        description=f"{round_.title}的通知、期限、规则和全部需求。",
        crumbs=(_ALL,) if listing.number == 1 else (_ALL, Crumb(round_.title, listing.base)),
        round=round_,
        figures=figures,
        counts=counts,
        withdrawn=withdrawn,
        listing=listing,
    )


def round_pages(site: PublicSite, shelves: Shelves) -> Iterator[Page]:
    figures = {r.id: figures_of(shelves.by_round.get(r.id, ())) for r in site.rounds}
    rows = tuple((round_, figures[round_.id]) for round_ in site.rounds)
    yield Page("rounds/", "rounds/index.html", _fill_all, (rows,))
    for round_ in site.rounds:
        counts = shelves.counts("round", round_.id)
        withdrawn = tuple(stone for stone in site.withdrawn if stone.round == round_.id)
        for listing in listings(f"rounds/{round_.id}/", shelves.by_round.get(round_.id, ()), shelves.districts):
            frame = "rounds/frame/index.html" if listing.number == 1 else "rounds/frame/page/frame/index.html"
            yield Page(listing.path, frame, _fill_one, (round_, figures[round_.id], counts, withdrawn, listing))
