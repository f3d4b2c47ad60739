"""The list of all demands, and the tombstones of what was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiebang.site.exports.json.schema import DEMANDS
from jiebang.site.grouping import GroupedDemands
from jiebang.site.page import Context, Crumb, Page, Slots
from jiebang.site.pages.listing import Listing, listings, numbered
from jiebang.site.subscriptions import subscription_to_all
from jiebang.view import PublicSite, Withdrawn

LIST = Crumb("需求", "demands/")


@dataclass(frozen=True, slots=True)
class ListSources:
    """Where the files stand that the list fetches."""

    columns: str
    ids: str
    search: str


def _fill_list(page: Context, listing: Listing, sources: ListSources, external: bool) -> Slots:
    return page.whole(
        "list.html",
        title=numbered("全部需求", listing),
        description="大企业发布的技术创新需求，可按状态、区、行业、领域和合作方式筛选，可搜索任意词语。",
        crumbs=() if listing.number == 1 else (LIST,),
        subscription=subscription_to_all() if listing.number == 1 else None,
        listing=listing,
        sources=sources,
        whole=DEMANDS.path,
        external=external,
    )


def list_pages(grouped: GroupedDemands, sources: ListSources, external: bool = False) -> Iterator[Page]:
    """`external`: whether there is a page with demands of elsewhere."""
    for listing in listings("demands/", grouped.all, grouped.cards):
        frame = "demands/index.html" if listing.number == 1 else "demands/page/frame/index.html"
        yield Page(listing.path, frame, _fill_list, (listing, sources, external))


def _fill_favourites(page: Context) -> Slots:
    return page.whole(
        "favourites.html",
        title="标记的需求",
        description="自己标记的需求并排对照，可以打印、下载，也可以用地址分享。",
        crumbs=(LIST,),
    )


def favourites_page() -> Page:
    """Which ones they are is known to the reader's browser alone. The address says `marked`, as it has from the first."""
    return Page("marked/", "marked/index.html", _fill_favourites)


def _fill_withdrawn(page: Context, withdrawn: tuple[tuple[Withdrawn, str], ...]) -> Slots:
    return page.whole(
        "withdrawn.html",
        title="已撤回的需求",
        description="撤回的需求只保留代码、轮次和日期。",
        crumbs=(LIST,),
        withdrawn=withdrawn,
    )


def withdrawn_page(site: PublicSite, grouped: GroupedDemands) -> Page:
    listed = tuple((stone, grouped.rounds[stone.round].title) for stone in site.withdrawn)
    return Page("withdrawn/", "withdrawn/index.html", _fill_withdrawn, (listed,))
