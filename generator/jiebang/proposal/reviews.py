"""Secrecy reviews held against history: a review is of these words, before they go out, by people who were named before.

A state alone cannot tell a review that was renewed from one that came too late: here both states are known. Source: safety rule 12.
"""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.catalogue import Record
from jiebang.problems import Problem
from jiebang.proposal.change import Change
from jiebang.proposal.findings import at_field
from jiebang.proposal.protections import is_public
from jiebang.rules.secrecy import entitled_reviewers, reviewer

_REVIEW, _CLEARANCES = "secrecy_review", "clearances"


def reviews(change: Change) -> Iterator[Problem]:
    """What is wrong with the reviews that a change brings; the paths of the problems are within the catalogue."""
    districts = change.before.districts
    entitled = {reviewer(name) for name in entitled_reviewers(districts)} if districts is not None else None
    for old, new in change.changed_records():
        if new.kind != "demand":
            continue
        review, before = new.get(_REVIEW), (old.get(_REVIEW) if old is not None else None) or {}
        if review:
            yield from _by_whom(new, before, entitled)
            yield from _anew(change, new, before)
        if old is not None and review and not is_public(old) and is_public(new):
            yield from _in_time(new)
        yield from _clearances(old, new)


def _by_whom(new: Record, before: dict[str, object], entitled: set[str] | None) -> Iterator[Problem]:
    """`entitled` is None in a repository that begins with this change."""
    names = new.get(_REVIEW, "reviewers") or []
    if entitled is not None and names != before.get("reviewers") and not {reviewer(n) for n in names if n} <= entitled:
        message = "审查人不在主分支的名单里；同一个合并请求里加进名单的不算。"
        yield at_field("R529", new, (_REVIEW, "reviewers"), message, "先用一个合并请求把审查人写进 districts.yml。")


def _anew(change: Change, new: Record, before: dict[str, object]) -> Iterator[Problem]:
    """Other words were read on another day; the same day counts on that day only."""
    day, was = new.get(_REVIEW, "date"), str(before.get("date") or "")
    if not was or day is None:
        return
    other_words = new.get(_REVIEW, "digest") != before.get("digest")
    if day < was:
        yield at_field("R529", new, (_REVIEW, "date"), "审查日期改早了。")
    elif other_words and day == was != change.day_in(new.round):
        yield at_field("R529", new, (_REVIEW, "date"), "所审文字换了，审查日期还是上一次的，看不出重新审过。")
    elif other_words and day < _last_noted(new):
        yield at_field(
            "R529", new, (_REVIEW, "date"), "所审文字换了，审查日期早于最近一次更正的日期，那时还没有这些文字。"
        )


def _last_noted(demand: Record) -> str:
    """The day of the last note to readers, YYYY-MM-DD; empty without one."""
    return max((note.get("date") or "" for note in demand.get("revisions") or () if isinstance(note, dict)), default="")


def _in_time(new: Record) -> Iterator[Problem]:
    """A review comes before the words go out."""
    day, published = new.get(_REVIEW, "date"), new.get("dates", "published")
    if day is not None and published is not None and day > published:
        yield at_field("R529", new, (_REVIEW, "date"), "保密审查的日期晚于发榜日期。")


def _clearances(old: Record | None, new: Record) -> Iterator[Problem]:
    submitted = new.get("dates", "submitted")
    known = (old.get(_CLEARANCES) or []) if old is not None else []
    for number, entry in enumerate(new.get(_CLEARANCES) or ()):
        day = entry.get("date") if isinstance(entry, dict) and entry not in known else None
        if day is not None and submitted is not None and day < submitted:
            yield at_field("R529", new, (_CLEARANCES, number, "date"), "复核日期早于需求的报送日期。")
