"""Texts → values, by what the schema says each field is; what does not convert stays text, for validation to refuse by name.

Source: safety rule 13. `012345` stays a postcode, `NO` stays text, `2024-07-10` stays the text of a date.
"""

from __future__ import annotations

import re
from decimal import Decimal
from sys import intern
from typing import Any

from jiebang.catalogue.nodes import Mapping, Node, Scalar

_INTEGER = re.compile(r"-?[0-9]{1,18}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,9})?\Z")
_BOOLEANS = {"是": True, "否": False, "true": True, "false": False}


def of_text(text: str, plain: bool, schema: dict[str, Any]) -> Any:
    """The value of a text. `plain`: without quotes, in one line."""
    kind = schema.get("type")
    if plain:
        if not text:
            return None
        if kind == "string":
            return text
    if kind == "integer" and _INTEGER.match(text):
        return int(text)
    if kind == "number" and _NUMBER.match(text):
        number = Decimal(text)
        return int(number) if number == number.to_integral_value() else number
    if kind == "boolean" and text in _BOOLEANS:
        return _BOOLEANS[text]
    # A block scalar ends with a line feed that nobody typed as content.
    return text if plain else text.rstrip("\n")


def convert(node: Node, schema: dict[str, Any]) -> Any:
    """The value of a tree: dicts, lists, `str`, `int`, `Decimal`, `bool`, and None for a field that was left empty."""
    if isinstance(node, Scalar):
        return of_text(node.text, node.plain, schema)
    if isinstance(node, Mapping):
        properties = schema.get("properties", {})
        # The names of all records are one object each, packed and unpacked ones, too: else they would be a tenth of the memory.
        return {intern(key): convert(value, properties.get(key, {})) for key, (_, value) in node.entries.items()}
    items = schema.get("items", {})
    return [convert(item, items) for item in node.items]
