"""Demands in portions, of each of which something is kept between runs."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

ABOUT, MOST = 256, 4096
"""About how many demands a portion has, and how many at most."""


def portions(ids: Sequence[str]) -> Iterator[slice]:
    """The demands with these ids, in their order. What closes a portion is the last demand's id: one that comes or goes leaves the other
    portions as they are."""
    first = 0
    for last, id_ in enumerate(ids, 1):
        if zlib.crc32(id_.encode()) % ABOUT == 0 or last - first == MOST or last == len(ids):
            yield slice(first, last)
            first = last
