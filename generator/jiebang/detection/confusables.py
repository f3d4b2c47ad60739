"""Letters that are taken for others, folded to one: Cyrillic and Greek in Latin words, katakana for Han characters, squared letters.

The table is Unicode's confusables; what it lacks is added here. Loaded at the first use, as it takes its time.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
_ALPHABETS = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
"""First letters of the squared, negative circled, negative squared and regional indicator alphabets."""


def is_latin(text: str) -> bool:
    """Whether it is one Latin letter or digit."""
    return len(text) == 1 and text.isascii() and text.isalnum()


def is_han(text: str) -> bool:
    """Whether it is one of the usual Han characters."""
    return len(text) == 1 and "\u4e00" <= text <= "\u9fff"


@cache
def lookalikes() -> dict[str, str]:
    """Letter → the one that it is taken for."""
    from jiebang.detection.tables.lookalikes import LOOKALIKES

    pairs = (pair.split("=") for pair in LOOKALIKES.split())
    return {chr(int(code, 16)): target for code, target in pairs}


@cache
def lower_lookalikes() -> dict[int, str]:
    """Folded letter → the letter it looks like, both after casefold; digits that look like letters among them."""
    table: dict[int, str] = {ord("0"): "o", ord("1"): "l"}
    for letter, target in lookalikes().items():
        folded = unicodedata.normalize("NFKC", letter).casefold()
        if len(folded) == 1 and not folded.isascii():
            own = letter == folded
            if own or ord(folded) not in table:
                small = target.casefold()
                table[ord(folded)] = {"0": "o", "1": "l"}.get(small, small)
    for letter, target in _SMALL_CAPITALS.items():
        table[ord(letter)] = target
    for first in _ALPHABETS:
        for number in range(26):
            table[first + number] = chr(ord("a") + number)
    return table


@cache
def upper_lookalikes() -> dict[int, str]:
    """Capitals that look like Latin ones: casefold would lose it (Ν is taken for N, its small ν for v)."""
    return {
        # The table takes capital iota and Ukrainian І for a small l; in a word in capitals they are an I.
        ord(letter): "I" if target in "l1|" else target
        for letter, target in lookalikes().items()
        if letter.isupper() and is_latin(target) and unicodedata.normalize("NFKC", letter) == letter
    }
