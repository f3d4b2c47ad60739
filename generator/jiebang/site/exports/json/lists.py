"""The whole catalogue in one file each: lists as JSON for programs that take everything, NDJSON for those that read line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

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


def _list(origin: Origin, listed: Listed, count: int, objects: Iterable[bytes]) -> Iterator[bytes]:
    yield b"%s,%s:[\n" % (dump(origin.header(listed.title, count))[:-1], dump(listed.name))
    for number, one in enumerate(objects):
        yield b",\n" + one if number else one
    yield b"\n]}\n"


def write_demands_json(stream: IO[bytes], origin: Origin, listed: tuple[Told, ...]) -> None:
    """All demands, in the order of the list."""
    stream.writelines(_list(origin, DEMANDS, len(listed), map(demand_json, listed)))


def write_demands_ndjson(stream: IO[bytes], listed: tuple[Told, ...]) -> None:
    """One demand a line, in the order of the list."""
    stream.writelines(demand_json(told) + b"\n" for told in listed)


def districts_json(origin: Origin, districts: tuple[tuple[District, Tally], ...]) -> bytes:
    return b"".join(_list(origin, DISTRICTS, len(districts), (dump(district_object(*one)) for one in districts)))


def rounds_json(origin: Origin, rounds: tuple[tuple[Round, Tally], ...]) -> bytes:
    return b"".join(_list(origin, ROUNDS, len(rounds), (dump(round_object(*one)) for one in rounds)))


def withdrawn_json(origin: Origin, withdrawn: tuple[tuple[Withdrawn, str], ...]) -> bytes:
    """Tombstones, each with what its round is called."""
    return b"".join(_list(origin, WITHDRAWN, len(withdrawn), (dump(withdrawn_object(*one)) for one in withdrawn)))
