"""A published demand as a JSON object: the same in every export, and what the list shows and searches in the browser.

Keys are stable: a key is never renamed or given another meaning within `v1`, only added. Codes come with the name they stand for.
"""

from __future__ import annotations

import json
from typing import Any

from jiebang.site import names
from jiebang.site.shelves import Shelves
from jiebang.view import Demand

FOLDER = "data/v1"


def object_path(demand_id: str) -> str:
    """Where a demand's object stands in the site."""
    return f"{FOLDER}/demands/{demand_id.lower()}.json"


def demand_object(demand: Demand, shelves: Shelves) -> dict[str, Any]:
    """Every public value of a demand. What is withheld, or was never said, is null; `enterprise.title` then says so in words."""
    who = demand.enterprise
    district = None if demand.district is None else shelves.districts[demand.district]
    return {
        "id": demand.id,
        "code": demand.code,
        "title": demand.title,
        "status": demand.status,
        "status_title": names.state_name(demand.status),
        "summary": demand.summary,
        "parameters": demand.parameters,
        "effect": demand.effect,
        "schedule": demand.schedule,
        "cooperation": list(demand.cooperation),
        "cooperation_note": demand.cooperation_note,
        "type": demand.type,
        "field": demand.field,
        "category": demand.category,
        "enterprise": {
            "name": who.name,
            "title": who.name or names.ANONYMOUS,
            "nature": who.nature,
            "section": who.section,
            "section_title": None if who.section is None else names.section_name(who.section),
            "division": who.division,
            "division_title": None if who.division is None else names.division_name(who.division),
        },
        "district": demand.district,
        "district_title": names.NO_DISTRICT if district is None else district.name,
        "round": demand.round,
        "round_title": shelves.rounds[demand.round].title,
        "published_on": demand.published_on,
        "apply_by": demand.apply_by,
        "selected_on": demand.selected_on,
        "concluded_on": demand.concluded_on,
        "applications": demand.applications,
        "winners": demand.winners,
        "first_published": demand.first_published,
        "last_changed": demand.last_changed,
        "path": names.demand_path(demand.id),
    }


def dump(value: object) -> bytes:
    """Compact JSON in UTF-8, the same bytes on every machine."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
