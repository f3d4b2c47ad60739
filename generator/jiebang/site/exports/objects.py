"""Districts, rounds and withdrawn demands as JSON objects. Sums of applications and winners are the view's totals, never added up here."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from jiebang.site.shelves import Shelves
from jiebang.view import Counts, Demand, District, Round, Withdrawn


def _counted(demands: tuple[Demand, ...], counts: Counts) -> dict[str, int | None]:
    return {
        "demands": len(demands),
        "open": sum(demand.status == "published" for demand in demands),
        "applications": counts.applications,
        "winners": counts.winners,
    }


def district_object(district: District, shelves: Shelves) -> dict[str, Any]:
    return {
        "slug": district.slug,
        "name": district.name,
        "kind": district.kind,
        "gbt2260": district.gbt2260,
        "bureau": district.bureau,
        "contact": asdict(district.contact),
        **_counted(shelves.by_district.get(district.slug, ()), shelves.counts("district", district.slug)),
        "path": f"districts/{district.slug}/",
    }


def round_object(round_: Round, shelves: Shelves) -> dict[str, Any]:
    notice = round_.notice
    return {
        "id": round_.id,
        "title": round_.title,
        "period": round_.period,
        "status": round_.status,
        "introduction": round_.introduction,
        "notice": {
            "title": notice.title,
            "number": notice.number,
            "issuer": notice.issuer,
            "date": notice.date,
            "url": notice.url,
        },
        "opens_on": round_.opens_on,
        "closes_on": round_.closes_on,
        "submit_by": round_.submit_by,
        "apply_by": round_.apply_by,
        "select_by": round_.select_by,
        "winners_min": round_.winners_min,
        "winners_max": round_.winners_max,
        "demand_types": list(round_.demand_types),
        "shows_applications": round_.shows_applications,
        "shows_winners": round_.shows_winners,
        "smallest_count": round_.smallest_count,
        **_counted(shelves.by_round.get(round_.id, ()), shelves.counts("round", round_.id)),
        "path": f"rounds/{round_.id}/",
    }


def withdrawn_object(stone: Withdrawn, shelves: Shelves) -> dict[str, Any]:
    return {
        "code": stone.code,
        "round": stone.round,
        "round_title": shelves.rounds[stone.round].title,
        "withdrawn_on": stone.withdrawn_on,
    }
