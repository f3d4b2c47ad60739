"""Every key of the exported objects with its Chinese name, its meaning and its JSON type: the one place that documents the data.

Schemas, the table of the page about the data, the columns of CSV and XLSX and their descriptions are made from it. A key that comes
from a field of a record takes name and meaning from the record's schema.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from jiebang.schemas import (
    cooperation_modes,
    demand_types,
    district_kinds,
    divisions,
    field_at,
    foundation_categories,
    foundation_fields,
    natures,
    sections,
)
from jiebang.schemas.codelists import Entry
from jiebang.site import labels

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
DAY: Shape = {"type": "string", "format": "date"}
NUMBER: Shape = {"type": "integer", "minimum": 0}
FLAG: Shape = {"type": "boolean"}
PATH: Shape = {"type": "string", "format": "uri-reference"}
MAIL: Shape = {"type": "string", "format": "email"}


@dataclass(frozen=True, slots=True)
class Key:
    """`inner` are the keys of an object; `nullable`: null where withheld, or never said."""

    name: str
    title: str
    description: str
    shape: Shape
    nullable: bool = False
    inner: tuple[Key, ...] = ()

    def schema(self) -> dict[str, Any]:
        """The key as a JSON Schema."""
        shape = object_schema(self.inner) if self.inner else dict(self.shape)
        if self.nullable:
            shape["type"] = [shape["type"], "null"]
            if "enum" in shape:
                shape["enum"] = [*shape["enum"], None]
        return {"title": self.title, "description": self.description, **shape}


def object_schema(keys: Iterable[Key]) -> dict[str, Any]:
    """An object with exactly these keys, all of them always there."""
    listed = tuple(keys)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [key.name for key in listed],
        "properties": {key.name: key.schema() for key in listed},
    }


def _one_of(values: Iterable[str]) -> Shape:
    return {"type": "string", "enum": list(values)}


def _entries(entries: Iterable[Entry]) -> Shape:
    return _one_of(entry.value for entry in entries)


def _said(kind: str, path: str, name: str, shape: Shape, nullable: bool = False, more: str = "") -> Key:
    """A key that repeats a public field of a record; `more` is said after the field's own description."""
    field = field_at(kind, path)
    if field is None:
        raise KeyError(f"{kind} has no field {path}")
    return Key(name, field.title, f"{field.description}{more}", shape, nullable)


def _title_of(name: str, of: str, nullable: bool = False) -> Key:
    return Key(name, f"{of}（名称）", f"{of}的中文名称。", TEXT, nullable)


@cache
def enterprise_keys() -> tuple[Key, ...]:
    return (
        Key("name", "发榜企业", "企业名称；企业选择不公开的为空。", TEXT, True),
        Key("title", "发榜企业（显示）", f"企业名称；不公开的写“{labels.ANONYMOUS}”。", TEXT),
        _said("enterprise", "nature", "nature", _entries(natures()), True),
        Key("section", "行业门类代码", "GB/T 4754-2017 门类字母；企业要求不公开的为空。", _one_of(sections()), True),
        _title_of("section_title", "行业门类", True),
        Key(
            "division",
            "行业大类代码",
            "GB/T 4754-2017 两位数字，是文本（01 不是 1）；名称不公开的企业，同区同大类的企业太少时为空。",
            _one_of(divisions()),
            True,
        ),
        _title_of("division_title", "行业大类", True),
    )


@cache
def demand_keys() -> tuple[Key, ...]:
    """The keys of a demand, in their order."""
    many: Shape = {"type": "array", "items": _entries(cooperation_modes()), "minItems": 1, "uniqueItems": True}
    return (
        _said("demand", "id", "id", {"type": "string", "pattern": "^D-[0-9A-HJKMNP-TV-Z]{8}$"}, more="永不改变。"),
        _said("demand", "code", "code", TEXT, more="引用时与轮次一起写。"),
        _said("demand", "title", "title", TEXT),
        _said("demand", "status", "status", _one_of(labels.STATES)),
        Key("status_title", "需求状态（名称）", "需求状态的中文名称。", TEXT),
        _said("demand", "summary", "summary", TEXT),
        _said("demand", "parameters", "parameters", TEXT),
        _said("demand", "effect", "effect", TEXT),
        _said("demand", "schedule", "schedule", TEXT),
        Key("cooperation", "合作方式", "一种或几种合作方式。", many),
        _said("demand", "cooperation.note", "cooperation_note", TEXT, True),
        _said("demand", "type", "type", _entries(demand_types()), True),
        _said("demand", "field", "field", _entries(foundation_fields()), True),
        _said("demand", "category", "category", _entries(foundation_categories()), True),
        Key("enterprise", "发榜企业", "提出需求的企业，限于可以公开的内容。", {}, inner=enterprise_keys()),
        Key("district", "所在区", "区的网址名；企业要求不公开的为空。", TEXT, True),
        Key("district_title", "所在区（名称）", f"区的名称；不公开的写“{labels.NO_DISTRICT}”。", TEXT),
        Key("round", "轮次编号", "需求所属的轮次。", TEXT),
        _title_of("round_title", "轮次"),
        _said("demand", "dates.published", "published_on", DAY),
        _said("demand", "dates.apply_by", "apply_by", DAY, more="当天仍可申请，以北京时间为准。"),
        _said("demand", "dates.selected", "selected_on", DAY, True),
        _said("demand", "dates.concluded", "concluded_on", DAY, True),
        Key("revisions", "更正说明", "公布之后的更正，每次一行：日期和更正内容；没有更正的为空。", TEXT, True),
        Key(
            "applications",
            "揭榜申请数",
            "收到的揭榜申请份数；本轮不公布、数量太小或会泄露其他数量的为空。",
            NUMBER,
            True,
        ),
        Key("winners", "揭榜企业数", "选定的揭榜企业家数；本轮不公布、尚未选定或数量太小的为空。", NUMBER, True),
        Key("first_published", "首次上网", "第一次出现在本站的日期；企业名称不公开的、没有完整记录的为空。", DAY, True),
        Key(
            "last_changed", "最近更新", "公开内容最近一次改动的日期；企业名称不公开的、没有完整记录的为空。", DAY, True
        ),
        Key("path", "网页", "需求网页的地址，从本站首页算起。", PATH),
    )


@cache
def header_keys() -> tuple[Key, ...]:
    """The keys that stand above every list."""
    return (
        Key("title", "标题", "这个文件的内容。", TEXT),
        Key(
            "publisher",
            "发布单位",
            "市级主管部门及其对外公布的联系方式。",
            {},
            inner=(
                _said("districts", "city.bureau", "name", TEXT),
                _said("districts", "city.contact.office", "office", TEXT),
                _said("districts", "city.contact.phone", "phone", TEXT),
                _said("districts", "city.contact.email", "email", MAIL, True),
            ),
        ),
        Key(
            "licence",
            "使用条件",
            "使用这些数据的条件。",
            {},
            inner=(
                Key("title", "条件", "条件的名称或要点。", TEXT),
                Key("url", "条件全文", "条件全文的地址；不是完整网址的，从本站首页算起。", PATH, True),
            ),
        ),
        Key(
            "site",
            "网站地址",
            "本站首页的完整网址；网站没有设置地址时为空。",
            {"type": "string", "format": "uri"},
            True,
        ),
        Key("updated", "更新日期", "目录中最近一次公开改动的日期。", DAY, True),
        Key("count", "条数", "下面共有几条。", NUMBER),
    )


def _contact(prefix: str) -> Key:
    return Key(
        "contact",
        "公开联系方式",
        "主管部门对外公布的联系方式。",
        {},
        inner=(
            _said("districts", f"{prefix}.office", "office", TEXT),
            _said("districts", f"{prefix}.phone", "phone", TEXT),
            _said("districts", f"{prefix}.email", "email", MAIL, True),
            _said("districts", f"{prefix}.address", "address", TEXT, True),
            _said("districts", f"{prefix}.hours", "hours", TEXT, True),
        ),
    )


def _counted(of: str) -> tuple[Key, ...]:
    return (
        Key("demands", "需求数", f"{of}已公布的需求项数。", NUMBER),
        Key("open", "正在发榜", f"{of}状态为“已发榜”的需求项数，含揭榜已经截止、尚未选定揭榜企业的。", NUMBER),
        Key("applications", "揭榜申请数", f"{of}的揭榜申请份数；不能公布或会泄露其他数量的为空。", NUMBER, True),
        Key("winners", "揭榜企业数", f"{of}选定的揭榜企业家数；不能公布或会泄露其他数量的为空。", NUMBER, True),
    )


@cache
def district_keys() -> tuple[Key, ...]:
    return (
        _said("districts", "districts[].slug", "slug", TEXT),
        _said("districts", "districts[].name", "name", TEXT),
        _said("districts", "districts[].kind", "kind", _entries(district_kinds())),
        _said("districts", "districts[].gbt2260", "gbt2260", {"type": "string", "pattern": "^[0-9]{6}$"}, True),
        _said("districts", "districts[].bureau", "bureau", TEXT),
        _contact("districts[].contact"),
        *_counted("本区"),
        Key("path", "网页", "本区网页的地址，从本站首页算起。", PATH),
    )


@cache
def round_keys() -> tuple[Key, ...]:
    return (
        _said("round", "id", "id", TEXT),
        _said("round", "title", "title", TEXT),
        _said("round", "period", "period", TEXT),
        _said("round", "status", "status", _one_of(("open", "closed"))),
        _said("round", "introduction", "introduction", TEXT, True),
        Key(
            "notice",
            "通知",
            "本轮工作的通知。",
            {},
            inner=(
                _said("round", "notice.title", "title", TEXT),
                _said("round", "notice.number", "number", TEXT, True),
                _said("round", "notice.issuer", "issuer", TEXT),
                _said("round", "notice.date", "date", DAY),
                _said("round", "notice.url", "url", {"type": "string", "format": "uri"}, True),
            ),
        ),
        _said("round", "opens_on", "opens_on", DAY),
        _said("round", "closes_on", "closes_on", DAY),
        _said("round", "deadlines.submit_by", "submit_by", DAY),
        _said("round", "deadlines.apply_by", "apply_by", DAY),
        _said("round", "deadlines.select_by", "select_by", DAY, True),
        _said("round", "winners.min", "winners_min", NUMBER),
        _said("round", "winners.max", "winners_max", NUMBER),
        _said("round", "demand_types", "demand_types", {"type": "array", "items": _entries(demand_types())}),
        _said("round", "show.applications", "shows_applications", FLAG),
        _said("round", "show.winners", "shows_winners", FLAG),
        Key("smallest_count", "最小公布数", "小于这个数的揭榜申请数、揭榜企业数不公布。", NUMBER),
        *_counted("本轮"),
        Key("path", "网页", "本轮网页的地址，从本站首页算起。", PATH),
    )


@cache
def withdrawn_keys() -> tuple[Key, ...]:
    return (
        _said("demand", "code", "code", TEXT),
        Key("round", "轮次编号", "需求所属的轮次。", TEXT),
        _title_of("round_title", "轮次"),
        _said("demand", "dates.withdrawn", "withdrawn_on", DAY),
    )
