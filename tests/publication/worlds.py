"""Made-up views with made-up numbers, to withhold from and to attack. The same seed gives the same world."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from jiebang.publication.disclosure_control.suppression import Truth
from jiebang.rules.states import CHOSEN
from jiebang.view import City, Contact, Demand, District, Enterprise, Notice, PublicSite, Round

_CONTACT = Contact("示例科", "027-00000100")
_STATES = ("published", "published", "published", "selected", "accepted", "unmet", "failed")


@dataclass(frozen=True)
class World:
    """A view without figures, and the true numbers."""

    site: PublicSite
    truth: Truth


def round_of(id_: str, *, k: int = 3, winners_max: int = 2) -> Round:
    return Round(
        id=id_,
        title=f"{id_}年度",
        period="年度",
        status="open",
        notice=Notice("示例通知", "示例市经济和信息化局", f"{id_}-01-01"),
        opens_on=f"{id_}-01-01",
        closes_on=f"{id_}-12-31",
        submit_by=f"{id_}-02-01",
        apply_by=f"{id_}-06-01",
        winners_min=1,
        winners_max=winners_max,
        shows_applications=True,
        shows_winners=True,
        smallest_count=k,
    )


def demand_of(number: int, district: str | None, round_: str, status: str) -> Demand:
    return Demand(
        id=f"D-{number:08d}",
        code=f"Q-{number:04d}",
        round=round_,
        district=district,
        title="示例需求",
        summary="示例",
        parameters="示例",
        effect="示例",
        schedule="示例",
        cooperation=("项目委托",),
        enterprise=Enterprise(None, "民营", "C", None),
        status=status,
        published_on=f"{round_}-03-01",
        apply_by=f"{round_}-06-01",
        selected_on=f"{round_}-07-01" if status in CHOSEN else None,
    )


def world(rows: list[tuple[str | None, str, str, int, int]], *, k: int = 3, winners_max: int = 2) -> World:
    """From (district, round, state, applications, winners) of each demand."""
    demands = tuple(demand_of(number, *row[:3]) for number, row in enumerate(rows))
    slugs = sorted({row[0] for row in rows if row[0] is not None})
    site = PublicSite(
        city=City("示例市", "示例市经济和信息化局", _CONTACT),
        districts=tuple(District(slug, slug, "区", "示例局", _CONTACT) for slug in slugs),
        rounds=tuple(
            round_of(id_, k=k, winners_max=winners_max) for id_ in sorted({row[1] for row in rows}, reverse=True)
        ),
        demands=demands,
    )
    return World(
        site,
        Truth(
            {d.id: row[3] for d, row in zip(demands, rows, strict=True)},
            {d.id: row[4] for d, row in zip(demands, rows, strict=True)},
        ),
    )


def random_world(seed: int) -> World:
    """Up to 70 demands in up to 8 districts and 3 rounds, mostly with few applications; some withhold their district."""
    random = Random(seed)  # noqa: S311 - made-up numbers, not secrets
    k, winners_max = random.choice([2, 3, 3, 3, 5]), random.choice([1, 2, 2, 3, 5])
    districts = [f"quyu-{number}" for number in range(random.randint(1, 8))]
    rounds = [str(2024 + number) for number in range(random.randint(1, 3))]
    rows: list[tuple[str | None, str, str, int, int]] = []
    for _ in range(random.randint(1, 70)):
        status = random.choice(_STATES)
        winners = random.randint(1, winners_max) if status in CHOSEN else 0
        rows.append(
            (
                None if random.random() < 0.05 else random.choice(districts),
                random.choice(rounds),
                status,
                winners + random.choice([0, 0, 1, 1, 2, 3, 6]),
                winners,
            )
        )
    return world(rows, k=k, winners_max=winners_max)


def next_day(before: World, seed: int) -> World:
    """The same city later: some demands withdrawn, chosen or new, some applications more."""
    random = Random(seed)  # noqa: S311 - made-up numbers, not secrets
    applications, winners = dict(before.truth.applications), dict(before.truth.winners)
    limits = {of.id: of.winners_max for of in before.site.rounds}
    demands = []
    for demand in before.site.demands:
        fate = random.random()
        if fate < 0.04:
            continue
        if demand.status == "published":
            applications[demand.id] += random.choice([0, 0, 0, 0, 1, 2])
            if fate < 0.2 and applications[demand.id]:
                demand = replace(demand, status="selected", selected_on="2030-01-01")
                winners[demand.id] = random.randint(1, min(limits[demand.round], applications[demand.id]))
        demands.append(demand)
    for number in range(900, 900 + random.randint(0, 3)):
        place = random.choice(before.site.districts).slug if before.site.districts else None
        new = demand_of(number, place, random.choice(before.site.rounds).id, "published")
        demands.append(new)
        applications[new.id], winners[new.id] = random.choice([0, 1, 1, 4]), 0
    return World(replace(before.site, demands=tuple(demands)), Truth(applications, winners))
