"""The check of a small catalogue that a test changed, and all forms in which its findings are told."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from jiebang.catalogue import Catalogue
from jiebang.mapping import Maps
from jiebang.problems import Problem
from jiebang.problems.github import annotation, summary
from jiebang.problems.machine import to_json, to_sarif
from jiebang.problems.text import show
from jiebang.rules import documented, judgement

_KNOWN = Maps(jobs=1)


def judge(root: Path) -> tuple[Catalogue, list[Problem]]:
    """As the program's `judge`; files that an earlier test left as they are in the fixture are not worked out again.

    That this changes no finding is what `tests/rules/test_map_and_reduce.py` shows. A test that changes the program itself asks the
    program's own `judge`, which remembers nothing.
    """
    return judgement.judge(root, _KNOWN)


def outputs(problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Each form of output by its name, and what it says of these problems."""
    out = io.StringIO()
    show(problems, Console(file=out, width=200, highlight=False))
    yield "text", out.getvalue()
    yield "github", "\n".join(map(annotation, problems))
    yield "summary", summary(problems, 12)
    yield "json", to_json(problems, 12)
    yield "sarif", to_sarif(problems, {f.code: (f.title, f.remedy) for f in documented()}, "0")
