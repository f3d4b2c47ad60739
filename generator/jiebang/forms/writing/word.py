"""Fills a form's Word template from records by docxtpl. Records are text: nothing in them can become markup or template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, Template

from jiebang.forms.writing.content import content, lines
from jiebang.forms.writing.filling import as_text, filled
from jiebang.forms.writing.official import TEMPLATES
from jiebang.forms.writing.selection import Form

_BLANK = "_____"
_ROWS = 2
"""Demands or items the official form has rows for; more of them make more rows."""

# docxtpl makes the quotation marks inside a template's tags straight.
_STRAIGHT = str.maketrans("“”", '""')


def _box(value: object, option: str) -> str:
    """☑ before what the record says, □ before everything else."""
    said = value if isinstance(value, list) else [value]
    return "☑" if option in [str(one).translate(_STRAIGHT) for one in said] else "□"


def _channel(enterprise: Mapping[str, Any], kind: str) -> str:
    channel = enterprise.get("channel") or {}
    return str(channel.get("name") or _BLANK) if channel.get("kind") == kind else _BLANK


def _contact(enterprise: Mapping[str, Any]) -> str:
    contact = enterprise.get("contact") or {}
    return " ".join(contact[key] for key in ("name", "position") if contact.get(key))


def _industry(enterprise: Mapping[str, Any]) -> str:
    industry = enterprise.get("industry") or {}
    return " ".join(industry[key] for key in ("code", "name") if industry.get(key)) or _BLANK


def _place(enterprise: Mapping[str, Any]) -> str:
    place = enterprise.get("registered_place") or {}
    units = (("province", "省"), ("city", "市(区)"), ("county", "县"))
    return " ".join(place.get(key) or f"{_BLANK}{unit}" for key, unit in units)


def _evidence(piece: Mapping[str, Any]) -> str:
    number = f"（编号：{piece['number']}）" if piece.get("number") else ""
    return f"{piece['kind']}：{piece['title']}{number}"


def _padded(entries: Sequence[Mapping[str, Any]], empty: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*entries, *[empty] * (_ROWS - len(entries))]


def _blanks(form: Form) -> dict[str, Any]:
    """What a template's placeholders stand for."""
    demands = [{"title": demand.get("title", ""), "content": content(demand)} for demand in form.demands]
    items = [application.get("item") or {} for application in form.applications]
    return {
        "e": form.enterprise,
        "a": form.applications[0] if form.applications else {},
        "demands": _padded(demands, {"title": "", "content": [""]}),
        "items": _padded(items, {}),
    }


class _Environment(Environment):
    """Compiles a text once. docxtpl hands over that of the templates for every form, and nothing of a record in it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._compiled: dict[str, Template] = {}

    def from_string(self, source: Any, *args: Any, **options: Any) -> Template:
        if args or options:
            return super().from_string(source, *args, **options)
        if source not in self._compiled:
            self._compiled[source] = super().from_string(source)
        return self._compiled[source]


@cache
def _environment() -> _Environment:
    # A field that a record lacks is a blank on the form. autoescape is off, `finalize` escapes everything that is printed.
    environment = _Environment(undefined=ChainableUndefined, finalize=as_text, autoescape=False)
    environment.globals.update(
        box=_box, channel=_channel, contact=_contact, evidence=_evidence, industry=_industry, place=_place,
        lines=lambda text: lines(text) if text else [""],
    )  # fmt: skip
    return environment


def to_word(form: Form) -> bytes:
    """The filled form as .docx; the same bytes for the same records."""
    return filled((TEMPLATES / form.template).read_bytes(), _blanks(form), _environment())
