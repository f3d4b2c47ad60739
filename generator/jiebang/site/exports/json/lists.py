"""The whole catalogue in one file each: lists as JSON for programs that take everything, NDJSON for those that read line by line."""

from __future__ import annotations

from collections.abc import Iterable

from jiebang.site.exports.json.header import Origin
from jiebang.site.exports.json.objects import (
    FOLDER,
    demand_json,
    district_object,
    dump,
    round_object,
    withdrawn_object,
)
from jiebang.site.exports.json.schema import DEMANDS, DISTRICTS, ROUNDS, WITHDRAWN, Listed
from jiebang.site.grouping import Tally, Told
from jiebang.view import District, Round, Withdrawn

LINES = f"{FOLDER}/demands.ndjson"


def _list(origin: Origin, listed: Listed, objects: Iterable[bytes]) -> bytes:
    lines = list(objects)
    head = dump(origin.header(listed.title, len(lines)))
    return b"%s,%s:[\n%s\n]}\n" % (head[:-1], dump(listed.name), b",\n".join(lines))


def demands_json(origin: Origin, listed: tuple[Told, ...]) -> bytes:
    """All demands, in the order of the list."""
    return _list(origin, DEMANDS, map(demand_json, listed))


def demands_ndjson(listed: tuple[Told, ...]) -> bytes:
    """One demand a line, in the order of the list."""
    return b"".join(demand_json(told) + b"\n" for told in listed)


def districts_json(origin: Origin, districts: tuple[tuple[District, Tally], ...]) -> bytes:
    return _list(origin, DISTRICTS, (dump(district_object(*one)) for one in districts))


def rounds_json(origin: Origin, rounds: tuple[tuple[Round, Tally], ...]) -> bytes:
    return _list(origin, ROUNDS, (dump(round_object(*one)) for one in rounds))


def withdrawn_json(origin: Origin, withdrawn: tuple[tuple[Withdrawn, str], ...]) -> bytes:
    """Tombstones, each with what its round is called."""
    return _list(origin, WITHDRAWN, (dump(withdrawn_object(*one)) for one in withdrawn))
