"""Searches in whole files by tables of letters: where a regular expression would try every letter, only the places that can hold something.

Each tells the same as the expression that it stands for, or None where the text holds letters outside the tables.
"""

from __future__ import annotations

import re

import numpy as np

from jiebang.detection.digits import DIGIT, GAP, HAN_DIGITS, MOST_APART
from jiebang.detection.letter_tables import LetterTable, codes_of
from jiebang.detection.mixed_pinyin import HAN, LETTERS

_GAP_SIGN, _DIGIT, _HAN_DIGIT = 2, 4, 8
_PINYIN, _FIRST, _HAN = 2, 4, 8


def _digit_kind(letter: str) -> tuple[int, str]:
    if letter in HAN_DIGITS:
        return _DIGIT | _HAN_DIGIT, letter
    if re.match(DIGIT, letter):
        return _DIGIT, letter
    return (_GAP_SIGN if re.match(GAP, letter) else 0), letter


def _pinyin_kind(letter: str) -> tuple[int, str]:
    if re.match(LETTERS, letter):
        return _PINYIN | (_FIRST if re.match("[a-z]", letter) else 0), letter
    return (_HAN if re.match(HAN, letter) else 0), letter


_DIGITS = LetterTable(_digit_kind)
_PINYINS = LetterTable(_pinyin_kind)


def han_digit_chains(normalised: str, fewest: int) -> list[tuple[int, int]] | None:
    """(start, end) of each longest chain of at least so many digits, Han ones among them, with no more than `MOST_APART` signs between
    two of them."""
    codes = codes_of(normalised)
    if codes is None:
        return None
    kinds = _DIGITS.kinds(codes)
    places = np.flatnonzero(kinds & _DIGIT)
    if len(places) < fewest:
        return []
    distances = np.diff(places)
    linked = distances <= MOST_APART + 1
    for step in range(1, MOST_APART + 1):
        farther = np.flatnonzero(linked & (distances > step))
        between = kinds[places[farther] + step]
        linked[farther[between & _GAP_SIGN == 0]] = False
    ends = np.append(np.flatnonzero(~linked), len(places) - 1)
    starts = np.append(0, ends[:-1] + 1)
    is_han = (kinds[places] & _HAN_DIGIT != 0).astype(np.int64)
    before = np.append(0, np.cumsum(is_han))
    chosen = (ends - starts + 1 >= fewest) & (before[ends + 1] > before[starts])
    return list(zip(places[starts[chosen]].tolist(), (places[ends[chosen]] + 1).tolist(), strict=True))


def runs_beside_han(squashed: str) -> list[tuple[int, int]] | None:
    """(start, end) of each longest run of two or more letters and tone numbers that begins with a letter and stands beside a Chinese
    character."""
    codes = codes_of(squashed)
    if codes is None:
        return None
    kinds = np.zeros(len(codes) + 2, dtype=np.uint8)
    kinds[1:-1] = _PINYINS.kinds(codes)
    edges = np.flatnonzero(np.diff(kinds & _PINYIN))
    # Of the letters before, within and behind: the text stands one farther on in `kinds`.
    before, ends = edges[::2], edges[1::2]
    beside = (kinds[before] | kinds[ends + 1]) & _HAN != 0
    chosen = beside & (kinds[before + 1] & _FIRST != 0) & (ends - before >= 2)
    return list(zip(before[chosen].tolist(), ends[chosen].tolist(), strict=True))


def has_western_pair(text: str) -> bool | None:
    """Whether two letters of the upper half of Latin-1 stand together."""
    codes = codes_of(text)
    if codes is None:
        return None
    western = (codes >= 0xA0) & (codes <= 0xFF)
    return bool((western[1:] & western[:-1]).any())
