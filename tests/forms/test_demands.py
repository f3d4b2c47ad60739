"""Demands of a form: how many there are, and their content parted where its own labels part it."""

from __future__ import annotations

from typing import Any

import pytest

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.forms import Form, read_forms
from jiebang.forms.reading.values.demand_content import modes, split
from tests.forms import make

PARTS = {
    "summary": "研发一款示例材料",
    "parameters": "熔指 25g/10min",
    "effect": "适配示例外壳",
    "schedule": "1 年",
    "cooperation": "项目委托",
}
HINT = "(请详细阐明技术参数要求、需达到的目标效果、时间要求，以及拟采取的合作方式等)"
SPECIMEN = (
    "样例：\n需求内容: 研发一款改性材料\n参数要求: 熔指 XXg/10min, 阻燃要求 HB,.....\n"
    "需达到效果: 适配电池外壳, 成本控制在 XX 内\n时间要求: 1 年\n拟采取的合作方式: 项目委托"
)


def _form(demands: list[tuple[str, Any]], kind: str = "docx") -> Form:
    made = make.annex1_docx(None, demands) if kind == "docx" else make.annex1_xlsx(None, demands)
    (form,) = read_forms(parse(kind, made))
    return form


@pytest.mark.parametrize(
    "text",
    [
        make.CONTENT,
        make.CONTENT.replace("：", ":"),
        make.CONTENT.removeprefix("需求内容："),
        "1、需求内容：研发一款示例材料\n2、参数要求：熔指 25g/10min\n3、需达到的效果：适配示例外壳\n4、时间要求：1 年\n5、拟采取的合作方式：项目委托",
        "（一）研发内容：研发一款示例材料\n（二）技术参数要求：熔指 25g/10min\n（三）需达到的目标效果：适配示例外壳\n（四）时间要求：1 年\n（五）拟采取的合作方式：项目委托",
        "时间要求：1 年\n拟采取的合作方式：项目委托\n需求内容：研发一款示例材料\n参数要求：熔指 25g/10min\n需达到效果：适配示例外壳",
        "需求内容：研发一款示例材料\n参 数 要 求：熔指 25g/10min\n需达到效果：\n适配示例外壳\n时间要求：1 年\n拟采取的合作方式：项目委托",
    ],
)
def test_content_is_parted_by_its_own_labels(text: str) -> None:
    parted = split(text)
    assert (parted.parts, parted.reason) == (PARTS, "")


def test_labels_behind_stops_part_too_and_the_stop_stays() -> None:
    parted = split("研发一款示例材料。参数要求：熔指 25g/10min；时间要求：1 年。")
    assert parted.parts == {"summary": "研发一款示例材料。", "parameters": "熔指 25g/10min；", "schedule": "1 年。"}


@pytest.mark.parametrize(
    "text",
    [
        "极限转速 ≥ 30000 r/min",
        "参数要求：甲\n参数要求：乙",
        "前言\n需求内容：甲\n参数要求：乙",
        "满足参数要求的材料，时间要求紧",
    ],
)
def test_content_without_sure_labels_stays_whole(text: str) -> None:
    assert split(text).parts == {}
    form = _form([("示例轴承材料", text)])
    (demand,) = form.demands
    assert demand.value == {"title": "示例轴承材料", "original_text": text}
    (finding,) = demand.findings
    assert finding.text == text and "没有分项" in finding.message


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_all_demands_are_read_and_empty_ones_skipped(kind: str) -> None:
    demands = [(f"示例材料之{n}", make.CONTENT) for n in range(1, 13)]
    demands.insert(5, ("", ""))
    form = _form([*demands, ("", "")], kind)
    assert [d.value["title"] for d in form.demands] == [title for title, _ in demands if title]
    assert [d.position for d in form.demands] == list(range(1, 13))
    assert not any(demand.findings for demand in form.demands)


def test_rows_that_a_submitter_added_without_a_number_are_demands_too() -> None:
    rows = [
        [("大企业技术创新需求表", 6)],
        *make.annex1_rows(make.ENTERPRISE),
        [("需求1", 1), ("名称", 1), ("示例材料甲", 4)],
        [("", 1), ("需求内容", 1), (make.CONTENT, 4)],
        [("", 1), ("名称", 1), ("示例材料乙", 4)],
        [("", 1), ("需求内容", 1), (make.CONTENT, 4)],
    ]
    (form,) = read_forms(parse("xlsx", make.xlsx({"表": rows})))
    assert [demand.value["title"] for demand in form.demands] == ["示例材料甲", "示例材料乙"]


def test_a_demand_without_name_or_content_is_told() -> None:
    form = _form([("示例材料甲", ""), ("", make.CONTENT)])
    assert [[(f.field, f.message) for f in d.findings] for d in form.demands] == [
        [("企业原文", "请人工核对：没有填写需求内容。")],
        [("需求名称", "请人工核对：没有填写需求名称。")],
    ]


def test_printed_hint_and_specimen_are_nobodys_words() -> None:
    form = _form([("示例材料甲", f"{HINT}\n{SPECIMEN}\n{make.CONTENT}"), ("", f"{HINT}\n{SPECIMEN}"), ("", HINT)])
    (demand,) = form.demands
    assert demand.value["original_text"] == make.CONTENT
    assert demand.findings == []


def test_a_specimen_that_was_written_into_is_left_to_a_person() -> None:
    written = SPECIMEN.replace("XXg/10min", "25g/10min")
    (demand,) = _form([("示例材料甲", f"{HINT}\n{written}")]).demands
    assert set(demand.value) == {"title", "original_text"}
    assert "样例没有删净" in demand.findings[0].message


def test_a_formula_keeps_the_content_whole() -> None:
    def write(cell: Any) -> None:
        make.raw_xml("<w:r><w:t>参数要求：</w:t></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>")(cell)

    (demand,) = _form([("示例材料甲", write)]).demands
    assert demand.value["original_text"] == "参数要求：〔公式〕"
    assert "parameters" not in demand.value
    assert "读不出的内容" in demand.findings[0].message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目委托", ["项目委托"]),
        ("联合研发、项目委托", ["联合研发", "项目委托"]),
        ("采取项目委托方式。", ["项目委托"]),
        ("不接受技术转让", None),
        ("项目委托，费用面议", None),
        ("面议", None),
    ],
)
def test_cooperation_modes(text: str, expected: list[str] | None) -> None:
    assert modes(text) == expected


def test_cooperation_beyond_the_code_list_keeps_its_words() -> None:
    (demand,) = _form([("示例材料甲", make.CONTENT.replace("项目委托", "项目委托，费用面议"))]).demands
    assert demand.value["cooperation"] == {"note": "项目委托，费用面议"}
    assert [(f.field, f.text) for f in demand.findings] == [("拟采取的合作方式", "项目委托，费用面议")]


def test_parts_in_rows_of_their_own() -> None:
    rows = [
        [("大企业技术创新需求表", 6)],
        *make.annex1_rows(make.ENTERPRISE),
        [("需求1", 1), ("名称", 1), ("示例材料甲", 4)],
        [("", 1), ("需求内容", 1), ("研发一款示例材料", 4)],
        [("", 1), ("参数要求", 1), ("熔指 25g/10min", 4)],
        [("", 1), ("需达到效果", 1), ("适配示例外壳", 4)],
        [("", 1), ("时间要求", 1), ("1 年", 4)],
        [("", 1), ("拟采取的合作方式", 1), ("项目委托", 4)],
    ]
    (form,) = read_forms(parse("xlsx", make.xlsx({"表": rows})))
    (demand,) = form.demands
    assert demand.value == {
        "title": "示例材料甲",
        "original_text": "研发一款示例材料",
        **PARTS,
        "cooperation": {"modes": ["项目委托"]},
    }
    assert demand.findings == []


@pytest.mark.parametrize(
    ("title", "remark"),
    [
        ("示例散热材料（不公开）", ""),
        ("示例散热材料【保密】", ""),
        ("示例散热材料（涉密）", ""),
        ("示例散热材料", "（本需求涉及商业秘密，请勿公开）"),
        ("示例散热材料", "本需求不对外公布。"),
        ("示例散热材料", "备注：以上内容请勿外传"),
        ("示例散热材料", "密级：秘密"),
    ],
)
def test_a_demand_that_says_that_it_is_not_for_the_public_is_asked_about(title: str, remark: str) -> None:
    form = _form([*make.DEMANDS, (title, f"{make.CONTENT}\n{remark}")])
    assert [one.value["title"] for one in form.demands] == [make.DEMANDS[0][0]]
    (asked,) = form.findings
    assert asked.text and asked.text in title + remark and "保密或不公开" in asked.message and asked.hint


@pytest.mark.parametrize(
    ("title", "remark"),
    [
        ("示例保密通信模块（非涉密）", ""),
        ("示例散热材料", "本需求不涉密，可以公开。"),
        ("示例散热材料", "（不公开企业名称）"),
        ("示例散热材料", "合作双方签订保密协议。"),
        ("示例散热材料（防扩散涂层）", "（密级：公开）"),
        ("示例散热材料（机密封装）", "不涉及国家秘密"),
    ],
)
def test_other_words_on_secrets_are_part_of_a_demand(title: str, remark: str) -> None:
    form = _form([(title, f"{make.CONTENT}\n{remark}")])
    assert [one.value["title"] for one in form.demands] == [title]
