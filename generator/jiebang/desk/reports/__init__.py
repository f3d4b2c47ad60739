"""The desk's reports: plain functions from the records to rows. How a file looks is told in `jiebang.desk.papers`.

Nothing here is public but `winners`, which takes what it says of a demand from the public view and names whoever agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jiebang.desk.choice import chinese_day
from jiebang.desk.reports import comparison, tables
from jiebang.desk.reports.scope import Scope
from jiebang.desk.reports.table import Report, Summary
from jiebang.desk.reports.tables import Told
from jiebang.errors import UserError

__all__ = ["REPORTS", "SUMMARY", "Kind", "Report", "Scope", "Summary", "made", "report_named"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A report there is. `public`: made to be given out; all others are for the desk alone."""

    name: str
    title: str
    help: str
    rows: Callable[[Scope], Told] | None
    """None for the summary, which is no table."""
    public: bool = False


SUMMARY = "summary"
REPORTS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("progress", "各区报送进度", "各区报送的需求和申请，走到哪一步", tables.progress),
        Kind("unanswered", "无人申请的需求", "截止日期之前还没有人申请的需求", tables.unanswered),
        Kind("winners", "揭榜名单公示", "同意公示名称的揭榜企业；只含可以公开的内容", tables.winners, public=True),
        Kind("support", "可享受支持的揭榜企业", "“小巨人”、省级专精特新、创新型的揭榜企业", tables.support),
        Kind("feedback", "待答复的申请", "需求已有结果、申请还没有答复的企业和联系人", tables.feedback),
        Kind("acceptance", "待验收的需求", "已揭榜的需求和估计的验收日期", tables.acceptance),
        Kind("years", "逐年对比", "各年的数量、揭榜率和验收通过率", comparison.years),
        Kind(SUMMARY, "轮次总结", "一页纸，有图", None),
    )
}


def report_named(name: str) -> Kind:
    """The report that its name (`progress`) or its title (各区报送进度) calls. Raises UserError."""
    for kind in REPORTS.values():
        if name.strip() in {kind.name, kind.title}:
            return kind
    listed = "、".join(f"{kind.name}（{kind.title}）" for kind in REPORTS.values())
    raise UserError(f"没有“{name}”这种报表。", f"可以写：{listed}。")


def made(kind: Kind, scope: Scope) -> Report | Summary:
    """A report of a scope."""
    city, bureau = scope.city
    place = city if scope.district is None else scope.district_names.get(scope.district, scope.district)
    title = f"{place}{scope.round_title}{kind.title}"
    about = (f"{bureau}　　{chinese_day(scope.today)}",)
    if kind.rows is None:
        return comparison.summary(scope, title, about)
    table, notes = kind.rows(scope)
    return Report(kind.name, title, about, table, notes, kind.public)
