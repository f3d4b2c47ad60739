"""Amounts are in 万元 only where the form says so or says nothing: another unit on the label or above the table is asked about."""

from __future__ import annotations

import pytest

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.forms import Form, read_forms
from tests.forms import make
from tests.forms import word_xml as w


def _form(unit: str, amount: str, *, row: str = "", line: str = "", people: str = "（人）") -> Form:
    """Annex 1 with other units: on its labels, in a row of its own, in a line above the table."""
    written = {
        "注册资本\n(万元)": [
            (f"注册资本{unit}", 1), (amount, 1), (f"从业人数{people}", 1), ("35", 1), (f"上年度营业收入{unit}", 1), (amount, 1),
        ]
    }  # fmt: skip
    rows = [written.get(one[0][0], one) for one in w.basics()]
    extra: list[make.Row] = [[(row, 6)]] if row else []
    body = [rows[0], *extra, *rows[1:], *make.demand_rows(make.DEMANDS)]
    above = w.lines(line) if line else ""
    (form,) = read_forms(parse("docx", w.docx(f"{w.TITLE_1}{above}{w.table(body)}")))
    return form


@pytest.mark.parametrize("unit", ["百万元", "千万元", "十万元", "亿元", "元", "万美元", "人民币元", "万元/元"])
def test_another_unit_on_the_label_is_asked_about(unit: str) -> None:
    form = _form(f"（{unit}）", "5600")
    assert not {"registered_capital", "revenue"} & form.enterprise.keys()
    asked = [one for one in form.findings if one.text == "5600"]
    assert len(asked) == 2 and all("单位不是万元" in one.message for one in asked)


@pytest.mark.parametrize(
    "unit",
    ["（万元）", "（万 元）", "（人民币：万元）", "（单位：万元）", "（万元，人民币）", "（万元）（2023年）", ""],
)
def test_the_forms_own_unit_is_none_to_ask_about(unit: str) -> None:
    form = _form(unit, "5600")
    assert (form.enterprise["registered_capital"], form.enterprise["revenue"]) == (5600, 5600)
    assert form.findings == []


def test_heads_counted_in_hundreds_are_asked_about() -> None:
    form = _form("（万元）", "5600", people="（百人）")
    assert "employees" not in form.enterprise and [one.text for one in form.findings] == ["35"]


@pytest.mark.parametrize("told", ["单位：元", "（单位：人民币元）", "金额单位：百万元", "单位: 万美元"])
@pytest.mark.parametrize("place", ["row", "line"])
def test_a_unit_of_the_whole_table(told: str, place: str) -> None:
    """It is asked about where neither the label nor the answer has a unit."""
    form = _form("", "120000", **{place: told})
    assert not {"registered_capital", "revenue"} & form.enterprise.keys()
    assert len([one for one in form.findings if one.text == "120000" and "单位" in one.message]) == 2
    assert form.enterprise["employees"] == 35
    assert _form("（万元）", "5600", **{place: told}).enterprise["revenue"] == 5600
    assert _form("", "5600万元", **{place: told}).enterprise["revenue"] == 5600


@pytest.mark.parametrize("told", ["单位：万元", "（金额单位：人民币万元）", "单位：示例元器件公司"])
def test_what_says_nothing_of_another_unit(told: str) -> None:
    assert _form("", "5600", row=told).enterprise["revenue"] == 5600
