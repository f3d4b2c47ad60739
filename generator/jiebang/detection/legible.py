"""A text as somebody reads it out to dial or write to it: as it is seen, without what nobody sees, every digit a plain one."""

from __future__ import annotations

from functools import lru_cache

from jiebang.detection.digits import unframed, with_plain_digits
from jiebang.detection.normalisation import as_seen, visible


@lru_cache(maxsize=64)
def legible(text: str) -> str:
    """The text in which contact data and hints are looked for. Kept between calls, as both ask."""
    return with_plain_digits(visible(as_seen(unframed(text))))
