"""The whole catalogue in one file each: lists as JSON for programs that take everything, NDJSON for those that read line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
from jiebang.site.exports.portions import Portion, Portions, count_of
from jiebang.site.files import Part, PartWriter
from jiebang.site.grouping import Tally
from jiebang.view import District, Round, Withdrawn

LINES = f"{FOLDER}/demands.ndjson"


_BETWEEN = b",\n"


def _head(origin: Origin, listed: Listed, count: int) -> bytes:
    return b"%s,%s:[\n" % (dump(origin.header(listed.title, count))[:-1], dump(listed.name))


_FOOT = b"\n]}\n"


def _list(origin: Origin, listed: Listed, count: int, objects: Iterable[bytes]) -> Iterator[bytes]:
    yield _head(origin, listed, count)
    yield _BETWEEN.join(objects)
    yield _FOOT


def write_demands_json(writer: PartWriter, origin: Origin, portions: Portions) -> None:
    """All demands, in the order of the list."""
    writer.stream.write(_head(origin, DEMANDS, count_of(portions)))
    for number, portion in enumerate(portions):
        if number:
            writer.stream.write(_BETWEEN)
        writer.stream.write(writer.part(_elements, portion).content)
    writer.stream.write(_FOOT)


def _elements(portion: Portion) -> Part:
    return Part(_BETWEEN.join(map(demand_json, portion)))


def write_demands_ndjson(writer: PartWriter, portions: Portions) -> None:
    """One demand a line, in the order of the list."""
    for portion in portions:
        writer.stream.write(writer.part(_lines, portion).content)


def _lines(portion: Portion) -> Part:
    return Part(b"".join(demand_json(told) + b"\n" for told in portion))


def districts_json(origin: Origin, districts: tuple[tuple[District, Tally], ...]) -> bytes:
    return b"".join(_list(origin, DISTRICTS, len(districts), (dump(district_object(*one)) for one in districts)))


def rounds_json(origin: Origin, rounds: tuple[tuple[Round, Tally], ...]) -> bytes:
    return b"".join(_list(origin, ROUNDS, len(rounds), (dump(round_object(*one)) for one in rounds)))


def withdrawn_json(origin: Origin, withdrawn: tuple[tuple[Withdrawn, str], ...]) -> bytes:
    """Tombstones, each with what its round is called."""
    return b"".join(_list(origin, WITHDRAWN, len(withdrawn), (dump(withdrawn_object(*one)) for one in withdrawn)))
