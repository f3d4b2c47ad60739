"""`jiebang diff`: what changed for the public, told without anybody who is hidden now or was then."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import FIXTURES, run_here
from tests.proposal.bureau import Bureau, git

ZONE = "catalogue/2024/zone"
DEMAND = f"{ZONE}/demands/d-bbbbbbb2.yml"
NAMED = f"{ZONE}/enterprises/e-bbbbbbb2.yml"
NAME = "示例光电（武汉）股份有限公司"
TITLE = "高速电机陶瓷球轴承"
HIDE = ("disclosure: 公开", "disclosure: 不公开\nwithholding_consulted:\n  date: 2024-12-01\n  answer: 同意显示")


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """Without D-BBBBBBB2 on the first day; with it on the second; with other words on the third."""
    bureau = Bureau(tmp_path / "bureau")
    bureau.folder.mkdir()
    shutil.copytree(FIXTURES / "base", bureau.folder / "catalogue")
    git(bureau.folder, "init", "-q", "-b", "main")
    answers = [f"{ZONE}/applications/a-ccccccc3.yml", "catalogue/2024/qiaokou/applications/a-bbbbbbb2.yml"]
    later = {path: (bureau.folder / path).read_bytes() for path in (DEMAND, *answers)}
    for path in later:
        (bureau.folder / path).unlink()
    bureau.commit("without", "2024-10-01T09:00:00+0800")
    for path, content in later.items():
        (bureau.folder / path).parent.mkdir(exist_ok=True)
        (bureau.folder / path).write_bytes(content)
    bureau.commit("with", "2024-10-02T09:00:00+0800")
    bureau.edit(DEMAND, ("成本控制在 30 元/kg", "成本控制在 28 元/kg"), ("schedule: 1 年", "schedule: 18 个月"))
    bureau.commit("edited", "2024-10-03T09:00:00+0800")
    return bureau


def _told(bureau: Bureau, one: str, other: str, form: str = "text") -> str:
    done = bureau.run("diff", one, other, "--format", form)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _everything(bureau: Bureau, one: str, other: str) -> str:
    """The difference in every form, and as a page."""
    done = bureau.run("diff", one, other, "--out", bureau.folder / "changes")
    assert done.returncode == 0, done.stderr
    page = (bureau.folder / "changes/index.html").read_text(encoding="utf-8")
    assert "noindex" in page
    return page + done.stdout + _told(bureau, one, other, "json") + _told(bureau, one, other, "markdown")


def test_what_came_and_what_changed_is_told_with_its_words(bureau: Bureau) -> None:
    first, last = _told(bureau, "2024-10-01", "2024-10-02"), _told(bureau, "2024-10-02", "2024-10-03")
    assert first.startswith("2024-10-01 到 2024-10-02：新公开 1 项需求。\n")
    assert f"D-BBBBBBB2  {TITLE}（示例开发区，{NAME}，已揭榜）" in first
    assert "D-BBBBBBB2  高速电机陶瓷球轴承（修改了需达到的效果、时间要求）" in last
    assert "    时间要求\n      改前：1 年\n      改后：18 个月" in last
    told = json.loads(_told(bureau, "2024-10-03", "main~2", "json"))
    assert told["sentence"] == "2024-10-03 到 2024-10-01：撤下 1 项需求。"
    assert (told["leaving"][0]["what"], told["to"]["day"]) == ("记录已删除", "2024-10-01")
    assert "28 元/kg" in _everything(bureau, "2024-10-02", "2024-10-03")


def test_what_is_private_leaves_no_trace(bureau: Bureau) -> None:
    bureau.edit(f"{ZONE}/applications/a-ccccccc3.yml", ("十二人", "十三人"))
    bureau.edit(NAMED, ("phone: 000-10000002", "phone: 000-10000009"))
    bureau.commit("private", "2024-10-04T09:00:00+0800")
    told = _everything(bureau, "2024-10-03", "2024-10-04")
    assert "2024-10-03 到 2024-10-04：对公众没有变化。" in told
    assert "十三人" not in told and "10000009" not in told


@pytest.mark.parametrize("committed", [True, False])
def test_who_is_hidden_now_is_named_in_no_past(bureau: Bureau, committed: bool) -> None:
    assert NAME in _everything(bureau, "2024-10-01", "2024-10-02")
    bureau.edit(NAMED, HIDE)
    if committed:
        bureau.commit("hidden", "2024-12-02T09:00:00+0800")
    told = _everything(bureau, "2024-10-01", "2024-10-02") + _everything(bureau, "2024-10-02", "2024-10-03")
    assert TITLE in told and "示例光电" not in told
    # An unregistered brand may have stood in texts beside an open name.
    assert "28 元" not in told and "不显示" in told
    if committed:
        assert "企业名称改为不公开" in _everything(bureau, "2024-10-03", "2024-12-02")


def test_who_was_hidden_then_is_not_named_though_open_now(bureau: Bureau) -> None:
    bureau.edit(NAMED, HIDE)
    bureau.commit("hidden", "2024-10-04T09:00:00+0800")
    (bureau.folder / NAMED).write_text(git(bureau.folder, "show", f"main~1:{NAMED}") + "\n", encoding="utf-8")
    bureau.edit(DEMAND, ("研发一款", "示例光电研发一款"))
    bureau.commit("open", "2024-10-05T09:00:00+0800")
    told = _everything(bureau, "2024-10-04", "2024-10-05")
    assert "企业名称将公开" in told and "示例光电" not in told


def test_a_name_in_another_ones_text_is_not_told(bureau: Bureau) -> None:
    other = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
    bureau.edit(other, ("用于新能源整车的示例部件", "用于示例光电股份有限公司的部件"))
    bureau.commit("mentioned", "2024-10-04T09:00:00+0800")
    bureau.edit(other, ("用于示例光电股份有限公司的部件", "用于新能源整车的部件"))
    bureau.edit(NAMED, HIDE)
    bureau.commit("hidden", "2024-10-05T09:00:00+0800")
    told = _everything(bureau, "2024-10-03", "2024-10-05") + _everything(bureau, "2024-10-04", "2024-10-05")
    assert "示例光电" not in told
    assert "用于新能源整车的部件" in told


def test_what_is_no_longer_on_the_site_goes_by_its_code(bureau: Bureau) -> None:
    bureau.edit(DEMAND, ("status: selected\ndates:", "status: withdrawn\ndates:\n  withdrawn: 2025-01-02"))
    bureau.edit("catalogue/2024/qiaokou/applications/a-bbbbbbb2.yml", ("status: selected", "status: withdrawn"))
    for one, other in (("2024-10-01", "2024-10-02"), ("2024-10-02", "2024-10-03")):
        told = _everything(bureau, one, other)
        assert TITLE not in told and NAME not in told and "28 元" not in told
        assert "D-BBBBBBB2  301（" in told


def test_a_district_that_is_withheld_now_is_not_told(bureau: Bureau) -> None:
    bureau.edit(NAMED, (HIDE[0], HIDE[1].replace("同意显示", "要求不显示") + "\nwithhold:\n  - district"))
    told = _told(bureau, "2024-10-01", "2024-10-02")
    assert "所在区不公开，企业名称不公开" in told


def test_an_enterprise_that_cannot_be_read_today_is_hidden(bureau: Bureau) -> None:
    (bureau.folder / NAMED).write_text("id: 'E-BBBBBBB2\n", encoding="utf-8")
    told = _everything(bureau, "2024-10-01", "2024-10-02") + _everything(bureau, "2024-10-02", "2024-10-03")
    assert "示例光电" not in told and TITLE not in told


def test_a_page_replaces_nothing_else_and_a_day_must_exist(bureau: Bureau, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("x", encoding="utf-8")
    done = bureau.run("diff", "2024-10-01", "2024-10-02", "--out", tmp_path / "mine")
    assert (done.returncode, (tmp_path / "mine/notes.txt").read_text(encoding="utf-8")) == (1, "x")
    done = bureau.run("diff", "2024-09-30", "HEAD")
    assert (done.returncode, "还没有提交" in done.stderr) == (1, True)
    shutil.copytree(FIXTURES / "base", tmp_path / "catalogue")
    assert "不在 git 仓库里" in run_here(["diff", "HEAD", "HEAD"], tmp_path, {}).stderr
