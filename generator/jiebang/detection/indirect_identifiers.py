"""What may lead to an enterprise without naming it or its telephone: a person has to decide, as the same words may be innocent."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from jiebang.detection.innocent import HINTS, is_without
from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.legible import legible
from jiebang.detection.sieve import Sieve, Sought, either, joined
from jiebang.detection.telephones import is_measured_at

LOCATION, LOCAL_NUMBER, STOCK, PATENT = "本企业所在位置", "八位数字（可能是电话）", "股票代码", "专利号或注册号"
WEBSITE = "网址"

_SELF = "(?:我\\s*司|我公司|我单位|我厂|我集团|本公司|本企业|本单位|本厂|本集团|公司|企业|集团|总部|厂区|工厂|生产基地|研发中心|发榜方)"
_SITUATED = "位于|地处|坐落|座落|落户|扎根|设在|设于|毗邻|紧邻"
_NOT_IN_TRADE = r"(?!\s*(?:产业链(?!园|基地|创新|大厦)|产业的|价值链|供应链|行业|同行|(?:全国|国内|国际|全球|世界)(?:前[列茅]|领先|一流|先进|第)|[上中下]游(?![\u4e00-\u9fff]{0,6}(?:园|区|镇|村|岸|路))))"
"""A place in a trade is no place on a map."""
_TOPS = "com|cn|net|org|co|io|cc|top|vip|xyz|tech|info|biz|ltd|hk|tw"
_DOT = r"(?:\.|\(\s*(?:dot|点|\.)\s*\)|\[\s*(?:dot|点|\.)\s*\]|。|点|dot)"
_OF_ALL = (
    r"(?:w3|iso|ietf|iec|ieee|itu|omg|oasis-open|opcfoundation|unicode|rfc-editor|json-schema|schema|purl|xmlsoap|openxmlformats|opengis|astm|etsi|3gpp|ashrae"
    r"|creativecommons|spdx|opensource|apache|gnu|python|pypi|numpy|kernel|example)\.(?:org|com|net|ch|int|io)"
    r"|(?:[a-z0-9-]+\.)?(?:gov|edu|mil|ac)\.cn|[a-z0-9-]+\.(?:gov|edu|int|mil|example|test|invalid|localhost)|schemas\.[a-z0-9-]+\.com|(?:qq|163|126|139|189|gmail|foxmail|outlook|sina|sohu)\.(?:com|net|cn)|(?:asp|vb|ado|ml)\.net|socket\.io"
)
"""Hosts of standards, public bodies, schools, everybody's mail and examples: they lead to no enterprise."""
_DOT_PLAIN = "[.。点]"
_LABEL = r"(?:[a-z0-9][a-z0-9-]{0,40}|[\u4e00-\u9fff]{2,12})"
_HOST = rf"(?:(?:{_LABEL}\s*{_DOT}\s*){{1,4}}(?:{_TOPS})(?![a-z0-9-])|{_LABEL}\.(?:中国|公司|网络))"
_NOT_OF_ALL = rf"(?!(?:[a-z0-9-]+\.)*(?:{_OF_ALL})(?![a-z0-9-]|\.[a-z]))"
_SITE_WORDS = "官网|官方网站|网址|网站|主页|域名|homepage|website|url"
_MARKETS = "沪市|深市|上交所|深交所|科创板|创业板|北交所|新三板|港交所|港股|a股"
_DIGITS = "0123456789"
SIEVE = Sieve(
    Sought(
        LOCATION,
        either(_SITUATED),
        rf"{_SELF}(?:现|目前|总部|厂区|工厂)?\s*(?:位\s*于|地\s*处|坐\s*落|座\s*落|落\s*户|扎\s*根|设\s*在|设\s*于|毗\s*邻|紧\s*邻){_NOT_IN_TRADE}",
    ),
    Sought(
        LOCATION,
        either("厂址|注册地|总部"),
        r"厂\s*址\s*(?:在|为|是|位于|[:])|(?:注册地|总部)\s*(?:在|为|是|[:])",
    ),
    Sought(
        STOCK, joined(either("股票|证券|股份"), either("代码|简称|编号")), r"(?:股票|证券|股份)\s*(?:代码|简称|编号)"
    ),
    Sought(
        STOCK,
        either(_MARKETS),
        r"(?:沪市|深市|上交所|深交所|科创板|创业板|北交所|新三板|港交所|港股|a\s*股)[^0-9]{0,8}[0-9]{4,6}(?![0-9])",
    ),
    Sought(
        STOCK,
        joined(either("sh|sse|sz|szse|bj"), (*_DIGITS, ".", ":")),
        r"(?<![a-z0-9])(?:(?:sh|sse)\s*[.:]?\s*[69]|(?:sz|szse)\s*[.:]?\s*[023]|bj\s*[.:]?\s*[489])[0-9]{5}(?![0-9])",
    ),
    Sought(STOCK, either(".sh|.sz|.bj|.ss"), r"(?<![0-9])[03468][0-9]{5}\s*[.]\s*(?:sh|sz|bj|ss)(?![a-z])"),
    Sought(
        WEBSITE,
        either("http:|https:|hxxp:|hxxps:|www.|www点|www。"),
        # The name of a host by itself may be that of a file or a package, so something has to tell that it is an address: this, or its end.
        rf"(?:h(?:tt|xx)ps?\s*:\s*/\s*/\s*|(?<![a-z0-9])www\s*{_DOT_PLAIN}\s*){_NOT_OF_ALL}{_HOST}",
    ),
    Sought(
        WEBSITE,
        either(_SITE_WORDS),
        rf"(?<![a-z])(?:{_SITE_WORDS})\s*(?:地址|链接)?\s*(?:为|是|在|见|[:=(])?\s*{_NOT_OF_ALL}{_HOST}",
    ),
    Sought(
        WEBSITE,
        either(".com|.cn"),
        # No file and no package ends like these.
        rf"(?<![a-z0-9@._/-]){_NOT_OF_ALL}(?:[a-z0-9-]{{1,40}}\.){{0,3}}"
        r"(?:[a-z0-9-]{1,40}\.(?:com|net|org)\.cn|[a-z][a-z0-9-]{2,40}\.cn|[a-z][a-z0-9-]{3,40}\.com)(?![a-z0-9-]|\.[a-z0-9]|\()",
    ),
    Sought(STOCK, (".hk",), r"(?<![0-9])[0-9]{4,5}\s*[.]\s*hk(?![a-z])"),
    Sought(
        PATENT,
        joined(("zl",), (*_DIGITS, ".", ":")),
        r"(?<![a-z])zl\s*[.:]?\s*(?:(?:19|20)[0-9]{2}|[89][0-9])[\s.]*[0-9][0-9x.\s]{6,}",
    ),
    Sought(
        PATENT,
        joined(either("专利|公开|公告|申请|授权|登记|注册|软著|著作权|证|证书"), either("号|编号")),
        r"(?:专利|公开|公告|申请|授权|登记|注册|软著|著作权)\s*(?:申请|公开|公告|登记|注册)?(?:证书?)?\s*(?:号|编号)\s*(?:为|是|[:])?\s*[a-z第]{0,4}\s*(?:[0-9][0-9x.\s]{5,}|[0-9]{4}\s*sr\s*[0-9]{5,})",
    ),
    Sought(PATENT, joined(("cn",), _DIGITS), r"(?<![a-z0-9])cn\s*[0-9]{7,9}\s*[abcsuy]?(?![0-9a-z])"),
    Sought(
        PATENT,
        joined(either("us|ep|wo|jp|kr|de"), _DIGITS),
        r"(?<![a-z0-9])(?:us|ep|wo|jp|kr|de)\s*(?:[0-9]{4}/)?[0-9][0-9,]{5,}\s*[ab][0-9]?(?![0-9a-z])",
    ),
    Sought(PATENT, ("pct/",), r"(?<![a-z])pct/[a-z]{2}[0-9]{4}/[0-9]{6}"),
    Sought(PATENT, ("作登字",), r"国?作登字[^0-9]{0,4}[0-9]{4}"),
    Sought(PATENT, ("商标",), r"商标[^0-9]{0,8}第?\s*[0-9]{6,9}\s*号"),
)
LOCAL = LazyPattern(r"[2-8](?<![0-9].)(?<![0-9][.,].)(?:[0-9]{7}|[0-9]{3}[\s-][0-9]{4})(?![0-9]|[.,][0-9])")


_UUID = LazyPattern(r"(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])")
_PLAN = LazyPattern(r"-[a-z]{1,2}-[0-9]{3}(?![0-9])")
"""What follows the number of a planned standard: 20201234-T-604."""


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year <= 2100
    except ValueError:
        return False


def _local_number(seen: str) -> bool:
    if seen.count("-") > 3:
        seen = _UUID.compiled.sub(" ", seen)
    for match in LOCAL.compiled.finditer(seen):
        digits = re.sub(r"[^0-9]", "", match.group())
        if _is_day(digits) or digits.endswith("0000") or _PLAN.compiled.match(seen, match.end()):
            continue
        if is_measured_at(seen, match.start(), match.end()):
            continue
        return True
    return False


def find_hints(text: str) -> tuple[str, ...]:
    """The kinds of hints in a text, in Chinese, each once; never the hint itself."""
    return () if is_without(text, HINTS) else _find(text)


@lru_cache(maxsize=256)
def _find(text: str) -> tuple[str, ...]:
    seen = legible(text)
    found = SIEVE.kinds(seen)
    if not found and _local_number(seen):
        found.append(LOCAL_NUMBER)
    return tuple(found)
