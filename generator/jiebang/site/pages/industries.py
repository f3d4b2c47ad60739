"""Industries by GB/T 4754-2017: all sections, one page per section, one per division that readers may know of."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.schemas import divisions, sections
from jiebang.site import labels, paths
from jiebang.site.figures import Bar
from jiebang.site.grouping import GroupedDemands
from jiebang.site.page import Context, Crumb, Page, Slots
from jiebang.site.pages.listing import Listing, listings, numbered
from jiebang.site.subscriptions import subscription_to_division, subscription_to_section

_ALL = Crumb("行业", "industries/")
_NOTE = "按《国民经济行业分类》（GB/T 4754-2017）。企业名称不公开的需求只归入门类，不归入大类。"


def _fill_all(page: Context, bars: tuple[Bar, ...]) -> Slots:
    return page.whole(
        "groups.html",
        title="按行业浏览",
        description="按国民经济行业门类浏览需求。",
        crumbs=(),
        note=_NOTE,
        bars=bars,
    )


def _fill_section(page: Context, letter: str, inner: tuple[Bar, ...], listing: Listing) -> Slots:
    name = labels.section_name(letter)
    return page.whole(
        "group.html",
        title=numbered(name, listing),
        description=f"{name}的技术创新需求。",
        crumbs=(_ALL,) if listing.number == 1 else (_ALL, Crumb(name, listing.base)),
        subscription=subscription_to_section(letter) if listing.number == 1 else None,
        kicker=f"行业门类 {letter}",
        note=_NOTE,
        inner_title="按大类",
        inner=inner,
        address=paths.list_address(section=letter),
        listing=listing,
    )


def _fill_division(page: Context, code: str, listing: Listing) -> Slots:
    division = divisions()[code]
    above = Crumb(labels.section_name(division.section), paths.section_path(division.section))
    return page.whole(
        "group.html",
        title=numbered(division.name, listing),
        description=f"{division.name}的技术创新需求。",
        crumbs=(_ALL, above) if listing.number == 1 else (_ALL, above, Crumb(division.name, listing.base)),
        subscription=subscription_to_division(division.section, code) if listing.number == 1 else None,
        kicker=f"行业大类 {code}",
        note=f"这里只列出大类可以公开的需求；{above.title}的全部需求见上一级。",
        inner_title="",
        inner=(),
        address=paths.list_address(division=code),
        listing=listing,
    )


def _division_bars(letter: str, grouped: GroupedDemands) -> tuple[Bar, ...]:
    return tuple(
        Bar(code, f"{code} {division.name}", len(grouped.by_division[code]), paths.division_path(letter, code))
        for code, division in divisions().items()
        if division.section == letter and code in grouped.by_division
    )


def industry_pages(grouped: GroupedDemands) -> Iterator[Page]:
    bars = tuple(
        Bar(letter, name, len(grouped.by_section.get(letter, ())), paths.section_path(letter))
        for letter, name in sections().items()
    )
    yield Page("industries/", "industries/index.html", _fill_all, (bars,))
    for letter in sections():
        inner = _division_bars(letter, grouped)
        for listing in listings(paths.section_path(letter), grouped.by_section.get(letter, ()), grouped.cards):
            frame = "industries/frame/index.html" if listing.number == 1 else "industries/frame/page/frame/index.html"
            yield Page(listing.path, frame, _fill_section, (letter, inner, listing))
    for code, demands in sorted(grouped.by_division.items()):
        base = paths.division_path(divisions()[code].section, code)
        for listing in listings(base, demands, grouped.cards):
            frame = (
                "industries/frame/frame/index.html"
                if listing.number == 1
                else "industries/frame/frame/page/frame/index.html"
            )
            yield Page(listing.path, frame, _fill_division, (code, listing))
