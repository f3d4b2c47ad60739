"""What a stranger, or a careless hand, may push: each attack is refused with its rule and a remedy, and what it holds is in no output.

The attacks are listed in `strangers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from jiebang.errors import UserError
from jiebang.mapping import Maps
from jiebang.problems import Problem, Severity
from jiebang.problems.github import annotation
from jiebang.proposal import Asked, Judged, judge_proposal
from jiebang.proposal.report import as_gitlab, as_json, as_markdown, as_sarif, as_text
from tests.effort import effort
from tests.proposal.forge import Forge, base_files
from tests.proposal.pushing import push_is_refused
from tests.proposal.strangers import (
    CITY,
    FILES,
    FINE,
    HIDDEN,
    OWN,
    PASSING,
    PHONE,
    PROTECTED,
    READINGS,
    STRANGER,
    TREES,
    ZONE,
    Passing,
    archive,
    root_with,
    titled,
)
from tests.turns import by_day


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Forge:
    """One forge for all: each attack has branches of its own."""
    return Forge(tmp_path_factory.mktemp("strangers") / "forge.git", base_files())


@pytest.fixture(autouse=True)
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The base is the same for all: it is judged once."""
    monkeypatch.setattr("jiebang.proposal.judgement.maps_in", lambda _: nullcontext(_KNOWN))


_KNOWN = Maps(jobs=1)


def _judged(forge: Forge, head: str, *accounts: str, base: str = "main") -> Judged:
    return judge_proposal(Asked(forge.folder, base, head, accounts, actors_needed=True))


def _outputs(judged: Judged) -> Iterator[str]:
    yield from (as_text(judged), as_markdown(judged), as_json(judged), as_gitlab(judged), as_sarif(judged))
    yield from map(annotation, judged.problems)
    yield from (f"{p.path} {p.field} {p.message} {p.hint}" for p in judged.problems)


def _refused(judged: Judged, code: str, *canaries: str) -> list[Problem]:
    found = [p for p in judged.problems if p.code == code and p.severity is Severity.ERROR]
    assert found, [(p.code, p.path, p.message) for p in judged.problems]
    assert all(problem.hint for problem in found)
    for said in _outputs(judged):
        assert not any(canary in said for canary in canaries)
        assert not any(line.startswith("::") for line in said.splitlines()[1:])
        assert "\x1b" not in said and "Traceback" not in said and "fatal:" not in said
    return found


def _commit(
    forge: Forge, tree: str, parents: tuple[str, ...], message: str | bytes = "more", encoding: str = "utf-8"
) -> str:
    raw = message if isinstance(message, bytes) else message.encode()
    named = [argument for parent in parents for argument in ("-p", parent)]
    told = ("-c", f"i18n.commitEncoding={encoding}")
    return forge.git(*told, "commit-tree", tree, *named, data=raw)


def _series(forge: Forge, attack: Passing) -> str:
    forge.propose(attack.commits[0])
    for files in attack.commits[1:]:
        forge.add("proposal", files)
    forge.add("proposal", attack.after)
    return _commit(forge, "proposal^{tree}", ("proposal",), attack.message, attack.encoding)


@pytest.mark.parametrize("name", PASSING)
def test_what_a_later_commit_takes_out_is_refused(forge: Forge, name: str) -> None:
    attack = PASSING[name]
    head = _series(forge, attack)
    judged = _judged(forge, head, attack.account)
    found = _refused(judged, attack.code, attack.canary)
    assert any(attack.found in problem.message and problem.path == attack.path for problem in found), found
    if attack.code == "R550":
        commit = forge.git("rev-list", "--reverse", f"main..{head}").split()[
            1 if name.startswith("in the second") else 0
        ]
        assert all(commit[:10] in problem.message for problem in found)
        assert "从主分支新建一个分支" in found[0].hint


def test_steps_that_end_well_are_let_pass(forge: Forge) -> None:
    """Whoever works in steps leaves errors between them that are nobody's secret: a field not filled in, a wrong date, a text that is no YAML."""
    forge.propose({OWN: FILES[OWN].replace("title:", "titel:")})
    forge.add("proposal", {OWN: "title: [\n"})
    forge.add("proposal", {"catalogue/2024/zone/demands/D 1.yml": FILES[OWN]})
    forge.add("proposal", {"catalogue/2024/zone/demands/D 1.yml": None, **FINE})
    judged = _judged(forge, "proposal", ZONE)
    assert [(p.code, p.message) for p in judged.problems if p.severity is Severity.ERROR] == []
    assert judged.effect is not None


def test_what_the_base_has_already_is_not_held_against_the_steps(forge: Forge) -> None:
    forge.propose(titled(f"激光器，电话 {PHONE}"), "stands")
    forge.propose(titled(f"激光器，电话 {PHONE}"), "proposal", "stands")
    text = str(titled(f"激光器，电话 {PHONE}")[OWN]).replace("schedule: 1 年", "schedule: 3 年")
    forge.add("proposal", {OWN: text})
    forge.add("proposal", FINE)
    assert "R550" not in {p.code for p in _judged(forge, "proposal", ZONE, base="stands").problems}


def test_the_second_parent_of_a_merge_is_looked_at(forge: Forge) -> None:
    """`git merge -s ours` leaves nothing of a branch in the files, and all of it in the history."""
    forge.propose({"form.docx": archive(), **titled(f"电话 {PHONE}")}, "hidden")
    forge.propose(FINE)
    head = _commit(forge, "proposal^{tree}", ("proposal", "hidden"))
    found = _refused(_judged(forge, head, CITY), "R550", PHONE)
    assert {problem.path for problem in found} == {"form.docx", OWN}


def test_a_history_of_its_own_as_second_parent_is_looked_at(forge: Forge) -> None:
    forge.propose({"form.docx": archive()}, "rootless")
    apart = _commit(forge, "rootless^{tree}", ())
    forge.propose(FINE)
    head = _commit(forge, "proposal^{tree}", ("proposal", apart))
    assert {p.path for p in _refused(_judged(forge, head, CITY), "R550", PHONE)} == {"form.docx"}


def test_what_an_evil_merge_brings_is_looked_at(forge: Forge) -> None:
    """A merge can hold what none of its parents has."""
    forge.propose(FINE)
    other = forge.propose({"pages/a.md": "# 示例\n"}, "other")
    forge.propose(titled(f"电话 {PHONE}"), "evil")
    merge = _commit(forge, "evil^{tree}", ("proposal", other))
    head = _commit(forge, "proposal^{tree}", (merge,))
    found = _refused(_judged(forge, head, CITY), "R550", PHONE)
    assert [merge[:10] in problem.message for problem in found] == [True]


def test_merging_the_main_branch_in_between_is_no_attack(forge: Forge) -> None:
    forge.propose(FINE)
    forge.propose({"catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml": FILES["catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"] + "# 改\n"}, "later")  # fmt: skip
    tree = forge.git("merge-tree", "--write-tree", "later", "proposal")
    head = _commit(forge, tree, ("proposal", "later"))
    judged = _judged(forge, head, ZONE, base="later")
    assert [p.code for p in judged.problems if p.severity is Severity.ERROR] == []


def test_too_many_commits_are_refused(forge: Forge) -> None:
    forge.propose(FINE)
    first = forge.git("rev-parse", "proposal")
    # One stream instead of two hundred processes.
    who = "committer 示例 <test@example.com> 1736900000 +0800\ndata 1\nx"
    lines = "".join(
        f"commit refs/heads/many\n{who}\n{f'from {first}' if n == 0 else ''}\n" for n in range(201)
    )  # fmt: skip
    forge.git("fast-import", "--quiet", "--force", data=lines.encode())
    assert "合并成一个提交" in _refused(_judged(forge, "many", ZONE), "R552")[0].hint


@pytest.mark.parametrize("path", PROTECTED)
@pytest.mark.parametrize("account", by_day([STRANGER, ZONE], 1))
def test_what_protects_the_records_needs_a_city_account(forge: Forge, path: str, account: str) -> None:
    forge.propose({path: "changed\n"}, "protected")
    found = _refused(_judged(forge, "protected", account), "R503" if account == STRANGER else "R502")
    assert found[0].path == path and "市级" in found[0].hint + found[0].message


def test_a_spoofed_author_counts_for_nothing(forge: Forge) -> None:
    forge.propose({".ci/judge": "changed\n"})
    who = {f"GIT_{role}_NAME": f"{CITY}::error::x" for role in ("AUTHOR", "COMMITTER")}
    head = forge.git("commit-tree", "proposal^{tree}", "-p", "main", "-m", "::error::x\n\n\x1b[31m", environment=who)
    _refused(_judged(forge, head, STRANGER), "R503")
    assert "R516" in {p.code for p in _judged(forge, head).problems}


@pytest.mark.parametrize("path", READINGS)
def test_what_makes_git_show_something_else_is_refused_to_the_city_too(forge: Forge, path: str) -> None:
    forge.propose({path: READINGS[path]}, "reading")
    found = _refused(_judged(forge, "reading", CITY), "R508")
    assert found[0].path == path


@pytest.mark.parametrize("name", TREES)
def test_a_tree_that_git_would_not_write_is_refused_before_it_is_listed(forge: Forge, name: str) -> None:
    made, code, words = TREES[name]
    head = _commit(forge, made(forge), ("main",))
    with effort() as judging:
        found = _refused(_judged(forge, head, CITY), code)
    assert judging.units < 40
    assert words in found[0].message and head[:10] in found[0].message
    # A later commit that has none of it does not help.
    mended = _commit(forge, "main^{tree}", (head,))
    assert head[:10] in _refused(_judged(forge, mended, CITY), code)[0].message
    assert push_is_refused(forge.folder, mended, CITY)


def test_a_missing_object_is_no_traceback(forge: Forge) -> None:
    head = _commit(forge, root_with(forge, [("40000", b"x", "12" * 20)]), ("main",))
    with pytest.raises(UserError, match="git 读不出"):
        _judged(forge, head, CITY)


def test_replacements_and_grafts_change_nothing(forge: Forge) -> None:
    forge.propose({"form.docx": archive()}, "bad")
    forge.propose(FINE)
    bad, fine, main = (forge.git("rev-parse", name) for name in ("bad", "proposal", "main"))
    apart = _commit(forge, "proposal^{tree}", ())
    forge.git("replace", "--force", bad, fine)
    grafts = forge.folder / "info" / "grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"{apart} {main}\n", encoding="ascii")
    try:
        _refused(_judged(forge, bad, CITY), "R506", PHONE)
        with pytest.raises(UserError, match="没有共同的历史"):
            _judged(forge, apart, CITY)
    finally:
        forge.git("replace", "--delete", bad)
        grafts.unlink()


def test_a_history_cut_off_within_the_request_is_not_judged(forge: Forge, tmp_path: Path) -> None:
    forge.propose({"form.docx": archive()}, "cut")
    forge.add("cut", {"form.docx": None})
    forge.add("cut", FINE)
    folder = tmp_path / "shallow.git"
    forge.git("clone", "--quiet", "--bare", "--depth=2", "--branch=cut", f"file://{forge.folder}", str(folder))
    forge.git("--git-dir", str(folder), "fetch", "--quiet", "--depth=1", f"file://{forge.folder}", "main:main")
    with pytest.raises(UserError, match="共同的历史"):
        _judged(Forge.at(folder), "cut", CITY)


def test_a_base_that_is_no_ancestor_is_merged_first(forge: Forge) -> None:
    forge.propose(FINE, "side")
    text = FILES[HIDDEN].replace("employees: 3500", "employees: 3501")
    forge.propose({HIDDEN: text}, "ahead")
    judged = _judged(forge, "side", ZONE, base="ahead")
    assert {change.path for change in judged.changes} == {OWN}
    assert [p.code for p in judged.problems if p.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OWN, OWN.replace("d-ccccccc3", "D-CCCCCCC3")),
        (OWN, OWN.replace("catalogue", "Catalogue")),
        (OWN, OWN.replace("zone", "zo\u0301ne")),
        (OWN, OWN.replace("zone", "z\u00f3ne")),
        (OWN, OWN.replace("zone/", "zone\u200b/")),
    ],
)
def test_a_record_renamed_by_case_or_form_is_refused(forge: Forge, old: str, new: str) -> None:
    forge.propose({old: None, new: FILES[old]}, "renamed")
    judged = _judged(forge, "renamed", CITY)
    assert {"F002", "R514", "R501"} & {p.code for p in judged.problems if p.severity is Severity.ERROR}


def test_there_are_sixty_kinds() -> None:
    assert len(PASSING) + len(PROTECTED) + len(READINGS) + len(TREES) >= 60
