"""Private values planted where readers would see them: two gates, each alone, refuse every one, and neither cries wolf at their twins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jiebang.build.verify import Verifier
from jiebang.catalogue import Catalogue, load
from jiebang.publication import Leak, Secrets, find_in_view, publish
from jiebang.site import render
from tests.detection.names import DEMAND, listed
from tests.judging import judge
from tests.plain_frames import plain_frames
from tests.turns import by_day, in_turn

PLANTED = listed("planted.yml")
INNOCENT = listed("innocent-places.yml")
RULES = {"R401", "R402", "R403", "R404", "R405", "R408"}


def _replace(file: Path, find: str, replace: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert find in text, f"{file.name} has no {find!r}"
    file.write_text(text.replace(find, replace, 1), encoding="utf-8")


def _plant(base: Path, case: dict[str, Any]) -> str:
    """Changes the catalogue as a case says, and returns the file."""
    for file, find, replace in case.get("prepare", ()):
        _replace(base / file, find, replace)
    file = str(case.get("file", DEMAND))
    _replace(base / file, case["find"], case["replace"])
    return file


def _gate_alone(base: Path) -> tuple[Catalogue, list[Leak]]:
    """What the gate says of the public view of a catalogue that nobody checked."""
    catalogue, _ = load(base)
    return catalogue, find_in_view(publish(catalogue, {}, drafts=True).site, catalogue, Secrets(catalogue))


@pytest.mark.parametrize("case", PLANTED, ids=lambda case: case["what"])
def test_a_planted_value_is_refused_at_its_line_and_by_the_gate_alone(base: Path, case: dict[str, Any]) -> None:
    file = _plant(base, case)
    found = [p for p in judge(base)[1] if p.code == case["code"] and p.path == file]
    assert found, case["what"]
    text = (base / file).read_text(encoding="utf-8")
    index = text.index(case["at"])
    assert text.count("\n", 0, index) + 1 in {p.line for p in found}
    _, leaks = _gate_alone(base)
    assert leaks
    for told in [*map(repr, found), *map(repr, leaks)]:
        assert case["at"].strip("|\n ") not in told


@pytest.mark.parametrize("case", INNOCENT, ids=lambda case: case["what"])
def test_a_twin_that_says_nothing_private_passes_both(base: Path, case: dict[str, Any]) -> None:
    _plant(base, case)
    assert [p for p in judge(base)[1] if p.code in RULES] == []
    catalogue, leaks = _gate_alone(base)
    assert leaks == []
    if not in_turn(1 / 3):
        return
    framed = plain_frames()
    verifier = Verifier(Secrets(catalogue), framed.assets)
    for output in render(publish(catalogue, {}, drafts=True).site, framed):
        verifier.take(output.path, output.content)
    verifier.read_index()
    assert verifier.leaks == []


FILES = [case for case in PLANTED if case["code"] in {"R401", "R408"}]


@pytest.mark.parametrize("case", by_day(FILES, len(FILES) // 4), ids=lambda case: case["what"])
def test_the_gate_over_files_needs_no_look_at_values(base: Path, case: dict[str, Any]) -> None:
    """Names and values of records stand in the finished files, too: each file alone is enough to stop."""
    _plant(base, case)
    catalogue, _ = load(base)
    framed = plain_frames()
    verifier = Verifier(Secrets(catalogue), framed.assets)
    for output in render(publish(catalogue, {}, drafts=True).site, framed):
        verifier.take(output.path, output.content)
    assert verifier.leaks
