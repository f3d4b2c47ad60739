"""Looks for many folded values at once, and tells a value from an accident of the letters around it.

Aho-Corasick: the time to read a text does not grow with the number of values. A hit counts when its rule is kept, and when it is not
part of something longer that is public in its own right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Generic, TypeVar

import ahocorasick

from jiebang.detection.normalisation import Reading

if TYPE_CHECKING:
    from jiebang.detection.screening import Screen

Owner = TypeVar("Owner", bound=Hashable)

_FEWEST_IN_HAN_ONLY = 4
_CALLS = re.compile(
    r"(?:联系人?|联络人?|电话|手机|致电|电联|座机|热线|传真|微信|邮箱|负责人|经办|对接|法人|法定代表人|姓名|签字|咨询|洽|tel|phone|mobile|contact|attn)"
    r"[^\u4e00-\u9fff]{0,6}(?:为|是|请找|找|人)?[^\u4e00-\u9fff]{0,6}$"
)
_CALLED = re.compile(
    r"^[\s:,，、;；()（）·.-]{0,4}(?:联系|电话|手机|先生|女士|小姐|经理|总|工|主任|老师|微信|收|牵头|负责|带队|团队|主持|对接|接洽|\+?[0-9]{7,})"
)
_NUMERALS = frozenset("〇零一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰")
_COUNTRY_CODE = re.compile(r"(?:^|[^0-9])(?:(?:\+|00)?86|0)[\s()-]*$")
_DECIMAL = re.compile(r"(?:^|[^0-9.])[0-9]{1,2}\.$")
_MODEL_BEFORE = re.compile(r"[a-z0-9][-‐‑–_/]?$")
_MODEL_BEHIND = re.compile(r"[-‐‑–_/.]?[a-z0-9]")
_OF_ORGANISATION = re.compile(r"(?:机构|信用)代码证?[^0-9a-z]*$")
_YEAR = re.compile("(?:[1l]9|2[0o])[0-9lo]{2}$")
_LETTERS_BUT_DIGITS = re.compile("[a-kmnp-z]")
"""A folded 1 is an l, a 0 an o."""
_HASH = re.compile(r"[0-9a-f]{20,}")


Excused = Callable[[str, int, int, Owner], bool]
"""Whether a hit is none: asked with the folded text, the place (from, to) and the owner of the value."""


class Rule(Enum):
    """What has to stand around a hit."""

    ANYWHERE = "anywhere"
    WORD = "word"
    """Latin letters: no letter beside them, and not in what is written for machines."""
    INITIALS = "initials"
    """A word, and no part of what names a model or a part: `XZ-200`, `HLJ-M`."""
    CODE = "code"
    """Letters and digits: neither beside them."""
    PART = "part of a code"
    """The same of few, which where they are digits have to be one number, too: of two numbers one behind the other, as a demand's code and its
    year, some come to it in a large catalogue."""
    NUMBER = "number"
    """Digits: no other digit beside them, a country code apart, and no long hexadecimal number around them."""
    NUMBERED = "numbered"
    """A name that begins with a number: none before it. 第十二厂 is not 二厂."""
    PERSON = "person"
    """A name too short to prove anything but beside 联系人, 电话 and the like."""


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _keeps(rule: Rule, reading: Reading, start: int, end: int) -> bool:
    if rule is Rule.ANYWHERE:
        return True
    if reading.code_like and rule in {Rule.WORD, Rule.INITIALS}:
        return False
    before, here, after = reading.surroundings(start, end)
    last, following = before[-1:], after[:1]
    if rule is Rule.WORD:
        return not _is_letter(last) and not _is_letter(following)
    if rule is Rule.INITIALS:
        return not (_MODEL_BEFORE.search(before) or _MODEL_BEHIND.match(after))
    if rule in {Rule.CODE, Rule.PART}:
        alone = not ((last.isascii() and last.isalnum()) or (following.isascii() and following.isalnum()))
        return alone and (rule is Rule.CODE or _is_one_number(here, after) or bool(_OF_ORGANISATION.search(before)))
    if rule is Rule.NUMBERED:
        return not (last.isdigit() or last in _NUMERALS)
    if rule is Rule.NUMBER:
        if following.isdigit() or _DECIMAL.search(before) or _inside_hash(before, here, after):
            return False
        return not last.isdigit() or bool(_COUNTRY_CODE.search(before))
    return bool(_CALLS.search(before) or _CALLED.search(after))


def is_told_by(reading: Reading, start: int, end: int) -> bool:
    """Whether a reading of this sort tells a value at all: one of a few characters proves nothing where all but these were left out."""
    if reading.han_only and end - start < _FEWEST_IN_HAN_ONLY:
        return False
    return reading.mixture is None or reading.mixture.is_hit(start, end)


def may_count(rule: Rule, reading: Reading, start: int, end: int) -> bool:
    """Whether a value that stands at a place of a reading is a hit, for what stands around it."""
    return is_told_by(reading, start, end) and _keeps(rule, reading, start, end)


def _is_one_number(here: str, after: str) -> bool:
    """Whether what stands at a place holds letters, or digits that are one number: in a row, in groups of one size, or with a check digit apart
    (the way in which codes of organisations are printed, GB 11714-1997). A year at their end, said to be one, is none of them."""
    if after.startswith("年") and _YEAR.search(here):
        return False
    groups = [len(group) for group in re.split("[^0-9a-z]+", here)]
    return bool(_LETTERS_BUT_DIGITS.search(here)) or len(set(groups)) == 1 or (len(groups) == 2 and groups[1] == 1)


def _inside_hash(before: str, here: str, after: str) -> bool:
    around = re.search(r"[0-9a-f]*$", before), re.match(r"[0-9a-f]*", after)
    whole = (
        "".join(match.group() if match else "" for match in around[:1])
        + here
        + (around[1].group() if around[1] else "")
    )
    return bool(_HASH.fullmatch(whole))


class PatternSet(Generic[Owner]):
    """Values to be found, each with its owner; the first owner of a value is named."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, Rule, Owner]] = {}
        self._machine: ahocorasick.Automaton | None = None
        self._screen: Screen | None = None

    def __len__(self) -> int:
        return len(self._found)

    def add(self, folded: str, rule: Rule, owner: Owner) -> None:
        """Something to look for. Of two rules for one value the one that finds more counts."""
        known = self._found.get(folded)
        if folded and (known is None or (known[1] is not Rule.ANYWHERE and rule is Rule.ANYWHERE)):
            self._found[folded] = (folded, rule, owner)

    def entries(self) -> Iterator[tuple[str, Rule, Owner]]:
        """What was added."""
        yield from self._found.values()

    def ready(self) -> None:
        """To be called once, after the last `add`."""
        if not self._found:
            return
        machine = ahocorasick.Automaton()
        for needle, entry in self._found.items():
            machine.add_word(needle, entry)
        machine.make_automaton()
        self._machine = machine

    def doubts(self, texts: Sequence[str]) -> set[int]:
        """The numbers of the texts in which perhaps a value stands, in any reading and whatever its rule; `search` tells. In no other does
        one. For files: many texts at once cost least."""
        if self._machine is None:
            return set()
        if self._screen is None:
            from jiebang.detection.screening import Screen, together_in

            self._screen = Screen(self, together_in(self._found))
        return self._screen.doubts(texts)

    def ends(self, folded: str) -> Iterator[tuple[int, int]]:
        """As `screening.Values` has it."""
        if self._machine is not None:
            yield from ((end, len(entry[0])) for end, entry in self._machine.iter(folded))

    def search(self, reading: Reading, excused: Excused[Owner] | None = None) -> Iterator[tuple[str, Owner]]:
        """(value, owner) of each hit that is not excused."""
        if self._machine is None:
            return
        text = reading.squashed
        for end, (needle, rule, owner) in self._machine.iter(text):
            start = end + 1 - len(needle)
            if not is_told_by(reading, start, end + 1):
                continue
            if excused is not None and excused(text, start, end + 1, owner):
                continue
            if _keeps(rule, reading, start, end + 1):
                yield needle, owner
