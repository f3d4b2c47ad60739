"""`.ci/judge`, the script of all forges, and the steps of each forge around it, run as they stand in a clone."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import plain_yaml
from tests.conftest import ROOT, Run
from tests.proposal.forge import Forge

OWN = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
SABOTAGE = "import pathlib, sys\npathlib.Path('ran').touch()\nprint('可以合并')\nsys.exit(0)\n"
# Make and pytest of the test run itself must not reach the one started here.
_CLEAN = {
    k: v for k, v in os.environ.items() if k != "CI" and not k.startswith(("MAKE", "MFLAGS", "PYTEST", "GITHUB_"))
}


def _sh(clone: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=clone,
        env={**_CLEAN, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _judge(clone: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    fetched = _sh(clone, "git fetch --quiet origin proposal")
    assert fetched.returncode == 0, fetched.stderr
    return _sh(clone, ".ci/judge", JUDGE_HEAD="FETCH_HEAD", **environment)


def test_a_good_proposal_passes_with_a_preview(whole: tuple[Forge, Path]) -> None:
    forge, clone = whole
    forge.propose({OWN: forge.read(OWN).replace("apply_by: 2024-10-31", "apply_by: 2024-11-30")})
    said = _judge(clone, JUDGE_ACTORS="shili-qiaokou shili-city", JUDGE_PREVIEW="seen")
    assert said.returncode == 0, said.stdout + said.stderr
    assert "可以合并" in said.stdout
    assert (clone / "seen" / "changes.html").is_file()


def test_the_program_of_the_proposal_never_runs(whole: tuple[Forge, Path]) -> None:
    forge, clone = whole
    forge.propose(
        {
            OWN: forge.read(OWN).replace("status: published", "status: submitted"),
            "generator/jiebang/__init__.py": SABOTAGE,
            "generator/jiebang/cli/__init__.py": SABOTAGE,
            "Makefile": "all .venv/.runtime:\n\ttouch ran\n",
            ".ci/judge": "touch ran; echo 可以合并\n",
            "mkdocs.yml": "hooks: [ran.py]\n",
            "site/theme/main.html": "{{ config.__class__ }}",
        }
    )
    said = _judge(clone, JUDGE_ACTORS="shili-city", JUDGE_PREVIEW="seen")
    assert said.returncode == 1
    assert "不能合并" in said.stdout and "R501" in said.stdout and "R511" in said.stdout
    assert not (clone / "ran").exists()
    assert not (clone / "seen").exists()


def test_github_gets_annotations_and_the_whole_list(whole: tuple[Forge, Path], tmp_path: Path) -> None:
    forge, clone = whole
    forge.propose({OWN: forge.read(OWN).replace("status: published", "status: submitted")})
    summary = tmp_path / "summary.md"
    said = _judge(clone, JUDGE_ACTORS="shili-qiaokou", JUDGE_FORMAT="github", GITHUB_STEP_SUMMARY=str(summary))
    assert said.returncode == 1
    assert f"::error file={OWN},line=" in said.stdout
    assert "R511" in summary.read_text(encoding="utf-8")


def test_an_account_is_never_a_command(whole: tuple[Forge, Path]) -> None:
    forge, clone = whole
    forge.propose({OWN: f"{forge.read(OWN)}# 改\n"})
    said = _judge(clone, JUDGE_ACTORS="$(touch ran) --format=json ;touch ran")
    assert said.returncode == 1
    assert "没有登记" in said.stdout
    assert not (clone / "ran").exists()


@pytest.mark.parametrize(("form", "ci", "code"), [("text", "", 0), ("text", "true", 1), ("github", "", 1)])
def test_without_an_account_ci_fails_and_a_desk_is_told(
    whole: tuple[Forge, Path], form: str, ci: str, code: int
) -> None:
    forge, clone = whole
    forge.propose({OWN: f"{forge.read(OWN)}# 改\n"})
    said = _judge(clone, JUDGE_ACTORS=" ", JUDGE_FORMAT=form, CI=ci, JUDGE_PREVIEW="seen")
    assert said.returncode == code, said.stdout + said.stderr
    assert ("R516" in said.stdout) == bool(code)
    assert ("没有核对提交人的权限" in said.stderr) != bool(code)
    assert (clone / "seen").exists() != bool(code)
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("form", ["github", "gitlab", "markdown", "json"])
def test_every_form_of_a_forge_needs_an_account(forge: Forge, run: Run, form: str) -> None:
    forge.propose({OWN: f"{forge.read(OWN)}# 改\n"})
    said = run("proposal", "--repository", forge.folder, "--head", "proposal", "--format", form)
    assert said.returncode == 1 and "R516" in said.stdout
    assert "没有核对提交人的权限" not in said.stderr and "Traceback" not in said.stderr


def test_a_merge_queue_tells_no_account_and_is_judged_all_the_same(whole: tuple[Forge, Path]) -> None:
    forge, clone = whole
    forge.propose({OWN: f"{forge.read(OWN)}# 改\n"})
    said = _judge(clone, JUDGE_QUEUED="true", JUDGE_FORMAT="github", CI="true")
    assert said.returncode == 0, said.stdout + said.stderr
    forge.propose({OWN: forge.read(OWN).replace("status: published", "status: submitted")})
    said = _judge(clone, JUDGE_QUEUED="true", JUDGE_FORMAT="github", CI="true")
    assert said.returncode == 1
    assert "R511" in said.stdout


def test_without_a_head_it_says_what_is_missing(whole: tuple[Forge, Path]) -> None:
    said = _sh(whole[1], ".ci/judge")
    assert said.returncode != 0
    assert "JUDGE_HEAD" in said.stderr


# --- each forge's own steps -------------------------------------------------------------------------------------------------


def _load(path: str) -> dict[str, Any]:
    loaded: dict[str, Any] = plain_yaml.texts((ROOT / path).read_text(encoding="utf-8"))
    return loaded


GITHUB, GITEA, GITLAB = (
    _load(path) for path in (".github/workflows/check.yml", ".gitea/workflows/check.yml", ".gitlab-ci.yml")
)


def _step(flow: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(step for step in flow["jobs"]["judge"]["steps"] if step["name"] == name)
    return found


def test_github_switches_to_the_base(whole: tuple[Forge, Path]) -> None:
    forge, clone = whole
    base, head = forge.git("rev-parse", "main"), forge.propose({OWN: f"{forge.read(OWN)}# 改\n", "mine.txt": "x\n"})
    forge.merge("proposal")
    assert _sh(clone, "git pull --quiet").returncode == 0
    (clone / "left.txt").touch()
    done = _sh(clone, _step(GITHUB, "换成主分支的程序")["run"])
    assert done.returncode == 0, done.stderr
    assert _sh(clone, "git rev-parse HEAD refs/judge/head").stdout.split() == [base, head]
    assert not (clone / "mine.txt").exists() and not (clone / "left.txt").exists()


@pytest.mark.parametrize("squashed", [False, True])
def test_github_switches_to_the_base_of_a_merge_queue(whole: tuple[Forge, Path], squashed: bool) -> None:
    forge, clone = whole
    base, head = forge.git("rev-parse", "main"), forge.propose({OWN: f"{forge.read(OWN)}# 改\n", "mine.txt": "x\n"})
    queued = head if squashed else forge.merge("proposal")
    assert _sh(clone, f"git fetch --quiet origin {queued} && git switch --quiet --detach {queued}").returncode == 0
    done = _sh(clone, _step(GITHUB, "换成主分支的程序")["run"], QUEUED_ONTO=base)
    assert done.returncode == 0, done.stderr
    assert _sh(clone, "git rev-parse HEAD refs/judge/head").stdout.split() == [base, queued]
    assert not (clone / "mine.txt").exists()


def test_github_names_the_accounts_of_a_pull_request_and_says_when_it_is_queued() -> None:
    told = _step(GITHUB, "检查合并请求")["env"]
    assert "github.event.pull_request.user.login, github.actor" in told["JUDGE_ACTORS"]
    assert told["JUDGE_QUEUED"] == "${{ github.event_name == 'merge_group' }}"


def test_github_refuses_what_is_no_merge(whole: tuple[Forge, Path]) -> None:
    done = _sh(whole[1], _step(GITHUB, "换成主分支的程序")["run"])
    assert done.returncode == 1
    assert "不是合并请求" in done.stdout


def test_gitea_switches_to_the_base(whole: tuple[Forge, Path]) -> None:
    forge, clone = whole
    base, head = forge.git("rev-parse", "main"), forge.propose({OWN: f"{forge.read(OWN)}# 改\n"})
    assert _sh(clone, "git fetch --quiet origin proposal && git switch --quiet --detach FETCH_HEAD").returncode == 0
    done = _sh(clone, _step(GITEA, "换成主分支的程序")["run"], BASE=base, HEAD=head)
    assert done.returncode == 0, done.stderr
    assert _sh(clone, "git rev-parse HEAD refs/judge/head").stdout.split() == [base, head]


def _script_of_gitlab() -> str:
    """`git clean -x` takes the environment and what was compiled, which a forge makes anew: here they stay."""
    script = "\n".join(GITLAB["judge"]["script"])
    assert script.count("git clean -ffdxq") == 1
    return script.replace("git clean -ffdxq", "git clean -ffdxq -e .venv -e __pycache__")


def test_gitlab_runs_its_script(whole: tuple[Forge, Path]) -> None:
    forge, clone = whole
    head = forge.propose({OWN: forge.read(OWN).replace("apply_by: 2024-10-31", "apply_by: 2024-11-30")})
    assert _sh(clone, "git fetch --quiet origin proposal && git switch --quiet --detach FETCH_HEAD").returncode == 0
    script = _script_of_gitlab()
    done = _sh(
        clone,
        script,
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main",
        CI_COMMIT_SHA=head,
        GITLAB_USER_LOGIN="shili-qiaokou",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads((clone / "quality.json").read_text(encoding="utf-8")) == []
    assert (clone / "preview" / "changes.html").is_file()


@pytest.mark.parametrize(("event", "code"), [("merge_train", 0), ("merged_result", 1)])
def test_gitlab_asks_for_the_account_but_in_a_train(whole: tuple[Forge, Path], event: str, code: int) -> None:
    forge, clone = whole
    head = forge.propose({OWN: f"{forge.read(OWN)}# 改\n"})
    assert _sh(clone, "git fetch --quiet origin proposal && git switch --quiet --detach FETCH_HEAD").returncode == 0
    script = _script_of_gitlab()
    told = {"CI": "true", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_COMMIT_SHA": head}
    done = _sh(clone, script, **told, CI_MERGE_REQUEST_EVENT_TYPE=event, GITLAB_USER_LOGIN="")
    assert done.returncode == code, done.stdout + done.stderr
    assert ("R516" in done.stdout) == bool(code)


def test_gitlab_knows_its_keys() -> None:
    of_a_job = {"stage", "timeout", "rules", "script", "artifacts", "interruptible"}
    assert GITLAB.keys() == {"workflow", "default", "variables", "judge", "program", "pages"}
    for name in ("judge", "program", "pages"):
        assert GITLAB[name].keys() <= of_a_job
        assert GITLAB[name]["rules"]
    assert GITLAB["pages"]["artifacts"] == {"paths": ["public"]}
    assert "public" not in str(GITLAB["judge"]["artifacts"])


def test_gitea_says_the_same_as_github() -> None:
    for job in GITEA["jobs"]:
        here = {step["name"]: step for step in GITEA["jobs"][job]["steps"]}
        there = {step["name"]: step for step in GITHUB["jobs"][job]["steps"]}
        for name in here.keys() - {"换成主分支的程序", "检查合并请求"}:
            assert {"uses": here[name].get("uses"), "run": here[name].get("run")} == {
                "uses": there[name].get("uses"),
                "run": there[name].get("run"),
            }
    assert list(GITEA["on"]) == ["pull_request"]


@pytest.mark.parametrize("flow", [GITHUB, GITEA], ids=["github", "gitea"])
def test_no_text_of_a_stranger_in_a_command(flow: dict[str, Any]) -> None:
    for job in flow["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


def test_the_templates_of_a_merge_request_are_one() -> None:
    one, other = ".github/PULL_REQUEST_TEMPLATE.md", ".gitlab/merge_request_templates/Default.md"
    assert (ROOT / one).read_bytes() == (ROOT / other).read_bytes()


def test_scripts_are_sound_shell() -> None:
    blocks = [
        step["run"]
        for flow in (GITHUB, GITEA)
        for job in flow["jobs"].values()
        for step in job["steps"]
        if "run" in step
    ]
    blocks += ["\n".join(GITLAB[name]["script"]) for name in ("judge", "program", "pages")]
    blocks.append((ROOT / ".ci" / "judge").read_text(encoding="utf-8"))
    for block in blocks:
        checked = subprocess.run(["bash", "-n"], input=block, capture_output=True, encoding="utf-8", check=False)
        assert checked.returncode == 0, (block, checked.stderr)
    assert os.access(ROOT / ".ci" / "judge", os.X_OK)
    assert re.search(r"set -euo pipefail", blocks[-1])
