"""Feeds of the newest and the lately changed: Atom (RFC 4287) and JSON Feed 1.1, the same entries in both.

Nothing in them comes from the clock: an entry's days are those of the demand. Where the site's address is not configured, links are
relative to the feed, which Atom allows; JSON Feed knows no relative links, so it has none then. Names are the addresses, or where there
are none `tag:localhost,2024:KEY:PATH` with the mark of the city (`city_key`): they stay as long as the city keeps its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from xml.sax.saxutils import escape

from jiebang.site import labels, paths
from jiebang.site.config import SiteConfig
from jiebang.site.exports.city_key import city_key
from jiebang.site.exports.json.header import changed_on
from jiebang.site.exports.json.objects import dump
from jiebang.site.grouping import Told
from jiebang.site.subscriptions import Topic
from jiebang.view import City

MOST = 50
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "zh-CN"
_LONGEST = 300
_IN_ATTRIBUTES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
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
    city: str
    """The city's mark in names."""
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> str:
        return max((entry.updated for entry in self.entries), default=_BEFORE_ALL)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"


def entry_of(told: Told) -> Entry:
    demand, who = told.demand, told.demand.enterprise
    industry = labels.industry_name(who.section, who.division)
    state = labels.state_name(demand.status)
    facts = (
        f"代码 {demand.code}（{told.round}）",
        state,
        f"揭榜截止 {demand.apply_by}",
        who.name or labels.ANONYMOUS,
        told.district,
        industry,
    )
    return Entry(
        path=paths.demand_path(demand.id),
        title=demand.title if demand.status == "published" else f"〔{state}〕{demand.title}",
        facts=" · ".join(facts),
        text=_cut(demand.summary),
        tags=tuple(tag for tag in (state, demand.type, demand.field, industry, told.district) if tag),
        published=demand.published_on,
        updated=changed_on(demand),
    )


class Feeds:
    """The feeds of one site. The latest to appear or to change come first."""

    def __init__(self, listed: Iterable[Told], city: City, config: SiteConfig) -> None:
        by_id = sorted(listed, key=lambda told: told.demand.id)
        newest = sorted(by_id, key=lambda told: (changed_on(told.demand), told.demand.published_on), reverse=True)
        self._place = {told.demand.id: place for place, told in enumerate(newest)}
        self._newest = newest
        self._entries: dict[int, Entry] = {}
        self._name, self._author, self._city = f"{city.name}{config.name}", city.bureau, city_key(city)

    def _entry(self, place: int) -> Entry:
        # A demand stands in the feeds of its district, its industry and its field.
        if place not in self._entries:
            self._entries[place] = entry_of(self._newest[place])
        return self._entries[place]

    def feed_of(self, topic: Topic) -> Feed:
        places = nsmallest(MOST, (self._place[demand.id] for demand in topic.demands))
        entries = tuple(map(self._entry, places))
        title = f"{self._name}：{topic.subscription.title}"
        return Feed(title, topic.subscription.place, topic.page, self._author, self._city, entries)


def _id(config: SiteConfig, city: str, path: str) -> str:
    """A permanent name: the address, or a tag URI (RFC 4151) for a site that does not know its own."""
    return config.address(path) if config.url else f"tag:localhost,2024:{city}:{path}"


def _moment(day: str) -> str:
    return f"{day}T00:00:00+08:00"


def _attribute(text: str) -> str:
    return escape(text, _IN_ATTRIBUTES)


def atom(feed: Feed, config: SiteConfig) -> bytes:
    """The feed as Atom."""
    path = f"feeds/{feed.place}.atom"
    root = config.url or "../" * path.count("/")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="{_ATOM}" xml:lang="{_LANGUAGE}">',
        f"<id>{escape(_id(config, feed.city, path))}</id>",
        f"<title>{escape(feed.title)}</title>",
        f"<updated>{_moment(feed.updated)}</updated>",
        f"<author><name>{escape(feed.author)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{_attribute(root + path)}"/>',
        f'<link rel="alternate" type="text/html" href="{_attribute(root + feed.page)}"/>',
    ]
    for one in feed.entries:
        tags = "".join(f'<category term="{_attribute(tag)}"/>' for tag in one.tags)
        lines.append(
            f"<entry>\n<id>{escape(_id(config, feed.city, one.path))}</id>\n<title>{escape(one.title)}</title>\n"
            f"<published>{_moment(one.published)}</published>\n<updated>{_moment(one.updated)}</updated>\n"
            f'<link rel="alternate" type="text/html" href="{_attribute(root + one.path)}"/>\n{tags}\n'
            f'<summary type="text">{escape(one.facts)}\n{escape(one.text)}</summary>\n</entry>'
        )
    return "\n".join((*lines, "</feed>\n")).encode()


def json_feed(feed: Feed, config: SiteConfig) -> bytes:
    """The feed as JSON Feed 1.1."""
    head: dict[str, object] = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title}
    if config.url:
        head |= {"home_page_url": config.address(feed.page), "feed_url": config.address(f"feeds/{feed.place}.json")}
    return dump(
        {
            **head,
            "language": _LANGUAGE,
            "authors": [{"name": feed.author}],
            "items": [_item(e, feed.city, config) for e in feed.entries],
        }
    )


def _item(entry: Entry, city: str, config: SiteConfig) -> dict[str, object]:
    return {
        "id": _id(config, city, entry.path),
        **({"url": config.address(entry.path)} if config.url else {}),
        "title": entry.title,
        "content_text": f"{entry.facts}\n{entry.text}",
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "tags": list(entry.tags),
    }
