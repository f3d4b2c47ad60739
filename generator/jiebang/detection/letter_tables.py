"""Folding for whole files: what is done letter by letter is looked up in tables, the careful way is left for where letters need one another.

The tables cover the Basic Multilingual Plane and learn: a letter is asked about once, of the definitions that short texts go by. Where a
text holds a letter that acts on its neighbours (a combining mark, a part of a Korean syllable), that becomes several small ones, or that
lies outside the plane, the answer is None and the text goes the careful way. OpenCC, which knows words, is asked about a whole text where
this holds a letter that it changes alone or as a part of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from jiebang.detection.confusables import upper_lookalikes
from jiebang.detection.letters import FOREIGN_CAPITALS, HAN, LETTERS
from jiebang.detection.variant_characters import simplify, variant_characters

Codes: TypeAlias = NDArray[np.uint16]
"""A text as the numbers of its letters, one each."""
Kinds: TypeAlias = NDArray[np.uint8]

_SIZE = 0x10000
_KNOWN = 1
_FOREIGN = 2
_LONGER = 4
_IN_OPENCC = 8
_CAREFUL = 16
_FIRST_EAST_ASIAN = 0x2E80
"""OpenCC changes no letter before this one."""
_OPENCC = "1.4.2"
_IN_WORDS_ONLY = frozenset("哩坏沈甦瞭藉衹覆")
"""What this version of OpenCC changes in some words (`TSPhrases`) that hold no letter which it changes alone. Of other versions nobody knows."""
_LEANS = re.compile("[\u1100-\u11ff\ud7b0-\ud7ff]")
"""Parts of Korean syllables join those before them; everything else that joins a letter before it is a mark."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def codes_of(text: str) -> Codes | None:
    """The numbers of a text's letters; None where one lies outside the plane, or is half of one that does."""
    try:
        codes = np.frombuffer(text.encode("utf-16-le"), dtype="<u2")
    except UnicodeEncodeError:
        return None
    return codes if len(codes) == len(text) else None


def text_of(codes: Codes) -> str:
    """The letters of these numbers."""
    return codes.tobytes().decode("utf-16-le")


class LetterTable:
    """What a function says of each letter, a kind (bits, 0 for none) and another letter; the function is asked once a letter."""

    def __init__(self, tell: Callable[[str], tuple[int, str]]) -> None:
        self._kinds = np.zeros(_SIZE, dtype=np.uint8)
        self._others = np.zeros(_SIZE, dtype="<u2")
        self._tell = tell

    def kinds(self, codes: Codes) -> Kinds:
        """The kind of each letter, with the lowest bit set."""
        kinds = self._kinds.take(codes)
        if not len(kinds) or kinds.min():
            return kinds
        for code in _distinct(codes[kinds == 0]):
            kind, other = self._tell(chr(code))
            self._others[code] = ord(other)
            self._kinds[code] = kind | _KNOWN
        return self._kinds.take(codes)

    def others(self, codes: Codes) -> Codes:
        """The other letter for each; `kinds` was asked about them before."""
        return self._others.take(codes)


def _distinct(codes: Codes) -> list[int]:
    """Each number once. `numpy.unique` would import masked arrays, a hundredth of a second."""
    return np.flatnonzero(np.bincount(codes)).tolist()


def _has(kinds: Kinds, kind: int) -> bool:
    return bool(np.bitwise_or.reduce(kinds) & kind)


def _usual(letter: str) -> tuple[int, str]:
    """A letter in its usual width, capitals that look like Latin ones as these; careful where its neighbours have a part in what becomes
    of it."""
    apart = unicodedata.normalize("NFKD", letter)
    if _SURROGATE.match(letter) or unicodedata.category(apart[0])[0] == "M" or _LEANS.match(apart):
        return _CAREFUL, letter
    usual = unicodedata.normalize("NFKC", letter)
    if len(usual) > 1:
        kinds = [_usual(part)[0] for part in usual]
        careful = _CAREFUL if any(kind & (_CAREFUL | _LONGER) for kind in kinds) else 0
        return _LONGER | careful, letter
    if ord(usual) >= _SIZE:
        return _CAREFUL, letter
    raised = upper_lookalikes().get(ord(usual), usual)
    # What some other letter of the text decides on is left to the careful way.
    careful = _CAREFUL if raised != usual and not FOREIGN_CAPITALS.match(usual) else 0
    return careful | (_IN_OPENCC if _is_in_opencc(raised) else 0), raised


def _is_in_opencc(letter: str) -> bool:
    """Whether OpenCC changes a letter alone, or some word with it: a text without any such it leaves as it is."""
    from opencc import __version__

    if ord(letter) < _FIRST_EAST_ASIAN:
        return False
    return __version__ != _OPENCC or letter in _IN_WORDS_ONLY or simplify(letter) != letter


def _settled(letter: str) -> tuple[int, str]:
    """The last steps of `normalise`: the shape in use, without accents, in lower case."""
    settled = unicodedata.normalize("NFD", letter.translate(variant_characters())).casefold()
    return (
        (0, settled)
        if len(settled) == 1 and ord(settled) < _SIZE and not _SURROGATE.match(settled)
        else (_CAREFUL, letter)
    )


def _normalised(letter: str) -> tuple[int, str]:
    """What `normalise` makes of a letter where OpenCC has no part in it."""
    kind, usual = _usual(letter)
    if kind & (_CAREFUL | _LONGER | _IN_OPENCC):
        return kind, letter
    settled_kind, settled = _settled(usual)
    return kind | settled_kind, settled


APART = "\ue000"
"""A letter of private use that stays where others go: what it parts can be told from one another when all is folded at once."""
_HAN = 32
_IS_HAN = re.compile(f"[{HAN}]")


def _kept(letter: str) -> tuple[int, str]:
    if letter == APART:
        return _HAN, APART
    kept = LETTERS[ord(letter)] or "\0"
    kind = _HAN if _IS_HAN.match(letter) else 0
    return (kind, kept) if len(kept) == 1 and ord(kept) < _SIZE else (_CAREFUL, letter)


_NORMALISED = LetterTable(_normalised)
_USUAL = LetterTable(_usual)
_SETTLED = LetterTable(_settled)
_KEPT = LetterTable(_kept)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in the forms that readings need: what `normalise` makes of it, `squash` of that, `han_only` of the first, `squash` of that."""

    normalised: str
    squashed: str
    han: str
    han_squashed: str


def fold(text: str) -> Folded | None:
    """The forms of a text; None where it has to go the careful way."""
    folded = fold_apart(text)
    return None if folded is None or APART in folded.normalised else folded


def fold_apart(text: str) -> Folded | None:
    """The forms of texts that `APART` parts, which stays in each; None where they have to go the careful way."""
    codes = _normalise(text)
    if codes is None:
        return None
    kinds = _KEPT.kinds(codes)
    if _has(kinds, _CAREFUL):
        return None
    kept = _KEPT.others(codes)
    stays = kept != 0
    is_han = kinds & _HAN != 0
    return Folded(text_of(codes), text_of(kept[stays]), text_of(codes[is_han]), text_of(kept[is_han & stays]))


def fold_each(texts: Sequence[str]) -> list[Folded] | None:
    """The forms of each text, all folded at once; None where one of them has to go the careful way."""
    folded = fold_apart(APART.join(texts))
    if folded is None or folded.normalised.count(APART) != len(texts) - 1:
        return None
    forms = (folded.normalised, folded.squashed, folded.han, folded.han_squashed)
    return list(map(Folded, *(form.split(APART) for form in forms)))


def squash_each(texts: Sequence[str]) -> list[str] | None:
    """`squash` of what `normalise` makes of each text, all at once; None where one of them has to go the careful way."""
    codes = _normalise(APART.join(texts))
    if codes is None or _has(_KEPT.kinds(codes), _CAREFUL):
        return None
    kept = _KEPT.others(codes)
    squashed = text_of(kept[kept != 0]).split(APART)
    return squashed if len(squashed) == len(texts) else None


def normalise(text: str) -> str | None:
    """`normalisation.normalise` of a text; None where it has to go the careful way."""
    codes = _normalise(text)
    return None if codes is None else text_of(codes)


def squash(normalised: str) -> str | None:
    """`normalisation.squash` of a text; None where it has to go the careful way."""
    return None if APART in normalised else squash_apart(normalised)


def squash_apart(normalised: str) -> str | None:
    """`squash` of texts that `APART` parts, which stays; None where they have to go the careful way."""
    codes = codes_of(normalised)
    if codes is None or _has(_KEPT.kinds(codes), _CAREFUL):
        return None
    kept = _KEPT.others(codes)
    return text_of(kept[kept != 0])


def _normalise(text: str) -> Codes | None:
    codes = codes_of(text)
    if codes is None:
        return None
    kinds = _NORMALISED.kinds(codes)
    if _has(kinds, _LONGER | _CAREFUL):
        if _has(kinds, _CAREFUL):
            return None
        for code in _distinct(codes[kinds & _LONGER != 0]):
            text = text.replace(chr(code), unicodedata.normalize("NFKC", chr(code)))
        codes = codes_of(text)
        if codes is None:
            return None
        kinds = _NORMALISED.kinds(codes)
        if _has(kinds, _CAREFUL):
            return None
    if not _has(kinds, _IN_OPENCC):
        return _NORMALISED.others(codes)
    _USUAL.kinds(codes)
    simplified = codes_of(simplify(text_of(_USUAL.others(codes))))
    return None if simplified is None or _has(_SETTLED.kinds(simplified), _CAREFUL) else _SETTLED.others(simplified)
