"""The solver behind the audit of the figures: exact over whole numbers, silent, and never content with less than an answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from highspy import HighsModelStatus
from hypothesis import event, example, given
from hypothesis import strategies as st

from jiebang.publication.disclosure_control.integer_program import Expression, IntegerProgram

_SMALL = st.integers(-3, 3)
_BOUNDS = st.tuples(st.integers(-2, 2), st.integers(0, 4)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1]))
_Row = tuple[Sequence[int], int, float]


@st.composite
def _programs(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[_Row], list[list[int]]]:
    """Bounds of the variables, rows (coefficients, low, high), and the expressions that are asked about."""
    bounds = draw(st.lists(_BOUNDS, min_size=1, max_size=4))
    factors = st.lists(_SMALL, min_size=len(bounds), max_size=len(bounds))
    highs = st.one_of(st.just(math.inf), st.integers(-4, 8).map(float))
    drawn = draw(st.lists(st.tuples(factors, st.integers(-6, 6), highs), max_size=4))
    # A row with one value is what a published total is.
    rows: list[_Row] = [(row, low, float(low) if draw(st.booleans()) else max(low, high)) for row, low, high in drawn]
    return bounds, rows, draw(st.lists(factors, min_size=1, max_size=4))


def _expression(factors: Sequence[int]) -> Expression:
    return {column: float(factor) for column, factor in enumerate(factors) if factor}


def _value(factors: Sequence[int], values: Sequence[int]) -> int:
    return sum(factor * value for factor, value in zip(factors, values, strict=True))


@given(_programs())
@example(([(0, 1)] * 3, [([1, 1, 0], 1, 1.0), ([0, 1, 1], 1, 1.0), ([1, 0, 1], 1, 1.0)], [[1, 0, 0]]))
@example(([(0, 4)] * 2, [([2, 2], 3, math.inf)], [[1, 1], [1, 0], [-1, 2]]))
@example(([(0, 4)] * 2, [([2, 2], 3, 5.0), ([0, 0], 1, 1.0)], [[1, 1]]))
def test_extents_are_those_of_all_solutions_tried_one_by_one(
    program: tuple[list[tuple[int, int]], list[_Row], list[list[int]]],
) -> None:
    bounds, rows, asked = program
    solutions = [
        values
        for values in product(*(range(low, high + 1) for low, high in bounds))
        if all(low <= _value(row, values) <= high for row, low, high in rows)
    ]
    event(f"solutions: {min(len(solutions), 3)}")
    solver = IntegerProgram()
    for low, high in bounds:
        solver.variable(low, high)
    for row, least, most in rows:
        solver.row(_expression(row), least, most)
    assert solver.is_feasible() == bool(solutions)
    if solutions:
        for factors in asked:
            reached = [_value(factors, values) for values in solutions]
            assert set(solver.seen(_expression(factors))) <= set(reached)
            assert solver.extent(_expression(factors), 1000) == (min(reached), max(reached))


def test_a_large_extent_is_told_to_the_last_one() -> None:
    """Neither bound is only near the best."""
    solver = IntegerProgram()
    one, other = solver.variable(0, 1_000_000), solver.variable(0, 1_000_000)
    solver.row({one: 2, other: 2}, 3, 1_999_997)
    assert solver.is_feasible()
    assert solver.extent({one: 1, other: 1}, 1_000_000) == (2, 999_998)


def test_the_solver_says_nothing_of_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    solver = IntegerProgram()
    solver.row({solver.variable(0, 3): 2}, 1, 5)
    assert solver.is_feasible()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "status", [HighsModelStatus.kTimeLimit, HighsModelStatus.kUnknown, HighsModelStatus.kUnbounded]
)
def test_a_solver_that_did_not_come_to_an_end_is_not_believed(status: HighsModelStatus) -> None:
    class Stopped:
        def __init__(self, solver: Any) -> None:
            self._solver = solver

        def __getattr__(self, name: str) -> Any:
            return getattr(self._solver, name)

        def getModelStatus(self) -> HighsModelStatus:  # noqa: N802 - the solver's own name
            return status

    solver = IntegerProgram()
    solver.variable(0, 3)
    vars(solver)["_solver"] = Stopped(solver._solver)
    with pytest.raises(RuntimeError, match="did not come to an end"):
        solver.is_feasible()
