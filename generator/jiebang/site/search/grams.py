"""The pieces of text that the index knows, and where each stands.

Pairs of characters are the beginning. A pair that stands at more than `most` places is too common to list them all, so it is
followed by every third character, and so on, up to `longest` characters: what is common is known by its demands alone, what
is rare by its places. A rare piece is kept for each common one that it prolongs to the right or to the left. So whatever is
looked for is either common itself, and its demands are listed; or rare pieces cover it from its first character to its last,
and the places where they follow each other are exactly those where it stands.

Which pieces are common is decided by all texts together (`common_pieces`). With these given, a portion of the texts is indexed by
itself (`walk`), and the portions together tell whether they were the right ones (`shards.fits`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.site.characters import points_of
from jiebang.site.search.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Limits:
    """A piece at more than `most` places is common; `longest` is how many characters a piece may have, 15 at most."""

    most: int
    longest: int


LIMITS = Limits(most=4096, longest=12)

Ints = NDArray[np.integer[Any]]
Keys = NDArray[np.uint64]
Names = tuple[tuple[str, ...], ...]
"""Common pieces of two characters, of three, and so on, each ascending."""
_POINT_BITS = np.uint64(21)
_POINT = np.uint64((1 << 21) - 1)


class Kind(IntEnum):
    """How pieces are known: COMMON by their demands, the others by their places. LEFT and RIGHT are rare ones that prolong a common one
    to that side (or are pairs: RIGHT); COMMON ones of `longest` characters are LONG, too."""

    LEFT = 1
    RIGHT = 2
    COMMON = 3
    LONG = 4


class Tree:
    """The common pieces, each beginning with a shorter one, down to single characters. A piece has a number among those of its length,
    from 1 on; so has each character that follows in some."""

    def __init__(self, names: Names) -> None:
        characters = sorted({character for pair in (names[0] if names else ()) for character in pair})
        self._numbers = np.zeros(0x110000, dtype=np.uint16)
        self._numbers[points_of("".join(characters))] = np.arange(1, len(characters) + 1)
        self.points = [
            points_of("".join(some)).reshape(-1, length).astype(np.uint32) for length, some in enumerate(names, 2)
        ]
        """A row of code points for each piece of two characters, of three, and so on."""
        self._steps: list[NDArray[np.uint32]] = []
        parents = {character: number for number, character in enumerate(characters, 1)}
        for some, points in zip(names, self.points, strict=True):
            step = np.zeros((len(parents) + 1, len(characters) + 1), dtype=np.uint32)
            step[[parents[name[:-1]] for name in some], self._numbers[points[:, -1]]] = np.arange(1, len(some) + 1)
            self._steps.append(step)
            parents = {name: number for number, name in enumerate(some, 1)}

    def numbers(self, alphabet: Sequence[str]) -> NDArray[np.uint16]:
        """The number of each character of an alphabet, which are counted from 1."""
        return np.concatenate((np.zeros(1, np.uint16), self._numbers[points_of("".join(alphabet))]))

    def following(self, length: int, parents: Ints, characters: Ints) -> NDArray[np.uint32]:
        """The numbers of the pieces of so many characters that begin with these and end with these characters; 0 for one that is rare."""
        if length - 2 >= len(self._steps):
            return np.zeros(len(parents), dtype=np.uint32)
        found: NDArray[np.uint32] = self._steps[length - 2][parents, characters]
        return found

    def characters(self, length: int, kind: int, keys: Keys) -> NDArray[np.uint32]:
        """A row of code points for each piece of a length and kind that was found under these keys (`Standing`)."""
        heads, lasts = keys >> _POINT_BITS, (keys & _POINT).astype(np.uint32)[:, None]
        if length == 1:
            return heads.astype(np.uint32)[:, None]
        if kind in {Kind.COMMON, Kind.LONG}:
            return self.points[length - 2][heads.astype(np.int64) - 1]
        rest = heads.astype(np.uint32)[:, None] if length == 2 else self.points[length - 3][heads.astype(np.int64) - 1]
        return np.concatenate((rest, lasts) if kind == Kind.RIGHT else (lasts, rest), axis=1)

    def count(self, length: int) -> int:
        """How many common pieces there are of so many characters."""
        return len(self.points[length - 2]) if length - 2 < len(self.points) else 0


@lru_cache(maxsize=2)
def tree_of(names: Names) -> Tree:
    """The tree of some common pieces."""
    return Tree(names)


@dataclass(frozen=True, slots=True)
class _Row:
    """A text: the place of each character in the `alphabet` of different ones (code points)."""

    alphabet: NDArray[np.intp]
    codes: NDArray[np.uint16]

    @classmethod
    def of(cls, text: str) -> _Row:
        points = points_of(text)
        alphabet = np.flatnonzero(np.bincount(points))
        numbers = np.zeros(int(points.max(initial=0)) + 1, dtype=np.uint16)
        numbers[alphabet] = np.arange(len(alphabet))
        return cls(alphabet, numbers[points])


def _frequent(rows: Sequence[_Row], most: int) -> NDArray[np.intp]:
    """The code points of the characters that stand at more than so many places: a piece is common only where all of its are."""
    counts = np.zeros(0x110000, dtype=np.int64)
    for row in rows:
        counts[row.alphabet] += np.bincount(row.codes, minlength=len(row.alphabet))
    counts[[ord(" "), ord("\n")]] = 0
    return np.flatnonzero(counts > most)


def common_pieces(texts: Iterable[str], limits: Limits) -> Names:
    """The common pieces of some folded texts; each text is let go of before the next one comes."""
    rows = [_Row.of(text) for text in texts]
    frequent = _frequent(rows, limits.most)
    numbers = np.zeros(0x110000, dtype=np.uint16)
    numbers[frequent] = np.arange(1, len(frequent) + 1)
    gap = np.zeros(limits.longest, dtype=np.uint16)
    # Of each place the number of its character, and that of the common piece that begins there.
    numbered = [np.concatenate((numbers[row.alphabet][row.codes], gap)) for row in rows]
    del rows
    begin: list[Ints] = list(numbered)
    characters = "".join(map(chr, frequent.tolist()))
    names, told = tuple(characters), []
    for _ in range(2, limits.longest + 1):
        names = _prolonged(numbered, begin, names, characters, limits.most)
        if not names:
            break
        told.append(names)
    return tuple(told)


def _prolonged(
    rows: Sequence[NDArray[np.uint16]], begin: list[Ints], names: tuple[str, ...], characters: str, most: int
) -> tuple[str, ...]:
    """The common pieces that have one character more; `begin` says of each place of each text which piece begins there, and afterwards which
    of these: in its place, as it is large."""
    length, kinds = len(names[0]) if names else 1, len(characters) + 1
    counts = np.zeros((len(names) + 1) * kinds, dtype=np.int64)
    for row, pieces in zip(rows, begin, strict=True):
        counts += np.bincount(_keys(row, pieces, length, kinds), minlength=len(counts))
    counts[:kinds] = 0
    counts[::kinds] = 0
    common = np.flatnonzero(counts > most)
    number_of = np.zeros(len(counts), dtype=np.min_scalar_type(len(common)))
    number_of[common] = np.arange(1, len(common) + 1)
    for number, (row, pieces) in enumerate(zip(rows, begin, strict=True)):
        begin[number] = number_of[_keys(row, pieces, length, kinds)]
    pairs = zip((common // kinds).tolist(), (common % kinds).tolist(), strict=True)
    return tuple(names[piece - 1] + characters[last - 1] for piece, last in pairs)


def _keys(row: NDArray[np.uint16], pieces: Ints, length: int, kinds: int) -> NDArray[np.uint32]:
    """A number for each piece with the character behind it."""
    return pieces[: len(row) - length].astype(np.uint32) * np.uint32(kinds) + row[length:]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where pieces of a length and kind stand: at each of `positions`, which ascend, one named by `heads` and `characters`, the latter
    numbers of the corpus or absent. Two of a name are one piece; its key is the head (of pairs the code point of the first character,
    else the number of the common piece; of a single character its code point), and behind it the code point of the other character."""

    length: int
    kind: Kind
    heads: NDArray[np.uint32]
    characters: NDArray[np.uint16] | None
    positions: Ints


def keys_of(corpus: Corpus, standing: Standing, chosen: Ints) -> Keys:
    """The keys of the pieces at some of the places."""
    alphabet = points_of("\0" + "".join(corpus.alphabet))
    heads = standing.heads[chosen]
    if standing.length == 1 or (standing.length == 2 and standing.kind is Kind.RIGHT):
        heads = alphabet[heads]
    keys = heads.astype(np.uint64) << _POINT_BITS
    return keys if standing.characters is None else keys | alphabet[standing.characters[chosen]].astype(np.uint64)


def walk(corpus: Corpus, tree: Tree, longest: int) -> Iterator[Standing]:
    """Where all pieces of a corpus stand, each length and kind once."""
    return (standing for standing in _walked(corpus, tree, longest) if len(standing.positions))


def _walked(corpus: Corpus, tree: Tree, longest: int) -> Iterator[Standing]:
    codes = corpus.codes
    inner = tree.numbers(corpus.alphabet)[codes]
    there = np.flatnonzero(codes)
    yield Standing(1, Kind.COMMON, codes[there].astype(np.uint32), None, there)
    # Behind the last character of every text stands a space.
    at = there[codes[there + 1] != 0]
    parents, heads = inner[at].astype(np.uint32), codes[at].astype(np.uint32)
    for length in range(2, longest + 1):
        lasts = at + (length - 1)
        found = tree.following(length, parents, inner[lasts])
        rare = found == 0
        yield Standing(length, Kind.RIGHT, heads[rare], codes[lasts[rare]], at[rare])
        common = ~rare
        at, heads = at[common], found[common]
        yield Standing(length, Kind.COMMON, heads, None, at)
        if length == longest:
            yield Standing(length, Kind.LONG, heads, None, at)
            return
        # Those that do not begin with a common piece of the same length; those that do come up as prolonged to the right.
        left = np.concatenate(([True], at[1:] != at[:-1] + 1)) if len(at) else np.zeros(0, np.bool_)
        before = at[left] - 1
        firsts = codes[before]
        going_on = firsts != 0
        yield Standing(length + 1, Kind.LEFT, heads[left][going_on], firsts[going_on], before[going_on])
        going_on = codes[at + length] != 0
        at, heads = at[going_on], heads[going_on]
        parents = heads
