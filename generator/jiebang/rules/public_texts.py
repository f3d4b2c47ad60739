"""What a catalogue says in public, text by text, as it was typed; the rules on names, contact data, people and marks read this."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem
from jiebang.rules.places import at_line, line_of
from jiebang.rules.registry import Path, Report
from jiebang.schemas import Privacy, fields_of

_NO_PROSE = {"id", "notice.url"}
Found = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that goes out as it was typed."""

    record: Record
    path: Path
    text: str

    def problem(self, report: Report, found: Found, message: str) -> Problem:
        """A finding in it, at its line."""
        problem = report(self.record, self.path, message)
        return at_line(problem, self.record, self.text, line_of(self.text, found))


@cache
def public_paths(kind: str) -> tuple[Path, ...]:
    """The paths of the public texts of a kind of record."""
    return tuple(
        tuple(field.path.split("."))
        for field in fields_of(kind)
        if field.privacy is Privacy.PUBLIC
        and field.type == "文本"
        and not field.choices
        and "[]" not in field.path
        and field.path not in _NO_PROSE
    )


def public_texts(record: Record) -> Iterator[Typed]:
    """Every public text of a demand or a round."""
    for path in public_paths(record.kind):
        text = record.get(*(str(step) for step in path))
        if isinstance(text, str):
            yield Typed(record, path, text)


def all_texts(catalogue: Catalogue) -> Iterator[Typed]:
    """Every public text of a catalogue."""
    for record in [*catalogue.rounds.values(), *catalogue.demands]:
        yield from public_texts(record)


def is_cleared(typed: Typed, code: str) -> bool:
    """Whether a reviewer has taken a decision on a finding of this field, with name and reason."""
    field = ".".join(map(str, typed.path))
    return any(
        isinstance(note, dict)
        and note.get("code") == code
        and note.get("field") == field
        and note.get("reviewer")
        and note.get("reason")
        for note in typed.record.get("clearances") or ()
    )
