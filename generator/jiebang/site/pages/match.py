"""The page on which a browser ranks demands for what an enterprise says of itself."""

from __future__ import annotations

from jiebang.site.page import Context, Page, Slots
from jiebang.site.pages.demands import LIST
from jiebang.site.paths import MATCH_INDEX


def _fill(page: Context) -> Slots:
    return page.whole(
        "match.html",
        title="按介绍找需求",
        description="粘贴企业的介绍，看哪些可以揭榜的需求合适，以及是哪些词相合；写的内容不离开浏览器。",
        crumbs=(LIST,),
        source=MATCH_INDEX,
    )


def match_page() -> Page:
    return Page("match/", "match/index.html", _fill)
