"""What a text says that a program wrote in another encoding than UTF-8: in seven bits (UTF-7, HZ, ISO-2022), of which each byte is a letter of
ASCII as well, or in Big5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ENCODINGS = ("utf-8", "latin-1", "gb18030", "big5hkscs")
"""In which a file is read that is no UTF-8: as far as it is some, letter by letter, as mainland and as Taiwan and Hong Kong write."""
_SHIFTED = re.compile(r"\+[A-Za-z0-9+/]{5,}")
"""Two characters of UTF-7 at least."""
_SHIFTED_HZ = re.compile(r"~\{((?:[!-w][!-~]){2,})(?:~\})?")
_ESCAPED = re.compile("\x1b\\$[@AB(]")


def in_seven_bits(text: str) -> Iterator[str]:
    """The texts that this one is in encodings of seven bits; none where it has nothing of any."""
    if "+" in text and _SHIFTED.search(text):
        yield _read(text, "utf-7")
    if "~{" in text and _SHIFTED_HZ.search(text):
        yield _SHIFTED_HZ.sub(lambda match: _read(f"~{{{match[1]}~}}", "hz"), text)
    if "\x1b$" in text and _ESCAPED.search(text):
        yield _read(text, "iso2022_jp_2")


def _read(text: str, encoding: str) -> str:
    # What is no ASCII is said by the text itself.
    return text.encode("ascii", "replace").decode(encoding, "ignore")
