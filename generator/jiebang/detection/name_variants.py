"""All the ways in which one enterprise can be named: whole, in part (`name_parts`), in Latin letters, backwards; all folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from jiebang.detection.alike_characters import with_one_alike
from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.matching import Rule
from jiebang.detection.mojibake import misread
from jiebang.detection.name_parts import (
    ALL_HAN,
    ENGLISH_FORMS,
    SHORTEST_HAN,
    domain_parts,
    english_parts,
    folded_name,
    han_count,
    other_names,
    parts_of,
    place_words,
)
from jiebang.detection.normalisation import fold, normalise, squash
from jiebang.detection.numerals import in_other_numerals
from jiebang.detection.pinyin import MOST_READINGS, initials, spellings

SHORTEST_LATIN = 6
_LONG_LATIN = 10
"""Ten Latin letters in a row are no accident, whatever stands on both sides."""
_SHORTEST_INITIALS = 3
_MOST_TONED = 16
_MOST_REVERSED = 4
_MOST_ALIKE = 4
_CREDIT_CODE = 18
_SHORTEST_NUMBERED = 4

_WRITTEN = {"原样", "简写"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of an enterprise's names, as written in its record; `regions` are words for places."""

    name: str = ""
    short_names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    english_names: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    affiliates: tuple[str, ...] = ()
    credit_code: str = ""
    regions: tuple[str, ...] = ()


class Variant(NamedTuple):
    """One folded way to name an enterprise. `source` is the field of Identity it comes from; `short` ones prove nothing alone
    and go to a person."""

    text: str
    source: str
    manner: str
    """In Chinese: 原样, 简写, 拼音, 拼音首字母, 拼音倒写, 倒写, 形近, 换写数字, 乱码."""
    rule: Rule
    short: bool


def _rule(text: str) -> Rule:
    if not han_count(text):
        return Rule.ANYWHERE if len(text) >= _LONG_LATIN else Rule.WORD
    return Rule.NUMBERED if _BEGINS_WITH_NUMBER.compiled.match(text) else Rule.ANYWHERE


_BEGINS_WITH_NUMBER = LazyPattern("[0-9ol]*[0-9零一二三四五六七八九十壹贰叁肆伍陆柒捌玖]|[ol]+[\u4e00-\u9fff]")
"""As it folds; 〇 and 0 are the letter o then."""
_LATIN_WORDS = LazyPattern(f"[a-z0-9]{{{SHORTEST_LATIN},}}")


@lru_cache(maxsize=16)
def _latin(common: str) -> str:
    """The long Latin words among the common ones: a name in pinyin stands in one of these or nowhere."""
    return "\n".join(_LATIN_WORDS.compiled.findall(common))


def _is_short(text: str, common: str) -> bool:
    han = han_count(text)
    return (len(text) < SHORTEST_HAN if han else len(text) < SHORTEST_LATIN) or text in common


@lru_cache(maxsize=256)
def in_pinyin(text: str) -> tuple[str, ...]:
    """A folded text in pinyin, folded: of all its letters and digits only the number of a first tone folds to another."""
    if han_count(text) < 2:
        return ()
    toned = spellings(text, toned=True, most=_MOST_TONED)
    return (*spellings(text, most=MOST_READINGS), *(letters.replace("1", "l") for letters in toned))


def _first_in_pinyin(text: str) -> tuple[str, ...]:
    """As many of these as are told backwards, and perhaps some more: the usual ones of a long name are soon told."""
    usual = spellings(text, most=_MOST_REVERSED) if han_count(text) >= 2 else ()
    return tuple(usual) if len(usual) == _MOST_REVERSED else in_pinyin(text)


def _spelt(text: str, source: str, short: bool, common: str, carried: bool) -> Iterator[Variant]:
    """A part of a Chinese name in pinyin. `carried`: a part of it is found in each of its spellings, so only the reverse is told."""
    words = _latin(common)
    spelt = _first_in_pinyin(text) if carried else in_pinyin(text)
    if not spelt:
        return
    if not carried:
        for folded in spelt:
            long = len(folded) >= _LONG_LATIN
            told_short = short or len(folded) < SHORTEST_LATIN or folded in words
            yield Variant(folded, source, "拼音", Rule.ANYWHERE if long else Rule.WORD, told_short)
    if not short:
        for folded in spelt[:_MOST_REVERSED]:
            yield Variant(folded[::-1], source, "拼音倒写", _rule(folded), _is_short(folded, words))
    for first in initials(text):
        if len(first) >= _SHORTEST_INITIALS:
            yield Variant(squash(first), source, "拼音首字母", Rule.INITIALS, True)


def _forms(
    text: str, source: str, manner: str, common: str, always_short: bool = False, carried: bool = False
) -> Iterator[Variant]:
    """A part of a name as it is, backwards, and in pinyin."""
    if len(text) < 2:
        return
    short = always_short or _is_short(text, common)
    yield Variant(text, source, manner, _rule(text), short)
    yield from _spelt(text, source, short, common, carried)
    if not short:
        yield Variant(text[::-1], source, "倒写", _rule(text), _is_short(text[::-1], common))


Parts = dict[str, tuple[str, str, bool]]
"""Part of a Chinese name → (field, manner, whether it is too weak to prove anything)."""


def chinese_parts(identity: Identity, places: tuple[str, ...], common: str) -> Parts:
    """The parts of all Chinese names that may be told, in their order."""
    found: Parts = {}
    for source, names in (
        ("name", (identity.name,)),
        ("former_names", identity.former_names),
        ("short_names", identity.short_names),
        ("affiliates", identity.affiliates),
    ):
        for name in names:
            for part, weak in parts_of(name, places):
                manner = "原样" if folded_name(name) == part else "简写"
                if part in places or (manner == "简写" and part in common):
                    continue
                # What is too weak as a part of one name may be a whole one itself: a short name that somebody declared.
                if part not in found or (found[part][2] and not weak):
                    found[part] = (source, manner, weak)
            for other, is_weak in other_names(name):
                for part, weak in parts_of(other, places):
                    if part not in common and part not in places:
                        found.setdefault(part, (source, "简写", weak or is_weak))
    return found


def carriers_of(parts: Parts, common: str) -> dict[str, tuple[str, ...]]:
    """Parts by which longer ones are found in pinyin, with their spellings.

    The readings of a name come in an order in which those of a part of it come first: each spelling that is told of the name has one in
    it that is told of the part. So where all the part's spellings count by themselves, those of the name tell nothing more.
    """
    words = _latin(common)
    carriers: dict[str, tuple[str, ...]] = {}
    for part in sorted(parts, key=len):
        if parts[part][2] or _is_short(part, common) or any(map(part.__contains__, carriers)):
            continue
        spelt = in_pinyin(part)
        if spelt and all(len(folded) >= _LONG_LATIN and folded not in words for folded in spelt):
            carriers[part] = spelt
    return carriers


def _is_carried(part: str, weak: bool, carriers: Iterable[str]) -> bool:
    return not weak and any(carrier in part and carrier != part for carrier in carriers)


def _first_words(words: list[str], places: tuple[str, ...], common: str) -> Iterator[Variant]:
    """The first word of an English name behind its places, and the first two: by these a firm is called, if they are no words of a trade."""
    own = [word for word in words if word not in places]
    for count in (1, 2):
        first = "".join(own[:count])
        if count < len(own) and len(first) >= SHORTEST_LATIN and first not in _latin(common):
            yield Variant(first, "english_names", "简写", Rule.WORD, True)


def _seen_alike(text: str, source: str) -> Iterator[Variant]:
    """A name in Latin letters with l in the place of i, and the other way: in many typefaces one is the other."""
    places = [place for place, letter in enumerate(text) if letter in "il"]
    if not text.isascii() or len(text) < SHORTEST_LATIN or not 0 < len(places) <= _MOST_ALIKE:
        return
    for letters in product("il", repeat=len(places)):
        written = list(text)
        for place, letter in zip(places, letters, strict=True):
            written[place] = letter
        if (other := "".join(written)) != text:
            yield Variant(other, source, "形近", _rule(other), False)


def _renumbered(parts: Parts, common: str) -> Iterator[Variant]:
    """The least parts of Chinese names that have a number, with that written otherwise: 3506厂 and 七厂, not 3506 alone."""
    kept: list[str] = []
    for part in sorted(parts, key=len):
        source, _, weak = parts[part]
        if any(one in part for one in kept) or not (others := in_other_numerals(part)):
            continue
        telling = [
            one for one in others if han_count(one) > 1 or (han_count(one) > 0 and len(one) >= _SHORTEST_NUMBERED)
        ]
        if not weak and len(telling) == len(others):
            kept.append(part)
        for other in telling:
            if other not in common:
                yield Variant(other, source, "换写数字", _rule(other), weak or _is_short(other, common))


def _mistaken(parts: Parts, common: str) -> Iterator[Variant]:
    """The least parts of Chinese names that prove something, with one character changed for one that looks like it."""
    telling = [part for part, (_, _, weak) in parts.items() if not weak and not _is_short(part, common)]
    for part in sorted(_least(telling), key=telling.index):
        if ALL_HAN.compiled.fullmatch(part):
            for other in with_one_alike(part):
                yield Variant(other, parts[part][0], "形近", Rule.ANYWHERE, other in common)


def every_variant(identity: Identity, parts: Parts, carriers: Iterable[str], common: str) -> Iterator[Variant]:
    """Every way to name an enterprise, some more than once; all spellings of all parts where there are no carriers."""
    places = place_words(identity.regions)
    for part, (source, manner, weak) in parts.items():
        yield from _forms(part, source, manner, common, weak, _is_carried(part, weak, carriers))
    yield from _renumbered(parts, common)
    yield from _mistaken(parts, common)
    for name in identity.english_names:
        for part in dict.fromkeys(english_parts(name, places)):
            if part not in places:
                yield from _forms(part, "english_names", "原样" if folded_name(name) == part else "简写", common)
        words = [word for word in re.split(r"[^a-z0-9]+", normalise(name)) if word and word not in ENGLISH_FORMS]
        if len(words) >= _SHORTEST_INITIALS:
            yield Variant(fold("".join(word[0] for word in words)), "english_names", "首字母", Rule.INITIALS, True)
        yield from _first_words([fold(word) for word in words], places, common)
        yield from _seen_alike(folded_name(name), "english_names")
    for name in identity.brands:
        yield from _forms(folded_name(name), "brands", "原样", common)
        yield from _seen_alike(folded_name(name), "brands")
        # 示例牌 is said 示例 as well.
        if folded_name(name).endswith("牌"):
            yield from _forms(folded_name(name).removesuffix("牌"), "brands", "简写", common)
    for name in identity.domains:
        for part in dict.fromkeys(domain_parts(name)):
            yield from _forms(part, "domains", "原样", common)
    if identity.credit_code:
        code = fold(identity.credit_code)
        yield Variant(code, "credit_code", "原样", Rule.CODE, False)
        yield Variant(code[::-1], "credit_code", "倒写", Rule.CODE, False)
        # No code holds an I, which looks like 1; that folds to l.
        for other in (code.replace("l", "i"), code[:8] + code[8:].replace("l", "i")):
            yield Variant(other, "credit_code", "形近", Rule.CODE, False)
        if len(code) == _CREDIT_CODE:
            # The code of the organisation, and the whole without what says who registered it, or without its check digit.
            yield Variant(code[8:17], "credit_code", "简写", Rule.PART, False)
            for part in (code[2:], code[:17]):
                yield Variant(part, "credit_code", "简写", Rule.CODE, False)


def _untold(parts: Parts, carriers: Iterable[str]) -> set[str]:
    """The spellings of those parts that are found by carriers."""
    carried = (part for part, (_, _, weak) in parts.items() if _is_carried(part, weak, carriers))
    return {folded for part in carried for folded in in_pinyin(part)}


def _least(texts: Iterable[str]) -> set[str]:
    """Those of some texts in which no other stands: to find that one is to find both."""
    kept: list[str] = []
    for text in sorted(texts, key=len):
        if not any(map(text.__contains__, kept)):
            kept.append(text)
    return set(kept)


def _stays(variant: Variant) -> bool:
    """Whether it is told although another may stand inside."""
    return variant.short or variant.rule is not Rule.ANYWHERE


def once(every: Iterable[Variant]) -> list[Variant]:
    """Each text once, as the variant that proves most; without those that are only found together with a shorter one."""
    found: dict[str, Variant] = {}
    for variant in every:
        known = found.get(variant.text)
        if known is None or (known.short and not variant.short):
            found[variant.text] = variant
    least = _least(v.text for v in found.values() if not _stays(v))
    return [v for v in found.values() if _stays(v) or v.text in least]


@lru_cache(maxsize=64)
def variants(identity: Identity, common: str = "") -> tuple[Variant, ...]:
    """Every way to name an enterprise, once; what can only be found together with a shorter one is left out.

    `common` is a folded text of words that everybody uses (code lists, districts): a whole name that stands in it is short, a part of one
    names nobody. Kept between calls: a check and the gate after it ask the same.
    """
    parts = chinese_parts(identity, place_words(identity.regions), common)
    carriers = carriers_of(parts, common)
    told = once(every_variant(identity, parts, carriers, common))
    spelt = [folded for of_part in carriers.values() for folded in of_part]
    doubtful = [variant.text for variant in told if _stays(variant) and any(map(variant.text.__contains__, spelt))]
    # One that stays may be a spelling that was not told, and count less than that.
    if doubtful and not _untold(parts, carriers).isdisjoint(doubtful):
        told = once(every_variant(identity, parts, (), common))
    wrongly = [
        Variant(fold(text), v.source, "乱码", Rule.ANYWHERE, False)
        for v in told
        if not v.short and v.manner in _WRITTEN
        for text in misread(v.text)
    ]
    return (*told, *wrongly)
