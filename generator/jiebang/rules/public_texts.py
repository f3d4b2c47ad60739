"""What a catalogue says in public, text by text, as it was typed; the rules on names, contact data, people and marks read this, and the
leak gate asks the same of what goes out.

Which texts these are the schemas say: every text that is public, or that the enterprise's choice makes public, of every kind of record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain
from typing import Any, cast

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.decode import decode
from jiebang.catalogue.record import schema_path
from jiebang.problems import Problem
from jiebang.rules.registry import Path, Report
from jiebang.schemas import FieldDoc, Privacy, fields_of


def line_of(text: str, found: Callable[[str], bool]) -> int:
    """Number, from 0, of the line where something begins that `found` tells of the whole text."""
    lines = text.split("\n")
    last = next((n for n in range(len(lines)) if found("\n".join(lines[: n + 1]))), 0)
    return next((n for n in range(last, -1, -1) if found("\n".join(lines[n : last + 1]))), 0)


def at_line(problem: Problem, record: Record, text: str, number: int) -> Problem:
    """The problem of a field, moved to a line of the field's text where the file keeps its lines (a text after `|`)."""
    source, _ = decode(record.source)
    lines = (source or "").split("\n")
    # Somebody may have changed the file since it was read.
    if problem.line > len(lines) or lines[problem.line - 1][problem.column - 1 : problem.column] != "|":
        return problem
    place, wanted = problem.line + number, text.split("\n")[number]
    if place >= len(lines) or not lines[place].endswith(wanted):
        return problem
    return replace(problem, line=place + 1, column=len(lines[place]) - len(wanted) + 1)


_RANDOM = {"id", "districts[].slug"}
"""Made by a program, or of a few letters that choose an address: no prose, and nothing of an enterprise."""
_STANDS_ALONE = {"code", "notice.url", "districts[].gbt2260"}
"""Not read together with its neighbours."""
_BUREAU = {"phone", "email", "address"}
_APART = "\n\u3400\n"
"""Stands for the middle of a long text: a letter of no name and no number, so nothing reaches across it."""
_EDGE = 40
"""Characters at the edges of a text that are read together with its neighbour's: longer than any name or number."""
Found = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that goes out as it was typed."""

    record: Record
    path: Path
    text: str

    @property
    def name(self) -> str:
        """The path as the schema has it, e.g. `districts[].contact.phone`."""
        return schema_path(self.path)

    @property
    def is_bureau_contact(self) -> bool:
        """Whether it is a bureau's own public telephone, mailbox or address."""
        return self.record.kind == "districts" and self.path[-2:-1] == ("contact",) and self.path[-1] in _BUREAU

    def problem(self, report: Report, found: Found, message: str) -> Problem:
        """A finding in it, at its line."""
        problem = report(self.record, self.path, message)
        return at_line(problem, self.record, self.text, line_of(self.text, found))


@dataclass(frozen=True)
class Joined:
    """Neighbours on a page, read in one go: what is cut up between two fields stands whole here.

    Of long texts the edges are enough, as each is read whole by itself, too.
    """

    parts: tuple[Typed, ...]

    @cached_property
    def text(self) -> str:
        return "\n".join(_edges(typed.text) for typed in self.parts)

    def cut_up(self, found: Found) -> tuple[Typed, Typed] | None:
        """The two fields between which something begins and ends that neither of them, nor any other, holds alone."""
        if not found(self.text) or any(found(typed.text) for typed in self.parts):
            return None
        last = next(n for n in range(2, len(self.parts) + 1) if found(Joined(self.parts[:n]).text))
        first = next(n for n in reversed(range(last - 1)) if found(Joined(self.parts[n:last]).text))
        return self.parts[first], self.parts[last - 1]


def _edges(text: str) -> str:
    return text if len(text) <= 2 * _EDGE else text[:_EDGE] + _APART + text[-_EDGE:]


@cache
def _texts_of(kind: str) -> tuple[FieldDoc, ...]:
    """The fields of a kind of record that may hold public prose, in the order of the page, which is the schema's."""
    return tuple(
        field
        for field in fields_of(kind)
        if (field.privacy is Privacy.PUBLIC or field.shown_when is not None)
        and field.type == "文本"
        and field.path not in _RANDOM
    )


@cache
def public_paths(kind: str) -> tuple[Path, ...]:
    """The paths of the public texts of a kind of record."""
    return tuple(tuple(field.path.split(".")) for field in _texts_of(kind) if field.shown_when is None)


@cache
def _steps(kind: str) -> tuple[tuple[tuple[str, ...], str | None], ...]:
    """(path of a text's field, step by step; the choice that makes it public, None where it always is)"""
    return tuple((tuple(field.path.split(".")), field.shown_when) for field in _texts_of(kind))


def _at(value: Any, steps: tuple[str, ...], path: Path) -> Iterator[tuple[Path, str]]:
    """(path, text) of each text that the steps of a schema's path lead to."""
    if not steps:
        if isinstance(value, str):
            yield path, value
    elif isinstance(value, dict):
        name = steps[0].removesuffix("[]")
        inner = value.get(name)
        if not steps[0].endswith("[]"):
            yield from _at(inner, steps[1:], (*path, name))
        elif isinstance(inner, list):
            for number, item in enumerate(inner):
                yield from _at(item, steps[1:], (*path, name, number))


def public_texts(record: Record) -> Iterator[Typed]:
    """Every public text of a record; an enterprise's name is one where the enterprise said 公开."""
    value = record.value
    for steps, shown_when in _steps(record.kind):
        if shown_when is None or value.get("disclosure") == shown_when:
            for path, text in _at(value, steps, ()):
                yield Typed(record, path, text)


def speaks_in_public(record: Record) -> bool:
    """Whether readers may see texts of a record: all but those of applicants and their applications."""
    return record.kind != "application" and (record.kind != "enterprise" or record.get("role") == "大企业")


def _public_records(catalogue: Catalogue) -> Iterator[Record]:
    return filter(speaks_in_public, catalogue.records())


class _Once:
    """The public texts of a record that is judged alone, listed once for all rules."""

    def __init__(self, record: Record) -> None:
        self.typed = tuple(public_texts(record)) if speaks_in_public(record) else ()
        self.joined = tuple(_joined(record, self.typed))


def _texts_once(catalogue: Catalogue) -> _Once | None:
    if catalogue.alone is None:
        return None
    if catalogue.texts is None:
        catalogue.texts = _Once(catalogue.alone)
    return cast("_Once", catalogue.texts)


def all_texts(catalogue: Catalogue) -> Iterable[Typed]:
    """Every public text of a catalogue."""
    if (once := _texts_once(catalogue)) is not None:
        return once.typed
    return chain.from_iterable(map(public_texts, _public_records(catalogue)))


def joined_texts(catalogue: Catalogue) -> Iterable[Joined]:
    """The prose of each record in the order of its page; of `districts.yml` that of each bureau.

    A demand's code stands alone: letters and digits from outside, parted from the title by its state and type.
    """
    if (once := _texts_once(catalogue)) is not None:
        return once.joined
    return chain.from_iterable(_joined(record, public_texts(record)) for record in _public_records(catalogue))


def _joined(record: Record, texts: Iterable[Typed]) -> Iterator[Joined]:
    # Each district of `districts.yml` has its own place on a page; all of another record stands together, and all of the city.
    holders: dict[Path, list[Typed]] = {}
    for typed in texts:
        if typed.name not in _STANDS_ALONE:
            holders.setdefault(typed.path[:2] if typed.path[0] == "districts" else (), []).append(typed)
    for texts in holders.values():
        if len(texts) > 1:
            yield Joined(tuple(texts))


def texts_as_read(catalogue: Catalogue) -> Iterator[str]:
    """Each public text, and the neighbours on a page in one go: what is looked through."""
    for typed in all_texts(catalogue):
        yield typed.text
    for joined in joined_texts(catalogue):
        yield joined.text


def is_cleared(typed: Typed, code: str) -> bool:
    """Whether a reviewer has taken a decision on a finding of this field, with name and reason."""
    clearances = typed.record.get("clearances")
    if not clearances:
        return False
    field = ".".join(map(str, typed.path))
    return any(
        isinstance(note, dict)
        and note.get("code") == code
        and note.get("field") == field
        and note.get("reviewer")
        and note.get("reason")
        for note in clearances
    )
