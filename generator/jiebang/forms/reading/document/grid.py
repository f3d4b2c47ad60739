"""What a form's file shows, whatever program wrote it: lines of text and tables of cells, each with the place where a person finds it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from jiebang.catalogue.decode import INVISIBLE

TEXT, NUMBER, DAY = "text", "number", "day"

UNREAD = ("〔图片〕", "〔公式〕", "〔嵌入对象〕", "〔下拉框〕", "〔删除线文字〕", "〔符号〕", "〔脚注〕")
"""What stands in a text in the place of something that is no text."""


_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NO_WIDTH = re.compile("[\xad\u200b-\u200e\u202a\u202c\u202d\u2060\u2066\u2068\u2069\ufe0e\ufe0f\ufeff]")
"""Among them the signs that a telephone brings along when it is copied (left to right, which all is here) and those for the look of ☑."""
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | dict(
    zip(
        map(ord, "⼾⾭⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳"),
        "户青母民虎西见角贝车长门青韦页风飞食马鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
"""Signs for the parts of characters, which programs that read PDF files put in the place of the characters: ⼯ is no 工."""


def clean(text: str) -> str:
    """A text as a record can hold it: breaks of every kind are line feeds, signs without width are gone, a sign that nobody can see
    (of a font's private area, one that turns the direction of writing, or one that was lost in an encoding) leaves a mark."""
    plain = _NO_WIDTH.sub("", _BREAKS.sub("\n", text)).translate(_RADICALS)
    return INVISIBLE.sub("〔符号〕", plain).replace("\ufffd", "〔符号〕")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as a person sees it: a merged one is one. Rows and columns count from 0. `type` is what a spreadsheet says it holds."""

    text: str
    place: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    type: str = TEXT
    doubts: tuple[str, ...] = ()
    """What the file itself leaves in doubt about this text, see `doubts`."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph outside all tables."""

    text: str
    place: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in reading order. `inside` is the place of the cell that holds the table, empty for one that stands by itself."""

    cells: tuple[Cell, ...]
    inside: str = ""

    def rows(self) -> list[list[Cell]]:
        """The cells by the row in which they begin."""
        found: dict[int, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.row, []).append(cell)
        return [found[row] for row in sorted(found)]


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content in reading order. `notes` says, in Chinese, what was in the file and was not read."""

    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()


def _plain(what: Cell | Line) -> dict[str, Any]:
    """Most have no doubts, and then do not say so."""
    return {name: value for name, value in asdict(what).items() if name != "doubts" or value}


def to_data(document: Document) -> dict[str, Any]:
    """As plain data, to be handed from one process to another."""
    return {
        "notes": list(document.notes),
        "blocks": [
            {"cells": [_plain(cell) for cell in block.cells], **({"inside": block.inside} if block.inside else {})}
            if isinstance(block, Table)
            else _plain(block)
            for block in document.blocks
        ],
    }


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "doubts": tuple(values.get("doubts", ()))}


def from_data(data: Mapping[str, Any]) -> Document:
    """The reverse of `to_data`."""
    blocks: list[Block] = [
        Table(tuple(Cell(**_told(cell)) for cell in block["cells"]), block.get("inside", ""))
        if "cells" in block
        else Line(**_told(block))
        for block in data["blocks"]
    ]
    return Document(tuple(blocks), tuple(data["notes"]))
