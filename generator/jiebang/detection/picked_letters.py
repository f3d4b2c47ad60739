"""Names of which the letters stand apart in a text: each after a word that holds it (凌晨的凌、云彩的云).

The letters are picked out and put together. What comes so is no accident: three such words in a row stand in no text about anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

APART = "\u3400"
"""Stands between letters that do not belong together: a letter of no name."""
_OF = "的"
_LONGEST_WORD = 7
"""An idiom, and 以及 before it."""
MOST_OF_ONE = _LONGEST_WORD + len(_OF)
"""Letters that a part of a word with its letter has at most."""
_FEWEST = 3
_LETTER = f"[^{_OF}{APART}\ue000-\ue002]"
_IN_A_ROW = re.compile(f"{_OF}{_LETTER}(?:{_LETTER}{{1,{_LONGEST_WORD}}}{_OF}{_LETTER}){{{_FEWEST - 1},}}")
_ONE = re.compile(f"({_LETTER}*){_OF}({_LETTER})")
_LAST_WORD = re.compile(f"{_LETTER}*$")
_ANY = re.compile(f"{_OF}({_LETTER})")


def spelt_aloud_in(squashed: str) -> Iterator[tuple[int, str]]:
    """(place, letters) of each three letters or more of a folded text that are spelled aloud in a row, and of where the row begins."""
    for match in _IN_A_ROW.finditer(squashed):
        before = _LAST_WORD.search(squashed[max(0, match.start() - _LONGEST_WORD) : match.start()])
        letters = ""
        for one in _ONE.finditer((before.group() if before else "") + match.group()):
            word, letter = one.groups()
            if letter in word:
                letters += letter
                continue
            if len(letters) >= _FEWEST:
                yield match.start(), letters
            letters = ""
        if len(letters) >= _FEWEST:
            yield match.start(), letters


def spelt_aloud(squashed: str) -> str:
    """All these letters of a folded text; empty where there are none."""
    if _OF not in squashed:
        return ""
    return APART.join(letters for _, letters in spelt_aloud_in(squashed))


def one_spelt_in(squashed: str) -> list[int]:
    """The places of letters of a folded text that stand after a word that holds them, and perhaps of some more."""
    return [
        match.start()
        for match in _ANY.finditer(squashed)
        if match[1] in squashed[max(0, match.start() - _LONGEST_WORD) : match.start()]
    ]
