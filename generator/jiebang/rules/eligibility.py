"""Only 中、小、微 by 工信部联企业〔2011〕300号 may apply. No figure of an enterprise is told here: a log may be read by everybody;
`jiebang eligibility` tells them on the desk.
"""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem, Severity
from jiebang.rules.affiliation import ENDED
from jiebang.rules.registry import Report, rule
from jiebang.rules.size_reasons import explanation_of
from jiebang.rules.sizes import is_surely_large
from jiebang.schemas import applicant_sizes


def _smes(catalogue: Catalogue) -> Iterator[Record]:
    return (record for record in catalogue.enterprises if record.get("role") == "中小企业")


def _only_in_ended_applications(catalogue: Catalogue) -> set[str]:
    """Enterprises that applied, and of which no application is to be answered or was chosen: their records are kept for those that ended."""
    ended: set[str] = set()
    alive: set[str] = set()
    for application in catalogue.applications:
        if (enterprise := application.get("enterprise")) is not None:
            (ended if application.get("status") in ENDED else alive).add(enterprise)
    return ended - alive


@rule(
    "R331",
    "揭榜企业不是中小企业",
    "只有按工信部联企业〔2011〕300号划为中型、小型、微型的企业可以揭榜。",
    "核对从业人数、营业收入和所属行业，逐项依据见 jiebang eligibility；确是大型的，把它的申请改为撤回，企业记录留作存档。",
)
def applicant_is_an_sme(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    kept = _only_in_ended_applications(catalogue)
    for record in _smes(catalogue):
        if record.get("id") in kept:
            continue
        if is_surely_large(record):
            yield report(record, ("size",), "按从业人数、营业收入和所属行业计算，这家企业是大型，不能揭榜。")
        elif (declared := record.get("size")) is not None and declared not in applicant_sizes():
            yield report(record, ("size",), f"企业自己填的规模是{declared}，不能揭榜。")


@rule(
    "R332",
    "不能判定企业规模",
    "表格没有资产总额，有的行业分中类划型，有的行业标准没有规定；不能判定就不能替企业下结论。",
    "补填资产总额或三位数的行业中类；标准未覆盖的行业由人工认定，并写在工作备注里。逐项依据见 jiebang eligibility。",
    Severity.WARNING,
    each=("enterprise",),
)
def size_can_be_decided(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in _smes(catalogue):
        explanation = explanation_of(record)
        if explanation.industry_known and explanation.is_sme is None:
            reason = explanation.size.reason if explanation.size is not None else "划型标准没有规定这个行业"
            yield report(record, ("size",), f"不能判定是否中小企业：{reason}。")


@rule(
    "R333",
    "自填规模与计算结果不符",
    "规模取各指标中最低的一档；自填的规模与数据对不上，多半是数据或单位填错。",
    "核对数据（单位：万元、人），或改正企业规模；逐项依据见 jiebang eligibility。",
    Severity.WARNING,
    each=("enterprise",),
)
def declared_size_agrees(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in _smes(catalogue):
        declared = record.get("size")
        explanation = explanation_of(record)
        if declared not in applicant_sizes() or not explanation.sizes or declared in explanation.sizes:
            continue
        because = f"（最低的一项：{'、'.join(explanation.decisive)}）" if explanation.decisive else ""
        yield report(record, ("size",), f"按数据计算应为{'、'.join(explanation.sizes)}{because}。")
