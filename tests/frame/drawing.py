"""The drawing of the rooms in CONTRIBUTING.md: floors as import-linter holds them, each room's purpose, and what it imports."""

from __future__ import annotations

import ast
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

PROGRAM = ROOT / "generator" / "jiebang"
_WIDTH = 150
_INDENT = 17


def floors() -> list[list[str]]:
    """The layers of the contract `Floors`, from the top, each with its rooms."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in contracts if one["type"] == "layers")
    return [[room.strip().removeprefix("jiebang.") for room in layer.split("|")] for layer in layers]


def _modules(room: str) -> list[Path]:
    folder = PROGRAM / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [PROGRAM / f"{room}.py"]


def imports_of(room: str) -> set[str]:
    """Other rooms that a room's modules import."""
    found = set()
    for file in _modules(room):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            found |= {name.split(".")[1] for name in names if name.startswith("jiebang.")}
    return found - {room}


def _purpose(room: str) -> str:
    door = PROGRAM / room / "__init__.py"
    text = ast.get_docstring(
        ast.parse((door if door.is_file() else PROGRAM / f"{room}.py").read_text(encoding="utf-8"))
    )
    assert text, f"{room} does not say what it is for"
    return re.split(r"\n\n", text)[0].replace("\n", " ").rstrip(".")


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _wrapped(words: Iterator[str], width: int) -> Iterator[str]:
    line = ""
    for word in words:
        if line and _columns(f"{line} {word}") > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def drawing() -> str:
    """The drawing, as it has to stand in CONTRIBUTING.md."""
    levels = floors()
    order = [room for level in levels for room in level]
    lines = []
    for level in levels:
        for room in level:
            used = sorted(imports_of(room) & set(order), key=order.index)
            name = f"{room} ({len(_modules(room))})".ljust(_INDENT)
            for line in _wrapped(iter(_purpose(room).split()), _WIDTH - _INDENT):
                lines.append(f"{name}{line}".rstrip())
                name = " " * _INDENT
            lines.append(f"{name}→ {' '.join(used)}" if used else f"{name}→ nothing of ours")
        lines.append("─" * _WIDTH)
    return "\n".join(lines[:-1])


def write() -> None:
    """Puts the drawing of today into CONTRIBUTING.md."""
    file = ROOT / "CONTRIBUTING.md"
    before, _, rest = file.read_text(encoding="utf-8").partition("```text\n")
    file.write_text(f"{before}```text\n{drawing()}\n```{rest.partition('```')[2]}", encoding="utf-8")


if __name__ == "__main__":
    write()
