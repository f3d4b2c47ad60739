"""The published demands for other programs' stores: `parquet` for analysis, `bulk` for a search server.

Made on demand by `jiebang export` and no files of the site: what they say stands in `data/v1/demands.ndjson` already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jiebang.site.exports.choice import Choice
from jiebang.site.exports.json.objects import demand_object
from jiebang.site.exports.stores.bulk import bulk_lines
from jiebang.site.exports.stores.parquet import parquet_file, texts_in
from jiebang.site.grouping import group_demands
from jiebang.view import Demand, PublicSite

__all__ = ["STORES", "Store", "Stored", "stored"]


@dataclass(frozen=True, slots=True)
class Store:
    """A form: the ending of its files, how one is made of the demands' objects, and what a reader of the finished bytes gets."""

    ending: str
    make: Callable[[list[dict[str, object]]], bytes]
    read: Callable[[bytes], str]


def _lines(content: bytes) -> str:
    """Lines of JSON as one JSON text, so that escapes are undone when it is looked through."""
    # Split at line feeds only: texts hold other line ends, which part no lines.
    lines = content.decode().split("\n")[:-1]
    return f"[{','.join(lines)}]"


STORES: Mapping[str, Store] = {
    "opensearch": Store("ndjson", bulk_lines, _lines),
    "parquet": Store("parquet", parquet_file, texts_in),
}
"""By the name of the form."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A finished file. `text` is read back from `content`: all that a program gets from it, to be looked through."""

    demands: tuple[Demand, ...]
    content: bytes
    text: str


def stored(site: PublicSite, choice: Choice, form: str) -> Stored:
    """The chosen demands in the order of the list. Raises FormError where this machine lacks what the form needs."""
    chosen = [told for told in group_demands(site).told if choice.takes(told.demand)]
    store = STORES[form]
    content = store.make([demand_object(told) for told in chosen])
    return Stored(tuple(told.demand for told in chosen), content, store.read(content))
