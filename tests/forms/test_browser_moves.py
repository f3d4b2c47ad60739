"""The next step of a record on a page: for the same answers the bytes that `jiebang move` writes, for every move of the table."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from jiebang.forms.browser.door import answer
from jiebang.schemas.lifecycle import days_reached, lifecycle
from tests.conftest import run_here

MOVES = [
    (kind, state.value, move.target)
    for kind in ("demand", "application")
    for state in lifecycle(kind).values()
    for move in state.moves
]
DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"
APPLICATION = "2024/qiaokou/applications/a-aaaaaaa1.yml"
_DAY = "2025-12-20"
_SAID: dict[str, str | list[str]] = {
    "code": "Q2-0099",
    "returned_reason": "缺少参数。\n请补充。",
    "feedback": "指标没有达到。",
    "acceptance.result": "全部指标已经核对。",
    "acceptance.consequences": "深化合作",
    "dates.apply_by": "2026-02-28",
    "secrecy_review": ["示例审甲", "示例审乙"],
}
_OPTIONS = {
    "code": "--code",
    "returned_reason": "--reason",
    "feedback": "--feedback",
    "acceptance.result": "--result",
    "acceptance.consequences": "--consequence",
    "dates.apply_by": "--apply-by",
    "secrecy_review": "--reviewer",
}


_DAYS = {
    "demand": {
        "submitted": "2024-07-08",
        "recommended": "2024-07-12",
        "published": "2024-08-20",
        "selected": "2024-12-10",
        "concluded": "2025-12-10",
    },
    "application": {
        "submitted": "2024-10-10",
        "forwarded": "2024-11-05",
        "decided": "2024-12-10",
        "concluded": "2025-12-10",
    },
}


def _asked(request: str, path: Path, others: list[Path], **values: Any) -> dict[str, Any]:
    beside = [{"name": one.name, "text": one.read_text(encoding="utf-8")} for one in others]
    told: dict[str, Any] = json.loads(
        answer(request, json.dumps({"name": path.name, "others": beside, **values}), path.read_bytes())
    )
    return told


def _in_state(path: Path, status: str) -> None:
    """Rewrites a record as one that waits in a state, with its days and nothing else of it, and with a person's comment."""
    text = path.read_text(encoding="utf-8")
    kind = "demand" if path.parent.name == "demands" else "application"
    reached = [day for day in _DAYS[kind] if day in days_reached(kind, status)]
    days = "".join(f"  {day}: {_DAYS[kind][day]}\n" for day in reached)
    if "published" in reached:
        days += "  apply_by: 2024-10-31\n"
    text = re.sub(
        r"^(acceptance|feedback|returned_reason|secrecy_review|dates):.*\n(?:[ -].*\n)*", "", text, flags=re.MULTILINE
    )
    text = re.sub(r"^status: .*\n", f"# 由人写的说明\nstatus: {status}\ndates:\n{days}", text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("kind", "source", "target"), MOVES)
def test_each_move_writes_what_the_command_writes(
    base: Path, monkeypatch: pytest.MonkeyPatch, kind: str, source: str, target: str
) -> None:
    """Also where other records are against it: the command's judgement of the whole catalogue is another matter."""
    monkeypatch.setattr("jiebang.cli.move.judge_steps", lambda *_: [])
    has_winner = kind == "demand" and source in {"published", "selected"}
    path, beside = (base / DEMAND, [base / APPLICATION]) if kind == "demand" else (base / APPLICATION, [])
    _in_state(path, source)
    if has_winner:
        _in_state(beside[0], {"published": "forwarded"}.get(source, source))
    before = {one: one.read_text(encoding="utf-8") for one in (path, *beside)}
    told = _asked("moves", path, beside)
    (move,) = [one for one in told["moves"] if one["target"] == target]
    assert move["by"] and move["title"]
    answers: dict[str, dict[str, Any]] = {}
    # A demand that comes back is handed in anew before it is recommended again.
    day = "2024-07-10" if source == "returned" and target == "submitted" else _DAY
    options: list[str] = ["--day", day]
    for ask in move["asks"]:
        answers.setdefault(ask["id"], {})[ask["path"]] = _SAID[ask["path"]]
        said = _SAID[ask["path"]]
        for word in said if isinstance(said, list) else [said]:
            options += [_OPTIONS[ask["path"]], word]
    winners = [one["id"] for one in move["winners"]]
    for winner in winners:
        options += ["--winner", winner]
    made = _asked("moved", path, beside, target=target, day=day, answers=answers, winners=winners)
    assert "error" not in made, made
    for file, text in before.items():
        assert file.read_text(encoding="utf-8") == text
    done = run_here(("move", path.stem, target, *options, "--yes", "--catalogue", base), base.parent, {}, "")
    assert done.returncode == 0, done.stdout + done.stderr
    written = {
        one.name: one.read_text(encoding="utf-8")
        for one, text in before.items()
        if one.read_text(encoding="utf-8") != text
    }
    assert {file["name"]: file["text"] for file in made["files"]} == written
    assert all("# 由人写的说明" in text for text in written.values())
    assert all(file["differences"] or target == "returned" for file in made["files"])


_TAKEN = {"target": "accepted", "day": _DAY, "answers": {}, "winners": []}


@pytest.mark.parametrize(
    ("state", "values", "said"),
    [
        ("published", {"target": "accepted"}, "不能改为"),
        ("published", {"target": "selected"}, "没有选中的申请"),
        ("published", {"target": "unmet", "day": "昨天"}, "不是日期"),
        ("published", {"target": "unmet", "day": "2024-01-01"}, "早于"),
        ("recommended", {"target": "returned"}, "没有填写"),
        ("recommended", {"target": "published"}, "没有填写"),
        (
            "recommended",
            {
                "target": "published",
                "answers": {
                    "D-AAAAAAA1": {
                        **_SAID,
                        "secrecy_review": ["示例审甲", "示例审甲先生"],
                        "dates.apply_by": "2026-02-28",
                    }
                },
            },
            "两名不同",
        ),
    ],
)
def test_a_step_that_cannot_be_is_answered_with_what_to_do(
    base: Path, state: str, values: dict[str, Any], said: str
) -> None:
    _in_state(base / DEMAND, state)
    error = _asked("moved", base / DEMAND, [], **{**_TAKEN, **values})["error"]
    assert said in error["message"] + error["hint"]
    assert error["hint"]


def test_what_has_to_be_brought_beside_a_demand_is_said(base: Path) -> None:
    _in_state(base / DEMAND, "selected")
    alone = {one["target"]: one for one in _asked("moves", base / DEMAND, [])["moves"]}
    assert all("也放进来" in alone[target]["notes"][0] for target in ("accepted", "failed", "withdrawn"))
    _in_state(base / APPLICATION, "selected")
    beside = {one["target"]: one for one in _asked("moves", base / DEMAND, [base / APPLICATION])["moves"]}
    assert [one["notes"] for one in beside.values()] == [[], [], []]
    assert "A-AAAAAAA1" in beside["accepted"]["along"][0]
    # Without it the file is made, with what the check of the request will say.
    told = _asked("moved", base / DEMAND, [], **{**_TAKEN, "target": "withdrawn"})
    assert [file["name"] for file in told["files"]] == ["d-aaaaaaa1.yml"]


def test_an_enterprise_takes_no_steps(base: Path) -> None:
    path = next(base.glob("2024/*/enterprises/*.yml"))
    assert "需求和申请" in _asked("moves", path, [])["error"]["message"]
