"""对接表 and 申请书 → the SME and its applications. An item of the one and the statement of the other make one record."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from jiebang.catalogue import Record
from jiebang.catalogue.messages import nearest
from jiebang.forms.importing.plan import Planner
from jiebang.forms.reading.findings import CHECK, Finding, FormError
from jiebang.forms.reading.forms import Form
from jiebang.forms.reading.items import Item
from jiebang.forms.reading.statement import Statement
from jiebang.forms.reading.text import folded
from jiebang.schemas.lifecycle import START

ROLE = "中小企业"
_NEAR, _SHOWN = 0.5, 3
"""How alike two titles are that may mean the same demand, and how many are told."""


def near_demands(demands: Iterable[Record], name: str, code: str) -> list[Record]:
    """The demands that an item that names none of them may mean: the most alike titles first, then codes that differ by a zero or a letter O."""
    plain = folded(name)
    ratios = [
        (difflib.SequenceMatcher(None, plain, folded(record.get("title") or "")).ratio() if plain else 0.0, record)
        for record in demands
    ]
    alike = [record for ratio, record in sorted(ratios, key=lambda pair: -pair[0]) if ratio >= _NEAR]
    same = [record for _, record in ratios if code and _plain(record.get("code") or "") == _plain(code)]
    return list({record.id: record for record in (*alike[:_SHOWN], *same[:_SHOWN])}.values())


def _plain(code: str) -> str:
    return folded(code).replace("o", "0").replace("l", "1").lstrip("0")


def _demand_of(planner: Planner, item: Item) -> Record | None:
    """The demand that an item names: by its code and title where both are given, never by one against the other."""
    code, name = item.value.get("code"), item.value.get("name")
    demands = [record for record in planner.store.catalogue.demands if record.round == planner.store.round]
    by_code = [record for record in demands if code and record.get("code") == code]
    by_name = [record for record in demands if name and folded(record.get("title") or "") == folded(name)]
    found = [record for record in by_code if record in by_name] if code and name else by_code or by_name
    if len(found) == 1:
        return found[0]
    text = f"{name or ''}（{code or ''}）"
    if by_code and name:
        _ask(item, text, "这个代码的需求在目录里是另一个名称。", "核对代码和事项名称，再填写 demand。")
    elif by_name and code:
        _ask(item, text, "目录里叫这个名称的需求是另一个代码。", "核对代码和事项名称，再填写 demand。")
    elif found:
        _ask(item, text, "目录里有不止一项这样的需求。", "核对代码和事项名称，再填写 demand。")
    else:
        near = near_demands(demands, name or "", code or "")
        _ask(item, text, "本轮目录里没有找到这项需求。", f"{_told(near)}核对代码和事项名称，再填写 demand。")
    return None


def _told(near: list[Record]) -> str:
    """What is near, as a question. A title is told where its code says that it was published: hints are printed where others read them."""
    names = [f"{r.id}“{r.get('title')}”（代码 {r.get('code')}）" if r.get("code") else r.id for r in near]
    return f"目录里相近的有 {'、'.join(names)}，是不是其中一项？" if near else ""


def _ask(item: Item, text: str, message: str, hint: str) -> None:
    place = next((source.place for source in item.sources.values()), "")
    item.findings.append(Finding("揭榜需求", place, text, f"{CHECK}：{message}", hint))


def _application(planner: Planner, owner: str, demand: Record | None, name: str | None) -> Record | None:
    """The application of an enterprise for a demand or item that an earlier form gave."""
    own = [record for record in planner.store.here("application") if record.get("enterprise") == owner]
    for same in (
        [record for record in own if demand is not None and record.get("demand") == demand.id],
        [record for record in own if name and folded(record.get("item", "name") or "") == folded(name)],
    ):
        if len(same) == 1:
            return same[0]
    return None


def plan_annex2(planner: Planner, form: Form) -> None:
    """Plans the enterprise, and for each item an application that its 申请书 will fill."""
    existing = planner.issuer(ROLE, form)
    stamped = {"stamped": True} if planner.said.stamped else {}
    owner = planner.plan(
        "enterprise",
        "企业",
        {"role": ROLE, **stamped, **form.enterprise},
        existing,
        form.sources,
        form.findings,
    )
    if not form.items:
        planner.ask("拟揭榜事项", "", "表上没有填写事项。", "至少填写一个事项。")
    for item in form.items:
        demand = _demand_of(planner, item)
        if item.number and demand is None:
            _ask(item, item.value.get("code", ""), "代码单元格是数字格式，开头的 0 可能丢了。", "核对代码。")
        record = _application(planner, owner, demand, item.value.get("name"))
        value: dict[str, Any] = {"enterprise": owner, **({"demand": demand.id} if demand else {}), "item": item.value}
        _plan(planner, f"事项 {item.position}", value, record, item)


def _plan(planner: Planner, name: str, value: dict[str, Any], record: Record | None, read: Item | Statement) -> None:
    said = planner.said
    value |= {"no_affiliation": True} if said.no_affiliation else {}
    if record is None:
        value |= {"status": START, "dates": {"submitted": said.date}}
    planner.plan("application", name, value, record, read.sources, read.findings)


def _issuer(planner: Planner, statement: Statement) -> Record:
    """The SME that a cover names: by its name, else by its credit code, which is asked about. FormError, with what is near, for none."""
    all_ = [record for record in planner.store.here("enterprise") if record.get("role") == ROLE]
    named = [r for r in all_ if folded(r.get("name") or "") == folded(statement.enterprise)]
    if len(named) == 1:
        return named[0]
    coded = [r for r in all_ if (r.get("credit_code") or "?") in statement.enterprise.upper()]
    if not named and len(coded) == 1:
        planner.ask(
            "企业名称",
            statement.enterprise,
            f"封面上的名称和目录里的不同，按信用代码认作 {coded[0].path}。",
            "核对是不是这家企业。",
        )
        return coded[0]
    near = nearest(statement.enterprise, [r.get("name") or "" for r in all_]) if not named else None
    paths = [r.path for r in all_ if near and r.get("name") == near]
    raise FormError(
        f"{CHECK}：目录里没有{'唯一的' if named else '找到'}这家中小企业，申请书没有录入。",
        f"{f'是不是名称相近的 {paths[0]}？' if paths else ''}先导入这家企业的对接表（附件2），企业名称要写得一样。",
    )


def plan_annex3(planner: Planner, form: Form) -> None:
    """Puts a 申请书 into the application that its enterprise's 对接表 began."""
    statement = form.statement
    if statement is None:
        return
    if not statement.enterprise or not statement.item:
        raise FormError(f"{CHECK}：申请书封面上没有企业名称或事项名称，没有录入。", "在封面上填好这两项后重新导入。")
    known = _issuer(planner, statement)
    owner = known.id
    item = Item(1, {"name": statement.item})
    demands = [
        r
        for r in planner.store.catalogue.demands
        if r.round == planner.store.round and folded(r.get("title") or "") == folded(statement.item)
    ]
    demand = demands[0] if len(demands) == 1 else None
    record = _application(planner, owner, demand, statement.item)
    if record is None and demand is None:
        here = [r for r in planner.store.catalogue.demands if r.round == planner.store.round]
        near = near_demands(here, statement.item, "")
        raise FormError(
            f"{CHECK}：对接表和目录里都没有这个事项，申请书没有录入。",
            f"{_told(near)}核对封面上的事项名称，先导入对接表（附件2）。",
        )
    value: dict[str, Any] = {
        "enterprise": owner,
        **statement.value,
        **({"stamped": True} if planner.said.stamped else {}),
    }
    if record is None and demand is not None:
        value |= {"demand": demand.id, "item": item.value}
    _plan(planner, "申请书", value, record, statement)
