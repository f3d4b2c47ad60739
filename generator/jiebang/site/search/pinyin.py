"""Titles by their sound: where each syllable stands in them, in all readings of every character, and where each pair of initials.

The Han characters of all titles are counted through, other characters left out and one number between two titles; so syllables that
follow each other have numbers that do.

    titles.bin              how many Han characters each title has; then all syllables, a line each
    pinyin-<number>.bin     the numbers at which a syllable (`.dian`) or a pair of initials (`=dc`) stands: gaps less one
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from jiebang.detection.pinyin import readings_of
from jiebang.site.characters import points_of
from jiebang.site.search import encoding
from jiebang.site.search.container import Entry, lines, table

SYLLABLE, INITIALS = ".", "="
FILE_SIZE = 4096
_LETTERS = 26
Numbers = NDArray[np.int64]
Lists = Mapping[str, Numbers]


@cache
def sounds(character: str) -> tuple[str, ...]:
    """All readings of a Han character without tones, the usual one first; none of any other character."""
    if character < "\u3400":
        return ()
    return tuple(reading for reading in readings_of(character) if reading.isascii() and reading.isalpha())


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The Han characters of all titles in a row. `number` is what the index calls each, `title` where it stands; `readings` of a
    character are rows of syllables' numbers, -1 where it has no more."""

    number: Numbers
    title: Numbers
    readings: NDArray[np.int16]
    syllables: tuple[str, ...]


def _spoken(titles: Sequence[str]) -> _Spoken:
    points = points_of("\n".join((*titles, "")))
    title = np.cumsum(points == ord("\n"))
    table = np.bincount(points)
    kinds = np.flatnonzero(table)
    table[kinds] = np.arange(len(kinds))
    kind = table[points]
    read = [sounds(chr(code)) for code in kinds.tolist()]
    syllables = tuple(sorted({reading for readings in read for reading in readings}))
    place = {syllable: at for at, syllable in enumerate(syllables)}
    readings_of_kinds = np.full((len(kinds), max(map(len, read), default=0)), -1, dtype=np.int16)
    for at, readings in enumerate(read):
        readings_of_kinds[at, : len(readings)] = [place[reading] for reading in readings]
    spoken = np.array([bool(readings) for readings in read], dtype=np.bool_)[kind]
    title = title[spoken]
    # One number is left out between two titles.
    return _Spoken(np.arange(len(title)) + title, title, readings_of_kinds[kind[spoken]], syllables)


def _by_name(keys: Numbers, said: Sequence[str]) -> Lists:
    """The numbers of each name, once and ascending, in the order of the names. A key has the place of a name in `said`, and in its lower 32
    bits a number."""
    keys.sort()
    keys = keys[np.flatnonzero(np.diff(keys, prepend=-1))]
    names, numbers = keys >> 32, keys & 0xFFFFFFFF
    starts = np.flatnonzero(np.diff(names, prepend=-1))
    return {said[names[at]]: some for at, some in zip(starts, np.split(numbers, starts[1:]), strict=bool(len(starts)))}


def _lists(spoken: _Spoken) -> tuple[Lists, Lists]:
    there = spoken.readings >= 0
    keys = spoken.readings[there].astype(np.int64) << 32
    keys |= np.broadcast_to(spoken.number[:, None], there.shape)[there]
    syllables = _by_name(keys, spoken.syllables)
    letter = np.array([ord(syllable[0]) - ord("a") for syllable in spoken.syllables], dtype=np.int16)
    letters = np.where(there, letter[spoken.readings] if len(letter) else 0, np.int16(-1))
    followed = np.flatnonzero(spoken.title[1:] == spoken.title[:-1])
    found = []
    for first in letters.T:
        for second in letters.T:
            pairs = followed[(first[followed] >= 0) & (second[followed + 1] >= 0)]
            names = first[pairs] * _LETTERS + second[pairs + 1]
            found.append((names.astype(np.int64) << 32) | spoken.number[pairs])
    pairs_said = [one + other for one in ascii_lowercase for other in ascii_lowercase]
    initials = _by_name(_joined(found), pairs_said)
    return syllables, initials


def _joined(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def place_of(name: str, files: int) -> int:
    """The number of the file of a list: those that begin with the same two letters stand together, as a syllable may be typed in part."""
    first, second = name[0], name[1:2] or "a"
    return (ord(first) * 26 + ord(second)) % files


def _entries(lists: Lists, mark: str) -> Iterator[tuple[str, Entry]]:
    sizes = [len(numbers) for numbers in lists.values()]
    encoded = encoding.ascending(_joined(list(lists.values())), np.cumsum([0, *sizes]))
    for at, name in enumerate(lists):
        yield name, Entry(mark + name, encoded.between(at, at + 1))


def pinyin_files(titles: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Of folded titles, in the order of the demands."""
    spoken = _spoken(titles)
    syllables, initials = _lists(spoken)
    counts = np.bincount(spoken.title, minlength=len(titles))
    yield "titles.bin", lines(counts, sorted(syllables))
    entries = [*_entries(syllables, SYLLABLE), *_entries(initials, INITIALS)]
    files: list[list[Entry]] = [[] for _ in range(1 + sum(len(entry.content) for _, entry in entries) // FILE_SIZE)]
    for name, entry in entries:
        files[place_of(name, len(files))].append(entry)
    for number, some in enumerate(files):
        yield f"pinyin-{number}.bin", table(some)
