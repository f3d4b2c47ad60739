"""Without a key a check knows structure, with one all; the site of sealed records is that of the plain ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.catalogue.keys import KeyNeededError, identities_from
from jiebang.publication import publish
from tests.conftest import FIXTURES, Run
from tests.proposal.bureau import tree
from tests.sealing import ENTERPRISE, Sealed


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
    [("audit", "catalogue"), ("report", "progress"), ("todo",), ("serve", "--port", "0"), ("match", "-"), ("eligibility", "E-AAAAAAA1"), ("export", "A-AAAAAAA1")],
    ids=lambda command: command[0],
)  # fmt: skip
def test_a_command_that_needs_the_records_says_that_it_needs_a_key(
    sealed: Sealed, run: Run, command: tuple[str, ...]
) -> None:
    assert sealed.catalogue.is_dir()
    done = run(*command)
    assert done.returncode != 0
    assert "没有密钥打不开" in done.stderr


@pytest.mark.parametrize(
    "command",
    [("match", "E-AAAAAAA1"), ("eligibility", "E-AAAAAAA1"), ("export", "A-AAAAAAA1"), ("letter", "award", "A-AAAAAAA1"), ("move", "A-AAAAAAA1", "forwarded")],
    ids=lambda command: command[0],
)  # fmt: skip
def test_a_record_that_the_key_does_not_open_is_not_said_to_be_missing(
    sealed: Sealed, run: Run, command: tuple[str, ...]
) -> None:
    done = run(*command, "--identity", sealed.stranger.file)
    assert done.returncode == 1
    assert "没有编号" not in done.stderr and ("读不了" in done.stderr or "有错误" in done.stderr)


def test_a_record_that_somebody_sealed_moves_no_terminal(
    sealed: Sealed, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has the public keys can seal anything."""
    opened = sealed.opened(ENTERPRISE)
    sealed.put(
        ENTERPRISE,
        opened.replace("是".encode(), b"\x1bc\t", 1).replace("核".encode(), b"\xc2\x9bm", 1),
        *sealed.recipients,
    )
    show = ("unseal", "--show", f"catalogue/{ENTERPRISE}.age", "--identity", sealed.working.file)
    assert "\x1b" in run(*show).stdout
    monkeypatch.setattr("tests.conftest._Stream.isatty", lambda _: True)
    shown = run(*show).stdout
    assert "\\u001bc\t" in shown and "\\u009bm" in shown
    assert "\x1b" not in shown and "\x9b" not in shown


def test_no_public_view_is_made_of_closed_records(sealed: Sealed) -> None:
    with pytest.raises(KeyNeededError):
        publish(load(sealed.catalogue, whole=False)[0], {})
