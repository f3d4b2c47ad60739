"""What a round's own settings ask of its records."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem
from jiebang.problems.places import said
from jiebang.rules.registry import Report, rule


@rule("R391", "揭榜企业数的上下限颠倒", "最少不能多于最多。", "核对揭榜企业数。", each=("round",))
def winner_limits_agree(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.rounds.values():
        low, high = record.get("winners", "min"), record.get("winners", "max")
        if low is not None and high is not None and low > high:
            yield report(record, ("winners", "min"), f"最少 {low} 家，多于最多 {high} 家。")


@rule(
    "R392",
    "同一轮次代码重复",
    "中小企业凭代码揭榜，一轮之内代码不能重复，只差大小写的也不行。",
    "对照需求目录改正代码。",
)
def codes_are_unique_in_a_round(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    first: dict[tuple[str | None, str], Record] = {}
    for record in catalogue.demands:
        code = record.get("code")
        if code is None:
            continue
        key = (record.round, code.casefold())
        if key in first:
            yield report(record, ("code",), f"这个代码已用于 {said(first[key].path)}。")
        first.setdefault(key, record)


@rule("R393", "需求类型不属于本轮", "本轮通知规定了需求的分类。", "改为本轮的需求类型，或修改 round.yml。")
def type_belongs_to_the_round(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.demands:
        of_round = catalogue.rounds.get(record.round or "")
        allowed = (of_round.get("demand_types") or []) if of_round else []
        type_ = record.get("type")
        if type_ is not None and allowed and type_ not in allowed:
            yield report(record, ("type",), f"本轮的需求类型是：{'、'.join(filter(None, allowed))}。")
