"""The fields in the schema's order: whole blocks of lines move, with the comments above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from yaml.nodes import MappingNode, Node, SequenceNode

from jiebang.fix.positions import Path, compose, last_line
from jiebang.fix.values import Change, schema_of

_EDITOR = "# yaml-language-server:"


def _wanted(keys: Sequence[str], schema: dict[str, Any]) -> list[str]:
    """The schema's order; a key that it does not know stays behind the one it follows."""
    known = list(schema.get("properties", ()))
    ranks: list[tuple[int, int]] = []
    for number, key in enumerate(keys):
        rank = known.index(key) if key in known else (ranks[-1][0] if ranks else -1)
        ranks.append((rank, number))
    return [keys[number] for _, number in sorted(ranks)]


def _maps(node: Node, path: Path = ()) -> Iterator[tuple[Path, MappingNode]]:
    """Every mapping, inner ones first: moving an outer one moves them along."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _maps(value, (*path, key.value))
        yield path, node
    elif isinstance(node, SequenceNode):
        for number, value in enumerate(node.value):
            yield from _maps(value, (*path, number))


def _starts(node: MappingNode, lines: list[str]) -> list[int]:
    """The first line (from 0) of each field's block: its own, or that of the comments and blank lines above it."""
    starts: list[int] = []
    floor = node.start_mark.line
    for number, (key, value) in enumerate(node.value):
        start = key.start_mark.line
        if number == 0:
            while start > 0 and lines[start - 1].startswith("#") and not lines[start - 1].startswith(_EDITOR):
                start -= 1
            start = start if key.start_mark.column == 0 else key.start_mark.line
        else:
            while start - 1 > floor and (not lines[start - 1].strip() or lines[start - 1].lstrip().startswith("#")):
                start -= 1
        starts.append(start)
        floor = last_line(value, lines, key.start_mark.column)
    return starts


def _rearranged(node: MappingNode, lines: list[str], wanted: list[str]) -> list[str]:
    keys = [key.value for key, _ in node.value]
    starts = _starts(node, lines)
    _, value = node.value[-1]
    end = last_line(value, lines, node.value[-1][0].start_mark.column) + 1
    column = node.value[0][0].start_mark.column
    first = node.value[0][0].start_mark.line
    lead = lines[first][:column]
    lines = [*lines[:first], " " * column + lines[first][column:], *lines[first + 1 :]]
    blocks = {key: lines[begin:stop] for key, begin, stop in zip(keys, starts, [*starts[1:], end], strict=True)}
    moved = [line for key in wanted for line in blocks[key]]
    if lead.strip():
        # The first field of a list's item stands behind the dash.
        moved[0] = lead + moved[0][column:]
    return [*lines[: starts[0]], *moved, *lines[end:]]


def _movable(node: MappingNode, lines: list[str]) -> bool:
    """Each field begins a line of its own; behind an item's dash a comment would have no place."""
    if node.flow_style or len(node.value) < 2:
        return False
    keys = [key for key, _ in node.value]
    column = keys[0].start_mark.column
    own = all(not lines[key.start_mark.line][:column].strip() for key in keys[1:])
    lead = lines[keys[0].start_mark.line][:column]
    own = own and len({key.start_mark.line for key in keys}) == len(keys)
    commented = any(
        not lines[start].strip() or lines[start].lstrip().startswith("#") for start in _starts(node, lines)[1:]
    )
    return own and (not lead.strip() or (lead.lstrip(" ") == "- " and not commented))


def _movement(keys: list[str], wanted: list[str], schema: dict[str, Any]) -> str:
    # A key that is none of ours may be a value: it is not said.
    known = schema.get("properties", {})
    out_of_place = [key for key, other in zip(keys, wanted, strict=True) if key != other and key in known]
    return f"按字段说明的顺序排列：{'、'.join(out_of_place)}"


def ordered(kind: str, text: str) -> tuple[str, list[Change]]:
    """The text with its fields in order, and what was moved."""
    changes: list[Change] = []
    done: set[Path] = set()
    while True:
        node = compose(text)
        lines = text.split("\n")
        for path, inner in _maps(node) if node is not None else ():
            keys = [key.value for key, _ in inner.value]
            schema = schema_of(kind, path)
            wanted = _wanted(keys, schema)
            if path not in done and keys != wanted and _movable(inner, lines):
                done.add(path)
                changes.append(Change(inner.start_mark.line + 1, path, _movement(keys, wanted, schema)))
                text = "\n".join(_rearranged(inner, lines, wanted))
                break
        else:
            return text, changes
