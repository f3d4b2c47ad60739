"""A change of the catalogue: its state before, its state after, and the moment at which it is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import chain

from jiebang.catalogue import Catalogue, Record

_BEIJING = "+08:00"


@dataclass(frozen=True, slots=True)
class Change:
    """Two states of a catalogue. `made_at` is when somebody went from one to the other (aware): the commit's time, or now.

    `touched`: the files that differ, within the catalogue; None where nobody knows. Values are compared of these alone.
    """

    before: Catalogue
    after: Catalogue
    made_at: datetime
    touched: frozenset[str] | None = None

    def was_closed(self, of_round: str | None) -> bool:
        """Whether a round was over before the change."""
        record = self.before.rounds.get(of_round or "")
        return record is not None and record.get("status") == "closed"

    def counterpart(self, new: Record) -> Record | None:
        """The record before under the same kind and id."""
        return self.before.find(new.kind, new.id)

    def changed_records(self) -> Iterator[tuple[Record | None, Record]]:
        """(before, after) of the enterprises, demands and applications that came or changed; None before for what came."""
        for new in chain(self.after.enterprises, self.after.demands, self.after.applications):
            if self.touched is not None and new.path not in self.touched:
                continue
            old = self.counterpart(new)
            if old is None or old.value != new.value:
                yield old, new

    def day_in(self, of_round: str | None) -> str:
        """The day of the change, YYYY-MM-DD, where a round is held (its `utc_offset`, Beijing where it says nothing)."""
        record = self.after.rounds.get(of_round or "")
        return day_at(self.made_at, record)


def day_at(moment: datetime, of_round: Record | None) -> str:
    """The day, YYYY-MM-DD, that a moment falls on where a round is held."""
    offset = (of_round.get("utc_offset") if of_round is not None else None) or _BEIJING
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    away = timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1)
    return moment.astimezone(timezone(away)).date().isoformat()


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
