"""What protects an enterprise does not go in passing, at its bounds: each thing taken away is told at its field, and what passes beside it."""

from __future__ import annotations

import pytest

from jiebang.proposal.protections import is_under_way, protections
from tests.proposal.forge import credit_code
from tests.proposal.states import (
    DECLINED,
    DISTRICTS,
    HIDDEN,
    NAMED,
    OTHER_SME,
    PUBLISHED,
    ROUND,
    SME,
    WAITING,
    WINNER,
    Edit,
    Edits,
    state,
    text_of,
    told,
)

_CONSENT = "disclosure: 公开\ndisclosure_consent:\n  date: 2024-10-08\n  document: 同意函\n"
_AGREED: Edit = (HIDDEN, "disclosure: 不公开\n", _CONSENT)
_AGREED_HIDDEN: Edit = (HIDDEN, "disclosure: 不公开\n", _CONSENT.replace("公开", "不公开", 1))
_PLAIN: Edit = (HIDDEN, "disclosure: 不公开", "disclosure: 公开")
_ASKED = "withholding_consulted:\n  date: 2024-07-09\n  answer: 同意显示\n"
_NEVER: Edit = (HIDDEN, _ASKED, "")


def _withheld(*what: str, day: str = "2024-07-09", answer: str = "要求隐去") -> Edit:
    listed = "".join(f"  - {one}\n" for one in what)
    asked = f"withholding_consulted:\n  date: {day}\n  answer: {answer}\n" if day else ""
    return (HIDDEN, _ASKED, (f"withhold:\n{listed}" if what else "") + asked)


def _swapped(path: str, name: str = "示例别家有限公司", code: str = credit_code(4321)) -> Edits:
    """Another name and another credit code."""
    lines = {line.partition(": ")[0]: line for line in text_of(path).splitlines()}
    return ((path, lines["name"], f"name: {name}"), (path, lines["credit_code"], f"credit_code: {code}"))


def _accounts(who: str, pad: str) -> str:
    return f"{pad}staff:\n{pad}  - shili-{who}\n"


_CITY: Edit = (DISTRICTS, "districts:\n", f"{_accounts('city', '  ')}districts:\n")
_QIAOKOU: Edit = (DISTRICTS, "    name: 硚口区\n", f"    name: 硚口区\n{_accounts('qiaokou', '    ')}")
_REVIEWERS: Edit = (DISTRICTS, "  reviewers:\n    - 示例审甲\n    - 示例审乙\n", "")
_SMALLER: Edit = (ROUND, "k: 3", "k: 2")
_SHOWN = [("R531", "是否公开企业名称")]

CASES: dict[str, tuple[Edits, Edits, list[tuple[str, str]]]] = {
    # The consent by which a name is shown
    "a consent that goes": ((_AGREED,), (_PLAIN,), _SHOWN),
    "a consent that goes with the name": ((_AGREED,), (), []),
    "a consent that goes where nothing was shown": ((_AGREED_HIDDEN,), (), []),
    "a name shown while its old consent goes": ((_AGREED_HIDDEN,), (_PLAIN,), []),
    "no consent, before or after": ((_PLAIN,), (_PLAIN, (HIDDEN, "大道 100", "大道 101")), []),
    "another consent": ((_AGREED,), (_AGREED, (HIDDEN, "date: 2024-10-08", "date: 2024-10-09")), []),
    # What an enterprise asked to withhold
    "asked no more": ((), (_NEVER,), _SHOWN),
    "asked no more and shown": ((), (_NEVER, _PLAIN), []),
    "never asked": ((_NEVER,), (_NEVER, (HIDDEN, "大道 100", "大道 101")), []),
    "asked for the first time": ((_NEVER,), (), []),
    "one of two": ((_withheld("district", "nature"),), (_withheld("nature"),), [("R531", "要求隐去的内容")]),
    "another one": ((_withheld("district"),), (_withheld("nature"),), [("R531", "要求隐去的内容")]),
    "one more": ((_withheld("district"),), (_withheld("district", "nature"),), []),
    "the only one": ((_withheld("district"),), (_withheld(),), [("R531", "隐去事项征询")]),
    "the only one, never asked": ((_withheld("district", day=""),), (_NEVER,), _SHOWN),
    "the only one, asked first": ((_withheld("district", day=""),), (_withheld(answer="同意显示"),), []),
    "a softer answer": ((_withheld(),), (), [("R531", "隐去事项征询")]),
    "a softer answer of an earlier day": (
        (_withheld(),),
        (_withheld(day="2024-07-08", answer="同意显示"),),
        [("R531", "隐去事项征询")],
    ),
    "a softer answer of a later day": ((_withheld(),), (_withheld(day="2024-07-10", answer="同意显示"),), []),
    "a harder answer": ((), (_withheld(),), []),
    "less, asked again": ((_withheld("district", "nature"),), (_withheld("nature", day="2024-07-10"),), []),
    "less of one that is shown": (
        (_PLAIN, _withheld("district")),
        (_PLAIN, _withheld()),
        [],
    ),
    "less of one that is shown from now on": ((_withheld("district"),), (_PLAIN, _withheld()), []),
    "less of one that is hidden from now on": ((_PLAIN, _withheld("district")), (_withheld(),), []),
    # Another enterprise under an id
    "another enterprise": ((), _swapped(HIDDEN), [("R532", "统一社会信用代码")]),
    "another enterprise where nothing is under way": (
        ((PUBLISHED, "", None), (WAITING, "", None)),
        _swapped(HIDDEN),
        [],
    ),
    "another name": ((), _swapped(HIDDEN)[:1], []),
    "another code": ((), _swapped(HIDDEN)[1:], []),
    "another name and no code": ((), (*_swapped(HIDDEN)[:1], (HIDDEN, "credit_code: 91000000000010014Q\n", "")), []),
    "a code for the first time": (((HIDDEN, "credit_code: 91000000000010014Q\n", ""),), _swapped(HIDDEN), []),
    "a code that was mistyped": (((HIDDEN, "91000000000010014Q", "91000000000010014A"),), _swapped(HIDDEN), []),
    "another winner": ((), _swapped(SME), [("R532", "统一社会信用代码")]),
    "another applicant who was declined": ((), _swapped(OTHER_SME), [("R532", "统一社会信用代码")]),
    # As many alike as was promised
    "fewer alike": ((), (_SMALLER,), [("R531", "最小单元")]),
    "more alike": ((_SMALLER,), (), []),
    "as many alike": ((), ((ROUND, "title: 2024年度", "title: 2024年"),), []),
    "no number of those alike": ((), ((ROUND, "k: 3\n", ""),), [("R531", "文件")]),
    "a number of those alike for the first time": (((ROUND, "k: 3\n", ""),), (), []),
    "fewer alike where nobody is hidden": ((_PLAIN,), (_PLAIN, _SMALLER), []),
    "fewer alike where nothing of the hidden is public": (
        ((PUBLISHED, "status: published", "status: recommended"),),
        ((PUBLISHED, "status: published", "status: recommended"), _SMALLER),
        [],
    ),
    "fewer alike where nobody knows whose it is": (
        ((HIDDEN, "", None),),
        ((HIDDEN, "", None), _SMALLER),
        [],
    ),
    # Lists
    "no reviewers": ((), (_REVIEWERS,), [("R530", "城市")]),
    "reviewers for the first time": ((_REVIEWERS,), (), []),
    "no account of the city": ((_CITY, _QIAOKOU), (_QIAOKOU,), [("R530", "城市")]),
    "no account at all": ((_CITY, _QIAOKOU), (), [("R530", "城市")]),
    "no account of the districts, which were all": ((_QIAOKOU,), (), [("R530", "区划")]),
    "no account of a district": ((_CITY, _QIAOKOU), (_CITY,), []),
    "accounts for the first time": ((), (_CITY, _QIAOKOU), []),
    "no list": ((_CITY,), ((DISTRICTS, "", None),), []),
    "a list for the first time": (((DISTRICTS, "", None),), (), []),
    "a list with errors": ((_CITY,), ((DISTRICTS, "kind: 区", "kind: 省"),), []),
    "a list that had errors": (((DISTRICTS, "kind: 区", "kind: 省"), _CITY), (), []),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_taken_away_is_told_at_its_field(name: str) -> None:
    before, after, wanted = CASES[name]
    assert told(protections, before, after) == wanted


def test_fewer_alike_in_another_round_is_no_matter_of_these_demands() -> None:
    path = ROUND.replace("2024", "2023")
    other = text_of(ROUND).replace("2024", "2023")
    assert told(protections, ((path, "", other),), ((path, "", other.replace("k: 3", "k: 1")),)) == []


@pytest.mark.parametrize(
    ("path", "edits", "wanted"),
    [
        (HIDDEN, (), True),
        (HIDDEN, ((PUBLISHED, "status: published", "status: recommended"),), False),
        (SME, (), True),
        (SME, ((WINNER, "", None),), False),
        (SME, ((WINNER, "status: selected", "status: withdrawn"),), False),
        (SME, ((WINNER, "status: selected\n", ""),), False),
        (OTHER_SME, (), True),
        (OTHER_SME, ((DECLINED, "status: declined", "status: submitted"),), False),
        (NAMED, (), True),
    ],
)
def test_who_is_under_way_has_a_public_demand_or_an_application_that_was_handed_on(
    path: str, edits: Edits, wanted: bool
) -> None:
    catalogue = state(edits)
    enterprise = next(one for one in catalogue.enterprises if one.path == path)
    assert is_under_way(catalogue, enterprise) is wanted
