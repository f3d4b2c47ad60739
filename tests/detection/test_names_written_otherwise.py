"""Numbers in names, own words before unknown trades, declared short names, English names and parts of codes: told where they stand, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from jiebang.catalogue import Catalogue
from jiebang.detection.normalisation import fold
from jiebang.detection.numerals import has_number, in_other_numerals
from jiebang.detection.pinyin import _FOLDED, _dictionary, initials, readings_of, sounds_of
from jiebang.detection.variant_characters import in_use
from jiebang.publication import Secrets, find_leaks
from jiebang.rules import RULES
from jiebang.rules.registry import Report
from tests.detection.names import listed
from tests.rules.records import catalogue, districts, record

CASES = listed("names-written-otherwise.yml")
_OWNER, _DEMAND = "E-AAAAAAA1", "D-AAAAAAA1"
_SETTINGS = districts(city={"name": "示例市", "bureau": "示例市经济和信息化局"}, districts=[])


def _typed(case: dict[str, Any], text: str) -> Catalogue:
    known = {key: value for key, value in case.items() if key in {"name", "aliases", "credit_code"}}
    place = {"province": "示例省", "city": "示例市"}
    owner = record(_OWNER, role="大企业", disclosure="不公开", registered_place=place, **known)
    return catalogue(
        _SETTINGS, owner, record(_DEMAND, enterprise=_OWNER, title="材料", summary=f"研发{text}，批量供货。")
    )


def _codes(made: Catalogue) -> list[str]:
    return [
        problem.code for code in ("R401", "R405") for problem in RULES[code].check(made, Report(RULES[code].finding))
    ]


def _pairs(of: str) -> list[Any]:
    return [pytest.param(case, text, id=f"{case['name']}-{text}") for case in CASES for text in case.get(of, ())]


@pytest.mark.parametrize(("case", "text"), _pairs("found"))
def test_it_is_refused_where_it_is_typed_and_in_the_page(case: dict[str, Any], text: str) -> None:
    made = _typed(case, text)
    assert _codes(made) == ["R401"]
    page = f"<p>研发一款材料。</p><p>{text}</p>".encode()
    assert {leak.record for leak in find_leaks("index.html", page, Secrets(made))} == {made.enterprises[0].path}


@pytest.mark.parametrize(("case", "text"), _pairs("asked"))
def test_it_is_put_before_a_person(case: dict[str, Any], text: str) -> None:
    assert _codes(_typed(case, text)) == ["R405"]


@pytest.mark.parametrize(("case", "text"), _pairs("innocent"))
def test_its_twin_passes(case: dict[str, Any], text: str) -> None:
    made = _typed(case, text)
    assert _codes(made) == []
    assert find_leaks("index.html", f"<p>{text}</p>".encode(), Secrets(made)) == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("第七厂", {"第7厂", "7厂", "七厂", "第柒厂", "柒厂"}),
        ("十五冶金", {"15冶金", "一五冶金", "壹伍冶金"}),
        ("第20厂", {"第二〇厂", "第二零厂", "第贰零厂", "第二十厂", "20厂", "二〇厂", "二零厂", "贰零厂", "二十厂"}),
        ("三五〇六", {"3506", "三五零六", "叁伍零陆"}),
        ("三十五六", set()),
        ("样本", set()),
    ],
)
def test_a_number_is_written_in_one_manner_or_another(name: str, other: set[str]) -> None:
    assert set(in_other_numerals(fold(name))) == {fold(one) for one in other}


def test_a_number_of_two_places_or_a_counted_one_tells() -> None:
    assert [has_number(fold(name)) for name in ("七一九所", "第七厂", "三环", "样本")] == [True, True, False, False]


def test_each_character_sounds_as_it_does_where_it_folds_to_another() -> None:
    common = [chr(code) for code in range(0x4E00, 0x9FFF) if in_use(chr(code))]
    assert len(common) > 6000
    lost = [
        letter
        for letter in common
        if letter in _dictionary()
        and fold(letter) not in {letter, ""}
        and not set(readings_of(letter)[:1]) <= set(sounds_of(fold(letter)))
    ]
    assert lost == [], "what these fold to sounds otherwise: `_FOLDED` has to name them"
    assert all(fold(other) == letter for letter, others in _FOLDED.items() for other in others)


def test_initials_are_told_in_each_way_in_which_a_folded_name_sounds() -> None:
    assert initials(fold("富士康")) == ["ftk", "fsk"]
    assert initials("样本") == ["yb"] and initials("样\ue000") == []
