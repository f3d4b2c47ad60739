"""One form for what is searched and what is typed: width, case, tradition and white space folded.

`search/fold.js` of the page scripts folds the same way, character by character, so that both sides agree on what equals what.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import numpy as np

from jiebang.site.characters import changed_all, points_of

_HAN = (range(0x3400, 0xA000), range(0x20000, 0x323B0))
_SPACES = re.compile("[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
"""Python and JavaScript do not agree on what white space is; this is what both of them split at here."""


@cache
def _simplifier() -> dict[int, str]:
    """Traditional character → simplified one, as OpenCC has them; where a character has several, the usual one."""
    from opencc import OpenCC

    characters = np.concatenate([np.arange(some.start, some.stop, dtype=np.uint32) for some in _HAN])
    lines = np.full(2 * len(characters), ord("\n"), dtype=np.uint32)
    lines[::2] = characters
    points = points_of(OpenCC("t2s").convert(lines.tobytes().decode("utf-32-le")))
    ends = np.flatnonzero(points == ord("\n"))
    one = np.diff(ends, prepend=-1) == 2
    new = points[ends - 1]
    changed = one & (new != characters)
    table: dict[int, int] = dict(zip(characters[changed].tolist(), new[changed].tolist(), strict=True))
    # What a character becomes must not become something else: folding twice changes nothing.
    return {old: chr(table.get(into, into)) for old, into in table.items()}


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
    """Each text folded; many are folded faster together."""
    return [_one_space(text) for text in changed_all(texts, fold)]


def _one_space(text: str) -> str:
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def traditional_in(characters: Iterable[str]) -> set[str]:
    """The traditional ones of some characters, as they stand after width and case were folded."""
    return {plain for character in characters for plain in _plain(character)} & _traditional()
