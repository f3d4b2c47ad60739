"""What somebody wrote beside, below or between the form's own cells: it is read, or a question quotes it; what is printed asks nothing."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.findings import Finding
from jiebang.forms.reading.forms import Form, read_forms
from jiebang.forms.reading.furniture import is_printed
from tests.forms import biff, make
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
    return any(piece in one.text + one.message and one.place for one in _asked(form))


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
    "单位负责人签字：            单位盖章：            年  月  日",
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
    "text",
    ["备注（需求1已签约）", "单位盖章同意发榜", "注：2个月", "日期：以合同为准", "审核人：不同意", "三、其他说明事项"],
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


def _first_part(label: str, *rows: make.Row) -> list[make.Row]:
    """The first part with rows in the place of one."""
    return [new for row in w.basics() for new in (rows if row[0][0] == label else [row])]


_INDUSTRY, _NATURE = make.annex1_rows(make.ENTERPRISE)[8], make.annex1_rows(make.ENTERPRISE)[7]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (_first_part("所属行业", [("所属行业", 1), ("代码", 1), ("38", 1), ("名称", 1), ("电气机械和器材制造业", 2)]), "电气机械"),
        (_first_part("所属行业", _INDUSTRY, [("主要产品", 1), ("名称", 1), ("示例产品", 4)]), "示例产品"),
        (_first_part("企业性质", [("项目名称", 1), ("2024年度大企业发榜", 5)], _NATURE), "2024年度大企业发榜"),
        (_first_part("企业性质", [("技术要求：企业资质须齐全", 6)], _NATURE), "企业资质须齐全"),
    ],
)  # fmt: skip
def test_a_demands_label_in_the_first_part_is_none_and_is_asked_about(rows: list[make.Row], said: str) -> None:
    for second in (_DEMANDS, _DEMANDS[1:]):
        form = _form(w.docx(w.TITLE_1 + w.table([*rows, *second])))
        assert _values(form) == [WHOLE] and _quotes(form, said)


def test_a_first_part_that_stands_below_the_demands_is_read() -> None:
    form = _form(w.docx(w.TITLE_1 + w.table([*_DEMANDS, *w.basics()])))
    assert (_values(form), _asked(form)) == ([WHOLE], [])


@pytest.mark.parametrize(
    "industry",
    [
        [("所属行业", 1), ("代码", 1), ("39", 1), ("名称", 1), ("计算机、通信和其他电子设备制造业", 2)],
        [("所属行业", 1), ("39 计算机、通信和其他电子设备制造业", 3), ("代码", 1), ("39", 1)],
        [("所属行业", 1), ("代码：39 名称：计算机、通信和其他电子设备制造业", 5)],
    ],
)
def test_the_code_of_an_industry_is_no_items(industry: make.Row) -> None:
    for left in ((), ("三、拟揭榜事项",)):
        rows = [industry if row[0][0] == "所属行业" else row for row in make.annex2_rows() if row[0][0] not in left]
        form = _form(w.docx(w.TITLE_2 + w.table(rows)))
        assert [item.value for item in form.items] == [{"name": OTHER, "code": "314"}]
        assert _quotes(form, "39")


_OTHERS = {**WHOLE, "title": OTHER}


@pytest.mark.parametrize("head", ["技术需求", "需求", "技术创新需求", "需求1 重点", "需求1（重点）", "需求一"])
def test_a_head_is_one_with_or_without_a_number(head: str) -> None:
    form = _annex1(HEADING, [(head, 1), ("名称", 1), (TITLE, 4)], [("", 1), ("需求内容", 1), (CONTENT, 4)])
    assert (_values(form), _asked(form)) == ([WHOLE], [])


@pytest.mark.parametrize("merged", [True, False])
def test_demands_under_heads_without_numbers_keep_their_own_text(merged: bool) -> None:
    content = CONTENT.replace("1 年", "2 年")
    rows: list[make.Row] = []
    for title, text in ((TITLE, CONTENT), (OTHER, content)):
        rows += [
            [("技术需求", 1), ("名称", 1), (title, 4)],
            [("" if merged else "技术需求", 1), ("需求内容", 1), (text, 4)],
        ]
    form = _annex1(HEADING, *rows)
    assert _values(form) == [WHOLE, {**_OTHERS, "original_text": content, "schedule": "2 年"}]
    assert _asked(form) == []


def test_what_is_added_to_a_head_is_shown() -> None:
    rows = make.demand_rows([(TITLE, CONTENT), (OTHER, CONTENT)])
    rows[3] = [("需求2（与某院商谈中）", 1), *rows[3][1:]]
    form = _annex1(*rows)
    assert _values(form) == [WHOLE, _OTHERS] and _quotes(form, "与某院商谈中")


def test_a_text_in_two_rows_of_one_demand_stays_one() -> None:
    halves = "\n".join(LINES[:2]), "\n".join(LINES[2:])
    first: list[make.Row] = [*_DEMANDS[:2], [("", 1), ("需求内容", 1), (halves[0], 4)]]
    for label in ("需求内容（续）", "需求内容"):
        form = _annex1(*first, [("", 1), (label, 1), (halves[1], 4)])
        assert [value["original_text"] for value in _values(form)] == [CONTENT] and _quotes(form, LINES[-1])
    head: list[make.Row] = [
        HEADING,
        [("序号", 1), ("名称", 2), ("需求内容", 3)],
        [("1", 1), (TITLE, 2), (halves[0], 3)],
    ]
    form = _annex1(*head, [("", 1), (EMPTY, 2), (halves[1], 3)], [("2", 1), (OTHER, 2), (CONTENT, 3)])
    assert [value["original_text"] for value in _values(form)] == [CONTENT, CONTENT] and _quotes(form, LINES[-1])


def test_two_names_under_one_head_are_two_demands() -> None:
    rows = make.demand_rows([(TITLE, CONTENT)])
    form = _annex1(*rows, [("", 1), ("名称", 1), (OTHER, 4)], [("", 1), ("需求内容", 1), (CONTENT, 4)])
    assert (_values(form), _asked(form)) == ([WHOLE, _OTHERS], [])


def test_a_name_in_its_labels_cell_is_asked_about_and_its_text_kept() -> None:
    form = _annex1(HEADING, [("需求 1", 1), (f"名称 {TITLE}", 5)], [("", 1), ("需求内容", 1), (CONTENT, 4)])
    assert _values(form) == [{key: value for key, value in WHOLE.items() if key != "title"}]
    assert [(one.field, one.text) for one in _asked(form)] == [("需求名称", f"{TITLE}〔连写：名称 {TITLE}〕")]


@pytest.mark.parametrize("sign", ["：", " ", "、"])
def test_a_name_behind_the_head_in_a_row_of_its_own_is_read(sign: str) -> None:
    rows: list[make.Row] = []
    for number, title in enumerate((TITLE, OTHER), 1):
        rows += [[(f"需求{number}{sign}{title}", 6)], [("需求内容", 1), (CONTENT, 5)]]
    form = _annex1(HEADING, *rows)
    assert (_values(form), _asked(form)) == ([WHOLE, _OTHERS], [])


def test_words_behind_the_head_are_no_name_where_a_name_follows() -> None:
    form = _annex1(HEADING, [("需求1：示例材料类", 6)], [("名称", 1), (TITLE, 5)], [("需求内容", 1), (CONTENT, 5)])
    assert _values(form) == [WHOLE] and _quotes(form, "示例材料类")


def _listed(head: make.Row, *rows: make.Row) -> Form:
    return _annex1(HEADING, head, *rows)


def test_a_list_with_a_column_that_nobody_knows_is_a_list() -> None:
    form = _listed(
        [("序号", 1), ("名称", 1), ("所属领域", 1), ("需求内容", 2), ("时间要求", 1)],
        [("1", 1), (TITLE, 1), ("新材料", 1), ("研发一款示例材料", 2), ("1 年", 1)],
        [("2", 1), (OTHER, 1), ("新能源", 1), ("研发散热材料", 2), ("2 年", 1)],
    )
    assert [(one["title"], one["summary"], one["schedule"]) for one in _values(form)] == [
        (TITLE, "研发一款示例材料", "1 年"),
        (OTHER, "研发散热材料", "2 年"),
    ]
    assert (
        _quotes(form, "新材料") and _quotes(form, "新能源") and any("所属领域" in one.message for one in _asked(form))
    )


@pytest.mark.parametrize(
    ("head", "row", "told"),
    [
        ([("序号", 1), ("需求名称", 2), ("需求内容", 2), ("备注", 1)], [("1", 1), (TITLE, 2), (CONTENT, 2), (EMPTY, 1)], []),
        ([("需求编号", 1), ("名称", 2), ("需求内容", 3)], [("1", 1), (TITLE, 2), (CONTENT, 3)], []),
        ([("需求编号", 1), ("名称", 2), ("需求内容", 3)], [("GK-07", 1), (TITLE, 2), (CONTENT, 3)], ["GK-07"]),
        ([("序号", 1), ("名称", 1), ("需求内容", 3), ("对接人", 1)], [("1", 1), (TITLE, 1), (CONTENT, 3), ("示例丙", 1)], ["示例丙"]),
    ],
)  # fmt: skip
def test_unknown_columns_are_told_where_they_say_something(head: make.Row, row: make.Row, told: list[str]) -> None:
    form = _listed(head, row)
    assert (_values(form), [one.text for one in _asked(form)]) == ([WHOLE], told)


def test_a_list_of_items_with_another_column_is_a_list() -> None:
    head: make.Row = [("序号", 1), ("事项名称", 2), ("代码", 1), ("发榜企业", 2)]
    row: make.Row = [("1", 1), (OTHER, 2), ("314", 1), ("示例二有限公司", 2)]
    form = _form(w.docx(w.TITLE_2 + w.table([*make.annex2_rows()[:-1], head, row])))
    assert [item.value for item in form.items] == [{"name": OTHER, "code": "314"}]
    assert [one.text for one in _asked(form)] == ["示例二有限公司"]


def test_labels_beside_their_values_head_no_list() -> None:
    form = _annex1(
        HEADING,
        [("名称", 1), (TITLE, 2), ("需求内容", 1), (CONTENT, 2)],
        [(EMPTY, 1), ("示例材料二期", 2), (EMPTY, 1), ("另附", 2)],
    )
    assert form.demands[0].value["title"] == TITLE and _quotes(form, "示例材料二期")


def _drawn(*rows: list[str]) -> Form:
    """A demand with a table in its text."""
    table = w.table([[(text, 1) for text in row] for row in rows], len(rows[0]))
    inside = Xml(w.lines(LINES[0]) + table + w.lines("\n".join(LINES[1:])))
    return _annex1(*_DEMANDS[:2], [("", 1), ("需求内容", 1), (inside, 4)])


@pytest.mark.parametrize(
    "rows",
    [
        (["序号", "名称", "内容"], ["1", "熔指", "25"]),
        (["名称", "单位", "数值"], ["熔指", "g", "25"], ["硬度", "HB", "80"]),
        (["名称", "技术指标", "单位"], ["熔指", "25", "g"]),
        (["序号", "技术参数", "指标要求"], ["1", "熔指", "25"]),
    ],
)
def test_a_table_of_figures_in_a_demand_is_part_of_its_text(rows: tuple[list[str], ...]) -> None:
    form = _drawn(*rows)
    (value,) = _values(form)
    assert value["title"] == TITLE and all(text in value["original_text"] for row in rows for text in row)
    assert all(_quotes(form, text) for row in rows for text in row)


def test_the_parts_of_a_demand_in_a_table_in_its_text_are_read() -> None:
    table = w.table([[(text, 1) for text in line.split("：")] for line in LINES], 2)
    (value,) = _values(_annex1(*_DEMANDS[:2], [("", 1), ("需求内容", 1), (table, 4)]))
    assert {key: value[key] for key in ("title", "parameters", "effect", "schedule", "cooperation")} == {
        key: WHOLE[key] for key in ("title", "parameters", "effect", "schedule", "cooperation")
    }


def test_a_list_of_something_else_below_the_form_is_told_whole() -> None:
    form = _annex1(
        *_DEMANDS, [("序号", 1), ("名称", 2), ("专利号", 3)], [("1", 1), ("示例散热结构", 2), ("示例号 0001", 3)]
    )
    assert _values(form) == [WHOLE]
    assert [one.text for one in _asked(form)] == ["序号 | 名称 | 专利号", "1 | 示例散热结构 | 示例号 0001"]


class _Formula(str):
    """What is shown for a formula that has no value."""

    __slots__ = ()


def _with_formulas(**answers: Any) -> bytes:
    """Annex 1 as a workbook; an answer may be a formula."""
    stream = io.BytesIO()
    rows = [[("大企业技术创新需求表", 6)], *w.basics(answers), *_DEMANDS]
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("需求表")
        for number, row in enumerate(rows):
            column = 0
            for value, width in row:
                if width > 1:
                    sheet.merge_range(number, column, number, column + width - 1, "")
                if isinstance(value, _Formula):
                    sheet.write_formula(number, column, "=Sheet9!A1", None, value)
                elif value:
                    sheet.write_string(number, column, value)
                column += width
    return stream.getvalue()


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!"])
@pytest.mark.parametrize("path", ["fax", "mobile", "capital", "name", "address"])
def test_a_formula_without_a_value_is_asked_about(path: str, error: str) -> None:
    form = _form(_with_formulas(**{path: _Formula(error)}), "xlsx")
    assert [one.text for one in _asked(form)] == [f"{error}〔出错：{error}〕"]
    assert error not in str(form.enterprise) and _values(form) == [WHOLE]


def test_a_formula_with_a_value_is_read() -> None:
    form = _form(_with_formulas(address=_Formula("示例市示例区示例路 9 号")), "xlsx")
    assert (form.enterprise["address"], _asked(form)) == ("示例市示例区示例路 9 号", [])


def test_an_error_in_an_old_workbook_is_asked_about() -> None:
    rows = [[("大企业技术创新需求表", 6)], *make.annex1_rows({**make.ENTERPRISE, "fax": "", "mobile": ""}), *_DEMANDS]
    (at,) = (number for number, each in enumerate(rows) if each[0][0] == "传 真")
    form = _form(
        biff.xls("需求表", biff.placed(rows), biff.Looks(errors={(at, 1): 0x17, (at, 5): 42}), new=True), "xls"
    )
    assert {one.text for one in _asked(form)} == {"#REF!〔出错：#REF!〕", "#N/A〔出错：#N/A〕"}


def test_whatever_stands_before_a_name_is_its_demands_head() -> None:
    content = CONTENT.replace("1 年", "2 年")
    said = ["示例事业部", "示例研究院"]
    for one, two, asked in (("项目1", "项目2", []), ("重点项目", "需求2", []), ("A", "B", []), (*said, said)):
        rows: list[make.Row] = []
        for head, title, text in ((one, TITLE, CONTENT), (two, OTHER, content)):
            rows += [[(head, 1), ("名称", 1), (title, 4)], [("", 1), ("需求内容", 1), (text, 4)]]
        for form in (_annex1(*rows), _annex1(HEADING, *rows)):
            assert _values(form) == [WHOLE, {**_OTHERS, "original_text": content, "schedule": "2 年"}]
            assert [found.text for found in _asked(form)] == asked
