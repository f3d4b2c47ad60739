"""What the form's scripts know: the schemas cut down to what is asked, the code lists, and the open rounds and districts.

It stands in the page itself, so that the form needs nothing further and works without a network.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from jiebang.schemas import divisions, resolved_schema, sections, size_groups, withholdings
from jiebang.schemas.registry import raw
from jiebang.site import labels
from jiebang.site.submit.patterns import patterns
from jiebang.site.submit.plan import CARRIED, DERIVED, Annex, asked, conditions, required
from jiebang.view import City, District, Round

_KEPT = (
    "title", "description", "type", "const", "enum", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "minItems",
    "maxItems", "uniqueItems", "required", "x-privacy", "x-unit",
)  # fmt: skip
"""Keywords of a schema that the form judges by or quotes."""


def _cut(prop: dict[str, Any]) -> dict[str, Any]:
    kept = {key: prop[key] for key in _KEPT if key in prop}
    if not isinstance(prop["examples"][0], dict | list | bool):
        kept["example"] = prop["examples"][0]
    if "properties" in prop:
        kept["properties"] = {name: _cut(part) for name, part in prop["properties"].items()}
    if "items" in prop:
        kept["items"] = _cut(prop["items"])
    return kept


def _schema(annex: Annex, kind: str) -> dict[str, Any]:
    whole = resolved_schema(kind)["properties"]
    wanted = {*asked(annex, kind), *DERIVED[kind], *CARRIED[kind]}
    properties = {name: _cut(prop) for name, prop in whole.items() if name in wanted}
    if "dates" in properties:
        only = {"submitted": properties["dates"]["properties"]["submitted"]}
        properties["dates"] = {**properties["dates"], "properties": only}
    always = [name for name in DERIVED[kind] if name in whole]
    return {"properties": properties, "required": [*always, *sorted(required(annex, kind))]}


def _version() -> str:
    """Names the state of the schemas: a draft of another state is only partly of use."""
    kinds = ("enterprise", "demand", "application")
    text = json.dumps([raw(f"{kind}.schema.json") for kind in kinds], ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:12]


def _round(round_: Round) -> dict[str, Any]:
    return {
        "id": round_.id,
        "title": round_.title,
        "opens": round_.opens_on,
        "closes": round_.closes_on,
        "types": list(round_.demand_types),
        "submit_by": round_.submit_by,
        "apply_by": round_.apply_by,
    }


def _district(district: District) -> dict[str, Any]:
    contact = district.contact
    return {
        "slug": district.slug,
        "name": district.name,
        "bureau": district.bureau,
        "office": contact.office,
        "phone": contact.phone,
        "email": contact.email,
    }


def model(annex: Annex, city: City, districts: tuple[District, ...], rounds: tuple[Round, ...]) -> str:
    """JSON, the same for the same arguments."""
    known = {
        "version": _version(),
        "role": annex.role,
        "repeated": annex.repeated,
        "kinds": {kind: _schema(annex, kind) for kind in ("enterprise", annex.repeated)},
        "when": conditions(),
        "also": {one.value: list(one.also) for one in withholdings()},
        "divisions": {
            code: {"name": d.name, "old": d.name_2011, "section": d.section, "sizes": dict(d.size_groups)}
            for code, d in divisions().items()
        },
        "sections": sections(),
        "sizes": {
            group.id: {name: dict(b) for name, b in group.lower_bounds.items()} for group in size_groups().values()
        },
        "city": city.name,
        "districts": [_district(district) for district in districts],
        "rounds": [_round(round_) for round_ in rounds],
        # Of an applicant's texts none is public.
        "patterns": patterns() if annex.repeated == "demand" else None,
        "words": {
            "department": city.department,
            "anonymous": labels.ANONYMOUS,
            "noDistrict": labels.NO_DISTRICT,
            "noIndustry": labels.NO_INDUSTRY,
        },
    }
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))
