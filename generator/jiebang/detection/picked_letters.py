"""Names of which the letters stand apart in a text: each after a word that holds it (凌晨的凌、云彩的云), or first in a line.

The letters are picked out and put together. What comes so is no accident: three such words in a row stand in no text about anything else,
and four lines that begin with a name's letters hardly in a short one. A long text, such as a list of all demands, has too many lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.letters import APART, HAN

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


_FEWEST_LINES = 4
_LONGEST = 8192
"""Letters of a text whose lines are looked at."""
_FIRST = LazyPattern(rf"(?:\A|[\n;])(?:第?[一二三四五六七八九十]{{1,3}}(?:[、.,:)]|是)|[^{HAN}a-z\n;])*+([{HAN}a-z]?)")
"""Numbers and signs before a line, and its first letter."""


def _has_lines(normalised: str) -> bool:
    """Whether a text may have as many lines, or parts with `；` between them, as a name has letters, and is short enough."""
    if len(normalised) > _LONGEST:
        return False
    return normalised.count("\n") + normalised.count(";") >= _FEWEST_LINES - 1


def first_letters(normalised: str) -> str:
    """The first letters of a normalised text's lines, where these are Chinese characters; empty where there are too few."""
    if not _has_lines(normalised):
        return ""
    firsts = list(filter(None, _FIRST.compiled.findall(normalised)))
    letters = "".join(APART if letter.isascii() else letter for letter in firsts)
    return letters if len(letters) - letters.count(APART) >= _FEWEST_LINES else ""
