"""Sealed records: a check without a key knows structure, with one all; whatever is wrong with a seal is found, each by its own gate."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest

from jiebang.catalogue import load
from jiebang.catalogue.files import RecordFile
from jiebang.catalogue.keys import KeyNeededError, identities_from
from jiebang.catalogue.sealed import sealed as sealed_bytes
from jiebang.catalogue.sealing import NO_RECIPIENTS, contents_of_records, seal_file
from jiebang.catalogue.write import write_files
from jiebang.forms.importing.existing_records import open_store
from jiebang.forms.importing.plan import Said
from jiebang.forms.importing.run import import_files
from jiebang.forms.reading.document.sandbox import parse
from jiebang.publication import publish
from tests.conftest import FIXTURES, Run
from tests.forms import make
from tests.proposal.bureau import git, tree
from tests.sealing import APPLICATION, ENTERPRISE, OTHER, Key, Sealed, make_key, make_sealed, name_recipients


@pytest.fixture(scope="session")
def sealed_base(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return make_sealed(tmp_path_factory.mktemp("sealed"))


@pytest.fixture
def sealed(sealed_base: Sealed, tmp_path: Path) -> Sealed:
    shutil.copytree(sealed_base.catalogue, tmp_path / "catalogue")
    return replace(sealed_base, catalogue=tmp_path / "catalogue")


# --- what a key is for ------------------------------------------------------------------------------------------------------


def test_with_either_key_the_site_is_byte_for_byte_that_of_the_plain_records(
    sealed: Sealed, built_base: Path, run: Run
) -> None:
    for key in (sealed.working, sealed.recovery):
        done = run("build", "--identity", key.file, "--out", f"{key.file.stem}-site")
        assert done.returncode == 0, done.stdout + done.stderr
        assert tree(sealed.catalogue.parent / f"{key.file.stem}-site") == tree(built_base)


def test_without_a_key_nothing_is_built_and_the_site_in_place_stays(sealed: Sealed, run: Run) -> None:
    out = sealed.catalogue.parent / "public"
    assert run("build", JIEBANG_IDENTITY=str(sealed.working.file)).returncode == 0
    before = tree(out)
    done = run("build")
    assert done.returncode != 0
    assert "没有密钥打不开" in done.stderr and "--identity FILE" in done.stderr
    assert tree(out) == before


def test_a_check_without_a_key_says_what_it_does_not_know(sealed: Sealed, run: Run) -> None:
    for form in ("text", "github", "json"):
        done = run("check", "--format", form)
        assert done.returncode == 0, done.stdout
        assert ("是密封的，没有密钥，只看了公开部分" in done.stdout) is (form != "json")
        assert "公布之前要用密钥再检查一遍" in done.stdout + done.stderr
    done = run("check", "--identity", sealed.recovery.file)
    assert done.returncode == 0
    assert "密封" not in done.stdout + done.stderr


def test_a_check_with_a_key_finds_what_one_without_cannot(sealed: Sealed) -> None:
    """A hidden enterprise's name in a public text: the reason why the keyed check is the gate before publication."""
    demand = sealed.catalogue / "2024/zone/demands/d-bbbbbbb2.yml"
    with identities_from([sealed.working.file]):
        hidden = next(e for e in load(sealed.catalogue)[0].enterprises if e.get("disclosure") == "不公开")
    text = demand.read_text(encoding="utf-8")
    demand.write_text(text.replace("schedule: ", f"schedule: 与{hidden.get('name')}联系，", 1), encoding="utf-8")
    assert "R401" not in sealed.found()
    assert "R401" in sealed.found(sealed.working)


def test_what_stands_in_plain_names_nobody(sealed: Sealed, run: Run) -> None:
    private = set()
    for record in (r for r in load(FIXTURES / "base")[0].records() if r.kind in {"enterprise", "application"}):
        for path in (("name",), ("credit_code",), ("contact", "name"), ("contact", "phone"), ("email",), ("profile",)):
            value = record.get(*path)
            private |= {value} if isinstance(value, str) else set()
    assert len(private) > 10
    told = run("check").stdout + run("check", "--identity", sealed.working.file).stdout
    for file in sealed.catalogue.rglob("*.age"):
        told += file.read_text(encoding="utf-8")
    assert not [value for value in private if value in told]


@pytest.mark.parametrize(
    "command",
    [("audit", "catalogue"), ("report", "progress"), ("todo",), ("match", "-"), ("eligibility", "E-AAAAAAA1"), ("export", "A-AAAAAAA1")],
    ids=lambda command: command[0],
)  # fmt: skip
def test_a_command_that_needs_the_records_says_that_it_needs_a_key(
    sealed: Sealed, run: Run, command: tuple[str, ...]
) -> None:
    assert sealed.catalogue.is_dir()
    done = run(*command)
    assert done.returncode != 0
    assert "没有密钥打不开" in done.stderr


def test_no_public_view_is_made_of_closed_records(sealed: Sealed) -> None:
    with pytest.raises(KeyNeededError):
        publish(load(sealed.catalogue, whole=False)[0], {})


# --- each gate has a case that only it catches ------------------------------------------------------------------------------


def _cut(s: Sealed) -> None:
    s.edit(ENTERPRISE, lambda data: b"\n".join(data.split(b"\n")[:-4] + data.split(b"\n")[-2:]))


def _more_behind(s: Sealed) -> None:
    s.edit(ENTERPRISE, lambda data: data + "name: 示例\n".encode())


def _more_in_front(s: Sealed) -> None:
    s.edit(ENTERPRISE, lambda data: data.replace(b"schema:", "# 示例企业\nschema:".encode(), 1))


def _not_a_choice(s: Sealed) -> None:
    s.edit(ENTERPRISE, lambda data: data.replace("role: 大企业".encode(), "role: 示例企业".encode(), 1))


def _other_role(s: Sealed) -> None:
    s.edit(ENTERPRISE, lambda data: data.replace("role: 大企业".encode(), "role: 中小企业".encode(), 1))


def _other_disclosure(s: Sealed) -> None:
    def change(data: bytes) -> bytes:
        shown, hidden = "disclosure: 公开".encode(), "disclosure: 不公开".encode()
        return data.replace(shown, hidden, 1) if shown in data else data.replace(hidden, shown, 1)

    s.edit(ENTERPRISE, change)


def _swapped(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(OTHER), *s.recipients)


def _told_otherwise(s: Sealed) -> None:
    with identities_from([s.working.file]):
        record = next(e for e in load(s.catalogue)[0].enterprises if e.path.endswith(f"{ENTERPRISE}.age"))
    other = {"公开": "不公开", "不公开": "公开"}[record.get("disclosure")]
    values = {**record.value, "disclosure": other}
    s.path(ENTERPRISE).write_bytes(sealed_bytes("enterprise", record.id, values, record.source, s.recipients))


def _not_filled_up(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(ENTERPRISE).rstrip(b"\n") + b"\n", *s.recipients)


def _not_ours(s: Sealed) -> None:
    s.put(ENTERPRISE, b"\n" * 4096, *s.recipients)


def _to_strangers(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(ENTERPRISE), s.stranger.public, make_key(s.catalogue.parent / "more.key").public)


def _to_one_more(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(ENTERPRISE), *s.recipients, s.stranger.public)


def _to_one_less(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(ENTERPRISE), s.working.public)


def _recovery_is_a_stranger(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(ENTERPRISE), s.working.public, s.stranger.public)


def _by_another_list(s: Sealed) -> None:
    shutil.copy(FIXTURES / "base" / ENTERPRISE, s.catalogue / ENTERPRISE)
    s.path(ENTERPRISE).unlink()
    file = RecordFile("enterprise", ENTERPRISE, "2024", "qiaokou")
    seal_file(s.catalogue, file, [s.working.public, s.stranger.public])


def _by_password(s: Sealed) -> None:
    armored = pyrage.passphrase.encrypt(s.opened(ENTERPRISE), "示例", armored=True)
    s.edit(ENTERPRISE, lambda data: data[: data.index(b"-----BEGIN")] + bytes(armored))


def _twin(s: Sealed) -> None:
    (s.catalogue / "2024/zone/demands/e-aaaaaaa1.yml").write_bytes((FIXTURES / "base" / ENTERPRISE).read_bytes())


def _plain(s: Sealed) -> None:
    s.path(ENTERPRISE).unlink()
    shutil.copy(FIXTURES / "base" / ENTERPRISE, s.catalogue / ENTERPRISE)


def _no_recipients(s: Sealed) -> None:
    shutil.copy(FIXTURES / "base" / "districts.yml", s.catalogue / "districts.yml")


Breaking = Callable[[Sealed], None]
_NOTHING = ""


@pytest.mark.parametrize(
    ("breaking", "without", "working", "both"),
    [
        (_cut, "F009", "F009", "F009"),
        (_more_behind, "F009", "F009", "F009"),
        (_not_filled_up, "F009", "F009", "F009"),
        (_not_ours, _NOTHING, "F009", "F009"),
        (_more_in_front, "F010", "F010", "F010"),
        (_not_a_choice, "S204", "F012", "F012"),
        (_other_disclosure, _NOTHING, "F012", "F012"),
        (_swapped, _NOTHING, "F012", "F012"),
        (_told_otherwise, _NOTHING, "F012", "F012"),
        (_to_strangers, _NOTHING, "F011", "F011"),
        (_to_one_more, "F011", "F011", "F011"),
        (_to_one_less, "F011", "F011", "F011"),
        (_recovery_is_a_stranger, _NOTHING, _NOTHING, "F011"),
        (_by_another_list, "F011", "F011", "F011"),
        (_by_password, "F011", "F011", "F011"),
        (_twin, "F013", "F013", "F013"),
        (_plain, "R325", "R325", "R325"),
        (_no_recipients, "F011", "F011", "F011"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_what_is_wrong_with_a_seal_is_found(
    sealed: Sealed, breaking: Breaking, without: str, working: str, both: str
) -> None:
    breaking(sealed)
    keys = (sealed.working, sealed.recovery)
    for given, wanted in (((), without), (keys[:1], working), (keys, both)):
        found = sealed.found(*given)
        if wanted:
            assert wanted in found
        else:
            assert not [p for p in sealed.problems(*given) if p.path.endswith(f"{ENTERPRISE}.age")]


@pytest.mark.parametrize("breaking", [_more_behind, _not_filled_up, _more_in_front, _to_one_more, _by_another_list])
def test_a_gate_is_the_only_one_to_find_its_case(sealed: Sealed, breaking: Breaking) -> None:
    breaking(sealed)
    codes = {p.code for p in sealed.problems() if p.path.endswith(f"{ENTERPRISE}.age")}
    assert len(codes) == 1


def test_a_public_part_that_contradicts_other_records_is_found_without_a_key(sealed: Sealed) -> None:
    """The rules that need no more than the public part see it."""
    _other_role(sealed)
    assert "R306" in sealed.found()


def test_any_flipped_byte_is_found(sealed: Sealed) -> None:
    whole = sealed.path(ENTERPRISE).read_bytes()
    for at in range(0, len(whole), len(whole) // 40):
        sealed.path(ENTERPRISE).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with identities_from([sealed.working.file, sealed.recovery.file]):
            _, problems = load(sealed.catalogue)
        told = {p.code for p in problems} | (sealed.found(sealed.working) if not problems else set())
        assert told, f"byte {at}"


def _rewrapped(s: Sealed) -> None:
    """The same age file in armor of another writing."""

    def change(data: bytes) -> bytes:
        begin, end = data.index(b"FILE-----\n") + 10, data.index(b"-----END")
        body = data[begin:end].replace(b"\n", b"")
        return data[:begin] + body[:32] + b"\n" + body[32:] + b"\n" + data[end:]

    s.edit(ENTERPRISE, change)


def _for_another_id(s: Sealed) -> None:
    """The digest of the public part is right, the id is not."""
    opened = s.opened(ENTERPRISE)
    s.put(ENTERPRISE, opened.replace(b"\nE-AAAAAAA1\n", b"\nE-AAAAAAA2\n", 1), *s.recipients)


def _more_in_the_filling(s: Sealed) -> None:
    s.put(ENTERPRISE, s.opened(ENTERPRISE)[:-5] + b"more\n", *s.recipients)


def _to_a_shell_key_as_well(s: Sealed) -> None:
    blob = b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + bytes([0x58] + [0x66] * 31)
    keys = [pyrage.x25519.Recipient.from_str(key) for key in s.recipients]
    keys.append(pyrage.ssh.Recipient.from_str(f"ssh-ed25519 {base64.b64encode(blob).decode()}"))
    armored = bytes(pyrage.encrypt(s.opened(ENTERPRISE), keys, armored=True))
    s.edit(ENTERPRISE, lambda data: data[: data.index(b"-----BEGIN")] + armored)


@pytest.mark.parametrize(
    ("breaking", "code"),
    [
        (_rewrapped, "F009"),
        (_for_another_id, "F012"),
        (_more_in_the_filling, "F009"),
        (_to_a_shell_key_as_well, "F011"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_what_opens_well_and_is_not_as_we_write_it_is_found(sealed: Sealed, breaking: Breaking, code: str) -> None:
    breaking(sealed)
    assert {p.code for p in sealed.problems(sealed.working) if p.path.endswith(f"{ENTERPRISE}.age")} == {code}


def test_a_key_that_opens_and_is_no_recipient_is_told(sealed: Sealed) -> None:
    sealed.put(ENTERPRISE, sealed.opened(ENTERPRISE), sealed.stranger.public, sealed.recovery.public)
    told = [p.message for p in sealed.problems(sealed.stranger) if p.path.endswith(f"{ENTERPRISE}.age")]
    assert told == ["打开它的密钥不在 districts.yml 里。"]


def test_records_of_all_usual_lengths_look_alike(sealed: Sealed) -> None:
    lengths = {len(sealed.opened(name)) for name in (ENTERPRISE, OTHER, APPLICATION)}
    assert lengths <= {4096, 8192}


# --- keys -------------------------------------------------------------------------------------------------------------------


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


def test_staff_open_change_and_seal_with_public_keys_alone(sealed: Sealed, run: Run) -> None:
    where = f"catalogue/{ENTERPRISE}"
    assert run("unseal", f"{where}.age", "--identity", sealed.working.file).returncode == 0
    assert (sealed.catalogue / ENTERPRISE).read_bytes() == (FIXTURES / "base" / ENTERPRISE).read_bytes()
    assert not sealed.path(ENTERPRISE).exists()
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
    assert "别的用户也能读" in run("check", "--identity", broken_key).stderr
    assert "读不出密钥文件" in run("check", "--identity", "nowhere.key").stderr


def test_a_new_key_is_not_written_into_a_repository_nor_over_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    done = run("new", "key", "repository/new.key")
    assert done.returncode != 0 and not (tmp_path / "repository" / "new.key").exists()
    (tmp_path / "there.key").write_text("mine", encoding="utf-8")
    assert "已经有了" in run("new", "key", "there.key").stderr
    assert (tmp_path / "there.key").read_text(encoding="utf-8") == "mine"


def test_a_catalogue_without_seals_asks_nothing_of_pyrage(
    base: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    def refuse() -> None:
        raise AssertionError("pyrage was asked for")

    monkeypatch.setattr("jiebang.catalogue.keys._pyrage", refuse)
    assert run("check", "--catalogue", base, "--identity", "nowhere.key").returncode == 0
    assert run("seal", "--catalogue", base).returncode != 0


# --- pull requests ----------------------------------------------------------------------------------------------------------


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
        (_not_a_choice, "S204"),
        (_more_in_front, "F010"),
        (_more_behind, "F009"),
        (_to_one_more, "F011"),
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
    assert run("seal").returncode == 0
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
