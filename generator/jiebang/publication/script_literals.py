"""The texts that a script puts together from pieces: what stands between the quotes of each, one behind the other as a program would join
them with `+`, `concat`, `join` or a variable for each.
"""

from __future__ import annotations

import re

# Each case by itself: a pattern that begins with letters of either is looked for at every letter of a page.
_SCRIPTS = tuple(
    (mark, re.compile(rf"{mark}(?![\w-])(?![^>]*\b(?:src|application/ld)\b)[^>]*>(.*?)(?:</{mark[1:]}|\Z)", re.DOTALL))
    for mark in ("<script", "<SCRIPT", "<Script")
)
_LITERAL = re.compile(r"\"((?:[^\"\\\n]|\\.)*+)\"|'((?:[^'\\\n]|\\.)*+)'|`((?:[^`\\]|\\.)*+)`", re.DOTALL)
_PLACE = re.compile(r"\$\{[^}]*\}")
_NUMBERS = re.compile(r"\b(?:0x[0-9a-f]{2,5}|[0-9]{2,6})(?:\s*,\s*(?:0x[0-9a-f]{2,5}|[0-9]{2,6})){5,}", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:0x[0-9a-f]+|[0-9]+)", re.IGNORECASE)
_LAST_CODE = 0x10FFFF


def joined_literals(text: str) -> str:
    """The literals of a script as one text; empty where there are not two."""
    literals = ["".join(groups) for groups in _LITERAL.findall(text)]
    return _PLACE.sub("", "".join(literals)) if len(literals) > 1 else ""


def lists_of_codes(text: str) -> str:
    """What rows of numbers in a script say where these are the codes of letters, or bytes."""
    told = []
    for match in _NUMBERS.finditer(text):
        codes = [
            int(number, 0) if number[:1] != "0" or number[1:2] in "xX" else int(number)
            for number in _NUMBER.findall(match[0])
        ]
        if max(codes) < 256:
            told.append(bytes(codes).decode("utf-8", "ignore"))
            told.append(bytes(codes).decode("gb18030", "ignore"))
        elif max(codes) <= _LAST_CODE:
            told.append("".join(map(chr, codes)))
    return "\n".join(told)


def scripts_in(text: str) -> str:
    """The scripts that stand in a page or a drawing."""
    return "\n".join(script for mark, pattern in _SCRIPTS if mark in text for script in pattern.findall(text))
