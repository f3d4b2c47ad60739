"""Every export file of a site, planned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from jiebang.site.config import SiteConfig
from jiebang.site.exports import schema, table, whole, workbook
from jiebang.site.exports.demand import demand_object, dump, object_path
from jiebang.site.files import Planned
from jiebang.site.shelves import Shelves
from jiebang.view import Demand, PublicSite


def _one(demand: Demand, shelves: Shelves) -> bytes:
    return dump(demand_object(demand, shelves))


def _metadata(site: PublicSite, shelves: Shelves, config: SiteConfig) -> bytes:
    return schema.readable(table.csv_metadata(site, shelves, config))


@cache
def _schemas() -> dict[str, bytes]:
    """By path; no record can change them."""
    made = {listed.schema_path: schema.list_schema(listed) for listed in schema.LISTS}
    made[schema.ONE_DEMAND] = schema.demand_schema()
    return {path: schema.readable(value) for path, value in made.items()}


def export_files(site: PublicSite, shelves: Shelves, config: SiteConfig) -> Iterator[Planned]:
    """The files below `data/v1/`."""
    # Totals too: districts and rounds show them.
    everything = (site.city, site.districts, site.rounds, site.demands, site.withdrawn, site.totals)
    for listed, make in (
        (schema.DEMANDS, whole.demands_json),
        (schema.DISTRICTS, whole.districts_json),
        (schema.ROUNDS, whole.rounds_json),
        (schema.WITHDRAWN, whole.withdrawn_json),
    ):
        yield Planned(listed.path, partial(make, site, shelves, config), everything)
    yield Planned(whole.LINES, partial(whole.demands_ndjson, shelves), everything)
    yield Planned(table.CSV, partial(table.demands_csv, shelves, config), everything)
    yield Planned(table.METADATA, partial(_metadata, site, shelves, config), everything)
    yield Planned(workbook.XLSX, partial(workbook.demands_xlsx, site, shelves, config), everything)
    for path, content in _schemas().items():
        yield Planned(path, partial(bytes, content))
    for demand in site.demands:
        district = None if demand.district is None else shelves.districts[demand.district]
        inputs = (demand, district, shelves.rounds[demand.round])
        yield Planned(object_path(demand.id), partial(_one, demand, shelves), inputs)
