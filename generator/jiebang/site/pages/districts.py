"""The comparison of all districts, and one page per district: whom to ask, its picture in figures, its days, its demands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiebang.site import labels
from jiebang.site.deadlines import Month, counts_by_day, deadlines_of
from jiebang.site.district_map import DistrictMap, drawn_districts
from jiebang.site.figures import Figures, Period, Standing, figures_of, standings, trend_of
from jiebang.site.grouping import GroupedDemands
from jiebang.site.page import Context, Crumb, Page, Slots
from jiebang.site.pages.listing import Listing, listings, numbered
from jiebang.site.subscriptions import subscription_to_district
from jiebang.view import Counts, District, PublicSite

_ALL = Crumb("各区", "districts/")


@dataclass(frozen=True, slots=True)
class Whole:
    """The city, which every district is held against; with it the demands whose district is withheld."""

    figures: Figures
    counts: Counts
    smallest: int
    """Smaller numbers of applications and winners are not published."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A district in figures. Of `counts` None is what the view does not tell."""

    district: District
    figures: Figures
    counts: Counts
    trend: tuple[Period, ...]
    standing: Standing


def whole_of(site: PublicSite, grouped: GroupedDemands) -> Whole:
    smallest = max((round_.smallest_count for round_ in site.rounds), default=1)
    return Whole(figures_of(site.demands), grouped.counts("city"), smallest)


def pictures_of(site: PublicSite, grouped: GroupedDemands) -> tuple[Picture, ...]:
    """Every district in the bureau's order."""
    places = standings({d.slug: len(grouped.by_district.get(d.slug, ())) for d in site.districts})
    return tuple(
        Picture(
            district,
            figures_of(demands := grouped.by_district.get(district.slug, ())),
            grouped.counts("district", district.slug),
            trend_of(demands, site.rounds),
            places[district.slug],
        )
        for district in site.districts
    )


def _fill_all(
    page: Context,
    rows: tuple[Picture, ...],
    unsaid: Figures,
    unsaid_trend: tuple[Period, ...],
    whole: Whole,
    trend: tuple[Period, ...],
    drawn: DistrictMap | None,
) -> Slots:
    """`unsaid` counts the demands whose district is withheld."""
    on_map = drawn_districts(drawn) if drawn else frozenset()
    return page.whole(
        "districts.html",
        title="各区需求",
        description="各区发布的需求、可揭榜的需求和揭榜情况对照。",
        crumbs=(),
        rows=rows,
        unsaid=unsaid,
        unsaid_trend=unsaid_trend,
        no_district=labels.NO_DISTRICT,
        whole=whole.figures,
        whole_counts=whole.counts,
        smallest=whole.smallest,
        trend=trend,
        drawn=drawn,
        pictured={row.district.slug: row for row in rows},
        off_map=tuple(row.district.name for row in rows if row.district.slug not in on_map),
        most=max((unsaid.total, *(row.figures.total for row in rows))),
    )


def _fill_one(
    page: Context, picture: Picture, whole: Whole, months: tuple[Month, ...], open_by: str, listing: Listing
) -> Slots:
    district = picture.district
    return page.whole(
        "district.html",
        title=numbered(district.name, listing),
        description=f"{district.name}发布的技术创新需求、统计和联系方式。",
        crumbs=(_ALL,) if listing.number == 1 else (_ALL, Crumb(district.name, listing.base)),
        subscription=subscription_to_district(district.slug, district.name) if listing.number == 1 else None,
        district=district,
        figures=picture.figures,
        counts=picture.counts,
        trend=picture.trend,
        standing=picture.standing,
        city=whole.figures,
        city_counts=whole.counts,
        city_sections={bar.key: bar.count for bar in whole.figures.sections},
        smallest=whole.smallest,
        months=months,
        open_by=open_by,
        listing=listing,
    )


def district_pages(site: PublicSite, grouped: GroupedDemands, drawn: DistrictMap | None) -> Iterator[Page]:
    whole, pictures = whole_of(site, grouped), pictures_of(site, grouped)
    unsaid = tuple(d for d in site.demands if d.district is None)
    inputs = (
        pictures,
        figures_of(unsaid),
        trend_of(unsaid, site.rounds),
        whole,
        trend_of(site.demands, site.rounds),
        drawn,
    )
    yield Page("districts/", "districts/index.html", _fill_all, inputs)
    for picture in pictures:
        slug = picture.district.slug
        demands = grouped.by_district.get(slug, ())
        months, open_by = deadlines_of(demands), counts_by_day(demands)
        for listing in listings(f"districts/{slug}/", demands, grouped.cards):
            first = listing.number == 1
            frame = "districts/frame/index.html" if first else "districts/frame/page/frame/index.html"
            shown = (months, open_by) if first else ((), "")
            yield Page(listing.path, frame, _fill_one, (picture, whole, *shown, listing))
