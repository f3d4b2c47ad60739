"""The texts of JSON: every value in its order, as a program gets them, and behind them every key.

Nothing else stands in JSON but signs, so that the text itself need not be read too: of two keys of one name both are kept, and numbers
as they were written. A long list is read element by element: parsed at once, it takes ten times the memory of its text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any

_LONG = 1 << 16
"""Letters of a text from which on it is read element by element."""
_LONGEST_ELEMENT = 1 << 22
"""Letters of an element that is at hand; the text of a longer one is left to those who have all of it."""
_PORTION = 1 << 16
_SAME_KEYS = 1 << 14
"""Letters of the same keys again and again, of elements one behind the other: what is longer than that is no value, and holds one no
sooner."""
_COLUMN = 32
"""An array of so many numbers and nothing else is a column: each number is read by itself. Ten thousand small numbers in a row hold
every telephone number's digits by chance; a number that is written out is still found."""
_BLANK = re.compile(r"[ \t\n\r]*")
_MAY_GO_ON = re.compile(r"[-+.eE0-9]+\Z")
_NUMBERS = frozenset("-0123456789NI")
"""How numbers begin, `NaN` and `Infinity` among them."""


class NotJsonError(ValueError):
    """A text that is no JSON, or holds an element that is too long to be at hand."""


class _Object(list[tuple[str, Any]]):
    """The members of a JSON object, those of one name, too."""

    __slots__ = ()


class _Number(str):
    """A number as it was written in JSON."""

    __slots__ = ()


_DECODER = json.JSONDecoder(object_pairs_hook=_Object, parse_int=_Number, parse_float=_Number)


def strings_of(text: str) -> str | None:
    """All of it as one text; None for what is no JSON."""
    try:
        if len(text) >= _LONG:
            return "".join(strings_in([text]))
        found, keys = _texts_in(_DECODER.decode(text))
    except (ValueError, RecursionError):
        return None
    return "\n".join([*found, *keys])


def strings_in(portions: Iterable[str]) -> Iterator[str]:
    """The same in portions, of a text that comes in portions. Raises NotJsonError, also when something was told already."""
    waiting: list[str] = []
    size = 0
    before = ""
    for text in _strings_in(_Reader(portions)):
        waiting.append(text)
        size += len(text) + 1
        if size > _PORTION:
            yield before + "\n".join(waiting)
            waiting, size, before = [], 0, "\n"
    if waiting:
        yield before + "\n".join(waiting)


def _texts_in(value: Any) -> tuple[list[str], list[str]]:
    """(values, keys)"""
    found: list[str] = []
    keys: list[str] = []
    waiting: list[Any] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, _Object):
            # Keys are our own words: values that stand under each other on a page come together.
            keys.extend(key for key, _ in item)
            waiting.extend(entry for _, entry in reversed(item))
        elif isinstance(item, list):
            if len(item) >= _COLUMN and all(isinstance(entry, _Number) for entry in item):
                found.append("n".join(item))
            else:
                waiting.extend(reversed(item))
    return found, keys


class _Reader:
    """A text that comes in portions, of which as much is at hand as is being read."""

    def __init__(self, portions: Iterable[str]) -> None:
        self._portions = iter(portions)
        self._text = ""
        self._at = 0

    def _more(self) -> bool:
        portion = next(self._portions, None)
        if portion is None:
            return False
        self._text = self._text[self._at :] + portion
        self._at = 0
        return True

    def sign(self, behind: int = 0) -> str:
        """The first letter that is not blank, from so many letters on; nothing at the end."""
        while True:
            at = _BLANK.match(self._text, self._at + behind).end()  # type: ignore[union-attr]  # matches anywhere
            if at < len(self._text):
                if not behind:
                    self._at = at
                return self._text[at]
            if not self._more():
                return ""

    def takes(self, sign: str) -> bool:
        """Whether that comes next; it is read then."""
        is_next = self.sign() == sign
        self._at += is_next
        return is_next

    def take(self, sign: str) -> None:
        """Reads it. Raises NotJsonError where something else comes."""
        if not self.takes(sign):
            raise NotJsonError

    def value(self) -> Any:
        """Reads a value. Raises NotJsonError."""
        self.sign()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                # Perhaps the rest is still to come.
                if len(self._text) - self._at > _LONGEST_ELEMENT or not self._more():
                    raise NotJsonError from error
                continue
            # A number may go on.
            if not _MAY_GO_ON.match(self._text, self._at) or not self._more():
                self._at = end
                return value


def _strings_in(reader: _Reader) -> Iterator[str]:
    """Each value, then each key."""
    keys = _Keys()
    if reader.sign() == "{":
        yield from _of_members(reader, keys)
    elif reader.sign() == "[":
        yield from _of_elements(reader, keys)
    else:
        raise NotJsonError
    if reader.sign():
        raise NotJsonError
    yield from keys


class _Keys:
    """The keys of the outermost object, then those of what stands in it; of the same keys again and again no more than tells something."""

    def __init__(self) -> None:
        self.outermost: list[str] = []
        self._inner: list[tuple[list[str], int]] = []

    def add(self, keys: list[str]) -> None:
        """Those of the next element."""
        if not keys:
            return
        last, times = self._inner[-1] if self._inner else ([], 0)
        if last == keys:
            self._inner[-1] = last, times + 1
        else:
            self._inner.append((keys, 1))

    def __iter__(self) -> Iterator[str]:
        yield from self.outermost
        for keys, times in self._inner:
            for same in repeat(keys, min(times, 1 + _SAME_KEYS // sum(len(key) + 1 for key in keys))):
                yield from same


def _of_members(reader: _Reader, keys: _Keys) -> Iterator[str]:
    reader.take("{")
    if reader.takes("}"):
        return
    while True:
        if reader.sign() != '"':
            raise NotJsonError
        keys.outermost.append(reader.value())
        reader.take(":")
        yield from _of_elements(reader, keys) if reader.sign() == "[" else _of_value(reader, keys)
        if reader.takes("}"):
            return
        reader.take(",")


def _of_elements(reader: _Reader, keys: _Keys) -> Iterator[str]:
    if reader.sign(1) in _NUMBERS:
        # Perhaps a column, which is read as a whole.
        yield from _of_value(reader, keys)
        return
    reader.take("[")
    if reader.takes("]"):
        return
    while True:
        yield from _of_value(reader, keys)
        if reader.takes("]"):
            return
        reader.take(",")


def _of_value(reader: _Reader, keys: _Keys) -> Iterator[str]:
    found, own = _texts_in(reader.value())
    keys.add(own)
    yield from found
