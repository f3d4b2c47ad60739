"""Every page of the site, as a list that can be walked without rendering any."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.mapping import Maps
from jiebang.site.district_map import DistrictMap
from jiebang.site.external import Sources
from jiebang.site.grouping import GroupedDemands
from jiebang.site.page import Page
from jiebang.site.pages.data import data_page
from jiebang.site.pages.demand import demand_pages
from jiebang.site.pages.demands import ListSources, favourites_page, list_pages, withdrawn_page
from jiebang.site.pages.districts import district_pages
from jiebang.site.pages.embed import embed_pages
from jiebang.site.pages.external import external_pages
from jiebang.site.pages.facets import by_pages
from jiebang.site.pages.fields import field_pages
from jiebang.site.pages.guides import guide_pages
from jiebang.site.pages.home import home_page
from jiebang.site.pages.industries import industry_pages
from jiebang.site.pages.match import match_page
from jiebang.site.pages.overview import overview_page
from jiebang.site.pages.rounds import round_pages
from jiebang.site.pages.subscribe import subscribe_page
from jiebang.site.submit import submit_pages
from jiebang.view import PublicSite


def all_pages(
    site: PublicSite,
    grouped: GroupedDemands,
    sources: ListSources,
    external: Sources,
    drawn: DistrictMap | None,
    maps: Maps,
) -> Iterator[Page]:
    """`sources` is what the list fetches, `external` what others demand, `drawn` the bureau's map of its districts; `maps` recall which
    demands resemble each other."""
    yield home_page(site, grouped)
    yield from list_pages(grouped, sources, bool(external))
    yield from external_pages(external)
    yield from demand_pages(site, grouped, maps)
    yield from by_pages(site, grouped)
    yield favourites_page()
    yield match_page()
    yield withdrawn_page(site, grouped)
    yield overview_page(site, grouped)
    yield from district_pages(site, grouped, drawn)
    yield from industry_pages(grouped)
    yield from field_pages(grouped)
    yield from round_pages(site, grouped)
    yield from guide_pages(site)
    yield from submit_pages(site)
    yield data_page(site, grouped)
    yield subscribe_page(grouped)
    yield from embed_pages(site.city.name, grouped)
