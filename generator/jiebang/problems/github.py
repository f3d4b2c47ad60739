"""Problems for GitHub Actions: annotations at their lines, and the whole list for the job summary.

GitHub shows ten errors a step, so the annotations alone would hide the rest. File names and texts are escaped as the workflow
command syntax asks, so none of them can start a command of its own (safety rule 24).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiebang.problems.problem import Problem, Severity
from jiebang.problems.text import WORDS, counted, more_of_them, place, shortened

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def annotation(problem: Problem) -> str:
    """One workflow command, on one line."""
    properties = [f"file={_property(problem.path)}"]
    if problem.line:
        properties += [f"line={problem.line}", f"col={problem.column}"]
    properties.append(f"title={_property(f'{problem.code} {problem.field}')}")
    return f"::{_COMMANDS[problem.severity]} {','.join(properties)}::{_data(f'{problem.message} {problem.hint}')}"


_MOST_ANNOTATIONS = 100
"""GitHub shows ten of a kind; forges that show none have them in the log, where hundreds hide the rest."""


def log_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """The lines of a log: one for each problem, of too many the worst, and how many more there are."""
    told, left = shortened(problems, _MOST_ANNOTATIONS)
    yield from map(annotation, told)
    if left:
        yield more_of_them(left)


_MARKUP = str.maketrans(
    {character: f"\\{character}" for character in "!\"#$%'()*+,-./:;=?@[\\]^_`{|}~"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
)


def escaped(text: str) -> str:
    """Text for Markdown, a table's cell included: no markup, no link, no line end, no HTML, nothing hidden from its reader."""
    readable = (c if c.isprintable() else " " if c.isspace() else ascii(c)[1:-1] for c in text)
    return "".join(readable).translate(_MARKUP)


def summary(problems: Sequence[Problem], records: int) -> str:
    """The whole list as Markdown."""
    return f"### 记录检查：{records} 份记录，{counted(problems)}\n\n" + (table(problems) if problems else "")


def table(problems: Sequence[Problem]) -> str:
    """Problems as a table in Markdown, one a row."""
    told, left = shortened(problems)
    lines = ["| 位置 | 级别 | 项目 | 问题 | 怎么办 |", "|---|---|---|---|---|"]
    for p in told:
        cells = (place(p), f"{WORDS[p.severity]} {p.code}", p.field, p.message, p.hint)
        lines.append(f"| {' | '.join(escaped(cell) for cell in cells)} |")
    if left:
        lines += ["", more_of_them(left)]
    return "\n".join(lines) + "\n"
