"""What a YAML file says before anything is made of it: text with positions, no types guessed.

`2024-07-10`, `NO`, `012345` and `12:30` are the text that was typed; only the schema decides what they become.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Scalar:
    """One value. `line` and `column` count from 1; `plain` is False for quoted and block scalars."""

    text: str
    line: int
    column: int
    plain: bool

    @property
    def empty(self) -> bool:
        """Nothing was written after the colon (an explicit `""` is a text of length 0, not nothing)."""
        return self.plain and not self.text


@dataclass(slots=True)
class Mapping:
    """Keys in the order of the file, each with its own position."""

    line: int
    column: int
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)


@dataclass(slots=True)
class Series:
    line: int
    column: int
    items: list[Node] = field(default_factory=list)


Node = Scalar | Mapping | Series


def locate(root: Node, path: Sequence[str | int]) -> tuple[int, int]:
    """Line and column of what a path leads to; where it leads nowhere (a missing field), those of the nearest parent.

    A scalar is pointed at by its value, a mapping or list by the key that introduces it.
    """
    line, column = root.line, root.column
    node: Node = root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            key, node = node.entries[step]
            anchor: Scalar | Node = node if isinstance(node, Scalar) and not node.empty else key
        elif isinstance(node, Series) and isinstance(step, int) and step < len(node.items):
            node = anchor = node.items[step]
        else:
            break
        line, column = anchor.line, anchor.column
    return line, column


def locate_key(root: Node, path: Sequence[str | int], key: str) -> tuple[int, int]:
    """Line and column of a key itself inside the mapping at `path`."""
    node: Node = root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.entries[step][1]
        elif isinstance(node, Series) and isinstance(step, int):
            node = node.items[step]
    if isinstance(node, Mapping) and key in node.entries:
        found = node.entries[key][0]
        return found.line, found.column
    return node.line, node.column
