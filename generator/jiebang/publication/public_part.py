"""Copies what the schema declares public, and nothing else: a new field stays private until its schema says otherwise.

There is no list of things to strip. Source: safety rules 2 and 3.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.rules.anonymity_sets import AnonymitySets
from jiebang.rules.hidden_names import OPENLY
from jiebang.schemas import FieldDoc, Privacy, fields_of
from jiebang.view import Enterprise


def _is_shown(field: FieldDoc, choice: str | None) -> bool:
    if field.privacy is Privacy.PUBLIC:
        return True
    return field.shown_when is not None and field.shown_when == choice


def disclose(record: Record, choice: str | None = None) -> dict[str, Any]:
    """The public part of a record as nested dicts and lists, field by field as its schema declares.

    `choice` is the enterprise's answer to 是否公开企业名称; a field marked `x-shown-when` is copied only where the answer is exactly
    that value.
    """
    return _copy(record.value, "", _shown(record.kind, choice))


@cache
def _shown(kind: str, choice: str | None) -> frozenset[str]:
    return frozenset(field.path for field in fields_of(kind) if _is_shown(field, choice))


def _copy(value: dict[str, Any], prefix: str, shown: frozenset[str]) -> dict[str, Any]:
    copied: dict[str, Any] = {}
    for key, item in value.items():
        path = f"{prefix}{key}"
        if path not in shown:
            continue
        if isinstance(item, dict):
            copied[key] = _copy(item, f"{path}.", shown)
        elif isinstance(item, list):
            copied[key] = [_copy(entry, f"{path}[].", shown) if isinstance(entry, dict) else entry for entry in item]
        else:
            copied[key] = item
    return copied


class Anonymity:
    """Knows how many enterprises a hidden one is lost among."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._anonymity_sets = AnonymitySets(catalogue)

    def view_of(self, record: Record) -> Enterprise:
        """The enterprise as readers may know it; anything but an exact 公开 is hidden."""
        choice = record.get("disclosure")
        told = self._anonymity_sets.told(record)
        return Enterprise(
            # Asked by name, and not of all that is public: the long texts of an enterprise need not be recalled for it.
            name=record.get("name") if choice == OPENLY and "name" in _shown(record.kind, choice) else None,
            nature=told.nature,
            section=told.section,
            division=told.division,
        )
