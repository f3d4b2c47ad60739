"""揭榜 as the notice allows it: once per SME and demand, for what was published. Relatives of the large enterprise: `affiliation`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem, Severity
from jiebang.problems.places import said
from jiebang.rules.registry import Report, rule
from jiebang.schemas import published_statuses

_OPEN_TO_APPLY = {*published_statuses(), "withdrawn"}


def folded_name(name: str) -> str:
    """What two names have in common that are the same but for width, case, spaces and kinds of brackets."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).casefold()


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are the same; see `folded_name`."""
    return bool(one) and bool(other) and folded_name(one or "") == folded_name(other or "")


def credit_code(record: Record | None) -> str | None:
    """The code of an enterprise, if there is a record and it has one."""
    return record.get("credit_code") if record else None


def parties(catalogue: Catalogue, application: Record) -> tuple[Record, Record] | None:
    """(the SME that applies, the large enterprise whose demand it is) where both are there."""
    sme = catalogue.find("enterprise", application.get("enterprise"))
    demand = catalogue.find("demand", application.get("demand"))
    large = catalogue.find("enterprise", demand.get("enterprise")) if demand else None
    return (sme, large) if sme and large else None


@rule("R341", "重复揭榜", "一家中小企业对一项需求只报一份申请。", "保留一份，其余的改为撤回或删除。")
def one_application_per_sme_and_demand(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    first: dict[tuple[str, str], Record] = {}
    for application in catalogue.applications:
        enterprise, demand = application.get("enterprise"), application.get("demand")
        if enterprise is None or demand is None or application.get("status") == "withdrawn":
            continue
        who = credit_code(catalogue.find("enterprise", enterprise)) or enterprise
        if (who, demand) in first:
            yield report(application, ("demand",), f"这家企业已经揭过这项需求，见 {said(first[who, demand].path)}。")
        first.setdefault((who, demand), application)


@rule(
    "R313",
    "企业重名",
    "同一轮里两份企业记录的名称相同，代码却不同：多半是同一家企业登记了两次，其中一个代码不对，重复揭榜也就查不出来。",
    "对照两家的营业执照核对代码；是同一家的，合并两份企业记录，保留一个编号。确是两家的，不用改。",
    Severity.WARNING,
)
def one_name_per_enterprise(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    first: dict[tuple[str | None, str, str], Record] = {}
    for record in catalogue.enterprises:
        name, role, code = record.get("name"), record.get("role"), record.get("credit_code")
        if name is None or role is None or code is None:
            continue
        other = first.setdefault((record.round, role, folded_name(name)), record)
        # The same code twice is told where codes are looked at.
        if other.get("credit_code") != code:
            yield report(record, ("name",), f"同一个名称已登记在 {said(other.path)}，统一社会信用代码不同。")


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
            yield report(application, ("item", "code"), f"与所揭需求的代码不同，代码见 {said(demand.path)}。")
        if title and (typed := application.get("item", "name")) and not same_name(typed, title):
            # The title is not quoted: if a name or a number was typed into it by mistake, the log would tell it.
            yield report(application, ("item", "name"), f"与所揭需求的名称不同，名称见 {said(demand.path)}。")


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
