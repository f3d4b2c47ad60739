"""Official forms as files, made for tests: the layout of the notice, filled in with plainly fictional answers, in any way people write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
from docx.document import Document
from docx.oxml import parse_xml
from docx.table import _Cell

Answers = dict[str, Any]


@cache
def _slim() -> bytes:
    """The empty document of python-docx without the 160 styles that no form uses: reading those takes most of the time."""
    made = docx.Document()
    styles = made.styles.element
    for style in list(styles.style_lst):
        if style.name_val not in {"Normal", "Normal Table", "Table Grid", "Default Paragraph Font", "List Number"}:
            styles.remove(style)
    return saved(made)


def document() -> Document:
    """An empty Word document."""
    return docx.Document(io.BytesIO(_slim()))


ENTERPRISE: Answers = {
    "name": "武汉示例重工集团有限公司",
    "disclosure": "□公开 ☑不公开",
    "code": "910000000000004650",
    "province": "湖北省",
    "legal": "示例甲",
    "contact": "示例乙 技术部主任",
    "phone": "027-00000002",
    "fax": "027-00000003",
    "email": "lianxi@example.com",
    "mobile": "10000000002",
    "capital": "12000",
    "employees": "3500",
    "revenue": "560000.5",
    "nature": "□国有 ☑民营 □合资 □外资",
    "industry": "2 位数代码及名称: 38 电气机械和器材制造业",
    "channel": "☑省级中小企业主管部门: 示例省中小企业主管部门\n□工业和信息化部相关行业司局: _____",
    "address": "示例市示例区示例路 1 号",
    "postcode": "012345",
}
CONTENT = "需求内容：研发一款示例材料\n参数要求：熔指 25g/10min\n需达到效果：适配示例外壳\n时间要求：1 年\n拟采取的合作方式：项目委托"
DEMANDS = [("示例阻燃改性材料", CONTENT)]

Row = Sequence[tuple[Any, int]]
"""Texts, or functions that write their own cell, with the number of columns they take."""


def annex1_rows(answers: Mapping[str, Any]) -> list[Row]:
    """The first part of Annex 1, six columns wide."""
    a = answers
    return [
        [("一、企业基本情况", 6)],
        [("企业名称", 1), (a["name"], 5)],
        [("是否公开企业名称", 1), (a["disclosure"], 5)],
        [("统一社会信用代码", 1), (a["code"], 3), ("注册地\n所在省份", 1), (a["province"], 1)],
        [("法人代表", 1), (a["legal"], 1), ("联系人\n及职务", 1), (a["contact"], 1), ("联系电话", 1), (a["phone"], 1)],
        [("传 真", 1), (a["fax"], 1), ("电子邮箱", 1), (a["email"], 1), ("手 机", 1), (a["mobile"], 1)],
        [("注册资本\n(万元)", 1), (a["capital"], 1), ("从业人数\n(人)", 1), (a["employees"], 1), ("上年度营业\n收入(万元)", 1), (a["revenue"], 1)],
        [("企业性质", 1), (a["nature"], 5)],
        [("所属行业", 1), (a["industry"], 5)],
        [("推荐渠道\n(只选择其中\n一个渠道)", 1), (a["channel"], 5)],
        [("通讯地址", 1), (a["address"], 3), ("邮 编", 1), (a["postcode"], 1)],
    ]  # fmt: skip


def demand_rows(demands: Sequence[tuple[str, Any]]) -> list[Row]:
    """The second part; the first cell of a demand's two rows is one cell in the files."""
    rows: list[Row] = [[("二、技术创新需求", 6)]]
    for number, (title, content) in enumerate(demands, 1):
        rows.append([(f"需求 {number}", 1), ("名称", 1), (title, 4)])
        rows.append([("", 1), ("需求内容", 1), (content, 4)])
    return rows


Write = Callable[[_Cell, Any], None]


def _write(cell: _Cell, answer: Any) -> None:
    """A text, one paragraph a line; or what writes the cell itself."""
    if callable(answer):
        answer(cell)
        return
    first, *others = str(answer).split("\n")
    cell.paragraphs[0].add_run(first)
    for line in others:
        cell.add_paragraph(line)


def docx_table(document: Any, rows: Sequence[Row], columns: int = 6) -> Any:
    """A table with merged cells, and demands' number cells over two rows."""
    table = document.add_table(rows=len(rows), cols=columns)
    # Asked for one cell, python-docx lists all of the table anew.
    grid = [list(row.cells) for row in table.rows]
    for number, row in enumerate(rows):
        column = 0
        for text, width in row:
            cell = grid[number][column]
            if width > 1:
                cell = cell.merge(grid[number][column + width - 1])
            if not (column == 0 and text == ""):
                _write(cell, text)
            elif number:
                grid[number][0] = grid[number - 1][0].merge(cell)
            column += width
    return table


def annex1_docx(
    answers: Mapping[str, Any] | None = None,
    demands: Sequence[tuple[str, Any]] = DEMANDS,
    labels: Mapping[str, str] | None = None,
) -> bytes:
    """Annex 1 as a Word file; a callable answer writes its own cell. `labels` says some of the form's labels otherwise."""
    made = document()
    for line in ("附件 1", "大企业技术创新需求表", "企业名称：（盖章）"):
        made.add_paragraph(line)
    said = labels or {}
    rows = [
        [(said.get(text, text) if isinstance(text, str) else text, width) for text, width in row]
        for row in annex1_rows({**ENTERPRISE, **(answers or {})})
    ]
    docx_table(made, [*rows, *demand_rows(demands)])
    made.add_paragraph("注: 1. 所有需求均不得涉密。")
    return saved(made)


def saved(document: Any) -> bytes:
    """A Word document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def annex1_xlsx(answers: Mapping[str, Any] | None = None, demands: Sequence[tuple[str, Any]] = DEMANDS) -> bytes:
    """Annex 1 as a workbook; numbers are number cells."""
    rows = [[("大企业技术创新需求表", 6)], *annex1_rows({**ENTERPRISE, **(answers or {})}), *demand_rows(demands)]
    return xlsx({"附件1": rows})


def xlsx(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """A workbook with merged cells."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                column = 0
                for value, width in row:
                    if width > 1:
                        sheet.merge_range(number, column, number, column + width - 1, "")
                    if value != "" and isinstance(value, int | float):
                        sheet.write_number(number, column, value)
                    elif value != "":
                        sheet.write_string(number, column, str(value))
                    column += width
    return stream.getvalue()


_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def element(xml: str) -> Any:
    """One element of Word's own XML."""
    return parse_xml(xml.replace(">", f" {_NAMES}>", 1))


def raw_xml(*runs: str) -> Callable[[_Cell], None]:
    """Writes a cell's paragraph from Word's own XML, for what python-docx cannot make."""

    def write(cell: _Cell) -> None:
        cell._tc.replace(cell.paragraphs[0]._p, element(f"<w:p>{''.join(runs)}</w:p>"))

    return write


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file with its members changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def put(folder: Path, name: str, data: bytes) -> Path:
    """Writes a made form into a folder."""
    path = folder / name
    path.write_bytes(data)
    return path


SME: Answers = {
    "name": "武汉示例小微科技有限公司",
    "code": "910000000000009320",
    "place": "吉林省长春市示例县",
    "registered": "2012年5月18日",
    "legal": "示例丙",
    "legal phone": "027-00000011",
    "legal mobile": "10000000011",
    "contact": "示例丁 总经理",
    "phone": "027-00000012",
    "mobile": "10000000012",
    "fax": "",
    "email": "sme@example.com",
    "capital": "500",
    "employees": "45",
    "revenue": "1800",
    "size": "□大型 □中型 ☑小型 □微型",
    "nature": "□国有 ☑民营 □合资 □外资",
    "types": "☑专精特新“小巨人”企业 □省级专精特新中小企业 ☑创新型中小企业 □其他",
    "industry": "按照《国民经济行业分类(GB/T 4754-2017)》，行业2位数代码及名称：39 计算机、通信和其他电子设备制造业",
    "address": "示例市示例区示例路 2 号",
    "postcode": "430001",
    "profile": "主要从事示例传感器的研制。\n连续三年盈利。",
}
ITEMS = [("示例散热材料", "314")]
PROFILE_HINT = "(包括主要业务领域、业内地位、技术创新等情况，不超过500字)"
SIZE_LABEL = "根据《中小企业划行标准规定》(工信部联企业〔2011〕300号)，企业规模属于"


def annex2_rows(answers: Mapping[str, Any] | None = None, items: Sequence[tuple[Any, Any]] = ITEMS) -> list[Row]:
    """Annex 2, six columns wide."""
    a = {**SME, **(answers or {})}
    return [
        [("一、企业基本情况", 6)],
        [("企业名称", 1), (a["name"], 5)],
        [("统一社会信用代码", 1), (a["code"], 5)],
        [("企业注册地", 1), (a["place"], 3), ("注册时间", 1), (a["registered"], 1)],
        [("法人代表", 1), (a["legal"], 1), ("联系电话", 1), (a["legal phone"], 1), ("手 机", 1), (a["legal mobile"], 1)],
        [("联系人及职务", 1), (a["contact"], 1), ("联系电话", 1), (a["phone"], 1), ("手 机", 1), (a["mobile"], 1)],
        [("传 真", 1), (a["fax"], 2), ("电子邮箱", 1), (a["email"], 2)],
        [("注册资本(万元)", 1), (a["capital"], 1), ("从业人数(人)", 1), (a["employees"], 1), ("上年度营业收入(万元)", 1), (a["revenue"], 1)],
        [(SIZE_LABEL, 2), (a["size"], 4)],
        [("企业性质", 1), (a["nature"], 5)],
        [("企业类型(可多选)", 1), (a["types"], 5)],
        [("所属行业", 1), (a["industry"], 5)],
        [("通讯地址", 1), (a["address"], 3), ("邮 编", 1), (a["postcode"], 1)],
        [("二、企业概况", 6)],
        [("企业概况", 1), (a["profile"], 5)],
        [("三、拟揭榜事项", 6)],
        *([(f"事项{n}", 1), ("事项名称", 1), (name, 2), ("代码", 1), (code, 1)] for n, (name, code) in enumerate(items, 1)),
    ]  # fmt: skip


def annex2_docx(answers: Mapping[str, Any] | None = None, items: Sequence[tuple[Any, Any]] = ITEMS) -> bytes:
    """Annex 2 as a Word file."""
    made = document()
    for line in ("附件2", "中小企业“揭榜”对接表", "企业名称：（盖章）"):
        made.add_paragraph(line)
    docx_table(made, annex2_rows(answers, items))
    made.add_paragraph("(注：可揭榜多个事项，每个事项均需附揭榜申请书)")
    return saved(made)


def annex2_xlsx(answers: Mapping[str, Any] | None = None, items: Sequence[tuple[Any, Any]] = ITEMS) -> bytes:
    """Annex 2 as a workbook."""
    return xlsx({"对接表": [[("中小企业“揭榜”对接表", 6)], *annex2_rows(answers, items)]})


STATEMENT: Answers = {
    "profile": "主营示例传感器。\n运营良好。",
    "capability": "研发团队 12 人，示例专利 3 项。",
    "team": "由 6 名工程师组成。",
    "goals": "热导率达到 10 W/(m·K)。",
    "route": "采用示例路线。",
    "schedule": "第 1—3 月：调研；第 4—12 月：试制。",
    "risks": "原料批次差异，拟双源采购。",
    "cooperation": "希望以联合研发方式合作。",
}


def annex3_lines(answers: Mapping[str, Any] | None = None, name: str = "", item: str = "") -> list[str]:
    """Annex 3 line by line, with its printed hints left standing."""
    a = {**STATEMENT, **(answers or {})}
    return [
        "附件 3",
        "大中小企业融通创新项目 中小企业“揭榜”申请书",
        f"企业名称（盖章）：{name or SME['name']}",
        f"“揭榜”事项名称：{item or ITEMS[0][0]}",
        "申请书模板",
        "(申请书将提供给“发榜”大企业)",
        "一、中小企业基本情况简介",
        "包括主营业务、运营情况、在行业的地位等。",
        *a["profile"].split("\n"),
        "二、中小企业技术创新能力情况",
        "企业研发团队、技术创新成果、标准制定、产品销售等情况。",
        a["capability"],
        "三、针对揭榜需求拟采取的技术攻关方案",
        "（一）攻关团队情况，团队成员曾主持或参与的项目；",
        a["team"],
        "（二）预期目标，包括指标数值、测试场景及评价方式等；",
        a["goals"],
        "（三）拟选择的技术路线；",
        a["route"],
        "（四）时间进度安排，阶段性任务；",
        a["schedule"],
        "（五）潜在问题及应对举措。",
        a["risks"],
        "四、希望采取的合作方式",
        "提出希望以何种方式与“发榜”大企业进行合作。",
        a["cooperation"],
        "(注：申请书篇幅不宜过长，原则上不超过6000字，重点讲述攻关方案；如果申报揭榜多个需求，请按此模板分别填报申请书。)",
    ]


def annex3_docx(lines: Sequence[str] | None = None) -> bytes:
    """Annex 3 as a Word file."""
    made = document()
    for line in lines or annex3_lines():
        made.add_paragraph(line)
    return saved(made)


def annex3_xlsx(lines: Sequence[str] | None = None) -> bytes:
    """Annex 3 as a workbook, a line in each row."""
    return xlsx({"申请书": [[(line, 6)] for line in lines or annex3_lines()]})
