"""The attack on the published figures: it fails on what goes out, and succeeds wherever something is left undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from jiebang.catalogue import load
from jiebang.publication import publish
from jiebang.publication.disclosure_control.attacker import Disclosure, find_disclosures
from jiebang.publication.disclosure_control.audit import suppress_until_safe
from jiebang.publication.disclosure_control.prior_knowledge import MEASURES
from jiebang.publication.disclosure_control.released_tables import (
    ReleasedTables,
    from_json,
    scopes,
    still_telling,
    tables_of,
    to_json,
)
from jiebang.publication.disclosure_control.suppression import suppressed_figures, with_true_figures, without_small
from jiebang.rules.states import CHOSEN
from jiebang.view import Counts, PublicSite, Total
from tests.conftest import SAMPLE
from tests.publication.worlds import World, next_day, random_world, world
from tests.turns import at_night, by_day

SEEDS = by_day(range(20), 5)


def _published(of: World) -> PublicSite:
    return suppressed_figures(of.site, of.truth)


def _sample() -> PublicSite:
    return suppress_until_safe(publish(load(SAMPLE)[0], {}).site).site


def _found(findings: list[Disclosure]) -> set[tuple[str, str, object]]:
    return {(finding.what, finding.measure, finding.key) for finding in findings}


def test_nothing_of_the_sample_can_be_computed() -> None:
    assert find_disclosures(_sample()) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_of_a_random_catalogue_can_be_computed(seed: int) -> None:
    settled = suppress_until_safe(_published(random_world(seed)))
    assert find_disclosures(settled.site) == []
    assert settled.left == ()


def test_with_nothing_withheld_it_finds_every_small_number() -> None:
    for seed in SEEDS:
        of = random_world(seed)
        true = with_true_figures(of.site, of.truth)
        k = of.site.rounds[0].smallest_count
        small = {
            ("demand", measure, d.id)
            for d in true.demands
            for measure in MEASURES
            if (number := getattr(d, measure)) is not None and number < k
        }
        assert small <= _found(find_disclosures(true))


def test_with_small_numbers_alone_withheld_it_computes_them() -> None:
    caught = 0
    # Not drawn: of few at random, too few may be such that their numbers follow from others.
    seeds = range(10)
    for seed in seeds:
        of = random_world(seed)
        found = find_disclosures(without_small(with_true_figures(of.site, of.truth)))
        caught += bool(found)
        for finding in found:
            if finding.what == "demand" and finding.low == finding.high:
                assert getattr(of.truth, finding.measure)[finding.key] == finding.low, "it computes; it does not guess"
    assert caught >= len(seeds) * 3 // 5


def test_it_knows_the_rules_of_the_round() -> None:
    """Two chosen demands and four winners: as many as the round allows, so both have two."""
    of = world([("a", "2030", "selected", 9, 2), ("a", "2030", "selected", 9, 2)])
    city = Total("city", "", Counts(18, 4))
    site = replace(without_small(with_true_figures(of.site, of.truth)), totals=(city,))
    assert {(f.low, f.high) for f in find_disclosures(site) if f.what == "demand"} == {(2, 2)}


def test_it_knows_that_winners_applied() -> None:
    """With two winners somewhere, and two applications that are not both there, one number follows from the other."""
    of = world([("a", "2030", "selected", 2, 2), ("a", "2030", "selected", 1, 1), ("a", "2030", "selected", 1, 1)])
    low = replace(without_small(with_true_figures(of.site, of.truth)), totals=(Total("city", "", Counts(4, 4)),))
    assert find_disclosures(low) == []
    exact = replace(low, totals=(Total("city", "", Counts(3, None)),))
    assert ("demand", "applications", "D-00000000") in _found(find_disclosures(exact)), (
        "three chosen, three applications: one each"
    )
    assert ("demand", "winners", "D-00000000") in _found(find_disclosures(exact)), (
        "whoever has one application has one winner"
    )


def _worlds_like(site: PublicSite) -> Iterator[dict[tuple[str, str], int]]:
    """Every assignment of the withheld numbers that fits what was said, by trying all: slow, and right."""
    (rules,) = site.rounds
    cells = [
        (measure, d) for d in site.demands for measure in MEASURES if measure == "applications" or d.status in CHOSEN
    ]
    choices = []
    for measure, d in cells:
        shown = getattr(d, measure)
        low = 1 if d.status in CHOSEN else 0
        if shown is not None:
            choices.append([shown])
        elif measure == "applications" and d.applications_suppressed:
            choices.append(list(range(rules.smallest_count, 12)))
        else:
            top = rules.smallest_count - 1
            choices.append(list(range(low, (top if measure == "applications" else min(top, rules.winners_max)) + 1)))
    for numbers in product(*choices):
        told = {(measure, d.id): number for (measure, d), number in zip(cells, numbers, strict=True)}
        if any(told["winners", d.id] > told["applications", d.id] for d in site.demands if d.status in CHOSEN):
            continue
        if all(
            sum(
                told.get((measure, d.id), 0)
                for d in site.demands
                if (total.scope, total.key) in scopes(d.district, d.round)
            )
            == getattr(total.counts, measure)
            for total in site.totals
            for measure in MEASURES
            if getattr(total.counts, measure) is not None
        ):
            yield told


def test_it_finds_what_trying_all_worlds_finds() -> None:
    compared = 0
    for seed in range(120):
        of = random_world(seed)
        if len(of.site.demands) > 7 or len(of.site.rounds) > 1 or of.site.rounds[0].smallest_count > 3:
            of = World(replace(of.site, demands=of.site.demands[:5], rounds=of.site.rounds[:1]), of.truth)
            of = World(
                replace(of.site, demands=tuple(replace(d, round=of.site.rounds[0].id) for d in of.site.demands)),
                of.truth,
            )
        if of.site.rounds[0].smallest_count > 3:
            continue
        site = without_small(with_true_figures(of.site, of.truth))
        fitting = list(_worlds_like(site))
        assert fitting, "the truth is one of them"
        fixed = {cell for cell in fitting[0] if len({one[cell] for one in fitting}) == 1}
        rules = site.rounds[0]
        expected = {
            ("demand", measure, d.id)
            for d in site.demands
            for measure in MEASURES
            if (measure, d.id) in fixed
            and getattr(d, measure) is None
            and (low := 1 if d.status in CHOSEN else 0)
            < (
                rules.smallest_count - 1
                if measure == "applications"
                else min(rules.winners_max, rules.smallest_count - 1)
            )
            and low >= 0
        }
        assert {one for one in _found(find_disclosures(site)) if one[0] == "demand"} == expected
        compared += 1
    assert compared >= 80


# --- two builds side by side -----------------------------------------------------------------------------------------------


def _many(*more: tuple[str | None, str, str, int, int]) -> World:
    return world(
        [*[("a", "2030", "published", n, 0) for n in (0, 1, 2, 1, 1)], ("b", "2030", "published", 8, 0), *more]
    )


def test_a_total_that_moved_by_one_while_one_demand_appeared() -> None:
    before, after = _published(_many()), _published(_many(("a", "2030", "published", 1, 0)))
    assert find_disclosures(before) == find_disclosures(after) == []
    assert ("demand", "applications", "D-00000006") in _found(find_disclosures(after, [tables_of(before)]))


def test_a_total_that_moved_while_one_demand_was_withdrawn() -> None:
    before = _published(_many(("a", "2030", "published", 1, 0)))
    after = _published(_many())
    found = find_disclosures(after, [tables_of(before)])
    assert ("demand", "applications", "D-00000006") in _found(found)


def test_winners_that_moved_while_one_demand_was_chosen() -> None:
    chosen = [("a", "2030", "selected", 9, n) for n in (1, 2, 1, 2)]
    before = _published(world([*chosen, ("a", "2030", "published", 9, 0)]))
    after = _published(world([*chosen, ("a", "2030", "selected", 9, 2)]))
    assert find_disclosures(before) == find_disclosures(after) == []
    assert ("demand", "winners", "D-00000004") in _found(find_disclosures(after, [tables_of(before)]))


def test_a_move_that_only_one_demand_can_have_made() -> None:
    done = [("a", "2030", "unmet", n, 0) for n in (1, 1, 1, 0)]
    before = _published(world([*done, ("a", "2030", "published", 0, 0)]))
    after = _published(world([*done, ("a", "2030", "published", 1, 0)]))
    assert find_disclosures(before) == find_disclosures(after) == []
    assert ("change", "applications", "D-00000004") in _found(find_disclosures(after, [tables_of(before)]))


def test_an_application_taken_back_hides_nothing_else() -> None:
    """The totals fell, so somebody withdrew; what the one chosen demand has is still a plain difference."""
    chosen = [("a", "2030", "selected", 9, n) for n in (1, 2, 1, 2)]
    before = _published(world([*chosen, ("a", "2030", "published", 9, 0), ("a", "2030", "published", 8, 0)]))
    after = _published(world([*chosen, ("a", "2030", "selected", 9, 2), ("a", "2030", "published", 7, 0)]))
    assert ("demand", "winners", "D-00000004") in _found(find_disclosures(after, [tables_of(before)]))
    small = [("a", "2030", "published", n, 0) for n in (2, 1, 1, 1)]
    before = _published(world([*chosen, *small, ("a", "2030", "published", 9, 0)]))
    after = _published(world([*chosen, ("a", "2030", "published", 1, 0), *small[1:], ("a", "2030", "selected", 9, 1)]))
    assert ("demand", "winners", "D-00000008") in _found(find_disclosures(after, [tables_of(before)]))


def test_what_the_comparison_gives_away_is_not_said() -> None:
    before, after = _published(_many()), _published(_many(("a", "2030", "published", 1, 0)))
    settled = suppress_until_safe(after, [tables_of(before)])
    assert settled.left == ()
    assert settled.taken_out
    assert find_disclosures(settled.site, [tables_of(before)]) == []


@pytest.mark.parametrize("seed", by_day(range(20), 3))
def test_a_row_of_builds_gives_nothing_away(seed: int) -> None:
    of = random_world(seed)
    told: tuple[ReleasedTables, ...] = ()
    for day in range(4 if at_night() else 3):
        settled = suppress_until_safe(_published(of), told)
        left = {(finding.what, finding.key) for finding in settled.left}
        assert {(f.what, f.key) for f in find_disclosures(settled.site, told)} <= left
        told = from_json(to_json(tables_of(settled.site), told))
        of = next_day(of, seed * 100 + day)


def test_a_pause_does_not_let_a_total_come_back_unnoticed() -> None:
    first = _published(_many())
    second = suppress_until_safe(_published(_many(("a", "2030", "published", 1, 0))), [tables_of(first)]).site
    told = from_json(to_json(tables_of(second), [tables_of(first)]))
    assert told == (tables_of(second), tables_of(first)), "the first is still remembered"
    third = suppress_until_safe(_published(_many(("a", "2030", "published", 1, 0))), told)
    assert third.site == second
    again = still_telling(tables_of(first), [tables_of(second)])
    assert again == ()


def test_a_withdrawn_demand_leaves_no_trace_in_the_memory() -> None:
    first = _published(_many(("a", "2030", "published", 1, 0), ("b", "2030", "published", 7, 0)))
    gone = {"D-00000006", "D-00000007"}
    rest = _published(_many())
    told = to_json(tables_of(suppress_until_safe(rest, [tables_of(first)]).site), [tables_of(first)])
    assert not any(id_.encode() in told for id_ in gone)
    second, remembered = from_json(told)
    assert _found(find_disclosures(rest, [remembered])) >= {("demand", "applications", "gone-1")}, (
        "it still protects the number"
    )
    assert suppress_until_safe(rest, (second, remembered)).site == suppress_until_safe(rest, [tables_of(first)]).site


def test_a_second_build_of_the_same_records_says_the_same() -> None:
    for seed in by_day(range(8), 3):
        once = suppress_until_safe(_published(random_world(seed))).site
        told = from_json(to_json(tables_of(once)))
        twice = suppress_until_safe(_published(random_world(seed)), told).site
        assert once == twice
        assert to_json(tables_of(twice), told) == to_json(tables_of(once))


def test_a_damaged_memory_is_not_taken_for_none() -> None:
    for content in (b"", b"{}", b'{"format": 99}', b'{"format": 1, "now": [], "before": []}'):
        with pytest.raises(ValueError, match=r"figures|Expecting"):
            from_json(content)
