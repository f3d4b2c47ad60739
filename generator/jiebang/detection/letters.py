"""What folding does with one letter: is it kept, and as which. The definitions that both ways of folding share, short texts' and files'."""

from __future__ import annotations

import re
import unicodedata

from jiebang.detection.confusables import lower_lookalikes

FOREIGN_CAPITALS = re.compile(
    "[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u13a0-\u13ff\u2c00-\u2dff\ua4d0-\ua4ff\ua640-\ua69f]"
)
"""Where one of these stands in a text, capitals that look like Latin ones are folded before case is."""
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, as a part of a regular expression's set."""
APART = "\u3400"
"""A letter of no name: what is not one text must not become one when signs and spaces are dropped."""
_FILLERS = "\u115f\u1160\u3164\uffa0"
STROKES = frozenset("丨丶丷丿乀乁乄乚乛亅亠冂冖冫凵宀彡灬")
"""Strokes and parts of characters that stand in no word: in nicknames they stand between characters."""


class _Letters(dict[int, str | None]):
    """A table for `str.translate` that learns: letters and digits stay (lookalikes folded), everything else goes, and strokes."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        kept: str | None = lower_lookalikes().get(code)
        is_letter = unicodedata.category(letter)[0] in "LN"
        if letter in STROKES or (kept in STROKES and not is_letter):
            kept = None
        elif kept is None and is_letter and letter not in _FILLERS:
            kept = letter
        self[code] = kept
        return kept


LETTERS = _Letters()
"""Letter of a normalised text → what is left of it when signs and spaces go; None where nothing is."""
