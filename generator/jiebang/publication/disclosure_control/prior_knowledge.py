"""What everybody knows of a withheld number before any total is shown: from the demand's state and the round's rules.

Whoever withholds and whoever attacks must start from the same knowledge, or what looks safe is not.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiebang.rules.states import CHOSEN

OPEN = "published"
"""The state in which applications still come in."""
MEASURES = ("applications", "winners")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a round's notice and settings let everybody know about its numbers."""

    smallest: int
    winners_min: int
    winners_max: int
    applications: bool
    winners: bool

    def counts(self, measure: str, status: str) -> bool:
        """Whether there is such a figure at all: the round lets it be said, and winners exist once they are chosen."""
        if measure == "applications":
            return self.applications
        return self.winners and status in CHOSEN

    def small(self, measure: str, status: str) -> Range:
        """Where a number can lie that is withheld as too small: a chosen demand has its winners, and they all applied."""
        low = self.winners_min if status in CHOSEN else 0
        high = self.smallest - 1 if measure == "applications" else min(self.winners_max, self.smallest - 1)
        return Range(min(low, high), high)


@dataclass(frozen=True, slots=True)
class Range:
    """Smallest and largest possible value; `high` is None where nothing bounds it."""

    low: int
    high: int | None

    @property
    def needed(self) -> int:
        """How far apart both must stay whatever is published: half of what was open, at least one where anything was."""
        return 1 if self.high is None else -(-(self.high - self.low) // 2)
