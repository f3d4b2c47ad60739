"""By day a part of the dear tests is run, the same part in all processes of a run, and each has its turn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest

from tests import turns
from tests.conftest import ROOT
from tests.turns import DEAR, Dear


class _Item:
    def __init__(self, name: str, number: int) -> None:
        self.nodeid = f"{name}::test_{number}"


_DEAR, _CHEAP, _ALONE = "tests/dear.py", "tests/cheap.py", "tests/alone.py"
ITEMS = [*(_Item(_DEAR, n) for n in range(30)), *(_Item(_CHEAP, n) for n in range(10)), _Item(_ALONE, 0)]


@pytest.fixture(autouse=True)
def _by_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(turns, "DEAR", {_DEAR: Dear(9, 1 / 3), _ALONE: Dear(3, 1 / 3)})
    monkeypatch.setattr(turns, "at_night", lambda: False)
    before = turns._Run.seed
    yield
    turns._Run.seed = before


def _run(seed: int | None, items: list[_Item] = ITEMS) -> set[str]:
    turns._Run.seed = seed
    asked = cast("list[pytest.Item]", items)
    waiting = turns.draw(asked)
    return {item.nodeid for item in asked if item not in waiting}


def test_every_dear_file_is_there_and_has_a_share() -> None:
    assert [name for name in DEAR if not (ROOT / name).is_file()] == []
    assert all(1 / 5 <= dear.share <= 1 and dear.seconds > 0 for dear in DEAR.values())
    # What guards names and numbers is looked through each time.
    guards = ("tests/publication/", "tests/rules/test_privacy")
    assert [name for name, dear in DEAR.items() if dear.share < 1 and name.startswith(guards)] == []


def test_a_third_is_run_of_what_is_dear_and_all_of_the_rest() -> None:
    run = _run(1)
    assert len([name for name in run if name.startswith(_DEAR)]) == 10
    assert {name for name in run if name.startswith(_CHEAP)} == {item.nodeid for item in ITEMS[30:40]}


def test_the_order_of_the_tests_changes_nothing() -> None:
    assert _run(7) == _run(7, list(reversed(ITEMS)))


def test_each_has_its_turn() -> None:
    runs = [_run(seed) for seed in range(60)]
    assert set.union(*runs) == {item.nodeid for item in ITEMS}


def test_no_file_is_left_out() -> None:
    assert all(f"{_ALONE}::test_0" in _run(seed) for seed in range(60))


def test_all_are_run_at_night_and_where_tests_are_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(_run(None)) == len(ITEMS)
    monkeypatch.setattr(turns, "at_night", lambda: True)
    assert len(_run(1)) == len(ITEMS)
