"""Words and addresses: how states, industries and fields are called, and where their pages stand."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlencode

from jiebang.schemas import demand_statuses, divisions, foundation_categories, foundation_fields, sections

ANONYMOUS = "企业名称不公开"
NO_DISTRICT = "所在区不公开"
NO_INDUSTRY = "行业不公开"
NO_NATURE = "性质不公开"
NO_FIELD = "未标明领域"
NO_CATEGORY = "未标明类别"
NO_TYPE = "未分类型"
LICENCE_TITLE = "转载须注明来源和日期，不得改变原意"
LICENCE_PATH = "about/#licence"
"""The site's own terms of use, where the city has chosen none by name."""

STATES = tuple(entry.value for entry in demand_statuses() if entry.extra["x-published"])
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


@cache
def field_slugs() -> dict[str, str]:
    """Name of a field → its place in an address."""
    return {entry.value: entry.extra["x-slug"] for entry in foundation_fields()}


def category_order() -> tuple[str, ...]:
    return tuple(entry.value for entry in foundation_categories())


def demand_path(demand_id: str) -> str:
    return f"demands/{demand_id.lower()}/"


def section_path(letter: str) -> str:
    return f"industries/{letter.lower()}/"


def division_path(letter: str, code: str) -> str:
    return f"industries/{letter.lower()}/{code}/"


def industry_path(letter: str | None, code: str | None) -> str | None:
    """The page of the narrowest industry that may be said; None where none may."""
    if letter is None:
        return None
    return section_path(letter) if code is None else division_path(letter, code)


def field_path(name: str) -> str:
    return f"fields/{field_slugs()[name]}/"


def list_address(**choices: str | tuple[str, ...]) -> str:
    """The list of demands narrowed to these choices, several of one facet repeated; one that is not said (withheld, or never stated)
    is `-` there."""
    return f"demands/?{urlencode({facet: key or '-' for facet, key in choices.items()}, doseq=True)}"


def states_key(state: str) -> tuple[str, ...]:
    """What the list calls a state: whether a published demand is open or past its day is the browser's to say."""
    return ("open", "closed") if state == "published" else (state,)
