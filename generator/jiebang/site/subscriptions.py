"""Where the feeds and the calendar of a group of demands stand: all that a page needs to offer them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiebang.schemas import divisions, foundation_fields, sections
from jiebang.site import labels, paths
from jiebang.site.grouping import GroupedDemands
from jiebang.view import Demand


@dataclass(frozen=True, slots=True)
class Subscription:
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


def subscription_to_all() -> Subscription:
    return Subscription("全部需求", "all")


def subscription_to_district(slug: str, name: str) -> Subscription:
    return Subscription(name, f"districts/{slug}")


def subscription_to_section(letter: str) -> Subscription:
    return Subscription(labels.section_name(letter), paths.section_path(letter).rstrip("/"))


def subscription_to_division(letter: str, code: str) -> Subscription:
    return Subscription(labels.division_name(code), paths.division_path(letter, code).rstrip("/"))


def subscription_to_field(name: str) -> Subscription:
    return Subscription(name, paths.field_path(name).rstrip("/"))


ALL, DISTRICT, SECTION, DIVISION, FIELD = "全部", "区", "行业门类", "行业大类", "领域"


@dataclass(frozen=True, slots=True)
class Topic:
    """`page` is the group's page in the site."""

    kind: str
    subscription: Subscription
    page: str
    demands: tuple[Demand, ...]


def topics(grouped: GroupedDemands) -> Iterator[Topic]:
    """Every topic, empty ones too: who follows a district hears of its first demand. A division only where readers know of one in it."""
    yield Topic(ALL, subscription_to_all(), "demands/", grouped.all)
    for slug, district in grouped.districts.items():
        demands = grouped.by_district.get(slug, ())
        yield Topic(DISTRICT, subscription_to_district(slug, district.name), f"districts/{slug}/", demands)
    for letter in sections():
        demands = grouped.by_section.get(letter, ())
        yield Topic(SECTION, subscription_to_section(letter), paths.section_path(letter), demands)
    for code, division in divisions().items():
        if demands := grouped.by_division.get(code, ()):
            page = paths.division_path(division.section, code)
            yield Topic(DIVISION, subscription_to_division(division.section, code), page, demands)
    for entry in foundation_fields():
        demands = grouped.by_field.get(entry.value, ())
        yield Topic(FIELD, subscription_to_field(entry.value), paths.field_path(entry.value), demands)
