"""Which version of its schema a record is written for: `schema: demand/1`."""

from __future__ import annotations

import re
from typing import Any

from jiebang.schemas import KINDS, resolved_schema

_TOLD = re.compile(r"([a-z]+)/([1-9]\d{0,5}|0)")


def another_kind(kind: str, value: dict[str, Any]) -> str | None:
    """The kind of which a record says that it is one, and of which it has only fields, where it stands as one of another kind; else None."""
    found = _TOLD.fullmatch(told) if isinstance(told := value.get("schema"), str) else None
    if found is None or found[1] == kind or found[1] not in KINDS:
        return None
    known = [resolved_schema(one)["properties"].keys() for one in (kind, found[1])]
    return found[1] if value.keys() <= known[1] and not value.keys() <= known[0] else None


def current_version(kind: str) -> int:
    """The version of a kind's schema that this program has."""
    return int(str(resolved_schema(kind)["properties"]["schema"]["const"]).rpartition("/")[2])


def another_version(kind: str, told: Any) -> int | None:
    """The version that a record tells, where it is of this kind and not the program's; else None."""
    found = _TOLD.fullmatch(told) if isinstance(told, str) else None
    if found is None or found[1] != kind or int(found[2]) == current_version(kind):
        return None
    return int(found[2])
