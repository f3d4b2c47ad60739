"""Tables of letters tell what the careful way tells, or that they cannot: for every letter, for those that join, and for texts of anything."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given

from jiebang.detection import digits, letter_searches, letter_tables, mixed_pinyin, mojibake, normalisation
from jiebang.detection.letters import LETTERS
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
