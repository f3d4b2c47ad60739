"""`jiebang build --at`: byte for byte the site that the build of that day gave, whatever came later."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import FIXTURES, run_here, shared_folder
from tests.proposal.bureau import Bureau, git, tree
from tests.turns import by_day

ZONE = "catalogue/2024/zone"
DEMAND = f"{ZONE}/demands/d-bbbbbbb2.yml"
"""Of an enterprise that is named, so git's dates are shown."""
NAMED = f"{ZONE}/enterprises/e-bbbbbbb2.yml"


_EXTERNAL = """sources:
  - name: 示例外市经信局
    kind: 外地
    url: https://example.org/
    retrieved: 2024-10-30
    demands:
      - title: 示例密封材料
"""

_CODES = ("91000000100047009C", "910000001000470177", "910000001000470252")


def _application(bureau: Bureau, number: int) -> None:
    """One more enterprise, which answers the demand that is still open."""
    place = bureau.folder / ZONE
    sme = (place / "enterprises/e-ddddddd4.yml").read_text(encoding="utf-8")
    made = sme.replace("E-DDDDDDD4", f"E-NNNNNNN{number}").replace("91000000MA00100A45", _CODES[number])
    for old, new in (
        ("精密机械", f"新来{'甲乙丙'[number]}"),
        ("000-20000004", f"000-2000005{number}"),
        ("示例路 4", f"示例路 5{number}"),
    ):
        made = made.replace(old, new)
    (place / f"enterprises/e-nnnnnnn{number}.yml").write_text(made.replace("sme4@", f"sme5{number}@"), encoding="utf-8")
    answer = (bureau.folder / "catalogue/2024/qiaokou/applications/a-aaaaaaa1.yml").read_text(encoding="utf-8")
    answer = answer.replace("A-AAAAAAA1", f"A-NNNNNNN{number}").replace("E-CCCCCCC3", f"E-NNNNNNN{number}")
    (place / f"applications/a-nnnnnnn{number}.yml").write_text(answer, encoding="utf-8")


def _lived(folder: Path) -> None:
    """A life of six states; `public/` holds the last one's site."""
    bureau = Bureau(folder)
    folder.mkdir()
    shutil.copytree(FIXTURES / "base", folder / "catalogue")
    (folder / ".gitignore").write_text("/public/\n/built/\n/past*/\n/.cache/\n/.*.lock\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text("site_name: 示例需求目录\nsite_url: https://a.example/\n", encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    bureau.commit("first", "2024-10-20T23:30:00+0800")
    bureau.build("first")
    # Late in the day by another clock: in Beijing it is the next day already.
    bureau.edit(DEMAND, ("成本控制在 30 元/kg", "成本控制在 28 元/kg"))
    bureau.commit("text", "2024-10-21T20:30:00-0400")
    bureau.build("text")
    for number in range(3):
        _application(bureau, number)
    bureau.commit("applications", "2024-10-25T09:00:00+0800")
    bureau.build("applications")
    (folder / "pages").mkdir()
    (folder / "pages/about.md").write_text("# 关于本站\n\n示例局的网站。\n", encoding="utf-8")
    bureau.edit("mkdocs.yml", ("示例需求目录", "示例市需求目录"))
    (folder / "external.yml").write_text(_EXTERNAL, encoding="utf-8")
    (folder / "synonyms.yml").write_text("本地:\n  - 塑料、阻燃塑胶\n", encoding="utf-8")
    bureau.commit("settings", "2024-11-01T09:00:00+0800")
    bureau.build("settings")
    # Nobody could build this one.
    bureau.edit(DEMAND, ("no_secrets: 是", "no_secrets: 否"))
    bureau.commit("mistake", "2024-11-05T09:00:00+0800")
    assert bureau.run("build").returncode == 1
    # A branch that was made early and merged late.
    git(folder, "checkout", "-q", "-b", "branch", bureau.commits["settings"])
    bureau.edit(
        f"{ZONE}/applications/a-nnnnnnn0.yml",
        ("status: submitted", "status: withdrawn"),
        ("submitted: 2024-10-08", "submitted: 2024-10-08\n  withdrawn: 2024-11-02"),
    )
    bureau.commit("early", "2024-11-02T09:00:00+0800")
    git(folder, "checkout", "-q", "main")
    bureau.edit(DEMAND, ("no_secrets: 否", "no_secrets: 是"))
    bureau.edit("external.yml", ("示例密封材料", "示例密封件"))
    bureau.commit("mended", "2024-11-06T09:00:00+0800")
    bureau.build("mended")
    git(folder, "merge", "-q", "--no-ff", "-m", "merge", "branch", moment="2024-12-12T09:00:00+0800")
    bureau.commits["merged"] = git(folder, "rev-parse", "HEAD")
    bureau.build("merged")


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """The repository of a bureau with a past; nobody may change it."""
    return Bureau(shared_folder(tmp_path_factory, "lived", _lived))


DAYS = {
    "first": ["main~6", "2024-10-20", "2024-10-21"],
    "text": ["2024-10-22", "2024-10-24"],
    "applications": ["2024-10-25"],
    "settings": ["2024-11-01", "2024-11-04"],
    "mended": ["2024-11-06", "2024-12-11"],
    "merged": ["HEAD", "2024-12-12", "2099-01-01"],
}


@pytest.mark.parametrize(("name", "at"), [(name, at) for name, days in DAYS.items() for at in by_day(days, 1)])
def test_the_site_of_a_day_is_the_one_that_was_built(lived: Bureau, tmp_path: Path, name: str, at: str) -> None:
    before = git(lived.folder, "status", "--porcelain", "--ignored"), git(lived.folder, "rev-parse", "HEAD")
    done = lived.run("build", "--at", at, "--out", tmp_path / "then")
    assert done.returncode == 0, done.stdout + done.stderr
    made, wanted = tree(tmp_path / "then"), lived.built(name)
    assert sorted(made) == sorted(wanted)
    assert [path for path in wanted if made[path] != wanted[path]] == []
    assert before == (git(lived.folder, "status", "--porcelain", "--ignored"), git(lived.folder, "rev-parse", "HEAD"))


def test_the_states_differ_and_figures_hang_on_what_was_online(lived: Bureau, tmp_path: Path) -> None:
    """Or the test above could not fail."""
    sites = [lived.built(name) for name in DAYS if name != "mended"]
    assert all(one != other for one, other in pairwise(sites))
    done = lived.run("build", "--out", tmp_path / "alone")
    assert done.returncode == 0
    assert tree(tmp_path / "alone") != sites[-1]


@pytest.mark.parametrize(
    ("at", "message", "hint"),
    [
        ("2024-10-19", "2024-10-19 那天仓库里还没有提交", "最早的提交在 2024-10-20"),
        ("2024-02-30", "“2024-02-30”不是日期", "2026-03-05"),
        ("v9.9", "仓库里没有提交 v9.9", "核对名称"),
        ("--help", "仓库里没有提交 --help", "核对名称"),
        ("main~2", "有错误，用现在的程序生成不了那时的网站", ""),
    ],
)
def test_what_cannot_be_restored_is_said(lived: Bureau, tmp_path: Path, at: str, message: str, hint: str) -> None:
    done = lived.run("build", f"--at={at}", "--out", tmp_path / "then")
    assert done.returncode == 1
    assert message in done.stderr and hint in done.stderr
    assert not (tmp_path / "then").exists()


def test_without_a_whole_history_there_is_no_past(lived: Bureau, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "base", tmp_path / "catalogue")
    done = run_here(["build", "--at", "2024-10-21"], tmp_path, {})
    assert (done.returncode, "不在 git 仓库里" in done.stderr) == (1, True)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "2", lived.folder.as_uri(), str(clone))
    done = run_here(["build", "--at", "HEAD"], clone, {})
    assert (done.returncode, "git fetch --unshallow" in done.stderr) == (1, True)


@pytest.fixture
def mine(lived: Bureau, tmp_path: Path) -> Bureau:
    """A copy that may be changed."""
    git(tmp_path, "clone", "-q", str(lived.folder), "mine")
    return Bureau(tmp_path / "mine")


def test_what_is_not_committed_is_not_known(mine: Bureau, lived: Bureau) -> None:
    mine.edit(DEMAND, ("title: 高速电机陶瓷球轴承", "title: 尚未提交的名称"))
    (mine.folder / "pages/new.md").write_text("# 尚未提交\n", encoding="utf-8")
    (mine.folder / "mkdocs.yml").unlink()
    done = mine.run("build", "--at", "HEAD")
    assert done.returncode == 0, done.stderr
    assert tree(mine.folder / "past") == lived.built("merged")
    assert not (mine.folder / "public").exists()
    assert "不要放到网站服务器上" in done.stderr


def test_a_catalogue_that_came_later_has_no_site_before(mine: Bureau) -> None:
    git(mine.folder, "mv", "catalogue", "records")
    mine.commit("moved", "2024-12-20T09:00:00+0800")
    done = mine.run("build", "--catalogue", "records", "--at", "2024-12-15")
    assert (done.returncode, "那时还没有目录 records" in done.stderr) == (1, True)


def test_an_older_site_takes_no_newer_ones_place(mine: Bureau) -> None:
    assert mine.run("build", "--at", "HEAD").returncode == 0
    newer = tree(mine.folder / "past")
    done = mine.run("build", "--at", "2024-10-20")
    assert (done.returncode, "换一个文件夹" in done.stderr) == (1, True)
    assert tree(mine.folder / "past") == newer
    assert mine.run("build", "--at", "HEAD").returncode == 0


def test_days_are_told_by_the_clock_of_the_rounds(mine: Bureau) -> None:
    mine.edit("catalogue/2024/round.yml", ("period: 年度", "period: 年度\nutc_offset: -04:00"))
    mine.commit("clock", "2024-12-21T09:00:00+0800")
    done = mine.run("build", "--at", "2024-10-21")
    # 20:30 there, on the next day in Beijing.
    assert f"按 2024-10-21（提交 {git(mine.folder, 'rev-parse', 'main~6')[:10]}" in done.stderr
