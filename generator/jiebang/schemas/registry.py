"""Loads the schema files and resolves their references to code lists, once per process.

A code list is itself a JSON Schema (`oneOf` of titled `const`s), so an editor offers its values with their meaning. Validation
wants a plain `enum`: it is some forty times faster than 97 alternatives and its error names one thing.
"""

from __future__ import annotations

import json
from functools import cache
from sys import intern
from typing import Any

from jiebang.resources import schema_folder

KINDS = ("districts", "round", "enterprise", "demand", "application")


@cache
def raw(name: str) -> dict[str, Any]:
    """The file `schemas/<name>` as it stands, e.g. `demand.schema.json` or `codelists/programme.json`."""
    loaded: dict[str, Any] = json.loads((schema_folder() / name).read_text(encoding="utf-8"))
    return loaded


def choices(reference: str) -> list[dict[str, Any]]:
    """The titled constants behind a reference such as `codelists/programme.json#/$defs/nature`.

    Raises KeyError for a reference to nothing: a mistake in our own schemas, found by their lint.
    """
    file, _, pointer = reference.partition("#/$defs/")
    found: list[dict[str, Any]] = raw(file)["$defs"][pointer]["oneOf"]
    return found


def _resolve(node: Any) -> Any:
    if isinstance(node, list):
        return [_resolve(item) for item in node]
    if not isinstance(node, dict):
        return node
    # One object a name: the records' names of fields are these, see `jiebang.catalogue.convert`.
    resolved = {intern(key): _resolve(value) for key, value in node.items() if key != "$ref"}
    if isinstance(reference := node.get("$ref"), str):
        resolved["type"] = "string"
        resolved["enum"] = [choice["const"] for choice in choices(reference)]
    return resolved


@cache
def resolved_schema(kind: str) -> dict[str, Any]:
    """The schema of one kind of record with every code list written out as `enum`."""
    resolved: dict[str, Any] = _resolve(raw(f"{kind}.schema.json"))
    return resolved
