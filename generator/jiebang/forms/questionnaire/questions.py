"""Which fields a person is asked for, told by the schema and the official forms; the rest is set by the program or comes later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from jiebang.catalogue.record import field_name
from jiebang.fix.values import schema_of
from jiebang.forms.form_fields import on_paper
from jiebang.schemas import FieldDoc, Privacy, fields_of

LARGE, SMALL = "大企业", "中小企业"

LATER = {
    "enterprise": {"disclosure_consent", "withhold", "withholding_consulted", "note"},
    "demand": {"code", "secrecy_review", "clearances", "status", "returned_reason", "revisions", "note"},
    "application": {"status", "feedback", "acceptance", "announcement_consent", "note"},
}
"""What comes in the later life of a record, or is a note of the office."""

SET = {"schema", "id", "role", "enterprise", "demand"}
"""What the program sets itself, or asks for before everything else."""

_BESIDE_THE_FORM = {
    LARGE: {"stamped", "aliases", "affiliates"},
    SMALL: {"stamped", "total_assets"},
}
"""Asked of an enterprise though its form has no blank: for finding names in public texts, affiliates among solvers, and the size."""


class Shape(Enum):
    """How a question is answered."""

    LINE = auto()
    TEXT = auto()
    """Several lines."""
    CHOICE = auto()
    CHOICES = auto()
    YES_NO = auto()
    LINES = auto()
    """A list, one entry a line."""
    ITEMS = auto()
    """A list of groups, asked one by one."""
    INDUSTRY = auto()
    """Code and name together."""


@dataclass(frozen=True)
class Question:
    """One field to ask for. `path` may lead into a list, by number."""

    kind: str
    path: tuple[str | int, ...]
    field: FieldDoc
    shape: Shape

    @property
    def title(self) -> str:
        """As on the form, with its group's name where it needs one."""
        return field_name(self.kind, self.path)

    @property
    def schema(self) -> dict[str, Any]:
        return schema_of(self.kind, self.path)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(value, what it is called in Chinese) of a choice, or of the items of a list of choices."""
        allowed: Sequence[str] = self.schema.get("enum") or self.schema.get("items", {}).get("enum") or ()
        titles = dict(zip(self.field.choices, self.field.choice_titles, strict=True))
        return [(value, titles.get(value, value)) for value in allowed]

    @property
    def publicity(self) -> str:
        """Whether the answer will be on the site."""
        if self.field.shown_when:
            return f"选择“{self.field.shown_when}”的会公开"
        return "会公开" if self.field.privacy is Privacy.PUBLIC else "不公开"


def _shape(kind: str, field: FieldDoc) -> Shape:
    schema = schema_of(kind, tuple(0 if step == "[]" else step for step in field.path.replace("[]", ".[]").split(".")))
    if field.path == "industry":
        return Shape.INDUSTRY
    if field.type == "列表":
        items = schema["items"]
        return Shape.CHOICES if "enum" in items else Shape.ITEMS if items.get("type") == "object" else Shape.LINES
    if field.type == "选项":
        return Shape.CHOICE
    if field.type == "是/否":
        return Shape.YES_NO
    return Shape.TEXT if schema.get("pattern") == "\\S" else Shape.LINE


def _asked_of_enterprise(field: FieldDoc, role: str) -> bool:
    annex = 1 if role == LARGE else 2
    top = field.path.partition(".")[0].removesuffix("[]")
    if top == "industry":
        return field.path == "industry"
    return field.path in on_paper(annex, "enterprise") or top in _BESIDE_THE_FORM[role]


def _asked(kind: str, field: FieldDoc, role: str) -> bool:
    top = field.path.partition(".")[0].removesuffix("[]")
    if top in SET | LATER[kind] or "[]" in field.path or (field.type == "一组" and field.path != "industry"):
        return False
    if top == "dates":
        return field.path == "dates.submitted"
    return _asked_of_enterprise(field, role) if kind == "enterprise" else True


def questions(kind: str, role: str = "") -> list[Question]:
    """The questions of a kind of record in the schema's order; `role` is the enterprise's."""
    return [
        Question(kind, tuple(field.path.split(".")), field, _shape(kind, field))
        for field in fields_of(kind)
        if _asked(kind, field, role)
    ]


def item_questions(question: Question, number: int) -> list[Question]:
    """The questions of one item of a list of groups."""
    prefix = ".".join(str(step) for step in question.path) + "[]."
    return [
        Question(
            question.kind,
            (*question.path, number, field.path.removeprefix(prefix)),
            field,
            _shape(question.kind, field),
        )
        for field in fields_of(question.kind)
        if field.path.startswith(prefix)
    ]
