"""Records in the plain style in which nearly all are written, read line by line: `key: value`, indented groups, lists, texts after `|`.

Several times as fast as the parser's events, as no positions are kept. What is written in another way, can be read in another way, or
would be refused is left to `jiebang.catalogue.events`, which is the definition; a property test holds the two together.
"""

from __future__ import annotations

import re
from sys import intern
from typing import Any

from jiebang.catalogue.convert import of_text

_MOST_LINES = 5000
_DEEPEST = 8
"""Both far below the limits of `events`."""
_PLAIN = r"(?:[^\s!\"#%&'*,\-:>?@\[\]`{|}]|-(?=\S))[^\n:#]*+(?::(?=\S)[^\n:#]*+)*+(?<=\S)"
"""Begins with no sign that means something there, holds no `: ` and no comment."""
_LINE = re.compile(
    rf"( *)(?:#[^\n]*|(- )?(?:([A-Za-z_][A-Za-z0-9_]{{0,39}}):(?: |(?=\n)))?(?:({_PLAIN})|\"([^\"\\\n]*)\"|'([^'\n]*)'|(\|-?))?)\n"
)
"""(indent, sign of a list's item, name, plain value, value in double quotes, in single quotes, sign of a text of several lines); a blank line,
or one with a comment alone, has no more than an indent."""
_LINES = re.compile(r"( +)\S[^\n]*\n(?:(?:\1[^\n]*)?\n)*")
"""A text of several lines: each begins with the blanks of the first one, or is empty."""
_NOTHING: dict[str, Any] = {}


class _OtherwiseWrittenError(Exception):
    """A record that only the parser may read."""


CONFLICTS = ("<<<<<<< ", ">>>>>>> ")
"""How git marks in a file that two people changed the same lines."""


def value_in_plain_style(text: str, schema: dict[str, Any]) -> dict[str, Any] | None:
    """What `convert` makes of the tree of a text in which `parse` refuses nothing; None for any text that is not in plain style."""
    if "\t" in text or text.count("\n") > _MOST_LINES or any(mark in text for mark in CONFLICTS):
        return None
    value = _Value(schema)
    try:
        value.read(text if text.endswith("\n") else f"{text}\n")
    except _OtherwiseWrittenError:
        return None
    return value.root or None


class _Value:
    """The value of a record, built line by line."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.root: dict[str, Any] = {}
        self._open: list[tuple[int, Any, dict[str, Any]]] = [(0, self.root, schema.get("properties", _NOTHING))]
        """(indent, mapping or list, what the schema says of the mapping's names or the list's items), the innermost last"""
        self._waiting: str | None = None
        """The name in the innermost mapping behind which nothing stands yet."""

    def read(self, text: str) -> None:
        """Takes a text that ends with a line feed."""
        at, end = 0, len(text)
        while at < end:
            match = _LINE.match(text, at)
            if match is None:
                raise _OtherwiseWrittenError
            indent, at = match.end(1) - at, match.end()
            _, item, name, plain, double, single, lines = match.groups()
            if item is not None:
                self._begin_item(indent)
                indent += len(item)
                if name is None:
                    self._add_item(plain, single if double is None else double)
                    continue
                self._add_mapping(indent)
            elif name is None:
                if match.lastindex != 1:
                    raise _OtherwiseWrittenError
                continue
            outer, mapping, properties = self._open[-1]
            if indent != outer or self._waiting is not None or type(mapping) is list:
                mapping, properties = self._mapping_at(indent)
            if name in mapping:
                raise _OtherwiseWrittenError
            name = intern(name)
            said = properties.get(name, _NOTHING)
            if plain is not None:
                mapping[name] = of_text(plain, True, said)
            elif lines is not None:
                mapping[name], at = _lines(text, at, indent, said)
            elif double is not None or single is not None:
                mapping[name] = of_text(single if double is None else double, False, said)
            else:
                mapping[name] = None
                self._waiting = name

    def _close(self, indent: int) -> None:
        while self._open[-1][0] > indent:
            self._open.pop()

    def _begin_item(self, indent: int) -> None:
        """Makes the list to which an item at this indent belongs the innermost."""
        outer, holder, said = self._open[-1]
        if self._waiting is not None and indent >= outer:
            items: list[Any] = []
            holder[self._waiting] = items
            self._push(indent, items, said.get(self._waiting, _NOTHING).get("items", _NOTHING))
        self._waiting = None
        self._close(indent)
        outer, holder, _ = self._open[-1]
        if outer != indent or type(holder) is not list:
            raise _OtherwiseWrittenError

    def _add_item(self, plain: str | None, quoted: str | None) -> None:
        _, items, said = self._open[-1]
        text = quoted if plain is None else plain
        if text is None:
            raise _OtherwiseWrittenError
        items.append(of_text(text, plain is not None, said))

    def _add_mapping(self, indent: int) -> None:
        """A mapping as an item of the innermost list."""
        _, items, said = self._open[-1]
        mapping: dict[str, Any] = {}
        items.append(mapping)
        self._push(indent, mapping, said.get("properties", _NOTHING))

    def _mapping_at(self, indent: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """The mapping to which a name at this indent belongs, innermost from now on, and what the schema says of its names."""
        outer, holder, said = self._open[-1]
        if self._waiting is not None:
            if indent > outer:
                mapping: dict[str, Any] = {}
                holder[self._waiting] = mapping
                self._push(indent, mapping, said.get(self._waiting, _NOTHING).get("properties", _NOTHING))
            self._waiting = None
        self._close(indent)
        if type(self._open[-1][1]) is list and self._open[-1][0] == indent:
            # A list may stand at the indent of the name that it belongs to.
            self._open.pop()
        outer, holder, said = self._open[-1]
        if outer != indent or type(holder) is not dict:
            raise _OtherwiseWrittenError
        return holder, said

    def _push(self, indent: int, holder: Any, said: dict[str, Any]) -> None:
        if len(self._open) == _DEEPEST:
            raise _OtherwiseWrittenError
        self._open.append((indent, holder, said))


def _lines(text: str, at: int, indent: int, said: dict[str, Any]) -> tuple[Any, int]:
    """A text of several lines that begins at a place, and where the next line begins. `indent`: of the name that it belongs to."""
    match = _LINES.match(text, at)
    if match is None or len(blanks := match[1]) <= indent:
        raise _OtherwiseWrittenError
    return of_text(match.group()[len(blanks) :].replace(f"\n{blanks}", "\n"), False, said), match.end()
