"""The life of a demand and of an application as a drawing: states in boxes, moves as arrows, read from the one table that judges them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiebang.schemas.lifecycle import START, Move, Role, lifecycle

_GONE = "withdrawn"
"""Reached from almost everywhere: drawn as a rail beside all others."""
_BOX, _TALL, _STEP = 116, 40, 88
_LEFT, _SIDE, _RAIL = 8, 190, 362
_ROLES = {(Role.DISTRICT, Role.CITY): "区、市", (Role.CITY,): "市", (Role.DISTRICT,): "区"}


@dataclass(frozen=True, slots=True)
class Box:
    """A state. `x`, `y` is its upper left corner, in units of the drawing."""

    title: str
    x: int
    y: int
    width: int = _BOX
    height: int = _TALL

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A move. `path` is SVG path data; the label stands at (`x`, `y`), `anchor` as in SVG; none where the rail says it all."""

    path: str
    label: str
    x: int
    y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """`described`: the same in words, for who cannot see it."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    described: str


def _main_line(kind: str) -> list[str]:
    """The way of a record for which everything goes well: of each state the first move."""
    states, line = lifecycle(kind), [START]
    while (moves := states[line[-1]].moves) and (target := moves[0].target) not in {_GONE, *line}:
        line.append(target)
    return line


def _label(move: Move) -> str:
    return f"{move.title}（{_ROLES[move.by]}）"


def state_drawing(kind: str) -> Drawing:
    """The drawing of a kind of record (`demand`, `application`)."""
    states, line = lifecycle(kind), _main_line(kind)
    boxes = {value: Box(states[value].title, _LEFT, 8 + _STEP * row) for row, value in enumerate(line)}
    for value in states:
        if value not in boxes and value != _GONE:
            rows = [line.index(source) for source in line if states[source].move_to(value) is not None]
            boxes[value] = Box(states[value].title, _SIDE, 8 + _STEP * (max(rows) + (len(rows) == 1)) - _STEP // 2)
    height = 16 + _STEP * (len(line) - 1) + _TALL
    boxes[_GONE] = Box(states[_GONE].title, _RAIL, 8, 52, height - 16)
    arrows = tuple(_arrows(kind, boxes, line))
    return Drawing(_RAIL + 60, height, tuple(boxes.values()), arrows, "；".join(_words(kind)))


def _words(kind: str) -> Iterator[str]:
    states = lifecycle(kind)
    for state in states.values():
        for move in state.moves:
            yield f"{state.title}到{states[move.target].title}：{_label(move)}"


def _arrows(kind: str, boxes: dict[str, Box], line: list[str]) -> Iterator[Arrow]:
    for state in lifecycle(kind).values():
        for move in state.moves:
            source, target = boxes[move.source], boxes[move.target]
            if move.target == _GONE:
                # The longest label would not fit between the boxes, and all say the same.
                right = source.x + source.width
                height = source.middle + (12 if move.source in line else 0)
                yield Arrow(f"M{right} {height}H{target.x}", "", 0, 0, "")
            elif move.source in line and move.target in line and line.index(move.target) == line.index(move.source) + 1:
                x = source.x + 28
                path = f"M{x} {source.y + source.height}V{target.y}"
                yield Arrow(path, _label(move), x + 10, (source.y + source.height + target.y) // 2 + 4, "start")
            elif move.source in line:
                turn = _SIDE - 14
                up = target.middle < source.middle
                x, y = source.x + source.width, source.middle - 8
                path = f"M{x} {y}H{turn}V{target.middle + (6 if up else -6)}H{target.x}"
                # Below the box: above it run the arrows to the rail.
                yield Arrow(path, _label(move) if not up else "", _SIDE, target.y + target.height + 16, "start")
            else:
                x = source.x + source.width // 2
                path = f"M{x} {source.y}V{target.middle - 12}H{target.x + target.width}"
                yield Arrow(path, _label(move), x, target.middle - 18, "middle")
