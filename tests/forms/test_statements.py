"""申请书: its parts are found under their headings however those are numbered, and what has no place is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.forms import read_forms
from jiebang.forms.reading.statement import Statement
from tests.forms import make

RIGHT = {
    "profile": "主营示例传感器。\n运营良好。",
    "capability": "研发团队 12 人，示例专利 3 项。",
    "plan": {
        "team": "由 6 名工程师组成。",
        "goals": "热导率达到 10 W/(m·K)。",
        "route": "采用示例路线。",
        "schedule": "第 1—3 月：调研；第 4—12 月：试制。",
        "risks": "原料批次差异，拟双源采购。",
    },
    "cooperation": "希望以联合研发方式合作。",
}
Edit = Callable[[str], str]


def _statement(lines: list[str]) -> Statement:
    (form,) = read_forms(parse("docx", make.annex3_docx(lines)))
    assert form.statement is not None
    return form.statement


def _replaced(*pairs: tuple[str, str]) -> list[str]:
    lines = "\n".join(make.annex3_lines())
    for old, new in pairs:
        assert old in lines
        lines = lines.replace(old, new)
    return lines.split("\n")


@pytest.mark.parametrize(
    "lines",
    [
        make.annex3_lines(),
        _replaced(
            ("一、中小", "1. 中小"), ("（一）攻关团队情况，团队成员曾主持或参与的项目；", "（一）攻关团队情况：")
        ),
        _replaced(("一、中小", "中小"), ("（三）拟选择的技术路线；", "拟选择的技术路线")),
        _replaced(("（二）预期目标，包括指标数值、测试场景及评价方式等；\n", "(二) 预期目标：")),
        _replaced(("“揭榜”事项名称：", '"揭榜"事项名称: '), ("企业名称（盖章）：", "企业名称(盖章): ___")),
        [*make.annex3_lines()[:-1], "（盖章）", "     年   月   日"],
        _replaced(("地位等。\n", "地位等。"), ("参与的项目；\n", "参与的项目：")),
        _replaced(
            ("包括主营业务、运营情况、在行业的地位等。", "（包括主营业务、运营情况、在行业的地位等。）"),
            ("评价方式等；\n", "评价方式等；"),
            ("（三）拟选择的技术路线；\n", "（三）拟选择的技术路线；"),
        ),
        _replaced(("阶段性任务；\n", "\n（阶段性任务）"), ("应对举措。\n", "应对举措。 ")),
    ],
)
def test_parts_are_found_under_their_headings(lines: list[str]) -> None:
    statement = _statement(lines)
    assert statement.value == RIGHT
    assert (statement.enterprise, statement.item) == (make.SME["name"], make.ITEMS[0][0])
    assert statement.findings == []


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("（四）时间进度安排，阶段性任务；\n", "（四）时间进度安排\n阶段性任务如下：\n"),
        (
            "（一）攻关团队情况，团队成员曾主持或参与的项目；\n",
            "（一）攻关团队情况\n团队成员曾主持或参与的项目：2 项\n",
        ),
    ],
)
def test_the_forms_words_stay_where_they_are_the_writers_own(printed: str, written: str) -> None:
    statement = _statement(_replaced((printed, written)))
    own = written.split("\n")[1]
    assert [text.split("\n")[0] for text in statement.value["plan"].values() if own in text] == [own]


def test_attachments_that_begin_on_the_line_of_their_heading() -> None:
    end = ["附件：1.标准：示例标准（编号：T/SL 001）", "2.示例检测报告"]
    statement = _statement([*make.annex3_lines()[:-1], *end])
    assert statement.value["cooperation"] == RIGHT["cooperation"]
    assert statement.value["evidence"] == [{"kind": "标准", "title": "示例标准", "number": "T/SL 001"}]
    assert [finding.text for finding in statement.findings] == [end[1]]


def test_headings_numbered_by_word_itself() -> None:
    document = make.document()
    for line in make.annex3_lines():
        heading = line.startswith(("一、", "二、", "三、", "四、", "（"))
        text = line.split("、", 1)[-1] if line[:2] in {"一、", "二、", "三、", "四、"} else line.split("）", 1)[-1]
        document.add_paragraph(text if heading else line, style="List Number" if heading else None)
    (form,) = read_forms(parse("docx", make.saved(document)))
    assert form.statement is not None
    assert form.statement.value == RIGHT


def test_a_part_that_is_missing_is_named() -> None:
    statement = _statement(_replaced(("（五）潜在问题及应对举措。\n原料批次差异，拟双源采购。\n", "")))
    assert "risks" not in statement.value["plan"]
    assert [finding.field for finding in statement.findings] == ["拟采取的技术攻关方案·潜在问题及应对举措"]


def test_text_without_a_place_is_told_with_its_words() -> None:
    statement = _statement(
        _replaced(
            ("三、针对揭榜需求拟采取的技术攻关方案", "三、针对揭榜需求拟采取的技术攻关方案\n总体思路是示例思路。")
        )
    )
    assert statement.value == RIGHT
    assert [(f.field, f.text) for f in statement.findings] == [("拟采取的技术攻关方案", "总体思路是示例思路。")]


def test_a_heading_that_goes_on_is_content_and_told() -> None:
    statement = _statement(_replaced(("（三）拟选择的技术路线；", "（三）拟选择的技术路线及理由")))
    assert statement.value["plan"]["route"] == "及理由\n采用示例路线。"
    assert [finding.text for finding in statement.findings] == ["（三）拟选择的技术路线及理由"]


def test_a_second_heading_of_the_same_words_parts_nothing() -> None:
    statement = _statement(_replaced(("采用示例路线。", "采用示例路线。\n预期目标")))
    assert statement.value["plan"]["route"] == "采用示例路线。\n预期目标"
    assert "出现了两次" in statement.findings[0].message
