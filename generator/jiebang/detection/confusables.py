"""Letters that are taken for others, folded to one: Cyrillic and Greek in Latin words, katakana for Han characters, squared letters.

The table is confusable-homoglyphs' (Unicode's confusables); what it lacks is added here. Loaded at the first use, as it takes its time.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
_ALPHABETS = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
"""First letters of the squared, negative circled, negative squared and regional indicator alphabets."""


def _is_latin(text: str) -> bool:
    return len(text) == 1 and text.isascii() and text.isalnum()


def _is_han(text: str) -> bool:
    return len(text) == 1 and "\u4e00" <= text <= "\u9fff"


def _table() -> dict[str, list[str]]:
    from confusable_homoglyphs import confusables

    found: dict[str, list[str]] = {}
    for letter, entries in confusables.confusables_data.items():
        if len(letter) == 1 and not letter.isascii():
            targets = [entry["c"] for entry in entries]
            found[letter] = [t for t in targets if _is_latin(t)] or [
                t for t in targets if _is_han(t) and not _is_han(letter)
            ]
    return {letter: targets for letter, targets in found.items() if targets}


@cache
def lower_lookalikes() -> dict[int, str]:
    """Folded letter → the letter it looks like, both after casefold; digits that look like letters among them."""
    table: dict[int, str] = {ord("0"): "o", ord("1"): "l"}
    for letter, targets in _table().items():
        folded = unicodedata.normalize("NFKC", letter).casefold()
        if len(folded) == 1 and not folded.isascii():
            own = letter == folded
            if own or ord(folded) not in table:
                target = targets[0].casefold()
                table[ord(folded)] = {"0": "o", "1": "l"}.get(target, target)
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
        ord(letter): "I" if targets[0] in "l1|" else targets[0]
        for letter, targets in _table().items()
        if letter.isupper() and _is_latin(targets[0]) and unicodedata.normalize("NFKC", letter) == letter
    }
