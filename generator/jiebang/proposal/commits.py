"""A commit by itself, before anybody is asked to merge it: its files, its message, and the records as they are with it.

Client hooks ask this of what is about to be committed or pushed, the server's hook of every commit that comes: what lies in the history
stays there, whatever later commits mend.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jiebang.catalogue.keys import holds_secret
from jiebang.catalogue.sealed import recipients_of
from jiebang.detection import has_mark
from jiebang.mapping import Maps
from jiebang.problems import Problem, in_order
from jiebang.problems.places import with_places
from jiebang.proposal.checkout import CATALOGUE, in_catalogue, lay_out
from jiebang.proposal.contents import look_through, unsealed
from jiebang.proposal.findings import finding, shown
from jiebang.proposal.repository import Repository, Tree, changes_between, decoded
from jiebang.proposal.told_texts import in_message

_MESSAGE = "COMMIT_EDITMSG"
"""Stands for the path in a problem of a commit's message: git's own name of the file that it is typed into."""


def message_problems(message: str) -> Iterator[Problem]:
    """What a commit's message says that belongs to a person, or is marked as secret."""
    if kinds := in_message(message):
        yield in_a_message("R541", f"提交说明里有{'、'.join(kinds)}（不在这里写出）。")
    if has_mark(message):
        yield in_a_message("R551", "提交说明里有密级标志，或“内部资料”“不得外传”一类的字样。")
    if holds_secret(message.encode("utf-8", errors="replace")):
        yield in_a_message("R546", "提交说明里有打开密封记录的密钥（不在这里写出）。")


def ref_problems(repository: Repository, name: str, id_: str) -> Iterator[Problem]:
    """What the name of a branch or a tag, and the message of a tag, say that belongs to a person: they are kept as commits are."""
    yield from message_problems(name)
    kind, content = repository.object(id_)
    if kind == "tag":
        yield from message_problems(decoded(content.partition(b"\n\n")[2], "utf-8"))


def in_a_message(code: str, message: str) -> Problem:
    """A problem of a commit's message."""
    return replace(finding(code, _MESSAGE, message), field="提交说明")


def tree_problems(
    repository: Repository, before: Tree, after: Tree, maps: Maps | None, elsewhere: frozenset[str] = frozenset()
) -> list[Problem]:
    """What is wrong with the files that differ, and with the records where one of them differs; paths start at the repository's root.

    Without `maps` the records are not judged. `elsewhere`: as in `look_through`.
    """
    changes = changes_between(before, after)
    found = list(look_through(repository, changes, after, elsewhere))
    if maps is not None and any(in_catalogue(change.path) for change in changes):
        records, are_sealed = _records_problems(repository, after, maps)
        found += records
        told = {problem.path for problem in found}
        for change in changes if are_sealed else ():
            # Of records the check says it; beside them may stand copies that are none.
            if change.after is not None and shown(change.path) not in told:
                found += unsealed(repository, change.after)
    return in_order(with_places(dict.fromkeys(found), CATALOGUE))


def _records_problems(repository: Repository, tree: Tree, maps: Maps) -> tuple[list[Problem], bool]:
    """What is wrong with the records, and whether they have to be sealed."""
    # Slow to import; most commits of the program's own repository touch no record.
    from jiebang.rules.judgement import judge

    with tempfile.TemporaryDirectory(prefix="jiebang-commit-") as scratch:
        folder = Path(scratch) / CATALOGUE
        wrong = lay_out(repository, tree, folder)
        catalogue, found = judge(folder, maps, whole=False)
    problems = [replace(problem, path=f"{CATALOGUE}/{problem.path}") for problem in (*wrong, *found)]
    return problems, bool(recipients_of(catalogue.districts))


def commit_problems(
    repository: Repository, commit: str, maps: Maps | None, elsewhere: frozenset[str] = frozenset()
) -> list[Problem]:
    """Everything wrong with a commit, seen from its first parent. `elsewhere`: as in `look_through`."""
    parent = repository.parent(commit)
    before = repository.tree(parent) if parent is not None else {}
    files = tree_problems(repository, before, repository.tree(commit), maps, elsewhere)
    return [*message_problems(repository.message(commit)), *files]
