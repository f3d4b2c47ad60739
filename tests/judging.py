"""The check of a small catalogue that a test changed, and all forms in which its findings are told."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from jiebang.catalogue import Catalogue
from jiebang.catalogue.record import values_at
from jiebang.mapping import Maps
from jiebang.problems import Problem
from jiebang.problems.github import annotation, summary
from jiebang.problems.machine import to_json, to_sarif
from jiebang.problems.text import show
from jiebang.rules import documented, judgement
from jiebang.schemas import KINDS, Privacy, fields_of

_KNOWN = Maps(jobs=1)


def judge(root: Path) -> tuple[Catalogue, list[Problem]]:
    """As the program's `judge`; files that an earlier test left as they are in the fixture are not worked out again.

    That this changes no finding is what `tests/rules/test_map_and_reduce.py` shows. A test that changes the program itself asks the
    program's own `judge`, which remembers nothing.
    """
    return judgement.judge(root, _KNOWN)


SHORTEST = 4
"""So many characters may stand somewhere by chance."""


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def private_values(catalogue: Catalogue) -> frozenset[str]:
    """Every private text of a catalogue, but for ids (they are file names), dates and choices."""
    found: set[str] = set()
    for record in catalogue.records():
        openly = record.get("disclosure") == "公开"
        for field in fields_of(record.kind):
            named = field.path in {"schema", "id", "enterprise", "demand"} or (openly and field.shown_when)
            if field.privacy is Privacy.PUBLIC or field.choices or field.type == "日期" or named:
                continue
            found.update(text.strip() for text in _strings(values_at(record.value, field.path)))
    # What the forms themselves print as an example is nobody's secret.
    examples = {str(field.example) for kind in KINDS for field in fields_of(kind)}
    public = {text for record in catalogue.demands for text in _strings([record.get("title"), record.get("code")])}
    return frozenset({text for text in found if len(text) >= SHORTEST} - examples - public)


def outputs(problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Each form of output by its name, and what it says of these problems."""
    out = io.StringIO()
    show(problems, Console(file=out, width=200, highlight=False))
    yield "text", out.getvalue()
    yield "github", "\n".join(map(annotation, problems))
    yield "summary", summary(problems, 12)
    yield "json", to_json(problems, 12)
    yield "sarif", to_sarif(problems, {f.code: (f.title, f.remedy) for f in documented()}, "0")
