"""揭榜 as the notice allows it: once per SME and demand, not by relatives of the large enterprise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem, Severity
from jiebang.rules.registry import Report, rule
from jiebang.schemas import demand_statuses

_OPEN_TO_APPLY = {entry.value for entry in demand_statuses() if entry.extra["x-published"]} | {"withdrawn"}


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are the same but for width, case, spaces and kinds of brackets."""

    def fold(text: str) -> str:
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()

    return bool(one) and bool(other) and fold(one or "") == fold(other or "")


def _credit_code(record: Record | None) -> str | None:
    return record.get("credit_code") if record else None


def _pairs(catalogue: Catalogue) -> Iterator[tuple[Record, Record, Record, Record]]:
    """(application, its SME, its demand, the demand's large enterprise) where all four are there."""
    for application in catalogue.applications:
        sme = catalogue.find("enterprise", application.get("enterprise"))
        demand = catalogue.find("demand", application.get("demand"))
        large = catalogue.find("enterprise", demand.get("enterprise")) if demand else None
        if sme and demand and large:
            yield application, sme, demand, large


@rule("R341", "重复揭榜", "一家中小企业对一项需求只报一份申请。", "保留一份，其余的改为撤回或删除。")
def one_application_per_sme_and_demand(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    first: dict[tuple[str, str], Record] = {}
    for application in catalogue.applications:
        enterprise, demand = application.get("enterprise"), application.get("demand")
        if enterprise is None or demand is None or application.get("status") == "withdrawn":
            continue
        who = _credit_code(catalogue.find("enterprise", enterprise)) or enterprise
        if (who, demand) in first:
            yield report(application, ("demand",), f"这家企业已经揭过这项需求，见 {first[who, demand].path}。")
        first.setdefault((who, demand), application)


@rule("R342", "自己揭自己的榜", "发榜企业不能揭自己的榜。", "核对揭榜企业和需求。")
def applicant_is_not_the_demander(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application, sme, _, large in _pairs(catalogue):
        same_code = _credit_code(sme) is not None and _credit_code(sme) == _credit_code(large)
        if sme.id == large.id or same_code or same_name(sme.get("name"), large.get("name")):
            yield report(application, ("enterprise",), "揭榜企业就是这项需求的发榜企业。")


def _declares(one: Record, other: Record) -> str | None:
    """The relation under which one enterprise lists the other among its affiliates."""
    for affiliate in one.get("affiliates") or ():
        if not isinstance(affiliate, dict):
            continue
        code = affiliate.get("credit_code")
        if (code and code == _credit_code(other)) or same_name(affiliate.get("name"), other.get("name")):
            return affiliate.get("relation") or "关联企业"
    return None


@rule(
    "R343",
    "揭榜企业是关联企业",
    "“揭榜”中小企业不得是“发榜”大企业的子公司、控股公司、供应商等关联企业。",
    "请企业核实；确属关联企业的，申请应撤回。",
)
def applicant_is_not_affiliated(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application, sme, _, large in _pairs(catalogue):
        if application.get("status") == "withdrawn":
            continue
        if relation := _declares(large, sme):
            yield report(application, ("enterprise",), f"发榜企业已将揭榜企业登记为关联企业（{relation}）。")
        elif relation := _declares(sme, large):
            yield report(application, ("enterprise",), f"揭榜企业已将发榜企业登记为关联企业（{relation}）。")


@rule("R344", "需求未发榜就有申请", "只有列入需求目录的需求可以揭榜。", "核对需求编号和需求状态。")
def demand_was_published(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application in catalogue.applications:
        demand = catalogue.find("demand", application.get("demand"))
        status = demand.get("status") if demand else None
        if status is not None and status not in _OPEN_TO_APPLY:
            yield report(application, ("demand",), "所揭的需求还没有发榜。")


@rule(
    "R345",
    "事项与需求不符",
    "对接表上的事项名称和代码应与需求目录一致，否则不知揭的是哪一项。",
    "对照需求目录改正，或改正需求编号。",
)
def item_agrees_with_the_demand(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application in catalogue.applications:
        demand = catalogue.find("demand", application.get("demand"))
        if demand is None:
            continue
        code, title = demand.get("code"), demand.get("title")
        if code and (typed := application.get("item", "code")) and typed != code:
            yield report(application, ("item", "code"), f"所揭需求的代码是 {code}，与填写的不同。")
        if title and (typed := application.get("item", "name")) and not same_name(typed, title):
            # The title is not quoted: if a name or a number was typed into it by mistake, the log would tell it.
            yield report(application, ("item", "name"), f"与所揭需求的名称不同，名称见 {demand.path}。")


@rule(
    "R353",
    "未选中的申请没有反馈",
    "没有答复的拒绝最让揭榜企业失望，下次就不来了。",
    "请大企业写几句反馈意见。",
    Severity.WARNING,
    each=("application",),
)
def refusal_is_explained(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application in catalogue.applications:
        feedback = application.get("feedback")
        if application.get("status") == "declined" and feedback is not None and len(feedback.strip()) < 10:
            yield report(application, ("feedback",), "反馈意见太短，看不出原因。")
