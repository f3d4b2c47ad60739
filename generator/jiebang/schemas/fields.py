"""What a schema says about each field: its name on the form, its meaning, its limits and how private it is.

Messages, the field reference and publication all ask here, so none of them can disagree with the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from jiebang.schemas.registry import choices, raw


class Privacy(StrEnum):
    """`x-privacy` of a property. Only PUBLIC is copied to the site; IDENTITY marked `x-shown-when` follows the enterprise's choice."""

    PUBLIC = "public"
    IDENTITY = "identity"
    PERSONAL = "personal"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class FieldDoc:
    """One property of a record. `path` joins property names with dots and marks list items with `[]`, e.g. `affiliates[].name`."""

    path: str
    title: str
    description: str
    type: str
    """In Chinese: 文本, 数字, 整数, 是/否, 日期, 选项, 一组, 列表."""
    required: bool
    example: Any
    limits: str
    """In Chinese, e.g. `最多 60 字`; empty where there is nothing to say."""
    privacy: Privacy
    form: tuple[str, ...]
    """Where the field stands on the official forms."""
    choices: tuple[str, ...]
    choice_titles: tuple[str, ...]
    """What each choice is called in Chinese, in the same order; the choice itself where it has no other name."""
    shown_when: str | None
    """Value of 是否公开企业名称 that lets the site show the field; None for all other fields."""
    shown_on: tuple[str, ...]
    """Where readers see it, as keys of the code list `place`; empty for what is not public."""
    labels: tuple[str, ...] = ()
    """What stands in front of the field on the forms; the first is the official wording, the others are seen for it."""
    other_labels: tuple[str, ...] = ()
    """Words that enterprises put there instead; they count only where no label of the form stands for the field."""
    hints: tuple[str, ...] = ()
    """What the empty form has printed where the field is filled in: nobody's answer."""


_TYPES = {"string": "文本", "number": "数字", "integer": "整数", "boolean": "是/否", "object": "一组", "array": "列表"}


def _type_of(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return "选项"
    if schema.get("format") == "date":
        return "日期"
    return _TYPES[schema.get("type", "string")]


def _limits_of(schema: dict[str, Any]) -> str:
    parts = []
    if "const" in schema:
        parts.append(f"固定为 {schema['const']}")
    elif "maxLength" in schema:
        low, high = schema.get("minLength", 0), schema["maxLength"]
        parts.append(f"{high} 个字符" if low == high else f"最多 {high} 个字符")
    if "maxItems" in schema:
        parts.append(f"最多 {schema['maxItems']} 项")
    if "minimum" in schema:
        parts.append(f"{schema['minimum']}—{schema['maximum']}")
    if unit := schema.get("x-unit"):
        parts.append(f"单位：{unit}")
    return "，".join(parts)


def _walk(schema: dict[str, Any], prefix: str) -> Iterator[FieldDoc]:
    required = set(schema.get("required", ()))
    for name, prop in schema["properties"].items():
        path = f"{prefix}{name}"
        listed = choices(prop["$ref"]) if "$ref" in prop else []
        yield FieldDoc(
            path=path,
            title=prop["title"],
            description=prop["description"],
            type=_type_of(prop),
            required=name in required,
            example=prop["examples"][0],
            limits=_limits_of(prop),
            privacy=Privacy(prop["x-privacy"]),
            form=tuple(prop.get("x-form", ())),
            choices=tuple(c["const"] for c in listed),
            choice_titles=tuple(c.get("title", c["const"]) for c in listed),
            shown_when=prop.get("x-shown-when"),
            shown_on=tuple(prop.get("x-shown-on", ())),
            labels=tuple(prop.get("x-form-label", ())),
            other_labels=tuple(prop.get("x-form-other-label", ())),
            hints=tuple(prop.get("x-form-hint", ())),
        )
        if prop.get("type") == "object":
            yield from _walk(prop, f"{path}.")
        elif prop.get("type") == "array":
            items = prop["items"]
            if items.get("type") == "object":
                yield from _walk(items, f"{path}[].")


@cache
def fields_of(kind: str) -> tuple[FieldDoc, ...]:
    """Every property of a kind of record, parents before children, in the schema's order."""
    return tuple(_walk(raw(f"{kind}.schema.json"), ""))


@cache
def _by_path(kind: str) -> dict[str, FieldDoc]:
    return {field.path: field for field in fields_of(kind)}


def field_at(kind: str, path: str) -> FieldDoc | None:
    """The field that a path such as `contact.phone` names; None where the schema has no such property."""
    return _by_path(kind).get(path)
