"""A round in numbers, year against year, and on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jiebang.desk.choice import rounds_in_order
from jiebang.desk.reports.scope import LEFT, Scope, once_by_credit_code
from jiebang.desk.reports.table import Bars, Cell, Column, Figure, Kind, Row, Summary, Table
from jiebang.desk.reports.tables import Told, due_day, owed, unanswered
from jiebang.rules.states import CHOSEN, is_winner
from jiebang.schemas import divisions, sections
from jiebang.schemas.lifecycle import lifecycle

_MOST = 8
"""Industries shown by name; the others are told together."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is counted of one or several rounds. Withdrawn applications do not count; demands of a district are those of its folder,
    applications and their enterprises those of the district's own enterprises."""

    submitted: int
    """Demands, whatever became of them."""
    published: int
    """Demands that stand or stood open: in a state that has a page."""
    answered: int
    """Published demands that somebody applied for, from wherever."""
    to_published: int
    """Applications for the published demands, from wherever."""
    selected: int
    accepted: int
    failed: int
    unmet: int
    withdrawn: int
    applications: int
    applicants: int
    """Enterprises."""
    wins: int
    """Applications chosen."""
    winners: int
    """Enterprises chosen."""


def numbers(scopes: Sequence[Scope]) -> Numbers:
    """The numbers of these rounds together; an enterprise in two of them counts once."""
    states = lifecycle("demand")
    demands = [(scope, d) for scope in scopes for d in scope.demands]
    public = [(s, d) for s, d in demands if d.get("status") is not None and states[d.get("status")].public]
    reached = Counter(d.get("status") for _, d in demands)
    standing = [a for scope in scopes for a in scope.applications if a.get("status") != LEFT]
    won = [a for a in standing if is_winner(a)]
    answers = [len(scope.standing(demand)) for scope, demand in public]
    return Numbers(
        submitted=len(demands),
        published=len(public),
        answered=sum(count > 0 for count in answers),
        to_published=sum(answers),
        selected=sum(reached[status] for status in CHOSEN),
        accepted=reached["accepted"],
        failed=reached["failed"],
        unmet=reached["unmet"],
        withdrawn=reached[LEFT],
        applications=len(standing),
        applicants=once_by_credit_code(scopes[0], standing) if scopes else 0,
        wins=len(won),
        winners=once_by_credit_code(scopes[0], won) if scopes else 0,
    )


def years_to(scope: Scope) -> dict[str, list[Scope]]:
    """The rounds of each year, oldest first, up to the round of the scope; a round belongs to the year in which it opens."""
    known = rounds_in_order(scope.catalogue)
    years: dict[str, list[Scope]] = {}
    for id_ in known[: known.index(scope.round) + 1]:
        year = (scope.catalogue.rounds[id_].get("opens_on") or id_)[:4]
        years.setdefault(year, []).append(scope.elsewhere(id_))
    return years


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _measures(counted: Numbers, rounds: int) -> list[tuple[str, Cell]]:
    """A share is a float, everything else a whole number; an average is told as a text with one decimal."""
    average = _share(counted.to_published, counted.published)
    return [
        ("轮次", rounds),
        ("报送需求（项）", counted.submitted),
        ("发榜需求（项）", counted.published),
        ("有人申请的需求（项）", counted.answered),
        ("揭榜申请（份）", counted.applications),
        ("申请企业（家）", counted.applicants),
        ("每项发榜需求的申请（份）", None if average is None else f"{average:.1f}"),
        ("已揭榜需求（项）", counted.selected),
        ("揭榜率", _share(counted.selected, counted.published)),
        ("揭榜企业（家次）", counted.wins),
        ("揭榜企业（家）", counted.winners),
        ("通过验收（项）", counted.accepted),
        ("未通过验收（项）", counted.failed),
        ("验收通过率", _share(counted.accepted, counted.accepted + counted.failed)),
        ("无人揭榜（项）", counted.unmet),
        ("撤回（项）", counted.withdrawn),
    ]


def _changed(before: Cell, after: Cell) -> str:
    """The difference of two measures as people write it: `+3`, `−2`, `+4.5 个百分点`."""
    if isinstance(before, str) and isinstance(after, str):
        difference, unit, places = float(after) - float(before), "", 1
    elif isinstance(before, float) and isinstance(after, float):
        difference, unit, places = (after - before) * 100, " 个百分点", 1
    elif isinstance(before, int) and isinstance(after, int):
        difference, unit, places = after - before, "", 0
    else:
        return ""
    shown = f"{abs(difference):.{places}f}"
    if not float(shown):
        return "持平"
    return f"{'+' if difference > 0 else '−'}{shown}{unit}"


def years(scope: Scope) -> Told:
    """逐年对比: a row for each measure, a column for each year, and the last step."""
    by_year = years_to(scope)
    measured = [_measures(numbers(scopes), len(scopes)) for scopes in by_year.values()]
    columns = (
        Column("指标", 28),
        *(Column(f"{year} 年", 14, Kind.SHARE) for year in by_year),
        Column("与上一年相比", 18, Kind.WORD),
    )
    rows: list[Row] = []
    for entries in zip(*measured, strict=True):
        values = [value for _, value in entries]
        rows.append((entries[0][0], *values, _changed(values[-2], values[-1]) if len(values) > 1 else ""))
    notes = [
        "轮次按开始的年份计，只算到本轮。撤回的申请不算；申请和企业按揭榜企业所在区计，一家企业一年只算一家。",
        "揭榜率 = 已揭榜需求 ÷ 发榜需求；验收通过率 = 通过 ÷（通过 + 未通过）。",
    ]
    if len(by_year) < 2:
        notes.append("目录里没有更早的年份可以比较。")
    return Table(columns, rows, ""), tuple(notes)


def _industry(scope: Scope) -> Bars:
    """Published demands by the industry of who asks: sections of GB/T 4754, the division within 制造业."""
    counted: Counter[str] = Counter()
    for demand in scope.demands:
        enterprise, status = scope.enterprise_of(demand), demand.get("status")
        if status is None or not lifecycle("demand")[status].public:
            continue
        division = divisions().get((enterprise.get("industry", "code") if enterprise is not None else None) or "")
        if division is None:
            counted["行业不明"] += 1
        else:
            counted[division.name if division.section == "C" else sections()[division.section]] += 1
    listed = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))
    shown, rest = listed[:_MOST], listed[_MOST:]
    if rest:
        shown.append((f"其他（{len(rest)} 个行业）", sum(count for _, count in rest)))
    return Bars("发榜需求的行业", tuple(name for name, _ in shown), (("发榜需求", tuple(count for _, count in shown)),))


def _by_district(scope: Scope) -> Bars:
    names = scope.district_names
    states = lifecycle("demand")
    open_ = Counter(d.district for d in scope.demands if d.get("status") and states[d.get("status")].public)
    applied = Counter(a.district for a in scope.applications if a.get("status") != LEFT)
    return Bars(
        "各区发榜需求和揭榜申请",
        tuple(names.values()),
        (
            ("发榜需求（项）", tuple(open_[slug] for slug in names)),
            ("揭榜申请（份）", tuple(applied[slug] for slug in names)),
        ),
    )


def _compared(scope: Scope, own: Numbers) -> str:
    """What is more and what is less than in the round before; empty where there was none."""
    known = rounds_in_order(scope.catalogue)
    place = known.index(scope.round)
    if place == 0:
        return ""
    before = scope.elsewhere(known[place - 1])
    then = numbers([before])
    told = (
        ("发榜需求", then.published, own.published, "项"),
        ("揭榜申请", then.applications, own.applications, "份"),
        ("揭榜企业", then.wins, own.wins, "家次"),
    )
    parts = [f"{what}{_more(new - old, unit)}" for what, old, new, unit in told]
    return f"与{before.round_title}相比，{'，'.join(parts)}。"


def _more(difference: int, unit: str) -> str:
    if not difference:
        return "持平"
    return f"{'增加' if difference > 0 else '减少'} {abs(difference)} {unit}"


def _attention(scope: Scope) -> str:
    """What somebody has to see to."""
    open_ = unanswered(scope)[0].rows
    late = [d for d in scope.demands if d.get("status") == "selected" and "" < due_day(d) < scope.today]
    parts = [
        (len(open_), "项需求还没有人申请"),
        (sum(1 for _ in owed(scope)), "份申请还没有答复"),
        (len(late), "项需求估计已到验收日期"),
    ]
    told = [f"{count} {what}" for count, what in parts if count]
    return f"需要关注：{'，'.join(told)}。" if told else "没有需要催办的事项。"


def summary(scope: Scope, title: str, about: tuple[str, ...]) -> Summary:
    """The round on one page, for the bureau's head."""
    own = numbers([scope])
    figures = (
        Figure("报送需求", own.submitted, "项"),
        Figure("发榜需求", own.published, "项"),
        Figure("揭榜申请", own.applications, "份"),
        Figure("申请企业", own.applicants, "家"),
        Figure("已揭榜需求", own.selected, "项"),
        Figure("揭榜企业", own.wins, "家次"),
        Figure("通过验收", own.accepted, "项"),
        Figure("无人揭榜", own.unmet, "项"),
    )
    rate = _share(own.selected, own.published)
    first = f"{scope.round_title}共报送需求 {own.submitted} 项，发榜 {own.published} 项，收到 {own.applicants} 家中小企业的揭榜申请 {own.applications} 份"
    if rate is not None:
        first += f"；已揭榜 {own.selected} 项，占发榜需求的 {rate:.0%}"
    stages = Bars(
        "需求走到哪一步",
        ("报送", "发榜", "有人申请", "揭榜", "通过验收"),
        (("需求", (own.submitted, own.published, own.answered, own.selected, own.accepted)),),
    )
    sentences = tuple(filter(None, (f"{first}。", _compared(scope, own), _attention(scope))))
    return Summary(
        "summary",
        title,
        about,
        figures,
        sentences,
        (_by_district(scope), stages, _industry(scope)),
        ("撤回的申请不算。揭榜企业按家次计。验收日期按需求的时间要求估计。",),
    )
