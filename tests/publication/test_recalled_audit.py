"""The audit of the figures, recalled: it tells what it would tell anew, and is asked anew wherever any figure, rule or state differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from jiebang.mapping import Maps
from jiebang.publication.disclosure_control import attacker
from jiebang.publication.disclosure_control.attacker import Disclosure, find_disclosures
from jiebang.publication.disclosure_control.audit import suppress_until_safe
from jiebang.publication.disclosure_control.released_tables import ReleasedTables, tables_of
from jiebang.publication.disclosure_control.suppression import suppressed_figures, with_true_figures, without_small
from tests.publication.worlds import next_day, random_world
from tests.turns import at_night

SEEDS = (0, 1, 3) if at_night() else (0,)


@pytest.fixture
def attacks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[ReleasedTables, ...]]:
    """The builds that were really attacked."""
    seen: list[tuple[ReleasedTables, ...]] = []
    attack = attacker._attack

    def noted(builds: tuple[ReleasedTables, ...], earlier: int | None) -> list[Disclosure]:
        seen.append(builds)
        return attack(builds, earlier)

    monkeypatch.setattr(attacker, "_attack", noted)
    return seen


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_recalled_is_what_would_be_found(seed: int, attacks: list[tuple[ReleasedTables, ...]]) -> None:
    of = random_world(seed)
    telling = without_small(with_true_figures(of.site, of.truth))
    later = next_day(of, seed)
    after = suppressed_figures(later.site, later.truth)
    before = [tables_of(suppressed_figures(of.site, of.truth)), tables_of(telling)]
    with Maps(jobs=1) as maps:
        assert find_disclosures(telling), "nothing to find: nothing is tested"
        for site, previous in ((telling, []), (after, before)):
            fresh, settled = find_disclosures(site, previous), suppress_until_safe(site, previous)
            assert find_disclosures(site, previous, maps) == fresh
            assert suppress_until_safe(site, previous, maps) == settled
            attacks.clear()
            assert find_disclosures(site, previous, maps) == fresh
            assert suppress_until_safe(site, previous, maps) == settled
            assert attacks == []


def _others(value: Any) -> Any:
    """Another value that may stand in a field's place."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value}x"
    return 7 if value is None else value + 1


def _changed(tables: ReleasedTables) -> Iterator[tuple[str, ReleasedTables]]:
    """The tables with one value changed, for each field of each of their parts; and with one part gone."""
    for part in ("rules", "rows", "totals"):
        entries = dict(getattr(tables, part))
        key, entry = next(iter(entries.items()))
        for field in fields(entry):
            other = replace(entry, **{field.name: _others(getattr(entry, field.name))})
            yield f"{part}.{field.name}", replace(tables, **{part: {**entries, key: other}})
        yield f"{part} gone", replace(tables, **{part: {k: v for k, v in entries.items() if k != key}})


def test_any_other_figure_is_looked_at_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    of = random_world(1)
    site = suppressed_figures(of.site, of.truth)
    tables = tables_of(site)
    asked: list[int | None] = []
    now = [tables]

    def attack(_: tuple[ReleasedTables, ...], earlier: int | None) -> list[Disclosure]:
        asked.append(earlier)
        return []

    monkeypatch.setattr(attacker, "tables_of", lambda _: now[0])
    monkeypatch.setattr(attacker, "_openly_said", lambda _: iter(()))
    monkeypatch.setattr(attacker, "_attack", attack)
    with Maps(jobs=1) as maps:
        find_disclosures(site, [], maps)
        asked.clear()
        find_disclosures(site, [], maps)
        assert asked == []
        for name, other in _changed(tables):
            # As this build, and as an earlier one beside it.
            now[0] = other
            find_disclosures(site, [], maps)
            assert len(asked) == 1, name
            now[0] = tables
            find_disclosures(site, [other], maps)
            assert len(asked) == 2, name
            asked.clear()
        # The same earlier build as the newest, and as the one before it: which one it was is told.
        find_disclosures(site, [tables, other], maps)
        assert len(asked) == 1
