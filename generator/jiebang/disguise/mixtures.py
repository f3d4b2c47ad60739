"""Names half in Chinese characters and half in pinyin: characters beside pinyin are read as pinyin too.

Only what holds both is a hit, as a name in characters is found as it is, and other characters of the same sound are another matter.
Few texts have anything like pinyin beside a Chinese character, so that looking for it costs little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jiebang.disguise.pinyin import readings_of

_FARTHEST = 12
"""Characters beside pinyin that are read along with it."""
_LETTERS = r"[a-z2-5]"
_RUN = re.compile("[a-z][a-z2-5]+")
_PIECES = re.compile(f"{_LETTERS}+|[\u4e00-\u9fff]+|[^a-z2-5\u4e00-\u9fff]+")
_FINAL = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|yuan|van|yue|ai|ei|ao|ou|an|en|er|in|ia|ie|iu|ua|uo|ui|un|ue|ve|vn|yun|a|o|e|i|u|v"
_PINYIN = re.compile(f"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:{_FINAL})[2-5l]?)+")
_TONE = re.compile(r"[2-5]|l(?![aeiouvy])")
"""The number of a tone; a 1 is folded to an l, and no syllable ends with one."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """Characters and pinyin read as pinyin. `places[i]` is where the i-th letter stands in the text; `han` tells which come from a
    character."""

    letters: str
    places: tuple[int, ...]
    han: tuple[bool, ...]

    def is_hit(self, start: int, end: int) -> bool:
        """Whether whole characters and pinyin together make a hit."""
        inside = self.han[start:end]
        if all(inside) or not any(inside):
            return False
        splits_first = start > 0 and self.places[start - 1] == self.places[start]
        splits_last = end < len(self.places) and self.places[end] == self.places[end - 1]
        return not (splits_first or splits_last)


@cache
def _sound(character: str) -> str:
    readings = readings_of(character)
    return readings[0] if readings else "\0"


def _is_han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _is_pinyin(piece: str) -> bool:
    return len(piece) >= 2 and piece.isascii() and piece[0] > "9" and _PINYIN.fullmatch(piece) is not None


def _is_beside_han(squashed: str, run: re.Match[str]) -> bool:
    return (_is_han(squashed[run.start() - 1 : run.start()]) or _is_han(squashed[run.end() : run.end() + 1])) and (
        _is_pinyin(run.group())
    )


def mixture(squashed: str) -> Mixture | None:
    """A folded text with the characters beside pinyin spelt out, the rest left out; None where it has none."""
    if squashed.isascii() or not any(_is_beside_han(squashed, match) for match in _RUN.finditer(squashed)):
        return None
    pieces = [(match.start(), match.group()) for match in _PIECES.finditer(squashed)]
    pinyin = [_is_pinyin(piece) for _, piece in pieces]
    letters: list[str] = []
    places: list[int] = []
    han: list[bool] = []

    def add(text: str, place: int, is_han: bool) -> None:
        letters.append(text)
        places.extend([place] * len(text) if is_han else range(place, place + len(text)))
        han.extend([is_han] * len(text))

    for number, (start, piece) in enumerate(pieces):
        if pinyin[number]:
            at = 0
            for tone in _TONE.finditer(piece):
                add(piece[at : tone.start()], start + at, False)
                at = tone.end()
            add(piece[at:], start + at, False)
        elif _is_han(piece[0]):
            behind = number > 0 and pinyin[number - 1]
            before = number + 1 < len(pieces) and pinyin[number + 1]
            for offset, character in enumerate(piece):
                if (behind and offset < _FARTHEST) or (before and len(piece) - offset <= _FARTHEST):
                    add(_sound(character), start + offset, True)
                elif letters and letters[-1] != "\n":
                    add("\n", start + offset, True)
        else:
            add("\n", start, True)
    return Mixture("".join(letters), tuple(places), tuple(han))
