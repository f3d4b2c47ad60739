"""Bytes that a file spells out in letters: the pictures inside of pages, the profiles that image programs write, the streams of a PDF."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

MARK = "base64,"
"""Stands before each of the data of a page."""
_DATA = re.compile(rf"{MARK}([^\"'<>()]+)")
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_BLANKS = re.compile(r"\s+")
_PROFILE = re.compile(rb"\n\w+\n *[0-9]+\n([0-9A-Fa-f\s]+)")
_HEXADECIMAL = re.compile(rb"([0-9A-Fa-f\s]+)>")
_ASCII85 = re.compile(rb"(?:<~)?([!-uz\s]+)~>")


def data_in(text: str) -> Iterator[bytes]:
    """What stands in a text as `data:…;base64,…`: editors break it into lines, and its signs may be escaped as those of any address."""
    if MARK not in text:
        return
    for match in _DATA.finditer(text):
        letters = _BLANKS.sub("", unquote(html.unescape(match[1]))).replace("-", "+").replace("_", "/")
        letters = _NO_BASE64.split(letters, maxsplit=1)[0]
        # One letter alone is less than a byte.
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        if data := base64.b64decode(letters + "=" * (-len(letters) % 4)):
            yield data


def profile_in(chunk: bytes) -> bytes:
    """What ImageMagick and others write into a text of a PNG for want of a chunk of its own: under the title `Raw profile type exif` a
    line with its kind, one with its length, and the data in hexadecimal digits."""
    match = _PROFILE.search(chunk)
    return _from_digits(match[1]) if match else b""


def stream_of_letters(data: bytes) -> bytes:
    """A stream of a PDF without the filters that only make letters of it (ASCIIHexDecode, ASCII85Decode)."""
    stripped = data.strip()
    if match := _HEXADECIMAL.fullmatch(stripped):
        return _from_digits(match[1])
    if match := _ASCII85.fullmatch(stripped):
        try:
            return base64.a85decode(match[1])
        except (ValueError, binascii.Error):
            return data
    return data


def _from_digits(digits: bytes) -> bytes:
    written = b"".join(digits.split())
    return bytes.fromhex((written + b"0" * (len(written) % 2)).decode("ascii"))
