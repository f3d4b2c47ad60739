"""CI that strangers may trigger: what may run, with which rights, and the guard that keeps records and program apart."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOWS: dict[str, dict[str, Any]] = {
    # Every scalar as text: otherwise `on` is a truth value.
    file.stem: yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - builds texts only
    for file in FILES
}
JOBS = [(name, job) for name, flow in WORKFLOWS.items() for job in flow["jobs"]]
STEPS = [(name, job, step) for name, job in JOBS for step in WORKFLOWS[name]["jobs"][job]["steps"]]


def test_triggers() -> None:
    assert WORKFLOWS.keys() == {"check", "publish"}
    assert list(WORKFLOWS["check"]["on"]) == ["pull_request"]
    assert WORKFLOWS["publish"]["on"] == {"push": {"branches": ["main"]}, "workflow_dispatch": ""}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_is_permitted_but_by_a_job(name: str) -> None:
    assert WORKFLOWS[name]["permissions"] == {}
    assert "concurrency" in WORKFLOWS[name]


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_jobs_have_few_rights_and_little_time(name: str, job: str) -> None:
    deploys = (name, job) == ("publish", "deploy")
    expected = {"pages": "write", "id-token": "write"} if deploys else {"contents": "read"}
    assert WORKFLOWS[name]["jobs"][job]["permissions"] == expected
    assert int(WORKFLOWS[name]["jobs"][job]["timeout-minutes"]) <= 30


@pytest.mark.parametrize(("name", "job", "step"), STEPS)
def test_steps(name: str, job: str, step: dict[str, Any]) -> None:
    assert step["name"]
    assert "${{" not in step.get("run", "")
    if step.get("uses", "").startswith("actions/checkout@"):
        assert step["with"]["persist-credentials"] == "false"


def test_actions_are_pinned_with_their_version() -> None:
    pins: dict[str, set[str]] = {}
    for file in FILES:
        for line in re.findall(r"^.*\buses:.*$", file.read_text(encoding="utf-8"), re.MULTILINE):
            pinned = re.search(r"uses: ([\w/-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+$", line)
            assert pinned, line
            pins.setdefault(pinned[1], set()).add(pinned[2])
    assert all(len(commits) == 1 for commits in pins.values()), pins


def test_only_the_public_folder_is_uploaded() -> None:
    uploads = [step for _, _, step in STEPS if "upload" in step.get("uses", "")]
    assert [step["with"] for step in uploads] == [{"path": "public/"}]


# --- the guard, run as it stands in the workflow ---------------------------------------------------------------------------


def git(repository: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=repository, check=True, capture_output=True)


def write(repository: Path, path: str, content: str) -> None:
    (repository / path).parent.mkdir(parents=True, exist_ok=True)
    (repository / path).write_text(content, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A base with a record and a program, and a branch `proposal` checked out."""
    git(tmp_path, "init", "--initial-branch=main")
    write(tmp_path, "catalogue/2024/qu/demands/d-1.yml", "schema: demand/1\n")
    write(tmp_path, "schemas/demand.schema.json", "{}\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--message=base")
    git(tmp_path, "switch", "--create=proposal")
    return tmp_path


def guard(repository: Path) -> subprocess.CompletedProcess[str]:
    """Merges the proposal as the platform does and runs the guard's script on it."""
    git(repository, "add", "--all")
    git(repository, "commit", "--message=proposal")
    git(repository, "switch", "main")
    git(repository, "merge", "--no-ff", "--message=merge", "proposal")
    script = WORKFLOWS["check"]["jobs"]["separation"]["steps"][-1]["run"]
    return subprocess.run(["bash", "-c", script], cwd=repository, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    ("paths", "passes"),
    [
        (["catalogue/2024/qu/demands/d-2.yml"], True),
        (["generator/jiebang/new.py", "schemas/demand.schema.json", ".github/workflows/check.yml"], True),
        (["catalogue/districts.yml", ".github/CODEOWNERS"], True),
        (["catalogue/2024/qu/demands/d-2.yml", ".github/workflows/check.yml"], False),
        (["catalogue/2024/qu/demands/d-2.yml", "schemas/demand.schema.json"], False),
        (["catalogue/2024/qu/demands/d-2.yml", "generator/jiebang/new.py"], False),
        (["catalogue/2024/qu/demands/d-2.yml", "Makefile"], False),
        (["catalogue/2024/qu/demands/::error::\n记录.yml", "site/pages/index.md"], False),
    ],
)
def test_records_come_apart_from_the_program(repository: Path, paths: list[str], passes: bool) -> None:
    for path in paths:
        write(repository, path, "changed\n")
    judged = guard(repository)
    assert (judged.returncode == 0) is passes, judged.stdout + judged.stderr
    assert not any(Path(path).name in judged.stdout for path in paths)


def test_record_moved_out_counts_as_a_record(repository: Path) -> None:
    (repository / "generator").mkdir()
    (repository / "catalogue/2024/qu/demands/d-1.yml").rename(repository / "generator" / "d-1.yml")
    assert guard(repository).returncode == 1


def test_guard_refuses_to_guess_without_a_merge(repository: Path) -> None:
    git(repository, "switch", "main")
    script = WORKFLOWS["check"]["jobs"]["separation"]["steps"][-1]["run"]
    judged = subprocess.run(["bash", "-c", script], cwd=repository, capture_output=True, check=False)
    assert judged.returncode == 1
