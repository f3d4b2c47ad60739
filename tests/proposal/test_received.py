"""A bare repository without a forge: real pushes with the hook that `new catalogue` writes; what it refuses, nothing in the repository shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiebang.errors import UserError
from jiebang.proposal.received import Update, judge_push
from jiebang.resources import program_data, starter_folder
from tests.conftest import run_here
from tests.proposal.forge import Content, Forge, Special, base_files
from tests.proposal.pushing import NOTHING
from tests.turns import in_turn
from tests.warm import installed_program

OWN = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
OTHERS = "catalogue/2024/zone/demands/d-ccccccc3.yml"
DISTRICTS = "catalogue/districts.yml"
QIAOKOU, ZONE, CITY = "shili-qiaokou", "shili-zone", "shili-city"


class Server:
    """A bare repository with the hook, and a desk that holds its history: `push` is what git says of a push by an account."""

    def __init__(self, folder: Path, program: Path) -> None:
        self.desk = Forge(folder / "desk.git", base_files())
        self.first = self.desk.git("rev-parse", "main")
        self.bare = folder / "catalogue.git"
        self.desk.git("clone", "--quiet", "--bare", str(self.desk.folder), str(self.bare))
        hook = self.bare / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text((starter_folder() / "server" / "pre-receive").read_text(encoding="utf-8"), encoding="utf-8")
        hook.chmod(0o755)
        self.git("config", "jiebang.program", str(program))

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.bare, capture_output=True, encoding="utf-8", check=True)
        return done.stdout.strip()

    def push(self, account: str | None, *refs: str) -> subprocess.CompletedProcess[str]:
        told = {} if account is None else {"JIEBANG_ACCOUNT": account}
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "JIEBANG_ACC"))
        }
        return subprocess.run(
            ["git", "push", "--quiet", str(self.bare), *refs],
            cwd=self.desk.folder,
            env={**environment, **told},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def state(self) -> str:
        return self.git("for-each-ref", "--format=%(refname) %(objectname)")

    def objects(self) -> str:
        return self.git("count-objects", "--verbose")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, program: Path) -> Server:
    return Server(tmp_path_factory.mktemp("server"), program)


@pytest.fixture
def server(made: Server) -> Iterator[Server]:
    """The one server of all tests, as it was made."""
    yield made
    for forge in (made.desk, Forge.at(made.bare)):
        for name in forge.git("for-each-ref", "--format=%(refname)").splitlines():
            forge.git("update-ref", *((name, made.first) if name == "refs/heads/main" else ("-d", name)))


def _note(server: Server, path: str = OWN) -> dict[str, Content]:
    return {path: server.desk.read(path).replace("note: 等待补充。", "note: 已补充。") + "# 改\n"}


def _refused_by_git(server: Server, account: str | None, *refs: str) -> str:
    before, objects = server.state(), server.objects()
    done = server.push(account, *refs)
    assert done.returncode != 0, done.stderr
    assert server.state() == before and server.objects() == objects
    assert "Traceback" not in done.stderr
    return done.stderr


def _refused(server: Server, account: str | None, *refs: str) -> str:
    """What is said of a push that is refused. By day git is started for one in five: of the others the hook's command is asked in this
    process, with what git would write to it.
    """
    if in_turn(1 / 5):
        return _refused_by_git(server, account, *refs)
    lines = []
    for ref in refs:
        here, _, there = ref.removeprefix("+").partition(":")
        there = there if there.startswith("refs/") else f"refs/heads/{there}"
        old = server.git("for-each-ref", "--format=%(objectname)", there) or NOTHING
        new = server.desk.git("rev-parse", here) if here else NOTHING
        lines.append(f"{old} {new} {there}\n")
    told = {} if account is None else {"JIEBANG_ACCOUNT": account}
    done = run_here(["hook", "pre-receive"], server.desk.folder, told, "".join(lines))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_staff_push_their_own_records_and_are_told_what_the_public_will_see(
    server: Server, program: Path, tmp_path: Path
) -> None:
    """With the program as it starts on a server."""
    server.desk.propose(_note(server))
    installed_program(tmp_path / "jiebang")
    server.git("config", "jiebang.program", str(tmp_path / "jiebang"))
    try:
        done = server.push(QIAOKOU, "proposal:main")
    finally:
        server.git("config", "jiebang.program", str(program))
    assert done.returncode == 0, done.stderr
    assert server.git("rev-parse", "main") == server.desk.git("rev-parse", "proposal")
    assert "refs/heads/main：可以合并" in done.stderr and "对公众没有变化" in done.stderr


ATTACKS: dict[str, tuple[str, dict[str, Content | tuple[str, str]], str]] = {
    "another district": (QIAOKOU, {OTHERS: "x: 1\n"}, "R502"),
    "the program": (QIAOKOU, {"generator/program.py": "x\n"}, "R502"),
    "granting oneself": (QIAOKOU, {DISTRICTS: "schema: districts/1\n"}, "R502"),
    "records and program at once": (CITY, {OWN: "x: 1\n", ".ci/judge": "x\n"}, "R501"),
    "an owner by hand": (CITY, {".github/CODEOWNERS": "* @example/stranger\n"}, "R509"),
    "a link": (CITY, {OWN: Special("120000", b"../../../../../../etc/passwd")}, "符号链接"),
    "a submodule": (CITY, {"catalogue/2024/qiaokou/more": Special("160000")}, "子模块"),
    "attributes": (CITY, {"catalogue/.gitattributes": "* -diff\n"}, "R508"),
    "a cache": (CITY, {".cache/store.sqlite3": "x\n"}, "R508"),
    "a form": (CITY, {"form.docx": b"PK\x03\x04"}, "R506"),
    "a huge file": (QIAOKOU, {OWN: b"#" * 1_048_577}, "R507"),
    "a skipped step": (CITY, {OWN: ("status: published", "status: submitted")}, "R511"),
    "a deleted demand": (CITY, {OWN: None}, "R514"),
    "a step of the city": (ZONE, {OTHERS: ("status: submitted", "status: recommended")}, "R518"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused(server: Server, name: str) -> None:
    account, files, code = ATTACKS[name]
    whole = {
        path: server.desk.read(path).replace(*content) if isinstance(content, tuple) else content
        for path, content in files.items()
    }
    server.desk.propose(whole)
    said = _refused(server, account, "proposal:main")
    assert code in said and "没有收下" in said


def test_what_an_earlier_commit_carried_is_refused_though_the_last_mends_it(server: Server) -> None:
    text = _note(server)
    titled = {path: str(content).replace("title: ", "title: 13912345678 ") for path, content in text.items()}
    bad = server.desk.propose({"form.docx": b"PK\x03\x04", **titled})
    server.desk.add("proposal", {"form.docx": None, **text})
    said = _refused(server, CITY, "proposal:main")
    assert "R506" in said and "R402" in said and said.count("R550") == 2 and bad[:10] in said
    assert "从主分支新建一个分支" in said and "13912345678" not in said


def test_a_tree_of_millions_of_files_is_refused_at_once(server: Server) -> None:
    blob = server.desk.git("rev-parse", f"main:{OWN}")
    kind, tree = "100644 blob", blob
    for _ in range(7):
        lines = "".join(f"{kind} {tree}\tx{n}\n" for n in range(10))
        kind, tree = "040000 tree", server.desk.git("mktree", data=lines.encode())
    head = server.desk.git("commit-tree", tree, "-p", "main", "-m", "more")
    said = _refused(server, CITY, f"{head}:refs/heads/main")
    assert "R507" in said and head[:10] in said


@pytest.mark.parametrize(
    ("account", "words"),
    [
        (None, "没有说明推送的人是谁"),
        ("", "没有说明推送的人是谁"),
        ("a-stranger", "没有登记"),
        ("shili-city shili-qiaokou", "不合规定"),
        ("../shili-city", "不合规定"),
    ],
)
def test_who_is_not_known_pushes_nothing(server: Server, account: str | None, words: str) -> None:
    # The commit says that the city made it: that counts for nothing.
    server.desk.git("config", "user.name", CITY)
    server.desk.propose({"generator/program.py": "changed\n"})
    said = _refused(server, account, "proposal:main")
    assert words in said and "→" in said


def test_the_main_branch_goes_forward_only(server: Server) -> None:
    for words, refs in {
        "不能删除": (":main",),
        "只能向前": ("+other:main",),
    }.items():
        server.desk.propose(_note(server), "other")
        server.desk.git(
            "update-ref", "refs/heads/other", server.desk.git("commit-tree", "other^{tree}", "-m", "no parent")
        )
        assert words in _refused(server, CITY, *refs)


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("refs/tags/v1", "不收标签"),
        ("refs/notes/commits", "只收主分支"),
        ("refs/replace/1111111111111111111111111111111111111111", "只收主分支"),
        ("refs/heads/Main", "只收主分支"),
        ("refs/heads/feature", "只收主分支"),
        ("refs/heads/shili-city/x", "是别人的"),
    ],
)
def test_other_refs_are_not_taken(server: Server, ref: str, words: str) -> None:
    assert words in _refused(server, QIAOKOU, f"main:{ref}")


def test_a_branch_of_ones_own_is_judged_like_a_request_and_belongs_to_its_account(server: Server) -> None:
    server.desk.propose(_note(server))
    assert server.push(QIAOKOU, f"proposal:refs/heads/{QIAOKOU}/more").returncode == 0
    theirs = f"refs/heads/{QIAOKOU}/more"
    assert "是别人的" in _refused(server, ZONE, f":{theirs}")
    assert "是别人的" in _refused(server, CITY, f"+main:{theirs}")
    server.desk.propose({OTHERS: "x: 1\n"}, "bad")
    assert "R502" in _refused(server, QIAOKOU, f"+bad:{theirs}")
    assert server.push(CITY, f":{theirs}").returncode == 0


def test_one_bad_ref_keeps_all_out(server: Server) -> None:
    server.desk.propose(_note(server))
    server.desk.propose({OTHERS: "x: 1\n"}, "bad")
    said = _refused_by_git(server, QIAOKOU, "proposal:main", f"bad:refs/heads/{QIAOKOU}/bad")
    assert "refs/heads/main：可以合并" in said and "R502" in said


def test_an_empty_repository_takes_nothing(server: Server, tmp_path: Path) -> None:
    empty = tmp_path / "empty.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(empty)], check=True)
    with pytest.raises(UserError, match="还是空的"):
        judge_push(empty, [Update(NOTHING, server.first, "refs/heads/main")], CITY)


@pytest.mark.parametrize("districts", [None, "schema: districts/1\n", "staff"])
def test_where_nobody_is_named_nobody_pushes(tmp_path: Path, districts: str | None) -> None:
    files = base_files()
    text = str(files[DISTRICTS])
    kept = "\n".join(line for line in text.splitlines() if "staff:" not in line and "- shili-" not in line) + "\n"
    files[DISTRICTS] = kept if districts == "staff" else districts
    if files[DISTRICTS] is None:
        del files[DISTRICTS]
    forge = Forge(tmp_path / "nobody.git", files)
    new = forge.propose({"notes.txt": "x\n"})
    with pytest.raises(UserError, match="没有登记任何账号"):
        judge_push(forge.folder, [Update(forge.git("rev-parse", "main"), new, "refs/heads/main")], CITY)


def test_without_a_program_nothing_is_taken(server: Server, program: Path) -> None:
    server.desk.propose(_note(server))
    server.git("config", "jiebang.program", "/nowhere/jiebang")
    try:
        assert "还没有指定检查的程序" in _refused_by_git(server, QIAOKOU, "proposal:main")
    finally:
        server.git("config", "jiebang.program", str(program))


def test_the_line_of_the_guide_tells_the_account_and_lets_git_in_alone(server: Server, tmp_path: Path) -> None:
    """The forced command as sshd would run it: by the login shell, with what the client asked for in a variable."""
    guide = (program_data() / "site" / "pages" / "guide" / "server.md").read_text(encoding="utf-8")
    told = re.search(r'^command="((?:[^"\\]|\\.)*)",restrict ', guide, re.MULTILINE)
    assert told is not None
    command = told[1].replace('\\"', '"').replace("shili-zhang", QIAOKOU)
    ssh = tmp_path / "ssh"
    ssh.write_text(f'#!/bin/sh\nshift\nexport SSH_ORIGINAL_COMMAND="$*"\nexec /bin/sh -c {shlex.quote(command)}\n')
    ssh.chmod(0o755)
    server.desk.propose(_note(server))
    server.desk.propose({OTHERS: "x: 1\n"}, "bad")
    over = {"GIT_SSH_COMMAND": str(ssh), "GIT_SSH_VARIANT": "simple", "JIEBANG_ACCOUNT": CITY}
    for branch, code in (("bad", 1), ("proposal", 0)):
        done = subprocess.run(
            ["git", "push", "--quiet", f"git@host:{server.bare}", f"{branch}:main"],
            cwd=server.desk.folder, env={**os.environ, **over}, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
    other = subprocess.run(
        [ssh, "host", "cat /etc/passwd"], env={**os.environ, **over}, capture_output=True, check=False
    )
    assert other.returncode != 0 and b"root" not in other.stdout
