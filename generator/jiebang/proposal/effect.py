"""What merging a pull request changes for the public: both states are published, as `build` does, and the two views compared.

Only public values are told, and only of records in which the check found no error (it reads public texts for names and contacts). Counts of applications are left out: whether one may be said
is decided against the figures that are online, which a pull request does not know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from jiebang.catalogue import Catalogue
from jiebang.catalogue.files import ENDING
from jiebang.proposal.checkout import CATALOGUE
from jiebang.proposal.own_pages import changed_pages
from jiebang.proposal.repository import Change
from jiebang.publication import publish
from jiebang.rules.secrecy import lacking_in_review
from jiebang.schemas import demand_statuses, field_at
from jiebang.schemas.demand_texts import attribute, public_prose
from jiebang.schemas.lifecycle import lifecycle
from jiebang.view import Demand, PublicSite

_KINDS = {"enterprises": "enterprise", "demands": "demand", "applications": "application"}
_NOT_COMPARED = {
    "id",
    "applications",
    "applications_suppressed",
    "winners",
    "first_published",
    "last_changed",
    "history",
}
_STATUSES = {entry.value: entry.title for entry in demand_statuses()}
_TITLES = {
    "enterprise": "企业名称、性质或行业",
    "district": "所在区",
    "round": "轮次",
    "cooperation_note": "合作方式",
    "published_on": "发榜日期",
    "apply_by": "揭榜截止日期",
    "selected_on": "揭榜日期",
    "concluded_on": "结束日期",
}


TEXTS = (*map(attribute, public_prose()), "apply_by")
"""Public texts that a reviewer wants to see side by side."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A demand in the summary: public values only. `what` says what happens to it, in Chinese."""

    id: str
    title: str
    what: str
    path: str


@dataclass(frozen=True, slots=True)
class Effect:
    """`private` counts files that change without the public seeing anything of them: (kind, what happened) → how many."""

    appearing: tuple[Shown, ...]
    edited: tuple[Shown, ...]
    leaving: tuple[Shown, ...]
    named: int
    """Enterprises whose name becomes public."""
    hidden: int
    """Enterprises behind the appearing demands whose name stays hidden."""
    elsewhere: tuple[str, ...]
    waiting: int
    """Demands whose state is public but whose text lacks a valid secrecy review: they stay off the site."""
    private: Mapping[tuple[str, str], int]
    pages: tuple[str, ...] = ()
    """Settings and pages of the bureau's own that change: they are on the site, and no preview shows them."""
    left_out: int = 0
    """Records that could not be compared because of errors that stand on the base."""


def effect_of(before: Catalogue, after: Catalogue, changes: Sequence[Change]) -> Effect:
    """The effect of going from one checked catalogue to another; both must be without errors, or the sound parts of such."""
    old, new = publish(before, {}), publish(after, {})
    olds = {demand.id: demand for demand in old.site.demands}
    news = {demand.id: demand for demand in new.site.demands}
    names = {district.slug: district.name for district in new.site.districts}
    paths = {record.id: f"{CATALOGUE}/{record.path}" for record in [*before.demands, *after.demands]}
    reasons = {held.id: held.reason for held in new.held_back}
    appearing = tuple(
        Shown(demand.id, demand.title, introduced(demand, names), paths[demand.id])
        for demand in new.site.demands
        if demand.id not in olds
    )
    edited = tuple(
        Shown(demand.id, demand.title, what, paths[demand.id])
        for demand in new.site.demands
        if demand.id in olds and (what := _difference(olds[demand.id], demand))
    )
    leaving = tuple(
        Shown(demand.id, demand.code, _farewell(after, demand.id, reasons), paths[demand.id])
        for demand in old.site.demands
        if demand.id not in news
    )
    return Effect(
        appearing,
        edited,
        leaving,
        len(_public_names(news) - _public_names(olds)),
        len({_enterprise(after, shown.id) for shown in appearing if news[shown.id].enterprise.name is None}),
        tuple(_elsewhere(old.site, new.site)),
        sum(_waits(after, held.id) for held in new.held_back),
        _private(changes, {*olds, *news}),
        tuple(changed_pages(changes)),
    )


def _public_names(demands: Mapping[str, Demand]) -> set[str]:
    return {demand.enterprise.name for demand in demands.values() if demand.enterprise.name is not None}


def _enterprise(catalogue: Catalogue, demand: str) -> str | None:
    record = catalogue.find("demand", demand)
    enterprise: str | None = record.get("enterprise") if record else None
    return enterprise


def introduced(demand: Demand, names: Mapping[str, str]) -> str:
    """Where a demand comes from, of whom, and its state. `names` are those of the districts by slug."""
    place = names[demand.district] if demand.district is not None else "所在区不公开"
    return f"{place}，{demand.enterprise.name or '企业名称不公开'}，{_STATUSES[demand.status]}"


def _farewell(after: Catalogue, id_: str, reasons: Mapping[str, str]) -> str:
    record = after.find("demand", id_)
    if record is None:
        return "记录已删除"
    if record.get("status") == "withdrawn":
        return "撤回，只留代码和日期"
    return reasons[id_]


def field_title(name: str) -> str:
    """What readers call a field of the public view."""
    if name in _TITLES:
        return _TITLES[name]
    found = field_at("demand", name)
    return found.title if found else name


def _difference(before: Demand, after: Demand) -> str:
    """What differs for readers, in Chinese and without the values; empty where nothing does."""
    parts = []
    if before.status != after.status:
        parts.append(f"状态变为“{_STATUSES[after.status]}”")
    if before.enterprise.name != after.enterprise.name:
        parts.append("企业名称将公开" if after.enterprise.name else "企业名称改为不公开")
    told = {"status", *_NOT_COMPARED}
    changed = [
        field_title(name.name)
        for name in fields(Demand)
        if name.name not in told and getattr(before, name.name) != getattr(after, name.name)
    ]
    if (
        before.enterprise.name != after.enterprise.name
        and replace(before.enterprise, name=after.enterprise.name) == after.enterprise
    ):
        changed.remove(_TITLES["enterprise"])
    if changed:
        parts.append(f"修改了{'、'.join(dict.fromkeys(changed))}")
    return "；".join(parts)


def _elsewhere(old: PublicSite, new: PublicSite) -> Iterator[str]:
    """Public changes outside the demands' own pages."""
    if old.city != new.city:
        yield "修改了市级部门的公开信息"
    befores = {district.slug: district for district in old.districts}
    afters = {district.slug: district for district in new.districts}
    for slug in sorted(befores.keys() | afters.keys()):
        if slug not in befores:
            yield f"新增{afters[slug].name}"
        elif slug not in afters:
            yield f"去掉{befores[slug].name}"
        elif befores[slug] != afters[slug]:
            yield f"修改了{afters[slug].name}的公开信息"
    rounds = {of.id: of for of in old.rounds}
    for of in new.rounds:
        if of.id not in rounds:
            yield f"新增轮次 {of.id}"
        elif rounds[of.id] != of:
            yield f"修改了轮次 {of.id} 的公开信息"
    yield from (f"去掉轮次 {gone}" for gone in sorted(rounds.keys() - {of.id for of in new.rounds}))


def _waits(catalogue: Catalogue, id_: str) -> bool:
    record = catalogue.find("demand", id_)
    if record is None or not lifecycle("demand")[record.get("status")].public:
        return False
    return lacking_in_review(record, catalogue.districts) is not None


def _private(changes: Sequence[Change], public: set[str]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    paths = {change.path for change in changes}
    for change in changes:
        # To seal a record, or to open it, is an edit of it.
        sealed_or_opened = bool({f"{change.path}{ENDING}", change.path.removesuffix(ENDING)} & (paths - {change.path}))
        if sealed_or_opened and change.after is None:
            continue
        parts = change.path.split("/")
        kind = _KINDS.get(parts[3]) if len(parts) == 5 and parts[0] == CATALOGUE else None
        if kind is None or (kind == "demand" and parts[4].removesuffix(".yml").upper() in public):
            continue
        what = "新增" if change.before is None else "删除" if change.after is None else "修改"
        counts[kind, "修改" if sealed_or_opened else what] += 1
    return counts
