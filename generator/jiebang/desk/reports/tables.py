"""Reports about records one by one: what was reported, who is missing, who won, what is owed, what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiebang.catalogue import Record
from jiebang.desk.reports.schedules import after_months, months_in
from jiebang.desk.reports.scope import LEFT, Scope, once_by_credit_code, status_title
from jiebang.desk.reports.table import Cell, Column, Kind, Row, Table
from jiebang.publication import publish
from jiebang.rules.hidden_names import is_hidden
from jiebang.rules.states import CHOSEN, PENDING, is_winner
from jiebang.schemas.lifecycle import lifecycle
from jiebang.site import labels

CODE = Column("代码", 10, Kind.WORD)
NEED = Column("需求名称", 28)
DISTRICT = Column("所在区", 14)
LARGE = Column("发榜企业", 22)
SMALL = Column("揭榜企业", 22)
Told = tuple[Table, tuple[str, ...]]
"""A table and the notes below it."""


def _sums(rows: Sequence[Row], columns: Sequence[Column], label: str) -> Row | None:
    """A last row with the sum of each column of numbers."""
    if not rows:
        return None
    summed: list[Cell] = [label]
    for place, column in enumerate(columns[1:], 1):
        numbers = [row[place] for row in rows]
        summed.append(sum(n for n in numbers if isinstance(n, int)) if column.kind is Kind.NUMBER else None)
    return tuple(summed)


def _large(scope: Scope, demand: Record) -> str:
    """Who asks, with a reminder where the name is not to be told."""
    enterprise = scope.enterprise_of(demand)
    hidden = enterprise is None or is_hidden(enterprise)
    return f"{scope.name_of(demand)}{'（不公开名称）' if hidden else ''}"


def progress(scope: Scope) -> Told:
    """各区报送进度: what each district has handed in, and how far it has come."""
    columns = (
        Column("区（开发区）", 26),
        Column("报送需求", 10, Kind.NUMBER),
        Column("待推荐", 10, Kind.NUMBER),
        Column("退回补正", 10, Kind.NUMBER),
        Column("待发榜", 10, Kind.NUMBER),
        Column("已发榜", 10, Kind.NUMBER),
        Column("撤回", 10, Kind.NUMBER),
        Column("最近报送日期", 13, Kind.DAY),
        Column("揭榜申请", 10, Kind.NUMBER),
        Column("待转送", 10, Kind.NUMBER),
        Column("已转送", 10, Kind.NUMBER),
        Column("撤回申请", 10, Kind.NUMBER),
    )
    states = lifecycle("demand")
    rows: list[Row] = []
    for slug, name in scope.district_names.items():
        demands = [d for d in scope.demands if d.district == slug]
        applications = [a for a in scope.applications if a.district == slug]
        reached = [d.get("status") for d in demands]
        answered = [a.get("status") for a in applications]
        rows.append(
            (
                name,
                len(demands),
                reached.count("submitted"),
                reached.count("returned"),
                reached.count("recommended"),
                sum(status is not None and states[status].public for status in reached),
                reached.count(LEFT),
                max((d.get("dates", "submitted") or "" for d in demands), default="") or None,
                len(applications),
                answered.count("submitted"),
                sum(status not in {"submitted", LEFT} for status in answered),
                answered.count(LEFT),
            )
        )
    none = [str(row[0]) for row in rows if row[1] == 0]
    submit_by = scope.settings.get("deadlines", "submit_by")
    notes = [f"需求报送截止：{submit_by or '未定'}。“已发榜”含以后揭榜、验收和无人揭榜的；申请按揭榜企业所在区计。"]
    if none and len(none) < len(rows):
        notes.append(f"还没有报送需求的区（{len(none)} 个）：{'、'.join(none)}。")
    return Table(columns, rows, "districts.yml 没有列出区。", _sums(rows, columns, "合计")), tuple(notes)


def unanswered(scope: Scope) -> Told:
    """Published demands that nobody has applied for, before the last day; soonest first."""
    columns = (CODE, NEED, DISTRICT, LARGE, Column("发榜日期", 12, Kind.DAY), Column("揭榜截止", 12, Kind.DAY),
               Column("剩余天数", 10, Kind.NUMBER))  # fmt: skip
    alone = [d for d in scope.demands if d.get("status") == "published" and not scope.standing(d)]
    rows: list[Row] = []
    past = 0
    for demand in sorted(alone, key=lambda d: (scope.apply_by(d) or "9999", d.id)):
        last = scope.apply_by(demand)
        if last and last < scope.today:
            past += 1
            continue
        rows.append(
            (
                demand.get("code"),
                demand.get("title"),
                scope.district_of(demand),
                _large(scope, demand),
                demand.get("dates", "published"),
                last or None,
                scope.days_to(last) if last else None,
            )
        )
    notes = ["撤回的申请不算。截止当天仍可揭榜。"]
    if past:
        notes.append(f"另有 {past} 项已过截止日期仍无人申请，用 jiebang todo 查看。")
    return Table(columns, rows, "没有截止日期之前还无人申请的需求。"), tuple(notes)


def _winning(scope: Scope) -> list[Record]:
    """Applications of the scope that were chosen, in the order of their demands' codes."""

    def place(application: Record) -> tuple[str, str, str]:
        demand = scope.demand_of(application)
        return (demand.get("code") or "" if demand is not None else "", application.get("demand"), application.id)

    return sorted(filter(is_winner, scope.applications), key=place)


def agrees_to_be_named(application: Record) -> bool:
    """Whether the chosen enterprise said in writing that its name may be announced."""
    return bool(application.get("announcement_consent"))


def announced(scope: Scope) -> list[tuple[str, str, str, str]]:
    """The list to be announced: (code, title, who asks, who was chosen).

    Of the demand only what stands on the site, of the winner only the name, and only where it agreed; so a demand that is not shown,
    because of the round's rule or for want of a secrecy review, is not here either. The catalogue must be free of errors.
    """
    shown = {demand.id: demand for demand in publish(scope.catalogue, {}).site.demands}
    listed = []
    for application in _winning(scope):
        demand = shown.get(application.get("demand"))
        if demand is not None and agrees_to_be_named(application):
            asks = demand.enterprise.name or labels.ANONYMOUS
            listed.append((demand.code, demand.title, asks, scope.name_of(application)))
    return listed


def not_announced(scope: Scope) -> list[Record]:
    """The winners that are not on the list."""
    return [a for a in _winning(scope) if not agrees_to_be_named(a)]


def winners(scope: Scope) -> Told:
    """揭榜名单公示. It is given out, so nothing is said of those who are not named, not even how many they are."""
    columns = (
        Column("序号", 6, Kind.NUMBER),
        CODE,
        Column("需求名称", 44),
        Column("发榜企业", 36),
        Column("揭榜企业", 36),
    )
    rows = [(number, *entry) for number, entry in enumerate(announced(scope), 1)]
    return Table(columns, rows, "没有同意公示名称的揭榜企业。"), ()


SUPPORTED = ("专精特新“小巨人”企业", "省级专精特新中小企业", "创新型中小企业")
"""企业类型 that the notice promises support to (三（二）), the highest first."""


def support(scope: Scope) -> Told:
    """Winners that qualify for support."""
    columns = (
        SMALL, Column("统一社会信用代码", 26, Kind.WORD), DISTRICT,
        Column("小巨人", 9, Kind.WORD), Column("省级专精特新", 14, Kind.WORD), Column("创新型", 9, Kind.WORD),
        CODE, NEED, Column("揭榜日期", 13, Kind.DAY), Column("申请状态", 12, Kind.WORD),
    )  # fmt: skip
    rows: list[Row] = []
    entitled: list[Record] = []
    by_type: dict[str, list[Record]] = {type_: [] for type_ in SUPPORTED}
    for application in _winning(scope):
        enterprise, demand = scope.enterprise_of(application), scope.demand_of(application)
        types = (enterprise.get("types") if enterprise is not None else None) or ()
        if enterprise is None or not set(types) & set(SUPPORTED):
            continue
        entitled.append(application)
        for type_ in SUPPORTED:
            if type_ in types:
                by_type[type_].append(application)
        rows.append(
            (
                scope.name_of(application),
                enterprise.get("credit_code"),
                scope.district_of(application),
                *("是" if type_ in types else None for type_ in SUPPORTED),
                demand.get("code") if demand is not None else None,
                demand.get("title") if demand is not None else None,
                application.get("dates", "decided"),
                status_title(application),
            )
        )
    counted = "、".join(f"{type_} {once_by_credit_code(scope, found)} 家" for type_, found in by_type.items())
    notes = (
        f"共 {once_by_credit_code(scope, entitled)} 家企业：{counted}；一家可以有几种类型。类型是企业在对接表上填的，兑现之前请核对名单。",
        "依据通知：“小巨人”企业由中央财政支持专精特新中小企业的工作适度倾斜；省级专精特新、创新型中小企业由各区专项资金政策倾斜支持。",
    )
    return Table(columns, rows, "揭榜企业中没有可以享受支持的类型。"), notes


def _settled(demand: Record) -> str:
    """The day from which those who were not chosen wait: the choice, or what ended the demand."""
    days = demand.get("dates") or {}
    names = ("withdrawn",) if demand.get("status") == LEFT else ("selected", "concluded")
    return next((days[name] for name in names if days.get(name)), "")


def owed(scope: Scope) -> Iterator[tuple[Record, Record]]:
    """(application, demand): what waits for an answer although the demand is settled; longest first."""
    found = []
    for application in scope.applications:
        demand = scope.demand_of(application)
        if demand is None or application.get("status") not in PENDING:
            continue
        if demand.get("status") in CHOSEN | {"unmet", LEFT}:
            found.append((application, demand))
    yield from sorted(found, key=lambda pair: (_settled(pair[1]) or "9999", pair[0].id))


def feedback(scope: Scope) -> Told:
    """Applications that nobody has answered though their demand is settled, and whom to ring up."""
    columns = (
        Column("申请企业", 24), DISTRICT, Column("联系人", 10), Column("联系电话", 16, Kind.WORD), CODE, NEED,
        Column("需求状态", 12, Kind.WORD), Column("结果日期", 12, Kind.DAY), Column("已等天数", 10, Kind.NUMBER),
    )  # fmt: skip
    rows: list[Row] = []
    for application, demand in owed(scope):
        enterprise, day = scope.enterprise_of(application), _settled(demand)
        contact = (enterprise.get("contact") if enterprise is not None else None) or {}
        rows.append(
            (
                scope.name_of(application),
                scope.district_of(application),
                contact.get("name"),
                contact.get("phone"),
                demand.get("code"),
                demand.get("title"),
                status_title(demand),
                day or None,
                -scope.days_to(day) if day else None,
            )
        )
    select_by = scope.settings.get("deadlines", "select_by")
    notes = (
        "未选中的要有反馈意见；需求已撤回的，告知企业并撤回申请。" + (f"遴选截止：{select_by}。" if select_by else ""),
    )
    return Table(columns, rows, "没有还要答复的申请。"), notes


def due_day(demand: Record) -> str:
    """The estimated day of acceptance, YYYY-MM-DD; empty where the demand says no length or has no day of selection."""
    selected, months = demand.get("dates", "selected"), months_in(demand.get("schedule") or "")
    return after_months(selected, months) if selected and months else ""


def acceptance(scope: Scope) -> Told:
    """Demands under work, by the estimated day of their acceptance; those without an estimate last."""
    columns = (
        CODE, NEED, DISTRICT, LARGE, SMALL, Column("揭榜日期", 13, Kind.DAY), Column("时间要求", 24),
        Column("期限（月）", 12, Kind.NUMBER), Column("估计验收日期", 14, Kind.DAY), Column("剩余天数", 10, Kind.NUMBER),
    )  # fmt: skip
    under_work = [demand for demand in scope.demands if demand.get("status") == "selected"]
    rows: list[Row] = []
    for demand in sorted(under_work, key=lambda d: (due_day(d) or "9999", d.id)):
        due = due_day(demand)
        rows.append(
            (
                demand.get("code"),
                demand.get("title"),
                scope.district_of(demand),
                _large(scope, demand),
                "、".join(scope.name_of(a) for a in scope.winners(demand)),
                demand.get("dates", "selected"),
                " ".join((demand.get("schedule") or "").split()),
                months_in(demand.get("schedule") or ""),
                due or None,
                scope.days_to(due) if due else None,
            )
        )
    notes = (
        "验收日期是估计：从揭榜日期起，按时间要求里写的最长的月数或年数推算；读不出的空着。以双方合同为准。剩余天数为负的已过。",
    )
    return Table(columns, rows, "没有等着验收的需求。"), notes
