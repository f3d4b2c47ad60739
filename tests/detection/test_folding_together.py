"""Texts that are folded together are folded as each by itself, whatever they hold; and so is the beginning of a long one."""

from __future__ import annotations

import dataclasses

from hypothesis import example, given
from hypothesis import strategies as st

from jiebang.detection import fold
from jiebang.detection.normalisation import _PREPARED, fold_beginnings, normalise, prepare, readings, squash
from tests.detection.letters import HOSTILE

PIECES = st.sampled_from(
    ["示例", "（", "）", "e\u0301", "\u0301", "頭髮", "发", "１２３", "ⓐ", "&#x793a;", "%E7%A4%BA", "<b>", "</b>", "<!--", "-->", "\\u793a", "=E7=A4=BA", "xn--", "56S65L6L", "\u3400", "\n", " ", "a", "Ж", "ﬁ", "が", "か\u3099", "U+793A", "ab/cd", "-" * 3, "_" * 3, "%u793a", "base64,56S65L6L", "=E7=A4=BA=E4=BE=8B", "％E7％A4％BA", "＆#x793a；", "＼u793a", "u793au4f8b", "u793a", "U＋793A", "=?utf-8?b?56S6?=", "=?utf-8?q?=e7?=", "＝E7＝A4＝BA"],
)  # fmt: skip
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=12).map("".join)


@given(st.lists(TEXTS | HOSTILE, max_size=8))
@example(["\u0391", "x\u01bc"])
@example(["\ue000", "示例"])
def test_texts_folded_together_are_folded_alone(texts: list[str]) -> None:
    assert fold_beginnings(texts, 1000) == [fold(text) for text in texts]


@given(
    st.lists(PIECES | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).map("".join),
    st.integers(1, 60),
)
def test_the_beginning_of_a_long_text_is_enough(text: str, times: int) -> None:
    whole = text * times
    [folded] = fold_beginnings([whole], 40)
    assert folded[:40] == fold(whole[:400])[:40]


def _forms(text: str) -> tuple[object, ...]:
    seen = normalise(text)
    return seen, squash(seen), fold(text), [dataclasses.astuple(reading) for reading in readings(text)]


@given(st.lists(TEXTS | HOSTILE, max_size=8))
@example(["\u0391", "\U00010282 a"])
@example(["\ue000", "示例", "e\u0301"])
@example(["𠀀", "頭髮", "ﬁ"])
def test_texts_prepared_together_are_read_alone(texts: list[str]) -> None:
    _PREPARED.forget()
    wanted = list(map(_forms, texts))
    prepare(texts)
    assert list(map(_forms, texts)) == wanted


def test_a_text_that_needs_care_does_not_take_others_along() -> None:
    _PREPARED.forget()
    prepare(["頭髮", "e\u0301", "示例"])
    assert set(_PREPARED.forms) == {"頭髮", "示例"}
