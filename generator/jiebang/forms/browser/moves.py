"""The next step of a demand or an application on a page: which steps there are and whose, what each asks, and the files afterwards.

A step is taken by `jiebang.rules.steps`, as `jiebang move` takes it. The page has only the files that were dropped: what has to be held
against the whole catalogue is left to the check of the merge request, and said to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.record import field_name
from jiebang.errors import UserError
from jiebang.forms.browser.form_values import written
from jiebang.forms.browser.records import read
from jiebang.forms.importing.difference import differences
from jiebang.problems import Problem, Severity
from jiebang.rules.registry import check_across, check_record
from jiebang.rules.secrecy import lacking_in_review, reviewed_text
from jiebang.rules.steps import (
    CONSEQUENCES,
    LONG_TEXTS,
    REVIEW,
    Step,
    consequences_after,
    described,
    follow_up,
    questions_of,
    review_by,
    rewritten,
    step_to,
    waiting_applications,
)
from jiebang.schemas import field_at
from jiebang.schemas.lifecycle import State, lifecycle

_ANY_DAY = "2000-01-01"
"""Stands for the day of a step while only its questions are wanted."""
_FOLDERS = {"demand": "demands", "application": "applications"}


def _record(name: str, data: bytes) -> Record:
    kind, _, value = read(data)
    return Record(kind, name, None, None, value, data, sound=True)


def _living(name: str, data: bytes) -> Record:
    record = _record(name, data)
    if record.kind not in _FOLDERS:
        raise UserError("能办理下一步的是需求和申请。", "选 demands 或 applications 文件夹里的 .yml 文件。")
    if record.get("status") is None:
        raise UserError("这份记录没有可以读的状态。", "请先打开更正，或在仓库里核对 status。")
    return record


def _others(record: Record, files: Iterable[Mapping[str, str]]) -> list[Record]:
    """The other demands and applications that were dropped, each once."""
    found = {record.id: record}
    for file in files:
        other = _record(file["name"], file["text"].encode())
        if other.kind in _FOLDERS and other.get("status") is not None:
            found.setdefault(other.id, other)
    return list(found.values())[1:]


def _title(record: Record) -> str:
    return str(record.get("title") or record.get("item", "name") or record.id)


def _candidates(demand: Record, applications: Iterable[Record]) -> list[Record]:
    return [a for a in waiting_applications(demand, applications) if a.get("status") == "forwarded"]


def _question(step: Step, path: str) -> dict[str, Any]:
    """One thing that the page asks for a step. `kind`: day, line, text, one (of `options`) or reviewers (of `texts`)."""
    kind = "day" if path.startswith("dates.") else "text" if path in LONG_TEXTS else "line"
    asked: dict[str, Any] = {"id": step.record.id, "path": path, "options": [], "texts": []}
    if path == CONSEQUENCES:
        kind, asked["options"] = "one", consequences_after(step.move.target)
    elif path == REVIEW:
        kind = "reviewers"
        asked["texts"] = [{"title": title, "text": text} for title, text in reviewed_text(step.record)]
    field = field_at(step.record.kind, path)
    name = field_name(step.record.kind, tuple(path.split(".")))
    return {**asked, "kind": kind, "title": name, "help": field.description if field is not None else ""}


def _steps(
    record: Record, others: Sequence[Record], target: str, day: str, winners: Sequence[str] | None
) -> list[Step]:
    """The steps of a record and of the applications that go with it. `winners` None: whoever may be chosen is left out."""
    wanted = [(record, target)]
    if record.kind == "demand" and target == "selected" and winners is not None:
        chosen = [a for a in _candidates(record, others) if a.id in winners]
        if not chosen:
            raise UserError(
                f"{record.id} 没有选中的申请。",
                "把已转送的申请的 .yml 文件也放进来，勾上选中的；没有企业揭榜的，办理“无人揭榜”。",
            )
        wanted += [(a, "selected") for a in chosen]
    if record.kind == "demand":
        wanted += follow_up(record, others, target)
    return [step_to(one, goal, day) for one, goal in wanted]


def _notes(record: Record, target: str, others: Sequence[Record]) -> list[str]:
    """What has to be brought beside the record for this step."""
    if record.kind != "demand":
        return []
    if target == "selected" and not _candidates(record, others):
        return ["把已转送给发榜企业的申请（applications 文件夹里的 .yml）也放进来，才能勾选中的企业。"]
    has_winner = target in {"accepted", "failed", "withdrawn"} and record.get("status") == "selected"
    if has_winner and not follow_up(record, others, target):
        return ["选中的申请要一起改：把它的 .yml 文件也放进来。"]
    return []


def _day_title(state: State) -> str:
    field = field_at(state.kind, f"dates.{state.date}")
    return field.title if field is not None else ""


def moves_of(name: str, data: bytes, others: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """The steps that a record may take now. UserError for a file that is no demand and no application."""
    record = _living(name, data)
    beside = _others(record, others)
    states = lifecycle(record.kind)
    now = states[record.get("status")]
    moves = []
    for move in now.moves:
        state = states[move.target]
        steps = _steps(record, beside, move.target, _ANY_DAY, None)
        asked = [(step, path) for step in steps for path in questions_of(step)]
        candidates = _candidates(record, beside) if move.target == "selected" and record.kind == "demand" else []
        moves.append(
            {
                "target": move.target,
                "title": move.title,
                "to": state.title,
                "by": "或".join(role.bureau for role in move.by),
                "day": _day_title(state),
                "asks": [
                    _question(step, path)
                    for step, path in asked
                    if len(consequences_after(step.move.target)) > 1 or path != CONSEQUENCES
                ],
                "winners": [{"id": one.id, "title": _title(one)} for one in candidates],
                "along": [described(step) for step in steps[1:]],
                "notes": _notes(record, move.target, beside),
            }
        )
    return {"id": record.id, "state": now.title, "moves": moves}


def _put(step: Step, answers: Mapping[str, Any], day: str) -> None:
    for path in questions_of(step):
        said = answers.get(path)
        name = field_name(step.record.kind, tuple(path.split(".")))
        possible = consequences_after(step.move.target)
        if path == CONSEQUENCES and len(possible) == 1:
            said = possible
        elif path == CONSEQUENCES and said:
            said = [said]
        if not said or (path == REVIEW and not all(said)):
            raise UserError(f"{step.record.id}：{name}没有填写。", "填好以后再办理。")
        if path.startswith("dates."):
            _refuse_no_day(name, said)
        if path == REVIEW:
            said = review_by(step, said, step.get("dates.published") or day)
            signed = Record(
                "demand",
                step.record.path,
                None,
                None,
                {**step.record.value, REVIEW: said},
                step.record.source,
                sound=True,
            )
            if lacking := lacking_in_review(signed, None):
                raise UserError(f"{lacking}。", "两名审查人都填真实姓名，不带职务和称呼。")
        step.put(path, said)


def _refuse_no_day(name: str, day: str) -> None:
    try:
        is_day = date.fromisoformat(day).isoformat() == day
    except ValueError:
        is_day = False
    if not is_day:
        raise UserError(f"{name}“{day}”不是日期。", "写成 2026-03-05 这样的日期。")


def _found(records: Sequence[Record]) -> list[tuple[bool, Problem]]:
    """(whether it is about one record alone, what is wrong), for records and nothing beside them."""
    whole = Catalogue(Path())
    for record in records:
        whole.add(record)
    alone = [problem for one in records for problem in check_record(Catalogue.of_one(one, None), one)]
    return [*((True, problem) for problem in alone), *((False, problem) for problem in check_across(whole))]


def _changes(step: Step, after: Record) -> list[dict[str, str]]:
    """What is other in a record, but for its state: that is said by its title before."""
    told = differences(step.record.kind, step.record.value, {**after.value, "status": step.record.get("status")})
    return [{"field": d.field, "old": d.old, "new": d.new} for d in told]


def moved(
    name: str,
    data: bytes,
    others: Iterable[Mapping[str, str]],
    target: str,
    day: str,
    answers: Mapping[str, Mapping[str, Any]],
    winners: Sequence[str],
) -> dict[str, Any]:
    """The files after a step. `answers`: by the record's id and the field's path. UserError where something is missing or wrong with a record."""
    record = _living(name, data)
    beside = _others(record, others)
    _refuse_no_day("办理日期", day)
    steps = _steps(record, beside, target, day, winners)
    for step in steps:
        _put(step, answers.get(step.record.id, {}), day)
    files = [(step, rewritten(step).after) for step in steps]
    after = {step.record.id: _record(step.record.path, text.encode()) for step, text in files}
    all_before = [record, *beside]
    before = {(problem.code, problem.path, problem.field, problem.message) for _, problem in _found(all_before)}
    notes = []
    for is_alone, problem in _found([after.get(one.id, one) for one in all_before]):
        if (problem.code, problem.path, problem.field, problem.message) in before:
            continue
        if is_alone and problem.severity is Severity.ERROR:
            raise UserError(f"{problem.path}：{problem.message}", problem.hint)
        notes.append(f"{problem.message}{problem.hint}")
    return {
        "files": [
            {
                "folder": _FOLDERS[step.record.kind],
                "name": f"{step.record.id.lower()}.yml",
                "about": described(step),
                "text": text,
                "value": written(after[step.record.id].value),
                "differences": _changes(step, after[step.record.id]),
            }
            for step, text in files
        ],
        "notes": notes,
    }
