"""Which fields of a record the web form asks, which it works out itself, and which only staff fill in.

Every field of the three kinds of record belongs to exactly one of these; a test holds it, so a new field cannot be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jiebang.schemas import divisions, size_groups
from jiebang.schemas.registry import raw

STAFF = {
    "enterprise": ("disclosure_consent", "withholding_consulted", "note"),
    "demand": ("code", "secrecy_review", "clearances", "returned_reason", "revisions", "note"),
    "application": ("feedback", "acceptance", "announcement_consent", "note"),
}
"""Answers of the bureaus: given after the form has arrived."""

CARRIED = {"enterprise": (), "demand": ("original_text",), "application": ()}
"""What stands on an official form as a whole and is asked in parts: a form that was read from a file brings it along."""

DERIVED = {
    "enterprise": ("schema", "id", "role"),
    "demand": ("schema", "id", "enterprise", "status", "dates"),
    "application": ("schema", "id", "enterprise", "status", "dates"),
}
"""Worked out by the form: `dates` holds the day of submission, asked once for all records."""

_AFTER = "published"
"""What a demand needs before it can be published is asked at once: the official form asks for it too."""


@dataclass(frozen=True, slots=True)
class Annex:
    """One page of the web form: who fills it, by which annex, and what it makes besides the enterprise's record."""

    path: str
    role: str
    number: str
    repeated: str
    """Kind of the records of which there may be several."""
    extras: tuple[str, ...]
    """Fields of the enterprise that stand on no official form but help those who check."""


DEMAND = Annex("submit/demand/", "大企业", "附件1", "demand", ("aliases", "withhold", "affiliates"))
APPLY = Annex("submit/apply/", "中小企业", "附件2", "application", ("total_assets",))
ANNEXES = (DEMAND, APPLY)


def _on(annex: Annex, prop: dict[str, object]) -> bool:
    places = prop.get("x-form", ())
    return isinstance(places, list) and any(str(place).startswith(annex.number) for place in places)


@cache
def asked(annex: Annex, kind: str) -> tuple[str, ...]:
    """Names of the top-level fields that a page asks of one kind of record, in the order of the schema, which is the form's."""
    properties = raw(f"{kind}.schema.json")["properties"]
    left_out = {*STAFF[kind], *DERIVED[kind], *CARRIED[kind]}
    return tuple(
        name
        for name, prop in properties.items()
        if name not in left_out and (kind != "enterprise" or _on(annex, prop) or name in annex.extras)
    )


@cache
def required(annex: Annex, kind: str) -> frozenset[str]:
    """What must be filled in: what the schema requires, what it requires of this role, and what publishing will require."""
    schema = raw(f"{kind}.schema.json")
    names = set(schema["required"])
    for rule in schema.get("allOf", ()):
        condition = rule["if"]["properties"]
        of_role = condition.get("role", {}).get("const") == annex.role
        for_publishing = kind == "demand" and _AFTER in condition.get("status", {}).get("enum", ())
        if of_role or for_publishing:
            names.update(rule["then"].get("required", ()))
    return frozenset(names & {*asked(annex, kind)})


@cache
def conditions() -> dict[str, str]:
    """Field of the enterprise → when it is asked, as `other field=value|value`."""
    split = [code for code, division in divisions().items() if "" not in division.size_groups]
    by_assets = {group.id for group in size_groups().values() if "assets" in group.lower_bounds}
    needing = [code for code, division in divisions().items() if by_assets & {*division.size_groups.values()}]
    return {
        "industry.group": f"enterprise.industry.code={'|'.join(split)}",
        "total_assets": f"enterprise.industry.code={'|'.join(needing)}",
        "withhold": "enterprise.disclosure=不公开",
    }
