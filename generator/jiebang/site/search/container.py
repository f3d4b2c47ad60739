"""The two kinds of files that the index is made of besides its manifest; the leak gate reads both (`publication/search_index.py`).

Tables begin with TABLE and hold sections of names and their lists:

    byte        kind: 0 for names that stand a line each; the lower four bits of any other say how long every name is
    number      how many names
    number      how many bytes they take
    UTF-8       the names in ascending order
    numbers     how many bytes each list takes
    bytes       the lists

Lines begin with LINES and hold numbers, then lines of text:

    number      how many numbers
    numbers
    UTF-8       lines, parted by line feeds, to the end of the file
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiebang.site.search.encoding import varint, varints

TABLE = b"JBS1"
LINES = b"JBN1"
NAMED = 0
"""Kind of a section whose names have any length, a line each."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and its list."""

    name: str
    content: bytes


def section(kind: int, text: str, count: int, sizes: bytes, content: bytes) -> bytes:
    """A section of a table: `count` names, and `sizes` (as `varints` writes them) of their lists, one after another in `content`."""
    names = text.encode()
    return b"".join((bytes([kind]), varint(count), varint(len(names)), names, sizes, content))


def table(entries: Sequence[Entry]) -> bytes:
    """A file of one section with names of any length."""
    sizes = np.array([len(entry.content) for entry in entries], dtype=np.int64)
    text = "\n".join(entry.name for entry in entries)
    return TABLE + section(NAMED, text, len(entries), varints(sizes), b"".join(entry.content for entry in entries))


def lines(numbers: Sequence[int] | NDArray[np.int64], text: Sequence[str]) -> bytes:
    """A file of numbers and lines."""
    return LINES + varint(len(numbers)) + varints(np.asarray(numbers, dtype=np.int64)) + "\n".join(text).encode()
