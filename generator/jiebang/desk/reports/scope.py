"""What a report is about: the records of a round, of all districts or of one, as of a day; and what people call them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jiebang.catalogue import Catalogue, Record
from jiebang.desk.choice import district_names
from jiebang.rules.states import is_winner
from jiebang.schemas.lifecycle import lifecycle

LEFT = "withdrawn"
"""State of what no longer counts."""


@dataclass(frozen=True, slots=True)
class Scope:
    """`demands` lie in the folder of the district, `applications` too (theirs is the applicant's district, not the demand's); of a
    whole city both are all. `answers` holds every application for a demand, whoever's."""

    catalogue: Catalogue
    round: str
    district: str | None
    """Slug; None for the whole city."""
    today: str
    demands: Sequence[Record]
    applications: Sequence[Record]
    answers: dict[str, list[Record]]
    """By the demand's id; withdrawn ones too."""

    @classmethod
    def of(cls, catalogue: Catalogue, round_: str, district: str | None, today: str) -> Scope:
        """The records of a round (its folder's name), of a district (its slug) or of all."""

        def own(records: Iterable[Record]) -> list[Record]:
            return [r for r in records if r.round == round_ and district in {None, r.district}]

        answers: dict[str, list[Record]] = defaultdict(list)
        for application in catalogue.applications:
            answers[application.get("demand") or ""].append(application)
        return cls(catalogue, round_, district, today, own(catalogue.demands), own(catalogue.applications), answers)

    def elsewhere(self, round_: str) -> Scope:
        """The same of another round."""
        return Scope.of(self.catalogue, round_, self.district, self.today)

    @property
    def settings(self) -> Record:
        """The round's own record."""
        return self.catalogue.rounds[self.round]

    @property
    def round_title(self) -> str:
        """What the round is called."""
        return self.settings.get("title") or self.round

    @property
    def city(self) -> tuple[str, str]:
        """Name of the city and of its bureau."""
        districts = self.catalogue.districts
        city = (districts.get("city") if districts is not None else None) or {}
        return city.get("name") or "", city.get("bureau") or ""

    @property
    def district_names(self) -> dict[str, str]:
        """Slug → name of the districts within the scope, in the bureau's order; those that have records and are not listed, last."""
        listed = district_names(self.catalogue)
        more = sorted({r.district for r in (*self.demands, *self.applications) if r.district} - listed.keys())
        return {
            slug: name
            for slug, name in [*listed.items(), *((slug, slug) for slug in more)]
            if self.district in {None, slug}
        }

    def district_of(self, record: Record) -> str:
        """What people call the district in whose folder a record lies."""
        return district_names(self.catalogue).get(record.district or "", record.district or "")

    def enterprise_of(self, record: Record) -> Record | None:
        """Whose demand or application it is."""
        return self.catalogue.find("enterprise", record.get("enterprise"))

    def name_of(self, record: Record) -> str:
        """The name of the enterprise that a demand or application is from; the enterprise's id where it has none."""
        enterprise = self.enterprise_of(record)
        return (enterprise.get("name") if enterprise is not None else None) or record.get("enterprise") or ""

    def demand_of(self, application: Record) -> Record | None:
        """What an application is for."""
        return self.catalogue.find("demand", application.get("demand"))

    def standing(self, demand: Record) -> list[Record]:
        """The applications for a demand that were not withdrawn."""
        return [a for a in self.answers.get(demand.id, ()) if a.get("status") != LEFT]

    def winners(self, demand: Record) -> list[Record]:
        """The applications for a demand that were chosen, however that ended."""
        return [a for a in self.answers.get(demand.id, ()) if is_winner(a)]

    def apply_by(self, demand: Record) -> str:
        """The last day for applications to a demand, YYYY-MM-DD; empty where nothing sets one."""
        return demand.get("dates", "apply_by") or self.settings.get("deadlines", "apply_by") or ""

    def days_to(self, day: str) -> int:
        """From today to a day; negative where it has passed."""
        return (date.fromisoformat(day) - date.fromisoformat(self.today)).days


def status_title(record: Record) -> str:
    """What the state of a demand or application is called."""
    status = record.get("status")
    return lifecycle(record.kind)[status].title if status is not None else ""


def once_by_credit_code(scope: Scope, records: Iterable[Record]) -> int:
    """How many enterprises these demands or applications are from: one that has several records counts once."""
    seen = set()
    for record in records:
        enterprise = scope.enterprise_of(record)
        seen.add((enterprise.get("credit_code") if enterprise is not None else None) or record.get("enterprise"))
    return len(seen)
