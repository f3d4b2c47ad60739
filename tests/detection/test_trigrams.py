"""A summary of texts says no only to values that stand in none of them, however they are cut up or disguised; and it does say no."""

from __future__ import annotations

import random

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from jiebang.detection import PatternSet, Rule, fold, readings, screening
from jiebang.detection.letter_tables import APART
from jiebang.detection.trigrams import DIGITS, Sought, summary_of, trigrams_of, without_repeats
from tests.detection.letters import HOSTILE
from tests.detection.test_screening import _BEFORE_OR_BEHIND, _IN_TAGS, _PLAIN, FILLING, NAMES, PAGES, _cut_up

FOLDED = st.text(alphabet="示例甲乙ab0lo19\U00020001", max_size=30)
OTHER = "焊接工艺"


@given(st.lists(FOLDED, max_size=5), st.data())
def test_what_stands_in_a_text_may_stand_there(texts: list[str], data: st.DataObject) -> None:
    summary = summary_of([trigrams_of(text) for text in texts])
    together = summary_of([without_repeats(trigrams_of(APART.join(texts)))])
    for text in filter(None, texts):
        start = data.draw(st.integers(0, len(text) - 1))
        value = text[start : data.draw(st.integers(start + 1, len(text)))]
        assert Sought([OTHER, value]).may_stand_in(summary) and Sought([value]).may_stand_in(together)


@pytest.mark.parametrize(
    "letters", ["".join(map(chr, range(0x4E00, 0x5600))), "abcdefghijklmnopqrstuvwxyz", "0123456789"]
)
def test_most_values_that_do_not_stand_in_a_text_are_denied(letters: str) -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    text = "".join(chance.choices(letters, k=3000)) * 30
    summary = summary_of([trigrams_of(text)])
    values = ["".join(chance.choices(letters, k=11)) for _ in range(300)]
    assert sum(Sought([value]).may_stand_in(summary) for value in values) <= 3
    assert not Sought(["的确", OTHER]).may_stand_in(summary)
    assert not Sought([]).may_stand_in(summary)


def test_of_digits_more_than_three_in_a_row_have_to_stand_there() -> None:
    number = "5273641908"
    threes = "x".join(number[start : start + 3] for start in range(len(number) - 2))
    assert not Sought([number]).may_stand_in(summary_of([trigrams_of(threes)]))
    parts = summary_of([trigrams_of(APART.join((number[: DIGITS - 1], number[3:])))])
    assert not Sought([number]).may_stand_in(parts) and Sought([number[3:]]).may_stand_in(parts)


def test_of_one_letter_nothing_is_known() -> None:
    assert Sought(["的"]).may_stand_in(summary_of([trigrams_of("焊接")]))
    assert Sought(["的"]).may_stand_in(summary_of([]))
    assert not Sought(["的确"]).may_stand_in(summary_of([]))


def _screen(*values: str) -> screening.Screen:
    patterns: PatternSet[str] = PatternSet()
    for value in values:
        patterns.add(fold(value), Rule.ANYWHERE, value)
    patterns.ready()
    return screening.Screen(patterns, screening.together_in(patterns._found))


SCREENS = [_screen("赤壁精工"), _screen(*NAMES[:4]), _screen("研发", "示工", "重公")]
"""With values that have nothing, and something, in common with those that are looked for afterwards."""


def _check(texts: list[str]) -> None:
    for screen in SCREENS:
        for _ in range(2):
            found, trigrams = screen.look(texts)
            left = [trigrams_of(APART.join(r.squashed for r in readings(texts[number]))) for number in found]
            summary = summary_of([*trigrams, *left])
            for name in NAMES[:-1]:
                stands = any(fold(name) in reading.squashed for text in texts for reading in readings(text))
                event("stands" if stands else "does not stand")
                assert Sought([fold(name)]).may_stand_in(summary) or not stands


@given(st.lists(_cut_up(st.sampled_from(_PLAIN), st.sampled_from(_IN_TAGS)), min_size=1, max_size=4))
@example(["<b>示例</b><i>重工</i>"])
@example(["<p>武汉</p><p>zhonglian</p>"])
@example(["<p>138001</p><b>380</b><p>00</p>"])
@example(
    [f"<p>{FILLING}13800</p><p>138000{FILLING}</p>", f"<p title='{FILLING}示例'></p><p title='重工{FILLING}'></p>"]
)
def test_values_that_are_new_are_not_denied_where_they_stand(texts: list[str]) -> None:
    _check(texts)


@given(st.lists(_cut_up(_BEFORE_OR_BEHIND, st.just("{}")), min_size=1, max_size=4))
def test_values_that_are_new_are_not_denied_where_what_stands_beside_them_acts_on_them(texts: list[str]) -> None:
    _check(texts)


@given(HOSTILE, HOSTILE, st.sampled_from(NAMES[:-1]), st.integers(0, 20))
def test_values_that_are_new_are_not_denied_between_anything(before: str, behind: str, name: str, at: int) -> None:
    _check([f"{before}{name}{behind}", f"<p>{name[:at]}</p>{before}<p>{name[at:]}"])


def test_what_no_page_holds_is_denied() -> None:
    # One of its own: a screen that remembers pieces of other texts may tell of more than there is.
    found, trigrams = _screen("赤壁精工").look(PAGES)
    assert not found
    summary = summary_of(trigrams)
    for name in ("武汉中联", "xzgs", "13800138000", "孙悟空"):
        assert not Sought([fold(name)]).may_stand_in(summary)
