"""The life of a demand and of an application: one table of legal moves, and what may never happen to a record.

Source: the notice's order of 报送 · 推荐 · 发榜 · 揭榜 · 验收; withdrawing is possible from everywhere, as 公开 is the enterprise's choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem
from jiebang.proposal.findings import at_field, finding
from jiebang.schemas import application_statuses, demand_statuses

MOVES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "demand": {
        "submitted": ("recommended", "returned", "withdrawn"),
        "returned": ("submitted", "withdrawn"),
        "recommended": ("published", "returned", "withdrawn"),
        "published": ("selected", "unmet", "withdrawn"),
        "selected": ("accepted", "failed", "withdrawn"),
        "accepted": ("withdrawn",),
        "unmet": ("withdrawn",),
        "failed": ("withdrawn",),
        "withdrawn": (),
    },
    "application": {
        "submitted": ("forwarded", "withdrawn"),
        "forwarded": ("selected", "declined", "withdrawn"),
        "selected": ("accepted", "failed", "withdrawn"),
        "declined": (),
        "accepted": (),
        "failed": (),
        "withdrawn": (),
    },
}
"""From each state to those that may follow."""

START = "submitted"

_TITLES = {
    "demand": {entry.value: entry.title for entry in demand_statuses()},
    "application": {entry.value: entry.title for entry in application_statuses()},
}
_LASTING = {
    "demand": {entry.value for entry in demand_statuses() if entry.extra["x-published"]},
    "application": set(MOVES["application"]) - {START, "withdrawn"},
}
"""States in which a record may not be deleted."""


def lives(before: Catalogue, after: Catalogue) -> Iterator[Problem]:
    """What a pull request does to records that it may not: paths of the problems are within the catalogue."""
    known = {record.round for record in before.records()}
    for kind in ("enterprise", "demand", "application"):
        olds, news = _by_id(before, kind), _by_id(after, kind)
        gone = {id_: old for id_, old in olds.items() if id_ not in news and id_ not in after.unreadable}
        for id_, new in news.items():
            if id_ in olds:
                yield from _kept(kind, olds[id_], new)
            elif renamed := _renamed(gone, new):
                gone.pop(renamed.id)
                yield at_field("R512", new, ("id",), f"这份记录原来的编号是 {renamed.id}。")
            else:
                yield from _came(kind, new, before, known)
        for old in gone.values():
            yield from _went(kind, old)


def _by_id(catalogue: Catalogue, kind: str) -> dict[str, Record]:
    records: Iterable[Record] = {
        "enterprise": catalogue.enterprises,
        "demand": catalogue.demands,
        "application": catalogue.applications,
    }[kind]
    found: dict[str, Record] = {}
    for record in records:
        found.setdefault(record.id, record)
    return found


def _kept(kind: str, old: Record, new: Record) -> Iterator[Problem]:
    if (old.round, old.district) != (new.round, new.district):
        yield at_field("R513", new, ("id",), f"主分支上的这份记录在 {old.round}/{old.district}。")
    if kind not in MOVES:
        return
    was, now = old.get("status"), new.get("status")
    if was is None or now is None or was == now or now in MOVES[kind][was]:
        return
    titles = _TITLES[kind]
    nexts = [titles[status] for status in MOVES[kind][was]]
    allowed = f"下一步只能是{'、'.join(f'“{title}”' for title in nexts)}" if nexts else "这是最后一步，不能再变"
    yield at_field("R511", new, ("status",), f"从“{titles[was]}”改成了“{titles[now]}”；{allowed}。")


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


def _came(kind: str, new: Record, before: Catalogue, known: Set[str | None]) -> Iterator[Problem]:
    """A new record begins as submitted, in a round under way. A round that is itself new may bring all of its records."""
    if kind not in MOVES or new.round not in known:
        return
    of_round = before.rounds.get(new.round or "")
    status = new.get("status")
    if of_round is not None and of_round.get("status") == "closed":
        yield at_field("R517", new, ("id",), f"主分支上的轮次 {new.round} 已经结束。")
    elif status not in {None, START}:
        yield at_field("R515", new, ("status",), f"新记录的状态是“{_TITLES[kind][status]}”。")


def _went(kind: str, old: Record) -> Iterator[Problem]:
    if kind not in MOVES:
        return
    status = old.get("status")
    tombstone = kind == "demand" and status == "withdrawn" and old.get("dates", "published") is not None
    if status in _LASTING[kind] or tombstone:
        yield finding("R514", old.path, f"状态为“{_TITLES[kind][status]}”的记录被删除了。")
