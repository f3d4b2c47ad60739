"""What may stand on the site although it reads like something private: an open name where it is shown, the program's own words; nothing else."""

from __future__ import annotations

import pytest

from jiebang.catalogue import Record
from jiebang.detection import APART, fold
from jiebang.rules.allowlist import (
    NOTHING_ALLOWED,
    Allowed,
    Allowlist,
    PublicNames,
    covers_of,
    open_names,
    words_in_file,
)
from jiebang.rules.hidden_names import names_of
from jiebang.rules.public_texts import Typed
from jiebang.rules.settings import settings_of
from tests.rules.records import catalogue, districts, record

OPEN = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
OTHER = "2024/qiaokou/enterprises/e-aaaaaaa2.yml"
NAME = "样本甄示范光电有限公司"
SETTINGS = settings_of(None)


def _hides(covers: Allowlist, text: str, value: str, record: str = OPEN, is_name: bool = False) -> bool:
    """Whether a value that stands in a text is excused, at its last place."""
    start = text.rindex(value)
    return covers.hide(text, start, start + len(value), record, is_name)


# --- one text --------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_excused"),
    [
        ("甲乙丙丁", True),
        ("前甲乙丙丁后", True),
        ("乙丙", False),
        ("乙丙丁", False),
        ("甲乙丙", False),
        ("甲乙丙丁乙丙", False),
        ("乙丙甲乙丙丁", True),
        ("丁甲乙丙", False),
    ],
)
def test_a_value_is_excused_inside_a_whole_entry_only(text: str, is_excused: bool) -> None:
    assert _hides(Allowlist([Allowed("甲乙丙丁", OPEN)]), text, "乙丙") is is_excused


def test_an_entry_that_holds_a_value_twice_excuses_both_places() -> None:
    covers = Allowlist([Allowed("甲乙甲乙丙", OPEN)])
    assert covers.hide("甲乙甲乙丙", 0, 2, OPEN, is_name=False)
    assert covers.hide("甲乙甲乙丙", 2, 4, OPEN, is_name=False)
    assert not covers.hide("甲乙甲乙甲", 2, 4, OPEN, is_name=False)


def test_a_name_is_excused_where_the_han_characters_stand_alone() -> None:
    assert _hides(Allowlist([Allowed("样本a光电b公司", OPEN)]), "与样本光电公司合作", "光电")
    assert not Allowlist([Allowed("", OPEN), Allowed("")])
    assert Allowlist([Allowed("abc", OPEN)]) and not NOTHING_ALLOWED


@pytest.mark.parametrize(
    ("whose", "value_of", "is_name", "is_excused"),
    [
        ("", OTHER, False, True),
        ("", OTHER, True, True),
        (OPEN, OPEN, False, True),
        (OPEN, OTHER, True, True),
        (OPEN, OTHER, False, False),
    ],
)
def test_a_name_excuses_other_names_and_what_its_own_record_keeps(
    whose: str, value_of: str, is_name: bool, is_excused: bool
) -> None:
    for in_pieces in (False, True):
        assert _hides(Allowlist([Allowed("甲乙丙", whose)], in_pieces), "甲乙丙", "乙", value_of, is_name) is is_excused


@pytest.mark.parametrize(
    ("text", "is_excused"),
    [
        (f"子{APART}乙丙{APART}丑", True),
        (f"{APART}乙丙{APART}", True),
        ("乙丙", True),
        (f"子{APART}丙丁", True),
        (f"甲乙丙{APART}丑", True),
        (f"子乙丙{APART}丑", False),
        (f"{APART}子丙{APART}丑", False),
        (f"子{APART}乙丙子{APART}丑", False),
        (f"子{APART}乙丙子", False),
        (f"乙丙{APART}子丙{APART}甲", False),
    ],
)
def test_where_texts_stand_in_pieces_a_piece_of_an_entry_is_excused(text: str, is_excused: bool) -> None:
    assert _hides(Allowlist([Allowed("甲乙丙丁", OPEN)], in_pieces=True), text, "丙") is is_excused
    assert not _hides(Allowlist([Allowed("甲乙丙丁", OPEN)]), text, "丙")


# --- names -----------------------------------------------------------------------------------------------------------------------------------


def _enterprise(id_: str = "E-AAAAAAA1", name: str = NAME, disclosure: str = "公开") -> Record:
    return record(id_, name=name, disclosure=disclosure, credit_code="91000000000010022K", contact={"name": "甄示范"})


def test_an_open_name_excuses_neither_what_others_may_be_called_nor_its_code() -> None:
    enterprise = _enterprise()
    told = {allowed.text for allowed in open_names(enterprise, SETTINGS)}
    names = names_of(enterprise, SETTINGS)
    assert fold(NAME) in told and {allowed.record for allowed in open_names(enterprise, SETTINGS)} == {OPEN}
    assert told >= {name.text for name in names if not name.short and name.source == "name"}
    assert any(name.short for name in names)
    assert not told & {name.text for name in names if name.short}
    assert not told & {fold("91000000000010022K")}
    nameless = record("E-AAAAAAA1", disclosure="公开", credit_code="91000000000010022K")
    assert not Allowlist(open_names(nameless, SETTINGS))


def test_a_name_that_a_bureau_bears_too_stays_the_enterprises_own() -> None:
    settings = settings_of(districts(city={"name": "示例市", "bureau": NAME}))
    assert fold(NAME) in {allowed.text for allowed in open_names(_enterprise(), settings)}


OPENLY, HIDDEN = _enterprise(), _enterprise("E-AAAAAAA2", "样本重工有限公司", "不公开")
DEMAND = record("D-AAAAAAA1", enterprise="E-AAAAAAA1", title=f"{NAME}发榜的材料", summary="甄示范")
DEMAND_OF_HIDDEN = record("D-AAAAAAA2", enterprise="E-AAAAAAA2")
DEMAND_OF_NOBODY = record("D-AAAAAAA3", enterprise="E-AAAAAAA9")
ROUND = Record("round", "2024/round.yml", "2024", None, {"id": "2024"}, b"", sound=True)


@pytest.mark.parametrize(
    ("shown", "own", "is_excused"),
    [
        (OPENLY, None, True),
        (DEMAND, OPENLY, True),
        (HIDDEN, None, False),
        (DEMAND_OF_HIDDEN, HIDDEN, False),
        (DEMAND_OF_NOBODY, None, False),
        (ROUND, None, False),
    ],
    ids=["its own", "its demand's", "hidden", "a hidden one's demand", "nobody's", "a round's"],
)
def test_an_open_name_may_stand_in_its_own_texts_and_its_demands(
    shown: Record, own: Record | None, is_excused: bool
) -> None:
    text = fold(f"由{NAME}和样本重工有限公司发榜")
    covers = covers_of(shown, own, SETTINGS)
    assert _hides(covers, text, "甄示范") is is_excused and not _hides(covers, text, "样本重工", OTHER, is_name=True)
    by_catalogue = PublicNames(catalogue(OPENLY, HIDDEN)).of_text(Typed(shown, ("title",), ""))
    assert _hides(by_catalogue, text, "甄示范") is is_excused
    assert not _hides(by_catalogue, text, "样本重工", OTHER, is_name=True)


def _may_stand(files: list[str], *records: Record, value: str = "甄示范") -> list[bool]:
    public = PublicNames(catalogue(*records))
    return [_hides(public.in_file(file), fold(f"由{NAME}发榜"), value) for file in files]


PAGES = ["demands/d-aaaaaaa1/index.html", "data/v1/demands/d-aaaaaaa1.json", "demands/d-aaaaaaa1/card.png"]
OTHERS = ["demands/d-aaaaaaa2/index.html", "data/v1/demands/d-aaaaaaa2.json"]
LISTS = ["demands/index.html", "feeds/all.xml", "data/v1/demands.csv"]
ELSEWHERE = ["404.html", "guide/index.html"]


def test_an_open_name_may_stand_on_its_demands_pages_and_where_names_are_shown() -> None:
    records = [HIDDEN, OPENLY, DEMAND_OF_HIDDEN, record("D-AAAAAAA1", enterprise="E-AAAAAAA1")]
    assert _may_stand(PAGES, *records) == [True] * 3
    assert _may_stand(LISTS[:1], *records) == [True]
    assert _may_stand(OTHERS + ELSEWHERE, *records) == [False] * 4


def test_the_name_of_one_without_a_demand_stands_nowhere() -> None:
    assert _may_stand([*PAGES, *LISTS], OPENLY, DEMAND_OF_HIDDEN) == [False] * 6
    stray = record("D-AAAAAAA1")
    assert _may_stand([*PAGES, *LISTS], record("E-AAAAAAA1", disclosure="公开"), stray) == [False] * 6


def test_what_a_demands_text_says_of_its_own_enterprise_may_stand_where_that_text_does() -> None:
    short = "样本甄示范光电"
    said = record("D-AAAAAAA1", enterprise="E-AAAAAAA1", parameters=f"与{short}的设备配套")
    for demand, expected in ((said, True), (record("D-AAAAAAA1", enterprise="E-AAAAAAA1"), False)):
        public = PublicNames(catalogue(OPENLY, demand))
        assert [_hides(public.in_file(file), fold(f"与{short}的"), "甄示范") for file in PAGES] == [expected] * 3
        assert not _hides(public.in_file("404.html"), fold(f"与{short}的"), "甄示范")
        assert not _hides(public.in_file(OTHERS[0]), fold(f"与{short}的"), "甄示范")


# --- the program's own words -----------------------------------------------------------------------------------------------------------------

SPECIMEN, TITLE = "示例乙", "参数要求"


@pytest.mark.parametrize(
    ("file", "is_specimen"),
    [
        ("guide/fields/index.html", True),
        ("submit/index.html", True),
        ("data/v1/schema/demand.json", True),
        ("data/index.html", True),
        ("index.html", False),
        ("data/v1/demands.csv", False),
        ("search/a.bin", False),
    ],
)
def test_examples_may_stand_where_they_are_explained_and_titles_everywhere(file: str, is_specimen: bool) -> None:
    for covers in (words_in_file(file), PublicNames(catalogue()).in_file(file)):
        assert _hides(covers, f"例如{SPECIMEN}。", SPECIMEN, OTHER) is is_specimen
        assert _hides(covers, f"填{TITLE}。", TITLE[2:], OTHER)
        assert not _hides(covers, "填别的。", "别的", OTHER)


@pytest.mark.parametrize(
    ("file", "in_pieces"), [("search/a.bin", True), ("match/index.bin", True), ("match/other.bin", False)]
)
def test_what_is_searched_holds_titles_in_pieces(file: str, in_pieces: bool) -> None:
    text = f"子{APART}{TITLE[:3]}{APART}丑"
    for covers in (words_in_file(file), PublicNames(catalogue()).in_file(file)):
        assert _hides(covers, text, TITLE[:3], OTHER) is in_pieces
