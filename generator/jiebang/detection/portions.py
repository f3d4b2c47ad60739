"""Many short texts cost more one by one than as one long text, and a whole catalogue at once costs memory: portions in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def portions(texts: Iterable[str], letters: int) -> Iterator[list[str]]:
    """The texts in their order, in portions of a little more than so many letters."""
    portion: list[str] = []
    length = 0
    for text in texts:
        portion.append(text)
        length += len(text)
        if length > letters:
            yield portion
            portion, length = [], 0
    if portion:
        yield portion
