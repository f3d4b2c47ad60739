"""The whole catalogue in one file each: lists as JSON for programs that take everything, NDJSON for those that read line by line."""

from __future__ import annotations

from collections.abc import Iterable

from jiebang.site.config import SiteConfig
from jiebang.site.exports.json.header import header
from jiebang.site.exports.json.objects import (
    FOLDER,
    demand_object,
    district_object,
    dump,
    round_object,
    withdrawn_object,
)
from jiebang.site.exports.json.schema import DEMANDS, DISTRICTS, ROUNDS, WITHDRAWN, Listed
from jiebang.site.grouping import GroupedDemands
from jiebang.view import PublicSite

LINES = f"{FOLDER}/demands.ndjson"


def _list(site: PublicSite, config: SiteConfig, listed: Listed, objects: Iterable[bytes]) -> bytes:
    lines = list(objects)
    head = dump(header(site, config, listed.title, len(lines)))
    return b"%s,%s:[\n%s\n]}\n" % (head[:-1], dump(listed.name), b",\n".join(lines))


def demands_json(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> bytes:
    """All demands, in the order of the list."""
    return _list(site, config, DEMANDS, (dump(demand_object(demand, grouped)) for demand in grouped.all))


def demands_ndjson(grouped: GroupedDemands) -> bytes:
    """One demand a line, in the order of the list."""
    return b"".join(dump(demand_object(demand, grouped)) + b"\n" for demand in grouped.all)


def districts_json(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> bytes:
    return _list(site, config, DISTRICTS, (dump(district_object(one, grouped)) for one in site.districts))


def rounds_json(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> bytes:
    return _list(site, config, ROUNDS, (dump(round_object(one, grouped)) for one in site.rounds))


def withdrawn_json(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> bytes:
    return _list(site, config, WITHDRAWN, (dump(withdrawn_object(one, grouped)) for one in site.withdrawn))
