"""A name with one character that looks like the right one (末 for 未) is refused, or put before a person; words with such characters pass."""

from __future__ import annotations

import pytest

from jiebang.detection import Identity, resembles, variants
from jiebang.detection.alike_characters import with_one_alike
from jiebang.detection.normalisation import fold

PLACES = ("示例省", "示例市")
FIRM = Identity("示例市未辰精密机械股份有限公司", regions=PLACES)


def test_each_character_is_changed_by_itself() -> None:
    assert list(with_one_alike("未来土")) == ["末来土", "未来士"]
    assert list(with_one_alike("己")) == ["已", "巳"]


def test_of_a_pair_each_stands_for_the_other_and_none_for_itself() -> None:
    seen = {first: list(with_one_alike(first)) for first in "未末己已巳大太犬明朋"}
    assert all(first not in others and len(set(others)) == len(others) for first, others in seen.items())
    assert all(first in seen[other] for first, others in seen.items() for other in others if other in seen)


def test_what_is_told_is_as_texts_fold() -> None:
    told = [one.text for one in variants(FIRM) if one.manner == "形近"]
    assert told
    assert [fold(text) for text in told] == told


@pytest.mark.parametrize("text", ["末辰精密", "示例市末辰精密机械", "末辰精密机械股份有限公司", "未晨精密", "未辰精宓"])
def test_a_name_with_an_alike_character_is_found(text: str) -> None:
    found = any(one.text in fold(text) and not one.short for one in variants(FIRM))
    assert found or resembles(text, FIRM) is not None


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("末辰的样件", "形近"),
        ("与末辰合作", "形近"),
        ("未**的样件", "遮去字"),
        ("未某某提供", "遮去字"),
        ("示例市未*的样件", "遮去字"),
        ("示例市未××公司", "遮去字"),
        ("未×公司", "遮去字"),
        ("由□辰集团试用", "遮去字"),
        ("示例市某辰公司", "遮去字"),
        ("示例市*辰", "遮去字"),
    ],
)
def test_what_is_left_of_a_short_name_is_put_before_a_person(text: str, manner: str) -> None:
    told = resembles(text, FIRM)
    assert told is not None
    assert told.manner == manner
    assert told.source == "name"


@pytest.mark.parametrize(
    "text",
    [
        "末端与辰星", "尚未*达到", "未×辰", "尚未…完成", "某公司", "某某集团", "示例市某企业", "长×宽×高", "示例市**",
        "未注公差", "参数 a×b", "未 3 次", "与**公司",
    ],
)  # fmt: skip
def test_what_only_has_a_character_of_it_passes(text: str) -> None:
    assert resembles(text, FIRM) is None
