"""Where a forge builds, a site without its history is another site: nothing is built then, unless it is asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run, run_here
from tests.plain_yaml import texts


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *who, "-C", str(folder), *arguments], env=environment, check=True, capture_output=True)


@pytest.fixture
def clones(base: Path, tmp_path: Path) -> Path:
    """A folder with `whole/` and `shallow/`, two clones of one repository of two commits."""
    workspace = tmp_path / "origin"
    workspace.mkdir()
    base.rename(workspace / "catalogue")
    _git(workspace, "init", "-b", "main")
    _git(workspace, "add", "-A")
    _git(workspace, "commit", "-m", "records")
    _git(workspace, "commit", "--allow-empty", "-m", "more")
    _git(tmp_path, "clone", workspace.as_uri(), "whole")
    _git(tmp_path, "clone", "--depth", "1", workspace.as_uri(), "shallow")
    return tmp_path


@pytest.mark.parametrize("ci", ["true", "1"])
def test_a_shallow_clone_stops_in_ci(clones: Path, run: Run, ci: str) -> None:
    done = run("build", cwd=clones / "shallow", CI=ci)
    assert done.returncode == 1
    for word in ("浅克隆", "fetch-depth: 0", "GIT_DEPTH", "--without-history"):
        assert word in done.stderr
    assert not (clones / "shallow" / "public").exists()


def test_what_is_no_repository_stops_in_ci(base: Path, run: Run, tmp_path: Path) -> None:
    done = run("build", "--catalogue", base, "--out", tmp_path / "public", CI="true")
    assert (done.returncode, "不在 git 仓库里" in done.stderr, "git clone" in done.stderr) == (1, True, True)
    assert not (tmp_path / "public").exists()


def test_without_git_a_build_stops_in_ci(clones: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "git", None)
    done = run("build", cwd=clones / "whole", CI="true")
    assert (done.returncode, "没有找到 git" in done.stderr) == (1, True)


def test_the_whole_history_builds_in_ci_and_a_shallow_one_where_it_is_asked_for(clones: Path, run: Run) -> None:
    assert run("build", cwd=clones / "whole", CI="true").returncode == 0
    for more, ci in ((("--without-history",), "true"), ((), "false"), ((), "")):
        done = run("build", *more, cwd=clones / "shallow", CI=ci)
        assert (done.returncode, "提示：仓库是浅克隆" in done.stderr) == (0, True)
    # What stands there was built without: asked for again in CI, it is not taken for the site.
    assert run("build", cwd=clones / "shallow", CI="true").returncode == 1


def test_a_past_site_needs_the_whole_history_everywhere(clones: Path, run: Run) -> None:
    done = run("build", "--at", "HEAD", cwd=clones / "shallow")
    assert (done.returncode, "--unshallow" in done.stderr) == (1, True)


_BUILDING = ("jiebang build", "jiebang proposal", "ci/judge", "make --silent build")


def _jobs(file: Path) -> list[list[dict[str, object]]]:
    told = texts(file.read_text(encoding="utf-8"))
    return [job["steps"] for job in told.get("jobs", {}).values()]


def test_pipelines_that_build_or_compare_take_the_whole_history(tmp_path: Path) -> None:
    made = tmp_path / "bureau"
    assert (
        run_here(("new", "catalogue", made, "--city", "示例市", "--district", "示例区"), tmp_path, {}).returncode == 0
    )
    seen = 0
    for root in (ROOT, made):
        for file in (*root.glob(".github/workflows/*.yml"), *root.glob(".gitea/workflows/*.yml")):
            for steps in _jobs(file):
                if any(word in str(step.get("run", "")) for step in steps for word in _BUILDING):
                    (checkout,) = (step for step in steps if str(step.get("uses", "")).startswith("actions/checkout"))
                    assert isinstance(taken := checkout["with"], dict) and taken["fetch-depth"] == "0", file
                    seen += 1
        assert texts((root / ".gitlab-ci.yml").read_text(encoding="utf-8"))["variables"]["GIT_DEPTH"] == "0"
    assert seen >= 6
    shutil.rmtree(made)
