"""What lies beside a form in its file: sheets that explain how to fill it in or list what can be chosen, lists of other things behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jiebang.forms.reading.document.grid import Block, Line, Table
from jiebang.forms.reading.furniture import HEAD
from jiebang.forms.reading.labels import ANNEX_1, ANNEX_2, COUNTED, label_key, labels_of, title_of
from jiebang.forms.reading.text import blank, folded, says_not_valid

_HEADING = 14
"""Characters of a column's heading."""
_EXPLAINS = re.compile(
    r"(?:应|须|需要?|必须|请|可|不得|不要|不能)[\u4e00-\u9fff“”、，,]{0,20}(?:填|写|选|勾|报|盖|附|提供|涉密|加|删|改|修改|留空|为空)|填写|填报|填表|勾选|选择|下拉|此[栏项列格]|本[栏项列格表]"
    r"|格式|例如|如[:：]|不超过|[以按根]据|依照|保留|单位为|万元|必填|选填|可?多选|单选|涉密|盖章|全称|营业执照|字典|代码表|选项|下同|提交|报送|打印|联系人[:：]|电话[:：]"
)
_LONGEST_CHOICE = 20
"""Characters of what a list of choices offers."""
_ABOUT_THIS_FORM = re.compile(
    r"撤[回销]|作废|暂[不缓停]|不再|取消|(?:我|本)(?:公司|企业|司)|(?:需求|事项)\s*[0-9一二三四五六七八九十]{1,2}\s*[已暂不未改撤为因由]|已[经与签完变改]|尚未|未经|有误|更正"
    r"|以.{0,12}[版稿份日].{0,6}为准"
)
_LISTS = re.compile(r".{0,4}(?:字典|代码表|选项|下拉).{0,4}")
_ASIDE = re.compile(rf"(?:填[写表报])?(?:说明|须知)|{_LISTS.pattern}")


def _sheet(table: Table) -> str:
    """The name of the sheet that a table is; empty in a Word file."""
    return table.cells[0].place.rpartition("!")[0] if table.cells else ""


def is_aside(table: Table) -> bool:
    """Whether a sheet without a form's title explains how to fill in the form, or lists what can be chosen."""
    first = next((cell.text for cell in table.cells if not blank(cell.text)), "")
    aside = _ASIDE.fullmatch(folded(_sheet(table))) or (_sheet(table) and _ASIDE.fullmatch(folded(first)))
    return bool(aside) and not any(title_of(cell.text) for cell in table.cells)


def said_aside(table: Table) -> list[Line]:
    """What such a sheet says that is neither how to fill in the form nor a choice: it may be about this very form."""
    first = next((cell.text for cell in table.cells if not blank(cell.text)), "")
    plain = {folded(_sheet(table)), folded(first)}
    offers = any(_LISTS.fullmatch(one) or (_ASIDE.fullmatch(one) and one != "说明") for one in plain)
    known = {**labels_of(ANNEX_1), **labels_of(ANNEX_2)}
    found = []
    for row in table.rows():
        cells = [cell for cell in row if not blank(cell.text) and not _ASIDE.fullmatch(folded(cell.text))]
        text = " | ".join(cell.text for cell in cells)
        explains = _EXPLAINS.search(text) or any(label_key(cell.text) in known for cell in cells)
        short = offers and all(len(cell.text) <= _LONGEST_CHOICE for cell in cells)
        told = tuple(one for cell in row for one in cell.doubts)
        if told or (cells and (_ABOUT_THIS_FORM.search(text) or not (explains or short))):
            found.append(Line(text, row[0].place, told))
    return found


def named_not_valid(table: Table) -> list[Block]:
    """A doubt about a form on a sheet that is called 样例 or 作废."""
    name = _sheet(table)
    return [Line(name, table.cells[0].place)] if says_not_valid(name) else []


def is_list(table: Table, labels: Mapping[str, object]) -> bool:
    """Whether a table behind the form is a list of something else (专利清单): a row of short words on top, none of them below, not all known."""
    head, *rows = table.rows()
    known = [label_key(cell.text) in labels or label_key(cell.text) in COUNTED for cell in head]
    if table.inside or len(head) < 2 or not rows or all(known) or any(HEAD.match(cell.text) for cell in head):
        return False
    if any(blank(cell.text) or len(cell.text) > _HEADING for cell in head):
        return False
    columns = [(cell.column, cell.columns) for cell in head]
    return all(
        [(cell.column, cell.columns) for cell in row] == columns
        and not blank(row[0].text)
        and not any(label_key(cell.text) in labels for cell in row)
        for row in rows
    )


def as_text(table: Table) -> str:
    """A table as a person is shown it, a row a line."""
    return "\n".join(" | ".join(cell.text for cell in row) for row in table.rows())
