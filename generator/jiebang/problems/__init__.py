"""Problems are data; reporters only render them. Every check ends in these values and nothing else."""

from jiebang.problems.problem import Problem, Severity, count_by_severity, in_order

__all__ = ["Problem", "Severity", "count_by_severity", "in_order"]
