"""A text that is still to be written is told from a short one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.rules.lengths import _ELSEWHERE, is_unwritten


@pytest.mark.parametrize(
    "text",
    ["详见原文。", "见附件", "见附件1", "具体见附件。", "请参见企业原文", "同上", "同需求名称", "待补充", "待定", "略", "无", "——", "……", "N/A", "xxx", "如题", "测试"],
)  # fmt: skip
def test_what_points_elsewhere_is_no_text(text: str) -> None:
    assert is_unwritten(text)


@pytest.mark.parametrize(
    "text",
    ["1 年", "三个月", "无铅焊料，见附件", "见光不分解的涂层", "待机功耗低于 1 W", "V-0", "略低于 30 元/kg", "3"],
)
def test_a_short_text_is_one(text: str) -> None:
    assert not is_unwritten(text)


@given(st.from_regex(_ELSEWHERE, fullmatch=True) | st.just(""), st.sampled_from(["", "——", "（", " _\n", "【】"]))
def test_it_is_none_whatever_signs_stand_around_it(text: str, signs: str) -> None:
    assert is_unwritten(f"{signs}{text}{signs}")
