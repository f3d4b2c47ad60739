"""Plain text of records made ready for a page: paragraphs, parameter rows, excerpts. Nothing here makes HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COLON = re.compile("[：:]")
_AFTER_STOP = re.compile("([。；：，、！？）]) ")
_EXCERPT = 84


def paragraphs(text: str) -> list[str]:
    """The lines of a text, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Block:
    """Either rows of a parameter table or a line that is none; the other one is empty."""

    rows: tuple[Row, ...] = ()
    line: str = ""


def _row(line: str) -> Row | None:
    name, *rest = _COLON.split(line, maxsplit=1)
    value = rest[0].strip() if rest else ""
    return Row(name.strip(), value) if name.strip() and value else None


def parameter_blocks(text: str) -> list[Block]:
    """Neighbouring lines of the form `名称：值` form a table; every other line stays a line, in its place."""
    blocks: list[Block] = []
    for line in paragraphs(text):
        row = _row(line)
        if row is None:
            blocks.append(Block(line=line))
        elif blocks and blocks[-1].rows:
            blocks[-1] = Block(rows=(*blocks[-1].rows, row))
        else:
            blocks.append(Block(rows=(row,)))
    return blocks


def excerpt(text: str) -> str:
    """The beginning of a text in one line, for a card. `list/cards.js` of the page scripts cuts the same way."""
    # No more than every second character is left out.
    line = _AFTER_STOP.sub(r"\1", " ".join(text.split())[: 2 * _EXCERPT + 2])
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT].rstrip()}…"


def tel(phone: str) -> str:
    """What a telephone dials for `027-0000 0100转8`: `02700000100,8`."""
    number, _, extension = phone.partition("转")
    dialled = re.sub(r"[^0-9+]", "", number)
    return f"{dialled},{extension}" if extension else dialled
