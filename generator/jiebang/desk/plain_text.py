"""The text of a plain file, in whichever coding an editor in China saves it; the page “按介绍找需求” reads the same ones (`match/file.js`)."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

_WIDE = (BOM_UTF16_LE, BOM_UTF16_BE)


def plain_text(content: bytes) -> str | None:
    """UTF-8 with or without a mark in front, else GB 18030 (GBK, “ANSI”), UTF-16 where its mark says so; None for what is none of them."""
    codings = ("utf-16",) if content.startswith(_WIDE) else ("utf-8-sig", "gb18030")
    for coding in codings:
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        # No text has one: it is UTF-32, UTF-16 without its mark, or no text at all.
        if "\0" not in text:
            return text
    return None
