"""The parts of an enterprise's name, folded: places, its own words, trades, legal forms; and what else it is called by.

Region words come with the identity (its registered place, the catalogue's districts), so nothing about a city stands here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from jiebang.detection.everyday_words import EVERYDAY
from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.normalisation import fold, normalise
from jiebang.detection.numerals import has_number
from jiebang.detection.pinyin import spellings
from jiebang.memory import remembered

SHORTEST_HAN = 3
"""Two Han characters stand in innocent text everywhere; a person has to look at those."""
_SHORTEST_TRADE_NAME = 4
_LONGEST_PLACE = 4

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
ENGLISH_FORMS = (
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
ALL_HAN = LazyPattern("[\u3007\u3400-\u4dbf\u4e00-\u9fff]+")
_HAN = LazyPattern("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


def han_count(text: str) -> int:
    """How many Han characters a text has."""
    return 0 if text.isascii() else len(_HAN.compiled.findall(text))


@remembered(8192)
def folded_name(name: str) -> str:
    """A name as it folds; the last thousands are at hand."""
    return fold(name)


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
    words.update(spelt for word in list(words) if han_count(word) for spelt in spellings(word, most=4))
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


def parts_of(name: str, places: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """(folded part of a Chinese name, whether it is too weak to prove anything), from the whole name to the least of it."""
    whole = folded_name(name)
    unbracketed = folded_name(_BRACKETED.compiled.sub("", unicodedata.normalize("NFC", normalise(name))))
    for text in dict.fromkeys((whole, unbracketed)):
        yield text, False
        bare = _without_ends(text, _FORMS)
        yield bare, False
        placeless = _without_places(bare, places)
        yield placeless, False
        if han_count(placeless) < SHORTEST_HAN:
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
            yield trade, han_count(trade) < _SHORTEST_TRADE_NAME
        if (
            han_count(trade) >= _SHORTEST_TRADE_NAME
            and not _NO_OWN_WORD.compiled.match(trade)
            and trade[:2] not in EVERYDAY_WORDS
        ):
            # Of trades that stand in no list nobody knows where they begin: most firms' own words have two characters.
            yield trade[:2], True


_NUMBERED_TAIL = LazyPattern(".*(?:公司|集团)(.*[0-9〇零一二三四五六七八九十].*)", re.DOTALL)
_INSTITUTE = LazyPattern("(?:.*第)?([0-9〇零一二三四五六七八九]{3,})(?:研究|设计|勘察设计)+([所院])")
"""第七一九研究所 is called 七一九所."""
_MOTHER = LazyPattern("(.{2,}?集团)(?!有限|股份|责任|公司|总公司|控股|$).*", re.DOTALL)


def other_names(name: str) -> Iterator[tuple[str, bool]]:
    """What else a Chinese name is said by: what is behind 公司 and has a number of its own; an institute by its number alone; and the group that
    the name begins with, which proves nothing by itself. With whether that is so."""
    plain = normalise(name)
    names = [plain]
    if (tail := _NUMBERED_TAIL.compiled.fullmatch(plain)) and has_number(folded_name(tail[1])):
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
    bare = _without_ends(
        folded_name(_BRACKETED.compiled.sub("", unicodedata.normalize("NFC", normalise(name)))), _FORMS
    )
    rest = _without_ends(_without_places(bare, places), places)
    own = _without_ends(rest, _TRADE_ENDS)
    trades: list[str] = []
    left = rest.removeprefix(own)
    while left:
        word = next((trade for trade in _TRADE_ENDS if left.startswith(trade)), left)
        trades.append(word)
        left = left.removeprefix(word)
    whole = folded_name(name)
    named = [place for place in places if han_count(place) and place in whole]
    bracketed = [
        folded_name(text) for text in _BRACKETED.compiled.findall(unicodedata.normalize("NFC", normalise(name)))
    ]
    towns = dict.fromkeys([*named, *(text for text in bracketed if 2 <= han_count(text) <= _LONGEST_PLACE)])
    return Words(tuple(towns), own, tuple(trades))


def english_parts(name: str, places: tuple[str, ...]) -> Iterator[str]:
    """The parts of an English name, from the whole to the least of it."""
    whole = folded_name(name)
    yield whole
    bare = _without_ends(whole, ENGLISH_FORMS, 3)
    yield bare
    placeless = _without_places(bare, places)
    yield placeless
    yield _without_ends(placeless, places)


def domain_parts(domain: str) -> Iterator[str]:
    """A domain, and those of its labels that are nobody else's."""
    labels = [label for label in re.split(r"[./:@]+", normalise(domain)) if label]
    yield fold(domain)
    for label in labels:
        if label not in _GENERIC_LABELS:
            yield fold(label)
