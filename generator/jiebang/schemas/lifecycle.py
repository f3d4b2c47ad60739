"""The life of a demand and of an application, as one table: which state follows which, who may bring it about, which day it is marked by,
and what a record must say in it.

The states and moves stand in `schemas/codelists/programme.json` (`x-moves`, `x-date`), what a state requires in the schemas' own
conditions (`if status … then required …`). `check`, `proposal`, `move`, `todo` and the guide read them here.

Source: the notice's order of 报送 · 推荐 · 发榜 · 揭榜 · 验收; withdrawing is possible from everywhere, as 公开 is the enterprise's choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from jiebang.schemas.codelists import application_statuses, demand_statuses
from jiebang.schemas.registry import resolved_schema

START = "submitted"
"""The state of a record when it comes into the catalogue."""


class Role(StrEnum):
    """Who brings a move about: the bureau of the district in whose folder the record lies, or the city's."""

    DISTRICT = "district"
    CITY = "city"

    @property
    def bureau(self) -> str:
        """What people call it."""
        return {Role.DISTRICT: "区级主管部门", Role.CITY: "市级主管部门"}[self]


@dataclass(frozen=True, slots=True)
class Move:
    """A legal step. `title` is what people call it, e.g. 推荐; `by` are the roles that may take it."""

    source: str
    target: str
    title: str
    by: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A state. `date` is the day below `dates` that it is marked by, None for 退回; `required` are the paths of the fields that a
    record must have in this state, beyond those that it always has, in the schema's order; `carries` are those that whoever brings it into
    this state must fill, too, though records from before may lack them."""

    kind: str
    value: str
    title: str
    date: str | None
    moves: tuple[Move, ...]
    required: tuple[str, ...]
    carries: tuple[str, ...]
    public: bool
    """Whether a demand has a page in this state."""
    winning: bool
    """Whether an application counts as chosen in this state."""

    def move_to(self, target: str) -> Move | None:
        """The legal step from here to another state; None where there is none."""
        return next((move for move in self.moves if move.target == target), None)


def _required(conditions: list[Any], status: str) -> Iterator[str]:
    for condition in conditions:
        asked = condition["if"]["properties"].get("status")
        if asked is None or status not in asked.get("enum", [asked.get("const")]):
            continue
        then = condition["then"]
        yield from then.get("required", ())
        for name, inner in then.get("properties", {}).items():
            yield from (f"{name}.{field}" for field in inner.get("required", ()))


@cache
def lifecycle(kind: str) -> Mapping[str, State]:
    """The states of a kind of record (`demand`, `application`) by their value, in the order of its life."""
    entries = {"demand": demand_statuses, "application": application_statuses}[kind]()
    conditions = resolved_schema(kind).get("allOf", [])
    return {
        entry.value: State(
            kind,
            entry.value,
            entry.title,
            entry.extra.get("x-date"),
            tuple(
                Move(entry.value, target, move["title"], tuple(map(Role, move["by"])))
                for target, move in entry.extra["x-moves"].items()
            ),
            tuple(_required(conditions, entry.value)),
            tuple(entry.extra.get("x-carries", ())),
            entry.extra.get("x-published", False),
            entry.extra.get("x-winner", False),
        )
        for entry in entries
    }


@cache
def days_reached(kind: str, status: str) -> frozenset[str]:
    """The days that a record may carry in a state: its own, and those of all states that may have come before it."""
    states = lifecycle(kind)
    before, fresh = {status}, {status}
    while fresh:
        fresh = {state.value for state in states.values() if any(m.target in fresh for m in state.moves)} - before
        before |= fresh
    return frozenset(day for value in before if (day := states[value].date) is not None)


@cache
def marking_days(kind: str) -> frozenset[str]:
    """All days that mark a state of a kind of record."""
    return frozenset(state.date for state in lifecycle(kind).values() if state.date is not None)
