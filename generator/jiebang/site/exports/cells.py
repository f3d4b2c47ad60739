"""Text that a spreadsheet program must not take for a formula. Source: safety rule 18."""

from __future__ import annotations

import re

_SIGNS = "=+-@" + "＝＋－＠" + "﹦﹢﹣﹫" + "−"
"""What makes a formula; full-width and small forms too, as some programs fold them, and the minus sign."""


_RISKY = re.compile("(?:[\\s\u180e\u200b-\u200d\u2060\ufeff]*[" + re.escape(_SIGNS) + "]|[\t\r])")


def is_risky(text: str) -> bool:
    """Whether a program that opens the cell might calculate instead of showing it. Blank space before the first character, seen or
    not, hides nothing."""
    return bool(_RISKY.match(text))


def neutral(text: str) -> str:
    """The text for a CSV cell: an apostrophe in front of what might be taken for a formula, the usual way to say that it is text."""
    return f"'{text}" if text and is_risky(text) else text
