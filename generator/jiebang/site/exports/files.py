"""Every export file of a site, planned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from jiebang.site.config import SiteConfig
from jiebang.site.exports import dcat, feeds, rdf, table, workbook
from jiebang.site.exports.calendars import Calendars, deadlines_of
from jiebang.site.exports.json import lists, schema
from jiebang.site.exports.json.objects import demand_object, dump, object_path
from jiebang.site.files import Planned
from jiebang.site.grouping import GroupedDemands
from jiebang.site.subscriptions import topics
from jiebang.view import Demand, PublicSite


def export_files(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> Iterator[Planned]:
    """The files below `data/v1/`, `feeds/` and `calendars/`."""
    yield from _whole(site, grouped, config)
    yield from _documents(site, grouped, config)
    yield from _demands(site, grouped)
    yield from _followed(site, grouped, config)


def _whole(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> Iterator[Planned]:
    # Totals too: districts and rounds show them.
    everything = (site.city, site.districts, site.rounds, site.demands, site.withdrawn, site.totals)
    for path, make in (
        (schema.DEMANDS.path, partial(lists.demands_json, site, grouped, config)),
        (schema.DISTRICTS.path, partial(lists.districts_json, site, grouped, config)),
        (schema.ROUNDS.path, partial(lists.rounds_json, site, grouped, config)),
        (schema.WITHDRAWN.path, partial(lists.withdrawn_json, site, grouped, config)),
        (lists.LINES, partial(lists.demands_ndjson, grouped)),
        (table.CSV, partial(table.demands_csv, grouped, config)),
        (workbook.XLSX, partial(workbook.demands_xlsx, site, grouped, config)),
    ):
        yield Planned(path, make, everything)


@cache
def _schemas() -> dict[str, bytes]:
    """By path; no record can change them."""
    made = {listed.schema_path: schema.list_schema(listed) for listed in schema.LISTS}
    made[schema.ONE_DEMAND] = schema.demand_schema()
    return {path: schema.readable(value) for path, value in made.items()}


def _metadata(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> bytes:
    return schema.readable(table.csv_metadata(site, grouped, config))


def _turtle(site: PublicSite, config: SiteConfig) -> bytes:
    return rdf.turtle(dcat.description(site, config), dcat.PREFIXES)


def _json_ld(site: PublicSite, config: SiteConfig) -> bytes:
    return schema.readable(rdf.json_ld(dcat.description(site, config), dcat.PREFIXES))


def _documents(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> Iterator[Planned]:
    """What describes the data."""
    yield Planned(table.METADATA, partial(_metadata, site, grouped, config))
    yield Planned(dcat.TURTLE, partial(_turtle, site, config))
    yield Planned(dcat.JSON_LD, partial(_json_ld, site, config))
    for path, content in _schemas().items():
        yield Planned(path, partial(bytes, content))


def _one(demand: Demand, grouped: GroupedDemands) -> bytes:
    return dump(demand_object(demand, grouped))


def _demands(site: PublicSite, grouped: GroupedDemands) -> Iterator[Planned]:
    for demand in site.demands:
        district = None if demand.district is None else grouped.districts[demand.district]
        inputs = (demand, district, grouped.rounds[demand.round])
        yield Planned(object_path(demand.id), partial(_one, demand, grouped), inputs)


def _followed(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> Iterator[Planned]:
    """Feeds and calendars of every topic."""
    calendars = Calendars(site.city, config)
    for topic in topics(grouped):
        feed = feeds.feed_of(topic, site.city, grouped, config)
        yield Planned(topic.subscription.atom, partial(feeds.atom, feed, config), (feed,))
        yield Planned(topic.subscription.json, partial(feeds.json_feed, feed, config), (feed,))
        deadlines = deadlines_of(topic, grouped)
        make = partial(calendars.make, topic.subscription.title, deadlines)
        yield Planned(topic.subscription.calendar, make, (site.city.name, topic.subscription.title, deadlines))
