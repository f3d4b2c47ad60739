"""A bureau's own repository, made and used with the wheel alone: what stands in it, what runs there, who judges a pull request."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from jiebang.cli.new_catalogue import Pinned, repository_files
from jiebang.desk.founding import Founding
from tests import plain_yaml
from tests.conftest import FIXTURES, ROOT, Run
from tests.proposal.forge import corrected, with_staff
from tests.turns import in_turn
from tests.wheel.installed import CLEAN, Installed

OWN = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
_IDENTITY = ("-c", "user.name=示例", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")


@pytest.fixture(scope="module")
def made(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as the program makes it; nobody may change it."""
    folder = tmp_path_factory.mktemp("made") / "经信局 目录"
    done = installed.run("new", "catalogue", folder, cwd=folder.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def repository(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed at will."""
    return shutil.copytree(made, tmp_path / made.name, symlinks=True)


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *_IDENTITY, *arguments], cwd=folder, env=CLEAN, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout.strip()


# --- what stands in it ------------------------------------------------------------------------------------------------------


def test_the_wheel_makes_what_the_checkout_makes(installed: Installed, repository: Path) -> None:
    digest = sha256(installed.wheel.read_bytes()).hexdigest()
    wanted = repository_files(Founding(), Pinned(digest))
    made = {
        path.relative_to(repository).as_posix(): path.read_text(encoding="utf-8")
        for path in repository.rglob("*")
        if path.is_file() and path.suffix != ".whl"
    }
    assert made == wanted
    assert (repository / "wheels" / installed.wheel.name).read_bytes() == installed.wheel.read_bytes()
    for name in (
        ".ci/jiebang",
        ".ci/judge",
        ".githooks/check",
        ".githooks/pre-commit",
        ".githooks/pre-push",
        "server/pre-receive",
    ):
        assert os.access(repository / name, os.X_OK)


def test_the_program_is_pinned_in_one_line_of_one_file(installed: Installed, repository: Path) -> None:
    digest = sha256(installed.wheel.read_bytes()).hexdigest()
    lines = [line for line in (repository / "program.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    version = installed.wheel.name.split("-")[1]
    assert lines == [f"jiebang=={version} --hash=sha256:{digest}"]
    others = [
        path.relative_to(repository).as_posix()
        for path in repository.rglob("*")
        if path.is_file() and path.suffix != ".whl" and digest in path.read_text(encoding="utf-8")
    ]
    assert others == ["program.txt"]


def test_a_program_of_unknown_origin_is_said_and_asked_for(tmp_path: Path, run: Run) -> None:
    made = run("new", "catalogue", "new")
    assert made.returncode == 0
    assert "还没有程序的校验值" in made.stderr and "--wheel" in made.stderr
    assert "请填写64位校验值" in (tmp_path / "new" / "program.txt").read_text(encoding="utf-8")
    refused = subprocess.run(
        [tmp_path / "new" / ".ci" / "jiebang", "check"], capture_output=True, encoding="utf-8", check=False
    )
    assert refused.returncode == 1
    assert "program.txt 里没有程序的版本和校验值" in refused.stderr
    assert not (tmp_path / "new" / ".venv").exists()


def test_a_wheel_may_be_named(installed: Installed, tmp_path: Path, run: Run) -> None:
    assert run("new", "catalogue", "new", "--wheel", installed.wheel).returncode == 0
    assert sha256(installed.wheel.read_bytes()).hexdigest() in (tmp_path / "new" / "program.txt").read_text("utf-8")
    (tmp_path / "other-1.0-py3-none-any.whl").write_bytes(b"PK")
    refused = run("new", "catalogue", "other", "--wheel", tmp_path / "other-1.0-py3-none-any.whl")
    assert refused.returncode == 1 and "不是 jiebang 的安装包" in refused.stderr
    assert not (tmp_path / "other").exists()


def test_nothing_of_the_programs_own_development_is_left(repository: Path) -> None:
    for path in repository.rglob("*"):
        if path.is_file() and path.suffix != ".whl":
            text = path.read_text(encoding="utf-8")
            found = re.findall(r"project only|\bmake [a-z]+|generator/|pytest|\{[a-z/-]+\}(?!\})", text)
            # In shell and in the workflows' own language these braces mean something else.
            assert not [word for word in found if f"${word}" not in text and f"${{{word}" not in text], path


def test_workflows_are_sound(repository: Path) -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [zizmor, "--offline", "--persona=pedantic", "--no-progress", ".github"],
        cwd=repository, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout
    flows = [*repository.glob(".github/workflows/*.yml"), *repository.glob(".gitea/workflows/*.yml")]
    assert sorted(flow.name for flow in flows) == [
        "check.yml",
        "check.yml",
        "publish.yml",
        "records.yml",
        "records.yml",
    ]
    blocks = [(repository / name).read_text(encoding="utf-8") for name in (".ci/jiebang", ".ci/judge")]
    for flow in flows:
        text = flow.read_text(encoding="utf-8")
        for use in re.findall(r"uses: (.*)", text):
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)
        for job in plain_yaml.values(text)["jobs"].values():
            blocks += [step["run"] for step in job["steps"] if "run" in step]
    gitlab = plain_yaml.values((repository / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert gitlab.keys() == {"workflow", "default", "variables", "judge", "pages"}
    blocks += ["\n".join(gitlab[name]["script"]) for name in ("judge", "pages")]
    blocks += [file.read_text(encoding="utf-8") for file in (repository / ".githooks").iterdir()]
    for block in blocks:
        subprocess.run(["bash", "-n"], input=block, encoding="utf-8", check=True)


@pytest.mark.parametrize("place", ["project", "repository"])
def test_a_container_is_made_of_files_that_exist_and_holds_no_record(repository: Path, place: str) -> None:
    folder = ROOT if place == "project" else repository
    text = (folder / "Containerfile").read_text(encoding="utf-8")
    ignored = (folder / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [word for line in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE) for word in line.split()]
    assert copied
    for name in copied:
        assert (folder / name).exists()
    assert "catalogue" in ignored or ("*" in ignored and "!catalogue" not in ignored)
    installs = re.findall(r"pip install .*", text)
    assert installs
    for command in installs:
        assert "--require-hashes" in command or "--no-index --no-deps" in command
    # Not as root, and with the program as what runs.
    assert re.search(r"^USER \d+:\d+$", text, re.MULTILINE) and 'ENTRYPOINT ["jiebang"]' in text
    for block in re.findall(r"^RUN ((?:.*\\\n)*.*)$", text, re.MULTILINE):
        subprocess.run(["bash", "-n"], input=block, encoding="utf-8", check=True)


# --- what runs there --------------------------------------------------------------------------------------------------------


def test_it_passes_the_check_and_asks_before_an_empty_site(installed: Installed, repository: Path) -> None:
    assert installed.run("check", cwd=repository).returncode == 0
    refused = installed.run("build", cwd=repository)
    assert refused.returncode == 1
    assert "没有一项可以公开的需求" in refused.stderr and "--allow-shrink" in refused.stderr
    # Its settings are read: the examples in them are right as they stand.
    settings = repository / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"(?m)^  # (menu|guides|  -)", r"  \1", text), encoding="utf-8")
    example = (repository / "pages" / "README.md").read_text(encoding="utf-8").split("```\n")[1]
    (repository / "pages" / "guide").mkdir()
    (repository / "pages" / "guide" / "visit.md").write_text(example, encoding="utf-8")
    done = installed.run("build", "--allow-shrink", cwd=repository)
    assert done.returncode == 0, done.stderr
    page = (repository / "public" / "guide" / "visit" / "index.html").read_text(encoding="utf-8")
    assert "<!--slot" not in page and "示例市经济和信息化局" in page and "对接会" in page
    settings.write_text("site_name: 甲\nplugins: []\n", encoding="utf-8")
    wrong = installed.run("build", "--allow-shrink", cwd=repository)
    assert wrong.returncode == 1 and "mkdocs.yml 第 2 行：不认识的设置 plugins" in wrong.stderr


def test_ids_owners_and_documents(installed: Installed, repository: Path) -> None:
    assert re.fullmatch(r"D-\w{8}\n", installed.run("new", "id", "demand", cwd=repository).stdout)
    assert installed.run("codeowners", cwd=repository).returncode == 0
    assert (repository / ".github" / "CODEOWNERS").is_file()
    assert installed.run("codeowners", "--check", cwd=repository).returncode == 0
    shutil.rmtree(repository / "catalogue")
    shutil.copytree(FIXTURES / "base", repository / "catalogue")
    done = installed.run("export", "D-AAAAAAA1", cwd=repository)
    assert done.returncode == 0, done.stderr
    assert list((repository / "private-forms").glob("*.docx"))
    done = installed.run("build", cwd=repository)
    assert done.returncode == 0, done.stderr
    assert installed.run("audit", "public", cwd=repository).returncode == 0


def test_it_is_served(installed: Installed, repository: Path) -> None:
    shutil.rmtree(repository / "catalogue")
    shutil.copytree(FIXTURES / "base", repository / "catalogue")
    program = [str(installed.environment / "bin" / "jiebang"), "serve", "--port", "0"]
    with subprocess.Popen(
        program, cwd=repository, env={**CLEAN, "COLUMNS": "200"}, stderr=subprocess.PIPE, encoding="utf-8"
    ) as server:
        try:
            assert server.stderr is not None
            address = next(
                found[0] for line in server.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+/", line))
            )
            with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - the address is this machine's
                assert answer.status == 200
                assert "需求" in answer.read().decode()
        finally:
            server.terminate()


# --- its own script, and the judgement of a pull request ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def ready(
    installed: Installed, made: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, dict[str, str]]]:
    """A repository with records and staff on `main`, and the surroundings in which `.ci/jiebang` finds Python and no network.

    The Python found there makes environments that see the dependencies, pip among them, and bear the guard; the program itself comes from `wheels/`.
    """
    base = tmp_path_factory.mktemp("bureau")
    folder = shutil.copytree(made, base / "局 仓库", symlinks=True)
    shutil.rmtree(folder / "catalogue")
    shutil.copytree(FIXTURES / "base", folder / "catalogue")
    districts = folder / "catalogue" / "districts.yml"
    districts.write_text(with_staff(districts.read_text(encoding="utf-8")), encoding="utf-8")
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "config", "core.hooksPath", ".githooks")
    tools = base / "tools"
    tools.mkdir()
    (site,) = (installed.environment / "lib").glob("python*/site-packages")
    (tools / "python3.13").write_text(
        f"""#!/bin/sh
if [ "$1 $2" != "-m venv" ]; then exec "{sys.executable}" "$@"; fi
"{sys.executable}" -m venv --without-pip "$3" &&
    cp "{site}/packages.pth" "{site}/sitecustomize.py" "$3"/lib/python*/site-packages/ &&
    echo made >>"{base}/environments"
""",
        encoding="utf-8",
    )
    (tools / "python3.13").chmod(0o755)
    # What is not run need not be compiled.
    quick = {"PIP_NO_INDEX": "1", "PIP_COMPILE": "0"}
    surroundings = {**CLEAN, **quick, "PATH": f"{tools}:{CLEAN['PATH']}", "COLUMNS": "200"}
    yield folder, surroundings


def _sh(ready: tuple[Path, dict[str, str]], command: str, **more: str) -> subprocess.CompletedProcess[str]:
    folder, surroundings = ready
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**surroundings, **more},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_script_installs_what_is_pinned_and_the_next_version_is_a_change_of_one_line(
    ready: tuple[Path, dict[str, str]],
) -> None:
    if not in_turn(1 / 2):
        return
    folder, _ = ready
    program, environments = folder / "program.txt", folder.parent / "environments"
    right = program.read_text(encoding="utf-8")
    (wheel,) = (folder / "wheels").glob("*.whl")
    (line,) = (line for line in right.splitlines() if not line.startswith("#"))
    shutil.rmtree(folder / ".venv", ignore_errors=True)
    environments.unlink(missing_ok=True)
    try:
        program.write_text(re.sub(r"[0-9a-f]{64}", "0" * 64, right), encoding="utf-8")
        refused = _sh(ready, ".ci/jiebang check")
        assert refused.returncode == 1
        assert "校验值" in refused.stderr and not (folder / ".venv" / "bin" / "jiebang").exists()
        # By its address, as another version would be.
        digest = line.rpartition(":")[2]
        program.write_text(right.replace(line, f"jiebang @ {wheel.as_uri()} --hash=sha256:{digest}"), encoding="utf-8")
        changed = _sh(ready, ".ci/jiebang check")
        assert changed.returncode == 0 and "正在安装程序" in changed.stderr, changed.stdout + changed.stderr
    finally:
        program.write_text(right, encoding="utf-8")
    done = _sh(ready, ".ci/jiebang check")
    assert done.returncode == 0 and "正在安装程序" in done.stderr, done.stdout + done.stderr
    again = _sh(ready, "cd catalogue && ../.ci/jiebang check --catalogue .")
    assert again.returncode == 0 and "正在安装程序" not in again.stderr
    assert len(environments.read_text(encoding="utf-8").splitlines()) == 3
    # All locked packages were asked for, by the list in the wheel.
    asked = (folder / ".venv" / "requirements.txt").read_text(encoding="utf-8")
    assert asked == (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    # The editor finds the schemas of the installed version.
    for schema in re.findall(r'"\./(\S+\.json)"', (folder / ".vscode" / "settings.json").read_text(encoding="utf-8")):
        assert (folder / schema).is_file()


def test_the_hook_and_the_entry_of_pre_commit_check_the_records(ready: tuple[Path, dict[str, str]]) -> None:
    folder, _ = ready
    assert _sh(ready, ".ci/jiebang check").returncode == 0
    _commit_base(folder, ready)
    config = plain_yaml.values((folder / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (hook,) = config["repos"][0]["hooks"]
    assert _sh(ready, hook["entry"]).returncode == 0
    file = folder / OWN
    right = file.read_text(encoding="utf-8")
    file.write_text(right.replace("status: published", "status: nonsense"), encoding="utf-8")
    try:
        assert _sh(ready, hook["entry"]).returncode == 1
        refused = _sh(ready, f"git add -A && git {' '.join(_IDENTITY)} commit -qm x")
        assert refused.returncode == 1 and "没有提交" in refused.stderr
    finally:
        file.write_text(right, encoding="utf-8")
        _git(folder, "reset", "--quiet", "--hard")


def _commit_base(folder: Path, ready: tuple[Path, dict[str, str]]) -> None:
    """The first commit, once; through the hook."""
    if not _git(folder, "rev-list", "--all", "--max-count=1"):
        done = _sh(ready, f"git add -A && git {' '.join(_IDENTITY)} commit -qm base")
        assert done.returncode == 0, done.stderr


def _propose(folder: Path, files: dict[str, str]) -> None:
    _git(folder, "switch", "--quiet", "--force-create", "proposal", "main")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    _git(folder, "add", "-A")
    _git(folder, "-c", "core.hooksPath=none", "commit", "--quiet", "-m", "proposal")
    _git(folder, "switch", "--quiet", "main")


def test_the_judge_is_the_pinned_program_of_the_base(ready: tuple[Path, dict[str, str]]) -> None:
    if not in_turn(1 / 2):
        return
    folder, _ = ready
    assert _sh(ready, ".ci/jiebang check").returncode == 0
    _commit_base(folder, ready)
    (data,) = (folder / ".venv" / "lib").glob("python*/site-packages/jiebang/data")
    carried = sorted(data.rglob("*"))
    demand = (folder / OWN).read_text(encoding="utf-8")
    _propose(folder, {OWN: corrected(demand)})
    said = _sh(
        ready,
        ".ci/judge",
        JUDGE_HEAD="proposal",
        JUDGE_AUTHOR="shili-qiaokou",
        JUDGE_STARTER="shili-qiaokou",
        JUDGE_PREVIEW="preview",
        CI="true",
    )
    assert said.returncode == 0, said.stdout + said.stderr
    assert "可以合并" in said.stdout
    assert (folder / "preview" / "changes.html").is_file()
    # Nothing was written into the installed program.
    assert sorted(data.rglob("*")) == carried

    program = (folder / "program.txt").read_text(encoding="utf-8")
    _propose(folder, {"program.txt": program.replace("jiebang==", "jiebang==9.")})
    said = _sh(
        ready, ".ci/judge", JUDGE_HEAD="proposal", JUDGE_AUTHOR="shili-city", JUDGE_STARTER="shili-city", CI="true"
    )
    assert said.returncode == 0 and "可以合并" in said.stdout, said.stdout + said.stderr
    said = _sh(
        ready,
        ".ci/judge",
        JUDGE_HEAD="proposal",
        JUDGE_AUTHOR="shili-qiaokou",
        JUDGE_STARTER="shili-qiaokou",
        CI="true",
    )
    assert said.returncode == 1 and "R502" in said.stdout

    ran = "touch ran; exit 0\n"
    _propose(
        folder,
        {
            OWN: demand.replace("status: published", "status: submitted"),
            "program.txt": re.sub("(?m)^jiebang.*$", f"jiebang @ file:///nowhere.whl --hash=sha256:{'1' * 64}", program),
            ".ci/jiebang": ran, ".ci/judge": ran, ".githooks/pre-commit": ran,
            "mkdocs.yml": "hooks: [ran.py]\n",
        },
    )  # fmt: skip
    said = _sh(
        ready, ".ci/judge", JUDGE_HEAD="proposal", JUDGE_AUTHOR="shili-city", JUDGE_STARTER="shili-city", CI="true"
    )
    assert said.returncode == 1
    assert "R501" in said.stdout and "R511" in said.stdout and "不能合并" in said.stdout
    assert not (folder / "ran").exists()
