"""Members of groups: put in order by counting, as numbers of two bytes are sorted several times as fast that way as by comparing; and found where
a group is a range."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def ordered(groups: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Where the members of each group stand, group by group; those of one keep their order."""
    order = np.argsort((groups & 0xFFFF).astype(np.uint16), kind="stable")
    high = (groups >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order


def ordered_pairs(groups: NDArray[np.uint32], inner: NDArray[np.uint16]) -> NDArray[np.int64]:
    """The same where a group is named by two numbers, the second of two bytes."""
    if not inner.any():
        return ordered(groups)
    order = np.argsort(inner, kind="stable")
    return order[ordered(groups[order])]


def ranges(starts: NDArray[np.integer[Any]], sizes: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """The numbers from each start on, so many of each, one after another."""
    ends = np.cumsum(sizes, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - sizes), sizes) + np.arange(total)
