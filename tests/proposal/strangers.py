"""The attacks of a stranger, or of a careless hand, beside those of `test_attacks` and `test_illegal_changes`: what lies in the history, who may
change what protects the records, and trees that git would not write. `test_strangers` plays them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.proposal.forge import Content, Forge, base_files

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


def titled(title: str, path: str = OWN) -> dict[str, Content]:
    lines = FILES[path].splitlines()
    return {path: "\n".join(f"title: {title}" if line.startswith("title: ") else line for line in lines) + "\n"}


def archive() -> bytes:
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
    "a telephone in a title": Passing("R402", (titled(f"激光器，电话 {PHONE}"),), account=ZONE),
    "a telephone in letters": Passing("R402", (titled("激光器，一三九一二三四五六七八"),), canary="一三九一二三四五六七八"),
    "a mailbox": Passing("R402", (titled("激光器 someone@private.example.com"),), canary="someone@private"),
    "a person": Passing("R403", (titled("请找欧阳总工的激光器"),), canary="欧阳总工"),
    "a hidden name": Passing("R401", (titled(f"{NAME}的激光器"),), canary=NAME),
    "a hidden name backwards": Passing("R401", (titled(f"{NAME[::-1]}的激光器"),), canary=NAME[::-1]),
    "what an application keeps": Passing("R408", (titled("采用磷氮协效阻燃体系，分两步造粒的激光器"),), canary="磷氮协效"),
    "a mark of secrecy": Passing("R404", (titled("绝密★30年 激光器"),), canary="绝密★30年"),
    "a mark in the original": Passing("R404", (_ORIGINAL,), canary="机密★10年"),
    "a mark in what is no YAML": Passing("R404", ({OWN: "title: [机密★10年\n"},), canary="机密★10年"),
    "a mark in GBK": Passing("R404", ({OWN: "title: 机密★10年 激光器\n".encode("gb18030")},), canary="机密★10年"),
    "in the second of three": Passing("R402", (FINE, titled(f"激光器，电话 {PHONE}"), FINE)),
    "a form": Passing("R506", ({"form.docx": archive()}, {"form.docx": None}), "form.docx"),
    "a table among the pages": Passing("R506", ({"pages/a.xlsx": archive()}, {"pages/a.xlsx": None}), "pages/a.xlsx"),
    "an archive under another name": Passing("R506", ({"notes.txt": archive()}, {"notes.txt": None}), "notes.txt"),
    "a form among the records": Passing(
        "R506", ({"catalogue/2024/form.docx": archive()}, {"catalogue/2024/form.docx": None}),
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
        "R401", ({**_GONE, **titled(f"{NAME}的激光器")},), canary=NAME, after=_BACK
    ),
    "a name while its enterprise is shown": Passing(
        "R401", ({**_OPEN, **titled(f"{NAME}的激光器")},), canary=NAME, after=_BACK
    ),
    "a name among other districts": Passing(
        "R401",
        ({DISTRICTS: FILES[DISTRICTS] + "# 改\n", **_GONE, **titled(f"{NAME}的激光器")},),
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

# Trees that git would not write.

Entries = list[tuple[str, bytes, str]]
"""(mode, name, object)"""


def _tree(forge: Forge, entries: Entries) -> str:
    """A tree object just as it is told."""
    data = b"".join(mode.encode() + b" " + name + b"\0" + bytes.fromhex(id_) for mode, name, id_ in entries)
    return forge.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", data=data)


def root_with(forge: Forge, entries: Entries, first: bool = False) -> str:
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
    return root_with(forge, [("40000", b"x", tree)])


def _deep(forge: Forge) -> str:
    tree = _folder(forge)
    for _ in range(40):
        tree = _tree(forge, [("40000", b"d", tree)])
    return root_with(forge, [("40000", b"x", tree)])


def _deep_again(forge: Forge) -> str:
    """A folder that is not too deep where it is met first."""
    tree = _folder(forge)
    for _ in range(20):
        tree = _tree(forge, [("40000", b"d", tree)])
    first = tree
    for _ in range(20):
        tree = _tree(forge, [("40000", b"e", tree)])
    return root_with(forge, [("40000", b"x", first), ("40000", b"y", tree)])


def _long_paths(forge: Forge) -> str:
    blob = _blob(forge)
    tree = _tree(forge, [("100644", b"f%05d" % n, blob) for n in range(10_000)])
    for _ in range(12):
        tree = _tree(forge, [("40000", b"d" * 250, tree)])
    return root_with(forge, [("40000", b"x", tree)])


def _named(name: bytes, mode: str = "100644") -> Callable[[Forge], str]:
    return lambda forge: root_with(forge, [(mode, name, _folder(forge) if mode.endswith("40000") else _blob(forge))])


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
        lambda f: root_with(f, [("100644", b"x", _blob(f)), ("100644", b"x", f.git("rev-parse", f"main:{HIDDEN}"))]),
        "R553", "同名"),
    "a file and a folder of one name": (
        lambda f: root_with(f, [("100644", b"x", _blob(f)), ("40000", b"x", _folder(f))]), "R553", "同名"),
    "out of order": (lambda f: root_with(f, [("100644", b"zz", _blob(f))], first=True), "R553", "顺序"),
    "no object": (lambda f: root_with(f, [("100644", b"x", "0" * 40)]), "R553", "编号"),
    "a file for a folder": (lambda f: root_with(f, [("40000", b"x", _blob(f))]), "R553", "文件夹"),
}  # fmt: skip
