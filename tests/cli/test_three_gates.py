"""Desk, CI, release: each gate stops something that no other would have stopped in time, and none of them prints it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from jiebang.build import BuildOptions, build
from jiebang.catalogue import load
from jiebang.errors import UserError
from jiebang.publication import Secrets, find_leaks
from tests import plain_yaml
from tests.cli.hooked import DEMAND, PHONE, Repository
from tests.conftest import ROOT, Run


@pytest.fixture
def repository(tmp_path: Path, base: Path, program: Path) -> Repository:
    return Repository(tmp_path / "目录 仓库", base, program)


def silent(done: subprocess.CompletedProcess[str]) -> bool:
    return PHONE not in done.stdout + done.stderr and "Traceback" not in done.stderr


def test_desk_a_telephone_in_a_title_is_not_committed(tmp_path: Path, base: Path) -> None:
    """Only this gate: nothing has left the machine, CI has not seen it. With the program as it starts on a desk."""
    repository = Repository(tmp_path / "目录 仓库", base)
    repository.install_hooks()
    repository.type_telephone()
    refused = repository.git("commit", "--quiet", "-am", "telephone", check=False)
    assert refused.returncode != 0
    assert "R402" in refused.stdout + refused.stderr and "没有提交" in refused.stderr
    assert DEMAND in refused.stdout + refused.stderr
    assert silent(refused)
    assert repository.commits() == 1


def test_desk_what_is_staged_counts(repository: Repository) -> None:
    """A mistake that is staged, and mended in the folder only, is committed as it was staged."""
    repository.install_hooks()
    repository.type_telephone()
    repository.git("add", "-A")
    file = repository.folder / DEMAND
    file.write_text(file.read_text(encoding="utf-8").replace(PHONE, ""), encoding="utf-8")
    assert repository.git("commit", "--quiet", "-m", "staged", check=False).returncode != 0
    repository.git("add", "-A")
    (repository.folder / "README.md").write_text("x\n", encoding="utf-8")
    repository.git("add", "-A")
    assert repository.git("commit", "--quiet", "-m", "mended", check=False).returncode == 0


def test_desk_a_commit_that_was_mended_later_is_not_pushed(repository: Repository, tmp_path: Path) -> None:
    """Only this gate: what CI would look at, the last state, is clean; the history is not."""
    repository.git("init", "--quiet", "--bare", str(tmp_path / "remote.git"))
    repository.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    repository.install_hooks()
    assert repository.git("push", "--quiet", "origin", "main", check=False).returncode == 0
    repository.type_telephone()
    repository.git("commit", "--quiet", "--no-verify", "-am", "telephone")
    file = repository.folder / DEMAND
    file.write_text(file.read_text(encoding="utf-8").replace(PHONE, ""), encoding="utf-8")
    repository.git("commit", "--quiet", "-am", "mended")
    refused = repository.git("push", "--quiet", "origin", "main", check=False)
    assert refused.returncode != 0
    assert "没有推送" in refused.stderr and "R402" in refused.stderr
    assert silent(refused)


def test_desk_attributes_cannot_hide_a_record_from_the_push(repository: Repository, tmp_path: Path) -> None:
    repository.git("init", "--quiet", "--bare", str(tmp_path / "remote.git"))
    repository.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    repository.install_hooks()
    (repository.folder / ".gitattributes").write_text("* export-ignore\n", encoding="utf-8")
    repository.type_telephone()
    repository.git("add", ".gitattributes")
    repository.git("commit", "--quiet", "--no-verify", "-am", "telephone")
    refused = repository.git("push", "--quiet", "origin", "main", check=False)
    assert refused.returncode != 0
    assert "R402" in refused.stderr


def test_ci_sees_what_a_desk_without_hooks_commits(repository: Repository, run: Run) -> None:
    """Only this gate: the hook was skipped, and the site is not built from a pull request."""
    repository.install_hooks()
    repository.type_telephone()
    assert repository.git("commit", "--quiet", "--no-verify", "-am", "telephone", check=False).returncode == 0
    for form in ("github", "json", "sarif", "text"):
        done = run("check", "--format", form, cwd=repository.folder)
        assert done.returncode == 1
        assert "R402" in done.stdout
        assert silent(done)
    # No record has this number: the release gate, which looks for what records hold, would let it pass.
    page = f"<h1>电池外壳用阻燃改性材料{PHONE}</h1>".encode()
    assert find_leaks("index.html", page, Secrets(load(repository.folder / "catalogue")[0])) == []


def test_release_sees_what_stands_in_no_record(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this gate: a hand-written page tells a name; `check` judges records and finds nothing."""
    from jiebang.build import making
    from jiebang.mapping import Maps
    from jiebang.problems import has_errors
    from jiebang.rules.judgement import judge
    from jiebang.site import Frames
    from jiebang.site.files import Planned, given
    from jiebang.site.output import planned
    from jiebang.view import PublicSite

    class Silent:
        def step(self, what: str, total: int) -> Callable[[int], None]:
            return lambda done: None

    assert not has_errors(judge(base)[1])

    def with_a_page(site: PublicSite, frames: Frames, maps: Maps) -> list[Planned]:
        return [*planned(site, frames, maps), given("guide/news/index.html", "<p>走进示 例 重 工</p>".encode())]

    monkeypatch.setattr(making, "planned", with_a_page)
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "public"
    with pytest.raises(UserError) as refused:
        build(BuildOptions(base, out), Silent())
    assert "guide/news/index.html" in refused.value.message and "企业名称" in refused.value.message
    assert "重工" not in refused.value.message + refused.value.hint
    assert not out.exists()


def test_make_hooks_says_what_it_did() -> None:
    planned = subprocess.run(
        ["make", "--dry-run", "hooks"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert "core.hooksPath .githooks" in planned and "已设置" in planned


@pytest.mark.parametrize("name", sorted(hook.name for hook in (ROOT / ".githooks").iterdir()))
def test_hooks_can_be_run(name: str) -> None:
    assert os.access(ROOT / ".githooks" / name, os.X_OK)
    assert subprocess.run(["sh", "-n", ROOT / ".githooks" / name], check=False).returncode == 0


def test_the_pre_commit_tool_finds_the_same_check() -> None:
    (hook,) = plain_yaml.values((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["id"] == "jiebang-check"
    assert hook["entry"] == ".ci/jiebang check"
    assert hook["pass_filenames"] is False
