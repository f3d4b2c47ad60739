"""联系人及职务 in one cell: a name and a position, told apart only where something parts them and only one of the two can be the name."""

from __future__ import annotations

import re

from jiebang.forms.reading.text import Unclear, is_without_content, narrow, one_line

_POSITIONS = [
    "经理",
    "主任",
    "部长",
    "总监",
    "总裁",
    "总",
    "工程师",
    "架构师",
    "设计师",
    "分析师",
    "会计师",
    "经济师",
    "主管",
    "专员",
    "专责",
    "专工",
    "助理",
    "秘书",
    "科长",
    "处长",
    "厂长",
    "所长",
    "院长",
    "校长",
    "局长",
    "组长",
    "队长",
    "班长",
    "副总",
    "董事长",
    "董事",
    "书记",
    "会计",
    "出纳",
    "文员",
    "负责人",
    "干事",
    "主席",
    "代表",
    "顾问",
    "教授",
    "研究员",
    "职员",
    "员工",
    "博士",
    "老师",
    "师傅",
    "工",
    "站长",
    "室主任",
    "科员",
    "经办人",
    "法务",
    "财务",
    "行政",
    "人事",
    "销售",
    "技术员",
    "员",
    "长",
    "先生",
    "女士",
    "小姐",
]
_POSITION = re.compile(rf"(?:{'|'.join(sorted(_POSITIONS, key=len, reverse=True))})\Z")
_NAME = re.compile(
    r"[\u4e00-\u9fff\u3400-\u4dbf]{2,4}\Z|[\u4e00-\u9fff]{1,12}(?:[·•][\u4e00-\u9fff]{1,12}){1,4}\Z|[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*){1,4}\Z"
)
_NO_NAME = re.compile(
    r"(?:部|室|处|科|组|中心|办|厂|公司|院|所|局|级|司|区|岗|门|线|班|站|队)\Z"
    r"|\A(?:项目|技术|销售|市场|生产|行政|财务|人力|研发|采购|质量|品质|运营|商务|产品|综合|法务|安全|工程|设备|信息|计划|战略|投资|对外|副|常务|执行|首席|区域|人事|后勤|科技|外贸|国际|党|工会|助理)"
)
"""A department or rank without a name: `技术部 主任`, `高级 经理`."""
_LATIN_POSITION = re.compile(
    r"(?:Manager|Director|CEO|CTO|CFO|COO|Engineer|President|Secretary|Assistant|Supervisor|Officer|Specialist|Chairman|GM|VP)\Z",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[^\s@]{0,64}@[^\s@]{0,255}|[(（]?\+?[0-9][0-9()（） +-]{3,}[0-9](?:转[0-9]+)?")
"""A telephone or mailbox: no part of a name or position."""
_NOBODY = {"姓名", "职务", "待定", "未定", "待补", "空缺", "不详", "保密"}
_LABELS = re.compile(r"(?:(?<=\A)|(?<=[\s、，,；;]))(?:姓\s*名|职\s*务)\s*[:：]")
_GAP = re.compile(r"\s*[/／、，,；;|：:（(）)]\s*|\s+")
_LONGEST = 4
"""Characters of a Chinese name."""
_SPACED = re.compile(rf"[\u4e00-\u9fff](?: +[\u4e00-\u9fff]){{1,{_LONGEST - 1}}}")
_HINT = "对照原件，把姓名和职务分开填写。"


def _is_name(text: str) -> bool:
    if is_without_content(text) or text in _NOBODY:
        return False
    position = _POSITION.search(text) or _NO_NAME.search(text) or _LATIN_POSITION.search(text)
    return bool(_NAME.match(text)) and not position


def person(text: str) -> str | Unclear:
    """One person's name and nothing else; `张 三` is 张三."""
    plain = one_line(text)
    if _SPACED.fullmatch(plain):
        plain = plain.replace(" ", "")
    if _is_name(plain):
        return plain
    return Unclear("看不出是不是一个人的姓名，或带有别的文字。", "对照原件填写姓名。")


def numbers_in(text: str) -> str:
    """The telephones and mailboxes beside a name; empty for none."""
    return " ".join(found.strip() for found in _NUMBER.findall(narrow(text)))


def _joined(parts: list[str]) -> str:
    """A position in its parts; 部 长 is 部长."""
    spaced = next((at for at in range(len(parts)) if all(len(part) == 1 for part in parts[at:])), len(parts))
    return " ".join([*parts[:spaced], *(["".join(parts[spaced:])] if spaced < len(parts) else [])])


_BEFORE_A_POSITION = {"副", "兼", "原", "正"}


def _may_go_on(behind: list[str]) -> bool:
    """Whether the letter behind a name may be its last: 欧阳 娜 主任. Letters of a position stand apart from each other to its end."""
    alone = re.fullmatch("[\u4e00-\u9fff]", behind[0])
    return bool(alone) and behind[0] not in _BEFORE_A_POSITION and any(len(part) > 1 for part in behind)


def name_and_position(text: str) -> tuple[str, str] | Unclear:
    """(name, position); the position is empty where only a name was given."""
    text = _LABELS.sub(" ", text)
    numbered = bool(numbers_in(text))
    if numbered:
        text = _NUMBER.sub(" ", narrow(text))
    if (latin := re.fullmatch(r"\s*([A-Z][a-z]+ [A-Z][a-z]+)[ ,]+(\w+)\s*", text)) and _LATIN_POSITION.match(latin[2]):
        return latin[1], latin[2]
    alone = person(text)
    if isinstance(alone, str) and numbered:
        return Unclear("带有号码或邮箱，没有写职务。", _HINT)
    if isinstance(alone, str):
        return alone, ""
    parts = [part for part in _GAP.split(text.strip(" _\n\u3000")) if part]
    letters = next((at for at, part in enumerate(parts) if len(part) > 1), 0)
    if 1 < letters <= _LONGEST:
        # 李 四 技术部主任
        parts = ["".join(parts[:letters]), *parts[letters:]]
    parts = [part for part in parts if part not in {"男", "女"}]
    if len(parts) < 2:
        return Unclear("姓名和职务写在一起，分不开。", _HINT)
    names = [number for number, part in enumerate(parts) if _is_name(part)]
    if names == [0] and _POSITION.search(_joined(parts[1:])) and not _may_go_on(parts[1:]):
        return parts[0], _joined(parts[1:])
    if names == [len(parts) - 1] and _POSITION.search(parts[-2]):
        return parts[-1], " ".join(parts[:-1])
    return Unclear("看不出哪部分是姓名、哪部分是职务。", _HINT)
