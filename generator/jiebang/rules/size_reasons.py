"""企业规模, explained: each indicator of the group with its bound, and which one decides.

The figures are an enterprise's own: an explanation is for the desk of the bureau, never for the site or a log.
Source: 工信部联企业〔2011〕300号.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from jiebang.catalogue import Record
from jiebang.rules.sizes import (
    BOUNDS,
    INDICATORS,
    LARGE,
    TIERS,
    Number,
    SizeRange,
    figures_of,
    groups_of,
    size_of,
    tier_of,
)
from jiebang.schemas import SizeGroup

_UNITS = {"employees": "人", "revenue": "万元", "assets": "万元"}


@dataclass(frozen=True, slots=True)
class Step:
    """One indicator held against its bounds. `tier` is an index into TIERS, None where the figure is lacking."""

    group: str
    """Name of the group of the standard."""
    indicator: str
    figure: str
    """The figure with its unit, empty where it is lacking."""
    bound: str
    """The bound that puts it into its tier, with its sign: `< 300` or `≥ 1000`."""
    tier: int | None

    @property
    def told(self) -> str:
        """`从业人员 280 人 < 300 → 小型`."""
        if self.tier is None:
            return f"{self.indicator} 没有填写"
        return f"{self.indicator} {self.figure} {self.bound} → {TIERS[self.tier]}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """`size` is None where no group of the standard applies; `steps` are in the order of the standard."""

    size: SizeRange | None
    steps: tuple[Step, ...]
    industry_known: bool = True

    @property
    def decisive(self) -> tuple[str, ...]:
        """The indicators that the lowest tier is due to; none where the size is not decided, or there is only one to decide."""
        if self.size is None or not self.size.decided or len({step.indicator for step in self.steps}) < 2:
            return ()
        found = (step.indicator for step in self.steps if step.tier == self.size.highest)
        return tuple(dict.fromkeys(found))

    @property
    def is_sme(self) -> bool | None:
        """Whether the enterprise may apply; None where that cannot be decided."""
        if self.size is None or (self.size.highest == LARGE and not self.size.decided):
            return None
        return self.size.highest < LARGE

    @property
    def sizes(self) -> tuple[str, ...]:
        """The sizes that the figures leave possible, the smallest first."""
        return () if self.size is None else TIERS[self.size.lowest : self.size.highest + 1]

    @property
    def conclusion(self) -> str:
        """What follows, in one sentence."""
        if not self.industry_known:
            return "不能判定：没有可用的行业代码。"
        if self.size is None:
            return "不能判定：划型标准没有规定这个行业，由人工认定。"
        if self.is_sme is None:
            return f"不能判定：{self.size.reason}。"
        if self.size.decided:
            why = f"取最低的一档（{'、'.join(self.decisive)}）" if self.decisive else "只有一项指标"
            end = "属于中小企业" if self.is_sme else "不能揭榜"
            return f"{self.sizes[0]}：{why}，{end}。"
        return f"{self.sizes[-1]}或更小：{self.size.reason}，但已知的指标足以说明属于中小企业。"

    def lines(self) -> list[str]:
        """A line for each group: `工业：从业人员 280 人 < 300 → 小型；营业收入 …`."""
        groups: dict[str, list[str]] = {}
        for step in self.steps:
            groups.setdefault(step.group, []).append(step.told)
        return [f"{group}：{'；'.join(told)}" for group, told in groups.items()]


def _step(group: SizeGroup, indicator: str, value: Number | None) -> Step:
    name = INDICATORS[indicator]
    if value is None:
        return Step(group.name, name, "", "", None)
    bounds = group.lower_bounds[indicator]
    tier = tier_of(bounds, value)
    bound = f"≥ {bounds['large']}" if tier == LARGE else f"< {bounds[BOUNDS[tier]]}"
    return Step(group.name, name, f"{Decimal(value):f} {_UNITS[indicator]}", bound, tier)


def explained(code: str, group: str | None, figures: Mapping[str, Number | None]) -> Explanation:
    """The size of an enterprise of a GB/T 4754-2017 division with its reasons; arguments as those of `size_of`."""
    groups, _ = groups_of(code, group)
    steps = (_step(one, name, figures.get(name)) for one in groups for name in one.lower_bounds)
    return Explanation(size_of(code, group, figures), tuple(steps))


def explanation_of(record: Record) -> Explanation:
    """As `explained`, of an enterprise's record."""
    code = record.get("industry", "code")
    if code is None:
        return Explanation(None, (), industry_known=False)
    return explained(code, record.get("industry", "group"), figures_of(record))
