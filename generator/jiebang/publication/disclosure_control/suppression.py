"""Numbers of applications and winners that may be said: small ones are withheld, and so is what would give them away.

All totals are sums over the same demands, so they are withheld together. The invariant: withheld demands are put into pools, every
total that is shown holds a pool whole or not at all, and a pool whose sum everybody knew would still leave each of its
members open. `attacker` tries the opposite. Source: safety rule 9.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from jiebang.publication.disclosure_control.prior_knowledge import MEASURES, Range
from jiebang.publication.disclosure_control.released_tables import TotalKey, rules_of, scopes
from jiebang.view import Counts, PublicSite, Total

_Block = tuple[str, str]
"""(round, district); demands whose district is withheld share the district `""`."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A number of one demand, with what everybody knows of it should it be withheld as too small."""

    demand: str
    block: _Block
    value: int
    smallest: int
    range: Range

    @property
    def small(self) -> bool:
        return self.value < self.smallest


@dataclass(frozen=True, slots=True)
class Truth:
    """The true numbers by demand id; a demand that is not named has none."""

    applications: Mapping[str, int]
    winners: Mapping[str, int]


def with_true_figures(site: PublicSite, truth: Truth) -> PublicSite:
    """The view with every number in it. Nothing to publish: what follows takes out of it."""
    rules = {of.id: rules_of(of) for of in site.rounds}
    demands = []
    sums: dict[str, dict[TotalKey, int]] = {measure: defaultdict(int) for measure in MEASURES}
    for demand in site.demands:
        numbers: dict[str, int | None] = dict.fromkeys(MEASURES)
        for measure in MEASURES:
            if rules[demand.round].counts(measure, demand.status):
                number = getattr(truth, measure).get(demand.id, 0)
                numbers[measure] = number
                for key in scopes(demand.district, demand.round):
                    sums[measure][key] += number
        demands.append(
            replace(
                demand,
                applications=numbers["applications"],
                winners=numbers["winners"],
                applications_suppressed=False,
            )
        )
    return replace(site, demands=tuple(demands), totals=tuple(_totals(site, sums)))


def _totals(site: PublicSite, sums: Mapping[str, Mapping[TotalKey, int]]) -> Iterator[Total]:
    """Sums over nothing are 0 where some round says the number, which the lists of demands say as well."""
    for key in total_keys(site):
        of = [r for r in site.rounds if key[0] != "round" or r.id == key[1]]
        said = {"applications": any(r.shows_applications for r in of), "winners": any(r.shows_winners for r in of)}
        yield Total(*key, Counts(*(sums[m].get(key, 0) if said[m] else None for m in MEASURES)))


def total_keys(site: PublicSite) -> list[TotalKey]:
    return [
        ("city", ""),
        *(("district", district.slug) for district in site.districts),
        *(("round", of.id) for of in site.rounds),
    ]


def without_small(site: PublicSite) -> PublicSite:
    """The true figures without those below their round's smallest count; a total over several rounds has their largest.

    A total over no demand stays 0: there is nothing in it to withhold.
    """
    smallest = {of.id: of.smallest_count for of in site.rounds}
    bounds: dict[str, dict[TotalKey, int]] = {measure: defaultdict(int) for measure in MEASURES}
    demands = []
    for demand in site.demands:
        kept: dict[str, int | None] = {}
        for measure in MEASURES:
            number: int | None = getattr(demand, measure)
            kept[measure] = number
            if number is None:
                continue
            for key in scopes(demand.district, demand.round):
                bounds[measure][key] = max(bounds[measure][key], smallest[demand.round])
            if number < smallest[demand.round]:
                kept[measure] = None
        demands.append(replace(demand, applications=kept["applications"], winners=kept["winners"]))
    totals = tuple(
        Total(
            total.scope,
            total.key,
            Counts(
                *(_unless_small(getattr(total.counts, m), bounds[m].get((total.scope, total.key), 0)) for m in MEASURES)
            ),
        )
        for total in site.totals
    )
    return replace(site, demands=tuple(demands), totals=totals)


def _unless_small(number: int | None, smallest: int) -> int | None:
    return None if number is None or number < smallest else number


def suppressed_figures(site: PublicSite, truth: Truth) -> PublicSite:
    """The view with the figures that may be said."""
    true = with_true_figures(site, truth)
    shown = without_small(true)
    for measure in MEASURES:
        shown = _covered(true, shown, measure)
    return shown


# --- covering what was taken out -------------------------------------------------------------------------------------------


class _Pool:
    """Withheld numbers whose sum may be known to everybody, and what that sum leaves open."""

    def __init__(self, cells: Iterable[_Cell], covers: Iterable[_Cell] = ()) -> None:
        self.cells = tuple(cells)
        self.covers = tuple(covers)
        ranges = [cell.range for cell in self.cells] + [Range(cover.smallest, None) for cover in self.covers]
        self._ranges = ranges
        self._sum = sum(cell.value for cell in (*self.cells, *self.covers))
        self._low = sum(of.low for of in ranges)
        self._high = None if self.covers else sum(of.high or 0 for of in self._ranges)

    def is_open(self) -> bool:
        """Whether every small number keeps the room it needs, and so does what each district adds to the sum."""
        return all(self._room(of) >= of.needed for of in self._ranges if of.high is not None) and all(
            self._room(part) >= part.needed for part in self._parts()
        )

    def _room(self, of: Range) -> int:
        """Largest minus smallest value that a member, or a part, of this range can have given the sum."""
        lowest, highest = of.low, self._sum - (self._low - of.low)
        if of.high is not None:
            highest = min(highest, of.high)
            if self._high is not None:
                lowest = max(lowest, self._sum - (self._high - of.high))
        return highest - lowest

    def _parts(self) -> Iterator[Range]:
        """The ranges of the parts that lie in one district or one round, where the pool lies in several."""
        for place in (0, 1):
            by_place: dict[str, list[Range]] = defaultdict(list)
            for cell in self.cells:
                by_place[cell.block[place]].append(cell.range)
            # Nothing bounds a cover from above, so a part beside one stays open.
            if len(by_place) > 1 and not self.covers:
                for ranges in by_place.values():
                    low, high = sum(of.low for of in ranges), sum(of.high or 0 for of in ranges)
                    # Of a total it is enough that it stays unknown as far as one of its demands.
                    yield Range(low, min(high, low + max(of.high or 0 for of in ranges)))


def _cells(true: PublicSite, measure: str) -> dict[_Block, list[_Cell]]:
    rules = {of.id: rules_of(of) for of in true.rounds}
    blocks: dict[_Block, list[_Cell]] = defaultdict(list)
    for demand in true.demands:
        value = getattr(demand, measure)
        if value is not None:
            of, block = rules[demand.round], (demand.round, demand.district or "")
            blocks[block].append(_Cell(demand.id, block, value, of.smallest, of.small(measure, demand.status)))
    return blocks


def _covered(true: PublicSite, shown: PublicSite, measure: str) -> PublicSite:
    """Takes out what is needed, cheapest first: a demand's number, then districts' totals, rounds' totals, the city's."""
    blocks = _cells(true, measure)
    hidden_totals = {
        (total.scope, total.key) for total in shown.totals if getattr(total.counts, measure) is None
    }  # too small
    pools: dict[_Block, _Pool] = {}
    covers: set[str] = set()
    for block, cells in blocks.items():
        pool = _Pool(cell for cell in cells if cell.small)
        if measure == "applications" and ("district", block[1]) not in hidden_totals:
            pool = _with_covers(pool, [cell for cell in cells if not cell.small])
        if pool.cells:
            pools[block] = pool
            covers.update(cell.demand for cell in pool.covers)
    dropped = _Merger(pools, hidden_totals, true, measure).dropped()
    return replace(
        shown,
        demands=tuple(
            replace(demand, applications=None, applications_suppressed=True) if demand.id in covers else demand
            for demand in shown.demands
        ),
        totals=tuple(
            replace(total, counts=replace(total.counts, **{measure: None}))
            if (total.scope, total.key) in dropped
            else total
            for total in shown.totals
        ),
    )


def _with_covers(pool: _Pool, candidates: list[_Cell]) -> _Pool:
    """The pool with as few and as small other numbers of its block as make it open; unchanged where none do."""
    if pool.is_open():
        return pool
    taken: list[_Cell] = []
    for cell in sorted(candidates, key=lambda c: (c.value, c.demand)):
        taken.append(cell)
        if (wider := _Pool(pool.cells, taken)).is_open():
            return wider
    return pool


class _Merger:
    """Joins pools across districts, then across rounds, until all are open; the totals that cut one in two are dropped."""

    def __init__(self, pools: Mapping[_Block, _Pool], too_small: set[TotalKey], true: PublicSite, measure: str) -> None:
        self._pools = dict(pools)
        self._too_small = too_small
        self._values = {(t.scope, t.key): getattr(t.counts, measure) or 0 for t in true.totals}

    def dropped(self) -> set[TotalKey]:
        dropped = set(self._too_small)
        # A demand without a district has a block of its own in each round, and no total that would show its sum alone.
        closed: dict[str, list[_Block]] = defaultdict(list)
        for block, pool in sorted(self._pools.items()):
            if not pool.is_open() or ("district", block[1]) in self._too_small:
                closed[block[0]].append(block)
        left: list[_Block] = []
        for round_, blocks in sorted(closed.items()):
            joined = self._join(blocks, [b for b in sorted(self._pools) if b[0] == round_ and b not in blocks], dropped)
            if joined is None or ("round", round_) in self._too_small:
                left += [b for b in self._pools if b[0] == round_]
            else:
                dropped |= {("district", block[1]) for block in joined}
        if left:
            rest = [b for b in sorted(self._pools) if b not in left]
            joined = self._join(left, rest, dropped)
            everywhere = joined if joined is not None else list(self._pools)
            dropped |= {("district", block[1]) for block in everywhere} | {("round", block[0]) for block in everywhere}
            if joined is None:
                dropped.add(("city", ""))
        return dropped

    def _join(self, blocks: list[_Block], others: list[_Block], dropped: set[TotalKey]) -> list[_Block] | None:
        """The blocks with as few others as make one open pool of them; None where even all do not."""

        def loss(block: _Block) -> tuple[bool, int, _Block]:
            key = ("district", block[1])
            return key not in dropped, self._values.get(key, 0), block

        taken = list(blocks)
        waiting = sorted(others, key=loss)
        while not (self._spans(taken) and self._pool(taken).is_open()):
            if not waiting:
                return None
            taken.append(waiting.pop(0))
        return taken

    def _spans(self, blocks: list[_Block]) -> bool:
        """A pool inside one district would leave that district's own total to be computed."""
        return len({block[1] for block in blocks}) > 1

    def _pool(self, blocks: list[_Block]) -> _Pool:
        return _Pool(
            (cell for block in blocks for cell in self._pools[block].cells),
            (cell for block in blocks for cell in self._pools[block].covers),
        )
