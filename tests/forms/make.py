"""Official forms as files, made for tests: the layout of the notice, filled in with plainly fictional answers, in any way people write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from docx import Document
from docx.table import _Cell

Answers = dict[str, Any]

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

Row = Sequence[tuple[str, int]]
"""Texts with the number of columns they take."""


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


def demand_rows(demands: Sequence[tuple[str, str]]) -> list[Row]:
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
    for number, row in enumerate(rows):
        column = 0
        for text, width in row:
            cell = table.cell(number, column)
            if width > 1:
                cell = cell.merge(table.cell(number, column + width - 1))
            if not (column == 0 and text == ""):
                _write(cell, text)
            elif number:
                table.cell(number - 1, 0).merge(table.cell(number, 0))
            column += width
    return table


def annex1_docx(answers: Mapping[str, Any] | None = None, demands: Sequence[tuple[str, str]] = DEMANDS) -> bytes:
    """Annex 1 as a Word file; a callable answer writes its own cell."""
    document = Document()
    for line in ("附件 1", "大企业技术创新需求表", "企业名称：（盖章）"):
        document.add_paragraph(line)
    docx_table(document, [*annex1_rows({**ENTERPRISE, **(answers or {})}), *demand_rows(demands)])
    document.add_paragraph("注: 1. 所有需求均不得涉密。")
    return saved(document)


def saved(document: Any) -> bytes:
    """A Word document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def annex1_xlsx(answers: Mapping[str, Any] | None = None, demands: Sequence[tuple[str, str]] = DEMANDS) -> bytes:
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


def raw_xml(*runs: str) -> Callable[[_Cell], None]:
    """Writes a cell's paragraph from Word's own XML, for what python-docx cannot make."""
    from docx.oxml import parse_xml

    names = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )

    def write(cell: _Cell) -> None:
        cell._tc.replace(cell.paragraphs[0]._p, parse_xml(f"<w:p {names}>{''.join(runs)}</w:p>"))

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
