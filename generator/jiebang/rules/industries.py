"""所属行业 (GB/T 4754-2017): code and name agree; names of the 2011 edition are explained. And the county's name, a frequent slip."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.catalogue import Catalogue
from jiebang.catalogue.messages import nearest
from jiebang.problems import Problem
from jiebang.rules.registry import Report, rule
from jiebang.schemas import Division, divisions


def _disagreement(division: Division, name: str) -> tuple[str, str]:
    others = {d.name: d for d in divisions().values()}
    old = [d for d in divisions().values() if d.name_2011 == name]
    if division.name_2011 == name:
        return "填写的是 GB/T 4754-2011 的旧名称。", f"2017 版 {division.code} 的名称是“{division.name}”。"
    if old:
        return (
            f"填写的是 GB/T 4754-2011 中 {old[0].code} 的旧名称，与代码 {division.code} 不符。",
            f"按 2017 版，{old[0].code} 是“{old[0].name}”，{division.code} 是“{division.name}”，请核对。",
        )
    message = f"代码 {division.code} 是“{division.name}”，填写的名称不同。"
    if name in others:
        return message, f"把代码改为 {others[name].code}，或把名称改为“{division.name}”。"
    near = nearest(name, others)
    return message, f"把名称改为“{division.name}”；若指“{near}”，代码是 {others[near].code}。" if near and others[
        near
    ] != division else f"把名称改为“{division.name}”。"


@rule(
    "R321",
    "行业代码与名称不符",
    "按 GB/T 4754-2017 核对；网站按代码归类，名称写错会让人误解。",
    "以代码或名称之一为准，改正另一个。",
    each=("enterprise",),
)
def industry_code_and_name_agree(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.enterprises:
        division = divisions().get(record.get("industry", "code") or "")
        name = record.get("industry", "name")
        if division is not None and name is not None and name != division.name:
            yield report(record, ("industry", "name"), *_disagreement(division, name))


@rule(
    "R322",
    "行业中类代码不对",
    "三位数的中类属于它的两位数大类；59、70 两个大类要靠它划型。",
    "核对 GB/T 4754-2017 的中类代码。",
    each=("enterprise",),
)
def industry_group_belongs(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.enterprises:
        code, group = record.get("industry", "code"), record.get("industry", "group")
        if code is None or group is None:
            continue
        known = divisions()[code].size_groups
        if not group.startswith(code) or ("" not in known and group not in known):
            yield report(record, ("industry", "group"), f"这个中类不属于大类 {code}。")


@rule("R323", "区县名称有误", "形近字（如“硚”误作“桥”）会让企业归错区。", "改为区划表中的名称。", each=("enterprise",))
def county_name_is_spelt_right(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    if catalogue.districts is None:
        return
    city = catalogue.districts.get("city", "name")
    names = [d["name"] for d in catalogue.districts.get("districts") or () if isinstance(d, dict) and "name" in d]
    for record in catalogue.enterprises:
        county = record.get("registered_place", "county")
        if county is None or county in names or record.get("registered_place", "city") != city:
            continue
        if near := nearest(county, names):
            yield report(record, ("registered_place", "county"), "区划表中没有这个名称的区县。", f"是不是“{near}”？")
