"""The comparison of all districts, and one page per district: whom to ask, its figures, its demands."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.site import names
from jiebang.site.figures import Figures, figures_of
from jiebang.site.follow import follow_district
from jiebang.site.page import Context, Crumb, Page, Slots
from jiebang.site.pages.listing import Listing, listings, numbered
from jiebang.site.shelves import Shelves
from jiebang.view import Counts, District, PublicSite

_ALL = Crumb("各区", "districts/")


def _fill_all(
    page: Context,
    rows: tuple[tuple[District, Figures, Counts], ...],
    unsaid: Figures,
    whole: Figures,
    whole_counts: Counts,
    smallest: int,
) -> Slots:
    """`unsaid` counts the demands whose district is withheld."""
    return page.whole(
        "districts.html",
        title="各区需求",
        description="各区发布的需求、可揭榜的需求和揭榜情况对照。",
        crumbs=(),
        rows=rows,
        unsaid=unsaid,
        no_district=names.NO_DISTRICT,
        whole=whole,
        whole_counts=whole_counts,
        smallest=smallest,
        most=max((unsaid.total, *(figures.total for _, figures, _ in rows))),
    )


def _fill_one(
    page: Context, district: District, figures: Figures, counts: Counts, smallest: int, listing: Listing
) -> Slots:
    return page.whole(
        "district.html",
        title=numbered(district.name, listing),
        description=f"{district.name}发布的技术创新需求、统计和联系方式。",
        crumbs=(_ALL,) if listing.number == 1 else (_ALL, Crumb(district.name, listing.base)),
        follow=follow_district(district.slug, district.name) if listing.number == 1 else None,
        district=district,
        figures=figures,
        counts=counts,
        smallest=smallest,
        listing=listing,
    )


def district_pages(site: PublicSite, shelves: Shelves) -> Iterator[Page]:
    figures = {d.slug: figures_of(shelves.by_district.get(d.slug, ())) for d in site.districts}
    counts = {d.slug: shelves.counts("district", d.slug) for d in site.districts}
    smallest = max((round_.smallest_count for round_ in site.rounds), default=1)
    rows = tuple((district, figures[district.slug], counts[district.slug]) for district in site.districts)
    unsaid = figures_of(d for d in site.demands if d.district is None)
    whole = figures_of(site.demands)
    yield Page("districts/", "districts/index.html", _fill_all, (rows, unsaid, whole, shelves.counts("city"), smallest))
    for district in site.districts:
        demands = shelves.by_district.get(district.slug, ())
        for listing in listings(f"districts/{district.slug}/", demands, shelves.districts):
            frame = "districts/frame/index.html" if listing.number == 1 else "districts/frame/page/frame/index.html"
            inputs = (district, figures[district.slug], counts[district.slug], smallest, listing)
            yield Page(listing.path, frame, _fill_one, inputs)
