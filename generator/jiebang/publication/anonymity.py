"""What may be said of an enterprise beside its demand: the name of who said 公开, and of the others only what many share.

Source: the notice (公开 / 不公开 is the enterprise's choice) and safety rules 3, 7 and 8. Exact capital, staff and revenue are never
said of anybody. Who is many, and what follows from what an enterprise asked to withhold, `jiebang.rules.crowds` says for the checks too.
"""

from __future__ import annotations

from jiebang.catalogue import Catalogue, Record
from jiebang.publication.disclose import disclose
from jiebang.rules.crowds import Crowds
from jiebang.rules.names import OPENLY
from jiebang.view import Enterprise


class Anonymity:
    """Knows how many enterprises a hidden one is lost among."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._crowds = Crowds(catalogue)

    def view_of(self, record: Record) -> Enterprise:
        """The enterprise as readers may know it; anything but an exact 公开 is hidden."""
        choice = record.get("disclosure")
        public = disclose(record, choice)
        told = self._crowds.told(record)
        return Enterprise(
            name=public.get("name") if choice == OPENLY else None,
            nature=told.nature,
            section=told.section,
            division=told.division,
        )
