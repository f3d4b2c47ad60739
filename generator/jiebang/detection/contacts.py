"""Contact data in free text, disguised or not: telephones, e-mail, WeChat, QQ, other accounts, identity numbers, addresses.

Source: safety rule 6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from string import ascii_lowercase

from jiebang.detection.addresses import ADDRESSES
from jiebang.detection.digits import HAN_AS_PLAIN, HAN_DIGITS, Run, runs
from jiebang.detection.innocent import CONTACTS, is_without
from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.legible import legible
from jiebang.detection.sieve import Sieve, Sought, either, joined
from jiebang.detection.telephones import LANDLINE, MOBILE, has_cut_mobile, has_international, lettered_phone, phones

EMAIL, WECHAT, QQ, IDENTITY = "电子邮箱", "微信号", "QQ 号", "身份证号码"
SOCIAL, FILING = "社交账号", "网站备案号"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A kind of contact data (Chinese), never the data itself."""

    kind: str


_AT = r"(?:@|\(\s*(?:at|a|@|艾特)\s*\)|\[\s*(?:at|a|@)\s*\]|\{\s*(?:at|a|@)\s*\}|<\s*at\s*>|【\s*(?:at|a|@|艾特)\s*】|〔\s*at\s*〕|\*at\*|#at#|_at_|-at-|#|艾特|爱特|小老鼠|圈\s*a|花\s*a)"
_DOT = r"(?:[.。·．•]|\(\s*(?:dot|点|\.)\s*\)|\[\s*(?:dot|点|\.)\s*\]|\{\s*(?:dot|点|\.)\s*\}|【\s*(?:dot|点|\.)\s*】|点|dot)"
_TLD_NAMES = "com|cn|net|org|edu|gov|example|info|io|co|me|tech|top|xyz|vip|cc|hk|tw|mail|biz|ltd|email|中国|公司|网络"
_TLD = f"(?:{_TLD_NAMES})"
_PROVIDER_NAMES = "qq|163|126|139|189|gmail|foxmail|outlook|hotmail|sina|sohu|yeah|aliyun|icloud"
_CODE_HOSTS = "github|gitlab|gitee|gitcode|bitbucket"
_NO_MAILBOXES = (
    "smtps?|imaps?|pop3?|exchange|coremail|webmail|foxmail|outlook|gmail|office ?365|mailbox|e-?mail|server|client|gateway|api|https?|html|json|xml|text"
    "|string|str|char|varchar|null|none|true|false|spam|oauth2?|tls|ssl|ldap|dkim|spf|dmarc|support"
)
"""What stands behind 邮箱 and a colon in technical texts."""
_PROVIDERS = "(?:qq|163|126|139|189|网易|谷歌|新浪|搜狐|foxmail|gmail|outlook|sina|sohu)"
_AT_NEEDLES = (
    *either("@|#|艾特|爱特|小老鼠|圈a|花a|<at>|〔at〕|*at*|_at_|-at-"),
    *joined("([{【", either("at|a|艾特"), ")]}】"),
)
_DOT_ENDS = either(".|。|·|．|•|)|]|}|】|点|dot")
_NO_UNIT = (
    r"(?![0-9]|\s*(?:[mkgt]?(?:w|wh|j|pa|n|g|l|hz|va|var|cal|bit|b)|[nμc]?m[23]?|m\^[23]|t|h|s|kn|rpm|mm|nl|sccm|slm|lpm|cfm|kcal|token|[%‰℃°]|[立平]方|[千兆万亿元吨升件台次瓦焦]|个(?!人)|mol)"
    r"(?:[/·*×]|(?![a-z0-9])))"
)
"""Behind a flow or a heat, which are called Q as well, and behind a condition: 3000 rpm@126 N·m."""
_MAILS = (
    Sought(
        EMAIL,
        _AT_NEEDLES,
        rf"[a-z0-9][a-z0-9._+-]{{0,40}}{_AT}(?!(?<=git@)(?:{_CODE_HOSTS})\.com)(?:[a-z0-9][a-z0-9-]{{0,40}}{_DOT}){{1,4}}{_TLD}(?![a-z0-9])",
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
        rf"[a-z0-9][a-z0-9._+-]{{2,40}}\s*(?:{_AT}|\sat\s)\s*(?:{_PROVIDER_NAMES})(?![a-z0-9]){_NO_UNIT}",
    ),
    # With such a provider behind it the sign is one of mail, whatever stands before it: 张三@qq.com, 号码后面加@qq.com.
    Sought(
        EMAIL,
        ("@",),
        rf"@(?:vip\.)?(?:(?:{_PROVIDER_NAMES}){_DOT}(?:com|cn|net)|(?:qq|gmail|foxmail|hotmail|icloud))(?![a-z0-9])",
        on_tight=True,
    ),
    # Another sign in its place.
    Sought(
        EMAIL,
        joined(either(_PROVIDER_NAMES), either(".com|.cn|.net")),
        rf"[a-z0-9_\u4e00-\u9fff][^\w\s.,。、:;/()\[\]{{}}<>《》“”\"'‘’|&?=—–-]{{1,3}}(?:{_PROVIDER_NAMES})\.(?:com|cn|net)(?![a-z0-9])",
        on_tight=True,
    ),
    Sought(
        EMAIL,
        either("邮箱|电邮|mail"),
        rf"(?:邮\s*箱|电\s*邮|(?<![a-z])(?:e\s*-?\s*)?mail)\s*(?:地址|账号|帐号|号)?\s*(?::|=|为(?=\s*[a-z])|是(?=\s*[a-z]))\s*"
        rf"(?!(?:{_NO_MAILBOXES})(?![a-z0-9._-]))(?:[a-z][a-z0-9._-]{{3,30}}(?!\s*[a-z0-9])|[1-9][0-9]{{5,10}}(?![0-9]|\s*[封个条万次人份件/%]))",
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
_NO_VALUE = r"(?!(?:[0-9]{1,5}(?:\.[0-9]+)?\s*(?:[mkcμn]?m|rad|deg|km|r|px|[kmg]?hz|[kmn]?n)?|[a-z][0-9]?)(?![a-z0-9_]|-[a-z0-9]))"
"""vx and wx are velocities and frequencies as well."""
_ONE_WITH_DIGIT = r"[a-z](?=[a-z_-]*[0-9])[a-z0-9_-]{4,19}(?![a-z0-9(])"
_TYPES = "float|double|int|uint|long|short|fp|bf|vec|mat|tensor|char|byte|array|string|utf"
_ANNOUNCES = "(?:号|id|同号|:|：|=|是|为|加)"
_WECHAT_NAMES = rf"(?:微\s*信|wei?\s*信|微\s*xin|[微威薇维v]\s*[{_HEARTS}]|[微薇威维徽胃]\s*[信芯]|v\s*信|we\s*chat|wei\s*xin|卫\s*星\s*号|绿\s*泡\s*泡)"
_WECHAT_IN_HAN = (
    *joined("微威薇维v", _HEARTS),
    *joined("微薇威维徽胃", "信芯"),
    *either("v信|绿泡泡|wei信|we信|微xin"),
)
_WECHAT_IN_LATIN = either("vx|wx|wechat|weixin")
_CALL_TO_ADD = r"(?:加|(?<![a-z0-9)])(?<![a-z0-9)]\s)\+)\s*(?:我的?|个)?\s*"
_MODEL = "[0-9]{1,6}(?![a-z0-9_])"
"""加 V2000 控制器, 加 VX1200 变频器"""
_WORDS_IN_V = "(?:oltage|ector|elocity|alve|ideo|ision|acuum|alue|ersion|erilog|iew|olume|ibration|anadium|scode|ehicle|irtual|isual)s?"
_SOMEBODY = r"(?:\s*(?:我|微|v|w|好友|企|q|客服|经理|联系|老师|同事|专员|小助手|[\u4e00-\u9fff]{1,8}(?:微信|好友|企微)|群|入群|进群|了解|咨询|详)|(?!\s*\w))"
_WECHATS = (
    Sought(
        WECHAT,
        _WECHAT_IN_HAN,
        rf"(?:[微威薇维v]\s*[{_HEARTS}]|[微薇威维徽胃]\s*[信芯]|v\s*信|wei?\s*信|微\s*xin|绿\s*泡\s*泡)(?:{_IS})(?:搜索?|查找|添加|关注)?(?:{_IS})(?!(?:wechat|weixin|h5|api|app)\b){_ID_TEXT}",
    ),
    Sought(
        WECHAT,
        (*_WECHAT_IN_HAN, *_WECHAT_IN_LATIN, "卫星号"),
        rf"(?<![a-z0-9])(?:{_WECHAT_NAMES}\s*{_ANNOUNCES}+\s*|[vw]\s*x\s*{_ANNOUNCES}+\s*{_NO_VALUE})[a-z0-9]",
    ),
    Sought(
        WECHAT,
        _WECHAT_IN_LATIN,
        rf"(?<![a-z0-9])(?:[vw]\s*x\s*[:：=]\s*{_NO_VALUE}|(?:wechat|weixin)\s*[:：=]\s*)[a-z0-9]",
    ),
    Sought(
        WECHAT,
        (*_WECHAT_IN_LATIN, *joined("v", ascii_lowercase)),
        r"(?<![a-z0-9])(?:v\s*x|w\s*x|wechat|weixin|v)\s+[a-z][a-z0-9_-]*[0-9_][a-z0-9_-]{2,18}(?![a-z0-9])",
    ),
    Sought(
        WECHAT,
        joined("加+", ("", "我", "个", "我的"), "v微薇威维徽胃w"),
        rf"{_CALL_TO_ADD}(?:v(?!x\s*-?{_MODEL}|\s*{_MODEL}|{_WORDS_IN_V}(?![a-z]))|[vw]\s*x(?!\s*-?{_MODEL})|[微薇威维徽胃])"
        r"\s*[:：]?\s*[a-z0-9][a-z0-9_-]{4,19}",
    ),
    Sought(
        WECHAT,
        ("企微",),
        rf"企\s*微\s*(?:号|id|号码)?\s*:?\s*(?:{_ONE_WITH_DIGIT}|[0-9]{{6,13}}(?![0-9]))",
    ),
    Sought(
        WECHAT,
        ("v:", "v："),
        rf"(?<![a-z0-9._/\])])v\s*[:：]\s*(?!(?:{_TYPES}|ac|dc)[0-9]){_ONE_WITH_DIGIT}",
    ),
    Sought(
        WECHAT,
        # A person or a group is called on by one of these words.
        either("微信扫码|扫码|扫一扫"),
        rf"微\s*信\s*扫\s*码\s*(?:即可)?\s*(?:进群|入群|加群|关注|联系|咨询)|扫\s*(?:码|一扫)\s*(?:即可)?\s*(?:添\s*)?加{_SOMEBODY}",
    ),
    Sought(
        WECHAT,
        either("微信同|微信号|手机|电话"),
        r"微\s*信\s*(?:同\s*(?:号|手机|电话)|号\s*[:：])|(?:手机|电话)\s*(?:(?:号码?\s*)?同\s*微(?![机波电网]|信(?:小程序|公众号|平台|端))|微\s*信\s*同(?![步时屏一样类传名期等频]))|(?:手机|电话)\s*(?:号码?)?\s*(?:即|就是|也是|等于|=)\s*(?:为)?\s*微\s*信",
    ),
)

_QQ_NAMES = r"(?:🐧|(?<![a-z0-9])q\s*q|扣\s*扣|叩\s*叩|球\s*球|秋\s*秋|企\s*鹅|(?<![a-z0-9])q\s*群|(?<![a-z0-9])q\s*号)"
_QQ_NEEDLES = either("qq|扣扣|叩叩|球球|秋秋|企鹅|q群|q号|🐧")
_QQ_DIGIT = f"[0-9{''.join(HAN_DIGITS)}]"
_QQ_NUMBER = r"[1-9](?:[\s\-.·*_]{0,2}[0-9]){4,10}"
_QQ_HAN_NUMBER = rf"{_QQ_DIGIT}(?:[\s\-.·*_]{{0,2}}{_QQ_DIGIT}){{4,10}}"
_QQS = (
    Sought(QQ, _QQ_NEEDLES, rf"{_QQ_NAMES}\s*(?:号码?|群号?|群|:|：|=|是|为|加|\s|-|—|→|\()*{_QQ_NUMBER}"),
    Sought(QQ, _QQ_NEEDLES, rf"{_QQ_NAMES}\s*(?:号码?|群号?|群|:|：|=|是|为|加|\s)*{_QQ_HAN_NUMBER}"),
    # A letter alone may be a flow, so what follows must not be a unit.
    Sought(
        QQ,
        ("q:", "q："),
        rf"(?<![a-z0-9])q\s*[:：]\s*(?:号码?|群号?|群|:|：|=|是|为|加|\s|-|—|→|\()*(?:{_QQ_NUMBER}|{_QQ_HAN_NUMBER}){_NO_UNIT}",
    ),
    Sought(
        QQ,
        joined("加+", ("", "我", "个", "我的"), ("q", "扣", "抠", "叩", "企鹅")),
        rf"{_CALL_TO_ADD}(?:q|扣|抠|叩|企\s*鹅)\s*:?\s*{_QQ_NUMBER}{_NO_UNIT}",
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
    for match in ID_RUN.compiled.finditer(text):
        number = re.sub(r"[^0-9x]", "", match.group().translate(HAN_AS_PLAIN)).upper()
        if len(number) == 18 and _is_identity_number(number):
            return True
    return False


_ACCOUNT = r"(?:@?[a-z0-9][a-z0-9._-]{3,30})"
_SERVICES = r"钉\s*钉|飞\s*书|抖\s*音|快\s*手|小\s*红\s*书|微\s*博|陌\s*陌|旺\s*旺|企业\s*微\s*信|公众|视频|支付宝|知乎|领英|纷享|(?<![a-z])(?:skype|whats\s*app|telegram|signal|linkedin|dingtalk|feishu|lark|tim|line\s*id)"
_NO_ACCOUNT = r"[0-9]{1,3}\s*(?:[路个台条次种级位]|通道|[a-z%])|(?:自动|支持|可以|可按|能够|需要|须|应能|实现|接入|对接|推送|提供|采用|通过|具备|用于|开发|完成|查询|发布)"
"""What is said of a service, not the name of an account."""
_TELEGRAMS = Sought(
    SOCIAL,
    ("tg:", "tg："),
    # Tg is a temperature and TG a method; an account is at least four letters and then a figure, or has its sign.
    r"(?<![a-z0-9])tg\s*[:：]\s*(?:@\s*[a-z][a-z0-9_]{3,}|[a-z][a-z_]{3,}[0-9_][a-z0-9_]*(?![a-z0-9(]))",
)
_OTHER_ACCOUNTS = (
    _TELEGRAMS,
    Sought(
        SOCIAL,
        either(
            "钉钉|飞书|抖音|快手|小红书|微博|陌陌|旺旺|企业微信|公众|视频|支付宝|知乎|领英|纷享"
            "|skype|whatsapp|telegram|signal|linkedin|dingtalk|feishu|lark|tim|lineid"
        ),
        rf"(?:{_SERVICES})\s*(?:账号|帐号|号码?|id|群号?)\s*(?:为|是|[:=])?\s*{_ACCOUNT}(?![a-z])"
        rf"|(?:{_SERVICES})\s*(?:[:=]|联系|加我|搜索?)\s*(?:id)?\s*[:=]?\s*{_ACCOUNT}(?![a-z])"
        rf"|(?:{_SERVICES})\s*(?:[0-9]{{6,13}}(?![0-9])|@\s*{_ACCOUNT})"
        rf"|(?:公众|视频|抖音|快手|小红书|微博)\s*(?:账|帐)?号\s*[:=]\s*(?!{_NO_ACCOUNT})[^\s,。;]",
    ),
    # Addresses that open a person's card or a group.
    Sought(
        SOCIAL,
        either(
            "u.wechat.com|work.weixin.qq.com|weixin://|qm.qq.com|jq.qq.com|wpa.qq.com|qun.qq.com|//t.me|//wa.me|tencent://"
        ),
        r"(?:(?:u\.wechat|(?:work\.weixin|qm|jq|wpa|qun)\.qq)\.com|//(?:t|wa)\.me)/|(?:weixin|tencent)://",
    ),
)
_FILINGS = (
    Sought(FILING, either("b1-|b2-"), r"(?<![a-z0-9])b[12]\s*-\s*(?:19|20)[0-9]{6}(?![0-9])"),
    Sought(FILING, either("icp备|icp证"), r"icp\s*[备证][^0-9]{0,6}[0-9]{6,10}"),
    Sought(FILING, ("公网安备",), r"公\s*网\s*安\s*备[^0-9]{0,6}[0-9]{8,15}"),
)
SIEVE = Sieve(*_IDENTITIES, *_MAILS, *_WECHATS, *_QQS, *_OTHER_ACCOUNTS, *_FILINGS, *ADDRESSES)


def find_contacts(text: str) -> tuple[Sighting, ...]:
    """The kinds of contact data in a text, each once."""
    return () if is_without(text, CONTACTS) else _find(text)


@lru_cache(maxsize=256)
def _find(text: str) -> tuple[Sighting, ...]:
    seen = legible(text)
    found, all_runs = SIEVE.kinds(seen), list(runs(seen))
    kinds: dict[str, None] = {}
    if IDENTITY in found or _holds_identity(seen, all_runs):
        kinds[IDENTITY] = None
    else:
        if lettered_phone(seen) or has_cut_mobile(seen):
            kinds[MOBILE] = None
        kinds.update(dict.fromkeys(phones(seen, all_runs)))
        if not kinds and has_international(seen):
            kinds[LANDLINE] = None
    kinds.update(dict.fromkeys(found))
    return tuple(Sighting(kind) for kind in kinds)
