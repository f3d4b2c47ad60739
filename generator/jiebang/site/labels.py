"""How states, industries and fields are called, and what is said in place of what a demand withholds."""

from __future__ import annotations

from functools import cache

from jiebang.schemas import demand_statuses, divisions, foundation_categories, published_statuses, sections

ANONYMOUS = "企业名称不公开"
NO_DISTRICT = "所在区不公开"
NO_INDUSTRY = "行业不公开"
NO_NATURE = "性质不公开"
NO_FIELD = "未标明领域"
NO_CATEGORY = "未标明类别"
NO_TYPE = "未分类型"
LICENCE_TITLE = "转载须注明来源和日期，不得改变原意"
"""The site's own terms of use, where the city has chosen none by name."""

STATES = tuple(published_statuses())
"""States with a page, in the order of a demand's life."""


@cache
def _state_names() -> dict[str, str]:
    return {entry.value: entry.title for entry in demand_statuses()}


def state_name(state: str) -> str:
    """`published` → 已发榜."""
    return _state_names()[state]


def section_name(letter: str) -> str:
    return sections()[letter]


def industry_name(letter: str | None, code: str | None) -> str:
    """The narrowest name that may be said."""
    if code is not None:
        return division_name(code)
    return NO_INDUSTRY if letter is None else section_name(letter)


def division_name(code: str) -> str:
    return divisions()[code].name


def category_order() -> tuple[str, ...]:
    return tuple(entry.value for entry in foundation_categories())
