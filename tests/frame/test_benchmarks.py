"""The made-up catalogues that are measured: right by every check, the same every time, half of the enterprises hidden."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.rules import check_rules

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def make(target: Path, demands: int, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, BENCHMARKS / "make_catalogue.py", "--demands", str(demands), "--out", target, *options],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yml")}


@pytest.mark.parametrize("demands", [1, 60])
def test_made_up_catalogue_passes_every_check(tmp_path: Path, demands: int) -> None:
    target = tmp_path / "catalogue"
    assert make(target, demands).returncode == 0
    catalogue, problems = load(target)
    assert problems == []
    assert list(check_rules(catalogue)) == []
    assert len(catalogue.demands) == demands
    choices = [e.get("disclosure") for e in catalogue.enterprises if e.get("role") == "大企业"]
    assert choices.count("公开") == choices.count("不公开")


def test_made_up_demand_weighs_like_a_real_one(tmp_path: Path) -> None:
    make(tmp_path / "catalogue", 40)
    sizes = [len(data) for path, data in contents(tmp_path / "catalogue").items() if "/demands/" in path]
    assert 3_300 < sum(sizes) / len(sizes) < 4_100


def test_same_arguments_give_the_same_files(tmp_path: Path) -> None:
    for name, options in (("one", ()), ("two", ()), ("other", ("--seed", "2"))):
        make(tmp_path / name, 8, *options)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert contents(tmp_path / "one").keys() != contents(tmp_path / "other").keys()


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").touch()
    refused = make(tmp_path, 3)
    assert refused.returncode == 2
    assert "不是空文件夹" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
