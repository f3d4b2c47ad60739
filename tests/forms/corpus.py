"""Filled forms as they come, kind by kind: what has to be read, and what has to be asked. One case a line.

Written before the reader knew these kinds. `values` are changes to the right reading (None: nothing is read there), `doubts` say what has to be
asked: the path, and a piece of the text that the question must quote. What is doubted may be left empty or be read as `values` says, nothing else.
Everything asked beyond `doubts` is needless. `never` may stand in no public field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.forms import make, sheets
from tests.forms import word_xml as w
from tests.forms.sheets import Shown
from tests.forms.word_xml import Marked, Xml, gone, ins, moved, noted, p, t, text_box, used


@dataclass(frozen=True)
class Case:
    """One file. `demands` are (title, parts) as they must be read; `items` (name, code)."""

    name: str
    data: bytes
    doubts: Sequence[tuple[str, str]] = ()
    values: dict[str, Any] = field(default_factory=dict)
    demands: Sequence[dict[str, Any]] | None = None
    items: Sequence[tuple[str, str]] | None = None
    never: Sequence[str] = ()
    kind: str = "docx"
    annex: str = "附件1"


PARTS: dict[str, Any] = {
    "summary": "研发一款示例材料", "parameters": "熔指 25g/10min", "effect": "适配示例外壳", "schedule": "1 年",
    "cooperation": {"modes": ["项目委托"]},
}  # fmt: skip
TITLE = make.DEMANDS[0][0]
OTHER = "示例散热材料"
CONTENT = make.CONTENT


def demand(title: str = TITLE, /, **changes: Any) -> dict[str, Any]:
    """A demand as it must be read."""
    return {"title": title, **{key: part for key, part in {**PARTS, **changes}.items() if part is not None}}


def _bare(title: str) -> dict[str, Any]:
    """A demand of which no part need be read."""
    return {"title": title}


def a1(name: str, doubts: Sequence[tuple[str, str]] = (), values: dict[str, Any] | None = None, /, *, styles: str = "", comments: Any = None, **answers: Any) -> Case:  # fmt: skip
    """Annex 1 in Word with other answers."""
    return Case(name, w.annex1(answers, styles=styles, comments=comments), doubts, values or {}, [demand()])


def d1(name: str, contents: Sequence[tuple[Any, Any]], read: Sequence[dict[str, Any]], doubts: Sequence[tuple[str, str]] = (), *, never: Sequence[str] = (), styles: str = "", comments: Any = None) -> Case:  # fmt: skip
    """Annex 1 in Word with other demands."""
    return Case(name, w.annex1(None, contents, styles=styles, comments=comments), doubts, {}, read, None, never)


def tables(name: str, *blocks: str, read: Sequence[dict[str, Any]] | None = None, doubts: Sequence[tuple[str, str]] = (), values: dict[str, Any] | None = None, comments: Any = None) -> Case:  # fmt: skip
    """Annex 1 in tables of its own."""
    return Case(
        name, w.annex1_of(*blocks, comments=comments), doubts, values or {}, [demand()] if read is None else read
    )


def x1(name: str, doubts: Sequence[tuple[str, str]] = (), values: dict[str, Any] | None = None, /, **answers: Any) -> Case:  # fmt: skip
    """Annex 1 as a workbook with other answers."""
    return Case(name, sheets.annex1(answers), doubts, values or {}, [demand()], kind="xlsx")


def a2(name: str, data: bytes, items: Sequence[tuple[str, str]], doubts: Sequence[tuple[str, str]] = (), values: dict[str, Any] | None = None) -> Case:  # fmt: skip
    """Annex 2 in Word."""
    return Case(name, data, doubts, values or {}, None, items, annex="附件2")


def a3(name: str, data: bytes, doubts: Sequence[tuple[str, str]] = (), values: dict[str, Any] | None = None) -> Case:
    """Annex 3 in Word."""
    return Case(name, data, doubts, values or {}, annex="附件3")


_STRUCK = "<w:strike/>"
_HIDDEN = "<w:vanish/>"
_STYLES = (
    w.style("Struck", _STRUCK) + w.style("Child", "<w:b/>", based="Struck") + w.style("Off", '<w:strike w:val="0"/>', based="Struck")
    + w.style("Unseen", _HIDDEN) + w.style("StruckLine", _STRUCK, kind="paragraph") + w.style("TOC1", "", kind="paragraph")
)  # fmt: skip
_FORMAT = '<w:rPrChange w:id="9" w:author="某某" w:date="2024-07-01T09:00:00Z"><w:rPr><w:b/></w:rPr></w:rPrChange>'
_ROWS = make.demand_rows([(TITLE, CONTENT)])
_TWO = make.demand_rows([(TITLE, CONTENT), (OTHER, CONTENT)])
_INS, _DEL = '<w:ins w:id="5" w:author="某某"/>', '<w:del w:id="5" w:author="某某"/>'
_HALF = CONTENT.split("\n")


def _all_in(text: str, wrap: Any) -> Xml:
    """Every line of a text wrapped, as a tracked insertion or deletion."""
    return Xml(
        "".join(
            p(wrap(line), properties=f"<w:rPr>{_INS if wrap is ins else _DEL}</w:rPr>") for line in text.split("\n")
        )
    )


def _second(title: Any, content: Any, properties: str) -> list[make.Row]:
    rows = make.demand_rows([(TITLE, CONTENT), (title, content)])
    return [*rows[:3], *(Marked(row, properties) for row in rows[3:])]


REVISIONS = [
    a1("digits inserted", [("employees", "3500")], employees=p(t("35"), ins("00"))),
    a1("digits deleted", [("employees", "350")], employees=p(t("350"), gone("0"))),
    a1("a number replaced", [("registered_capital", "12000")], capital=p(gone("8000"), ins("12000"))),
    a1("a tick deleted and set elsewhere", [("nature", "民营")], nature=p(gone("☑"), ins("□"), t("国有 "), gone("□"), ins("☑"), t("民营 □合资 □外资"))),
    a1("the consent to show the name ticked in a revision", [("disclosure", "公开")], disclosure=p(gone("□"), ins("☑"), t("公开 "), gone("☑"), ins("□"), t("不公开"))),
    a1("words moved", [("address", "示例路")], address=p(moved("示例路 1 号", "示例路 1 号", t("示例市示例区")))),
    a1("a whole answer inserted", [("postcode", "012345")], postcode=p(ins("012345"))),
    a1("a whole answer deleted", [("fax", "027-00000003")], {"fax": None}, fax=p(gone("027-00000003"))),
    a1("only the look changed", address=p(t("示例市示例区示例路 1 号", _FORMAT)), nature=p(t("□国有 ☑民营 □合资 □外资", _FORMAT))),
    a1("a hint deleted in a revision and the answer typed over it", [("industry", "38")], industry=p(gone("2 位数代码及名称: _____"), ins("38 电气机械和器材制造业"))),
    d1("a parameter inserted", [(TITLE, Xml(w.lines(_HALF[0]) + p(t("参数要求：熔指 "), gone("20"), ins("25"), t("g/10min")) + w.lines("\n".join(_HALF[2:]))))], [demand()], [("demands.0", "25")]),
    d1("a title changed", [(p(t("示例"), gone("耐热"), ins("阻燃"), t("改性材料")), CONTENT)], [demand()], [("demands.0", "阻燃")]),
    d1("the mark between two lines deleted", [(TITLE, Xml(p(t(_HALF[0]), properties=f"<w:rPr>{_DEL}</w:rPr>") + w.lines("\n".join(_HALF[1:]))))], [demand()], [("demands.0", "研发一款示例材料")]),
    d1("a whole demand inserted by its runs", [(TITLE, CONTENT), (_all_in(OTHER, ins), _all_in(CONTENT, ins))], [demand(), demand(OTHER)], [("demands.1", OTHER)]),
    d1("a whole demand deleted by its runs", [(TITLE, CONTENT), (_all_in(OTHER, gone), _all_in(CONTENT, gone))], [demand()], [("demands.1", OTHER)]),
    tables("a whole demand inserted with its rows", w.table([*w.basics(), *_second(_all_in(OTHER, ins), _all_in(CONTENT, ins), _INS)]), read=[demand(), demand(OTHER)], doubts=[("demands.1", OTHER)]),
    tables("a whole demand deleted with its rows", w.table([*w.basics(), *_second(_all_in(OTHER, gone), _all_in(CONTENT, gone), _DEL)]), doubts=[("demands.1", OTHER)]),
    tables("rows deleted, their words not marked", w.table([*w.basics(), *_second(OTHER, CONTENT, _DEL)]), doubts=[("demands.1", OTHER)]),
    a2("an item inserted", w.annex2(None, [*make.ITEMS, (p(ins("示例传感芯片")), p(ins("315")))]), [*make.ITEMS, ("示例传感芯片", "315")], [("items.1", "示例传感芯片")]),
    a2("an item deleted", w.annex2(None, [*make.ITEMS, (p(gone("示例传感芯片")), p(gone("315")))]), make.ITEMS, [("items.1", "示例传感芯片")]),
]  # fmt: skip

COMMENTS = [
    a1("a comment with another number", [("employees", "应为 3600")], comments={0: "应为 3600 人"}, employees=p(noted("3500"))),
    a1("a comment on a tick", [("nature", "国有控股")], comments={0: "电话核实：国有控股"}, nature=p(t("□国有 "), noted("☑民营"), t(" □合资 □外资"))),
    tables("a comment on a label", w.table([[(p(noted("企业性质")), 1), (row[1][0], 5)] if row[0][0] == "企业性质" else row for row in [*w.basics(), *_ROWS]]), doubts=[("nature", "核实")], comments={0: "请核实是不是国有"}),
    d1("a comment in a demand", [(TITLE, Xml(w.lines("\n".join(_HALF[:3])) + p(noted("时间要求：1 年")) + w.lines(_HALF[4])))], [demand()], [("demands.0", "应为 2 年")], comments={0: "应为 2 年"}),
    d1("a comment on a demand's title", [(p(noted(TITLE)), CONTENT)], [demand()], [("demands.0", "名称太宽")], comments={0: "名称太宽，改为外壳用"}),
    x1("a note on a cell", [("employees", "3600")], employees=Shown(3500, note="应为 3600")),
]  # fmt: skip

STRUCK = [
    a1("struck by a character style", [("employees", "200")], styles=_STYLES, employees=p(t("200", used("Struck")), t("3500"))),
    a1("struck by a style that follows another", [("nature", "国有")], styles=_STYLES, nature=p(t("☑国有", used("Child")), t(" ☑民营"))),
    a1("struck by a paragraph's style", [("address", "旧址")], styles=_STYLES, address=Xml(p(t("旧址路 9 号"), properties='<w:pStyle w:val="StruckLine"/>') + p(t("示例市示例区示例路 1 号")))),
    a1("struck twice", [("postcode", "430000")], postcode=p(t("430000", "<w:dstrike/>"), t("012345"))),
    a1("a strike switched off", styles=_STYLES, employees=p(t("3500", used("Off"))), postcode=p(t("012345", '<w:strike w:val="false"/>'))),
    a1("a strike of a style switched off by the run", styles=_STYLES, employees=p(t("3500", used("Struck") + '<w:strike w:val="0"/>'))),
    a1("hidden digits", [("employees", "200")], employees=p(t("200", _HIDDEN), t("3500"))),
    a1("hidden by a style", [("nature", "国有")], styles=_STYLES, nature=p(t("☑国有", used("Unseen")), t(" ☑民营"))),
    a1("a whole hidden answer", [("fax", "027-00000003")], {"fax": None}, fax=p(t("027-00000003", _HIDDEN))),
    a1("hiding switched off", postcode=p(t("012345", '<w:vanish w:val="0"/>'))),
    d1("a hidden line in a demand", [(TITLE, Xml(w.lines(CONTENT) + p(t("另有指标：耐温 300 度", _HIDDEN))))], [demand()], [("demands.0", "耐温 300 度")]),
    x1("a struck cell", [("employees", "3500")], employees=Shown(3500, struck=True)),
    x1("a cell struck in part", [("address", "旧址路")], address=Shown("", partly=("示例市示例区示例路 1 号", "旧址路 9 号"))),
]  # fmt: skip

_ALL = w.basics()
_NEXT = [[("需求 2", 1), ("名称", 1), (OTHER, 4)], [("", 1), ("需求内容", 1), (CONTENT, 4)]]
_GOES_ON = [[("", 1), ("", 1), ("\n".join(_HALF[2:]), 4)]]
_CUT = [*_ROWS[:2], [("", 1), ("需求内容", 1), ("\n".join(_HALF[:2]), 4)]]
_WHOLE = [*_ALL, *_ROWS]
TABLES = [
    tables("the first part goes on in a second table", w.table(_ALL[:6]), p(t("")), w.table([*_ALL[6:], *_ROWS])),
    tables("demands in a table without the heading", w.table(_WHOLE), p(t("")), w.table(_NEXT), read=[demand(), demand(OTHER)]),
    tables("demands in a table under a heading of their own", w.table(_ALL), w.lines("二、技术创新需求"), w.table(_ROWS[1:])),
    tables("a table goes on over the page under the title again", w.table(_WHOLE), w.lines("大企业技术创新需求表（续）"), w.table(_NEXT), read=[demand(), demand(OTHER)]),
    tables("a table goes on over the page, the title again in it", w.table(_WHOLE), p(t("")), w.table([[("大企业技术创新需求表（续表）", 6)], *_NEXT]), read=[demand(), demand(OTHER)]),
    tables("the next table continues the last demand", w.table([*_ALL, *_CUT]), p(t("")), w.table(_GOES_ON), doubts=[("demands.0", "适配示例外壳")]),
    tables("the next table continues the last demand under its label", w.table([*_ALL, *_CUT]), p(t("")), w.table([[("需求 1", 1), ("需求内容", 1), ("\n".join(_HALF[2:]), 4)]]), doubts=[("demands.0", "适配示例外壳")]),
    tables("the next row continues the last demand", w.table([*_ALL, *_CUT, *_GOES_ON]), doubts=[("demands.0", "适配示例外壳")]),
    tables("a form in a frame in a frame", w.table([[(w.table([[(w.table(_WHOLE), 1)]], 1), 1)]], 1)),
    tables("a form in a frame of one cell", w.table([[(w.table(_WHOLE), 1)]], 1)),
    tables("demands in a table in a cell", w.table([*_ALL, [("二、技术创新需求", 6)], [(w.table(_ROWS[1:]), 6)]])),
    tables("a second demand in a table in a cell", w.table([*_WHOLE, [(w.table(_NEXT), 6)]]), read=[demand(), demand(OTHER)]),
    tables("a small table in a demand", w.table([*_ALL, *_ROWS[:2], [("", 1), ("需求内容", 1), (Xml(w.lines("\n".join(_HALF[:2])) + w.table([[("密度", 1), ("1.2", 1)]], 2) + w.lines("\n".join(_HALF[2:]))), 4)]]), doubts=[("demands.0", "密度")]),
    tables("an empty cell between a label and its answer", w.table([[("企业性质", 1), ("", 1), (row[1][0], 4)] if row[0][0] == "企业性质" else row for row in _WHOLE])),
    tables("empty cells behind an answer", w.table([[("通讯地址", 1), ("示例市示例区示例路 1 号", 1), ("", 1), ("", 1), ("邮 编", 1), ("012345", 1)] if row[0][0] == "通讯地址" else row for row in _WHOLE])),
    tables("an empty demand between two", w.table([*_ALL, *make.demand_rows([(TITLE, CONTENT), ("", ""), (OTHER, CONTENT)])]), read=[demand(), demand(OTHER)]),
    tables("a demand's cells beside an empty column", w.table([*_ALL, _ROWS[0], [("需求 1", 1), ("名称", 1), ("", 1), (TITLE, 3)], [("", 1), ("需求内容", 1), ("", 1), (CONTENT, 3)]])),
]  # fmt: skip

_NAME = make.ENTERPRISE["name"]
BOXES = [
    a1("an answer in a text box with its fallback", name=p(text_box(_NAME))),
    a1("an answer in a text box without fallback", name=p(text_box(_NAME, fallback=False))),
    a1("an answer in a text box of VML", name=p(text_box(_NAME, choice=False))),
    a1("a tick in a text box over the options", [("nature", "√")], nature=p(text_box("√"), t("□国有 □民营 □合资 □外资"))),
    a1("a receipt stamp beside the name", name=p(t(_NAME), text_box("收文\n2024年7月8日\n第 12 号"))),
    a1("another text beside the name", [("name", "原名")], name=p(t(_NAME), text_box("原名：示例机械厂", fallback=False))),
    a1("another text beside an address", [("address", "已搬迁")], address=p(t("示例市示例区示例路 1 号"), text_box("已搬迁"))),
    Case("a receipt stamp over the table", w.annex1(title=Xml(w.lines("附件 1\n大企业技术创新需求表") + p(t("企业名称：（盖章）"), text_box("收 件 章\n2024.07.08", choice=False)))), (), {}, [demand()]),
    d1("a demand's content in a text box", [(TITLE, p(text_box(CONTENT)))], [demand()]),
    d1("a remark in a text box beside a demand", [(TITLE, Xml(w.lines(CONTENT) + p(text_box("指标待定"))))], [demand()], [("demands.0", "指标待定")]),
]  # fmt: skip


def _said(*labels: str) -> str:
    return "\n".join(f"{label}：{text}" for label, text in zip(labels, ("研发一款示例材料", "熔指 25g/10min", "适配示例外壳", "1 年", "项目委托"), strict=True))  # fmt: skip


def _part_rows(*labels: str) -> list[make.Row]:
    texts = ("研发一款示例材料", "熔指 25g/10min", "适配示例外壳", "1 年", "项目委托", "示例丙 10000000007")
    first: make.Row = [("需求 1", 1), ("名称", 1), (TITLE, 4)]
    return [first, *([("", 1), (label, 1), (text, 4)] for label, text in zip(labels, texts, strict=False))]


LABELS = [
    d1("研发内容、技术参数、达到效果、完成时间、合作方式", [(TITLE, _said("研发内容", "技术参数", "达到效果", "完成时间", "合作方式"))], [demand()]),
    d1("主要研究内容、技术指标、预期目标、完成时限、合作模式", [(TITLE, _said("主要研究内容", "技术指标", "预期目标", "完成时限", "合作模式"))], [demand()]),
    d1("研究内容、主要技术指标、预期效果、期限要求、拟合作方式", [(TITLE, _said("研究内容", "主要技术指标", "预期效果", "期限要求", "拟合作方式"))], [demand()]),
    d1("labels in brackets", [(TITLE, _said("【研发内容】", "【技术指标】", "【预期目标】", "【完成时间】", "【合作方式】").replace("：", ""))], [demand()]),
    d1("labels with numbers and a line of their own", [(TITLE, "1.研发内容\n研发一款示例材料\n2.技术指标\n熔指 25g/10min\n3.预期目标\n适配示例外壳\n4.完成时限\n1 年\n5.合作模式\n项目委托")], [demand()]),
    d1("two labels in a paragraph, parted by spaces", [(TITLE, "研发内容：研发一款示例材料\n技术指标：熔指 25g/10min    预期目标：适配示例外壳\n完成时间：1 年    合作方式：项目委托")], [demand()]),
    d1("two labels in a paragraph, parted by a tab", [(TITLE, Xml(w.lines("\n".join(_HALF[:3])) + p(t("完成时限：1 年"), "<w:r><w:tab/></w:r>", t("合作模式：项目委托"))))], [demand()]),
    d1("two labels in a paragraph, parted by a stop", [(TITLE, "研发内容：研发一款示例材料\n技术指标：熔指 25g/10min\n预期目标：适配示例外壳\n完成时间：1 年；合作方式：项目委托")], [demand(schedule="1 年；")]),
    d1("a number at the end of a part", [(TITLE, CONTENT.replace("熔指 25g/10min", "密度\t1.2\n硬度\t80"))], [demand(parameters="密度\t1.2\n硬度\t80")]),
    d1("a number behind a comma at the end of a part", [(TITLE, CONTENT.replace("25g/10min", "25g/10min，硬度，80"))], [demand(parameters="熔指 25g/10min，硬度，80")]),
    d1("a part that says nothing", [(TITLE, CONTENT.replace("1 年", "无"))], [demand(schedule=None)], [("demands.0", "无")]),
    d1("a part in an annex", [(TITLE, CONTENT.replace("熔指 25g/10min", "详见附件"))], [demand(parameters=None)], [("demands.0", "详见附件")]),
    d1("a part as above", [(TITLE, CONTENT.replace("适配示例外壳", "同上"))], [demand(effect=None)], [("demands.0", "同上")]),
    d1("a part without a label below the last", [(TITLE, CONTENT + "\n经费预算：200 万元")], [demand()], [("demands.0", "经费预算：200 万元")]),
    d1("boxes to tick for the cooperation", [(TITLE, CONTENT.replace("：项目委托", "：☑项目委托 □联合研发 □其他"))], [demand()]),
    d1("a title with its label and number", [("1. 需求名称：" + TITLE, CONTENT), ("2、" + OTHER, CONTENT)], [demand(), demand(OTHER)]),
    d1("a title that begins with a number", [("5G 示例模组", CONTENT), ("1,4-示例二醇", CONTENT)], [demand("5G 示例模组"), demand("1,4-示例二醇")]),
    a2("a profile in an annex", w.annex2({"profile": "详见附件"}), make.ITEMS, [("profile", "详见附件")], {"profile": None}),
    a2("a profile that says nothing", w.annex2({"profile": "无"}), make.ITEMS, [("profile", "无")], {"profile": None}),
    tables("other labels in rows of their own", w.table([*_ALL, *_part_rows("研发内容", "技术指标", "预期目标", "完成时限", "合作模式")])),
    tables("more labels in rows of their own", w.table([*_ALL, *_part_rows("研发内容", "技术参数", "达到效果", "完成时间", "合作方式")])),
    Case("a demand's contact in a row of its own", w.annex1_of(w.table([*_ALL, *_part_rows("研发内容", "技术指标", "预期目标", "完成时限", "合作模式", "联系人")])), [("demands.0", "10000000007")], {}, [demand()], None, ["10000000007", "示例丙"]),
    tables("a demand's name under another label", w.table([*_ALL, [("二、技术创新需求", 6)], [("需求 1", 1), ("技术需求名称", 1), (TITLE, 4)], [("", 1), ("技术需求内容", 1), (CONTENT, 4)]])),
    tables("a demand's name as the project's name", w.table([*_ALL, [("二、技术创新需求", 6)], [("需求 1", 1), ("项目名称", 1), (TITLE, 4)], [("", 1), ("需求描述", 1), (CONTENT, 4)]])),
    d1("a contact behind a demand", [(TITLE, CONTENT + "\n联系人：示例丙 10000000007")], [demand()], [("demands.0", "10000000007")], never=["10000000007", "示例丙"]),
    d1("contact and telephone behind a demand", [(TITLE, CONTENT + "\n联系人：示例丙\n联系电话：027-00000007\n邮箱：bing@example.com")], [demand()], [("demands.0", "示例丙"), ("demands.0", "027-00000007"), ("demands.0", "bing@example.com")], never=["027-00000007", "示例丙", "bing@example.com"]),
    d1("a contact in the same paragraph", [(TITLE, CONTENT + "，联系人：示例丙，手机：10000000007")], [demand(cooperation=None)], [("demands.0", "10000000007")], never=["10000000007", "示例丙"]),
    d1("a mobile in running text", [(TITLE, CONTENT.replace("适配示例外壳", "适配示例外壳，详情请电 10000000007"))], [demand(effect=None)], [("demands.0", "10000000007")], never=["10000000007"]),
    d1("a mailbox among parameters", [(TITLE, CONTENT.replace("10min", "10min，图纸索取 bing@example.com"))], [demand(parameters=None)], [("demands.0", "bing@example.com")], never=["bing@example.com"]),
    d1("a telephone in the title", [(TITLE + " 027-00000007", CONTENT)], [demand()], [("demands.0", "027-00000007")], never=["027-00000007"]),
    tables("two labels in one cell of the first part", w.table([[("传 真：027-00000003　电子邮箱：lianxi@example.com", 4), ("手 机", 1), ("10000000002", 1)] if row[0][0] == "传 真" else row for row in _WHOLE])),
    tables("two labels in one cell, a paragraph each", w.table([[("通讯地址：示例市示例区示例路 1 号\n邮编：012345", 6)] if row[0][0] == "通讯地址" else row for row in _WHOLE])),
    tables("a second label inside an answer", w.table([[("通讯地址", 1), ("示例市示例区示例路 1 号（邮编：012345）", 5)] if row[0][0] == "通讯地址" else row for row in _WHOLE]), doubts=[("address", "邮编"), ("postcode", "012345")]),
    tables("a label repeated in its answer", w.table([[("通讯地址", 1), ("通讯地址：示例市示例区示例路 1 号", 3), ("邮 编", 1), ("邮编：012345", 1)] if row[0][0] == "通讯地址" else row for row in _WHOLE])),
]  # fmt: skip

_HINT = "(请详细阐明技术参数要求、需达到的目标效果、时间要求, 以及拟采取的合作方式等)"
_LIST = ["研发一款改性材料", "熔指 XXg/10min, 阻燃要求 HB,.....", "适配电池外壳, 成本控制在 XX 内", "1 年", "项目委托"]
_NAMES = ["需求内容", "参数要求", "需达到效果", "时间要求", "拟采取的合作方式"]
_SAMPLE = "样例:\n" + "\n".join(f"{a}: {b}" for a, b in zip(_NAMES, _LIST, strict=True))
STANDING = [
    d1("the specimen in the first demand", [("", f"{_HINT}\n{_SAMPLE}"), (OTHER, CONTENT)], [demand(OTHER)]),
    d1("the specimen on one line", [("", f"{_HINT} {_SAMPLE}".replace("\n", " ")), (OTHER, CONTENT)], [demand(OTHER)]),
    d1("the specimen without its word, signs as OCR gives them", [("", f"{_HINT}\n{_SAMPLE}".replace("样例:\n", "").replace(",", "，").replace(":", "：").replace(".....", "……").replace("XX", "××")), (OTHER, CONTENT)], [demand(OTHER)]),
    d1("the specimen under a made-up title", [("XX材料", f"{_SAMPLE}"), (OTHER, CONTENT)], [demand(OTHER)], [("demands.0", "XX材料")]),
    d1("the specimen above the demand's own content", [(TITLE, f"{_SAMPLE}\n{CONTENT}")], [demand()]),
    d1("a struck demand", [(TITLE, CONTENT), (p(t(OTHER, _STRUCK)), Xml("".join(p(t(line, _STRUCK)) for line in _HALF)))], [demand()], [("demands.1", OTHER)]),
    d1("a demand whose title is struck", [(TITLE, CONTENT), (p(t(OTHER, used("Struck"))), CONTENT)], [demand()], [("demands.1", OTHER)], styles=_STYLES),
    d1("a withdrawn demand, told in its title", [(TITLE, CONTENT), (f"{OTHER}（撤回）", CONTENT)], [demand()], [("demands.1", "撤回")]),
    d1("a withdrawn demand, told in its content", [(TITLE, CONTENT), (OTHER, "本项需求已撤销。")], [demand()], [("demands.1", "已撤销")]),
    d1("a demand that was given up", [(TITLE, CONTENT), (f"【作废】{OTHER}", CONTENT)], [demand()], [("demands.1", "作废")]),
    d1("an empty demand with 无", [(TITLE, CONTENT), ("无", "无")], [demand()]),
    a2("a struck item", w.annex2(None, [*make.ITEMS, (p(t("示例传感芯片", _STRUCK)), p(t("315", _STRUCK)))]), make.ITEMS, [("items.1", "示例传感芯片")]),
    a2("an item struck by a style", w.annex2(None, [*make.ITEMS, (p(t("示例传感芯片", used("Struck"))), p(t("315", used("Struck"))))], styles=_STYLES), make.ITEMS, [("items.1", "示例传感芯片")]),
    a2("a withdrawn item", w.annex2(None, [*make.ITEMS, ("示例传感芯片（放弃揭榜）", "315")]), make.ITEMS, [("items.1", "放弃")]),
    a2("a hidden item", w.annex2(None, [*make.ITEMS, (p(t("示例传感芯片", _HIDDEN)), p(t("315", _HIDDEN)))]), make.ITEMS, [("items.1", "示例传感芯片")]),
    a2("an item of 无", w.annex2(None, [*make.ITEMS, ("无", "/")]), make.ITEMS),
]  # fmt: skip


_HEADS = ["一、中小企业基本情况简介", "二、中小企业技术创新能力情况", "三、针对揭榜需求拟采取的技术攻关方案", "（一）攻关团队情况", "（二）预期目标", "（三）拟选择的技术路线", "（四）时间进度安排", "（五）潜在问题及应对举措", "四、希望采取的合作方式"]  # fmt: skip
_BEGIN, _BETWEEN, _END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def _toc(style: str, gap: str, field_codes: bool = False) -> Xml:
    """A table of contents: an entry a line, with its page."""
    entries = []
    for number, head in enumerate(_HEADS, 1):
        shown = t(head) + (gap if gap.startswith("<") else t(gap)) + t(str(number))
        link = f'<w:hyperlink w:anchor="_Toc{number}" w:history="1">{shown}</w:hyperlink>' if field_codes else shown
        begun = f'{_BEGIN}<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r>{_BETWEEN}' if field_codes and number == 1 else ""  # fmt: skip
        entries.append(p(begun, link, _END if field_codes and number == len(_HEADS) else "", properties=f'<w:pStyle w:val="{style}"/>' if style else ""))  # fmt: skip
    return Xml("".join([p(t("目 录")), *entries]))


_TAB = "<w:r><w:tab/></w:r>"
_SDT = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>{0}</w:sdtContent></w:sdt>'
STATEMENTS = [
    a3("a table of contents as Word makes it", w.annex3(_SDT.format(_toc("TOC1", _TAB, field_codes=True)))),
    a3("a table of contents by its styles", w.annex3(_toc("TOC1", _TAB))),
    a3("a table of contents typed with dots", w.annex3(_toc("", "…………"))),
    a3("a part changed in a revision", w.annex3(replaced={"采用示例路线。": p(t("采用"), gone("旧"), ins("示例"), t("路线。"))}), [("statement.plan.route", "旧")]),
    a3("a part inserted in a revision", w.annex3(replaced={"由 6 名工程师组成。": p(ins("由 6 名工程师组成。"))}), [("statement.plan.team", "由 6 名工程师组成。")]),
    a3("a part deleted in a revision", w.annex3(replaced={"由 6 名工程师组成。": p(gone("由 6 名工程师组成。"))}), [("statement.plan.team", "由 6 名工程师组成。")]),
    a3("a comment on a part", w.annex3(replaced={"热导率达到 10 W/(m·K)。": p(noted("热导率达到 10 W/(m·K)。"))}, comments={0: "应为 12"}), [("statement.plan.goals", "应为 12")]),
    a3("a comment on a heading", w.annex3(replaced={"四、希望采取的合作方式": p(noted("四、希望采取的合作方式"))}, comments={0: "改为委托"}), [("statement.cooperation", "改为委托")]),
    a3("a hidden line in a part", w.annex3(replaced={"运营良好。": Xml(p(t("运营良好。")) + p(t("去年亏损。", _HIDDEN)))}), [("statement.profile", "去年亏损")]),
    a3("a line struck by a style in a part", w.annex3(replaced={"采用示例路线。": Xml(p(t("采用示例路线。")) + p(t("采用旧路线。", used("Struck"))))}, styles=_STYLES), [("statement.plan.route", "采用旧路线")], {"statement.plan.route": "采用示例路线。\n〔删除线文字〕"}),
    a3("a text box in a part", w.annex3(replaced={"采用示例路线。": p(t("采用示例路线。"), text_box("路线待定"))}), [("statement.plan.route", "路线待定")]),
    a3("a receipt stamp on the cover", w.annex3(replaced={"申请书模板": p(t("申请书模板"), text_box("收文\n2024.10.8", fallback=False))})),
    a3("a table of contents typed without pages", w.annex3(w.lines("目录\n" + "\n".join(_HEADS)))),
]  # fmt: skip

NUMBERS = [
    x1("0.56 shown as 0.56亿元", [("revenue", "0.56")], {"revenue": 5600}, revenue=Shown(0.56, '0.00"亿元"')),
    x1("thousands shown", [("registered_capital", "12000")], {"registered_capital": 12000}, capital=Shown(12000000, "#,##0,")),
    x1("a share shown in percent", [("registered_capital", "12")], {}, capital=Shown(0.12, "0%")),
    x1("heads rounded for show", [("employees", "3499.6")], {"employees": 3500}, employees=Shown(3499.6, "0")),
    x1("yuan shown", [("registered_capital", "元")], {}, capital=Shown(12000, '#,##0"元"')),
    x1("the column's own unit shown", capital=Shown(12000, '0"万元"'), employees=Shown(3500, '#,##0"人"')),
    x1("groups, decimals and currency signs", capital=Shown(12000, "#,##0.00"), revenue=Shown(560000.5, "¥#,##0.00"), employees=Shown(3500, "#,##0_ ")),
    x1("formats of several sections", capital=Shown(12000, "#,##0;[Red]-#,##0"), revenue=Shown(560000.5, "_ * #,##0.0_ ;_ * -#,##0.0_ ;_ * \"-\"??_ ;_ @_ ")),
    x1("a postcode shown with its zero", postcode=Shown(12345, "000000")),
    x1("a telephone shown with its dash", phone=Shown(2700000002, "000-00000000")),
    x1("hidden by three semicolons", [("employees", "3500")], employees=Shown(3500, ";;;")),
    a1("a mobile of ten digits", [("contact.mobile", "1000000002")], mobile="1000000002"),
    a1("the capital in 元 without its unit", [("registered_capital", "120000000")], capital="120000000"),
    a1("thousands parted by a point", [("registered_capital", "12.000")], capital="12.000"),
    a1("a contact with the sex", (), {"contact.position": "技术部主任"}, contact="示例乙 (女) 技术部主任"),
    a1("names with a space between their letters", (), {}, legal="示 例 甲", contact="示 例 乙 技术部主任", name="武 汉 示 例 重 工 集 团 有 限 公 司"),
    a1("two names", [("name", "示例二有限公司")], name="武汉示例重工集团有限公司、示例二有限公司"),
    a1("a former name behind the name", [("name", "原示例机械厂")], name="武汉示例重工集团有限公司\n（原示例机械厂）"),
    a1("an address that stands elsewhere", [("address", "同注册地址")], address="同注册地址"),
    a1("an address with its label again", address="通讯地址：示例市示例区示例路 1 号"),
    a1("a municipality by its short name", (), {"registered_place.province": "北京市"}, province="北京"),
    a1("a region by its short name", (), {"registered_place.province": "香港特别行政区"}, province="香港"),
    a1("a mobile of twelve digits", [("contact.mobile", "100000000022")], mobile="100000000022"),
    a1("ten digits in the telephone's cell, none as mobile", [("contact.phone", "1380000000")], {"contact.mobile": None}, phone="1380000000", mobile=""),
    *(a1(f"the dash {dash} of OCR", phone=f"027{dash}00000002", fax=f"027{dash}00000003") for dash in "—–−－‐"),
    a1("a stroke of OCR for a dash", [("contact.phone", "027一00000002")], phone="027一00000002"),
    a1("a doubled dash of OCR", phone="027——00000002"),
    a1("two contacts in one cell", [("contact.name", "示例丙")], contact="示例乙 技术部主任、示例丙 工程师"),
    a1("two contacts on two lines", [("contact.name", "示例丙")], contact="示例乙 技术部主任\n示例丙 工程师"),
    a1("two contacts and their telephones", [("contact.name", "示例丙"), ("contact.phone", "00000009")], contact="示例乙/示例丙", phone="027-00000002\n027-00000009"),
    a1("a contact with the mobile in the cell", [("contact.name", "10000000002")], contact="示例乙 10000000002"),
]  # fmt: skip

PLAIN = [
    a1("no fax: 无", (), {"fax": None}, fax="无"),
    a1("no fax: a stroke", (), {"fax": None}, fax="/"),
    a1("no fax: a dash", (), {"fax": None}, fax="——"),
    a1("no fax: 暂无", (), {"fax": None}, fax="暂无"),
    a1("a contact with a comma", contact="示例乙，技术部主任"),
    a1("a contact on two lines", contact="示例乙\n技术部主任"),
    a1("a mailbox as a link", email=p(f'<w:hyperlink r:id="rId9" w:history="1">{t("lianxi@example.com")}</w:hyperlink>')),
    a1("a mailbox as a field", email=p(_BEGIN, '<w:r><w:instrText> HYPERLINK "mailto:lianxi@example.com" </w:instrText></w:r>', _BETWEEN, t("lianxi@example.com"), _END)),
    a1("options with the label's words", disclosure="☑不公开企业名称 □公开企业名称"),
    a1("amounts with currency and unit", capital="人民币12,000万元", revenue="560,000.50万元", employees="3,500人"),
    a1("bookmarks, breaks and soft hyphens", address=p('<w:bookmarkStart w:id="0" w:name="_GoBack"/>', t("示例市示例区"), "<w:r><w:lastRenderedPageBreak/></w:r>", t("示例路 1 号"), '<w:bookmarkEnd w:id="0"/>')),
    a1("a code cut into runs", code=p(t("9100000000"), t("000"), t("04650", "<w:b/>"))),
    a1("spaces as people type them", name="  武汉示例重工集团有限公司　", email=" lianxi@example.com ", postcode="0 1 2 3 4 5"),
    Case("a bureau's own lines below the table", w.docx(w.TITLE_1 + w.table(_WHOLE) + w.lines("填表人：示例乙\n填表日期：2024年7月8日\n（盖章）")), (), {}, [demand()]),
    d1("a demand with blank lines and indents", [(TITLE, CONTENT.replace("\n", "\n\n　　"))], [demand()]),
    d1("a demand whose numbers look like telephones", [(TITLE, CONTENT.replace("25g/10min", "分子量 100000-200000，编号 GB/T 1040.2-2006"))], [demand(parameters="熔指 分子量 100000-200000，编号 GB/T 1040.2-2006")]),
    a2("a plain Annex 2", w.annex2(), make.ITEMS),
    a3("a plain Annex 3", w.annex3()),
    Case("a plain workbook", sheets.annex1(), (), {}, [demand()], kind="xlsx"),
]  # fmt: skip


def _cell_row(label: str, changed: make.Row) -> list[make.Row]:
    return [changed if row[0][0] == label else row for row in _WHOLE]


_SYMBOL = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
_CHECK = '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>{0}</w:sdtContent></w:sdt>'
_OTHER_ROWS = [[("需求 3", 1), ("名称", 1), ("示例传感芯片", 4)], [("", 1), ("需求内容", 1), (CONTENT, 4)]]
_SIX = "研发一款示例材料", "熔指 25g/10min", "适配示例外壳"
MORE = [
    a1("a tick inserted as a symbol", [("nature", "民营")], nature=p(t("□国有 "), w.change("ins", _SYMBOL, 3), t("民营 □合资 □外资"))),
    a1("a control's box changed in a revision", [("nature", "民营")], nature=p(t("□国有 "), _CHECK.format(gone("☐") + ins("☒")), t("民营"))),
    a1("an insertion inside a link", [("email", "example")], email=p(f'<w:hyperlink r:id="rId9">{t("lianxi@")}{ins("example.com")}</w:hyperlink>')),
    tables("a label changed in a revision", w.table(_cell_row("企业性质", [(p(t("企业"), ins("性质")), 1), ("□国有 ☑民营 □合资 □外资", 5)])), doubts=[("nature", "性质")]),
    tables("a comment over two cells", w.table(_cell_row("通讯地址", [("通讯地址", 1), (p('<w:commentRangeStart w:id="0"/>', t("示例市示例区示例路 1 号")), 3), ("邮 编", 1), (p(t("012345"), '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'), 1)])), doubts=[("address", "已搬迁"), ("postcode", "已搬迁")], comments={0: "已搬迁"}),
    tables("a comment on a demand's number", w.table([*_ALL, _ROWS[0], [(p(noted("需求 1")), 1), *_ROWS[1][1:]], _ROWS[2]]), doubts=[("demands.0", "与去年重复")], comments={0: "与去年重复"}),
    Case("a comment on the form's title", w.annex1(title=Xml(p(noted("大企业技术创新需求表")) + w.lines("企业名称：（盖章）")), comments={0: "本表作废，以新表为准"}), [("form", "本表作废")], {}, [demand()]),
    tables("a hidden row", w.table([Marked(row, "<w:hidden/>") if row[0][0] == "企业性质" else row for row in _WHOLE]), doubts=[("nature", "民营")]),
    tables("a demand moved away with its rows", w.table([*_ALL, *[Marked(row, _DEL) for row in make.demand_rows([(p(w.change("moveFrom", t(OTHER), 4)), CONTENT)])[1:]], *_ROWS]), doubts=[("demands.0", OTHER)]),
    tables("three tables over three pages", w.table(_ALL), p(t("")), w.table(_ROWS[1:]), w.lines("（续表）"), w.table(_NEXT), p(t("第 2 页")), w.table(_OTHER_ROWS), read=[demand(), demand(OTHER), demand("示例传感芯片")]),
    tables("a nested table of one cell around an answer", w.table(_cell_row("通讯地址", [("通讯地址", 1), (w.table([[("示例市示例区示例路 1 号", 1)]], 1), 3), ("邮 编", 1), ("012345", 1)]))),
    tables("demands as a list under headings", w.table(_ALL), w.table([[("序号", 1), ("需求名称", 2), ("需求内容", 3)], [("1", 1), (TITLE, 2), (CONTENT, 3)]])),
    tables("a second demand typed below the table", w.table(_WHOLE), w.lines(f"需求 2\n名称：{OTHER}\n需求内容：研发一款散热材料"), doubts=[("demands.1", OTHER), ("demands.1", "研发一款散热材料")]),
    d1("labels parted by commas", [(TITLE, f"研发内容：{_SIX[0]}\n技术指标：{_SIX[1]}\n预期目标：{_SIX[2]}，完成时间：1 年，合作方式：项目委托")], [demand()]),
    d1("a label in brackets inside a part", [(TITLE, f"需求内容：{_SIX[0]}\n参数要求：{_SIX[1]}\n需达到效果：{_SIX[2]}（完成时间：1 年）\n合作方式：项目委托")], [demand()], [("demands.0", "完成时间：1 年")]),
    d1("a contact in the middle of a demand", [(TITLE, f"{_HALF[0]}\n联系人：示例丙 10000000007\n" + "\n".join(_HALF[1:]))], [demand()], [("demands.0", "10000000007")], never=["示例丙", "10000000007"]),
    d1("a contact at the head of a demand", [(TITLE, "联系人：示例丙，电话：027-00000007\n" + CONTENT)], [demand()], [("demands.0", "示例丙")], never=["示例丙", "027-00000007"]),
    d1("a WeChat name in a demand", [(TITLE, CONTENT + "\n微信号：shilibing007")], [demand()], [("demands.0", "shilibing007")], never=["shilibing007"]),
    d1("a demand about deleting", [("示例数据安全删除", CONTENT), ("撤销操作的示例算法", CONTENT), ("删除冗余示例数据", CONTENT)], [demand("示例数据安全删除"), demand("撤销操作的示例算法"), demand("删除冗余示例数据")]),
    d1("a demand that is not to be published", [(TITLE, CONTENT), (f"{OTHER}（暂不发榜）", CONTENT), ("示例传感芯片", "该项目已取消")], [demand()], [("demands.1", "暂不发榜"), ("demands.1", "已取消")]),
    d1("labels with a remark in brackets", [(TITLE, f"研究内容（简述）：{_SIX[0]}\n技术指标（参数）：{_SIX[1]}\n预期目标（效果）：{_SIX[2]}\n完成时限（月）：1 年\n合作方式（可多选）：项目委托")], [demand()]),
    d1("the form's own labels with other words inside", [(TITLE, f"需求内容：{_SIX[0]}\n参数要求：\n技术指标：{_SIX[1]}\n需达到效果：\n预期目标：{_SIX[2]}\n时间要求：1 年\n拟采取的合作方式：项目委托")], [demand(parameters=f"技术指标：{_SIX[1]}", effect=f"预期目标：{_SIX[2]}")]),
    x1("the unit 亿 shown", [("registered_capital", "1.2")], {}, capital=Shown(1.2, '0.0"亿"')),
    x1("shown in 万 by a format", [("registered_capital", "120000000")], {}, capital=Shown(120000000, '0!.0,"万"')),
    x1("money and red negatives", capital=Shown(12000, "[$¥-804]#,##0.00;[Red]-[$¥-804]#,##0.00"), revenue=Shown(560000.5, '#,##0.0" 万元"'), employees=Shown(3500, "0_);[Red](0)")),
    x1("dollars shown", [("registered_capital", "12000")], {}, capital=Shown(12000, '"US$"#,##0')),
    Case("a note on a demand", sheets.annex1(None, [(TITLE, Shown(CONTENT, note="应为 2 年"))]), [("demands.0", "应为 2 年")], {}, [demand()], kind="xlsx"),
    Case("a struck demand in a workbook", sheets.annex1(None, [(TITLE, CONTENT), (Shown(OTHER, struck=True), Shown(CONTENT, struck=True))]), [("demands.1", OTHER)], {}, [demand()], kind="xlsx"),
    x1("a note on an empty cell", [("fax", "传真待补")], {"fax": None}, fax=Shown("", note="传真待补")),
    a1("two contacts in brackets", [("contact.name", "示例丙")], contact="示例乙（主任）、示例丙（工程师）"),
    a1("two contacts without positions", [("contact.name", "示例丙")], contact="示例乙 示例丙"),
    a1("a telephone with an odd dash and a gap", (), {"contact.phone": "027-0000 0002"}, phone="027—0000 0002"),
    a1("a mobile and a telephone in one cell", [("contact.mobile", "027-00000002")], mobile="10000000002/027-00000002"),
    a2("items over two tables", w.docx(w.TITLE_2 + w.table(make.annex2_rows()) + p(t("")) + w.table([[("事项2", 1), ("事项名称", 1), ("示例传感芯片", 2), ("代码", 1), ("315", 1)]])), [*make.ITEMS, ("示例传感芯片", "315")]),
]  # fmt: skip

CASES = [*REVISIONS, *COMMENTS, *STRUCK, *TABLES, *BOXES, *LABELS, *STANDING, *STATEMENTS, *NUMBERS, *PLAIN, *MORE]
