"""What is not a name but may stand for one: what sounds like it, has a character covered, or is its short form in town.

All this can be innocent, so it is for a person to decide, and asked only of an enterprise's own demands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from jiebang.detection.alike_characters import with_one_alike
from jiebang.detection.homophones import Sound, sound_of, sounds_like
from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.name_parts import ALL_HAN, SHORTEST_HAN, Words, place_words, words_of
from jiebang.detection.name_variants import Identity, variants
from jiebang.detection.normalisation import as_seen, squash, visible
from jiebang.detection.short_names import is_telling, short_forms, stands_alone
from jiebang.memory import remembered

_SIGNS = r"×✕✖✗✘╳*○〇◯●◎□■▢☐◇◆△▲☆★?#_.…·⋯~-"
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_MASK = LazyPattern(
    rf"(?<=[{_HAN}])\s*([{_SIGNS}]{{1,6}}|[某口x]{{1,2}}|(?<![a-z])[a-z0](?![a-z0-9.]))\s*(?=[{_HAN}])"
    rf"|(?<=[{_HAN}])\s*([×✕✖✗✘╳*○〇◯●◎□■▢☐?_…⋯]{{1,6}}|\.{{2,6}}|[某口]{{1,2}}|xx?(?![a-z0-9]))"
    rf"|([×✕✖✗✘╳*○〇◯●◎□■▢☐?_…⋯]{{1,6}}|\.{{2,6}}|[某口]{{1,2}}|(?<![a-z0-9])xx?)\s*(?=[{_HAN}])"
)
_BESIDE = 16
_NOT_HAN = LazyPattern(f"[^{_HAN}]")
_FEWEST_LEFT = 2
_LONGEST_WITH_FEW = 4
_VAGUE = LazyPattern(r"[….⋯]")
"""Nobody counts dots."""
_TIMES = LazyPattern(r"[×*x]")


@lru_cache(maxsize=512)
def _covered(seen: str) -> tuple[tuple[str, str, int, bool], ...]:
    """(characters before, characters behind, how many are covered, whether that number is vague) of each sign that may cover something."""
    found = []
    for match in _MASK.compiled.finditer(seen):
        sign = next(group for group in match.groups() if group)
        if _TIMES.compiled.match(sign) and seen[match.end() : match.end() + 1].isdigit():
            continue
        before = _NOT_HAN.compiled.split(re.sub(r"\s", "", seen[max(0, match.start() - _BESIDE) : match.start()]))[-1]
        behind = _NOT_HAN.compiled.split(re.sub(r"\s", "", seen[match.end() : match.end() + _BESIDE]))[0]
        found.append((before, behind, len(sign), _VAGUE.compiled.match(sign) is not None))
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


_FEWEST_COVERED = 2
"""长×宽 covers nothing, 长** may."""
_FIRM = ("公司", "集团", "厂", "企业", "股份", "有限", "研究院", "研究所")


def _is_all_but_covered(seen: str, firm: Words) -> bool:
    """Whether of a firm's own word the first or the last character is left, beside its place or before what firms are called: 某市甲**, 甲某某公司,
    某市*乙, *乙集团; or alone: 甲**."""
    for before, behind, length, vague in _covered(seen):
        if before == firm.own[0] and length >= _FEWEST_COVERED and not vague:
            return True
        first, last = before.endswith(firm.own[0]), behind.startswith(firm.own[-1])
        if first and (behind.startswith(_FIRM) or before[:-1].endswith(firm.places)):
            return True
        if last and (behind[1:].startswith(_FIRM) or before.endswith(firm.places)):
            return True
    return False


_LONGEST = 12
_MOST_PARTS = 60


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Which field of an identity a text reminds of, and in which manner (Chinese)."""

    source: str
    manner: str


class _Profile(NamedTuple):
    parts: tuple[tuple[str, str, Sound | None], ...]
    """(part of a name, field, its sound)"""
    words: tuple[tuple[str, str], ...]
    """(part of a name, short ones too, field)"""
    forms: tuple[tuple[str, str, str], ...]
    """(short form or the like, field, manner)"""
    firms: tuple[tuple[Words, str], ...]
    """(words of a name with words of its own, field)"""


@remembered(8192)
def _profile(identity: Identity, common: str) -> _Profile:
    words = [
        (variant.text, variant.source)
        for variant in variants(identity, common)
        if variant.manner in {"原样", "简写"}
        and variant.text not in common
        and ALL_HAN.compiled.fullmatch(variant.text)
    ]
    places = place_words(identity.regions)
    forms: dict[str, tuple[str, str]] = {}
    firms = []
    for source, names in (
        ("name", (identity.name,)),
        ("former_names", identity.former_names),
        ("affiliates", identity.affiliates),
    ):
        for name in names:
            firm = words_of(name, places)
            if len(firm.own) >= _FEWEST_LEFT and ALL_HAN.compiled.fullmatch(firm.own):
                firms.append((firm, source))
            for form in short_forms(firm, common):
                forms.setdefault(form, (source, "缩写"))
    for text, source in words:
        # Longer ones are told for certain.
        for other in with_one_alike(text) if len(text) < SHORTEST_HAN else ():
            if is_telling(other) and other not in common:
                forms.setdefault(other, (source, "形近"))
    words = [(text, source) for text, source in words if len(text) <= _LONGEST][:_MOST_PARTS]
    parts = ((text, source, sound_of(text)) for text, source in words if len(text) >= SHORTEST_HAN)
    told = tuple((form, *of_form) for form, of_form in forms.items())
    return _Profile(tuple(parts), tuple(words), told, tuple(firms))


_INSERTED = LazyPattern(rf"(?<=[{_HAN}])\s*(?:\([^()]{{1,12}}\)|[a-z0-9]{{1,8}})\s*(?=[{_HAN}])")
"""What can be put between the characters of a name: 甲(jia)乙, 甲1乙2."""


@lru_cache(maxsize=512)
def _seen(text: str) -> tuple[str, str]:
    """A text as it is seen, and the same folded."""
    seen = visible(as_seen(text))
    return seen, squash(seen)


def _with_insertions(seen: str, squashed: str, words: tuple[tuple[str, str], ...]) -> str | None:
    """The field of the first word that stands in a text once what stands between its characters is left out."""
    possible = [
        (word, source) for word, source in words if word not in squashed and all(map(squashed.__contains__, word))
    ]
    if not possible:
        return None
    joined = squash(_INSERTED.compiled.sub("", seen))
    return next((source for word, source in possible if word in joined), None)


def resembles(text: str, identity: Identity, common: str = "") -> Resemblance | None:
    """The first thing in a text that may stand for an enterprise's name without being it."""
    profile = _profile(identity, common)
    seen, squashed = _seen(text)
    for part, source, sound in profile.parts:
        if is_masked(seen, (part,)):
            return Resemblance(source, "遮去字")
        if sound is not None and (manner := sounds_like(seen, squashed, sound)):
            return Resemblance(source, manner)
    if (inserted := _with_insertions(seen, squashed, profile.words)) is not None:
        return Resemblance(inserted, "字间插了别的")
    for firm, source in profile.firms:
        if _is_all_but_covered(seen, firm):
            return Resemblance(source, "遮去字")
    for form, source, manner in profile.forms:
        if form in squashed and stands_alone(form, squashed):
            return Resemblance(source, manner)
    return None
