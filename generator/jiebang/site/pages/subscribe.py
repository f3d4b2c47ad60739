"""The page that lists every feed and calendar, and the code that puts a list into another web site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jiebang.site.exports.groups import Group, groups
from jiebang.site.follow import Follow
from jiebang.site.page import Context, Page, Slots
from jiebang.site.pages.embed import embed_path
from jiebang.site.shelves import Shelves

_UNKNOWN = "（本站网址）"

_Kind = tuple[str, tuple[Follow, ...], tuple[Follow, ...]]
"""A kind of group, those with demands and those without."""


def _fill(page: Context, kinds: tuple[_Kind, ...], embeds: tuple[tuple[str, str], ...]) -> Slots:
    base = page.config.url or _UNKNOWN
    rows = [{"title": title, "path": path, "address": f"{base}{path}"} for title, path in embeds]
    return {
        "groups": page.render("subscribe_groups.html", kinds=kinds),
        "embed": page.render("subscribe_embed.html", rows=rows, known=bool(page.config.url)),
    }


def _by_kind(listed: Iterable[Group]) -> Iterator[_Kind]:
    kinds: dict[str, list[Group]] = {}
    for group in listed:
        kinds.setdefault(group.kind, []).append(group)
    for kind, found in kinds.items():
        used = tuple(group.follow for group in found if group.demands)
        yield kind, used, tuple(group.follow for group in found if not group.demands)


def subscribe_page(shelves: Shelves) -> Page:
    embeds = (
        ("全市", embed_path(None)),
        *((district.name, embed_path(slug)) for slug, district in shelves.districts.items()),
    )
    return Page("subscribe/", "subscribe/index.html", _fill, (tuple(_by_kind(groups(shelves))), embeds))
