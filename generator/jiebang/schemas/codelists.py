"""Code lists as values: industries, sizes, statuses. They are data in `schemas/codelists/`; here they only get types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jiebang.schemas.registry import choices, raw


@dataclass(frozen=True, slots=True)
class Entry:
    """One allowed value. `title` is what a reader sees (the value itself where the list gives no other)."""

    value: str
    title: str
    description: str
    extra: Mapping[str, Any]
    """The list's own `x-…` annotations, e.g. `x-slug`, `x-published`."""


@dataclass(frozen=True, slots=True)
class Withholding:
    """Something that an enterprise may ask to withhold beside its name. `also` are the public fields that would give it away and are
    withheld with it, as `kind.path`; `enterprise.industry.name` is the division."""

    value: str
    title: str
    description: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """A two-digit division of GB/T 4754-2017.

    `size_groups` maps three-digit groups to a group of 工信部联企业〔2011〕300号, with the key "" for the whole division; a value of
    None means the standard does not cover it. 59 and 70 are split, so they have no "".
    """

    code: str
    name: str
    section: str
    name_2011: str | None
    size_groups: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class SizeGroup:
    """Lower bounds of one group of 工信部联企业〔2011〕300号: indicator → tier (`large`, `medium`, `small`) → bound.

    Indicators: `revenue` and `assets` in 万元, `employees` in persons. At the bound counts as above (以上含本数).
    """

    id: str
    name: str
    lower_bounds: Mapping[str, Mapping[str, int]]


def _entries(reference: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            value=choice["const"],
            title=choice.get("title", choice["const"]),
            description=choice.get("description", ""),
            extra={key: value for key, value in choice.items() if key.startswith("x-")},
        )
        for choice in choices(reference)
    )


def _programme(name: str) -> tuple[Entry, ...]:
    return _entries(f"codelists/programme.json#/$defs/{name}")


@cache
def demand_statuses() -> tuple[Entry, ...]:
    """States of a demand in the order of its life; `x-published` tells which ones have a page, see `published_statuses`."""
    return _programme("demand-status")


@cache
def published_statuses() -> Mapping[str, str]:
    """The states in which a demand has a page, each with its name, in the order of its life."""
    return {entry.value: entry.title for entry in demand_statuses() if entry.extra["x-published"]}


@cache
def application_statuses() -> tuple[Entry, ...]:
    """States of an application; `x-winner` tells which ones count as chosen."""
    return _programme("application-status")


@cache
def acceptance_consequences() -> tuple[Entry, ...]:
    """What an acceptance leads to; the last one is that of a failure."""
    return _programme("acceptance-consequence")


@cache
def cooperation_modes() -> tuple[Entry, ...]:
    return _programme("cooperation")


@cache
def applicant_sizes() -> tuple[str, ...]:
    """The sizes of enterprises that may apply, the largest first."""
    return tuple(entry.value for entry in _programme("size") if entry.extra.get("x-may-apply"))


@cache
def natures() -> tuple[Entry, ...]:
    return _programme("nature")


@cache
def demand_types() -> tuple[Entry, ...]:
    return _programme("demand-type")


@cache
def district_kinds() -> tuple[Entry, ...]:
    return _programme("district-kind")


@cache
def withholdings() -> tuple[Withholding, ...]:
    """What an enterprise may ask to withhold, and what follows from it: the only place that says so."""
    return tuple(
        Withholding(entry.value, entry.title, entry.description, tuple(entry.extra["x-also"]))
        for entry in _programme("withheld")
    )


@cache
def relations() -> tuple[Entry, ...]:
    return _programme("relation")


@cache
def foundation_fields() -> tuple[Entry, ...]:
    """The 21 fields of 《产业基础创新发展目录（2021年版）》; `x-slug` is their place in an address."""
    return _entries("codelists/foundation-catalogue-2021.json#/$defs/field")


@cache
def foundation_categories() -> tuple[Entry, ...]:
    """The five categories of 《产业基础创新发展目录（2021年版）》."""
    return _entries("codelists/foundation-catalogue-2021.json#/$defs/category")


@cache
def sections() -> dict[str, str]:
    """GB/T 4754-2017 sections: letter → name."""
    return {e.value: e.title for e in _entries("codelists/gbt4754-2017.json#/$defs/section")}


def _split_size_groups(value: object) -> dict[str, str | None]:
    """`"industry"` → {"": "industry"}; `{"592-599": "warehousing"}` → one key per three-digit group."""
    if not isinstance(value, Mapping):
        return {"": None if value is None else str(value)}
    groups: dict[str, str | None] = {}
    for key, group in value.items():
        first, _, last = str(key).partition("-")
        for number in range(int(first), int(last or first) + 1):
            groups[f"{number:03d}"] = None if group is None else str(group)
    return groups


@cache
def divisions() -> dict[str, Division]:
    """GB/T 4754-2017 divisions: two-digit code (text) → division, in the order of the standard."""
    return {
        e.value: Division(
            code=e.value,
            name=e.title,
            section=e.extra["x-section"],
            name_2011=e.extra.get("x-name-2011"),
            size_groups=_split_size_groups(e.extra["x-size-group"]),
        )
        for e in _entries("codelists/gbt4754-2017.json#/$defs/division")
    }


@cache
def size_groups() -> dict[str, SizeGroup]:
    """The 16 groups of 工信部联企业〔2011〕300号 by their id."""
    listed = raw("codelists/size-2011-300.json")["x-size-groups"]
    return {g["id"]: SizeGroup(g["id"], g["name"], g["lower_bounds"]) for g in listed}
