"""`jiebang new enterprise|demand|application`: by question and answer to a file that passes the check, or to no file at all."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from jiebang.catalogue import load
from jiebang.catalogue.decode import decode
from jiebang.catalogue.events import parse
from jiebang.cli.prompts import Terminal, _Offer
from jiebang.forms.questionnaire import questions
from jiebang.forms.questionnaire.questions import LARGE, LATER, SET, SMALL
from jiebang.schemas import field_at, fields_of
from tests.conftest import run_here
from tests.judging import judge

PLACE = ("--round", "2024", "--district", "zone")


def _new(base: Path, kind: str, *answers: str, place: tuple[str, ...] = PLACE) -> subprocess.CompletedProcess[str]:
    typed = "".join(f"{answer}\n" for answer in answers)
    return run_here(("new", kind, "--catalogue", base, *place), base.parent, {}, typed)


def _files(base: Path) -> set[Path]:
    return {path for path in base.rglob("*") if path.is_file()}


def _made(base: Path, before: set[Path]) -> Path:
    (made,) = _files(base) - before
    return made


LARGE_ANSWERS = (
    "大企业",
    "是",
    "示例新材料（武汉）集团有限公司",
    "2",
    "９１０００００００００００04650",
    "湖北省", "示例甲", "示例乙", "技术部主任", "０２７－０００００061", "", "", "lian@example.com",
    "12,000万元", "3500", "560000.5", "民营", "电气机械和器材制造业", "1", "示例省中小企业主管部门", "示例市示例路 9 号", "０１２345",
    "示例新材", "", "", "", "示例牌", "新材牌", "", "",
    "示例供应有限公司", "", "供应商", "",
)  # fmt: skip

DEMAND_ANSWERS = (
    "示例光电", "", "电池外壳用阻燃改性材料之二", "", "研发一款改性材料", "", "熔指 25 g/10min", "阻燃 V-0", "", "适配电池外壳", "", "1 年", "",
    "项目委托、2", "", "新材料", "", "是", "2024-07-08", "",
)  # fmt: skip


def test_an_enterprise_from_answers_to_a_file_that_passes_the_check(base: Path) -> None:
    before = _files(base)
    done = _new(base, "enterprise", *LARGE_ANSWERS, "")
    assert done.returncode == 0, done.stderr
    made = _made(base, before)
    assert made.parent == base / "2024/zone/enterprises"
    record = next(r for r in load(base)[0].enterprises if r.path == made.relative_to(base).as_posix())
    assert record.sound
    assert [p for p in judge(base)[1] if p.path == record.path] == []
    assert record.get("credit_code") == "910000000000004650" and record.get("postcode") == "012345"
    assert record.get("industry") == {"code": "38", "name": "电气机械和器材制造业"}
    assert record.get("registered_capital") == 12000 and record.get("disclosure") == "不公开"
    assert record.get("aliases") == {"short_names": ["示例新材"], "brands": ["示例牌", "新材牌"]}
    assert record.get("affiliates") == [{"name": "示例供应有限公司", "relation": "供应商"}]
    assert record.get("fax") is None
    assert "jiebang new demand --round 2024 --district zone" in done.stderr


def test_a_demand_names_its_enterprise_and_holds_nothing_of_it(base: Path) -> None:
    before = _files(base)
    done = _new(base, "demand", *DEMAND_ANSWERS)
    assert done.returncode == 0, done.stderr
    record = next(r for r in load(base)[0].demands if base / r.path == _made(base, before))
    assert record.sound and record.get("enterprise") == "E-BBBBBBB2" and record.get("status") == "submitted"
    assert record.get("parameters") == "熔指 25 g/10min\n阻燃 V-0"
    assert record.get("cooperation") == {"modes": ["项目委托", "联合研发"]}
    assert [p.code for p in judge(base)[1] if p.path == record.path] == []
    assert f"jiebang review {record.id}" in done.stderr


def test_an_application_takes_name_and_code_from_the_demand(base: Path) -> None:
    before = _files(base)
    texts = [
        answer for text in ("概况", "能力", "团队", "目标", "路线", "进度", "风险", "方式") for answer in (text, "")
    ]
    answers = [
        "E-DDDDDDD4",
        "D-AAAAAAA1",
        "",
        "",
        "是",
        *texts,
        "专利",
        "一种示例方法",
        "示例-1",
        "",
        "是",
        "2024-10-01",
        "",
    ]
    done = _new(base, "application", *answers)
    assert done.returncode == 0, done.stderr
    record = next(r for r in load(base)[0].applications if base / r.path == _made(base, before))
    demand = load(base)[0].find("demand", "D-AAAAAAA1")
    assert demand is not None and record.sound
    assert record.get("item") == {"name": demand.get("title"), "code": demand.get("code")}
    assert record.get("evidence") == [{"kind": "专利", "title": "一种示例方法", "number": "示例-1"}]


def test_above_each_field_stands_what_it_is(base: Path) -> None:
    before = _files(base)
    _new(base, "enterprise", *LARGE_ANSWERS, "")
    text, _ = decode(_made(base, before).read_bytes())
    assert text is not None
    lines = text.split("\n")
    assert parse(text)[1] == []
    for path in ("name", "contact", "contact.phone", "aliases.brands", "industry.code"):
        field = field_at("enterprise", path)
        assert field is not None
        at = next(n for n, line in enumerate(lines) if line.strip() == f"# {field.title}：{field.description}")
        assert lines[at + 1].strip().startswith(f"{path.rpartition('.')[2]}:")


def test_a_wrong_answer_is_told_as_the_check_tells_it_and_asked_again(base: Path) -> None:
    wrong = {
        "910000000000004651": "校验位（第 18 位）应为 0。",
        "lian@": "不是完整的邮箱地址",
        "５．６亿": "应为数字",
    }
    answers: list[str] = []
    for answer in LARGE_ANSWERS:
        if answer.startswith("９１"):
            answers.append("910000000000004651")
        if answer == "lian@example.com":
            answers += ["lian@", ""]
        if answer.startswith("12,000"):
            answers.append("５．６亿")
        answers.append(answer)
    before = _files(base)
    done = _new(base, "enterprise", *answers, "")
    assert done.returncode == 0, done.stderr
    for told in wrong.values():
        assert told in done.stderr
    assert "这一项必填" in done.stderr
    assert "lian@example.com" in _made(base, before).read_text(encoding="utf-8")


def test_what_only_a_rule_is_against_is_kept_when_said_twice(base: Path) -> None:
    answers = [answer for answer in LARGE_ANSWERS for _ in range(2 if answer.startswith("９１") else 1)]
    answers = ["910000000000004651" if answer.startswith("９１") else answer for answer in answers]
    before = _files(base)
    done = _new(base, "enterprise", *answers, "")
    assert done.returncode == 0
    assert "再填一次同样的内容就照记" in done.stderr
    assert "R311" in done.stdout, "the check at the end names it"
    assert "910000000000004651" in _made(base, before).read_text(encoding="utf-8")


def test_an_answer_can_be_changed_before_writing(base: Path) -> None:
    before = _files(base)
    done = _new(base, "demand", *DEMAND_ANSWERS[:-1], "2", "另一个名称", "99", "")
    assert done.returncode == 0, done.stderr
    assert "title: 另一个名称" in _made(base, before).read_text(encoding="utf-8")
    assert "写序号修改那一项" in done.stderr


@pytest.mark.parametrize(
    "answers", [(), LARGE_ANSWERS[:9], LARGE_ANSWERS, (*LARGE_ANSWERS, "q")], ids=["none", "some", "all", "q"]
)
def test_without_the_last_yes_nothing_is_written(base: Path, answers: tuple[str, ...]) -> None:
    before = _files(base)
    done = _new(base, "enterprise", *answers)
    assert done.returncode == 130
    assert "没有写入任何文件" in done.stderr and "Traceback" not in done.stderr
    assert _files(base) == before


def test_ctrl_c_writes_nothing(base: Path) -> None:
    before = _files(base)
    with subprocess.Popen(
        [sys.executable, "-m", "jiebang", "new", "enterprise", "--catalogue", str(base), *PLACE],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stderr is not None
        told = ""
        until = time.monotonic() + 60
        while "企业角色" not in told and time.monotonic() < until:
            told += process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "没有写入任何文件" in rest and "Traceback" not in rest
    assert _files(base) == before


def test_round_and_district_are_asked_where_they_are_not_given(base: Path) -> None:
    before = _files(base)
    done = _new(base, "demand", "不存在的区", "zone", *DEMAND_ANSWERS, place=())
    assert done.returncode == 0, done.stderr
    assert "没有这一个" in done.stderr
    assert _made(base, before).parent == base / "2024/zone/demands"


@pytest.mark.parametrize(
    ("place", "told"),
    [(("--round", "1999"), "没有“1999”这个轮次"), (("--district", "nowhere"), "没有“nowhere”这个区")],
)
def test_an_unknown_place_is_refused(base: Path, place: tuple[str, ...], told: str) -> None:
    before = _files(base)
    done = _new(base, "demand", place=place)
    assert done.returncode == 1 and told in done.stderr
    assert _files(base) == before


def test_a_demand_needs_its_enterprise_first(base: Path) -> None:
    for file in base.glob("2024/*/enterprises/*.yml"):
        file.unlink()
    done = _new(base, "demand")
    assert done.returncode == 1 and "jiebang new enterprise" in done.stderr


@pytest.mark.parametrize("kind", ["enterprise", "demand", "application"])
def test_no_field_is_forgotten(kind: str) -> None:
    """Each field at the top is asked for, set by the program, or said to come later; a new one has to be put somewhere."""
    asked = {str(q.path[0]) for role in (LARGE, SMALL) for q in questions(kind, role)}
    tops = {field.path for field in fields_of(kind) if "." not in field.path}
    assert asked | SET | LATER[kind] >= tops
    assert not asked & (SET | LATER[kind])


def test_a_terminal_offers_what_holds_the_typed_text() -> None:
    offer = _Offer(
        [("38 电气机械和器材制造业", ""), ("39 计算机、通信和其他电子设备制造业", ""), ("项目委托", "项目委托")]
    )

    def offered(typed: str) -> list[str]:
        return [c.text for c in offer.get_completions(Document(typed), CompleteEvent())]

    assert offered("电气") == ["38 电气机械和器材制造业"]
    assert offered("39") == ["39 计算机、通信和其他电子设备制造业"]
    assert offered("其他、项目") == ["项目委托"]
    assert offered("没有的") == []


def _at_a_terminal() -> None:
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        keyboard.send_text("\x1b[200~第一行\n第二行\x1b[201~\r\r")
        assert Terminal().text() == "第一行\n第二行"
        keyboard.send_text("一行\r")
        assert Terminal().line() == "一行"
        keyboard.send_text("\r")
        assert Terminal().line(default="照旧") == "照旧"
        keyboard.send_text("\x03")
        with pytest.raises(KeyboardInterrupt):
            Terminal().line()
        keyboard.send_text("\x04")
        with pytest.raises(EOFError):
            Terminal().line()


def test_a_terminal_takes_pasted_lines_whole_and_ends_at_an_empty_one() -> None:
    # In a thread of its own: a browser test before it leaves a running event loop in this one.
    with ThreadPoolExecutor(1) as alone:
        alone.submit(_at_a_terminal).result(timeout=60)
