"""Raised and lowered letters as plain text: 10 with a raised 6 is 10⁶, never 106."""

from __future__ import annotations

UP, DOWN = "up", "down"
OFFICE = {"superscript": UP, "subscript": DOWN}
"""As Word and Excel call them."""
_WIDE = str.maketrans("０１２３４５６７８９＋－−–＝（）", "0123456789+---=()")
_UP = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_DOWN = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def set_apart(text: str, script: str) -> str:
    """A text that stands raised (`UP`) or lowered (`DOWN`); a raised letter that has no sign of its own is led by ^."""
    if script == UP:
        shown = text.translate(_WIDE).translate(_UP)
        return f"^{shown}" if any(c.isascii() and c.isalnum() for c in shown) else shown
    return text.translate(_WIDE).translate(_DOWN) if script == DOWN else text
