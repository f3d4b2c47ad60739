"""The records on one's own disk held against a state in git: on the desk what `proposal` is for a pull request."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jiebang.catalogue import Catalogue
from jiebang.mapping import Maps
from jiebang.problems import Problem, in_order
from jiebang.proposal.change import Change, now
from jiebang.proposal.checkout import CATALOGUE, lay_out
from jiebang.proposal.moves import held_to_their_part, lives
from jiebang.proposal.permissions import Staff, parts, permissions, staff_of
from jiebang.proposal.preexisting import binding
from jiebang.proposal.repository import Change as FileChange
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
        before, found = judge(folder, maps, whole=False)
        after, problems = judge(catalogue, maps, whole=False)
        touched = repository.unlike(commit, place)
        change = Change(before, after, now(), touched)
        own = _of_others(touched, staff_of(before.districts), actors) if actors else ()
        return Judged(after, in_order([*judge_change(change, [*wrong, *found], problems, actors), *own]), commit)


def _of_others(touched: Collection[str], staff: Staff | None, actors: Sequence[str]) -> Iterator[Problem]:
    """Files that are not the actors' to change; the paths of the problems are within the catalogue."""
    changes = [FileChange(f"{CATALOGUE}/{path}", None, None) for path in sorted(touched)]
    for problem in permissions(changes, staff, actors):
        yield replace(problem, path=problem.path.removeprefix(f"{CATALOGUE}/"))
