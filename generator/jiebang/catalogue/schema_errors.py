"""What is wrong with a value, by jsonschema; its errors become problems of ours, and what failed is taken out so that rules can still run.

One field gives one problem: an empty text is "too short", not also "wrong pattern". Slow, and loaded only where `validate` found a
value that is not sound.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from jiebang.catalogue import messages
from jiebang.catalogue.findings import FINDINGS
from jiebang.catalogue.formats import format_checker
from jiebang.catalogue.nodes import Node, locate, locate_key
from jiebang.catalogue.record import field_name
from jiebang.catalogue.versions import another_kind, another_version
from jiebang.problems import Problem
from jiebang.schemas import resolved_schema

Path = tuple[str | int, ...]

# The first of these that fails at a field speaks for it.
_ORDER = (
    "type", "const", "enum", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "minItems", "maxItems", "uniqueItems",
)  # fmt: skip


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(resolved_schema(kind), format_checker=format_checker())


def _missing(errors: list[ValidationError]) -> list[tuple[Path, str]]:
    """jsonschema says "required" once a missing name, without naming it in data: recompute the names, each once."""
    found: dict[tuple[Path, str], None] = {}
    for error in errors:
        names: Any = error.validator_value
        instance: Any = error.instance
        found.update(((tuple(error.absolute_path), name), None) for name in names if name not in instance)
    return list(found)


def _problems(kind: str, file: str, root: Node, errors: list[ValidationError]) -> Iterator[tuple[Problem, Path]]:
    """Each problem with the path of what must not be used any further."""

    def make(code: str, at: tuple[int, int], path: Path, told: tuple[str, str]) -> Problem:
        message, hint = told
        return Problem(code, FINDINGS[code].severity, file, *at, field_name(kind, path), message, hint)

    for path, name in _missing([e for e in errors if e.validator == "required"]):
        full = (*path, name)
        yield make("S202", locate(root, path), full, messages.missing(kind, full)), full
    first: dict[Path, ValidationError] = {}
    for error in errors:
        path = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            schema: Any = error.schema
            instance: Any = error.instance
            known = schema["properties"]
            for name in [key for key in instance if key not in known]:
                place = locate_key(root, path, name)
                yield make("S203", place, (*path, name), messages.unknown(kind, path, name, known)), (*path, name)
        elif error.validator in _ORDER:
            best = first.get(path)
            if best is None or _ORDER.index(str(error.validator)) < _ORDER.index(str(best.validator)):
                first[path] = error
    for path, error in first.items():
        code, told = messages.wrong(kind, path, error)
        yield make(code, locate(root, path), path, told), path


def _without(value: Any, path: Path) -> None:
    """Takes one place out of a value; an item of a list becomes None, so that the others keep their numbers."""
    for step in path[:-1]:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return
    last = path[-1] if path else None
    if isinstance(value, dict) and isinstance(last, str):
        value.pop(last, None)
    elif isinstance(value, list) and isinstance(last, int) and last < len(value):
        value[last] = None


def explain(kind: str, file: str, root: Node, value: Any) -> tuple[dict[str, Any], list[Problem]]:
    """As `jiebang.catalogue.validate.validate`."""
    errors = list(_validator(kind).iter_errors(value))
    if not errors:
        return value, []
    usable = copy.deepcopy(value) if isinstance(value, dict) else {}
    misplaced = another_kind(kind, usable)
    problems = []
    about_version = None
    for problem, path in _problems(kind, file, root, errors):
        problems.append(problem)
        if path == ("schema",) and another_version(kind, value.get("schema")) is not None:
            about_version = problem
        elif path == ("schema",) and misplaced is not None:
            message, hint = messages.misplaced(kind, misplaced)
            about_version = replace(problem, message=message, hint=hint)
        _without(usable, path)
    # Of a record that is written for another schema, this one has nothing else to say.
    if misplaced is not None and about_version is not None:
        return {}, [about_version]
    return usable, problems if about_version is None else [about_version]


def missing_fields(kind: str, value: dict[str, Any]) -> set[Path]:
    """Paths of the required fields that a value lacks; of a group that is missing as a whole, the group alone."""
    errors = [error for error in _validator(kind).iter_errors(value) if error.validator == "required"]
    return {(*path, name) for path, name in _missing(errors)}
