"""Decides whether a pattern can match a text that holds none of some needles once its blanks are left out.

The pattern is read as a machine of states (what stands around a match is not asked, a long repetition has no upper bound: it may match more
than it does, never less) and walked together with the needles as far as none of them is complete. So None is a proof, for every text.
"""

from __future__ import annotations

import importlib
import re
from collections import deque
from collections.abc import Iterable
from functools import cache
from typing import Any

_PARSER: Any = importlib.import_module("re._parser")
_BLANKS = " \t\n\x85\u3000"
_OTHER = "\0"
"""Stands for every letter of no needle."""
_CATEGORIES = {
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
}
_MANY = 4
"""From here on a repetition has no upper bound."""
_AROUND = {"AT", "ASSERT", "ASSERT_NOT"}


def _has(members: list[Any], letter: str) -> bool:
    """Whether a class of characters, as the parser gives it, has a letter."""
    negated = str(members[0][0]) == "NEGATE"
    code = ord(letter)
    for name, value in members[negated:]:
        kind = str(name)
        if (
            (kind == "LITERAL" and value == code)
            or (kind == "RANGE" and value[0] <= code <= value[1])
            or (kind == "CATEGORY" and re.match(_CATEGORIES[str(value)], letter))
        ):
            return not negated
    return negated


def _has_others(members: list[Any], letters: frozenset[str]) -> bool:
    """Whether it has a letter that is neither one of some letters nor a blank."""
    for name, value in members:
        kind = str(name)
        if str(value) == "CATEGORY_SPACE":
            continue
        if kind in {"NEGATE", "CATEGORY"}:
            return True
        first, last = value if kind == "RANGE" else (value, value)
        if any(chr(code) not in letters and not chr(code).isspace() for code in range(first, last + 1)):
            return True
    return False


class _Machine:
    """States 0, 1, …; from each, (the letters that lead on, the next state): the letters of needles, `_OTHER`, or "" for none."""

    def __init__(self, pattern: str, letters: frozenset[str]) -> None:
        self._letters = letters
        self.steps: list[list[tuple[frozenset[str], int]]] = [[]]
        self.end = self._add(_PARSER.parse(pattern), 0)

    def _new(self) -> int:
        self.steps.append([])
        return len(self.steps) - 1

    def _free(self, start: int, end: int) -> None:
        self.steps[start].append((frozenset({""}), end))

    def _add(self, items: Iterable[Any], at: int) -> int:
        for name, value in items:
            at = self._item(str(name), value, at)
        return at

    def _item(self, kind: str, value: Any, at: int) -> int:
        if kind in _AROUND:
            return at
        if kind == "SUBPATTERN":
            return self._add(value[3], at)
        end = self._new()
        if kind == "BRANCH":
            for branch in value[1]:
                self._free(self._add(branch, at), end)
        elif kind in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            least, most, item = value
            for _ in range(least):
                at = self._add(item, at)
            for _ in range(most - least if most - least < _MANY else 0):
                self._free(at, end)
                at = self._add(item, at)
            self._free(at, end)
            if most - least >= _MANY:
                self._free(self._add(item, end), end)
        else:
            self.steps[at].append((self._class(kind, value), end))
        return end

    def _class(self, kind: str, value: Any) -> frozenset[str]:
        members: list[Any] = {
            "LITERAL": [("LITERAL", value)],
            "NOT_LITERAL": [("NEGATE", None), ("LITERAL", value)],
            "ANY": [("NEGATE", None)],
            "IN": value,
        }[kind]
        found = {letter for letter in self._letters if _has(members, letter)}
        if any(_has(members, blank) for blank in _BLANKS):
            found.add("")
        if _has_others(members, self._letters):
            found.add(_OTHER)
        return frozenset(found)


def without(pattern: str, needles: Iterable[str]) -> str | None:
    """The letters of a match without any of the needles (\\0 for a letter of no needle); None where there is no such match."""
    wanted = tuple(needles)
    letters = frozenset("".join(wanted))
    machine = _Machine(pattern, letters)
    starts = {"", *(needle[:length] for needle in wanted for length in range(len(needle)))}

    @cache
    def read(begun: str, letter: str) -> str | None:
        """What may begin a needle after one more letter; None where one is complete."""
        text = begun + letter
        if any(text.endswith(needle) for needle in wanted):
            return None
        return next(text[at:] for at in range(len(text) + 1) if text[at:] in starts)

    seen = {(0, "")}
    queue = deque([(0, "", "")])
    while queue:
        state, begun, written = queue.popleft()
        if state == machine.end:
            return written
        for leads, following in machine.steps[state]:
            for letter in sorted(leads):
                after = begun if letter == "" else read(begun, letter)
                if after is not None and (following, after) not in seen:
                    seen.add((following, after))
                    queue.append((following, after, written + letter))
    return None
