"""Digits however they are written: Han, full-width, circled, spaced, dotted; and the runs of them in a text.

Measured values and lists of numbers are runs of digits too, so a run keeps its groups and what parts them, for others to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

HAN_DIGITS = {
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", "0123456789", strict=True)),
    **dict(zip("○幺两洞拐勾", "012079", strict=True)),
}
"""Simplified forms only: texts are simplified before. 幺两洞拐勾 is how numbers are said on the radio."""

_DIGIT = "[0-9" + "".join(HAN_DIGITS) + "]"
_GAP = r"[\s\-‐‑–—_~.·•・*/|,，、()（）\[\]【】+]"
_RUN = re.compile(f"{_DIGIT}(?:{_GAP}{{0,3}}{_DIGIT}){{4,}}")
_TRANSLATED = str.maketrans(HAN_DIGITS)
_HAN_RUN = re.compile(f"[{''.join(HAN_DIGITS)}](?:{_GAP}{{0,3}}{_DIGIT}){{6,}}|{_DIGIT}(?:{_GAP}{{0,3}}{_DIGIT}){{6,}}")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of digits in a normalised text: `groups` as parted there, `gaps` what stands between them."""

    start: int
    end: int
    groups: tuple[str, ...]
    gaps: tuple[str, ...]

    @property
    def digits(self) -> str:
        return "".join(self.groups)


def runs(normalised: str) -> Iterator[Run]:
    """Every run of five digits or more."""
    for match in _RUN.finditer(normalised):
        text = match.group().translate(_TRANSLATED)
        yield Run(match.start(), match.end(), tuple(re.findall(r"[0-9]+", text)), tuple(re.findall(r"[^0-9]+", text)))


def with_digits(normalised: str) -> str:
    """The runs that hold Han digits, in plain digits, one a line; empty where there is none."""
    return "\n".join(
        match.group().translate(_TRANSLATED) for match in _HAN_RUN.finditer(normalised) if not match.group().isascii()
    )
