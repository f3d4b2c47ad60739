"""Every export file of a site, planned."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.site.config import SiteConfig
from jiebang.site.exports import dcat, feeds, table, workbook
from jiebang.site.exports.calendars import Deadlines, calendar
from jiebang.site.exports.json import lists, schema
from jiebang.site.exports.json.header import Origin, origin_of
from jiebang.site.exports.json.objects import demand_json, object_path
from jiebang.site.exports.portions import Portions, portions_of
from jiebang.site.exports.workbooks import Workbook, Workbooks, are_divided, workbooks_of
from jiebang.site.files import Planned
from jiebang.site.grouping import GroupedDemands, Told
from jiebang.site.subscriptions import topics
from jiebang.view import PublicSite


def export_files(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> Iterator[Planned]:
    """The files below `data/v1/`, `feeds/` and `calendars/`."""
    origin = origin_of(site, config)
    portions = portions_of(grouped.told)
    workbooks = workbooks_of(grouped.told)
    yield from _whole(site, grouped, origin, portions)
    yield from _workbooks(workbooks, origin, grouped.told, portions)
    yield from _documents(site, origin, tuple(workbooks))
    by_id = {told.demand.id: told for told in grouped.told}
    for demand in site.demands:
        yield Planned(object_path(demand.id), demand_json, (by_id[demand.id],))
    yield from _followed(site, grouped, config)


def _whole(site: PublicSite, grouped: GroupedDemands, origin: Origin, portions: Portions) -> Iterator[Planned]:
    # Totals too: districts and rounds show them.
    districts = tuple((one, grouped.tally("district", one.slug)) for one in site.districts)
    rounds = tuple((one, grouped.tally("round", one.id)) for one in site.rounds)
    withdrawn = tuple((stone, grouped.rounds[stone.round].title) for stone in site.withdrawn)
    yield Planned(schema.DEMANDS.path, lists.write_demands_json, (origin, portions), writes=True)
    yield Planned(schema.DISTRICTS.path, lists.districts_json, (origin, districts))
    yield Planned(schema.ROUNDS.path, lists.rounds_json, (origin, rounds))
    yield Planned(schema.WITHDRAWN.path, lists.withdrawn_json, (origin, withdrawn))
    yield Planned(lists.LINES, lists.write_demands_ndjson, (portions,), writes=True)
    yield Planned(table.CSV, table.write_demands_csv, (portions, origin.config), writes=True)


def _workbooks(workbooks: Workbooks, origin: Origin, listed: tuple[Told, ...], all_: Portions) -> Iterator[Planned]:
    # Of the whole list the same portions as elsewhere: they are named once.
    for one, demands in workbooks.items():
        portions = all_ if demands is listed else portions_of(demands)
        yield Planned(one.path, workbook.write_demands_xlsx, (origin, one.title, portions), writes=True)
    if are_divided(tuple(workbooks)):
        yield Planned(table.XLSX, workbook.table_of_workbooks, (origin, tuple(workbooks)))


def _documents(site: PublicSite, origin: Origin, workbooks: tuple[Workbook, ...]) -> Iterator[Planned]:
    """What describes the data."""
    period = dcat.period_of(site.rounds)
    yield Planned(table.METADATA, table.csv_metadata, (origin, len(site.demands)))
    yield Planned(dcat.TURTLE, dcat.as_turtle, (origin, period, workbooks))
    yield Planned(dcat.JSON_LD, dcat.as_json_ld, (origin, period, workbooks))
    for listed in schema.LISTS:
        yield Planned(listed.schema_path, schema.list_schema, (listed,))
    yield Planned(schema.ONE_DEMAND, schema.demand_schema, ())


def _followed(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> Iterator[Planned]:
    """Feeds and calendars of every topic."""
    made, deadlines = feeds.Feeds(grouped.told, site.city, config), Deadlines(grouped.told, site.rounds, site.city)
    for topic in topics(grouped):
        feed = made.feed_of(topic)
        yield Planned(topic.subscription.atom, feeds.atom, (feed, config))
        yield Planned(topic.subscription.json, feeds.json_feed, (feed, config))
        name = f"{site.city.name}{config.name}：{topic.subscription.title}截止日期"
        yield Planned(topic.subscription.calendar, calendar, (name, deadlines.of(topic), config.url))
