"""For `jiebang.detection.letter_searches`, which works with numpy: the expressions that it stands for search themselves."""

from __future__ import annotations


def han_digit_chains(normalised: str, fewest: int) -> None:
    """No table knows this text."""


def runs_beside_han(squashed: str) -> None:
    """No table knows this text."""


def has_western_pair(text: str) -> None:
    """No table knows this text."""
