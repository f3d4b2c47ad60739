"""What waits for whom today: every record that somebody has to do something about, with the day by which.

Read off the records and the round's deadlines alone; names of enterprises are the bureau's own to know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiebang.catalogue import Catalogue, Record
from jiebang.rules.secrecy import lacking_in_review
from jiebang.rules.states import PENDING
from jiebang.schemas.lifecycle import Role, lifecycle


@dataclass(frozen=True, slots=True)
class Task:
    """`due`: YYYY-MM-DD, empty where nothing sets a day; `since`: the day from which it waits. `district`: slug of whose folder it is in."""

    due: str
    who: Role
    district: str
    what: str
    record: str
    """Id of the record."""
    title: str
    """The demand's title or the applicant's name."""
    path: str
    since: str = ""

    def is_late(self, today: str) -> bool:
        """Whether its day has passed."""
        return bool(self.due) and self.due < today


def tasks(catalogue: Catalogue, today: str) -> list[Task]:
    """Everything that waits in the rounds under way, by the day by which, then by district and record."""
    found = [*_of_demands(catalogue, today), *_of_applications(catalogue, today), *_of_rounds(catalogue, today)]
    return sorted(found, key=lambda task: (task.due or "9999-99-99", task.district, task.what, task.record))


def _round_of(catalogue: Catalogue, record: Record) -> Record | None:
    """The round of a record, if it is under way."""
    found = catalogue.rounds.get(record.round or "")
    return found if found is not None and found.get("status") == "open" else None


def _of_demands(catalogue: Catalogue, today: str) -> Iterator[Task]:
    for demand in catalogue.demands:
        of_round = _round_of(catalogue, demand)
        status = demand.get("status")
        if of_round is None or status is None:
            continue
        deadlines = of_round.get("deadlines") or {}
        submit_by, select_by = deadlines.get("submit_by") or "", deadlines.get("select_by") or ""
        apply_by = demand.get("dates", "apply_by") or deadlines.get("apply_by") or ""
        for due, who, what, day in _steps_of(catalogue, demand, today, submit_by, apply_by, select_by):
            since = demand.get("dates", day) or "" if day else ""
            yield Task(due, who, demand.district or "", what, demand.id, demand.get("title") or "", demand.path, since)


def _steps_of(
    catalogue: Catalogue, demand: Record, today: str, submit_by: str, apply_by: str, select_by: str
) -> Iterator[tuple[str, Role, str, str]]:
    """(due, who, what, the day it waits from)"""
    status = demand.get("status")
    if status == "submitted":
        yield submit_by, Role.CITY, "审核后推荐或退回", "submitted"
    elif status == "returned":
        yield submit_by, Role.DISTRICT, "补正后重新报送", ""
    elif status == "recommended":
        if lacking_in_review(demand, catalogue.districts):
            yield "", Role.CITY, "保密审查", "recommended"
        yield "", Role.CITY, "等待发榜（上级下达代码）", "recommended"
    elif status == "published" and (lacking := lacking_in_review(demand, catalogue.districts)):
        yield "", Role.CITY, f"保密审查：{lacking}", "published"
    if status == "published" and apply_by and apply_by < today:
        yield select_by, Role.CITY, "选定揭榜企业，或改为无人揭榜", "apply_by"
    elif status == "selected":
        yield "", Role.CITY, "到期验收", "selected"


def _of_applications(catalogue: Catalogue, today: str) -> Iterator[Task]:
    for application in catalogue.applications:
        of_round = _round_of(catalogue, application)
        demand = catalogue.find("demand", application.get("demand"))
        if of_round is None or demand is None or application.get("status") not in PENDING:
            continue
        select_by = of_round.get("deadlines", "select_by") or ""
        party = catalogue.find("enterprise", application.get("enterprise"))
        name = (party.get("name") if party is not None else None) or application.id
        status = application.get("status")
        if demand.get("status") == "withdrawn":
            yield _task(application, name, "", Role.DISTRICT, "需求已撤回：告知企业，撤回申请", "submitted")
        elif status == "submitted":
            due = demand.get("dates", "apply_by") or ""
            yield _task(application, name, due, Role.DISTRICT, "转送大企业", "submitted")
        elif lifecycle("demand")[demand.get("status")].value != "published":
            yield _task(application, name, select_by, Role.CITY, "答复未选中的企业（反馈意见）", "forwarded")


def _task(application: Record, name: str, due: str, who: Role, what: str, day: str) -> Task:
    since = application.get("dates", day) or ""
    return Task(due, who, application.district or "", what, application.id, name, application.path, since)


def _of_rounds(catalogue: Catalogue, today: str) -> Iterator[Task]:
    for id_, of_round in catalogue.rounds.items():
        closes = of_round.get("closes_on")
        if of_round.get("status") == "open" and closes is not None and closes < today:
            title = of_round.get("title") or id_
            yield Task(closes, Role.CITY, "", "结束轮次（status: closed）", id_, title, of_round.path)
