"""The life of a demand as readers follow it: its stages by the record's own days, and between them what was changed on the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiebang.view import Demand, Round

_ENDED = {"accepted": "通过验收", "failed": "未通过验收", "unmet": "无人揭榜，本项结束"}
_SAID = {"列入需求目录": "在本站公布"}
"""What the history says of a demand's first day in the catalogue, which may be later than the day it was published elsewhere."""


@dataclass(frozen=True, slots=True)
class Step:
    """`kind` is `stage` (a day of the programme), `due` (a day that may still lie ahead), `revision` (the bureau's note on a change) or
    `edit` (a change of the page)."""

    date: str
    what: str
    kind: str


def _stages(demand: Demand, of: Round) -> Iterator[Step]:
    yield Step(demand.published_on, "发榜", "stage")
    yield Step(demand.apply_by, "揭榜截止", "due")
    if demand.selected_on:
        yield Step(demand.selected_on, "选定揭榜企业", "stage")
    elif demand.status == "published" and of.select_by and of.select_by >= demand.apply_by:
        yield Step(of.select_by, "本轮遴选截止", "due")
    if demand.concluded_on:
        yield Step(demand.concluded_on, _ENDED.get(demand.status, "结束"), "stage")


def timeline_of(demand: Demand, of: Round) -> tuple[Step, ...]:
    """Oldest first; of one day the stage stands before the edit that wrote it down."""
    edits = (Step(change.date, _SAID.get(change.what, change.what), "edit") for change in demand.history)
    revisions = (Step(one.date, one.note, "revision") for one in demand.revisions)
    steps = (*_stages(demand, of), *revisions, *edits)
    return tuple(sorted(steps, key=lambda step: (step.date, step.kind == "edit")))
