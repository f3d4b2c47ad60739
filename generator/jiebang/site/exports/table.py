"""The demands as a table, a row each: its columns, their documentation, and the table as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jiebang.site.config import SiteConfig
from jiebang.site.exports.json.header import Origin
from jiebang.site.exports.json.keys import Shape, demand_keys
from jiebang.site.exports.json.objects import FOLDER, demand_object, readable
from jiebang.site.exports.portions import Portion, Portions
from jiebang.site.files import Part, PartWriter
from jiebang.site.grouping import Told

_SIGNS = "=+-@" + "＝＋－＠" + "﹦﹢﹣﹫" + "−"
"""What makes a formula; full-width and small forms too, as some programs fold them, and the minus sign."""


_RISKY = re.compile("(?:[\\s\u180e\u200b-\u200d\u2060\ufeff]*[" + re.escape(_SIGNS) + "]|[\t\r])")


_FIRST = frozenset(_SIGNS + "\u180e\u200b\u200c\u200d\u2060\ufeff")
"""What a risky text begins with, if not with blank space: hardly any does."""


def is_risky(text: str) -> bool:
    """Whether a program that opens the cell might calculate instead of showing it. Blank space before the first character, seen or
    not, hides nothing."""
    first = text[:1]
    return (first in _FIRST or first.isspace()) and bool(_RISKY.match(text))


def neutral(text: str) -> str:
    """The text for a CSV cell: an apostrophe in front of what might be taken for a formula, the usual way to say that it is text."""
    return f"'{text}" if text and is_risky(text) else text


CSV = f"{FOLDER}/demands.csv"
XLSX = f"{FOLDER}/demands.xlsx"
METADATA = f"{FOLDER}/demands.csv-metadata.json"
BOM = "\ufeff"
SEPARATOR = "、"
"""Between several values of one cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """`keys` lead to the value in a demand's object; `title` is what stands in the first row."""

    name: str
    title: str
    description: str
    keys: tuple[str, ...]
    shape: Shape
    nullable: bool

    def value_of(self, demand: Mapping[str, Any]) -> Any:
        """As the demand's object says it; None for what is withheld or was never said."""
        value: Any = demand
        for key in self.keys:
            value = value[key]
        return value

    def text_of(self, demand: Mapping[str, Any], config: SiteConfig) -> str:
        """The cell's text; empty for None."""
        value = self.value_of(demand)
        if value is None:
            return ""
        if self.name == "path":
            return config.address(str(value))
        return SEPARATOR.join(value) if isinstance(value, list) else str(value)


@cache
def columns() -> tuple[Column, ...]:
    """The keys of a demand; those of its enterprise stand among them as `enterprise_…`."""
    found = []
    for key in demand_keys():
        if key.inner:
            found += [
                Column(
                    f"{key.name}_{one.name}", one.title, one.description, (key.name, one.name), one.shape, one.nullable
                )
                for one in key.inner
            ]
        else:
            found.append(Column(key.name, key.title, key.description, (key.name,), key.shape, key.nullable))
    return tuple(found)


def rows(listed: Iterable[Told], config: SiteConfig) -> Iterator[list[str]]:
    """The cells of every demand, in the order of the list."""
    for told in listed:
        value = demand_object(told)
        yield [column.text_of(value, config) for column in columns()]


def write_demands_csv(writer: PartWriter, portions: Portions, config: SiteConfig) -> None:
    """UTF-8 with a mark at its beginning, without which Excel takes Chinese for something else; every cell in quotation marks."""
    writer.stream.write(BOM.encode() + _lines([[column.title for column in columns()]]))
    for portion in portions:
        writer.stream.write(writer.part(_rows, portion, config).content)


def _rows(portion: Portion, config: SiteConfig) -> Part:
    return Part(_lines([neutral(cell) for cell in row] for row in rows(portion, config)))


def _lines(cells: Iterable[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(cells)
    return text.getvalue().encode()


def _datatype(shape: Shape) -> dict[str, Any] | str:
    if shape.get("format") == "date":
        return {"base": "date", "format": "yyyy-MM-dd"}
    return {"base": "integer", "minimum": shape["minimum"]} if shape["type"] == "integer" else "string"


def _described(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": {"zh": column.title},
        "dc:description": {"@value": column.description, "@language": "zh"},
        "datatype": _datatype(column.shape.get("items", column.shape)),
    }
    if column.shape["type"] == "array":
        described["separator"] = SEPARATOR
    if not column.nullable:
        described["required"] = True
    return described


def csv_metadata(origin: Origin, count: int) -> bytes:
    """CSV on the Web: what a program needs to read the CSV file as typed data."""
    head = origin.header("全部需求", count)
    metadata: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": CSV.rpartition("/")[2],
        "dc:title": {"@value": head["title"], "@language": "zh"},
        "dc:publisher": head["publisher"]["name"],
        "dc:rights": head["licence"]["title"],
        "dialect": {
            "encoding": "utf-8",
            "lineTerminators": ["\r\n"],
            "quoteChar": '"',
            "delimiter": ",",
            "header": True,
        },
        "tableSchema": {"columns": [_described(column) for column in columns()], "primaryKey": "id"},
    }
    if head["updated"] is not None:
        metadata["dc:modified"] = {"@value": head["updated"], "@type": "date"}
    return readable(metadata)
