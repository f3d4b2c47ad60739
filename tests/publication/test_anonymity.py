"""Of a hidden enterprise: district, nature and section; the division only in a crowd; less where it asked for less."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.publication import publish
from jiebang.view import Demand

HIDDEN = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"


def _edit(base: Path, path: str, old: str, new: str) -> None:
    text = (base / path).read_text(encoding="utf-8")
    assert old in text
    (base / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def _demand(base: Path) -> Demand:
    return next(d for d in publish(load(base)[0], {}).site.demands if d.id == "D-AAAAAAA1")


def _add_neighbours(base: Path, count: int, code: str = "38") -> None:
    text = (base / HIDDEN).read_text(encoding="utf-8")
    for number in range(count):
        id_ = f"E-NNNNNNN{number}"
        other = text.replace("E-AAAAAAA1", id_).replace("  code: 38", f"  code: {code}")
        other = other.replace("91000000000010014Q", f"9100000000002{number}000X")
        (base / HIDDEN).with_name(f"{id_.lower()}.yml").write_text(other, encoding="utf-8")


@pytest.mark.parametrize(("neighbours", "division"), [(0, None), (1, None), (2, "38"), (5, "38")])
def test_the_division_is_shown_only_in_a_crowd_of_k(base: Path, neighbours: int, division: str | None) -> None:
    _add_neighbours(base, neighbours)
    assert _demand(base).enterprise.division == division


def test_others_of_another_division_are_no_crowd(base: Path) -> None:
    _add_neighbours(base, 5, code="39")
    assert _demand(base).enterprise.division is None


def test_k_is_the_rounds_setting(base: Path) -> None:
    _add_neighbours(base, 3)
    _edit(base, "2024/round.yml", "k: 3", "k: 5")
    assert _demand(base).enterprise.division is None
    _edit(base, "2024/round.yml", "k: 5\n", "")
    assert _demand(base).enterprise.division == "38"


@pytest.mark.parametrize("what", ["district", "industry", "nature"])
def test_an_enterprise_may_ask_for_less(base: Path, what: str) -> None:
    _add_neighbours(base, 5)
    _edit(base, HIDDEN, "withholding_consulted:", f"withhold:\n  - {what}\nwithholding_consulted:")
    demand = _demand(base)
    shown = {"district": demand.district, "industry": demand.enterprise.section, "nature": demand.enterprise.nature}
    assert shown.pop(what) is None
    assert None not in shown.values()
    # Without its district there is no crowd to speak of, without its section no division.
    assert (demand.enterprise.division is None) == (what != "nature")


def test_capital_staff_and_revenue_are_never_in_the_view(base: Path) -> None:
    told = repr(publish(load(base)[0], {}).site)
    for number in ("12000", "3500", "560000.5"):
        assert number not in told


def test_two_demands_of_one_hidden_enterprise_look_like_those_of_two(base: Path) -> None:
    """Nothing of the view tells whether the same enterprise stands behind two demands."""
    first = base / "2024/qiaokou/demands/d-aaaaaaa1.yml"
    second = first.with_name("d-aaaaaaa9.yml")
    text = first.read_text(encoding="utf-8").replace("D-AAAAAAA1", "D-AAAAAAA9").replace("Q2-0001", "Q2-0009")
    second.write_text(text, encoding="utf-8")
    of_one = publish(load(base)[0], {}).site
    _add_neighbours(base, 1)
    second.write_text(text.replace("enterprise: E-AAAAAAA1", "enterprise: E-NNNNNNN0"), encoding="utf-8")
    of_two = publish(load(base)[0], {}).site
    assert {"D-AAAAAAA1", "D-AAAAAAA9"} <= {d.id for d in of_one.demands}
    assert of_one == of_two
