"""Every figure of a report equals one that is computed a second time, from plain YAML, in the simplest way there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from jiebang.catalogue import Catalogue, load
from jiebang.desk.reports import REPORTS, Scope, made
from jiebang.desk.reports.comparison import summary
from jiebang.desk.reports.schedules import after_months, months_in
from jiebang.desk.reports.table import Report, Row, Summary
from jiebang.schemas import divisions, sections
from tests.conftest import FIXTURES, SAMPLE
from tests.desk.raw import DISTRICTS, ROUNDS, SCHEDULES, TODAY, Raw, make_up, raw_file, raw_records

PUBLISHED = {"published", "selected", "accepted", "unmet", "failed"}
CHOSEN = {"selected", "accepted", "failed"}
_SAMPLE_MONTHS = {
    "307": 16, "321": 18, "303": 18, "311": 20, "317": 24,
    "Q1-0156": 7, "Q1-0171": 8, "Q1-0113": 12, "Q1-0131": 12,
}  # fmt: skip
"""Code of each demand of the sample that is under work → the months that its 时间要求 gives, as a person reads it."""


class World:
    """A catalogue, loaded by the program and read without it."""

    def __init__(self, root: Path, today: str) -> None:
        self.today = today
        self.catalogue: Catalogue = load(root)[0]
        self.demands = raw_records(root, "demands")
        self.applications = raw_records(root, "applications")
        self.enterprises = {e["id"]: e for e in raw_records(root, "enterprises")}
        self.districts: dict[str, str] = {d["slug"]: d["name"] for d in raw_file(root / "districts.yml")["districts"]}
        self.rounds: dict[str, Raw] = {path.parent.name: raw_file(path) for path in sorted(root.glob("*/round.yml"))}

    def rows(self, name: str, round_: str, district: str | None) -> list[Row]:
        report = made(REPORTS[name], Scope.of(self.catalogue, round_, district, self.today))
        assert isinstance(report, Report)
        return list(report.table.rows)

    def own(self, records: list[Raw], round_: str, district: str | None) -> list[Raw]:
        return [r for r in records if r["_round"] == round_ and (district is None or r["_district"] == district)]

    def demand(self, id_: str) -> Raw:
        return next(d for d in self.demands if d["id"] == id_)

    def name(self, record: Raw) -> str:
        return str(self.enterprises[record["enterprise"]]["name"])

    def large(self, demand: Raw) -> str:
        hidden = self.enterprises[demand["enterprise"]]["disclosure"] != "公开"
        return self.name(demand) + ("（不公开名称）" if hidden else "")


@cache
def world(name: str) -> World:
    import tempfile

    if name == "sample":
        return World(SAMPLE, "2026-11-29")
    # Removed with the process: `load` reads long texts again from their files.
    folder = Path(_folders.setdefault(name, tempfile.TemporaryDirectory(prefix="jiebang-made-up-")).name)
    return World(make_up(folder, int(name)), TODAY)


_folders: dict[str, Any] = {}


def _scopes() -> Iterator[tuple[str, str, str | None]]:
    for round_ in ("2024", "2026"):
        for district in (None, "jiangan", "qingshan", "east-lake-hitech", "lingkonggang"):
            yield "sample", round_, district
    for seed in ("1", "2", "3"):
        for round_ in ROUNDS:
            for district in (None, *DISTRICTS):
                yield seed, round_, district


everywhere = pytest.mark.parametrize(("where", "round_", "district"), [*_scopes()])


@everywhere
def test_progress(where: str, round_: str, district: str | None) -> None:
    w = world(where)
    expected = []
    for slug, name in w.districts.items():
        if district not in (None, slug):
            continue
        demands, applications = w.own(w.demands, round_, slug), w.own(w.applications, round_, slug)

        def count(records: list[Raw], *states: str) -> int:
            return len([r for r in records if r["status"] in states])

        days = sorted(d["dates"]["submitted"] for d in demands)
        expected.append(
            (
                name,
                len(demands),
                count(demands, "submitted"),
                count(demands, "returned"),
                count(demands, "recommended"),
                count(demands, *PUBLISHED),
                count(demands, "withdrawn"),
                days[-1] if days else None,
                len(applications),
                count(applications, "submitted"),
                count(applications, "forwarded", "selected", "declined", "accepted", "failed"),
                count(applications, "withdrawn"),
            )
        )
    assert w.rows("progress", round_, district) == expected
    report = made(REPORTS["progress"], Scope.of(w.catalogue, round_, district, w.today))
    assert isinstance(report, Report) and report.table.total is not None
    for place, cell in enumerate(report.table.total):
        if isinstance(cell, int):
            assert cell == sum(int(row[place] or 0) for row in expected)
    assert report.table.total[1] == len(w.own(w.demands, round_, district))


@everywhere
def test_unanswered(where: str, round_: str, district: str | None) -> None:
    w = world(where)
    expected = []
    for d in w.own(w.demands, round_, district):
        applied = [a for a in w.applications if a["demand"] == d["id"] and a["status"] != "withdrawn"]
        last = d["dates"].get("apply_by", w.rounds[round_]["deadlines"]["apply_by"])
        if d["status"] == "published" and not applied and last >= w.today:
            left = (date.fromisoformat(last) - date.fromisoformat(w.today)).days
            row = (d["code"], d["title"], w.districts[d["_district"]], w.large(d), d["dates"]["published"], last, left)
            expected.append((last, d["id"], row))
    assert w.rows("unanswered", round_, district) == [row for *_, row in sorted(expected)]


@everywhere
def test_support(where: str, round_: str, district: str | None) -> None:
    w = world(where)
    expected = []
    for a in w.own(w.applications, round_, district):
        types = w.enterprises[a["enterprise"]].get("types", [])
        if a["status"] not in CHOSEN or not [t for t in types if t != "其他"]:
            continue
        d = w.demand(a["demand"])
        said = [
            "是" if t in types else None for t in ("专精特新“小巨人”企业", "省级专精特新中小企业", "创新型中小企业")
        ]
        titles = {"selected": "已选中", "accepted": "通过验收", "failed": "未通过验收"}
        expected.append(
            (
                w.name(a),
                w.enterprises[a["enterprise"]]["credit_code"],
                w.districts[a["_district"]],
                *said,
                d["code"],
                d["title"],
                a["dates"]["decided"],
                titles[a["status"]],
            )
        )
    rows = w.rows("support", round_, district)
    assert Counter(rows) == Counter(expected)
    report = made(REPORTS["support"], Scope.of(w.catalogue, round_, district, w.today))
    assert isinstance(report, Report)
    assert f"共 {len({row[1] for row in expected})} 家企业" in report.notes[0]
    for place, title in ((3, "专精特新“小巨人”企业"), (4, "省级专精特新中小企业"), (5, "创新型中小企业")):
        assert f"{title} {len({row[1] for row in expected if row[place]})} 家" in report.notes[0]


@everywhere
def test_feedback_owed(where: str, round_: str, district: str | None) -> None:
    w = world(where)
    expected = []
    for a in w.own(w.applications, round_, district):
        d = w.demand(a["demand"])
        if a["status"] not in {"submitted", "forwarded"} or d["status"] not in CHOSEN | {"unmet", "withdrawn"}:
            continue
        if d["status"] == "withdrawn":
            day = d["dates"].get("withdrawn")
        else:
            day = d["dates"].get("selected") or d["dates"].get("concluded")
        titles = {
            "selected": "已揭榜",
            "accepted": "已验收",
            "failed": "未通过验收",
            "unmet": "无人揭榜",
            "withdrawn": "撤回",
        }
        waited = (date.fromisoformat(w.today) - date.fromisoformat(day)).days
        contact = w.enterprises[a["enterprise"]]["contact"]
        told = (w.name(a), w.districts[a["_district"]], contact["name"], contact["phone"], d["code"], d["title"])
        expected.append((*told, titles[d["status"]], day, waited))
    rows = w.rows("feedback", round_, district)
    assert Counter(rows) == Counter(expected)
    assert [row[7] for row in rows] == sorted(str(row[7]) for row in rows)


def _later(day: str, months: int) -> str:
    """A month at a time; the last day of a month that is too short."""
    year, month, number = map(int, day.split("-"))
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    while True:
        try:
            return date(year, month, number).isoformat()
        except ValueError:
            number -= 1


@everywhere
def test_acceptance_due(where: str, round_: str, district: str | None) -> None:
    w = world(where)
    expected = []
    for d in w.own(w.demands, round_, district):
        if d["status"] != "selected":
            continue
        months = _SAMPLE_MONTHS[d["code"]] if where == "sample" else SCHEDULES[d["schedule"]]
        due = _later(d["dates"]["selected"], months) if months else None
        left = (date.fromisoformat(due) - date.fromisoformat(w.today)).days if due else None
        winners = [w.name(a) for a in w.applications if a["demand"] == d["id"] and a["status"] in CHOSEN]
        row = (
            d["code"], d["title"], w.districts[d["_district"]], w.large(d), "、".join(winners),
            d["dates"]["selected"], " ".join(d["schedule"].split()), months, due, left,
        )  # fmt: skip
        expected.append((due or "9999", d["id"], row))
    assert w.rows("acceptance", round_, district) == [row for *_, row in sorted(expected, key=lambda e: e[:2])]


def _counted(w: World, rounds: list[str], district: str | None) -> dict[str, float | int | str | None]:
    demands = [d for r in rounds for d in w.own(w.demands, r, district)]
    applied = [a for r in rounds for a in w.own(w.applications, r, district) if a["status"] != "withdrawn"]
    public = [d for d in demands if d["status"] in PUBLISHED]
    answers = [
        len([a for a in w.applications if a["demand"] == d["id"] and a["status"] != "withdrawn"]) for d in public
    ]
    won = [a for a in applied if a["status"] in CHOSEN]

    def state(name: str) -> int:
        return len([d for d in demands if d["status"] == name])

    def firms(records: list[Raw]) -> int:
        return len({w.enterprises[a["enterprise"]]["credit_code"] for a in records})

    chosen = state("selected") + state("accepted") + state("failed")
    judged = state("accepted") + state("failed")
    return {
        "轮次": len(rounds),
        "报送需求（项）": len(demands),
        "发榜需求（项）": len(public),
        "有人申请的需求（项）": len([n for n in answers if n]),
        "揭榜申请（份）": len(applied),
        "申请企业（家）": firms(applied),
        "每项发榜需求的申请（份）": f"{sum(answers) / len(public):.1f}" if public else None,
        "已揭榜需求（项）": chosen,
        "揭榜率": chosen / len(public) if public else None,
        "揭榜企业（家次）": len(won),
        "揭榜企业（家）": firms(won),
        "通过验收（项）": state("accepted"),
        "未通过验收（项）": state("failed"),
        "验收通过率": state("accepted") / judged if judged else None,
        "无人揭榜（项）": state("unmet"),
        "撤回（项）": state("withdrawn"),
    }


@everywhere
def test_years(where: str, round_: str, district: str | None) -> None:
    w = world(where)
    years: dict[str, list[str]] = {}
    for id_ in sorted(w.rounds):
        if id_ <= round_:
            years.setdefault(id_[:4], []).append(id_)
    counted = [_counted(w, rounds, district) for rounds in years.values()]
    rows = w.rows("years", round_, district)
    assert [row[0] for row in rows] == list(counted[0])
    for row in rows:
        assert list(row[1:-1]) == [one[str(row[0])] for one in counted]


def test_what_changed_from_year_to_year_is_told_as_people_write_it() -> None:
    rows = {str(row[0]): row[-1] for row in world("sample").rows("years", "2026", None)}
    # 2024: 24 demands, 16 of 19 taken up; 2026: 27 demands, 5 of 23.
    assert rows["报送需求（项）"] == "+3"
    assert rows["已揭榜需求（项）"] == "−11"
    assert rows["揭榜率"] == "−62.5 个百分点"
    assert rows["轮次"] == "持平"
    assert all(row[-1] == "" for row in world("sample").rows("years", "2024", None))


@everywhere
def test_summary(where: str, round_: str, district: str | None) -> None:
    w = world(where)
    told = made(REPORTS["summary"], Scope.of(w.catalogue, round_, district, w.today))
    assert isinstance(told, Summary)
    own = _counted(w, [round_], district)
    assert {figure.label: figure.value for figure in told.figures} == {
        "报送需求": own["报送需求（项）"],
        "发榜需求": own["发榜需求（项）"],
        "揭榜申请": own["揭榜申请（份）"],
        "申请企业": own["申请企业（家）"],
        "已揭榜需求": own["已揭榜需求（项）"],
        "揭榜企业": own["揭榜企业（家次）"],
        "通过验收": own["通过验收（项）"],
        "无人揭榜": own["无人揭榜（项）"],
    }
    by_district, stages, industry = told.bars
    for place, name in enumerate(by_district.labels):
        slug = next(slug for slug, its in w.districts.items() if its == name)
        local = _counted(w, [round_], slug)
        assert by_district.series[0][1][place] == local["发榜需求（项）"]
        assert by_district.series[1][1][place] == local["揭榜申请（份）"]
    assert stages.series[0][1] == (
        own["报送需求（项）"], own["发榜需求（项）"], own["有人申请的需求（项）"], own["已揭榜需求（项）"], own["通过验收（项）"]
    )  # fmt: skip
    expected: dict[str, int] = {}
    for d in w.own(w.demands, round_, district):
        if d["status"] in PUBLISHED:
            division = divisions()[w.enterprises[d["enterprise"]]["industry"]["code"]]
            name = division.name if division.section == "C" else sections()[division.section]
            expected[name] = expected.get(name, 0) + 1
    counts = dict(zip(industry.labels, industry.series[0][1], strict=True))
    rest = [label for label in counts if label.startswith("其他（")]
    assert sum(counts.values()) == sum(expected.values())
    for label in counts.keys() - set(rest):
        assert counts[label] == expected[label]
    if rest:
        assert min(counts[label] for label in counts.keys() - set(rest)) >= max(
            value for name, value in expected.items() if name not in counts
        )
    for what, where_to in (("项需求还没有人申请", "unanswered"), ("份申请还没有答复", "feedback")):
        waiting = len(w.rows(where_to, round_, district))
        assert (f"{waiting} {what}" in "".join(told.sentences)) is bool(waiting)
    late = [row for row in w.rows("acceptance", round_, district) if row[8] and str(row[8]) < w.today]
    assert (f"{len(late)} 项需求估计已到验收日期" in "".join(told.sentences)) is bool(late)


def test_the_summary_compares_with_the_round_before() -> None:
    w = world("1")
    told = summary(Scope.of(w.catalogue, "2031-q3", None, w.today), "", ())
    now, then = _counted(w, ["2031-q3"], None), _counted(w, ["2031-q1"], None)
    more = int(now["发榜需求（项）"] or 0) - int(then["发榜需求（项）"] or 0)
    word = "持平" if not more else f"{'增加' if more > 0 else '减少'} {abs(more)} 项"
    assert f"与2031-q1 轮相比，发榜需求{word}" in told.sentences[1]


# --- 公示 -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("round_", ["2024", "2026"])
def test_only_who_agreed_is_announced_and_only_what_is_public(round_: str) -> None:
    w = world("sample")
    expected = []
    for a in w.own(w.applications, round_, None):
        d = w.demand(a["demand"])
        if a["status"] in CHOSEN and "announcement_consent" in a:
            open_ = w.enterprises[d["enterprise"]]["disclosure"] == "公开"
            expected.append((d["code"], d["title"], w.name(d) if open_ else "企业名称不公开", w.name(a)))
    rows = w.rows("winners", round_, None)
    assert sorted(row[1:] for row in rows) == sorted(expected)
    assert [row[0] for row in rows] == [*range(1, len(rows) + 1)]
    assert bool(rows) is (round_ == "2026")


def _with_consent(base: Path) -> Path:
    """The small catalogue, whose one winner now agrees to be named; its demand is of an enterprise that is open."""
    file = base / "2024/qiaokou/applications/a-bbbbbbb2.yml"
    consent = "announcement_consent:\n  date: 2024-12-12\n  document: 企业盖章的同意函（示例）\ndates:\n"
    file.write_text(file.read_text(encoding="utf-8").replace("dates:\n", consent), encoding="utf-8")
    return base


def _announced(base: Path) -> list[Row]:
    loaded, problems = load(base)
    assert problems == []
    report = made(REPORTS["winners"], Scope.of(loaded, "2024", None, "2025-01-01"))
    assert isinstance(report, Report)
    return list(report.table.rows)


def test_without_consent_nobody_is_named(base: Path) -> None:
    assert _announced(base) == []
    assert [row[4] for row in _announced(_with_consent(base))] == ["示例新材料（武汉）有限公司"]


def test_a_name_that_is_not_open_is_not_announced(base: Path) -> None:
    _with_consent(base)
    file = base / "2024/zone/enterprises/e-bbbbbbb2.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("disclosure: 公开", "disclosure: 不公开"), encoding="utf-8"
    )
    assert [row[3] for row in _announced(base)] == ["企业名称不公开"]


def test_a_demand_that_the_round_hides_whole_is_not_announced(base: Path) -> None:
    test_a_name_that_is_not_open_is_not_announced(base)
    file = base / "2024/round.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("hide: 企业名称", "hide: 整项需求"), encoding="utf-8")
    assert _announced(base) == []


def test_a_demand_without_a_valid_review_is_not_announced(base: Path) -> None:
    _with_consent(base)
    file = base / "2024/zone/demands/d-bbbbbbb2.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("高速电机陶瓷球轴承", "高速电机氧化锆球轴承"), encoding="utf-8"
    )
    assert _announced(base) == []


def test_the_announcement_says_nothing_of_those_who_are_not_named() -> None:
    w = world("sample")
    report = made(REPORTS["winners"], Scope.of(w.catalogue, "2026", None, w.today))
    assert isinstance(report, Report)
    assert report.notes == () and report.table.total is None and report.public


# --- how long -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "months"), [*SCHEDULES.items(), ("", None), ("１２个月", 12), ("三年期", 36),
    ("一个半月", 2), ("3 年，质保期每一年检查", 36), ("8 月交样", None), ("2026 年 8 月前", None), ("第一年", 12),
    ("24 个月（含户外暴晒），第 10 个月完成", 24), ("2 个月备货，4 个月运行", 4), ("二十四个月", 24), ("第2年", 24)])  # fmt: skip
def test_the_largest_length_in_a_schedule(text: str, months: int | None) -> None:
    assert months_in(text) == months


@pytest.mark.parametrize("day", ["2024-01-31", "2024-02-29", "2025-12-31", "2026-06-15"])
@pytest.mark.parametrize("months", [1, 2, 11, 12, 13, 25])
def test_months_after_a_day(day: str, months: int) -> None:
    assert after_months(day, months) == _later(day, months)


def test_the_made_up_catalogue_is_no_trivial_one() -> None:
    """Each report has something to say somewhere, and the round's day counts where a demand sets none."""
    w = world("1")
    for name in ("progress", "unanswered", "support", "feedback", "acceptance", "years"):
        assert any(w.rows(name, round_, None) for round_ in ROUNDS), name
    assert yaml.safe_dump(w.rounds)  # the rounds were read
    assert any("apply_by" not in d["dates"] for d in w.demands)


@pytest.mark.parametrize("name", ["progress", "winners", "summary"])
def test_an_empty_round_is_reported_too(name: str, tmp_path: Path) -> None:
    import shutil

    target = tmp_path / "catalogue"
    shutil.copytree(FIXTURES / "base", target)
    for kind in ("demands", "applications", "enterprises"):
        for file in target.glob(f"2024/*/{kind}/*.yml"):
            file.unlink()
    report: Any = made(REPORTS[name], Scope.of(load(target)[0], "2024", None, "2024-07-06"))
    assert report.title.startswith("示例市2024年度")
