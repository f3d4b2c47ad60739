"""How the cells of an .ods look: what is shown for a number or a day, what is struck out, raised or hidden, the notes and text boxes on them.

An .ods tells beside each number the text that is shown for it. Source: OpenDocument 1.3 part 3, 9.1 (tables), 19.385 (office:value).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jiebang.forms.reading.document import scripts
from jiebang.forms.reading.document.archive import Archive
from jiebang.forms.reading.document.cell_looks import Attributes, Look, Sheet, read_part

_MOST_ROWS, _MOST_COLUMNS = 3000, 200
"""As many as are read of a sheet."""
_HIDDEN = {"collapse", "filter"}


@dataclass(slots=True)
class _Cell:
    number_or_day: bool = False
    style: str = ""
    lines: list[str] = field(default_factory=list)
    scripted: bool = False
    """Some of its letters are raised or lowered."""
    note: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    columns: int = 1
    has_more: bool = False
    """A text box hangs on it, whose text calamine takes for the cell's."""


def _script(position: str) -> str:
    """`super 58%`, `33% 58%`: raised; `sub`, `-33%`: lowered."""
    told = position.split(" ")[0].strip("%")
    if told == "sub" or told.startswith("-"):
        return scripts.DOWN
    return scripts.UP if told == "super" or re.search("[1-9]", told) else ""


class _Reader:
    def __init__(self) -> None:
        self.sheets: dict[str, Sheet] = {}
        self.struck: set[str] = set()
        self.scripts: dict[str, str] = {}
        self.sheet = Sheet()
        self.row = self.column = 0
        self.rows, self.row_hidden = 1, False
        self.hidden_columns: set[int] = set()
        self.columns_told = 0
        self.cell: _Cell | None = None
        self.cells: list[tuple[int, _Cell]] = []
        self.style = ""
        self.line = ""
        self.spans: list[str] = []

    def start(self, path: list[str], attributes: Attributes) -> None:
        match path[-1]:
            case "style" | "default-style":
                self.style = attributes.get("name", "")
                if above := self.scripts.get(attributes.get("parent-style-name", "")):
                    self.scripts[self.style] = above
            case "text-properties":
                line = attributes.get("text-line-through-style", attributes.get("text-line-through-type", "none"))
                if line != "none" and self.style:
                    self.struck.add(self.style)
                if self.style and "text-position" in attributes:
                    self.scripts[self.style] = _script(attributes["text-position"])
            case "table" if path[-2] == "spreadsheet":
                self.sheet = self.sheets.setdefault(attributes.get("name", ""), Sheet())
                self.row, self.hidden_columns, self.columns_told = 0, set(), 0
            case "table-column":
                count = min(int(attributes.get("number-columns-repeated", 1)), _MOST_COLUMNS)
                if attributes.get("visibility") in _HIDDEN:
                    self.hidden_columns.update(range(self.columns_told, self.columns_told + count))
                self.columns_told += count
            case "table-row":
                self.rows = int(attributes.get("number-rows-repeated", 1))
                self.row_hidden = attributes.get("visibility") in _HIDDEN
                self.column, self.cells = 0, []
            case "table-cell" | "covered-table-cell":
                kind = attributes.get("value-type", "")
                columns = int(attributes.get("number-columns-repeated", 1))
                self.cell = _Cell(kind not in {"", "string"}, attributes.get("style-name", ""), columns=columns)
            case "p":
                self.line = ""
            case "s":
                self.line += " " * min(int(attributes.get("c", 1)), _MOST_COLUMNS)
            case "tab" | "line-break":
                self.line += "\t" if path[-1] == "tab" else "\n"
            case "span":
                self.spans.append(attributes.get("style-name", ""))

    def say(self, path: list[str], text: str) -> None:
        """A text in its place among the others of its line."""
        if path[-1] not in {"p", "span", "a"}:
            return
        script = next((found for style in reversed(self.spans) if (found := self.scripts.get(style))), "")
        if script and text.strip() and self.cell is not None:
            self.cell.scripted = True
        self.line += scripts.set_apart(text, script)

    def end(self, path: list[str], text: str) -> None:
        local = path[-1]
        if local == "span":
            style = self.spans.pop()
            if style in self.struck and self.cell and text.strip():
                self.cell.struck.append(scripts.set_apart(text, self.scripts.get(style, "")))
        if local == "p":
            self._line(path)
        elif local in {"table-cell", "covered-table-cell"} and self.cell:
            self.cells.append((self.column, self.cell))
            self.column += self.cell.columns
            self.cell = None
        elif local == "table-row":
            for column, cell in self.cells:
                # The empty cells that fill a sheet are repeated a million times.
                if cell.lines or cell.note:
                    self._look(column, cell)
            self.row += self.rows

    def _line(self, path: list[str]) -> None:
        if "frame" in path or "custom-shape" in path or "text-box" in path:
            self.sheet.boxes.append(self.line)
            if self.cell is not None:
                self.cell.has_more = True
        elif self.cell is not None:
            (self.cell.note if "annotation" in path else self.cell.lines).append(self.line)

    def _look(self, first: int, cell: _Cell) -> None:
        shown = "\n".join(cell.lines)
        whole = cell.style in self.struck or bool(cell.struck and "".join(cell.struck) == "".join(cell.lines))
        rows = range(self.row, min(self.row + self.rows, _MOST_ROWS))
        for column in range(first, min(first + cell.columns, _MOST_COLUMNS)):
            look = Look(
                all_struck=whole and bool(shown),
                struck=() if whole else tuple(cell.struck),
                note="\n".join(cell.note),
                shown=shown if cell.number_or_day or cell.has_more or cell.note or cell.scripted else "",
                hidden=bool(shown) and (self.row_hidden or column in self.hidden_columns),
            )
            if look != Look():
                self.sheet.looks.update(((row, column), look) for row in rows)


def looks_of(archive: Archive) -> Mapping[str, Sheet]:
    """The looks by sheet. ExpatError where a part is no XML."""
    reader = _Reader()
    for part in ("styles.xml", "content.xml"):
        if part in archive.members:
            read_part(archive.members[part], reader.start, reader.end, reader.say)
    return reader.sheets
