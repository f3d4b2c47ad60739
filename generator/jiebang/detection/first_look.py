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
from jiebang.detection.telephones import CUT_APART, CUT_DIGITS, LETTERED_PHONE, SHORTEST_PHONE

Places = NDArray[np.int64]

_SOUGHT = {
    CONTACTS: (*contacts.SIEVE.sought, LETTERED_PHONE),
    HINTS: indirect_identifiers.SIEVE.sought,
    PEOPLE: honorifics.SIEVE.sought,
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
_ESCAPES = r"[<&\\\u2122\u2120]"
_ESCAPED = (
    *(f"%{letter}" for letter in "0123456789abcdefu"),
    *(f"={letter}" for letter in "0123456789abcdef?"),
    *(f"u{letter}" for letter in "+3456789"),
    "--",
    "e6",
)
"""What every other escape holds, as pairs of letters: `%E7`, `=E7`, `U+7532`, `u7532`, `xn--`, `base64`."""
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
    pairs: dict[int, list[tuple[str, int, tuple[str, ...]]]]
    """Number of a pair → (needle, kind, what stands beside it as in `Sought`)"""
    first: Kinds
    second: Kinds
    """Letter → the kinds of the pairs in which it is the first, or the second."""
    numbers: NDArray[np.uint32]
    """Those of the pairs, sorted."""


@cache
def _beginnings() -> _Beginnings:
    # A number that is written internationally begins with its sign.
    alone: dict[str, int] = {"+": CONTACTS}
    pairs: dict[int, list[tuple[str, int, tuple[str, ...]]]] = {}
    first, second = (np.zeros(1 << 16, dtype=np.uint8) for _ in range(2))
    needles = [(needle, kind, one.beside) for kind, every in _SOUGHT.items() for one in every for needle in one.needles]
    for needle, kind, beside in (*needles, *((pair, _UNCLEAR, ()) for pair in _ESCAPED)):
        if len(needle) == 1:
            alone[needle] = alone.get(needle, 0) | kind
        # Letters outside the plane stand in no text that is looked at.
        elif max(needle) <= "\uffff":
            pairs.setdefault(ord(needle[0]) << 16 | ord(needle[1]), []).append((needle, kind, beside))
            first[ord(needle[0])] |= kind
            second[ord(needle[1])] |= kind
    return _Beginnings(alone, pairs, first, second, np.array(sorted(pairs), dtype=np.uint32))


def _pairs_in(letters: Codes) -> tuple[Places, NDArray[np.uint32]]:
    """(place, number) of each pair of letters that begins a needle."""
    known = _beginnings()
    places = np.flatnonzero(known.first[letters[:-1]] & known.second[letters[1:]])
    pairs = letters[places].astype(np.uint32) << np.uint32(16) | letters[places + 1]
    found = known.numbers[np.minimum(np.searchsorted(known.numbers, pairs), len(known.numbers) - 1)] == pairs
    return places[found], pairs[found]


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
        """What letters in a row tell, of the texts without blanks."""
        ends, close_text, known = _ends(close), text_of(close), _beginnings().pairs
        starts = [0, *(ends + len(_BETWEEN)).tolist()]
        places, pairs = _pairs_in(close)
        numbers = np.searchsorted(ends, places)
        ends = np.append(ends, len(close))
        for number, place, pair in zip(numbers.tolist(), places.tolist(), pairs.tolist(), strict=True):
            for needle, kind, beside in known[pair]:
                if self._doubts[number] & kind or not close_text.startswith(needle, place):
                    continue
                text = close_text[starts[number] : ends[number]] if beside else ""
                if not beside or any(word in text for word in beside):
                    self._doubts[number] |= kind


def _ends(codes: Codes) -> Places:
    """Where each text but the last ends."""
    return np.flatnonzero(codes == ord(APART))[:: len(_BETWEEN)]
