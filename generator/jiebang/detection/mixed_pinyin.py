"""Names half in Chinese characters and half in pinyin: characters beside pinyin are read as pinyin too.

Only what holds both is a hit, as a name in characters is found as it is, and other characters of the same sound are another matter.
Few texts have anything like pinyin beside a Chinese character, so that looking for it costs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from jiebang.detection.pinyin import sounds_of
from jiebang.memory import remembered

_FARTHEST = 12
"""Characters beside pinyin that are read along with it."""
_AROUND = 64
"""Letters and characters around pinyin that are looked at."""
MOST_READ_ALONG = 2 * _AROUND
"""Letters and characters around pinyin that decide about how it is read: its own, and those of other pinyin that is read along with it."""
_LONG = 1024
"""Letters of a text from which on it is searched by tables."""
_APART = "\n"
LETTERS = "[a-z2-5]"
"""What pinyin is written with, numbers of tones included."""
HAN = "[\u4e00-\u9fff]"
_RUN = re.compile(f"(?<!{LETTERS})[a-z](?:(?<={HAN}.){LETTERS}++|{LETTERS}++(?={HAN}))")
"""Letters with a Chinese character before or behind."""
_PIECES = re.compile(f"{LETTERS}+|[\u4e00-\u9fff]+|[^a-z2-5\u4e00-\u9fff]+")
_FINAL = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|yuan|van|yue|ai|ei|ao|ou|an|en|er|in|ia|ie|iu|ua|uo|ui|un|ue|ve|vn|yun|a|o|e|i|u|v"
_PINYIN = re.compile(
    f"(?![ol2-5]+$)(?:(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:{_FINAL})|a(?:ng|[ino])?|e[inr]?|ou)[2-5l]?)+"
)
"""Roughly; what is only o, l and digits was a number before it was folded."""
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
    readings = sounds_of(character)
    return readings[0] if readings else "\0"


def _is_han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


@remembered(16384)
def _is_pinyin(piece: str) -> bool:
    return len(piece) >= 2 and piece.isascii() and piece[0] > "9" and _PINYIN.fullmatch(piece) is not None


def _runs(squashed: str) -> list[tuple[int, int]]:
    if len(squashed) >= _LONG:
        from jiebang.detection.letter_searches import runs_beside_han

        if (runs := runs_beside_han(squashed)) is not None:
            return runs
    return [run.span() for run in _RUN.finditer(squashed)]


def pinyin_beside_han(squashed: str) -> list[tuple[int, int]]:
    """(start, end) of each run of letters in a folded text that is pinyin beside a Chinese character."""
    return [(first, last) for first, last in _runs(squashed) if _is_pinyin(squashed[first:last])]


def _zones(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where pinyin stands beside characters, with what may belong to it."""
    zones: list[tuple[int, int]] = []
    for first, last in runs:
        start, end = max(0, first - _AROUND), last + _AROUND
        if zones and start <= zones[-1][1]:
            zones[-1] = (zones[-1][0], end)
        else:
            zones.append((start, end))
    return zones


class _Spelling:
    """Letters as they come, with their places."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.places: list[int] = []
        self.han: list[bool] = []

    def pinyin(self, piece: str, start: int) -> None:
        at = 0
        for tone in [*_TONE.finditer(piece), None]:
            end = len(piece) if tone is None else tone.start()
            self.letters.append(piece[at:end])
            self.places.extend(range(start + at, start + end))
            self.han.extend([False] * (end - at))
            at = end if tone is None else tone.end()

    def character(self, letters: str, place: int) -> None:
        self.letters.append(letters)
        self.places.extend([place] * len(letters))
        self.han.extend([True] * len(letters))

    def apart(self, place: int) -> None:
        if self.letters and self.letters[-1] != _APART:
            self.character(_APART, place)


def mixture(squashed: str, runs: Iterable[tuple[int, int]] | None = None) -> Mixture | None:
    """A folded text with the characters beside pinyin spelt out, the rest left out; None where it has none. `runs`: what
    `pinyin_beside_han` tells of it, where that is known."""
    if runs is None:
        runs = () if squashed.isascii() else pinyin_beside_han(squashed)
    zones = _zones(runs)
    if not zones:
        return None
    spelling = _Spelling()
    for first, last in zones:
        pieces = [(match.start(), match.group()) for match in _PIECES.finditer(squashed, first, last)]
        pinyin = [_is_pinyin(piece) for _, piece in pieces]
        spelling.apart(first)
        for number, (start, piece) in enumerate(pieces):
            if pinyin[number]:
                spelling.pinyin(piece, start)
            elif _is_han(piece[0]):
                behind = number > 0 and pinyin[number - 1]
                before = number + 1 < len(pieces) and pinyin[number + 1]
                for offset, character in enumerate(piece):
                    if (behind and offset < _FARTHEST) or (before and len(piece) - offset <= _FARTHEST):
                        spelling.character(_sound(character), start + offset)
                    else:
                        spelling.apart(start + offset)
            else:
                spelling.apart(start)
    return Mixture("".join(spelling.letters), tuple(spelling.places), tuple(spelling.han))
