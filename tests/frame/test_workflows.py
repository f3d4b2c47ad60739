"""CI that strangers may trigger: what may run, and with which rights; what the judge says stands in tests/proposal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests import plain_yaml
from tests.turns import NIGHT

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOWS: dict[str, dict[str, Any]] = {
    # Every scalar as text: otherwise `on` is a truth value.
    file.stem: plain_yaml.texts(file.read_text(encoding="utf-8"))
    for file in FILES
}
JOBS = [(name, job) for name, flow in WORKFLOWS.items() for job in flow["jobs"]]
STEPS = [(name, job, step) for name, job in JOBS for step in WORKFLOWS[name]["jobs"][job]["steps"]]


def test_triggers() -> None:
    assert WORKFLOWS.keys() == {"advisories", "check", "night", "publish"}
    assert WORKFLOWS["advisories"]["on"].keys() == {"schedule", "workflow_dispatch", "pull_request"}
    assert WORKFLOWS["check"]["on"] == {"pull_request": "", "merge_group": ""}
    assert WORKFLOWS["night"]["on"].keys() == {"schedule", "workflow_dispatch"}
    assert WORKFLOWS["publish"]["on"] == {"push": {"branches": ["main"]}, "workflow_dispatch": ""}


def test_at_night_everything_is_tested() -> None:
    """By day a part is drawn: where nothing ran the rest, it would be a promise that nobody keeps."""
    job = WORKFLOWS["night"]["jobs"]["tests"]
    assert job["steps"][-1]["run"].endswith(f"make --silent test ARGS=--hypothesis-profile={NIGHT}")


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_is_permitted_but_by_a_job(name: str) -> None:
    assert WORKFLOWS[name]["permissions"] == {}
    assert "concurrency" in WORKFLOWS[name]


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_jobs_have_few_rights_and_little_time(name: str, job: str) -> None:
    more = {
        ("publish", "deploy"): {"pages": "write", "id-token": "write"},
        ("publish", "attest"): {"attestations": "write", "id-token": "write"},
    }
    assert WORKFLOWS[name]["jobs"][job]["permissions"] == more.get((name, job), {"contents": "read"})
    assert int(WORKFLOWS[name]["jobs"][job]["timeout-minutes"]) <= (300 if name == "night" else 30)


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


def test_only_the_public_folder_and_the_preview_are_uploaded() -> None:
    uploads = [(name, step["with"]["path"]) for name, _, step in STEPS if "upload" in step.get("uses", "")]
    assert uploads == [("check", "${{ runner.temp }}/preview/"), ("publish", "public/")]


def test_the_judge_runs_the_base_program_only() -> None:
    steps = WORKFLOWS["check"]["jobs"]["judge"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    switched = next(
        place for place, command in enumerate(commands) if "git switch --quiet --detach 'HEAD^1'" in command
    )
    assert 'git switch --quiet --detach "$QUEUED_ONTO"' in commands[switched]
    # Before the switch, not one program of the pull request.
    assert all("make" not in command and ".ci/" not in command for command in commands[: switched + 1])
    assert commands[switched + 1] == ".ci/judge"


_SETTINGS = (ROOT / "site" / "pages" / "guide" / "settings.md").read_text(encoding="utf-8")
_WANTED = (
    "检查通过",
    "跟上主分支",
    "代码所有者审核",
    "批准作废",
    "最后推送的人",
    "管理员",
    "压缩合并",
    "强行推送、删除",
)


def _of(forge: str) -> str:
    return _SETTINGS.partition(f"{{#{forge}}}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    ("forge", "words"),
    [
        (
            "github",
            ("Require branches to be up to date before merging", "Require merge queue", "most recent reviewable push"),
        ),
        ("gitlab", ("Merge commit with semi-linear history", "merge trains", "JUDGE_TOKEN", "付费")),
        ("gitea", ("Block merge if pull request is outdated", "Dismiss stale approvals")),
        ("gitee", (".workflow/check.yml", "JUDGE_TOKEN")),
        ("gitcode", (".gitcode/workflows/check.yml", "pull_request_target")),
    ],
)
def test_the_guide_says_of_each_forge_what_to_set_and_what_was_tried(forge: str, words: tuple[str, ...]) -> None:
    entry = _of(forge)
    assert [word for word in words if word not in entry] == []
    rows = set(re.findall(r"(?m)^\| ([^|]+) \|", entry))
    assert set(_WANTED) <= rows or "其余五项" in rows
    assert "这里试过的" in entry and "没有人试过的" in entry


def test_the_guide_names_the_checks_of_github_as_they_are() -> None:
    assert [job["name"] for job in WORKFLOWS["check"]["jobs"].values() if f"“{job['name']}”" not in _of("github")] == []
