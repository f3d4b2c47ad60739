"""Many patterns asked of one text at once: only those are tried that can match.

Each pattern comes with its needles, letters of which every match holds some in a row once blanks are left out. One pass over the text
(Aho-Corasick) finds the needles; hardly any text holds one, and a pattern whose needles are missing is neither searched nor compiled.
The needles decide nothing else: a pattern that is tried is tried on the whole text. That they suffice is tested, pattern by pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import ahocorasick


@dataclass(frozen=True)
class Sought:
    """A pattern, and what a text without blanks holds wherever it matches: one of `needles`, and one of `beside` if there are any."""

    kind: str
    needles: tuple[str, ...]
    pattern: str
    beside: tuple[str, ...] = ()
    on_tight: bool = False
    """Whether the pattern itself is searched in the text without blanks."""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled when the first text may match it."""
        return re.compile(self.pattern)


def either(words: str) -> tuple[str, ...]:
    """Words with `|` between them, as patterns have it."""
    return tuple(words.split("|"))


def joined(*parts: Iterable[str]) -> tuple[str, ...]:
    """Every first part before every second part, and so on: `joined("微薇", "信芯")`."""
    made: tuple[str, ...] = ("",)
    for part in parts:
        every = tuple(part)
        made = tuple(first + second for first in made for second in every)
    return made


def tight(text: str) -> str:
    """A text without blanks, the same that a pattern calls `\\s`."""
    return "".join(text.split())


class Sieve:
    """Patterns of several kinds, each with its needles."""

    def __init__(self, *sought: Sought) -> None:
        self.sought = sought

    @cached_property
    def _machine(self) -> ahocorasick.Automaton:
        owners: dict[str, list[int]] = {}
        for number, one in enumerate(self.sought):
            for needle in one.needles:
                owners.setdefault(needle, []).append(number)
        machine = ahocorasick.Automaton()
        for needle, numbers in owners.items():
            machine.add_word(needle, numbers)
        machine.make_automaton()
        return machine

    def kinds(self, text: str) -> list[str]:
        """The kinds that a text holds, each once, in the order in which they were given."""
        without_blanks = tight(text)
        numbers: set[int] = set()
        for _, of_needle in self._machine.iter(without_blanks):
            numbers.update(of_needle)
        found: dict[str, None] = {}
        for number in sorted(numbers):
            one = self.sought[number]
            if one.kind in found or (one.beside and not any(word in without_blanks for word in one.beside)):
                continue
            if one.compiled.search(without_blanks if one.on_tight else text):
                found[one.kind] = None
        return list(found)
