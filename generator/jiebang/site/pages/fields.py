"""Fields of 《产业基础创新发展目录》: all of them, and one page each, its demands counted by category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jiebang.schemas import foundation_fields
from jiebang.site import labels, paths
from jiebang.site.figures import Bar
from jiebang.site.grouping import GroupedDemands
from jiebang.site.page import Context, Crumb, Page, Slots
from jiebang.site.pages.listing import Listing, listings, numbered
from jiebang.site.subscriptions import subscription_to_field
from jiebang.view import Demand

_ALL = Crumb("领域", "fields/")
_NOTE = "按《产业基础创新发展目录（2021年版）》的 21 个领域。没有对应领域的需求不在其中，请到全部需求中查找。"
_UNSORTED = "未标明类别"


def _fill_all(page: Context, bars: tuple[Bar, ...]) -> Slots:
    return page.whole(
        "groups.html",
        title="按领域浏览",
        description="按产业基础创新发展目录的领域浏览需求。",
        crumbs=(),
        note=_NOTE,
        bars=bars,
    )


def _fill_one(
    page: Context, name: str, categories: tuple[str | None, ...], inner: tuple[Bar, ...], listing: Listing
) -> Slots:
    """`categories` are those of the cards, one by one: the list is headed by them."""
    groups = [
        (category or _UNSORTED, tuple(c for c, of in zip(listing.cards, categories, strict=True) if of == category))
        for category in dict.fromkeys(categories)
    ]
    return page.whole(
        "field.html",
        title=numbered(name, listing),
        description=f"{name}领域的技术创新需求。",
        crumbs=(_ALL,) if listing.number == 1 else (_ALL, Crumb(name, listing.base)),
        subscription=subscription_to_field(name) if listing.number == 1 else None,
        inner=inner,
        groups=groups,
        address=paths.list_address(field=paths.field_slugs()[name]),
        listing=listing,
    )


def _by_category(demands: tuple[Demand, ...]) -> tuple[Demand, ...]:
    order = {name: place for place, name in enumerate(labels.category_order())}
    return tuple(sorted(demands, key=lambda d: order.get(d.category or "", len(order))))


def _category_bars(demands: tuple[Demand, ...]) -> tuple[Bar, ...]:
    counts = Counter(d.category for d in demands)
    known = tuple(Bar(name, name, counts[name]) for name in labels.category_order() if counts[name])
    return (*known, Bar("", _UNSORTED, counts[None])) if counts[None] else known


def field_pages(grouped: GroupedDemands) -> Iterator[Page]:
    bars = tuple(
        Bar(entry.value, entry.title, len(grouped.by_field.get(entry.value, ())), paths.field_path(entry.value))
        for entry in foundation_fields()
    )
    yield Page("fields/", "fields/index.html", _fill_all, (bars,))
    for bar in bars:
        demands = _by_category(grouped.by_field.get(bar.key, ()))
        inner = _category_bars(demands)
        start = 0
        for listing in listings(paths.field_path(bar.key), demands, grouped.cards):
            shown = demands[start : start + len(listing.cards)]
            start += len(shown)
            frame = "fields/frame/index.html" if listing.number == 1 else "fields/frame/page/frame/index.html"
            yield Page(listing.path, frame, _fill_one, (bar.key, tuple(d.category for d in shown), inner, listing))
