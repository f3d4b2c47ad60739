"""Contact data in free text, disguised or not: telephones, e-mail, WeChat, QQ, other accounts, identity numbers, addresses.

Technical texts are full of numbers, so a number counts as a telephone by its shape and by what stands around it: units, standards and
part numbers are none. Source: safety rule 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from string import ascii_lowercase

from jiebang.detection.addresses import ADDRESSES
from jiebang.detection.digits import HAN_DIGITS, LIST_SIGNS, Run, runs
from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.legible import legible
from jiebang.detection.sieve import Sieve, Sought, either, joined

MOBILE, LANDLINE, EMAIL, WECHAT, QQ, IDENTITY = "手机号码", "电话号码", "电子邮箱", "微信号", "QQ 号", "身份证号码"
SOCIAL, FILING = "社交账号", "网站备案号"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A kind of contact data (Chinese), never the data itself."""

    kind: str


_UNIT_AFTER = LazyPattern(
    r"^\s*(?:[%‰℃°ωω㎡]|μ|(?:[kmgtnp]?(?:hz|pa|w|v|a|ω|ohm|m|g|n|j|s|b|bit|byte|bps|rad|l|mol|ev|cd|lx|dpi|ppm|ppb)|rpm|mm|cm|km|nm|um|kg|mg|min|ms|ns|fps)(?![a-z])|r/min|km/h"
    r"|次|个|件|台|套|万|亿|元|吨|转(?!\s*[:]?\s*[0-9]{1,5}(?![0-9]))|小时|分钟|秒|天|年|月|日|倍|条|组|行|点|像素|只|片|颗|道|层|循环|字|股|步|人|户|辆|项|根|份|页|帧|样本|亩|公顷|档|级"
    r"|[平立]?方?[毫厘分千公微纳]?[米升]|平方|立方|[毫千公兆]?(?:克|斤|瓦|伏|安培|帕|牛|焦|赫兹)|摄氏度|×|x[0-9]|\*[0-9]|/h|/s)"
    # Many units are surnames or initials as well: 13800000000 万工, 米经理, W 先生, A 座.
    r"(?!\s*[\u4e00-\u9fff]{0,2}(?:工(?![件位序时艺业程具装况])|总(?![成线数量体计])|经理|先生|女士|老师|师傅|主任|博士|部长|处长|事部|助理)|\s*[座栋信])"
)
_STANDARD_BEFORE = LazyPattern(
    r"(?:gb|gjb|iso|iec|ieee|astm|din|jis|en|sae|ansi|ul|yy|jb|hg|qc|cb|tb|sj|jt|dl|nb|yd|hj|qb|sn|cnas|zl|cn|us|wo|ep|no|nr|sn|pn|p/n|ver|v|φ|ø|≥|≤|>|<|=|±|#|№"
    r"|型号|编号|图号|料号|件号|机号|序号|桩号|单号|批次号?|编码|牌号|货号|专利号?|标准号?|批号|序列号|订单号|合同号|项目号|证书号?|条码|条形码|代码|第|版本)"
    r"(?:/?[tz])?\s*[:：]?\s*[a-z]{0,2}[-–—.]?\s*$"
)
_CALL_BEFORE = LazyPattern(
    r"(?:电\s*话|手\s*机|热\s*线|联\s*系|联\s*络|致\s*电|来\s*电|电\s*联|座\s*机|总\s*机|固\s*话|拨\s*打|垂\s*询|咨\s*询|洽\s*询|传\s*真|分\s*机|短信|微\s*信|号\s*码|tel|phone|mobile|fax|call|☎|☏|✆|📞|📱|dianhua|shouji)"
    r"[^0-9]{0,10}$"
)
_LINE_BEFORE = LazyPattern(r"直\s*线\s*(?:电\s*话|号\s*码|拨\s*打|为|是)?[^0-9\u4e00-\u9fff]{0,6}$")
"""直线 as a telephone line; 直线度, 直线电机 and 直线导轨 go on in Han characters."""
_CALL_AFTER = LazyPattern(r"^\s*[((]?\s*(?:手机|电话|座机|传真)\s*(?:号码?)?\s*(?:[)),;。]|$)")
_EXTENSION = LazyPattern(r"^\s*[,(]?\s*(?:转\s*(?:分机)?|分机|ext\.?|x)\s*[:.]?\s*[0-9]{1,5}(?![0-9])")
_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_MOBILE = re.compile(r"(?:(?:00)?86)?(1[0-9]{10})")
_AREA_NUMBER = re.compile(rf"(?:(?:00)?86)?0?({_AREA[1:]})([1-9][0-9]{{6,7}}|0{{3,}}[0-9]{{3,5}})")
_SERVICE = re.compile(r"(?:400|800)[0-9]{7}")
_ROUND = re.compile(r"10{5,}")


def _neighbours(text: str, run: Run) -> tuple[str, str]:
    return text[max(0, run.start - 24) : run.start], text[run.end : run.end + 12]


def _is_measured(before: str, after: str) -> bool:
    """Whether a number is a quantity, a standard, a part number: named as such, beside a unit, or grown onto letters."""
    grown = re.search(r"[a-z]$", before) and not re.search(
        r"(?:tel|phone|mobile|mob|fax|t|m|p|v|vx|wx|call|电话|手机)$", before
    )
    onto = re.match(r"(?!(?:vx|wx|v|q|qq|tel|wechat|weixin)(?![a-z]))[a-z]", after)
    return bool(grown or onto or _UNIT_AFTER.compiled.match(after) or _STANDARD_BEFORE.compiled.search(before))


def is_measured_at(text: str, start: int, end: int) -> bool:
    """Whether the number between two places of a text as seen is a quantity, a standard or a part number."""
    return _is_measured(text[max(0, start - 24) : start], text[end : end + 12])


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


_LETTERED = LazyPattern(
    r"(?:电话|手机|热线|联系方式|号码|tel|phone|mobile|call)[^0-9a-z]{0,6}([1il][0-9olizsbgq]{10})(?![0-9a-z])"
)
_READ_AS = str.maketrans("oilzsbgq", "01125899")
_FEWEST_REAL = 6


def _lettered_phone(text: str) -> bool:
    """`电话：13B00123456`: letters that look like digits in a number that is announced."""
    return any(
        sum(letter.isdigit() for letter in found[1]) >= _FEWEST_REAL and _MOBILE.fullmatch(found[1].translate(_READ_AS))
        for found in _LETTERED.compiled.finditer(text)
    )


SHORTEST_PHONE = 7


def _phones(text: str, all_runs: list[Run]) -> Iterator[str]:
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
    before, after = _neighbours(text, run)
    return bool(
        _CALL_BEFORE.compiled.search(before)
        or _LINE_BEFORE.compiled.search(before)
        or _EXTENSION.compiled.match(after)
        or _CALL_AFTER.compiled.match(after)
    )


def _phone_at(text: str, run: Run, announced: bool) -> str | None:
    """The kind of telephone that a run is by itself. `announced`: the list that it belongs to is."""
    called = announced or _is_called(text, run)
    if not called and (_dotted_values(run) or _is_measured(*_neighbours(text, run))):
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


def _numbers_by_library(text: str) -> bool:
    """What the telephone library takes for a valid number of the country, written internationally."""
    if "+" not in text or not INTERNATIONAL.compiled.search(text):
        return False
    import phonenumbers

    return any(
        text[match.start : match.end].startswith("+")
        for match in phonenumbers.PhoneNumberMatcher(text, "CN", leniency=phonenumbers.Leniency.VALID)
    )


_AT = r"(?:@|\(\s*(?:at|a|@|艾特)\s*\)|\[\s*(?:at|a|@)\s*\]|\{\s*(?:at|a|@)\s*\}|<\s*at\s*>|【\s*(?:at|a|@|艾特)\s*】|〔\s*at\s*〕|\*at\*|#at#|_at_|-at-|#|艾特|爱特|小老鼠|圈\s*a|花\s*a)"
_DOT = r"(?:[.。·．•]|\(\s*(?:dot|点|\.)\s*\)|\[\s*(?:dot|点|\.)\s*\]|\{\s*(?:dot|点|\.)\s*\}|【\s*(?:dot|点|\.)\s*】|点|dot)"
_TLD_NAMES = "com|cn|net|org|edu|gov|example|info|io|co|me|tech|top|xyz|vip|cc|hk|tw|mail|biz|ltd|email|中国|公司|网络"
_TLD = f"(?:{_TLD_NAMES})"
_PROVIDER_NAMES = "qq|163|126|139|189|gmail|foxmail|outlook|hotmail|sina|sohu|yeah|aliyun|icloud"
_PROVIDERS = "(?:qq|163|126|139|189|网易|谷歌|新浪|搜狐|foxmail|gmail|outlook|sina|sohu)"
_AT_NEEDLES = (
    *either("@|#|艾特|爱特|小老鼠|圈a|花a|<at>|〔at〕|*at*|_at_|-at-"),
    *joined("([{【", either("at|a|艾特"), ")]}】"),
)
_DOT_ENDS = either(".|。|·|．|•|)|]|}|】|点|dot")
_MAILS = (
    Sought(
        EMAIL,
        _AT_NEEDLES,
        rf"[a-z0-9][a-z0-9._+-]{{0,40}}{_AT}(?:[a-z0-9][a-z0-9-]{{0,40}}{_DOT}){{1,4}}{_TLD}(?![a-z0-9])",
        # Only the four signs of a number may part it: a space in it is a disguise, so all of them go; a measured value such as
        # "5 A @ 12 V" has no name of a domain after its sign.
        on_tight=True,
    ),
    Sought(
        EMAIL,
        joined(_DOT_ENDS, either(_TLD_NAMES)),
        rf"[a-z0-9][a-z0-9._+-]{{1,40}}\s+at\s+(?:[a-z0-9-]{{1,40}}\s*{_DOT}\s*){{1,4}}{_TLD}(?![a-z0-9])",
        beside=("at",),
    ),
    Sought(
        EMAIL,
        either(".com|.cn|.net|.org|.edu"),
        # 在 stands between words of every kind, so what follows must look like a domain.
        r"[a-z0-9][a-z0-9._+-]{1,40}\s*在\s*(?:[a-z0-9-]{1,40}\.){1,4}(?:com|cn|net|org|edu)(?![a-z0-9])",
        beside=("在",),
    ),
    Sought(
        EMAIL,
        (*_AT_NEEDLES, *joined(("at",), either(_PROVIDER_NAMES))),
        rf"[a-z0-9][a-z0-9._+-]{{2,40}}\s*(?:{_AT}|\sat\s)\s*(?:{_PROVIDER_NAMES})(?![a-z0-9])",
    ),
    Sought(
        EMAIL,
        ("邮箱",),
        rf"邮\s*箱[^。;]{{0,24}}(?:后缀|@)\s*(?:为|是|[:])?\s*@?\s*{_PROVIDERS}|{_PROVIDERS}\s*邮箱\s*(?:号|为|是|[:])?\s*[a-z0-9][a-z0-9._-]{{4,30}}"
        r"|(?:[0-9]{5,11}|[a-z][a-z0-9._-]{2,30})\s*(?:的|在)?\s*(?:qq|163|126|网易|谷歌|新浪|搜狐|foxmail|gmail)\s*邮箱",
    ),
)

_ID_TEXT = r"[a-z][a-z0-9_-]{4,19}"
_IS = r"[\s:：=\-—–→>是为()（）\[\]【】“”\"'*·,，、号码群聊id]*"
_HEARTS = "❤♥♡💗💓💕💖💙💚💛💜🧡🖤🤍"
_WECHAT_NAMES = rf"(?:微\s*信|[微威薇维v]\s*[{_HEARTS}]|[微薇威维徽胃]\s*[信芯]|v\s*信|v\s*x|w\s*x|we\s*chat|wei\s*xin|卫\s*星\s*号|绿\s*泡\s*泡)"
_WECHAT_IN_HAN = (
    *joined("微威薇维v", _HEARTS),
    *joined("微薇威维徽胃", "信芯"),
    *either("v信|绿泡泡"),
)
_WECHAT_IN_LATIN = either("vx|wx|wechat|weixin")
_WECHATS = (
    Sought(
        WECHAT,
        _WECHAT_IN_HAN,
        rf"(?:[微威薇维v]\s*[{_HEARTS}]|[微薇威维徽胃]\s*[信芯]|v\s*信|绿\s*泡\s*泡)(?:{_IS})(?:搜索?|查找|添加|关注)?(?:{_IS})(?!(?:wechat|weixin|h5|api|app)\b){_ID_TEXT}",
    ),
    Sought(
        WECHAT,
        (*_WECHAT_IN_HAN, *_WECHAT_IN_LATIN, "卫星号"),
        rf"(?<![a-z0-9]){_WECHAT_NAMES}\s*(?:号|id|同号|:|：|=|是|为|加)+\s*[a-z0-9]",
    ),
    Sought(
        WECHAT,
        _WECHAT_IN_LATIN,
        r"(?<![a-z0-9])(?:v\s*x|w\s*x|wechat|weixin)\s*[:：=]\s*[a-z0-9]",
    ),
    Sought(
        WECHAT,
        (*_WECHAT_IN_LATIN, *joined("v", ascii_lowercase)),
        r"(?<![a-z0-9])(?:v\s*x|w\s*x|wechat|weixin|v)\s+[a-z][a-z0-9_-]*[0-9_][a-z0-9_-]{2,18}(?![a-z0-9])",
    ),
    Sought(
        WECHAT,
        joined(either("加|加我|加个"), either("v|微|wx")),
        r"加\s*(?:我|个)?\s*(?:v|微|vx|wx)\s*[:：]?\s*[a-z0-9][a-z0-9_-]{4,19}",
    ),
    Sought(
        WECHAT,
        either("微信|机同微|话同微|扫码|扫一扫"),
        r"微\s*信\s*(?:同\s*(?:号|手机|电话)|号\s*[:：])|(?:手机|电话)\s*(?:同\s*微|微\s*信\s*同)|(?:手机|电话)\s*(?:号码?)?\s*(?:即|就是|也是|等于|=)\s*(?:为)?\s*微\s*信|微信扫码|扫\s*(?:码|一扫)\s*(?:即可)?\s*(?:添\s*)?加(?![工密固速载热])",
    ),
)

_QQ_NAMES = r"(?:(?<![a-z0-9])q\s*q|扣\s*扣|叩\s*叩|球\s*球|秋\s*秋|企\s*鹅|(?<![a-z0-9])q\s*群|(?<![a-z0-9])q\s*号|(?<![a-z0-9])q\s*[:：])"
_QQ_NEEDLES = either("qq|扣扣|叩叩|球球|秋秋|企鹅|q群|q号|q:|q：")
_QQS = (
    Sought(
        QQ,
        _QQ_NEEDLES,
        rf"{_QQ_NAMES}\s*(?:号码?|群号?|群|:|：|=|是|为|加|\s|-|—|→|\()*[1-9](?:[\s\-.·*_]{{0,2}}[0-9]){{4,10}}",
    ),
    Sought(
        QQ,
        _QQ_NEEDLES,
        rf"{_QQ_NAMES}\s*(?:号码?|群号?|群|:|：|=|是|为|加|\s)*[0-9{''.join(HAN_DIGITS)}](?:[\s\-.·*_]{{0,2}}[0-9{''.join(HAN_DIGITS)}]){{4,10}}",
    ),
)


ID_RUN = LazyPattern(
    rf"(?<![0-9a-z])[0-9{''.join(HAN_DIGITS)}](?:[\s\-–—_.·*/]{{0,2}}[0-9{''.join(HAN_DIGITS)}]){{16}}[\s\-–—_.·*/]{{0,2}}[0-9x{''.join(HAN_DIGITS)}](?![0-9a-z])"
)
SHORTEST_IDENTITY = 17
"""Digits in a row; the last place may be an x."""


def _is_identity_number(number: str) -> bool:
    """18 characters, a day of birth, and the right check character; the region is not asked, so that made-up numbers count."""
    from stdnum.cn import ric

    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100 and ric.calc_check_digit(number) == number[17]


_IDENTITIES = (
    # Announced, a number counts whatever its check character says: a mistyped one still leads to somebody.
    Sought(
        IDENTITY,
        either("身份证|证件"),
        r"(?:身份证|证件)\s*(?:号码?)?\s*(?:为|是|[:=])?\s*(?:[0-9]{17}[0-9x]|[0-9]{15})(?![0-9])",
    ),
)


def _holds_identity(text: str, all_runs: list[Run]) -> bool:
    if all(len(run.digits) < SHORTEST_IDENTITY for run in all_runs):
        return False
    table = str.maketrans(HAN_DIGITS)
    for match in ID_RUN.compiled.finditer(text):
        number = re.sub(r"[^0-9x]", "", match.group().translate(table)).upper()
        if len(number) == 18 and _is_identity_number(number):
            return True
    return False


_ACCOUNT = r"(?:@?[a-z0-9][a-z0-9._-]{3,30})"
_SERVICES = r"钉\s*钉|飞\s*书|抖\s*音|快\s*手|小\s*红\s*书|微\s*博|陌\s*陌|旺\s*旺|企业\s*微\s*信|公众|视频|支付宝|知乎|领英|纷享|(?<![a-z])(?:skype|whats\s*app|telegram|signal|linkedin|dingtalk|feishu|lark|tim|line\s*id)"
_OTHER_ACCOUNTS = (
    Sought(
        SOCIAL,
        either(
            "钉钉|飞书|抖音|快手|小红书|微博|陌陌|旺旺|企业微信|公众|视频|支付宝|知乎|领英|纷享"
            "|skype|whatsapp|telegram|signal|linkedin|dingtalk|feishu|lark|tim|lineid"
        ),
        rf"(?:{_SERVICES})\s*(?:账号|帐号|号码?|id|群号?)\s*(?:为|是|[:=])?\s*{_ACCOUNT}(?![a-z])"
        rf"|(?:{_SERVICES})\s*(?:[:=]|联系|加我|搜索?)\s*(?:id)?\s*[:=]?\s*{_ACCOUNT}(?![a-z])"
        rf"|(?:{_SERVICES})\s*(?:[0-9]{{6,13}}(?![0-9])|@\s*{_ACCOUNT})"
        r"|(?:公众|视频|抖音|快手|小红书|微博)\s*(?:账|帐)?号\s*[:=]\s*[^\s,。;]",
    ),
)
_FILINGS = (
    Sought(FILING, either("b1-|b2-"), r"(?<![a-z0-9])b[12]\s*-\s*(?:19|20)[0-9]{6}(?![0-9])"),
    Sought(FILING, either("icp备|icp证"), r"icp\s*[备证][^0-9]{0,6}[0-9]{6,10}"),
    Sought(FILING, ("公网安备",), r"公\s*网\s*安\s*备[^0-9]{0,6}[0-9]{8,15}"),
)
SIEVE = Sieve(*_IDENTITIES, *_MAILS, *_WECHATS, *_QQS, *_OTHER_ACCOUNTS, *_FILINGS, *ADDRESSES)


@lru_cache(maxsize=4096)
def find_contacts(text: str) -> tuple[Sighting, ...]:
    """The kinds of contact data in a text, each once."""
    seen = legible(text)
    found, all_runs = SIEVE.kinds(seen), list(runs(seen))
    kinds: dict[str, None] = {}
    if IDENTITY in found or _holds_identity(seen, all_runs):
        kinds[IDENTITY] = None
    else:
        if _lettered_phone(seen):
            kinds[MOBILE] = None
        kinds.update(dict.fromkeys(_phones(seen, all_runs)))
        if not kinds and _numbers_by_library(seen):
            kinds[LANDLINE] = None
    kinds.update(dict.fromkeys(found))
    return tuple(Sighting(kind) for kind in kinds)
