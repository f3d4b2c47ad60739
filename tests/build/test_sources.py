"""A site that stands is left alone only where nothing that it was made from is another: its sources and what git tells have names."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from jiebang.build.commit import head_of, history_key
from jiebang.build.sources import sources_key
from jiebang.mapping import Maps
from jiebang.resources import READER_VARIABLE, program_data
from jiebang.site import reader


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "pages/guide").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: 示例\n", encoding="utf-8")
    (tmp_path / "pages/guide/visit.md").write_text("# 一\n", encoding="utf-8")
    return tmp_path


def _as_link(file: Path) -> None:
    aside = file.rename(file.with_suffix(".aside"))
    file.symlink_to(aside)


@pytest.mark.parametrize(
    "change",
    [
        lambda home: (home / "mkdocs.yml").write_text("site_name: 别的\n", encoding="utf-8"),
        lambda home: (home / "mkdocs.yml").unlink(),
        lambda home: (home / "pages/guide/visit.md").write_text("# 二\n", encoding="utf-8"),
        lambda home: (home / "pages/guide/visit.md").rename(home / "pages/guide/see.md"),
        lambda home: (home / "pages/guide/more.png").write_bytes(b"1"),
        lambda home: (home / "synonyms.yml").write_text("本地:\n", encoding="utf-8"),
        lambda home: (home / "external.yml").touch(),
        lambda home: (home / "districts.svg").touch(),
        lambda home: _as_link(home / "mkdocs.yml"),
        lambda home: (home / "site/theme").mkdir(parents=True),
    ],
)
def test_each_change_of_a_workspace_gives_its_sources_another_name(
    workspace: Path, change: Callable[[Path], object]
) -> None:
    before = sources_key(workspace)
    assert before and before == sources_key(workspace)
    change(workspace)
    assert sources_key(workspace) not in {before, b""}


def test_the_reader_is_one_of_the_sources(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = set()
    for content in (None, b"1", b"2"):
        folder = workspace / "reader"
        folder.mkdir(exist_ok=True)
        if content is not None:
            (folder / "pyodide.asm.wasm").write_bytes(content)
        monkeypatch.setenv(READER_VARIABLE, str(folder))
        names.add(sources_key(workspace))
    assert len(names) == 3


def test_the_data_of_the_program_are_sources_and_what_cannot_be_read_has_no_name(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sources_key(workspace)
    (workspace / "data").mkdir()
    (workspace / "data/site").symlink_to(program_data() / "site")
    (workspace / "data/mkdocs.yml").write_text("site_name: 程序\n", encoding="utf-8")
    monkeypatch.setattr("jiebang.build.sources.program_data", lambda: workspace / "data")
    assert sources_key(workspace) not in {before, b""}
    (workspace / "synonyms.yml").symlink_to(workspace / "nowhere")
    assert sources_key(workspace) == b""


def test_a_program_is_packed_once(monkeypatch: pytest.MonkeyPatch, workspace: Path) -> None:
    monkeypatch.setattr(reader, "reader_folder", lambda: workspace)
    monkeypatch.setattr(reader, "_assets", lambda _, *made: made)
    monkeypatch.setattr(reader, "packed_program", lambda _: b"packed")
    maps = Maps(jobs=1)
    packed = reader.reader_assets(maps)
    monkeypatch.setattr(reader, "packed_program", lambda _: b"packed again")
    assert reader.reader_assets(maps) == packed
    (workspace / "program_compiled.zip").write_bytes(b"compiled")
    assert reader.reader_assets(maps) != packed


def _git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", *who, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_commit_names_what_git_can_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = tmp_path / "repository/catalogue"
    catalogue.mkdir(parents=True)
    assert head_of(catalogue) is None
    outside = history_key(catalogue)
    _git(tmp_path / "repository", "init", "-q")
    assert head_of(catalogue) is None
    # Why there is no history is told to people: another reason is another name.
    empty = history_key(catalogue)
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        assert head_of(catalogue) is None
        assert len({outside, empty, history_key(catalogue)}) == 3
    _git(catalogue, "commit", "-q", "--allow-empty", "-m", "1")
    first, name = head_of(catalogue), history_key(catalogue)
    assert first == _git(catalogue, "rev-parse", "HEAD") and name not in {outside, empty}
    # A work tree beside it, as a hook's variables would name it, is another place.
    _git(catalogue, "worktree", "add", "-q", str(tmp_path / "beside"))
    assert history_key(tmp_path / "beside") == name
    _git(catalogue, "commit", "-q", "--allow-empty", "-m", "2")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "beside/.git"))
    assert head_of(catalogue) != first and history_key(catalogue) != name
    assert history_key(catalogue, first) == name
    (tmp_path / "repository/.git/shallow").write_text(f"{head_of(catalogue)}\n", encoding="ascii")
    assert history_key(catalogue, first) != name
    assert head_of(tmp_path / "nowhere") is None
