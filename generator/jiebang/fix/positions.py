"""The places of a record's text: where each value and each block of lines stands. Composed only after the strict reader has let the text pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A value that stands on one line. `start` and `end` are offsets in the text, quotation marks included."""

    path: Path
    text: str
    line: int
    start: int
    end: int
    style: str
    """Empty for a plain value, else its quotation mark."""


def compose(text: str) -> Node | None:
    """The nodes of a text, with marks; nothing is constructed from it."""
    node: Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    return node


def leaves(node: Node, path: Path = ()) -> Iterator[tuple[Path, ScalarNode]]:
    """Every value with its path, in the order of the file."""
    if isinstance(node, ScalarNode):
        yield path, node
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from leaves(value, (*path, key.value))
    elif isinstance(node, SequenceNode):
        for number, value in enumerate(node.value):
            yield from leaves(value, (*path, number))


def places(node: Node) -> Iterator[Place]:
    """The values that can be replaced where they stand."""
    for path, leaf in leaves(node):
        start, end = leaf.start_mark, leaf.end_mark
        if start.line == end.line and (leaf.style or "") in {"", "'", '"'}:
            yield Place(path, leaf.value, start.line + 1, start.index, end.index, leaf.style or "")


def _block_lines(leaf: ScalarNode, lines: list[str], indent: int) -> range:
    """The lines of a block text: all that are set in further than the field itself, and blank ones between them."""
    first = last = leaf.start_mark.line
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
            break
        if line.strip():
            last = number
    return range(first, last + 1)


def last_line(node: Node, lines: list[str], indent: int) -> int:
    """The last line (from 0) of a value's content; `indent` is the column of the field that holds it."""
    if isinstance(node, ScalarNode):
        if node.style in {"|", ">"}:
            return _block_lines(node, lines, indent)[-1]
        return int(node.end_mark.line)
    if isinstance(node, MappingNode) and node.value and not node.flow_style:
        key, value = node.value[-1]
        return last_line(value, lines, key.start_mark.column)
    if isinstance(node, SequenceNode) and node.value and not node.flow_style:
        return last_line(node.value[-1], lines, node.start_mark.column)
    return int(node.end_mark.line)


def text_lines(node: Node, lines: list[str], indent: int = -1) -> set[int]:
    """The lines (from 0) whose spaces are content: those of block texts, and of quoted texts of several lines."""
    found: set[int] = set()
    if isinstance(node, ScalarNode):
        if node.style in {"|", ">"}:
            found.update(_block_lines(node, lines, indent)[1:])
            # Blank lines behind a kept block (`|+`) are content too.
            found.update(range(node.start_mark.line + 1, node.end_mark.line))
        elif node.start_mark.line != node.end_mark.line:
            found.update(range(node.start_mark.line, node.end_mark.line))
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            found |= text_lines(value, lines, key.start_mark.column)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            found |= text_lines(value, lines, node.start_mark.column)
    return found
