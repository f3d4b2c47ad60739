"""A JSON Schema (2020-12) for every JSON file of the data, made from the documented keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jiebang.site.exports.json.keys import (
    Key,
    demand_keys,
    district_keys,
    header_keys,
    object_schema,
    round_keys,
    withdrawn_keys,
)
from jiebang.site.exports.json.objects import FOLDER, readable

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Listed:
    """A JSON file that lists objects of one kind below the common header."""

    name: str
    """Of the file without its ending, and of the key that holds the list."""
    title: str
    item: str
    """What one of the listed objects is."""
    keys: Callable[[], tuple[Key, ...]]

    @property
    def path(self) -> str:
        return f"{FOLDER}/{self.name}.json"

    @property
    def schema_path(self) -> str:
        return f"{FOLDER}/schema/{self.name}.json"


DEMANDS = Listed("demands", "全部需求", "一项需求", demand_keys)
DISTRICTS = Listed("districts", "各区", "一个区（开发区）", district_keys)
ROUNDS = Listed("rounds", "各轮次", "一个轮次", round_keys)
WITHDRAWN = Listed("withdrawn", "已撤回的需求", "一项已撤回的需求，只留代码、轮次和日期", withdrawn_keys)
LISTS = (DEMANDS, DISTRICTS, ROUNDS, WITHDRAWN)
ONE_DEMAND = f"{FOLDER}/schema/demand.json"
"""Schema of a demand's own file and of a line of the NDJSON file."""


def list_schema(listed: Listed) -> bytes:
    """The schema of a whole file: the header, then the list."""
    schema = object_schema(header_keys())
    items = {"title": listed.item, **object_schema(listed.keys())}
    schema["properties"][listed.name] = {
        "title": listed.title,
        "description": f"每个元素是{listed.item}。",
        "type": "array",
        "items": items,
    }
    schema["required"].append(listed.name)
    return readable({"$schema": DIALECT, "title": listed.title, **schema})


def demand_schema() -> bytes:
    """The schema of one demand."""
    return readable({"$schema": DIALECT, "title": DEMANDS.item, **object_schema(demand_keys())})
