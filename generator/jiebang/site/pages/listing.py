"""Lists in pages of thirty, for every kind of page that ends in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jiebang.site.cards import Card, card_of
from jiebang.site.shelves import pages_of
from jiebang.view import Demand, District


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. `base` is the address of its first page; page 2 stands at `<base>page/2/`."""

    base: str
    number: int
    last: int
    total: int
    cards: tuple[Card, ...]

    @property
    def path(self) -> str:
        return self.address(self.number)

    def address(self, number: int) -> str:
        return self.base if number == 1 else f"{self.base}page/{number}/"


def listings(base: str, demands: tuple[Demand, ...], districts: Mapping[str, District]) -> Iterator[Listing]:
    pages = pages_of(demands)
    for number, page in enumerate(pages, start=1):
        cards = tuple(card_of(demand, districts) for demand in page)
        yield Listing(base, number, len(pages), len(demands), cards)


def numbered(title: str, listing: Listing) -> str:
    """Titles of later pages say so, that no two pages share one."""
    return title if listing.number == 1 else f"{title}（第 {listing.number} 页）"
