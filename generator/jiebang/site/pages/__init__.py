"""Every page of the site, as a list that can be walked without rendering any."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.site.page import Page
from jiebang.site.pages.demands import demand_pages, list_pages, withdrawn_page
from jiebang.site.pages.districts import district_pages
from jiebang.site.pages.fields import field_pages
from jiebang.site.pages.guides import guide_pages
from jiebang.site.pages.home import home_page
from jiebang.site.pages.industries import industry_pages
from jiebang.site.pages.rounds import round_pages
from jiebang.site.shelves import Shelves
from jiebang.site.submit import submit_pages
from jiebang.view import PublicSite


def all_pages(site: PublicSite, shelves: Shelves, rows_path: str) -> Iterator[Page]:
    """`rows_path` is where the rows that the browser searches stand."""
    yield home_page(site, shelves)
    yield from list_pages(site, shelves, rows_path)
    yield from demand_pages(site, shelves)
    yield withdrawn_page(site, shelves)
    yield from district_pages(site, shelves)
    yield from industry_pages(shelves)
    yield from field_pages(shelves)
    yield from round_pages(site, shelves)
    yield from guide_pages(site)
    yield from submit_pages(site)
