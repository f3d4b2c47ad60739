"""Lengths that the forms fix: 企业概况 within 500 字, 申请书 within 6000 字 in principle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jiebang.catalogue import Catalogue
from jiebang.problems import Problem, Severity
from jiebang.rules.registry import Report, rule

PROFILE_LIMIT = 500
APPLICATION_LIMIT = 6000


def characters(value: Any) -> int:
    """字数 of a text or of all texts in a value; white space is not counted."""
    if isinstance(value, str):
        return len("".join(value.split()))
    if isinstance(value, dict):
        return sum(characters(item) for item in value.values())
    return 0


@rule("R371", "企业概况超过 500 字", "附件2规定企业概况不超过 500 字。", "精简到 500 字以内。", each=("enterprise",))
def profile_is_short(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.enterprises:
        count = characters(record.get("profile"))
        if record.get("role") == "中小企业" and count > PROFILE_LIMIT:
            yield report(record, ("profile",), f"现在有 {count} 字，最多 {PROFILE_LIMIT} 字。")


@rule(
    "R372",
    "申请书超过 6000 字",
    "附件3规定申请书原则上不超过 6000 字，重点讲攻关方案。",
    "精简各部分；确有必要的可以保留。",
    Severity.WARNING,
    each=("application",),
)
def application_is_short(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.applications:
        count = sum(characters(record.get(part)) for part in ("profile", "capability", "plan", "cooperation"))
        if count > APPLICATION_LIMIT:
            yield report(record, ("plan",), f"四部分合计 {count} 字，原则上不超过 {APPLICATION_LIMIT} 字。")
