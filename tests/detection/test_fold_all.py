"""Texts that are folded together are folded as each by itself, whatever they hold; and so is the beginning of a long one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jiebang.detection import fold
from jiebang.detection.normalisation import fold_all, normalise, prepare
from jiebang.rules.secrets import _LONGEST, _beginning

PIECES = st.sampled_from(
    ["示例", "（", "）", "e\u0301", "\u0301", "頭髮", "发", "１２３", "ⓐ", "&#x793a;", "%E7%A4%BA", "<b>", "</b>", "<!--", "-->", "\\u793a", "=E7=A4=BA", "xn--", "56S65L6L", "\u3400", "\n", " ", "a", "Ж", "ﬁ", "が", "か\u3099", "U+793A", "ab/cd", "-" * 3, "%u793a", "base64,56S65L6L", "=E7=A4=BA=E4=BE=8B"],
)  # fmt: skip
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=12).map("".join)


@given(st.lists(TEXTS, max_size=8))
def test_texts_folded_together_are_folded_alone(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


@given(
    st.lists(PIECES | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).map("".join),
    st.integers(1, 60),
)
def test_the_beginning_of_a_long_text_is_enough(text: str, times: int) -> None:
    whole = text * times
    folded = fold(whole[: _LONGEST * 10])
    beginning = fold(_beginning(whole))
    assert beginning[:_LONGEST] == folded[:_LONGEST]


@given(st.lists(TEXTS, max_size=8))
def test_texts_normalised_together_are_normalised_alone(texts: list[str]) -> None:
    wanted = [normalise(text) for text in texts]
    prepare(texts)
    assert [normalise(text) for text in texts] == wanted
