"""Changes that take away what protects somebody, or by which a district alone rewrites what others decided: each is refused, also where it
takes two requests; and a bureau's everyday work beside them passes. All by real commits, each on its own day."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from jiebang.problems import Problem, Severity
from jiebang.proposal import Asked, judge_proposal
from tests.proposal.forge import CONSENT, Forge, base_files, credit_code, revised
from tests.proposal.test_illegal_changes import (
    CITY,
    CLOSED,
    DECLINED,
    DISTRICTS,
    FILES,
    FORWARDED,
    HIDDEN,
    NAMED,
    PUBLISHED,
    QIAOKOU,
    RECOMMENDED,
    ROUND,
    SELECTED,
    SUBMITTED,
    WAITING,
    WINNER,
    ZONE,
    Edits,
    another_application,
    edited,
    moved,
    publishing,
)
from tests.reviews import renewed

SME = "catalogue/2024/qiaokou/enterprises/e-ccccccc3.yml"
OTHER_SME = "catalogue/2024/zone/enterprises/e-ddddddd4.yml"
AFTER, BEFORE = "2025-01-15", "2024-10-20"
"""Days of a change: after the demand's deadline, and before it."""


class _Early(Forge):
    today = "2024-07-01"


@dataclass(frozen=True)
class Case:
    """`code`: the rule that refuses the last of the changes, empty where all pass. `then`: a second request by the same account."""

    change: Edits
    code: str = ""
    base: Edits | None = None
    actor: str = CITY
    day: str = AFTER
    then: Edits | None = None


REVISED = revised(FILES[PUBLISHED], ("effect: 适配", "effect: 匹配"))
ASKED = "withholding_consulted:\n  date: 2024-07-09\n  answer: 同意显示"
WITHHOLDING: Edits = {
    HIDDEN: ((ASKED, f"withhold:\n  - district\n{ASKED.replace('同意显示', '要求隐去')}"),),
}
NAMED_BY_CONSENT: Edits = {HIDDEN: (("disclosure: 不公开", CONSENT),)}
STILL_HIDDEN: Edits = {HIDDEN: (("disclosure: 不公开", CONSENT.replace("disclosure: 公开", "disclosure: 不公开")),)}
TOMBSTONE: Edits = {PUBLISHED: moved("withdrawn", "withdrawn: 2024-10-20"), WAITING: None}
RESULT = "\nacceptance:\n  result: 全部达到要求。\n  consequences:\n    - 深化合作\ndates:"
ACCEPTED: Edits = {
    SELECTED: moved("accepted", "concluded: 2025-01-10"),
    WINNER: (*moved("accepted", "concluded: 2025-01-10"), ("\ndates:", RESULT)),
}
ALIASES = "aliases:\n  short_names:\n    - 简称示例1号\n"
AFFILIATES = "affiliates:\n  - name: 示例供应链1有限公司\n    credit_code: 910000000000777105\n    relation: 供应商\n"
REVIEWERS = "  reviewers:\n    - 示例审甲\n    - 示例审乙\n"
ACCOUNTS = tuple((f"{pad}staff:\n{pad}  - shili-{who}\n", "") for pad, who in (
    ("  ", "city"), ("    ", "qiaokou"), ("    ", "zone")
))  # fmt: skip
CLEARANCE = """\
clearances:
  - code: R403
    field: effect
    reviewer: 示例审甲
    date: 1999-01-10
    reason: 不指任何人。
"""
LATE = another_application("D-AAAAAAA1", "电池外壳用阻燃改性材料", "Q2-0001")
NO_REVIEW = re.sub(r"secrecy_review:\n(  .*\n)+", "", FILES[PUBLISHED])


def _revised_on(day: str, text: str) -> str:
    return text.replace("date: 2025-01-10", f"date: {day}")


REFUSED = {
    # Reviews that are none
    "a review to come": Case({PUBLISHED: (("date: 2024-07-12", "date: 2031-01-10"),)}, "R526"),
    "a review to come of other words": Case(
        {PUBLISHED: re.sub(r"(?<=  date: )\S+(?=\n  conclusion)", "2031-01-10", renewed(REVISED))}, "R526"
    ),
    "a review before the note on what was changed": Case(
        {PUBLISHED: re.sub(r"(?<=  date: )\S+(?=\n  conclusion)", "2024-08-01", renewed(REVISED))}, "R529"
    ),
    "the first reviewers named with their review": Case(
        {DISTRICTS: FILES[DISTRICTS], **publishing()}, "R529", {DISTRICTS: ((REVIEWERS, ""),), **RECOMMENDED}
    ),
    # Another enterprise under an id
    "the large enterprise swapped": Case(
        {NAMED: (("91000000000010022K", credit_code(4321)), ("示例光电（武汉）", "示例别家（武汉）"))}, "R532"
    ),
    "two applicants exchanged": Case(
        {
            SME: (("91000000000010030E", "91000000MA00100A45"), ("示例新材料", "示例精密机械")),
            OTHER_SME: (("91000000MA00100A45", "91000000000010030E"), ("示例精密机械", "示例新材料")),
        },
        "R532",
    ),
    "another credit code": Case({NAMED: (("91000000000010022K", credit_code(4321)),)}, "R533", actor=ZONE),
    # Protections
    "an alias taken away": Case({HIDDEN: ((ALIASES, ""),)}, "R533", actor=QIAOKOU),
    "a hidden name replaced": Case({HIDDEN: (("示例重工（武汉）集团", "示例无关贸易"),)}, "R533", actor=QIAOKOU),
    "a relation taken away": Case({HIDDEN: ((AFFILIATES, ""),)}, "R533", actor=QIAOKOU),
    "a relation under another code": Case(
        {HIDDEN: (("910000000000777105", credit_code(4322)),)}, "R533", actor=QIAOKOU
    ),
    "withheld no more": Case(
        {HIDDEN: (("withhold:\n  - district\n", ""), ("要求隐去", "同意显示"))}, "R531", WITHHOLDING
    ),
    "something else withheld": Case({HIDDEN: (("  - district\n", "  - nature\n"),)}, "R531", WITHHOLDING, QIAOKOU),
    "never asked": Case({HIDDEN: ((f"{ASKED}\n", ""),)}, "R531", actor=QIAOKOU),
    "consent taken away": Case({HIDDEN: ((CONSENT, "disclosure: 公开"),)}, "R531", NAMED_BY_CONSENT),
    "consent from before the round": Case(
        {HIDDEN: (("disclosure: 不公开", CONSENT.replace("2024-10-08", "1999-10-08")),)}, "R525"
    ),
    "an old consent in new words": Case(
        {HIDDEN: (("disclosure: 不公开", "disclosure: 公开"), ("（示例）", "（示例二）"))}, "R525", STILL_HIDDEN
    ),
    "consent first, name later": Case(
        STILL_HIDDEN, "R525", actor=QIAOKOU, then={HIDDEN: (("disclosure: 不公开", "disclosure: 公开"),)}
    ),
    "fewer alike": Case({ROUND: (("k: 3", "k: 1"),)}, "R531"),
    "nobody named to review": Case({DISTRICTS: ((REVIEWERS, ""),)}, "R530"),
    "no account of the city": Case({DISTRICTS: ACCOUNTS[:1]}, "R530"),
    "no account at all": Case({DISTRICTS: ACCOUNTS}, "R530"),
    # Reviews
    "a reviewer named in passing": Case(
        {
            DISTRICTS: (("    - 示例审乙", "    - 示例审乙\n    - 示例审丙\n    - 示例审丁"),),
            **publishing("示例审丙", "示例审丁"),
        },
        "R529",
        RECOMMENDED,
    ),
    "a new digest on the old day": Case(
        {PUBLISHED: renewed(REVISED).replace("date: 2025-01-10\n  conclusion", "date: 2024-07-12\n  conclusion")},
        "R529",
        actor=QIAOKOU,
    ),
    "a review moved to an earlier day": Case({PUBLISHED: (("date: 2024-07-12", "date: 2024-07-09"),)}, "R529"),
    "a clearance of 1999": Case(
        {
            SUBMITTED: (
                (
                    "\nstatus: ",
                    f"\n{CLEARANCE}status: ",
                ),
            )
        },
        "R529",
    ),
    # What the city wrote down, and what an award rests on
    "a code with a note": Case(
        {
            PUBLISHED: renewed(revised(FILES[PUBLISHED], ("code: Q2-0001", "code: Q2-0009"))),
            WAITING: (("Q2-0001", "Q2-0009"),),
        },
        "R533",
        actor=QIAOKOU,
    ),
    "the day of publication with a note": Case(
        {PUBLISHED: renewed(revised(FILES[PUBLISHED], ("published: 2024-08-20", "published: 2024-08-19")))},
        "R533",
        actor=QIAOKOU,
    ),
    "the day of recommendation": Case(
        {SUBMITTED: (("recommended: 2024-07-12", "recommended: 2024-07-11"),)}, "R533", RECOMMENDED, ZONE
    ),
    "a winner made smaller": Case({SME: (("employees: 120", "employees: 80"),)}, "R533", actor=QIAOKOU),
    "a winner made a 小巨人": Case({SME: (("创新型中小企业", "专精特新“小巨人”企业"),)}, "R533", actor=QIAOKOU),
    "an acceptance written down before the step": Case({WINNER: (("\ndates:", RESULT),)}, "R354", actor=QIAOKOU),
    "an acceptance rewritten": Case({WINNER: (("全部达到", "大多达到"),)}, "R533", ACCEPTED, QIAOKOU),
    # Applications
    "entered after the deadline": Case(LATE, "R534", actor=ZONE),
    "deleted and entered anew": Case(
        {WAITING: None},
        "R534",
        actor=QIAOKOU,
        then={
            WAITING.replace("aaaaaaa1", "zzzzzzz9"): FILES[WAITING]
            .replace("A-AAAAAAA1", "A-ZZZZZZZ9")
            .replace("2024-10-08", "2024-09-01")
        },
    ),
    "a deadline that is over put off": Case(
        {PUBLISHED: (("apply_by: 2024-10-31", "apply_by: 2025-02-28"),)}, "R533", actor=QIAOKOU
    ),
    "a deadline that is over put off for one who comes late": Case(
        {
            PUBLISHED: (("apply_by: 2024-10-31", "apply_by: 2025-02-28"),),
            WAITING: FILES[WAITING].replace("2024-10-08", "2025-01-10"),
        },
        "R533",
        {WAITING: None},
        QIAOKOU,
    ),
    "made earlier after the deadline": Case({WAITING: (("2024-10-08", "2024-09-08"),)}, "R534", actor=QIAOKOU),
    "another district's SME": Case(
        {path.replace("/zone/", "/qiaokou/"): text for path, text in LATE.items()}, "R310", actor=QIAOKOU, day=BEFORE
    ),
    # What stays of a published demand
    "a tombstone in two steps": Case(
        {PUBLISHED: (("\n  published: 2024-08-20", ""),)}, "R521", TOMBSTONE, QIAOKOU, then={PUBLISHED: None}
    ),
    "a tombstone under another code": Case({PUBLISHED: (("Q2-0001", "Q2-0008"),)}, "R521", TOMBSTONE),
    "withdrawn as if never published": Case(
        {PUBLISHED: (*moved("withdrawn", "withdrawn: 2024-10-20"), ("\n  published: 2024-08-20", "")), WAITING: None},
        "R521",
    ),
    "deleted once recommended": Case({SUBMITTED: None}, "R514", RECOMMENDED, ZONE),
    "a note of dots": Case({PUBLISHED: renewed(REVISED.replace("公布后的更正（示例）。", "。。。。"))}, "R522"),
    "a deadline brought to a day gone by": Case(
        {
            PUBLISHED: _revised_on(
                BEFORE, renewed(revised(FILES[PUBLISHED], ("apply_by: 2024-10-31", "apply_by: 2024-10-18")))
            )
        },
        "R521",
        day=BEFORE,
    ),
    # A commit says of itself when it was made
    "in the future by its own commit": Case(
        {
            PUBLISHED: moved("withdrawn", "withdrawn: 2099-01-10"),
            ROUND: (("closes_on: 2026-06-30", "closes_on: 2099-06-30"),),
        },
        "R526",
        day="2099-02-01",
    ),
    "in time by its own commit": Case(LATE, "R534", {ROUND: (("k: 3", "k: 4"),)}, ZONE, day=BEFORE),
    # Other spellings of a state
    "a state in capitals": Case({SUBMITTED: (("status: submitted", "status: Published"),)}, "S204"),
    "a state said twice": Case({SUBMITTED: (("status: submitted", "status: submitted\nstatus: published"),)}, "Y108"),
    "a second document": Case({SUBMITTED: f"{FILES[SUBMITTED]}---\n{{status: published}}\n"}, "Y109"),
    "a step left out with other line ends": Case(
        {
            SUBMITTED: str(edited(FILES, {SUBMITTED: moved("published", "published: 2024-08-20")})[SUBMITTED]).replace(
                "\n", "\r\n"
            )
        },
        "R511",
    ),
}

PASSES = {
    "a typo in a contact": Case({HIDDEN: (("示例乙1", "示例乙一"),)}, actor=QIAOKOU),
    "a telephone": Case({HIDDEN: (("mobile: 10000000001", "mobile: 10000000009"),)}, actor=QIAOKOU),
    "a new address": Case({HIDDEN: (("大道 100 号", "大道 101 号"),)}, actor=QIAOKOU),
    "a winner's telephone": Case({SME: (("000-20000003", "000-20000033"),)}, actor=QIAOKOU),
    "a winner's figures by the city": Case({SME: (("employees: 120", "employees: 121"),)}),
    "figures before the award": Case({NAMED: (("employees: 3500", "employees: 3600"),)}, actor=ZONE),
    "one more alias": Case({HIDDEN: (("    - 简称示例1号", "    - 简称示例1号\n    - 简称示例11号"),)}, actor=QIAOKOU),
    "one more relation": Case(
        {HIDDEN: (("affiliates:\n", "affiliates:\n  - name: 示例九有限公司\n    relation: 供应商\n"),)}, actor=QIAOKOU
    ),
    "the name of a relation": Case({HIDDEN: (("示例供应链1有限公司", "示例供应链一有限公司"),)}, actor=QIAOKOU),
    "a relation that was none": Case({HIDDEN: ((AFFILIATES, ""),)}),
    "an alias that was none": Case({HIDDEN: ((ALIASES, ""),)}),
    "a new name beside the former": Case(
        {
            HIDDEN: (
                ("name: 示例重工", "name: 示例新重工"),
                ("aliases:\n", "aliases:\n  former_names:\n    - 示例重工（武汉）集团有限公司\n"),
            )
        },
        actor=QIAOKOU,
    ),
    "other brackets in a name": Case({HIDDEN: (("示例重工（武汉）集团", "示例重工(武汉)集团"),)}, actor=QIAOKOU),
    "more withheld": Case({HIDDEN: (("  - district\n", "  - district\n  - nature\n"),)}, "", WITHHOLDING, QIAOKOU),
    "less withheld, asked again": Case(
        {
            HIDDEN: (
                ("withhold:\n  - district\n", ""),
                ("date: 2024-07-09\n  answer: 要求隐去", "date: 2025-01-10\n  answer: 同意显示"),
            )
        },
        "",
        WITHHOLDING,
        QIAOKOU,
    ),
    "named by consent": Case(NAMED_BY_CONSENT, actor=QIAOKOU),
    "hidden again": Case({HIDDEN: ((CONSENT, "disclosure: 不公开"),)}, "", NAMED_BY_CONSENT, QIAOKOU),
    "reviewers for the first time": Case({DISTRICTS: FILES[DISTRICTS]}, "", {DISTRICTS: ((REVIEWERS, ""),)}),
    "one more reviewer": Case({DISTRICTS: (("    - 示例审乙", "    - 示例审乙\n    - 示例审丙"),)}),
    "a colleague who left": Case({DISTRICTS: (("      - shili-zone", "      - shili-zone2"),)}),
    "accounts for the first time": Case({DISTRICTS: FILES[DISTRICTS]}, "", {DISTRICTS: ACCOUNTS}, "whoever"),
    "a deadline put off": Case(
        {PUBLISHED: (("apply_by: 2024-10-31", "apply_by: 2024-11-30"),)}, actor=QIAOKOU, day=BEFORE
    ),
    "a deadline that is over put off by the city": Case(
        {PUBLISHED: (("apply_by: 2024-10-31", "apply_by: 2025-02-28"),)}
    ),
    "a deadline put off on its last day": Case(
        {PUBLISHED: (("apply_by: 2024-10-31", "apply_by: 2024-11-30"),)}, actor=QIAOKOU, day="2024-10-31"
    ),
    "a deadline brought forward with a note": Case(
        {
            PUBLISHED: _revised_on(
                BEFORE, renewed(revised(FILES[PUBLISHED], ("apply_by: 2024-10-31", "apply_by: 2024-10-25")))
            )
        },
        day=BEFORE,
    ),
    "withdrawn while another district's applicant waits": Case(
        {PUBLISHED: moved("withdrawn", "withdrawn: 2025-01-10")},
        "",
        {
            WAITING: None,
            WAITING.replace("qiaokou", "zone"): FILES[WAITING].replace("E-CCCCCCC3", "E-DDDDDDD4"),
        },
        QIAOKOU,
    ),
    "a review renewed": Case({PUBLISHED: (("date: 2024-07-12", "date: 2025-01-10"),)}, actor=QIAOKOU),
    "words revised and reviewed": Case({PUBLISHED: renewed(REVISED)}, actor=QIAOKOU),
    "a note on a demand never reviewed": Case(
        {PUBLISHED: (("note: 等待补充。", "note: 已补充。"),)}, "", {PUBLISHED: NO_REVIEW}, QIAOKOU
    ),
    "a review for a demand never reviewed": Case({PUBLISHED: FILES[PUBLISHED]}, "", {PUBLISHED: NO_REVIEW}, QIAOKOU),
    "a note on an acceptance without its result": Case(
        {WINNER: (("plan:", "note: 已归档。\nplan:"),)},
        "",
        {**ACCEPTED, WINNER: moved("accepted", "concluded: 2025-01-10")},
        QIAOKOU,
    ),
    "other line ends": Case({PUBLISHED: FILES[PUBLISHED].replace("\n", "\r\n")}, actor=QIAOKOU),
    "a list on one line": Case(
        {PUBLISHED: (("modes:\n    - 项目委托\n    - 联合研发", "modes: [项目委托, 联合研发]"),)}, actor=QIAOKOU
    ),
    "words of a submitted demand": Case({SUBMITTED: (("窄线宽", "超窄线宽"),)}, actor=ZONE),
    "a code before publication": Case({SUBMITTED: (("code: 302", "code: 303"),)}, actor=ZONE),
    "published by the city": Case(publishing(), "", RECOMMENDED),
    "published on the day": Case(publishing(date=AFTER, day=AFTER), "", RECOMMENDED),
    "accepted": Case(ACCEPTED),
    "an application in time": Case(LATE, actor=ZONE, day=BEFORE),
    "an application entered late by the city": Case(LATE),
    "a day corrected in time": Case({WAITING: (("2024-10-08", "2024-10-07"),)}, actor=QIAOKOU, day=BEFORE),
    "a typo in an application handed on": Case({WAITING: (("十二人", "十三人"),)}, "", FORWARDED, QIAOKOU),
    "feedback in other words": Case({DECLINED: (("建议补充后再来", "建议补齐以后再来"),)}, actor=ZONE),
    "a file that could not be read": Case(
        {PUBLISHED: FILES[PUBLISHED]}, "", {PUBLISHED: f"{FILES[PUBLISHED]}\t:\n"}, QIAOKOU
    ),
    "an application that could not be read": Case(
        {WINNER: FILES[WINNER]}, "", {WINNER: f"{FILES[WINNER]}\t:\n"}, QIAOKOU
    ),
    "private text of a tombstone taken out": Case(
        {PUBLISHED: (("original_text: 企业原文，只供内部核对。\n", ""),)}, "", TOMBSTONE, QIAOKOU
    ),
    "withdrawn with its winner once the round is over": Case(
        {
            SELECTED: moved("withdrawn", "withdrawn: 2025-01-10"),
            WINNER: moved("withdrawn", "withdrawn: 2025-01-10"),
        },
        "",
        CLOSED,
    ),
    "hidden once the round is over": Case({NAMED: (("disclosure: 公开", "disclosure: 不公开"),)}, "", CLOSED, ZONE),
    "more alike": Case({ROUND: (("k: 3", "k: 4"),)}),
}


@pytest.fixture(scope="module")
def early(tmp_path_factory: pytest.TempPathFactory) -> Forge:
    """One forge for all cases, whose catalogue is from before the day of any change."""
    return _Early(tmp_path_factory.mktemp("undoing") / "forge.git", base_files())


def _played(forge: Forge, case: Case) -> list[Problem]:
    """The errors of the last request that could be made: a second one is made where the first passes."""
    # What was made in passing before a change is from that day or before; one case has a base that is newer than its commit says.
    forge.today = AFTER if case.code == "R534" and case.day == BEFORE else "2024-07-02"
    standing = dict(FILES)
    forge.propose(edited(standing, case.base or {}), "base")
    standing |= {path: str(text) for path, text in edited(standing, case.base or {}).items()}
    forge.today = case.day
    errors: list[Problem] = []
    last = "base"
    for number, change in enumerate(filter(None, (case.change, case.then))):
        files = edited(standing, change)
        branch = f"change-{number}"
        forge.propose(files, branch, last)
        judged = judge_proposal(Asked(forge.folder, last, branch, (case.actor,)))
        errors = [problem for problem in judged.problems if problem.severity is Severity.ERROR]
        if errors:
            break
        standing |= {path: str(text) for path, text in files.items()}
        last = branch
    return errors


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(early: Forge, name: str) -> None:
    errors = {problem.code: problem for problem in _played(early, REFUSED[name])}
    assert REFUSED[name].code in errors, {code: problem.message for code, problem in errors.items()}
    assert errors[REFUSED[name].code].hint


@pytest.mark.parametrize("name", PASSES)
def test_everyday_work_passes(early: Forge, name: str) -> None:
    assert [(p.code, p.path, p.message) for p in _played(early, PASSES[name])] == []
