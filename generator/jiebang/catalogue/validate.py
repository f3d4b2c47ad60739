"""Whether a record's value is what its schema asks for.

Nearly every record is: jsonschema-rs says so some sixteen times faster than jsonschema, and only its yes is believed. What it does not
say yes to is judged, and explained, by jsonschema. A property test holds the two together.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jiebang.catalogue.formats import FORMATS
from jiebang.catalogue.nodes import Node
from jiebang.catalogue.record import field_name
from jiebang.problems import Problem
from jiebang.schemas import resolved_schema

if TYPE_CHECKING:
    import jsonschema_rs


@cache
def _quick(kind: str) -> jsonschema_rs.Validator:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(resolved_schema(kind), validate_formats=True, formats=dict(FORMATS))


@cache
def _quick_part(kind: str, names: tuple[str, ...]) -> jsonschema_rs.Validator:
    import jsonschema_rs

    whole = resolved_schema(kind)
    part = {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in names if name in whole["required"]],
        "properties": {name: whole["properties"][name] for name in names},
    }
    return jsonschema_rs.Draft202012Validator(part)


def is_plainly_sound(kind: str, value: Any, only: tuple[str, ...] | None = None) -> bool:
    """Whether the quick validator says yes; False proves nothing. `only`: as in `validate`."""
    try:
        return (_quick(kind) if only is None else _quick_part(kind, only)).is_valid(value)
    except (ValueError, OverflowError):
        # Values that JSON does not have, such as half a surrogate pair: for the other one to judge.
        return False


def validate(
    kind: str, file: str, root: Node, value: Any, only: tuple[str, ...] | None = None
) -> tuple[dict[str, Any], list[Problem]]:
    """What of a record's value is valid, and a problem for everything that is not.

    `file` is the record's path in the catalogue. The valid part is a copy; an invalid list item stands in it as None. `only`: the fields
    that it has to consist of, where it is a part of a record.
    """
    if is_plainly_sound(kind, value, only):
        return value, []
    from jiebang.catalogue.schema_errors import explain

    valid, found = explain(kind, file, root, value)
    if only is not None:
        titles = {field_name(kind, (name,)) for name in only}
        found = [problem for problem in found if problem.code != "S202" or problem.field in titles]
    return valid, found
