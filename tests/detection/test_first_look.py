"""Of a text that was looked over with others nothing is denied that the careful functions find in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiebang.detection import classification_marks, contacts, digits, honorifics
from jiebang.detection import indirect_identifiers as hints
from jiebang.detection.innocent import CONTACTS, HINTS, MARKS, PEOPLE, is_without, look_over
from jiebang.detection.normalisation import prepare
from tests.detection.letters import HOSTILE
from tests.detection.written import LETTERED, NUMBERS, OF_EVERY_DAY, SIEVES, SPOKEN, WRITTEN, texts

CAREFUL: dict[int, Callable[[str], object]] = {
    CONTACTS: contacts._find,
    HINTS: hints._find,
    PEOPLE: honorifics._find,
    MARKS: classification_marks._has_mark,
}
FRAMES = st.lists(
    st.sampled_from([*map(chr, digits.FRAMED), *digits.HAN_DIGITS, " - ", "٣", "①", "号", "村", "中", "弄", "1"]),
    max_size=24,
).map("".join)
CUT_UP = st.lists(st.sampled_from("0123456789138") | st.text("×!转·、 ,x一", max_size=7), max_size=30).map("".join)
NEEDLES = st.lists(
    st.sampled_from([n for sieve in SIEVES.values() for one in sieve.sought for n in (*one.needles, *one.beside)])
    | st.text("1a的:。 ", max_size=3),
    max_size=6,
).map("".join)
ESCAPED = st.lists(
    st.sampled_from(["&#x7535;", "%E7%94%B5", "=E7=94=B5", "\\u7535", "％E7％94％B5", "＆#x7535；", "＼u7535", "U+7535", " u7535u8bdd", "=?utf-8?b?55S1?=", "<b>", "话", "电", "xn--", "base64,55S1", "\u200b", "13800138000", "张", "总。"]), max_size=8
).map("".join)  # fmt: skip
TEXT = st.one_of(
    texts(), NUMBERS, SPOKEN, LETTERED, FRAMES, CUT_UP, NEEDLES, ESCAPED, HOSTILE, st.sampled_from(WRITTEN)
)


def _nothing_is_denied(every: list[str]) -> None:
    prepare(every)
    look_over(every)
    for text in every:
        for kind, careful in CAREFUL.items():
            assert not is_without(text, kind) or not careful(text), (kind, text)


AT_THE_EDGE = (
    "拨打 8765 - 432", "138××××××0013××××××8000", "拨打:yierbawuluyier", "l3 8 o o o o 1 2 3 4", "call: 13bzsbg1234", "+354 4101000", "某村⑴号",
    "微\\u4fe1号 abc_123", "微%E4%BF%A1号 abc_123", "微=E4=BF=A1号 abc_123", "abc&commat;163。", "微％E4％BF％A1号 abc_123", "微＆#20449；号 abc_123", "微＼u4fe1号 abc_123", "微U+4FE1号 abc_123", "-u5fae/u4fe1号 abc_123", "微=?utf-8?b?5L+h?=号 abc_123", "微<b>信</b>号 abc_123", "xn--1jq782p:abc_1",
    "base64,6aOe5Lmm:abc_1", "微\u061c信号 abc_123", "微\u2028信号 abc_123",
)  # fmt: skip
"""Contact data with as few digits, as far apart, or as well hidden as can be."""


@pytest.mark.parametrize("text", AT_THE_EDGE)
def test_contact_data_that_can_hardly_be_noticed_is_not_denied(text: str) -> None:
    every = ["示例", text, "材料 35 MPa"]
    prepare(every)
    look_over(every)
    assert contacts._find(text)
    assert not is_without(text, CONTACTS)


def test_nothing_is_denied_that_people_wrote() -> None:
    _nothing_is_denied(WRITTEN)


def test_most_texts_of_every_day_need_no_careful_look() -> None:
    innocent = [text for text in OF_EVERY_DAY if not any(careful(text) for careful in CAREFUL.values())]
    prepare(innocent)
    look_over(innocent)
    for kind in CAREFUL:
        assert sum(is_without(text, kind) for text in innocent) > len(innocent) * 0.75, kind


@given(st.lists(TEXT, min_size=1, max_size=8))
@example(["⑴⑶⑻⑴⑶⑻⑴⑶⑻⑴⑶", "x"])
@example(["某村⑴号", "⑴ - ⑶ - ⑻ - ⑴ - ⑶ - ⑻ - ⑴ - ⑶ - ⑻ - ⑴ - ⑶"])
@example(["138001", "38000", "1"])
@example(["一二三四五六七", "张总", "密"])
def test_nothing_is_denied_of_texts_that_are_looked_at_together(every: list[str]) -> None:
    _nothing_is_denied(every)


@pytest.mark.parametrize("kind", CAREFUL)
def test_nothing_is_known_of_a_text_that_was_not_looked_over(kind: int) -> None:
    look_over([])
    assert not is_without("示例", kind)


def test_a_text_without_anything_is_known_to_be() -> None:
    prepare(["示例材料的强度不低于 35 MPa。"])
    look_over(["示例材料的强度不低于 35 MPa。"])
    assert all(is_without("示例材料的强度不低于 35 MPa。", kind) for kind in CAREFUL)
