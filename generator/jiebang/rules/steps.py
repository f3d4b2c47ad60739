"""One record on its way to its next state: what the step asks for, what is filled in with it, and the file as it then reads.

The table of moves and what each state requires are the schema's (`jiebang.schemas.lifecycle`). `jiebang move` and the page for staff
take their steps here, so that both write the same bytes for the same answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jiebang.catalogue import Record
from jiebang.catalogue.decode import decode
from jiebang.catalogue.record import field_name
from jiebang.errors import UserError
from jiebang.rules.secrecy import digest_of
from jiebang.rules.states import PENDING
from jiebang.schemas import acceptance_consequences
from jiebang.schemas.lifecycle import START, Move, State, lifecycle, marking_days

REVIEW = "secrecy_review"
CONSEQUENCES = "acceptance.consequences"
RESULT = "acceptance.result"
LONG_TEXTS = frozenset({"returned_reason", "feedback", RESULT})
"""What is written in several lines."""
_ASKED_HERE = frozenset({"code", "returned_reason", "feedback", REVIEW})


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
        if target == START:
            _forget_the_last_time(step, day)
    step.asked = [path for path in (*state.required, *state.carries) if step.get(path) in (None, "", [], {})]
    if REVIEW in state.carries and REVIEW not in step.asked and _is_stale(record):
        step.asked.append(REVIEW)
    return step


def _forget_the_last_time(step: Step, day: str) -> None:
    """Handed in anew, a demand keeps no day of what came after it was handed in before, nor a review from before this day."""
    later = marking_days(step.record.kind) - {step.state.date}
    step.value["dates"] = {name: was for name, was in step.value["dates"].items() if name not in later}
    if (step.record.get(REVIEW, "date") or day) < day:
        step.value[REVIEW] = None


def _is_stale(demand: Record) -> bool:
    """Whether the review that a demand has is one of other words."""
    return bool(demand.get(REVIEW, "digest") != digest_of(demand))


def questions_of(step: Step) -> list[str]:
    """The paths of what somebody has to say for the step. What else is missing belongs to the submission: the check says so."""
    paths: list[str] = []
    for path in step.asked:
        if path == "acceptance":
            paths += [RESULT, CONSEQUENCES]
        elif path in _ASKED_HERE or path.startswith("dates."):
            paths.append(path)
    return paths


def consequences_after(target: str) -> list[str]:
    """What may follow an acceptance, as the schema lists it; of a failed one there is no choice."""
    *good, bad = (entry.value for entry in acceptance_consequences())
    return [bad] if target == "failed" else good


def review_by(step: Step, reviewers: Sequence[str], day: str) -> dict[str, Any]:
    """The record of a secrecy review of a demand's present words."""
    return {"reviewers": list(reviewers), "date": day, "conclusion": "不涉密", "digest": digest_of(step.record)}


def applications_for(demand: Record, applications: Iterable[Record]) -> list[Record]:
    """Those of the applications that answer a demand, in their order."""
    return [a for a in applications if a.get("demand") == demand.id]


def waiting_applications(demand: Record, applications: Iterable[Record]) -> list[Record]:
    """Those of them that were handed on and wait for an answer."""
    return [a for a in applications_for(demand, applications) if a.get("status") in PENDING]


def follow_up(demand: Record, applications: Iterable[Record], target: str) -> list[tuple[Record, str]]:
    """The applications that go with a demand to its state, and to which: winners are accepted, fail or withdraw with it."""
    ends = {"accepted": "accepted", "failed": "failed", "withdrawn": "withdrawn"}
    if target not in ends:
        return []
    return [(a, ends[target]) for a in applications_for(demand, applications) if a.get("status") == "selected"]


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
    # A check takes no steps, and imports no parser for them.
    from jiebang.catalogue.amend import amended_text

    return Rewritten(step.record.path, text, amended_text(step.record.kind, text, step.value))


def described(step: Step) -> str:
    """`D-7K3M9Q2X 发榜：市推荐 → 已发榜`."""
    states = lifecycle(step.record.kind)
    return f"{step.record.id} {step.move.title}：{states[step.move.source].title} → {step.state.title}"


def question_title(step: Step, path: str) -> str:
    """What a field is called when somebody is asked for it."""
    return f"{step.record.id} {field_name(step.record.kind, tuple(path.split('.')))}"
