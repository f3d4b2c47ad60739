"""Problems are data; reporters only render them. Every check ends in these values and nothing else."""

from jiebang.problems.problem import (
    Problem,
    Severity,
    count_by_severity,
    has_errors,
    in_order,
    plain_problems,
    problems_of,
)

__all__ = ["Problem", "Severity", "count_by_severity", "has_errors", "in_order", "plain_problems", "problems_of"]
