"""A long text in segments, each to be looked through by itself and once: where most of a file is as it was, most of its segments are.

A text is cut behind a full stop (`。`, and the tags that close there) where what follows cannot lean on it. No escape reaches over such a
place, no word of OpenCC's, no run of digits, no accent: every reading of a text is the readings of its segments one behind the other.
That holds where nothing in any segment acts from afar, as an open tag, a comment, Punycode or a foreign capital does; `ends_of` tells, and
a text for which it does not hold is looked through whole. Where to cut follows from the letters before, so that an edit moves the cuts
beside it and no others.

What reaches over a cut is found in the ends of the segments put together (`joints`), reading by reading: of what attributes say, the end
of one segment and the beginning of the next may lie far apart in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias
from zlib import crc32

from jiebang.detection import letter_tables
from jiebang.detection.digits import with_digits
from jiebang.detection.escapes import PUNYCODE, undo, undo_as_style_sheet
from jiebang.detection.letter_searches import has_western_pair
from jiebang.detection.letter_tables import APART
from jiebang.detection.mixed_pinyin import LETTERS
from jiebang.detection.normalisation import (
    Reading,
    mixed,
    of_lines,
    picked,
    said_and_codes,
    squash,
    text_and_tags,
    without_tag_names,
)
from jiebang.detection.picked_letters import MOST_OF_ONE, spelt_aloud_in

LONGEST_VALUE = 300
"""Letters of a folded value beyond which a text has to be looked through whole."""
LONG_TEXT = 1 << 17
"""Letters of a text from which on it is worth cutting."""
_SHORTEST = 1 << 15
"""Letters of a segment, the last one apart."""
_ENDS = 1024
"""Letters of the beginning and of the end of each form: a value, what is looked at beside it, and pinyin that reaches into it."""
_LONGEST_PINYIN = 400
"""Letters and tone numbers in a row of what is seen; more are no name, and may be too much for the ends."""
_LONGEST_SPELT = _ENDS // (MOST_OF_ONE + 1) - 10
"""Letters spelled aloud in a row; more are no name, and may be too much for the ends."""
_CUT = re.compile('。(?:</[a-z]+>)*(?=[\u4e00-\u9fff",\r\n<])')
_BEFORE = 256
"""Letters before a place that decide whether to cut there."""
_ONE_OF = 32
"""Of so many places that would do, one is taken."""
_TOO_LONG = re.compile(f"{LETTERS}{{{_LONGEST_PINYIN},}}")
_ACTS_FROM_AFAR = re.compile("<(?:!--|r[tp])")
_OPENS = re.compile("<[a-z/!?]")
_BEGINS_WITH_ATTRIBUTE = re.compile("[a-z_:@][a-z0-9_:.@-]*=")
_PROBE = f"\n class=\"{APART}\" class='{APART}'"
"""Stands behind the last tag: a quotation that is left open would take it in. What is left of it in what attributes say, and in those for
machines:"""
_PROBE_SAID = "\n  "
_PROBE_CODES = f"\"{APART}\" '{APART}'"

Forms: TypeAlias = tuple[str, str, str, str, str]
"""The readings of a text, normalised: what is seen, what attributes say, those for machines, the Han characters, the runs with Han digits."""
Ends: TypeAlias = tuple[tuple[str, ...], ...]
"""Of each form its beginning and its end, or all of it."""
Joint: TypeAlias = tuple[int, str]
"""The number of a form, and the ends that meet in it."""
_SEEN, _SAID, _CODES, _HAN, _DIGITS = range(5)
_BETWEEN = ("", "\n", " ", "", "\n")
"""What stands between two segments in each form."""


def segments(text: str) -> list[str]:
    """A text in segments; one where it is short, or holds no place to cut at."""
    if len(text) < LONG_TEXT:
        return [text]
    cuts = [0]
    place = _CUT.search(text, _SHORTEST)
    while place is not None:
        end = place.end()
        if crc32(text[end - _BEFORE : end].encode("utf-8", "surrogatepass")) % _ONE_OF == 0:
            cuts.append(end)
            end += _SHORTEST
        place = _CUT.search(text, end)
    return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def forms_of(segment: str) -> Forms | None:
    """The forms of a segment; None where something in it acts from afar, or may: its text has to be looked through whole."""
    unescaped, marks = undo(segment)
    if (
        PUNYCODE in marks
        or undo_as_style_sheet(segment, unescaped, marks) != unescaped
        or has_western_pair(unescaped) is not False
        or (folded := letter_tables.fold(unescaped)) is None
    ):
        return None
    if "<" not in folded.normalised:
        return folded.normalised, "", "", folded.han, with_digits(folded.normalised)
    if _ACTS_FROM_AFAR.search(folded.normalised):
        return None
    seen, tags = text_and_tags(folded.normalised)
    inside = without_tag_names(tags)
    if _OPENS.search(seen) or _BEGINS_WITH_ATTRIBUTE.match(inside):
        return None
    said, codes = said_and_codes(inside + _PROBE)
    if not (said.endswith(_PROBE_SAID) and codes.endswith(_PROBE_CODES)):
        return None
    return (
        seen,
        said.removesuffix(_PROBE_SAID),
        codes.removesuffix(_PROBE_CODES).removesuffix(" "),
        folded.han,
        with_digits(seen),
    )


def ends_of(forms: Forms) -> Ends:
    """As much of the forms of a segment as what reaches over its ends can need."""
    ends: list[tuple[str, ...]] = []
    for form in forms:
        head, tail = _beginning(form), _end(form)
        if len(head) + len(tail) >= len(form):
            ends.append((form,) if form else ())
        else:
            ends.append((head, tail))
    return tuple(ends)


def _beginning(form: str) -> str:
    size = _ENDS
    while size < len(form) and len(squash(form[:size])) < _ENDS:
        size *= 2
    return form[:size]


def _end(form: str) -> str:
    size = _ENDS
    while size < len(form) and len(squash(form[-size:])) < _ENDS:
        size *= 2
    return form[-size:]


def readings_of(forms: Forms, code_like: bool) -> list[Reading]:
    """The readings of a segment."""
    read = [reading for number, form in enumerate(forms) if form for reading in _readings(number, form, code_like)]
    # The lines of a short text, which is one segment; of one with tags more may be found than there is.
    return [*read, *of_lines(forms[_SEEN])]


def joints(ends: Sequence[Ends]) -> Iterator[Joint]:
    """What a text is around its cuts, from the ends of its segments in their order: the ends that meet, form by form."""
    for number, between in enumerate(_BETWEEN):
        yield from ((number, form) for form in _joined(between, [e[number] for e in ends]))


def readings_around(joint: Joint, code_like: bool) -> list[Reading] | None:
    """The readings of a joint; None where the ends are too short for what may reach over them, so that the text has to be looked through
    whole."""
    number, form = joint
    read = list(_readings(number, form, code_like))
    if number == _SEEN:
        seen = read[0].squashed
        if _TOO_LONG.search(seen) or any(len(letters) > _LONGEST_SPELT for _, letters in spelt_aloud_in(seen)):
            return None
    return read


def _joined(between: str, ends: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The end of each segment with the beginning of the next; what is known whole with what stands on both sides."""
    parts: list[str] = []
    for of_segment in filter(None, ends):
        parts.append(of_segment[0])
        if len(of_segment) > 1:
            if len(parts) > 1:
                yield between.join(parts)
            parts = [of_segment[1]]
    if len(parts) > 1:
        yield between.join(parts)


def _readings(number: int, form: str, code_like: bool) -> Iterator[Reading]:
    code_like = number == _CODES or (code_like and number != _DIGITS)
    reading = Reading(form, squash(form), code_like, han_only=number == _HAN)
    yield reading
    if number == _SEEN:
        yield from mixed(reading)
        yield from picked(reading)
