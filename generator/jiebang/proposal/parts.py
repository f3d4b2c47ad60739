"""What only the city changes: what it wrote down itself, and what an award rests on. A district alone could otherwise rewrite it.

Source: the notice (推荐, 发榜, 遴选 and 验收 are not the district's), and that winners are SMEs without ties to the large enterprise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.record import field_name
from jiebang.problems import Problem
from jiebang.proposal.change import Change
from jiebang.proposal.findings import at_field
from jiebang.proposal.protections import HIDDEN, is_public, is_under_way, swapped
from jiebang.rules.applications import same_name
from jiebang.rules.states import is_winner
from jiebang.schemas.lifecycle import START, Role, lifecycle

_FIGURES = ("employees", "revenue", "total_assets", "size", "industry", "types")
"""What tells that a winner is an SME, and whether it qualifies for support."""
_NAMES = ("short_names", "former_names", "english_names", "brands", "domains")


def reserved_for_the_city(change: Change, people: Sequence[tuple[str, Role]]) -> Iterator[Problem]:
    """What people of a district may not change. `people`: what to call each of those behind a change, and their part."""
    if not any(role is Role.DISTRICT for _, role in people):
        return
    for old, new in change.changed_records():
        if old is None:
            if new.id not in change.before.unreadable:
                yield from _late(change, new)
        elif new.kind == "demand":
            yield from _of_a_demand(change, old, new)
        elif new.kind == "application":
            yield from _of_an_application(change, old, new)
        else:
            yield from _of_an_enterprise(change, old, new)


@cache
def _city_days(kind: str) -> tuple[str, ...]:
    """The days of the states into which the city alone brings a record."""
    states = lifecycle(kind).values()
    by = {state.value: {role for s in states for move in s.moves if move.target == state.value for role in move.by}
          for state in states}  # fmt: skip
    days = (state.date for state in states if by[state.value] == {Role.CITY} and state.date is not None)
    return tuple(dict.fromkeys(days))


def _reserved(new: Record, path: tuple[str | int, ...], what: str = "被改动了") -> Problem:
    held = path if new.get(*map(str, path)) is not None else path[:-1]
    return at_field("R533", new, held, f"{field_name(new.kind, path)}{what}。")


def _of_a_demand(change: Change, old: Record, new: Record) -> Iterator[Problem]:
    if old.get("status") == new.get("status"):
        for name in _city_days("demand"):
            if (was := old.get("dates", name)) is not None and new.get("dates", name) != was:
                yield _reserved(new, ("dates", name))
    if is_public(old):
        for name in ("code", "enterprise"):
            if old.get(name) != new.get(name):
                yield _reserved(new, (name,))
        # Put off once it is over, it lets in whoever came too late.
        was, now = old.get("dates", "apply_by"), new.get("dates", "apply_by")
        if was is not None and now is not None and was < change.day_in(new.round) and was < now:
            yield _reserved(new, ("dates", "apply_by"), f"在截止（{was}）之后才推迟")


def _of_an_application(change: Change, old: Record, new: Record) -> Iterator[Problem]:
    if old.get("acceptance") is not None and old.get("acceptance") != new.get("acceptance"):
        yield _reserved(new, ("acceptance",))
    was, now = old.get("dates", "submitted"), new.get("dates", "submitted")
    if old.get("status") == START and was is not None and now is not None and now < was:
        yield from _late(change, new)


def _late(change: Change, application: Record) -> Iterator[Problem]:
    """Once the deadline is over, nobody can tell from a day alone that an application was in time."""
    demand = change.after.find("demand", application.get("demand")) if application.kind == "application" else None
    if demand is None or application.round not in change.before.rounds:
        return
    apply_by = demand.get("dates", "apply_by")
    if apply_by is not None and change.day_in(application.round) > apply_by:
        message = f"这项需求的揭榜截止日期（{apply_by}）已过，区里补录的申请看不出是不是按时的。"
        yield at_field("R534", application, ("dates", "submitted"), message)


def _of_an_enterprise(change: Change, old: Record, new: Record) -> Iterator[Problem]:
    before = change.before
    under_way = is_under_way(before, old)
    if swapped(old, new) and under_way:
        yield _reserved(new, ("credit_code",))
    won = any(is_winner(a) for a in before.applications if a.get("enterprise") == old.id)
    for name in _FIGURES if won else ():
        if old.get(name) != new.get(name):
            yield _reserved(new, (name,), "在选中之后被改动了")
    if (under_way or _applies(before, old)) and _affiliates_gone(old, new):
        yield _reserved(new, ("affiliates",), "减少了")
    if old.get("disclosure") == new.get("disclosure") == HIDDEN and (gone := _names(old) - _names(new)):
        kept = (name for name in gone if not any(same_name(name, other) for other in _names(new)))
        if any(kept):
            yield _reserved(new, ("aliases",), "减少了：不公开的企业，原来的名称和简称少了一个，公开文字里就不再查找它")


def _applies(catalogue: Catalogue, enterprise: Record) -> bool:
    return any(a.get("enterprise") == enterprise.id and a.get("status") != "withdrawn" for a in catalogue.applications)


def _names(enterprise: Record) -> set[str]:
    """Every name under which an enterprise is looked for."""
    listed = (enterprise.get("aliases", group) or () for group in _NAMES)
    return {name for name in [enterprise.get("name"), *(n for names in listed for n in names)] if name}


def _affiliates_gone(old: Record, new: Record) -> bool:
    """Whether one whom an enterprise declared as related would no longer be known by what was declared: its code, its name without one."""
    now = [entry for entry in new.get("affiliates") or () if isinstance(entry, dict)]
    for entry in old.get("affiliates") or ():
        if not isinstance(entry, dict):
            continue
        code = entry.get("credit_code")
        if not any(e.get("credit_code") == code if code else same_name(e.get("name"), entry.get("name")) for e in now):
            return True
    return False
