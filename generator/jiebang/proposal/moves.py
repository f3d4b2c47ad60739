"""The life of a demand and of an application in a change: its moves, who may make them, and what may never happen to a record.

The table of moves is the schema's (`jiebang.schemas.lifecycle`); here two states of a catalogue are held to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.record import field_name
from jiebang.problems import Problem
from jiebang.problems.places import said
from jiebang.proposal.amendments import amendments
from jiebang.proposal.change import Change
from jiebang.proposal.findings import at_field, finding
from jiebang.proposal.parts import reserved_for_the_city
from jiebang.proposal.protections import protections
from jiebang.proposal.reviews import reviews
from jiebang.schemas.lifecycle import START, Move, Role, lifecycle

KINDS = ("enterprise", "demand", "application")
_LIVING = frozenset({"demand", "application"})
_OPEN_TO_APPLY = "published"


@dataclass(frozen=True, slots=True)
class Made:
    """A legal move that a change makes; `record` is the one after."""

    record: Record
    move: Move


_KNOWN_OF_CLOSED = frozenset(("R511", "R513", "R514", "R515", "R517", "R518", "R520", "R523"))
"""What the public part of a sealed record is enough for. All else that seems to be gone of a record that nobody opened is only out of sight."""


def lives(change: Change) -> Iterator[Problem]:
    """What a change does to records that it may not, whoever makes it; the paths of the problems are within the catalogue."""
    yield from _as_far_as_known(change, _lives(change))


def _as_far_as_known(change: Change, problems: Iterable[Problem]) -> Iterator[Problem]:
    closed = {record.path for state in (change.before, change.after) for record in state.records() if record.closed}
    yield from (p for p in problems if p.path not in closed or p.code in _KNOWN_OF_CLOSED)


def _lives(change: Change) -> Iterator[Problem]:
    before, after = change.before, change.after
    known = {record.round for record in before.records()}
    dissolved = _districts_gone(change)
    for kind in KINDS:
        olds, news = by_id(before, kind), by_id(after, kind)
        gone = {id_: old for id_, old in olds.items() if id_ not in news and id_ not in after.unreadable}
        for id_, new in news.items():
            if id_ in olds:
                yield from _kept(kind, olds[id_], new, dissolved)
            elif renamed := _renamed(gone, new):
                gone.pop(renamed.id)
                yield at_field(
                    "R512", new, ("id",), f"这份记录原来的编号是 {renamed.get('id') or said(renamed.path)}。"
                )
            elif id_ not in before.unreadable:
                # Of a file that could not be read nobody knows what it said: mending it brings in nothing new.
                yield from _came(kind, new, change, known)
        for old in gone.values():
            yield from _went(old, change)
    yield from amendments(change)
    yield from protections(change)
    yield from reviews(change)


def moves_made(change: Change) -> Iterator[Made]:
    """The legal moves of a change."""
    for kind in sorted(_LIVING):
        olds = by_id(change.before, kind)
        for id_, new in by_id(change.after, kind).items():
            old = olds.get(id_)
            was = old.get("status") if old is not None else None
            move = lifecycle(kind)[was].move_to(new.get("status")) if was is not None else None
            if move is not None:
                yield Made(new, move)


def held_to_their_part(change: Change, people: Sequence[tuple[str, Role]]) -> Iterator[Problem]:
    """What the people behind a change may not do in it. `people`: what to call each, and their part."""
    yield from _not_entitled(moves_made(change), people)
    yield from _as_far_as_known(change, reserved_for_the_city(change, people))


def _not_entitled(made: Iterable[Made], people: Sequence[tuple[str, Role]]) -> Iterator[Problem]:
    """Moves that one of the people behind a change may not make."""
    for one in made:
        for name, role in people:
            if role not in one.move.by:
                steps = "、".join(part.bureau for part in one.move.by)
                message = f"“{one.move.title}”这一步由{steps}办理，{name} 是{role.bureau}的工作人员。"
                yield at_field("R518", one.record, ("status",), message)


def by_id(catalogue: Catalogue, kind: str) -> dict[str, Record]:
    """The records of a kind by their id; of two with the same id, the first."""
    records: Iterable[Record] = {
        "enterprise": catalogue.enterprises,
        "demand": catalogue.demands,
        "application": catalogue.applications,
    }[kind]
    found: dict[str, Record] = {}
    for record in records:
        found.setdefault(record.id, record)
    return found


def _districts_gone(change: Change) -> set[str]:
    """Slugs that the list of districts no longer has."""
    befores, afters = (
        {district.get("slug") for district in record.get("districts") or () if district}
        if record is not None
        else set()
        for record in (change.before.districts, change.after.districts)
    )
    return befores - afters


_DISTRICT_GONE = (
    "区改了名称的，只改 districts.yml 里的名称，网址名和文件夹不动，原来的网址才有效；"
    "几个区合并的，以前的记录留在原来的区，从新的一轮起放到合并后的区。"
)


def _kept(kind: str, old: Record, new: Record, dissolved: Set[str]) -> Iterator[Problem]:
    if (old.round, old.district) != (new.round, new.district):
        message = f"主分支上的这份记录在 {old.round}/{old.district}。"
        yield at_field("R513", new, ("id",), message, _DISTRICT_GONE if old.district in dissolved else "")
    was, now = old.get("status"), new.get("status")
    if kind not in _LIVING or was is None or now is None or was == now:
        return
    states = lifecycle(kind)
    if states[was].move_to(now) is None:
        nexts = [f"“{states[move.target].title}”" for move in states[was].moves]
        allowed = f"下一步只能是{'、'.join(nexts)}" if nexts else "这是最后一步，不能再变"
        message = f"从“{states[was].title}”改成了“{states[now].title}”；{allowed}。"
        yield at_field("R511", new, ("status",), message)
        return
    for field in states[now].carries:
        if not new.get(*field.split(".")):
            name = field_name(kind, (field,))
            yield at_field("R519", new, ("status",), f"改为“{states[now].title}”时要填写{name}（{field}），现在没有。")


def _identity(kind: str, record: Record) -> list[Any]:
    """What tells that two records are the same thing under two ids."""
    if kind == "enterprise":
        return [record.get("credit_code"), record.get("name")]
    if kind == "demand":
        enterprise = record.get("enterprise")
        return [
            (record.round, record.get("code")) if record.get("code") else None,
            (record.round, enterprise, record.get("title")) if enterprise else None,
        ]
    enterprise, demand = record.get("enterprise"), record.get("demand")
    return [(enterprise, demand) if enterprise and demand else None]


def _renamed(gone: Mapping[str, Record], new: Record) -> Record | None:
    """The record that vanished while this one, with another id, came in its place."""
    marks = [mark for mark in _identity(new.kind, new) if mark]
    for old in gone.values():
        if old.path == new.path or any(mark in marks for mark in _identity(new.kind, old) if mark):
            return old
    return None


def _came(kind: str, new: Record, change: Change, known: Set[str | None]) -> Iterator[Problem]:
    """A new record begins as submitted, in a round under way, and an application answers a demand that can be applied for. A round that is
    itself new may bring all of its records."""
    if new.round not in known:
        return
    status = new.get("status")
    if change.was_closed(new.round):
        yield at_field("R517", new, ("id",), f"主分支上的轮次 {new.round} 已经结束。")
    if kind not in _LIVING:
        return
    if status not in {None, START}:
        yield at_field("R515", new, ("status",), f"新记录的状态是“{lifecycle(kind)[status].title}”。")
    demand = change.after.find("demand", new.get("demand")) if kind == "application" else None
    # What was never published is the check's own finding.
    if demand is not None and demand.get("status") in _CLOSED_TO_APPLICANTS:
        title = lifecycle("demand")[demand.get("status")].title
        yield at_field("R520", new, ("demand",), f"所揭的需求{title}，不再接受申请。")


_CLOSED_TO_APPLICANTS = frozenset(
    state.value
    for state in lifecycle("demand").values()
    if (state.public and state.value != _OPEN_TO_APPLY) or state.value == "withdrawn"
)


def _went(old: Record, change: Change) -> Iterator[Problem]:
    if old.kind in _LIVING and (status := old.get("status")) is not None:
        state = lifecycle(old.kind)[status]
        lasting = (
            state.public or status == "recommended" if old.kind == "demand" else status not in {START, "withdrawn"}
        )
        tombstone = old.kind == "demand" and status == "withdrawn" and old.get("dates", "published") is not None
        if lasting or tombstone:
            # Nothing can be withdrawn that has ended: the remedy of the others would be one more illegal step.
            hint = "" if state.move_to("withdrawn") else "恢复文件；这份记录已经办完，留作存档。"
            if not hint and old.kind == "application":
                # Nothing of an application is ever on the site.
                hint = "恢复文件；企业不再揭榜的，把状态改为 withdrawn（撤回）并填写撤回日期。"
            yield finding("R514", old.path, f"状态为“{state.title}”的记录被删除了。", hint)
            return
    if change.was_closed(old.round):
        yield finding("R527", old.path, f"轮次 {old.round} 已经结束，它的一份记录被删除了。")
