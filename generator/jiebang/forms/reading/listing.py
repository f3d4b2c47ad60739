"""A published catalogue of demands (需求目录): a table with a row of labels on top and one demand in each row below.

Nobody has laid down its form, so a column is known by its label; one that is not known is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jiebang.forms.reading.document.grid import Cell, Document, Table
from jiebang.forms.reading.labels import label_key
from jiebang.forms.reading.text import blank

LABELS: Mapping[str, tuple[str, ...]] = {
    "code": ("代码", "编号", "需求代码", "需求编号", "项目编号", "榜单编号", "编码", "序号"),
    "title": (
        "需求名称", "名称", "题目", "项目名称", "榜单名称", "技术需求名称", "需求题目", "需求标题", "榜题", "榜单题目",
        "揭榜任务名称", "任务名称", "技术需求", "标题",
    ),
    "summary": (
        "需求内容", "需求描述", "需求简介", "需求概述", "技术需求内容", "技术需求描述", "内容", "主要内容", "研究内容",
        "项目内容", "任务内容", "需求说明",
    ),
    "parameters": (
        "参数", "指标", "参数要求", "技术参数", "技术指标", "主要指标", "主要技术指标", "预期指标", "考核指标", "性能指标",
        "指标要求", "参数指标",
    ),
    "field": ("所属领域", "领域", "技术领域", "行业领域", "所属行业", "产业领域"),
    "deadline": (
        "截止", "揭榜截止", "截止日期", "截止时间", "揭榜截止日期", "揭榜截止时间", "申报截止", "申报截止日期", "申报截止时间",
        "报名截止", "报名截止日期", "报名截止时间",
    ),
    "url": ("网址", "链接", "揭榜网址", "揭榜链接", "申报网址", "申报链接", "报名网址", "报名链接", "详情链接", "详情网址"),
    "enterprise": (
        "企业", "发榜企业", "企业名称", "需求单位", "发榜单位", "单位名称", "需求企业", "出题单位", "出题企业", "所属企业",
        "需求方", "发榜方", "单位", "需求单位名称", "需求企业名称", "发榜企业名称",
    ),
    "contact": (
        "联系方式", "联系人", "联系电话", "电话", "手机", "手机号", "邮箱", "电子邮箱", "传真", "通讯地址", "地址", "微信",
        "联系人及电话", "联系人及联系方式", "联系人和联系方式", "负责人", "项目负责人",
    ),
}  # fmt: skip
"""What is read, by its labels; of two columns for the same thing the one whose label stands further left here."""
_KEYS = {label_key(label): (key, rank) for key, labels in LABELS.items() for rank, label in enumerate(labels)}


@dataclass(frozen=True, slots=True)
class Row:
    """A demand as it stands in a row: its texts by the keys of `LABELS`, without those that are blank."""

    place: str
    texts: Mapping[str, str]


@dataclass(slots=True)
class Listing:
    """All rows of a file. `unknown` are labels of columns that were not read, `left` places of tables without a row of labels."""

    rows: list[Row] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def read_listing(document: Document) -> Listing:
    """The demands that the tables of a file list."""
    listing = Listing()
    for table in (block for block in document.blocks if isinstance(block, Table)):
        rows = table.rows()
        head = next((number for number, row in enumerate(rows) if _is_head(row)), None)
        if head is None:
            listing.left.extend(cell.place for cell in table.cells[:1])
            continue
        columns = _columns(rows[head])
        read = {cell.column for cell in columns.values()}
        listing.unknown += [cell.text for cell in rows[head] if cell.column not in read and not blank(cell.text)]
        last = max(cell.row + cell.rows for cell in rows[head])
        listing.rows += _rows(table, columns, last)
    return listing


def _is_head(row: list[Cell]) -> bool:
    keys = {_KEYS[key][0] for cell in row if (key := label_key(cell.text)) in _KEYS}
    return "title" in keys and len(keys) > 1


def _columns(row: list[Cell]) -> dict[str, Cell]:
    """The label of each column that is read."""
    ranked = [(*_KEYS[key], cell) for cell in row if (key := label_key(cell.text)) in _KEYS]
    found: dict[str, Cell] = {}
    for key, _, cell in sorted(ranked, key=lambda one: one[1]):
        # Whose name or number it is makes no difference to what is left out: every such column is.
        name = key if key not in {"enterprise", "contact"} else f"{key}{cell.column}"
        found.setdefault(name, cell)
    return found


def _rows(table: Table, columns: Mapping[str, Cell], first: int) -> Iterator[Row]:
    """A demand begins where a cell with a title does and goes on as far down as that."""
    covering: dict[int, list[Cell]] = {}
    last = max(cell.row for cell in table.cells)
    for cell in table.cells:
        for number in range(max(cell.row, first), min(cell.row + cell.rows, last + 1)):
            covering.setdefault(number, []).append(cell)
    title_column = columns["title"].column
    others = {label.column for label in columns.values()} - {title_column}
    for title in table.cells:
        across = range(title.column, title.column + title.columns)
        # A line across the table is a heading between demands, or the labels once more on the next page.
        if title.row < first or title_column not in across or others & {*across} or label_key(title.text) in _KEYS:
            continue
        found: dict[str, dict[Cell, None]] = {}
        for number in range(title.row, min(title.row + title.rows, last + 1)):
            for cell in covering.get(number, ()):
                if not blank(cell.text):
                    for name, label in columns.items():
                        if cell.column <= label.column < cell.column + cell.columns:
                            found.setdefault(name.rstrip("0123456789"), {})[cell] = None
        if found.keys() - {"code"}:
            texts = {key: "\n".join(cell.text.strip() for cell in cells) for key, cells in found.items()}
            yield Row(title.place, texts)
