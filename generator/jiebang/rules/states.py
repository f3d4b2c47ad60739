"""States held against each other: what the state of a demand says must agree with its applications, its days, and what was decided.

A record from before these rules may stand as it is, with a warning; a change may not bring in what they find (`binding`).
Source: the notice on 揭榜, 遴选 and 验收, and the round's settings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem, Severity
from jiebang.rules.registry import Report, rule
from jiebang.schemas import acceptance_consequences
from jiebang.schemas.lifecycle import lifecycle

CHOSEN = frozenset({"selected", "accepted", "failed"})
"""States of a demand whose winners are known; in the others the number of winners is no figure at all."""
PENDING = frozenset({"submitted", "forwarded"})
"""States of an application that waits for an answer."""
_FAILED = acceptance_consequences()[-1].value


def is_winner(application: Record) -> bool:
    """Whether an application was chosen, however it ended."""
    status = application.get("status")
    return status is not None and lifecycle("application")[status].winning


def _by_demand(catalogue: Catalogue) -> dict[str, list[Record]]:
    grouped: dict[str, list[Record]] = defaultdict(list)
    for application in catalogue.applications:
        if demand := application.get("demand"):
            grouped[demand].append(application)
    return grouped


def _answered(catalogue: Catalogue) -> Iterator[tuple[Record, Sequence[Record]]]:
    """(demand, its applications)."""
    grouped = _by_demand(catalogue)
    for demand in catalogue.demands:
        yield demand, grouped.get(demand.id, ())


def _title(application: Record) -> str:
    return lifecycle("application")[application.get("status")].title


@rule("R351", "揭榜企业超过上限", "每项需求选择的揭榜企业数由本轮通知规定。", "核对申请状态，只保留选中的企业。")
def winners_within_the_limit(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand, applications in _answered(catalogue):
        of_round = catalogue.rounds.get(demand.round or "")
        limit = of_round.get("winners", "max") if of_round else None
        winners = [application for application in applications if is_winner(application)]
        if limit is not None and len(winners) > limit:
            for application in winners[limit:]:
                yield report(
                    application, ("status",), f"这项需求已有 {len(winners)} 家揭榜企业，本轮每项最多 {limit} 家。"
                )


@rule(
    "R352",
    "需求状态与申请状态矛盾",
    "需求和申请各走一步，状态才对得上；只改一边，另一边就成了空话。",
    "按实际情况改正需求或申请的状态；两边在同一个合并请求里一起改。",
    Severity.WARNING,
    binding=True,
)
def states_agree(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand, applications in _answered(catalogue):
        status = demand.get("status")
        statuses = [a.get("status") for a in applications]
        winners = [a.get("status") for a in applications if is_winner(a)]
        if status in CHOSEN and not winners:
            yield report(demand, ("status",), "需求已选定揭榜企业，却没有一份申请是选中的。")
        elif status in {"published", "unmet"} and winners:
            yield report(demand, ("status",), "已有申请被选中，需求却还不是已揭榜。")
        elif status == "withdrawn" and "selected" in statuses:
            yield report(
                demand, ("status",), "需求已撤回，选中的申请却还是已选中。", "把选中的申请也改为撤回，并告知企业。"
            )
        elif status == "selected" and {"accepted", "failed"} & set(winners):
            yield report(demand, ("status",), "已有申请验收完毕，需求却还是已揭榜。")
        elif status in {"accepted", "failed"} and "selected" in winners:
            yield report(demand, ("status",), "需求已经结束，选中的申请却还没有验收结果。")
        elif status == "accepted" and "accepted" not in winners:
            yield report(demand, ("status",), "需求已验收，却没有一份申请通过验收。")
        elif status == "failed" and "accepted" in winners:
            yield report(demand, ("status",), "已有申请通过验收，需求却是未通过验收。")


@rule(
    "R354",
    "验收结果与状态不符",
    "验收要写明结果和之后怎么办（进入供应商目录、深化合作、未通过），否则无从知道合作成没成；还没有验收，就不会有结果。",
    "在申请记录里填写 acceptance：result 写验收结果，consequences 写验收之后。",
    Severity.WARNING,
    each=("application",),
    binding=True,
)
def acceptance_has_a_result(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application in catalogue.applications:
        status, acceptance = application.get("status"), application.get("acceptance")
        if status not in {"accepted", "failed"}:
            # Written down early, it would be taken for the city's when the step is made.
            if status is not None and acceptance:
                message = f"状态还是“{_title(application)}”，不应有验收结果。"
                hint = "已经验收的，状态和验收结果一起改；还没有验收的，删去 acceptance 这一项。"
                yield report(application, ("acceptance",), message, hint)
        elif not acceptance:
            yield report(application, ("status",), f"状态是“{_title(application)}”，没有填写验收结果。")
        elif (_FAILED in (acceptance.get("consequences") or ())) != (status == "failed"):
            message = f"状态是“{_title(application)}”，验收之后的选择与它矛盾。"
            yield report(application, ("acceptance", "consequences"), message)


@rule(
    "R355",
    "揭榜企业不足",
    "每项需求选择的揭榜企业数由本轮通知规定。",
    "核对申请状态；没有合适的企业，需求改为无人揭榜。",
    Severity.WARNING,
    binding=True,
)
def enough_winners(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand, applications in _answered(catalogue):
        of_round = catalogue.rounds.get(demand.round or "")
        least = of_round.get("winners", "min") if of_round else None
        winners = sum(map(is_winner, applications))
        # None at all is a contradiction, told above.
        if demand.get("status") in CHOSEN and least is not None and 0 < winners < least:
            yield report(demand, ("status",), f"只选中了 {winners} 家，本轮每项至少 {least} 家。")


@rule(
    "R356",
    "揭榜截止之前就有了结果",
    "截止当天仍可揭榜；没到期就定下来，对还在准备申请的企业不公平。",
    "核对日期；确需提前的，先提前揭榜截止日期，并写明更正说明。",
    Severity.WARNING,
    binding=True,
)
def decided_after_the_deadline(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand, applications in _answered(catalogue):
        apply_by = demand.get("dates", "apply_by")
        if apply_by is None:
            continue
        name = {"unmet": "concluded"}.get(demand.get("status"), "selected")
        day = demand.get("dates", name)
        if day is not None and day <= apply_by:
            yield report(demand, ("dates", name), f"{day}还没有过揭榜截止日期（{apply_by}）。")
        for application in filter(is_winner, applications):
            decided = application.get("dates", "decided")
            if decided is not None and decided <= apply_by:
                message = f"这一天还没有过所揭需求的揭榜截止日期（{apply_by}）。"
                yield report(application, ("dates", "decided"), message)


@rule(
    "R357",
    "无人揭榜却有申请在办",
    "申请还没有答复，就不能说无人揭榜。",
    "先答复这些申请（未选中，写明反馈意见），或者选定揭榜企业。",
    Severity.WARNING,
    binding=True,
)
def nobody_waits_for_an_answer(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand, applications in _answered(catalogue):
        waiting = sum(application.get("status") in PENDING for application in applications)
        if demand.get("status") == "unmet" and waiting:
            yield report(demand, ("status",), f"还有 {waiting} 份申请没有答复。")


@rule(
    "R358",
    "需求撤回之后才申请",
    "撤回的需求不再接受申请。",
    "核对需求编号和报送日期。",
    Severity.WARNING,
    binding=True,
)
def applied_before_the_withdrawal(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand, applications in _answered(catalogue):
        withdrawn = demand.get("dates", "withdrawn") if demand.get("status") == "withdrawn" else None
        for application in applications:
            submitted = application.get("dates", "submitted")
            if withdrawn is not None and submitted is not None and submitted > withdrawn:
                message = f"报送日期晚于这项需求的撤回日期（{withdrawn}）。"
                yield report(application, ("dates", "submitted"), message)


@rule(
    "R359",
    "需求的日期早于申请的日期",
    "需求是随申请选定、验收的：还没有一家选中，就不会已揭榜；还有一家没有验收完，就不会已结束。",
    "核对两份记录的日期。",
    Severity.WARNING,
    binding=True,
)
def demand_goes_with_its_winners(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand, applications in _answered(catalogue):
        # Of a sealed application that nobody opened the days are not known.
        if demand.get("status") not in CHOSEN or any(application.closed for application in applications):
            continue
        selected, concluded = demand.get("dates", "selected"), demand.get("dates", "concluded")
        # One that was chosen first may have withdrawn since.
        chosen = [a for a in applications if is_winner(a) or a.get("status") == "withdrawn"]
        decided = [day for a in chosen if (day := a.get("dates", "decided")) is not None]
        ended = [day for a in chosen if is_winner(a) and (day := a.get("dates", "concluded")) is not None]
        if selected is not None and decided and selected < min(decided):
            yield report(demand, ("dates", "selected"), f"{selected}还没有一份申请被选中。")
        if concluded is not None and ended and concluded < max(ended):
            yield report(demand, ("dates", "concluded"), f"{concluded}还有选中的申请没有验收完。")
