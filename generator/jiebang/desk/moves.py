"""Takes records to their next state: what has to be filled in, the files as they would then read, and what is wrong with that.

The table of moves and what each state requires are the schema's (`jiebang.schemas.lifecycle`); the judgement is that of a pull request.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.amend import amended_text
from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.decode import decode
from jiebang.catalogue.files import RecordFile
from jiebang.catalogue.record import field_name
from jiebang.errors import UserError
from jiebang.problems import Problem, in_order
from jiebang.proposal.change import Change, day_at, now
from jiebang.proposal.since import judge_change
from jiebang.rules.registry import check_across, check_record
from jiebang.rules.secrecy import digest_of
from jiebang.rules.states import PENDING
from jiebang.schemas.lifecycle import Move, State, lifecycle

_REVIEW = "secrecy_review"


@dataclass(slots=True)
class Step:
    """One record on its way: where it goes, and what is filled in with it, by the name of the field."""

    record: Record
    move: Move
    value: dict[str, Any]
    asked: list[str] = field(default_factory=list)
    """Paths of the fields that somebody still has to fill in, e.g. `dates.apply_by`."""

    @property
    def state(self) -> State:
        return lifecycle(self.record.kind)[self.move.target]

    def put(self, path: str, value: Any) -> None:
        """Fills in a field at a path of at most two steps."""
        name, _, inner = path.partition(".")
        if inner:
            self.value[name] = {**(self.record.get(name) or {}), **self.value.get(name, {}), inner: value}
        else:
            self.value[name] = value
        if path in self.asked:
            self.asked.remove(path)

    def get(self, path: str) -> Any:
        """What a field will say."""
        name, _, inner = path.partition(".")
        value = self.value.get(name, self.record.get(name))
        return value.get(inner) if inner and isinstance(value, Mapping) else None if inner else value


def find(catalogue: Catalogue, id_: str) -> Record:
    """The demand or application that an id names. Raises UserError."""
    wanted = id_.strip().upper()
    found = catalogue.find("demand", wanted) or catalogue.find("application", wanted)
    if found is not None:
        return found
    if wanted in catalogue.unreadable:
        raise UserError(f"{wanted} 的文件读不了。", "先运行 jiebang check 并改正。")
    raise UserError(f"没有编号为 {id_} 的需求或申请。", "核对编号；需求以 D- 开头，申请以 A- 开头。")


def target_named(kind: str, name: str) -> str:
    """The state that a word names: its value (`published`) or what readers call it (已发榜). Raises UserError."""
    states = lifecycle(kind)
    for state in states.values():
        if name.strip().casefold() in {state.value, state.title.casefold()}:
            return state.value
    listed = "、".join(f"{state.value}（{state.title}）" for state in states.values())
    raise UserError(f"没有“{name}”这个状态。", f"可以写：{listed}。")


def step_to(record: Record, target: str, day: str | None) -> Step:
    """The step of a record to a state, with its day filled in. Raises UserError for a step that does not exist.

    `day`: YYYY-MM-DD, today where the round is held if None.
    """
    states = lifecycle(record.kind)
    was = record.get("status")
    if was is None:
        raise UserError(f"{record.path} 没有可以读的状态。", "先运行 jiebang check 并改正。")
    move = states[was].move_to(target)
    if move is None:
        nexts = "、".join(f"{m.target}（{states[m.target].title}）" for m in states[was].moves)
        allowed = f"下一步只能是：{nexts}。" if nexts else "这是最后一步，不能再变。"
        raise UserError(f"{record.id} 现在是“{states[was].title}”，不能改为“{states[target].title}”。", allowed)
    step = Step(record, move, {"status": target})
    state = states[target]
    if state.date is not None and day is not None:
        step.put(f"dates.{state.date}", day)
    step.asked = [path for path in (*state.required, *state.carries) if step.get(path) in (None, "", [], {})]
    if _REVIEW in state.carries and _REVIEW not in step.asked and _is_stale(record):
        step.asked.append(_REVIEW)
    return step


def _is_stale(demand: Record) -> bool:
    """Whether the review that a demand has is one of other words."""
    return bool(demand.get(_REVIEW, "digest") != digest_of(demand))


def today_of(catalogue: Catalogue, record: Record) -> str:
    """Today where the round of a record is held."""
    return day_at(now(), catalogue.rounds.get(record.round or ""))


def review_by(step: Step, reviewers: Sequence[str], day: str) -> dict[str, Any]:
    """The record of a secrecy review of a demand's present words."""
    return {"reviewers": list(reviewers), "date": day, "conclusion": "不涉密", "digest": digest_of(step.record)}


def applications_of(catalogue: Catalogue, demand: Record) -> list[Record]:
    """The applications for a demand, in the order of their files."""
    return [a for a in catalogue.applications if a.get("demand") == demand.id]


def waiting_applications(catalogue: Catalogue, demand: Record) -> list[Record]:
    """Those of them that were handed on and wait for an answer."""
    return [a for a in applications_of(catalogue, demand) if a.get("status") in PENDING]


def follow_up(catalogue: Catalogue, demand: Record, target: str) -> list[tuple[Record, str]]:
    """The applications that go with a demand to its state, and to which: winners are accepted, fail or withdraw with it."""
    ends = {"accepted": "accepted", "failed": "failed", "withdrawn": "withdrawn"}
    if target not in ends:
        return []
    return [(a, ends[target]) for a in applications_of(catalogue, demand) if a.get("status") == "selected"]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file and its text after the steps."""

    path: str
    before: str
    after: str


def rewritten(step: Step) -> Rewritten:
    """The record's file with the step in it; comments, order and all other fields as they were."""
    text, _ = decode(step.record.source)
    if text is None:
        raise UserError(f"{step.record.path} 读不了。", "先运行 jiebang check 并改正。")
    return Rewritten(step.record.path, text, amended_text(step.record.kind, text, step.value))


def _with(catalogue: Catalogue, files: Collection[Rewritten]) -> tuple[Catalogue, list[Problem]]:
    """The catalogue with these files in place of its own, and what is wrong with each alone."""
    texts = {file.path: file.after for file in files}
    after = Catalogue(catalogue.root, unreadable=set(catalogue.unreadable))
    problems: list[Problem] = []
    for record in catalogue.records():
        if record.path not in texts:
            after.add(record)
            continue
        file = RecordFile(record.kind, record.path, record.round, record.district)
        read = read_record(file, texts[record.path].encode())
        problems.extend(read.problems)
        if read.record is not None:
            after.add(read.record)
            alone = Catalogue.of_one(read.record, catalogue.districts)
            problems.extend(check_record(alone, read.record))
    return after, problems


def _alone(catalogue: Catalogue, paths: Collection[str]) -> Iterator[Problem]:
    for record in catalogue.records():
        if record.path in paths:
            yield from check_record(Catalogue.of_one(record, catalogue.districts), record)


def judge_steps(catalogue: Catalogue, files: Sequence[Rewritten], actors: Sequence[str]) -> list[Problem]:
    """What would be wrong with the catalogue after the steps and is not now; what a pull request would be refused for is an error."""
    paths = frozenset(file.path for file in files)
    before = [*_alone(catalogue, paths), *check_across(catalogue)]
    after, alone = _with(catalogue, files)
    problems = [*alone, *check_across(after)]
    stood = {(p.code, p.path, p.field, p.message) for p in before}
    judged = judge_change(Change(catalogue, after, now(), paths), before, problems, actors)
    return in_order(p for p in judged if (p.code, p.path, p.field, p.message) not in stood)


def described(step: Step) -> str:
    """`D-7K3M9Q2X 发榜：市推荐 → 已发榜`."""
    states = lifecycle(step.record.kind)
    return f"{step.record.id} {step.move.title}：{states[step.move.source].title} → {step.state.title}"


def question_title(step: Step, path: str) -> str:
    """What a field is called when somebody is asked for it."""
    return f"{step.record.id} {field_name(step.record.kind, tuple(path.split('.')))}"
