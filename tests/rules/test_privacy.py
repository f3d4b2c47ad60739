"""What is typed into public texts: every disguise is found before it is pushed, a reviewer clears what may be cleared, nothing is quoted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue import Catalogue, Record, load
from jiebang.detection import Rule
from jiebang.problems import Problem
from jiebang.problems.github import annotation, summary
from jiebang.problems.machine import to_json, to_sarif
from jiebang.rules import RULES, documented
from jiebang.rules.privacy import names_a_hidden_one, secrets_in
from jiebang.rules.registry import Report
from jiebang.rules.secret_index import secret_index
from jiebang.rules.secrets import KnownNeedles, said_in_public
from tests.detection.names import DEMAND, EFFECT, give_names, listed, type_in
from tests.judging import judge
from tests.rules.records import catalogue, districts, record

NAMES = listed("disguised-names.yml")
CONTACTS = listed("disguised-contacts.yml")


def found(base: Path) -> list[Problem]:
    return [p for p in judge(base)[1] if p.code not in {"R421"}]


@pytest.mark.parametrize("entry", NAMES, ids=lambda entry: entry["how"])
def test_a_disguised_name_is_found_where_it_is_typed(base: Path, entry: dict[str, str]) -> None:
    give_names(base)
    type_in(base, entry["text"])
    problems = found(base)
    # What cannot be seen is refused by the reader already.
    assert {p.code for p in problems} & {"R401", "Y103"}
    assert_silent(problems, entry["text"])


@pytest.mark.parametrize("entry", CONTACTS, ids=lambda entry: entry["how"])
def test_disguised_contact_data_is_found_where_it_is_typed(base: Path, entry: dict[str, str]) -> None:
    type_in(base, entry["text"])
    problems = found(base)
    assert {p.code for p in problems} & {"R402", "Y103"}
    assert_silent(problems, entry["text"])


def assert_silent(problems: list[Problem], typed: str) -> None:
    """No reporter prints what was typed."""
    titles = {f.code: (f.title, f.remedy) for f in documented()}
    reports = [
        *map(annotation, problems), summary(problems, 1), to_json(problems, 1), to_sarif(problems, titles, "0"), *map(repr, problems),
    ]  # fmt: skip
    for report in reports:
        assert typed not in report
        for private in ("示例重工", "示例重装", "示例机器", "示例鼎", "slzg", "91000000000010014"):
            assert private not in report


def _clear(base: Path, code: str, field: str) -> None:
    file = base / DEMAND
    note = (
        f"clearances:\n  - code: {code}\n    field: {field}\n    reviewer: 示例审丙\n"
        "    date: 2024-07-11\n    reason: 是通用的工艺名称。\nstatus: published"
    )
    file.write_text(file.read_text(encoding="utf-8").replace("status: published", note), encoding="utf-8")


def _codes(base: Path) -> set[str]:
    return {p.code for p in found(base)}


@pytest.mark.parametrize(
    ("code", "text"),
    [("R403", "请与张工联系"), ("R405", "SLZG 牌号"), ("R405", "简称 E H I G 的"), ("R407", "我司位于示例市")],
)
def test_a_reviewer_clears_a_finding_of_one_field(base: Path, code: str, text: str) -> None:
    give_names(base)
    type_in(base, text)
    if code in _codes(base):
        _clear(base, code, "summary")
        assert code in _codes(base)
    else:
        pytest.fail("the text gives no finding to clear")
    file = base / DEMAND
    file.write_text(file.read_text(encoding="utf-8").replace("field: summary", "field: effect"), encoding="utf-8")
    assert _codes(base) == set()


@pytest.mark.parametrize(("code", "text"), [("R401", "示例重工"), ("R402", "致电 10000001234"), ("R404", "机密★")])
def test_what_no_reviewer_may_clear_stays(base: Path, code: str, text: str) -> None:
    type_in(base, text)
    _clear(base, "R403", "effect")
    assert code in _codes(base)
    file = base / DEMAND
    file.write_text(file.read_text(encoding="utf-8").replace("code: R403", f"code: {code}"), encoding="utf-8")
    assert {code, "S208"} <= _codes(base)


@pytest.mark.parametrize("missing", ["reviewer: 示例审丙", "reason: 是通用的工艺名称。"])
def test_a_clearance_without_name_or_reason_clears_nothing(base: Path, missing: str) -> None:
    give_names(base)
    type_in(base, "SLZG 牌号")
    _clear(base, "R405", "effect")
    file = base / DEMAND
    file.write_text(file.read_text(encoding="utf-8").replace(f"    {missing}\n", ""), encoding="utf-8")
    assert {"R405", "S202"} <= _codes(base)


def test_the_bureaus_own_telephone_may_stand_in_a_notice(base: Path) -> None:
    file = base / "2024/round.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "introduction: 咨询电话 000-00000001，邮箱 qiaokou@example.org。\n", encoding="utf-8")
    assert _codes(base) == set()
    file.write_text(text + "introduction: 咨询电话 000-00000009。\n", encoding="utf-8")
    assert _codes(base) == {"R402"}


def test_the_line_inside_a_text_is_named(base: Path) -> None:
    file = base / DEMAND
    old = file.read_text(encoding="utf-8")
    file.write_text(
        old.replace("  阻燃等级：V-0（0.8 mm）", "  阻燃等级：V-0\n\n  按示例\n  重工标准\n"), encoding="utf-8"
    )
    problem: Any = next(p for p in found(base) if p.code == "R401")
    lines = file.read_text(encoding="utf-8").split("\n")
    assert lines[problem.line - 1][problem.column - 1 :] == "按示例"


def test_a_folded_text_is_named_by_its_field(base: Path) -> None:
    file = base / DEMAND
    old = file.read_text(encoding="utf-8")
    file.write_text(old.replace(EFFECT, "effect: >\n  适配\n  示例重工"), encoding="utf-8")
    problem = next(p for p in found(base) if p.code == "R401")
    assert file.read_text(encoding="utf-8").split("\n")[problem.line - 1].startswith("effect:")


@pytest.mark.parametrize(("text", "is_one"), [("牌号 ASLZGB", False), ("牌号 SLZG", True)])
def test_a_short_name_is_one_as_a_word_only_and_is_told_by_its_field(base: Path, text: str, is_one: bool) -> None:
    give_names(base)
    type_in(base, text)
    told = [p.message for p in found(base) if p.code == "R405"]
    assert bool(told) is is_one
    assert all(re.fullmatch("含有与发榜企业“企业[^“”]+”的拼音首字母相同的词。", message) for message in told), told


@pytest.mark.parametrize(
    ("text", "said"),
    [("请与张工联系", "像是对个人的称呼（姓加职务）。"), ("联系人见附件", "写了联系人或联系方式一类的字样。")],
)
def test_what_points_to_a_person_is_told_by_its_kind(base: Path, text: str, said: str) -> None:
    type_in(base, text)
    assert {p.message for p in found(base) if p.code == "R403"} == {said}


@pytest.mark.parametrize("note", ["- x", "- code: R403", "- field: 5", "- field: titel"])
def test_a_clearance_that_means_nothing_stops_no_rule(base: Path, note: str) -> None:
    file = base / DEMAND
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("status: published", f"clearances:\n  {note}\nstatus: published"), encoding="utf-8")
    type_in(base, "请与张工联系")
    assert "R403" in _codes(base)
    assert ("R406" in _codes(base)) is (note == "- field: titel")


@pytest.mark.parametrize("named", ["识栗重工", "SLZG"])
def test_what_may_be_a_name_is_told_at_its_line(base: Path, named: str) -> None:
    give_names(base)
    file = base / DEMAND
    old = file.read_text(encoding="utf-8")
    file.write_text(
        old.replace("  阻燃等级：V-0（0.8 mm）", f"  阻燃等级：V-0\n  按 {named} 标准\n  另议"), encoding="utf-8"
    )
    (problem,) = [p for p in found(base) if p.code == "R405"]
    assert named in file.read_text(encoding="utf-8").split("\n")[problem.line - 1]


def test_a_name_outside_the_records_is_found(base: Path) -> None:
    catalogue = load(base)[0]
    index = secret_index(catalogue)
    for text, is_found in (("示例重工（武汉）", True), ("电池外壳用阻燃改性材料", False), ("02712345670", False)):
        assert names_a_hidden_one(text, catalogue, index) is is_found


def test_what_a_demand_says_itself_is_no_secret_of_its_applications(base: Path) -> None:
    demand = load(base)[0].find("demand", "D-AAAAAAA1")

    def said(*needles: tuple[str, Rule]) -> set[str]:
        return said_in_public(needles, demand)

    # A code counts where it is all there is; a word where it stands as one.
    assert said(("q2oool", Rule.CODE)) == {"q2oool"}
    assert said(("ooo", Rule.CODE), ("25", Rule.NUMBER)) == {"25"}
    assert said(("kg", Rule.WORD), ("电池", Rule.ANYWHERE)) == {"kg", "电池"}
    assert said(("绝不会有", Rule.ANYWHERE)) == set()
    assert said(("kg", Rule.CODE), ("kg", Rule.ANYWHERE)) == {"kg"} == said(("kg", Rule.ANYWHERE), ("kg", Rule.CODE))
    assert said_in_public([("kg", Rule.WORD)], None) == set()


# --- of records in memory ------------------------------------------------------------------------------------------------------------------------

HIDDEN = record(
    "E-AAAAAAA1",
    name="样本重工有限公司",
    credit_code="91000000000010014Q",
    disclosure="不公开",
    contact={"name": "甄示范", "phone": "02712345670", "mobile": "13800001234"},
    fax="0000-0000001",
)
OPENLY = record("E-AAAAAAA2", name="样本光电有限公司", disclosure="公开")


def _told(made: Catalogue, *codes: str) -> list[tuple[str, str]]:
    """(code, name of the field) of what these rules find in a catalogue, and each alone finds in each record."""
    whole = [problem for code in codes for problem in RULES[code].check(made, Report(RULES[code].finding))]
    if set(codes) == {"R401", "R408"}:
        private, owners = KnownNeedles(), frozenset(one.path for one in made.records())
        alone = [found for one in made.records() for found in secrets_in(one, made, owners, private)]
        assert sorted(map(repr, alone)) == sorted(map(repr, whole))
    return [(problem.code, problem.field) for problem in whole]


def _demand(enterprise: str = "E-AAAAAAA1", **texts: str) -> Record:
    return record("D-AAAAAAA1", enterprise=enterprise, **texts)


def test_names_and_other_private_values_are_told_each_where_it_stands() -> None:
    made = catalogue(
        HIDDEN, _demand(title="样本重工的材料", summary="由甄示范提出", effect="样本重工", schedule="问甄示范")
    )
    assert _told(made, "R401", "R408") == [
        ("R401", "需求名称"), ("R401", "需达到的效果"), ("R408", "需求内容"), ("R408", "时间要求"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("enterprise", "text", "said"),
    [
        ("E-AAAAAAA1", "91000000000010014Q", "含有本项需求发榜企业的“统一社会信用代码”的一种写法。"),
        ("E-AAAAAAA2", "91000000000010014Q", "含有一家不公开名称的企业的“统一社会信用代码”的一种写法。"),
        ("E-AAAAAAA9", "91000000000010014Q", "含有一家不公开名称的企业的“统一社会信用代码”的一种写法。"),
        ("E-AAAAAAA1", "yangbenzhonggong", "含有本项需求发榜企业的“企业名称”的一种写法（拼音）。"),
        ("E-AAAAAAA1", "工重本样", "含有本项需求发榜企业的“企业名称”的一种写法（倒写）。"),
    ],
)
def test_a_name_is_told_by_whose_it_is_and_how_it_is_written(enterprise: str, text: str, said: str) -> None:
    made = catalogue(HIDDEN, OPENLY, _demand(enterprise, title=text))
    (problem,) = RULES["R401"].check(made, Report(RULES["R401"].finding))
    assert problem.message == said


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"summary": "致电 027-12345670"}, [("R402", "需求内容")]),
        ({"summary": "甄示范，13900005678"}, [("R402", "需求内容"), ("R408", "需求内容")]),
        ({"summary": "型号 0000001 的外壳"}, [("R408", "需求内容")]),
        (
            {"effect": "拨 138 0000", "schedule": "1234，或 13900005678"},
            [("R402", "时间要求"), ("R408", "时间要求")],
        ),
    ],
)
def test_what_is_told_by_its_shape_is_told_once_and_all_else_is_told_too(
    texts: dict[str, str], told: list[tuple[str, str]]
) -> None:
    assert _told(catalogue(HIDDEN, _demand(**texts)), "R402", "R401", "R408") == told


def test_a_bureaus_own_contact_that_is_private_elsewhere_is_told() -> None:
    bureau = districts(city={"name": "示例市", "contact": {"phone": "027-12345670"}})
    assert _told(catalogue(bureau, HIDDEN), "R402", "R401", "R408") == [("R408", "城市·公开联系方式·公开电话")]


def test_short_names_of_the_hidden_alone_are_asked_about_and_once() -> None:
    texts = {"title": "样本重工的 YBZG 牌号", "summary": "要 YBZG 牌号", "effect": "要别的"}
    of_nobody, of_open = (
        _demand("E-AAAAAAA9", title="YBGD"),
        record("D-AAAAAAA2", enterprise="E-AAAAAAA2", title="YBGD 牌号"),
    )
    own = record("D-AAAAAAA3", enterprise="E-AAAAAAA1", **texts)
    assert _told(catalogue(HIDDEN, OPENLY, of_nobody, of_open, own), "R405") == [("R405", "需求内容")]


def test_an_original_text_that_is_none_is_not_looked_through() -> None:
    made = catalogue(
        _demand(), record("D-AAAAAAA2", original_text=["机密★"]), record("D-AAAAAAA3", original_text="机密★")
    )
    assert _told(made, "R404") == [("R404", "企业原文")]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("R401", "按样本重工标准"),
        ("R402", "致电 13900005678"),
        ("R403", "请与张工联系"),
        ("R404", "机密★"),
        ("R405", "按样某重工标准"),
        ("R405", "按 YBZG 标准"),
        ("R408", "由甄示范提出"),
    ],
)
def test_each_finding_is_told_at_its_line(code: str, text: str) -> None:
    source = f"id: D-AAAAAAA1\nparameters: |\n  熔指 25\n  {text}\n  另议\n"
    made = catalogue(HIDDEN, _demand(parameters=f"熔指 25\n{text}\n另议\n", source=source))
    assert [problem.line for problem in RULES[code].check(made, Report(RULES[code].finding))] == [4]


@pytest.mark.parametrize(
    ("code", "above", "below", "said"),
    [
        ("R401", "示例样本重", "工业外壳", "含有本项需求发榜企业的“企业名称”的一种写法（简写）。"),
        ("R402", "拨 139 0000", "5678 外壳", "像是手机号码。"),
        ("R404", "机", "密★", "有密级标志，或“内部资料”“不得外传”一类的字样。"),
        ("R408", "问甄示", "范的外壳", "与一份记录里不公开的“联系人”相同。"),
    ],
)
def test_what_is_cut_up_between_two_fields_is_told_with_both(code: str, above: str, below: str, said: str) -> None:
    made = catalogue(HIDDEN, _demand(title="外壳", effect=above, schedule=below))
    (problem,) = RULES[code].check(made, Report(RULES[code].finding))
    assert problem.field == "时间要求"
    assert problem.message == f"与“需达到的效果”连起来读，{said}"


def test_what_a_bureau_says_of_itself_is_no_contact_data_where_it_is_read_together() -> None:
    bureau = districts(city={"name": "示例市", "contact": {"office": "楼号 139 0000", "hours": "5678 工作日"}})
    assert _told(catalogue(bureau), "R402") == []
    named = districts(city={"name": "示例市样本重", "bureau": "工业局"})
    assert _told(catalogue(named, HIDDEN), "R401", "R408") == [("R401", "城市·市级主管部门")]


def test_a_clearance_of_a_field_within_a_group_means_something() -> None:
    notes = [{"code": "R403", "field": "cooperation.note"}, {"code": "R403", "field": "cooperation"}]
    (problem,) = RULES["R406"].check(
        catalogue(_demand(), record("D-AAAAAAA2", clearances=notes)), Report(RULES["R406"].finding)
    )
    assert problem.path.endswith("d-aaaaaaa2.yml") and problem.field == "公开文字复核（第 2 条）·所在项目"
