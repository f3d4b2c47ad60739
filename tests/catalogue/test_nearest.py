"""What is proposed instead of a wrong choice: what was meant by a slip, never the opposite of what somebody wrote."""

from __future__ import annotations

import pytest

from jiebang.catalogue.messages import nearest

DISCLOSURE = ("公开", "不公开")
ANSWERS = ("同意显示", "要求隐去")
STATES = ("已发榜", "已揭榜", "已验收", "无人揭榜", "未通过验收", "市推荐")
CONSEQUENCES = ("进入供应商目录", "深化合作", "未通过")
CODES = ("01", "08", "91", "97")


@pytest.mark.parametrize(
    ("typed", "allowed", "meant"),
    [
        ("不 公开", DISCLOSURE, "不公开"),
        ("选择不公开", DISCLOSURE, "不公开"),
        ("公 开", DISCLOSURE, "公开"),
        ("不愿公开", DISCLOSURE, "不公开"),
        ("非公开", DISCLOSURE, "不公开"),
        ("未同意显示", ANSWERS, None),
        ("不同意显示", ANSWERS, None),
        ("涉密", ("不涉密",), None),
        ("不涉密。", ("不涉密",), "不涉密"),
        ("通过", CONSEQUENCES, None),
        ("没通过", CONSEQUENCES, "未通过"),
        ("未发榜", STATES, None),
        ("待验收", STATES, None),
        ("拟推荐", STATES, None),
        ("发榜", STATES, "已发榜"),
        ("1", CODES, "01"),
        ("８", CODES, "08"),
        ("98", CODES, None),
        ("9", CODES, None),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(typed: str, allowed: tuple[str, ...], meant: str | None) -> None:
    assert nearest(typed, allowed) == meant
