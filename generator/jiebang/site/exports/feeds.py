"""Feeds of the newest and the lately changed: Atom (RFC 4287) and JSON Feed 1.1, the same entries in both.

Nothing in them comes from the clock: an entry's days are those of the demand. Where the site's address is not configured, links are
relative to the feed, which Atom allows; JSON Feed knows no relative links, so it has none then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from jiebang.site import labels, paths
from jiebang.site.config import SiteConfig
from jiebang.site.exports.json.header import changed_on
from jiebang.site.exports.json.schema import readable
from jiebang.site.grouping import GroupedDemands
from jiebang.site.subscriptions import Topic
from jiebang.view import City, Demand

MOST = 50
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "zh-CN"
_LONGEST = 300
_BEFORE_ALL = "2000-01-01"
"""Day of a feed in which nothing has stood yet: a day it must have, and today would make every build another."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A demand as one entry of a feed."""

    path: str
    title: str
    facts: str
    text: str
    tags: tuple[str, ...]
    published: str
    updated: str


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    place: str
    page: str
    author: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> str:
        return max((entry.updated for entry in self.entries), default=_BEFORE_ALL)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"


def entry_of(demand: Demand, grouped: GroupedDemands) -> Entry:
    who = demand.enterprise
    district = labels.NO_DISTRICT if demand.district is None else grouped.districts[demand.district].name
    industry = labels.industry_name(who.section, who.division)
    state = labels.state_name(demand.status)
    facts = (
        f"代码 {demand.code}（{grouped.rounds[demand.round].title}）",
        state,
        f"揭榜截止 {demand.apply_by}",
        who.name or labels.ANONYMOUS,
        district,
        industry,
    )
    return Entry(
        path=paths.demand_path(demand.id),
        title=demand.title if demand.status == "published" else f"〔{state}〕{demand.title}",
        facts=" · ".join(facts),
        text=_cut(demand.summary),
        tags=tuple(tag for tag in (state, demand.type, demand.field, industry, district) if tag),
        published=demand.published_on,
        updated=changed_on(demand),
    )


def newest(demands: Iterable[Demand]) -> list[Demand]:
    """The latest to appear or to change come first."""
    by_id = sorted(demands, key=lambda demand: demand.id)
    return sorted(by_id, key=lambda demand: (changed_on(demand), demand.published_on), reverse=True)[:MOST]


def feed_of(topic: Topic, city: City, grouped: GroupedDemands, config: SiteConfig) -> Feed:
    title = f"{city.name}{config.name}：{topic.subscription.title}"
    entries = tuple(entry_of(demand, grouped) for demand in newest(topic.demands))
    return Feed(title, topic.subscription.place, topic.page, city.bureau, entries)


def _id(config: SiteConfig, path: str) -> str:
    """A permanent name: the address, or a tag URI (RFC 4151) for a site that does not know its own."""
    return config.address(path) if config.url else f"tag:localhost,2024:{path}"


def _moment(day: str) -> str:
    return f"{day}T00:00:00+08:00"


def _element(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, attributes)
    element.text = text
    return element


def atom(feed: Feed, config: SiteConfig) -> bytes:
    """The feed as Atom."""
    path = f"feeds/{feed.place}.atom"
    root = config.url or "../" * path.count("/")
    top = Xml.Element("feed", {"xmlns": _ATOM, "xml:lang": _LANGUAGE})
    _element(top, "id", _id(config, path))
    _element(top, "title", feed.title)
    _element(top, "updated", _moment(feed.updated))
    _element(_element(top, "author"), "name", feed.author)
    _element(top, "link", rel="self", type="application/atom+xml", href=f"{root}{path}")
    _element(top, "link", rel="alternate", type="text/html", href=f"{root}{feed.page}")
    for one in feed.entries:
        entry = _element(top, "entry")
        _element(entry, "id", _id(config, one.path))
        _element(entry, "title", one.title)
        _element(entry, "published", _moment(one.published))
        _element(entry, "updated", _moment(one.updated))
        _element(entry, "link", rel="alternate", type="text/html", href=f"{root}{one.path}")
        for tag in one.tags:
            _element(entry, "category", term=tag)
        _element(entry, "summary", f"{one.facts}\n{one.text}", type="text")
    Xml.indent(top, "")
    body: str = Xml.tostring(top, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()


def json_feed(feed: Feed, config: SiteConfig) -> bytes:
    """The feed as JSON Feed 1.1."""
    head: dict[str, object] = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title}
    if config.url:
        head |= {"home_page_url": config.address(feed.page), "feed_url": config.address(f"feeds/{feed.place}.json")}
    return readable(
        {
            **head,
            "language": _LANGUAGE,
            "authors": [{"name": feed.author}],
            "items": [_item(e, config) for e in feed.entries],
        }
    )


def _item(entry: Entry, config: SiteConfig) -> dict[str, object]:
    return {
        "id": _id(config, entry.path),
        **({"url": config.address(entry.path)} if config.url else {}),
        "title": entry.title,
        "content_text": f"{entry.facts}\n{entry.text}",
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "tags": list(entry.tags),
    }
