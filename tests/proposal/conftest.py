"""A forge with the small valid catalogue on `main`, and the judgement of what is proposed to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from jiebang.proposal import Asked, Judged, judge_proposal
from tests.proposal.forge import Content, Forge, base_files


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    return Forge(tmp_path / "forge.git", base_files())


Judge = Callable[..., Judged]


@pytest.fixture
def judge(forge: Forge) -> Judge:
    """`judge(files, "shili-zone")`: the judgement of a pull request that changes these files, opened by these accounts."""

    def judged(files: Mapping[str, Content], *actors: str) -> Judged:
        forge.propose(files)
        return judge_proposal(Asked(forge.folder, "main", "proposal", actors))

    return judged
