"""Text that a spreadsheet program must not take for a formula. Source: safety rule 18."""

from __future__ import annotations

_STARTERS = frozenset("=+-@\t\r" + "＝＋－＠" + "﹦﹢﹣﹫" + "−")
"""What makes a formula, or a field that runs on; full-width and small forms too, as some programs fold them, and the minus sign."""


def is_risky(text: str) -> bool:
    """Whether a program that opens the cell might calculate instead of showing it. Blank space before the first character hides nothing."""
    return text[:1] in _STARTERS or text.lstrip()[:1] in _STARTERS


def neutral(text: str) -> str:
    """The text for a CSV cell: an apostrophe in front of what might be taken for a formula, the usual way to say that it is text."""
    return f"'{text}" if text and is_risky(text) else text
