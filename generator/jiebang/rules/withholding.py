"""A hidden enterprise that its district gives away: staff ask it whether to withhold more, and the record keeps the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem, Severity
from jiebang.rules.names import is_hidden
from jiebang.rules.registry import Report, rule
from jiebang.schemas import demand_statuses

_PUBLISHED = {entry.value for entry in demand_statuses() if entry.extra["x-published"]}
DEFAULT_K = 3
"""Smallest group in which a hidden enterprise may be placed, where the round does not say."""


def smallest_group(of_round: Record | None) -> int:
    """The round's `k`."""
    k = of_round.get("k") if of_round else None
    return int(k) if k is not None else DEFAULT_K


@rule(
    "R411",
    "同区企业太少，容易被推测",
    "名称不公开的企业，如果同区没有几家大企业，光凭所在区就可能被认出。",
    "征询企业是否要求隐去所在区、行业或性质，把日期和结果写在 withholding_consulted 里；要求隐去的，写在 withhold 里。",
    Severity.HINT,
)
def hidden_enterprise_was_consulted(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    large = [record for record in catalogue.enterprises if record.get("role") == "大企业"]
    sharing = Counter((record.round, record.district) for record in large)
    on_site = {d.get("enterprise") for d in catalogue.demands if d.get("status") in _PUBLISHED}
    for record in large:
        if not is_hidden(record) or record.id not in on_site or record.get("withholding_consulted"):
            continue
        k = smallest_group(catalogue.rounds.get(record.round or ""))
        count = sharing[record.round, record.district]
        if count < k:
            yield report(
                record, ("disclosure",), f"本轮这个区只有 {count} 家发榜企业，少于 {k} 家，光凭所在区就可能被认出。"
            )


@rule(
    "R412",
    "征询结果与要求不一致",
    "企业要求隐去的，应写明隐去什么；同意显示的，就不应再有隐去的内容。",
    "核对征询结果和“要求隐去的内容”。",
)
def answer_agrees_with_what_is_withheld(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.enterprises:
        answer, withheld = record.get("withholding_consulted", "answer"), record.get("withhold")
        if answer == "要求隐去" and not withheld:
            yield report(record, ("withholding_consulted", "answer"), "企业要求隐去，却没有写明隐去什么。")
        elif answer == "同意显示" and withheld:
            yield report(record, ("withhold",), "征询结果是同意显示，却又写了要求隐去的内容。")
