"""Changes that a careless or malicious hand could make: each is refused with its rule and a remedy, by `proposal`, by `check --base`, and by
`move` where it is a move."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from jiebang.mapping import maps_in_memory
from jiebang.problems import Problem, Severity
from jiebang.proposal import Asked, judge_proposal
from jiebang.proposal.since import judge_since
from tests.conftest import Run
from tests.proposal.forge import CONSENT, Content, Forge, base_files, revised
from tests.proposal.pushing import assert_push_agrees
from tests.reviews import renewed
from tests.turns import in_turn

ROUND = "catalogue/2024/round.yml"
DISTRICTS = "catalogue/districts.yml"
HIDDEN = "catalogue/2024/qiaokou/enterprises/e-aaaaaaa1.yml"
NAMED = "catalogue/2024/zone/enterprises/e-bbbbbbb2.yml"
PUBLISHED = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
SELECTED = "catalogue/2024/zone/demands/d-bbbbbbb2.yml"
SUBMITTED = "catalogue/2024/zone/demands/d-ccccccc3.yml"
WAITING = "catalogue/2024/qiaokou/applications/a-aaaaaaa1.yml"
WINNER = "catalogue/2024/qiaokou/applications/a-bbbbbbb2.yml"
DECLINED = "catalogue/2024/zone/applications/a-ccccccc3.yml"
CITY, QIAOKOU, ZONE = "shili-city", "shili-qiaokou", "shili-zone"

FILES = {path: str(text) for path, text in base_files().items()}
Edits = Mapping[str, object]
"""By path: pairs of old and new text, a whole text, or None for a file that goes."""


def moved(now: str, *days: str) -> tuple[tuple[str, str], ...]:
    """A new state, with days added."""
    added = "".join(f"\n  {day}" for day in days)
    return (("\nstatus: ", f"\nstatus: {now}#"), ("\ndates:", f"\ndates:{added}"))


def edited(files: Mapping[str, str], edits: Edits) -> dict[str, Content]:
    """The files that edits give, by path."""
    done: dict[str, Content] = {}
    for path, edit in edits.items():
        if edit is None or isinstance(edit, str):
            done[path] = edit
            continue
        assert isinstance(edit, tuple)
        text = files[path]
        for old, new in edit:
            assert old in text, (path, old)
            text = text.replace(old, new, 1)
        # `status: now#was`: what stood there is gone.
        done[path] = "\n".join(
            line.partition("#")[0] if line.startswith("status: ") else line for line in text.split("\n")
        )
    return done


@dataclass(frozen=True)
class Case:
    """`base`: what is different on the base; `change`: what is done; `code`: the rule that refuses it; `move`: the same as a command."""

    code: str
    change: Edits
    base: Edits | None = None
    actor: str = CITY
    move: tuple[str, ...] = ()


REVIEW = """\
secrecy_review:
  reviewers:
    - {first}
    - {second}
  date: {date}
  conclusion: 不涉密
  digest: sha256:0000
"""
RECOMMENDED: Edits = {SUBMITTED: moved("recommended", "recommended: 2024-07-12")}
FORWARDED: Edits = {WAITING: moved("forwarded", "forwarded: 2024-11-05")}
WITHDRAWN: Edits = {PUBLISHED: moved("withdrawn", "withdrawn: 2024-10-01"), WAITING: None}
CLOSED: Edits = {
    ROUND: (("status: open", "status: closed"),),
    PUBLISHED: moved("withdrawn", "withdrawn: 2024-10-20"),
    WAITING: moved("withdrawn", "withdrawn: 2024-10-20"),
    SUBMITTED: None,
}
NOTED: Edits = {PUBLISHED: renewed(revised(FILES[PUBLISHED]))}


def another_application(demand: str, name: str, code: str, day: str = "2024-10-09") -> dict[str, str]:
    """One more application by an SME of the zone."""
    text = FILES[DECLINED].replace("A-CCCCCCC3", "A-ZZZZZZZ9").partition("\nstatus: ")[0]
    text = text.replace("demand: D-BBBBBBB2", f"demand: {demand}").replace("高速电机陶瓷球轴承", name)
    text = text.replace("code: 301", f"code: {code}").partition("\nfeedback:")[0]
    return {DECLINED.replace("ccccccc3", "zzzzzzz9"): f"{text}\nstatus: submitted\ndates:\n  submitted: {day}\n"}


def publishing(
    first: str = "示例审甲", second: str = "示例审乙", date: str = "2024-07-15", day: str = "2024-08-20"
) -> dict[str, str]:
    """A recommended demand published with a review."""
    text = edited({**FILES, SUBMITTED: str(edited(FILES, RECOMMENDED)[SUBMITTED])}, {SUBMITTED: moved("published")})
    review = REVIEW.format(first=first, second=second, date=date)
    days = f"dates:\n  published: {day}\n  apply_by: 2026-05-31"
    whole = str(text[SUBMITTED]).replace("\nstatus: ", f"\n{review}status: ").replace("\ndates:", f"\n{days}")
    return {SUBMITTED: renewed(whole)}


def _accepted(*extra: str) -> Edits:
    ended = moved("accepted", "concluded: 2025-01-10")
    return {SELECTED: ended, WINNER: (*ended, ("\ndates:", "".join(f"\n{line}" for line in extra) + "\ndates:"))}


_CHANGES = {
    # Steps left out, and steps back
    "published from submitted": Case("R511", {SUBMITTED: moved("published")}, move=("D-CCCCCCC3", "published")),
    "selected from submitted": Case("R511", {SUBMITTED: moved("selected")}, move=("D-CCCCCCC3", "已揭榜")),
    "accepted from submitted": Case("R511", {SUBMITTED: moved("accepted")}, move=("D-CCCCCCC3", "已验收")),
    "unmet from submitted": Case("R511", {SUBMITTED: moved("unmet")}, move=("D-CCCCCCC3", "unmet")),
    "failed from submitted": Case("R511", {SUBMITTED: moved("failed")}, move=("D-CCCCCCC3", "failed")),
    "accepted from published": Case("R511", {PUBLISHED: moved("accepted")}, move=("D-AAAAAAA1", "accepted")),
    "failed from published": Case("R511", {PUBLISHED: moved("failed")}, move=("D-AAAAAAA1", "failed")),
    "back to recommended": Case("R511", {PUBLISHED: moved("recommended")}, move=("D-AAAAAAA1", "recommended")),
    "back to submitted": Case("R511", {PUBLISHED: moved("submitted")}, move=("D-AAAAAAA1", "submitted")),
    "returned once published": Case("R511", {PUBLISHED: moved("returned")}, move=("D-AAAAAAA1", "returned")),
    "published again once selected": Case("R511", {SELECTED: moved("published")}, move=("D-BBBBBBB2", "published")),
    "unmet once selected": Case("R511", {SELECTED: moved("unmet")}, move=("D-BBBBBBB2", "unmet")),
    "raised from withdrawn": Case(
        "R511", {PUBLISHED: (("status: withdrawn", "status: published"),)}, WITHDRAWN, move=("D-AAAAAAA1", "published")
    ),
    "chosen before it was handed on": Case("R511", {WAITING: moved("selected")}, move=("A-AAAAAAA1", "selected")),
    "accepted before it was chosen": Case("R511", {WAITING: moved("accepted")}, move=("A-AAAAAAA1", "accepted")),
    "declined before it was handed on": Case("R511", {WAITING: moved("declined")}, move=("A-AAAAAAA1", "declined")),
    "handed on once declined": Case("R511", {DECLINED: moved("forwarded")}, move=("A-CCCCCCC3", "forwarded")),
    "chosen once declined": Case("R511", {DECLINED: moved("selected")}, move=("A-CCCCCCC3", "selected")),
    "handed on once chosen": Case("R511", {WINNER: moved("forwarded")}, move=("A-BBBBBBB2", "forwarded")),
    "declined once chosen": Case("R511", {WINNER: moved("declined")}, move=("A-BBBBBBB2", "declined")),
    # Whose step it is
    "a district recommends": Case(
        "R518",
        {SUBMITTED: moved("recommended", "recommended: 2024-07-12")},
        actor=ZONE,
        move=("D-CCCCCCC3", "recommended"),
    ),
    "a district returns": Case(
        "R518",
        {SUBMITTED: (*moved("returned"), ("\nstatus", "\nreturned_reason: 请补充。\nstatus"))},
        actor=ZONE,
        move=("D-CCCCCCC3", "returned", "--reason", "请补充。"),
    ),
    "a district publishes": Case("R518", publishing(), RECOMMENDED, ZONE),
    "a district ends its demand": Case(
        "R518",
        {PUBLISHED: moved("unmet", "concluded: 2024-12-20"), WAITING: moved("withdrawn", "withdrawn: 2024-11-20")},
        actor=QIAOKOU,
    ),
    "a district chooses its own applicant": Case(
        "R518",
        {WAITING: (*moved("selected", "decided: 2024-12-10"),)},
        FORWARDED,
        QIAOKOU,
        ("A-AAAAAAA1", "selected", "--day", "2024-12-10"),
    ),
    "a district accepts its own winner": Case(
        "R518", {WINNER: moved("accepted", "concluded: 2025-01-10")}, actor=QIAOKOU
    ),
    "another district's record": Case("R502", {PUBLISHED: moved("withdrawn", "withdrawn: 2024-12-20")}, actor=ZONE),
    # States that contradict each other
    "selected without a winner": Case("R352", {PUBLISHED: moved("selected", "selected: 2024-12-10")}),
    "selected by one who never applied": Case(
        "R511", {PUBLISHED: moved("selected", "selected: 2024-12-10"), WAITING: moved("selected")}
    ),
    "selected before the deadline": Case(
        "R356",
        {PUBLISHED: moved("selected", "selected: 2024-10-20"), WAITING: moved("selected", "decided: 2024-10-20")},
        FORWARDED,
        move=("D-AAAAAAA1", "selected", "--winner", "A-AAAAAAA1", "--day", "2024-10-20"),
    ),
    "selected on the day of the deadline": Case(
        "R356",
        {PUBLISHED: moved("selected", "selected: 2024-10-31"), WAITING: moved("selected", "decided: 2024-10-31")},
        FORWARDED,
        move=("D-AAAAAAA1", "selected", "--winner", "A-AAAAAAA1", "--day", "2024-10-31"),
    ),
    "unmet before the deadline": Case(
        "R356",
        {PUBLISHED: moved("unmet", "concluded: 2024-10-20")},
        move=("D-AAAAAAA1", "unmet", "--day", "2024-10-20"),
    ),
    "unmet while somebody waits": Case(
        "R357",
        {PUBLISHED: moved("unmet", "concluded: 2024-12-20")},
        move=("D-AAAAAAA1", "unmet", "--day", "2024-12-20"),
    ),
    "accepted while the winner is not": Case("R352", {SELECTED: moved("accepted", "concluded: 2025-01-10")}),
    "accepted without a result": Case("R519", _accepted()),
    "accepted with the consequence of a failure": Case(
        "R354", _accepted("acceptance:", "  result: 指标没有达到。", "  consequences:", "    - 未通过")
    ),
    "a winner accepted alone": Case(
        "R352",
        {WINNER: moved("accepted", "concluded: 2025-01-10")},
        move=("A-BBBBBBB2", "accepted", "--result", "全部达到要求。", "--consequence", "深化合作"),
    ),
    "withdrawn while its winner stays": Case("R352", {SELECTED: moved("withdrawn", "withdrawn: 2025-01-10")}),
    "one winner too many": Case(
        "R351",
        {DECLINED: moved("selected", "decided: 2024-12-10")},
        {DECLINED: (("status: declined", "status: forwarded"), ("\n  decided: 2024-12-10", ""))},
        move=("A-CCCCCCC3", "selected", "--day", "2024-12-10"),
    ),
    "one winner too few": Case(
        "R355",
        {PUBLISHED: moved("selected", "selected: 2024-12-10"), WAITING: moved("selected", "decided: 2024-12-10")},
        {**FORWARDED, ROUND: (("min: 1", "min: 2"), ("max: 1", "max: 2"))},
        move=("D-AAAAAAA1", "selected", "--winner", "A-AAAAAAA1", "--day", "2024-12-10"),
    ),
    "a winner that is a supplier": Case(
        "R343",
        {
            HIDDEN: (
                ("示例供应链1有限公司", "示例新材料（武汉）有限公司"),
                ("910000000000777105", "91000000000010030E"),
            ),
            WAITING: moved("forwarded", "forwarded: 2024-11-05"),
        },
    ),
    # Applications
    "applied after the deadline": Case(
        "R363", another_application("D-AAAAAAA1", "电池外壳用阻燃改性材料", "Q2-0001", "2024-11-05")
    ),
    "applied for what is withdrawn": Case(
        "R520", another_application("D-AAAAAAA1", "电池外壳用阻燃改性材料", "Q2-0001"), WITHDRAWN
    ),
    "applied for what is given away": Case(
        "R520",
        another_application("D-BBBBBBB2", "高速电机陶瓷球轴承", "301"),
        {DECLINED: None},
    ),
    "hung onto another demand": Case(
        "R523",
        {WAITING: (("D-AAAAAAA1", "D-BBBBBBB2"), ("电池外壳用阻燃改性材料", "高速电机陶瓷球轴承"), ("Q2-0001", "301"))},
    ),
    "given to another enterprise": Case("R523", {WAITING: (("E-CCCCCCC3", "E-DDDDDDD4"),)}),
    "made to be in time": Case(
        "R524",
        {WAITING: (("submitted: 2024-10-08", "submitted: 2024-10-07"),)},
        FORWARDED,
    ),
    # What was published
    "words changed": Case("R521", {PUBLISHED: (("effect: 适配", "effect: 匹配"),)}),
    "a requirement taken out": Case("R521", {PUBLISHED: (("\n  阻燃等级：V-0（0.8 mm）", ""),)}),
    "a deadline brought forward": Case("R521", {PUBLISHED: (("apply_by: 2024-10-31", "apply_by: 2024-10-15"),)}),
    "a code changed": Case("R521", {PUBLISHED: (("Q2-0001", "Q2-0009"),), WAITING: (("Q2-0001", "Q2-0009"),)}),
    "an enterprise changed": Case("R521", {SELECTED: (("enterprise: E-BBBBBBB2", "enterprise: E-AAAAAAA1"),)}),
    "the day of publication changed": Case("R521", {PUBLISHED: (("published: 2024-08-20", "published: 2024-08-10"),)}),
    "a note without a new review": Case(
        "R421", {PUBLISHED: revised(FILES[PUBLISHED], ("effect: 适配", "effect: 匹配"))}
    ),
    "a note rewritten": Case("R522", {PUBLISHED: (("公布后的更正", "公布后的小更正"),)}, NOTED),
    "a note taken out": Case("R522", {PUBLISHED: FILES[PUBLISHED]}, NOTED),
    "a note from before publication": Case(
        "R522",
        {
            PUBLISHED: renewed(
                revised(FILES[PUBLISHED], ("effect: 适配", "effect: 匹配")).replace("2025-01-10", "2024-08-01")
            )
        },
    ),
    "deleted once published": Case("R514", {PUBLISHED: None, WAITING: None}),
    "another id": Case(
        "R512",
        {
            SUBMITTED: None,
            SUBMITTED.replace("ccccccc3", "zzzzzzz9"): FILES[SUBMITTED].replace("D-CCCCCCC3", "D-ZZZZZZZ9"),
        },
    ),
    "another folder": Case("R513", {SUBMITTED: None, SUBMITTED.replace("/zone/", "/qiaokou/"): FILES[SUBMITTED]}),
    "new and recommended": Case(
        "R515",
        {
            SUBMITTED.replace("ccccccc3", "zzzzzzz9"): FILES[SUBMITTED]
            .replace("D-CCCCCCC3", "D-ZZZZZZZ9")
            .replace("code: 302", "code: 309")
            .replace("status: submitted", "status: recommended")
        },
    ),
    # The enterprise's own choice
    "named without consent": Case("R525", {HIDDEN: (("disclosure: 不公开", "disclosure: 公开"),)}, actor=QIAOKOU),
    "named by an old consent": Case(
        "R525",
        {HIDDEN: (("disclosure: 不公开", "disclosure: 公开"),)},
        {HIDDEN: (("disclosure: 不公开", CONSENT.replace("disclosure: 公开", "disclosure: 不公开")),)},
    ),
    "named by a consent to come": Case(
        "R526", {HIDDEN: (("disclosure: 不公开", CONSENT.replace("2024-10-08", "2031-10-08")),)}
    ),
    "named by another record": Case(
        "R525",
        {
            PUBLISHED: renewed(revised(FILES[PUBLISHED], ("enterprise: E-AAAAAAA1", "enterprise: E-ZZZZZZZ9"))),
            HIDDEN.replace("aaaaaaa1", "zzzzzzz9"): FILES[HIDDEN]
            .replace("E-AAAAAAA1", "E-ZZZZZZZ9")
            .replace("disclosure: 不公开", "disclosure: 公开"),
        },
    ),
    "whole demands shown that were promised to stay hidden": Case(
        "R525",
        {ROUND: (("hide: 整项需求", "hide: 企业名称"),)},
        {ROUND: (("hide: 企业名称", "hide: 整项需求"),)},
    ),
    # Reviews
    "published without a review": Case(
        "R519",
        {
            SUBMITTED: str(publishing()[SUBMITTED]).replace("secrecy_review:", "note:").partition("\nnote:")[0]
            + "\nstatus: published\ndates:\n  published: 2024-08-20\n  apply_by: 2026-05-31\n  recommended: 2024-07-12\n  submitted: 2024-07-08\n"
        },
        RECOMMENDED,
    ),
    "placeholders for reviewers": Case("R421", publishing("（第一名审查人）", "（第二名审查人）"), RECOMMENDED),
    "reviewers whom nobody named": Case("R421", publishing("示例审丙", "示例审丁"), RECOMMENDED),
    "one reviewer in two writings": Case("R422", publishing("示例审甲", "示例審甲"), RECOMMENDED),
    "one reviewer and his honorific": Case("R422", publishing("示例审甲", "示例审甲同志"), RECOMMENDED),
    "a review of 1999": Case("R424", publishing(date="1999-07-15"), RECOMMENDED),
    "a review after publication": Case("R529", publishing(date="2024-12-15"), RECOMMENDED),
    "published in 2031": Case("R526", publishing(day="2031-01-05"), RECOMMENDED),
    "a review of other words": Case(
        "R421", {SUBMITTED: str(publishing()[SUBMITTED]).replace("窄线宽激光器", "宽线宽激光器")}, RECOMMENDED
    ),
    "an own reviewer named in passing": Case(
        "R502",
        {
            DISTRICTS: (("    - 示例审乙", "    - 示例审乙\n    - 示例审丙"),),
            SUBMITTED: (("schedule: 1 年", "schedule: 2 年"),),
        },
        actor=ZONE,
    ),
    # Days
    "withdrawn on a day to come": Case(
        "R526",
        {PUBLISHED: moved("withdrawn", "withdrawn: 2031-01-10")},
        move=("D-AAAAAAA1", "withdrawn", "--day", "2031-01-10"),
    ),
    "a day of a state to come": Case("R366", {SUBMITTED: (("\ndates:", "\ndates:\n  published: 2024-08-20"),)}),
    "recommended before it was handed in": Case(
        "R362",
        {SUBMITTED: moved("recommended", "recommended: 2024-07-06")},
        move=("D-CCCCCCC3", "recommended", "--day", "2024-07-06"),
    ),
    # Rounds
    "changed once the round is over": Case("R527", {SELECTED: (("schedule: 1 年", "schedule: 2 年"),)}, CLOSED),
    "an application changed once the round is over": Case("R527", {DECLINED: (("十二人", "十三人"),)}, CLOSED),
    "deleted once the round is over": Case(
        "R527", {HIDDEN: None, PUBLISHED: None}, {**CLOSED, PUBLISHED: moved("returned"), WAITING: None}
    ),
    "added once the round is over": Case("R517", {SUBMITTED: FILES[SUBMITTED]}, CLOSED),
    "settings changed once the round is over": Case("R527", {ROUND: (("k: 3", "k: 4"),)}, CLOSED),
    "closed with work left": Case("R528", {ROUND: (("status: open", "status: closed"),)}),
}


def _errors(problems: list[Problem] | tuple[Problem, ...]) -> dict[str, Problem]:
    return {problem.code: problem for problem in problems if problem.severity is Severity.ERROR}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work tree with the small catalogue committed, for all cases: each leaves it as it was."""
    folder = tmp_path_factory.mktemp("desk")
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _commit(folder)
    return folder


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Forge:
    """One forge for all cases: each has branches of its own."""
    return Forge(tmp_path_factory.mktemp("forge") / "forge.git", base_files())


def _git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=示例", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def _commit(folder: Path) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--allow-empty", "--message=state")


def _put(folder: Path, files: Mapping[str, Content]) -> None:
    for path, text in files.items():
        if text is None:
            (folder / path).unlink()
        else:
            (folder / path).write_text(str(text), encoding="utf-8")


@pytest.mark.parametrize("name", _CHANGES)
def test_it_is_refused_everywhere(name: str, shared: Forge, desk: Path, run: Run) -> None:
    case = _CHANGES[name]
    base = edited(FILES, case.base or {})
    standing = {path: str(text) for path, text in {**FILES, **base}.items() if text is not None}
    change = edited(standing, case.change)

    shared.propose(base, "base")
    shared.propose(change, "proposal", "base")
    judged = judge_proposal(Asked(shared.folder, "base", "proposal", (case.actor,)))
    refused = _errors(judged.problems)
    assert case.code in refused, {code: problem.message for code, problem in refused.items()}
    assert refused[case.code].hint
    shared.git("symbolic-ref", "HEAD", "refs/heads/base")
    assert_push_agrees(shared.folder, "proposal", case.actor, judged)
    # By day at the desk only a third: the rules are those that were asked above, whatever holds the files.
    if in_turn(1 / 3):
        _assert_refused_at_the_desk(case, base, change, desk, run)


def _assert_refused_at_the_desk(
    case: Case, base: Mapping[str, Content], change: Mapping[str, Content], desk: Path, run: Run
) -> None:
    _put(desk, base)
    _commit(desk)
    try:
        _put(desk, change)
        told = judge_since(desk / "catalogue", "HEAD", (case.actor,), maps_in_memory(desk / "catalogue"))
        assert case.code in _errors(told.problems)
        _git(desk, "checkout", "--quiet", ".")
        _git(desk, "clean", "--quiet", "-fd")
        if case.move:
            said = run("move", *case.move, "--actor", case.actor, "--yes", cwd=desk)
            assert said.returncode == 1, said.stdout + said.stderr
            # A step that does not exist has no record yet in which to find it.
            assert case.code in said.stdout or (
                (case.code == "R511" and "下一步" in said.stderr + said.stdout) or "最后一步" in said.stderr
            )
    finally:
        _git(desk, "reset", "--quiet", "--hard", "HEAD~1")
        _git(desk, "clean", "--quiet", "-fd")


def test_beside_uncommitted_work_it_is_said_what_was_judged(desk: Path, run: Run) -> None:
    asked = ("proposal", "--base", "HEAD", "--actor", CITY)
    assert "没有提交" not in run(*asked, cwd=desk).stderr
    try:
        _put(
            desk,
            {SUBMITTED: FILES[SUBMITTED].replace("status: submitted", "status: published"), "catalogue/new.yml": ""},
        )
        said = run(*asked, cwd=desk)
        assert "可以合并" in said.stdout
        assert "还有 2 个文件没有提交" in said.stderr and "jiebang check --base HEAD" in said.stderr
    finally:
        _git(desk, "reset", "--quiet", "--hard")
        _git(desk, "clean", "--quiet", "-fd")


def test_there_are_enough_of_them() -> None:
    assert len(_CHANGES) >= 60
