"""No public list stands in the order of the codes: these come from outside, often enterprise by enterprise."""

from __future__ import annotations

import copy
import re

from jiebang.catalogue import Catalogue
from jiebang.publication import publish
from jiebang.site import render
from jiebang.site.exports.choice import Choice
from jiebang.site.exports.directory import directory_of
from tests.plain_frames import plain_frames
from tests.publication.cities import Town, random_town

_ID = re.compile(rb"(?i)\bd-[0-9a-z]{8}\b")


def _orders(catalogue: Catalogue) -> dict[str, list[bytes]]:
    """The demands of every file, in the order in which it names them; sizes of binary files would tell the rest."""
    site = publish(catalogue, {}).site
    found = {output.path: _ID.findall(output.content) for output in render(site, plain_frames())}
    codes = {demand.code: demand.id for demand in site.demands}
    rows = directory_of(site, Choice()).rows
    found["directory"] = [codes[row.cells[1].split("\n")[0]].encode() for row in rows]
    return {path: ids for path, ids in found.items() if len(ids) > 1}


def test_other_codes_change_no_order() -> None:
    town = random_town(4)
    before = _orders(town.catalogue)
    other = copy.deepcopy(town.catalogue)
    codes = [demand.value["code"] for demand in other.demands]
    for demand, code in zip(other.demands, reversed(codes), strict=True):
        demand.value["code"] = code
    assert {
        "data/v1/demands.ndjson",
        "rounds/2024/print/index.html",
        "overview/index.html",
        "directory",
    } <= before.keys()
    assert _orders(other) == before


def test_withdrawn_demands_stand_in_no_order_of_their_codes() -> None:
    """The order of their random ids, which readers do not see, says nothing."""
    orders = set()
    for seed in range(8):
        town = Town(seed)
        enterprise = town.enterprise(1)
        for number in range(4):
            demand = town.demand(enterprise, f"Q-{number}", status="withdrawn")
            demand.value["dates"]["withdrawn"] = "2024-09-01"
        orders.add(tuple(stone.code for stone in publish(town.catalogue, {}).site.withdrawn))
    assert len(orders) > 4
