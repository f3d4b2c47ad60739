"""Smallest and largest values of linear expressions over whole numbers under linear constraints, by the solver HiGHS.

Source: the audit of suppressed tables in statistical disclosure control asks for exactly these bounds. The solver is imported when there
is something to solve: most commands never need it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from highspy import HighsLp
    from highspy._core import _Highs

_GLANCES = 8
"""Random objectives that open most values before any is examined by itself."""
_OPTIONS: Mapping[str, bool | int | float] = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0}
"""One thread, and no result that is only near the best: the same question gets the same answer."""
_WHOLE = 1e-6
"""So far from a whole number a value may be that stands for it: the solver's own tolerance. Sums of thousands are still nearer to one
whole number than to the next."""

Expression = dict[int, float]
"""Coefficients by variable."""


class IntegerProgram:
    """Variables, their bounds, rows of constraints; answers how small and how large an expression can be."""

    def __init__(self) -> None:
        self._low: list[float] = []
        self._high: list[float] = []
        self._rows: list[tuple[Expression, float, float]] = []
        self._seen: list[list[float]] = []

    def variable(self, low: float, high: float) -> int:
        self._low.append(low)
        self._high.append(high)
        return len(self._low) - 1

    def row(self, expression: Expression, low: float, high: float) -> None:
        self._rows.append((expression, low, high))

    def _model(self) -> HighsLp:
        from highspy import HighsLp, MatrixFormat

        model = HighsLp()
        model.num_col_, model.num_row_ = len(self._low), len(self._rows)
        model.col_cost_ = [0.0] * len(self._low)
        model.col_lower_, model.col_upper_ = self._low, self._high
        model.row_lower_ = [low for _, low, _ in self._rows]
        model.row_upper_ = [high for _, _, high in self._rows]
        matrix = model.a_matrix_
        matrix.format_ = MatrixFormat.kRowwise
        matrix.start_ = [0, *accumulate(len(row) for row, _, _ in self._rows)]
        matrix.index_ = [column for row, _, _ in self._rows for column in row]
        matrix.value_ = [value for row, _, _ in self._rows for value in row.values()]
        return model

    @cached_property
    def _solver(self) -> _Highs:
        """The solver, which holds all variables and rows; none is added afterwards."""
        # Not `Highs`: the layer above writes to standard output before it can be told not to.
        from highspy import HighsStatus
        from highspy._core import _Highs

        solver = _Highs()
        for option, value in _OPTIONS.items():
            solver.setOptionValue(option, value)
        if solver.passModel(self._model()) == HighsStatus.kError:
            raise RuntimeError("the audit of the figures asks for what its solver does not take")
        return solver

    def _solve(self, objective: Sequence[float]) -> float:
        """The least value; NaN where nothing satisfies the constraints."""
        self._solver.changeColsCost(len(objective), list(range(len(objective))), list(objective))
        # Where numbers that need not be whole do best with whole ones, whole ones do no better; that is found much sooner.
        found = self._best()
        if found is not None and any(abs(value - round(value)) > _WHOLE for value in found):
            found = self._best_of_whole()
        if found is None:
            return math.nan
        values = [float(round(value)) for value in found]
        self._seen.append(values)
        return sum(factor * value for factor, value in zip(objective, values, strict=True))

    def _best(self) -> list[float] | None:
        """The values of the variables that give the least; None where nothing satisfies the constraints."""
        from highspy import HighsModelStatus

        self._solver.run()
        status = self._solver.getModelStatus()
        if status == HighsModelStatus.kInfeasible:
            return None
        if status != HighsModelStatus.kOptimal:
            raise RuntimeError(f"the audit of the figures did not come to an end: {status.name}")
        return list(self._solver.getSolution().col_value)

    def _best_of_whole(self) -> list[float] | None:
        from highspy import HighsVarType

        columns = range(len(self._low))
        for column in columns:
            self._solver.changeColIntegrality(column, HighsVarType.kInteger)
        found = self._best()
        for column in columns:
            self._solver.changeColIntegrality(column, HighsVarType.kContinuous)
        return found

    def is_feasible(self) -> bool:
        """Looks around at the same time: a few random objectives show most values to be open."""
        if not self._low:
            return True
        random = Random(7)  # noqa: S311 - where to look first, not a secret
        for _ in range(_GLANCES):
            objective = [float(random.randint(-3, 3)) for _ in self._low]
            for direction in (objective, [-value for value in objective]):
                if math.isnan(self._solve(direction)):
                    return False
        return True

    def seen(self, expression: Expression) -> list[int]:
        """Values that the solutions found so far give it."""
        return [round(sum(value * seen[column] for column, value in expression.items())) for seen in self._seen]

    def extent(self, expression: Expression, enough: int) -> tuple[int, int]:
        """Smallest and largest value, or any two that lie `enough` apart."""
        values = self.seen(expression)
        if values and max(values) - min(values) >= enough:
            return min(values), max(values)
        objective = [0.0] * len(self._low)
        for column, value in expression.items():
            objective[column] = value
        return round(self._solve(objective)), round(-self._solve([-value for value in objective]))
