"""Numbers in names: 三五〇六厂 is written 3506厂 as well, and 第七厂 7厂. Names are as `normalise` gives them: folded, 1 would be a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HAN = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_TO_DIGITS = str.maketrans({letter: str(number) for row in (_HAN, _FORMAL) for number, letter in enumerate(row)})
_RUN = re.compile(f"第?(?:[0-9]+|[{_HAN}{_FORMAL}十]+)")
_TENS = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)")
_ORDINAL = "第"
_TWO_DIGITS = 100


def _digits(numeral: str) -> str:
    """A numeral in digits; empty where it is none: 十五 and 三五〇六 are, 三十五六 is not."""
    if tens := _TENS.fullmatch(numeral):
        return f"{tens[1] or 1}{tens[2] or 0}".translate(_TO_DIGITS)
    return "" if "十" in numeral else numeral.translate(_TO_DIGITS)


def _in_han(digits: str) -> Iterator[str]:
    """Digits as they are said one by one, and a number below a hundred as a number."""
    said = digits.translate(str.maketrans("0123456789", _HAN))
    yield said
    yield said.replace("〇", "零")
    yield digits.translate(str.maketrans("0123456789", _FORMAL))
    if len(digits) == len(str(_TWO_DIGITS)) - 1 and digits[0] != "0":
        yield f"{said[0].removeprefix('一')}十{said[1].removeprefix('〇')}"


def _ways(numeral: str) -> tuple[str, ...]:
    ordinal = _ORDINAL if numeral.startswith(_ORDINAL) else ""
    digits = _digits(numeral.removeprefix(_ORDINAL))
    if not digits:
        return ()
    plain = [digits, *_in_han(digits)]
    return tuple(dict.fromkeys([*(ordinal + one for one in plain), *plain]))


def in_other_numerals(name: str) -> tuple[str, ...]:
    """A name with its numbers written otherwise, all in one manner: in digits, in Han, in formal Han, each with 第 and without."""
    runs = [run[0] for run in _RUN.finditer(name)]
    ways = [_ways(run) for run in runs]
    if not any(ways):
        return ()
    found: dict[str, None] = {}
    for number in range(max(map(len, ways))):
        left = iter(ways)

        def written(run: re.Match[str], number: int = number, left: Iterator[tuple[str, ...]] = left) -> str:
            of_run = next(left)
            return of_run[min(number, len(of_run) - 1)] if of_run else run[0]

        found[_RUN.sub(written, name)] = None
    found.pop(name, None)
    return tuple(found)


def has_number(name: str) -> bool:
    """Whether a name has a number of two places and more in it, or one that is counted by 第."""
    return any(len(run[0]) > 1 for run in _RUN.finditer(name))
