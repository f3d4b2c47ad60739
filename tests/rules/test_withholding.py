"""What gives a hidden enterprise away beside its name: too few like it, a name in another round, gaps and rows of codes."""

from __future__ import annotations

from typing import Any

import pytest

from jiebang.problems import Problem
from jiebang.publication import publish
from jiebang.rules.anonymity_sets import AnonymitySets
from jiebang.rules.registry import check_rules
from jiebang.schemas import field_at, withholdings
from tests.publication.cities import Town

NAMED = {"disclosure": "公开"}


def _found(town: Town, code: str) -> list[Problem]:
    return [problem for problem in check_rules(town.catalogue) if problem.code == code]


def _town(*others: dict[str, Any], **mine: Any) -> Town:
    """A hidden enterprise with a demand on the site, and others."""
    town = Town(r2023={}, r2024={}, r2025={})
    town.demand(town.enterprise(1, **mine), "Q-0001")
    for number, changes in enumerate(others, 2):
        town.enterprise(**({"owner": number} | changes))
    return town


def _said(town: Town) -> str:
    """What R411 says of the first enterprise; empty where it says nothing."""
    first = town.catalogue.enterprises[0]
    return "".join(p.message for p in _found(town, "R411") if p.path == first.path)


@pytest.mark.parametrize(
    ("others", "count"),
    [
        ([{}], 2),
        ([{}, {}], None),
        ([{"owner": 1}, {"owner": 1}], 1),
        ([{"owner": 1, "credit_code": "９１000000 000000001x"}, {}], 2),
        ([{"nature": "合资"}, {}], 2),
        ([{"district": "zone"}, {}], 2),
        ([{"division": "26"}, {}], None),
        ([{"division": "01"}, {}], 2),
        ([{"withhold": ["district"]}, {}], 2),
        ([{"withhold": ["nature"]}, {}], 2),
        ([{"withhold": ["industry"]}, {}], 2),
        ([NAMED, {}], 2),
        ([{"round_": "2025"}, {}], 2),
        ([{"role": "中小企业"}, {}], 2),
    ],
)  # fmt: skip
def test_only_hidden_enterprises_that_look_the_same_are_counted(
    others: list[dict[str, Any]], count: int | None
) -> None:
    town = _town(*others)
    said = _said(town)
    assert ("所在区、企业性质、行业门类都相同" in said) is (count is not None)
    assert (f"本轮只有 {count} 家" in said) is (count is not None), said


def test_what_an_enterprise_withholds_is_no_part_of_what_is_compared() -> None:
    assert "所在区、企业性质、行业门类都相同" in _said(_town({"district": "zone"}, {"district": "zone"}))
    assert _said(_town({"district": "zone"}, {"district": "zone"}, withhold=["district"])) == ""
    assert "企业性质、行业门类都相同" in _said(_town({"nature": "外资"}, {}, withhold=["district"]))
    assert "所在区、性质、行业都不显示" in _said(_town(withhold=["district", "industry", "nature"]))


def test_the_division_is_compared_where_it_is_told() -> None:
    """Three of one division and three of others: what is told of the first is its division."""
    town = _town({}, {}, {"division": "26"}, {"division": "27"}, {"division": "28"})
    anonymity_sets = AnonymitySets(town.catalogue)
    first, *_, last = town.catalogue.enterprises
    assert (anonymity_sets.told(first).division, anonymity_sets.lost_among(first)) == ("38", 3)
    assert (anonymity_sets.told(last).division, anonymity_sets.lost_among(last)) == (None, 3)


def test_nobody_is_left_over_by_the_division_of_others() -> None:
    """Were the division told of three, everybody would know that the fourth is of another."""
    town = _town({}, {}, {"division": "26"})
    anonymity_sets = AnonymitySets(town.catalogue)
    assert {anonymity_sets.told(record).division for record in town.catalogue.enterprises} == {None}
    assert {anonymity_sets.lost_among(record) for record in town.catalogue.enterprises} == {4}


def test_a_nature_that_only_one_has_takes_its_division_away() -> None:
    town = _town({"nature": "合资"}, {"nature": "合资"})
    assert {AnonymitySets(town.catalogue).told(record).division for record in town.catalogue.enterprises} == {None}


def test_the_count_of_all_rounds_is_told_beside_that_of_the_round() -> None:
    said = _said(_town({"round_": "2025"}, {"round_": "2025"}, {"round_": "2023", "owner": 2}))
    assert "本轮只有 1 家" in said
    assert "各轮连同公开名称的合计 3 家" in said


@pytest.mark.parametrize("elsewhere", ["2023", "2025"])
def test_a_name_shown_in_another_round_is_told(elsewhere: str) -> None:
    """Three hidden ones look alike, so the round alone says nothing; but only one of them was ever named."""
    same = {"owner": 1, "round_": elsewhere, **NAMED}
    said = _said(_town({}, {}, same))
    assert "在别的轮次公开了名称" in said
    assert "只有 1 家" in said
    assert "就是它自己" in said
    assert _said(_town({}, {}, {**same, "nature": "外资"})) == "", "another nature: it does not fit"
    assert "只有 2 家" in _said(_town({}, {}, same, {"round_": elsewhere, **NAMED}))
    crowd = [{"round_": elsewhere, **NAMED}] * 2
    assert _said(_town({}, {}, same, *crowd)) == ""
    # The two others are named in this round too, so they are no candidates for the hidden demand.
    here = [{"owner": 5, **NAMED}, {"owner": 6, **NAMED}]
    assert "只有 1 家" in _said(_town({}, {}, same, *crowd, *here))


def test_who_withheld_its_district_is_still_known_by_its_name() -> None:
    same = {"owner": 1, "round_": "2023", **NAMED, "withhold": ["district"]}
    assert "就是它自己" in _said(_town({}, {}, same))


def test_an_answer_counts_only_if_it_came_after_the_name() -> None:
    same = {"owner": 1, "round_": "2025", **NAMED}
    consulted = {"date": "2024-07-09", "answer": "同意显示"}
    assert _said(_town(withholding_consulted=consulted)) == ""
    assert "在别的轮次公开了名称" in _said(_town(same, withholding_consulted=consulted))
    assert _said(_town(same, withholding_consulted=consulted | {"date": "2025-08-01"})) == ""


def test_a_demand_that_is_hidden_whole_gives_no_hint_but_its_gap_does() -> None:
    town = Town(r2024={"hide": "整项需求"})
    town.demand(town.enterprise(1, **NAMED), "Q-0001")
    town.demand(town.enterprise(2), "Q-0002")
    assert _found(town, "R411") == []
    assert _found(town, "R413") == [], "the last one leaves no gap"
    town.demand(town.catalogue.enterprises[0], "Q-0003")
    (gap,) = _found(town, "R413")
    assert (gap.path, gap.message) == ("2024/round.yml", "代码有空缺，可以看出有整项不公开的需求。")
    town.catalogue.rounds["2024"].value["hide"] = "企业名称"
    assert _found(town, "R413") == []
    assert len(_found(town, "R411")) == 1


@pytest.mark.parametrize(("code", "gap"), [("Q-0001", True), ("Q-0009", False), ("X-0001", False), ("甲", False)])
def test_a_gap_is_one_in_a_series_that_readers_see(code: str, gap: bool) -> None:
    town = Town(r2024={"hide": "整项需求"})
    town.demand(town.enterprise(1, **NAMED), "Q-0002")
    town.demand(town.enterprise(2), code)
    assert bool(_found(town, "R413")) is gap


@pytest.mark.parametrize(
    ("codes", "days", "owners", "told"),
    [
        (("Q-0007", "Q-0008"), ("2024-08-20", "2024-08-20"), (1, 1), True),
        (("Q-0009", "Q-0010"), ("2024-08-20", "2024-08-20"), (1, 1), True),
        (("Q-0007", "Q-0009"), ("2024-08-20", "2024-08-20"), (1, 1), False),
        (("Q-0007", "R-0008"), ("2024-08-20", "2024-08-20"), (1, 1), False),
        (("Q-0007", "Q-0008"), ("2024-08-20", "2024-08-21"), (1, 1), False),
        (("Q-0007", "Q-0008"), ("2024-08-20", "2024-08-20"), (1, 2), False),
    ],
)
def test_hidden_twins_in_a_row_are_told_to_staff(
    codes: tuple[str, str], days: tuple[str, str], owners: tuple[int, int], told: bool
) -> None:
    town = Town()
    enterprises = {owner: town.enterprise(owner) for owner in sorted(set(owners))}
    for code, day, owner in zip(codes, days, owners, strict=True):
        town.demand(enterprises[owner], code, published=day)
    assert [p.message for p in _found(town, "R414")] == (
        ["同一企业的几项不公开需求代码相邻、日期和属性相同，可能被看出出自同一企业。"] if told else []
    )
    for record in enterprises.values():
        record.value["withholding_consulted"] = {"date": "2024-07-09", "answer": "同意显示"}
    assert _found(town, "R414") == []


def test_the_enterprises_that_are_named_have_no_twins_to_hide() -> None:
    town = Town()
    mine = town.enterprise(1, **NAMED)
    town.demand(mine, "Q-0007")
    town.demand(mine, "Q-0008")
    assert _found(town, "R414") == []


def test_the_words_for_staff_name_all_that_is_withheld_too() -> None:
    words = {"enterprise.industry.name": "行业大类"}
    for one in withholdings():
        for path in one.also:
            kind, _, name = path.partition(".")
            field = field_at(kind, name)
            assert field is not None
            assert words.get(path, field.title) in one.description


@pytest.mark.parametrize("asked", [one.value for one in withholdings()])
def test_what_follows_is_withheld_from_the_view(asked: str) -> None:
    town = _town({}, {}, withhold=[asked])
    demand = publish(town.catalogue, {}).site.demands[0]
    who = demand.enterprise
    shown = {
        "demand.field": demand.field,
        "demand.category": demand.category,
        "enterprise.industry.name": who.division,
    }
    also = next(one.also for one in withholdings() if one.value == asked)
    assert {path for path, value in shown.items() if value is None} == set(also)
    assert {"district": demand.district, "industry": who.section, "nature": who.nature}[asked] is None
