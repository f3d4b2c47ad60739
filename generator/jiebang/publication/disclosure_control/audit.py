"""The last step before figures go out: totals are withheld, cheapest first, until the attacker computes nothing any more.

`suppression` is nearly always enough; this is the proof, and the only place that looks at earlier builds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from jiebang.mapping import Maps
from jiebang.publication.disclosure_control.attacker import Disclosure, find_disclosures
from jiebang.publication.disclosure_control.prior_knowledge import MEASURES
from jiebang.publication.disclosure_control.released_tables import ReleasedTables, TotalKey, scopes, tables_of, without
from jiebang.view import PublicSite

_Shown = tuple[TotalKey, str]


@dataclass(frozen=True, slots=True)
class AuditedView:
    """A view that may go out. `left`: what earlier builds' figures and the public states give away by themselves, whatever is
    withheld now; `taken_out`: how many totals the audit cost."""

    site: PublicSite
    taken_out: int
    left: tuple[Disclosure, ...]


def suppress_until_safe(
    site: PublicSite, previous: Collection[ReleasedTables] = (), maps: Maps | None = None
) -> AuditedView:
    """The view with as many of its totals as tell nothing that is withheld, alone or beside earlier builds. `maps`: see
    `find_disclosures`."""
    found = find_disclosures(site, previous, maps)
    if not found:
        return AuditedView(site, 0, ())
    everything = set(tables_of(site).shown())
    left = find_disclosures(_take_out(site, everything), previous, maps)
    known = {_subject(finding) for finding in left}
    dropped: set[_Shown] = set()
    while found := [finding for finding in found if _subject(finding) not in known]:
        dropped |= set(_cheapest(found, tables_of(_take_out(site, dropped)), previous))
        found = find_disclosures(_take_out(site, dropped), previous, maps)
    return AuditedView(_take_out(site, dropped), len(dropped), tuple(left))


def _subject(finding: Disclosure) -> tuple[str, str, str | TotalKey, int | None]:
    return finding.what, finding.measure, finding.key, finding.earlier


def _take_out(site: PublicSite, dropped: set[_Shown]) -> PublicSite:
    return replace(site, totals=without(site.totals, dropped))


def _cheapest(
    found: Iterable[Disclosure], now: ReleasedTables, previous: Collection[ReleasedTables]
) -> Iterator[_Shown]:
    """For each finding the total whose loss costs readers least: of its district, its round, then the city; at least one in all."""
    shown = set(now.shown())
    for finding in found:
        for candidate in _candidates(finding, now, previous):
            if candidate in shown:
                yield candidate
                break
        else:
            yield min(shown, key=lambda one: _cost(one, now))


def _cost(one: _Shown, now: ReleasedTables) -> tuple[int, int, _Shown]:
    (scope, _), measure = one
    return ("district", "round", "city").index(scope), getattr(now.totals[one[0]], measure), one


def _candidates(finding: Disclosure, now: ReleasedTables, previous: Collection[ReleasedTables]) -> Iterator[_Shown]:
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
