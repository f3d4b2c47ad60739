"""The page of what others demand: apart from the city's own, which no list, figure, feed or search mixes with it."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.site.external import Source
from jiebang.site.page import Context, Page, Slots
from jiebang.site.pages.demands import LIST
from jiebang.site.place_words import this_place

_TITLE = "外地和国家的需求"


def _fill(page: Context, sources: tuple[Source, ...]) -> Slots:
    return page.whole(
        "external.html",
        title=_TITLE,
        description=f"国家和其他城市公布的需求目录，供{this_place(page.city)}中小企业参考；揭榜到来源单位办理。",
        crumbs=(LIST,),
        sources=sources,
    )


def external_pages(sources: tuple[Source, ...]) -> Iterator[Page]:
    """The page, where there is anything to stand on it."""
    if sources:
        yield Page("external/", "external/index.html", _fill, (sources,))
