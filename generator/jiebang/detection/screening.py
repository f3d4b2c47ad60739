"""A quick look at many texts at once: in which of them may a value stand, in any reading? Where it cannot say no, `readings` are asked.

A text with tags is cut before each of them. What a piece, a tag with the text behind it, adds to each reading is remembered, as most pieces
come again on every page. Inside, each is looked through when it is new; what can reach over its ends is put together and looked through
for each text, so that a value across pieces is found like any other. A text without tags is looked through whole.

A piece may be folded by itself only where nothing in it can act on what stands beside it: no letter that joins another, no tag, comment or
quotation that is left open. (`<` and `>` are parts of no escape, and join no letter before them.) Whatever is not as plain as that is left
to `readings`, the definition: this module may only be in doubt more often.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise, repeat
from operator import add, itemgetter
from typing import Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from jiebang.detection import letter_tables
from jiebang.detection.digits import DIGIT, GAP, MOST_APART, runs_with_han, with_digits
from jiebang.detection.escapes import PUNYCODE, undo, undo_as_style_sheet
from jiebang.detection.letter_searches import has_western_pair
from jiebang.detection.letter_tables import APART
from jiebang.detection.mixed_pinyin import LETTERS, MOST_READ_ALONG, mixture, pinyin_beside_han
from jiebang.detection.normalisation import TAG_INSIDE, said_and_codes, squash, without_tag_names
from jiebang.detection.picked_letters import MOST_OF_ONE, first_letters, one_spelt_in, spelt_aloud_in
from jiebang.detection.portions import portions
from jiebang.detection.trigrams import DIGITS, Trigrams, trigrams_of, without_repeats

Added: TypeAlias = tuple[str, str, str, str, str, Trigrams]
"""What a piece adds to the readings: of what attributes say, of those for machines, of the text and of the Han characters, all folded, as
much as can be a part of a value that reaches over the ends of the piece, and of what has a number among trigrams; of the text as much as can
be a part of a number that does; and the trigrams of all pieces that were learned with it."""

_DOUBT = "\ue001"
_DOUBTFUL: Added = (_DOUBT, "", "", "", "", b"")
"""Stands for a piece that does not stand alone, or holds a value."""
_NEXT = "\ue002"
_NEXT_TEXT: Added = (_NEXT, _NEXT, _NEXT, _NEXT, _NEXT, b"")
_STREAMS = _, _, _FOLDED, _, _DIGITS = tuple(map(itemgetter, range(5)))
_TRIGRAMS = itemgetter(5)
_AT_ONCE = 60_000
"""Letters that are folded together: enough that it costs little to begin, few enough to stay in the processor's cache."""
_MOST_LETTERS = 400_000
"""Letters of new pieces after which those that did not come again are forgotten."""
_SHORT = 24
"""Letters of a text of which nothing is left out."""
_FEWEST_KEPT = max(DIGITS - 1, MOST_OF_ONE)
"""Letters of its beginning and of its end that are kept of any other."""
_FEWEST_HAN = 4
"""As in `matching`: fewer Han characters alone prove nothing."""
_OPENS = re.compile("<[a-zA-Z/!?]")
_ACTS_ON_TEXT = re.compile("!--|r[tp]")
"""How comments and reading aids begin."""
_BEGINS_WITH_ATTRIBUTE = re.compile(f"(?:\\A|\n{APART}\n)[a-z_:@][a-z0-9_:.@-]*=")
"""What is left of a tag without its name, where no blank stood between."""
_BEHIND = f"\n{APART} class=\"{APART}\" class='{APART}'\n"
"""Stands behind each tag: a quotation that is left open would take it in. What is left of it in what attributes say, and in those for
machines:"""
_BEHIND_SAID = f"\n{APART}  \n"
_BEHIND_CODES = f"\"{APART}\" '{APART}'"
_LETTERS = "".join(letter for letter in map(chr, range(128)) if re.match(LETTERS, letter))
_OF_NUMBERS = "".join(re.findall(f"{DIGIT}|{GAP}", "".join(map(chr, range(0x10000)))))
TABLE_BITS = 22


Together: TypeAlias = NDArray[np.bool_]
"""Which three letters stand together in a value, by a number for each three."""


def together_in(values: Iterable[str]) -> Together:
    """The table of values. Of values joined by line ends, it knows some three more."""
    table = np.zeros(1 << TABLE_BITS, dtype=np.bool_)
    for portion in portions(values, _AT_ONCE):
        table[_threes(APART.join(portion))] = True
    return table


class Values(Protocol):
    """What is looked for."""

    def ends(self, folded: str) -> Iterable[tuple[int, int]]:
        """(place of its last letter, length) of each value in a folded text, and of some that only might be one."""


class _Ends:
    """Knows which three letters stand together in any value, roughly: some more are taken for such."""

    def __init__(self, together: Together) -> None:
        self._together = together

    def of(self, texts: list[str]) -> list[str]:
        """Of each folded text as much of its beginning and its end as can belong to a value that reaches over it, or to pinyin or
        to a word with its letter (`picked_letters`) that does; all of one that holds pinyin beside a Chinese character, or such a word.

        A value that reaches over the beginning of a text stops before the third of any three letters that stand together in no value.
        """
        ends = list(texts)
        long = [number for number, text in enumerate(texts) if len(text) >= _SHORT]
        if not long:
            return ends
        whole = APART.join([texts[number] for number in long])
        starts = _starts([texts[number] for number in long])
        kept = {_holder(starts, first) for first, _ in pinyin_beside_han(whole)}
        kept.update(_holder(starts, place) for place in one_spelt_in(whole))
        walls = np.flatnonzero(~self._together[_threes(whole)])
        # Of each text the first of its walls, and the last, which ends with it or before.
        firsts = np.searchsorted(walls, starts[:-1]).tolist()
        lasts = (np.searchsorted(walls, np.array(starts[1:]) - 3) - 1).tolist()
        places = walls.tolist()
        for index, (number, first, last) in enumerate(zip(long, firsts, lasts, strict=True)):
            if first > last or index in kept:
                continue
            text = texts[number]
            head = max(places[first] - starts[index] + 2, len(text) - len(text.lstrip(_LETTERS)) + 1, _FEWEST_KEPT)
            tail = min(places[last] - starts[index] + 1, len(text.rstrip(_LETTERS)) - 1, len(text) - _FEWEST_KEPT)
            if head < tail:
                ends[number] = text[:head] + APART + text[tail:]
        return ends


def _threes(text: str) -> NDArray[np.uint32]:
    """A number for each three letters that stand together."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint32)
    mixed: NDArray[np.uint32] = codes[:-2] * np.uint32(0x9E3779B1) + codes[1:-1] * np.uint32(0x85EBCA6B)
    mixed += codes[2:] * np.uint32(0xC2B2AE35)
    mixed >>= np.uint32(32 - TABLE_BITS)
    return mixed


def _starts(texts: Iterable[str]) -> list[int]:
    """Where each text starts when they are joined by one letter, and where one more would."""
    return list(accumulate((len(text) + 1 for text in texts), initial=0))


def _holder(starts: list[int], place: int) -> int:
    """Which of the texts that start at these places holds a place."""
    return bisect_right(starts, place) - 1


def _spelling(squashed: Sequence[str]) -> Iterator[int]:
    """The numbers of folded texts in which letters are spelled aloud, whatever they are: hardly any text has such."""
    starts = _starts(squashed)
    yield from {_holder(starts, place) for place, _ in spelt_aloud_in(APART.join(squashed))}


def _ends_of_numbers(texts: list[str]) -> list[str]:
    """Of each normalised text as much of its beginning and its end as can belong to a run of digits that reaches over it; all of one that
    holds a run with Han digits."""
    ends = [text[: MOST_APART + 1] if text.isspace() else text for text in texts]
    long = [number for number, text in enumerate(ends) if len(text) >= _SHORT]
    starts = _starts([texts[number] for number in long])
    kept = {_holder(starts, first) for first, _ in runs_with_han(APART.join([texts[number] for number in long]))}
    for index, number in enumerate(long):
        text = texts[number]
        head, tail = len(text) - len(text.lstrip(_OF_NUMBERS)), len(text.rstrip(_OF_NUMBERS))
        if head < tail and index not in kept:
            ends[number] = f"{text[:head]}{APART}{text[tail:]}"
    return ends


@dataclass(slots=True)
class _Folded:
    """Texts that were folded at once, each by itself."""

    normalised: list[str]
    squashed: list[str]
    han: list[str]


def _fold(texts: list[str]) -> _Folded | None:
    """None where one of the texts could act on another, or has to be folded the careful way."""
    written = APART.join(texts)
    unescaped, marks = undo(written)
    if (
        # Where it stands anywhere in a text, capitals elsewhere in it mark Punycode, too.
        PUNYCODE in marks
        or undo_as_style_sheet(written, unescaped, marks) != unescaped
        or has_western_pair(unescaped) is not False
    ):
        return None
    forms = letter_tables.fold_apart(unescaped)
    if forms is None or unescaped.count(APART) != len(texts) - 1:
        return None
    return _Folded(forms.normalised.split(APART), forms.squashed.split(APART), forms.han_squashed.split(APART))


def _windows(pieces: Sequence[str], added: Sequence[Added]) -> list[tuple[int, int, int]]:
    """(number of the text, first piece, the one behind the last) of the parts of texts that hold digits in Han, or pinyin beside Han, and
    all that is read along with these."""
    spans: list[tuple[int, int, int]] = []
    for stream, runs, around in ((_DIGITS, runs_with_han, 0), (_FOLDED, pinyin_beside_han, MOST_READ_ALONG)):
        parts = list(map(stream, added))
        if found := runs("".join(parts)):
            # No piece is shorter than what it adds: around a run stands as much as here, or more.
            ends = list(accumulate(map(len, parts)))
            spans += [
                (
                    bisect_right(ends, first),
                    bisect_right(ends, max(0, first - around)),
                    bisect_left(ends, last + around) + 1,
                )
                for first, last in found
            ]
    if not spans:
        return []
    walls = [number for number, piece in enumerate(pieces) if piece == _NEXT]
    windows: list[tuple[int, int, int]] = []
    for run, first, last in sorted(spans):
        number = bisect_right(walls, run)
        first = max(first, walls[number - 1] + 1 if number else 0)
        last = min(last, walls[number] if number < len(walls) else len(pieces))
        if windows and windows[-1][0] == number and first <= windows[-1][2]:
            windows[-1] = number, min(first, windows[-1][1]), max(last, windows[-1][2])
        else:
            windows.append((number, first, last))
    return windows


class Screen:
    """Looks for values. What is remembered decides how long that takes, never what it says."""

    def __init__(self, values: Values, together: Together) -> None:
        self._values = values
        self._ends = _Ends(together)
        self._young: dict[str, Added] = {_NEXT: _NEXT_TEXT}
        self._old: dict[str, Added] = {}
        self._letters = 0

    def doubts(self, texts: Sequence[str]) -> set[int]:
        """The numbers of the texts in which perhaps a value stands. In no reading of any other does one."""
        return self.look(texts)[0]

    def look(self, texts: Sequence[str]) -> tuple[set[int], list[Trigrams]]:
        """The same, and the trigrams of all readings of all other texts."""
        found = {number for number, text in enumerate(texts) if APART in text or _DOUBT in text or _NEXT in text}
        tagged = {number for number, text in enumerate(texts) if "<" in text and _OPENS.search(text)}
        whole = [number for number in range(len(texts)) if number not in found and number not in tagged]
        cut = sorted(tagged - found)
        trigrams: list[Trigrams] = []
        found.update(whole[number] for number in self._in_whole([texts[number] for number in whole], trigrams))
        found.update(cut[number] for number in self._in_cut([texts[number] for number in cut], trigrams))
        return found, trigrams

    def _hits(self, folded: str, fewest: int = 0) -> list[int]:
        """Where values end in a folded text."""
        return [end for end, length in self._values.ends(folded) if length >= fewest]

    def _in_digits(self, seen: Sequence[str], trigrams: list[Trigrams]) -> set[int]:
        """The numbers of normalised texts in which a value stands in runs with Han digits."""
        read = [squash(with_digits(text)) for text in seen]
        starts = _starts(read)
        trigrams.append(trigrams_of(APART.join(read)))
        return {_holder(starts, end) for end in self._hits(APART.join(read))}

    def _in_pinyin(self, squashed: Sequence[str], trigrams: list[Trigrams]) -> set[int]:
        """The numbers of folded texts in which a value stands half in characters and half in pinyin."""
        starts = _starts(squashed)
        runs: dict[int, list[tuple[int, int]]] = {}
        for first, last in pinyin_beside_han(APART.join(squashed)):
            number = _holder(starts, first)
            runs.setdefault(number, []).append((first - starts[number], last - starts[number]))
        read = [(number, mixed) for number, of in runs.items() if (mixed := mixture(squashed[number], of)) is not None]
        letters = [mixed.letters for _, mixed in read]
        trigrams.append(trigrams_of(APART.join(letters)))
        starts = _starts(letters)
        found = set()
        for end, length in self._values.ends(APART.join(letters)):
            at = _holder(starts, end)
            number, mixed = read[at]
            behind = end + 1 - starts[at]
            if mixed.is_hit(behind - length, behind):
                found.add(number)
        return found

    def _in_whole(self, texts: list[str], trigrams: list[Trigrams]) -> Iterator[int]:
        """The numbers of texts without tags that are in doubt; adds trigrams of the others."""
        first = 0
        for portion in portions(texts, _AT_ONCE):
            for number in self._in_portion(portion, trigrams):
                yield first + number
            first += len(portion)

    def _in_portion(self, texts: list[str], trigrams: list[Trigrams]) -> Iterator[int]:
        folded = _fold(texts)
        if folded is None:
            if len(texts) == 1:
                yield 0
                return
            half = len(texts) // 2
            yield from self._in_portion(texts[:half], trigrams)
            yield from (half + number for number in self._in_portion(texts[half:], trigrams))
            return
        trigrams.append(trigrams_of(APART.join([*folded.squashed, *folded.han])))
        yield from _spelling(folded.squashed)
        yield from self._in_lines(folded.normalised, trigrams)
        yield from self._holding(folded)
        yield from self._in_runs(folded.normalised, folded.squashed, trigrams)

    def _in_runs(self, normalised: Sequence[str], squashed: Sequence[str], trigrams: list[Trigrams]) -> Iterator[int]:
        """The numbers of texts in which a value stands in digits in Han, or half in characters and half in pinyin."""
        starts = _starts(normalised)
        numbers = sorted({_holder(starts, first) for first, _ in runs_with_han(APART.join(normalised))})
        yield from (numbers[at] for at in self._in_digits([normalised[number] for number in numbers], trigrams))
        yield from self._in_pinyin(squashed, trigrams)

    def _in_lines(self, normalised: Sequence[str], trigrams: list[Trigrams]) -> Iterator[int]:
        """The numbers of normalised texts without tags in which a value stands in the first letters of lines."""
        read = [(number, squash(firsts)) for number, text in enumerate(normalised) if (firsts := first_letters(text))]
        letters = [firsts for _, firsts in read]
        starts = _starts(letters)
        trigrams.append(trigrams_of(APART.join(letters)))
        yield from {read[_holder(starts, end)][0] for end in self._hits(APART.join(letters), _FEWEST_HAN)}

    def _holding(self, folded: _Folded) -> Iterator[int]:
        """The numbers of folded texts that hold a value as they are, or might hold a tag."""
        for parts, fewest in ((folded.squashed, 0), (folded.han, _FEWEST_HAN)):
            if hits := self._hits(APART.join(parts), fewest):
                starts = _starts(parts)
                yield from {_holder(starts, end) for end in hits}
        yield from (number for number, text in enumerate(folded.normalised) if "<" in text and _OPENS.search(text))

    def _in_cut(self, texts: list[str], trigrams: list[Trigrams]) -> set[int]:
        """The numbers of texts with tags that are in doubt; adds trigrams of the others."""
        # Before its first tag a text has one that adds nothing to what is read.
        pieces = f"<{_NEXT}<".join(f"/>{text}" for text in texts).split("<") if texts else []
        added = self._recall(pieces)
        said, codes, folded, han = ("".join(map(stream, added)) for stream in _STREAMS[:4])
        trigrams.extend(set(map(_TRIGRAMS, added)))
        trigrams.append(trigrams_of(APART.join((said, codes, folded, han))))
        found = {said.count(_NEXT, 0, match.start()) for match in re.finditer(_DOUBT, said)}
        for stream, fewest in ((folded, 0), (said, 0), (codes, 0), (han, _FEWEST_HAN)):
            found.update(stream.count(_NEXT, 0, end) for end in self._hits(stream, fewest))
        found.update(folded.count(_NEXT, 0, place) for place, _ in spelt_aloud_in(folded))
        # Few texts have such: it costs less to fold a part of these again than to remember all pieces whole.
        if again := [window for window in _windows(pieces, added) if window[0] not in found]:
            found.update(self._in_windows(again, pieces, trigrams))
        return found

    def _in_windows(
        self, windows: Sequence[tuple[int, int, int]], pieces: Sequence[str], trigrams: list[Trigrams]
    ) -> Iterator[int]:
        """The numbers of the texts that are in doubt for such a part of theirs (see `_windows`)."""
        ends = list(accumulate((last - first for _, first, last in windows), initial=0))
        folded = _fold([piece.partition(">")[2] for _, first, last in windows for piece in pieces[first:last]])
        if folded is not None:
            normalised, squashed = (
                ["".join(parts[first:last]) for first, last in pairwise(ends)]
                for parts in (folded.normalised, folded.squashed)
            )
            yield from (windows[at][0] for at in self._in_runs(normalised, squashed, trigrams))
        elif len(windows) == 1:
            yield windows[0][0]
        else:
            half = len(windows) // 2
            yield from self._in_windows(windows[:half], pieces, trigrams)
            yield from self._in_windows(windows[half:], pieces, trigrams)

    def _recall(self, pieces: list[str]) -> list[Added]:
        """What each piece adds; new ones are learned."""
        if self._letters > _MOST_LETTERS:
            self._letters, self._old, self._young = 0, self._young, {_NEXT: _NEXT_TEXT}
        young, old = self._young, self._old
        added = list(map(young.get, pieces))
        if None in added:
            missing = [piece for piece in dict.fromkeys(pieces) if piece not in young]
            young.update((piece, old[piece]) for piece in missing if piece in old)
            for portion in portions([piece for piece in missing if piece not in old], _AT_ONCE):
                self._letters += sum(map(len, portion))
                self._learn(portion)
            added = list(map(young.get, pieces))
        return cast("list[Added]", added)

    def _learn(self, pieces: list[str]) -> None:
        """Remembers what new pieces add."""
        halves = [piece.partition(">") for piece in pieces]
        count = len(pieces)
        folded = _fold([*(tag for tag, _, _ in halves), *(text for _, _, text in halves)])
        inside = None if folded is None else _inside(folded.normalised[:count])
        attributes = None if inside is None else letter_tables.squash_apart(APART.join(inside))
        if folded is None or attributes is None or not all(tag and closed for tag, closed, _ in halves):
            if count == 1:
                self._young[pieces[0]] = _DOUBTFUL
            else:
                self._learn(pieces[: count // 2])
                self._learn(pieces[count // 2 :])
            return
        texts = _Folded(
            folded.normalised[count:], folded.squashed[count:], list(map(add, folded.han[:count], folded.han[count:]))
        )
        told = attributes.split(APART)
        doubtful = set(self._holding(texts))
        if hits := self._hits(attributes):
            starts = _starts(told)
            doubtful.update(_holder(starts, end) // 2 for end in hits)
        ends = self._ends.of([*told, *texts.squashed, *texts.han])
        added = zip(
            ends[: 2 * count : 2],
            ends[1 : 2 * count : 2],
            ends[2 * count : 3 * count],
            ends[3 * count :],
            _ends_of_numbers(texts.normalised),
            repeat(without_repeats(trigrams_of(APART.join([attributes, *texts.squashed, *texts.han]))), count),
            strict=True,
        )
        self._young.update(zip(pieces, added, strict=True))
        self._young.update((pieces[number], _DOUBTFUL) for number in doubtful)


def _inside(tags: list[str]) -> list[str] | None:
    """What attributes say and those for machines of each normalised tag, by turns; None where one is no tag, or could act on what stands
    behind it."""
    for tag in tags:
        if TAG_INSIDE.fullmatch(tag) is None or "<" in tag or _ACTS_ON_TEXT.match(tag):
            return None
    inside = without_tag_names(f"\n{APART}\n".join(tags))
    if _BEGINS_WITH_ATTRIBUTE.search(inside):
        return None
    said, codes = said_and_codes("\n" + inside.replace(f"\n{APART}\n", _BEHIND) + _BEHIND)
    told = said.split(_BEHIND_SAID), codes.split(_BEHIND_CODES)
    if any(len(parts) != len(tags) + 1 or parts[-1] for parts in told):
        return None
    return list(chain.from_iterable(zip(*told, strict=True)))[:-2]
