"""`jiebang new round` and the founding of a city: the last round's settings a period later, and nothing written that does not check."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue import load
from jiebang.cli import new_catalogue
from jiebang.cli.prompts import Option, Terminal
from jiebang.desk.founding import kind_of, slug_of
from jiebang.desk.rounds import first_round, moved, next_round
from jiebang.rules.judgement import judge
from tests.conftest import FIXTURES, ROOT, SAMPLE, Run, run_here


@pytest.fixture
def quarterly(tmp_path: Path) -> Path:
    target = tmp_path / "catalogue"
    shutil.copytree(FIXTURES / "second-city", target)
    return target


def _rounds(root: Path) -> dict[str, dict[str, Any]]:
    return {id_: record.value for id_, record in load(root)[0].rounds.items()}


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2030-04-01", 3, "2030-07-01"),
        ("2030-11-20", 3, "2031-02-20"),
        ("2030-03-31", 3, "2030-06-30"),
        ("2030-06-30", 3, "2030-09-30"),
        ("2030-09-30", 3, "2030-12-31"),
        ("2030-11-29", 3, "2031-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2027-02-28", 12, "2028-02-29"),
        ("2030-12-31", 12, "2031-12-31"),
    ],
)
def test_days_move_by_a_period_and_ends_of_months_stay_such(day: str, months: int, then: str) -> None:
    assert moved(day, months) == then


@pytest.mark.parametrize(
    ("period", "id_", "title", "next_id", "next_title"),
    [
        ("年度", "2030", "2030年度", "2031", "2031年度"),
        ("年度", "2030-auto", "2030年度（汽车）", "2031-auto", "2031年度（汽车）"),
        ("季度", "2030-q1", "2030年第一季度", "2030-q2", "2030年第二季度"),
        ("季度", "2030-q4", "2030年第四季度", "2031-q1", "2031年第一季度"),
        ("季度", "2030-q3", "2030 年 3 季度", "2030-q4", "2030 年 4 季度"),
        # Nobody can tell the next one from these.
        ("季度", "2030", "2030年度", "", ""),
        ("年度", "2030-q2", "2030年第二季度", "", ""),
        ("季度", "2030-spring", "2030年春", "", ""),
    ],
)
def test_ids_and_titles_go_on(period: str, id_: str, title: str, next_id: str, next_title: str) -> None:
    last = first_round("年度", date(2030, 5, 1), "示例局") | {"id": id_, "title": title, "period": period}
    new = next_round(last)
    assert (new["id"], new["title"]) == (next_id, next_title)


def test_rules_stay_and_the_notice_is_another(quarterly: Path) -> None:
    last = _rounds(quarterly)["2030-q2"] | {"introduction": "本季度的重点。"}
    last["notice"] |= {"url": "https://www.example.org/9"}
    new = next_round(last)
    for name in ("period", "winners", "hide", "show", "k"):
        assert new[name] == last[name]
    assert new["notice"] == {
        "title": "关于组织2030年第三季度大企业“发榜”中小企业“揭榜”工作的通知（示例）",
        "issuer": last["notice"]["issuer"],
        "date": "2030-07-01",
    }
    assert "introduction" not in new
    assert last["notice"]["number"]  # The last round is as it was.


def test_the_next_round_is_written_commented_and_checks(run: Run, quarterly: Path) -> None:
    done = run("new", "round", "--yes", "--number", "示例二市科工信〔2030〕20 号", "--apply-by", "2030-09-05")
    assert done.returncode == 0, done.stdout + done.stderr
    text = (quarterly / "2030-q3" / "round.yml").read_text(encoding="utf-8")
    assert text in done.stdout
    assert "# 揭榜截止：" in text
    assert judge(quarterly)[1] == []
    value = _rounds(quarterly)["2030-q3"]
    assert value["deadlines"] == {"submit_by": "2030-07-20", "apply_by": "2030-09-05", "select_by": "2030-09-20"}
    assert value["status"] == "open"
    assert value["notice"]["number"] == "示例二市科工信〔2030〕20 号"
    # And the one after it, from the newest.
    assert run("new", "round", "--yes").returncode == 0
    assert set(_rounds(quarterly)) == {"2030-q1", "2030-q2", "2030-q3", "2030-q4"}
    assert "number" not in _rounds(quarterly)["2030-q4"]["notice"]


def test_an_annual_round_is_asked_for_line_by_line(base: Path) -> None:
    answers = ["", "", "", "示例〔2025〕7 号", "2025-07-33", "2025-07-01", "", "", "", "", "无", "", ""]
    done = run_here(("new", "round"), base.parent, {}, "\n".join(answers) + "\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "写成 2026-03-05 这样的日期" in done.stderr
    value = _rounds(base)["2025"]
    assert value["title"] == "2025年度"
    assert value["notice"] == {
        "title": "关于组织推荐2025年度大企业“发榜”中小企业“揭榜”工作的通知（示例）",
        "issuer": "示例市经济和信息化局",
        "date": "2025-07-01",
        "number": "示例〔2025〕7 号",
    }
    assert value["deadlines"] == {"submit_by": "2025-10-25", "apply_by": "2025-10-31"}
    assert (value["demand_types"], value["closes_on"]) == (["技术攻关", "采购需求"], "2027-06-30")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--id", "2024"), "已经存在"),
        (("--id", "2025 年"), "轮次编号"),
        (("--id", "../../2025"), "轮次编号"),
        (("--from", "2020"), "没有“2020”这一轮"),
        (("--apply-by", "2024-01-01"), "R364"),
        (("--title", "甲\u200b乙"), "看不见的字符"),
        (("--date", "2025-13-01"), "不是日期"),
    ],
)
def test_what_would_not_check_is_not_written(run: Run, base: Path, options: tuple[str, str], said: str) -> None:
    done = run("new", "round", "--yes", *options)
    assert done.returncode != 0
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in base.iterdir() if path.is_dir()] == ["2024"]
    assert not (base.parents[1] / "2025").exists()


@pytest.mark.parametrize("typed", ["", "\n\n\n", "\n" * 11 + "否\n"])
def test_nothing_is_written_before_the_last_answer(base: Path, typed: str) -> None:
    done = run_here(("new", "round"), base.parent, {}, typed)
    assert done.returncode != 0
    assert "没有写入" in done.stderr
    assert not (base / "2025").exists()


def test_without_a_round_there_is_none_to_follow(run: Run, base: Path) -> None:
    shutil.rmtree(base / "2024")
    done = run("new", "round", "--yes")
    assert done.returncode == 1
    assert "目录里还没有轮次" in done.stderr


def test_the_examples_of_the_guide_work(run: Run, tmp_path: Path) -> None:
    """In a catalogue whose last round is the sample's, as the guide has it."""
    guide = (ROOT / "site" / "pages" / "guide" / "submit.md").read_text(encoding="utf-8")
    asks, *told = re.findall(r"^jiebang (new round.*)$", guide, re.MULTILINE)
    assert asks == "new round"
    assert told
    for number, example in enumerate([*told, *re.findall(r"^jiebang (new catalogue DIR --.*)$", guide, re.MULTILINE)]):
        folder = tmp_path / str(number)
        for name in ("districts.yml", "2026/round.yml"):
            (folder / "catalogue" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(SAMPLE / name, folder / "catalogue" / name)
        done = run(*example.split(), cwd=folder)
        assert done.returncode == 0, example + done.stdout + done.stderr
        for made in folder.rglob("districts.yml"):
            assert judge(made.parent)[1] == []


def test_there_is_no_round_after_the_last_year(run: Run, base: Path) -> None:
    file = base / "2024" / "round.yml"
    text = re.sub(r"^closes_on: .*$", "closes_on: 9999-06-30", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    done = run("new", "round", "--yes")
    assert done.returncode == 1
    assert "推算不出" in done.stderr
    assert "Traceback" not in done.stderr


# --- a city -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "slug"),
    [
        ("示例区", "区", "shili"),
        ("示例县", "县", "shili"),
        ("示例市", "县级市", "shili"),
        ("示例经济技术开发区", "功能区", "shilijingjijishukaifaqu"),
        ("东区", "区", "dongqu"),
        ("二〇区", "区", "erling"),
        ("8区", "区", "qu8qu"),
    ],
)
def test_a_district_is_known_by_its_name(name: str, kind: str, slug: str) -> None:
    assert (kind_of(name), slug_of(name)) == (kind, slug)


def test_a_city_says_by_options_what_it_is(run: Run, tmp_path: Path) -> None:
    options = ("--city", "示例丙市", "--bureau", "示例丙市工业和信息化局", "--period", "季度")
    districts = ("--district", "示例甲区", "--district", "gao=示例丙高新区", "--district", "示例乙县")
    done = run("new", "catalogue", "new", *options, *districts)
    assert done.returncode == 0, done.stderr
    assert "示例甲区 shilijia" in done.stderr
    root = tmp_path / "new" / "catalogue"
    catalogue, problems = judge(root)
    assert problems == []
    assert catalogue.districts is not None
    assert catalogue.districts.get("city", "name") == "示例丙市"
    told = [(d["slug"], d["kind"], d["bureau"]) for d in catalogue.districts.get("districts")]
    assert told == [
        ("shilijia", "区", "示例甲区工业和信息化局"),
        ("gao", "功能区", "示例丙高新区工业和信息化局"),
        ("shiliyi", "县", "示例乙县工业和信息化局"),
    ]
    ((id_, value),) = _rounds(root).items()
    assert re.fullmatch(r"\d{4}-q[1-4]", id_)
    assert value["period"] == "季度"
    assert f"catalogue/{id_}/round.yml" in (tmp_path / "new" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_the_first_round_of_a_quarter_keeps_its_order(base: Path, quarter: int) -> None:
    value = first_round("季度", date(2030, 3 * quarter, 30), "示例局")
    assert value["id"] == f"2030-q{quarter}"
    days = [value["opens_on"], *value["deadlines"].values(), value["closes_on"]]
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--district", "示例甲区", "--district", "示例甲县"), "两个区的网址名都是 shilijia"),
        (("--district", "大=示例区"), "网址名"),
        (("--city", "甲" * 30), "城市名称"),
        (("--city", "甲\u200b市"), "看不见的字符"),
    ],
)
def test_a_city_that_would_not_check_is_not_made(run: Run, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    done = run("new", "catalogue", "new", *options)
    assert done.returncode == 1
    assert said in done.stderr
    assert not (tmp_path / "new").exists()


class _Typed(Terminal):
    """A keyboard whose answers are known beforehand."""

    def __init__(self, answers: list[str]) -> None:
        self._answers = answers

    def line(self, options: Sequence[Option] = (), default: str = "") -> str:
        if not self._answers:
            raise EOFError
        return self._answers.pop(0) or default


def test_at_a_terminal_it_asks_what_it_was_not_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["示例丁市", "", "示例甲区、xi=示例乙区", "季度"]
    monkeypatch.setattr(new_catalogue, "asker", lambda: _Typed(answers))
    assert run("new", "catalogue", "new").returncode == 0
    catalogue, problems = judge(tmp_path / "new" / "catalogue")
    assert problems == []
    assert catalogue.districts is not None
    assert catalogue.districts.get("city", "bureau") == "示例丁市经济和信息化局"
    assert [d["slug"] for d in catalogue.districts.get("districts")] == ["shilijia", "xi"]
    assert [r.get("period") for r in catalogue.rounds.values()] == ["季度"]


def test_stopped_at_a_terminal_it_makes_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_catalogue, "asker", lambda: _Typed(["示例丁市"]))
    done = run("new", "catalogue", "new")
    assert done.returncode == 130
    assert not (tmp_path / "new").exists()
