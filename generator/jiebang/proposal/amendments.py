"""What a change may do to a record that stands: public words with a note, days that were written down, whose it is, and nothing in a closed
round.

Source: readers rely on what was published; 公开 is the enterprise's own choice; the notice's order of the steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jiebang.catalogue import Record
from jiebang.catalogue.record import field_name
from jiebang.problems import Problem
from jiebang.proposal.change import Change
from jiebang.proposal.findings import at_field
from jiebang.proposal.protections import HIDDEN, NAMED, is_hidden_public, is_public
from jiebang.schemas import Privacy, field_at, resolved_schema
from jiebang.schemas.lifecycle import START, lifecycle, marking_days

_REVISIONS = "revisions"
_NOT_SUBSTANCE = frozenset({"id", "status", "dates", _REVISIONS})


def amendments(change: Change) -> Iterator[Problem]:
    """What a change does to standing records that it may not; the paths of the problems are within the catalogue."""
    for old, new in change.changed_records():
        yield from _days_to_come(change, old, new)
        if old is None:
            continue
        yield from _in_a_closed_round(change, old, new)
        if new.kind == "demand":
            yield from _published_words(change, old, new)
            yield from _tombstone(old, new)
        elif new.kind == "application":
            yield from _whose(old, new)
            yield from _days_of_an_application(old, new)
        elif new.kind == "enterprise":
            yield from _disclosure(change, old, new)
    yield from _named_by_another_record(change)
    for id_, new_round in change.after.rounds.items():
        if (old_round := change.before.rounds.get(id_)) is not None:
            yield from _round(change, old_round, new_round)


@cache
def _substance() -> tuple[str, ...]:
    """The fields of a demand that readers rely on: all that is public, and whose demand it is."""
    return tuple(
        name
        for name in resolved_schema("demand")["properties"]
        if name not in _NOT_SUBSTANCE
        and (name == "enterprise" or ((f := field_at("demand", name)) is not None and f.privacy is Privacy.PUBLIC))
    )


def _differing(old: Record, new: Record, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if old.get(name) != new.get(name)]


def _published_words(change: Change, old: Record, new: Record) -> Iterator[Problem]:
    """Once published, what readers rely on changes with a note only; a note that was published stays."""
    if not (is_public(old) and is_public(new)):
        return
    notes, noted = old.get(_REVISIONS) or [], new.get(_REVISIONS) or []
    if noted[: len(notes)] != notes:
        yield at_field("R522", new, (_REVISIONS,) if noted else (), "已经公布的更正说明被改动或删除了。")
        return
    added = noted[len(notes) :]
    last = max([old.get("dates", "published") or "", *map(_day_of, notes)])
    for number, entry in enumerate(added, len(notes)):
        if _day_of(entry) < last:
            message = f"更正日期早于发榜或上一次更正的日期（{last}）。"
            yield at_field("R522", new, (_REVISIONS, number, "date"), message)
        if isinstance(entry, dict) and not any(letter.isalnum() for letter in entry.get("note") or ""):
            hint = "写明改了什么、为什么改。"
            yield at_field("R522", new, (_REVISIONS, number, "note"), "更正说明里没有文字。", hint)
    yield from _deadline_in_the_past(change, old, new)
    if added:
        return
    for name in _differing(old, new, _substance()):
        path = (name,) if new.get(name) is not None else ()
        yield at_field("R521", new, path, f"已经公布的{field_name('demand', (name,))}被改动，没有新的更正说明。")
    yield from _published_days(old, new)


def _day_of(note: Any) -> str:
    """The day of a note; empty where it was not valid, which the check has told."""
    return str(note.get("date") or "") if isinstance(note, dict) else ""


def _deadline_in_the_past(change: Change, old: Record, new: Record) -> Iterator[Problem]:
    """Whoever still prepares an application is not shut out backwards, whatever the note says."""
    was, now, today = old.get("dates", "apply_by"), new.get("dates", "apply_by"), change.day_in(new.round)
    if was is not None and now is not None and now < today <= was:
        message = f"揭榜截止日期提前到了已经过去的日子（这次改动的日子是 {today}）。"
        yield at_field("R521", new, ("dates", "apply_by"), message, "改为今天或以后的日子，让正在准备的企业还来得及。")


def _published_days(old: Record, new: Record) -> Iterator[Problem]:
    """Days that readers saw: a deadline may be put off, everything else needs a note."""
    for name, was in (old.get("dates") or {}).items():
        now = new.get("dates", name)
        if now == was or (name == "apply_by" and now is not None and now > was):
            continue
        title = field_name("demand", ("dates", name))
        what = "提前了" if name == "apply_by" and now is not None else "被改动"
        yield at_field("R521", new, ("dates", name) if now else ("dates",), f"{title}{what}，没有新的更正说明。")


def _tombstone(old: Record, new: Record) -> Iterator[Problem]:
    """Of a published demand that is withdrawn readers keep its code and days; whoever takes these away could delete the rest."""
    if new.get("status") != "withdrawn" or old.get("dates", "published") is None:
        return
    for path in (("code",), ("dates", "published"), ("dates", "withdrawn")):
        was = old.get(*path)
        if was is not None and new.get(*path) != was:
            held = path if new.get(*path) is not None else path[:-1]
            message = f"撤回的需求只留代码和日期，{field_name('demand', path)}不能再改。"
            yield at_field("R521", new, held, message, "恢复原来的内容。")


def _whose(old: Record, new: Record) -> Iterator[Problem]:
    """An application answers one demand, for one enterprise."""
    for name in ("demand", "enterprise"):
        if old.get(name) is not None and new.get(name) is not None and old.get(name) != new.get(name):
            title = field_name("application", (name,))
            yield at_field("R523", new, (name,), f"这份申请的{title}被换成了另一个。")


def _days_of_an_application(old: Record, new: Record) -> Iterator[Problem]:
    """Once an application is on its way, the days on which it was are no longer rewritten: a late one must not become one in time."""
    if old.get("status") == START:
        return
    for name in sorted(marking_days("application")):
        was = old.get("dates", name)
        if was is not None and new.get("dates", name) != was:
            title = field_name("application", ("dates", name))
            path = ("dates", name) if new.get("dates", name) else ("dates",)
            yield at_field("R524", new, path, f"已经办过的环节，{title}被改动了。")


def _disclosure(change: Change, old: Record, new: Record) -> Iterator[Problem]:
    """不公开 becomes 公开 when the enterprise agreed anew, in writing."""
    if old.get("disclosure") == HIDDEN and new.get("disclosure") == NAMED:
        yield from _without_consent(change, old, new, ("disclosure",), "原来选择不公开，现在改成公开")


def _without_consent(
    change: Change, old: Record | None, new: Record, path: tuple[str, ...], what: str
) -> Iterator[Problem]:
    consent = new.get("disclosure_consent")
    if not consent or not consent.get("date"):
        yield at_field("R525", new, path, f"{what}，没有填写公开名称的同意（disclosure_consent）。")
    elif old is not None and old.get("disclosure_consent") == consent:
        yield at_field("R525", new, path, f"{what}，公开名称的同意还是以前的那一份。")
    elif consent["date"] <= ((old.get("disclosure_consent", "date") if old is not None else None) or ""):
        yield at_field("R525", new, path, f"{what}，公开名称的同意不晚于以前的那一份。")
    elif consent["date"] < _opens_on(change, new):
        yield at_field("R525", new, path, f"{what}，公开名称的同意早于本轮开始，那时企业还没有选择。")


def _opens_on(change: Change, record: Record) -> str:
    of_round = change.after.rounds.get(record.round or "")
    return str((of_round.get("opens_on") if of_round is not None else None) or "")


def _named_by_another_record(change: Change) -> Iterator[Problem]:
    """A public demand of a hidden enterprise that is hung onto one that is named gives the name away as well."""
    for old, new in change.changed_records():
        if new.kind != "demand" or old is None or not is_public(new) or old.get("enterprise") == new.get("enterprise"):
            continue
        was = change.before.find("enterprise", old.get("enterprise"))
        now = change.after.find("enterprise", new.get("enterprise"))
        if was is None or now is None or was.get("disclosure") != HIDDEN or now.get("disclosure") != NAMED:
            continue
        yield from _without_consent(
            change, None, now, ("disclosure",), "一项已公布的需求原来的企业选择不公开，换成了这家公开的企业"
        )


_DAYS = {
    "demand": ("secrecy_review",),
    "application": (),
    "enterprise": ("disclosure_consent", "withholding_consulted"),
}


def _days_said(record: Record) -> dict[tuple[str | int, ...], str]:
    """The days on which something is said to have happened, by their path. A deadline lies ahead by its nature."""
    said: dict[tuple[str | int, ...], str] = {}
    for name in sorted(marking_days(record.kind)) if record.kind in {"demand", "application"} else ():
        if day := record.get("dates", name):
            said["dates", name] = day
    if record.kind == "enterprise" and (day := record.get("registered_on")):
        said["registered_on",] = day
    for holder in _DAYS[record.kind]:
        if day := record.get(holder, "date"):
            said[holder, "date"] = day
    lists: Mapping[str, Any] = record.value if record.kind == "demand" else {}
    for holder in (_REVISIONS, "clearances"):
        for number, entry in enumerate(lists.get(holder) or ()):
            if isinstance(entry, dict) and (day := entry.get("date")):
                said[holder, number, "date"] = day
    return said


def _days_to_come(change: Change, old: Record | None, new: Record) -> Iterator[Problem]:
    """Nothing has happened yet on a day to come."""
    today = change.day_in(new.round)
    known = set(_days_said(old).values()) if old is not None else set()
    for path, day in _days_said(new).items():
        if day > today and day not in known:
            title = field_name(new.kind, path)
            yield at_field("R526", new, path, f"{title}晚于这次改动的日子（{today}），事情还没有发生。")


_MAY_STILL_CHANGE: Mapping[str, frozenset[str]] = {
    "enterprise": frozenset({"withhold", "withholding_consulted", "aliases", "affiliates", "note"}),
    "demand": frozenset({"secrecy_review", "clearances", "note"}),
    "application": frozenset({"note"}),
}
"""What protects somebody, or is nobody's business but the bureau's, in a round that is over."""


def _in_a_closed_round(change: Change, old: Record, new: Record) -> Iterator[Problem]:
    """A round that was closed on the base stays as it is, but for what protects an enterprise."""
    if not change.was_closed(old.round):
        return
    if new.kind != "enterprise" and new.get("status") == "withdrawn" != old.get("status"):
        return
    allowed = _MAY_STILL_CHANGE[new.kind]
    for name in resolved_schema(new.kind)["properties"]:
        if name in allowed or old.get(name) == new.get(name):
            continue
        if name == "disclosure" and new.get(name) == HIDDEN:
            continue
        path = (name,) if new.get(name) is not None else ()
        title = field_name(new.kind, (name,))
        yield at_field("R527", new, path, f"轮次 {old.round} 已经结束，{title}被改动了。")


def _round(change: Change, old: Record, new: Record) -> Iterator[Problem]:
    """Closing a round, changing a closed one, and showing whole demands that were promised to stay off the site."""
    was, now = old.get("status"), new.get("status")
    if was == "closed" and now == "closed" and old.value != new.value:
        names = _differing(old, new, tuple(resolved_schema("round")["properties"]))
        for name in names:
            path = (name,) if new.get(name) is not None else ()
            yield at_field("R527", new, path, f"轮次 {new.round} 已经结束，{field_name('round', (name,))}被改动了。")
    if was == "open" and now == "closed":
        yield from _closing(change, new)
    if old.get("hide") == "整项需求" and new.get("hide") == "企业名称":
        hidden = sum(
            is_hidden_public(change.after, demand) for demand in change.after.demands if demand.round == new.round
        )
        if hidden:
            message = f"本轮有 {hidden} 项需求的企业选择不公开，当时说好整项不上网。"
            yield at_field("R525", new, ("hide",), message)


_UNDECIDED = ("submitted", "recommended", "published", "selected")


def _closing(change: Change, new: Record) -> Iterator[Problem]:
    states = lifecycle("demand")
    left = [d.get("status") for d in change.after.demands if d.round == new.round and d.get("status") in _UNDECIDED]
    if left:
        told = "、".join(f"“{states[value].title}”{left.count(value)} 项" for value in _UNDECIDED if value in left)
        yield at_field("R528", new, ("status",), f"还有没办完的需求：{told}。")
