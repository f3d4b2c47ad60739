"""What somebody wrote beside, below or between the form's own cells: it is read, or a question quotes it; what is printed asks nothing."""

from __future__ import annotations

from typing import Any

import pytest

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.findings import Finding
from jiebang.forms.reading.forms import Form, read_forms
from jiebang.forms.reading.furniture import is_printed
from tests.forms import make
from tests.forms import word_xml as w
from tests.forms.word_xml import Xml, p, t

TITLE, CONTENT, OTHER = make.DEMANDS[0][0], make.CONTENT, "示例散热材料"
LINES = CONTENT.split("\n")
EMPTY = Xml("<w:p/>")
HEADING: make.Row = [("二、技术创新需求", 6)]
WHOLE = {
    "title": TITLE, "original_text": CONTENT, "summary": "研发一款示例材料", "parameters": "熔指 25g/10min",
    "effect": "适配示例外壳", "schedule": "1 年", "cooperation": {"modes": ["项目委托"]},
}  # fmt: skip


def _form(data: bytes, kind: str = "docx") -> Form:
    (form,) = read_forms(parse(kind, data))
    return form


def _annex1(*rows: make.Row, after: str = "") -> Form:
    """Annex 1 with these rows behind the first part."""
    return _form(w.docx(w.TITLE_1 + w.table([*w.basics(), *rows]) + after))


def _asked(form: Form) -> list[Finding]:
    parts = [each.findings for each in form.demands] + [each.findings for each in form.items]
    return [*form.findings, *(one for each in parts for one in each)]


def _quotes(form: Form, piece: str) -> bool:
    return any(piece in one.text and one.place for one in _asked(form))


def _values(form: Form) -> list[dict[str, Any]]:
    return [demand.value for demand in form.demands]


_DEMANDS = make.demand_rows([(TITLE, CONTENT)])
SAID = [
    "备注：需求1已与某高校签约，不再发榜。",
    "说明：以上为前年数据，去年尚未审计。",
    "注：营业收入为集团合并口径。",
    "注：1. 所有需求均不得涉密，需求2除外",
    "说明：\n1、注册资本正在变更为20000万元。\n2、联系人7月后改为示例丁。",
    "附1：补充参数：耐温300度，阻燃V0",
    "未盖章，公章年检中",
    "审核人意见：不同意",
    "填报单位：示例二有限公司",
    "一、补充：期限改为2年",
]
PRINTED = [
    "注：1. 所有需求均不得涉密。\n2. 公开企业名称有利于吸引更多优质企业“揭榜”，是否公开尊重企业意愿。",
    "(注：可揭榜多个事项，每个事项均需附揭榜申请书)",
    "备注：",
    "二、技术创新需求（可另附页）",
    "填报单位：",
    "填报单位（盖章）：武汉示例重工集团有限公司",
    "填表人：示例乙",
    "填表日期：2024年7月8日",
    "法定代表人（签字）：示例甲",
    "（单位公章）\n2024年7月8日",
    "    年  月  日",
    "（续表）",
    "第 2 页，共 3 页",
]


@pytest.mark.parametrize("text", SAID)
def test_a_note_that_says_something_is_asked_about(text: str) -> None:
    for form in (_annex1(*_DEMANDS, after=w.lines(text)), _annex1(*_DEMANDS, [(text, 6)])):
        assert all(_quotes(form, line) for line in text.removeprefix("说明：\n").split("\n"))
        assert [demand.value["title"] for demand in form.demands] == [TITLE]


@pytest.mark.parametrize("text", PRINTED)
def test_what_the_form_prints_or_is_signed_with_asks_nothing(text: str) -> None:
    for form in (_annex1(*_DEMANDS, after=w.lines(text)), _annex1(*_DEMANDS, [(text, 6)])):
        assert (_asked(form), _values(form)) == ([], [WHOLE])


@pytest.mark.parametrize(
    "text", ["备注（需求1已签约）", "注：2个月", "日期：以合同为准", "审核人：不同意", "三、其他说明事项"]
)
def test_words_near_those_that_are_printed_are_not(text: str) -> None:
    assert not is_printed(text)


_BELOW = "四、时间要求：1 年\n五、合作方式：项目委托"
_HALF = [*_DEMANDS[:2], [("", 1), ("需求内容", 1), ("\n".join(LINES[:3]), 4)]]


@pytest.mark.parametrize("text", [_BELOW, "附1：指标表 耐温300度", "注：耐温须300度以上"])
def test_a_demand_that_goes_on_is_kept(text: str) -> None:
    for form in (
        _annex1(*_HALF, [("", 1), (EMPTY, 1), (text, 4)]),
        _annex1(*_HALF, after=p(t("")) + w.table([[(text, 6)]])),
        _annex1(*_HALF, after=w.lines(text)),
    ):
        assert len(form.demands) == 1
        assert all(_quotes(form, line) for line in text.split("\n"))


def test_a_day_below_a_demands_text_is_part_of_it_and_one_below_a_seal_is_not() -> None:
    content = "\n".join(LINES[:3]) + "\n时间要求："
    form = _annex1(
        *_DEMANDS[:2], [("", 1), ("需求内容", 1), (content, 4)], [("", 1), (EMPTY, 1), ("2025年12月31日", 4)]
    )
    assert _quotes(form, "2025年12月31日")
    assert _asked(_annex1(*_DEMANDS, [("（盖章）", 3), ("2024年7月8日", 3)])) == []


@pytest.mark.parametrize("text", ["以下空白", "暂无需求", "无其他需求", "（空）", "（无）", "无", "没有其它技术需求"])
def test_words_for_nothing_make_no_demand_and_no_item(text: str) -> None:
    form = _form(w.annex1(None, [(TITLE, CONTENT), (text, "")]))
    assert (_values(form), _asked(form)) == ([WHOLE], [])
    form = _form(w.annex2(None, [*make.ITEMS, (text, text)]))
    assert ([item.value for item in form.items], _asked(form)) == ([{"name": OTHER, "code": "314"}], [])


@pytest.mark.parametrize("text", ["待定", "同需求1", "同上", "待补充", "见附件"])
def test_words_for_later_or_elsewhere_are_no_demand_and_no_item_and_are_asked_about(text: str) -> None:
    form = _form(w.annex1(None, [(TITLE, CONTENT), (text, "")]))
    assert _values(form) == [WHOLE] and _quotes(form, text)
    form = _form(w.annex2(None, [*make.ITEMS, (text, text)]))
    assert [item.value for item in form.items] == [{"name": OTHER, "code": "314"}] and _quotes(form, text)


@pytest.mark.parametrize("text", ["待定", "待补充", "另议"])
def test_a_part_that_comes_later_is_asked_for(text: str) -> None:
    form = _form(w.annex1(None, [(TITLE, CONTENT.replace("1 年", text))]))
    assert "schedule" not in _values(form)[0] and _quotes(form, text)


@pytest.mark.parametrize("title", ["待定样品的示例检测", "无人示例装备", "空白试验用示例材料", "同上海示例平台的对接"])
def test_a_title_that_only_begins_so_is_one(title: str) -> None:
    form = _form(w.annex1(None, [(title, CONTENT)]))
    assert (_values(form), _asked(form)) == ([{**WHOLE, "title": title}], [])


@pytest.mark.parametrize(
    ("name", "code", "read", "asked"),
    [
        ("示例散热材料\n示例传感芯片", "314\n315", {}, ["314\n315", "示例散热材料\n示例传感芯片"]),
        ("示例散热材料", "314\n315", {"name": OTHER}, ["314\n315"]),
        ("示例散热材料", "314/315", {"name": OTHER}, ["314/315"]),
        ("示例散热材料", "无", {"name": OTHER}, ["无"]),
        ("示例散热材料", "待定", {"name": OTHER}, ["待定"]),
        ("示例散热材料", "代码314", {"name": OTHER, "code": "314"}, []),
        ("示例散热材料", "代码：314", {"name": OTHER, "code": "314"}, []),
        ("示例散热\n材料", "A-3 14", {"name": OTHER, "code": "A-314"}, []),
    ],
)
def test_an_item_has_one_code(name: str, code: str, read: dict[str, str], asked: list[str]) -> None:
    form = _form(w.annex2(None, [(name, code)]))
    assert [item.value for item in form.items] == [read]
    assert sorted(one.text for one in _asked(form)) == sorted(asked)


@pytest.mark.parametrize("text", ["需求一暂缓发布", "营业收入含子公司", "数据未经审计"])
def test_words_with_empty_cells_behind_them_are_asked_about(text: str) -> None:
    row: make.Row = [(text, 2), (EMPTY, 4)]
    first = _form(w.docx(w.TITLE_1 + w.table([*w.basics(), row, *_DEMANDS])))
    for form in (first, _annex1(*_DEMANDS, row)):
        assert _quotes(form, text) and _values(form) == [WHOLE]


@pytest.mark.parametrize(
    "text",
    ["主要产品", "是否上市公司", "公司网址", "研发投入占营业收入比例", "负责人签字", "备注：", "无线电许可证编号"],
)
def test_a_label_that_the_form_does_not_have_and_nobody_answered_asks_nothing(text: str) -> None:
    form = _annex1([(text, 2), (EMPTY, 4)], *_DEMANDS)
    assert (_asked(form), _values(form)) == ([], [WHOLE])


def _with_sheet(name: str, *rows: str | list[str]) -> Form:
    form: list[make.Row] = [[("大企业技术创新需求表", 6)], *w.basics(), *_DEMANDS]
    told: list[make.Row] = [[(one, 1) for one in ([row] if isinstance(row, str) else row)] for row in rows]
    return _form(make.xlsx({"需求表": form, name: told}), "xlsx")


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("说明", ["需求1已撤回，请勿发布"]),
        ("说明", ["营业收入为集团合并口径"]),
        ("补充", ["说明", "需求1已撤回，请勿发布"]),
        ("填写说明", ["一律按营业执照填写。", "我公司需求1已与高校签约"]),
    ],
)
def test_a_sheet_of_notes_that_says_something_is_asked_about(name: str, rows: list[str]) -> None:
    form = _with_sheet(name, *rows)
    assert _quotes(form, rows[-1]) and _values(form) == [WHOLE]
    assert len(_asked(form)) == 1


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("说明", [["企业名称", "填写营业执照上的全称"], ["1", "请勿修改表格格式"], ["2", "注册资本单位为万元"]]),
        ("填报须知", ["1. 每项需求填一行，需求名称不超过 30 字。", "2. 各单位应于 7 月 10 日前报送。"]),
        ("行业代码表", [["38", "电气机械和器材制造业"], ["39", "计算机、通信和其他电子设备制造业"]]),
        ("下拉选项", ["公开", "不公开", "国有", "民营"]),
    ],
)
def test_a_sheet_that_explains_the_form_asks_nothing(name: str, rows: list[Any]) -> None:
    form = _with_sheet(name, *rows)
    assert (_asked(form), _values(form)) == ([], [WHOLE])
