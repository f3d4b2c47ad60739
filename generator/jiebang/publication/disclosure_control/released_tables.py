"""The figures that a build lets out, as data: all that an attacker can put side by side, and what the next build reads.

Made from the public view alone, so it can hold nothing that the pages could not; kept in the site as `data/figures.json`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jiebang.publication.disclosure_control.prior_knowledge import MEASURES, Rules
from jiebang.view import FIGURES, Counts, Demand, PublicSite, Round, Total

_FORMAT = 1

TotalKey = tuple[str, str]
"""(scope, key), as in `jiebang.view.Total`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A listed demand with its published figures; `complementary`: withheld although not small."""

    district: str | None
    round: str
    status: str
    applications: int | None
    winners: int | None
    complementary: bool


@dataclass(frozen=True, slots=True)
class ReleasedTables:
    """Everything countable that one build said."""

    rules: Mapping[str, Rules]
    rows: Mapping[str, Row]
    totals: Mapping[TotalKey, Counts]

    def shown(self) -> Iterator[tuple[TotalKey, str]]:
        """(total, measure) of every total with a number."""
        for key, counts in self.totals.items():
            for measure in MEASURES:
                if getattr(counts, measure) is not None:
                    yield key, measure


def rules_of(of: Round) -> Rules:
    """A round's rules as far as they bear on numbers."""
    return Rules(of.smallest_count, of.winners_min, of.winners_max, of.shows_applications, of.shows_winners)


def _row(demand: Demand) -> Row:
    return Row(
        demand.district,
        demand.round,
        demand.status,
        demand.applications,
        demand.winners,
        demand.applications_suppressed,
    )


def tables_of(site: PublicSite) -> ReleasedTables:
    """The figures of a view."""
    return ReleasedTables(
        {of.id: rules_of(of) for of in site.rounds},
        {demand.id: _row(demand) for demand in sorted(site.demands, key=lambda d: d.id)},
        {(total.scope, total.key): total.counts for total in site.totals},
    )


def scopes(district: str | None, round_: str) -> tuple[TotalKey, ...]:
    """The totals that a demand counts in. One whose district is withheld counts in no district's."""
    near: tuple[TotalKey, ...] = () if district is None else (("district", district),)
    return (("city", ""), *near, ("round", round_))


def without(totals: Iterable[Total], dropped: set[tuple[TotalKey, str]]) -> tuple[Total, ...]:
    """The totals with some numbers taken out."""
    return tuple(
        Total(
            total.scope,
            total.key,
            Counts(
                *(
                    None if ((total.scope, total.key), measure) in dropped else getattr(total.counts, measure)
                    for measure in MEASURES
                )
            ),
        )
        for total in totals
    )


# --- as data in the site ---------------------------------------------------------------------------------------------------


def _as_data(one: ReleasedTables) -> dict[str, Any]:
    return {
        "rounds": {
            key: [r.smallest, r.winners_min, r.winners_max, r.applications, r.winners]
            for key, r in sorted(one.rules.items())
        },
        "demands": {
            key: [r.district, r.round, r.status, r.applications, r.winners, r.complementary]
            for key, r in sorted(one.rows.items())
        },
        "totals": [[*key, counts.applications, counts.winners] for key, counts in sorted(one.totals.items())],
    }


def _from_data(data: dict[str, Any]) -> ReleasedTables:
    return ReleasedTables(
        {key: Rules(*values) for key, values in data["rounds"].items()},
        {key: Row(*values) for key, values in data["demands"].items()},
        {(scope, key): Counts(applications, winners) for scope, key, applications, winners in data["totals"]},
    )


def still_telling(now: ReleasedTables, before: Iterable[ReleasedTables]) -> tuple[ReleasedTables, ...]:
    """Of earlier builds, newest first, those that showed a total which no later one showed anew.

    A total that pauses must not come back and be compared, unnoticed, with what it was before the pause.
    """
    shown = set(now.shown())
    kept = []
    for one in before:
        if set(one.shown()) - shown:
            kept.append(one)
            shown |= set(one.shown())
    return tuple(kept)


def without_traces(one: ReleasedTables, listed: Collection[str]) -> ReleasedTables:
    """Earlier figures without the demands that are no longer listed: a withdrawn one must leave no trace.

    Its shown numbers are taken off the totals; of withheld ones a nameless row stays, or the totals would be sums of nothing known.
    """
    totals = {key: {measure: getattr(counts, measure) for measure in MEASURES} for key, counts in one.totals.items()}
    nameless = []
    for id_, row in one.rows.items():
        if id_ in listed:
            continue
        left: dict[str, int | None] = dict.fromkeys(MEASURES)
        for measure in MEASURES:
            number = getattr(row, measure)
            if number is not None:
                left[measure] = 0
                for key in scopes(row.district, row.round):
                    if key in totals and totals[key][measure] is not None:
                        totals[key][measure] -= number
        hidden = [m for m in MEASURES if left[m] is None and one.rules[row.round].counts(m, row.status)]
        if hidden:
            nameless.append(replace(row, applications=left["applications"], winners=left["winners"]))
    nameless.sort(key=repr)
    rows = {id_: row for id_, row in one.rows.items() if id_ in listed}
    rows.update({f"gone-{number}": row for number, row in enumerate(nameless, 1)})
    return ReleasedTables(one.rules, rows, {key: Counts(**counts) for key, counts in totals.items()})


def to_json(now: ReleasedTables, before: Iterable[ReleasedTables] = ()) -> bytes:
    """The file in the site: this build's figures, and those of earlier builds that can still be compared with."""
    data = {
        "format": _FORMAT,
        "now": _as_data(now),
        "before": [
            _as_data(without_traces(one, now.rows.keys()))
            for one in still_telling(now, (one for one in before if one != now))
        ],
    }
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def from_json(content: bytes) -> tuple[ReleasedTables, ...]:
    """What earlier builds said, newest first; raises ValueError for a file that is not such a one."""
    try:
        data = json.loads(content)
        if data["format"] != _FORMAT:
            raise ValueError(f"figures of format {data['format']!r}")
        return tuple(_from_data(one) for one in (data["now"], *data["before"]))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not a file of figures") from error


def tables_before(out: Path) -> tuple[ReleasedTables, ...]:
    """What the site now in place, and those before it, said; nothing where there is none."""
    try:
        content = (out / FIGURES).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return from_json(content)
