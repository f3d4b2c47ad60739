"""A record's text for people who will go on in an editor: above each field stands what it is, in the schema's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jiebang.catalogue.events import parse
from jiebang.catalogue.nodes import Mapping as MappingNode
from jiebang.catalogue.nodes import Node
from jiebang.catalogue.write import record_text
from jiebang.schemas import field_at


def _keys(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[int, int, str]]:
    """Line, column and schema path of every field outside lists; an item's fields share a line with its dash."""
    if isinstance(node, MappingNode):
        for name, (key, value) in node.entries.items():
            yield key.line, key.column, ".".join((*path, name))
            yield from _keys(value, (*path, name))


def commented_text(kind: str, value: Mapping[str, Any], head: str = "") -> str:
    """The record in the house's style, with title and description above each field."""
    text = record_text(kind, value)
    root, _ = parse(text)
    lines = text.split("\n")
    for line, column, path in sorted(_keys(root) if root is not None else (), reverse=True):
        if (field := field_at(kind, path)) is not None:
            lines.insert(line - 1, f"{' ' * (column - 1)}# {field.title}：{field.description}")
    return head + "\n".join(lines)
