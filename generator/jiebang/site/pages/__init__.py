"""Every page of the site, as a list that can be walked without rendering any."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.site.page import Page
from jiebang.site.pages.by import by_pages
from jiebang.site.pages.data import data_page
from jiebang.site.pages.demand import demand_pages
from jiebang.site.pages.demands import ListSources, favourites_page, list_pages, withdrawn_page
from jiebang.site.pages.districts import district_pages
from jiebang.site.pages.embed import embed_pages
from jiebang.site.pages.fields import field_pages
from jiebang.site.pages.guides import guide_pages
from jiebang.site.pages.home import home_page
from jiebang.site.pages.industries import industry_pages
from jiebang.site.pages.overview import overview_page
from jiebang.site.pages.rounds import round_pages
from jiebang.site.pages.subscribe import subscribe_page
from jiebang.site.shelves import Shelves
from jiebang.site.submit import submit_pages
from jiebang.view import PublicSite


def all_pages(site: PublicSite, shelves: Shelves, sources: ListSources) -> Iterator[Page]:
    """`sources` is what the list fetches."""
    yield home_page(site, shelves)
    yield from list_pages(shelves, sources)
    yield from demand_pages(site, shelves)
    yield from by_pages(site, shelves)
    yield favourites_page()
    yield withdrawn_page(site, shelves)
    yield overview_page(site, shelves)
    yield from district_pages(site, shelves)
    yield from industry_pages(shelves)
    yield from field_pages(shelves)
    yield from round_pages(site, shelves)
    yield from guide_pages(site)
    yield from submit_pages(site)
    yield data_page(site)
    yield subscribe_page(shelves)
    yield from embed_pages(site.city.name, shelves)
