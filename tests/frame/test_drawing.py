"""CONTRIBUTING.md opens with a drawing of the rooms, made from the imports."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.frame.drawing import PROGRAM, drawing, floors, imports_of

DRAWN = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_drawing_is_what_the_imports_say() -> None:
    expected = drawing()
    assert f"```text\n{expected}\n```" in DRAWN, "run: python -m tests.frame.drawing"


def test_every_room_stands_on_a_floor() -> None:
    rooms = {
        path.stem
        for path in PROGRAM.iterdir()
        if (path.is_dir() and (path / "__init__.py").is_file())
        or (path.suffix == ".py" and not path.stem.startswith("__"))
    }
    drawn = {room for level in floors() for room in level}
    assert rooms - drawn == set()


def test_no_room_imports_upwards() -> None:
    levels = {room: number for number, level in enumerate(floors()) for room in level}
    for room, number in levels.items():
        for other in imports_of(room):
            assert levels[other] >= number, (room, other)
