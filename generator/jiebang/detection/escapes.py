"""Undoes what makes letters look like something else to a program: HTML, percent, backslash and other escapes, one inside another.

Their signs and digits may have any width. What stands for a character only to people (`U+51CC`, `u51ccu4e91`) is undone as well.

Each step is tried only where its mark stands in the text, so that plain text costs next to nothing. Every step makes a text shorter, so
that a text cannot grow however deep it is escaped. A backslash means one thing to a style sheet and another to a program: where both
readings make sense, both are given.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
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
_MIME_WORD = re.compile(r"=\?([A-Za-z0-9_-]+)(?:\*[A-Za-z-]*)?\?([bBqQ])\?([\x21-\x3e\x40-\x7e]*)\?=")
_MIME = re.compile(rf"{_MIME_WORD.pattern}(?:\s*{_MIME_WORD.pattern})*")
_HAN_CODE = r"(?:3[4-9a-fA-F]|[4-9][0-9a-fA-F])[0-9a-fA-F]{2}"
# A single one may be a part number.
_BARE_UNICODE = tuple(
    re.compile(
        rf"{u}(?<![a-zA-Z0-9\\%].){_HAN_CODE}(?:[\s,，、/;；._-]{{0,2}}{u}{_HAN_CODE})+(?![0-9a-fA-F])",
    )
    for u in "uU"
)
_CODE_POINTS = tuple(
    (u, re.compile(rf"{u}\+(?<![a-zA-Z0-9]..)[0-9a-fA-F]{{4,6}}(?:{u}\+[0-9a-fA-F]{{4,6}})*(?![0-9a-fA-F])"))
    for u in "uU\uff35\uff55"
)
_CODE_POINT = re.compile("[0-9a-fA-F]{4,}")
_HEX = "[0-9a-fA-F\uff10-\uff19\uff21-\uff26\uff41-\uff46]"
_HIGH = "[a-fA-F\uff21-\uff26\uff41-\uff46]"
_U, _X = "[uU\uff35\uff55]", "[xX\uff38\uff58]"
_SIGNS = {"%": "\uff05\ufe6a", "&": "\uff06\ufe60", "\\": "\uff3c\ufe68", "=": "\uff1d\ufe66", "+": "\uff0b\ufe62"}
_IN_ANY_WIDTH = {
    "%": rf"(?:{_HIGH}{_HEX}|{_U}{_HEX}{{4}})(?:[%\uff05\ufe6a](?:{_HEX}{{2}}|{_U}{_HEX}{{4}}))+",
    "&": rf"(?:[#\uff03\ufe5f]{_X}?{_HEX}{{2,7}}|[a-zA-Z]{{2,31}})[;\uff1b\ufe54]?",
    "\\": rf"(?:{_U}[{{\uff5b]{_HEX}{{1,6}}[}}\uff5d]|(?:{_U}|{_X})?{_HEX}{{2,8}})",
    "=": rf"(?:{_HIGH}{_HEX}(?:[=\uff1d\ufe66]{_HEX}{{2}}){{2,}}|[?\uff1f][\x21-\x7e\uff01-\uff5e]+[?\uff1f][=\uff1d\ufe66])",
    "+": rf"(?<={_U}.){_HEX}{{4,6}}",
}
"""Sign → what makes an escape of it. `95％90％` are percentages: the first byte of a Han character begins with a letter."""
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


def _mime(match: re.Match[str]) -> str:
    """A header's words, of which two may share a character."""
    data, words = b"", _MIME_WORD.findall(match.group())
    for _, how, text in words:
        try:
            data += binascii.a2b_base64(text) if how in "bB" else binascii.a2b_qp(text, header=True)
        except binascii.Error:
            return match.group()
    try:
        return data.decode("big5") if words[0][0].lower() == "big5" else _from_bytes(data)
    except UnicodeDecodeError:
        return match.group()


def _code_points(match: re.Match[str]) -> str:
    text = "".join(map(_character, _CODE_POINT.findall(match.group())))
    return text if text.isprintable() else match.group()


def _bare_unicode(text: str) -> str:
    for pattern in _BARE_UNICODE:
        text = pattern.sub(_code_points, text)
    return text


def _with_plus(text: str) -> str:
    for u, pattern in _CODE_POINTS:
        if u in text:
            text = pattern.sub(_code_points, text)
    return text


def _narrow(match: re.Match[str]) -> str:
    written = match.group()
    return written if written.isascii() else unicodedata.normalize("NFKC", written)


def _narrowing(sign: str, behind: str) -> _Step:
    """Gives an escape that begins with this sign its usual width."""
    pattern = re.compile(re.escape(sign) + behind)
    return lambda text: text if text.isascii() else pattern.sub(_narrow, text)


_Step = Callable[[str], str]
_STEPS: tuple[tuple[str, _Step], ...] = (
    *((sign, _narrowing(sign, _IN_ANY_WIDTH[usual])) for usual, wide in _SIGNS.items() for sign in (usual, *wide)),
    # A trademark's sign would become two letters more of its name.
    ("\u2122", lambda text: text.replace("\u2122", " ")),
    ("\u2120", lambda text: text.replace("\u2120", " ")),
    ("&", html.unescape),
    ("%", _percents),
    (BACKSLASH, _backslashes),
    (PUNYCODE, lambda text: _PUNYCODE.sub(_punycode, text)),
    (BASE64, lambda text: _BASE64.sub(_base64, text)),
    ("+", _with_plus),
    ("u", _bare_unicode),
    ("U", _bare_unicode),
    ("?", lambda text: _MIME.sub(_mime, text)),
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
