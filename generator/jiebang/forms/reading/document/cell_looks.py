"""How the cells of a .xlsx look: the format of a number, what is struck out, raised or lowered, and the notes on them. calamine tells none of it.

Read with the standard library's expat; the archive has refused declarations and entities before.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from jiebang.forms.reading.document import scripts
from jiebang.forms.reading.document.archive import Archive
from jiebang.forms.reading.document.number_formats import BUILT_IN

_MOST_COLUMNS = 16_384
Place = tuple[int, int]
"""Row and column, from 0."""
Attributes = Mapping[str, str]


@dataclass(slots=True)
class Look:
    """`number_format` is empty for the usual one; `struck` are the struck pieces of the text, `all_struck` says that the whole cell is."""

    number_format: str = ""
    all_struck: bool = False
    struck: tuple[str, ...] = ()
    note: str = ""
    shown: str = ""
    """What the file itself says is shown: for a number or a day (.ods), where other text hangs on the cell (.ods), and of a text with
    raised or lowered letters."""
    hidden: bool = False
    """In a hidden row or column."""


@dataclass(slots=True)
class Sheet:
    """The looks of a sheet's cells, and the texts of the text boxes over it."""

    looks: dict[Place, Look] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)


def read_part(
    data: bytes,
    start: Callable[[list[str], Attributes], None],
    end: Callable[[list[str], str], None],
    say: Callable[[list[str], str], None] | None = None,
) -> None:
    """Walks through a part of a file: `start` with the path of local names and the attributes, `end` with the path and the element's own
    text, `say` with the path and each text in its order."""
    path: list[str] = []
    texts: list[list[str]] = []

    def opened(tag: str, attributes: dict[str, str]) -> None:
        path.append(tag.rpartition(":")[2])
        texts.append([])
        start(path, {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def closed(_: str) -> None:
        end(path, "".join(texts.pop()))
        path.pop()

    def said(text: str) -> None:
        if texts:
            texts[-1].append(text)
        if say is not None:
            say(path, text)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, said
    parser.Parse(data, True)


def _nothing(*_: object) -> None:
    pass


@dataclass(slots=True)
class _Styles:
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    fonts: list[bool] = field(default_factory=list)
    cells: list[tuple[str, bool]] = field(default_factory=list)


def _is_on(attributes: Attributes) -> bool:
    return attributes.get("val", "1") not in {"0", "false"}


def _styles(data: bytes) -> _Styles:
    found = _Styles()

    def start(path: list[str], attributes: Attributes) -> None:
        match path[1:]:
            case ["numFmts", "numFmt"]:
                found.codes[int(attributes.get("numFmtId", 0))] = attributes.get("formatCode", "")
            case ["fonts", "font"]:
                found.fonts.append(False)
            case ["fonts", "font", "strike"]:
                found.fonts[-1] = _is_on(attributes)
            case ["cellXfs", "xf"]:
                font = int(attributes.get("fontId", 0))
                code = found.codes.get(int(attributes.get("numFmtId", 0)), "")
                found.cells.append((code if code != "General" else "", font < len(found.fonts) and found.fonts[font]))

    read_part(data, start, _nothing)
    return found


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
Pieces = tuple[tuple[str, ...], str]
"""The struck pieces of a text, and the text as it is shown where some of it is raised or lowered."""


class _Strings:
    """Texts in pieces (`si`, `is`): which are struck, raised or lowered."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Before a cell or a shared text."""
        self.pieces: list[str] = []
        self.shown: list[str] = []
        self.struck = self.scripted = False
        self.script = ""

    def start(self, path: list[str], attributes: Attributes) -> None:
        if path[-1] in {"si", "is"}:
            self.begin()
        elif path[-1] == "r":
            self.struck, self.script = False, ""
        elif path[-2:] == ["rPr", "strike"]:
            self.struck = _is_on(attributes)
        elif path[-2:] == ["rPr", "vertAlign"]:
            self.script = scripts.OFFICE.get(attributes.get("val", ""), "")

    def end(self, path: list[str], text: str) -> None:
        if path[-1] != "t" or "rPh" in path:
            return
        shown = text
        if path[-2] == "r" and self.script and text.strip():
            shown, self.scripted = scripts.set_apart(text, self.script), True
        self.shown.append(shown)
        if path[-2] == "r" and self.struck and text.strip():
            self.pieces.append(shown)

    def told(self) -> Pieces:
        """What is told of the text that was read."""
        shown = "".join(self.shown) if self.scripted else ""
        return tuple(self.pieces), _ESCAPED.sub(lambda match: chr(int(match[1], 16)), shown)


def _shared(data: bytes) -> list[Pieces]:
    """What is told of each shared text."""
    found: list[Pieces] = []
    strings = _Strings()

    def end(path: list[str], text: str) -> None:
        strings.end(path, text)
        if path[-1] == "si":
            found.append(strings.told())

    read_part(data, strings.start, end)
    return found


def place_of(reference: str) -> Place | None:
    """`B7` → (6, 1)."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", reference)
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)) - 1, column - 1


def _sheet(data: bytes, styles: _Styles, shared: list[Pieces]) -> dict[Place, Look]:
    found: dict[Place, Look] = {}
    strings = _Strings()
    at: dict[str, str | int] = {"row": -1, "column": -1}
    value = [""]
    hidden: tuple[set[int], set[int]] = (set(), set())

    def start(path: list[str], attributes: Attributes) -> None:
        strings.start(path, attributes)
        if path[-1] == "row":
            at["row"] = int(attributes["r"]) - 1 if "r" in attributes else int(at["row"]) + 1
            at["column"] = -1
            if attributes.get("hidden") in {"1", "true"}:
                hidden[0].add(int(at["row"]))
        elif path[-1] == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            hidden[1].update(range(first - 1, min(last, _MOST_COLUMNS)))
        elif path[-1] == "c":
            place = place_of(attributes.get("r", ""))
            at["column"] = place[1] if place else int(at["column"]) + 1
            at["style"], at["type"] = attributes.get("s", "0"), attributes.get("t", "n")
            value[0] = ""
            strings.begin()

    def end(path: list[str], text: str) -> None:
        strings.end(path, text)
        if path[-2:] == ["c", "v"]:
            value[0] = text
        elif path[-1] == "c":
            number = int(at["style"])
            code, struck = styles.cells[number] if number < len(styles.cells) else ("", False)
            pieces, shown = strings.told()
            if at["type"] == "s" and value[0].isdigit() and int(value[0]) < len(shared):
                pieces, shown = shared[int(value[0])]
            look = Look(code if at["type"] == "n" and value[0] else "", struck and bool(value[0] or pieces), pieces)
            look.shown = shown
            look.hidden = int(at["row"]) in hidden[0] or int(at["column"]) in hidden[1]
            if look != Look():
                found[int(at["row"]), int(at["column"])] = look

    read_part(data, start, end)
    return found


def _notes(data: bytes) -> dict[Place, str]:
    """The notes of a sheet by their cell."""
    found: dict[Place, str] = {}
    open_: list[Place | None] = [None]

    def start(path: list[str], attributes: Attributes) -> None:
        if path[-1] == "comment":
            open_[0] = place_of(attributes.get("ref", ""))
            if open_[0]:
                found[open_[0]] = ""

    def end(path: list[str], text: str) -> None:
        if path[-1] == "t" and open_[0] and "rPh" not in path:
            found[open_[0]] += text

    read_part(data, start, end)
    return found


def _targets(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """A part's relations: identifier → (kind, the part it leads to)."""
    folder, _, file = part.rpartition("/")
    found: dict[str, tuple[str, str]] = {}

    def start(path: list[str], attributes: Attributes) -> None:
        if path[-1] == "Relationship":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], whole)

    if data := archive.members.get(f"{folder}/_rels/{file}.rels"):
        read_part(data, start, _nothing)
    return found


def _box_texts(data: bytes) -> list[str]:
    """The texts of the shapes drawn over a sheet, one each."""
    found: list[str] = []

    def start(path: list[str], _: Attributes) -> None:
        if path[-1] == "sp":
            found.append("")

    def end(path: list[str], text: str) -> None:
        if path[-1] == "t" and "sp" in path and found:
            found[-1] += text
        elif path[-1] == "p" and found:
            found[-1] += "\n"

    read_part(data, start, end)
    return [text.strip() for text in found if text.strip()]


def _sheets(archive: Archive) -> dict[str, str]:
    """The part of each sheet by its name."""
    targets = _targets(archive, "xl/workbook.xml")
    sheets: dict[str, str] = {}

    def start(path: list[str], attributes: Attributes) -> None:
        if path[-2:] == ["sheets", "sheet"]:
            sheets[attributes.get("name", "")] = targets.get(attributes.get("id", ""), ("", ""))[1]

    if workbook := archive.members.get("xl/workbook.xml"):
        read_part(workbook, start, _nothing)
    return sheets


def looks_of(archive: Archive) -> dict[str, Sheet]:
    """The cells that do not look like their text, by sheet. ExpatError where a part is no XML."""
    styles = _styles(archive.members["xl/styles.xml"]) if "xl/styles.xml" in archive.members else _Styles()
    strings = archive.members.get("xl/sharedStrings.xml")
    shared = _shared(strings) if strings else []
    found: dict[str, Sheet] = {}
    for name, part in _sheets(archive).items():
        if part in archive.members:
            found[name] = Sheet(_sheet(archive.members[part], styles, shared))
            for kind, target in _targets(archive, part).values():
                if kind == "comments" and target in archive.members:
                    for place, text in _notes(archive.members[target]).items():
                        found[name].looks.setdefault(place, Look()).note = text
                elif kind == "drawing" and target in archive.members:
                    found[name].boxes += _box_texts(archive.members[target])
    return found
