"""What changes in a record, field by field, in the words of the form."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jiebang.catalogue.record import field_name

Path = tuple[str | int, ...]
_LONG = 40


@dataclass(frozen=True, slots=True)
class Difference:
    """One field; `old` or `new` is empty where the field was added or taken out."""

    field: str
    old: str
    new: str

    def lines(self) -> list[str]:
        """For a terminal: on one line where it fits, else the lines that changed."""
        if "\n" not in self.old + self.new and len(self.old) + len(self.new) <= _LONG * 2:
            return [f"{self.field}：{self.old or '（空）'} → {self.new or '（空）'}"]
        changed = difflib.ndiff(self.old.split("\n") if self.old else [], self.new.split("\n") if self.new else [])
        return [f"{self.field}：", *(f"  {line[0]} {line[2:]}" for line in changed if line[0] in "+-")]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(_shown, value))
    return "" if value is None else str(value)


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for number, item in enumerate(value):
            yield from _leaves(item, (*path, number))
    else:
        yield path, _shown(value)


def differences(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Every field that is not the same in both."""
    before, after = dict(_leaves(old)), dict(_leaves(new))
    return [
        Difference(field_name(kind, path), before.get(path, ""), after.get(path, ""))
        for path in [*before, *(path for path in after if path not in before)]
        if before.get(path) != after.get(path)
    ]
