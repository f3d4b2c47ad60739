"""Every kind of change, made as commits and judged: it may be merged, the preview's page shows it, and nothing hidden."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from markupsafe import Markup

from jiebang.catalogue import load
from jiebang.catalogue.codeowners import codeowners
from tests.conftest import Run
from tests.proposal.forge import CONSENT, Content, Forge, base_files, revised
from tests.reviews import renew_reviews
from tests.turns import in_turn

DISTRICTS = "catalogue/districts.yml"
ROUND = "catalogue/2024/round.yml"
DEMAND = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
HIDDEN = "catalogue/2024/qiaokou/enterprises/e-aaaaaaa1.yml"
APPLICATION = "catalogue/2024/qiaokou/applications/a-aaaaaaa1.yml"
NAMED = "catalogue/2024/zone/enterprises/e-bbbbbbb2.yml"
OF_THE_NAMED = "catalogue/2024/zone/demands/d-bbbbbbb2.yml"
NAME = "示例光电（武汉）股份有限公司"
HIDDEN_NAME = "示例重工（武汉）集团有限公司"

Files = dict[str, Content]
Edit = Callable[[Mapping[str, str]], Files]


def _nothing(_: Mapping[str, str]) -> Files:
    return {}


def _replacing(path: str, *pairs: tuple[str, str]) -> Edit:
    def edit(files: Mapping[str, str]) -> Files:
        text = files[path]
        for old, new in pairs:
            assert old in text, (path, old)
            text = text.replace(old, new)
        return {path: text}

    return edit


def _all(*edits: Edit) -> Edit:
    def edit(files: Mapping[str, str]) -> Files:
        changed: Files = {}
        for one in edits:
            changed |= one({**files, **{path: str(text) for path, text in changed.items()}})
        return changed

    return edit


def _new_round(files: Mapping[str, str]) -> Files:
    return {ROUND.replace("2024", "2025"): files[ROUND].replace("id: 2024", "id: 2025").replace("2024年度", "2025年度")}


def _new_district(files: Mapping[str, str]) -> Files:
    new = (
        "  - slug: qingshan\n    name: 示例青山区\n    kind: 区\n    gbt2260: 420107\n    bureau: 示例青山区经济和信息化局\n"
        "    contact:\n      office: 企业科\n      phone: 000-00000003\n"
    )
    return {DISTRICTS: files[DISTRICTS] + new}


_UNPUBLISHED = _all(
    _replacing(DEMAND, ("status: published", "status: recommended"), ("  published: 2024-08-20\n", "")),
    lambda _: {APPLICATION: None},
)
_PUBLISHING = _replacing(
    DEMAND, ("status: recommended", "status: published"), ("  apply_by:", "  published: 2024-08-20\n  apply_by:")
)
_SAYS_THE_NAME = _all(
    _replacing(DEMAND, ("summary: 研发", f"summary: 与{NAME}配套，研发")),
    _replacing(OF_THE_NAMED, ("summary: 研发", f"summary: {NAME}研发")),
)


def _revising(path: str, *pairs: tuple[str, str]) -> Edit:
    return lambda files: {path: revised(files[path], *pairs)}


_SAYS_IT_NO_MORE = _all(
    _revising(DEMAND, (f"与{NAME}配套，研发", "自主研发")), _revising(OF_THE_NAMED, (f"{NAME}研发", "本企业研发"))
)


@dataclass(frozen=True)
class Played:
    """A base made from the small catalogue, a change to it, and what the page of changes says."""

    change: Edit
    says: tuple[str, ...]
    base: Edit = _nothing
    never: tuple[str, ...] = field(default=())


CASES = {
    "published": Played(
        _PUBLISHING, ("将公开 1 项需求，隐藏企业名称 1 家", "将公开（1 项）", "电池外壳用阻燃改性材料"), _UNPUBLISHED
    ),
    "changed": Played(
        _replacing(DEMAND, ("apply_by: 2024-10-31", "apply_by: 2024-11-30")),
        ("公开内容有修改（1 项）", "修改了揭榜截止日期", "2024-10-31", "2024-11-30"),
    ),
    "withdrawn": Played(
        _all(
            _replacing(
                DEMAND,
                ("status: published", "status: withdrawn"),
                ("  apply_by: 2024-10-31", "  apply_by: 2024-10-31\n  withdrawn: 2024-10-20"),
            ),
            _replacing(
                APPLICATION,
                ("status: submitted", "status: withdrawn"),
                ("  submitted: 2024-10-08", "  submitted: 2024-10-08\n  withdrawn: 2024-10-20"),
            ),
        ),
        ("将撤下（1 项）", "Q2-0001", "撤回，只留代码和日期"),
        never=("电池外壳用阻燃改性材料",),
    ),
    "deleted": Played(
        lambda _: {"catalogue/2024/zone/demands/d-ccccccc3.yml": None},
        ("对公众没有变化；删除 1 项需求（未发榜，不公开）",),
        never=("窄线宽激光器泵浦芯片",),
    ),
    "name hidden": Played(
        _replacing(NAMED, ("disclosure: 公开", "disclosure: 不公开")), ("企业名称改为不公开",), never=(NAME,)
    ),
    "name hidden that old texts say": Played(
        _all(_replacing(NAMED, ("disclosure: 公开", "disclosure: 不公开")), _SAYS_IT_NO_MORE),
        ("企业名称改为不公开", "（不显示：可能含有现在不公开的内容）", "自主研发", "本企业研发"),
        _SAYS_THE_NAME,
        (NAME, "示例光电"),
    ),
    "name shown": Played(
        _replacing(HIDDEN, ("disclosure: 不公开", CONSENT)), ("首次公开企业名称 1 家", "企业名称将公开")
    ),
    "hidden whole": Played(
        _replacing(ROUND, ("hide: 企业名称", "hide: 整项需求")),
        ("将撤下（1 项）", "Q2-0001", "本轮规定不公开的需求整项不上网"),
        never=("电池外壳用阻燃改性材料",),
    ),
    "new round": Played(_new_round, ("新增轮次 2025",)),
    "new district": Played(_new_district, ("新增示例青山区",)),
    "nothing public": Played(
        _replacing(APPLICATION, ("十二人", "十三人")), ("对公众没有变化；修改 1 份申请（不公开）",), never=("十三人",)
    ),
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Forge:
    """One forge for all cases: each has branches of its own, and `main` stays."""
    return Forge(tmp_path_factory.mktemp("shared") / "forge.git", base_files())


def _completed(files: Mapping[str, str], changed: Files, folder: Path) -> Files:
    """The changed files with their secrecy reviews renewed and CODEOWNERS made anew, as people would before they propose."""
    after = {path: text for path, text in {**files, **changed}.items() if text is not None}
    for path, text in after.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(str(text), encoding="utf-8")
    renew_reviews(folder / "catalogue")
    done: Files = {
        path: None if text is None else (folder / path).read_text(encoding="utf-8") for path, text in changed.items()
    }
    if DISTRICTS in changed:
        record = load(folder / "catalogue")[0].districts
        assert record is not None
        done[".github/CODEOWNERS"] = codeowners(record.get("districts"), record.get("city"))
    return done


_FILES = {path: str(text) for path, text in base_files().items() if path.startswith("catalogue/")}


def _proposed(forge: Forge, name: str, tmp_path: Path) -> tuple[str, ...]:
    """Makes the branches of a case; returns what tells the commands where they are, and who asks."""
    case, branch = CASES[name], name.replace(" ", "-")
    base = _completed(_FILES, case.base(_FILES), tmp_path / "base")
    forge.propose(base, f"base-{branch}")
    files = {path: str(text) for path, text in {**_FILES, **base}.items() if text is not None}
    changed = _completed(files, case.change(files), tmp_path / "after")
    forge.propose(changed, f"change-{branch}", f"base-{branch}")
    states = ("--base", f"base-{branch}", "--head", f"change-{branch}")
    return ("--repository", str(forge.folder), *states, "--actor", "shili-city")


UNSEEN = {"deleted", "nothing public"}
"""Of these no page tells: there is nothing to look at."""


@pytest.mark.parametrize("name", CASES)
def test_the_preview_shows_the_change(shared: Forge, run: Run, name: str, tmp_path: Path) -> None:
    asked, out = _proposed(shared, name, tmp_path), tmp_path / "seen"
    judged = run("proposal", *asked)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    # By day half of the kinds are also looked at.
    if not in_turn(1 / 2):
        return
    seen = run("preview", *asked, "--out", out)
    assert seen.returncode == 0, seen.stdout + seen.stderr
    if name in UNSEEN:
        assert "网页没有变化，没有生成预览" in seen.stderr and not out.exists()
        assert all(words in seen.stderr for words in CASES[name].says)
        return
    assert (out / "changes.html").is_file()
    html = (out / "demands" / "changes" / "index.html").read_text(encoding="utf-8")
    page = Markup(html).striptags()  # noqa: S704 - a page of the program's own making
    assert [words for words in CASES[name].says if words not in page] == []
    hidden = () if name == "name shown" else (HIDDEN_NAME,)
    assert [words for words in (*hidden, *CASES[name].never) if words in html] == []


def test_a_page_of_ones_own_is_named_though_no_preview_shows_it(shared: Forge, run: Run, tmp_path: Path) -> None:
    shared.propose({"pages/guide/visit.md": "# 现场对接\n"}, "own-page")
    states = ("--base", "main", "--head", "own-page", "--actor", "shili-city")
    seen = run("preview", "--repository", shared.folder, *states, "--out", tmp_path / "seen")
    assert seen.returncode == 0, seen.stdout + seen.stderr
    assert "新增网页 guide/visit/" in seen.stderr
    assert "由记录生成的网页没有变化，没有生成预览；设置和自己写的网页怎样改，请看这些文件的改动。" in seen.stderr
    assert "对公众没有变化" not in seen.stderr and not (tmp_path / "seen").exists()
