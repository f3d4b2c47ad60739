"""What was found out about texts that were looked over together: which of them cannot hold contact data, a hint, a person or a mark.

The functions that look for these ask here first; of a text that nobody looked over nothing is known, and they look themselves.
"""

from __future__ import annotations

from collections.abc import Iterable

CONTACTS, HINTS, PEOPLE, MARKS = 1, 2, 4, 8
"""Kinds of what a text may hold, as bits."""

_WITHOUT: dict[str, int] = {}


def look_over(texts: Iterable[str]) -> None:
    """Looks at texts that were prepared (`normalisation.prepare`), all at once; what was known of others is forgotten."""
    from jiebang.detection.first_look import without

    _WITHOUT.clear()
    _WITHOUT.update(without(texts))


def is_without(text: str, kind: int) -> bool:
    """Whether it is known that a text holds nothing of a kind."""
    return bool(_WITHOUT.get(text, 0) & kind)
