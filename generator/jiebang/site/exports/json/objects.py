"""Districts, rounds and withdrawn demands as JSON objects. Sums of applications and winners are the view's totals, never added up here."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from jiebang.site import labels, paths
from jiebang.site.exports.json.keys import demand_keys
from jiebang.site.grouping import Tally, Told
from jiebang.view import District, Round, Withdrawn

FOLDER = "data/v1"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def object_path(demand_id: str) -> str:
    """Where a demand's object stands in the site."""
    return f"{FOLDER}/demands/{demand_id.lower()}.json"


def demand_object(told: Told) -> dict[str, Any]:
    """Every public value of a demand, under the documented keys and in their order. What is withheld, or was never said, is null;
    `enterprise.title` then says so in words."""
    demand, who = told.demand, told.demand.enterprise
    composed = {
        "status_title": labels.state_name(demand.status),
        "cooperation": list(demand.cooperation),
        "enterprise": {
            "name": who.name,
            "title": who.name or labels.ANONYMOUS,
            "nature": who.nature,
            "section": who.section,
            "section_title": None if who.section is None else labels.section_name(who.section),
            "division": who.division,
            "division_title": None if who.division is None else labels.division_name(who.division),
        },
        "revisions": "\n".join(f"{one.date} {one.note.strip()}" for one in demand.revisions) or None,
        "district_title": told.district,
        "round_title": told.round,
        "path": paths.demand_path(demand.id),
    }
    return {
        key.name: composed[key.name] if key.name in composed else getattr(demand, key.name) for key in demand_keys()
    }


def dump(value: object) -> bytes:
    """Compact JSON in UTF-8, the same bytes on every machine."""
    return _ENCODER.encode(value).encode()


def readable(value: object) -> bytes:
    """JSON for people who look into it: a line for each value."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def demand_json(told: Told) -> bytes:
    """A demand's own file, which is its line in others."""
    return dump(demand_object(told))


def _counted(tally: Tally) -> dict[str, int | None]:
    return {
        "demands": tally.demands,
        "open": tally.open,
        "applications": tally.counts.applications,
        "winners": tally.counts.winners,
    }


def district_object(district: District, tally: Tally) -> dict[str, Any]:
    return {
        "slug": district.slug,
        "name": district.name,
        "kind": district.kind,
        "gbt2260": district.gbt2260,
        "bureau": district.bureau,
        "contact": asdict(district.contact),
        **_counted(tally),
        "path": f"districts/{district.slug}/",
    }


def round_object(round_: Round, tally: Tally) -> dict[str, Any]:
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
        **_counted(tally),
        "path": f"rounds/{round_.id}/",
    }


def withdrawn_object(stone: Withdrawn, round_title: str) -> dict[str, Any]:
    return {
        "code": stone.code,
        "round": stone.round,
        "round_title": round_title,
        "withdrawn_on": stone.withdrawn_on,
    }
