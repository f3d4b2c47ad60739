"""The whole catalogue → one PublicSite, with a list of what was held back and why.

An enterprise that is not exactly 公开 is anonymous everywhere: nature and industry section, nothing else. Applications are
counted, never copied. Source: the programme's notice (公开 / 不公开 is the enterprise's choice), safety rules 2, 3 and 8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.keys import KeyNeededError
from jiebang.publication.departments import department_of
from jiebang.publication.disclosure_control.suppression import Truth, suppressed_figures
from jiebang.publication.history import DemandHistory
from jiebang.publication.public_part import Anonymity, disclose
from jiebang.rules import documented
from jiebang.rules.anonymity_sets import DEFAULT_K, is_hidden_whole, withheld_by
from jiebang.rules.hidden_names import is_hidden
from jiebang.rules.recalled import recalled_together
from jiebang.rules.secrecy import lacking_in_review
from jiebang.schemas import application_statuses, demand_statuses, published_statuses
from jiebang.view import (
    Change,
    City,
    Contact,
    Demand,
    District,
    Enterprise,
    Notice,
    PublicSite,
    Revision,
    Round,
    RuleEntry,
    Withdrawn,
)

_STATUS_TITLES = {entry.value: entry.title for entry in demand_statuses()}
_WINNING = frozenset(entry.value for entry in application_statuses() if entry.extra["x-winner"])


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A demand that is not on the site: its id (random, says nothing) and the reason in Chinese."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What goes out, and what does not."""

    site: PublicSite
    held_back: tuple[HeldBack, ...]


def _contact(value: Mapping[str, Any]) -> Contact:
    return Contact(
        office=value["office"],
        phone=value["phone"],
        email=value.get("email"),
        address=value.get("address"),
        hours=value.get("hours"),
    )


def _city_and_districts(record: Record) -> tuple[City, tuple[District, ...]]:
    public = disclose(record)
    city = public["city"]
    return (
        City(
            city["name"],
            city["bureau"],
            _contact(city["contact"]),
            city.get("banner"),
            city.get("department") or department_of(city["name"], city["bureau"]),
        ),
        tuple(
            District(d["slug"], d["name"], d["kind"], d["bureau"], _contact(d["contact"]), d.get("gbt2260"))
            for d in public["districts"]
        ),
    )


def _round(record: Record) -> Round:
    public = disclose(record)
    notice, deadlines = public["notice"], public["deadlines"]
    return Round(
        id=public["id"],
        title=public["title"],
        period=public["period"],
        status=public["status"],
        notice=Notice(notice["title"], notice["issuer"], notice["date"], notice.get("number"), notice.get("url")),
        opens_on=public["opens_on"],
        closes_on=public["closes_on"],
        submit_by=deadlines["submit_by"],
        apply_by=deadlines["apply_by"],
        winners_min=public["winners"]["min"],
        winners_max=public["winners"]["max"],
        shows_applications=public["show"]["applications"],
        shows_winners=public["show"]["winners"],
        select_by=deadlines.get("select_by"),
        introduction=public.get("introduction"),
        demand_types=tuple(public.get("demand_types", ())),
        smallest_count=public.get("k", DEFAULT_K),
    )


def _count(catalogue: Catalogue) -> Truth:
    """Applications (without withdrawn ones) and winners."""
    applications: Counter[str] = Counter()
    winners: Counter[str] = Counter()
    for record in catalogue.applications:
        demand, status = record.get("demand"), record.get("status")
        if status == "withdrawn":
            continue
        applications[demand] += 1
        if status in _WINNING:
            winners[demand] += 1
    return Truth(applications, winners)


def _demand(
    record: Record,
    enterprise: Record,
    anonymity: Anonymity | _Known,
    of_round: Round,
    history: DemandHistory | None,
) -> Demand:
    public = disclose(record)
    dates, cooperation = public["dates"], public["cooperation"]
    withheld = withheld_by(enterprise)
    if is_hidden(enterprise):
        # An office edits the demands of one enterprise together, so a day, a month even, that two demands share ties them, and tied
        # demands tell more of an enterprise than either. That many were changed on the day would hide them only from who looks no
        # further: what was changed, and the days before and after, make every history its own, and among the few demands that look
        # alike it takes less. So nothing from git is told; the days of the record, which are the demand's own, are.
        history = None
    return Demand(
        id=public["id"],
        code=public["code"],
        round=of_round.id,
        district=None if "district" in withheld else record.district,
        title=public["title"],
        summary=public["summary"],
        parameters=public["parameters"],
        effect=public["effect"],
        schedule=public["schedule"],
        cooperation=tuple(cooperation["modes"]),
        enterprise=anonymity.view_of(enterprise),
        status=public["status"],
        published_on=dates["published"],
        apply_by=dates["apply_by"],
        selected_on=dates.get("selected"),
        concluded_on=dates.get("concluded"),
        cooperation_note=cooperation.get("note"),
        type=public.get("type"),
        field=None if "demand.field" in withheld else public.get("field"),
        category=None if "demand.category" in withheld else public.get("category"),
        revisions=tuple(Revision(entry["date"], entry["note"]) for entry in public.get("revisions", ())),
        first_published=history.first_published if history else None,
        last_changed=history.last_changed if history else None,
        history=tuple(Change(day, what) for day, what in history.changes) if history else (),
    )


def _reason_to_hold_back(
    record: Record, enterprise: Record, of_round: Record, districts: Record | None, drafts: bool
) -> str | None:
    status = record.get("status")
    if status not in published_statuses():
        return f"状态为“{_STATUS_TITLES[status]}”"
    if is_hidden_whole(enterprise, of_round):
        return "本轮规定不公开的需求整项不上网"
    if drafts:
        return None
    return record.facts.lacking if record.facts is not None else lacking_in_review(record, districts)


def publish(catalogue: Catalogue, histories: Mapping[str, DemandHistory], *, drafts: bool = False) -> Publication:
    """The public view of a catalogue without errors (raises ValueError for one that has no districts.yml, KeyNeededError for one with sealed
    records that nobody opened).

    `histories` maps demand ids to what git tells of them; an empty mapping where there is no usable history.
    `drafts` lets demands through whose text still waits for its secrecy review: for the preview on one's own machine only.
    """
    if catalogue.districts is None:
        raise ValueError("a catalogue without districts.yml cannot be published")
    if catalogue.closed:
        raise KeyNeededError(catalogue.closed, "不能公布")
    city, districts = _city_and_districts(catalogue.districts)
    rounds = {folder: _round(record) for folder, record in catalogue.rounds.items()}
    anonymity = Anonymity(catalogue)
    demands: list[Demand] = []
    withdrawn: list[tuple[str, Withdrawn]] = []
    held_back: list[HeldBack] = []
    for record in recalled_together(catalogue.demands):
        enterprise = catalogue.find("enterprise", record.get("enterprise"))
        folder = record.round or ""
        if enterprise is None:
            raise ValueError(f"demand {record.id} has no enterprise: the catalogue was not checked")
        reason = _reason_to_hold_back(record, enterprise, catalogue.rounds[folder], catalogue.districts, drafts)
        if reason is None:
            demands.append(_demand(record, enterprise, anonymity, rounds[folder], histories.get(record.id)))
            continue
        held_back.append(HeldBack(record.id, reason))
        if _leaves_tombstone(record, enterprise, catalogue.rounds[folder]):
            withdrawn.append((record.id, Withdrawn(record.get("code"), folder, record.get("dates", "withdrawn"))))
    # The order of every public list starts from here: by day, and within a day by the random id. Never by code: codes come from
    # outside, often enterprise by enterprise, and would put the hidden demands of one side by side.
    demands.sort(key=lambda d: d.id)
    demands.sort(key=lambda d: d.published_on, reverse=True)
    withdrawn.sort(key=lambda pair: pair[0])
    withdrawn.sort(key=lambda pair: pair[1].withdrawn_on, reverse=True)
    uncounted = PublicSite(
        city=city,
        districts=districts,
        rounds=tuple(sorted(rounds.values(), key=lambda r: (r.opens_on, r.id), reverse=True)),
        demands=tuple(demands),
        withdrawn=tuple(stone for _, stone in withdrawn),
        rules=tuple(RuleEntry(f.code, f.severity.value, f.title, f.why, f.remedy) for f in documented()),
    )
    return Publication(suppressed_figures(uncounted, _count(catalogue)), tuple(sorted(held_back, key=lambda h: h.id)))


def shown_again(record: Record, catalogue: Catalogue, before: Demand) -> Demand | None:
    """A demand as it would be shown after an edit of its record alone, with the figures and the history that were shown `before`.

    None where the edit is about more than its texts and dates: its enterprise, its place, or whether it is shown at all.
    """
    enterprise = catalogue.find("enterprise", record.get("enterprise"))
    of_round = catalogue.rounds.get(record.round or "")
    if enterprise is None or of_round is None or record.id != before.id:
        return None
    if _reason_to_hold_back(record, enterprise, of_round, catalogue.districts, drafts=True) is not None:
        return None
    known = _Known(before.enterprise)
    demand = _demand(record, enterprise, known, _round(of_round), None)
    return replace(
        demand,
        applications=before.applications,
        applications_suppressed=before.applications_suppressed,
        winners=before.winners,
        first_published=before.first_published,
        last_changed=before.last_changed,
        history=before.history,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What readers may know of one enterprise, known already."""

    enterprise: Enterprise

    def view_of(self, record: Record) -> Enterprise:
        return self.enterprise


def _leaves_tombstone(record: Record, enterprise: Record, of_round: Record) -> bool:
    """A withdrawn demand that once stood on the site keeps its code and day there."""
    once_published = record.get("dates", "published") is not None and record.get("code") is not None
    return record.get("status") == "withdrawn" and once_published and not is_hidden_whole(enterprise, of_round)
