"""Dates lie inside their round and follow the order of the programme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem, Severity
from jiebang.rules.registry import Report, rule
from jiebang.rules.states import is_winner
from jiebang.schemas import Privacy, field_at
from jiebang.schemas.lifecycle import days_reached, lifecycle, marking_days

_ORDER = {
    "demand": (
        ("submitted", "recommended", "published", "selected", "concluded", "withdrawn"),
        ("published", "apply_by"),
    ),
    "application": (("submitted", "forwarded", "decided", "concluded", "withdrawn"),),
}
"""Chains in which each date is on or after the one before it. Nothing follows a withdrawal."""
_EVEN_AFTERWARDS = "withdrawn"
"""The one step that is open when a round is over: an enterprise may ask for it at any time."""


def _shown(kind: str, path: str, value: str) -> str:
    """A date for a message: quoted only where the schema declares the field public."""
    field = field_at(kind, path)
    return value if field is not None and field.privacy is Privacy.PUBLIC else "这个日期"


def _title(kind: str, path: str) -> str:
    field = field_at(kind, path)
    return field.title if field else path


def _in_order(record: Record, prefix: tuple[str, ...], names: Sequence[str], report: Report) -> Iterator[Problem]:
    before: tuple[str, str] | None = None
    for name in names:
        value = record.get(*prefix, name)
        if value is None:
            continue
        if before is not None and value < before[1]:
            earlier = _title(record.kind, ".".join((*prefix, before[0])))
            shown = _shown(record.kind, ".".join((*prefix, name)), value)
            yield report(record, (*prefix, name), f"{shown}早于{earlier}。")
        before = (name, value)


@rule(
    "R361",
    "日期不在本轮之内",
    "记录的日期应在本轮的开始和结束之间，年份写错最常见。",
    "核对年份；确需延长的，改 round.yml 的结束日期。撤回可以晚于结束日期。",
)
def dates_lie_in_the_round(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in [*catalogue.demands, *catalogue.applications]:
        of_round = catalogue.rounds.get(record.round or "")
        opens, closes = (of_round.get("opens_on"), of_round.get("closes_on")) if of_round else (None, None)
        if opens and closes and closes < opens:
            # No day lies in such a round: the mistake is its own, and told there.
            continue
        for name, value in (record.get("dates") or {}).items():
            if (opens and value < opens) or (closes and value > closes and name != _EVEN_AFTERWARDS):
                yield report(
                    record,
                    ("dates", name),
                    f"{_shown(record.kind, f'dates.{name}', value)}不在本轮的 {opens or '…'} 至 {closes or '…'} 之间。",
                )


@rule(
    "R362",
    "日期先后颠倒",
    "各环节有先后，日期也应有先后。",
    "核对这两个日期；退回后重新报送的，删去上一次的推荐日期。",
    each=("demand", "application"),
)
def dates_follow_the_programme(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in [*catalogue.demands, *catalogue.applications]:
        for chain in _ORDER[record.kind]:
            yield from _in_order(record, ("dates",), chain, report)


@rule(
    "R366",
    "日期早于状态",
    "还没有办到的环节不会有日期；多半是忘了改状态，或日期写错了地方。",
    "核对状态；还没有办的，删去日期。",
    Severity.WARNING,
    each=("demand", "application"),
    binding=True,
)
def days_belong_to_states_reached(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in [*catalogue.demands, *catalogue.applications]:
        status = record.get("status")
        if status is None:
            continue
        early = marking_days(record.kind) - days_reached(record.kind, status)
        for name in record.get("dates") or ():
            if name in early:
                title = lifecycle(record.kind)[status].title
                yield report(
                    record, ("dates", name), f"状态还是“{title}”，不应有{_title(record.kind, f'dates.{name}')}。"
                )


@rule("R363", "申请日期不在揭榜期内", "申请应在发榜之后、揭榜截止之前报送。", "核对报送日期。")
def application_comes_in_time(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application in catalogue.applications:
        demand = catalogue.find("demand", application.get("demand"))
        submitted = application.get("dates", "submitted")
        if demand is None or submitted is None:
            continue
        published, apply_by = demand.get("dates", "published"), demand.get("dates", "apply_by")
        if published and submitted < published:
            yield report(application, ("dates", "submitted"), f"报送日期早于这项需求的发榜日期（{published}）。")
        elif apply_by and submitted > apply_by:
            yield report(application, ("dates", "submitted"), f"报送日期晚于这项需求的揭榜截止日期（{apply_by}）。")


@rule(
    "R367",
    "报送晚于本轮的报送截止日期",
    "截止以后报送的，市级推荐时可能已经来不及。",
    "核对报送日期；本轮还接受报送的，请市级维护人推迟 round.yml 的报送截止日期。",
    Severity.WARNING,
)
def demand_is_handed_in_in_time(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand in catalogue.demands:
        of_round = catalogue.rounds.get(demand.round or "")
        submit_by = of_round.get("deadlines", "submit_by") if of_round is not None else None
        submitted = demand.get("dates", "submitted")
        if submit_by is not None and submitted is not None and submitted > submit_by:
            yield report(demand, ("dates", "submitted"), f"报送日期晚于本轮的报送截止日期（{submit_by}）。")


@rule(
    "R368",
    "选定晚于本轮的遴选截止日期",
    "“发榜”大企业在本轮规定的期限内遴选揭榜企业（通知“二、组织方式”第三项）；晚了，揭榜的企业等不到答复。",
    "核对日期；本轮推迟了遴选的，请市级维护人推迟 round.yml 的遴选截止日期。原来选中的企业撤回以后另选的，可以保留。",
    Severity.WARNING,
)
def winners_are_chosen_in_time(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    told: set[str] = set()
    for demand in catalogue.demands:
        selected, select_by = demand.get("dates", "selected"), _select_by(catalogue, demand)
        if selected is not None and select_by is not None and selected > select_by:
            told.add(demand.id)
            yield report(demand, ("dates", "selected"), f"{selected}晚于本轮的遴选截止日期（{select_by}）。")
    for application in filter(is_winner, catalogue.applications):
        decided, select_by = application.get("dates", "decided"), _select_by(catalogue, application)
        # Of a demand that was late as a whole each of its winners was.
        if application.get("demand") not in told and decided and select_by and decided > select_by:
            yield report(application, ("dates", "decided"), f"遴选日期晚于本轮的遴选截止日期（{select_by}）。")


def _select_by(catalogue: Catalogue, record: Record) -> str | None:
    of_round = catalogue.rounds.get(record.round or "")
    day: str | None = of_round.get("deadlines", "select_by") if of_round is not None else None
    return day


@rule("R364", "轮次的期限先后颠倒", "开始、报送、揭榜、遴选、结束依次进行。", "核对轮次的各个日期。", each=("round",))
def round_runs_forward(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.rounds.values():
        steps = [
            (("opens_on",), record.get("opens_on")),
            (("deadlines", "submit_by"), record.get("deadlines", "submit_by")),
            (("deadlines", "apply_by"), record.get("deadlines", "apply_by")),
            (("deadlines", "select_by"), record.get("deadlines", "select_by")),
            (("closes_on",), record.get("closes_on")),
        ]
        present = [(path, value) for path, value in steps if value is not None]
        for (earlier, before), (path, value) in pairwise(present):
            if value < before:
                yield report(record, path, f"{value} 早于{_title('round', '.'.join(earlier))}（{before}）。")


@rule("R365", "注册时间晚于申请", "企业成立之后才能揭榜。", "核对注册时间。")
def enterprise_existed(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application in catalogue.applications:
        sme = catalogue.find("enterprise", application.get("enterprise"))
        registered = sme.get("registered_on") if sme else None
        submitted = application.get("dates", "submitted")
        if sme is not None and registered and submitted and registered > submitted:
            yield report(sme, ("registered_on",), "注册时间晚于申请的报送日期。")
