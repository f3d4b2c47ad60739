"""Makes the problems that only a comparison with the base can have, from their documented entries."""

from __future__ import annotations

from jiebang.catalogue import Record
from jiebang.problems import Problem
from jiebang.rules.proposals import PROPOSAL_FINDINGS


def shown(path: str) -> str:
    """A path that can be printed: a name with control characters or broken bytes is written with escapes."""
    return path if path.isprintable() else ascii(path)[1:-1]


def finding(code: str, path: str, message: str, hint: str = "") -> Problem:
    """A problem of a file as a whole; `path` starts at the repository's root."""
    entry = PROPOSAL_FINDINGS[code]
    return Problem(code, entry.severity, shown(path), 0, 0, "文件", message, hint or entry.remedy)


def at_field(code: str, record: Record, field: tuple[str | int, ...], message: str, hint: str = "") -> Problem:
    """A problem at a field of a record; its path is within the catalogue."""
    entry = PROPOSAL_FINDINGS[code]
    return record.problem(code, field, message, hint or entry.remedy, entry.severity)
