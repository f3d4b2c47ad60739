"""The Makefile keeps its promises: every target documented, an environment that is never taken for whole by mistake."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = set(re.findall(r"^([a-z]+):.* ## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
# Tests may run under `make test`; its settings are not those of the make started here.
OUTSIDE_MAKE = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=OUTSIDE_MAKE, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The Makefile with an environment that looks whole, in a folder with a difficult name."""
    folder = tmp_path / "揭榜 项目"
    (folder / "requirements").mkdir(parents=True)
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    for name in (
        "pyproject.toml",
        "setup.py",
        "requirements/runtime.txt",
        "requirements/build.txt",
        "requirements/dev.txt",
        "requirements/bench.txt",
        "requirements/fuzz.txt",
        "requirements/browser.txt",
        ".ci/compile-reader.js",
        "package.json",
        "package-lock.json",
        ".npmrc",
    ):
        (folder / name).touch()
        os.utime(folder / name, (1_000_000_000, 1_000_000_000))
    (folder / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (folder / ".venv" / ".made").write_text(f"{folder.resolve()}\n", encoding="utf-8")
    os.utime(folder / ".venv" / ".made", (1_000_000_001, 1_000_000_001))
    for stamp in (".runtime", ".dev", ".compiled"):
        (folder / ".venv" / stamp).touch()
    (folder / ".venv" / "bench").mkdir()
    (folder / ".venv" / "bench" / ".made").touch()
    (folder / ".venv" / "fuzz").mkdir()
    (folder / ".venv" / "fuzz" / ".made").touch()
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / ".made").touch()
    (folder / "reader").mkdir()
    (folder / "reader" / ".made").touch()
    return folder


def test_targets_are_there_and_phony() -> None:
    assert {
        "serve",
        "build",
        "check",
        "test",
        "lint",
        "bench",
        "fuzz",
        "mutants",
        "hooks",
        "reader",
        "lock",
        "clean",
        "help",
        "advisories",
        "sbom",
        "wheels",
        "engines",
    } == TARGETS
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony and set(phony[1].split()) >= TARGETS


def test_make_alone_lists_every_target() -> None:
    listed = make(ROOT).stdout
    assert {line.split()[1] for line in listed.splitlines()} == TARGETS


def test_whole_environment_is_left_alone(project: Path) -> None:
    for target in ("check", "build", "serve", "lint", "bench", "fuzz", "mutants"):
        planned = make(project, "--dry-run", target)
        assert planned.returncode == 0, planned.stderr
        assert "pip install" not in planned.stdout
        assert "npm ci" not in planned.stdout
        assert "-m venv" not in planned.stdout


@pytest.mark.parametrize("harm", ["cut off", "moved", "without its Python"])
def test_broken_environment_is_made_anew(project: Path, harm: str) -> None:
    if harm == "cut off":
        (project / ".venv" / ".made").unlink()
    elif harm == "moved":
        (project / ".venv" / ".made").write_text("/elsewhere\n", encoding="utf-8")
    else:
        (project / ".venv" / "bin" / "python").unlink()
    planned = make(project, "--dry-run", "check").stdout
    assert planned.index("rm -rf .venv") < planned.index("--require-hashes -r requirements/runtime.txt")


@pytest.mark.parametrize(
    ("changed", "target"),
    [
        ("runtime", "check"),
        ("runtime", "build"),
        ("build", "check"),
        ("dev", "lint"),
        ("dev", "bench"),
        ("bench", "bench"),
    ],
)
def test_changed_lock_is_installed(project: Path, changed: str, target: str) -> None:
    lock = f"requirements/{changed}.txt"
    os.utime(project / lock, (4_000_000_000, 4_000_000_000))
    planned = make(project, "--dry-run", target).stdout
    assert "--require-hashes" in planned and f"-r {lock}" in planned
    assert "rm -rf .venv &&" not in planned


@pytest.mark.parametrize("target", ["check", "build", "serve", "test"])
def test_changed_module_is_compiled_before_it_runs(project: Path, target: str) -> None:
    """Where PYTHONDONTWRITEBYTECODE is set Python compiles each module in every process and keeps none: a third of a check of the sample."""
    module = project / "generator" / "jiebang" / "rules" / "made_up.py"
    module.parent.mkdir(parents=True)
    assert "compileall" not in make(project, "--dry-run", target).stdout
    module.write_text("SAID = '示例'\n", encoding="utf-8")
    os.utime(module, (4_000_000_000, 4_000_000_000))
    planned = make(project, "--dry-run", target).stdout
    assert "-m compileall -q generator/jiebang" in planned
    assert "pip install" not in planned
    assert make(project, ".venv/.compiled").returncode == 0
    assert list(module.parent.glob("__pycache__/made_up.*.pyc"))


def test_what_is_measured_beside_ours_stays_out_of_our_environment(project: Path) -> None:
    (project / ".venv" / "bench" / ".made").unlink()
    planned = make(project, "--dry-run", "bench").stdout
    assert ".venv/bench/bin/python -m pip install -qq --require-hashes -r requirements/bench.txt" in planned
    assert planned.index("-m venv .venv/bench") < planned.index("benchmarks/run.py")
    for target in ("check", "lint", "test"):
        assert "bench" not in make(project, "--dry-run", target).stdout


@pytest.mark.parametrize("harm", ["changed lock", "cut off"])
@pytest.mark.parametrize("target", ["lint", "test"])
def test_tools_for_scripts_are_installed_when_they_are_not_whole(project: Path, harm: str, target: str) -> None:
    if harm == "cut off":
        (project / "node_modules" / ".made").unlink()
    else:
        os.utime(project / "package-lock.json", (4_000_000_000, 4_000_000_000))
    planned = make(project, "--dry-run", target).stdout
    assert planned.index("npm ci") < planned.index("node ", planned.index("touch node_modules/.made"))
    assert "npm" not in make(project, "--dry-run", "build").stdout


def test_the_reader_is_fetched_for_tests_and_when_asked_for_alone(project: Path) -> None:
    os.utime(project / "requirements" / "browser.txt", (4_000_000_000, 4_000_000_000))
    for target in ("reader", "test"):
        planned = make(project, "--dry-run", target).stdout
        assert "--require-hashes" in planned and "-r requirements/browser.txt" in planned
    for target in ("build", "serve", "check", "lint"):
        assert "browser.txt" not in make(project, "--dry-run", target).stdout


def test_missing_python_is_said_in_chinese(project: Path) -> None:
    (project / ".venv" / ".made").unlink()
    failed = make(project, "check", "PYTHONS=no-such-python")
    assert failed.returncode == 2
    assert "没有找到可用的 Python 3.11" in failed.stderr


def test_python_that_does_not_run_is_passed_over(project: Path) -> None:
    (project / ".venv" / ".made").unlink()
    stub = project / "stub-python"
    stub.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    stub.chmod(0o755)
    failed = make(project, "check", "PYTHONS=./stub-python")
    assert "没有找到可用的 Python 3.11" in failed.stderr


def test_ci_runs_what_a_desk_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    assert re.findall(r"\bmake .*", script.read_text(encoding="utf-8")) == ["make lint test"]


def test_browser_counts_only_when_it_runs(tmp_path: Path) -> None:
    for name, status in (
        ("chromium-headless-shell", 1),
        ("chrome-headless-shell", 1),
        ("chromium", 1),
        ("chromium-browser", 1),
        ("google-chrome", 0),
    ):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    found = subprocess.run(
        [ROOT / ".ci" / "chromium"], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert found.stdout == f"{tmp_path}/google-chrome\n"
