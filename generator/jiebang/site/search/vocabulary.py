"""Words to suggest for a slip: what titles, parameters and choices say, Latin words, and words of the dictionary that stand often.

A word with one slip still begins or ends like the right one, so each word stands in the file of its first character and in that of its
last. Beside each stands its weight: how often it occurs, as a power of two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from jiebang.site.search.container import lines
from jiebang.site.search.pinyin import sounds

MOST_WORDS = 24_000
FILE_SIZE = 4096
_LATIN = re.compile("[a-z]{3,24}")
_HAN = re.compile("[\u3400-\u9fff]{2,}")
_LENGTHS = range(2, 6)
_OFTEN = 3


class WordCounts(NamedTuple):
    """How often something stands in some texts: runs of Han characters and Latin words in the short ones, Latin words in the long ones,
    and in all of them the words of the dictionary."""

    runs: dict[str, int]
    short_latin: dict[str, int]
    long_latin: dict[str, int]
    dictionary: dict[str, int]


def words_in(short: Iterable[str], long: Iterable[str], dictionary: Mapping[str, int]) -> WordCounts:
    """`short` are folded titles and names, `long` all other texts; `dictionary` says how often its words stand there."""
    short = "\n".join(short)
    runs, latin = (Counter(kind.findall(short)) for kind in (_HAN, _LATIN))
    return WordCounts(dict(runs), dict(latin), dict(Counter(_LATIN.findall("\n".join(long)))), dict(dictionary))


def _together(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    together: Counter[str] = Counter()
    for some in counts:
        together.update(some)
    return together


def _cut(runs: Mapping[str, int]) -> Counter[str]:
    """Every piece of two to five Han characters, as what a reader has in mind may begin and end anywhere in a long title."""
    counts: Counter[str] = Counter()
    for run, often in runs.items():
        for length in _LENGTHS:
            for at in range(len(run) - length + 1):
                counts[run[at : at + length]] += often
    return counts


def vocabulary(counted: Sequence[WordCounts]) -> dict[str, int]:
    """Word → how often it occurs in all the texts that were counted."""
    runs, short, long, dictionary = map(_together, zip(*counted, strict=True)) if counted else ({}, {}, {}, {})
    counts = _cut(runs)
    counts.update(short)
    counts.update({word: count for word, count in long.items() if count > 1})
    counts.update({word: count for word, count in dictionary.items() if count >= _OFTEN})
    # The most frequent ones, and of equals the shorter.
    kept = sorted(counts.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))[:MOST_WORDS]
    return dict(sorted(kept))


@cache
def _common_characters() -> tuple[str, ...]:
    """The 3,755 characters of the first level of GB 2312, which people type."""
    return tuple(
        character
        for row in range(0xB0, 0xD8)
        for column in range(0xA1, 0xFF)
        if (character := bytes((row, column)).decode("gb2312", "ignore"))
    )


def _sounds_file(characters: Iterable[str]) -> bytes:
    """Which characters sound alike: a line for each syllable."""
    alike: dict[str, list[str]] = defaultdict(list)
    for character in sorted({*_common_characters(), *characters}):
        for reading in sounds(character):
            alike[reading].append(character)
    return lines([], [reading + "".join(alike[reading]) for reading in sorted(alike)])


def place_of(character: str, files: int) -> int:
    """The number of the file that holds the words with this character at one end."""
    return ord(character) % files


def vocabulary_files(words: Mapping[str, int], alphabet: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """`words-<number>.bin` and `sounds.bin`."""
    files = max(1, sum(len(word.encode()) + 2 for word in words) * 2 // FILE_SIZE)
    kept: list[dict[str, int]] = [{} for _ in range(files)]
    for word, count in words.items():
        for end in (word[0], word[-1]):
            kept[place_of(end, files)][word] = count.bit_length()
    for number, some in enumerate(kept):
        yield f"words-{number}.bin", lines(list(some.values()), list(some))
    yield "sounds.bin", _sounds_file(alphabet)
