"""Published numbers are true, none is small, and what would give a small one away is not said."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from jiebang.catalogue import load
from jiebang.publication import publish
from jiebang.publication.disclosure_control.attacker import find_disclosures
from jiebang.publication.disclosure_control.audit import suppress_until_safe
from jiebang.publication.disclosure_control.prior_knowledge import MEASURES
from jiebang.publication.disclosure_control.released_tables import from_json, tables_of, to_json, without_traces
from jiebang.publication.disclosure_control.suppression import suppressed_figures, with_true_figures, without_small
from jiebang.view import Counts, PublicSite
from tests.conftest import SAMPLE
from tests.publication.worlds import World, random_world, world

SEEDS = range(20)


def _totals(site: PublicSite) -> dict[tuple[str, str], Counts]:
    return {(total.scope, total.key): total.counts for total in site.totals}


def _published(of: World) -> PublicSite:
    return suppressed_figures(of.site, of.truth)


@given(st.integers(min_value=0, max_value=100_000))
def test_what_is_shown_is_true_and_not_small(seed: int) -> None:
    of = random_world(seed)
    true, shown = with_true_figures(of.site, of.truth), _published(of)
    k = of.site.rounds[0].smallest_count
    for real, said in zip(true.demands, shown.demands, strict=True):
        assert replace(real, applications=None, winners=None) == replace(
            said, applications=None, winners=None, applications_suppressed=False
        )
        for measure in MEASURES:
            number = getattr(said, measure)
            assert number is None or (number == getattr(real, measure) and number >= k)
        assert not said.applications_suppressed or (said.applications is None and (real.applications or 0) >= k)
    for key, counts in _totals(shown).items():
        for measure in MEASURES:
            number = getattr(counts, measure)
            assert number is None or number == getattr(_totals(true)[key], measure)
            assert number is None or number >= k or number == 0


def test_the_same_records_give_the_same_figures() -> None:
    for seed in SEEDS:
        of = random_world(seed)
        backwards = replace(of.site, demands=of.site.demands[::-1])
        first, second = _published(of), _published(of)
        assert first == second
        assert _totals(first) == _totals(suppressed_figures(backwards, of.truth))
        assert suppress_until_safe(first) == suppress_until_safe(second)


def test_one_small_number_beside_larger_ones_takes_the_smallest_of_them_along() -> None:
    shown = _published(world([("a", "2030", "published", n, 0) for n in (1, 4, 9)]))
    assert [d.applications for d in shown.demands] == [None, None, 9]
    assert [d.applications_suppressed for d in shown.demands] == [False, True, False]
    assert _totals(shown)["district", "a"].applications == 14, "a demand's number is cheaper than a total"


def test_a_district_that_cannot_cover_itself_is_covered_by_another() -> None:
    rows = [("a", "2030", "published", n, 0) for n in (2, 2)] + [("b", "2030", "published", n, 0) for n in (1, 1, 1)]
    totals = _totals(_published(world([*rows, ("c", "2030", "published", 7, 0)])))
    assert totals["district", "a"].applications is None, "4 of two below 3 is 2 and 2"
    assert totals["district", "b"].applications is None, "or the city's total less the others would be a's"
    assert totals["district", "c"].applications == 7
    assert totals["city", ""].applications == 14


def test_several_small_numbers_cover_each_other() -> None:
    totals = _totals(_published(world([("a", "2030", "published", n, 0) for n in (0, 1, 2, 1)])))
    assert totals["district", "a"].applications == 4


def test_as_many_winners_as_demands_says_one_each() -> None:
    even = _totals(_published(world([("a", "2030", "selected", 5, 1)] * 4)))
    assert even["city", ""].winners is None
    mixed = _totals(_published(world([("a", "2030", "selected", 5, n) for n in (1, 2, 1, 2)])))
    assert mixed["city", ""].winners == 6


def test_winners_are_no_figure_before_they_are_chosen() -> None:
    shown = _published(world([("a", "2030", "published", 5, 0)]))
    assert shown.demands[0].winners is None
    assert _totals(shown)["district", "a"].winners == 0, "the lists say that nobody is chosen yet"


def test_a_round_that_says_nothing_counts_nowhere() -> None:
    of = world([("a", "2030", "published", 5, 0), ("a", "2031", "published", 6, 0)])
    quiet = replace(of.site.rounds[0], shows_applications=False, shows_winners=False)
    shown = suppressed_figures(replace(of.site, rounds=(quiet, of.site.rounds[1])), of.truth)
    assert [d.applications for d in shown.demands] == [5, None]
    assert _totals(shown)["round", "2031"] == Counts(None, None)
    assert _totals(shown)["city", ""].applications == 5


def test_a_withheld_district_counts_in_the_city_only() -> None:
    shown = _published(world([("a", "2030", "published", 5, 0), (None, "2030", "published", 8, 0)]))
    assert _totals(shown)["district", "a"].applications == 5
    assert _totals(shown)["city", ""].applications == 13


def test_totals_stay_useful() -> None:
    shown = [suppress_until_safe(_published(random_world(seed))).site for seed in SEEDS]
    said = sum(counts.applications is not None for site in shown for counts in _totals(site).values())
    assert said * 2 > sum(len(site.totals) for site in shown)


def test_the_city_of_the_sample_is_counted() -> None:
    site = suppress_until_safe(publish(load(SAMPLE)[0], {}).site).site
    assert _totals(site)["city", ""].applications is not None
    assert any(counts.applications is None for counts in _totals(site).values())


def test_small_numbers_alone_are_not_enough() -> None:
    of = world([("a", "2030", "published", n, 0) for n in (1, 4, 9)])
    assert find_disclosures(without_small(with_true_figures(of.site, of.truth)))
    assert not find_disclosures(_published(of))


def test_figures_come_back_from_the_site_as_they_went() -> None:
    for seed in SEEDS:
        one = tables_of(_published(random_world(seed)))
        other = tables_of(_published(random_world(seed + 1)))
        told = from_json(to_json(one, (other,)))
        assert told[0] == one
        assert told[1:] in ((), (without_traces(other, one.rows),))
