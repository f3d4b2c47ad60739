"""Labels and what stands beside them: a form's tables as pairs, whatever cells were merged, split, moved, added or lost.

A label is recognised by its text; its value is what stands to its right before the next label, or behind its colon in the same cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jiebang.forms.reading.document.grid import NUMBER, Cell, Line, Table
from jiebang.forms.reading.labels import Key, is_choice, label_key
from jiebang.forms.reading.text import blank, narrow

Labels = Mapping[str, tuple[Key, ...]]

_LIKE_A_LABEL = re.compile(r"[\u4e00-\u9fff\s]{2,14}(?:[(（][^()（）]*[)）])?[:：]?\Z")
_UNIT = re.compile(r"[万亿元人币%]")
_IN_BRACKETS = re.compile(r"[(]([^()]*)[)]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value. `cells` are the value's cells that hold something; `keys` is empty for a label nobody knows."""

    label: str
    keys: tuple[Key, ...]
    cells: tuple[Cell, ...]
    place: str
    """Of the value; of the label where there is none."""
    person: str | None = None
    """The last label of a person before this one in the same row: whose telephone it is."""

    @property
    def text(self) -> str:
        return "\n".join(cell.text for cell in self.cells)

    @property
    def number(self) -> bool:
        """Whether a spreadsheet holds the value as a number."""
        return len(self.cells) == 1 and self.cells[0].type == NUMBER

    @property
    def unit(self) -> str:
        """What the label says in brackets."""
        return " ".join(_IN_BRACKETS.findall(narrow(self.label)))


def _starts_with_label(text: str, labels: Labels) -> tuple[str, str] | None:
    """`企业名称：示例公司` in one cell → its label and the rest."""
    match = re.match(r"([^:：\n]{2,40})[:：]\s*(.*)\Z", text.strip(), re.DOTALL)
    if match is not None and label_key(match.group(1)) in labels and not blank(match.group(2)):
        return match.group(1), match.group(2)
    return None


def _like_a_label(cell: Cell, following: list[Cell], labels: Labels) -> bool:
    """A label that the official form does not have: short words in Han with a value of its own behind them."""
    if not following or label_key(following[0].text) in labels:
        return False
    return bool(_LIKE_A_LABEL.match(cell.text)) and not _UNIT.search(cell.text)


def _values(row: list[Cell], start: int, keys: tuple[Key, ...], labels: Labels) -> list[Cell]:
    """The cells behind a label up to the next one, known or not. Options in cells of their own look like labels and are none."""
    options = any(is_choice(*key) for key in keys)
    found: list[Cell] = []
    for number in range(start, len(row)):
        cell = row[number]
        unknown = found and not options and _like_a_label(cell, row[number + 1 :], labels)
        if label_key(cell.text) in labels or unknown:
            break
        found.append(cell)
    return found


PERSONS = ("legal_representative.name", "contact.name")


def _row_pairs(row: list[Cell], below: list[Cell], labels: Labels) -> Iterator[Pair]:
    """The pairs of one row. `below` are the cells of further rows that a tall label covers."""
    person: str | None = None
    position = 0
    while position < len(row):
        cell = row[position]
        keys = labels.get(label_key(cell.text), ())
        position += 1
        inline = None if keys else _starts_with_label(cell.text, labels)
        if inline is not None:
            keys = labels[label_key(inline[0])]
            yield Pair(inline[0], keys, (Cell(inline[1], cell.place, cell.row, cell.column),), cell.place, person)
        elif keys or _like_a_label(cell, row[position:], labels):
            values = _values(row, position, keys, labels)
            position += len(values)
            tall = [c for c in below if keys and cell.rows > 1 and cell.row < c.row < cell.row + cell.rows]
            filled = tuple(c for c in [*values, *tall] if not blank(c.text))
            place = filled[0].place if filled else (values or [cell])[0].place
            yield Pair(cell.text, keys, filled, place, person)
        person = next((path for _, path in keys if path in PERSONS), person)


def pairs_of(table: Table, labels: Labels) -> Iterator[tuple[int, Pair]]:
    """Every pair of a table with the number of its row, in reading order."""
    for row in table.rows():
        number = row[0].row
        deepest = max(number + cell.rows for cell in row)
        below = [cell for cell in table.cells if number < cell.row < deepest]
        for pair in _row_pairs(row, below, labels):
            yield number, pair


def pair_of_line(line: Line, labels: Labels) -> Pair | None:
    """`企业名称：示例公司` outside the tables."""
    inline = _starts_with_label(line.text, labels)
    if inline is None:
        return None
    return Pair(inline[0], labels[label_key(inline[0])], (Cell(inline[1], line.place, 0, 0),), line.place)
