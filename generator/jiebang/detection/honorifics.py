"""People named by an honorific (张总, 李工) or announced as somebody to be contacted (联系人).

工 and 总 end many technical words, so a surname has to stand at the beginning of a word, and the honorific at the end of one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from jiebang.detection.innocent import PEOPLE, is_without
from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.normalisation import as_seen, visible
from jiebang.detection.sieve import Sieve, Sought, either, joined
from jiebang.memory import remembered

CONTACT, HONORIFIC = "联系人", "称呼"

_COMPOUND = "欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|南宫|东方|独孤|长孙|宇文"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史"
    "陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟"
    "艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位"
)
_PINYIN = (
    "zhang|wang|li|liu|chen|yang|huang|zhao|wu|zhou|xu|sun|ma|zhu|hu|guo|he|lin|gao|luo|zheng|liang|xie|song|tang|han|feng|deng|cao|peng|zeng|xiao|tian|dong"
    "|pan|yuan|cai|jiang|yu|du|ye|cheng|wei|su|lu|lv|ding|ren|yao|shen|zhong|cui|tan|fan|liao|shi|jin|jia|xia|fu|fang|zou|xiong|bai|meng|qin|qiu|hou|yin|xue"
    "|yan|duan|lei|long|tao|mao|hao|gu|gong|shao|wan|qian|dai|mo|kong|xiang|kang|wen|shang|niu|ge|xing|qi|wan|ouyang"
)
"""Surnames in Latin letters."""
_TITLES = "高工|总师|总工|总监|总经理|副总|总|工程师|工|经理|主任|部长|厂长|所长|院长|校长|会长|理事长|处长|科长|局长|队长|组长|老师|先生|女士|小姐|博士|教授|师傅|董事长|董|秘书|主管|助理|书记|院士|主席|首席|律师|总裁|哥|姐|sir"
_GAP = r"[\s·.*_\-—]{0,2}"
_ANNOUNCED = "请找由给致问寻洽叫询与和跟向同让经寄送交"
_GOES_ON = "电手联微负处那的或、，。；：！？）(（,.;:!?)收转洽谈提供来去"
_LEADS = "团队|课题组|牵头|主持|带领|带队|对接|主导"
_ENDED = (
    rf"(?:(?:{_TITLES})(?=$|[^\u4e00-\u9fffa-z0-9]|[{_GOES_ON}]|\s*[0-9+]{{5,}}|{_LEADS})"
    # 处 is a title only of somebody who does something.
    r"|处(?=牵头|主持|带领|带队|负责|电话|手机|您))"
)
_FIRST_OF_TITLES = "".join(dict.fromkeys(title[0] for title in [*_TITLES.split("|"), "处"]))
TITLED = LazyPattern(rf"[{_FIRST_OF_TITLES}](?<=(?={_ENDED}).)", re.MULTILINE)
"""Where the end of what follows begins: without it there is no honorific, and to look for it is quick, as each letter is first held to those
that titles begin with."""
_NO_NAMES = (
    "方案|方式|方法|方便|方向|方面|单位|时间|时段|高级|高等|高校|高[点程低处度差温压速频]|成果|成本|成员|安全|项目|金额|车间|简介|全[称职体部]|应届|支持|支付|平台|部门|终端|产品|应用|管理|程序|通[信讯]|公司"
    "|路径|党[委员]|何[时处人]|司[机法]|经[营理]|官[方网]|文[档件字本献]|江[苏南北西]|安徽|温[州度控]|贵[方司校]|农户|华[中东南北]|水电|习惯"
)
"""Words that begin like names: 方 and 单 are surnames as well."""
_TRADES = "焊木钳电瓦铆钣漆铣磨镗刨铸锻架"
_OF_TRADES = rf"[金石车陶管农]工(?:[、/和]\s*[\u4e00-\u9fff]工)*[、/和]\s*[{_TRADES}]工"
_BEHIND_TRADES = rf"(?<![{_TRADES}]工[、/和])(?<![{_TRADES}]工[、/和].工[、/和])"
"""金工、焊工、车工 are trades, of which some sound like names; 石 is one of several only beside such that do not."""
_NO_PLACES = "[何高单时余明边]处"
_LETTERED_TITLES = "总工|总监|总经理|总|工|经理|主任|老师|先生|女士|博士|教授|院长|部长|处长|所长"
_NO_SUM = r"(?!总\s*(?:[=≤≥<>≈~±+*/÷×^-]|[0-9]|的|[为是约不大小超]))"
"""L总 may be a length."""
_FIRMS = "我司|我方|我厂|我部|我院|我所|本厂|公司|单位|企业|集团"
"""Before somebody of the firm: 我司王工, not 公司高工 and 单位施工."""
NAMED = LazyPattern(
    rf"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[{_ANNOUNCED}])|(?<=联系|咨询|找到|负责|人是|人为|电话|经办|对接|微信|手机|致电|牵头)|(?<={_FIRMS})(?![高施]工))"
    rf"(?:(?!{_OF_TRADES}){_BEHIND_TRADES}(?!{_NO_PLACES})(?:{_COMPOUND}|[{SURNAMES}]){_GAP}{_ENDED}"
    # With a given name between only where few other words end so.
    rf"|(?!{_NO_NAMES})(?:{_COMPOUND}|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}(?=博士|教授|老师|先生|女士|小姐|师傅|院士){_ENDED})"
    # The surname in Latin letters, or its first one.
    rf"|(?<![a-z0-9_.-])(?:(?:{_PINYIN}){_GAP}|[a-z]\s?{_NO_SUM}(?={_LETTERED_TITLES})){_ENDED}",
    re.MULTILINE,
)
_BEGINS = r"(?:^|(?<=[^\u4e00-\u9fffa-z]))"
_NAME = rf"(?:{_COMPOUND}|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_ENDS = r"(?![\u4e00-\u9fffa-z0-9])"
_PERSONS = "负责人|对接|联系|联络|姓名|主管|收件人|接口人|牵头人|经理|电话|手机|微信"
"""Words before a colon and a name."""
_FAMILIAR = rf"[老小](?![车时于米麦段班单项管包师支门农])[{SURNAMES}]"
"""老张, 小王; not 小车, 小时, 老师."""
_CALLS = "联系|致电|咨询|询问|请找|请问|找"
_PEOPLE = (
    # The name is the whole of what stands behind the colon, or behind the call to write to somebody.
    Sought(
        HONORIFIC,
        joined(either(_PERSONS), ":"),
        rf"(?:{_PERSONS})\s*:\s*(?!{_NO_NAMES})(?P<name>{_NAME}){_ENDS}",
    ),
    Sought(
        HONORIFIC,
        joined(either(_CALLS), (*either(_COMPOUND), *SURNAMES, "老", "小")),
        rf"(?:{_CALLS})(?!{_NO_NAMES})(?:(?P<name>{_NAME})|[老小][{SURNAMES}]){_ENDS}",
    ),
    Sought(
        HONORIFIC,
        joined(either(_TITLES), ")"),
        rf"{_BEGINS}(?!{_NO_NAMES})(?P<name>{_NAME})\s*\([^()]{{0,8}}(?:{_TITLES})\s*\)",
        beside=("(",),
    ),
    Sought(
        HONORIFIC,
        either("mr.|mrs.|dr.|prof.|mr|mrs|professor"),
        r"(?<![a-z0-9])(?:(?:mrs?|dr|prof)\s*\.|mrs?(?=\s)|professor(?=\s))\s*[a-z]{2,}",
    ),
    Sought(
        HONORIFIC,
        # ms are milliseconds, so a surname has to follow.
        joined(("ms", "ms.", "dr", "prof"), sorted({name[0] for name in either(_PINYIN)})),
        rf"(?<![a-z0-9])(?<![0-9]\s)(?:(?:ms|dr|prof)\s+|ms\s*\.\s*)(?:{_PINYIN})(?![a-z0-9])",
    ),
    Sought(
        HONORIFIC,
        either("牵头|负责|带队|主持|跟进|对接|联系|答疑"),
        rf"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[由请找让给问和与跟向同归])|(?<=联系|对接|咨询)){_FAMILIAR}(?:牵头|负责|带队|主持|跟进|对接|联系|答疑)",
        beside=("老", "小"),
    ),
    Sought(
        HONORIFIC,
        joined(either("联系|致电|咨询|询问|找|问|对接|由"), "老小"),
        rf"(?:联系|致电|咨询|询问|找|问|对接|由)\s*{_FAMILIAR}(?:{_ENDS}|(?=[要拿取即领就]|确认|索取|牵头|负责))",
    ),
)
_NO_DATA = "(?!(?:信息|字段|数据)?(?:的)?(?:自动|智能|批量)?(?:抽取|识别|提取|脱敏|采集|校验|检索|去重|加密))"
"""What a program does with data of people."""
SIEVE = Sieve(
    *_PEOPLE,
    Sought(
        CONTACT,
        either(
            "联系人|联络人|联系电话|联系方式|对接人|经办人|法人代表|法定代表人|项目负责人|lianxiren|contactperson|contact:"
        ),
        rf"(?:联\s*系\s*人(?!脸|工(?:客服|智能|座席|坐席|服务|干预))|联\s*络\s*人|联\s*系\s*电\s*话|联\s*系\s*方\s*式){_NO_DATA}"
        r"|对\s*接\s*人(?![机脸体形群像口行社民工才力]|员(?:定位|管理|通行|出入|进出|考勤|识别|档案|轨迹|安全|闸))|经\s*办\s*人|法\s*人\s*代\s*表(?!证)|法\s*定\s*代\s*表\s*人(?!证)|项\s*目\s*负\s*责\s*人\s*[:：]"
        r"|(?<![a-z])lian\s*xi\s*ren|contact\s*(?:person|:)",
    ),
)


_OFFICES = "主任科员|科员|调研员|书记|干事|职员|股长|经办人|审查人|审核人|保密员|负责人|同志|领导|本人|签字|签名"
"""What stands beside a name in an office's papers, but is no sign of a person in running text."""
_LONG_TITLES = "|".join(title for title in _TITLES.split("|") if len(title) > 1)
_RANK = "(?:副|正|原|代)?(?:[一二三四]级)?"
_BEHIND_A_NAME = LazyPattern(rf"(?<=..){_RANK}(?:{_OFFICES}|{_TITLES})$")
_BEFORE_A_NAME = LazyPattern(rf"^{_RANK}(?:{_OFFICES}|{_LONG_TITLES})(?=..)")


@remembered(4096)
def without_honorific(name: str) -> str:
    """A person's name without titles and politeness around it: `科长张甲`, `张甲同志` → `张甲`. Two letters at least stay.

    Names in Latin letters keep them. Expects what `fold` gives, where the last letter of 女士 and 博士 is another.
    """
    bare = name.replace("女土", "女士").replace("博土", "博士")
    while not bare.isascii():
        shorter = _BEFORE_A_NAME.compiled.sub("", _BEHIND_A_NAME.compiled.sub("", bare))
        if shorter == bare:
            break
        bare = shorter
    return bare


@cache
def _words_like_names() -> frozenset[str]:
    from jiebang.detection.tables.words_like_names import WORDS_LIKE_NAMES

    lines = (line.split(" ") for line in WORDS_LIKE_NAMES.split("\n"))
    return frozenset(first + rest for first, *every in lines for rest in every)


def _names_somebody(seen: str) -> bool:
    """Whether what has a name's shape and place is not an everyday word."""
    return any(
        match.groupdict().get("name") not in _words_like_names()
        for one in _PEOPLE
        for match in one.compiled.finditer(seen)
    )


def find_honorifics(text: str) -> tuple[str, ...]:
    """联系人 and 称呼, each once, where a text has them."""
    return () if is_without(text, PEOPLE) else _find(text)


@lru_cache(maxsize=256)
def _find(text: str) -> tuple[str, ...]:
    seen = visible(as_seen(text))
    kinds = SIEVE.kinds(seen)
    if HONORIFIC in kinds and not _names_somebody(seen):
        kinds.remove(HONORIFIC)
    if HONORIFIC not in kinds and TITLED.compiled.search(seen) and NAMED.compiled.search(seen):
        kinds.append(HONORIFIC)
    return tuple(kinds)
