"""Lengths that the forms fix: 企业概况 within 500 字, 申请书 within 6000 字 in principle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jiebang.catalogue import Catalogue
from jiebang.problems import Problem, Severity
from jiebang.rules.registry import Report, rule

_ELSEWHERE = re.compile(
    r"(?:(?:请|详|具体|内容|情况|要求|参数)*[见参看阅]+(?:企业)?(?:原文|附件|附表|附后|上|上文|上述|下|下文|下面|需求表|表格|另附|另纸|文件|材料|标题|名称|题目)"
    r"|同上|同前|同标题|同名称|同需求名称|待定|待补充?|待填|待完善|略|无|暂无|没有|空|未填|未知|不详|不清楚|如题|如上|xx+|tbd|na|none|todo|test|测试|示例)[一二三四五0-9]*",
    re.IGNORECASE,
)
"""What stands where a text is still to be written, or stands somewhere that readers do not see."""

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


_SIGNS = re.compile(r"[\W_]+")
_BEGINNING = re.compile(r"[\W_]*+(?:[请详具内情要参见看阅同待略无暂没空未不如xtnt测示]|$)", re.IGNORECASE)
"""Of every text that is unwritten; most others begin otherwise."""


def is_unwritten(text: str) -> bool:
    """Whether a text has nothing but signs, or points elsewhere: ——, 详见原文, 待定."""
    if not _BEGINNING.match(text):
        return False
    letters = _SIGNS.sub("", text)
    return not letters or _ELSEWHERE.fullmatch(letters) is not None


@rule(
    "R374",
    "需求的内容没有写出来",
    "读者只看得到这几项，看不到企业原文和附件；只写“详见原文”，没有人能揭榜。",
    "把内容写出来；确实没有的，请区里与企业核实，补齐再推荐。",
    Severity.WARNING,
    each=("demand",),
    binding=True,
)
def public_texts_are_written_out(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand in catalogue.demands:
        if demand.get("status") in {"submitted", "returned", "withdrawn"}:
            continue
        for name in ("summary", "parameters", "effect", "schedule"):
            text = demand.get(name)
            if text and is_unwritten(text):
                yield report(demand, (name,), "这里没有写出内容。")
