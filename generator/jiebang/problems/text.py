"""Problems for a person at a terminal: where, what, and what to do, each on its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiebang.problems.problem import Problem, Severity, count_by_severity

if TYPE_CHECKING:
    from rich.console import Console

WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.HINT: "提示"}
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.HINT: "bold cyan"}
_COUNTERS = {Severity.ERROR: "个错误", Severity.WARNING: "个警告", Severity.HINT: "个提示"}


def place(problem: Problem) -> str:
    """`2024/x/demands/d-….yml:12:3`; the file alone where the finding is about the whole file."""
    return f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path


def counted(problems: Sequence[Problem]) -> str:
    """`3 个错误、1 个警告`; `0 个问题` where there is nothing."""
    counts = count_by_severity(problems)
    parts = [f"{counts[s.value]} {_COUNTERS[s]}" for s in Severity if counts[s.value]]
    return "、".join(parts) or "0 个问题"


MOST_SHOWN = 500
"""More problems than this nobody reads one by one."""


def shortened(problems: Sequence[Problem], most: int = MOST_SHOWN) -> tuple[Sequence[Problem], int]:
    """(the problems to show, how many more there are): of too many the worst ones, in their order."""
    if len(problems) <= most:
        return problems, 0
    ranks = list(Severity)
    worst = sorted(range(len(problems)), key=lambda number: ranks.index(problems[number].severity))[:most]
    return [problems[number] for number in sorted(worst)], len(problems) - most


def more_of_them(left: int) -> str:
    """What is said of problems that are not shown."""
    return f"另有 {left} 个问题没有逐条列出；全部用 --format json 查看，或改正上面的再运行一次。"


def show(problems: Sequence[Problem], console: Console) -> None:
    """Prints each problem in three lines. Nothing in it is taken for markup; long lines wrap at the terminal's width."""
    from rich.text import Text

    told, left = shortened(problems)
    for problem in told:
        head = Text()
        head.append(place(problem), style="bold")
        head.append(f"  {WORDS[problem.severity]} {problem.code}", style=_STYLES[problem.severity])
        head.append(f"  {problem.field}")
        # A place stays on one line, so that a terminal or an editor can open it.
        console.print(head, soft_wrap=True)
        console.print(Text(f"    {problem.message}"), soft_wrap=True)
        console.print(Text(f"    → {problem.hint}", style="green"), soft_wrap=True)
    if left:
        console.print(Text(more_of_them(left), style="bold"), soft_wrap=True)
