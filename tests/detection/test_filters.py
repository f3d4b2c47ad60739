"""What spares the detectors work leaves out nothing: each filter against the patterns without it, on texts made to pass it by."""

from __future__ import annotations

import re
import sys
from functools import cache

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.detection import addresses, contacts, digits, find_honorifics, has_mark, honorifics, telephones
from jiebang.detection import classification_marks as marks
from jiebang.detection import indirect_identifiers as hints
from jiebang.detection.digits import runs
from jiebang.detection.legible import legible
from jiebang.detection.normalisation import as_seen, visible
from jiebang.detection.sieve import Sieve, Sought, tight
from tests.detection.without_needles import without
from tests.detection.written import LETTERED, NUMBERS, SIEVES, SPOKEN, WRITTEN, texts

SOUGHT = [
    pytest.param(one, id=f"{name}-{one.kind}-{number}")
    for name, sieve in SIEVES.items()
    for number, one in enumerate(sieve.sought)
] + [pytest.param(telephones.LETTERED_PHONE, id="lettered-phone")]


def _plainly(sieve: Sieve, text: str) -> list[str]:
    """The kinds in a text when every pattern is tried."""
    found = (one.kind for one in sieve.sought if re.search(one.pattern, tight(text) if one.on_tight else text))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("one", SOUGHT)
def test_no_match_of_a_pattern_is_without_needles(one: Sought) -> None:
    assert without(one.pattern, one.needles) is None
    assert not one.beside or without(one.pattern, one.beside) is None


@pytest.mark.parametrize(
    ("pattern", "needles", "match"),
    [
        (r"a\s*b|cd", ("ab",), "\0\0"),
        (r"a\s*b|cd", ("ab", "cd"), None),
        (r"(?<!x)[ab]{2}(?:-|_)?c", ("ac", "bc", "b-", "a_", "a-"), "ab_c"),
        (r"(?<!x)[ab]{2}(?:-|_)?c", ("ac", "bc", "-c", "_c"), None),
        (r"x[^a]{0,3}?y", ("xy",), "x\0y"),
        (r"x.\Sy", ("x",), None),
    ],
)
def test_a_match_without_needles_is_told(pattern: str, needles: tuple[str, ...], match: str | None) -> None:
    assert without(pattern, needles) == match


@pytest.mark.parametrize("one", SOUGHT)
def test_a_needle_left_out_is_missed(one: Sought) -> None:
    """Half of the needles are never enough: the proof can fail."""
    assert without(one.pattern, one.needles[: len(one.needles) // 2]) is not None


@pytest.mark.parametrize("name", SIEVES)
def test_a_sieve_keeps_what_people_wrote(name: str) -> None:
    sieve = SIEVES[name]
    kept = {
        text: sieve.kinds(text)
        for written in WRITTEN
        for text in (legible(written), f"见 {legible(written)}，{written}")
    }
    assert kept == {text: _plainly(sieve, text) for text in kept}
    assert any(kept.values())


@pytest.mark.parametrize("name", SIEVES)
@given(text=texts())
def test_a_sieve_finds_what_its_patterns_find(name: str, text: str) -> None:
    for seen in (text, legible(text)):
        assert SIEVES[name].kinds(seen) == _plainly(SIEVES[name], seen)


def test_a_blank_is_the_same_to_a_needle_and_to_a_pattern() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert tight(every) == re.sub(r"\s", "", every)


_HAN = "[\u4e00-\u9fff]"
LONGER = {
    "street": (
        rf"{_HAN}{{1,7}}(?:大道|大街|胡同|里弄|环路|马路)|{_HAN}{{0,6}}[^\W\d_a-z{addresses.NO_STREET}](?<!第.)路|{_HAN}{{1,6}}(?:[老新南北东西中前后正]街|街(?!道|区|景)|{addresses.MINES}巷(?!道))",
        addresses.STREET,
    ),
    "village": (rf"{_HAN}{{1,6}}(?:镇|乡|村|街道|社区)", addresses.VILLAGE),
}
"""A name with all that stands before its last word, and the pattern that asks for one character of it."""


@pytest.mark.parametrize("name", LONGER)
@given(text=st.text(alphabet="运输回风第第二环大老东甲乙电油a1_ 路路路街街巷道道区同胡里弄马镇乡村社", max_size=12))
def test_one_character_of_a_place_is_as_good_as_its_whole_name(name: str, text: str) -> None:
    longer, shorter = LONGER[name]
    ends = [at for at in range(len(text) + 1) if re.search(rf"(?:{longer})\Z", text[:at])]
    assert ends == [at for at in range(len(text) + 1) if re.search(rf"(?:{shorter})\Z", text[:at])]


# --- digits --------------------------------------------------------------------------------------------------------------------------------


@cache
def _every() -> list[str]:
    return [chr(code) for code in range(sys.maxunicode + 1)]


def test_no_digit_stands_among_the_letters_of_every_day() -> None:
    changed = [letter for letter in _every() if letter.translate(digits.PLAIN) != letter]
    assert len(changed) > 500
    assert [letter for letter in changed if not digits.OTHER_SCRIPTS.compiled.search(letter)] == []


def test_every_framed_digit_is_noticed() -> None:
    assert {letter for letter in _every() if digits.ANY_FRAMED.compiled.search(letter)} == set(map(chr, digits.FRAMED))


@given(text=st.one_of(SPOKEN, LETTERED, st.tuples(SPOKEN, LETTERED, SPOKEN).map("".join), texts()))
def test_a_spoken_or_lettered_number_is_letters_in_a_row(text: str) -> None:
    seen = legible(text).casefold()
    for written in (text, seen):
        if digits.SPOKEN.compiled.search(written) or digits.LETTERED.compiled.search(written):
            assert digits.LETTERS_IN_A_ROW.compiled.search(written)


@given(text=st.from_regex(digits.SPOKEN.source) | st.from_regex(digits.LETTERED.source))
def test_what_is_spoken_or_lettered_is_noticed(text: str) -> None:
    assert digits.LETTERS_IN_A_ROW.compiled.search(text)


@given(text=NUMBERS)
def test_a_telephone_is_one_all_the_more_where_it_is_announced(text: str) -> None:
    for run in runs(text):
        for part in (run, *run.parts()):
            if telephones.phone_in(part, called=False) or telephones.phone_in(part, called=True):
                assert telephones.phone_in(part, called=True)
                assert len(part.digits) >= telephones.SHORTEST_PHONE


@given(
    text=st.from_regex(contacts.ID_RUN.source) | st.text(alphabet="0123456789一零洞 -_./x*a", min_size=16, max_size=60)
)
def test_an_identity_number_is_a_long_run(text: str) -> None:
    if contacts.ID_RUN.compiled.search(text):
        assert max(len(run.digits) for run in runs(text)) >= contacts.SHORTEST_IDENTITY


@given(text=st.text(alphabet="+" * 3 + "861380013800049151()- .x/转a一", max_size=30))
def test_the_library_is_asked_about_whatever_it_may_know(text: str) -> None:
    matcher = phonenumbers.PhoneNumberMatcher(text, "CN", leniency=phonenumbers.Leniency.VALID)
    if any(match.raw_string.startswith("+") for match in matcher):
        assert telephones.INTERNATIONAL.compiled.search(text)


def test_no_country_has_shorter_numbers() -> None:
    lengths = [
        len(str(code)) + length
        for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()
        for region in regions
        if (known := phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(code, region))
        and known.general_desc
        for length in known.general_desc.possible_length
        if length > 0
    ]
    assert min(lengths) == 6


@given(text=st.text(alphabet="2345678901 -.,一a", max_size=24))
def test_a_local_number_begins_where_it_did(text: str) -> None:
    behind = r"(?<![0-9])(?<![0-9][.,])[2-8](?:[0-9]{7}|[0-9]{3}[\s-][0-9]{4})(?![0-9]|[.,][0-9])"
    assert [m.span() for m in hints.LOCAL.compiled.finditer(text)] == [m.span() for m in re.finditer(behind, text)]


# --- people and marks ----------------------------------------------------------------------------------------------------------------------


@given(text=st.from_regex(re.compile(honorifics.NAMED.source, re.MULTILINE)) | texts())
def test_an_honorific_is_noticed_by_its_end(text: str) -> None:
    if honorifics.NAMED.compiled.search(text):
        assert honorifics.TITLED.compiled.search(text)


@given(data=st.data())
def test_a_mark_is_noticed_however_it_is_dressed_up(data: st.DataObject) -> None:
    mark = data.draw(st.from_regex(re.compile(marks.MARK.source, re.MULTILINE)))
    dressed = "".join(letter + data.draw(st.sampled_from(["", "", "·", " ", "-", "_", "，"])) for letter in mark)
    for text in (mark, dressed):
        if marks.MARK.compiled.search(marks.OTHERS.compiled.sub("", text)):
            assert marks.may_bear(text)


def test_what_people_wrote_is_judged_as_without_filters() -> None:
    for text in WRITTEN:
        seen = as_seen(text)
        assert has_mark(text) == bool(marks.MARK.compiled.search(marks.OTHERS.compiled.sub("", seen)))
        named = honorifics.NAMED.compiled.search(visible(seen)) is not None
        assert (honorifics.HONORIFIC in find_honorifics(text)) == named
