"""Undoes what makes letters look like something else to a program: HTML, percent, backslash and other escapes, as deep as they go within reason; and mojibake.

Each step is tried only where its mark stands in the text, so that plain text costs next to nothing.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable
from urllib.parse import unquote

_ROUNDS = 8
_MOST_GROWN = 4
"""Two ways to read a backslash make a text longer; beyond this many times it is a bomb, not a disguise."""

_UNICODE = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_BYTES = re.compile(r"(?:\\x[0-9a-fA-F]{2})+")
_OCTAL = re.compile(r"(?:\\[0-3][0-7]{2})+")
_STYLE = re.compile(r"\\([0-9a-fA-F]{1,6})(?:\r\n|[ \t\n\r\f])?")
_QUOTED = re.compile(r"(?:=[0-9A-F]{2}){3,}")
_PERCENT_UNICODE = re.compile(r"%u([0-9a-fA-F]{4})")
_PERCENT_BYTES = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_PUNYCODE = re.compile(r"xn--([a-z0-9-]+)", re.IGNORECASE)
_BASE64 = re.compile(r"base64,\s*([A-Za-z0-9+/_-]+={0,2})")
_SURROGATE = re.compile("[\ud800-\udfff]")


_ALL_HAN = re.compile("[\u3400-\u9fff\uff00-\uff5e（）]+")
_UTF8_HAN = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}|\xef\xbc[\x80-\xbf]){3,}")
"""Three Han characters or more, in bytes: in the bytes of other texts that does not come about."""
_LATIN_RUN = re.compile("[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]{6,}")


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
    # `\\007 93A`: octal bytes to one program, the number of a character to a style sheet. Who reads decides, so both are kept.
    octal_first = _STYLE.sub(lambda m: _character(m[1]), _OCTAL.sub(_octal, text))
    style_first = _OCTAL.sub(_octal, _STYLE.sub(lambda m: _character(m[1]), text))
    return octal_first if octal_first == style_first else f"{style_first}\n{octal_first}"


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
    longest = _MOST_GROWN * len(text)
    for _ in range(_ROUNDS):
        before = text
        for mark, step in _STEPS:
            if mark in text:
                text = step(text)
        if text == before or len(text) > longest:
            break
    if "=" in text:
        text = _QUOTED.sub(lambda m: _from_bytes(bytes.fromhex(m.group().replace("=", ""))), text)
    if _SURROGATE.search(text):
        # Written as two escapes, or alone; joined where they are a pair.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if not text.isascii() and (mended := _mended(text)):
        text = f"{text}\n{mended}"
    return text


def _mended(text: str) -> str:
    """What mojibake in a text was before bytes were taken for those of another encoding; empty where there is none."""
    found = _han_in(text.encode("gb18030", "ignore"))
    for run in _LATIN_RUN.findall(text):
        for wrong in ("cp1252", "latin-1"):
            found.extend(_reread(run, wrong))
    return "\n".join(found)


def _han_in(data: bytes) -> list[str]:
    return [part.decode("utf-8", "ignore") for part in _UTF8_HAN.findall(data)]


def _reread(run: str, wrong: str) -> list[str]:
    try:
        data = run.encode(wrong)
    except UnicodeEncodeError:
        return []
    text = data.decode("gb18030", "ignore")
    return [*_han_in(data), text] if _ALL_HAN.fullmatch(text) else _han_in(data)
