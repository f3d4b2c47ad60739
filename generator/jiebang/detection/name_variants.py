"""All the ways in which one enterprise can be named: whole, in part, in Latin letters, backwards; all folded.

Region words come with the identity (its registered place, the catalogue's districts), so nothing about a city stands here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from jiebang.detection.alike_characters import with_one_alike
from jiebang.detection.everyday_words import EVERYDAY
from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.matching import Rule
from jiebang.detection.mojibake import misread
from jiebang.detection.normalisation import fold, normalise, squash
from jiebang.detection.numerals import has_number, in_other_numerals
from jiebang.detection.pinyin import MOST_READINGS, initials, spellings
from jiebang.memory import remembered

SHORTEST_HAN = 3
"""Two Han characters stand in innocent text everywhere; a person has to look at those."""
SHORTEST_LATIN = 6
_LONG_LATIN = 10
"""Ten Latin letters in a row are no accident, whatever stands on both sides."""
_SHORTEST_TRADE_NAME = 4
_SHORTEST_INITIALS = 3
_LONGEST_PLACE = 4
_MOST_TONED = 16
_MOST_REVERSED = 4
_MOST_ALIKE = 4
_CREDIT_CODE = 18

LEGAL_FORMS = (
    "有限责任公司", "股份有限公司", "有限公司", "股份公司", "集团公司", "总公司", "分公司", "子公司", "公司", "企业集团", "集团", "控股",
    "股份", "合伙企业", "有限合伙", "总厂", "厂",
)  # fmt: skip
TRADES = (
    "技术", "科技", "高科", "新材料", "材料", "电子", "机械", "机电", "装备", "设备", "制造", "实业", "工业", "重工", "汽车", "光电", "光电子", "光学",
    "激光", "信息", "软件", "智能", "生物", "医药", "制药", "药业", "医疗", "器械", "化工", "化学", "能源", "新能源", "环保", "环境", "工程", "建设", "建工",
    "建材", "电力", "电气", "电器", "电缆", "电机", "电池", "电路", "半导体", "集成电路", "芯片", "微电子", "通信", "通讯", "网络", "数据", "数字", "互联", "导航",
    "测控", "仪器", "仪表", "仪器仪表", "精密", "精工", "模具", "轴承", "齿轮", "阀门", "泵业", "船舶", "船厂", "造船", "航空", "航天", "轨道", "交通", "轨道交通", "铁路",
    "桥梁", "钢铁", "冶金", "有色", "金属", "铝业", "铜业", "铸造", "锻造", "铸锻", "陶瓷", "玻璃", "水泥", "塑料", "塑胶", "橡胶", "纺织", "服装", "印染", "纸业", "包装",
    "印刷", "食品", "饮料", "粮油", "农业", "农机", "种业", "牧业", "水产", "物流", "供应链", "贸易", "商贸", "投资", "发展", "产业", "系统", "零部件", "部件", "汽车零部件",
    "家电", "家居", "照明", "显示", "传感", "自动化", "机器人", "机床", "数控", "工具", "研究院", "研究所", "设计院", "设计", "检测", "服务", "开发", "科学", "国际", "中国",
    "航运", "运输", "动力", "车辆", "特钢", "化纤", "电控", "光纤", "装饰", "建筑", "水务", "水利", "矿业", "石化", "石油", "煤业", "燃气", "酒业", "乳业", "家具",
)  # fmt: skip
_COUNTRY = ("中国", "中华", "china", "prc")
_ENGLISH_FORMS = (
    "companylimited", "coltd", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "company", "co", "group", "holdings",
    "holding", "llc", "plc", "gmbh",
)  # fmt: skip
_GENERIC_LABELS = {
    "www", "com", "cn", "net", "org", "gov", "edu", "co", "io", "cc", "top", "vip", "xyz", "tech", "info", "biz", "ltd", "example", "test",
    "mail", "hk", "tw", "me", "cloud", "site", "shop", "online",
}  # fmt: skip
_PLACE_ENDINGS = (
    "经济技术开发区",
    "高新技术产业开发区",
    "开发区",
    "自治区",
    "自治州",
    "自治县",
    "新区",
    "特区",
    "地区",
    "省",
    "市",
    "区",
    "县",
    "州",
    "盟",
    "旗",
    "镇",
    "乡",
)
_BRACKETED = LazyPattern(r"[(\[{（【〔《〈「『][^)\]}）】〕》〉」』]*[)\]}）】〕》〉」』]")
_WRITTEN = {"原样", "简写"}
ALL_HAN = LazyPattern("[\u3007\u3400-\u4dbf\u4e00-\u9fff]+")
_HAN = LazyPattern("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


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


def _han(text: str) -> int:
    return 0 if text.isascii() else len(_HAN.compiled.findall(text))


def _rule(text: str) -> Rule:
    if not _han(text):
        return Rule.ANYWHERE if len(text) >= _LONG_LATIN else Rule.WORD
    return Rule.NUMBERED if _BEGINS_WITH_NUMBER.compiled.match(text) else Rule.ANYWHERE


_BEGINS_WITH_NUMBER = LazyPattern("[0-9ol]*[0-9零一二三四五六七八九十壹贰叁肆伍陆柒捌玖]|[ol]+[\u4e00-\u9fff]")
"""As it folds; 〇 and 0 are the letter o then."""
_LATIN_WORDS = LazyPattern(f"[a-z0-9]{{{SHORTEST_LATIN},}}")


@lru_cache(maxsize=16)
def _latin(common: str) -> str:
    """The long Latin words among the common ones: a name in pinyin stands in one of these or nowhere."""
    return "\n".join(_LATIN_WORDS.compiled.findall(common))


@remembered(8192)
def _folded(name: str) -> str:
    return fold(name)


def _is_short(text: str, common: str) -> bool:
    han = _han(text)
    return (len(text) < SHORTEST_HAN if han else len(text) < SHORTEST_LATIN) or text in common


@remembered(4096)
def place_words(regions: tuple[str, ...]) -> tuple[str, ...]:
    """Folded words for places, with and without 省, 市, 区 …, and in pinyin; longest first."""
    words: set[str] = set(_COUNTRY)
    for region in regions:
        folded = fold(region)
        words.add(folded)
        for ending in _PLACE_ENDINGS:
            if folded.endswith(ending) and len(folded) - len(ending) >= 2:
                words.add(folded.removesuffix(ending))
    words.update(spelt for word in list(words) if _han(word) for spelt in spellings(word, most=4))
    return tuple(sorted((word for word in words if len(word) >= 2), key=lambda word: (-len(word), word)))


def _without_last(text: str, ends: tuple[str, ...], least: int = 2) -> str:
    """Takes the longest ending off that leaves something."""
    if text.endswith(ends):
        for end in ends:
            if text.endswith(end) and len(text) - len(end) >= least:
                return text.removesuffix(end)
    return text


def _without_ends(text: str, ends: tuple[str, ...], least: int = 2) -> str:
    """Takes endings off as long as there are any and something is left."""
    while (left := _without_last(text, ends, least)) != text:
        text = left
    return text


def _without_places(text: str, places: tuple[str, ...]) -> str:
    again = True
    while again and text.startswith(places):
        again = False
        for place in places:
            if text.startswith(place) and len(text) - len(place) >= 2:
                text, again = text.removeprefix(place), True
                break
    return text


# All these words are written as they fold.
EVERYDAY_WORDS = EVERYDAY | {trade for trade in TRADES if len(trade) == 2}
_NO_OWN_WORD = LazyPattern(".?[第0-9〇零一二三四五六七八九十]")
_FORMS = tuple(sorted(LEGAL_FORMS, key=len, reverse=True))
_LONG_FORMS = tuple(form for form in _FORMS if form.endswith("公司"))
_TRADE_ENDS = tuple(sorted(TRADES, key=len, reverse=True))


def _parts(name: str, places: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """(folded part of a Chinese name, whether it is too weak to prove anything), from the whole name to the least of it."""
    whole = _folded(name)
    unbracketed = _folded(_BRACKETED.compiled.sub("", unicodedata.normalize("NFC", normalise(name))))
    for text in dict.fromkeys((whole, unbracketed)):
        yield text, False
        bare = _without_ends(text, _FORMS)
        yield bare, False
        placeless = _without_places(bare, places)
        yield placeless, False
        if _han(placeless) < SHORTEST_HAN:
            # 某某 alone may be anything, 某某集团 and 某某控股 are names.
            yield _without_places(_without_ends(text, _LONG_FORMS), places), False
        # A place may also stand in the middle or at the end: 示例重工某市.
        yield _without_ends(placeless, places), False
        rest = _without_ends(placeless, places)
        trade = _without_ends(rest, _TRADE_ENDS)
        if trade != placeless:
            # Of several trades the first may stay: 某某精密 of 某某精密仪器.
            while (rest := _without_last(rest, _TRADE_ENDS)) != trade:
                yield rest, True
            yield trade, _han(trade) < _SHORTEST_TRADE_NAME
        if (
            _han(trade) >= _SHORTEST_TRADE_NAME
            and not _NO_OWN_WORD.compiled.match(trade)
            and trade[:2] not in EVERYDAY_WORDS
        ):
            # Of trades that stand in no list nobody knows where they begin: most firms' own words have two characters.
            yield trade[:2], True


_NUMBERED_TAIL = LazyPattern(".*(?:公司|集团)(.*[0-9〇零一二三四五六七八九十].*)", re.DOTALL)
_INSTITUTE = LazyPattern("(?:.*第)?([0-9〇零一二三四五六七八九]{3,})(?:研究|设计|勘察设计)+([所院])")
"""第七一九研究所 is called 七一九所."""
_MOTHER = LazyPattern("(.{2,}?集团)(?!有限|股份|责任|公司|总公司|控股|$).*", re.DOTALL)
_SHORTEST_NUMBERED = 4


def _otherwise(name: str) -> Iterator[tuple[str, bool]]:
    """What else a Chinese name is said by: what is behind 公司 and has a number of its own; an institute by its number alone; and the group that
    the name begins with, which proves nothing by itself. With whether that is so."""
    plain = normalise(name)
    names = [plain]
    if (tail := _NUMBERED_TAIL.compiled.fullmatch(plain)) and has_number(_folded(tail[1])):
        names.append(tail[1])
        yield tail[1], False
    for one in names:
        if told := _INSTITUTE.compiled.fullmatch(one):
            yield f"{told[1]}{told[2]}", False
    if mother := _MOTHER.compiled.fullmatch(plain):
        yield mother[1], True


class Words(NamedTuple):
    """The words of a Chinese name, folded: places, what is its own, and trades (重型, 机床), each in its order."""

    places: tuple[str, ...]
    own: str
    trades: tuple[str, ...]


def words_of(name: str, places: tuple[str, ...]) -> Words:
    """A Chinese name taken apart; legal forms are left out."""
    bare = _without_ends(_folded(_BRACKETED.compiled.sub("", unicodedata.normalize("NFC", normalise(name)))), _FORMS)
    rest = _without_ends(_without_places(bare, places), places)
    own = _without_ends(rest, _TRADE_ENDS)
    trades: list[str] = []
    left = rest.removeprefix(own)
    while left:
        word = next((trade for trade in _TRADE_ENDS if left.startswith(trade)), left)
        trades.append(word)
        left = left.removeprefix(word)
    whole = _folded(name)
    named = [place for place in places if _han(place) and place in whole]
    bracketed = [_folded(text) for text in _BRACKETED.compiled.findall(unicodedata.normalize("NFC", normalise(name)))]
    towns = dict.fromkeys([*named, *(text for text in bracketed if 2 <= _han(text) <= _LONGEST_PLACE)])
    return Words(tuple(towns), own, tuple(trades))


def _english_parts(name: str, places: tuple[str, ...]) -> Iterator[str]:
    whole = _folded(name)
    yield whole
    bare = _without_ends(whole, _ENGLISH_FORMS, 3)
    yield bare
    placeless = _without_places(bare, places)
    yield placeless
    yield _without_ends(placeless, places)


def _domain_parts(domain: str) -> Iterator[str]:
    labels = [label for label in re.split(r"[./:@]+", normalise(domain)) if label]
    yield fold(domain)
    for label in labels:
        if label not in _GENERIC_LABELS:
            yield fold(label)


@lru_cache(maxsize=256)
def in_pinyin(text: str) -> tuple[str, ...]:
    """A folded text in pinyin, folded: of all its letters and digits only the number of a first tone folds to another."""
    if _han(text) < 2:
        return ()
    toned = spellings(text, toned=True, most=_MOST_TONED)
    return (*spellings(text, most=MOST_READINGS), *(letters.replace("1", "l") for letters in toned))


def _first_in_pinyin(text: str) -> tuple[str, ...]:
    """As many of these as are told backwards, and perhaps some more: the usual ones of a long name are soon told."""
    usual = spellings(text, most=_MOST_REVERSED) if _han(text) >= 2 else ()
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
            for part, weak in _parts(name, places):
                manner = "原样" if _folded(name) == part else "简写"
                if part in places or (manner == "简写" and part in common):
                    continue
                # What is too weak as a part of one name may be a whole one itself: a short name that somebody declared.
                if part not in found or (found[part][2] and not weak):
                    found[part] = (source, manner, weak)
            for other, is_weak in _otherwise(name):
                for part, weak in _parts(other, places):
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
        telling = [one for one in others if _han(one) > 1 or (_han(one) > 0 and len(one) >= _SHORTEST_NUMBERED)]
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
        for part in dict.fromkeys(_english_parts(name, places)):
            if part not in places:
                yield from _forms(part, "english_names", "原样" if _folded(name) == part else "简写", common)
        words = [word for word in re.split(r"[^a-z0-9]+", normalise(name)) if word and word not in _ENGLISH_FORMS]
        if len(words) >= _SHORTEST_INITIALS:
            yield Variant(fold("".join(word[0] for word in words)), "english_names", "首字母", Rule.INITIALS, True)
        yield from _first_words([fold(word) for word in words], places, common)
        yield from _seen_alike(_folded(name), "english_names")
    for name in identity.brands:
        yield from _forms(_folded(name), "brands", "原样", common)
        yield from _seen_alike(_folded(name), "brands")
        # 示例牌 is said 示例 as well.
        if _folded(name).endswith("牌"):
            yield from _forms(_folded(name).removesuffix("牌"), "brands", "简写", common)
    for name in identity.domains:
        for part in dict.fromkeys(_domain_parts(name)):
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
            for part in (code[8:17], code[2:], code[:17]):
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
