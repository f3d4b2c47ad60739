"""States of the small catalogue in memory, and what is said of the change from one to another: for what no repository is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from jiebang.catalogue import Catalogue
from jiebang.catalogue.catalogue import ReadFile, read_record
from jiebang.catalogue.files import file_at
from jiebang.problems import Problem
from jiebang.proposal.change import Change
from tests.conftest import FIXTURES

Edit = tuple[str, str, str | None]
"""A file, what stands in it, and what is there instead; None: the file is gone. Of a file that is not there, nothing stands in it."""
Edits = tuple[Edit, ...]
NOON = datetime(2025, 1, 1, 4, tzinfo=UTC)
"""In Beijing."""

DISTRICTS, ROUND = "districts.yml", "2024/round.yml"
HIDDEN, NAMED = "2024/qiaokou/enterprises/e-aaaaaaa1.yml", "2024/zone/enterprises/e-bbbbbbb2.yml"
"""Large enterprises: the first is not shown by name."""
SME, OTHER_SME = "2024/qiaokou/enterprises/e-ccccccc3.yml", "2024/zone/enterprises/e-ddddddd4.yml"
PUBLISHED, SELECTED = "2024/qiaokou/demands/d-aaaaaaa1.yml", "2024/zone/demands/d-bbbbbbb2.yml"
"""Demands of the hidden enterprise and of the named one."""
SUBMITTED = "2024/zone/demands/d-ccccccc3.yml"
WAITING, WINNER = "2024/qiaokou/applications/a-aaaaaaa1.yml", "2024/qiaokou/applications/a-bbbbbbb2.yml"
"""Applications of the first SME: to the published demand, and to the selected one."""
DECLINED = "2024/zone/applications/a-ccccccc3.yml"
"""An application of the other SME to the selected demand."""


@cache
def _base() -> dict[str, str]:
    base = FIXTURES / "base"
    return {path.relative_to(base).as_posix(): path.read_text(encoding="utf-8") for path in sorted(base.rglob("*.yml"))}


def text_of(path: str) -> str:
    """What a file of the small catalogue says."""
    return _base()[path]


@cache
def _read(path: str, text: str) -> ReadFile:
    file = file_at(path)
    assert file is not None, path
    return read_record(file, text.encode())


def state(edits: Iterable[Edit] = ()) -> Catalogue:
    """The small catalogue with a few words changed."""
    texts = dict(_base())
    for path, old, new in edits:
        if new is None:
            del texts[path]
            continue
        assert old in texts.get(path, ""), (path, old)
        texts[path] = texts[path].replace(old, new, 1) if path in texts else new
    catalogue = Catalogue(Path())
    for path, text in sorted(texts.items()):
        record = _read(path, text).record
        if record is not None:
            catalogue.add(record)
        else:
            catalogue.unreadable.add(path.rpartition("/")[2].removesuffix(".yml").upper())
    return catalogue


def told(
    judge: Callable[[Change], Iterable[Problem]], before: Iterable[Edit], after: Iterable[Edit], moment: datetime = NOON
) -> list[tuple[str, str]]:
    """(code, field) of each problem of the change from one state to another, both told by what differs from the small catalogue."""
    return [(problem.code, problem.field) for problem in judge(Change(state(before), state(after), moment))]
