"""Lists for the web sites of others: the newest demands of a district, or of all, in a page that shows nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from jiebang.site.cards import Card
from jiebang.site.grouping import GroupedDemands
from jiebang.site.page import Context, Page, Slots
from jiebang.view import Demand

_MOST = 10


def embed_path(slug: str | None) -> str:
    """Of a district, or of all."""
    return "embed/all/" if slug is None else f"embed/districts/{slug}/"


def _fill(page: Context, name: str, more: str, cards: tuple[Card, ...]) -> Slots:
    title = f"{name}最新技术创新需求"
    return {
        "title": str(escape(title)),
        "description": str(escape(f"{title}，可以揭榜的需求和截止日期。")),
        "home": str(escape(f"{page.root}{more}")),
        "main": page.render("embed.html", cards=cards, more=more),
    }


def _newest(demands: tuple[Demand, ...], grouped: GroupedDemands) -> tuple[Card, ...]:
    open_ = [demand for demand in demands if demand.status == "published"]
    return tuple(grouped.cards[demand.id] for demand in open_[:_MOST])


def embed_pages(city: str, grouped: GroupedDemands) -> Iterator[Page]:
    everything = (city, "demands/", _newest(grouped.all, grouped))
    yield Page(embed_path(None), "embed/all/index.html", _fill, everything)
    for slug, district in grouped.districts.items():
        newest = _newest(grouped.by_district.get(slug, ()), grouped)
        inputs = (district.name, f"districts/{slug}/", newest)
        yield Page(embed_path(slug), "embed/districts/frame/index.html", _fill, inputs)
