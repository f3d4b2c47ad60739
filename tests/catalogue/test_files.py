"""Which files a catalogue may hold: each kind that is refused, with its code, and nothing of it opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.problems import Problem

DEMANDS = "2024/qiaokou/demands"


def _problems(base: Path) -> list[Problem]:
    return load(base)[1]


def _codes(base: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for problem in _problems(base):
        found.setdefault(problem.path, set()).add(problem.code)
    return found


def test_a_symbolic_link_is_refused_and_not_followed(base: Path, tmp_path: Path) -> None:
    secret = tmp_path / "elsewhere.yml"
    secret.write_text((base / DEMANDS / "d-aaaaaaa1.yml").read_text(encoding="utf-8"), encoding="utf-8")
    (base / DEMANDS / "d-aaaaaaa2.yml").symlink_to(secret)
    (base / "2024/linked").symlink_to(base / "2024/zone")
    assert _codes(base) == {f"{DEMANDS}/d-aaaaaaa2.yml": {"F001"}, "2024/linked": {"F001"}}


def test_a_pipe_is_refused_without_waiting_for_it(base: Path) -> None:
    os.mkfifo(base / DEMANDS / "d-aaaaaaa2.yml")
    assert _codes(base) == {f"{DEMANDS}/d-aaaaaaa2.yml": {"F001"}}


def test_a_nested_repository_is_refused(base: Path) -> None:
    (base / "2024/zone/.git").mkdir()
    (base / "2024/qiaokou/.git").write_text("gitdir: ../..\n", encoding="utf-8")
    assert _codes(base) == {"2024/zone/.git": {"F001"}, "2024/qiaokou/.git": {"F001"}}


@pytest.mark.parametrize(
    "name",
    ["D-AAAAAAA2.yml", "d_aaaaaaa2.yml", "需求一.yml", "d aaaaaaa2.yml", "-d.yml", "d-aaaaaaa2.yaml", "d-aaaaaaa2.YML"],
)
def test_names_are_lower_case_letters_digits_and_hyphens(base: Path, name: str) -> None:
    text = (base / "2024/zone/demands/d-ccccccc3.yml").read_text(encoding="utf-8")
    (base / DEMANDS / name).write_text(text, encoding="utf-8")
    assert "F002" in _codes(base)[f"{DEMANDS}/{name}"]


def test_a_folder_with_a_bad_name_is_not_told_how_files_are_called(base: Path) -> None:
    (base / "2024/Zone A").mkdir()
    (told,) = load(base)[1]
    assert told.code == "F002" and "文件夹" in told.hint and "编号小写" not in told.hint


def test_twins_by_case_or_form_are_refused(base: Path) -> None:
    for name in ("Zone", "caf\u00e9", "cafe\u0301"):
        (base / "2024" / name).mkdir()
    found = _codes(base)
    assert "F003" in found["2024/zone"] | found.get("2024/Zone", set())
    assert "F003" in found["2024/caf\u00e9"]


@pytest.mark.parametrize("name", ["con.yml", "nul.yml", "com1.yml", "aux"])
def test_names_that_windows_reserves_are_refused(base: Path, name: str) -> None:
    target = base / DEMANDS / name
    if name.endswith(".yml"):
        target.write_text("a: 1\n", encoding="utf-8")
    else:
        target.mkdir()
    assert "F004" in _codes(base)[f"{DEMANDS}/{name}"]


@pytest.mark.parametrize(
    "name",
    [
        "2024/qiaokou/需求表.docx",
        ".DS_Store",
        "2024/qiaokou/demands/~$form.docx",
        "notes.txt",
        "2024/x.yml",
        "2024/qiaokou/other/x.yml",
    ],
)
def test_files_that_are_no_records_are_named(base: Path, name: str) -> None:
    target = base / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"x")
    assert _codes(base) == {name: {"F005"}}


def test_an_executable_record_is_refused(base: Path) -> None:
    (base / DEMANDS / "d-aaaaaaa1.yml").chmod(0o755)
    assert _codes(base) == {f"{DEMANDS}/d-aaaaaaa1.yml": {"F006"}}


def test_missing_frames_of_a_catalogue_are_named(base: Path) -> None:
    (base / "districts.yml").unlink()
    (base / "2024/round.yml").unlink()
    assert _codes(base) == {"districts.yml": {"F007"}, "2024/round.yml": {"F007"}}


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_checked(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def refuse(path: Path, flags: int, *more: int) -> int:
        if str(path).endswith("d-aaaaaaa1.yml"):
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *more)

    monkeypatch.setattr("jiebang.catalogue.catalogue.os.open", refuse)
    assert _codes(base) == {f"{DEMANDS}/d-aaaaaaa1.yml": {"F008"}}


def test_housekeeping_is_left_alone(base: Path) -> None:
    (base / "README.md").write_text("x", encoding="utf-8")
    (base / "2024/zone/demands/.gitkeep").write_text("", encoding="utf-8")
    (base / ".git").mkdir()
    (base / ".git/config").write_text("x", encoding="utf-8")
    assert _problems(base) == []


def test_an_unprintable_name_is_told_in_escapes(base: Path) -> None:
    (base / "a\n::error::b").write_text("x", encoding="utf-8")
    (problem,) = _problems(base)
    assert "\n" not in problem.path
