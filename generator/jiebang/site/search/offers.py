"""Synonyms for the search: groups of which some word stands in the public texts, those words apart from the others.

The scripts look up what was typed among all words of a group, and offer those that stand. A word of Latin letters is only taken to
stand where it is never a piece of another one (`ev` in `level`): what is searched for are pieces.

    synonyms.json       [[[words that stand], [other words]], …]
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

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


class TermsThere(NamedTuple):
    """Folded terms that stand in some texts, and those that stand there as a piece of another word."""

    found: list[str]
    cut: list[str]


def standing_in(terms: tuple[str, ...], texts: Sequence[str]) -> TermsThere:
    """Which of some folded terms stand in folded texts."""
    text = "\n".join(("", *texts, ""))
    stand = TermsThere([], [])
    for term in _likely(terms, texts):
        start = text.find(term)
        if start >= 0:
            stand.found.append(term)
            if _is_cut(term, text, start):
                stand.cut.append(term)
    return stand


def standing(parts: Sequence[TermsThere]) -> set[str]:
    """The terms that stand in some portion of the texts, and in none as a piece of another word."""
    found = {term for part in parts for term in part.found}
    return found.difference(*(part.cut for part in parts))


def _is_cut(term: str, text: str, start: int) -> bool:
    # What neither begins nor ends with a Latin letter is never a piece of a word.
    while start >= 0 and (_is_latin(term[0]) or _is_latin(term[-1])):
        if _cuts(text, start, start + len(term) - 1):
            return True
        start = text.find(term, start + 1)
    return False


def _likely(terms: tuple[str, ...], texts: Sequence[str]) -> Iterator[str]:
    """Terms of which all letters stand side by side in the texts as they do in the term, and perhaps a few more: most of a list of the
    trades stand nowhere, and need not be looked for in millions of letters one after another."""
    tables = [np.zeros(1 << _TABLE_BITS, dtype=np.bool_) for _ in _BESIDE]
    for portion in portions(texts, _AT_ONCE):
        points = points_of("\n".join(portion))
        for table, many in zip(tables, _BESIDE, strict=True):
            table[_numbers(points, many)] = True
    likely = np.ones(len(terms), dtype=np.bool_)
    for table, (owners, numbers) in zip(tables, _numbered(terms), strict=True):
        likely[owners[~table[numbers]]] = False
    return (terms[at] for at in np.flatnonzero(likely).tolist() if terms[at])


@lru_cache(maxsize=1)
def _numbered(terms: tuple[str, ...]) -> list[tuple[NDArray[np.int64], NDArray[np.uint32]]]:
    """The numbers of all terms, two letters and three at a time, and which term each is of."""
    told = []
    for many in _BESIDE:
        numbers = [_numbers(points_of(term), many) for term in terms]
        owners = np.repeat(np.arange(len(terms)), [len(some) for some in numbers])
        told.append((owners, np.concatenate([np.zeros(0, np.uint32), *numbers])))
    return told


def _numbers(points: NDArray[np.uint32], many: int) -> NDArray[np.uint32]:
    """A number for so many letters that stand side by side, from each that has as many behind it."""
    count = max(0, len(points) - many + 1)
    mixed: NDArray[np.uint32] = points[:count] * np.uint32(0x9E3779B1)
    for place in range(1, many):
        mixed = (mixed + points[place : place + count]) * np.uint32(0x85EBCA6B)
    return mixed >> np.uint32(32 - _TABLE_BITS)


def folded_terms(groups: Groups) -> tuple[str, ...]:
    """All words of the groups, folded, each once."""
    return tuple(dict.fromkeys(fold_all(term for group in groups for term in group)))


def synonyms_file(groups: Groups, stand: Collection[str]) -> tuple[str, bytes]:
    """The file; of the folded words of the groups, `stand` are those that stand in the public texts."""
    folded = iter(fold_all(term for group in groups for term in group))
    keyed = [[(term, next(folded)) for term in group] for group in groups]
    told = [
        [[term for term, key in group if key in stand], [term for term, key in group if key not in stand]]
        for group in keyed
    ]
    kept = [group for group in told if group[0]]
    return "synonyms.json", json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
