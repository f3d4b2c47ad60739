"""One question of the web form per field of a schema: same title, same explanation, same limits; only how it is asked is said here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jiebang.schemas import divisions, sections
from jiebang.schemas.registry import choices, raw
from jiebang.site.submit.plan import Annex, asked, conditions, required

_AUTOCOMPLETE = {
    "name": "organization",
    "registered_place.province": "address-level1",
    "registered_place.city": "address-level2",
    "registered_place.county": "address-level3",
    "contact.name": "name",
    "contact.position": "organization-title",
    "contact.phone": "tel",
    "contact.mobile": "tel",
    "email": "email",
    "address": "address-line1",
    "postcode": "postal-code",
}
_INPUT_MODE = {
    "phone": "tel",
    "mobile": "tel",
    "fax": "tel",
    "email": "email",
    "postcode": "numeric",
    "group": "numeric",
}
_FEW = 12
"""More choices than this are a list to pick from, fewer stand open on the page."""
_TALL = 2000
"""Texts that may be longer than this get a taller box."""

PUBLIC, PRIVATE, BY_CHOICE = "公开", "不公开", "按企业选择"


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Question:
    """`name` is the control's: kind of record and path, `demand.{n}.cooperation.note`; the browser puts a number for `{n}`."""

    name: str
    widget: str
    """line, area, number, date, radio, checks, select, industry, lines, tick, group, rows or derived (from the answer to another question)."""
    title: str
    description: str
    required: bool
    badge: str
    example: str = ""
    unit: str = ""
    longest: int = 0
    tall: bool = False
    autocomplete: str = ""
    input_mode: str = ""
    when: str = ""
    choices: tuple[Choice, ...] = ()
    parts: tuple[Question, ...] = ()

    @property
    def id(self) -> str:
        return "f-" + self.name.replace(".", "-")


def _badge(prop: dict[str, Any]) -> str:
    if prop["x-privacy"] == "public":
        return PUBLIC
    return BY_CHOICE if "x-shown-when" in prop else PRIVATE


def _choices(prop: dict[str, Any]) -> tuple[Choice, ...]:
    reference = prop.get("$ref") or prop.get("items", {}).get("$ref")
    listed = choices(reference) if reference else ()
    return tuple(Choice(c["const"], c.get("title", c["const"]), c.get("description", "")) for c in listed)


def _widget(path: str, prop: dict[str, Any], listed: tuple[Choice, ...]) -> str:
    kind = prop.get("type")
    if path == "industry.code":
        return "industry"
    if path == "industry.name":
        return "derived"
    if kind == "array":
        if listed:
            return "checks"
        return "rows" if prop["items"]["type"] == "object" else "lines"
    if listed:
        return "radio" if len(listed) <= _FEW else "select"
    if kind in {"number", "integer"}:
        return "number"
    if kind == "string":
        if prop.get("format") == "date":
            return "date"
        return "area" if prop["pattern"] == "\\S" else "line"
    return {"object": "group", "boolean": "tick"}[str(kind)]


def _example(prop: dict[str, Any]) -> str:
    example = prop["examples"][0]
    return "" if isinstance(example, bool | dict | list) else str(example)


def _question(kind: str, prefix: str, path: str, prop: dict[str, Any], needed: bool) -> Question:
    listed = _choices(prop)
    widget = _widget(path, prop, listed)
    inner = prop if widget == "group" else prop.get("items", {})
    start = f"{prefix}{path}"
    parts: tuple[Question, ...] = ()
    if widget in {"group", "rows"}:
        before = (f"{prefix}", f"{path}.") if widget == "group" else (f"{start}.{{m}}.", "")
        parts = tuple(
            # Of what stands in rows (affiliates, evidence) the browser knows nothing to fill in.
            _question(
                "" if widget == "rows" else kind, before[0], f"{before[1]}{name}", part, name in inner["required"]
            )
            for name, part in inner["properties"].items()
        )
    last = path.rpartition(".")[2]
    return Question(
        name=start,
        widget=widget,
        title=prop["title"],
        description="" if prop["description"] == f"单位：{prop.get('x-unit')}。" else prop["description"],
        required=needed,
        badge=_badge(prop),
        example="" if listed else _example(prop),
        unit=prop.get("x-unit", ""),
        longest=prop.get("maxLength", 0),
        tall=prop.get("maxLength", 0) > _TALL,
        autocomplete=_AUTOCOMPLETE.get(path, "off") if kind == "enterprise" else "off",
        input_mode=_INPUT_MODE.get(last, "decimal" if widget == "number" else ""),
        when=conditions().get(path, "") if kind == "enterprise" else "",
        choices=listed,
        parts=parts,
    )


def questions(annex: Annex, kind: str) -> dict[str, Question]:
    """Every question that a page asks about one kind of record, by field."""
    properties = raw(f"{kind}.schema.json")["properties"]
    prefix = "enterprise." if kind == "enterprise" else f"{kind}.{{n}}."
    needed = required(annex, kind)
    return {name: _question(kind, prefix, name, properties[name], name in needed) for name in asked(annex, kind)}


@dataclass(frozen=True, slots=True)
class Industries:
    """The divisions of one section, for the list to pick from."""

    section: str
    divisions: tuple[tuple[str, str, str], ...]
    """(code, name, name of the 2011 edition where it was another)."""


def industries() -> tuple[Industries, ...]:
    return tuple(
        Industries(
            name, tuple((d.code, d.name, d.name_2011 or "") for d in divisions().values() if d.section == letter)
        )
        for letter, name in sections().items()
    )
