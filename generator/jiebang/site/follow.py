"""Where the feeds and the calendar of a group of demands stand: all that a page needs to offer them."""

from __future__ import annotations

from dataclasses import dataclass

from jiebang.site import names


@dataclass(frozen=True, slots=True)
class Follow:
    """`title` is what the group is called; `place` where its files stand below `feeds/` and `calendars/`, without their endings."""

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
