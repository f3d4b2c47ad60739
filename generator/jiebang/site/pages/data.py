"""The page that documents the data: every file, every key, the terms of use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from jiebang.site import json_ld
from jiebang.site.exports import dcat, table
from jiebang.site.exports.json import lists, schema
from jiebang.site.exports.json.header import last_day, licence
from jiebang.site.exports.json.keys import Key, header_keys
from jiebang.site.exports.workbooks import Workbook, are_divided, workbooks_of
from jiebang.site.grouping import GroupedDemands
from jiebang.site.page import Context, Page, Slots
from jiebang.site.subscriptions import subscription_to_all
from jiebang.view import City, PublicSite


@dataclass(frozen=True, slots=True)
class File:
    """`parts`: the workbooks whose table it is."""

    title: str
    path: str
    about: str
    schema: str | None = None
    parts: tuple[Workbook, ...] = ()


_WORKBOOK = File("Excel 工作簿", table.XLSX, "一行一项需求，第二张表说明每一列。适合筛选、统计和打印。")
_FILES = (
    File("CSV 表格", table.CSV, "同样的表格，供统计软件和数据库导入。", table.METADATA),
    File(
        "JSON",
        schema.DEMANDS.path,
        "全部需求在一个文件里，前面写明发布单位、使用条件和更新日期。适合一次取走全部的程序；需求很多时文件很大，逐行读 NDJSON 更省内存。",
        schema.DEMANDS.schema_path,
    ),
    File("NDJSON", lists.LINES, "一行一项需求，每行是一个 JSON 对象。适合逐行处理的程序。", schema.ONE_DEMAND),
    File(
        "各区 JSON",
        schema.DISTRICTS.path,
        "各区的主管部门、公开联系方式、需求数和合计。",
        schema.DISTRICTS.schema_path,
    ),
    File("轮次 JSON", schema.ROUNDS.path, "各轮次的通知、期限、规则和合计。", schema.ROUNDS.schema_path),
    File("撤回清单 JSON", schema.WITHDRAWN.path, "撤回的需求的代码、轮次和日期。", schema.WITHDRAWN.schema_path),
    File("订阅（Atom）", subscription_to_all().atom, "最近新增和变化的 50 项需求；各区、行业、领域的见“订阅与日历”。"),
    File("数据集说明（Turtle）", dcat.TURTLE, "按 DCAT 写的数据集说明，供数据开放平台收割。"),
    File("数据集说明（JSON-LD）", dcat.JSON_LD, "内容同上，格式不同。"),
)
"""Beside the workbook. Each demand has a file of its own, too."""


def _files(workbooks: tuple[Workbook, ...]) -> tuple[File, ...]:
    if not are_divided(workbooks):
        return _WORKBOOK, *_FILES
    about = f"需求很多，按轮次、按区分成 {len(workbooks)} 个工作簿，这一个是它们的目录。每个工作簿里{_WORKBOOK.about}"
    return replace(_WORKBOOK, about=about, parts=workbooks), *_FILES


_TYPES = {"string": "文本", "integer": "整数", "boolean": "真或假", "array": "列表", "object": "一组键"}


@dataclass(frozen=True, slots=True)
class Row:
    """A key as the page shows it."""

    name: str
    title: str
    description: str
    kind: str
    nullable: bool
    inner: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of object and its keys."""

    id: str
    title: str
    about: str
    rows: tuple[Row, ...]


def _kind(shape: dict[str, Any]) -> str:
    if shape.get("format") == "date":
        return "日期（YYYY-MM-DD）"
    if "enum" in shape:
        values = shape["enum"]
        return f"选项：{'、'.join(values)}" if len(values) <= 8 else f"选项，{len(values)} 个值，见格式定义"
    return _TYPES[shape.get("type", "object")]


def _rows(keys: tuple[Key, ...]) -> tuple[Row, ...]:
    return tuple(
        Row(key.name, key.title, key.description, _kind(key.shape), key.nullable, _rows(key.inner)) for key in keys
    )


_PARTS = {
    "demands": "需求文件、NDJSON 的每一行，以及 data/v1/demands/ 下每项需求自己的文件（文件名是小写的需求编号）。",
    "districts": "各区文件里的一个区。",
    "rounds": "轮次文件里的一个轮次。",
    "withdrawn": "撤回清单里的一项。",
}


def _parts() -> list[Part]:
    listed = [
        Part(one.name, f"{one.title}：{one.item.partition('，')[0]}", _PARTS[one.name], _rows(one.keys()))
        for one in schema.LISTS
    ]
    return [*listed, Part("head", "文件开头", "每个列表文件前面都有这些键。", _rows(header_keys()))]


def _dataset(page: Context, city: City, updated: str | None, workbooks: tuple[Workbook, ...]) -> json_ld.Thing:
    base = page.config.url or page.root
    terms = licence(page.config)["url"]
    downloads = [
        {"@type": "DataDownload", "name": name, "encodingFormat": media, "contentUrl": f"{base}{path}"}
        for path, name, media, _ in dcat.downloads(workbooks)
    ]
    return {
        "@type": "Dataset",
        "name": f"{city.name}{page.config.name}",
        "description": dcat.ABOUT,
        "creator": json_ld.organisation(city),
        "isAccessibleForFree": True,
        "inLanguage": "zh-CN",
        "spatialCoverage": {"@type": "City", "name": city.name},
        "distribution": downloads,
        **({"license": terms if "://" in terms else f"{base}{terms}"} if terms else {}),
        **({"dateModified": updated} if updated else {}),
    }


def _fill(page: Context, city: City, updated: str | None, workbooks: tuple[Workbook, ...]) -> Slots:
    terms = licence(page.config)
    structured = json_ld.block(_dataset(page, city, updated, workbooks))
    count = sum(one.count for one in workbooks)
    return {
        "files": page.render("data_files.html", files=_files(workbooks), count=count, updated=updated) + structured,
        "keys": page.render("data_keys.html", parts=_parts()),
        "licence": page.render("data_licence.html", licence=terms, own=page.config.licence_title == ""),
    }


def data_page(site: PublicSite, grouped: GroupedDemands) -> Page:
    return Page("data/", "data/index.html", _fill, (site.city, last_day(site), tuple(workbooks_of(grouped.told))))
