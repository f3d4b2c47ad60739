"""Whatever stands in a catalogue's folders is named and left alone; the records beside it are judged."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest

from jiebang.catalogue.files import find_records
from jiebang.problems.places import with_places
from tests.judging import judge, outputs

_ZONE = "2024/zone/demands"
_RESERVED = ("con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9", "con.x", "nul.tar")
_ENDLESS = 1200


def test_everything_that_is_no_file_is_named_and_the_rest_is_judged(base: Path, tmp_path: Path) -> None:
    folder = base / _ZONE
    outside = tmp_path / "outside.yml"
    shutil.copy(folder / "d-ccccccc3.yml", outside)
    hostile: dict[str, str] = {}

    def at(name: str, code: str) -> Path:
        hostile[f"{_ZONE}/{name}"] = code
        return folder / name

    at("d-link0001.yml", "F001").symlink_to(outside)
    at("d-link0002.yml", "F001").symlink_to("d-link0002.yml")
    at("d-link0003.yml", "F001").symlink_to("nowhere")
    at("d-link0004.yml", "F001").symlink_to(os.devnull)
    at("loop", "F001").symlink_to("..")
    os.mkfifo(at("d-pipe0001.yml", "F001"))
    with socket.socket(socket.AF_UNIX) as listening:
        came_from = Path.cwd()
        os.chdir(folder)  # A socket's name is short.
        try:
            listening.bind("d-sock0001.yml")
        finally:
            os.chdir(came_from)
        hostile[f"{_ZONE}/d-sock0001.yml"] = "F001"
        at("d-dir00001.yml", "F005").mkdir()
        (folder / "d-dir00001.yml/d-inside01.yml").write_text("a: b\n", encoding="utf-8")
        hostile[f"{_ZONE}/d-dir00001.yml/d-inside01.yml"] = hostile.pop(f"{_ZONE}/d-dir00001.yml")
        at(".git", "F001").write_text("gitdir: x\n", encoding="utf-8")
        for name in _RESERVED:
            at(f"{name}.yml", "F004").write_text("a: b\n", encoding="utf-8")
        at("d-caf\u00e9.yml", "F002").write_text("a: b\n", encoding="utf-8")
        at("d-cafe\u0301.yml", "F002").write_text("a: b\n", encoding="utf-8")
        at("D-CCCCCCC3.yml", "F002").write_text("a: b\n", encoding="utf-8")
        at("d-\u0430aaaaaa1.yml", "F002").write_text("a: b\n", encoding="utf-8")
        at("d-\u202elmy.yml", "F002").write_text("a: b\n", encoding="utf-8")
        (folder / "d-a\n::error::KANARIE.yml").write_text("a: b\n", encoding="utf-8")
        (folder / os.fsdecode(b"d-\xff\xfe.yml")).write_text("a: b\n", encoding="utf-8")
        (folder / ("d-" + "x" * 200 + ".yml")).write_text("a: b\n", encoding="utf-8")
        catalogue, problems = judge(base)
    found = {(p.path, p.code) for p in problems}
    shown = {(path if path.isprintable() else ascii(path)[1:-1], code) for path, code in hostile.items()}
    assert sorted(shown - found) == []
    twins = {p.path for p in problems if p.code == "F003"}
    assert len(twins) == 2
    assert {"D-CCCCCCC3", "D-BBBBBBB2"} <= {record.id for record in catalogue.demands}
    for name, output in outputs(with_places(problems)):
        output.encode()
        assert "KANARIE" not in output
        assert not any(line.startswith("::error::") for line in output.splitlines()), name


def test_folders_a_thousand_deep_end_in_a_finding(base: Path) -> None:
    came_from = Path.cwd()
    os.chdir(base / _ZONE)
    try:
        for _ in range(_ENDLESS):
            Path("a").mkdir()
            os.chdir("a")
    finally:
        os.chdir(came_from)
    try:
        _, problems = judge(base)
    finally:
        _remove(base / _ZONE / "a")
    (problem,) = problems
    assert problem.code == "F005" and "太深" in problem.message


def _remove(folder: Path) -> None:
    """A tree that is too deep for those who call themselves again for each folder."""
    for _ in range(_ENDLESS):
        inner = folder / "a" / "a"
        if not inner.exists():
            break
        inner.rename(folder / "b")
        (folder / "a").rmdir()
        (folder / "b").rename(folder / "a")
    shutil.rmtree(folder)


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_a_folder_that_cannot_be_looked_into_is_named(
    base: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    real = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("/zone/demands"):
            raise error
        return real(path)

    monkeypatch.setattr("jiebang.catalogue.files.os.scandir", refuse)
    records, problems = find_records(base)
    assert [(p.path, p.code) for p in problems] == [(_ZONE, "F008")]
    assert len(records) >= 10
