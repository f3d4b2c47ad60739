"""Changes a record's file only where its values change: comments, order and spelling of all other fields stay as a person left them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from jiebang.catalogue.convert import convert
from jiebang.catalogue.events import parse
from jiebang.catalogue.nodes import Mapping as MappingNode
from jiebang.catalogue.write import entry_text, record_text
from jiebang.schemas import resolved_schema


def _segments(lines: list[str], starts: dict[str, int]) -> tuple[list[str], dict[str, list[str]]]:
    """What stands in front of the first field, and each field's lines; comments and blank lines above a field belong to it."""
    order = sorted(starts, key=lambda key: starts[key])
    begins = []
    for key in order:
        begin = starts[key]
        while begin > 0 and (not lines[begin - 1].strip() or lines[begin - 1].startswith("#")):
            begin -= 1
        begins.append(begin)
    head = lines[: starts[order[0]]]
    begins[0] = starts[order[0]]
    ends = [*begins[1:], len(lines)]
    return head, {key: lines[begin:end] for key, begin, end in zip(order, begins, ends, strict=True)}


def _place(keys: list[str], key: str, known: list[str]) -> int:
    """Where a new field goes: behind the last field that the schema names before it."""
    before = set(known[: known.index(key)]) if key in known else set(keys)
    return max((number + 1 for number, present in enumerate(keys) if present in before), default=0)


def _assembled(kind: str, text: str, value: Mapping[str, Any], root: MappingNode, old: Mapping[str, Any]) -> str:
    lines = text.removesuffix("\n").split("\n")
    head, segments = _segments(lines, {key: node.line - 1 for key, (node, _) in root.entries.items()})
    keys = list(segments)
    for key, new in value.items():
        if new is None:
            segments.pop(key, None)
            keys = [present for present in keys if present != key]
        elif key not in segments:
            keys.insert(_place(keys, key, list(resolved_schema(kind)["properties"])), key)
            segments[key] = entry_text(kind, key, new).removesuffix("\n").split("\n")
        elif old[key] != new:
            above = _comments(segments[key])
            segments[key] = [*above, *entry_text(kind, key, new).removesuffix("\n").split("\n")]
    return "\n".join([*head, *(line for key in keys for line in segments[key])]) + "\n"


def _comments(segment: list[str]) -> list[str]:
    """The comment and blank lines above the field itself."""
    return list(takewhile(lambda line: not line.strip() or line.startswith("#"), segment))


def _read(kind: str, text: str) -> tuple[Any, Any]:
    root, refusals = parse(text)
    if not isinstance(root, MappingNode) or any(refusal.code != "Y114" for refusal in refusals):
        raise ValueError("not a readable record")
    return root, convert(root, resolved_schema(kind))


def value_of(kind: str, text: str) -> dict[str, Any]:
    """Everything a record's text says, whether or not the schema allows it. ValueError for what is no record."""
    value: dict[str, Any] = _read(kind, text)[1]
    return value


def amended_text(kind: str, text: str, value: Mapping[str, Any]) -> str:
    """The record's text with `value`'s fields put in: changed ones rewritten, new ones at the schema's place, those set to None taken out.

    Fields that `value` does not name stay, byte for byte. `text` must be a record that can be read (ValueError). One written in a way
    that has no line for each field, such as `{id: …}`, is written anew.
    """
    root, old = _read(kind, text)
    wanted = {key: new for key, new in {**old, **value}.items() if key not in value or new is not None}
    if len({key.line for key, _ in root.entries.values()}) == len(root.entries):
        amended = _assembled(kind, text, value, root, old)
        if _read(kind, amended)[1] == wanted:
            return amended
    return record_text(kind, wanted)
