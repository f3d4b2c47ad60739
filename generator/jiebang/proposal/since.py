"""The records on one's own disk held against a state in git: on the desk what `proposal` is for a pull request."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jiebang.catalogue import Catalogue
from jiebang.mapping import Maps
from jiebang.problems import Problem, in_order
from jiebang.proposal.change import Change, now
from jiebang.proposal.checkout import lay_out
from jiebang.proposal.moves import held_to_their_part, lives
from jiebang.proposal.permissions import parts, staff_of
from jiebang.proposal.preexisting import binding
from jiebang.proposal.repository import Repository
from jiebang.rules.judgement import judge


def judge_change(
    change: Change, problems_before: Sequence[Problem], problems_after: Sequence[Problem], actors: Sequence[str]
) -> list[Problem]:
    """Everything wrong with a change of the records; paths are within the catalogue.

    Beside what stands wrong afterwards: what may not be brought in, what may never happen to a record, and which move is not the actors'
    (accounts in the districts.yml before the change; none where nobody is to be held to it).
    """
    people = parts(staff_of(change.before.districts), actors)
    return in_order(
        [
            *binding(problems_after, problems_before),
            *lives(change),
            *held_to_their_part(change, people),
        ]
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """`base`: the commit compared with."""

    catalogue: Catalogue
    problems: list[Problem]
    base: str


def judge_since(catalogue: Path, base: str, actors: Sequence[str], maps: Maps) -> Judged:
    """Judges a catalogue on the disk, committed or not, as a change of what it was where it parted from `base`.

    Raises UserError where the folder lies in no git repository, or the base is not in it.
    """
    with Repository(catalogue) as repository, tempfile.TemporaryDirectory(prefix="jiebang-since-") as scratch:
        place = repository.place_of(catalogue)
        commit = repository.common(repository.commit(base), repository.commit("HEAD"))
        folder = Path(scratch) / "before"
        wrong = lay_out(repository, repository.tree(commit), folder, place)
        before, found = judge(folder, maps)
        after, problems = judge(catalogue, maps)
        change = Change(before, after, now(), repository.unlike(commit, place))
        return Judged(after, judge_change(change, [*wrong, *found], problems, actors), commit)
