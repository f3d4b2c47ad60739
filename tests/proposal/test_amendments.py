"""What a change may do to a record that stands, at its bounds: which field each finding points to, and what passes beside it."""

from __future__ import annotations

import pytest

from jiebang.proposal.amendments import amendments
from jiebang.proposal.moves import _identity
from tests.proposal.states import HIDDEN, ROUND, Edit, state, told
from tests.proposal.states import PUBLISHED as DEMAND
from tests.proposal.states import WAITING as APPLICATION


def _note(day: str, text: str = "应要求更正。") -> str:
    return f"  - date: {day}\n    note: {text}\n"


def _notes(*notes: str) -> Edit:
    return (DEMAND, "note: 等待补充。\n", f"revisions:\n{''.join(notes)}")


_TITLE = (DEMAND, "schedule: 1 年", "schedule: 3 年")
_WITHDRAWN = (DEMAND, "status: published", "status: withdrawn")
_DAY = (DEMAND, "  apply_by: 2024-10-31\n", "  apply_by: 2024-10-31\n  withdrawn: 2024-11-01\n")
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
    "a round closed too early": ((), ((ROUND, "status: open", "status: closed"),), [("R528", "轮次状态")]),
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
