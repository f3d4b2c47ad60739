"""Undoes what makes letters look like something else to a program: HTML, percent, backslash and other escapes, one inside another.

Each step is tried only where its mark stands in the text, so that plain text costs next to nothing. Every step makes a text shorter, so
that a text cannot grow however deep it is escaped. A backslash means one thing to a style sheet and another to a program: where both
readings make sense, both are given.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable
from urllib.parse import unquote, unquote_to_bytes

_ROUNDS = 10
"""A page adds a level of its own to what was typed."""

_UNICODE = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
# What repeats is written out once in front: a pattern that begins with a sign is looked for by that sign, many times faster.
_BYTES = re.compile(r"\\x[0-9a-fA-F]{2}(?:\\x[0-9a-fA-F]{2})*")
_OCTAL = re.compile(r"\\[0-3][0-7]{2}(?:\\[0-3][0-7]{2})*")
_STYLE = re.compile(r"\\([0-9a-fA-F]{4,6})(?:\r\n|[ \t\r\n\f])?")
_SHORT_STYLE = re.compile(r"\\([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?")
_QUOTED = re.compile(r"=[0-9A-F]{2}(?:=[0-9A-F]{2}){2,}")
_PERCENT_UNICODE = re.compile(r"%u([0-9a-fA-F]{4})")
_PERCENT_BYTES = re.compile(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*")
_PUNYCODE = re.compile(r"xn--([a-z0-9-]+)", re.IGNORECASE)
_BASE64 = re.compile(r"base64,\s*([A-Za-z0-9+/_-]+={0,2})")
PUNYCODE = "xn--"
BASE64 = "base64,"
_SHORTEST_BYTES = 4
"""Fewer bytes than two characters have say nothing about their encoding."""
BACKSLASH = "\\"


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""


def _from_bytes(data: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _octal(match: re.Match[str]) -> str:
    text = _from_bytes(bytes(int(part, 8) for part in match.group().split("\\")[1:]))
    # A control character is none that anybody writes: `\004f60` is a letter in a style sheet.
    return text if text.isprintable() else match.group()


def _base64(match: re.Match[str]) -> str:
    text = match[1].rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return _from_bytes(base64.b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError):
        return match.group()


def _punycode(match: re.Match[str]) -> str:
    try:
        return match[1].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return match.group()


def _backslashes(text: str) -> str:
    text = _UNICODE.sub(lambda m: _character(m[1] or m[2] or m[3]), text)
    text = _BYTES.sub(lambda m: _from_bytes(bytes.fromhex(m.group().replace("\\x", ""))), text)
    text = _OCTAL.sub(_octal, text)
    return _STYLE.sub(lambda m: _character(m[1]), text)


def _style_sheet(text: str) -> str:
    """Backslashes as a style sheet reads them, with any number of digits; programs' own escapes still are what they are."""
    text = _UNICODE.sub(lambda m: _character(m[1] or m[2] or m[3]), text)
    text = _BYTES.sub(lambda m: _from_bytes(bytes.fromhex(m.group().replace("\\x", ""))), text)
    return _SHORT_STYLE.sub(lambda m: _character(m[1]), text)


def _percents(text: str) -> str:
    if "%u" in text:
        text = _PERCENT_UNICODE.sub(lambda m: _character(m[1]), text)
    # Most percent signs are percentages.
    return _PERCENT_BYTES.sub(_percent_bytes, text)


def _percent_bytes(match: re.Match[str]) -> str:
    data = unquote_to_bytes(match.group())
    if len(data) >= _SHORTEST_BYTES:
        return _from_bytes(data)
    return unquote(match.group(), errors="replace")


_Step = Callable[[str], str]
_STEPS: tuple[tuple[str, _Step], ...] = (
    ("&", html.unescape),
    ("%", _percents),
    (BACKSLASH, _backslashes),
    (PUNYCODE, lambda text: _PUNYCODE.sub(_punycode, text)),
    (BASE64, lambda text: _BASE64.sub(_base64, text)),
    ("=", lambda text: _QUOTED.sub(lambda m: _from_bytes(bytes.fromhex(m.group().replace("=", ""))), text)),
)
_AS_STYLE_SHEET = tuple((mark, _style_sheet if step is _backslashes else step) for mark, step in _STEPS)


def unescape(text: str) -> str:
    """The text that a reader, a browser or a script would make of an escaped one."""
    return undo(text)[0]


def unescapings(text: str) -> tuple[str, ...]:
    """Every text that somebody might make of an escaped one, the usual one first."""
    usual, marks = undo(text)
    other = undo_as_style_sheet(text, usual, marks)
    return (usual,) if other == usual else (usual, other)


def undo(text: str) -> tuple[str, frozenset[str]]:
    """(the text that `unescape` makes of an escaped one, the marks of escapes that turned up on the way)"""
    return _undone(text, _STEPS)


def undo_as_style_sheet(text: str, usual: str, marks: frozenset[str]) -> str:
    """What the backslashes of a style sheet make of a text; `usual` and `marks` are what `undo` told of it."""
    return _undone(text, _AS_STYLE_SHEET)[0] if BACKSLASH in marks else usual


def _undone(text: str, steps: tuple[tuple[str, _Step], ...]) -> tuple[str, frozenset[str]]:
    marks: set[str] = set()
    for _ in range(_ROUNDS):
        before = text
        for mark, step in steps:
            if mark in text:
                marks.add(mark)
                text = step(text)
        if text == before:
            break
    try:
        text.encode()
    except UnicodeEncodeError:
        # Halves of pairs, written as two escapes, or alone; joined where they are a pair.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text, frozenset(marks)
