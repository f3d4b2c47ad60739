"""企业规模 by 工信部联企业〔2011〕300号: the lowest tier among the indicators of the enterprise's group; the tiers and bounds
themselves are `schemas/codelists/size-2011-300.json`.

Annex 2 has no 资产总额, some divisions are split and some not covered: then the answer is a range, and where the range holds both
大型 and smaller the answer is 不能判定, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from jiebang.catalogue import Record
from jiebang.schemas import SizeGroup, divisions, size_groups

TIERS = ("微型", "小型", "中型", "大型")
BOUNDS = ("small", "medium", "large")
"""The tiers that have a lower bound; 微型 has none."""
INDICATORS = {"employees": "从业人员", "revenue": "营业收入", "assets": "资产总额"}
"""What the standard calls its indicators."""
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


LARGE = len(TIERS) - 1


def tier_of(bounds: Mapping[str, int], value: Number) -> int:
    """Index of the tier of one indicator; 以上 is ≥ (at the bound counts as above)."""
    return sum(value >= bounds[name] for name in BOUNDS)


def size_in_group(group: SizeGroup, figures: Mapping[str, Number | None]) -> SizeRange:
    """The size by one group of the standard; `figures` has `employees` (人), `revenue` and `assets` (万元), None where unknown."""
    known = [
        tier_of(bounds, value)
        for name, bounds in group.lower_bounds.items()
        if (value := figures.get(name)) is not None
    ]
    complete = len(known) == len(group.lower_bounds)
    highest = min(known, default=LARGE)
    lacking = "、".join(INDICATORS[name] for name in group.lower_bounds if figures.get(name) is None)
    return SizeRange(highest if complete else 0, highest, "" if complete else f"缺少{lacking}")


def groups_of(code: str, group: str | None) -> tuple[list[SizeGroup], bool]:
    """(the groups of the standard that a division may belong to, whether it may also be one that the standard does not cover).

    `group` is the three-digit group; without it a split division may belong to several.
    """
    known = divisions()[code].size_groups
    if "" in known:
        candidates = {known[""]}
    elif group is not None and group in known:
        candidates = {known[group]}
    else:
        candidates = set(known.values())
    return [size_groups()[name] for name in sorted(filter(None, candidates))], None in candidates


def size_of(code: str, group: str | None, figures: Mapping[str, Number | None]) -> SizeRange | None:
    """The size of an enterprise of a GB/T 4754-2017 division; None where the standard does not cover the division."""
    groups, perhaps_uncovered = groups_of(code, group)
    covered = [size_in_group(one, figures) for one in groups]
    if not covered:
        return None
    reason = "该大类按中类划型，缺少三位数的中类代码" if len(groups) > 1 or perhaps_uncovered else ""
    if perhaps_uncovered:
        return SizeRange(0, LARGE, reason)
    lowest, highest = min(s.lowest for s in covered), max(s.highest for s in covered)
    return SizeRange(lowest, highest, "" if lowest == highest else reason or covered[0].reason)


def figures_of(record: Record) -> dict[str, Number | None]:
    """The figures of an enterprise that its size is told from, by indicator; None where it gives none."""
    names = {"employees": "employees", "revenue": "revenue", "assets": "total_assets"}
    return {indicator: record.get(name) for indicator, name in names.items()}


@cache
def _bounds_of_large(code: str, group: str | None) -> tuple[Mapping[str, int], ...]:
    """By indicator the lower bound of 大型, for each group that a division may belong to; none where it may also be one not covered."""
    groups, perhaps_uncovered = groups_of(code, group)
    if perhaps_uncovered:
        return ()
    return tuple({name: bounds["large"] for name, bounds in one.lower_bounds.items()} for one in groups)


def is_surely_large(record: Record) -> bool:
    """Whether an enterprise is 大型 whatever of it is unknown: what `size_of` says, without the rest of the answer, for all of a catalogue."""
    code = record.get("industry", "code")
    possible = _bounds_of_large(code, record.get("industry", "group")) if code is not None else ()
    if not possible:
        return False
    figures = figures_of(record)
    return all(
        (value := figures[name]) is not None and value >= bound for bounds in possible for name, bound in bounds.items()
    )
