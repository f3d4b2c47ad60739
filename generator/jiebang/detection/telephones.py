"""Telephones in free text, mobile and landline: runs of digits that have a number's shape, and what stands around them.

Technical texts are full of numbers, so a number counts as a telephone by its shape and by what stands around it: units, standards and
part numbers are none. Source: safety rule 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from jiebang.detection.digits import DIGIT, GAP, HAN_AS_PLAIN, LIST_SIGNS, MOST_APART, Run
from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.sieve import Sought, either

MOBILE, LANDLINE = "手机号码", "电话号码"

# Around a number; the web form asks them, too.
UNIT_AFTER = LazyPattern(
    r"^\s*(?:[%‰℃°ωω㎡]|μ|(?:[kmgtnp]?(?:hz|pa|w|v|a|ω|ohm|m|g|n|j|s|b|bit|byte|bps|rad|l|mol|ev|cd|lx|dpi|ppm|ppb)|rpm|mm|cm|km|nm|um|kg|mg|min|ms|ns|fps)(?![a-z])|r/min|km/h"
    r"|次|个|件|台|套|万|亿|元|吨|转(?!\s*[:]?\s*[0-9]{1,5}(?![0-9]))|小时|分钟|秒|天|年|月|日|倍|条|组|行|点|像素|只|片|颗|道|层|循环|字|股|步|人|户|辆|项|根|份|页|帧|样本|亩|公顷|档|级|字节|比特|tokens?(?![a-z])|flops?(?![a-z])"
    r"|[平立]?方?[毫厘分千公微纳]?[米升]|平方|立方|[毫千公兆]?(?:克|斤|瓦|伏|安培|帕|牛|焦|赫兹)|摄氏度|×|x[0-9]|\*[0-9]|/h|/s)"
    # Many units are surnames or initials as well: 13800000000 万工, 米经理, W 先生, A 座.
    r"(?!\s*[\u4e00-\u9fff]{0,2}(?:工(?![件位序时艺业程具装况])|总(?![成线数量体计])|经理|先生|女士|老师|师傅|主任|博士|部长|处长|事部|助理)|\s*[座栋信])"
)
STANDARD_BEFORE = LazyPattern(
    r"(?:gb|gjb|iso|iec|ieee|astm|din|jis|en|sae|ansi|ul|yy|jb|hg|qc|cb|tb|sj|jt|dl|nb|yd|hj|qb|sn|cnas|zl|cn|us|wo|ep|no|nr|sn|pn|p/n|ver|v|φ|ø|≥|≤|>|<|=|±|#|№"
    r"|型号|编号|图号|料号|件号|机号|序号|桩号|单号|批次号?|编码|牌号|货号|专利号?|标准号?|批号|序列号|订单号|合同号|项目号|证书号?|条码|条形码|代码|第|版本|计划号|(?:参数[数总]?量|字节数|样本[数总]?量|词元数|语料|数据量|像素数|迭代次数|循环次数|随机种子|哈希值?)[为是约达]?)"
    r"(?:/?[tz])?\s*[:：]?\s*[a-z]{0,2}[-–—.]?\s*$"
)
CALL_BEFORE = LazyPattern(
    r"(?:电\s*话|手\s*机|热\s*线|联\s*系|联\s*络|致\s*电|来\s*电|电\s*联|座\s*机|总\s*机|固\s*话|拨\s*打|垂\s*询|咨\s*询|洽\s*询|传\s*真|分\s*机|短信|微\s*信|号\s*码|tel|phone|mobile|fax|call|☎|☏|✆|📞|📱|dianhua|shouji)"
    r"[^0-9]{0,10}$"
)
LINE_BEFORE = LazyPattern(r"直\s*线\s*(?:电\s*话|号\s*码|拨\s*打|为|是)?[^0-9\u4e00-\u9fff]{0,6}$")
"""直线 as a telephone line; 直线度, 直线电机 and 直线导轨 go on in Han characters."""
CALL_AFTER = LazyPattern(r"^\s*[((]?\s*(?:手机|电话|座机|传真)\s*(?:号码?)?\s*(?:[)),;。]|$)")
EXTENSION = LazyPattern(r"^\s*[,(]?\s*(?:转\s*(?:分机)?|分机|ext\.?|x)\s*[:.]?\s*[0-9]{1,5}(?![0-9])")
_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_MOBILE = re.compile(r"(?:(?:00)?86|0(?=1[3-9]))?(1[0-9]{10})")
"""With the country's code, or with the 0 that is dialled before a mobile number of another place."""
_AREA_NUMBER = re.compile(rf"(?:(?:00)?86)?0?({_AREA[1:]})([1-9][0-9]{{6,7}}|0{{3,}}[0-9]{{3,5}})")
_SERVICE = re.compile(r"(?:400|800)[0-9]{7}")
_ROUND = re.compile(r"10{5,}")


def _neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - 24) : start], text[end : end + 12]


def _is_measured(before: str, after: str) -> bool:
    """Whether a number is a quantity, a standard, a part number: named as such, beside a unit, or grown onto letters."""
    grown = re.search(r"[a-z]$", before) and not re.search(
        r"(?:tel|phone|mobile|mob|fax|t|m|p|v|vx|wx|call|电话|手机)$", before
    )
    onto = re.match(r"(?!(?:vx|wx|v|q|qq|tel|wechat|weixin)(?![a-z]))[a-z]", after)
    return bool(grown or onto or UNIT_AFTER.compiled.match(after) or STANDARD_BEFORE.compiled.search(before))


def is_measured_at(text: str, start: int, end: int) -> bool:
    """Whether the number between two places of a text as seen is a quantity, a standard or a part number."""
    return _is_measured(*_neighbours(text, start, end))


def _dotted_values(run: Run) -> bool:
    """`0.001~0.005`, `1,000,000`, `2024-07-10`: decimals, thousands, dates and ranges, not the groups of a telephone number."""
    joined = "".join(part for pair in zip(run.groups, (*run.gaps, ""), strict=True) for part in pair)
    if re.fullmatch(r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?", joined):
        return True
    if re.fullmatch(r"[0-9]+\.[0-9]+(?:\s*[,，、;/]\s*[0-9]+(?:\.[0-9]+)?)+", joined):
        return True
    if re.match(r"(?:19|20)[0-9]{2}\s*[-./—~]\s*(?:0?[1-9]|1[0-2])(?:\s*[-./—~]|$)", joined):
        return True
    return bool(re.search(r"(?:^|[^0-9.])[0-9]{1,6}\.[0-9]{1,6}(?=$|\s*[^0-9.\s])", joined)) and len(run.groups) < 9


_SHAPES = {
    (11,),
    (3, 4, 4),
    (3, 8),
    (4, 4, 3),
    (7, 4),
    (3, 3, 5),
    (4, 3, 4),
    (5, 6),
    (6, 5),
    (5, 3, 3),
    (3, 4, 2, 2),
    (3, 2, 2, 2, 2),
    (2, 9),
}


_CUT_BY_COMMAS = {(3, 4, 4), (3, 8), (4, 4, 3)}
"""Shapes that the members of a list do not have by chance: `138，0013，8000`."""


def _is_spelt_out(groups: tuple[str, ...]) -> bool:
    """One or two digits at a time, as somebody does who wants to hide a number."""
    return len(groups) >= 6 and all(len(group) <= 2 for group in groups)


def _windows(run: Run) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Runs of whole groups inside a run (several numbers may stand side by side): (groups, first, behind last)."""
    most = len(run.groups)
    for first in range(most):
        length = 0
        for last in range(first, most):
            length += len(run.groups[last])
            if length > 15:
                break
            yield run.groups[first : last + 1], first, last + 1


def _even(gaps: tuple[str, ...]) -> bool:
    """The same sign everywhere, or a pair of brackets: `138 0013 8000`, `138 (0013) 8000`; not the values of a list."""
    return len({re.sub(r"[\s()（）]", "", gap) for gap in gaps}) <= 1


def _is_counting(groups: tuple[str, ...]) -> bool:
    """`1、2、3、……、11`: numbers that only grow are an enumeration, not the digits of a telephone."""
    numbers = [int(group) for group in groups]
    return len(numbers) > 3 and all(first < second for first, second in pairwise(numbers))


_ANNOUNCING = "电话|手机|热线|联系方式|号码|tel|phone|mobile|call"
LETTERED_PHONE = Sought(
    MOBILE, either(_ANNOUNCING), rf"(?:{_ANNOUNCING})[^0-9a-z]{{0,6}}([1il][0-9olizsbgq]{{10}})(?![0-9a-z])"
)
_READ_AS = str.maketrans("oilzsbgq", "01125899")
_FEWEST_REAL = 6


def lettered_phone(text: str) -> bool:
    """`电话：13B00123456`: letters that look like digits in a number that is announced."""
    return any(
        sum(letter.isdigit() for letter in found[1]) >= _FEWEST_REAL and _MOBILE.fullmatch(found[1].translate(_READ_AS))
        for found in LETTERED_PHONE.compiled.finditer(text)
    )


SHORTEST_PHONE = 7


def phones(text: str, all_runs: list[Run]) -> Iterator[str]:
    for run in all_runs:
        # What surrounds a number is looked at only where it can make a telephone of it.
        parts = [
            part for part in (run, *run.parts()) if len(part.digits) >= SHORTEST_PHONE and phone_in(part, called=True)
        ]
        if not parts:
            continue
        called = _is_called(text, run)
        for part in parts:
            if kind := _phone_at(text, part, called):
                yield kind
                break


def _is_called(text: str, run: Run) -> bool:
    """Whether a run is announced as a telephone, or followed by an extension."""
    before, after = _neighbours(text, run.start, run.end)
    return bool(
        CALL_BEFORE.compiled.search(before)
        or LINE_BEFORE.compiled.search(before)
        or EXTENSION.compiled.match(after)
        or CALL_AFTER.compiled.match(after)
    )


def _phone_at(text: str, run: Run, announced: bool) -> str | None:
    """The kind of telephone that a run is by itself. `announced`: the list that it belongs to is."""
    called = announced or _is_called(text, run)
    if not called and (_dotted_values(run) or _is_measured(*_neighbours(text, run.start, run.end))):
        return None
    return phone_in(run, called)


def phone_in(run: Run, called: bool) -> str | None:
    windows = list(_windows(run))
    if any(
        _is_mobile(groups, run.gaps[first : behind - 1], called, groups == run.groups)
        for groups, first, behind in windows
    ):
        return MOBILE
    if any(_is_landline(groups, run.gaps[first : behind - 1], called) for groups, first, behind in windows):
        return LANDLINE
    return None


def _is_mobile(groups: tuple[str, ...], gaps: tuple[str, ...], called: bool, alone: bool) -> bool:
    """`alone`: no other numbers stand beside them, so that they are no piece of a longer list."""
    match = _MOBILE.fullmatch("".join(groups))
    if match is None or _ROUND.fullmatch(match[1]):
        return False
    if called:
        return True
    if _is_counting(groups):
        return False
    if _is_spelt_out(groups):
        return True
    if (
        not alone
        and any(LIST_SIGNS.intersection(gap) for gap in gaps)
        and tuple(map(len, groups)) not in _CUT_BY_COMMAS
    ):
        return False
    if len(match[0]) > len(match[1]):
        return len(groups) <= 5
    return tuple(map(len, groups)) in _SHAPES and _even(gaps)


def _is_landline(groups: tuple[str, ...], gaps: tuple[str, ...], called: bool) -> bool:
    digits = "".join(groups)
    if _AREA_NUMBER.fullmatch(digits) and digits.startswith(("0", "86")):
        named = len(groups) == 1 or re.fullmatch(rf"(?:0?0?86)?{_AREA}|(?:00)?86", groups[0])
        return bool(called or named or _is_spelt_out(groups))
    if _SERVICE.fullmatch(digits):
        return called or (len(groups) == 3 and _even(gaps))
    # A local number is seven or eight digits like any other: only what announces it makes it one.
    return called and len(digits) in {7, 8} and len(groups) in {1, 2, 7, 8}


INTERNATIONAL = LazyPattern(r"\+[^0-9]{0,9}[0-9](?:[^0-9]{0,4}[0-9]){5}")
"""As many digits as the shortest number of any country has, no further apart than the library lets them be: it takes long to import."""


def has_international(text: str) -> bool:
    """What the telephone library takes for a valid number of the country, written internationally."""
    if "+" not in text or not INTERNATIONAL.compiled.search(text):
        return False
    import phonenumbers

    return any(
        text[match.start : match.end].startswith("+")
        for match in phonenumbers.PhoneNumberMatcher(text, "CN", leniency=phonenumbers.Leniency.VALID)
    )


CUT_APART, CUT_DIGITS = 6, 11
"""Letters at most between two digits of a mobile number that is cut up, and how many digits it has at least."""
_OTHER = f"(?:(?!{DIGIT}).){{1,{CUT_APART}}}"
_CUT = LazyPattern(
    # A look ahead, as numbers may overlap: a quantity can stand before one.
    rf"(?<!{DIGIT})(?=([1一壹幺](?:(?P<sign>{_OTHER}){DIGIT}(?:(?P=sign){DIGIT}){{9}}"
    rf"|{DIGIT}{{2,3}}{_OTHER}{DIGIT}{{4}}{_OTHER}{DIGIT}{{3,4}}|{DIGIT}{{2}}{_OTHER}{DIGIT}{{8}}))(?!{DIGIT}))",
    re.DOTALL,
)
_CUT_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_GAPS_OF_RUNS = re.compile(f"{GAP}{{1,{MOST_APART}}}")
_READ_OUT = re.compile(
    r"转|接|再?[拨按打]|[横减短]?[杠线]|减号?|空格?|停顿?|连接?|[再后]接|后面?是?|然后|to|then|and|dash|space"
)
"""Words that cut up a number which is read out."""
_BETWEEN_QUANTITIES = frozenset("×÷±≤≥<>=≈∥:%‰°′″'\"^~。!?")
"""Signs that stand between quantities and sentences as well."""


def has_cut_mobile(text: str) -> bool:
    """A mobile number cut up by signs or words that are in no number: `138!0013!8000`, `138 转 0013 转 8000`, `1★3★8★…`.

    What common signs part is a run of digits, see `phones`.
    """
    return any(_is_cut_mobile(text, *match.span(1)) for match in _CUT.compiled.finditer(text))


def _is_cut_mobile(text: str, start: int, end: int) -> bool:
    parts = re.split(f"({DIGIT}+)", text[start:end])
    groups = [part.translate(HAN_AS_PLAIN) for part in parts[1::2]]
    gaps = {re.sub(r"\s+", " ", gap).strip() for gap in parts[2:-1:2]}
    if not _CUT_MOBILE.fullmatch("".join(groups)) or all(map(_GAPS_OF_RUNS.fullmatch, parts[2:-1:2])):
        return False
    before, after = _neighbours(text, start, end)
    if CALL_BEFORE.compiled.search(before) or CALL_AFTER.compiled.match(after):
        return True
    if _is_measured(before, after):
        return False
    if len(groups) == 11 or all(map(_READ_OUT.fullmatch, gaps)):
        return True
    # No quantity begins with 0.
    begins_with_0 = any(group.startswith("0") for group in groups[1:])
    if "" in gaps or any(sign.isalnum() or sign in _BETWEEN_QUANTITIES for gap in gaps for sign in gap):
        return begins_with_0 and len(gaps) == 1
    return begins_with_0 or len(gaps) == 1
