"""One form for a text however it is disguised: unescaped, without tags, width, tradition, marks, case, signs and lookalikes.

Both what is looked for and what is looked through is folded, so that only the letters are compared. Source: safety rule 5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from jiebang.detection.confusables import upper_lookalikes
from jiebang.detection.digits import with_digits
from jiebang.detection.escapes import unescape, unescapings
from jiebang.detection.letters import FOREIGN_CAPITALS, HAN, LETTERS
from jiebang.detection.mixed_pinyin import Mixture, mixture
from jiebang.detection.mojibake import repair
from jiebang.detection.picked_letters import first_letters, spelt_aloud
from jiebang.detection.portions import portions
from jiebang.detection.variant_characters import shapes, simplify, variant_characters

if TYPE_CHECKING:
    from jiebang.detection.letter_tables import Folded

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_READING_AID = re.compile(r"<rt\b[^>]*>.*?</rt>|<rp\b[^>]*>.*?</rp>", re.DOTALL)
_INSIDE = r"[a-z/!?](?:\"[^\"]*+\"|'[^']*+'|[^'\">])*+"
_TAG = re.compile(f"<({_INSIDE})>")
TAG_INSIDE = re.compile(_INSIDE)
"""What stands between the brackets of a tag, of a normalised text."""
_TAG_NAME = re.compile(r"^(?:/?[a-z][a-z0-9:-]*|[!?/])", re.MULTILINE)
_CODE_ATTRIBUTE = re.compile(
    r"\s(?:class|id|for|role|type|rel|style|d|viewbox|http-equiv|charset|xmlns|aria-controls|aria-labelledby|data-md-[a-z-]+)"
    r"=(?:\"[^\"]*\"|'[^']*')"
)
_ATTRIBUTE_NAME = re.compile(r"\s[a-z_:@][a-z0-9_:.@-]*=")
_NOT_HAN = re.compile(f"[^{HAN}]+")
LONG = 1024
"""Letters from which on tables are faster, and worth loading: texts of files have as many, those of records have not."""


def normalise(text: str) -> str:
    """Width, tradition, shapes of characters, case and accents folded; signs, spaces and marks still there, to tell where a word ends."""
    if text.isascii():
        return text.casefold()
    if (prepared := _PREPARED.forms.get(text)) is not None:
        return prepared.normalised
    if len(text) >= LONG:
        from jiebang.detection import letter_tables

        if (normalised := letter_tables.normalise(text)) is not None:
            return normalised
    return _normalise(text)


_MOST_PREPARED = 1 << 18
"""Letters of prepared texts that are kept at hand."""
_AT_ONCE = 60_000
"""Letters that are prepared together: enough that it costs little to begin, few enough to stay in the processor's cache."""


class _Prepared:
    """What is known of texts that were folded ahead of time, together."""

    def __init__(self) -> None:
        self.forms: dict[str, Folded] = {}
        """By the text."""
        self.squashed: dict[str, str] = {}
        """By the normalised text."""
        self.letters = 0

    def forget(self) -> None:
        """For the memory's sake."""
        self.forms.clear()
        self.squashed.clear()
        self.letters = 0

    def add(self, texts: Sequence[str]) -> None:
        """Folds these as well."""
        from jiebang.detection import letter_tables

        parts = letter_tables.fold_each(texts)
        if parts is not None:
            self.forms.update(zip(texts, parts, strict=True))
            self.squashed.update((forms.normalised, forms.squashed) for forms in parts)
            self.letters += sum(map(len, texts))
        elif len(texts) > 1:
            # One that goes the careful way does not take the others along.
            half = len(texts) // 2
            self.add(texts[:half])
            self.add(texts[half:])


_PREPARED = _Prepared()


def prepare(texts: Iterable[str]) -> None:
    """Folds texts together, for those who ask for a form of one: many short ones cost more one by one than as one long text."""
    if _PREPARED.letters > _MOST_PREPARED:
        _PREPARED.forget()
    new = (text for text in dict.fromkeys(texts) if text not in _PREPARED.forms and not text.isascii())
    for portion in portions(new, _AT_ONCE):
        _PREPARED.add(portion)


def _normalise(text: str) -> str:
    if text.isascii():
        return text.casefold()
    text = unicodedata.normalize("NFKC", text)
    if FOREIGN_CAPITALS.search(text):
        text = text.translate(upper_lookalikes())
    text = simplify(text)
    # Few texts hold one: to look is faster than to translate.
    if not shapes().isdisjoint(text):
        text = text.translate(variant_characters())
    return unicodedata.normalize("NFD", text).casefold()


UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\u0300-\u036f\u20d0-\u20ff\ufe20-\ufe2f\U000e0000-\U000e01ef]+"
)


def prepared_form(text: str) -> str | None:
    """What `normalise` makes of a text, where that is known or costs nothing; None where it would have to be worked out."""
    if text.isascii():
        return text.casefold()
    prepared = _PREPARED.forms.get(text)
    return None if prepared is None else prepared.normalised


def visible(normalised: str) -> str:
    """Without marks and characters that nobody sees; spaces and signs stay."""
    return normalised if normalised.isascii() else UNSEEN.sub("", normalised)


def squash(normalised: str) -> str:
    """Letters and digits only, lookalikes folded."""
    if (prepared := _PREPARED.squashed.get(normalised)) is not None:
        return prepared
    if len(normalised) >= LONG:
        from jiebang.detection import letter_tables

        if (squashed := letter_tables.squash(normalised)) is not None:
            return squashed
    return normalised.translate(LETTERS)


def without_markup(text: str) -> str:
    """A text in lower case without tags, comments and reading aids: what stands on both sides of them comes together."""
    if "<" not in text:
        return text
    return _TAG.sub("", _without_comments(text))


def _without_comments(text: str) -> str:
    text = _COMMENT.sub("", text)
    return _READING_AID.sub("", text) if "<rt" in text else text


@lru_cache(maxsize=256)
def as_seen(text: str) -> str:
    """A text as a reader sees it, in one width, tradition and case; several eyes look at the same one."""
    return without_markup(normalise(unescape(text)))


def fold(text: str) -> str:
    """The one form of a text, as safety rule 5 has it."""
    return squash(without_markup(normalise(unescape(text))))


# What it may begin with stands in front: a pattern is looked for by its first letters, several times faster.
ACTING = re.compile(
    r"[\u2122\u2120<\uff1c\ufe64&\uff06\ufe60\\\uff3c\ufe68\u3400%\uff05\ufe6a=\uff1d\ufe66+\uff0b\ufe62uUxXbB](?:(?<=[\u2122\u2120<\uff1c\ufe64&\uff06\ufe60\\\uff3c\ufe68\u3400])"
    r"|(?<=[%\uff05\ufe6a])[0-9a-fA-FuU\uff10-\uff5a]|(?<=[=\uff1d\ufe66])[0-9a-fA-F?\uff10-\uff5a]|(?<=\+)[a-zA-Z0-9/]|(?<=[+\uff0b\ufe62])[0-9a-fA-F\uff10-\uff5a]"
    r"|(?<=[uU])[3-9]|(?<=[xX])[nN]--|(?<=[bB])[aA][sS][eE]64)"
)
"""What begins markup or an escape, and what may be one as a whole: a text without is folded letter by letter."""


def fold_beginnings(texts: Sequence[str], letters: int) -> list[str]:
    """The first so many letters of each text folded, and perhaps some more; of a text with ten times as many the rest is not looked at.

    Many texts are folded as one: the calls would cost more than the work.
    """
    beginnings = [text[: 10 * letters] for text in texts]
    # What begins a disguise may act on all that follows. Else a piece folds to the same letters, all but the last few.
    piece, enough = 3 * letters, letters + letters // 2
    plain = [number for number, text in enumerate(beginnings) if not ACTING.search(text, 0, piece)]
    folded = dict(zip(plain, _folded_as_one([beginnings[number][:piece] for number in plain]), strict=True))
    for number, text in enumerate(beginnings):
        if number not in folded or (len(folded[number]) < enough and len(text) > piece):
            folded[number] = fold(text)
    return [folded[number] for number in range(len(texts))]


def _folded_as_one(texts: Sequence[str]) -> list[str]:
    """Each text folded, in which nothing is `ACTING`."""
    if not texts:
        return []
    from jiebang.detection import letter_tables

    folded = letter_tables.squash_each(texts)
    if folded is not None:
        return folded
    if len(texts) == 1:
        return [fold(texts[0])]
    # One that goes the careful way does not take the others along.
    half = len(texts) // 2
    return [*_folded_as_one(texts[:half]), *_folded_as_one(texts[half:])]


@dataclass(slots=True)
class Reading:
    """One way to read a text. `code_like` is set for what is written for machines: class names, scripts, styles; `han_only` where
    all but the Han characters was left out."""

    normalised: str
    squashed: str
    code_like: bool = False
    han_only: bool = False
    mixture: Mixture | None = None
    """Set where `squashed` is characters and pinyin read as pinyin."""
    picked: bool = False
    """Whether its letters stand apart in the text."""
    _places: list[int] = field(default_factory=list)

    def surroundings(self, start: int, end: int) -> tuple[str, str, str]:
        """What stands before, at and after a place of `squashed`, as it was before signs and spaces went."""
        if not self._places:
            self._places = _places(self.normalised)
            if self.mixture is not None:
                self._places = [self._places[place] for place in self.mixture.places]
        first, last = self._places[start], self._places[end - 1]
        return (
            self.normalised[max(0, first - 40) : first],
            self.normalised[first : last + 1],
            self.normalised[last + 1 : last + 41],
        )


def _places(normalised: str) -> list[int]:
    places: list[int] = []
    for index, letter in enumerate(normalised):
        kept = LETTERS[ord(letter)]
        if kept is not None:
            places.extend([index] * len(kept))
    return places


def _of(normalised: str, code_like: bool = False) -> Reading:
    return Reading(normalised, squash(normalised), code_like)


def mixed(reading: Reading) -> Iterator[Reading]:
    """A reading once more with characters beside pinyin read as pinyin, where it has such."""
    if found := mixture(reading.squashed):
        yield Reading(reading.normalised, found.letters, reading.code_like, mixture=found)


def picked(reading: Reading) -> Iterator[Reading]:
    """The letters that are spelled aloud in a reading, where it has such."""
    if letters := spelt_aloud(reading.squashed):
        yield Reading(letters, letters, reading.code_like, picked=True)


def of_lines(normalised: str) -> Iterator[Reading]:
    """The first letters of the lines of a text without tags, where it has some."""
    if letters := first_letters(normalised):
        # As of the Han characters alone: fewer than four prove nothing.
        yield Reading(letters, squash(letters), han_only=True, picked=True)


def han_only(text: str) -> str:
    """The Han characters of a text."""
    return _NOT_HAN.sub("", text)


def read_plain(text: str) -> Reading:
    """A text as it is seen, such as one field of a record."""
    return _of(as_seen(text))


def readings(text: str, code_like: bool = False) -> Iterator[Reading]:
    """All ways to read the text of a file: as it is seen, what tags and comments hold, and its Han characters alone; all that for each
    way to undo its escapes, and what its letters were before a program took them for another encoding's.

    The Han characters alone find a name that is cut up by tags, attributes, Latin letters or numbers.
    """
    for unescaped in unescapings(text):
        yield from _readings(unescaped, code_like)
        if repaired := repair(unescaped):
            yield _of(normalise(repaired), code_like)


_SETS_APART = re.compile(r"<(?=/?(?:t[dhr]|li|d[dt]|p|div|h[1-6]|br|option|caption)\b)")
"""Where a tag begins that parts what is seen on both sides: the number in one cell goes on in no other."""


def text_and_tags(normalised: str) -> tuple[str, str]:
    """(a text without its tags, what stands in these, one a line)"""
    # By turns, as the pattern has one group.
    pieces = _TAG.split(_SETS_APART.sub(" <", normalised))
    return "".join(pieces[::2]), "\n".join(pieces[1::2])


def without_tag_names(tags: str) -> str:
    """What stands in tags, one a line, but for their names."""
    return _TAG_NAME.sub("", tags)


def said_and_codes(inside: str) -> tuple[str, str]:
    """(values of attributes that somebody reads, values that are written for machines) of what stands in tags, without their names."""
    codes = " ".join(match.partition("=")[2] for match in _CODE_ATTRIBUTE.findall(inside))
    return _ATTRIBUTE_NAME.sub(" ", _CODE_ATTRIBUTE.sub(" ", inside)), codes


def _folded(text: str) -> Folded | None:
    if (prepared := _PREPARED.forms.get(text)) is not None or len(text) < LONG:
        return prepared
    from jiebang.detection import letter_tables

    return letter_tables.fold(text)


def _readings(unescaped: str, code_like: bool) -> Iterator[Reading]:
    folded = _folded(unescaped)
    normalised = folded.normalised if folded is not None else _normalise(unescaped)
    if "<" not in normalised:
        seen = normalised
        reading = Reading(seen, folded.squashed if folded is not None else squash(seen), code_like)
        yield reading
    else:
        comments = " ".join(_COMMENT.findall(normalised))
        aids = " ".join(_READING_AID.findall(normalised)) if "<rt" in normalised else ""
        seen, tags = text_and_tags(_without_comments(normalised))
        reading = _of(seen, code_like)
        yield reading
        inside = without_tag_names(tags)
        said, codes = said_and_codes(inside)
        yield _of(f"{comments}\n{said}", code_like)
        yield _of(codes, code_like=True)
        if aids:
            yield _of(aids)
    if not normalised.isascii():
        han = folded.han if folded is not None else han_only(normalised)
        if han:
            squashed = folded.han_squashed if folded is not None else squash(han)
            yield Reading(han, squashed, code_like, han_only=True)
        if numbers := with_digits(seen):
            yield _of(numbers)
        yield from mixed(reading)
        yield from picked(reading)
        if seen == normalised:
            yield from of_lines(seen)
