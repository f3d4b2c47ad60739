"""Takes records of a catalogue to their next state: finds them, and says what would be wrong with the catalogue afterwards.

What a step asks and writes is `jiebang.rules.steps`; the judgement is that of a pull request.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.files import RecordFile
from jiebang.errors import UserError
from jiebang.problems import Problem, in_order
from jiebang.proposal.change import Change, day_at, now
from jiebang.proposal.since import judge_change
from jiebang.rules.registry import check_across, check_record
from jiebang.rules.steps import Rewritten


def find(catalogue: Catalogue, id_: str) -> Record:
    """The demand or application that an id names. Raises UserError."""
    wanted = id_.strip().upper()
    found = catalogue.find("demand", wanted) or catalogue.find("application", wanted)
    if found is not None:
        return found
    catalogue.refuse_unreadable(wanted)
    raise UserError(f"没有编号为 {id_} 的需求或申请。", "核对编号；需求以 D- 开头，申请以 A- 开头。")


def today_of(catalogue: Catalogue, record: Record) -> str:
    """Today where the round of a record is held."""
    return day_at(now(), catalogue.rounds.get(record.round or ""))


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
