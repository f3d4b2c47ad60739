"""Ids, places and references: every record lies where it belongs and names records that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.files import ENDING
from jiebang.catalogue.messages import nearest
from jiebang.problems import Problem, Severity
from jiebang.problems.places import said
from jiebang.rules.registry import Report, rule

_PARTIES = {"demand": "大企业", "application": "中小企业"}


def _numbered(catalogue: Catalogue) -> Iterator[Record]:
    yield from catalogue.enterprises
    yield from catalogue.demands
    yield from catalogue.applications


def _dangling(
    catalogue: Catalogue, report: Report, records: Iterable[Record], kind: str, message: str
) -> Iterator[Problem]:
    """References to a record of a kind that does not exist; one that merely cannot be read is reported at its own file."""
    for record in records:
        named = record.get(kind)
        if named is None or named in catalogue.unreadable or catalogue.find(kind, named):
            continue
        near = nearest(named, [record.id for record in _numbered(catalogue) if record.kind == kind])
        yield report(record, (kind,), message, f"是不是 {near}？核对编号。" if near else "")


@rule("R301", "找不到所指的企业", "需求和申请靠编号指向企业，编号错了就不知是谁的。", "核对企业编号；先补上企业记录。")
def enterprise_exists(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    referring = [*catalogue.demands, *catalogue.applications]
    yield from _dangling(catalogue, report, referring, "enterprise", "目录中没有这个编号的企业记录。")


@rule("R302", "找不到所揭的需求", "申请靠编号指向需求。", "核对需求编号。")
def demand_exists(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    yield from _dangling(catalogue, report, catalogue.applications, "demand", "目录中没有这个编号的需求记录。")


def _is_called_by_its_id(record: Record) -> bool:
    return record.path.removesuffix(ENDING).endswith(f"/{record.id.lower()}.yml")


@rule("R303", "编号重复", "两份记录用同一编号，网址和引用都会混淆。", "给后写的一份换新编号：jiebang new id。")
def ids_are_unique(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    first: dict[str, Record] = {}
    numbered = [record for record in _numbered(catalogue) if record.get("id") is not None]
    # What is called otherwise than its id is the copy, wherever it comes in the order of files (`d-… - 副本.yml`).
    for record in sorted(numbered, key=lambda record: not _is_called_by_its_id(record)):
        if (other := first.get(record.id)) is not None:
            # A new id for one of them would make two enterprises of one.
            same = record.path.removesuffix(ENDING) == other.path.removesuffix(ENDING)
            hint = "同一份记录，密封的和明文各有一份：核对哪份是新的，删去另一份，不要换编号。" if same else ""
            if _is_called_by_its_id(other) and not _is_called_by_its_id(record):
                hint = "文件名不是这个编号，多半是复制出来的副本：删去它；确是另一份记录的，换新编号（jiebang new id），并照编号改文件名。"
            yield report(record, ("id",), f"编号 {record.id} 已用于 {said(other.path)}。", hint)
        first.setdefault(record.id, record)


@rule(
    "R304",
    "编号与文件名不一致",
    "文件名就是编号的小写，找起来才方便。",
    "改文件名或编号，使两者一致。",
    each=("round", "enterprise", "demand", "application"),
)
def id_equals_file_name(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in _numbered(catalogue):
        if record.get("id") is not None and not _is_called_by_its_id(record):
            yield report(record, ("id",), f"文件名应为 {record.id.lower()}.yml。")
    for folder, record in catalogue.rounds.items():
        id_ = record.get("id")
        if id_ is not None and id_ != folder:
            yield report(
                record,
                ("id",),
                "轮次编号与文件夹名不一致。",
                "改轮次编号或文件夹名。",
            )


@rule(
    "R305",
    "区的文件夹不在区划表中",
    "记录所在的文件夹就是它所属的区。",
    "把文件夹改为 districts.yml 中的网址名。",
    each=("enterprise", "demand", "application"),
)
def district_is_listed(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    if catalogue.districts is None:
        return
    names = {d.get("slug"): d.get("name") for d in catalogue.districts.get("districts") or () if isinstance(d, dict)}
    for record in _numbered(catalogue):
        if record.district is None or record.district in names or not names:
            continue
        near = nearest(record.district, [slug for slug in names if slug])
        hint = f"是不是“{near}”（{names[near]}）？是就改文件夹名。" if near else ""
        yield report(record, (), "所在的文件夹不是 districts.yml 中的区。", hint)


@rule("R306", "企业角色不符", "需求由大企业提出，申请由中小企业提出。", "核对企业编号和企业角色。")
def party_has_the_role(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in [*catalogue.demands, *catalogue.applications]:
        party = catalogue.find("enterprise", record.get("enterprise"))
        role = party.get("role") if party else None
        if role is not None and role != _PARTIES[record.kind]:
            yield report(record, ("enterprise",), f"所指企业的角色是“{role}”，应为“{_PARTIES[record.kind]}”。")


@rule("R307", "跨轮次引用", "每一轮的记录自成一套，规则也不相同。", "改为引用同一轮次的记录。")
def references_stay_in_the_round(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in [*catalogue.demands, *catalogue.applications]:
        for kind in ("enterprise", "demand"):
            target = catalogue.find(kind, record.get(kind))
            if target is not None and target.round != record.round:
                yield report(record, (kind,), f"所指记录属于轮次 {target.round}，本记录属于轮次 {record.round}。")


@rule("R308", "需求与企业不在同一区", "需求归企业所在的区管理和公布。", "把需求移到企业所在区的文件夹。")
def demand_lies_with_its_enterprise(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.demands:
        party = catalogue.find("enterprise", record.get("enterprise"))
        if party is not None and party.round == record.round and party.district != record.district:
            yield report(record, ("enterprise",), f"企业记录在 {party.district}，需求却放在 {record.district}。")


@rule(
    "R310",
    "申请与企业不在同一区",
    "对接表由企业所在的区收取和核对；别的区录入的，没有人核对过，企业自己的申请还会变成重复揭榜。",
    "把申请放到企业所在区的文件夹，由该区提交。",
    Severity.WARNING,
    binding=True,
)
def application_lies_with_its_enterprise(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application in catalogue.applications:
        party = catalogue.find("enterprise", application.get("enterprise"))
        if party is not None and party.round == application.round and party.district != application.district:
            message = f"企业记录在 {party.district}，申请却放在 {application.district}。"
            yield report(application, ("enterprise",), message)


@rule("R309", "区划重复", "一个网址名只能对应一个区。", "改掉重复的网址名或名称。", each=("districts",))
def districts_are_unique(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    if catalogue.districts is None:
        return
    for key in ("slug", "name"):
        seen: set[str] = set()
        for number, district in enumerate(catalogue.districts.get("districts") or ()):
            value = district.get(key) if isinstance(district, dict) else None
            if value in seen:
                yield report(catalogue.districts, ("districts", number, key), "这个名称前面已经列过一次。")
            if value is not None:
                seen.add(value)
