"""Chinese names in Latin letters: every reading of every character, with and without tone numbers, and initials.

pypinyin's table of characters is enough: the phrases that come with it choose between readings, and here all are wanted.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations, islice, product

MOST_READINGS = 64
_PER_CHARACTER = 4
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


@cache
def _dictionary() -> dict[int, str]:
    # Told so, pypinyin leaves its 40,000 phrases unread: a fifth of a second of every check.
    setting = "PYPINYIN_NO_PHRASES"
    before = os.environ.get(setting)
    os.environ[setting] = "true"
    try:
        from pypinyin.pinyin_dict import pinyin_dict
    finally:
        if before is None:
            del os.environ[setting]
        else:
            os.environ[setting] = before
    return pinyin_dict


def _plain(reading: str) -> tuple[str, str]:
    """(letters, letters with the number of the tone) of a reading such as `zhòng`."""
    letters, tone = "", ""
    for part in unicodedata.normalize("NFD", reading):
        if part in _TONES:
            tone = _TONES[part]
        elif part.isascii():
            letters += part
    return letters, letters + tone


@cache
def _readings(character: str, toned: bool) -> tuple[str, ...]:
    if character.isascii():
        return (character,)
    readings: dict[str, None] = {}
    for reading in _dictionary().get(ord(character), "").split(","):
        letters, numbered = _plain(reading)
        spelt = numbered if toned else letters
        if not spelt:
            continue
        readings[spelt] = None
        if "ü" in unicodedata.normalize("NFC", reading) or "\u0308" in unicodedata.normalize("NFD", reading):
            # 绿 is typed lv, lyu or lu.
            readings[spelt.replace("u", "v", 1)] = None
            readings[spelt.replace("u", "yu", 1)] = None
    return tuple(readings)[:_PER_CHARACTER]


def _by_rarity(choices: list[tuple[str, ...]]) -> Iterator[str]:
    """All combinations, those with the fewest rare readings first."""
    several = [index for index, readings in enumerate(choices) if len(readings) > 1]
    for count in range(len(several) + 1):
        for places in combinations(several, count):
            for rare in product(*(choices[place][1:] for place in places)):
                chosen = [readings[0] for readings in choices]
                for place, reading in zip(places, rare, strict=True):
                    chosen[place] = reading
                yield "".join(chosen)


def spellings(name: str, toned: bool = False, most: int = MOST_READINGS) -> list[str]:
    """A folded name in pinyin, in all readings up to a limit, the usual ones first; empty where a character has none."""
    choices = [_readings(character, toned) for character in name]
    if not choices or not all(choices):
        return []
    return list(islice(_by_rarity(choices), most))


def initials(name: str) -> str:
    """The first letters of a folded name's usual pinyin; empty where a character has none."""
    choices = [_readings(character, False) for character in name]
    return "".join(readings[0][0] for readings in choices) if all(choices) else ""


def readings_of(character: str) -> tuple[str, ...]:
    """The toneless readings of one folded character, the usual one first; none for what has none."""
    return () if character.isascii() else _readings(character, False)


_SYLLABLES = frozenset(
    ["a", "ai", "an", "ang", "ao", "ba", "bai", "ban", "bang", "bao", "bei", "ben", "beng", "bi", "bian", "biang", "biao", "bie", "bin", "bing", "bo", "bong", "bu", "ca", "cai", "can", "cang", "cao", "ce", "cei", "cen", "ceng", "cha", "chai", "chan", "chang", "chao", "che", "chen", "cheng", "chi", "chong", "chou", "chu", "chua", "chuai", "chuan", "chuang", "chui", "chun", "chuo", "ci", "cong", "cou", "cu", "cuan", "cui", "cun", "cuo", "da", "dai", "dan", "dang", "dao", "de", "dei", "den", "deng", "di", "dia", "dian", "diao", "die", "din", "ding", "diu", "dong", "dou", "du", "duan", "dui", "dun", "duo", "e", "ei", "en", "eng", "er", "fa", "fan", "fang", "fei", "fen", "feng", "fiao", "fo", "fou", "fu", "ga", "gai", "gan", "gang", "gao", "ge", "gei", "gen", "geng", "gong", "gou", "gu", "gua", "guai", "guan", "guang", "gui", "gun", "guo", "ha", "hai", "han", "hang", "hao", "he", "hei", "hen", "heng", "hong", "hou", "hu", "hua", "huai", "huan", "huang", "hui", "hun", "huo", "ji", "jia", "jian", "jiang", "jiao", "jie", "jin", "jing", "jiong", "jiu", "ju", "juan", "jue", "jun", "ka", "kai", "kan", "kang", "kao", "ke", "kei", "ken", "keng", "kong", "kou", "ku", "kua", "kuai", "kuan", "kuang", "kui", "kun", "kuo", "la", "lai", "lan", "lang", "lao", "le", "lei", "len", "leng", "li", "lia", "lian", "liang", "liao", "lie", "lin", "ling", "liu", "long", "lou", "lu", "luan", "lue", "lun", "luo", "ma", "mai", "man", "mang", "mao", "me", "mei", "men", "meng", "mi", "mian", "miao", "mie", "min", "ming", "miu", "mo", "mou", "mu", "na", "nai", "nan", "nang", "nao", "ne", "nei", "nen", "neng", "ni", "nia", "nian", "niang", "niao", "nie", "nin", "ning", "niu", "nong", "nou", "nu", "nuan", "nue", "nun", "nuo", "ou", "pa", "pai", "pan", "pang", "pao", "pei", "pen", "peng", "pi", "pian", "piao", "pie", "pin", "ping", "po", "pou", "pu", "qi", "qia", "qian", "qiang", "qiao", "qie", "qin", "qing", "qiong", "qiu", "qu", "quan", "que", "qun", "ran", "rang", "rao", "re", "ren", "reng", "ri", "rong", "rou", "ru", "rua", "ruan", "rui", "run", "ruo", "sa", "sai", "san", "sang", "sao", "se", "sen", "seng", "sha", "shai", "shan", "shang", "shao", "she", "shei", "shen", "sheng", "shi", "shou", "shu", "shua", "shuai", "shuan", "shuang", "shui", "shun", "shuo", "si", "song", "sou", "su", "suan", "sui", "sun", "suo", "ta", "tai", "tan", "tang", "tao", "te", "tei", "teng", "ti", "tian", "tiao", "tie", "ting", "tong", "tou", "tu", "tuan", "tui", "tun", "tuo", "wa", "wai", "wan", "wang", "wei", "wen", "weng", "wo", "wong", "wu", "xi", "xia", "xian", "xiang", "xiao", "xie", "xin", "xing", "xiong", "xiu", "xu", "xuan", "xue", "xun", "ya", "yan", "yang", "yao", "ye", "yi", "yin", "ying", "yong", "you", "yu", "yuan", "yue", "yun", "za", "zai", "zan", "zang", "zao", "ze", "zei", "zen", "zeng", "zha", "zhai", "zhan", "zhang", "zhao", "zhe", "zhei", "zhen", "zheng", "zhi", "zhong", "zhou", "zhu", "zhua", "zhuai", "zhuan", "zhuang", "zhui", "zhun", "zhuo", "zi", "zong", "zou", "zu", "zuan", "zui", "zun", "zuo"]
)  # fmt: skip
"""Every syllable but those of interjections (m, ng, o, lo): in folded texts these are numbers and units."""


def _is_han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


@lru_cache(maxsize=16384)
def _is_spelt(letters: str) -> bool:
    """Whether a run of Latin letters can be read as pinyin from its first to its last letter."""
    ends = {0}
    for end in range(1, len(letters) + 1):
        if any(end - length in ends and letters[end - length : end] in _SYLLABLES for length in range(1, 7)):
            ends.add(end)
    return len(letters) in ends


_LATIN = re.compile("(?<![a-z])[a-z]{2,24}(?![a-z])")
_PIECE = re.compile("([a-z]{2,})|[\u4e00-\u9fff]")
_AROUND = 16
"""Letters on both sides of a piece of pinyin that are read with it: a longer name is found by a part."""


def mixed_with_pinyin(squashed: str) -> tuple[str, frozenset[int], tuple[tuple[int, int], ...]] | None:
    """What stands in Han characters and in pinyin side by side, all of it in pinyin; None where nothing does.

    (letters, places where a syllable may begin or end, places of what was Latin). 示例zhonggong and shili重工 read alike then.
    """
    letters: list[str] = []
    bounds: set[int] = set()
    latin: list[tuple[int, int]] = []
    at = 0
    for match in _LATIN.finditer(squashed):
        start, end = match.span()
        if not (_is_han(squashed[start - 1 : start]) or _is_han(squashed[end : end + 1])) or not _is_spelt(
            match.group()
        ):
            continue
        for piece in _PIECE.finditer(squashed, max(0, start - _AROUND), end + _AROUND):
            is_latin = piece.lastindex == 1
            spelt = piece.group() if is_latin else (readings_of(piece.group()) or ("\u3400",))[0]
            bounds.add(at)
            if is_latin:
                latin.append((at, at + len(spelt)))
            letters.append(spelt)
            at += len(spelt)
            bounds.add(at)
        letters.append("\u3400")
        at += 1
    return ("".join(letters), frozenset(bounds), tuple(latin)) if letters else None
