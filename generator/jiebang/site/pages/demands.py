"""The list of all demands, one page per demand, and the tombstones of what was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.site import names
from jiebang.site.follow import follow_all
from jiebang.site.linked import demand_thing
from jiebang.site.page import Context, Crumb, Meta, Page, Slots
from jiebang.site.pages.listing import Listing, listings, numbered
from jiebang.site.shelves import Shelves
from jiebang.view import City, Demand, District, PublicSite, Round, Withdrawn

LIST = Crumb("需求", "demands/")
Choices = tuple[tuple[str, str], ...]


def _fill_list(
    page: Context, listing: Listing, districts: Choices, sections: Choices, rows_path: str, search_path: str
) -> Slots:
    return page.whole(
        "list.html",
        title=numbered("全部需求", listing),
        description="大企业发布的技术创新需求，可按区、行业和状态筛选，可搜索任意词语。",
        crumbs=() if listing.number == 1 else (LIST,),
        follow=follow_all() if listing.number == 1 else None,
        listing=listing,
        districts=districts,
        sections=sections,
        rows_path=rows_path,
        search_path=search_path,
    )


def list_pages(site: PublicSite, shelves: Shelves, rows_path: str, search_path: str) -> Iterator[Page]:
    districts = tuple((d.slug, d.name) for d in site.districts)
    sections = tuple((letter, names.section_name(letter)) for letter in sorted(shelves.by_section))
    for listing in listings("demands/", shelves.all, shelves.districts):
        frame = "demands/index.html" if listing.number == 1 else "demands/page/frame/index.html"
        yield Page(listing.path, frame, _fill_list, (listing, districts, sections, rows_path, search_path))


def _fill_demand(page: Context, demand: Demand, district: District | None, round_: Round, city: City) -> Slots:
    who = demand.enterprise
    return page.whole(
        "demand.html",
        title=demand.title,
        description=f"{demand.title}（{demand.code}），{district.name if district else names.NO_DISTRICT}，揭榜截止 {demand.apply_by}。",
        crumbs=(LIST,),
        meta=Meta(demand.published_on, city.bureau),
        thing=demand_thing(demand, district.name if district else None, city),
        demand=demand,
        district=district,
        asked=district or city,
        no_district=names.NO_DISTRICT,
        no_industry=names.NO_INDUSTRY,
        round=round_,
        anonymous=names.ANONYMOUS,
        industry=names.industry_name(who.section, who.division),
        industry_path=names.industry_path(who.section, who.division),
        field_path=None if demand.field is None else names.field_path(demand.field),
    )


def demand_pages(site: PublicSite, shelves: Shelves) -> Iterator[Page]:
    for demand in site.demands:
        district = None if demand.district is None else shelves.districts[demand.district]
        inputs = (demand, district, shelves.rounds[demand.round], site.city)
        yield Page(names.demand_path(demand.id), "demands/frame/index.html", _fill_demand, inputs)


def _fill_withdrawn(page: Context, withdrawn: tuple[tuple[Withdrawn, str], ...]) -> Slots:
    return page.whole(
        "withdrawn.html",
        title="已撤回的需求",
        description="撤回的需求只保留代码、轮次和日期。",
        crumbs=(LIST,),
        withdrawn=withdrawn,
    )


def withdrawn_page(site: PublicSite, shelves: Shelves) -> Page:
    listed = tuple((stone, shelves.rounds[stone.round].title) for stone in site.withdrawn)
    return Page("withdrawn/", "withdrawn/index.html", _fill_withdrawn, (listed,))
