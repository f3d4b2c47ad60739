"""More filled forms as they come, of kinds that were found by filling in 278 others; see `corpus`. `CASES` are those of both."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from tests.forms import corpus, make, sheets
from tests.forms import word_xml as w
from tests.forms.biff import Looks, xls
from tests.forms.corpus import CONTENT, OTHER, TITLE, Case, a1, a2, d1, demand, tables
from tests.forms.word_xml import Xml, p, t

VALUES = [
    a1("an amount with spaces before its unit", (), {"registered_capital": 5000, "revenue": Decimal("1200.5")}, capital="0.5 亿", revenue="1,200.5 万元整"),
    a1("an amount in words, and again in brackets", (), {"registered_capital": 1200, "revenue": 12000}, capital="1200万元（大写：壹仟贰佰万元整）", revenue="1亿2千万元"),
    a1("another number in brackets", [("registered_capital", "8000"), ("employees", "120")], {}, capital="12000（8000）", employees="3500（120）"),
    a1("two head counts", [("employees", "350 120")], {}, employees="350 120"),
    a1("two telephones parted by a space, a stroke or nothing", [("contact.phone", "85317108"), ("fax", "00000009"), ("contact.mobile", "10000000003")], {}, phone="85317106 85317108", fax="027-00000003 027-00000009", mobile="1000000000210000000003"),
    a1("an extension, a country, groups", (), {"contact.phone": "027-00000002-8001", "contact.mobile": "+86 100 0000 0002"}, phone="027-00000002-8001", mobile="+86 100 0000 0002"),
    a1("no name and no address", [("name", "见营业执照"), ("address", "略"), ("legal_representative.name", "同上")], {}, name="见营业执照", address="略", legal="同上"),
    a1("name and position with their labels", contact="姓名：示例乙 职务：技术部主任"),
    a1("kinds of enterprises with the word behind", email="lianxi@example.com；", nature="□国有企业 ☑民营企业 □合资企业 □外资企业", channel="☑省级中小企业主管部门（示例省中小企业主管部门）"),
    a1("a tick on a line of its own", [("nature", "√")], {}, nature="□国有 □民营 □合资 □外资\n√"),
    a2("a bare size, a day with dashes, a place with strokes", w.annex2({"size": "小型企业", "registered": "2012—05—18", "place": "吉林省/长春市/示例县"}), make.ITEMS),
    a2("a day as programs export it", w.annex2({"registered": "2012-05-18 00:00:00"}), make.ITEMS),
    a2("types parted by spaces alone", w.annex2({"types": "专精特新“小巨人”企业 创新型中小企业"}), make.ITEMS, [("types", "创新型")]),
]  # fmt: skip


def _field(instruction: str, result: str = "") -> str:
    """A complex field; Word gives EQ and SYMBOL no result."""
    begin, between, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    told = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{begin}{told}{between + result if result else ''}{end}"


def _symbol(font: str, char: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


def _wrapped(tag: str, attributes: str, text: str) -> str:
    return f"<w:{tag} {attributes}>{t(text)}</w:{tag}>"


_BREAKS = {kind: f'<w:r><w:br w:type="{kind}"/></w:r>' for kind in ("page", "column")}
_SECOND_CHAPTER = "二、中小企业技术创新能力情况"
_RUBY = (
    "<w:r><w:ruby><w:rubyPr/><w:rt>"
    + t("wu han")
    + "</w:rt><w:rubyBase>"
    + t("武汉示例")
    + "</w:rubyBase></w:ruby></w:r>"
)
_PROVINCIAL, _SMALL_GIANT = "省级专精特新中小企业", "专精特新“小巨人”企业"


def _headed(data: bytes, header: str) -> bytes:
    """A Word file with a header."""
    link = f'<Relationship Id="rId77" Type="{w._RELATIONS}/header" Target="header1.xml"/></Relationships>'
    part = f'<Override PartName="/word/header1.xml" ContentType="{w._TYPES}.header+xml"/></Types>'

    def change(members: dict[str, bytes]) -> None:
        members["word/header1.xml"] = f"<w:hdr {w._ROOT}>{header}</w:hdr>".encode()
        for name, end, more in (
            ("word/_rels/document.xml.rels", b"</Relationships>", link),
            ("[Content_Types].xml", b"</Types>", part),
        ):
            members[name] = members[name].replace(end, more.encode())

    return make.repacked(data, change)


def _watermark(words: str) -> str:
    return (
        f'<w:p><w:r><w:pict><v:shape type="#_x0000_t136"><v:textpath string="{words}"/></v:shape></w:pict></w:r></w:p>'
    )


WORD = [
    a1("a reading above a name, text in fields and wrappers", name=p(_RUBY, t("重工集团有限公司")), capital=p(_wrapped("fldSimple", 'w:instr=" MERGEFIELD a "', "12000")), employees=p(_field("REF a", t("3500"))), address=p(_wrapped("bdo", 'w:val="ltr"', "示例市示例区"), _wrapped("dir", 'w:val="ltr"', "示例路 1 号"))),
    a1("signs that a copied number or tick brings along", phone="\u202d027-00000002\u202c", email="\u200elianxi@example.com", mobile="\u206610000000002\u2069", nature="☐国有 ☑\ufe0f民营 ☐合资 ☐外资"),
    a1("a sign that turns the direction of writing", [("contact.phone", "〔符号〕")], {"contact.phone": None}, phone="\u202e20000000-720"),
    Case("parts of characters in the place of characters, from a PDF file", make.annex1_docx({"name": "武汉\u2f70例重\u2f2f集团有限公司", "address": "\u2f70例市\u2f70例区\u2f70例路 1 号"}, labels={"法人代表": "法\u2f08代表"}), (), {}, [demand()]),
    d1("such parts of characters in a demand", [(TITLE, CONTENT.replace("外壳", "\u2ee2达外壳，\u2ed3 2 m"))], [demand(effect="适配示例马达外壳，长 2 m")]),
    d1("lines parted by breaks of pages and columns", [(TITLE, p(_BREAKS["page"].join(map(t, CONTENT.split("\n")[:3])), _BREAKS["column"], _BREAKS["page"].join(map(t, CONTENT.split("\n")[3:]))))], [demand()]),
    Case("a chapter behind the break of a page in the line above it", w.docx("".join(p(t(line), _BREAKS["page"] if broken else "", t(_SECOND_CHAPTER if broken else "")) for line in make.annex3_lines() if line != _SECOND_CHAPTER for broken in [line == "运营良好。"])), annex="附件3"),
    d1("lines parted by the old break", [(TITLE, p("<w:r><w:cr/></w:r>".join(t(line) for line in CONTENT.split("\n"))))], [demand()]),
    a1("a symbol that no font at hand has", [("nature", "符号")], {"nature": None}, nature=p(_symbol("Segoe UI Symbol", "E001"), t("国有 "), t("民营 □合资"))),
    a2("ringed ticks", w.annex2({"types": p(_field(r"eq \o\ac(□,√)"), t(_SMALL_GIANT), _field(r"eq \o\ac(□, )"), t(_PROVINCIAL))}), make.ITEMS, (), {"types": [_SMALL_GIANT]}),
    a2("ticks as symbol fields", w.annex2({"types": p(_field("SYMBOL 254 \\f Wingdings \\s 10"), t(_SMALL_GIANT), _field('SYMBOL 168 \\f "Wingdings"'), t(_PROVINCIAL))}), make.ITEMS, (), {"types": [_SMALL_GIANT]}),
    a1("a fraction", [("registered_capital", "12000")], {"registered_capital": None}, capital=p(t("12000"), _field(r"EQ \f(1,2)"))),
]  # fmt: skip


def _behind(name: str, behind: str, doubts: Sequence[tuple[str, str]] = ()) -> Case:
    """Annex 1 with something behind its table."""
    return Case(
        name,
        w.docx(w.TITLE_1 + w.table([*w.basics(), *make.demand_rows(make.DEMANDS)]) + behind),
        doubts,
        {},
        [demand()],
    )


def _above(
    name: str, *lines: str, doubts: Sequence[tuple[str, str]] = (), comments: dict[int, str] | None = None
) -> Case:
    """Annex 1 with other lines above its table."""
    return Case(name, w.annex1(title=Xml("".join(lines)), comments=comments), doubts, {}, [demand()])


def _explained(name: str, rows: Sequence[make.Row]) -> Case:
    form: list[make.Row] = [[("大企业技术创新需求表", 6)], *w.basics(), *make.demand_rows(make.DEMANDS)]
    return Case(name, make.xlsx({"需求表": form, "填写说明": rows}), (), {}, [demand()], kind="xlsx")


_PATENTS: list[make.Row] = [
    [("序号", 1), ("名称", 2), ("专利号", 3)],
    [("1", 1), ("示例散热结构", 2), ("ZL000000000000.0", 3)],
]
AROUND = [
    Case("a watermark that says specimen", _headed(w.annex1(), _watermark("样例")), [("form", "样例")], {}, [demand()]),
    Case("a header that says void", _headed(w.annex1(), w.lines("作废")), [("form", "作废")], {}, [demand()]),
    Case("a letterhead", _headed(w.annex1(), w.lines("武汉示例重工集团有限公司")), (), {}, [demand()]),
    _above("a title that says specimen", w.lines("大企业技术创新需求表（样表）"), doubts=[("form", "样表")]),
    _above("a line above the title", w.lines("初稿，以 7 月 9 日报送的为准\n大企业技术创新需求表"), doubts=[("form", "初稿")]),
    _above("a comment above the title", p(w.noted("附件 1")), w.lines("大企业技术创新需求表"), doubts=[("form", "已重报")], comments={0: "已重报"}),
    _behind("a list of patents behind the form", w.lines("附：专利清单") + w.table(_PATENTS), [("form", "示例散热结构"), ("form", "专利清单")]),
    _behind("demands below the table without labels", w.lines("补充需求\n1、研发一款散热材料，导热系数 10 W/(m·K)"), [("form", "散热材料")]),
    _behind("the printed notes", w.lines("注：1. 所有需求均不得涉密。\n2. 公开企业名称有利于吸引更多优质企业“揭榜”，是否公开尊重企业意愿。\n- 2 -")),
    _behind("another document behind the form", '<w:altChunk r:id="rId55"/>', [("form", "嵌入对象")]),
    _explained("a sheet of instructions", [[("企业名称", 1), ("填写营业执照上的全称", 5)]]),
]  # fmt: skip


def _rows(label: str, *rows: make.Row) -> str:
    """The form's table with one row said otherwise."""
    whole = [*w.basics(), *make.demand_rows(make.DEMANDS)]
    return w.table([one for row in whole for one in (rows if row[0][0] == label else [row])])


_AMOUNTS = "注册资本\n(万元)"
LAYOUT = [
    tables("values in the cells of their labels", _rows(_AMOUNTS, [("注册资本(万元) 12000", 2), ("从业人数\n(人)\n3500", 2), ("上年度营业收入(万元) 560000.5", 2)])),
    tables("a choice and a name in their labels' cells", _rows("企业性质", [("企业性质 ☑民营", 6)])),
    tables("labels above their values", _rows(_AMOUNTS, [("注册资本(万元)", 2), ("从业人数(人)", 2), ("上年度营业收入(万元)", 2)], [("12000", 2), ("3500", 2), ("560000.5", 2)])),
    tables("persons above their values", _rows("法人代表", [("法人代表", 2), ("联系人及职务", 2), ("联系电话", 2)], [("示例甲", 2), ("示例乙 技术部主任", 2), ("027-00000002", 2)])),
    tables("values left of their labels", _rows("通讯地址", [("示例市示例区示例路 1 号", 3), ("通讯地址", 1), ("012345", 1), ("邮 编", 1)]), doubts=[("form", "示例路 1 号"), ("address", "012345"), ("postcode", "邮 编")], values={"address": None, "postcode": None}),
    tables("labels with numbers and asterisks", _rows("企业性质", [("*8.企业性质", 1), ("□国有 ☑民营 □合资 □外资", 5)])),
    tables("units in cells of their own", _rows(_AMOUNTS, [("注册资本", 1), ("12000", 1), ("万元", 1), ("从业人数", 1), ("3500", 1), ("人", 1)], [("上年度营业收入", 1), ("560000.5", 4), ("万元", 1)])),
    tables("demands whose labels carry the number", w.table([*w.basics(), [("二、技术创新需求", 6)], [("需求1名称", 2), (TITLE, 4)], [("需求1内容", 2), (CONTENT, 4)], [("需求二：名称", 2), (OTHER, 4)], [("需求二：需求内容", 2), (CONTENT, 4)]]), read=[demand(), demand(OTHER)]),
    *(tables(f"demands numbered {one}", w.table([*w.basics(), [("二、技术创新需求", 6)], [(one, 1), ("名称", 1), (TITLE, 4)], [("", 1), ("需求内容", 1), (CONTENT, 4)], [(two, 1), ("名称", 1), (OTHER, 4)], [("", 1), ("需求内容", 1), (CONTENT, 4)]]), read=[demand(), demand(OTHER)]) for one, two in (("①", "②"), ("技术需求1", "技术需求2"), ("需求1（重点）", "需求2"), ("第一项", "第二项"), ("A.", "B."))),
    a2("items under headings", w.docx(w.TITLE_2 + w.table([*make.annex2_rows(None, []), [("序号", 1), ("事项名称", 3), ("代码", 2)], [("1", 1), (make.ITEMS[0][0], 3), ("314", 2)], [("2", 1), ("示例传感芯片", 3), ("315", 2)]])), [*make.ITEMS, ("示例传感芯片", "315")]),
    a2("items under other headings", w.docx(w.TITLE_2 + w.table([*make.annex2_rows(None, []), [("序号", 1), ("需求名称", 3), ("需求代码", 2)], [("1", 1), (make.ITEMS[0][0], 3), ("314", 2)], [("2", 1), ("示例传感芯片", 3), ("315", 2)]])), [*make.ITEMS, ("示例传感芯片", "315")]),
    a2("items whose labels carry the number", w.docx(w.TITLE_2 + w.table([*make.annex2_rows(None, []), [("事项1名称", 1), (make.ITEMS[0][0], 3), ("事项1代码", 1), ("314", 1)], [("事\n项\n二", 1), ("事项名称", 1), ("示例传感芯片", 2), ("代码", 1), ("315", 1)]])), [*make.ITEMS, ("示例传感芯片", "315")]),
    a2("a name and a code without their labels", w.docx(w.TITLE_2 + w.table([*make.annex2_rows(), [("事项2", 1), ("示例 5G 模组", 3), ("315", 2)]])), make.ITEMS, [("form", "示例 5G 模组"), ("form", "315")]),
    a2("another amount with a short number", w.docx(w.TITLE_2 + w.table([[("资产总额(万元)", 1), ("300", 5)], *make.annex2_rows()])), make.ITEMS, [("form", "资产总额"), ("form", "300")]),
    a2("telephones that say whose", w.docx(w.TITLE_2 + w.table([[("法人姓名", 1), ("示例丙", 1), ("法人电话", 1), ("027-00000011", 1), ("法人手机", 1), ("10000000011", 1)] if row[0][0] == "法人代表" else row for row in make.annex2_rows()])), make.ITEMS),
    a1("a code as name, a postcode as address", [("name", "910000000000004650"), ("address", "012345")], {"name": None, "address": None}, name="910000000000004650", address="012345"),
]  # fmt: skip


def _said(name: str, content: str, read: dict[str, Any] | None = None, doubts: Sequence[tuple[str, str]] = ()) -> Case:
    """Annex 1 with one demand of another content."""
    return d1(name, [(TITLE, content)], [demand() if read is None else read], doubts)


_PARTS = CONTENT.split("\n")
DEMANDS = [
    *(_said(f"parts behind {signs[0]}", "\n".join(f"{sign}{part}" for sign, part in zip(signs, _PARTS, strict=True))) for signs in ("ABCDE", "●●●●●", "◆◆◆◆◆", ("- ",) * 5, ("1.1 ", "1.2 ", "1.3 ", "1.4 ", "1.5 "), [f"第{n}，" for n in "一二三四五"])),
    tables("a name and its content in one cell", w.table([*w.basics(), [("二、技术创新需求", 6)], [("需求 1", 1), (f"名称：{TITLE}\n{CONTENT}", 5)]])),
    d1("no name", [("见附件", CONTENT), ("略", CONTENT)], [demand(), demand(OTHER)], [("demands.0", "见附件"), ("demands.1", "略")]),
    d1("names with the demand's number", [("需求1：" + TITLE, CONTENT), ("技术需求（二）、" + OTHER, CONTENT), ("需求一体化平台", CONTENT), ("需求1.5倍放大装置", CONTENT)], [demand(), demand(OTHER), demand("需求一体化平台"), demand("需求1.5倍放大装置")]),
    d1("names with what the form asks for", [("（请填写需求名称）" + TITLE, CONTENT), ("（请填写需求名称）", CONTENT)], [demand(), demand()], [("demands.1", "请填写需求名称")]),
    a1("answers with what the form asks for", name="（请填写营业执照全称）武汉示例重工集团有限公司", address="示例市示例区示例路 1 号（请注明门牌号）", employees="3500（请填写整数）"),
    *(_said(f"a label parted from its words by {name}", CONTENT.replace("时间要求：", f"{label}"), demand(effect=None, schedule=None), [("demands.0", f"{label}1 年")]) for name, label in (("a tab", "时间要求\t"), ("a space", "4.时间要求 "))),
    d1("two names", [("1.示例阻燃改性材料 2.示例散热材料", CONTENT), ("示例阻燃改性材料\n示例散热功能材料", CONTENT), ("示例阻燃改性\n材料", CONTENT)], [demand(), demand(), demand()], [("demands.0", "2.示例散热材料"), ("demands.1", "示例散热功能材料")]),
    _said("another demand in a content", "\n".join([*_PARTS[:3], _PARTS[4], _PARTS[3], "需求二：研发一款散热材料"]), demand(schedule=None), [("demands.0", "散热材料")]),
    _said("a label that nobody knows", CONTENT.replace("参数要求：", "关键参数："), demand(parameters=None), [("demands.0", "关键参数")]),
    _said("a semicolon typed for a colon", CONTENT.replace("参数要求：", "参数要求；"), demand(parameters=None), [("demands.0", "参数要求；")]),
    _said("money among the parts", CONTENT.replace("\n时间", "\n经费预算：200 万元\n时间"), demand(effect=None), [("demands.0", "经费预算")]),
    _said("parameters with labels of their own", CONTENT.replace("熔指 25g/10min", "\n熔指：25g/10min\n硬度：80"), demand(parameters="熔指：25g/10min\n硬度：80")),
    a2("two codes in one item", w.annex2(None, [("示例散热材料、示例传感芯片", "314、315")]), [("示例散热材料、示例传感芯片", "314、315")], [("items.0", "315")]),
    a2("a telephone in a profile", w.annex2({"profile": "主要从事示例传感器的研制。\n联系电话：027-00000099"}), make.ITEMS, [("profile", "00000099")], {"profile": None}),
]  # fmt: skip


def _statement(
    name: str,
    changes: dict[str, str] | None = None,
    end: Sequence[str] = (),
    doubts: Sequence[tuple[str, str]] = (),
    values: dict[str, Any] | None = None,
) -> Case:
    """Annex 3 with some lines said otherwise, and others in the place of the note at its end."""
    lines = [(changes or {}).get(line, line) for line in make.annex3_lines()[:-1]]
    return Case(name, w.docx(w.lines("\n".join([*lines, *end]))), doubts, values or {}, annex="附件3")


_PLAN = [line for line in make.annex3_lines() if line[:3] in {"（一）", "（二）", "（三）", "（四）", "（五）"}]
_CHAPTERS = [line for line in make.annex3_lines() if line[:2] in {"一、", "二、", "三、", "四、"}]


def _numbered(plan: Sequence[str], chapters: Sequence[str]) -> dict[str, str]:
    told = {line: number + line[3:] for line, number in zip(_PLAN, plan, strict=True)}
    return told | {line: number + line[2:] for line, number in zip(_CHAPTERS, chapters, strict=True)}


_RISKS = make.STATEMENT["risks"]
STATEMENTS = [
    _statement("headings numbered 3.1", _numbered(("3.1 ", "3.2 ", "3.3 ", "3.4 ", "3.5 "), ("1 ", "2 ", "3 ", "4 "))),
    _statement("headings numbered 1), in chapters", _numbered(("1)", "2)", "3)", "4)", "5)"), ("第一章 ", "第二部分 ", "三 ", "第四，"))),
    _statement("headings numbered ①", _numbered("①②③④⑤", ("一、", "二、", "三、", "四、"))),
    _statement("headings in other words", dict(zip([*_PLAN[2:], *_CHAPTERS], ["（三）技术路线", "（四）进度安排", "（五）风险及应对措施", "一、企业基本情况简介", "二、技术创新能力情况", "三、技术攻关方案", "四、合作方式"], strict=True))),
    _statement("a heading that nobody knows", {_PLAN[2]: "（三）关键技术与实现办法"}, (), [("statement.plan.goals", "关键技术与实现办法"), ("statement.plan.route", "")], {"statement.plan.goals": None, "statement.plan.route": None}),
    _statement("seal, signature and day at the end", None, ["企业名称（盖章）：武汉示例小微科技有限公司", "法定代表人（签字）：示例丙", "2024年10月8日"]),
    _statement("a month at the end of the text", {make.STATEMENT["cooperation"]: "合作期限到\n2026年12月"}, values={"statement.cooperation": "合作期限到\n2026年12月"}),
    _statement("a contact at the end", None, ["联系人：示例丁", "联系电话：10000000012"], [("statement.cooperation", "10000000012")]),
    _statement("what is left over of pages", {_RISKS: f"- 3 -\n{_RISKS}\n第 4 页 共 8 页"}),
    _statement("a list of attachments", None, ["附件：", "1.专利证书复印件", "2.检测报告"], [("statement.evidence", "检测报告")]),
    _statement("attachments behind", None, ["附件 1：营业执照", "统一社会信用代码"], [("statement.evidence", "附件 1：营业执照")]),
    _statement("a part that says nothing", {_RISKS: "略"}, (), [("statement.plan.risks", "略")], {"statement.plan.risks": None}),
]  # fmt: skip


_FORM: list[make.Row] = [[("大企业技术创新需求表", 6)], *w.basics(), *make.demand_rows(make.DEMANDS)]
_SECOND: list[make.Row] = [[("需求 2", 1), ("名称", 1), (OTHER, 4)], [("", 1), ("需求内容", 1), (CONTENT, 4)]]


def o1(
    name: str, doubts: Sequence[tuple[str, str]] = (), values: dict[str, Any] | None = None, /, **answers: Any
) -> Case:
    """Annex 1 as an .ods with other answers."""
    rows: list[make.Row] = [_FORM[0], *w.basics(answers), *make.demand_rows(make.DEMANDS)]
    return Case(name, sheets.ods(rows), doubts, values or {}, [demand()], kind="ods")


def _drawn(change: Callable[[Any, Any], None], rows: Sequence[make.Row] = _FORM) -> bytes:
    """A workbook of which something else is changed: `change` gets it and its sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("需求表")
        for number, row in enumerate(rows):
            column = 0
            for text, width in row:
                if width > 1:
                    sheet.merge_range(number, column, number, column + width - 1, "")
                sheet.write_string(number, column, str(text)) if text != "" else None
                column += width
        change(book, sheet)
    return stream.getvalue()


def _day(number_format: str) -> Callable[[Any, Any], None]:
    """Writes the day of the registration as a day of Excel."""
    return lambda book, sheet: sheet.write_datetime(
        4, 5, datetime.date(2012, 5, 18), book.add_format({"num_format": number_format})
    )


def _hide(_: Any, sheet: Any) -> None:
    for row in range(len(_FORM), len(_FORM) + 2):
        sheet.set_row(row, None, None, {"hidden": True})


_SMALL_FORM: list[make.Row] = [[("中小企业“揭榜”对接表", 6)], *make.annex2_rows()]
_NOTE = "<office:annotation>" + sheets.line("应为 3600") + "</office:annotation>"
_FRAME = "<draw:frame><draw:text-box>" + sheets.line("已搬迁") + "</draw:text-box></draw:frame>"
WORKBOOKS = [
    Case("a text box over a sheet", _drawn(lambda _, sheet: sheet.insert_textbox(3, 8, "以新表为准")), [("form", "以新表为准")], {}, [demand()], kind="xlsx"),
    Case("a receipt stamp over a sheet", _drawn(lambda _, sheet: sheet.insert_textbox(3, 8, "收文 2024.7.8")), (), {}, [demand()], kind="xlsx"),
    Case("a demand in hidden rows", _drawn(_hide, [*_FORM, *_SECOND]), [("demands.1", OTHER)], {}, [demand(), demand(OTHER)], kind="xlsx"),
    Case("a hidden column", _drawn(lambda _, sheet: sheet.set_column(5, 5, None, None, {"hidden": True})), [("registered_place", "湖北"), ("contact.phone", "00000002"), ("contact.mobile", "10000000002"), ("revenue", "560000.5"), ("postcode", "012345")], {}, [demand()], kind="xlsx"),
    *(Case(f"a day shown as {shown}", _drawn(_day(shown), _SMALL_FORM), [("registered_on", "2012-05-18")] if asked else (), {}, None, make.ITEMS, kind="xlsx", annex="附件2") for shown, asked in (("yyyy-mm-dd", False), ('yyyy"年"m"月"d"日"', False), ('yyyy"年"m"月"', True), ("mmm-yy", True))),
    o1("a plain .ods", (), {}, capital=sheets.cell(sheets.line("12,000.00"), number=12000), employees=sheets.cell(sheets.line("3500人"), number=3500), postcode=sheets.cell(sheets.line("012345"), number=12345)),
    o1("an .ods that shows another unit", [("revenue", "0.56亿元"), ("employees", "3499.6")], {"revenue": 5600}, revenue=sheets.cell(sheets.line("0.56亿元"), number=0.56), employees=sheets.cell(sheets.line("3500"), number=3499.6)),
    o1("an .ods with struck cells", [("address", "旧址路"), ("employees", "3500")], {}, address=sheets.cell(sheets.line('示例市示例区示例路 1 号<text:span text:style-name="Strucktext">旧址路 9 号</text:span>')), employees=sheets.cell(sheets.line("3500"), number=3500, struck=True)),
    o1("an .ods with a note and a text box", [("employees", "应为 3600"), ("address", "应为 3600"), ("form", "已搬迁")], {}, employees=sheets.cell(_NOTE, sheets.line("3500"), number=3500), fax=sheets.cell(_FRAME, sheets.line("027-00000003")), address=sheets.cell(_NOTE, sheets.line("示例市示例区示例路 1 号"))),
    Case("an .ods with hidden rows", sheets.ods([*_FORM, *_SECOND], range(len(_FORM), len(_FORM) + 2)), [("demands.1", OTHER)], {}, [demand(), demand(OTHER)], kind="ods"),
]  # fmt: skip


def _old(
    name: str,
    looks: Callable[[Mapping[str, tuple[int, int]]], Looks],
    doubts: Sequence[tuple[str, str]],
    values: dict[str, Any],
    *,
    new: bool,
    rows: Sequence[make.Row] = _FORM,
) -> Case:
    """Annex 1 as a .xls; `looks` gets the places of the texts."""
    cells: dict[tuple[int, int], str | float] = {}
    for number, row in enumerate(rows):
        column = 0
        for text, width in row:
            if text != "":
                cells[number, column] = {"3500": 3500.0, "560000.5": 0.56, "012345": 12345.0}.get(
                    text, text.replace("☑", "√")
                )
            column += width
    places = {str(text): place for place, text in cells.items()}
    read = [demand(), demand(OTHER)] if len(rows) > len(_FORM) else [demand()]
    return Case(name, xls("需求表", cells, looks(places), new=new), doubts, values, read, kind="xls")


for _new in (False, True):
    WORKBOOKS += [
        _old(f"a .xls that shows something else, {_new=}", lambda at: Looks({at["0.56"]: '0.00"亿元"', at["12345.0"]: "000000", at["3500.0"]: "#,##0"}, [at["示例市示例区示例路 1 号"]], {at["lianxi@example.com"]: "已停用"}), [("revenue", "0.56"), ("address", "示例路"), ("email", "已停用")], {"revenue": 5600}, new=_new),
        _old(f"a .xls with hidden rows, {_new=}", lambda at: Looks({at["0.56"]: '0.00"亿元"', at["12345.0"]: "000000"}, hidden=(len(_FORM), len(_FORM) + 1)), [("revenue", "0.56"), ("demands.1", OTHER)], {"revenue": 5600}, new=_new, rows=[*_FORM, *_SECOND]),
    ]  # fmt: skip
WORKBOOKS += [
    _old("a text box over a .xls", lambda at: Looks({at["0.56"]: '0.00"亿元"', at["12345.0"]: "000000"}, boxes=["此表作废"]), [("revenue", "0.56"), ("form", "作废")], {"revenue": 5600}, new=True),
]  # fmt: skip

CASES = [*corpus.CASES, *VALUES, *WORD, *AROUND, *LAYOUT, *DEMANDS, *STATEMENTS, *WORKBOOKS]
