"""Digits however they are written: Han, full-width, circled, spaced, dotted; and the runs of them in a text.

Measured values and lists of numbers are runs of digits too, so a run keeps its groups and what parts them, for others to judge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from jiebang.detection.lazy_patterns import LazyPattern

HAN_DIGITS = {
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", "0123456789", strict=True)),
    **dict(zip("○幺么两洞拐勾", "0112079", strict=True)),
}
"""Simplified forms only: texts are simplified before. 幺两洞拐勾 is how numbers are said on the radio."""
HAN_AS_PLAIN = str.maketrans(HAN_DIGITS)
"""For `str.translate`."""


_SUZHOU = {letter: number for number, letter in enumerate("〡〢〣〤〥〦〧〨〩", 1)}
"""Digits of merchants; to Unicode they are numbers but no digits."""


class _Plain(dict[int, str | None]):
    """A table for `str.translate` that learns: every digit of Unicode, in whatever script or frame, as the plain one."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        number = _SUZHOU.get(letter, unicodedata.digit(letter, None))
        self[code] = plain = letter if number is None or letter in HAN_DIGITS else str(number)
        return plain


PLAIN = _Plain()
WORDS = {
    **dict(zip(("ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu"), "0123456789", strict=True)),
    **dict(
        zip(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), "0123456789", strict=True)
    ),
    **dict(zip(("yao", "liang", "lu", "dong", "guai", "gou", "oh"), "1260790", strict=True)),
}
_WORD = "(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + ")"
SPOKEN = LazyPattern(rf"(?<![a-z]){_WORD}(?:[\s,，、.·-]{{0,2}}{_WORD}){{6,}}(?![a-z])")
_TAKEN = str.maketrans({"l": "1", "i": "1", "|": "1", "o": "0"})
LETTERED = LazyPattern(r"(?<![a-z0-9])(?=[0-9\s-]*[oli|])[1li|][0-9oli|](?:[\s-]?[0-9oli|]){9}(?![a-z0-9])")
_FEWEST_REAL = 4
OTHER_SCRIPTS = LazyPattern(
    "[^\x00-\x7f\xb0\xb1\xb4-\xb8\xba-\u065f\u2010-\u206f\u20a0-\u245f\u3000-\u3020\u302a-\u9fff\uff00-\uff0f]"
)
"""What is neither Latin, Greek, Cyrillic, Han nor a sign of every day: there the digits of other scripts are, and the framed ones."""
LETTERS_IN_A_ROW = LazyPattern(r"[a-z1|](?:[a-z\s,，、.·-]{13}|(?<=[1li|])[0-9oli|](?:[\s-]?[0-9oli|]){9})")
"""What every number that is spoken (seven words of two letters) or lettered holds."""


def _lettered(match: re.Match[str]) -> str:
    """`l38OOOO1234` as the number that it is read as: eleven places, several of them digits, and it begins like a mobile number."""
    written = match.group()
    number = written.translate(_TAKEN)
    plain = re.sub(r"[^0-9]", "", number)
    real = sum(letter.isdigit() for letter in written)
    return number if real >= _FEWEST_REAL and re.match("1[3-9]", plain) else written


FRAMED = {
    **{code: str(number) for first in (0x2474, 0x2488) for number, code in enumerate(range(first, first + 20), 1)},
    **{code: str(number) for number, code in enumerate(range(0x1F101, 0x1F10B))},
    0x1F100: "0",
}
ANY_FRAMED = LazyPattern("[\u2474-\u249b\U0001f100-\U0001f10a]")


def unframed(text: str) -> str:
    """A text as written with ⑴, ⒈ and 🄁 as plain digits: normalised, they would be parted by brackets and full stops."""
    return text.translate(FRAMED) if ANY_FRAMED.compiled.search(text) else text


def with_plain_digits(normalised: str) -> str:
    """A normalised text with digits of all scripts and frames, spoken ones and letters that stand for them as plain digits.

    Han digits stay: many of them are words, and `runs` reads them.
    """
    if not normalised.isascii() and OTHER_SCRIPTS.compiled.search(normalised):
        normalised = normalised.translate(PLAIN)
    if not LETTERS_IN_A_ROW.compiled.search(normalised):
        return normalised
    if SPOKEN.compiled.search(normalised):
        normalised = SPOKEN.compiled.sub(
            lambda m: re.sub(_WORD, lambda word: WORDS[word.group()], m.group()), normalised
        )
    return LETTERED.compiled.sub(_lettered, normalised)


DIGIT = "[0-9" + "".join(HAN_DIGITS) + "]"
GAP = r"[\s\-‐‑–—_~.·•・*/|,，、;()（）\[\]【】+]"
LIST_SIGNS = frozenset(",，、;/|")
"""Signs between the members of a list; also what somebody cuts up a number with."""
MOST_APART = 3
"""Signs between two digits of a run."""
_FEWEST = 5
_LINK = f"(?:{GAP}{{0,{MOST_APART}}}{DIGIT})"
_RUN = LazyPattern(f"{DIGIT}{_LINK}{{4,}}")
_FEWEST_WITH_HAN = 7
_LONG_RUN = LazyPattern(f"{DIGIT}{_LINK}{{{_FEWEST_WITH_HAN - 1},}}")
_LONG = 1024
"""Letters of a text from which on it is searched by tables."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of digits in a normalised text: `groups` as parted there, `gaps` what stands between them."""

    start: int
    end: int
    groups: tuple[str, ...]
    gaps: tuple[str, ...]

    def parts(self) -> Iterator[Run]:
        """The members of a list, `A、B，C`, then those that blanks part as well, each a run of its own; none where nothing parts them."""
        listed = [index for index, gap in enumerate(self.gaps) if LIST_SIGNS.intersection(gap)]
        spaced = [index for index, gap in enumerate(self.gaps) if LIST_SIGNS.intersection(gap) or not gap.strip()]
        yield from self._cut(listed)
        if len(spaced) > len(listed):
            yield from self._cut(spaced)

    def _cut(self, at_gaps: list[int]) -> Iterator[Run]:
        if not at_gaps:
            return
        at, first = self.start, 0
        for last in [*at_gaps, len(self.groups) - 1]:
            groups, gaps = self.groups[first : last + 1], self.gaps[first:last]
            digits = sum(map(len, groups))
            length = digits + sum(map(len, gaps))
            if digits >= _FEWEST:
                yield Run(at, at + length, groups, gaps)
            at += length + (len(self.gaps[last]) if last < len(self.gaps) else 0)
            first = last + 1

    @property
    def digits(self) -> str:
        return "".join(self.groups)


def runs(normalised: str) -> Iterator[Run]:
    """Every run of five digits or more."""
    for match in _RUN.compiled.finditer(normalised):
        text = match.group().translate(HAN_AS_PLAIN)
        yield Run(match.start(), match.end(), tuple(re.findall(r"[0-9]+", text)), tuple(re.findall(r"[^0-9]+", text)))


def with_digits(normalised: str) -> str:
    """The runs that hold Han digits, in plain digits, one a line; empty where there is none."""
    return "\n".join(normalised[start:end].translate(HAN_AS_PLAIN) for start, end in runs_with_han(normalised))


def runs_with_han(normalised: str) -> list[tuple[int, int]]:
    """(start, end) of each run of seven digits or more that holds Han digits."""
    if len(normalised) >= _LONG:
        from jiebang.detection.letter_searches import han_digit_chains

        if (chains := han_digit_chains(normalised, _FEWEST_WITH_HAN)) is not None:
            return chains
    return [match.span() for match in _LONG_RUN.compiled.finditer(normalised) if not match.group().isascii()]
