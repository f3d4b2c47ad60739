"""What people follow: all demands, or those of a district, an industry or a field; each has its page, its feeds and its calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiebang.schemas import divisions, foundation_fields, sections
from jiebang.site import names
from jiebang.site.follow import Follow, follow_all, follow_district, follow_division, follow_field, follow_section
from jiebang.site.shelves import Shelves
from jiebang.view import Demand

ALL, DISTRICT, SECTION, DIVISION, FIELD = "全部", "区", "行业门类", "行业大类", "领域"


@dataclass(frozen=True, slots=True)
class Group:
    """`page` is the group's page in the site."""

    kind: str
    follow: Follow
    page: str
    demands: tuple[Demand, ...]


def groups(shelves: Shelves) -> Iterator[Group]:
    """Every group, empty ones too: who follows a district hears of its first demand. A division only where readers know of one in it."""
    yield Group(ALL, follow_all(), "demands/", shelves.all)
    for slug, district in shelves.districts.items():
        demands = shelves.by_district.get(slug, ())
        yield Group(DISTRICT, follow_district(slug, district.name), f"districts/{slug}/", demands)
    for letter in sections():
        demands = shelves.by_section.get(letter, ())
        yield Group(SECTION, follow_section(letter), names.section_path(letter), demands)
    for code, division in divisions().items():
        if demands := shelves.by_division.get(code, ()):
            page = names.division_path(division.section, code)
            yield Group(DIVISION, follow_division(division.section, code), page, demands)
    for entry in foundation_fields():
        demands = shelves.by_field.get(entry.value, ())
        yield Group(FIELD, follow_field(entry.value), names.field_path(entry.value), demands)
