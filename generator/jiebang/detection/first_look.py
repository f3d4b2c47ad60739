"""A first look at many texts at once: of each, what it cannot hold. Where that is not plain, the careful functions look, and they decide.

Patterns can match only where certain letters stand in a row (`sieve`), or where enough digits stand close together. Tables of letters find
these places in all texts together, and most texts have none. A text that may not be what somebody sees of it, such as one with an escape
or a letter that nobody sees, is left out: nothing is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jiebang.detection import contacts, honorifics, indirect_identifiers
from jiebang.detection.classification_marks import may_bear
from jiebang.detection.digits import DIGIT, FRAMED, LETTERS_IN_A_ROW, MOST_APART, OTHER_SCRIPTS
from jiebang.detection.innocent import CONTACTS, HINTS, MARKS, PEOPLE
from jiebang.detection.letter_tables import APART, Codes, Kinds, LetterTable, codes_of, text_of
from jiebang.detection.normalisation import UNSEEN, prepared_form
from jiebang.detection.portions import portions
from jiebang.detection.sieve import Sieve
from jiebang.detection.telephones import CUT_APART, CUT_DIGITS, LETTERED_PHONE, SHORTEST_PHONE

Places = NDArray[np.int64]

_SIEVES = {
    CONTACTS: Sieve(*contacts.SIEVE.sought, LETTERED_PHONE),
    HINTS: indirect_identifiers.SIEVE,
    PEOPLE: honorifics.SIEVE,
}
_EVERY = CONTACTS | HINTS | PEOPLE | MARKS
_BY_DIGITS = CONTACTS | HINTS
_UNCLEAR = 16
"""Beside the kinds: the text may not be what somebody sees of it."""
_BETWEEN = APART * 8
"""Between two texts: farther than digits of one number can be apart."""
_AT_ONCE = 60_000
"""Letters that are looked at together: enough that it costs little to begin, few enough to stay in the processor's cache."""
_BLANK, _DIGIT, _TAKEN_FOR_DIGIT, _IN_WORDS, _ALONE, _HIDES = 2, 4, 8, 16, 32, 64
_ESCAPES = r"[<&\\]"
_ESCAPED = (
    *(f"%{letter}" for letter in "0123456789abcdefu"),
    *(f"={letter}" for letter in "0123456789abcdef?"),
    "--",
    "e6",
)
"""What every other escape holds, as pairs of letters: `%E7`, `=E7`, `xn--`, `base64`."""
_LETTERED = 11
_IN_A_ROW = 13
"""Letters and digits of the two kinds that every match of `LETTERS_IN_A_ROW` holds."""


def _kind(letter: str) -> tuple[int, str]:
    kind = _BLANK if letter.isspace() else 0
    if re.match(DIGIT, letter):
        kind |= _DIGIT
    if re.match("[0-9oli|]", letter):
        kind |= _TAKEN_FOR_DIGIT
    if re.match(r"[a-z\s,，、.·-]", letter):
        kind |= _IN_WORDS
    if letter in _beginnings().alone:
        kind |= _ALONE
    if letter != APART and re.match(f"{_ESCAPES}|{UNSEEN.pattern}|{OTHER_SCRIPTS.source}", letter):
        kind |= _HIDES
    return kind, letter


def _kind_as_written(letter: str) -> tuple[int, str]:
    return _HIDES if ord(letter) in FRAMED else 0, letter


_LETTERS = LetterTable(_kind)
_AS_WRITTEN = LetterTable(_kind_as_written)


class _Beginnings(NamedTuple):
    """How needles begin: by one letter where they have no more, else by a pair of letters."""

    alone: dict[str, int]
    """Letter → kinds, as bits."""
    first: Kinds
    second: Kinds
    """Letter → the kinds of the pairs in which it is the first, or the second."""
    pairs: NDArray[np.uint32]
    """Sorted, the first letter in the upper half."""
    kinds: Kinds
    """Of each pair."""


@cache
def _beginnings() -> _Beginnings:
    # A number that is written internationally begins with its sign.
    alone: dict[str, int] = {"+": CONTACTS}
    found: dict[str, int] = dict.fromkeys(_ESCAPED, _UNCLEAR)
    for kind, sieve in _SIEVES.items():
        for one in sieve.sought:
            for needle in one.needles:
                begins = needle[:2]
                known = found if len(begins) > 1 else alone
                # Letters outside the plane stand in no text that is looked at.
                if max(begins) <= "\uffff":
                    known[begins] = known.get(begins, 0) | kind
    first, second = (np.zeros(1 << 16, dtype=np.uint8) for _ in range(2))
    for pair, kinds in found.items():
        first[ord(pair[0])] |= kinds
        second[ord(pair[1])] |= kinds
    listed = sorted((ord(pair[0]) << 16 | ord(pair[1]), kinds) for pair, kinds in found.items())
    pairs, kinds_of_pairs = zip(*listed, strict=True)
    return _Beginnings(alone, first, second, np.array(pairs, dtype=np.uint32), np.array(kinds_of_pairs, dtype=np.uint8))


def _pairs_in(letters: Codes) -> tuple[Places, Kinds]:
    """(place, kinds) of each pair of letters that begins a needle."""
    known = _beginnings()
    places = np.flatnonzero(known.first[letters[:-1]] & known.second[letters[1:]])
    pairs = letters[places].astype(np.uint32) << np.uint32(16) | letters[places + 1]
    nearest = np.minimum(np.searchsorted(known.pairs, pairs), len(known.pairs) - 1)
    found = known.pairs[nearest] == pairs
    return places[found], known.kinds[nearest[found]]


def _chains(places: Places, apart: int, fewest: int) -> Places:
    """Where each longest chain of so many places begins, of which none is farther from the next than `apart` letters between them."""
    if len(places) < fewest:
        return places[:0]
    ends = np.append(np.flatnonzero(np.diff(places) > apart + 1), len(places) - 1)
    starts = np.append(0, ends[:-1] + 1)
    long: Places = places[starts[ends - starts + 1 >= fewest]]
    return long


def without(texts: Iterable[str]) -> Iterator[tuple[str, int]]:
    """(text, the kinds of which it holds nothing) of each text of which anything is known."""
    seen = {text: form for text in texts if (form := prepared_form(text)) is not None}
    for portion in portions(seen, _AT_ONCE):
        yield from zip(portion, _Look(portion, [seen[text] for text in portion]).told(), strict=True)


class _Look:
    """A look at texts, as they are seen if nothing in them is unclear."""

    def __init__(self, written: Sequence[str], seen: Sequence[str]) -> None:
        self._seen = seen
        self._written = _BETWEEN.join(written)
        self._joined = _BETWEEN.join(seen)
        self._doubts = np.zeros(len(seen), dtype=np.uint8)
        """What each text may hold."""

    def told(self) -> list[int]:
        """The kinds of which each text holds nothing."""
        written, codes = codes_of(self._written), codes_of(self._joined)
        if written is None or codes is None:
            return [0] * len(self._seen)
        framed = np.flatnonzero(_AS_WRITTEN.kinds(written) & _HIDES)
        self._doubts[np.searchsorted(_ends(written), framed)] |= _UNCLEAR
        kinds = _LETTERS.kinds(codes)
        self._letters(codes, kinds)
        self._pairs(codes[kinds & _BLANK == 0])
        for number, seen in enumerate(self._seen):
            if may_bear(seen):
                self._doubts[number] |= MARKS
        return [0 if doubts & _UNCLEAR else _EVERY & ~doubts for doubts in self._doubts.tolist()]

    def _letters(self, codes: Codes, kinds: Kinds) -> None:
        """What letters by themselves and chains of them tell."""
        ends = _ends(codes)
        hidden, alone, digits, taken, words = (
            np.flatnonzero(kinds & kind) for kind in (_HIDES, _ALONE, _DIGIT, _TAKEN_FOR_DIGIT, _IN_WORDS)
        )
        self._doubts[np.searchsorted(ends, hidden)] |= _UNCLEAR
        for place, letter in zip(alone.tolist(), codes[alone].tolist(), strict=True):
            self._doubts[np.searchsorted(ends, place)] |= _beginnings().alone[chr(letter)]
        near, far = _chains(digits, MOST_APART, SHORTEST_PHONE), _chains(digits, CUT_APART, CUT_DIGITS)
        self._doubts[np.searchsorted(ends, np.append(near, far))] |= _BY_DIGITS
        said = np.append(_chains(taken, 1, _LETTERED), _chains(words, 0, _IN_A_ROW))
        for number in set(np.searchsorted(ends, said).tolist()):
            if LETTERS_IN_A_ROW.compiled.search(self._seen[number]):
                self._doubts[number] |= _BY_DIGITS
        for match in honorifics.TITLED.compiled.finditer(self._joined):
            self._doubts[np.searchsorted(ends, match.start())] |= PEOPLE

    def _pairs(self, close: Codes) -> None:
        """What pairs of letters tell, of the texts without blanks."""
        begun = np.zeros_like(self._doubts)
        places, kinds = _pairs_in(close)
        np.bitwise_or.at(begun, np.searchsorted(_ends(close), places), kinds)
        self._doubts |= begun & _UNCLEAR
        tight = text_of(close).split(_BETWEEN)
        for number in np.flatnonzero(begun & ~self._doubts).tolist():
            for kind, sieve in _SIEVES.items():
                if begun[number] & kind and sieve.suspects(tight[number]):
                    self._doubts[number] |= kind


def _ends(codes: Codes) -> Places:
    """Where each text but the last ends."""
    return np.flatnonzero(codes == ord(APART))[:: len(_BETWEEN)]
