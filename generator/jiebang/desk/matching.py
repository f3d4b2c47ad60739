"""Who suits whom: open demands for an enterprise or a description, applications and enterprises for a demand.

What enterprises say of themselves is private: it is compared here, with an index of public texts, and goes no further than the answer to
who asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.schemas.codelists import application_statuses
from jiebang.schemas.demand_texts import attribute
from jiebang.site.matching import Document, Index, Match, Reason, Text, document_of, index_of, matches, reasons
from jiebang.site.matching.reasons import FIELDS
from jiebang.site.synonyms import Groups
from jiebang.view import Demand, PublicSite

APPLICANT_SAYS = (("profile",), ("capability",), ("plan", "route"), ("plan", "team"), ("plan", "goals"))
"""What an application says of who applies and how."""


@dataclass(frozen=True, slots=True)
class Suited:
    """A record that suits. `score` is in hundredths; 0, without reasons, for an application that has nothing in common with its demand.
    `applied`: the state of an application that there is already, empty where there is none."""

    id: str
    title: str
    """A demand's title, an enterprise's name."""
    score: int
    reasons: tuple[Reason, ...]
    district: str = ""
    apply_by: str = ""
    applied: str = ""
    application: str = ""
    """Its id."""


def open_demands(site: PublicSite, today: str) -> frozenset[str]:
    """Ids of the demands that can be applied for on a day (YYYY-MM-DD)."""
    return frozenset(d.id for d in site.demands if d.status == "published" and d.apply_by >= today)


def _fields(value: Mapping[str, str | None]) -> list[tuple[str, str]]:
    return [(title, text) for name, title in FIELDS if (text := value.get(name))]


def _reasons(match: Match, fields: Sequence[tuple[str, str]], index: Index) -> tuple[Reason, ...]:
    return tuple(reasons(match.words, fields, index.tokens))


def demands_for(site: PublicSite, index: Index, text: str, today: str, most: int) -> list[Suited]:
    """The open demands that suit what a text says, the best first."""
    by_id: dict[str, Demand] = {demand.id: demand for demand in site.demands}
    found = []
    for match in matches(Text(text, index), index, open_demands(site, today), most):
        demand = by_id[match.id]
        told = _reasons(match, _fields({name: getattr(demand, name) for name, _ in FIELDS}), index)
        found.append(Suited(demand.id, demand.title, match.score, told, demand.district or "", demand.apply_by))
    return found


def applied_by(catalogue: Catalogue, enterprise: Record) -> dict[str, Record]:
    """The applications of an enterprise, also those filed under another record of it, by the demand's id."""
    code = enterprise.get("credit_code")
    mine = {
        one.id for one in catalogue.enterprises if one.id == enterprise.id or (code and one.get("credit_code") == code)
    }
    return {
        application.get("demand"): application
        for application in catalogue.applications
        if application.get("enterprise") in mine
    }


def demands_for_enterprise(
    catalogue: Catalogue, site: PublicSite, index: Index, enterprise: Record, today: str, most: int
) -> list[Suited]:
    """The same for what an enterprise's record says, with what it applied for already."""
    applied = applied_by(catalogue, enterprise)
    found = demands_for(site, index, enterprise.get("profile") or "", today, most)
    return [replace(one, applied=_state(applied.get(one.id))) for one in found]


def _state(application: Record | None) -> str:
    titles = {status.value: status.title for status in application_statuses()}
    return "" if application is None else titles.get(application.get("status"), "")


def _value(record: Record, path: str) -> Any:
    return record.get(*path.split("."))


def _texts_of(demand: Record) -> dict[str, str | None]:
    """The public texts of a demand's record, by what the public view calls them."""
    paths = ("title", "summary", "parameters", "effect", "schedule", "cooperation.note")
    return {attribute(path): _value(demand, path) for path in paths}


def index_with(site: PublicSite, groups: Groups, demand: Record) -> Index:
    """An index in which one demand is ranked, public or not yet."""
    documents = [document_of(one) for one in site.demands]
    if all(one.id != demand.id for one in site.demands):
        texts = {name: text or "" for name, text in _texts_of(demand).items()}
        details = "\n".join(texts[name] for name in ("parameters", "effect", "schedule", "cooperation_note"))
        documents.append(Document(demand.id, texts["title"], texts["summary"], details))
    return index_of(documents, groups, [demand.id])


def _said(application: Record, enterprise: Record | None) -> str:
    parts = [application.get(*path) for path in APPLICANT_SAYS]
    return "\n".join(part for part in (enterprise.get("profile") if enterprise else None, *parts) if part)


def applications_for(catalogue: Catalogue, index: Index, demand: Record) -> list[Suited]:
    """All applications to a demand, those that say most of it first; none is left out."""
    fields = _fields(_texts_of(demand))
    found = []
    for application in catalogue.applications:
        if application.get("demand") != demand.id:
            continue
        enterprise = catalogue.find("enterprise", application.get("enterprise"))
        match = next(iter(matches(Text(_said(application, enterprise), index), index)), None)
        found.append(
            Suited(
                application.get("enterprise") or "",
                (enterprise.get("name") if enterprise else None) or "",
                match.score if match else 0,
                _reasons(match, fields, index) if match else (),
                application.district or "",
                applied=_state(application),
                application=application.id,
            )
        )
    return sorted(found, key=lambda one: (-one.score, one.application))


def _others(catalogue: Catalogue, demand: Record) -> Iterator[Record]:
    """SMEs that have not applied, the newest record of each."""
    asked = catalogue.find("enterprise", demand.get("enterprise"))
    known = {asked.get("credit_code")} if asked is not None else set()
    for application in catalogue.applications:
        if application.get("demand") == demand.id and (
            who := catalogue.find("enterprise", application.get("enterprise"))
        ):
            known.add(who.get("credit_code"))
    for enterprise in sorted(catalogue.enterprises, key=lambda one: (one.round or "", one.id), reverse=True):
        code = enterprise.get("credit_code")
        if enterprise.get("role") == "中小企业" and enterprise.get("profile") and code not in known:
            known.add(code)
            yield enterprise


def enterprises_for(catalogue: Catalogue, index: Index, demand: Record, most: int) -> list[Suited]:
    """SMEs of the catalogue that suit a demand and have not applied, the best first."""
    fields = _fields(_texts_of(demand))
    found = []
    for enterprise in _others(catalogue, demand):
        for match in matches(Text(enterprise.get("profile"), index), index):
            told = _reasons(match, fields, index)
            found.append(
                Suited(enterprise.id, enterprise.get("name") or "", match.score, told, enterprise.district or "")
            )
    return sorted(found, key=lambda one: (-one.score, one.id))[:most]
