"""企业规模 by 工信部联企业〔2011〕300号: the lowest tier among the indicators of the enterprise's group; only 中、小、微 may apply.

Annex 2 has no 资产总额, some divisions are split and some not covered: then the answer is a range, and where the range holds both
大型 and smaller the answer is 不能判定, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem, Severity
from jiebang.rules.registry import Report, rule
from jiebang.schemas import SizeGroup, divisions, size_groups

TIERS = ("微型", "小型", "中型", "大型")
_BOUNDS = ("small", "medium", "large")
Number = int | Decimal


@dataclass(frozen=True, slots=True)
class SizeRange:
    """The sizes that the known figures leave possible, as indices into TIERS; `reason` says why it is not one (Chinese)."""

    lowest: int
    highest: int
    reason: str = ""

    @property
    def decided(self) -> bool:
        return self.lowest == self.highest


EVERYTHING = len(TIERS) - 1


def _tier(bounds: Mapping[str, int], value: Number) -> int:
    """Index of the tier of one indicator; 以上 is ≥ (at the bound counts as above)."""
    return sum(value >= bounds[name] for name in _BOUNDS)


def size_in_group(group: SizeGroup, figures: Mapping[str, Number | None]) -> SizeRange:
    """The size by one group of the standard; `figures` has `employees` (人), `revenue` and `assets` (万元), None where unknown."""
    known = [
        _tier(bounds, value) for name, bounds in group.lower_bounds.items() if (value := figures.get(name)) is not None
    ]
    complete = len(known) == len(group.lower_bounds)
    highest = min(known, default=EVERYTHING)
    names = {"assets": "资产总额", "revenue": "营业收入", "employees": "从业人员"}
    lacking = "、".join(names[name] for name in group.lower_bounds if figures.get(name) is None)
    return SizeRange(highest if complete else 0, highest, "" if complete else f"缺少{lacking}")


def size_of(code: str, group: str | None, figures: Mapping[str, Number | None]) -> SizeRange | None:
    """The size of an enterprise of a GB/T 4754-2017 division; None where the standard does not cover the division."""
    known = divisions()[code].size_groups
    if "" in known:
        candidates = {known[""]}
        reason = ""
    elif group is not None and group in known:
        candidates, reason = {known[group]}, ""
    else:
        candidates, reason = set(known.values()), "该大类按中类划型，缺少三位数的中类代码"
    covered = [size_in_group(size_groups()[name], figures) for name in sorted(filter(None, candidates))]
    if not covered:
        return None
    if None in candidates:
        return SizeRange(0, EVERYTHING, reason)
    lowest, highest = min(s.lowest for s in covered), max(s.highest for s in covered)
    return SizeRange(lowest, highest, "" if lowest == highest else reason or covered[0].reason)


def _judge(record: Record) -> tuple[bool, SizeRange | None]:
    """(whether the division is known, the size range or None where the standard does not cover it)."""
    code = record.get("industry", "code")
    if code is None:
        return False, None
    figures = {
        "employees": record.get("employees"),
        "revenue": record.get("revenue"),
        "assets": record.get("total_assets"),
    }
    return True, size_of(code, record.get("industry", "group"), figures)


def _smes(catalogue: Catalogue) -> Iterator[Record]:
    return (record for record in catalogue.enterprises if record.get("role") == "中小企业")


_LARGE = TIERS.index("大型")


@rule(
    "R331",
    "揭榜企业不是中小企业",
    "只有按工信部联企业〔2011〕300号划为中型、小型、微型的企业可以揭榜。",
    "核对从业人数、营业收入和所属行业。",
    each=("enterprise",),
)
def applicant_is_an_sme(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in _smes(catalogue):
        known, size = _judge(record)
        if known and size is not None and size.lowest == _LARGE:
            yield report(record, ("size",), "按从业人数、营业收入和所属行业计算，这家企业是大型，不能揭榜。")
        elif record.get("size") == "大型":
            yield report(record, ("size",), "企业自己填的规模是大型，不能揭榜。")


@rule(
    "R332",
    "不能判定企业规模",
    "表格没有资产总额，有的行业分中类划型，有的行业标准没有规定；不能判定就不能替企业下结论。",
    "补填资产总额或三位数的行业中类；标准未覆盖的行业由人工认定，并写在工作备注里。",
    Severity.WARNING,
    each=("enterprise",),
)
def size_can_be_decided(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in _smes(catalogue):
        known, size = _judge(record)
        if not known:
            continue
        if size is None:
            yield report(record, ("size",), "不能判定是否中小企业：划型标准没有规定这个行业。")
        elif size.highest == _LARGE and not size.decided:
            yield report(record, ("size",), f"不能判定是否中小企业：{size.reason}。")


@rule(
    "R333",
    "自填规模与计算结果不符",
    "规模取各指标中最低的一档；自填的规模与数据对不上，多半是数据或单位填错。",
    "核对数据（单位：万元、人），或改正企业规模。",
    Severity.WARNING,
    each=("enterprise",),
)
def declared_size_agrees(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in _smes(catalogue):
        declared = record.get("size")
        known, size = _judge(record)
        if not known or size is None or declared not in TIERS or declared == "大型":
            continue
        if not size.lowest <= TIERS.index(declared) <= size.highest:
            possible = "、".join(TIERS[size.lowest : size.highest + 1])
            yield report(record, ("size",), f"按数据计算应为{possible}。")
