"""申请书: the names on its cover wherever they stand, and what stands at its end and is none of its text."""

from __future__ import annotations

import pytest

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.forms import read_forms
from jiebang.forms.reading.statement import Statement
from tests.forms import make
from tests.forms import word_xml as w
from tests.forms.test_statements import RIGHT

LINES = make.annex3_lines()
NAME, ITEM = make.SME["name"], make.ITEMS[0][0]
BODY = LINES[4:-1]


def _read(body: str) -> Statement:
    (form,) = read_forms(parse("docx", w.docx(body)))
    assert form.statement is not None
    return form.statement


def _lines(*lines: str) -> Statement:
    return _read(w.lines("\n".join(lines)))


COVERS = {
    "title again on the next page": w.lines("\n".join([*LINES[:4], "2024年10月8日", LINES[1], *BODY])),
    "names again on the next page": w.lines("\n".join([*LINES[:4], *LINES[1:4], *BODY])),
    "frame of one cell below the title": w.lines("\n".join(LINES[:2]))
    + w.table([[(w.lines("\n".join(LINES[2:-1])), 1)]], 1),
    "frame of one cell around the title": w.table([[(w.lines("\n".join(LINES[:-1])), 1)]], 1),
    "both on one line": w.lines("\n".join([*LINES[:2], f"{LINES[2]}    {LINES[3]}", *BODY])),
    "seal behind the name": w.lines("\n".join([*LINES[:2], f"企业名称：{NAME}（盖章）", *LINES[3:-1]])),
    "seal and day behind the name": w.lines(
        "\n".join([*LINES[:2], f"企业名称：{NAME}（盖章）    2024年10月8日", *LINES[3:-1]])
    ),
    "names below their labels": w.lines(
        "\n".join([*LINES[:2], "企业名称（盖章）：", NAME, "“揭榜”事项名称：", ITEM, *BODY])
    ),
    "marks around the item": w.lines("\n".join([*LINES[:3], f"“揭榜”事项名称：《{ITEM}》", *BODY])),
    "names in a table": w.lines("\n".join(LINES[:2]))
    + w.table([[("企业名称（盖章）", 1), (NAME, 1)], [("“揭榜”事项名称", 1), (ITEM, 1)]], 2)
    + w.lines("\n".join(BODY)),
    "names behind a space": w.lines(
        "\n".join([*LINES[:2], f"企业名称（盖章） {NAME}", f"“揭榜”事项名称 {ITEM}", *BODY])
    ),
}


@pytest.mark.parametrize("body", COVERS.values(), ids=COVERS.keys())
def test_the_names_on_the_cover(body: str) -> None:
    statement = _read(body)
    assert (statement.enterprise, statement.item) == (NAME, ITEM)
    assert statement.value == RIGHT
    assert statement.findings == []


def test_marks_inside_a_name_stay() -> None:
    item = "《示例甲》和《示例乙》的材料"
    assert _lines(*LINES[:3], f"“揭榜”事项名称：{item}", *BODY).item == item


@pytest.mark.parametrize("below", [["一、示例"], ["本页由企业填写。"], ["2024年10月8日"]])
def test_no_name_is_made_of_another_line(below: list[str]) -> None:
    assert (
        _lines(*LINES[:2], *LINES[3:4], "企业名称（盖章）：", *below[: below != ["一、示例"]], *BODY).enterprise == ""
    )


def test_two_names_below_two_labels_are_asked_about() -> None:
    statement = _lines(*LINES[:2], "企业名称（盖章）：", "“揭榜”事项名称：", NAME, ITEM, *BODY)
    assert (statement.enterprise, statement.item) == ("", "")
    assert [one.text for one in statement.findings] == [NAME, ITEM]


def test_two_different_names_are_asked_about() -> None:
    statement = _lines(*LINES[:4], LINES[1], "企业名称（盖章）：示例另一家有限公司", *BODY)
    assert statement.enterprise == ""
    (asked,) = statement.findings
    assert NAME in asked.text and "示例另一家有限公司" in asked.text


def test_two_applications_stay_two() -> None:
    second = make.annex3_lines(item="示例第二项材料")
    forms = read_forms(parse("docx", w.docx(w.lines("\n".join([*LINES, *second])))))
    assert [form.statement.item for form in forms if form.statement] == [ITEM, "示例第二项材料"]


ENDS = [
    [f"{NAME}（盖章）", "2024年10月8日"],
    [f"{NAME}（公章）", "二〇二四年十月八日"],
    [f"{NAME}（盖章）", "2024年10月"],
    [NAME, "2024年10月8日"],
    [NAME],
    [f"申请企业：{NAME}（盖章）", "2024年10月8日"],
    [f"申报单位（公章）：{NAME}", "日期：2024年10月8日"],
]


@pytest.mark.parametrize("end", ENDS, ids=" ".join)
def test_the_signature_is_no_part_of_the_text(end: list[str]) -> None:
    statement = _lines(*LINES[:-1], *end)
    assert statement.value == RIGHT
    assert statement.findings == []


@pytest.mark.parametrize("end", [["项目负责人：示例丙"], ["示例另一家有限公司（盖章）", "2024年10月8日"]], ids=" ".join)
def test_others_at_the_end_are_asked_about(end: list[str]) -> None:
    statement = _lines(*LINES[:-1], *end)
    assert statement.value == RIGHT
    (asked,) = statement.findings
    assert asked.text == end[0] and asked.place


@pytest.mark.parametrize("line", [f"由{NAME}承担试制。", "由项目负责人：示例丙牵头，联合试制。", "拟在示例公司试制"])
def test_a_sentence_at_the_end_stays(line: str) -> None:
    assert _lines(*LINES[:-1], line).value["cooperation"] == f"{RIGHT['cooperation']}\n{line}"


def test_evidence_under_a_number() -> None:
    statement = _lines(*LINES[:-1], "五、技术创新能力佐证材料", "1.专利：示例散热结构（编号：ZL0）")
    assert statement.value["cooperation"] == RIGHT["cooperation"]
    assert statement.value["evidence"] == [{"kind": "专利", "title": "示例散热结构", "number": "ZL0"}]


def test_a_further_chapter_is_told_and_not_part_of_the_last() -> None:
    statement = _lines(*LINES[:-1], "五、其他需要说明的事项", "已参加另一榜")
    assert statement.value == RIGHT
    (asked,) = statement.findings
    assert asked.text == "五、其他需要说明的事项\n已参加另一榜" and "五、其他" in asked.message


@pytest.mark.parametrize(
    "more",
    [["一、联合研发", "二、委托研发", "三、技术转让", "四、技术服务", "五、其他"], ["5、提供样品", "6、提供场地"]],
)
def test_a_list_in_a_chapter_is_its_text(more: list[str]) -> None:
    assert _lines(*LINES[:-1], *more).value["cooperation"] == "\n".join([make.STATEMENT["cooperation"], *more])
