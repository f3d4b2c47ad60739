"""What is not a name but may stand for one: what sounds like it, has a character covered, or is its short form in town.

All this can be innocent, so it is for a person to decide, and asked only of an enterprise's own demands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jiebang.disguise.folding import as_seen, squash, visible
from jiebang.disguise.masked import is_masked
from jiebang.disguise.names import SHORTEST_HAN, Identity, place_words, variants, words_of
from jiebang.disguise.shortened import short_forms, stands_alone
from jiebang.disguise.sounds import Sound, sound_of, sounds_like

_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff]+")
_LONGEST = 12
_MOST_PARTS = 60


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Which field of an identity a text reminds of, and in which manner (Chinese)."""

    source: str
    manner: str


@dataclass(frozen=True, slots=True)
class _Profile:
    parts: tuple[tuple[str, str, Sound | None], ...]
    """(part of a name, field, its sound)"""
    forms: tuple[tuple[str, str], ...]
    """(short form, field)"""


@lru_cache(maxsize=8192)
def _profile(identity: Identity, common: str) -> _Profile:
    parts = [
        (variant.text, variant.source, sound_of(variant.text))
        for variant in variants(identity, common)
        if variant.manner in {"原样", "简写"}
        and len(variant.text) >= SHORTEST_HAN
        and variant.text not in common
        and _HAN.fullmatch(variant.text)
    ]
    places = place_words(identity.regions)
    forms: dict[str, str] = {}
    for source, names in (
        ("name", (identity.name,)),
        ("former_names", identity.former_names),
        ("affiliates", identity.affiliates),
    ):
        for name in names:
            for form in short_forms(words_of(name, places), common):
                forms.setdefault(form, source)
    parts = [(text, source, sound) for text, source, sound in parts if len(text) <= _LONGEST]
    return _Profile(tuple(parts[:_MOST_PARTS]), tuple(forms.items()))


@lru_cache(maxsize=32768)
def _seen(text: str) -> tuple[str, str]:
    seen = visible(as_seen(text))
    return seen, squash(seen)


def resembles(text: str, identity: Identity, common: str = "") -> Resemblance | None:
    """The first thing in a text that may stand for an enterprise's name without being it."""
    profile = _profile(identity, common)
    seen, squashed = _seen(text)
    for part, source, sound in profile.parts:
        if is_masked(seen, (part,)):
            return Resemblance(source, "遮去字")
        if sound is not None and (manner := sounds_like(seen, squashed, sound)):
            return Resemblance(source, manner)
    for form, source in profile.forms:
        if form in squashed and stands_alone(form, squashed):
            return Resemblance(source, "缩写")
    return None
