"""Smallest and largest values of linear expressions over whole numbers under linear constraints (scipy's HiGHS).

Source: the audit of suppressed tables in statistical disclosure control asks for exactly these bounds. The solver takes half a second to
import, so it is imported when there is something to solve: most commands never need it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

_GLANCES = 8
"""Random objectives that open most values before any is examined by itself."""
_INFEASIBLE = 2

Expression = dict[int, float]
"""Coefficients by variable."""


class IntegerProgram:
    """Variables, their bounds, rows of constraints; answers how small and how large an expression can be."""

    def __init__(self) -> None:
        self._low: list[float] = []
        self._high: list[float] = []
        self._rows: list[tuple[Expression, float, float]] = []
        self._matrix: LinearConstraint | None = None
        self._seen: list[list[float]] = []

    def variable(self, low: float, high: float) -> int:
        self._low.append(low)
        self._high.append(high)
        return len(self._low) - 1

    def row(self, expression: Expression, low: float, high: float) -> None:
        self._rows.append((expression, low, high))

    def _constraints(self) -> LinearConstraint:
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        entries = [(at, column, value) for at, (row, _, _) in enumerate(self._rows) for column, value in row.items()]
        rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = csr_array((values, (rows, columns)), shape=(max(1, len(self._rows)), len(self._low)), dtype=float)
        return LinearConstraint(
            matrix, [low for _, low, _ in self._rows] or [0], [high for _, _, high in self._rows] or [0]
        )

    def _solve(self, objective: Sequence[float]) -> float:
        """The least value; NaN where nothing satisfies the constraints."""
        from scipy.optimize import Bounds, milp

        if self._matrix is None:
            self._matrix = self._constraints()
        result = milp(
            objective,
            integrality=[1] * len(self._low),
            bounds=Bounds(self._low, self._high),
            constraints=self._matrix,
        )
        if result.status == _INFEASIBLE:
            return math.nan
        if result.x is None:
            raise RuntimeError(f"the audit of the figures did not come to an end: {result.message}")
        self._seen.append(result.x.round().tolist())
        return float(result.fun)

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
