"""What a report is: tables of plain values. How they look is `jiebang.desk.papers`' affair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

Cell = str | int | float | None
"""A day is a text YYYY-MM-DD, a share a number from 0 to 1."""
Row = tuple[Cell, ...]


class Kind(Enum):
    """What stands in a column."""

    TEXT = auto()
    """Running text, to the left."""
    WORD = auto()
    """A short text of a fixed length (a code, a state), in the middle."""
    NUMBER = auto()
    SHARE = auto()
    DAY = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in characters of which a Han character takes two."""

    title: str
    width: int
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """`total` is the last row, of sums; `empty` is said where there are no rows."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    empty: str
    total: Row | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`about` are lines below the title (whose, of which day), `notes` stand below the table. `public`: made to be given out."""

    name: str
    title: str
    about: tuple[str, ...]
    table: Table
    notes: tuple[str, ...] = ()
    public: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of numbers: a bar for each label, in each series (name, values)."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to be seen first, with what it counts."""

    label: str
    value: int
    unit: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A round on one page."""

    name: str
    title: str
    about: tuple[str, ...]
    figures: tuple[Figure, ...]
    sentences: tuple[str, ...]
    bars: tuple[Bars, ...]
    notes: tuple[str, ...]
