"""Every export file of a site, planned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from jiebang.site.exports.demand import demand_object, dump, object_path
from jiebang.site.files import Planned
from jiebang.site.shelves import Shelves
from jiebang.view import Demand, PublicSite


def _one(demand: Demand, shelves: Shelves) -> bytes:
    return dump(demand_object(demand, shelves))


def export_files(site: PublicSite, shelves: Shelves) -> Iterator[Planned]:
    """The files below `data/v1/`."""
    for demand in site.demands:
        yield Planned(object_path(demand.id), partial(_one, demand, shelves))
