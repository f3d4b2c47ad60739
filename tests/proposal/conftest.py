"""A forge with the small valid catalogue on `main`, and the judgement of what is proposed to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from jiebang.proposal import Asked, Judged, judge_proposal
from tests.conftest import ROOT
from tests.proposal.forge import Content, Forge, base_files
from tests.proposal.pushing import assert_push_agrees


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    return Forge(tmp_path / "forge.git", base_files())


Judge = Callable[..., Judged]


@pytest.fixture
def judge(forge: Forge) -> Judge:
    """`judge(files, "shili-zone")`: the judgement of a pull request that changes these files, opened by these accounts."""

    def judged(files: Mapping[str, Content], *actors: str) -> Judged:
        forge.propose(files)
        judged = judge_proposal(Asked(forge.folder, "main", "proposal", actors))
        if len(actors) == 1:
            assert_push_agrees(forge.folder, "proposal", actors[0], judged)
        return judged

    return judged


_PROGRAM = (
    ".ci",
    ".github",
    ".gitattributes",
    ".gitignore",
    "Makefile",
    "generator",
    "mkdocs.yml",
    "pyproject.toml",
    "requirements",
    "schemas",
    "setup.py",
    "site",
)


def _commit_everything(folder: Path, message: str) -> None:
    identity = ("-c", "user.name=示例", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
    for arguments in (("add", "--all"), (*identity, "commit", "--quiet", f"--message={message}")):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def _ready(folder: Path) -> None:
    """An environment that runs the clone's own program, with the packages of the one that runs the tests."""
    bin_ = folder / ".venv" / "bin"
    bin_.mkdir(parents=True)
    (bin_ / "python").symlink_to(sys.executable)
    own = bin_ / "own"
    own.write_text(
        f'#!/bin/sh\nPYTHONPATH="{folder}/generator" exec "{sys.executable}" -m jiebang "$@"\n',
        encoding="utf-8",
    )
    own.chmod(0o755)
    (folder / ".venv" / ".made").write_text(f"{folder.resolve()}\n", encoding="utf-8")
    for stamp in (".runtime", ".dev"):
        (folder / ".venv" / stamp).touch()
    _as_compiled(folder / "generator")


def _as_compiled(program: Path) -> None:
    """The compiled modules of the program under test, which are those of its copy too: compiling takes longer than most commands."""
    for compiled in (ROOT / "generator").rglob("__pycache__"):
        shutil.copytree(compiled, program / compiled.relative_to(ROOT / "generator"), dirs_exist_ok=True)
    for module in (ROOT / "generator").rglob("*.py"):
        state = module.stat()
        os.utime(program / module.relative_to(ROOT / "generator"), ns=(state.st_atime_ns, state.st_mtime_ns))


@pytest.fixture
def whole(whole_once: tuple[Forge, Path], program: Path) -> tuple[Forge, Path]:
    """A forge that holds program and records, and a clone of it that stands on `main` and can run `.ci/judge`; both as they were made.

    What the scripts call is the program under test, which the clone's is a copy of, and starts at once; `whole_apart` starts the clone's.
    """
    forge, clone = whole_once
    for name in forge.git("for-each-ref", "--format=%(refname)", "refs/heads").splitlines():
        forge.git("update-ref", *((name, _FIRST) if name == "refs/heads/main" else ("-d", name)))
    for command in (
        ("switch", "--quiet", "--force", "main"),
        ("reset", "--quiet", "--hard", _FIRST),
        # The environment and what was compiled are not the repository's; `.ci/judge` would make both again.
        ("clean", "-ffdxq", "-e", ".venv", "-e", "__pycache__"),
        ("update-ref", "-d", "refs/judge/head"),
        ("fetch", "--quiet", "--prune", "origin"),
    ):
        subprocess.run(["git", *command], cwd=clone, check=True, capture_output=True)
    if not (clone / ".venv").is_dir():
        # The steps of a forge take all that git does not keep.
        _ready(clone)
    shutil.copy(program, clone / ".venv" / "bin" / "jiebang")
    return forge, clone


@pytest.fixture
def whole_apart(whole: tuple[Forge, Path]) -> tuple[Forge, Path]:
    """The same, with the clone's own program, which starts in a process of its own."""
    bin_ = whole[1] / ".venv" / "bin"
    shutil.copy(bin_ / "own", bin_ / "jiebang")
    return whole


_FIRST = "refs/tags/first"


@pytest.fixture(scope="session")
def whole_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Forge, Path]:
    """What `whole` sets back for each test: made from thousands of files."""
    tmp_path = tmp_path_factory.mktemp("whole")
    source = tmp_path / "source"
    source.mkdir()
    for name in _PROGRAM:
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy2(origin, source / name)
    for path, content in base_files().items():
        if path.startswith("catalogue/"):
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).write_text(str(content), encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=source, check=True)
    _commit_everything(source, "base")
    subprocess.run(["git", "tag", "first"], cwd=source, check=True)
    folder = tmp_path / "forge.git"
    clone = tmp_path / "揭榜 clone"
    for arguments in (("--bare", str(source), str(folder)), (str(folder), str(clone))):
        subprocess.run(["git", "clone", "--quiet", *arguments], cwd=tmp_path, check=True, capture_output=True)
    _ready(clone)
    return Forge.at(folder), clone
