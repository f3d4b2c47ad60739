"""From the ids that somebody names to the forms to print, and what stands on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.messages import nearest
from jiebang.errors import UserError

Value = Mapping[str, Any]

LARGE, SMALL = "大企业", "中小企业"


@dataclass(frozen=True)
class Form:
    """One sheet to stamp, with the id it was asked for by and the records on it."""

    annex: int
    id: str
    issuer: Record
    handed_in: Sequence[Record]
    """Demands of Annex 1, items of Annex 2, the application of Annex 3."""

    @property
    def enterprise(self) -> Value:
        return self.issuer.value

    @property
    def demands(self) -> list[Value]:
        return [record.value for record in self.handed_in if record.kind == "demand"]

    @property
    def applications(self) -> list[Value]:
        return [record.value for record in self.handed_in if record.kind == "application"]

    @property
    def paths(self) -> list[str]:
        """The files it is filled from."""
        return [self.issuer.path, *(record.path for record in self.handed_in)]

    @property
    def template(self) -> str:
        return f"annex-{self.annex}.docx"

    @property
    def file_name(self) -> str:
        """Without an ending; it holds no name of anybody."""
        return f"附件{self.annex}-{('需求表', '对接表', '申请书')[self.annex - 1]}-{self.id}"


def _of(records: Iterable[Record], enterprise: Record) -> list[Record]:
    """What an enterprise handed in for its round: by day, then by id."""
    own = (r for r in records if r.get("enterprise") == enterprise.id and r.round == enterprise.round)
    return sorted(own, key=lambda r: (r.get("dates", "submitted") or "9999", r.id))


def _enterprise_of(catalogue: Catalogue, record: Record) -> Record:
    found = catalogue.find("enterprise", record.get("enterprise"))
    if found is None:
        raise UserError(f"{record.path} 写明的企业没有记录，表格填不全。", "运行 jiebang check，改正后再导出。")
    return found


def _form_of_enterprise(catalogue: Catalogue, record: Record) -> Form:
    role = record.get("role")
    if role == LARGE:
        return Form(1, record.id, record, _of(catalogue.demands, record))
    if role == SMALL:
        return Form(2, record.id, record, _of(catalogue.applications, record))
    raise UserError(f"{record.path} 没有写明企业角色，不知道该填哪张表。", "补上 role（大企业或中小企业）。")


def _form_of(catalogue: Catalogue, id_: str) -> Form | None:
    if record := catalogue.find("enterprise", id_):
        return _form_of_enterprise(catalogue, record)
    if record := catalogue.find("demand", id_):
        return Form(1, id_, _enterprise_of(catalogue, record), [record])
    if record := catalogue.find("application", id_):
        return Form(3, id_, _enterprise_of(catalogue, record), [record])
    return None


def forms_of(catalogue: Catalogue, ids: Sequence[str]) -> list[Form]:
    """The form of each id, once.

    A large enterprise's id asks for Annex 1 with all its demands of the round, a demand's for Annex 1 with this demand alone, a
    small enterprise's for Annex 2 with all its items, an application's for its Annex 3.
    """
    forms: list[Form] = []
    unknown: list[str] = []
    for id_ in dict.fromkeys(name.strip().upper() for name in ids):
        form = _form_of(catalogue, id_)
        if form is None:
            catalogue.refuse_unreadable(id_)
            unknown.append(id_)
        else:
            forms.append(form)
    if unknown:
        known = [record.id for record in catalogue.records() if record.kind in {"enterprise", "demand", "application"}]
        near = [f"{id_} 是不是 {found}？" for id_ in unknown if (found := nearest(id_, known))]
        raise UserError(f"没有编号为 {'、'.join(unknown)} 的记录。", "".join(near) or "核对编号。")
    return forms
