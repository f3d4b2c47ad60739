"""The folded texts of a portion of the demands as one long row of characters, with titles in front: what positions are counted in.

Every text begins at a multiple of BLOCK, so that how many blocks it takes tells where each one begins. A character's number is
its place in `alphabet`, counted from 1; 0 stands wherever no word goes on: at white space and between texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiebang.site.characters import points_of
from jiebang.site.search.segmentation import words_of

BLOCK = 32
MOST_CHARACTERS = 65_535
MOST_POSITIONS = 1 << 28

Codes = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Corpus:
    """`owners` says which demand each position belongs to; `blocks` has the length in blocks of every title, then of every other text; `titles_end` is the first position behind the
    titles. `starts` says of each position whether a word may begin there (and one
    end before it); `words` how often words of the dictionary stand in the texts."""

    demands: int
    alphabet: tuple[str, ...]
    codes: Codes
    owners: NDArray[np.uint16]
    blocks: NDArray[np.uint32]
    titles_end: int
    starts: NDArray[np.bool_]
    words: Mapping[str, int]


def _roomy(blocks: int) -> int:
    """So many blocks, or up to a fourth more: a text that grows a little seldom moves those behind it, and their places stay as they
    were in the files."""
    step = 1 << max(0, blocks.bit_length() - 3)
    return -(-blocks // step) * step


def _laid_out(texts: Sequence[str]) -> tuple[str, list[int]]:
    """The texts one after another, each filled up with spaces to whole blocks of which the last character is one; and their lengths
    in blocks."""
    blocks = [_roomy(len(text) // BLOCK + 1) for text in texts]
    return "".join(text.ljust(count * BLOCK) for text, count in zip(texts, blocks, strict=True)), blocks


def corpus_of(titles: Sequence[str], others: Sequence[str]) -> Corpus:
    """Of folded titles and of everything else, in the order of the demands."""
    text, blocks = _laid_out([*titles, *others])
    if len(text) > MOST_POSITIONS:
        raise ValueError("more text than positions")
    points = points_of(text)
    breaks = (points == ord(" ")) | (points == ord("\n"))
    seen = np.zeros(0x110000, dtype=np.bool_)
    seen[points] = True
    seen[[ord(" "), ord("\n")]] = False
    alphabet = np.flatnonzero(seen)
    if len(alphabet) > MOST_CHARACTERS:
        raise ValueError("more characters than numbers for them")
    numbers = np.zeros(0x110000, dtype=np.uint16)
    numbers[alphabet] = np.arange(1, len(alphabet) + 1)
    codes = numbers[points]
    codes[breaks] = 0
    words = words_of(points, breaks)
    lengths = np.array(blocks, dtype=np.uint32)
    owners = np.tile(np.arange(len(titles), dtype=np.uint16), 2)
    return Corpus(
        demands=len(titles),
        alphabet=tuple(map(chr, alphabet)),
        codes=codes,
        owners=np.repeat(owners, lengths * BLOCK),
        blocks=lengths,
        titles_end=int(lengths[: len(titles)].sum()) * BLOCK,
        starts=words.starts,
        words=words.counts,
    )
