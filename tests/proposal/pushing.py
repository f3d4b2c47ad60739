"""What the hook of a server without a forge says of a push, asked in this process."""

from __future__ import annotations

from pathlib import Path

from jiebang.errors import UserError
from jiebang.problems import has_errors
from jiebang.proposal import Judged
from jiebang.proposal.received import Update, judge_push
from jiebang.proposal.repository import Repository
from tests.turns import in_turn

NOTHING = "0" * 40


def push_is_refused(folder: Path, head: str, account: str) -> bool:
    """Whether `head` may not be pushed to the branch that HEAD names, by this account."""
    with Repository(folder) as repository:
        main = repository.main_branch()
        update = Update(repository.commit(main), repository.commit(head), main)
    try:
        return any(answer.refused for answer in judge_push(folder, [update], account))
    except UserError:
        return True


def assert_push_agrees(folder: Path, head: str, account: str, judged: Judged) -> None:
    """What `proposal` refuses of a request, the hook refuses of a push; a branch that does not go forward it refuses anyway.

    Asked of hundreds of changes, by the same rules: by day of a quarter of them.
    """
    if not in_turn(1 / 4):
        return
    with Repository(folder) as repository:
        forward = repository.reaches(repository.commit(repository.main_branch()), repository.commit(head))
    if not forward:
        assert push_is_refused(folder, head, account)
    elif has_errors(judged.problems):
        assert push_is_refused(folder, head, account), [problem.code for problem in judged.problems]
