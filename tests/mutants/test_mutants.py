"""What `make mutants` rests on: every change is one, can be told by its name, and what may survive is still there to survive."""

from __future__ import annotations

import ast

import pytest

from tests.conftest import ROOT
from tests.mutants.__main__ import explained
from tests.mutants.operators import mutants_of, mutated
from tests.mutants.places import PLACES, Place

SOURCE = '''
"""A module."""
LIMIT = 3

def kept(values: list[int], *, also: bool = False) -> list[int]:
    """Those below the limit."""
    found = [value for value in values if value < LIMIT and not value % 2]
    if also:
        found.append(0)
    return found or ["none" , "没有"]
'''


def _sources() -> dict[str, str]:
    modules = (module for place in PLACES.values() for module in place.modules)
    return {module: (ROOT / "generator" / "jiebang" / module).read_text(encoding="utf-8") for module in modules}


def test_each_mutant_changes_one_thing() -> None:
    told = {(one.function, one.was, one.becomes) for one in mutants_of("m.py", SOURCE)}
    assert ("kept", "value < LIMIT", "value <= LIMIT") in told
    assert ("kept", "if also:", "if not also:") in told
    assert ("kept", "found.append(0)", "nothing") in told
    assert ("", "3", "4") in told and ("", "False", "True") in told
    assert not any("没有XX" in becomes or "A module" in was for _, was, becomes in told)
    before = ast.unparse(ast.parse(SOURCE))
    after = [ast.unparse(mutated(SOURCE, one)) for one in mutants_of("m.py", SOURCE)]
    assert before not in after and len(set(after)) == len(after)


def test_what_may_survive_is_a_mutant_of_today_with_a_reason() -> None:
    names = {one.name for module, source in _sources().items() for one in mutants_of(module, source)}
    assert sorted(explained().keys() - names) == []
    assert all(len(reason) > 20 for reason in explained().values())


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_the_tests_of_a_place_are_there(place: Place) -> None:
    assert [name for name in place.tests if not (ROOT / name).exists()] == []
