"""Lists in pages of thirty, for every kind of page that ends in one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jiebang.site.cards import Card
from jiebang.site.grouping import pages_of
from jiebang.view import Demand

_BLOCK = 10


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

    @property
    def _size(self) -> int:
        """Pages in a block: few lists are long; in those as many pages in a block as there are blocks."""
        return max(_BLOCK, math.isqrt(self.last - 1) + 1)

    @property
    def block(self) -> range:
        """The pages linked one by one: this page and its neighbours, always the same ones together."""
        start = (self.number - 1) // self._size * self._size + 1
        return range(start, min(start + self._size, self.last + 1))

    @property
    def other_blocks(self) -> tuple[range, ...]:
        starts = range(1, self.last + 1, self._size)
        blocks = (range(start, min(start + self._size, self.last + 1)) for start in starts)
        return tuple(block for block in blocks if self.number not in block)

    def address(self, number: int) -> str:
        return self.base if number == 1 else f"{self.base}page/{number}/"


def listings(base: str, demands: tuple[Demand, ...], cards: Mapping[str, Card]) -> Iterator[Listing]:
    """`cards` by the id of a demand."""
    pages = pages_of(demands)
    for number, page in enumerate(pages, start=1):
        yield Listing(base, number, len(pages), len(demands), tuple(cards[demand.id] for demand in page))


def numbered(title: str, listing: Listing) -> str:
    """Titles of later pages say so, that no two pages share one."""
    return title if listing.number == 1 else f"{title}（第 {listing.number} 页）"
