"""工信部联企业〔2011〕300号: at the bounds, with figures missing, for split and uncovered divisions."""

from __future__ import annotations

import pytest

from jiebang.rules.sizes import TIERS, size_in_group, size_of
from jiebang.schemas import divisions, size_groups


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
    assert found.decided
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
