"""One form for what is searched and what is typed: width, case, tradition and white space folded.

`search/fold.js` of the page scripts folds the same way, character by character, so that both sides agree on what equals what.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_HAN = (*range(0x3400, 0xA000), *range(0x20000, 0x323B0))
_SPACES = re.compile("[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
"""Python and JavaScript do not agree on what white space is; this is what both of them split at here."""


@cache
def _simplifier() -> dict[int, str]:
    """Traditional character → simplified one, as OpenCC has them; where a character has several, the usual one."""
    from opencc import OpenCC

    characters = [chr(code) for code in _HAN]
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    table = {old: new for old, new in zip(characters, simplified, strict=True) if old != new and len(new) == 1}
    # What a character becomes must not become something else: folding twice changes nothing.
    return {ord(old): table.get(new, new) for old, new in table.items()}


@cache
def _traditional() -> frozenset[str]:
    return frozenset(map(chr, _simplifier()))


def traditional(wanted: Iterable[str]) -> dict[str, str]:
    """Each traditional character whose simplified form is among those wanted → that form."""
    forms = set(wanted)
    return {chr(old): new for old, new in _simplifier().items() if new in forms}


def _plain(text: str) -> str:
    # The last sigma of a Greek word looks different; a piece of the word must still be found.
    return unicodedata.normalize("NFKC", text).lower().replace("ς", "σ")


def fold(text: str) -> str:
    """NFKC, lower case, traditional characters simplified one by one, white space of any kind and length one space."""
    if text.isascii():
        return _SPACES.sub(" ", text.lower())
    plain = _plain(text)
    # Few texts hold any: to look is faster than to translate.
    if not _traditional().isdisjoint(set(plain)):
        plain = plain.translate(_simplifier())
    return _SPACES.sub(" ", plain)


def fold_all(texts: Iterable[str]) -> list[str]:
    """Each text folded; many short ones are folded faster as one."""
    texts = list(texts)
    folded = fold("\0".join(texts)).split("\0")
    return folded if len(folded) == len(texts) else [fold(text) for text in texts]


def traditional_in(characters: Iterable[str]) -> set[str]:
    """The traditional ones of some characters, as they stand after width and case were folded."""
    return {plain for character in characters for plain in _plain(character)} & _traditional()
