"""The page that lists every feed and calendar, and the code that puts a list into another web site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jiebang.site.grouping import GroupedDemands
from jiebang.site.page import Context, Page, Slots
from jiebang.site.pages.embed import embed_path
from jiebang.site.subscriptions import Subscription, Topic, topics

_UNKNOWN = "（本站网址）"

_Kind = tuple[str, tuple[Subscription, ...], tuple[Subscription, ...]]
"""A kind of topic, those with demands and those without."""


def _fill(page: Context, kinds: tuple[_Kind, ...], embeds: tuple[tuple[str, str], ...]) -> Slots:
    base = page.config.url or _UNKNOWN
    rows = [{"title": title or page.whole_place, "path": path, "address": f"{base}{path}"} for title, path in embeds]
    return {
        "topics": page.render("subscribe_topics.html", kinds=kinds),
        "embed": page.render("subscribe_embed.html", rows=rows, known=bool(page.config.url)),
    }


def _by_kind(listed: Iterable[Topic]) -> Iterator[_Kind]:
    kinds: dict[str, list[Topic]] = {}
    for topic in listed:
        kinds.setdefault(topic.kind, []).append(topic)
    for kind, found in kinds.items():
        used = tuple(topic.subscription for topic in found if topic.demands)
        yield kind, used, tuple(topic.subscription for topic in found if not topic.demands)


def subscribe_page(grouped: GroupedDemands) -> Page:
    embeds = (
        ("", embed_path(None)),
        *((district.name, embed_path(slug)) for slug, district in grouped.districts.items()),
    )
    return Page("subscribe/", "subscribe/index.html", _fill, (tuple(_by_kind(topics(grouped))), embeds))
