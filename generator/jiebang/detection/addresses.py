"""Where somebody can be found: street and number, building in a park, village, postcode, a place after 地址.

路 ends many technical words (电路, 油路, 第二路), so what stands before it decides; parks and buildings need a number of their own.
"""

from __future__ import annotations

from string import ascii_lowercase

from jiebang.detection.sieve import Sought, either, joined

ADDRESS = "详细地址"

_DIGITS = "0123456789〇零一二三四五六七八九十百两壹贰叁肆伍陆柒捌玖拾佰"
_NUMBER = rf"[{_DIGITS}]{{1,7}}(?:\s*[-—–~之]\s*[{_DIGITS}]{{1,5}})?"
NO_STREET = "电油管线回气水光磁流支旁通短开链铁公道断思套网液进出车多各每单双闭测采信频半走过沿两分子干桥母主副相总音视前后左右内外上下"
"""What before 路 makes a word of engineering, not a street."""
_HAN = "[\u4e00-\u9fff]"
MINES = "(?<!回风)(?<!进风)(?<!排风)(?<!运输)(?<!采煤)(?<!运煤)(?<!溜煤)(?<!掘进)(?<!回采)(?<!轨道)(?<!皮带)(?<!胶带)(?<!联络)(?<!瓦斯)(?<!开拓)(?<!抽采)"
"""What before 巷 makes a part of a mine."""
# One character before it is as good as the whole name: to look for the longest costs much and finds nothing else.
STREET = rf"(?:(?<={_HAN})(?:大道|大街|胡同|里弄|环路|马路|[老新南北东西中前后正]街|街(?!道|区|景)|{MINES}巷(?!道))|(?<=[^\W\d_a-z{NO_STREET}])(?<!第.)路)"
VILLAGE = rf"(?<={_HAN})(?:镇|乡|村|街道|社区)"
_PART = "(?:[东西南北中]|[东西南北中一二三四五六七八九十]+[段路街巷]|延长线|支路|辅路)?"
_STREET_ENDS = "道街同弄路巷东西南北中段线"
_PARKS = "产业园|科技园|工业园|软件园|创业园|创新园|物流园|孵化园|园区|科技城|开发区|高新区|小区|花园|新村|社区"
_PARK = f"(?:{_PARKS})"
_BUILDINGS = "大厦|广场|写字楼|公寓|商务楼|办公楼|科研楼|大楼|创业中心|孵化器|国际中心|商务中心|科技中心"
_BUILDING = f"(?:{_BUILDINGS})"
_PLACE = "省市区县镇乡村路街道园"
_PARTS = "信号|轴|模块|传感器|板|通道|支架|探头|测点|端口|接口|线圈|电机|电缆|支管|变电|配电|换热|污水|雨水|泵站|泵房|地块|储能|充电|光伏|气化|热力|桥(?![头东西南北])|井(?![岗冈])|墩|匝道|隧道|路灯|闸|涵"
_NOT_OF_WORKS = f"(?!{_HAN}{{0,8}}(?:厂|公司|集团|大厦|楼|园|院|中心))"
_ON_A_STREET = f"号(?!(?:线|机组|文(?!化|体)|泵|阀|炉|桩|标段|{_PARTS}){_NOT_OF_WORKS})"
_DOOR = f"号(?!(?:线|机|泵|阀|炉|桩|标段|楼?板|开关|接头|杆|断路|节点|道岔|桥|井|舱|柜|罐|塔|站|{_PARTS}|楼(?:加装|改造|电梯|屋面|外墙|供)){_NOT_OF_WORKS})"
"""号 as the end of an address, not as that of a numbered machine, part or plant; 8 号轴承厂 is one again."""
_IN_A_ROW = r"(?![\u4e00-\u9fff])|(?=[院附内旁东西南北甲乙]|楼(?!宇))"
"""What follows 号 or 栋 where nothing else tells that it is an address."""
_NO_ROAD_NUMBER = NO_STREET + "出入号道持用量频共有为达每第和与的含是到至个以配置接从在由做成计约各种任某变控供送光网"
_BLOCK = rf"(?:[a-z]\s*-?\s*{_NUMBER}|{_NUMBER}|[a-z])\s*[栋幢]"
_SITES = "港|基地|中心|总部|城|园|谷|苑|府|湾|公馆|广场|大院|天地"
ADDRESSES = (
    Sought(
        ADDRESS,
        # A street, a part of it, or a prefix of its number stands right before the number.
        joined(f"{_STREET_ENDS}特附甲乙", _DIGITS),
        rf"{STREET}{_PART}\s*(?:特|附|甲|乙)?\s*{_NUMBER}\s*(?:弄\s*{_NUMBER}\s*)?(?:{_ON_A_STREET}|弄)",
        beside=either("号|弄"),
    ),
    # The number of the house in brackets, or that of the street.
    Sought(
        ADDRESS,
        joined(_STREET_ENDS, "("),
        rf"{STREET}{_PART}\s*\(\s*{_NUMBER}\s*\)\s*{_ON_A_STREET}",
        beside=("号",),
    ),
    Sought(
        ADDRESS,
        (")路", *joined("0123456789", "路街道巷")),
        rf"{_HAN}(?<![{_NO_ROAD_NUMBER}])\s*(?:\(\s*[{_DIGITS}]{{1,3}}\s*\)\s*路|[0-9]{{1,2}}\s*[路街道巷]){_PART}\s*(?:\(\s*{_NUMBER}\s*\)|{_NUMBER})\s*号(?:{_IN_A_ROW})",
        beside=("号",),
    ),
    Sought(
        ADDRESS,
        joined(_STREET_ENDS, _DIGITS),
        # Without 号 only where nothing but a place can be meant: a name by itself and a long number, or a place before it.
        rf"(?:(?:^|[^\w\s]|[于在至]|[省市区县镇址])\s*{_HAN}{{1,4}}(?<![一二三四五六七八九十百千两几数])(?:{STREET}){_PART}\s*[1-9][0-9]{{2,4}}(?=\s*(?:$|[,。;、)\n]))"
        rf"|(?:位于|地处|坐落|地址|[省市区县])[^,。;]{{0,8}}?(?:{STREET}){_PART}\s*[1-9][0-9]{{0,4}}(?=\s*(?:$|[,。;、)\n])))",
    ),
    Sought(
        ADDRESS,
        either("rd|road|avenue|ave|street|boulevard|blvd|dadao"),
        r"(?<![a-z])(?:no\s*\.?|number|#)\s*[0-9]{1,5}\s*,?\s*(?:[a-z]+\.?\s+){1,4}(?:rd|road|avenue|ave|street|boulevard|blvd|dadao)(?![a-z])"
        r"|[0-9]{1,5}\s*,?\s+(?:[a-z]{3,}\s+){1,3}(?:rd|road|avenue|ave|street|boulevard|blvd|dadao)\s*\.?\s*,\s*[a-z]{3,}"
        r"|[a-z]{3,}\s+(?:rd|road|avenue|ave|street|boulevard|blvd|dadao)\s*\.?\s*,?\s*no\s*\.?\s*[0-9]",
    ),
    Sought(
        ADDRESS,
        either(_PARKS),
        rf"{_PARK}{_HAN}{{0,4}}?\s*(?:[a-z]\s*)?(?:{_NUMBER}\s*)?(?:[a-z]\s*)?(?:[栋幢](?!楼宇|建筑)|号楼(?!加装|改造|电梯|屋面|外墙|供)|号院|单元(?!楼|房|改造))"
        rf"|{_PARK}\s*{_NUMBER}\s*{_DOOR}"
        rf"|{_PARK}\s*[a-z][0-9]?\s*[-区座](?!管|域|间|网|块|污|雨|供|光|储|综)\s*[0-9]*",
    ),
    Sought(
        ADDRESS,
        joined(f"{_DIGITS}{ascii_lowercase}", "栋幢"),
        rf"(?:{_SITES})\s*(?:[a-z]\s*-?\s*{_NUMBER}\s*[栋幢]|(?:{_NUMBER}|[a-z])\s*[栋幢](?:{_IN_A_ROW}|(?=\s*[{_DIGITS}])))"
        rf"|{_BLOCK}\s*(?:{_NUMBER}\s*单元\s*)?{_NUMBER}\s*室",
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
