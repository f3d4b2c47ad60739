"""Synonyms for the search: groups of which some word stands in the public texts, those words apart from the others.

The scripts look up what was typed among all words of a group, and offer those that stand. A word of Latin letters is only taken to
stand where it is never a piece of another one (`ev` in `level`): what is searched for are pieces.

    synonyms.json       [[[words that stand], [other words]], …]
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from jiebang.detection.portions import portions
from jiebang.site.characters import points_of
from jiebang.site.search.folding import fold_all
from jiebang.site.synonyms import Groups

_BESIDE = (2, 3)
"""So many letters side by side are known."""
_TABLE_BITS = 22
_AT_ONCE = 1 << 18
"""Letters that are looked at together."""


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a piece begins or ends in the middle of a Latin word or a number."""
    return (_is_latin(text[start]) and _is_latin(text[start - 1])) or (
        _is_latin(text[end]) and _is_latin(text[end + 1])
    )


def standing(terms: Iterable[str], texts: Sequence[str]) -> set[str]:
    """Those of some folded terms that stand in one of the folded texts, and nowhere as a piece of another word."""
    text = "\n".join(("", *texts, ""))
    return {term for term in _likely(dict.fromkeys(terms), texts) if _stands(term, text)}


def _stands(term: str, text: str) -> bool:
    start = text.find(term)
    stands = start >= 0
    # What neither begins nor ends with a Latin letter is never a piece of a word.
    while start >= 0 and (_is_latin(term[0]) or _is_latin(term[-1])):
        if _cuts(text, start, start + len(term) - 1):
            return False
        start = text.find(term, start + 1)
    return stands


def _likely(terms: Iterable[str], texts: Sequence[str]) -> Iterator[str]:
    """Terms of which all letters stand side by side in the texts as they do in the term, and perhaps a few more: most of a list of the
    trades stand nowhere, and need not be looked for in millions of letters one after another."""
    tables = [np.zeros(1 << _TABLE_BITS, dtype=np.bool_) for _ in _BESIDE]
    for portion in portions(texts, _AT_ONCE):
        points = points_of("\n".join(portion))
        for table, many in zip(tables, _BESIDE, strict=True):
            table[_numbers(points, many)] = True
    for term in terms:
        points = points_of(term)
        if term and all(table[_numbers(points, many)].all() for table, many in zip(tables, _BESIDE, strict=True)):
            yield term


def _numbers(points: NDArray[np.uint32], many: int) -> NDArray[np.uint32]:
    """A number for so many letters that stand side by side, from each that has as many behind it."""
    count = max(0, len(points) - many + 1)
    mixed: NDArray[np.uint32] = points[:count] * np.uint32(0x9E3779B1)
    for place in range(1, many):
        mixed = (mixed + points[place : place + count]) * np.uint32(0x85EBCA6B)
    return mixed >> np.uint32(32 - _TABLE_BITS)


def synonyms_file(groups: Groups, texts: Sequence[str]) -> tuple[str, bytes]:
    """The file, of the folded public texts."""
    folded = iter(fold_all(term for group in groups for term in group))
    keyed = [[(term, next(folded)) for term in group] for group in groups]
    stand = standing((key for group in keyed for _, key in group), texts)
    told = [
        [[term for term, key in group if key in stand], [term for term, key in group if key not in stand]]
        for group in keyed
    ]
    kept = [group for group in told if group[0]]
    return "synonyms.json", json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
