"""Workbooks of Excel 5 and 95, whose Chinese is GBK (code page 936): calamine takes each byte for a character of its own and loses it.

Told that the code page is 1252 it keeps every byte as one character, and the bytes are decoded here.
"""

from __future__ import annotations

_OLD = b"\x09\x08\x08\x00\x00\x05\x05\x00"
"""The first record of a workbook of that age: BOF, version 5, globals."""
_GBK = b"\x42\x00\x02\x00\xa8\x03"
_WESTERN = b"\x42\x00\x02\x00\xe4\x04"

_BYTES = {bytes([code]).decode("cp1252", errors="ignore") or chr(code): code for code in range(256)}


def keep_bytes(data: bytes) -> tuple[bytes, bool]:
    """The file with its code page renamed, and whether its texts have to be decoded."""
    start = data.find(_OLD)
    place = data.find(_GBK, start, start + 4096) if start >= 0 else -1
    if place < 0:
        return data, False
    return data[:place] + _WESTERN + data[place + len(_GBK) :], True


def decoded(text: str) -> str:
    """The Chinese of a text that holds a byte in each character."""
    try:
        return bytes(_BYTES[character] for character in text).decode("gb18030", errors="replace")
    except KeyError:
        return text
