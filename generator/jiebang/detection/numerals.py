"""Numbers in names: 三五〇六厂 is written 3506厂 as well, and 第七厂 7厂. Names are folded: 0 and 〇 are the letter o then, and 1 is l."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HAN = "o一二三四五六七八九"
_FORMAL = "零壹贰三肆伍陆柒捌玖"
"""叁 folds to 三."""
_FIGURES = "ol23456789"
_TO_FIGURES = str.maketrans({letter: _FIGURES[n] for row in (_HAN, _FORMAL) for n, letter in enumerate(row)})
_TO_HAN = str.maketrans(dict(zip(_FIGURES, _HAN, strict=True)))
_TO_FORMAL = str.maketrans(dict(zip(_FIGURES, _FORMAL, strict=True)))
_SURELY = f"[2-9{_HAN[1:]}{_FORMAL}十]"
_RUN = re.compile(f"第[ol]*{_SURELY}*[ol]*(?<!第)(?:{_SURELY}|[ol])*|[ol]*{_SURELY}(?:{_SURELY}|[ol])*")
_TENS = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)")
_ORDINAL = "第"


def _figures(numeral: str) -> str:
    """A numeral in figures; empty where it is none: 十五 and 三五〇六 are, 三十五六 is not."""
    if tens := _TENS.fullmatch(numeral):
        return f"{tens[1] or '一'}{tens[2] or 'o'}".translate(_TO_FIGURES)
    return "" if "十" in numeral else numeral.translate(_TO_FIGURES)


def _in_han(figures: str) -> Iterator[str]:
    """Figures as they are said one by one, and a number below a hundred as a number."""
    said = figures.translate(_TO_HAN)
    yield said
    yield said.replace("o", "零")
    yield figures.translate(_TO_FORMAL)
    if len(said) == 2 and said[0] != "o":
        yield f"{said[0].removeprefix('一')}十{said[1].removeprefix('o')}"


def _ways(numeral: str) -> tuple[str, ...]:
    ordinal = _ORDINAL if numeral.startswith(_ORDINAL) else ""
    figures = _figures(numeral.removeprefix(_ORDINAL))
    if not figures:
        return ()
    plain = [figures, *_in_han(figures)]
    return tuple(dict.fromkeys([*(ordinal + one for one in plain), *plain]))


def in_other_numerals(name: str) -> tuple[str, ...]:
    """A folded name with its numbers written otherwise, all in one manner: in figures, in Han, in formal Han, each with 第 and without."""
    ways = [_ways(run[0]) for run in _RUN.finditer(name)]
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
    """Whether a folded name has a number of two places and more in it, or one that is counted by 第."""
    return any(len(run[0]) > 1 for run in _RUN.finditer(name))
