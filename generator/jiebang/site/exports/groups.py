"""What people follow: all demands, or those of a district, an industry or a field; each has its page, its feeds and its calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiebang.schemas import divisions, foundation_fields, sections
from jiebang.site import names
from jiebang.site.shelves import Shelves
from jiebang.view import Demand

ALL, DISTRICT, SECTION, DIVISION, FIELD = "all", "district", "section", "division", "field"


@dataclass(frozen=True, slots=True)
class Group:
    """`place` is where its files stand below `feeds/` and `calendars/`, without their endings; `page` is its page in the site."""

    kind: str
    title: str
    place: str
    page: str
    demands: tuple[Demand, ...]

    @property
    def follow(self) -> Follow:
        return Follow(self.title, self.place)


@dataclass(frozen=True, slots=True)
class Follow:
    """Where the files of a group stand: all that a page needs to offer them."""

    title: str
    place: str

    @property
    def atom(self) -> str:
        return f"feeds/{self.place}.atom"

    @property
    def json(self) -> str:
        return f"feeds/{self.place}.json"

    @property
    def calendar(self) -> str:
        return f"calendars/{self.place}.ics"


def follow_all() -> Follow:
    return Follow("全部需求", "all")


def follow_district(slug: str, name: str) -> Follow:
    return Follow(name, f"districts/{slug}")


def follow_section(letter: str) -> Follow:
    return Follow(names.section_name(letter), names.section_path(letter).rstrip("/"))


def follow_division(letter: str, code: str) -> Follow:
    return Follow(names.division_name(code), names.division_path(letter, code).rstrip("/"))


def follow_field(name: str) -> Follow:
    return Follow(name, names.field_path(name).rstrip("/"))


def _group(kind: str, follow: Follow, page: str, demands: tuple[Demand, ...]) -> Group:
    return Group(kind, follow.title, follow.place, page, demands)


def groups(shelves: Shelves) -> Iterator[Group]:
    """Every group, empty ones too: who follows a district hears of its first demand. A division only where readers know of one in it."""
    yield _group(ALL, follow_all(), "demands/", shelves.all)
    for slug, district in shelves.districts.items():
        follow = follow_district(slug, district.name)
        yield _group(DISTRICT, follow, f"districts/{slug}/", shelves.by_district.get(slug, ()))
    for letter in sections():
        yield _group(SECTION, follow_section(letter), names.section_path(letter), shelves.by_section.get(letter, ()))
    for code, division in divisions().items():
        if code in shelves.by_division:
            page = names.division_path(division.section, code)
            yield _group(DIVISION, follow_division(division.section, code), page, shelves.by_division[code])
    for entry in foundation_fields():
        page = names.field_path(entry.value)
        yield _group(FIELD, follow_field(entry.value), page, shelves.by_field.get(entry.value, ()))
