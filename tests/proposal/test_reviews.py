"""A secrecy review is of these words, before they go out, by people who were named before: at its bounds, with what passes beside it."""

from __future__ import annotations

import pytest

from jiebang.proposal.reviews import reviews
from tests.proposal.states import DISTRICTS, HIDDEN, PUBLISHED, SUBMITTED, Edit, Edits, text_of, told

_BLOCK = text_of(PUBLISHED).partition("secrecy_review:\n")[2].partition("status: ")[0]
_REVIEW: Edit = (PUBLISHED, f"secrecy_review:\n{_BLOCK}", "")
"""The review taken out."""
_NOBODY: Edit = (DISTRICTS, "  reviewers:\n    - 示例审甲\n    - 示例审乙\n", "")
_RECOMMENDED: Edit = (PUBLISHED, "status: published", "status: recommended")
_TODAY = "2025-01-01"
"""The day of each change."""


def _on(day: str) -> Edit:
    return (PUBLISHED, "  date: 2024-07-12\n", f"  date: {day}\n")


_NO_DAY: Edit = (PUBLISHED, "  date: 2024-07-12\n", "")
_OTHER_WORDS: Edit = (PUBLISHED, "digest: sha256:4385", "digest: sha256:0000")
_BY: Edit = (PUBLISHED, "    - 示例审乙\n", "    - 示例审丙\n")
_BY_NOBODY: Edit = (PUBLISHED, "  reviewers:\n    - 示例审甲\n    - 示例审乙\n", "")


def _noted(day: str) -> Edit:
    return (PUBLISHED, "note: 等待补充。\n", f"revisions:\n  - date: {day}\n    note: 更正。\n")


def _cleared(*days: str) -> Edit:
    entries = "".join(
        f"  - code: R403\n    field: effect\n    reviewer: 示例审甲\n    date: {day}\n    reason: 不指任何人。\n"
        for day in days
    )
    return (SUBMITTED, "status: submitted", f"clearances:\n{entries}status: submitted")


_WHO = [("R529", "保密审查·审查人")]
_DAY = [("R529", "保密审查·审查日期")]

CASES: dict[str, tuple[Edits, Edits, list[tuple[str, str]]]] = {
    "nothing": ((), (), []),
    # By whom
    "the first review": ((_REVIEW,), (), []),
    "the first review by one who was not named": ((_REVIEW,), (_BY,), _WHO),
    "another one who was not named": ((), (_BY,), _WHO),
    "one who was named with the review": (
        (),
        (_BY, (DISTRICTS, "    - 示例审乙\n", "    - 示例审乙\n    - 示例审丙\n")),
        _WHO,
    ),
    "one who was named before": (
        ((DISTRICTS, "    - 示例审乙\n", "    - 示例审乙\n    - 示例审丙\n"),),
        ((DISTRICTS, "    - 示例审乙\n", "    - 示例审乙\n    - 示例审丙\n"), _BY),
        [],
    ),
    "one in another writing": ((), ((PUBLISHED, "    - 示例审乙\n", "    - 示例審乙同志\n"),), []),
    "where nobody was named": ((_NOBODY, _REVIEW), (_NOBODY,), _WHO),
    "with the first list of all": (((DISTRICTS, "", None), _REVIEW), (), []),
    "those of before, who are named no more": ((_BY,), (_BY, _on(_TODAY)), []),
    "by nobody": ((), (_BY_NOBODY,), []),
    "a review that goes": ((), (_REVIEW,), []),
    "a review of a record that is no demand": ((), ((HIDDEN, "大道 100", "大道 101"),), []),
    # On which day
    "an earlier day": ((), (_on("2024-07-11"),), _DAY),
    "a later day": ((), (_on("2024-07-13"),), []),
    "no day": ((), (_NO_DAY,), []),
    "a day for the first time": ((_NO_DAY,), (_on("2024-07-01"),), []),
    "other words of the same day": ((), (_OTHER_WORDS,), _DAY),
    "other words of another day": ((), (_OTHER_WORDS, _on("2024-07-13")), []),
    "other words of the day of the change": ((_on(_TODAY),), (_on(_TODAY), _OTHER_WORDS), []),
    "the same words of the same day": ((), ((PUBLISHED, "conclusion: 不涉密", "conclusion: 处理后不涉密"),), []),
    "other words from before the last note": ((), (_OTHER_WORDS, _on("2024-09-01"), _noted("2024-09-02")), _DAY),
    "other words of the day of the last note": ((), (_OTHER_WORDS, _on("2024-09-02"), _noted("2024-09-02")), []),
    "the same words from before the last note": ((), (_on("2024-09-01"), _noted("2024-09-02")), []),
    "a note without a day": (
        (),
        (_OTHER_WORDS, _on("2024-09-01"), (PUBLISHED, "note: 等待补充。\n", "revisions:\n  - note: 更正。\n")),
        [],
    ),
    # Before the words go out
    "published before the review": ((_RECOMMENDED, _on("2024-08-21")), (_on("2024-08-21"),), _DAY),
    "published on the day of the review": ((_RECOMMENDED, _on("2024-08-20")), (_on("2024-08-20"),), []),
    "published after the review": ((_RECOMMENDED,), (), []),
    "published with a review without a day": ((_RECOMMENDED, _NO_DAY), (_NO_DAY,), []),
    "published without a review": ((_RECOMMENDED, _REVIEW), (_REVIEW,), []),
    "published on no day": (
        (_RECOMMENDED, _on("2024-08-21")),
        (_on("2024-08-21"), (PUBLISHED, "  published: 2024-08-20\n", "")),
        [],
    ),
    "published long ago": ((_on("2024-08-21"),), (_on("2024-08-21"), (PUBLISHED, "1 年", "2 年")), []),
    "not published yet": ((_RECOMMENDED, _on("2024-08-21")), (_RECOMMENDED, _on("2024-08-22")), []),
    "new and published": (((PUBLISHED, "", None),), (_on("2024-08-21"),), []),
    # Clearances
    "cleared before it was handed in": ((), (_cleared("2024-07-07"),), [("R529", "公开文字复核（第 1 条）·复核日期")]),
    "cleared on the day when it was handed in": ((), (_cleared("2024-07-08"),), []),
    "the second of two": (
        (_cleared("2024-07-08"),),
        (_cleared("2024-07-08", "2024-07-07"),),
        [("R529", "公开文字复核（第 2 条）·复核日期")],
    ),
    "cleared before, as it stood": (
        (_cleared("2024-07-07"),),
        (_cleared("2024-07-07"), (SUBMITTED, "1 年", "2 年")),
        [],
    ),
    "cleared on no day": (
        (),
        ((SUBMITTED, "status: submitted", "clearances:\n  - code: R403\nstatus: submitted"),),
        [],
    ),
    "cleared where nobody knows when it was handed in": (
        (),
        (_cleared("2024-07-07"), (SUBMITTED, "dates:\n  submitted: 2024-07-08\n", "")),
        [],
    ),
    "new, and cleared before": (
        ((SUBMITTED, "", None),),
        (_cleared("2024-07-07"),),
        [("R529", "公开文字复核（第 1 条）·复核日期")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_review_that_is_none_is_told_at_its_field(name: str) -> None:
    before, after, wanted = CASES[name]
    assert told(reviews, before, after) == wanted
