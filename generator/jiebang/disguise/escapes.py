"""Undoes what makes letters look like something else to a program: HTML, percent, backslash and other escapes, up to three deep.

Each step is tried only where its mark stands in the text, so that plain text costs next to nothing.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable
from urllib.parse import unquote

_ROUNDS = 3

_UNICODE = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_BYTES = re.compile(r"(?:\\x[0-9a-fA-F]{2})+")
_OCTAL = re.compile(r"(?:\\[0-3][0-7]{2})+")
_STYLE = re.compile(r"\\([0-9a-fA-F]{4,6})[ \t\n]?")
_QUOTED = re.compile(r"(?:=[0-9A-F]{2}){3,}")
_PERCENT_UNICODE = re.compile(r"%u([0-9a-fA-F]{4})")
_PERCENT_BYTES = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_PUNYCODE = re.compile(r"xn--([a-z0-9-]+)", re.IGNORECASE)
_BASE64 = re.compile(r"base64,\s*([A-Za-z0-9+/_-]+={0,2})")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""


def _from_bytes(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _octal(match: re.Match[str]) -> str:
    return _from_bytes(bytes(int(part, 8) for part in match.group().split("\\")[1:]))


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


def _percents(text: str) -> str:
    if "%u" in text:
        text = _PERCENT_UNICODE.sub(lambda m: _character(m[1]), text)
    # Most percent signs are percentages.
    return _PERCENT_BYTES.sub(lambda m: unquote(m.group(), errors="replace"), text)


_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("&", html.unescape),
    ("%", _percents),
    ("\\", _backslashes),
    ("xn--", lambda text: _PUNYCODE.sub(_punycode, text)),
    ("base64,", lambda text: _BASE64.sub(_base64, text)),
)


def unescape(text: str) -> str:
    """The text that a reader, a browser or a script would make of an escaped one."""
    for _ in range(_ROUNDS):
        before = text
        for mark, step in _STEPS:
            if mark in text:
                text = step(text)
        if text == before:
            break
    if "=" in text:
        text = _QUOTED.sub(lambda m: _from_bytes(bytes.fromhex(m.group().replace("=", ""))), text)
    if _SURROGATE.search(text):
        # Written as two escapes, or alone; joined where they are a pair.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
