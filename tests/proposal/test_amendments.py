"""What a change may do to a record that stands, at its bounds: which field each finding points to, and what passes beside it."""

from __future__ import annotations

import pytest

from jiebang.proposal.amendments import amendments
from jiebang.proposal.change import Change
from jiebang.proposal.moves import _identity
from tests.proposal.states import HIDDEN, NAMED, NOON, OTHER_SME, ROUND, SELECTED, SUBMITTED, Edit, state, text_of, told
from tests.proposal.states import PUBLISHED as DEMAND
from tests.proposal.states import WAITING as APPLICATION


def _note(day: str, text: str = "应要求更正。") -> str:
    return f"  - date: {day}\n    note: {text}\n"


def _notes(*notes: str) -> Edit:
    return (DEMAND, "note: 等待补充。\n", f"revisions:\n{''.join(notes)}")


def _until(day: str) -> Edit:
    return (DEMAND, "apply_by: 2024-10-31", f"apply_by: {day}")


def _shown(day: str, paper: str = "同意函") -> Edit:
    return (HIDDEN, "disclosure: 不公开", f"disclosure: 公开\ndisclosure_consent:\n  date: {day}\n  document: {paper}")


def _consented(day: str) -> Edit:
    """A consent, and the name still hidden."""
    return (HIDDEN, "disclosure: 不公开", str(_shown(day)[2]).replace("公开", "不公开", 1))


_TITLE = (DEMAND, "schedule: 1 年", "schedule: 3 年")
_WITHDRAWN = (DEMAND, "status: published", "status: withdrawn")
_DAY = (DEMAND, "  apply_by: 2024-10-31\n", "  apply_by: 2024-10-31\n  withdrawn: 2024-11-01\n")
_UNPUBLISHED = (DEMAND, "  published: 2024-08-20\n", "")
_OVER = (ROUND, "status: open", "status: closed")
_WHOLE = (ROUND, "hide: 企业名称", "hide: 整项需求")
_OTHERS = (DEMAND, "enterprise: E-AAAAAAA1", "enterprise: E-BBBBBBB2")
_DONE = (
    _WITHDRAWN,
    (SELECTED, "status: selected", "status: accepted"),
    (SUBMITTED, "status: submitted", "status: returned"),
)
_CLEARANCE = "clearances:\n  - code: R403\n    field: effect\n    reviewer: 示例审甲\n    date: 2025-01-02\n    reason: 不指任何人。\n"
_FORWARDED = (APPLICATION, "status: submitted\ndates:\n", "status: forwarded\ndates:\n  forwarded: 2024-10-20\n")

CASES: dict[str, tuple[tuple[Edit, ...], tuple[Edit, ...], list[tuple[str, str]]]] = {
    "nothing": ((), (), []),
    "words without a note": ((), (_TITLE,), [("R521", "时间要求")]),
    "words with a note": ((), (_TITLE, _notes(_note("2024-09-01"))), []),
    "words that go": ((), ((DEMAND, "schedule: 1 年\n", ""),), [("R521", "文件")]),
    "a note of the day of publishing": ((), (_notes(_note("2024-08-20")),), []),
    "a note from before publishing": ((), (_notes(_note("2024-08-19")),), [("R522", "更正说明（第 1 条）·更正日期")]),
    "a note without words": ((), (_notes(_note("2024-09-01", "……。")),), [("R522", "更正说明（第 1 条）·更正内容")]),
    "a note from before the last": (
        (_notes(_note("2024-09-05")),),
        (_notes(_note("2024-09-05"), _note("2024-09-04")),),
        [("R522", "更正说明（第 2 条）·更正日期")],
    ),
    "a second note": ((_notes(_note("2024-09-05")),), (_notes(_note("2024-09-05"), _note("2024-09-05")),), []),
    "a note that is changed": (
        (_notes(_note("2024-09-05")),),
        (_notes(_note("2024-09-05", "另一句话。")),),
        [("R522", "更正说明")],
    ),
    "a note that goes": ((_notes(_note("2024-09-05")),), (), [("R522", "文件")]),
    "a deadline put off": ((), ((DEMAND, "apply_by: 2024-10-31", "apply_by: 2024-11-30"),), []),
    "a deadline brought forward": (
        (),
        ((DEMAND, "apply_by: 2024-10-31", "apply_by: 2024-10-30"),),
        [("R521", "日期·揭榜截止日期")],
    ),
    "a deadline that goes": ((), ((DEMAND, "  apply_by: 2024-10-31\n", ""),), [("R521", "日期")]),
    "a day of publishing that is another": (
        (),
        ((DEMAND, "published: 2024-08-20", "published: 2024-08-21"),),
        [("R521", "日期·发榜日期")],
    ),
    "a withdrawn one with its code": ((_WITHDRAWN, _DAY), (_WITHDRAWN, _DAY, (DEMAND, "note: 等待补充。\n", "")), []),
    "a withdrawn one with another day": (
        (_WITHDRAWN, _DAY),
        (_WITHDRAWN, (_DAY[0], _DAY[1], _DAY[2].replace("11-01", "11-02"))),
        [("R521", "日期·撤回日期")],
    ),
    "a withdrawn one without its day": ((_WITHDRAWN, _DAY), (_WITHDRAWN,), [("R521", "日期")]),
    "an application to another demand": (
        (),
        ((APPLICATION, "demand: D-AAAAAAA1", "demand: D-BBBBBBB2"),),
        [("R523", "揭榜需求")],
    ),
    "an application of another enterprise": (
        (),
        ((APPLICATION, "enterprise: E-CCCCCCC3", "enterprise: E-DDDDDDD4"),),
        [("R523", "揭榜企业")],
    ),
    "an application whose demand comes": (((APPLICATION, "demand: D-AAAAAAA1\n", ""),), (), []),
    "an application whose demand goes": ((), ((APPLICATION, "demand: D-AAAAAAA1\n", ""),), []),
    "a day of an application on its way": (
        (_FORWARDED,),
        (_FORWARDED, (APPLICATION, "submitted: 2024-10-08", "submitted: 2024-10-07")),
        [("R524", "日期·报送日期")],
    ),
    "a day of an application at its start": (
        (),
        ((APPLICATION, "submitted: 2024-10-08", "submitted: 2024-10-07"),),
        [],
    ),
    "a name shown without consent": (
        (),
        ((HIDDEN, "disclosure: 不公开", "disclosure: 公开"),),
        [("R525", "是否公开企业名称")],
    ),
    "a day to come": (
        (),
        ((APPLICATION, "submitted: 2024-10-08", "submitted: 2025-01-02"),),
        [("R526", "日期·报送日期")],
    ),
    "the day of the change": ((), ((APPLICATION, "submitted: 2024-10-08", "submitted: 2025-01-01"),), []),
    "a review of a day to come": (
        (),
        ((DEMAND, "  date: 2024-07-12", "  date: 2025-01-02"),),
        [("R526", "保密审查·审查日期")],
    ),
    "a note of a day to come": (
        (),
        (_notes(_note("2025-01-02")),),
        [("R526", "更正说明（第 1 条）·更正日期")],
    ),
    "a round that is over": (
        ((ROUND, "status: open", "status: closed"),),
        ((ROUND, "status: open", "status: closed"), (APPLICATION, "stamped: 是", "stamped: 否")),
        [("R527", "盖章")],
    ),
    "a note in a round that is over": (
        ((ROUND, "status: open", "status: closed"),),
        ((ROUND, "status: open", "status: closed"), (DEMAND, "note: 等待补充。", "note: 已补充。")),
        [],
    ),
    "a name hidden in a round that is over": (
        ((ROUND, "status: open", "status: closed"), (HIDDEN, "disclosure: 不公开", "disclosure: 公开")),
        ((ROUND, "status: open", "status: closed"),),
        [],
    ),
    "a round closed too early": ((), (_OVER,), [("R528", "轮次状态")]),
    "words of what is not published": ((), ((SUBMITTED, "schedule: 1 年", "schedule: 3 年"),), []),
    # Deadlines: the day of the change is the first of January 2025.
    "a deadline that comes": (((DEMAND, "  apply_by: 2024-10-31\n", ""),), (), []),
    "a deadline to a day gone by": (
        (_until("2025-01-31"),),
        (_until("2024-12-31"), _notes(_note("2024-09-01"))),
        [("R521", "日期·揭榜截止日期")],
    ),
    "a deadline of today to a day gone by": (
        (_until("2025-01-01"),),
        (_until("2024-12-31"), _notes(_note("2024-09-01"))),
        [("R521", "日期·揭榜截止日期")],
    ),
    "a deadline to today": ((_until("2025-01-31"),), (_until("2025-01-01"), _notes(_note("2024-09-01"))), []),
    "a deadline that is over": ((), (_until("2024-10-30"), _notes(_note("2024-09-01"))), []),
    "a deadline taken out with a note": (
        (_until("2025-01-31"),),
        ((DEMAND, "  apply_by: 2024-10-31\n", ""), _notes(_note("2024-09-01"))),
        [],
    ),
    # What stays of a withdrawn demand
    "a withdrawn one without its code": (
        (_WITHDRAWN, _DAY),
        (_WITHDRAWN, _DAY, (DEMAND, "code: Q2-0001\n", "")),
        [("R521", "文件")],
    ),
    "a withdrawn one that was published another day": (
        (_WITHDRAWN, _DAY),
        (_WITHDRAWN, _DAY, (DEMAND, "published: 2024-08-20", "published: 2024-08-21")),
        [("R521", "日期·发榜日期")],
    ),
    "a withdrawn one that never was published": (
        (_WITHDRAWN, _UNPUBLISHED),
        (_WITHDRAWN, _UNPUBLISHED, (DEMAND, "code: Q2-0001", "code: Q2-0002")),
        [],
    ),
    "a withdrawn one that gets its day": ((_WITHDRAWN,), (_WITHDRAWN, _DAY), []),
    # Applications
    "a day of an application on its way that goes": (
        (_FORWARDED,),
        (_FORWARDED, (APPLICATION, "  submitted: 2024-10-08\n", "")),
        [("R524", "日期")],
    ),
    "a day that an application on its way gets": (
        ((APPLICATION, "status: submitted", "status: forwarded"),),
        (_FORWARDED,),
        [],
    ),
    # A name that was hidden
    "a name shown without consent, and its demand changed": (
        (),
        ((HIDDEN, "disclosure: 不公开", "disclosure: 公开"), _TITLE, _notes(_note("2024-09-01"))),
        [("R525", "是否公开企业名称")],
    ),
    "a name hidden": ((_shown("2024-10-08"),), (), []),
    "a name shown by consent": ((), (_shown("2024-10-08"),), []),
    "a name shown by consent without a day": (
        (),
        ((HIDDEN, "不公开", "公开\ndisclosure_consent:\n  document: 示例同意函"),),
        [("R525", "是否公开企业名称")],
    ),
    "a name shown by the consent of before": (
        (_consented("2024-10-08"),),
        (_shown("2024-10-08"),),
        [("R525", "是否公开企业名称")],
    ),
    "a name shown by a consent of the same day": (
        (_consented("2024-10-08"),),
        (_shown("2024-10-08", "另一份同意函"),),
        [("R525", "是否公开企业名称")],
    ),
    "a name shown by a later consent": ((_consented("2024-10-08"),), (_shown("2024-10-09"),), []),
    "a name shown by a consent from before the round": (
        (),
        (_shown("2024-07-04"),),
        [("R525", "是否公开企业名称")],
    ),
    "a name shown by a consent of the first day": ((), (_shown("2024-07-05"),), []),
    "a name shown in a round that does not say when it began": (
        (),
        (_shown("1999-01-01"), (ROUND, "opens_on: 2024-07-05\n", "")),
        [],
    ),
    "a demand of a hidden one hung onto a named one": (
        (),
        (_OTHERS, _notes(_note("2024-09-01"))),
        [("R525", "是否公开企业名称")],
    ),
    "a demand of a hidden one hung onto one that agreed": (
        (),
        (_OTHERS, _notes(_note("2024-09-01")), (NAMED, "disclosure: 公开", _shown("2024-10-08")[2])),
        [],
    ),
    "a demand of a named one hung onto a hidden one": (
        (),
        (
            (SELECTED, "E-BBBBBBB2", "E-AAAAAAA1"),
            (SELECTED, "note: 等待补充。\n", f"revisions:\n{_note('2024-09-01')}"),
        ),
        [],
    ),
    "a demand that is not published hung onto another": (
        (),
        ((SUBMITTED, "E-BBBBBBB2", "E-AAAAAAA1"),),
        [],
    ),
    "a demand of a hidden one that is not published hung onto a named one": (
        ((DEMAND, "status: published", "status: recommended"),),
        ((DEMAND, "status: published", "status: recommended"), _OTHERS),
        [],
    ),
    "a demand of nobody hung onto a named one": (
        ((DEMAND, "E-AAAAAAA1", "E-ZZZZZZZ9"),),
        (_OTHERS, _notes(_note("2024-09-01"))),
        [],
    ),
    "a demand of a hidden one hung onto nobody": (
        (),
        ((DEMAND, "E-AAAAAAA1", "E-ZZZZZZZ9"), _notes(_note("2024-09-01"))),
        [],
    ),
    # Days to come
    "a consent of a day to come": ((), (_consented("2025-01-02"),), [("R526", "公开名称的同意·同意日期")]),
    "registered on a day to come": (
        (),
        ((OTHER_SME, "registered_on: 2012-05-18", "registered_on: 2025-01-02"),),
        [("R526", "注册时间")],
    ),
    "registered on the day of the change": (
        (),
        ((OTHER_SME, "registered_on: 2012-05-18", "registered_on: 2025-01-01"),),
        [],
    ),
    "asked on a day to come": (
        (),
        ((HIDDEN, "date: 2024-07-09", "date: 2025-01-02"),),
        [("R526", "隐去事项征询·征询日期")],
    ),
    "a clearance of a day to come": (
        (),
        ((SUBMITTED, "status: submitted", f"{_CLEARANCE}status: submitted"),),
        [("R526", "公开文字复核（第 1 条）·复核日期")],
    ),
    "a record of a day to come that is new": (
        ((APPLICATION, "", None),),
        ((APPLICATION, "submitted: 2024-10-08", "submitted: 2025-01-02"),),
        [("R526", "日期·报送日期")],
    ),
    "a day to come that stood there before": (
        ((APPLICATION, "submitted: 2024-10-08", "submitted: 2025-01-02"),),
        ((APPLICATION, "submitted: 2024-10-08", "submitted: 2025-01-02"), (APPLICATION, "十二人", "十三人")),
        [],
    ),
    # Rounds
    "a field taken out in a round that is over": (
        (_OVER,),
        (_OVER, (APPLICATION, "stamped: 是\n", "")),
        [("R527", "文件")],
    ),
    "withdrawn in a round that is over": (
        (_OVER,),
        (_OVER, _WITHDRAWN, (DEMAND, "  apply_by: 2024-10-31\n", "")),
        [],
    ),
    "a withdrawn one changed in a round that is over": (
        (_OVER, _WITHDRAWN),
        (_OVER, _WITHDRAWN, _TITLE),
        [("R527", "时间要求")],
    ),
    "a name shown in a round that is over": (
        (_OVER,),
        (_OVER, _shown("2024-10-08")),
        [
            ("R527", "是否公开企业名称"),
            ("R527", "公开名称的同意"),
        ],
    ),
    "an address hidden in a round that is over": (
        (_OVER,),
        (_OVER, (HIDDEN, "address: 示例市示例大道 100 号", "address: 不公开")),
        [("R527", "通讯地址")],
    ),
    "more withheld in a round that is over": (
        (_OVER,),
        (_OVER, (HIDDEN, "withholding_consulted:", "withhold:\n  - district\nwithholding_consulted:")),
        [],
    ),
    "settings of a round that is over": (
        (_OVER,),
        (_OVER, (ROUND, "k: 3", "k: 4")),
        [("R527", "最小单元")],
    ),
    "settings taken out of a round that is over": (
        (_OVER,),
        (_OVER, (ROUND, "k: 3\n", "")),
        [("R527", "文件")],
    ),
    "settings of a round under way": ((), ((ROUND, "k: 3", "k: 4"),), []),
    "a round opened again": ((_OVER,), ((ROUND, "k: 3", "k: 4"),), []),
    "a round that is new": (((ROUND, "", None),), (_OVER,), []),
    "a round closed with nothing left": ((*_DONE,), (*_DONE, _OVER), []),
    "whole demands shown": ((_WHOLE,), (), [("R525", "不公开范围")]),
    "whole demands shown of which none is hidden": (
        (_WHOLE, (HIDDEN, "disclosure: 不公开", "disclosure: 公开")),
        ((HIDDEN, "disclosure: 不公开", "disclosure: 公开"),),
        [],
    ),
    "names hidden where whole demands are": ((), (_WHOLE,), []),
    "whole demands hidden on": ((_WHOLE,), (_WHOLE, (ROUND, "k: 3", "k: 4")), []),
}


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_told_at_its_field_or_passes(name: str) -> None:
    before, after, wanted = CASES[name]
    assert told(amendments, before, after) == wanted


def test_records_that_lack_what_tells_them_apart_are_not_the_same() -> None:
    catalogue = state(
        ((APPLICATION, "demand: D-AAAAAAA1\n", ""), (DEMAND, "enterprise: E-AAAAAAA1\ncode: Q2-0001\n", ""))
    )
    application = next(one for one in catalogue.applications if one.path == APPLICATION)
    assert _identity("application", application) == [None]
    demand = next(one for one in catalogue.demands if one.path == DEMAND)
    assert _identity("demand", demand) == [None, None]
    other = next(one for one in catalogue.applications if one.path != APPLICATION)
    assert _identity("application", other) == [(other.get("enterprise"), other.get("demand"))]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (_until("2024-10-30"), "日期·揭榜截止日期提前了，没有新的更正说明。"),
        ((DEMAND, "  apply_by: 2024-10-31\n", ""), "日期·揭榜截止日期被改动，没有新的更正说明。"),
        ((DEMAND, "published: 2024-08-20", "published: 2024-08-10"), "日期·发榜日期被改动，没有新的更正说明。"),
    ],
)
def test_a_day_that_readers_saw_was_brought_forward_or_changed(edit: Edit, message: str) -> None:
    assert [problem.message for problem in amendments(Change(state(), state((edit,)), NOON))] == [message]


@pytest.mark.parametrize(
    ("edit", "left"),
    [
        ((SELECTED, "status: selected", "status: published"), "“区报送”1 项、“已发榜”2 项"),
        ((SUBMITTED, "status: submitted", "status: recommended"), "“市推荐”1 项、“已发榜”1 项、“已揭榜”1 项"),
        ((SUBMITTED, "status: submitted", "status: returned"), "“已发榜”1 项、“已揭榜”1 项"),
    ],
)
def test_a_round_that_is_closed_too_early_says_what_is_left(edit: Edit, left: str) -> None:
    (found,) = (one for one in amendments(Change(state((edit,)), state((_OVER, edit)), NOON)) if one.code == "R528")
    assert found.message == f"还有没办完的需求：{left}。"


_KEPT_OPEN: tuple[Edit, ...] = (
    (HIDDEN, "aliases:\n", "withhold:\n  - district\naliases:\n"),
    (HIDDEN, "withholding_consulted:\n  date: 2024-07-09", "withholding_consulted:\n  date: 2024-07-10"),
    (HIDDEN, "    - 简称示例1号", "    - 简称示例11号"),
    (HIDDEN, "relation: 供应商", "relation: 客户"),
    (HIDDEN, "note: 原件已核对。", "note: 原件已归档。"),
    (DEMAND, "  date: 2024-07-12", "  date: 2024-07-13"),
    (DEMAND, "status: published", f"{_CLEARANCE.replace('2025-01-02', '2025-01-01')}status: published"),
    (DEMAND, "note: 等待补充。", "note: 已补充。"),
    (APPLICATION, "plan:\n", "note: 已归档。\nplan:\n"),
)


@pytest.mark.parametrize("edit", _KEPT_OPEN, ids=lambda edit: edit[2])
def test_what_protects_somebody_may_be_added_when_the_round_is_over(edit: Edit) -> None:
    assert told(amendments, (_OVER,), (_OVER, edit)) == []


def test_demands_of_another_round_were_promised_something_else() -> None:
    path = ROUND.replace("2024", "2023")
    whole = text_of(ROUND).replace("2024", "2023").replace("hide: 企业名称", "hide: 整项需求")
    assert (
        told(amendments, ((path, "", whole),), ((path, "", whole.replace("hide: 整项需求", "hide: 企业名称")),)) == []
    )
