"""What comes, goes and moves in a change, at its bounds: what is told of each record, and what passes beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jiebang.catalogue import Catalogue
from jiebang.proposal.change import Change
from jiebang.proposal.findings import finding
from jiebang.proposal.moves import _as_far_as_known, _renamed, by_id, held_to_their_part, lives, moves_made
from jiebang.rules.proposals import PROPOSAL_FINDINGS
from jiebang.schemas.lifecycle import Role
from tests.proposal.states import (
    DECLINED,
    HIDDEN,
    NOON,
    OTHER_SME,
    PUBLISHED,
    ROUND,
    SELECTED,
    SME,
    SUBMITTED,
    WAITING,
    WINNER,
    Edit,
    Edits,
    state,
    text_of,
    told,
)


def _again(path: str, id_: str, *edits: tuple[str, str]) -> Edit:
    """A file once more, under another id."""
    name = path.rpartition("/")[2].removesuffix(".yml")
    text = text_of(path).replace(name.upper(), id_)
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return (path.replace(name, id_.lower()), "", text)


def _gone(path: str) -> Edit:
    return (path, "", None)


def _now(path: str, status: str) -> Edit:
    was = next(line for line in text_of(path).splitlines() if line.startswith("status: "))
    return (path, was, f"status: {status}")


_OVER = (ROUND, "status: open", "status: closed")
_NEW_DEMAND = (("code: 302", "code: 309"), ("title: 窄线宽", "title: 超窄线宽"))
_LAST_YEAR = ROUND.replace("2024", "2023")
_OF_LAST_YEAR: Edit = (_LAST_YEAR, "", text_of(ROUND).replace("2024", "2023"))
_TO_ZONE = SUBMITTED.replace("/zone/", "/qiaokou/")

CASES: dict[str, tuple[Edits, Edits, list[tuple[str, str]]]] = {
    # What goes
    "a submitted demand goes": ((), (_gone(SUBMITTED),), []),
    "a returned one goes": ((_now(SUBMITTED, "returned"),), (_gone(SUBMITTED),), []),
    "a recommended one goes": ((_now(SUBMITTED, "recommended"),), (_gone(SUBMITTED),), [("R514", "文件")]),
    "a published one goes": ((), (_gone(PUBLISHED), _gone(WAITING)), [("R514", "文件")]),
    "a withdrawn one that was published goes": (
        (_now(PUBLISHED, "withdrawn"), _gone(WAITING)),
        (_gone(PUBLISHED), _gone(WAITING)),
        [("R514", "文件")],
    ),
    "a withdrawn one that never was published goes": (
        (_now(PUBLISHED, "withdrawn"), _gone(WAITING), (PUBLISHED, "  published: 2024-08-20\n", "")),
        (_gone(PUBLISHED), _gone(WAITING)),
        [],
    ),
    "a submitted application goes": ((), (_gone(WAITING),), []),
    "a withdrawn application goes": ((_now(WAITING, "withdrawn"),), (_gone(WAITING),), []),
    "a forwarded application goes": ((_now(WAITING, "forwarded"),), (_gone(WAITING),), [("R514", "文件")]),
    "an application without a state goes": (((WAITING, "status: submitted\n", ""),), (_gone(WAITING),), []),
    "an enterprise goes": ((), (_gone(OTHER_SME),), []),
    "a file that cannot be read any more": ((), ((PUBLISHED, text_of(PUBLISHED), "title: [\n"),), []),
    "one of a round that is over goes": ((_OVER,), (_OVER, _gone(SUBMITTED)), [("R527", "文件")]),
    "a published one of a round that is over goes": ((_OVER,), (_OVER, _gone(PUBLISHED)), [("R514", "文件")]),
    # What comes
    "a submitted demand comes": ((), (_again(SUBMITTED, "D-ZZZZZZZ9", *_NEW_DEMAND),), []),
    "a demand without a state comes": (
        (),
        (_again(SUBMITTED, "D-ZZZZZZZ9", *_NEW_DEMAND, ("status: submitted\n", "")),),
        [],
    ),
    "a recommended one comes": (
        (),
        (_again(SUBMITTED, "D-ZZZZZZZ9", *_NEW_DEMAND, ("status: submitted", "status: recommended")),),
        [("R515", "需求状态")],
    ),
    "a file that could not be read before": (((SELECTED, text_of(SELECTED), "title: [\n"),), (), []),
    "an enterprise comes": ((), (_again(OTHER_SME, "E-ZZZZZZZ9"),), []),
    "an enterprise comes to a round that is over": (
        (_OVER,),
        (_OVER, _again(OTHER_SME, "E-ZZZZZZZ9")),
        [("R517", "企业编号")],
    ),
    "one that comes to a round that is over": (
        (_OVER,),
        (_OVER, _again(SUBMITTED, "D-ZZZZZZZ9", *_NEW_DEMAND)),
        [("R517", "需求编号")],
    ),
    "a round comes with what it had": (
        (),
        (
            _OF_LAST_YEAR,
            (PUBLISHED.replace("2024", "2023").replace("aaaaaaa1", "zzzzzzz9"), "", _again(PUBLISHED, "D-ZZZZZZZ9")[2]),
        ),
        [],
    ),
    "an application for a published demand": ((_gone(WAITING),), (), []),
    "an application for a selected demand": (
        (_gone(DECLINED),),
        (_now(DECLINED, "submitted"),),
        [("R520", "揭榜需求")],
    ),
    "an application for a withdrawn demand": (
        (_now(PUBLISHED, "withdrawn"), _gone(WAITING)),
        (_now(PUBLISHED, "withdrawn"),),
        [("R520", "揭榜需求")],
    ),
    "an application for a submitted demand": (
        (_gone(WAITING),),
        ((WAITING, "demand: D-AAAAAAA1", "demand: D-CCCCCCC3"),),
        [],
    ),
    "an application for a demand that is not there": (
        (_gone(WAITING),),
        ((WAITING, "demand: D-AAAAAAA1", "demand: D-ZZZZZZZ9"),),
        [],
    ),
    # What changes its id or its place
    "a demand under another id": (
        (),
        (_gone(SUBMITTED), _again(SUBMITTED, "D-ZZZZZZZ9")),
        [("R512", "需求编号")],
    ),
    "a demand under another id with another title": (
        (),
        (_gone(SUBMITTED), _again(SUBMITTED, "D-ZZZZZZZ9", ("title: 窄线宽", "title: 超窄线宽"))),
        [("R512", "需求编号")],
    ),
    "a demand under another id with another code": (
        (),
        (_gone(SUBMITTED), _again(SUBMITTED, "D-ZZZZZZZ9", ("code: 302", "code: 309"))),
        [("R512", "需求编号")],
    ),
    "another demand in its place": ((), (_gone(SUBMITTED), _again(SUBMITTED, "D-ZZZZZZZ9", *_NEW_DEMAND)), []),
    "another id in the same file": ((), ((SUBMITTED, "id: D-CCCCCCC3", "id: D-ZZZZZZZ9"),), [("R512", "需求编号")]),
    "an enterprise under another id": (
        (),
        (_gone(OTHER_SME), _again(OTHER_SME, "E-ZZZZZZZ9")),
        [("R512", "企业编号")],
    ),
    "an enterprise of the same name under another id": (
        (),
        (_gone(HIDDEN), _again(HIDDEN, "E-ZZZZZZZ9", ("91000000000010014Q", "91000000000010022K"))),
        [("R512", "企业编号")],
    ),
    "an application under another id": ((), (_gone(WAITING), _again(WAITING, "A-ZZZZZZZ9")), [("R512", "申请编号")]),
    "an application of another enterprise": (
        (),
        (_gone(WAITING), _again(WAITING, "A-ZZZZZZZ9", ("E-CCCCCCC3", "E-DDDDDDD4"))),
        [],
    ),
    "a demand in another district": (
        (),
        (_gone(SUBMITTED), (_TO_ZONE, "", text_of(SUBMITTED))),
        [("R513", "需求编号")],
    ),
    "a demand in another round": (
        (_OF_LAST_YEAR,),
        (_OF_LAST_YEAR, _gone(SUBMITTED), (SUBMITTED.replace("2024", "2023"), "", text_of(SUBMITTED))),
        [("R513", "需求编号")],
    ),
    # Steps
    "a step left out": ((), (_now(SUBMITTED, "published"),), [("R511", "需求状态")]),
    "a step that lacks what it carries": (
        (_now(SELECTED, "recommended"), (SELECTED, "secrecy_review:", "note:\nreview:")),
        (_now(SELECTED, "published"), (SELECTED, "secrecy_review:", "note:\nreview:")),
        [("R519", "需求状态")],
    ),
    "a state taken out": ((), ((SUBMITTED, "status: submitted\n", ""),), []),
    "a state for the first time": (((SUBMITTED, "status: submitted\n", ""),), (), []),
}


@pytest.mark.parametrize("name", CASES)
def test_what_comes_goes_and_moves_is_told_at_its_field(name: str) -> None:
    before, after, wanted = CASES[name]
    assert told(lives, before, after) == wanted


def _messages(before: Edits, after: Edits) -> list[str]:
    return [problem.message for problem in lives(Change(state(before), state(after), NOON))]


def test_a_refused_step_names_all_that_are_legal() -> None:
    assert _messages((), (_now(SUBMITTED, "published"),)) == [
        "从“区报送”改成了“已发榜”；下一步只能是“市推荐”、“退回”、“撤回”。"
    ]
    done = _now(SUBMITTED, "withdrawn")
    assert _messages((done,), ()) == ["从“撤回”改成了“区报送”；这是最后一步，不能再变。"]


def test_what_has_ended_is_restored_and_not_withdrawn() -> None:
    """The remedy is never a step that is refused in its turn."""
    for path, may_be_withdrawn in ((DECLINED, False), (WINNER, True), (PUBLISHED, True)):
        told = [p for p in lives(Change(state(), state((_gone(path),)), NOON)) if p.code == "R514"]
        assert [("withdrawn" in problem.hint, "恢复文件" in problem.hint) for problem in told] == [
            (may_be_withdrawn, True)
        ]


def test_a_changed_id_names_the_one_before_or_the_file() -> None:
    renamed = (_gone(SUBMITTED), _again(SUBMITTED, "D-ZZZZZZZ9"))
    assert _messages((), renamed) == ["这份记录原来的编号是 D-CCCCCCC3。"]
    (message,) = _messages(((SUBMITTED, "id: D-CCCCCCC3\n", ""),), renamed)
    assert "d-ccccccc3.yml" in message


def test_one_that_went_is_the_origin_of_one_that_came() -> None:
    two = (_again(SUBMITTED, "D-YYYYYYY8"), _again(SUBMITTED, "D-ZZZZZZZ9"))
    assert told(lives, (), (_gone(SUBMITTED), *two)) == [("R512", "需求编号")]


def _known(catalogue: Catalogue, path: str, closed: bool) -> Catalogue:
    """The catalogue with one record sealed and not opened."""
    found = Catalogue(catalogue.root)
    for record in catalogue.records():
        found.add(replace(record, closed=closed) if record.path == path else record)
    return found


_ENOUGH = ["R511", "R513", "R514", "R515", "R517", "R518", "R520", "R523"]
"""What the public part of a sealed record tells: its state, its place, and to what it refers."""


@pytest.mark.parametrize("before", [True, False])
def test_of_what_nobody_opened_only_what_its_public_part_tells_is_judged(before: bool) -> None:
    change = Change(_known(state(), WAITING, before), _known(state(), WAITING, not before), NOON)
    sealed = [finding(code, WAITING, "") for code in sorted(PROPOSAL_FINDINGS)]
    assert [problem.code for problem in _as_far_as_known(change, sealed)] == _ENOUGH
    opened = [finding(code, WINNER, "") for code in sorted(PROPOSAL_FINDINGS)]
    assert list(_as_far_as_known(change, opened)) == opened


def test_moves_are_those_of_the_table_and_each_has_who_may_make_it() -> None:
    before, after = (
        state(),
        state((_now(SUBMITTED, "recommended"), _now(WAITING, "forwarded"), _now(PUBLISHED, "submitted"))),
    )
    change = Change(before, after, NOON)
    assert [(made.record.id, made.move.target) for made in moves_made(change)] == [
        ("A-AAAAAAA1", "forwarded"),
        ("D-CCCCCCC3", "recommended"),
    ]
    assert list(moves_made(Change(state((_gone(SUBMITTED),)), state(), NOON))) == []
    none = state(((SUBMITTED, "status: submitted\n", ""),))
    assert list(moves_made(Change(none, state(), NOON))) == list(moves_made(Change(state(), none, NOON))) == []
    people = [("a", Role.DISTRICT), ("b", Role.CITY), ("c", Role.DISTRICT)]
    recommended = Change(state(), state((_now(SUBMITTED, "recommended"),)), NOON)
    found = [problem for problem in held_to_their_part(recommended, people) if problem.code == "R518"]
    assert [problem.message for problem in found] == [
        f"“推荐”这一步由市级主管部门办理，{who} 是区级主管部门的工作人员。" for who in "ac"
    ]
    assert [problem.field for problem in found] == ["需求状态"] * 2
    assert list(held_to_their_part(recommended, people[1:2])) == []


def test_of_two_records_of_one_id_the_first_counts() -> None:
    twin = (SUBMITTED.replace("ccccccc3", "zzzzzzz9"), "", text_of(SUBMITTED))
    found = by_id(state((twin,)), "demand")
    assert found["D-CCCCCCC3"].path == SUBMITTED
    assert by_id(state(), "enterprise").keys() == {"E-AAAAAAA1", "E-BBBBBBB2", "E-CCCCCCC3", "E-DDDDDDD4"}
    assert by_id(state(), "application").keys() == {"A-AAAAAAA1", "A-BBBBBBB2", "A-CCCCCCC3"}


@pytest.mark.parametrize(
    ("path", "id_", "lacking"),
    [
        (SME, "E-ZZZZZZZ9", ("credit_code", "name")),
        (SUBMITTED, "D-ZZZZZZZ9", ("code", "enterprise")),
        (WAITING, "A-ZZZZZZZ9", ("demand",)),
        (WAITING, "A-ZZZZZZZ9", ("enterprise",)),
    ],
)
def test_what_lacks_what_tells_it_apart_is_not_the_same(path: str, id_: str, lacking: tuple[str, ...]) -> None:
    lines = [line for line in text_of(path).splitlines() if line.partition(":")[0] in lacking]
    new = _again(path, id_, *((f"{line}\n", "") for line in lines))
    catalogue = state((*((path, f"{line}\n", "") for line in lines), new))
    olds = {record.id: record for record in catalogue.records() if record.path == path}
    (came,) = (record for record in catalogue.records() if record.path == new[0])
    assert _renamed(olds, came) is None
    assert olds
