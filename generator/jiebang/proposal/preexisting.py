"""What stood wrong on the base already: told apart from what a pull request adds, and left out of the comparison.

Two requests, each sound by itself, can leave a base with errors. Whoever comes next must not be refused for them: most could not even
change the file. Whatever is new, and whatever stands in a file that the request touches, counts against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem, Severity
from jiebang.proposal.checkout import CATALOGUE
from jiebang.proposal.permissions import district_of
from jiebang.rules.registry import binding_codes


def without_place(problem: Problem) -> Problem:
    """The same problem wherever its file has it. Lines move: two problems are the same one when all the rest is."""
    return replace(problem, line=0, column=0)


def told_apart(
    before: Sequence[Problem], after: Sequence[Problem], touched: Container[str]
) -> tuple[list[Problem], list[Problem]]:
    """Of the problems after merging: those that the request adds or owns, and those that stood on the base as they are.

    Each of the base's excuses one of the same kind, so that a second one beside it is new.
    """
    excuses = Counter(map(without_place, before))
    own, standing = [], []
    for problem in after:
        same = without_place(problem)
        if problem.path not in touched and excuses[same] > 0:
            excuses[same] -= 1
            standing.append(problem)
        else:
            own.append(problem)
    return own, standing


def binding(problems: Sequence[Problem], before: Sequence[Problem]) -> list[Problem]:
    """The same problems, with the warnings that a change may not bring in as errors where the base has none of the kind."""
    stood = Counter(map(without_place, before))
    codes = binding_codes()
    found = []
    for problem in problems:
        same = without_place(problem)
        if problem.code in codes and stood[same] <= 0:
            found.append(replace(problem, severity=Severity.ERROR))
        else:
            stood[same] -= 1
            found.append(problem)
    return found


def to_be_mended_by(problem: Problem, names: Mapping[str, str]) -> Problem:
    """The same problem, saying who mends it. `names` are those of the districts by slug."""
    owner = names.get(district_of(problem.path) or "", "市级维护人")
    return replace(problem, hint=f"请{owner}改正：{problem.hint}")


@dataclass(frozen=True, slots=True)
class Comparable:
    """Both states without the records that have errors and without what hangs on those."""

    before: Catalogue
    after: Catalogue
    left_out: int
    """Records that are missing from one of them or both."""


def comparable(
    before: Catalogue, after: Catalogue, wrong_before: Sequence[Problem], wrong_after: Sequence[Problem]
) -> Comparable | None:
    """What can be published of both states; None where districts.yml itself has errors, on which everything hangs.

    A record that is left out after merging is left out before it, too: otherwise it would seem to vanish.
    """
    bad_before, bad_after = _with_errors(wrong_before), _with_errors(wrong_after)
    new = _sound_part(after, bad_after)
    if new is None:
        return None
    gone = _paths(after) - _paths(new)
    old = _sound_part(before, bad_before | gone)
    if old is None:
        return None
    # Of what hangs on a record that is left out, the other state may have kept some.
    return Comparable(old, new, len(gone | (_paths(before) - _paths(old))))


def _with_errors(problems: Sequence[Problem]) -> set[str]:
    errors = (problem.path for problem in problems if problem.severity is Severity.ERROR)
    return {path.removeprefix(f"{CATALOGUE}/") for path in errors}


def _paths(catalogue: Catalogue) -> set[str]:
    return {record.path for record in catalogue.records()}


def _sound_part(catalogue: Catalogue, bad: Set[str]) -> Catalogue | None:
    districts = catalogue.districts
    if districts is None or districts.path in bad:
        return None
    part = Catalogue(catalogue.root, unreadable=set(catalogue.unreadable))
    part.add(districts)
    slugs = {district["slug"] for district in districts.get("districts")}

    def fits(record: Record) -> bool:
        return record.path not in bad and record.round in part.rounds and record.district in slugs

    for record in catalogue.rounds.values():
        if record.path not in bad:
            part.add(record)
    for record in catalogue.enterprises:
        if fits(record):
            part.add(record)
    for record in catalogue.demands:
        if fits(record) and part.find("enterprise", record.get("enterprise")):
            part.add(record)
    for record in catalogue.applications:
        if (
            fits(record)
            and part.find("enterprise", record.get("enterprise"))
            and part.find("demand", record.get("demand"))
        ):
            part.add(record)
    return part
