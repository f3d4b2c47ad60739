"""What may be said of an enterprise beside its demand: the name of who said 公开, and of the others only what many share.

Source: the notice (公开 / 不公开 is the enterprise's choice) and safety rules 3, 7 and 8. Exact capital, staff and revenue are never
said of anybody.
"""

from __future__ import annotations

from collections import Counter

from jiebang.catalogue import Catalogue, Record
from jiebang.publication.disclose import disclose
from jiebang.rules.names import OPENLY
from jiebang.rules.withholding import DEFAULT_K, smallest_group
from jiebang.schemas import divisions
from jiebang.view import Enterprise


class Anonymity:
    """Knows how many large enterprises of a round share a district and a division."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._k = {folder: smallest_group(record) for folder, record in catalogue.rounds.items()}
        self._sharing = Counter(
            (record.round, record.district, record.get("industry", "code"))
            for record in catalogue.enterprises
            if record.get("role") == "大企业"
        )

    def view_of(self, record: Record) -> Enterprise:
        """The enterprise as readers may know it; anything but an exact 公开 is hidden."""
        choice = record.get("disclosure")
        public = disclose(record, choice)
        withheld = withheld_by(record)
        code = public["industry"]["code"]
        openly = choice == OPENLY
        return Enterprise(
            name=public.get("name") if openly else None,
            nature=None if "nature" in withheld else public["nature"],
            section=None if "industry" in withheld else divisions()[code].section,
            division=code
            if "industry" not in withheld and (openly or self._hides_in(record, code, withheld))
            else None,
        )

    def _hides_in(self, record: Record, code: str, withheld: frozenset[str]) -> bool:
        """Whether enough enterprises share the division in the district; without a district there is no such group to speak of."""
        sharing = self._sharing[record.round, record.district, code]
        return "district" not in withheld and sharing >= self._k.get(record.round or "", DEFAULT_K)


def withheld_by(record: Record) -> frozenset[str]:
    """What an enterprise asked to withhold beside its name: `district`, `industry`, `nature`."""
    return frozenset(record.get("withhold") or ())
