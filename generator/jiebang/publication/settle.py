"""No build says what its own audit could compute: totals are taken out, cheapest first, until the auditor finds nothing.

`figures` withholds by reasoning and is nearly always enough; this is the proof, and the only place that looks at earlier builds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from jiebang.publication.auditor import Finding, audit
from jiebang.publication.knowledge import MEASURES
from jiebang.publication.released import Released, TotalKey, released, scopes, without
from jiebang.view import PublicSite

_Shown = tuple[TotalKey, str]


@dataclass(frozen=True, slots=True)
class Settled:
    """A view that may go out. `left`: what earlier builds' figures and the public states give away by themselves, whatever is
    withheld now; `taken_out`: how many totals the audit cost."""

    site: PublicSite
    taken_out: int
    left: tuple[Finding, ...]


def settle(site: PublicSite, previous: Collection[Released] = ()) -> Settled:
    """The view with as many of its totals as tell nothing that is withheld, alone or beside earlier builds."""
    found = audit(site, previous)
    if not found:
        return Settled(site, 0, ())
    everything = set(released(site).shown())
    left = audit(_take_out(site, everything), previous)
    known = {_subject(finding) for finding in left}
    dropped: set[_Shown] = set()
    while found := [finding for finding in found if _subject(finding) not in known]:
        dropped |= set(_cheapest(found, released(_take_out(site, dropped)), previous))
        found = audit(_take_out(site, dropped), previous)
    return Settled(_take_out(site, dropped), len(dropped), tuple(left))


def _subject(finding: Finding) -> tuple[str, str, str | TotalKey, int | None]:
    return finding.what, finding.measure, finding.key, finding.earlier


def _take_out(site: PublicSite, dropped: set[_Shown]) -> PublicSite:
    return replace(site, totals=without(site.totals, dropped))


def _cheapest(found: Iterable[Finding], now: Released, previous: Collection[Released]) -> Iterator[_Shown]:
    """For each finding the total whose loss costs readers least: of its district, its round, then the city; at least one in all."""
    shown = set(now.shown())
    for finding in found:
        for candidate in _candidates(finding, now, previous):
            if candidate in shown:
                yield candidate
                break
        else:
            yield min(shown, key=lambda one: _cost(one, now))


def _cost(one: _Shown, now: Released) -> tuple[int, int, _Shown]:
    (scope, _), measure = one
    return ("district", "round", "city").index(scope), getattr(now.totals[one[0]], measure), one


def _candidates(finding: Finding, now: Released, previous: Collection[Released]) -> Iterator[_Shown]:
    """Totals that may have given it away: those it counts in, of its own measure first."""
    if isinstance(finding.key, tuple):
        keys = [
            finding.key,
            *sorted(
                (key for key in now.totals if key[0] == finding.key[0]),
                key=lambda key: (getattr(now.totals[key], finding.measure) or 0, key),
            ),
            ("city", ""),
        ]
    else:
        row = next(one.rows[finding.key] for one in (now, *previous) if finding.key in one.rows)
        city, *near = scopes(row.district, row.round)
        keys = [*near, city]
    for measure in (finding.measure, *(m for m in MEASURES if m != finding.measure)):
        yield from ((key, measure) for key in keys)
