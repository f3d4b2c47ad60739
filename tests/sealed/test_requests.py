"""Requests of sealed records: what was in plain in any commit is found, and so is a seal that only a later commit mends."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jiebang.catalogue.files import RecordFile
from jiebang.catalogue.keys import digest_of
from jiebang.catalogue.sealing import seal_file
from tests.conftest import FIXTURES, Run, run_here
from tests.proposal.bureau import git
from tests.sealed import breaking as broken
from tests.sealed.breaking import Breaking
from tests.sealing import APPLICATION, ENTERPRISE, Sealed, name_recipients


@pytest.fixture
def repository(sealed: Sealed) -> Path:
    folder = sealed.catalogue.parent
    git(folder, "init", "-q", "-b", "main")
    (folder / ".gitignore").write_text("public/\n.cache/\n", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "base")
    git(folder, "checkout", "-q", "-b", "request")
    return folder


def _proposed(run: Run, *more: str) -> tuple[int, str]:
    done = run("proposal", "--base", "main", "--head", "request", *more)
    return done.returncode, done.stdout + done.stderr


def _commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "示例")


def test_a_record_that_was_in_plain_in_one_commit_is_found_in_the_request(
    sealed: Sealed, repository: Path, run: Run
) -> None:
    text = (FIXTURES / "base" / ENTERPRISE).read_text(encoding="utf-8").replace("employees: ", "employees: 1", 1)
    (sealed.catalogue / ENTERPRISE).write_text(text, encoding="utf-8")
    old = sealed.path(ENTERPRISE).read_bytes()
    sealed.path(ENTERPRISE).unlink()
    _commit(repository)
    (sealed.catalogue / ENTERPRISE).unlink()
    sealed.path(ENTERPRISE).write_bytes(old)
    (repository / "README.md").write_text("示例\n", encoding="utf-8")
    _commit(repository)
    code, told = _proposed(run)
    assert code == 1 and "R545" in told


@pytest.mark.parametrize(
    ("passing", "code"),
    [
        (broken.not_a_choice, "S204"),
        (broken.more_in_front, "F010"),
        (broken.more_behind, "F009"),
        (broken.to_one_more, "F011"),
    ],
    ids=["choice", "in-front", "behind", "to-more"],
)
def test_a_seal_that_a_later_commit_mends_is_found_in_the_request(
    sealed: Sealed, repository: Path, run: Run, passing: Breaking, code: str
) -> None:
    passing(sealed)
    _commit(repository)
    git(repository, "rm", "-rq", ".")
    git(repository, "checkout", "-q", "main", "--", ".")
    (repository / "README.md").write_text("示例\n", encoding="utf-8")
    _commit(repository)
    status, told = _proposed(run)
    assert status == 1 and "R501" not in told
    assert code in told and "R550" in told


def test_sealed_records_that_come_step_by_step_are_not_refused(sealed: Sealed, repository: Path, run: Run) -> None:
    """The file of one commit is the old one of the next."""
    for note in ("示例备注", "又一条示例备注"):
        assert run("unseal", f"catalogue/{APPLICATION}.age", "--identity", sealed.working.file).returncode == 0
        path = sealed.catalogue / APPLICATION
        kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("note:")]
        path.write_text("\n".join([*kept, f"note: {note}"]) + "\n", encoding="utf-8")
        assert run("seal").returncode == 0
        _commit(repository)
    status, told = _proposed(run)
    assert status == 0, told


def test_a_twin_outside_the_catalogue_is_found_in_the_request(repository: Path, run: Run) -> None:
    """Nothing else looks there."""
    shutil.copy(FIXTURES / "base" / ENTERPRISE, repository / "notes.txt")
    _commit(repository)
    code, told = _proposed(run)
    assert code == 1 and "F013" in told
    assert "notes.txt" in told


def test_what_was_opened_is_not_committed(sealed: Sealed, repository: Path, run: Run) -> None:
    """The hook stops it before it is in the history."""
    assert run("hook", "pre-commit", cwd=repository).returncode == 0
    assert run("unseal", f"catalogue/{ENTERPRISE}.age", "--identity", sealed.working.file).returncode == 0
    git(repository, "add", "-A")
    done = run("hook", "pre-commit", cwd=repository)
    assert done.returncode == 1 and "R325" in done.stderr


@pytest.mark.parametrize("name", ["README.md", "2024/.gitkeep", "2024/qiaokou/enterprises/e-aaaaaaa1.yml~"])
def test_what_stands_beside_the_records_is_not_committed_in_plain(
    sealed: Sealed, repository: Path, run: Run, name: str
) -> None:
    """No rule of the records looks there."""
    (sealed.catalogue / name).write_text("schema: enterprise/1\nid: E-AAAAAAA1\n", encoding="utf-8")
    git(repository, "add", "-f", "-A")
    done = run("hook", "pre-commit", cwd=repository)
    assert done.returncode == 1 and ("R545" in done.stderr or "F005" in done.stderr)


def test_a_key_is_not_committed(sealed: Sealed, repository: Path, run: Run) -> None:
    shutil.copy(sealed.working.file, repository / "working.key")
    git(repository, "add", "-A")
    done = run("hook", "pre-commit", cwd=repository)
    assert done.returncode == 1 and "R546" in done.stderr and sealed.working.secret[20:] not in done.stderr


@pytest.mark.parametrize("ref", ["refs/notes/commits", "refs/heads/pages", "refs/stash"])
def test_what_is_pushed_beside_the_branches_holds_no_copy(repository: Path, ref: str) -> None:
    """Its commits have no records, by which a copy would be known."""
    (repository / "notes.bin").write_bytes((FIXTURES / "base" / ENTERPRISE).read_bytes())
    if ref == "refs/notes/commits":
        git(repository, "notes", "add", "-F", "notes.bin")
    elif ref == "refs/stash":
        git(repository, "add", "-A")
        git(repository, "stash", "-q")
    else:
        git(repository, "checkout", "-q", "--orphan", "pages")
        git(repository, "rm", "-rqf", "--cached", ".")
        git(repository, "add", "notes.bin")
        git(repository, "commit", "-q", "-m", "示例")
        git(repository, "checkout", "-qf", "request")
    commit = git(repository, "rev-parse", ref).strip()
    done = run_here(("hook", "pre-push", "origin", "x"), repository, {}, f"{ref} {commit} {ref} {'0' * 40}\n")
    assert done.returncode == 1 and "F013" in done.stderr


def test_whoever_merges_is_told_that_the_recipients_change(sealed: Sealed, repository: Path, run: Run) -> None:
    name_recipients(sealed.catalogue, sealed.working.public, sealed.stranger.public)
    assert run("seal", "--rekey", "--identity", sealed.recovery.file).returncode == 0
    _commit(repository)
    code, told = _proposed(run)
    assert code == 0 and "R535" in told and digest_of(sealed.recipients) in told
    assert digest_of([sealed.working.public, sealed.stranger.public]) in told
    # To seal no longer is a step of the same kind.
    git(repository, "checkout", "-q", "-B", "request", "main")
    assert run("unseal", "catalogue", "--identity", sealed.working.file).returncode == 0
    shutil.copy(FIXTURES / "base" / "districts.yml", sealed.catalogue / "districts.yml")
    _commit(repository)
    code, told = _proposed(run)
    assert code == 0 and "R535" in told and "可以是明文" in told


def test_recipients_are_a_step_of_the_city(sealed: Sealed, repository: Path, run: Run) -> None:
    districts = sealed.catalogue / "districts.yml"
    git(repository, "checkout", "-q", "main")
    text = districts.read_text(encoding="utf-8").replace("  reviewers:", "  staff: [city]\n  reviewers:", 1)
    districts.write_text(text.replace("    kind: 区\n", "    kind: 区\n    staff: [qiaokou]\n", 1), encoding="utf-8")
    _commit(repository)
    git(repository, "checkout", "-q", "-B", "request")
    name_recipients(sealed.catalogue, sealed.working.public, sealed.stranger.public)
    _commit(repository)
    code, told = _proposed(run, "--actor", "qiaokou")
    assert code == 1 and "R502" in told


def test_an_illegal_move_of_a_sealed_application_is_found_without_a_key(
    sealed: Sealed, repository: Path, run: Run
) -> None:
    path = sealed.catalogue / APPLICATION
    assert run("unseal", f"catalogue/{APPLICATION}.age", "--identity", sealed.working.file).returncode == 0
    text = path.read_text(encoding="utf-8")
    status = next(line for line in text.splitlines() if line.startswith("status: "))
    path.write_text(text.replace(status, "status: accepted", 1), encoding="utf-8")
    # The command refuses what is wrong.
    seal_file(sealed.catalogue, RecordFile("application", APPLICATION, "2024", "qiaokou"), sealed.recipients)
    _commit(repository)
    code, told = _proposed(run)
    assert code == 1 and "R511" in told


def test_the_request_that_seals_everything_passes_with_and_without_a_key(
    sealed: Sealed, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "start"
    shutil.copytree(FIXTURES / "base", folder / "catalogue")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "base")
    git(folder, "checkout", "-q", "-b", "request")
    shutil.rmtree(folder / "catalogue")
    shutil.copytree(sealed.catalogue, folder / "catalogue")
    _commit(folder)
    asked = ("proposal", "--base", "main", "--head", "request")
    done = run(*asked, cwd=folder)
    assert done.returncode == 0, done.stdout
    done = run(*asked, cwd=folder, JIEBANG_IDENTITY=str(sealed.working.file))
    assert done.returncode == 0, done.stdout
    assert "对公众没有变化；修改" in done.stdout and "新增" not in done.stdout
    # A copy that has lain there since before is found when the record is sealed.
    git(folder, "checkout", "-q", "main")
    (folder / "backup").mkdir()
    shutil.copy(FIXTURES / "base" / APPLICATION, folder / "backup" / "old.bak")
    _commit(folder)
    done = run(*asked, cwd=folder)
    assert done.returncode == 1 and "F013" in done.stdout and "old.bak" in done.stdout


def test_a_request_is_not_judged_with_a_key_that_opens_nothing(sealed: Sealed, repository: Path, run: Run) -> None:
    """It would look at less than who has no key does, and say that all may be merged."""
    (repository / "README.md").write_text("示例\n", encoding="utf-8")
    _commit(repository)
    code, told = _proposed(run, "--identity", str(sealed.stranger.file))
    assert code == 1 and "一份密封的记录也打不开" in told and "可以合并" not in told
    # One of several that opens is enough.
    assert _proposed(run, "--identity", str(sealed.stranger.file), "--identity", str(sealed.working.file))[0] == 0


def test_a_request_is_judged_without_a_key_and_says_what_is_not_known(
    sealed: Sealed, repository: Path, run: Run
) -> None:
    assert run("unseal", f"catalogue/{APPLICATION}.age", "--identity", sealed.working.file).returncode == 0
    path = sealed.catalogue / APPLICATION
    path.write_text(path.read_text(encoding="utf-8") + "note: 示例备注\n", encoding="utf-8")
    assert run("seal").returncode == 0
    _commit(repository)
    code, told = _proposed(run)
    assert code == 0, told
    assert "只看了公开部分" in told and "没有密钥看不出合并会公开什么" in told
    done = run("preview", "--base", "main", "--head", "request")
    assert done.returncode == 0 and "没有生成预览" in done.stderr
    assert (
        run("proposal", "--base", "main", "--head", "request", JIEBANG_IDENTITY=str(sealed.working.file)).returncode
        == 0
    )
