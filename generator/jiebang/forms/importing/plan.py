"""One form against the catalogue: which records it makes, which it corrects, and what a person has to decide."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jiebang.catalogue import Record
from jiebang.catalogue.amend import amended_text
from jiebang.catalogue.messages import nearest
from jiebang.catalogue.record import field_name
from jiebang.catalogue.write import editor_line, record_text
from jiebang.forms.importing.difference import Difference, differences
from jiebang.forms.importing.existing_records import Store, text_of, whole_value
from jiebang.forms.reading.findings import CHECK, Finding, FormError, Source
from jiebang.forms.reading.forms import Form
from jiebang.schemas.ids import new_id

_CARRIED = {
    "registered_place": "province",
    "contact": "name",
    "legal_representative": "name",
    "industry": "code",
    "channel": "kind",
    "item": "",
    "plan": "",
}
"""Groups whose other parts stay on a correction only as long as this one is the same."""
_SHORT, _ALIKE = 4, 0.8
"""Names of enterprises are told to be near from this length and likeness on."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the clerk vouches for beside the form: the stamped paper, the declarations, the day of receipt."""

    date: str
    stamped: bool = False
    no_secrets: bool = False
    no_affiliation: bool = False


@dataclass(slots=True)
class Change:
    """One record to be written. `differences` is None for a new one; empty where the form says nothing new (then it is not written)."""

    kind: str
    path: str
    name: str
    """Which of the form's records it is: 企业, 需求 1, 事项 2."""
    title: str
    """What the form calls it; private."""
    text: str
    differences: list[Difference] | None
    sources: dict[str, Source] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def wanted(self) -> bool:
        return self.differences is None or bool(self.differences)


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """A record's value with what the form says put in. What the form does not say stays; of a group, the parts that belong together."""
    result = dict(old)
    for key, value in new.items():
        before = old.get(key)
        lead = _CARRIED.get(key)
        carried = (
            isinstance(before, Mapping) and lead is not None and (lead not in value or before.get(lead) == value[lead])
        )
        if carried and isinstance(before, Mapping):
            result[key] = {**before, **value}
        else:
            result[key] = before if _same_ticks(before, value) else value
    return result


def _title(value: Mapping[str, Any]) -> str:
    return str(value.get("name") or value.get("title") or (value.get("item") or {}).get("name") or "")


def _same_ticks(before: Any, value: Any) -> bool:
    """Whether two lists hold the same choices: boxes have an order on the form, ticks have none."""
    lists = isinstance(before, list) and isinstance(value, list)
    return lists and all(isinstance(one, str) for one in [*before, *value]) and sorted(before) == sorted(value)


class Planner:
    """Plans a form's records; the store holds each plan at once, so that the next form finds it."""

    def __init__(self, store: Store, said: Said) -> None:
        self.store = store
        self.said = said
        self.changes: list[Change] = []
        self.findings: list[Finding] = []

    def plan(
        self, kind: str, name: str, value: dict[str, Any], existing: Record | None,
        sources: dict[str, Source], findings: list[Finding],
    ) -> str:  # fmt: skip
        """Plans one record, new or corrected; its id."""
        change = self._corrected(kind, value, existing) if existing else self._new(kind, value)
        change.name, change.sources, change.findings = name, sources, list(findings)
        change.title = _title(value) or (_title(existing.value) if existing else "")
        self.changes.append(change)
        record = self.store.put(kind, change.path, change.text)
        return existing.id if existing else (record.id if record else change.path.rpartition("/")[2][:-4].upper())

    def _new(self, kind: str, value: dict[str, Any]) -> Change:
        id_ = new_id(kind)
        while (self.store.root / self.store.path_of(kind, id_)).exists() or self.store.catalogue.find(kind, id_):
            id_ = new_id(kind)
        path = self.store.path_of(kind, id_)
        whole = {"schema": f"{kind}/1", "id": id_, **value}
        return Change(kind, path, "", "", record_text(kind, whole, editor_line(self.store.root / path, kind)), None)

    def _corrected(self, kind: str, value: dict[str, Any], existing: Record) -> Change:
        old = whole_value(existing)
        new = merged(old, value)
        text = amended_text(kind, text_of(existing), {key: new[key] for key in value})
        return Change(kind, existing.path, "", "", text, differences(kind, old, new))

    def ask(self, field_: str, text: str, message: str, hint: str) -> None:
        """A finding about the form as a whole."""
        self.findings.append(Finding(field_, "", text, f"{CHECK}：{message}", hint))

    def issuer(self, role: str, form: Form) -> Record | None:
        """The record of a form's enterprise. One that is told by its code alone or its name alone is asked about, with what is known."""
        existing = self.enterprise_record(role, form.enterprise)
        for path, other in (("name", "credit_code"), ("credit_code", "name")):
            title, by = field_name("enterprise", (path,)), field_name("enterprise", (other,))
            if path in form.enterprise or other not in form.enterprise:
                continue
            told = next((finding for finding in form.findings if finding.field == title), None)
            if existing is not None:
                message = f"{CHECK}：表上没有读到{title}，按{by}认作目录里的 {existing.path}，{title}保留目录里的。"
                asked = Finding(
                    title, told.place if told else "", told.text if told else "", message, "核对是不是这家企业。"
                )
                form.findings = [finding for finding in form.findings if finding is not told] + [asked]
            elif other == "name" and (near := self._near(role, form.enterprise["name"])):
                self.ask(
                    title,
                    form.enterprise["name"],
                    f"没有信用代码，而目录里 {near} 的名称相近。",
                    "核对是不是同一家企业。",
                )
        return existing

    def _near(self, role: str, name: str) -> str:
        """The path of an enterprise whose name is nearly the same; empty for none."""
        known = [record for record in self.store.here("enterprise") if record.get("role") == role]
        near = nearest(name, [record.get("name") or "" for record in known]) if len(name) > _SHORT else None
        alike = near is not None and difflib.SequenceMatcher(None, name, near).ratio() >= _ALIKE
        return next((record.path for record in known if alike and record.get("name") == near), "")

    def enterprise_record(self, role: str, value: Mapping[str, Any]) -> Record | None:
        """The record that an earlier form of the same enterprise gave: by credit code, else by its exact name. None for a new one."""
        code, name = value.get("credit_code"), value.get("name")
        if not code and not name:
            raise FormError(
                f"{CHECK}：企业名称和统一社会信用代码都读不出，不能确定是哪家企业，没有录入。",
                "在表上改正这两栏后重新导入。",
            )
        known = [record for record in self.store.here("enterprise") if record.get("role") == role]
        by_code = [record for record in known if code and record.get("credit_code") == code]
        by_name = [record for record in known if name and record.get("name") == name]
        found = by_code or by_name
        if len(found) > 1 or (by_code and by_name and by_code != by_name):
            raise FormError(
                f"{CHECK}：目录里有不止一家企业与这张表的名称或信用代码相同，没有录入。",
                f"核对 {'、'.join(sorted({record.path for record in by_code + by_name}))}，只保留一份后重新导入。",
            )
        if found and found[0].path in self.store.planned and name and found[0].get("name") not in {None, name}:
            raise FormError(
                f"{CHECK}：这一批里另一家企业的表用了同一个统一社会信用代码，没有录入。",
                "核对两张表上的代码，改正后重新导入。",
            )
        return found[0] if found else None
