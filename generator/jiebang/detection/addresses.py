"""Where somebody can be found: street and number, building in a park, village, postcode, a place after 地址.

路 ends many technical words (电路, 油路, 第二路), so what stands before it decides; parks and buildings need a number of their own.
"""

from __future__ import annotations

from jiebang.detection.sieve import Sought, either, joined

ADDRESS = "详细地址"

_NUMBER = r"[0-9〇零一二三四五六七八九十百两]{1,7}(?:\s*[-—–~之]\s*[0-9一二三四五六七八九十]{1,5})?"
NO_STREET = "电油管线回气水光磁流支旁通短开链铁公道断思套网液进出车多各每单双闭测采信频半走过沿两分子干桥母主副相总音视前后左右内外上下"
"""What before 路 makes a word of engineering, not a street."""
_HAN = "[\u4e00-\u9fff]"
# One character before it is as good as the whole name: to look for the longest costs much and finds nothing else.
STREET = rf"(?:(?<={_HAN})(?:大道|大街|胡同|里弄|环路|马路|[老新南北东西中前后正]街|街(?!道|区|景)|巷(?!道))|(?<=[^\W\d_a-z{NO_STREET}])(?<!第.)路)"
VILLAGE = rf"(?<={_HAN})(?:镇|乡|村|街道|社区)"
_PART = "(?:[东西南北中]|[东西南北中一二三四五六七八九十]+[段路街巷]|延长线|支路|辅路)?"
_PARKS = "产业园|科技园|工业园|软件园|创业园|创新园|物流园|孵化园|园区|科技城|开发区|高新区|小区|花园|新村|社区"
_PARK = f"(?:{_PARKS})"
_BUILDINGS = "大厦|广场|写字楼|公寓|商务楼|办公楼|科研楼|大楼|创业中心|孵化器|国际中心|商务中心|科技中心"
_BUILDING = f"(?:{_BUILDINGS})"
_PLACE = "省市区县镇乡村路街道园"
_DOOR = "号(?!线|机|泵|阀|炉|桩|标段|楼?板|开关|接头|杆|断路|节点|道岔|桥|井|舱|柜|罐|塔|站)"
"""号 as the end of an address, not as that of a numbered machine or part."""
_DIGITS = "0123456789〇零一二三四五六七八九十百两"
ADDRESSES = (
    Sought(
        ADDRESS,
        # A street, a part of it, or a prefix of its number stands right before the number.
        joined("道街同弄路巷东西南北中段线特附甲乙", _DIGITS),
        rf"{STREET}{_PART}\s*(?:特|附|甲|乙)?\s*{_NUMBER}\s*(?:弄\s*{_NUMBER}\s*)?(?:号(?!线|机组|文|泵|阀|炉|桩|标段)|弄)",
        beside=either("号|弄"),
    ),
    Sought(
        ADDRESS,
        either(_PARKS),
        rf"{_PARK}{_HAN}{{0,4}}?\s*(?:[a-z]\s*)?(?:{_NUMBER}\s*)?(?:[a-z]\s*)?(?:[栋幢](?!楼宇|建筑)|号楼|号院|单元)"
        rf"|{_PARK}\s*{_NUMBER}\s*{_DOOR}"
        rf"|{_PARK}\s*[a-z][0-9]?\s*[-区座]\s*[0-9]*",
    ),
    Sought(ADDRESS, ("门牌",), rf"门\s*牌[^0-9]{{0,4}}{_NUMBER}\s*号"),
    Sought(
        ADDRESS,
        either(_BUILDINGS),
        rf"{_BUILDING}\s*(?:[a-z东西南北]\s*[0-9]?\s*座|{_NUMBER}\s*(?:号楼|栋|幢|室)|[a-z]?\s*{_NUMBER}\s*[楼层](?!以|高|及))",
    ),
    Sought(
        ADDRESS,
        either("交叉口|交汇处|交会处|路口"),
        rf"{_HAN}{{2,6}}[路街道]\s*[与和及]\s*{_HAN}{{2,6}}[路街道]\s*(?:的)?\s*(?:交叉口|交汇处|交会处|路口)",
    ),
    Sought(
        ADDRESS,
        joined(_DIGITS, "号组"),
        rf"{VILLAGE}{_HAN}{{0,8}}?\s*{_NUMBER}\s*(?:{_DOOR}|组(?![\u4e00-\u9fff])|组\s*[0-9]+\s*号)",
        beside=either("镇|乡|村|街道|社区"),
    ),
    Sought(
        ADDRESS,
        either("邮编|邮政编码"),
        r"邮\s*(?:政\s*编\s*码|编)[^0-9]{0,4}[0-9]{3}[\s-]?[0-9]{3}(?![0-9])",
    ),
    Sought(
        ADDRESS,
        either("地址|住址|厂址|寄至|寄到|寄送至|寄送到"),
        rf"(?:地\s*址|住\s*址|厂\s*址|寄\s*(?:送\s*)?(?:至|到))\s*(?:[:]|为|是|在)?\s*{_HAN}{{2,8}}[{_PLACE}]",
    ),
)
"""Whatever holds an address that leads to somebody's door, as a reader sees it."""
