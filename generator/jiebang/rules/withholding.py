"""A hidden enterprise that is given away by what stands beside its name: staff ask it whether to withhold more, and the record keeps the
answer. What readers can tell is counted in `jiebang.rules.anonymity_sets`; messages name the kinds of attributes, never their values.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem, Severity
from jiebang.rules.anonymity_sets import AnonymitySets, enterprise_key, is_hidden_whole
from jiebang.rules.hidden_names import is_hidden
from jiebang.rules.registry import Report, rule
from jiebang.schemas import published_statuses

_PUBLISHED = published_statuses()


def _hidden_on_site(catalogue: Catalogue) -> Iterator[Record]:
    """Large enterprises whose demands readers see without their names."""
    on_site = {d.get("enterprise") for d in catalogue.demands if d.get("status") in _PUBLISHED}
    for record in catalogue.enterprises:
        whole = is_hidden_whole(record, catalogue.rounds.get(record.round or ""))
        if record.get("role") == "大企业" and is_hidden(record) and record.id in on_site and not whole:
            yield record


@rule(
    "R411",
    "同类企业太少，容易被推测",
    "名称不公开的企业，如果本轮没有几家不公开的企业显示同样的所在区、性质和行业，或者它在别的轮次公开过名称，就可能被认出。"
    "企业按统一社会信用代码计数；已公开名称的、要求隐去所在区的，挡不住别人。",
    "征询企业是否要求隐去所在区、行业或性质，把日期和结果写在 withholding_consulted 里；要求隐去的，写在 withhold 里。"
    "在别的轮次公开过名称的，公开之后须再征询一次。",
    Severity.HINT,
)
def hidden_enterprise_was_consulted(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    anonymity_sets = AnonymitySets(catalogue)
    for record in _hidden_on_site(catalogue):
        k, asked_on = anonymity_sets.k(record), record.get("withholding_consulted", "date")
        shown = "、".join(anonymity_sets.told(record).parts())
        alike = f"{shown}都相同" if shown else "所在区、性质、行业都不显示"
        named_in = anonymity_sets.naming_rounds(record)
        known = anonymity_sets.namesakes(record) if named_in else k
        since = max((_opens_on(catalogue, folder) for folder in named_in), default="")
        if known < k and (asked_on is None or asked_on < since):
            yield report(
                record,
                ("disclosure",),
                f"这家企业在别的轮次公开了名称；公开过名称、{alike}的企业各轮合计只有 {known} 家，少于 {k} 家，"
                f"{'就是它自己，' if known == 1 else ''}本轮不公开名称也会被认出。",
            )
            continue
        count = anonymity_sets.lost_among(record)
        if count < k and asked_on is None:
            yield report(
                record,
                ("disclosure",),
                f"{alike}、名称不公开的发榜企业，本轮只有 {count} 家，少于 {k} 家（各轮连同公开名称的合计 "
                f"{anonymity_sets.in_all_rounds(record)} 家），可能被认出。",
            )


def _opens_on(catalogue: Catalogue, folder: str) -> str:
    of_round = catalogue.rounds.get(folder)
    return str(of_round.get("opens_on") or "") if of_round else ""


@rule(
    "R412",
    "征询结果与要求不一致",
    "企业要求隐去的，应写明隐去什么；同意显示的，就不应再有隐去的内容。",
    "核对征询结果和“要求隐去的内容”。",
    each=("enterprise",),
)
def answer_agrees_with_what_is_withheld(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.enterprises:
        answer, withheld = record.get("withholding_consulted", "answer"), record.get("withhold")
        if answer == "要求隐去" and not withheld:
            yield report(record, ("withholding_consulted", "answer"), "企业要求隐去，却没有写明隐去什么。")
        elif answer == "同意显示" and withheld:
            yield report(record, ("withhold",), "征询结果是同意显示，却又写了要求隐去的内容。")


_Code = tuple[str, int, str]
"""What stands before the last number of a code, the number, and what stands after it."""


def _code_of(demand: Record) -> _Code | None:
    match = re.fullmatch(r"(.*?)([0-9]{1,18})([^0-9]*)", demand.get("code") or "", re.DOTALL)
    return (match[1], int(match[2]), match[3]) if match else None


@rule(
    "R413",
    "代码有空缺",
    "本轮规定不公开的需求整项不上网，但公布的代码在这些需求的位置上缺了号，读者由此看出有整项不公开的需求、有几项。",
    "请编码单位把整项不公开的需求编在最后，或者另用一套代码。",
    Severity.HINT,
)
def codes_leave_no_gap(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], int] = {}
    unseen: list[tuple[str, _Code]] = []
    for demand in catalogue.demands:
        folder, code = demand.round or "", _code_of(demand)
        enterprise = catalogue.find("enterprise", demand.get("enterprise"))
        if code is None or enterprise is None or demand.get("status") not in {*_PUBLISHED, "withdrawn"}:
            continue
        if is_hidden_whole(enterprise, catalogue.rounds.get(folder)):
            unseen.append((folder, code))
        else:
            series = (folder, code[0], code[2])
            seen[series] = max(seen.get(series, 0), code[1])
    # Codes count from one: a number below the highest that readers see is missed wherever it stands.
    gaps = {folder for folder, code in unseen if code[1] < seen.get((folder, code[0], code[2]), 0)}
    for folder in sorted(gaps):
        yield report(catalogue.rounds[folder], ("hide",), "代码有空缺，可以看出有整项不公开的需求。")


@rule(
    "R414",
    "不公开需求的代码连号",
    "代码由编码单位给出并公布。同一企业的几项不公开需求连号、同一天发榜、显示的内容又相同，读者可能看出它们出自同一家，"
    "再把几项需求的内容合在一起推测。",
    "请编码单位不要按企业连号编码。已经公布的，告知企业，把征询的日期和结果写在 withholding_consulted 里。",
    Severity.HINT,
)
def twins_are_not_numbered_in_a_row(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    anonymity_sets = AnonymitySets(catalogue)
    enterprises = {record.id: record for record in _hidden_on_site(catalogue)}
    listed: dict[object, list[tuple[int, Record]]] = defaultdict(list)
    for demand in catalogue.demands:
        enterprise, code = enterprises.get(demand.get("enterprise") or ""), _code_of(demand)
        if enterprise is None or code is None or demand.get("status") not in _PUBLISHED:
            continue
        same = (
            *(enterprise.round, enterprise_key(enterprise), anonymity_sets.told(enterprise), code[0], code[2]),
            demand.get("dates", "published"),
        )
        listed[same].append((code[1], enterprise))
    told: set[str] = set()
    for twins in listed.values():
        numbers = sorted(number for number, _ in twins)
        enterprise = twins[0][1]
        if enterprise.get("withholding_consulted") or enterprise.id in told:
            continue
        if any(after - before == 1 for before, after in pairwise(numbers)):
            told.add(enterprise.id)
            yield report(
                enterprise,
                ("disclosure",),
                "同一企业的几项不公开需求代码相邻、日期和属性相同，可能被看出出自同一企业。",
            )
