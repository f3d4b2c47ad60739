"""Lints our own schemas: what JSON Schema lets pass in silence and would let a private value out or a bad one in.

Source: the pitfalls of JSON Schema 2020-12 as practised (unknown keywords are ignored, objects are open, `$` matches before a final
newline, `\\d` matches full-width digits), and the rule that every property says how private it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from jiebang.schemas.fields import Privacy
from jiebang.schemas.places import places
from jiebang.schemas.registry import choices

_ANNOTATIONS = {
    "title",
    "description",
    "examples",
    "x-privacy",
    "x-form",
    "x-form-label",
    "x-form-other-label",
    "x-form-hint",
    "x-unit",
    "x-shown-when",
    "x-shown-on",
    "$schema",
    "$id",
}
_ASSERTIONS = {
    "type", "const", "enum", "$ref", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "minItems", "maxItems",
    "uniqueItems", "items", "properties", "required", "additionalProperties", "allOf",
}  # fmt: skip
_FORMATS = {"date", "email", "uri"}

_END = "$(?!\\n)"
_NESTED_QUANTIFIER = re.compile(r"\([^()]*[+*][^()]*\)[+*]|\([^()]*\|[^()]*\)[+*]")


def _lint_pattern(where: str, pattern: str) -> Iterator[str]:
    try:
        re.compile(pattern)
    except re.error as error:
        yield f"{where}: pattern does not compile: {error}"
        return
    if pattern != "\\S" and not (pattern.startswith("^") and pattern.endswith(_END)):
        yield f"{where}: pattern must start with ^ and end with {_END} (a bare $ accepts a final newline)"
    if "\\d" in pattern or "\\w" in pattern:
        yield f"{where}: \\d and \\w accept full-width characters; name the class"
    if _NESTED_QUANTIFIER.search(pattern):
        yield f"{where}: a quantified group holds a quantifier or alternatives: catastrophic backtracking"


def _lint_string(where: str, schema: dict[str, Any]) -> Iterator[str]:
    for keyword in ("minLength", "maxLength", "pattern"):
        if keyword not in schema:
            yield f"{where}: a string needs {keyword}"
    if "pattern" in schema:
        yield from _lint_pattern(where, schema["pattern"])
    if "format" in schema and schema["format"] not in _FORMATS:
        yield f"{where}: format {schema['format']!r} is asserted by nobody"


def _lint_object(where: str, schema: dict[str, Any]) -> Iterator[str]:
    if schema.get("additionalProperties") is not False:
        yield f"{where}: an object must be closed (additionalProperties: false)"
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in properties:
            yield f"{where}: required property {name!r} is not declared"
    for name, prop in properties.items():
        inner = f"{where}.{name}"
        yield from _lint_property(inner, prop)
        if schema.get("x-privacy", "public") != "public" and prop.get("x-privacy") == "public":
            yield f"{inner}: public inside something that is not"


def _lint_property(where: str, schema: dict[str, Any]) -> Iterator[str]:
    for key in schema.keys() - _ANNOTATIONS - _ASSERTIONS:
        yield f"{where}: unknown keyword {key!r}"
    for key in ("title", "description", "examples", "x-privacy"):
        if not schema.get(key):
            yield f"{where}: {key} is missing"
    if schema.get("x-privacy") not in set(Privacy):
        yield f"{where}: x-privacy must be one of {', '.join(Privacy)}"
    yield from _lint_shown(where, schema)
    if "$ref" in schema:
        try:
            choices(schema["$ref"])
        except (KeyError, FileNotFoundError):
            yield f"{where}: {schema['$ref']} names no code list"
    elif "const" not in schema:
        yield from _lint_typed(where, schema)


def _lint_shown(where: str, schema: dict[str, Any]) -> Iterator[str]:
    """What is public is shown somewhere, and nothing else is: the table of what is public and where it is shown has no gap."""
    shown = schema.get("x-shown-on", ())
    is_public = schema.get("x-privacy") == "public" or "x-shown-when" in schema
    if is_public and not shown and not where.endswith("[]"):
        yield f"{where}: public, but x-shown-on does not say where"
    if shown and not is_public:
        yield f"{where}: x-shown-on on something that is not public"
    for key in shown:
        if key not in places():
            yield f"{where}: x-shown-on names no place: {key!r}"


def _lint_typed(where: str, schema: dict[str, Any]) -> Iterator[str]:
    kind = schema.get("type")
    if kind == "string":
        yield from _lint_string(where, schema)
    elif kind == "object":
        yield from _lint_object(where, schema)
    elif kind == "array":
        for keyword in ("items", "maxItems"):
            if keyword not in schema:
                yield f"{where}: a list needs {keyword}"
        if "items" in schema:
            yield from _lint_property(f"{where}[]", schema["items"])
    elif kind in {"number", "integer"}:
        for keyword in ("minimum", "maximum"):
            if keyword not in schema:
                yield f"{where}: a number needs {keyword}"
    elif kind != "boolean":
        yield f"{where}: type {kind!r} is not one of string, object, array, number, integer, boolean"


def lint(name: str, schema: dict[str, Any], resolved: dict[str, Any]) -> list[str]:
    """Everything wrong with one of our schemas, as English sentences for its maintainer; empty when it is sound.

    `resolved` is the same schema with code lists written out: every example must satisfy its own property there.
    """
    Draft202012Validator.check_schema(resolved)
    found = list(_lint_object(name, schema))
    found.extend(f"{name}: unknown keyword {key!r}" for key in sorted(schema.keys() - _ANNOTATIONS - _ASSERTIONS))
    found.extend(_lint_examples(name, resolved))
    return found


def _lint_examples(where: str, resolved: dict[str, Any]) -> Iterator[str]:
    for name, prop in resolved.get("properties", {}).items():
        inner = f"{where}.{name}"
        validator = Draft202012Validator(prop)
        for example in prop.get("examples", ()):
            for error in validator.iter_errors(example):
                yield f"{inner}: its example fails: {error.message}"
        yield from _lint_examples(inner, prop)
        if isinstance(prop.get("items"), dict):
            yield from _lint_examples(f"{inner}[]", prop["items"])
