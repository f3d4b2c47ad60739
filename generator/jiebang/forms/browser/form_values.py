"""An official form's file → the values for the web form, each with the cell it came from, and every question that is left to a person.

The values are those that `jiebang import` writes into records, in the writing that the web form uses: numbers as texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from jiebang.catalogue.record import field_name
from jiebang.catalogue.write import number_text
from jiebang.forms.reading.document import file_types
from jiebang.forms.reading.document.libreoffice import BY_HAND
from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.findings import Finding, FormError, Source
from jiebang.forms.reading.forms import Form, read_forms
from jiebang.forms.reading.labels import ANNEX_1
from jiebang.forms.reading.text import folded
from jiebang.schemas import fields_of


def values_of_forms(name: str, data: bytes) -> dict[str, Any]:
    """The forms of a file, and what in it was not read. FormError, with what to do, for one that cannot be taken."""
    file_types.refuse_size(data)
    kind = file_types.kind_of(name, data)
    if kind == file_types.DOC:
        raise FormError("这是旧版 Word 或 WPS 文字的文件（.doc、.wps），网页上读不了。", BY_HAND)
    document = parse(kind, data)
    return {"forms": [_form(form) for form in read_forms(document)], "notes": list(document.notes)}


def _form(form: Form) -> dict[str, Any]:
    records = []
    if form.enterprise:
        records.append(_record("enterprise", form.enterprise, form.sources, form.findings))
    records += [_record("demand", each.value, each.sources, each.findings) for each in form.demands]
    records += [_record("application", {"item": each.value}, each.sources, each.findings) for each in form.items]
    enterprise = form.enterprise.get("name", "")
    if (statement := form.statement) is not None:
        enterprise = statement.enterprise
        item = {"item": {"name": statement.item}} if statement.item else {}
        records.append(_record("application", item | statement.value, statement.sources, statement.findings))
    return {
        "annex": form.annex,
        "repeated": "demand" if form.annex == ANNEX_1 else "application",
        "enterprise": enterprise,
        # Forms that belong together are found by it: spaces and brackets of a name are written as they come.
        "key": folded(enterprise),
        "records": records,
    }


def _record(
    kind: str, value: Mapping[str, Any], sources: Mapping[str, Source], findings: Iterable[Finding]
) -> dict[str, Any]:
    return {
        "kind": kind,
        # An item of a 对接表 and its 申请书 are found by it.
        "key": folded((value.get("item") or {}).get("name") or ""),
        "value": written(value),
        "places": {path: {"place": source.place, "text": source.text} for path, source in sources.items()},
        "questions": [_question(kind, finding) for finding in findings],
    }


def _question(kind: str, finding: Finding) -> dict[str, str]:
    """A finding; `path` is that of its field, empty where it is about none of them."""
    return {
        "path": _paths(kind).get(finding.field, ""),
        "field": finding.field,
        "place": finding.place,
        "text": finding.text,
        "message": finding.message,
        "hint": finding.hint,
    }


@cache
def _paths(kind: str) -> dict[str, str]:
    """The path of each field by its name on the form."""
    return {field_name(kind, tuple(field.path.split("."))): field.path for field in reversed(fields_of(kind))}


def written(value: Any) -> Any:
    """A value as the web form writes it: numbers as texts, exactly; everything else as it is."""
    if isinstance(value, Mapping):
        return {key: written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [written(inner) for inner in value]
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number_text(value)
    return value
