"""A form's tables as one: a table that goes on over the page, one drawn inside a cell of another, each in its place.

Rows are counted through; a cell keeps the place where a person finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.grid import Cell, Table
from jiebang.forms.reading.layout import Labels, lists_something_else, pairs_of


def has_labels(table: Table, labels: Labels) -> bool:
    """Whether a table is part of a form."""
    if table.inside and lists_something_else(table, labels):
        return False
    return any(pair.keys for _, pair in pairs_of(table, labels))


def _without(cell: Cell, inner: Iterable[Table]) -> Cell:
    """A cell without the text of the form's tables in it: they are read where they stand."""
    text = cell.text
    for table in inner:
        inside = "\n".join(line for c in table.cells for line in c.text.split("\n") if line.strip())
        text = text.replace(inside, "", 1)
    told = tuple(one for one in cell.doubts if doubts.kind_of(one) != doubts.TABLE)
    return replace(cell, text=text.strip(), doubts=told)


def _cells(table: Table, inside: Mapping[str, list[Table]], start: int) -> Iterator[Cell]:
    """A table's cells with their rows counted from `start`; a row that holds tables is followed by theirs."""
    first = table.cells[0].row if table.cells else 0
    for row in table.rows():
        nested = [inner for cell in row for inner in inside.get(cell.place, ())]
        for cell in row:
            held = inside.get(cell.place, ())
            yield replace(_without(cell, held) if held else cell, row=cell.row - first + start)
        for inner in nested:
            cells = list(_cells(inner, inside, row[0].row - first + start + 1))
            yield from cells
            start += max((cell.row for cell in cells), default=start) - (row[0].row - first + start)


def joined(tables: Iterable[Table], labels: Labels) -> Table:
    """The tables of one form, in reading order, as one."""
    own: list[Table] = []
    inside: dict[str, list[Table]] = {}
    for table in tables:
        if not table.inside:
            own.append(table)
        elif has_labels(table, labels) or any(cell.place in inside for cell in table.cells):
            # A frame in a frame has no label of its own; what it holds came before it.
            inside.setdefault(table.inside, []).append(table)
    cells: list[Cell] = []
    for table in own:
        cells.extend(_cells(table, inside, cells[-1].row + 1 if cells else 0))
    return Table(tuple(cells))
