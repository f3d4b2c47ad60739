"""Keys are made, lost and changed; staff open, change and seal again; a key is never shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.catalogue.keys import identities_from, new_identity
from jiebang.catalogue.sealing import NO_RECIPIENTS, contents_of_records
from jiebang.catalogue.write import write_files
from jiebang.errors import UserError
from jiebang.forms.importing.existing_records import open_store
from jiebang.forms.importing.plan import Said
from jiebang.forms.importing.run import import_files
from jiebang.forms.reading.document.sandbox import parse
from tests.conftest import FIXTURES, Run
from tests.forms import make
from tests.proposal.bureau import tree
from tests.sealing import APPLICATION, ENTERPRISE, Key, Sealed, make_key, name_recipients


def test_the_working_key_is_lost_and_all_is_sealed_anew(sealed: Sealed, run: Run, tmp_path: Path) -> None:
    """The drill of the guide: nobody has the working key, the recovery key opens, new recipients, sealed anew."""
    plain = (FIXTURES / "base" / ENTERPRISE).read_text(encoding="utf-8")
    shown = run("unseal", "--show", f"catalogue/{ENTERPRISE}.age", "--identity", sealed.recovery.file)
    assert shown.stdout == plain
    keys = []
    for name in ("new-working", "new-recovery"):
        done = run("new", "key", tmp_path / f"{name}.key")
        assert done.returncode == 0, done.stderr
        keys.append(Key(tmp_path / f"{name}.key", done.stdout.strip(), ""))
        assert (tmp_path / f"{name}.key").stat().st_mode & 0o777 == 0o600
    name_recipients(sealed.catalogue, keys[0].public, keys[1].public)
    assert sealed.found() == {"F011"}
    assert run("seal", "--rekey").returncode != 0
    done = run("seal", "--rekey", "--identity", sealed.recovery.file)
    assert done.returncode == 0, done.stderr
    assert sealed.found() == sealed.found(*keys) == sealed.found(keys[1]) == set()
    assert "F011" in sealed.found(sealed.recovery)


def test_sealing_anew_that_was_stopped_half_way_is_done_with_the_same_key(
    sealed: Sealed, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = [make_key(tmp_path / f"new-{name}.key") for name in ("working", "recovery")]
    name_recipients(sealed.catalogue, *(key.public for key in new))
    again = ("seal", "--rekey", "--identity", sealed.working.file)
    with monkeypatch.context() as full:
        left = iter([None] * 3)

        def fsync(handle: int) -> None:
            if next(left, "full") is not None:
                raise OSError(28, "No space left on device")

        full.setattr("os.fsync", fsync)
        assert "前面 3 份已经重新密封" in run(*again).stderr
    done = run(*again)
    assert done.returncode == 0 and "重新密封了 4 份记录" in done.stdout and "另有 3 份" in done.stderr
    assert sealed.found(*new) == set()
    # Now the old key opens none, and nothing is said to be done.
    done = run(*again)
    assert done.returncode == 1 and "一份记录也打不开" in done.stderr
    assert "一份记录也打不开" in run("seal", "--rekey", "--identity", sealed.stranger.file).stderr


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("disclosure: 不公开\n", "", "S202"),
        ("note: ", "note: &x ", "Y105"),
        ("role: ", "secret: 示例\nrole: ", "S203"),
        ("name: ", "name: 'x\nname: ", "Y104"),
        ("credit_code: 91", "credit_code: 92", "R311"),
    ],
)
def test_what_a_check_would_find_is_found_before_it_is_sealed(
    sealed: Sealed, run: Run, old: str, new: str, code: str
) -> None:
    """Nobody without a key finds it afterwards, and a district has none."""
    assert run("unseal", f"catalogue/{ENTERPRISE}.age", "--identity", sealed.working.file).returncode == 0
    path = sealed.catalogue / ENTERPRISE
    wrong = path.read_text(encoding="utf-8").replace(old, new, 1)
    path.write_text(wrong, encoding="utf-8")
    done = run("seal")
    assert done.returncode == 1 and code in done.stderr and "R325" not in done.stderr
    assert "什么都没有密封" in done.stderr and path.read_text(encoding="utf-8") == wrong
    assert not sealed.path(ENTERPRISE).exists()


def test_what_is_named_and_no_plain_record_is_told(sealed: Sealed, run: Run) -> None:
    done = run("seal", f"catalogue/{ENTERPRISE}.age")
    assert done.returncode == 1 and "没有要密封的" in done.stderr
    assert run("seal").returncode == 0 and sealed.catalogue.is_dir()


def test_nothing_is_sealed_to_one_key_alone(sealed: Sealed, run: Run) -> None:
    assert run("unseal", f"catalogue/{ENTERPRISE}.age", "--identity", sealed.working.file).returncode == 0
    name_recipients(sealed.catalogue, sealed.working.public, sealed.working.public)
    for command in (("seal",), ("seal", "--rekey", "--identity", sealed.working.file)):
        done = run(*command)
        assert done.returncode == 1 and "是同一把" in done.stderr
    assert (sealed.catalogue / ENTERPRISE).is_file()


def test_staff_open_change_and_seal_with_public_keys_alone(sealed: Sealed, run: Run) -> None:
    where = f"catalogue/{ENTERPRISE}"
    assert run("unseal", f"{where}.age", "--identity", sealed.working.file).returncode == 0
    assert (sealed.catalogue / ENTERPRISE).read_bytes() == (FIXTURES / "base" / ENTERPRISE).read_bytes()
    assert not sealed.path(ENTERPRISE).exists()
    assert (sealed.catalogue / ENTERPRISE).stat().st_mode & 0o777 == 0o600
    assert sealed.found() == {"R325"}
    done = run("seal")
    assert done.returncode == 0 and "密封了 1 份记录" in done.stdout
    assert not (sealed.catalogue / ENTERPRISE).exists()
    assert sealed.found(sealed.working, sealed.recovery) == set()


def test_a_record_that_is_written_again_stays_sealed(sealed: Sealed) -> None:
    with identities_from([sealed.working.file]):
        catalogue, _ = load(sealed.catalogue)
        record = next(a for a in catalogue.applications if a.id == "A-AAAAAAA1")
        text = f"{record.source.decode()}note: 示例备注\n"
        write_files(contents_of_records(sealed.catalogue, {record.path: text}, catalogue.districts))
        again = next(a for a in load(sealed.catalogue)[0].applications if a.id == "A-AAAAAAA1")
    assert again.get("note") == "示例备注"
    assert "示例备注" not in sealed.path(APPLICATION).read_text(encoding="utf-8")


def test_a_sealed_application_is_moved_and_stays_sealed(sealed: Sealed, run: Run) -> None:
    step = ("move", "A-AAAAAAA1", "forwarded", "--day", "2024-11-05", "--yes")
    before = tree(sealed.catalogue)
    assert "没有密钥打不开" in run(*step).stderr
    done = run(*step, "--identity", sealed.working.file)
    assert done.returncode == 0, done.stdout + done.stderr
    after = tree(sealed.catalogue)
    assert {name for name in after if after[name] != before.get(name)} == {f"{APPLICATION}.age"}
    assert b"status: forwarded" in sealed.opened(APPLICATION)
    assert sealed.found(sealed.working, sealed.recovery) == set()


def test_forms_are_imported_sealed_and_none_of_a_form_is_written_where_one_record_cannot_be(
    sealed: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise NO_RECIPIENTS

    file = make.put(tmp_path, "annex1.docx", make.annex1_docx())
    before = tree(sealed.catalogue)
    with identities_from([sealed.working.file]):
        store = open_store(sealed.catalogue, "2024", "zone")
        with monkeypatch.context() as refusing:
            refusing.setattr("jiebang.catalogue.sealing.sealed_record", refuse)
            (outcome,) = import_files([file], store, Said("2024-07-08"), parse=parse)
        assert outcome.error is not None and "什么都没有写入" in outcome.error.message
        assert tree(sealed.catalogue) == before
        store = open_store(sealed.catalogue, "2024", "zone")
        (outcome,) = import_files([file], store, Said("2024-07-08"), parse=parse)
    assert outcome.error is None
    # A key that does not open what is there cannot tell whether a form was imported before.
    with identities_from([sealed.stranger.file]), pytest.raises(UserError, match="读不通"):
        open_store(sealed.catalogue, "2024", "zone")
    written = sorted(name for name in tree(sealed.catalogue) if name not in before)
    kinds = [(name.split("/")[2], name.endswith(".yml.age")) for name in written]
    assert ("enterprises", True) in kinds and ("demands", False) in kinds
    assert ("enterprises", False) not in kinds


def test_a_key_is_never_shown_nor_kept(sealed: Sealed, run: Run, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    done = run("check", "--identity", sealed.working.file, JIEBANG_CACHE=str(cache))
    assert sealed.working.secret not in done.stdout + done.stderr
    assert cache.stat().st_mode & 0o077 == 0
    assert all(sealed.working.secret.encode() not in path.read_bytes() for path in cache.rglob("*") if path.is_file())


@pytest.fixture
def broken_key(sealed: Sealed, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "broken.key"
    path.write_text(f"{sealed.working.secret[:-1]}\n", encoding="utf-8")
    path.chmod(0o600)
    yield path


def test_a_key_file_that_cannot_be_used_is_refused_without_being_quoted(
    sealed: Sealed, run: Run, broken_key: Path
) -> None:
    done = run("check", "--identity", broken_key)
    assert done.returncode != 0 and "第 1 行不是密钥" in done.stderr
    assert sealed.working.secret[20:-1] not in done.stdout + done.stderr
    broken_key.write_text(sealed.working.secret, encoding="utf-8")
    broken_key.chmod(0o644)
    told = run("check", "--identity", broken_key).stderr
    assert "别的用户也能读" in told and "U 盘" in told
    assert "读不出密钥文件" in run("check", "--identity", "nowhere.key").stderr


@pytest.mark.parametrize(
    "written",
    [
        lambda secret: f"\ufeff# 工作密钥\r\n{secret}\r\n".encode(),
        lambda secret: f"\ufeff{secret}".encode(),
        lambda secret: f"{secret}\r\n".encode("utf-16"),
        lambda secret: f"# 工作密钥\n{secret}".encode("gbk"),
        lambda secret: f"  {secret.lower()}\r# x".encode(),
        lambda secret: f"{new_identity()[0]}\n{secret}\n{secret}".encode(),
    ],
    ids=["BOM and CRLF", "BOM", "UTF-16", "GBK", "small letters", "several"],
)
def test_a_key_that_was_typed_in_an_editor_is_read(
    sealed: Sealed, tmp_path: Path, written: Callable[[str], bytes]
) -> None:
    file = tmp_path / "typed.key"
    file.write_bytes(written(sealed.recovery.secret))
    file.chmod(0o600)
    assert sealed.found(Key(file, "", "")) == set()


@pytest.mark.parametrize("what", ["folder", "pipe", "device", "closed"])
def test_what_is_no_key_file_is_told(sealed: Sealed, run: Run, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = sealed.catalogue.parent / "no.key"
    if what == "folder":
        file.mkdir(mode=0o700)
    elif what == "pipe":
        os.mkfifo(file, 0o600)
    elif what == "device":
        file.symlink_to(os.devnull)
    else:
        make_key(file)
        real = Path.read_bytes
        refused = PermissionError(13, "Permission denied")

        def read(path: Path) -> bytes:
            if path == file:
                raise refused
            return real(path)

        monkeypatch.setattr(Path, "read_bytes", read)
    done = run("check", JIEBANG_IDENTITY=str(file))
    assert done.returncode == 1 and "密钥文件" in done.stderr and "→" in done.stderr


def test_a_new_key_is_not_written_into_a_repository_nor_over_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    done = run("new", "key", "repository/new.key")
    assert done.returncode != 0 and not (tmp_path / "repository" / "new.key").exists()
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "districts.yml").touch()
    assert "在仓库里" in run("new", "key", "catalogue/new.key").stderr
    assert not (tmp_path / "catalogue" / "new.key").exists()
    (tmp_path / "there.key").write_text("mine", encoding="utf-8")
    assert "已经有了" in run("new", "key", "there.key").stderr
    assert (tmp_path / "there.key").read_text(encoding="utf-8") == "mine"


def test_what_is_sealed_is_not_called_mended(sealed: Sealed, run: Run) -> None:
    assert sealed.catalogue.is_dir()
    assert "7 份密封的记录没有查看" in run("fix").stderr


def test_a_key_on_a_disk_that_knows_no_owners_is_not_called_hidden(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick with FAT, as most have it: no mode is kept there, nor can one be set."""
    real = os.open

    def opened(path: str | Path, flags: int, mode: int = 0o777) -> int:
        return real(path, flags, 0o644 if Path(path).suffix == ".key" else mode)

    assert "不分用户权限" not in run("new", "key", tmp_path / "a.key").stderr
    monkeypatch.setattr(os, "open", opened)
    assert "不分用户权限" in run("new", "key", tmp_path / "b.key").stderr


def test_a_catalogue_without_seals_asks_nothing_of_pyrage(
    base: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    def refuse() -> None:
        raise AssertionError("pyrage was asked for")

    monkeypatch.setattr("jiebang.catalogue.keys._pyrage", refuse)
    assert run("check", "--catalogue", base, "--identity", "nowhere.key").returncode == 0
    assert run("seal", "--catalogue", base).returncode != 0
