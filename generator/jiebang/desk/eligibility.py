"""Whether an SME may apply, with the reasons: its size by figures and bounds, what binds it to those whose demands it answers, and
all its applications of the round.

It tells figures, people and telephones: for the bureau's desk alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from jiebang.catalogue import Catalogue, Record
from jiebang.errors import UserError
from jiebang.rules.affiliation import ENDED, Kinship, Tie, ties
from jiebang.rules.applications import credit_code, parties
from jiebang.rules.size_reasons import Explanation, explanation_of
from jiebang.rules.states import is_winner
from jiebang.schemas.lifecycle import lifecycle

_SME = "中小企业"


@dataclass(frozen=True, slots=True)
class Answer:
    """An application of the SME. `ties` is empty where nothing hangs on them any more."""

    application: str
    demand: str
    title: str
    state: str
    """What people call the application's state, e.g. 未选中."""
    demand_state: str
    won: bool
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Applicant:
    """An SME with everything that bears on whether it may apply."""

    id: str
    name: str
    path: str
    district: str
    declared: str
    """The size that it gave itself; empty where it gave none."""
    explanation: Explanation
    answers: tuple[Answer, ...]


def _smes(catalogue: Catalogue, id_: str) -> list[Record]:
    """The SMEs that an id names: one itself, the one behind an application, or all that answered a demand. Raises UserError."""
    wanted = id_.strip().upper()
    enterprise = catalogue.find("enterprise", wanted)
    if application := catalogue.find("application", wanted):
        enterprise = catalogue.find("enterprise", application.get("enterprise"))
    if demand := catalogue.find("demand", wanted):
        answered = {a.get("enterprise") for a in catalogue.applications if a.get("demand") == demand.id}
        return [e for e in catalogue.enterprises if e.id in answered]
    if enterprise is None:
        catalogue.refuse_unreadable(wanted)
        raise UserError(f"没有编号为 {id_} 的企业、申请或需求。", "核对编号：企业以 E-、申请以 A-、需求以 D- 开头。")
    if enterprise.get("role") != _SME:
        raise UserError(f"{enterprise.id} 是大企业，资格只对揭榜的中小企业而言。", "写中小企业、申请或需求的编号。")
    return [enterprise]


def _chosen(catalogue: Catalogue, ids: Collection[str], round_: str | None, district: str | None) -> Iterator[Record]:
    named = {sme.id for id_ in ids for sme in _smes(catalogue, id_)}
    for enterprise in catalogue.enterprises:
        if (
            (enterprise.id in named if ids else enterprise.get("role") == _SME)
            and (round_ is None or enterprise.round == round_)
            and (district is None or enterprise.district == district)
        ):
            yield enterprise


def applicants(
    catalogue: Catalogue, ids: Collection[str] = (), round_: str | None = None, district: str | None = None
) -> list[Applicant]:
    """The SMEs that are asked for, in the order of their files: those that the ids name, all where there is none."""
    kinship = Kinship(catalogue)
    answers: dict[tuple[str | None, str], list[Record]] = {}
    for application in catalogue.applications:
        # One enterprise may have two records, by mistake: its code tells that they are one.
        sme = catalogue.find("enterprise", application.get("enterprise"))
        if sme is not None:
            answers.setdefault((sme.round, credit_code(sme) or sme.id), []).append(application)
    return [
        Applicant(
            sme.id,
            sme.get("name") or "",
            sme.path,
            sme.district or "",
            sme.get("size") or "",
            explanation_of(sme),
            tuple(
                _answer(catalogue, kinship, application)
                for application in answers.get((sme.round, credit_code(sme) or sme.id), ())
            ),
        )
        for sme in _chosen(catalogue, ids, round_, district)
    ]


def _answer(catalogue: Catalogue, kinship: Kinship, application: Record) -> Answer:
    demand = catalogue.find("demand", application.get("demand"))
    both = parties(catalogue, application)
    status = application.get("status")
    return Answer(
        application.id,
        application.get("demand") or "",
        (demand.get("title") if demand is not None else None) or "",
        _title("application", status),
        _title("demand", demand.get("status") if demand is not None else None),
        is_winner(application),
        () if both is None or status in ENDED else tuple(ties(*both, kinship)),
    )


def _title(kind: str, status: str | None) -> str:
    return lifecycle(kind)[status].title if status is not None else ""
