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

_SELF = "(?:我\\s*司|我公司|我单位|我厂|我集团|本公司|本企业|本单位|本厂|本集团|公司|企业|集团|总部|厂区|工厂|生产基地|研发中心|发榜方)"
_SITUATED = "位于|地处|坐落|座落|落户|扎根|设在|设于|毗邻|紧邻"
_MARKETS = "沪市|深市|上交所|深交所|科创板|创业板|北交所|新三板|港交所|港股|a股"
_DIGITS = "0123456789"
SIEVE = Sieve(
    Sought(
        LOCATION,
        either(_SITUATED),
        rf"{_SELF}(?:现|目前|总部|厂区|工厂)?\s*(?:位\s*于|地\s*处|坐\s*落|座\s*落|落\s*户|扎\s*根|设\s*在|设\s*于|毗\s*邻|紧\s*邻)",
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


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year <= 2100
    except ValueError:
        return False


def _local_number(seen: str) -> bool:
    for match in LOCAL.compiled.finditer(seen):
        digits = re.sub(r"[^0-9]", "", match.group())
        if _is_day(digits) or digits.endswith("0000") or is_measured_at(seen, match.start(), match.end()):
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
