"""One record: where it lies, what it says (as far as it is valid), and where each field stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from jiebang.catalogue.decode import decode
from jiebang.catalogue.files import ENDING, id_promised_by
from jiebang.catalogue.nodes import Node, Scalar, locate
from jiebang.catalogue.packing import unpacked
from jiebang.problems import Problem, Severity
from jiebang.schemas import field_at


class FarKept(Protocol):
    """Where the long entries of records are kept."""

    def far(self, path: str) -> bytes | None:
        """Those of the record at a path, packed; None where its file is read again for them."""


@dataclass(frozen=True, slots=True)
class Far:
    """The long entries of a record, packed until somebody asks: at hand, or recalled by the record's path. Where there are none, the file is
    read again for them."""

    names: frozenset[str]
    packed: bytes | FarKept | None

    def entries(self, path: str) -> bytes | None:
        """Those of the record at a path, packed."""
        return self.packed if self.packed is None or isinstance(self.packed, bytes) else self.packed.far(path)


class FarFieldError(Exception):
    """A mistake of ours: a rule that compares records reads a far field of one, and would not be asked again when that changes."""


_CLOSED: ContextVar[bool] = ContextVar("far fields are closed", default=False)


@contextmanager
def far_fields_closed() -> Iterator[None]:
    """While the context lasts, whoever reads a far field of a record gets FarFieldError."""
    token = _CLOSED.set(True)
    try:
        yield
    finally:
        _CLOSED.reset(token)


@dataclass(slots=True)
class Record:
    """A record that could be read. It holds only what passed the schema, so rules may use what they find without checking it.

    `path` is relative to the catalogue; `round` and `district` come from it (None for districts.yml). `sound` is True where the schema
    found nothing wrong.
    """

    kind: str
    path: str
    round: str | None
    district: str | None
    near: dict[str, Any]
    """The value without the entries that are `far`: of ten thousand records the long texts would be most of the memory."""
    origin: bytes | Path
    """The file's bytes, or the folder that its path leads from."""
    sound: bool
    far: Far | None = None
    closed: bool = False
    """Whether it is sealed and nobody opened it: `near` is its public part then."""
    facts: Any = None
    """What a map over the records found out about this one alone (see `jiebang.rules.facts`); None where none was made."""

    @property
    def value(self) -> dict[str, Any]:
        """Everything that the record says."""
        return self.near if self.far is None else {**self.near, **self._rest(self.far)}

    def _rest(self, far: Far) -> dict[str, Any]:
        if _CLOSED.get():
            raise FarFieldError(self.kind, sorted(far.names))
        if (entries := far.entries(self.path)) is not None:
            rest: dict[str, Any] = unpacked(entries)
            return rest
        from jiebang.catalogue.catalogue import read_record
        from jiebang.catalogue.files import RecordFile

        again = read_record(RecordFile(self.kind, self.path, self.round, self.district), self.source).record
        return {name: again.near[name] for name in far.names if name in again.near} if again is not None else {}

    @property
    def source(self) -> bytes:
        """The bytes of the record's text, opened where it is sealed; none where the file is gone since it was read."""
        if isinstance(self.origin, bytes):
            return self.origin
        try:
            data = (self.origin / self.path).read_bytes()
        except OSError:
            return b""
        if not self.path.endswith(ENDING):
            return data
        from jiebang.catalogue.keys import keyring
        from jiebang.catalogue.sealed import plain_of

        return plain_of(self.kind, self.path, data, keyring())

    @property
    def root(self) -> Node:
        """The tree with positions, read again from the source: only a record with a problem needs it, and kept for all records
        it would be most of the memory of a large catalogue."""
        from jiebang.catalogue.events import parse

        text, _ = decode(self.source)
        root = parse(text)[0] if text is not None else None
        return root if root is not None else Scalar("", 1, 1, plain=True)

    def get(self, name: str, *path: str) -> Any:
        """The value of a field, or of one below it, None where it is absent or was not valid."""
        value: Any = (self.near if self.far is None or name not in self.far.names else self._rest(self.far)).get(name)
        for step in path:
            if not isinstance(value, dict):
                return None
            value = value.get(step)
        return value

    @property
    def id(self) -> str:
        """The record's own id, or the one its file name promises."""
        return self.near.get("id") or id_promised_by(self.path)

    def problem(
        self, code: str, path: tuple[str | int, ...], message: str, hint: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        """A finding at one field of this record."""
        line, column = locate(self.root, path)
        return Problem(code, severity, self.path, line, column, field_name(self.kind, path), message, hint)


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(step.removesuffix("[]") for step in path.split("."))


def values_at(value: Any, path: str) -> Any:
    """What a field path such as `affiliates[].name` leads to in a record's value; past a list, the values of all its items."""
    for name in _steps(path):
        if isinstance(value, list):
            value = [item[name] for item in value if isinstance(item, dict) and name in item]
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def schema_path(path: tuple[str | int, ...]) -> str:
    """`("affiliates", 2, "name")` → `affiliates[].name`, as `jiebang.schemas` names fields."""
    text = ""
    for step in path:
        text += "[]" if isinstance(step, int) else f".{step}" if text else step
    return text


_UNKNOWN = "没有的项目"


def field_name(kind: str, path: tuple[str | int, ...]) -> str:
    """The field's name on the form, with its group's name in front where it has one: `联系人·联系电话`. A key that is none of ours is not
    said: it may be a value."""
    titles: list[str] = []
    number = ""
    for depth in range(1, len(path) + 1):
        step = path[depth - 1]
        if isinstance(step, int):
            number = f"（第 {step + 1} 条）"
            if titles:
                titles[-1] += number
            continue
        field = field_at(kind, schema_path(path[:depth]))
        title = field.title if field else _UNKNOWN
        if not titles or not titles[-1].startswith(title):
            titles.append(title)
    return "·".join(titles) or "文件"


_KEY = re.compile(r"^( *)(- )?([A-Za-z_]+)\s*[:：]")


def field_on_line(kind: str, text: str, line: int) -> str:
    """The field that a line of a file belongs to, told from the indentation alone: for files that cannot be parsed.

    `文件内容` where no known field is near.
    """
    path: list[str] = []
    indent: int | None = None
    for row in reversed(text.split("\n")[:line]):
        match = _KEY.match(row)
        if match is None:
            continue
        column = len(match.group(1)) + len(match.group(2) or "")
        if indent is None or column < indent:
            indent = column
            path.insert(0, match.group(3))
            if match.group(2):
                indent = len(match.group(1))
        if indent == 0:
            break
    known: list[str] = []
    for name in path:
        joined = ".".join([*known, name])
        inside = ".".join([*known[:-1], f"{known[-1]}[]", name]) if known else name
        found = next((candidate for candidate in (joined, inside) if field_at(kind, candidate)), None)
        if found is None:
            break
        known = found.split(".")
    titles: list[str] = []
    for depth in range(1, len(known) + 1):
        field = field_at(kind, ".".join(known[:depth]).removesuffix("[]"))
        if field is not None and titles[-1:] != [field.title]:
            titles.append(field.title)
    return "·".join(titles) or "文件内容"
