"""`.ci/judge`, the script of all forges, and the steps of each forge around it, run as they stand in a clone."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from jiebang.resources import starter_folder
from tests import plain_yaml
from tests.conftest import ROOT, Run
from tests.proposal.forge import Forge, corrected
from tests.turns import by_day

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


def test_a_good_proposal_passes_with_a_preview(whole_apart: tuple[Forge, Path]) -> None:
    forge, clone = whole_apart
    forge.propose({OWN: corrected(forge.read(OWN))})
    said = _judge(clone, JUDGE_AUTHOR="shili-qiaokou", JUDGE_STARTER="shili-city", JUDGE_PREVIEW="seen")
    assert said.returncode == 0, said.stdout + said.stderr
    assert "可以合并" in said.stdout
    assert (clone / "seen" / "changes.html").is_file()


def test_the_program_of_the_proposal_never_runs(whole_apart: tuple[Forge, Path]) -> None:
    forge, clone = whole_apart
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
    said = _judge(clone, JUDGE_AUTHOR="shili-city", JUDGE_PREVIEW="seen")
    assert said.returncode == 1
    assert "不能合并" in said.stdout and "R501" in said.stdout and "R511" in said.stdout
    assert not (clone / "ran").exists()
    assert not (clone / "seen").exists()


def test_github_gets_annotations_and_the_whole_list(whole: tuple[Forge, Path], tmp_path: Path) -> None:
    forge, clone = whole
    forge.propose({OWN: forge.read(OWN).replace("status: published", "status: submitted")})
    summary = tmp_path / "summary.md"
    said = _judge(clone, JUDGE_AUTHOR="shili-qiaokou", JUDGE_FORMAT="github", GITHUB_STEP_SUMMARY=str(summary))
    assert said.returncode == 1
    assert f"::error file={OWN},line=" in said.stdout
    assert "R511" in summary.read_text(encoding="utf-8")


def test_an_account_is_never_a_command(whole: tuple[Forge, Path]) -> None:
    forge, clone = whole
    forge.propose({OWN: f"{forge.read(OWN)}# 改\n"})
    said = _judge(clone, JUDGE_AUTHOR="$(touch ran) --format=json ;touch ran")
    assert said.returncode == 1
    assert "没有登记" in said.stdout
    assert not (clone / "ran").exists()


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_without_an_account_ci_fails_and_a_desk_is_told(whole: tuple[Forge, Path], ci: str, code: int) -> None:
    forge, clone = whole
    forge.propose({OWN: f"{forge.read(OWN)}# 改\n"})
    said = _judge(clone, CI=ci, JUDGE_PREVIEW="seen")
    assert said.returncode == code, said.stdout + said.stderr
    assert ("R516" in said.stdout) == bool(code)
    assert ("没有核对提交人的权限" in said.stderr) != bool(code)
    assert ("网页没有变化，没有生成预览" in said.stderr) != bool(code)
    assert not (clone / "seen").exists()
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("lacking", ["JUDGE_AUTHOR", "JUDGE_STARTER"])
def test_each_of_the_two_accounts_must_be_told(whole: tuple[Forge, Path], lacking: str) -> None:
    forge, clone = whole
    forge.propose({OWN: f"{forge.read(OWN)}# 改\n"})
    told = {"JUDGE_AUTHOR": "shili-city", "JUDGE_STARTER": "shili-city", lacking: " "}
    said = _judge(clone, **told, CI="true", JUDGE_FORMAT="github")
    assert said.returncode == 1 and "R516" in said.stdout and "维护人" in said.stdout


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


@pytest.mark.parametrize(("path", "tested"), [(OWN, False), ("generator/jiebang/a.py", True), ("Makefile", True)])
@pytest.mark.parametrize("forge_name", ["github", "gitea"])
def test_the_program_is_tested_only_where_it_changed(
    whole: tuple[Forge, Path], tmp_path: Path, forge_name: str, path: str, tested: bool
) -> None:
    forge, clone = whole
    forge.propose({path: "x\n"})
    # What the main branch got meanwhile is not the request's.
    forge.add("main", {"README.md": "x\n"})
    assert _sh(clone, "git fetch --quiet && git switch --quiet --detach origin/proposal").returncode == 0
    steps = {"github": GITHUB, "gitea": GITEA}[forge_name]["jobs"]["program"]["steps"]
    look = next(step for step in steps if step.get("id") == "changed")
    told = tmp_path / "output"
    told.touch()
    done = _sh(clone, look["run"], BASE="origin/main", GITHUB_OUTPUT=str(told))
    assert done.returncode == 0, done.stderr
    assert ("program=true" in told.read_text(encoding="utf-8")) is tested
    after = steps[steps.index(look) + 1 :]
    assert after and all(step["if"] == "${{ steps.changed.outputs.program == 'true' }}" for step in after)


def test_github_names_the_accounts_of_a_pull_request_and_says_when_it_is_queued() -> None:
    told = _step(GITHUB, "检查合并请求")["env"]
    assert told["JUDGE_AUTHOR"] == "${{ github.event.pull_request.user.login }}"
    assert told["JUDGE_STARTER"] == "${{ github.actor }}"
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


class _Api:
    """A forge's own machine: it tells who opened request 12, and what the head of its branch is."""

    def __init__(self) -> None:
        api = self
        self.author, self.head, self.asked = "", "", [""]

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                api.asked.append(self.path)
                person = {"username": api.author, "login": api.author}
                told = {
                    "iid": 12, "number": 12, "sha": api.head, "head": {"sha": api.head},
                    "state": "opened", "author": person, "user": person,
                }  # fmt: skip
                known = "not-a-token" in {self.headers.get("PRIVATE-TOKEN"), self.path.partition("access_token=")[2]}
                self.send_response(200 if known else 401)
                self.end_headers()
                self.wfile.write(json.dumps(told if known else {}).encode())

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/api"


@pytest.fixture(scope="module")
def api() -> Iterator[_Api]:
    made = _Api()
    yield made
    made.server.shutdown()
    made.server.server_close()


def _gitlab(clone: Path, api: _Api, **other: str) -> subprocess.CompletedProcess[str]:
    assert _sh(clone, "git fetch --quiet origin proposal && git switch --quiet --detach FETCH_HEAD").returncode == 0
    told = {
        "CI": "true",
        "CI_API_V4_URL": api.address,
        "CI_MERGE_REQUEST_PROJECT_ID": "7",
        "CI_MERGE_REQUEST_IID": "12",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_COMMIT_SHA": api.head,
        "JUDGE_TOKEN": "not-a-token",
    }
    return _sh(clone, _script_of_gitlab(), **{**told, **other})


def test_gitlab_runs_its_script(whole_apart: tuple[Forge, Path], api: _Api) -> None:
    forge, clone = whole_apart
    api.head = forge.propose({OWN: corrected(forge.read(OWN))})
    api.author = "shili-qiaokou"
    done = _gitlab(clone, api, GITLAB_USER_LOGIN="shili-qiaokou")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads((clone / "quality.json").read_text(encoding="utf-8")) == []
    assert (clone / "preview" / "changes.html").is_file()
    assert api.asked[-1] == "/api/projects/7/merge_requests/12"


def test_gitlab_a_maintainer_who_presses_run_makes_no_stranger_the_city(whole: tuple[Forge, Path], api: _Api) -> None:
    forge, clone = whole
    api.head, api.author = forge.propose({OWN: f"{forge.read(OWN)}# 改\n"}), "a-stranger"
    done = _gitlab(clone, api, GITLAB_USER_LOGIN="shili-city")
    assert done.returncode == 1
    assert "a-stranger 没有登记" in done.stdout
    assert not (clone / "preview").exists()


_UNANSWERED = [
    ("detached", {"JUDGE_TOKEN": ""}, 1),
    ("detached", {"JUDGE_TOKEN": "of-another"}, 1),
    ("detached", {"CI_MERGE_REQUEST_IID": "13"}, 1),
]
"""What a forge may answer otherwise is in `test_requester.py`."""


@pytest.mark.parametrize(
    ("event", "other", "code"),
    [
        ("merge_train", {"JUDGE_TOKEN": "", "GITLAB_USER_LOGIN": ""}, 0),
        ("merged_result", {"GITLAB_USER_LOGIN": ""}, 1),
        *by_day(_UNANSWERED, 1),
    ],
)
def test_gitlab_asks_for_the_account_but_in_a_train(
    whole: tuple[Forge, Path], api: _Api, event: str, other: dict[str, str], code: int
) -> None:
    forge, clone = whole
    api.head, api.author = forge.propose({OWN: f"{forge.read(OWN)}# 改\n"}), "shili-qiaokou"
    told = {"GITLAB_USER_LOGIN": "shili-city", **other}
    done = _gitlab(clone, api, CI_MERGE_REQUEST_EVENT_TYPE=event, **told)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("R516" in done.stdout) == bool(code)


def _started(path: str) -> dict[str, Any]:
    text = (starter_folder() / path).read_text(encoding="utf-8")
    loaded: dict[str, Any] = plain_yaml.texts(text)
    return loaded


GITEE, GITCODE = _started("dot-workflow/check.yml"), _started("dot-gitcode/workflows/check.yml")


def _kept(script: str) -> str:
    assert script.count("git clean -ffdxq") == 1
    return script.replace("git clean -ffdxq", "git clean -ffdxq -e .venv -e __pycache__")


@pytest.mark.parametrize(
    ("forge_name", "author", "code"),
    [
        ("gitee", "shili-qiaokou", 0),
        ("gitee", "a-stranger", 1),
        ("gitcode", "shili-qiaokou", 0),
        ("gitcode", "a-stranger", 1),
    ],
)
def test_gitee_and_gitcode_run_their_steps(
    whole: tuple[Forge, Path], api: _Api, forge_name: str, author: str, code: int
) -> None:
    forge, clone = whole
    base, head = (
        forge.git("rev-parse", "main"),
        forge.propose(
            {OWN: f"{forge.read(OWN)}# 改\n", "mine.txt": "x\n"} if code else {OWN: f"{forge.read(OWN)}# 改\n"}
        ),
    )
    assert _sh(clone, "git fetch --quiet origin proposal").returncode == 0
    api.head, api.author = head, author
    told = {"JUDGE_TOKEN": "not-a-token", "JUDGE_API": api.address, "ATOMGIT_ACTOR": "shili-city"}
    if forge_name == "gitee":
        (step,) = GITEE["stages"][0]["steps"]
        script = _kept("\n".join(step["commands"])).replace("所属/仓库", "a/b")
        told |= {"GITEE_BRANCH": "main", "GITEE_PULL_ID": "12", "GITEE_SOURCE_COMMIT": head}
    else:
        _, switch, judged = GITCODE["jobs"]["judge"]["steps"]
        script = _kept(f"{switch['run']}\n{judged['run']}")
        facts = {"base_ref": "main", "repository": "a/b", "token": "not-a-token"}
        facts |= {"event.pull_request.head.sha": head, "event.pull_request.number": "12"}
        for name, value in {**switch["env"], **judged["env"]}.items():
            found = re.fullmatch(r"\$\{\{ atomgit\.(.+) \}\}", value)
            told[name] = facts[found[1]] if found else value
    done = _sh(clone, script, **told)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("a-stranger 没有登记" in done.stdout) == bool(code)
    assert _sh(clone, "git rev-parse HEAD").stdout.strip() == base
    assert api.asked[-1].startswith("/api/repos/a/b/pulls/12?")


def test_gitee_refuses_until_the_repository_is_named(whole: tuple[Forge, Path], api: _Api) -> None:
    forge, clone = whole
    head = forge.propose({OWN: f"{forge.read(OWN)}# 改\n"})
    assert _sh(clone, "git fetch --quiet origin proposal").returncode == 0
    (step,) = GITEE["stages"][0]["steps"]
    told = {"GITEE_BRANCH": "main", "GITEE_PULL_ID": "12", "GITEE_SOURCE_COMMIT": head, "JUDGE_API": api.address}
    told |= {"JUDGE_TOKEN": "not-a-token"}
    done = _sh(clone, _kept("\n".join(step["commands"])), **told)
    assert done.returncode == 1 and "R516" in done.stdout and "JUDGE_PROJECT" in done.stdout


def test_gitcode_takes_the_flow_of_the_base() -> None:
    assert list(GITCODE["on"]) == ["pull_request_target"]
    assert not any("${{" in step.get("run", "") for step in GITCODE["jobs"]["judge"]["steps"])


def test_gitlab_knows_its_keys() -> None:
    of_a_job = {"stage", "timeout", "rules", "script", "artifacts", "cache", "interruptible"}
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
