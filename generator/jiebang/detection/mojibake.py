"""Text that a program read in the wrong encoding: undone where the letters tell, and predicted for names where they do not.

UTF-8 or GBK read as Western European shows: no Chinese text has six such letters in a row. UTF-8 read as GBK, or GBK as Big5, is Han
characters again and costs too much to try everywhere; there the name itself is written wrongly and looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

_HIGH_1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_LETTER = f"[\x80-\xff\ufffd{_HIGH_1252}]"
_WESTERN = re.compile(f"{_LETTER}(?:[@-~]?{_LETTER}){{4,}}[@-~]?")
_SOME = re.compile("[\xa0-\xff]{2}")
_BYTES = {letter: letter.encode("cp1252") for letter in _HIGH_1252}
_LOST = (b"\x8d", b"\x81", b"\x8f", b"\x90", b"\x9d")
"""Bytes for which Windows' Western encoding has no letter: they come out as U+FFFD."""
_MOST_LOST = 3
_LONG = 1024
"""Letters of a text from which on it is searched by tables."""
_MOST_GUESSES = 125
_HAN = re.compile("[\u4e00-\u9fff]")
_WRONGLY = (("utf-8", "gb18030", 0), ("utf-8", "gb18030", 1), ("gb18030", "big5", 0), ("utf-8", "big5", 0))
"""(encoding, the one that it is taken for, bytes at the beginning that a character before may have swallowed)"""
_FEWEST = 4


def repair(text: str) -> str:
    """What stood in the places of a text that were read as Western European; empty where there is none."""
    if text.isascii() or not _tells(text):
        return ""
    return "\n".join(repaired for match in _WESTERN.finditer(text) for repaired in _repaired(match.group()))


def _tells(text: str) -> bool:
    if len(text) >= _LONG:
        from jiebang.detection.letter_searches import has_western_pair

        if (found := has_western_pair(text)) is not None:
            return found
    return _SOME.search(text) is not None


def _repaired(run: str) -> Iterator[str]:
    letters = [_BYTES.get(letter) or letter.encode("latin-1", "ignore") for letter in run]
    places = [place for place, letter in enumerate(letters) if not letter]
    for guess in islice(product(_LOST, repeat=min(len(places), _MOST_LOST)), _MOST_GUESSES):
        for place, byte in zip(places, guess, strict=False):
            letters[place] = byte
        data = b"".join(letters)
        for encoding in ("utf-8", "gb18030"):
            text = data.decode(encoding, "ignore")
            if len(_HAN.findall(text)) >= 2:
                yield text


def misread(name: str) -> Iterator[str]:
    """A name as it looks after one program has written and another has read it."""
    for encoding, taken_for, skipped in _WRONGLY:
        text = name.encode(encoding, "ignore")[skipped:].decode(taken_for, "replace")
        # At its end a character behind may have swallowed a byte.
        text = text.rstrip("\ufffd")
        if len(_HAN.findall(text)) >= _FEWEST:
            yield text
