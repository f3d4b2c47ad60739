"""工信部联企业〔2011〕300号: at the bounds, with figures missing, for split and uncovered divisions; and how it is explained."""

from __future__ import annotations

import itertools
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.files import RecordFile
from jiebang.rules.judgement import judge
from jiebang.rules.size_reasons import Explanation, explained, explanation_of
from jiebang.rules.sizes import TIERS, Number, SizeRange, is_surely_large, size_in_group, size_of
from jiebang.schemas import divisions, size_groups
from tests import plain_yaml
from tests.conftest import FIXTURES, ROOT
from tests.rules.records import record


def _figures(**known: int) -> dict[str, int | None]:
    return {"employees": None, "revenue": None, "assets": None, **known}


@pytest.mark.parametrize(
    ("code", "figures", "size"),
    [
        ("38", {"employees": 1000, "revenue": 40000}, "大型"),
        ("38", {"employees": 999, "revenue": 40000}, "中型"),
        ("38", {"employees": 1000, "revenue": 39999}, "中型"),
        ("38", {"employees": 300, "revenue": 2000}, "中型"),
        ("38", {"employees": 299, "revenue": 2000}, "小型"),
        ("38", {"employees": 20, "revenue": 300}, "小型"),
        ("38", {"employees": 19, "revenue": 40000}, "微型"),
        ("01", {"revenue": 20000}, "大型"),
        ("65", {"employees": 300, "revenue": 10000}, "大型"),
        ("65", {"employees": 5000, "revenue": 49}, "微型"),
        ("47", {"revenue": 80000, "assets": 79999}, "中型"),
        ("72", {"employees": 300, "assets": 120000}, "大型"),
        ("73", {"employees": 100}, "中型"),
    ],
)
def test_the_lowest_tier_counts(code: str, figures: dict[str, int], size: str) -> None:
    found = size_of(code, None, _figures(**figures))
    assert found is not None
    assert found.decided and found.reason == ""
    assert TIERS[found.highest] == size


def test_every_bound_of_every_group_counts_as_above() -> None:
    for group in size_groups().values():
        for index, tier in enumerate(("small", "medium", "large"), 1):
            at = {name: bounds[tier] for name, bounds in group.lower_bounds.items()}
            below = {name: bounds[tier] - 1 for name, bounds in group.lower_bounds.items()}
            assert size_in_group(group, at).highest == index
            assert size_in_group(group, below).highest == index - 1


def test_without_assets_a_low_figure_still_proves_an_sme() -> None:
    found = size_of("47", None, _figures(revenue=79999))
    assert found is not None
    assert not found.decided
    assert TIERS[found.highest] == "中型"


def test_without_assets_a_high_figure_decides_nothing() -> None:
    found = size_of("47", None, _figures(revenue=80000))
    assert found is not None
    assert (found.lowest, found.highest) == (0, 3)
    assert "资产总额" in found.reason


@pytest.mark.parametrize(("group", "size"), [("591", "中型"), ("594", "大型")])
def test_division_59_is_split(group: str, size: str) -> None:
    found = size_of("59", group, _figures(employees=500, revenue=40000))
    assert found is not None
    assert TIERS[found.highest] == size


def test_a_split_division_without_its_group_is_decided_only_where_both_agree() -> None:
    assert size_of("59", None, _figures(employees=10, revenue=50)) is not None
    agreed = size_of("59", None, _figures(employees=10, revenue=50))
    open_ = size_of("59", None, _figures(employees=500, revenue=40000))
    assert agreed is not None and agreed.decided
    assert open_ is not None and not open_.decided


def test_701_704_and_709_differ() -> None:
    big = _figures(employees=400, revenue=300000, assets=20000)
    assert size_of("70", "704", big) is None
    other, developer = size_of("70", "709", big), size_of("70", "701", big)
    assert other is not None and TIERS[other.highest] == "大型"
    assert developer is not None and TIERS[developer.highest] == "大型"


def test_fourteen_divisions_are_not_covered() -> None:
    uncovered = {code for code, d in divisions().items() if set(d.size_groups.values()) == {None}}
    assert uncovered == {"53", "66", "67", "68", "69", "83", "84", "91", "92", "93", "94", "95", "96", "97"}


_CASES = plain_yaml.values((FIXTURES / "size-cases.yml").read_text(encoding="utf-8"))
_NAMES = ("employees", "revenue", "assets")


def _tables() -> tuple[dict[str, Any], dict[str, Any]]:
    """(size group by division, bounds by group) as the code lists' files have them, read without the program."""
    folder = ROOT / "schemas" / "codelists"
    industries = json.loads((folder / "gbt4754-2017.json").read_text(encoding="utf-8"))["$defs"]["division"]["oneOf"]
    groups = json.loads((folder / "size-2011-300.json").read_text(encoding="utf-8"))["x-size-groups"]
    return {d["const"]: d["x-size-group"] for d in industries}, {g["id"]: g["lower_bounds"] for g in groups}


def _meant(case: dict[str, Any]) -> set[str | None]:
    """The groups of the standard that a case may belong to; None where the standard covers it not."""
    named = _tables()[0][case["code"]]
    if not isinstance(named, dict):
        return {named}
    spans = [(*span.partition("-")[::2], group) for span, group in named.items()]
    given = case.get("group")
    return {group for first, last, group in spans if given is None or first <= given <= (last or first)}


def _expected(case: dict[str, Any]) -> str:
    """The size by the words of the standard, trying every value that a lacking figure may have, and every group that may be meant."""
    bounds = _tables()[1]
    possible: set[int] = set()
    for group in _meant(case):
        if group is None:
            return "不能判定"
        names = list(bounds[group])
        tries = [[case[name]] if name in case else [0, *bounds[group][name].values()] for name in names]
        for figures in itertools.product(*tries):
            possible.add(
                max(
                    number
                    for number, tier in enumerate((None, "small", "medium", "large"))
                    if tier is None
                    or all(figure >= bounds[group][name][tier] for figure, name in zip(figures, names, strict=True))
                )
            )
    if len(possible) == 1:
        return TIERS[possible.pop()]
    return "不能判定" if 3 in possible else f"{TIERS[max(possible)]}或更小"


def _shown(explanation: Explanation) -> str:
    return re.split("[：，]", explanation.conclusion)[0]


@pytest.mark.parametrize("case", _CASES, ids=lambda case: "-".join(str(v) for v in case.values()))
def test_a_case_is_explained_with_its_size(case: dict[str, Any]) -> None:
    figures = {name: case.get(name) for name in _NAMES}
    explanation = explained(case["code"], case.get("group"), figures)
    assert _shown(explanation) == case["size"] == _expected(case)
    assert explanation.is_sme == {"不能判定": None, "大型": False}.get(case["size"], True)


def test_the_cases_hold_every_bound_of_every_group_and_its_neighbours() -> None:
    _, bounds = _tables()
    assert len(_CASES) >= 120
    asked: dict[str, dict[str, set[int]]] = {group: {name: set() for name in bounds[group]} for group in bounds}
    for case in _CASES:
        if len(meant := _meant(case)) == 1 and (group := meant.pop()) is not None:
            for name in asked[group].keys() & case.keys():
                asked[group][name].add(case[name])
    for group, indicators in bounds.items():
        for name, row in indicators.items():
            assert {bound + step for bound in row.values() for step in (-1, 0, 1)} <= asked[group][name], (group, name)


def test_an_explanation_shows_each_figure_with_its_bound() -> None:
    figures: dict[str, Number | None] = {"employees": 280, "revenue": Decimal("40000.5"), "assets": None}
    explanation = explained("38", None, figures)
    assert explanation.lines() == ["工业：从业人员 280 人 < 300 → 小型；营业收入 40000.5 万元 ≥ 40000 → 大型"]
    assert explanation.conclusion == "小型：取最低的一档（从业人员），属于中小企业。"
    lacking = explained("47", None, {"employees": None, "revenue": 90000, "assets": None})
    assert lacking.lines() == ["建筑业：营业收入 90000 万元 ≥ 80000 → 大型；资产总额 没有填写"]
    assert lacking.conclusion == "不能判定：缺少资产总额。"
    split = explained("59", None, {"employees": 500, "revenue": 40000, "assets": None})
    assert [line.partition("：")[0] for line in split.lines()] == ["交通运输业", "仓储业"]
    assert split.conclusion == "不能判定：该大类按中类划型，缺少三位数的中类代码。"


def test_the_check_names_the_indicator_that_decides_and_no_figure(base: Path) -> None:
    path = base / "2024/qiaokou/enterprises/e-ccccccc3.yml"
    text = path.read_text(encoding="utf-8").replace("employees: 120\nrevenue: 5600\n", "employees: 17\nrevenue: 5611\n")
    path.write_text(text, encoding="utf-8")
    (found,) = [p for p in judge(base)[1] if p.code == "R333"]
    assert found.message == "按数据计算应为微型（最低的一项：从业人员）。"
    assert not re.search("17|5611", found.message + found.hint)


def test_a_group_that_the_division_does_not_have_is_none() -> None:
    figures = _figures(employees=500, revenue=40000)
    assert size_of("59", "701", figures) == size_of("59", None, figures)


def test_where_a_group_may_be_uncovered_nothing_is_decided() -> None:
    assert size_of("70", None, _figures(employees=1, revenue=1, assets=1)) == SizeRange(
        0, 3, "该大类按中类划型，缺少三位数的中类代码"
    )


def test_a_size_that_is_decided_has_no_reason_against_it() -> None:
    for group in size_groups().values():
        found = size_in_group(group, {name: bounds["small"] for name, bounds in group.lower_bounds.items()})
        assert found == SizeRange(1, 1)
        assert found.reason == ""


def test_what_decides_is_named_where_there_is_a_choice_only() -> None:
    assert explained("53", None, _figures(employees=1)).decisive == ()
    assert explained("47", None, _figures(revenue=79999)).decisive == ()
    assert explained("47", None, _figures(revenue=79999, assets=80000)).decisive == ("营业收入",)
    alone = explained("01", None, _figures(revenue=20000))
    assert alone.decisive == ()
    assert alone.conclusion == "大型：只有一项指标，不能揭榜。"
    lacking = explained("47", None, _figures(revenue=79999)).steps[1]
    assert (lacking.figure, lacking.bound, lacking.tier) == ("", "", None)


@pytest.mark.parametrize(
    ("industry", "lines"),
    [
        ("code: 38", ["工业：从业人员 120 人 < 300 → 小型；营业收入 5600 万元 < 40000 → 中型"]),
        ("code: 47", ["建筑业：营业收入 5600 万元 < 6000 → 小型；资产总额 777 万元 < 5000 → 小型"]),
        ("code: 59\n  group: 591", ["交通运输业：从业人员 120 人 < 300 → 小型；营业收入 5600 万元 < 30000 → 中型"]),
        ("name: 其他", []),
    ],
)
def test_an_enterprise_is_explained_by_its_own_figures(base: Path, industry: str, lines: list[str]) -> None:
    path = base / "2024/qiaokou/enterprises/e-ccccccc3.yml"
    text = re.sub(
        r"(?m)^industry:\n(?:  .*\n)*",
        f"industry:\n  {industry}\ntotal_assets: 777\n",
        path.read_text(encoding="utf-8"),
    )
    record = read_record(
        RecordFile("enterprise", "2024/qiaokou/enterprises/e-ccccccc3.yml", "2024", "qiaokou"), text.encode()
    ).record
    assert record is not None
    explanation = explanation_of(record)
    assert explanation.lines() == lines
    if not lines:
        assert explanation.conclusion == "不能判定：没有可用的行业代码。"


def test_that_an_enterprise_is_surely_large_is_what_its_explanation_says() -> None:
    bounds = [bounds for group in size_groups().values() for bounds in group.lower_bounds.values()]
    numbers = (None, 0, *sorted({one["large"] + step for one in bounds for step in (-1, 0)}))
    large = 0
    for division in divisions().values():
        groups = [None, *filter(None, division.size_groups)]
        for group, employees, revenue, assets in itertools.product(
            groups, numbers[::3], numbers[::2], (None, 0, 10**9)
        ):
            figures = {"employees": employees, "revenue": revenue, "total_assets": assets}
            industry = {"code": division.code, **({"group": group} if group else {})}
            one = record("E-AAAAAAA1", industry=industry, **figures)
            assert is_surely_large(one) == (explanation_of(one).is_sme is False), (industry, figures)
            large += is_surely_large(one)
    assert large
    assert not is_surely_large(record("E-AAAAAAA1", employees=10**6))
