"""需求表 → the enterprise and its demands. A demand is found again by its title, or by its text where the title was corrected."""

from __future__ import annotations

from jiebang.catalogue import Record
from jiebang.forms.importing.plan import Planner
from jiebang.forms.reading.demands import Demand
from jiebang.forms.reading.forms import Form
from jiebang.forms.reading.values.demand_content import PARTS
from jiebang.schemas.lifecycle import START

ROLE = "大企业"


def _match(demands: list[Demand], records: list[Record]) -> dict[int, Record]:
    """Which record each demand corrects, by position. Only what is certain: the same title, else the same text, each once."""
    found: dict[int, Record] = {}
    for path in ("title", "original_text"):
        for demand in demands:
            if demand.position in found or path not in demand.value:
                continue
            same = [
                record for record in records if record.get(path) == demand.value[path] and record not in found.values()
            ]
            others = [d for d in demands if d.value.get(path) == demand.value[path]]
            if len(same) == 1 and len(others) == 1:
                found[demand.position] = same[0]
    return found


def plan_annex1(planner: Planner, form: Form) -> None:
    """Plans everything a 需求表 says."""
    said = planner.said
    existing = planner.issuer(ROLE, form)
    stamped = {"stamped": True} if said.stamped else {}
    owner = planner.plan(
        "enterprise",
        "企业",
        {"role": ROLE, **stamped, **form.enterprise},
        existing,
        form.sources,
        form.findings,
    )
    records = (
        [record for record in planner.store.here("demand") if record.get("enterprise") == owner] if existing else []
    )
    matched = _match(form.demands, records)
    left = [record for record in records if record not in matched.values()]
    for demand in form.demands:
        record = matched.get(demand.position)
        if record is None and left:
            planner.ask(
                f"需求 {demand.position}·需求名称",
                str(demand.value.get("title", "")),
                f"目录里这家企业还有名称不同的需求（{'、'.join(r.path for r in left)}），看不出这一项是改了名称还是新增的，没有录入。",
                "改了名称的，先在记录里改好名称再导入；新增的，用 jiebang new demand 录入。",
            )
            continue
        _plan_demand(planner, demand, owner, record)
    for record in left:
        planner.ask(
            "需求", "", f"目录里的 {record.path} 在这张表上没有找到，保留未动。", "企业撤回的，把状态改为 withdrawn。"
        )


def _says_nothing_new(demand: Demand, record: Record) -> bool:
    """Whether the form's parts are the record's: as on a form that was printed from it. Then it tells nothing of the enterprise's own words."""
    told = {path: demand.value[path] for path in PARTS if path in demand.value}
    return bool(told) and all(record.get(path) == told.get(path) for path in PARTS)


def _plan_demand(planner: Planner, demand: Demand, owner: str, record: Record | None) -> None:
    said = planner.said
    value = {"enterprise": owner, **demand.value, **({"no_secrets": True} if said.no_secrets else {})}
    if record is not None and _says_nothing_new(demand, record):
        value.pop("original_text", None)
    if record is None:
        value |= {"status": START, "dates": {"submitted": said.date}}
    planner.plan("demand", f"需求 {demand.position}", value, record, demand.sources, demand.findings)
