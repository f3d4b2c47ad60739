"""The hooks of a desk: whatever git command makes a commit, its content and its message are looked at before it stands."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.cli.hooked import DEMAND, PHONE, Repository
from tests.conftest import ROOT, Run

_MOBILE = "13800138000"


@pytest.fixture
def repository(tmp_path: Path, base: Path, program: Path) -> Repository:
    """On `main`, with a branch `typed` whose commit puts a telephone into a title, and one `other` that touches no record."""
    made = Repository(tmp_path / "目录 仓库", base, program)
    made.git("switch", "--quiet", "-c", "typed")
    made.type_telephone()
    made.git("commit", "--quiet", "--no-verify", "-am", "typed")
    made.git("switch", "--quiet", "-c", "other", "main")
    (made.folder / "notes.txt").write_text("一\n", encoding="utf-8")
    made.git("add", "-A")
    made.git("commit", "--quiet", "--no-verify", "-m", "other")
    made.git("switch", "--quiet", "main")
    made.install_hooks()
    return made


def _refused(repository: Repository, *command: str) -> subprocess.CompletedProcess[str]:
    before = repository.git("rev-parse", "HEAD").stdout
    done = repository.git(*command, check=False)
    assert done.returncode != 0, done.stdout + done.stderr
    assert repository.git("rev-parse", "main").stdout == before
    said = done.stdout + done.stderr
    assert PHONE not in said and _MOBILE not in said and "Traceback" not in said
    assert "没有提交" in said
    return done


@pytest.mark.parametrize(
    "command",
    [("merge", "--no-ff", "-m", "m", "typed"), ("cherry-pick", "typed"), ("cherry-pick", "--no-commit", "typed")],
    ids=["merge", "cherry-pick", "commit after cherry-pick"],
)
def test_what_comes_from_another_branch_is_looked_at(repository: Repository, command: tuple[str, ...]) -> None:
    if "--no-commit" in command:
        repository.git(*command)
        command = ("commit", "-m", "picked")
    said = _refused(repository, *command)
    assert "R402" in said.stdout + said.stderr


@pytest.mark.parametrize("backend", ["--merge", "--apply"])
def test_a_rebase_is_looked_at(repository: Repository, backend: str) -> None:
    repository.git("switch", "--quiet", "typed")
    done = repository.git("rebase", backend, "other", check=False)
    assert done.returncode != 0 and "R402" in done.stdout + done.stderr
    assert repository.git("rev-parse", "HEAD").stdout == repository.git("rev-parse", "other").stdout


def test_a_revert_is_looked_at(repository: Repository) -> None:
    repository.git("switch", "--quiet", "typed")
    repository.git("-c", "core.hooksPath=/dev/null", "revert", "--no-edit", "HEAD")
    done = repository.git("revert", "--no-edit", "HEAD", check=False)
    assert done.returncode != 0 and "R402" in done.stdout + done.stderr
    assert repository.git("show", "--no-patch", "--format=%s", "HEAD").stdout == 'Revert "typed"\n'


def test_a_patch_is_looked_at(repository: Repository, tmp_path: Path) -> None:
    patch = tmp_path / "typed.patch"
    patch.write_text(repository.git("format-patch", "-1", "--stdout", "typed").stdout, encoding="utf-8")
    assert "R402" in str(_refused(repository, "am", "--quiet", str(patch)).stderr)


def test_the_message_of_a_patch_is_looked_at(repository: Repository, tmp_path: Path) -> None:
    repository.git(
        "-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--amend", "--allow-empty", "-m", f"电话 {_MOBILE}"
    )
    patch = tmp_path / "said.patch"
    patch.write_text(repository.git("format-patch", "-1", "--root", "--stdout", "HEAD").stdout, encoding="utf-8")
    repository.git("switch", "--quiet", "other")
    done = repository.git("am", "--quiet", str(patch), check=False)
    assert done.returncode != 0 and "R541" in done.stderr and _MOBILE not in done.stderr


def test_a_message_with_a_telephone_is_not_written(repository: Repository) -> None:
    said = _refused(repository, "commit", "--quiet", "--allow-empty", "-m", f"报送两项需求，联系人手机 {_MOBILE}")
    assert "R541" in said.stderr and "提交说明" in said.stderr


@pytest.mark.parametrize(
    "message",
    [
        "报送两项需求\n\nSigned-off-by: 示例 <test@example.com>",
        "Revert\n\nThis reverts commit 13800138000aa13800138000bb13800138000ccdd.",
    ],
)
def test_a_plain_message_passes(run: Run, tmp_path: Path, message: str) -> None:
    (tmp_path / "said").write_text(
        f"{message}\n# 电话\n# {'-' * 24} >8 {'-' * 24}\n+ 手机 {_MOBILE}\n", encoding="utf-8"
    )
    done = run("hook", "commit-msg", tmp_path / "said")
    assert done.returncode == 0, done.stderr


def _form() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return packed.getvalue()


def test_a_form_in_the_root_and_a_number_on_a_page_are_not_committed(repository: Repository) -> None:
    (repository.folder / "需求表.docx").write_bytes(_form())
    (repository.folder / "form").write_bytes(_form())
    (repository.folder / "pages").mkdir()
    (repository.folder / "pages" / "visit.md").write_text(f"# 对接会\n\n张工，手机 {_MOBILE}\n", encoding="utf-8")
    repository.git("add", "-A")
    said = _refused(repository, "commit", "--quiet", "-m", "forms")
    assert said.stderr.count("R506") == 2 and said.stderr.count("R540") == 1


def test_a_linked_work_tree_uses_the_program_of_the_main_one(repository: Repository, tmp_path: Path) -> None:
    linked = tmp_path / "另一处"
    repository.git("worktree", "add", "--quiet", str(linked), "other")
    repository.folder, main = linked, repository.folder
    file = linked / DEMAND
    file.write_text(file.read_text(encoding="utf-8").replace("note: 等待补充。", "note: 已补充。"), encoding="utf-8")
    done = repository.git("commit", "--quiet", "-am", "mended", check=False)
    assert done.returncode == 0, done.stderr
    repository.type_telephone()
    refused = repository.git("commit", "--quiet", "-am", "typed", check=False)
    assert refused.returncode != 0 and "R402" in refused.stderr
    (main / ".venv" / "bin" / "jiebang").unlink()
    refused = repository.git("commit", "--quiet", "-am", "typed", check=False)
    assert refused.returncode != 0 and "还没有准备好环境" in refused.stderr and str(main) in refused.stderr


def test_what_a_preview_leaves_is_in_no_commit() -> None:
    for name in (".gitignore", "generator/jiebang/starter/dot-gitignore"):
        ignored = (ROOT / name).read_text(encoding="utf-8").splitlines()
        assert {"/preview/", "/.preview.*", "/public/", "/.public.*"} <= set(ignored)


def test_hooks_name_a_command_that_exists(run: Run) -> None:
    told = run("hook", "--help").stdout
    for file in (ROOT / ".githooks").iterdir():
        if file.name != "check":
            assert f'/check" {file.name} "$@"' in file.read_text(encoding="utf-8")
            assert file.name in told
