"""Tables of letters tell what the careful way tells, or that they cannot: for every letter, for those that join, and for texts of anything."""

from __future__ import annotations

import re
import unicodedata

import opencc
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiebang.detection import digits, letter_searches, letter_tables, mixed_pinyin, mojibake, normalisation
from jiebang.detection.letters import LETTERS
from jiebang.detection.variant_characters import simplify
from tests.detection.letters import HOSTILE

PLANE = "".join(chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000)


def _agrees(told: object, careful: object) -> None:
    assert told is None or told == careful


def _forms(text: str) -> letter_tables.Folded:
    """The forms of a text by their definitions."""
    normalised = normalisation._normalise(text)
    han = normalisation.han_only(normalised)
    return letter_tables.Folded(normalised, normalised.translate(LETTERS), han, han.translate(LETTERS))


def _told_of(text: str) -> tuple[object, ...]:
    return letter_tables.normalise(text), letter_tables.squash(text), letter_tables.fold(text)


def _plainly(text: str) -> tuple[object, ...]:
    return normalisation._normalise(text), text.translate(LETTERS), _forms(text)


def test_every_letter_becomes_the_same() -> None:
    """Many at once; where one of them needs care, each alone."""
    for start in range(0, len(PLANE), 64):
        letters = PLANE[start : start + 64]
        together = "".join(f"中{letter}工" for letter in letters)
        told = _told_of(together)
        if None not in told:
            assert told == _plainly(together), hex(ord(letters[0]))
            continue
        for letter in letters:
            text = f"中{letter}工"
            for one, plain in zip(_told_of(text), _plainly(text), strict=True):
                _agrees(one, plain)


def test_usual_letters_need_no_care() -> None:
    for text in (
        "焊接工艺（第 1 项）：≥312 W/(m·K)，－40 ℃……",
        "体積 25 μm，Ωα",
        "①⑴㎡㎜“”《》、！？",
        "ＡＢＣ０１２ｶﾅ",
    ):
        assert letter_tables.normalise(text) == normalisation._normalise(text)
        assert letter_tables.squash(text) == text.translate(LETTERS)


WORDS = [
    "沈浸", "沈思往事", "沈默", "沈重", "沈砂池", "打坏", "批覆", "找藉口", "明瞭", "昏沈", "拉坏", "浮沈", "海哩", "折戟沈沙", "深沈不露", "毛坏", "藉此", "藉助", "覆命", "衹得", "茵藉", "英哩", "陶坏", "重覆", "反覆", "坏土", "凌藉", "函覆", "一坏", "一目瞭然", "不瞭解", "瞭若指掌", "甦生", "甦醒", "破釜沈舟", "答覆", "素藉",
]  # fmt: skip
"""What OpenCC changes although it changes no letter of it alone: of its `TSPhrases` all that hold no letter that it does change."""


@pytest.mark.parametrize("word", WORDS)
def test_words_are_simplified_whose_letters_are_simplified_nowhere_else(word: str) -> None:
    assert all(simplify(letter) == letter for letter in word)
    simplified = simplify(word)
    assert simplified != word
    assert letter_tables.normalise(f"焊接{word}工艺") == normalisation._normalise(f"焊接{simplified}工艺")


def test_the_words_are_those_of_the_version_in_use() -> None:
    """Where this fails, read the keys of `TSPhrases.ocd2` (a trie of marisa behind its heading) and see which letters `_IN_WORDS_ONLY` lacks;
    until then OpenCC is asked about every text."""
    assert opencc.__version__ == letter_tables._OPENCC


@given(st.text(st.integers(0x4E00, 0x9FFF).map(chr) | st.sampled_from("".join(WORDS)), max_size=200))
def test_what_opencc_is_not_asked_about_it_would_leave_as_it_is(text: str) -> None:
    if not any(letter_tables._is_in_opencc(letter) for letter in text):
        assert simplify(text) == text


def test_of_another_version_of_opencc_nothing_is_taken_for_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not letter_tables._is_in_opencc("焊")
    monkeypatch.setattr(opencc, "__version__", "0.0")
    assert letter_tables._is_in_opencc("焊") and not letter_tables._is_in_opencc("a")


def test_what_joins_the_letter_before_it_goes_the_careful_way() -> None:
    """All letters of which Unicode makes one with the letter before them."""
    joining = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for code in range(0x110000):
        parts = unicodedata.decomposition(chr(code))
        if parts and not parts.startswith("<") and " " in parts:
            joining.add(chr(int(parts.split(" ")[1], 16)))
    assert len(joining) > 100
    for letter in joining:
        assert letter_tables.normalise(f"a{letter}") is None, hex(ord(letter))


@given(HOSTILE)
@example("<\u0338")
@example("坏布ǅ")
@example("Ʒ К")
@example("𠀀")
@example("…" * 3 + "㎛")
def test_texts_fold_the_same(text: str) -> None:
    _agrees(letter_tables.normalise(text), normalisation._normalise(text))
    _agrees(letter_tables.squash(text), text.translate(LETTERS))
    _agrees(letter_tables.fold(text), _forms(text))


@given(HOSTILE)
@example("一2·3、、、4５ 六7八")
@example("1234567")
@example("一2、、、、345678")
def test_chains_of_digits_are_the_same(text: str) -> None:
    chains = letter_searches.han_digit_chains(text, 7)
    careful = [m.group() for m in digits._LONG_RUN.compiled.finditer(text) if not m.group().isascii()]
    _agrees(chains and [text[start:end] for start, end in chains], careful if chains else chains)
    if chains == []:
        assert careful == []


@given(HOSTILE)
@example("中zhong")
@example("zhong中")
@example("zhong")
@example("中2zhong联a中b")
def test_runs_of_pinyin_are_the_same(text: str) -> None:
    squashed = normalisation.fold(text)
    _agrees(letter_searches.runs_beside_han(squashed), [run.span() for run in mixed_pinyin._RUN.finditer(squashed)])


@given(HOSTILE)
def test_pairs_of_western_letters_are_the_same(text: str) -> None:
    _agrees(letter_searches.has_western_pair(text), mojibake._SOME.search(text) is not None)


def _told(text: str) -> list[tuple[str, str, bool, bool, object]]:
    return [(r.normalised, r.squashed, r.code_like, r.han_only, r.mixture) for r in normalisation.readings(text)]


@given(HOSTILE)
def test_a_text_is_read_the_same_whether_it_counts_as_long(text: str) -> None:
    short = _told(text)
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((normalisation, "LONG"), (digits, "_LONG"), (mixed_pinyin, "_LONG"), (mojibake, "_LONG")):
            patch.setattr(module, name, 1)
        assert _told(text) == short


def test_gaps_between_digits_vanish_when_folded() -> None:
    for letter in PLANE:
        if re.match(digits.GAP, letter):
            assert normalisation.fold(letter) == ""
