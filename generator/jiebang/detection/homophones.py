"""What sounds like a name: other characters of the same pinyin, bopomofo, and Wade-Giles.

Each character of a text is one letter for its usual sound and one for its next; a name is a set of such letters for each of its characters.
So most texts are passed over by looking for one letter.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import count, islice, product
from typing import NamedTuple

from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.normalisation import squash
from jiebang.detection.pinyin import sounds_of, spellings

_TONES_AND_SIGNS = LazyPattern(r"[\W_\u02c9-\u02cb\u02c7\u02d9]+")
_BOPOMOFO = LazyPattern("[\u3105-\u312f]")
_LATIN = LazyPattern("[a-z]{8,}")
_APART = "\n"
_FIRST_CODE = 0xF0000
_MOST_ROMANISED = 4
_SHORTEST_ROMANISED = 8
# The library leaves these as they are in pinyin.
_WADE_GILES = {"guo": "kuo", "luo": "lo", "kuo": "kuo"}

_codes: dict[str, str] = {}
_free_codes = map(chr, count(_FIRST_CODE))


def _code(syllable: str) -> str:
    # Two threads that meet a syllable at once agree on one letter, and no two syllables get the same.
    return _codes.get(syllable) or _codes.setdefault(syllable, next(_free_codes))


class _Sounds(dict[int, str]):
    """A table for `str.translate` that learns: a character → the letter of its `rank`-th reading, or of its last."""

    def __init__(self, rank: int) -> None:
        super().__init__()
        self._rank = rank

    def __missing__(self, code: int) -> str:
        readings = sounds_of(chr(code)) if code > 0x7F else ()
        letter = chr(code) if code >= _FIRST_CODE else _APART
        if readings:
            letter = _code(readings[min(self._rank, len(readings) - 1)])
        self[code] = letter
        return letter


_USUAL, _NEXT = _Sounds(0), _Sounds(1)


class Sound(NamedTuple):
    """How a part of a name sounds: for each character the letters of its readings, and the syllables themselves."""

    text: str
    letters: tuple[frozenset[str], ...]
    syllables: tuple[tuple[str, ...], ...]


def sound_of(han: str) -> Sound | None:
    """The sound of a text in Chinese characters; None where one of them has none."""
    syllables = tuple(sounds_of(character) for character in han)
    if not all(syllables):
        return None
    return Sound(han, tuple(frozenset(map(_code, one)) for one in syllables), syllables)


@lru_cache(maxsize=512)
def _heard(seen: str) -> tuple[str, str, bool]:
    letters = _TONES_AND_SIGNS.compiled.sub("", seen)
    return letters.translate(_USUAL), letters.translate(_NEXT), _BOPOMOFO.compiled.search(letters) is not None


@cache
def _written() -> dict[str, tuple[str, str]]:
    """Syllable in pinyin → (in bopomofo, in Wade-Giles)"""
    from jiebang.detection.tables.syllables import SYLLABLES

    rows = (row.split(" ") for row in SYLLABLES.split("\n"))
    return {pinyin: (bopomofo, wade_giles) for pinyin, bopomofo, wade_giles in rows}


@cache
def _bopomofo(syllable: str) -> str:
    return _written()[syllable][0].rstrip("˙")


@cache
def _wade_giles(syllable: str) -> str:
    return _WADE_GILES.get(syllable) or squash(_written()[syllable][1].replace("v", "u"))


def sounds_like(seen: str, squashed: str, sound: Sound) -> str | None:
    """The manner in Chinese in which a text, as it is seen and folded, sounds like a name."""
    usual, other, has_bopomofo = _heard(seen)
    if has_bopomofo:
        usual = other = _with_bopomofo(_TONES_AND_SIGNS.compiled.sub("", seen), sound).translate(_USUAL)
    if _sounds(usual, other, sound.letters):
        return "注音" if has_bopomofo else "谐音"
    if _LATIN.compiled.search(squashed) and any(name in squashed for name in _romanised(sound)):
        return "威妥玛拼音"
    return None


def _sounds(usual: str, other: str, letters: tuple[frozenset[str], ...]) -> bool:
    for heard in {usual, other}:
        for first in letters[0]:
            at = heard.find(first)
            while at >= 0:
                if at + len(letters) <= len(usual) and all(
                    usual[at + number] in wanted or other[at + number] in wanted
                    for number, wanted in enumerate(letters)
                ):
                    return True
                at = heard.find(first, at + 1)
    return False


def _with_bopomofo(letters: str, sound: Sound) -> str:
    """A text with the name's own syllables, where they stand in bopomofo, as the letters of their sounds."""
    known = {_bopomofo(syllable): _code(syllable) for readings in sound.syllables for syllable in readings}
    known.pop("", None)
    pattern = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.sub(pattern, lambda match: known[match.group()], letters)


@lru_cache(maxsize=16384)
def _romanised(sound: Sound) -> tuple[str, ...]:
    names = ("".join(map(_wade_giles, one)) for one in islice(product(*sound.syllables), _MOST_ROMANISED))
    pinyin = {squash(name) for name in spellings(sound.text)}
    return tuple(name for name in dict.fromkeys(names) if len(name) >= _SHORTEST_ROMANISED and name not in pinyin)
