"""A record in the making: where it will lie, what it says so far, and what the rules find in it with every answer."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.commented import commented_text
from jiebang.catalogue.schema_errors import missing_fields
from jiebang.catalogue.sealing import ending_of
from jiebang.catalogue.write import editor_line, record_text
from jiebang.problems import Problem, in_order
from jiebang.rules.registry import check_rules
from jiebang.schemas.ids import new_id
from jiebang.schemas.lifecycle import START

Steps = tuple[str | int, ...]

_FIRST = {
    "enterprise": {},
    "demand": {"status": START},
    "application": {"status": START},
}


def _put(value: Any, path: Steps, new: Any) -> None:
    """Sets a place in a value, making the groups on the way; None takes it out, and a group that is left empty with it."""
    step: Any = path[0]  # a name into a group, a number into a list
    if len(path) == 1:
        if new is None and isinstance(value, dict):
            value.pop(step, None)
        else:
            value[step] = new
        return
    inner = value[step] if isinstance(value, list) or step in value else value.setdefault(step, {})
    _put(inner, path[1:], new)
    if inner == {} and isinstance(value, dict):
        del value[step]


@dataclass
class Draft:
    """`surroundings` are the records that it has to agree with; it is not in them."""

    catalogue: Catalogue
    kind: str
    round: str
    district: str
    surroundings: list[Record] = field(default_factory=list)
    value: dict[str, Any] = field(default_factory=dict)
    _known: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        id_ = new_id(self.kind)
        while self.catalogue.find(self.kind, id_) is not None or (self.catalogue.root / self._place(id_)).exists():
            id_ = new_id(self.kind)
        self.value = {"schema": f"{self.kind}/1", "id": id_, **_FIRST[self.kind], **self.value}

    def _place(self, id_: str) -> str:
        ending = ending_of(self.kind, self.catalogue.districts)
        return f"{self.round}/{self.district}/{self.kind}s/{id_.lower()}{ending}"

    @property
    def path(self) -> str:
        """Relative to the catalogue."""
        return self._place(self.value["id"])

    @property
    def file(self) -> Path:
        return self.catalogue.root / self.path

    def get(self, path: Steps) -> Any:
        value: Any = self.value
        for step in path:
            if isinstance(value, dict):
                value = value.get(str(step))
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def put(self, path: Steps, new: Any) -> None:
        """Takes an answer; None for none."""
        _put(self.value, path, new)

    def needs(self, path: Steps, required_in_group: bool) -> bool:
        """Whether an answer is required, as things stand."""
        missing = missing_fields(self.kind, self.value)
        return path in missing or (required_in_group and any(path[:depth] in missing for depth in range(1, len(path))))

    def _found(self, value: dict[str, Any]) -> list[Problem]:
        source = record_text(self.kind, value).encode()
        small = Catalogue(self.catalogue.root, self.catalogue.districts, dict(self.catalogue.rounds))
        for record in self.surroundings:
            small.add(record)
        small.add(Record(self.kind, self.path, self.round, self.district, value, source, sound=True))
        return in_order(problem for problem in check_rules(small) if problem.path == self.path)

    def news(self, path: Steps, new: Any) -> list[Problem]:
        """What the rules find with this answer that they did not find before."""
        value = copy.deepcopy(self.value)
        _put(value, path, new)
        return [p for p in self._found(value) if (p.code, p.field) not in self._known]

    def remember(self) -> None:
        """What is found now has been told."""
        self._known = {(problem.code, problem.field) for problem in self._found(self.value)}

    def text(self) -> str:
        """The file, commented."""
        return commented_text(self.kind, self.value, editor_line(self.file, self.kind))
