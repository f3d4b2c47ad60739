"""Plain lists by what no other part of the site sorts by (state, cooperation mode, nature, type, and what is not said), and one page
that leads to every list there is: what the filters do, without scripts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from jiebang.site import labels
from jiebang.site.facets import UNSAID, Facet, Option, facets_of, states
from jiebang.site.figures import Bar
from jiebang.site.grouping import GroupedDemands
from jiebang.site.page import Context, Crumb, Page, Slots
from jiebang.site.pages.listing import Listing, listings, numbered
from jiebang.view import Demand, PublicSite

BASE = "demands/by/"
_CRUMBS = (Crumb("需求", "demands/"), Crumb("分类浏览", BASE))
_ELSEWHERE = {"district": "districts/", "section": "industries/", "field": "fields/", "round": "rounds/"}
"""Facets with pages of their own, and where those begin; lists of what is not said are here all the same."""
_WITH_FIELDS = "category"
"""A category is no list of its own: the pages of the fields are headed by it."""


@dataclass(frozen=True, slots=True)
class Group:
    """One facet of the overview; `path` leads to its own part of the site, where it has one."""

    title: str
    path: str | None
    bars: tuple[Bar, ...]


def _path(facet: Facet, option: Option) -> str:
    if option.key != UNSAID and facet.key in _ELSEWHERE:
        return f"{_ELSEWHERE[facet.key]}{option.key.lower()}/"
    return f"{BASE}{facet.key}/{'unsaid' if option.key == UNSAID else option.key}/"


def _grouped(facet: Facet, demands: tuple[Demand, ...]) -> dict[str, tuple[Demand, ...]]:
    groups: dict[str, list[Demand]] = defaultdict(list)
    for demand in demands:
        for key in facet.values(demand):
            groups[key].append(demand)
    return {key: tuple(group) for key, group in groups.items()}


def _fill_all(page: Context, groups: tuple[Group, ...]) -> Slots:
    return page.whole(
        "facets.html",
        title="分类浏览",
        description="按状态、区、行业、领域、合作方式等分类列出需求。",
        crumbs=_CRUMBS[:1],
        groups=groups,
    )


def _fill_one(page: Context, kicker: str, title: str, listing: Listing) -> Slots:
    return page.whole(
        "group.html",
        title=numbered(f"{kicker}：{title}", listing),
        description=f"{kicker}为“{title}”的技术创新需求。",
        crumbs=_CRUMBS if listing.number == 1 else (*_CRUMBS, Crumb(title, listing.base)),
        kicker=f"按{kicker}",
        note=_NOTES.get((kicker, title), ""),
        inner_title="",
        inner=(),
        listing=listing,
    )


_NOTES = {("状态", labels.state_name("published")): "揭榜截止日期已过的也在其中，请看每项的日期。"}


def by_pages(site: PublicSite, grouped: GroupedDemands) -> Iterator[Page]:
    groups = []
    for facet in (states(), *facets_of(site)):
        if facet.key == _WITH_FIELDS:
            continue
        demands = _grouped(facet, grouped.all)
        used = [option for option in facet.options if option.key in demands and option.within is None]
        bars = tuple(Bar(o.key, o.title, len(demands[o.key]), _path(facet, o)) for o in used)
        groups.append(Group(facet.title, _ELSEWHERE.get(facet.key), bars))
        for option in used:
            path = _path(facet, option)
            if path.startswith(BASE):
                yield from _list(path, facet.title, option.title, demands[option.key], grouped)
    yield Page(BASE, "demands/by/index.html", _fill_all, (tuple(group for group in groups if group.bars),))


def _list(base: str, kicker: str, title: str, demands: tuple[Demand, ...], grouped: GroupedDemands) -> Iterator[Page]:
    for listing in listings(base, demands, grouped.cards):
        frame = "frame/frame/index.html" if listing.number == 1 else "frame/frame/page/frame/index.html"
        yield Page(listing.path, f"demands/by/{frame}", _fill_one, (kicker, title, listing))
