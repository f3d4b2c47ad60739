"""The list of all demands in portions: the parts of the files that list them all, each made from its portion alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from jiebang.site.grouping import Told

SIZE = 250
"""Demands of a portion: an edit has so many made again in each file, and ten thousand demands are forty parts."""

Portion: TypeAlias = tuple[Told, ...]
Portions: TypeAlias = tuple[Portion, ...]


def portions_of(listed: Sequence[Told]) -> Portions:
    """A list in portions, in its order."""
    return tuple(tuple(listed[at : at + SIZE]) for at in range(0, len(listed), SIZE))


def count_of(portions: Portions) -> int:
    """How many demands are in the list."""
    return sum(map(len, portions))
