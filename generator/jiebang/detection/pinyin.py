"""Chinese names in Latin letters: every reading of every character, with and without tone numbers, and initials.

pypinyin's table of characters is enough: the phrases that come with it choose between readings, and here all are wanted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import combinations, islice, product

MOST_READINGS = 64
_PER_CHARACTER = 4
_FOLDED = {
    "土": "士",
    "干": "乾",
    "于": "於",
    "征": "徵",
    "拼": "拚",
    "折": "摺",
    "口": "囗",
    "丝": "糸",
    "烟": "菸",
    "夹": "袷",
}
"""Characters that others fold to which sound otherwise: a folded 土 may have been written 士."""
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


@cache
def _dictionary() -> dict[str, str]:
    """Character → its readings, with commas between them."""
    from jiebang.detection.tables.readings import READINGS

    found: dict[str, str] = {}
    for line in READINGS.split("\n"):
        readings, _, characters = line.partition(" ")
        found.update(dict.fromkeys(characters, readings))
    return found


def _plain(reading: str) -> tuple[str, str]:
    """(letters, letters with the number of the tone) of a reading such as `zhòng`."""
    letters, tone = "", ""
    for part in unicodedata.normalize("NFD", reading):
        if part in _TONES:
            tone = _TONES[part]
        elif part.isascii():
            letters += part
    return letters, letters + tone


@cache
def _readings(character: str, toned: bool, folded: bool = True) -> tuple[str, ...]:
    if character.isascii():
        return (character,)
    readings: dict[str, None] = {}
    listed = _dictionary().get(character, "").split(",")
    for other in _FOLDED.get(character, "") if folded else "":
        listed[1:1] = _dictionary().get(other, "").split(",")[:1]
    for reading in listed:
        letters, numbered = _plain(reading)
        spelt = numbered if toned else letters
        if not spelt:
            continue
        readings[spelt] = None
        if "ü" in unicodedata.normalize("NFC", reading) or "\u0308" in unicodedata.normalize("NFD", reading):
            # 绿 is typed lv, lyu or lu.
            readings[spelt.replace("u", "v", 1)] = None
            readings[spelt.replace("u", "yu", 1)] = None
    return tuple(readings)[:_PER_CHARACTER]


def readings_of(character: str) -> tuple[str, ...]:
    """The readings of one Han character without tones, the usual one first; none where the table has none."""
    return _readings(character, False, folded=False)


def sounds_of(character: str) -> tuple[str, ...]:
    """The same of a folded character, which may have been written otherwise."""
    return _readings(character, False)


def _by_rarity(choices: list[tuple[str, ...]]) -> Iterator[str]:
    """All combinations, those with the fewest rare readings first."""
    usual = [readings[:1] for readings in choices]
    several = [index for index, readings in enumerate(choices) if len(readings) > 1]
    for count in range(len(several) + 1):
        for places in combinations(several, count):
            chosen = usual.copy()
            for place in places:
                chosen[place] = choices[place][1:]
            yield from map("".join, product(*chosen))


def spellings(name: str, toned: bool = False, most: int = MOST_READINGS) -> list[str]:
    """A folded name in pinyin, in all readings up to a limit, the usual ones first; empty where a character has none."""
    choices = [_readings(character, toned) for character in name]
    if not choices or not all(choices):
        return []
    return list(islice(_by_rarity(choices), most))


def initials(name: str) -> list[str]:
    """The first letters of a folded name's usual pinyin, in more than one way where a character may have been written otherwise; none where one has
    no pinyin."""
    choices = [_readings(character, False)[: 1 + len(_FOLDED.get(character, ""))] for character in name]
    return list(
        dict.fromkeys("".join(letters) for letters in product(*(dict.fromkeys(r[0] for r in c) for c in choices)))
    )
