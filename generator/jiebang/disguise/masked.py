"""A name with a character or two covered: 示例×工, 示例某工, 示例*工, 示例□□.

Texts are full of such signs, so it is the characters beside one that are compared with a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_SIGNS = r"×✕✖✗✘╳*○〇◯●◎□■▢☐◇◆△▲☆★?#_.…·⋯~-"
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_MASK = re.compile(
    rf"(?<=[{_HAN}])\s*([{_SIGNS}]{{1,6}}|[某口x]{{1,2}}|(?<![a-z])[a-z0](?![a-z0-9.]))\s*(?=[{_HAN}])"
    rf"|(?<=[{_HAN}])\s*([×✕✖✗✘╳*○〇◯●◎□■▢☐?_…⋯]{{1,6}}|\.{{2,6}}|[某口]{{1,2}}|xx?(?![a-z0-9]))"
    rf"|([×✕✖✗✘╳*○〇◯●◎□■▢☐?_…⋯]{{1,6}}|\.{{2,6}}|[某口]{{1,2}}|(?<![a-z0-9])xx?)\s*(?=[{_HAN}])"
)
_BESIDE = 16
_NOT_HAN = re.compile(f"[^{_HAN}]")
_FEWEST_LEFT = 2
_LONGEST_WITH_FEW = 4
_VAGUE = re.compile(r"[….⋯]")
"""Nobody counts dots."""
_TIMES = re.compile(r"[×*x]")


@lru_cache(maxsize=32768)
def _covered(seen: str) -> tuple[tuple[str, str, int, bool], ...]:
    """(characters before, characters behind, how many are covered, whether that number is vague) of each sign that may cover something."""
    found = []
    for match in _MASK.finditer(seen):
        sign = next(group for group in match.groups() if group)
        if _TIMES.match(sign) and seen[match.end() : match.end() + 1].isdigit():
            continue
        before = _NOT_HAN.split(re.sub(r"\s", "", seen[max(0, match.start() - _BESIDE) : match.start()]))[-1]
        behind = _NOT_HAN.split(re.sub(r"\s", "", seen[match.end() : match.end() + _BESIDE]))[0]
        found.append((before, behind, len(sign), _VAGUE.match(sign) is not None))
    return tuple(found)


def is_masked(seen: str, names: Iterable[str]) -> bool:
    """Whether a text, as it is seen, holds one of some names (three Chinese characters or more) with a character or two covered."""
    covered = _covered(seen)
    return bool(covered) and any(_covers(name, *place) for name in names for place in covered)


def _covers(name: str, before: str, behind: str, length: int, vague: bool) -> bool:
    counts = (1, 2) if vague else (length,)
    for count in counts:
        left = len(name) - count
        if count > 2 or left < _FEWEST_LEFT:
            continue
        # Where only two characters are left, they have to stand on both sides, or first in a longer name (示例××).
        for first in range(len(name) - count + 1):
            start, rest = name[:first], name[first + count :]
            if not (before.endswith(start) and behind.startswith(rest)):
                continue
            if left > _FEWEST_LEFT or (start and rest) or (len(name) >= _LONGEST_WITH_FEW and start and not vague):
                return True
    return False
