"""Dates as people type them; only a whole day is one."""

from __future__ import annotations

import re
from datetime import date

from jiebang.forms.reading.text import Unclear, narrow
from jiebang.forms.reading.values.numbers import han_number

_NUMERIC = re.compile(r"([0-9]{4})\s*(?:年|[-./])\s*([0-9]{1,2})\s*(?:月|[-./])\s*([0-9]{1,2})\s*[日号]?\Z")
_DASHES = str.maketrans("–—―‐‑−", "------")
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(?::00(?:\.0+)?)?\Z")
"""A day as programs export it, with a time that nobody wrote."""
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})\Z")
_HAN = re.compile(
    r"([〇○零一二三四五六七八九]{4})\s*年\s*([一二三四五六七八九十]{1,3})\s*月\s*([一二三四五六七八九十]{1,3})\s*[日号]\Z"
)


def day(text: str) -> str | Unclear:
    """`2010.5.12` → `2010-05-12`."""
    plain = re.sub(r"\s*\n\s*", "", narrow(text)).strip(" _。").translate(_DASHES)
    plain = _MIDNIGHT.sub("", plain)
    match = _NUMERIC.match(plain) or _COMPACT.match(plain)
    parts: list[int | None]
    if match is not None:
        parts = [int(part) for part in match.groups()]
    elif (match := _HAN.match(plain)) is not None:
        parts = [han_number(part.replace("○", "〇")) for part in match.groups()]
    else:
        return Unclear("不是完整的年月日。", "对照营业执照，按“2010-05-12”的写法填写。")
    year, month, number = parts
    if year is None or month is None or number is None:
        return Unclear("不是完整的年月日。")
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return Unclear("没有这一天。")
