"""Every export file of a site, planned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from jiebang.site.config import SiteConfig
from jiebang.site.exports import dcat, feeds, graph, schema, table, whole, workbook
from jiebang.site.exports.calendars import Calendars, deadlines_of
from jiebang.site.exports.demand import demand_object, dump, object_path
from jiebang.site.exports.groups import groups
from jiebang.site.files import Planned
from jiebang.site.shelves import Shelves
from jiebang.view import Demand, PublicSite


def export_files(site: PublicSite, shelves: Shelves, config: SiteConfig) -> Iterator[Planned]:
    """The files below `data/v1/`, `feeds/` and `calendars/`."""
    yield from _whole(site, shelves, config)
    yield from _documents(site, shelves, config)
    yield from _demands(site, shelves)
    yield from _followed(site, shelves, config)


def _whole(site: PublicSite, shelves: Shelves, config: SiteConfig) -> Iterator[Planned]:
    # Totals too: districts and rounds show them.
    everything = (site.city, site.districts, site.rounds, site.demands, site.withdrawn, site.totals)
    for path, make in (
        (schema.DEMANDS.path, partial(whole.demands_json, site, shelves, config)),
        (schema.DISTRICTS.path, partial(whole.districts_json, site, shelves, config)),
        (schema.ROUNDS.path, partial(whole.rounds_json, site, shelves, config)),
        (schema.WITHDRAWN.path, partial(whole.withdrawn_json, site, shelves, config)),
        (whole.LINES, partial(whole.demands_ndjson, shelves)),
        (table.CSV, partial(table.demands_csv, shelves, config)),
        (workbook.XLSX, partial(workbook.demands_xlsx, site, shelves, config)),
    ):
        yield Planned(path, make, everything)


@cache
def _schemas() -> dict[str, bytes]:
    """By path; no record can change them."""
    made = {listed.schema_path: schema.list_schema(listed) for listed in schema.LISTS}
    made[schema.ONE_DEMAND] = schema.demand_schema()
    return {path: schema.readable(value) for path, value in made.items()}


def _metadata(site: PublicSite, shelves: Shelves, config: SiteConfig) -> bytes:
    return schema.readable(table.csv_metadata(site, shelves, config))


def _turtle(site: PublicSite, config: SiteConfig) -> bytes:
    return graph.turtle(dcat.description(site, config), dcat.PREFIXES)


def _json_ld(site: PublicSite, config: SiteConfig) -> bytes:
    return schema.readable(graph.json_ld(dcat.description(site, config), dcat.PREFIXES))


def _documents(site: PublicSite, shelves: Shelves, config: SiteConfig) -> Iterator[Planned]:
    """What describes the data."""
    yield Planned(table.METADATA, partial(_metadata, site, shelves, config))
    yield Planned(dcat.TURTLE, partial(_turtle, site, config))
    yield Planned(dcat.JSON_LD, partial(_json_ld, site, config))
    for path, content in _schemas().items():
        yield Planned(path, partial(bytes, content))


def _one(demand: Demand, shelves: Shelves) -> bytes:
    return dump(demand_object(demand, shelves))


def _demands(site: PublicSite, shelves: Shelves) -> Iterator[Planned]:
    for demand in site.demands:
        district = None if demand.district is None else shelves.districts[demand.district]
        inputs = (demand, district, shelves.rounds[demand.round])
        yield Planned(object_path(demand.id), partial(_one, demand, shelves), inputs)


def _followed(site: PublicSite, shelves: Shelves, config: SiteConfig) -> Iterator[Planned]:
    """Feeds and calendars of every group."""
    calendars = Calendars(site.city, config)
    for group in groups(shelves):
        feed = feeds.feed_of(group, site.city, shelves, config)
        yield Planned(group.follow.atom, partial(feeds.atom, feed, config), (feed,))
        yield Planned(group.follow.json, partial(feeds.json_feed, feed, config), (feed,))
        deadlines = deadlines_of(group, shelves)
        make = partial(calendars.make, group.follow.title, deadlines)
        yield Planned(group.follow.calendar, make, (site.city.name, group.follow.title, deadlines))
