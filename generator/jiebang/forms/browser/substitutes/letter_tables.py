"""For `jiebang.detection.letter_tables`, which works with numpy: every text goes the careful way, which tells the same."""

from __future__ import annotations

from collections.abc import Sequence


def normalise(text: str) -> None:
    """No table knows this text."""


def squash(normalised: str) -> None:
    """No table knows this text."""


def fold(text: str) -> None:
    """No table knows this text."""


def fold_each(texts: Sequence[str]) -> None:
    """No table knows these texts."""


def squash_each(texts: Sequence[str]) -> None:
    """No table knows these texts."""
