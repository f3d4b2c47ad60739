"""Which fields of a record the three official forms have a blank for: told by the schema's `x-form`, but for what stands below.

Only these come back from a printed form; everything else (ids, states, dates, other names) lives in the record alone.
"""

from __future__ import annotations

from jiebang.schemas import FieldDoc, fields_of

ANNEXES = {1: ("enterprise", "demand"), 2: ("enterprise", "application"), 3: ("application",)}
"""The kinds of records on each form."""

NO_BLANK = {
    1: {
        "registered_place.city": "附件1只填省份",
        "registered_place.county": "附件1只填省份",
        "legal_representative.phone": "附件1的电话、手机是联系人的",
        "legal_representative.mobile": "附件1的电话、手机是联系人的",
        "industry.group": "表格只填两位数代码",
        "original_text": "需求内容已分开填写的，表格印分开后的文字",
        "stamped": "打印时还没有盖章",
        "no_secrets": "表格上只有注",
    },
    2: {"industry.group": "表格只填两位数代码", "stamped": "打印时还没有盖章"},
    3: {"item.code": "申请书封面只有事项名称", "stamped": "打印时还没有盖章"},
}
"""Fields that a form mentions, as a whole or in a note, and why a filled one does not tell them."""


def on_paper(annex: int, kind: str) -> list[str]:
    """Paths of the fields of a kind that a filled form tells, e.g. `contact.phone`; of groups only what is in them."""
    places: dict[str, tuple[str, ...]] = {}
    found = []
    for field in fields_of(kind):
        group = field.path.rpartition(".")[0].removesuffix("[]")
        # What says nothing of itself stands where the group around it stands.
        places[field.path] = field.form or places.get(group, ())
        named = any(place.startswith(f"附件{annex}") for place in places[field.path])
        if named and field.type != "一组" and field.path not in NO_BLANK[annex]:
            found.append(field.path)
    return found


def off_paper(annex: int, kind: str) -> list[FieldDoc]:
    """The fields at the top of a record of which a filled form tells nothing."""
    tops = {path.partition(".")[0].removesuffix("[]") for path in on_paper(annex, kind)}
    return [field for field in fields_of(kind) if "." not in field.path and field.path not in tops]
