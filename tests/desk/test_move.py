"""`jiebang move` and `jiebang todo`: what is missing is asked for, the difference is shown, nothing wrong is written, and what waits is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.desk.waiting import tasks
from jiebang.rules.judgement import judge
from jiebang.schemas.lifecycle import Role
from tests.conftest import ROOT, Run, run_here

SUBMITTED = "2024/zone/demands/d-ccccccc3.yml"
PUBLISHED = "2024/qiaokou/demands/d-aaaaaaa1.yml"
WAITING = "2024/qiaokou/applications/a-aaaaaaa1.yml"
WINNER = "2024/qiaokou/applications/a-bbbbbbb2.yml"


def _move(base: Path, *arguments: str, typed: str = "") -> tuple[int, str]:
    done = run_here(("move", *arguments, "--catalogue", base), base.parent, {}, typed)
    return done.returncode, done.stdout + done.stderr


def _status(base: Path, path: str) -> str:
    found = re.search(r"^status: (\S+)", (base / path).read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return found[1]


def test_a_demand_travels_to_its_acceptance_by_the_command_alone(base: Path) -> None:
    text = (base / SUBMITTED).read_text(encoding="utf-8")
    (base / SUBMITTED).write_text(
        text.replace("note: 等待补充。", "# 只是一个备注\nnote: 等待补充。"), encoding="utf-8"
    )
    code, said = _move(base, "d-ccccccc3", "市推荐", "--day", "2024-07-12", "--yes")
    assert code == 0, said
    assert "+status: recommended" in said and "-status: submitted" in said
    assert "# 只是一个备注" in (base / SUBMITTED).read_text(encoding="utf-8") or "note" not in text
    # The deadline of the round, the reviewers one after the other, and yes.
    code, said = _move(base, "D-CCCCCCC3", "published", "--day", "2024-08-20", typed="\n示例审甲\n示例审乙\n是\n")
    assert code == 0, said
    record = load(base)[0].find("demand", "D-CCCCCCC3")
    assert record is not None
    assert record.get("secrecy_review", "reviewers") == ["示例审甲", "示例审乙"]
    assert record.get("dates", "apply_by") == "2024-10-31"
    assert judge(base)[1] == []


def test_a_demand_handed_in_anew_keeps_nothing_of_the_last_time(base: Path) -> None:
    """Returned once it was recommended: the day of the recommendation and the review would come before the demand."""
    review = "secrecy_review:\n  reviewers:\n    - 示例审甲\n    - 示例审乙\n  date: 2024-07-13\n  conclusion: 不涉密\n"
    digest = f"  digest: sha256:{'0' * 64}\n"
    text = (
        (base / SUBMITTED)
        .read_text(encoding="utf-8")
        .replace("\nstatus: submitted", f"\n{review}{digest}status: returned")
    )
    text = text.replace("\ndates:\n", "\nreturned_reason: 请补充测试条件。\ndates:\n  recommended: 2024-07-12\n")
    (base / SUBMITTED).write_text(text, encoding="utf-8")
    assert judge(base)[1] == []
    code, said = _move(base, "D-CCCCCCC3", "submitted", "--day", "2024-07-20", "--yes")
    assert code == 0, said
    record = load(base)[0].find("demand", "D-CCCCCCC3")
    assert record is not None
    assert record.get("dates") == {"submitted": "2024-07-20"} and record.get("secrecy_review") is None
    assert judge(base)[1] == []
    # A review of the day on which it is handed in anew may be of the new words.
    (base / SUBMITTED).write_text(text, encoding="utf-8")
    assert _move(base, "D-CCCCCCC3", "submitted", "--day", "2024-07-13", "--yes")[0] == 0
    assert "示例审乙" in (base / SUBMITTED).read_text(encoding="utf-8")


def test_in_ci_neither_the_difference_nor_titles_are_printed(base: Path) -> None:
    text = (base / WAITING).read_text(encoding="utf-8")
    (base / WAITING).write_text(f"{text.rstrip()}\nnote: 示例机密。\n", encoding="utf-8")
    for ci, told in (("", True), ("false", True), ("true", False)):
        asked = ("move", "A-AAAAAAA1", "forwarded", "--day", "2024-11-05", "--catalogue", base)
        moved = run_here(asked, base.parent, {"CI": ci}, "否\n")
        waiting = run_here(("todo", "--today", "2024-11-01", "--catalogue", base), base.parent, {"CI": ci})
        assert "A-AAAAAAA1" in moved.stdout + moved.stderr and "A-AAAAAAA1" in waiting.stdout
        assert ("示例机密" in moved.stdout, "示例新材料" in waiting.stdout) == (told, told)


def test_winners_go_with_their_demand(base: Path) -> None:
    assert _move(base, "A-AAAAAAA1", "forwarded", "--day", "2024-11-05", "--yes")[0] == 0
    code, said = _move(base, "D-AAAAAAA1", "已揭榜", "--day", "2024-12-10", typed="A-AAAAAAA1\n是\n")
    assert code == 0, said
    assert (_status(base, PUBLISHED), _status(base, WAITING)) == ("selected", "selected")
    code, said = _move(
        base, "D-AAAAAAA1", "accepted", "--day", "2025-12-10", typed="各项指标全部达到要求。\n\n深化合作\n是\n"
    )
    assert code == 0, said
    assert (_status(base, PUBLISHED), _status(base, WAITING)) == ("accepted", "accepted")
    application = load(base)[0].find("application", "A-AAAAAAA1")
    assert application is not None
    assert application.get("acceptance") == {"result": "各项指标全部达到要求。", "consequences": ["深化合作"]}
    assert judge(base)[1] == []


def test_a_withdrawn_demand_takes_its_winner_along(base: Path) -> None:
    code, said = _move(base, "D-BBBBBBB2", "withdrawn", "--day", "2025-03-01", "--yes")
    assert code == 0, said
    assert _status(base, WINNER) == "withdrawn"
    assert judge(base)[1] == []


@pytest.mark.parametrize("typed", ["否\n", ""])
def test_without_a_yes_nothing_is_written(base: Path, typed: str) -> None:
    before = (base / SUBMITTED).read_bytes()
    code, said = _move(base, "D-CCCCCCC3", "recommended", "--day", "2024-07-12", typed=typed)
    assert code != 0
    assert "没有写入" in said
    assert (base / SUBMITTED).read_bytes() == before


def test_many_at_once_are_written_together_or_not_at_all(base: Path) -> None:
    before = (base / WAITING).read_bytes()
    code, said = _move(base, "A-AAAAAAA1", "D-CCCCCCC3", "withdrawn", "--day", "2024-10-01", "--yes")
    # The application would be withdrawn before it was handed in.
    assert code == 1 and "R362" in said
    assert (base / WAITING).read_bytes() == before
    assert _move(base, "A-AAAAAAA1", "D-CCCCCCC3", "withdrawn", "--day", "2024-10-10", "--yes")[0] == 0
    assert (_status(base, WAITING), _status(base, SUBMITTED)) == ("withdrawn", "withdrawn")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("D-AAAAAAA2", "published"), "没有编号"),
        (("E-AAAAAAA1", "published"), "没有编号"),
        (("D-AAAAAAA1", "nowhere"), "submitted（区报送）"),
        (("D-AAAAAAA1", "accepted"), "下一步只能是"),
        (("A-CCCCCCC3", "selected"), "最后一步"),
        (("D-AAAAAAA1", "selected"), "没有已转送的申请"),
        (("D-AAAAAAA1", "selected", "--winner", "A-BBBBBBB2"), "不是揭"),
        (("D-AAAAAAA1", "withdrawn", "--day", "昨天"), "不是日期"),
    ],
)
def test_what_cannot_be_is_answered_with_what_can(base: Path, arguments: tuple[str, ...], says: str) -> None:
    code, said = _move(base, *arguments)
    assert code != 0
    assert says in said, said
    assert "Traceback" not in said


def test_a_day_is_asked_for_until_it_is_one(base: Path) -> None:
    assert _move(base, "D-CCCCCCC3", "recommended", "--day", "2024-07-12", "--yes")[0] == 0
    code, said = _move(
        base, "D-CCCCCCC3", "published", "--day", "2024-08-20", typed="下个月\n2024-09-30\n示例审甲\n示例审乙\n是\n"
    )
    assert code == 0, said
    assert "写成 2026-03-05 这样的日期" in said


def test_what_waits_is_told_by_deadline(base: Path) -> None:
    found = tasks(load(base)[0], "2024-11-10")
    assert [(task.due, task.who, task.record) for task in found] == [
        ("2024-10-25", Role.CITY, "D-CCCCCCC3"),
        ("2024-10-31", Role.DISTRICT, "A-AAAAAAA1"),
        ("2024-12-31", Role.CITY, "D-AAAAAAA1"),
        ("", Role.CITY, "D-BBBBBBB2"),
    ]
    assert [task.is_late("2024-11-10") for task in found] == [True, True, False, False]
    # Before the deadline nobody has to choose yet.
    assert "D-AAAAAAA1" not in {task.record for task in tasks(load(base)[0], "2024-10-31")}


def test_the_command_tells_it_by_office_and_as_data(run: Run, base: Path) -> None:
    said = run("todo", "--catalogue", base, "--today", "2024-11-10")
    assert said.returncode == 0, said.stderr
    assert "市级主管部门（3 项）" in said.stdout and "硚口区（1 项）" in said.stdout
    data = json.loads(run("todo", "--catalogue", base, "--today", "2024-11-10", "--format", "json").stdout)
    assert len(data) == 4
    own = run("todo", "--catalogue", base, "--today", "2024-11-10", "--district", "示例开发区", "--format", "json")
    assert {task["record"] for task in json.loads(own.stdout)} == {"D-CCCCCCC3", "D-BBBBBBB2"}
    assert "硚口区" in run("todo", "--catalogue", base, "--district", "没有").stderr


def test_a_round_that_is_over_has_nothing_waiting(base: Path) -> None:
    of_round = base / "2024" / "round.yml"
    of_round.write_text(
        of_round.read_text(encoding="utf-8").replace("status: open", "status: closed"), encoding="utf-8"
    )
    assert tasks(load(base)[0], "2024-11-10") == []


def test_the_guide_of_the_year_names_commands_that_run(run: Run, base: Path) -> None:
    guide = (ROOT / "site" / "pages" / "guide" / "year.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```\n(.*?)```", guide, re.DOTALL) for line in block.splitlines()]
    commands = [line.removeprefix("jiebang ").split(" ", 1) for line in lines if line.startswith("jiebang ")]
    assert {command[0] for command in commands} == {"todo", "move", "check"}
    assert run("todo", "--catalogue", base).returncode == 0
    moves = [command[1] for command in commands if command[0] == "move"]
    for words in moves:
        options = re.findall(r"--[a-z-]+", words)
        said = run("move", "--help").stdout
        assert all(option in said for option in options)
        assert words.split(" --")[0].split()[-1] in {"recommended", "selected", "declined"}
