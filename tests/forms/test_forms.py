"""Forms as people fill them in: each gives the right value, or none and a finding that quotes the cell. None gives a wrong value."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.findings import FormError
from jiebang.forms.reading.forms import Form, read_forms
from tests.forms import biff, make

RIGHT: dict[str, Any] = {
    "name": "武汉示例重工集团有限公司",
    "disclosure": "不公开",
    "credit_code": "910000000000004650",
    "registered_place": {"province": "湖北省"},
    "legal_representative": {"name": "示例甲"},
    "contact": {"name": "示例乙", "position": "技术部主任", "phone": "027-00000002", "mobile": "10000000002"},
    "fax": "027-00000003",
    "email": "lianxi@example.com",
    "registered_capital": 12000,
    "employees": 3500,
    "nature": "民营",
    "industry": {"code": "38", "name": "电气机械和器材制造业"},
    "channel": {"kind": "省级中小企业主管部门", "name": "示例省中小企业主管部门"},
    "address": "示例市示例区示例路 1 号",
    "postcode": "012345",
}


def _right(changes: dict[str, Any]) -> dict[str, Any]:
    """The right value with changes at field paths; None takes a field out."""
    value = copy.deepcopy(RIGHT)
    for path, new in changes.items():
        group, _, name = path.partition(".")
        target = value[group] if name else value
        target.pop(name or group, None) if new is None else target.update({name or group: new})
    return value


def _one(kind: str, data: bytes) -> Form:
    (form,) = read_forms(parse(kind, data))
    return form


def _quotes(form: Form) -> dict[str, str]:
    return {finding.field: finding.text for finding in form.findings}


W14 = '<w14:checkbox><w14:checked w14:val="{0}"/></w14:checkbox>'
SDT = "<w:sdt><w:sdtPr>{0}</w:sdtPr><w:sdtContent><w:r><w:t>{1}</w:t></w:r></w:sdtContent></w:sdt>"


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _sdt(ticked: bool) -> str:
    return SDT.format(W14.format(int(ticked)), "☒" if ticked else "☐")


def _symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def _form_field(ticked: bool) -> str:
    box = f'<w:ffData><w:name w:val="x"/><w:checkBox><w:default w:val="{int(ticked)}"/></w:checkBox></w:ffData>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{box}</w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
TRACKED = '<w:{0} w:id="1" w:author="x" w:date="2024-07-01T00:00:00Z">{1}</w:{0}>'


def _deleted(text: str) -> str:
    return TRACKED.format("del", f"<w:r><w:delText>{text}</w:delText></w:r>")


Changes = dict[str, Any]


def _wide(text: str) -> str:
    """Full-width, as an input method types."""
    return "".join(chr(ord(c) + 0xFEE0) if c != " " else "\u3000" for c in text)


# What is written → what is read (None: nothing), for one cell of a Word form.
CELLS: dict[str, tuple[Changes, Changes]] = {
    "ticks in boxes": ({"nature": "□国有 ☑民营 □合资 □外资"}, {}),
    "boxes behind": ({"nature": "国有□ 民营☑ 合资□ 外资□", "disclosure": "公开□ 不公开☑"}, {}),
    "tick behind its box": ({"nature": "□国有 □√民营 □合资 □外资"}, {}),
    "tick behind the word": ({"nature": "□国有 □民营√ □合资 □外资"}, {}),
    "tick alone in front": ({"nature": "国有 √民营 合资 外资"}, {}),
    "solid box": ({"nature": "□国有 ■民营 □合资 □外资"}, {}),
    "crossed box": ({"nature": "☐国有 ☒民营 ☐合资 ☐外资"}, {}),
    "brackets": ({"nature": "[ ]国有 [x]民营 [ ]合资 [ ]外资", "disclosure": "（ ）公开 （√）不公开"}, {}),
    "circles": ({"nature": "○国有 ●民营 ○合资 ○外资"}, {}),
    "the others deleted": ({"nature": "☑民营", "disclosure": "☑不公开"}, {}),
    "the bare answer": ({"nature": "民营", "disclosure": "不公开"}, {}),
    "one option a line": ({"nature": "□国有\n☑民营\n□合资\n□外资"}, {}),
    "content controls": (
        {"nature": make.raw_xml(_sdt(False), _run("国有 "), _sdt(True), _run("民营 "), _sdt(False), _run("合资"))},
        {},
    ),
    "symbols": (
        {"nature": make.raw_xml(_symbol("Wingdings", "F0A8"), _run("国有 "), _symbol("Wingdings", "F0FE"), _run("民营"))},
        {},
    ),
    "symbols of Wingdings 2": (
        {"nature": make.raw_xml(_symbol("Wingdings 2", "F0A3"), _run("国有 "), _symbol("Wingdings 2", "F052"), _run("民营"))},
        {},
    ),
    "letters in a symbol font": (
        {"nature": make.raw_xml(_run("¨", WINGDINGS), _run("国有 "), _run("þ", WINGDINGS), _run("民营"))},
        {},
    ),
    "form fields": (
        {"nature": make.raw_xml(_form_field(False), _run("国有 "), _form_field(True), _run("民营"))},
        {},
    ),
    "full-width": ({"capital": "１２,０００", "postcode": "０１２３４５", "code": _wide("910000000000 004650")}, {}),
    "Chinese numerals": ({"capital": "人民币壹亿贰仟万元整", "employees": "三千五百人"}, {}),
    "units": ({"capital": "1.2亿元", "employees": "3500人"}, {}),
    "two units": ({"capital": "1亿2000万元"}, {}),
    "unit in brackets": ({"capital": "12000（万元）"}, {}),
    "name and position in brackets": ({"contact": "示例乙（技术部主任）"}, {}),
    "name with a space": ({"contact": "李 四 总经理"}, {"contact.name": "李四", "contact.position": "总经理"}),
    "industry by its section": ({"industry": "C38 电气机械和器材制造业"}, {}),
    "industry by its code": ({"industry": "38"}, {}),
    "industry by its name": ({"industry": "电气机械和器材制造业"}, {}),
    "province in short": ({"province": "湖北"}, {}),
    "second channel": (
        {"channel": "□省级中小企业主管部门: ____\n☑工业和信息化部相关行业司局: 示例司"},
        {"channel": {"kind": "工业和信息化部相关行业司局", "name": "示例司"}},
    ),
    "empty line to write on": ({"fax": "________"}, {"fax": None}),
    "raised digit": ({"address": make.raw_xml(_run("示例路 10"), _run("2", '<w:vertAlign w:val="superscript"/>'))}, {"address": "示例路 10²"}),
    "prompt of a content control": (
        {"fax": make.raw_xml(SDT.format("<w:showingPlcHdr/>", "单击此处输入文字。"))},
        {"fax": None},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_what_is_certain_is_read(case: str) -> None:
    written, expected = CELLS[case]
    form = _one("docx", make.annex1_docx(written))
    revenue = form.enterprise.pop("revenue")
    assert form.enterprise == _right(expected)
    assert str(revenue) == "560000.5"
    assert form.findings == []


# What is written → the field that stays empty, and what the finding quotes (the text itself unless told).
DOUBTS: dict[str, tuple[Changes, str, str | None]] = {
    "two ticks": ({"nature": "□国有 ☑民营 ☑合资 □外资"}, "nature", "企业性质"),
    "no tick": ({"nature": "□国有 □民营 □合资 □外资"}, "nature", "企业性质"),
    "no boxes, all options": ({"nature": "国有 民营 合资 外资"}, "nature", "企业性质"),
    "tick between two": ({"nature": "国有√民营"}, "nature", "企业性质"),
    "tick between two boxes": ({"disclosure": "公开□√不公开□"}, "disclosure", "是否公开企业名称"),
    "both kinds of cross": ({"nature": "☒国有 ☑民营"}, "nature", "企业性质"),
    "a cross that may mean no": ({"nature": "×国有 民营"}, "nature", "企业性质"),
    "another word": ({"nature": "☑国有控股"}, "nature", "企业性质"),
    "yes for a choice": ({"disclosure": "是"}, "disclosure", "是否公开企业名称"),
    "almost 公开": ({"disclosure": "同意公开"}, "disclosure", "是否公开企业名称"),
    "struck out": ({"nature": make.raw_xml(_run("国有", "<w:strike/>"), _run(" 民营"))}, "nature", "企业性质"),
    "about": ({"employees": "约3500人"}, "employees", "从业人数"),
    "more than": ({"employees": "3500余人"}, "employees", "从业人数"),
    "a range": ({"revenue": "5000-6000"}, "revenue", "上年度营业收入"),
    "yuan in a column of ten thousands": ({"capital": "5000元"}, "registered_capital", "注册资本"),
    "dollars": ({"capital": "500万美元"}, "registered_capital", "注册资本"),
    "wan of what": ({"capital": "1.5万"}, "registered_capital", "注册资本"),
    "odd groups": ({"capital": "12,00"}, "registered_capital", "注册资本"),
    "numeral in two readings": ({"employees": "一万二"}, "employees", "从业人数"),
    "letter O in a code": ({"code": "91000000000000465O"}, "credit_code", "统一社会信用代码"),
    "a code too short": ({"code": "9100000000000046"}, "credit_code", "统一社会信用代码"),
    "industry of the old edition": ({"industry": "25 石油加工、炼焦和核燃料加工业"}, "industry", "所属行业"),
    "wrong pair": ({"industry": "39 电气机械和器材制造业"}, "industry", "所属行业"),
    "wrong section": ({"industry": "D38"}, "industry", "所属行业"),
    "name and position in one word": ({"contact": "李四总经理"}, "contact.name", "联系人"),
    "position without a name": ({"contact": "项目 经理"}, "contact.name", "联系人"),
    "two numbers": ({"mobile": "10000000002/10000000003"}, "contact.mobile", "联系人·手机"),
    "two mailboxes": ({"email": "a@example.com b@example.org"}, "email", "电子邮箱"),
    "five digits": ({"postcode": "12345"}, "postcode", "邮编"),
    "both channels": (
        {"channel": "☑省级中小企业主管部门: 示例厅\n☑工业和信息化部相关行业司局: 示例司"},
        "channel",
        "推荐渠道",
    ),
    "no channel, one name": (
        {"channel": "□省级中小企业主管部门: 示例厅\n□工业和信息化部相关行业司局: ____"},
        "channel",
        "推荐渠道",
    ),
    "a name behind the other channel": (
        {"channel": "☑省级中小企业主管部门: ____\n□工业和信息化部相关行业司局: 示例司"},
        "channel",
        "推荐渠道",
    ),
    "tracked tick": (
        {"nature": make.raw_xml(_run("□国有 "), _deleted("□"), TRACKED.format("ins", _run("☑")), _run("民营 □合资"))},
        "nature",
        "企业性质",
    ),
    "tracked number": (
        {"employees": make.raw_xml(_deleted("200"), TRACKED.format("ins", _run("3500")))},
        "employees",
        "从业人数",
    ),
    "formula": ({"capital": make.raw_xml(_run("1"), "<m:oMath><m:r><m:t>2</m:t></m:r></m:oMath>")}, "registered_capital", "注册资本"),
    "footnote": ({"employees": make.raw_xml(_run("3500"), '<w:r><w:footnoteReference w:id="2"/></w:r>')}, "employees", "从业人数"),
    "drop-down": (
        {"nature": make.raw_xml('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:listEntry w:val="民营"/></w:ddList></w:ffData></w:fldChar></w:r>')},
        "nature",
        "企业性质",
    ),
}  # fmt: skip
_KEYS = {
    "registered_capital": "capital", "credit_code": "code", "contact.name": "contact", "contact.mobile": "mobile",
}  # fmt: skip


@pytest.mark.parametrize("case", DOUBTS)
def test_what_is_not_certain_is_left_to_a_person_with_the_cell_quoted(case: str) -> None:
    written, path, title = DOUBTS[case]
    form = _one("docx", make.annex1_docx(written))
    form.enterprise.pop("revenue", None)
    gone = {"contact.name": None, "contact.position": None} if path == "contact.name" else {path: None}
    assert form.enterprise == _right({path: new for path, new in gone.items() if path != "revenue"})
    (finding,) = [found for found in form.findings if found.field == title]
    assert finding.message.startswith("请人工核对：")
    assert finding.place.startswith("第 1 个表第 ")
    typed = written[_KEYS.get(path, path)]
    assert finding.text == (typed if isinstance(typed, str) else finding.text)
    assert finding.text
    assert finding.hint


def _without(label: str) -> bytes:
    """A sheet that has lost the row of a label."""
    rows = [row for row in make.annex1_rows(make.ENTERPRISE) if not any(text == label for text, _ in row)]
    return make.xlsx({"表": [[("大企业技术创新需求表", 6)], *rows, *make.demand_rows(make.DEMANDS)]})


def test_a_missing_row_is_named() -> None:
    form = _one("xlsx", _without("企业性质"))
    assert "nature" not in form.enterprise
    assert [(f.field, f.message) for f in form.findings] == [("企业性质", "请人工核对：表里没有这一栏。")]


def test_an_empty_answer_is_named_with_its_cell() -> None:
    form = _one("xlsx", make.annex1_xlsx({"email": ""}))
    assert [(f.field, f.place, f.message) for f in form.findings] == [
        ("电子邮箱", "附件1!C7", "请人工核对：没有填写。")
    ]


def test_rows_in_another_order_are_found_by_their_labels() -> None:
    rows = [*reversed(make.annex1_rows(make.ENTERPRISE))]
    form = _one("xlsx", make.xlsx({"表": [[("大企业技术创新需求表", 6)], *rows, *make.demand_rows(make.DEMANDS)]}))
    form.enterprise.pop("revenue")
    assert (form.enterprise, form.findings) == (RIGHT, [])


def test_an_added_row_is_told_and_harms_nothing() -> None:
    rows = [*make.annex1_rows(make.ENTERPRISE), [("建表日期", 1), ("2024-07-08", 2), ("审核意见", 1), ("同意", 2)]]
    form = _one("xlsx", make.xlsx({"表": [[("大企业技术创新需求表", 6)], *rows, *make.demand_rows(make.DEMANDS)]}))
    form.enterprise.pop("revenue")
    assert form.enterprise == RIGHT
    assert [(f.place, f.text) for f in form.findings] == [("表!B13", "2024-07-08"), ("表!E13", "同意")]


def test_a_value_split_over_cells_is_not_put_together_by_guess() -> None:
    rows = make.annex1_rows(make.ENTERPRISE)
    rows[6] = [("注册资本\n(万元)", 1), ("12000", 1), ("美元", 1), ("从业人数\n(人)", 1), ("3500", 1), ("", 1)]
    form = _one("xlsx", make.xlsx({"表": [[("大企业技术创新需求表", 6)], *rows]}))
    assert "registered_capital" not in form.enterprise
    assert _quotes(form)["注册资本"] == "12000\n美元"


def test_a_code_of_one_character_a_cell_is_put_together() -> None:
    rows = make.annex1_rows(make.ENTERPRISE)
    rows[3] = [("统一社会信用代码", 1), *((letter, 1) for letter in "910000000000004650")]
    form = _one("xlsx", make.xlsx({"表": [[("大企业技术创新需求表", 6)], *rows]}))
    assert form.enterprise["credit_code"] == "910000000000004650"


def test_options_in_cells_of_their_own() -> None:
    rows = make.annex1_rows(make.ENTERPRISE)
    rows[7] = [("企业性质", 1), ("□国有", 1), ("☑民营", 1), ("□合资", 1), ("□外资", 2)]
    form = _one("xlsx", make.xlsx({"表": [[("大企业技术创新需求表", 6)], *rows]}))
    assert form.enterprise["nature"] == "民营"
    rows[7] = [("企业性质", 1), ("国有", 1), ("√", 1), ("民营", 1), ("合资", 2)]
    form = _one("xlsx", make.xlsx({"表": [[("大企业技术创新需求表", 6)], *rows]}))
    assert "nature" not in form.enterprise


def test_label_and_value_in_one_cell() -> None:
    rows = make.annex1_rows(make.ENTERPRISE)
    rows[1] = [("企业名称：武汉示例重工集团有限公司", 6)]
    form = _one("xlsx", make.xlsx({"表": [[("大企业技术创新需求表", 6)], *rows, *make.demand_rows(make.DEMANDS)]}))
    form.enterprise.pop("revenue")
    assert (form.enterprise, form.findings) == (RIGHT, [])


def test_a_field_that_stands_twice_with_two_answers_has_none() -> None:
    rows = [*make.annex1_rows(make.ENTERPRISE), [("企业性质", 1), ("☑国有", 5)]]
    form = _one("xlsx", make.xlsx({"表": [[("大企业技术创新需求表", 6)], *rows]}))
    assert "nature" not in form.enterprise
    assert _quotes(form)["企业性质"] == "☑国有"


def test_a_column_in_another_unit_is_not_read_as_the_forms_own() -> None:
    rows = make.annex1_rows(make.ENTERPRISE)
    rows[6] = [("注册资本\n(元)", 1), ("12000", 1), ("从业人数\n(人)", 1), ("3500", 3)]
    form = _one("xlsx", make.xlsx({"表": [[("大企业技术创新需求表", 6)], *rows]}))
    assert "registered_capital" not in form.enterprise
    assert "单位不是万元" in next(f.message for f in form.findings if f.field == "注册资本")


NUMBERS: list[tuple[Changes, str, Any]] = [
    ({"capital": 12000, "employees": 3500}, "registered_capital", 12000),
    ({"postcode": 430000}, "postcode", "430000"),
    ({"postcode": 12345}, "postcode", None),
    ({"mobile": 10000000002}, "contact.mobile", "10000000002"),
    ({"phone": 2700000002}, "contact.phone", None),
    ({"code": 910000000000004650}, "credit_code", None),
    ({"employees": 3500.5}, "employees", None),
    ({"capital": 1 / 3}, "registered_capital", None),
    ({"industry": 38}, "industry", {"code": "38", "name": "电气机械和器材制造业"}),
    ({"industry": 1}, "industry", None),
]


@pytest.mark.parametrize(("written", "path", "expected"), NUMBERS)
def test_number_cells(written: Changes, path: str, expected: Any) -> None:
    form = _one("xlsx", make.annex1_xlsx(written))
    value: Any = form.enterprise
    for step in path.split("."):
        value = value.get(step, {})
    assert value == (expected if expected is not None else {})
    assert bool(form.findings) == (expected is None)


def test_gbk_in_a_workbook_of_excel_5() -> None:
    answers = {**make.ENTERPRISE, "disclosure": "□公开 √不公开", "nature": "□国有 ■民营 □合资", "capital": 12000.0}
    answers["channel"] = "√省级中小企业主管部门: 示例省中小企业主管部门 □工业和信息化部相关行业司局:"
    rows = [[("大企业技术创新需求表", 6)], *make.annex1_rows(answers), *make.demand_rows(make.DEMANDS)]
    form = _one("xls", biff.xls("附件1", biff.placed(rows)))
    form.enterprise.pop("revenue")
    assert (form.enterprise, form.findings) == (RIGHT, [])
    assert form.sources["name"].place == "附件1!B3"


Build = Callable[[], bytes]


def test_what_is_no_form_is_told() -> None:
    with pytest.raises(FormError, match="认不出是哪一张表"):
        read_forms(parse("xlsx", make.xlsx({"表": [[("采购清单", 1), ("螺丝", 1)]]})))
    empty = dict.fromkeys(make.ENTERPRISE, "")
    with pytest.raises(FormError, match="空白"):
        read_forms(parse("docx", make.annex1_docx(empty, [("", "")])))


def test_several_forms_in_a_file() -> None:
    rows = [[("大企业技术创新需求表", 6)], *make.annex1_rows(make.ENTERPRISE), *make.demand_rows(make.DEMANDS)]
    below = [*rows, [("中小企业“揭榜”对接表", 6)], *make.annex2_rows()]
    sheets: dict[str, Sequence[make.Row]] = {
        "一": below,
        "二": [[("附件3 中小企业“揭榜”申请书", 6)], *([(line, 6)] for line in make.annex3_lines()[2:])],
    }
    forms = read_forms(parse("xlsx", make.xlsx(sheets)))
    assert [form.annex for form in forms] == ["附件1", "附件2", "附件3"]
    assert [len(form.findings) for form in forms] == [0, 0, 0]


def test_a_form_without_its_title_is_known_by_its_labels() -> None:
    rows = [*make.annex1_rows(make.ENTERPRISE), *make.demand_rows(make.DEMANDS)]
    assert _one("xlsx", make.xlsx({"表": rows})).annex == "附件1"
    assert _one("xlsx", make.xlsx({"表": make.annex2_rows()})).annex == "附件2"


def test_the_picture_of_a_seal_is_no_part_of_the_name() -> None:
    seal = "<w:r><w:drawing/></w:r>"
    form = _one("docx", make.annex1_docx({"name": make.raw_xml(_run("武汉示例重工集团有限公司（盖章）"), seal)}))
    form.enterprise.pop("revenue")
    assert (form.enterprise, form.findings) == (RIGHT, [])
    document = make.document()
    for line in ("大企业技术创新需求表", "企业名称：武汉示例重工 集团有限公司（盖章）"):
        document.add_paragraph(line)
    document.paragraphs[-1]._p.append(make.element(seal))
    make.docx_table(document, [*make.annex1_rows(make.ENTERPRISE), *make.demand_rows(make.DEMANDS)])
    form = _one("docx", make.saved(document))
    form.enterprise.pop("revenue")
    assert (form.enterprise, form.findings) == (RIGHT, [])


def test_a_picture_in_any_other_answer_is_looked_at() -> None:
    form = _one("docx", make.annex1_docx({"address": make.raw_xml(_run("示例路 1 号"), "<w:r><w:drawing/></w:r>")}))
    assert "address" not in form.enterprise
    assert _quotes(form)["通讯地址"] == "示例路 1 号〔图片〕"
