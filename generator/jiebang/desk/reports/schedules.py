"""How long a demand's 时间要求 gives: the largest number of months or years said in it. An estimate, and said to be one.

`第 14 个月`, `18—24 个月`, `两年半`, `2 年 6 个月` are lengths; `8 月`, `2026 年` and `下一年` are not: they are days of a calendar.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from math import ceil

from jiebang.forms.reading.values.numbers import han_number

_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|[〇零一二两三四五六七八九十]+)"
_NOT_COUNTED = r"(?<![0-9.〇零一二两三四五六七八九十下上每同前后次整当本去今明])"
_LONGEST = 30
"""Years; a larger number is a year of the calendar."""
_MONTHS = rf"(?P<months>{_NUMBER})\s*个\s*(?P<half_month>半)?\s*月"
_LENGTHS = re.compile(
    rf"{_NOT_COUNTED}(?P<years>{_NUMBER})\s*年(?!级|代|[0-9〇零一二两三四五六七八九十]+\s*月)(?P<half_year>半)?(?:\s*[又零]?\s*{_MONTHS})?"
    rf"|{_MONTHS.replace('?P<months>', '?P<only>').replace('?P<half_month>', '?P<only_half>')}"
    rf"|第\s*(?:{_NUMBER}\s*[—–~～至到-]+\s*)?(?P<ordinal>{_NUMBER})\s*月"
    r"|(?P<half>半)\s*年"
)


def _value(text: str | None) -> float:
    if not text:
        return 0
    if text[0].isascii():
        return float(text)
    return han_number(text) or 0


def months_in(text: str) -> int | None:
    """The largest length said in a text, in whole months, rounded up; None where it says none."""
    folded = unicodedata.normalize("NFKC", text)
    longest: float = 0
    for found in _LENGTHS.finditer(folded):
        years = _value(found["years"])
        if years > _LONGEST:
            continue
        halves = 6 * bool(found["half_year"] or found["half"]) + (bool(found["half_month"] or found["only_half"]) / 2)
        months = _value(found["months"]) + _value(found["only"]) + _value(found["ordinal"])
        longest = max(longest, 12 * years + months + halves)
    return ceil(longest) or None


def after_months(day: str, months: int) -> str:
    """The day so many months after a day (YYYY-MM-DD); the last of the month where there is no such day."""
    start = date.fromisoformat(day)
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])).isoformat()
