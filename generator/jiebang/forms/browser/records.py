"""A record's file on a page: read for the web form, given back with what was changed there, and reviewed for secrecy.

Comments, order and spelling of everything that was not changed stay as a person left them (`jiebang.catalogue.amend`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jiebang.catalogue.amend import amended_text
from jiebang.catalogue.convert import convert
from jiebang.catalogue.decode import decode
from jiebang.catalogue.events import parse
from jiebang.catalogue.nodes import Mapping
from jiebang.catalogue.record import Record, field_name
from jiebang.errors import UserError
from jiebang.forms.browser.form_values import written
from jiebang.forms.importing.difference import differences
from jiebang.rules.secrecy import digest_of, lacking_in_review, reviewed_text
from jiebang.schemas import Privacy, field_at, resolved_schema
from jiebang.schemas.lifecycle import lifecycle

KINDS = ("enterprise", "demand", "application")
"""What the web form can show."""


_KEPT = {"schema", "id", "role", "enterprise", "status", "dates", "original_text"}
"""What the web form writes into every record by itself, and what it does not ask."""


def _is_same(old: Any, new: Any) -> bool:
    """Whether the form says what the record does: it writes an unticked box as no, and ticks in the order in which it shows them."""
    lists = isinstance(old, list) and isinstance(new, list)
    ticks = lists and all(isinstance(one, str) for one in [*old, *new]) and sorted(old) == sorted(new)
    return bool(old == new or ticks or (old is None and new in (False, {}, [])))


def _refused(line: int, message: str, hint: str) -> UserError:
    place = f"第 {line} 行：" if line else ""
    return UserError(f"这个文件读不通。{place}{message}", hint or "用 jiebang check 检查这份文件，改正后再试。")


def read(data: bytes) -> tuple[str, str, dict[str, Any]]:
    """(kind, text, value) of a record's file. UserError, with the line, for one that is none."""
    text, refusals = decode(data)
    root = None
    if text is not None:
        root, more = parse(text)
        refusals = refusals + more
    for refusal in refusals:
        # A comment behind a value changes nothing.
        if refusal.code != "Y114":
            raise _refused(refusal.line, refusal.message, refusal.hint)
    if text is None or not isinstance(root, Mapping):
        raise _refused(0, "它不是一份记录。", "选目录里的 .yml 文件，如 D-7K3M9XQ2 的 d-7k3m9xq2.yml。")
    named = root.entries.get("schema")
    kind = getattr(named[1], "text", "").partition("/")[0] if named else ""
    if kind not in KINDS:
        raise UserError(
            "这个文件不是企业、需求或申请的记录。",
            "网页上能改的是 enterprises、demands、applications 文件夹里的 .yml 文件；其他文件请在仓库里改。",
        )
    return kind, text, convert(root, resolved_schema(kind))


def read_record(name: str, data: bytes) -> dict[str, Any]:
    """The record of a file, as the web form writes values."""
    kind, text, value = read(data)
    return {"name": name, "kind": kind, "text": text, "value": written(value)}


def amended(data: bytes, edited: str, fields: Sequence[str], revision: dict[str, str] | None = None) -> dict[str, Any]:
    """The file with the fields that the web form asks, `fields`, as they stand in `edited`, the record as the form writes it; what changed,
    in the words of the form; and what a demand wants after that: `noted`, a note for readers of words that were published (`revision`, with
    its date and note, is put in), and `lacking`, why its review does not hold."""
    kind, text, old = read(data)
    new = read(edited.encode())[2]
    changes = {
        name: new.get(name)
        for name in fields
        if name not in _KEPT and name in {**old, **new} and not _is_same(old.get(name), new.get(name))
    }
    noted = kind == "demand" and _is_public(old) and any(_is_read(name) for name in changes)
    if noted and revision is not None:
        if not any(letter.isalnum() for letter in revision["note"]):
            raise UserError("更正说明没有填写。", "写明改了什么、为什么改，读者在需求页上能看到。")
        changes["revisions"] = [*(old.get("revisions") or []), {"date": revision["date"], "note": revision["note"]}]
        noted = False
    whole = {key: value for key, value in {**old, **changes}.items() if value is not None}
    told = [{"field": d.field, "old": d.old, "new": d.new} for d in differences(kind, old, whole)]
    lacking = ""
    if kind == "demand" and changes:
        lacking = lacking_in_review(Record(kind, "", None, None, whole, data, sound=True), None) or ""
    return {
        "text": amended_text(kind, text, changes) if changes else text,
        "differences": told,
        "noted": noted,
        "lacking": lacking,
    }


def _is_public(demand: dict[str, Any]) -> bool:
    state = lifecycle("demand").get(demand.get("status", ""))
    return state is not None and state.public


def _is_read(name: str) -> bool:
    """Whether a field of a demand is one that everybody reads."""
    field = field_at("demand", name)
    return field is not None and field.privacy is Privacy.PUBLIC


def _demand(name: str, data: bytes) -> tuple[str, Record]:
    kind, text, value = read(data)
    if kind != "demand":
        raise UserError("保密审查的是需求，这个文件不是需求的记录。", "选 demands 文件夹里的 .yml 文件。")
    return text, Record(kind, name, None, None, value, data, sound=True)


def review_of(name: str, data: bytes) -> dict[str, Any]:
    """What two people have to read before a demand goes out, its digest, and why it may not be published for want of their review."""
    _, demand = _demand(name, data)
    return {
        "id": demand.id,
        "texts": [{"title": title, "text": text} for title, text in reviewed_text(demand)],
        "digest": digest_of(demand),
        "lacking": lacking_in_review(demand, None) or "",
    }


def reviewed(name: str, data: bytes, reviewers: Sequence[str], date: str) -> dict[str, Any]:
    """The demand's file with the record of a review by these people on this day. UserError where that would be none."""
    text, demand = _demand(name, data)
    review = {"reviewers": list(reviewers), "date": date, "conclusion": "不涉密", "digest": digest_of(demand)}
    signed = Record("demand", name, None, None, {**demand.value, "secrecy_review": review}, data, sound=True)
    if lacking := lacking_in_review(signed, None):
        raise UserError(f"{lacking}。", "两名审查人都填真实姓名，不带职务和称呼。")
    submitted = demand.get("dates", "submitted")
    if submitted is not None and date < submitted:
        raise UserError(
            f"{field_name('demand', ('secrecy_review', 'date'))}早于需求的报送日期（{submitted}）。", "核对审查日期。"
        )
    return {"text": amended_text("demand", text, {"secrecy_review": review})}
