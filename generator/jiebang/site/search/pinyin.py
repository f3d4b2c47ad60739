"""Titles by their sound: where each syllable stands in them, in all readings of every character, and where each pair of initials.

The Han characters of all titles are counted through, other characters left out and one number between two titles; so syllables that
follow each other have numbers that do.

    titles.bin              how many Han characters each title has; then all syllables, a line each
    pinyin-<number>.bin     the numbers at which a syllable (`.dian`) or a pair of initials (`=dc`) stands: gaps less one
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from jiebang.detection.pinyin import spellings
from jiebang.site.search import encoding
from jiebang.site.search.container import Entry, lines, table

SYLLABLE, INITIALS = ".", "="
FILE_SIZE = 4096
Lists = Mapping[str, Sequence[int]]


@cache
def sounds(character: str) -> tuple[str, ...]:
    """All readings of a Han character without tones, the usual one first; none of any other character."""
    if character < "\u3400":
        return ()
    return tuple(reading for reading in spellings(character) if reading.isascii() and reading.isalpha())


def _spoken(titles: Iterable[str]) -> list[list[str]]:
    return [[character for character in title if sounds(character)] for title in titles]


def _lists(spoken: Iterable[Sequence[str]]) -> tuple[Lists, Lists]:
    syllables: dict[str, list[int]] = defaultdict(list)
    initials: dict[str, list[int]] = defaultdict(list)
    number = 0
    for characters in spoken:
        for place, character in enumerate(characters):
            for reading in sounds(character):
                syllables[reading].append(number + place)
        for place, pair in enumerate(pairwise(characters)):
            first, second = ({reading[0] for reading in sounds(character)} for character in pair)
            for letters in (one + other for one in first for other in second):
                initials[letters].append(number + place)
        number += len(characters) + 1
    return syllables, initials


def place_of(name: str, files: int) -> int:
    """The number of the file of a list: those that begin with the same two letters stand together, as a syllable may be typed in part."""
    first, second = name[0], name[1:2] or "a"
    return (ord(first) * 26 + ord(second)) % files


def _entries(lists: Lists, mark: str) -> Iterator[tuple[str, Entry]]:
    for name in sorted(lists):
        numbers = np.array(lists[name], dtype=np.int64)
        gaps = np.concatenate((numbers[:1], numbers[1:] - numbers[:-1] - 1))
        yield name, Entry(mark + name, encoding.varints(gaps))


def pinyin_files(titles: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Of folded titles, in the order of the demands."""
    spoken = _spoken(titles)
    syllables, initials = _lists(spoken)
    counts = np.array([len(characters) for characters in spoken], dtype=np.int64)
    yield "titles.bin", lines(counts, sorted(syllables))
    entries = [*_entries(syllables, SYLLABLE), *_entries(initials, INITIALS)]
    files: list[list[Entry]] = [[] for _ in range(1 + sum(len(entry.content) for _, entry in entries) // FILE_SIZE)]
    for name, entry in entries:
        files[place_of(name, len(files))].append(entry)
    for number, some in enumerate(files):
        yield f"pinyin-{number}.bin", table(some)
