"""What a stranger, or a careless hand, may push: each attack is refused with its rule and a remedy, and what it holds is in no output.

Beside the attacks of `test_attacks` and `test_illegal_changes`: what lies in the history, who may change what protects the records, and trees
that git would not write.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jiebang.errors import UserError
from jiebang.mapping import Maps
from jiebang.problems import Problem, Severity
from jiebang.problems.github import annotation
from jiebang.proposal import Asked, Judged, judge_proposal
from jiebang.proposal.attributes import line_on_records
from jiebang.proposal.report import as_gitlab, as_json, as_markdown, as_sarif, as_text
from tests.proposal.forge import Content, Forge, base_files
from tests.proposal.pushing import push_is_refused
from tests.turns import by_day

OWN = "catalogue/2024/zone/demands/d-ccccccc3.yml"
HIDDEN = "catalogue/2024/qiaokou/enterprises/e-aaaaaaa1.yml"
DISTRICTS = "catalogue/districts.yml"
CITY, ZONE, STRANGER = "shili-city", "shili-zone", "a-stranger"
FILES = {path: str(text) for path, text in base_files().items()}
NAME = next(line.removeprefix("name: ") for line in FILES[HIDDEN].splitlines() if line.startswith("name: "))
PHONE = "13912345678"

Files = Mapping[str, Content]
FINE: Files = {OWN: FILES[OWN].replace("schedule: 1 年", "schedule: 2 年")}
"""What the last commit leaves: a change that nobody refuses."""
assert FINE[OWN] != FILES[OWN]


def _titled(title: str, path: str = OWN) -> dict[str, Content]:
    lines = FILES[path].splitlines()
    return {path: "\n".join(f"title: {title}" if line.startswith("title: ") else line for line in lines) + "\n"}


def _archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", f"联系人 {PHONE}")
    return packed.getvalue()


@dataclass(frozen=True)
class Passing:
    """Commits one after the other, the last of which leaves what is fine. `found`: what the finding says; `path`: its file."""

    found: str
    commits: tuple[Files, ...]
    path: str = OWN
    code: str = "R550"
    canary: str = PHONE
    after: Files = field(default_factory=lambda: FINE)
    message: str | bytes = "more"
    account: str = CITY
    encoding: str = "utf-8"


_ORIGINAL = {OWN: FILES[OWN].replace("企业原文，", "机密★10年，企业原文，", 1)}
_GONE: Files = {HIDDEN: None}
_OPEN: Files = {HIDDEN: FILES[HIDDEN].replace("disclosure: 不公开", "disclosure: 公开")}
_BACK: Files = {**FINE, HIDDEN: FILES[HIDDEN]}

PASSING: dict[str, Passing] = {
    "a telephone in a title": Passing("R402", (_titled(f"激光器，电话 {PHONE}"),), account=ZONE),
    "a telephone in letters": Passing("R402", (_titled("激光器，一三九一二三四五六七八"),), canary="一三九一二三四五六七八"),
    "a mailbox": Passing("R402", (_titled("激光器 someone@private.example.com"),), canary="someone@private"),
    "a person": Passing("R403", (_titled("请找欧阳总工的激光器"),), canary="欧阳总工"),
    "a hidden name": Passing("R401", (_titled(f"{NAME}的激光器"),), canary=NAME),
    "a hidden name backwards": Passing("R401", (_titled(f"{NAME[::-1]}的激光器"),), canary=NAME[::-1]),
    "what an application keeps": Passing("R408", (_titled("采用磷氮协效阻燃体系，分两步造粒的激光器"),), canary="磷氮协效"),
    "a mark of secrecy": Passing("R404", (_titled("绝密★30年 激光器"),), canary="绝密★30年"),
    "a mark in the original": Passing("R404", (_ORIGINAL,), canary="机密★10年"),
    "a mark in what is no YAML": Passing("R404", ({OWN: "title: [机密★10年\n"},), canary="机密★10年"),
    "a mark in GBK": Passing("R404", ({OWN: "title: 机密★10年 激光器\n".encode("gb18030")},), canary="机密★10年"),
    "in the second of three": Passing("R402", (FINE, _titled(f"激光器，电话 {PHONE}"), FINE)),
    "a form": Passing("R506", ({"form.docx": _archive()}, {"form.docx": None}), "form.docx"),
    "a table among the pages": Passing("R506", ({"pages/a.xlsx": _archive()}, {"pages/a.xlsx": None}), "pages/a.xlsx"),
    "an archive under another name": Passing("R506", ({"notes.txt": _archive()}, {"notes.txt": None}), "notes.txt"),
    "a form among the records": Passing(
        "R506", ({"catalogue/2024/form.docx": _archive()}, {"catalogue/2024/form.docx": None}),
        "catalogue/2024/（名称不合规定，9 个字符）.docx"
    ),
    "a list among the records": Passing(
        "F005", ({"catalogue/2024/list.csv": f"甲,{PHONE}\n"}, {"catalogue/2024/list.csv": None}),
        "catalogue/2024/（名称不合规定，8 个字符）.csv"
    ),
    "a page with a telephone": Passing("R540", ({"pages/a.md": f"手机 {PHONE}\n"}, {"pages/a.md": None}), "pages/a.md"),
    "a page with a hidden name": Passing(
        "R554", ({"pages/a.md": f"# {NAME}\n"}, {"pages/a.md": None}), "pages/a.md", canary=NAME
    ),
    "a name while its enterprise is away": Passing(
        "R401", ({**_GONE, **_titled(f"{NAME}的激光器")},), canary=NAME, after=_BACK
    ),
    "a name while its enterprise is shown": Passing(
        "R401", ({**_OPEN, **_titled(f"{NAME}的激光器")},), canary=NAME, after=_BACK
    ),
    "a name among other districts": Passing(
        "R401",
        ({DISTRICTS: FILES[DISTRICTS] + "# 改\n", **_GONE, **_titled(f"{NAME}的激光器")},),
        canary=NAME,
        after={**_BACK, DISTRICTS: FILES[DISTRICTS]},
    ),
    "a telephone in a message": Passing("手机号码", (FINE,), "COMMIT_EDITMSG", "R541", message=f"联系 {PHONE}"),
    "a hidden name in a message": Passing("不公开名称", (FINE,), "COMMIT_EDITMSG", "R551", NAME, message=f"{NAME}改"),
    "a mark in a message": Passing("密级标志", (FINE,), "COMMIT_EDITMSG", "R551", "机密★10年", message="机密★10年 改"),
    "a message in GBK": Passing(
        "不公开名称", (FINE,), "COMMIT_EDITMSG", "R551", NAME, message=f"{NAME}改".encode("gb18030"), encoding="gb18030"
    ),
    "a message in GBK that says something else": Passing(
        "不公开名称", (FINE,), "COMMIT_EDITMSG", "R551", NAME, message=f"{NAME}改".encode("gb18030"), encoding="latin1"
    ),
}  # fmt: skip

PROTECTED = (
    ".github/workflows/check.yml",
    ".github/CODEOWNERS",
    ".gitlab-ci.yml",
    ".gitea/workflows/check.yml",
    ".workflow/check.yml",
    ".gitcode/workflows/check.yml",
    ".gitattributes",
    ".githooks/pre-push",
    ".ci/judge",
    "program.txt",
    "mkdocs.yml",
    "generator/program.py",
    "schemas/demand.schema.json",
    "pages/about.md",
)
"""Files that only a city account changes."""

READINGS: dict[str, str] = {
    ".gitattributes": "catalogue/** -diff export-ignore\n",
    ".mailmap": "示例 <a@example.com> <b@example.com>\n",
    ".gitmodules": "[submodule]\n",
    ".lfsconfig": "[lfs]\n",
    "generator/.mailmap": "x\n",
    ".GitModules": "x\n",
}

ON_RECORDS = (
    "catalogue/** -diff",
    "/catalogue export-ignore",
    "catalogue export-ignore",
    "* -diff",
    "*.yml filter=lfs",
    "*.y?l binary",
    "**/demands/* working-tree-encoding=UTF-16",
    "d-* merge=ours",
    '"catalogue/**" -diff',
    "Catalogue/** -diff",
    "[attr]plain -diff",
    "*.yml plain",
    "2024 export-ignore",
    "**/*.yml diff=other",
    "*.md ident",
)
NOT_ON_RECORDS = (
    "* text=auto eol=lf",
    "*.png binary",
    "requirements/*.txt linguist-generated",
    "generator/** -diff",
    "/package-lock.json -diff",
    "# catalogue/** -diff",
    ".git*/CODEOWNERS linguist-generated",
)

# --- trees ----------------------------------------------------------------------------------------------------------------------------------

Entries = list[tuple[str, bytes, str]]
"""(mode, name, object)"""


def _tree(forge: Forge, entries: Entries) -> str:
    """A tree object just as it is told."""
    data = b"".join(mode.encode() + b" " + name + b"\0" + bytes.fromhex(id_) for mode, name, id_ in entries)
    return forge.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", data=data)


def _with(forge: Forge, entries: Entries, first: bool = False) -> str:
    """The root of main with more entries, in the order of git where they are such as git has."""
    told = forge.git("ls-tree", "main").splitlines()
    own = [(line.split()[0].lstrip("0"), line.split("\t")[1].encode(), line.split()[2]) for line in told]
    if first:
        return _tree(forge, [*entries, *own])
    whole = sorted([*own, *entries], key=lambda e: e[1] + (b"/" if e[0].endswith("40000") else b""))
    return _tree(forge, whole)


def _blob(forge: Forge) -> str:
    return forge.git("rev-parse", f"main:{OWN}")


def _folder(forge: Forge) -> str:
    return forge.git("rev-parse", "main:generator")


def _bomb(forge: Forge) -> str:
    blob = _blob(forge)
    tree = _tree(forge, [("100644", b"f%d" % n, blob) for n in range(10)])
    for _ in range(6):
        tree = _tree(forge, [("40000", b"d%d" % n, tree) for n in range(10)])
    return _with(forge, [("40000", b"x", tree)])


def _deep(forge: Forge) -> str:
    tree = _folder(forge)
    for _ in range(40):
        tree = _tree(forge, [("40000", b"d", tree)])
    return _with(forge, [("40000", b"x", tree)])


def _deep_again(forge: Forge) -> str:
    """A folder that is not too deep where it is met first."""
    tree = _folder(forge)
    for _ in range(20):
        tree = _tree(forge, [("40000", b"d", tree)])
    first = tree
    for _ in range(20):
        tree = _tree(forge, [("40000", b"e", tree)])
    return _with(forge, [("40000", b"x", first), ("40000", b"y", tree)])


def _long_paths(forge: Forge) -> str:
    blob = _blob(forge)
    tree = _tree(forge, [("100644", b"f%05d" % n, blob) for n in range(10_000)])
    for _ in range(12):
        tree = _tree(forge, [("40000", b"d" * 250, tree)])
    return _with(forge, [("40000", b"x", tree)])


def _named(name: bytes, mode: str = "100644") -> Callable[[Forge], str]:
    return lambda forge: _with(forge, [(mode, name, _folder(forge) if mode.endswith("40000") else _blob(forge))])


TREES: dict[str, tuple[Callable[[Forge], str], str, str]] = {
    "ten million files": (_bomb, "R507", "文件太多"),
    "forty folders deep": (_deep, "R507", "32 层"),
    "a folder that lies deep the second time": (_deep_again, "R507", "32 层"),
    "paths of megabytes": (_long_paths, "R507", "文件太多"),
    "a name of nothing": (_named(b""), "R553", "空的"),
    "a name with a stroke": (_named(b"catalogue/x.yml"), "R553", "斜线"),
    "the folder above": (_named(b"..", "40000"), "R553", "“..”"),
    "the folder itself": (_named(b".", "40000"), "R553", "“.”"),
    "git's own folder": (_named(b".git", "40000"), "R553", "“.git”"),
    "git's own folder in capitals": (_named(b".GIT", "40000"), "R553", "“.git”"),
    "git's own folder by its short name": (_named(b"GIT~1", "40000"), "R553", "“.git”"),
    "git's own folder with a blank": (_named(b".git ", "40000"), "R553", "“.git”"),
    "git's own folder with what does not show": (_named(".g\u200cit".encode(), "40000"), "R553", "“.git”"),
    "git's own folder as a stream": (_named(b".git::$INDEX_ALLOCATION", "40000"), "R553", "“.git”"),
    "a name of 300 bytes": (_named(b"x" * 300), "R553", "255"),
    "a mode with a nought": (_named(b"x", "040000"), "R553", "类型"),
    "a mode that is none": (_named(b"x", "100600"), "R553", "类型"),
    "the same name twice": (
        lambda f: _with(f, [("100644", b"x", _blob(f)), ("100644", b"x", f.git("rev-parse", f"main:{HIDDEN}"))]),
        "R553", "同名"),
    "a file and a folder of one name": (
        lambda f: _with(f, [("100644", b"x", _blob(f)), ("40000", b"x", _folder(f))]), "R553", "同名"),
    "out of order": (lambda f: _with(f, [("100644", b"zz", _blob(f))], first=True), "R553", "顺序"),
    "no object": (lambda f: _with(f, [("100644", b"x", "0" * 40)]), "R553", "编号"),
    "a file for a folder": (lambda f: _with(f, [("40000", b"x", _blob(f))]), "R553", "文件夹"),
}  # fmt: skip


# --- what is asked of each ----------------------------------------------------------------------------------------------------------------


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
    forge.propose(_titled(f"激光器，电话 {PHONE}"), "stands")
    forge.propose(_titled(f"激光器，电话 {PHONE}"), "proposal", "stands")
    text = str(_titled(f"激光器，电话 {PHONE}")[OWN]).replace("schedule: 1 年", "schedule: 3 年")
    forge.add("proposal", {OWN: text})
    forge.add("proposal", FINE)
    assert "R550" not in {p.code for p in _judged(forge, "proposal", ZONE, base="stands").problems}


def test_the_second_parent_of_a_merge_is_looked_at(forge: Forge) -> None:
    """`git merge -s ours` leaves nothing of a branch in the files, and all of it in the history."""
    forge.propose({"form.docx": _archive(), **_titled(f"电话 {PHONE}")}, "hidden")
    forge.propose(FINE)
    head = _commit(forge, "proposal^{tree}", ("proposal", "hidden"))
    found = _refused(_judged(forge, head, CITY), "R550", PHONE)
    assert {problem.path for problem in found} == {"form.docx", OWN}


def test_a_history_of_its_own_as_second_parent_is_looked_at(forge: Forge) -> None:
    forge.propose({"form.docx": _archive()}, "rootless")
    apart = _commit(forge, "rootless^{tree}", ())
    forge.propose(FINE)
    head = _commit(forge, "proposal^{tree}", ("proposal", apart))
    assert {p.path for p in _refused(_judged(forge, head, CITY), "R550", PHONE)} == {"form.docx"}


def test_what_an_evil_merge_brings_is_looked_at(forge: Forge) -> None:
    """A merge can hold what none of its parents has."""
    forge.propose(FINE)
    other = forge.propose({"pages/a.md": "# 示例\n"}, "other")
    forge.propose(_titled(f"电话 {PHONE}"), "evil")
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


def test_attributes_that_reach_the_records_are_told_from_others() -> None:
    for line in ON_RECORDS:
        assert line_on_records(".gitattributes", f"* text=auto\n{line}\n".encode()) == 2, line
    for line in NOT_ON_RECORDS:
        assert line_on_records(".gitattributes", f"{line}\n".encode()) == 0, line
    assert line_on_records("generator/.gitattributes", b"* -diff\n") == 0


@pytest.mark.parametrize("name", TREES)
def test_a_tree_that_git_would_not_write_is_refused_before_it_is_listed(forge: Forge, name: str) -> None:
    made, code, words = TREES[name]
    head = _commit(forge, made(forge), ("main",))
    started = time.process_time()
    found = _refused(_judged(forge, head, CITY), code)
    assert time.process_time() - started < 2
    assert words in found[0].message and head[:10] in found[0].message
    # A later commit that has none of it does not help.
    mended = _commit(forge, "main^{tree}", (head,))
    assert head[:10] in _refused(_judged(forge, mended, CITY), code)[0].message
    assert push_is_refused(forge.folder, mended, CITY)


def test_a_missing_object_is_no_traceback(forge: Forge) -> None:
    head = _commit(forge, _with(forge, [("40000", b"x", "12" * 20)]), ("main",))
    with pytest.raises(UserError, match="git 读不出"):
        _judged(forge, head, CITY)


def test_replacements_and_grafts_change_nothing(forge: Forge) -> None:
    forge.propose({"form.docx": _archive()}, "bad")
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
    forge.propose({"form.docx": _archive()}, "cut")
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
