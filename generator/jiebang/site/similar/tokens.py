"""What separates words in the texts of demands, and words that say nothing of a demand's matter.

Chinese is written without spaces. Terms are found by counting (see `terms`), and these phrases only cut the texts where no term can go on:
the stock phrases of a specification, never a piece of a technical word (在线, 无卤, 不锈钢 stay whole).
"""

from __future__ import annotations

import re
import unicodedata


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CUTS = _listed(
    "不低于 不高于 不大于 不小于 不少于 不多于 不超过 不得 不能 不含 不应 低于 高于 大于 小于 少于 多于 超过 以上 以下 以内 左右 之间 "
    "用于 适用 属于 位于 基于 由于 关于 对于 其中 包括 以及 或者 并且 并能 能够 可以 可用 需要 必须 应当 分别 同时 要求 满足 达到 符合 "
    "采用 采购 使用 利用 通过 进行 实现 完成 提供 给出 具有 具备 保持 保证 确保 支持 解决 改进 改善 优化 造成 引起 装在 装入 "
    "提高 提升 降低 减少 增加 下降 升高 替代 代替 取代 研制 研发 开发 建立 形成 设计 "
    "现有 现用 目前 当前 国外 进口 国产 境外 现场 一款 一种 一套 一台 一项 一批 一个 一名 两个 三个 每个 单个 个月 年内 分之一 分之 "
    "平均 全部 所有 任意 之一 之内 之后 之前 主要 重点 难点 有效 良好 稳定 可靠 明显 较大 较小 最大 最小 合格 企业 发榜 揭榜 双方 方案 问题 "
    "的 了 和 与 及 或 被 把 将 其 该 等"
)
_BETWEEN = re.compile(f"({'|'.join(sorted(map(re.escape, _CUTS), key=lambda cut: (-len(cut), cut)))})")
_SPACES = {cut: " " * len(cut) for cut in _CUTS}

# What no term begins or ends with: words of grammar that counting alone would leave hanging on. 在线 is the one exception.
_NOT_FIRST = frozenset("不为用个会使让很更较该所本在是有并且也还又均")
_NOT_LAST = frozenset("不为用在可无能是有并且也还又均上下中内外时后前个每一")
_NOT_FIRST_OF_THREE = frozenset("上下中内外时后前期面")
_SOUND = frozenset({"在线", "在线检测", "在线监测", "在线识别"})
# What every specification says, whatever it is about.
GENERIC = _listed(
    "成本 价格 单价 费用 综合成本 时间 误差 工作 运行 自动 连续 质量 温度 强度 能力 变化 系统 材料 人员 生产 环境 条件 一次 一致 一致性 更换 寿命 "
    "万元 完整 单位 适应 位置 数据 输出 输入 面积 厚度 长度 宽度 高度 直径 半径 外径 内径 速度 周期 装配 设备 构件 组件 损坏 直接 单件 匹配 配套 "
    "验证 试验 测试 检验 样件 样品 产品 工艺 技术 性能 功能 指标 结构 表面 数量 次数 范围 比例 方法 标准 批量 小批量 量产 产线 整机 使用寿命 "
    "循环 冲击 重复性 适应性 均匀性 可回收 早期 局部 中心 深度 程序 控制 格式 软件 目标 信号 供电 压力 噪声"
)

FIRST_HAN = 0x4E00

# A name of Latin letters, with the number that belongs to it: OPC UA is two, UL 94 and GB/T 1040.2 are one, V-0 is one.
# It begins with a letter, which is searched for much faster than a place where one may stand.
_LATIN = re.compile(r"([a-z](?<![a-z0-9].)[a-z]*(?:[-/+][a-z0-9]+)*)([ -]?[0-9]+(?:\.[0-9]+)*)?(?![a-z])")
_UNITS = _listed(
    "mm cm km nm um μm dm kg mg ug g t l ml h min ms us ns ps fs s d v kv mv a ma ka w kw mw gw wh kwh mwh va kva var j kj mj n kn mn "
    "pa kpa mpa gpa bar hz khz mhz ghz thz k db dbm dbi ppm ppb ppt wt vol mol mmol cd lx lm rpm cc cps cst hm gbps mbps kbps kb mb tb "
    "x y z r c e m φ ge le eq"
)
# Units by themselves, standards with a number: 微升 and UL 94, 吉字节 and GB 4789.2.
_UNITS_OR_STANDARDS = frozenset({"gb", "ul"})
_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def normal(text: str) -> str:
    """Full-width forms as ordinary ones; pages quote terms in this form."""
    return unicodedata.normalize("NFKC", text)


def folded(text: str) -> str:
    """A normal text without the difference of capital and small Latin letters; every character stays in its place."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.translate(_LETTERS)


def is_sound(term: str) -> bool:
    """Whether a string that counting found may be called a term."""
    if term in _SOUND:
        return True
    hanging = term[0] in _NOT_FIRST or term[-1] in _NOT_LAST or (len(term) > 2 and term[0] in _NOT_FIRST_OF_THREE)
    return not hanging and term not in GENERIC


def separated(text: str) -> str:
    """A folded text with a space in place of every character of a stock phrase."""
    parts = _BETWEEN.split(text)
    parts[1::2] = map(_SPACES.__getitem__, parts[1::2])
    return "".join(parts)


def is_unit(name: str) -> bool:
    """Whether a folded Latin word is a unit of measurement, or only says that a standard follows."""
    return _measures(name, None)


def _measures(name: str, number: str | None) -> bool:
    """Whether a name is a unit or a quotient of units (`g/10min`); what has a hyphen is the name of something (`v-0`)."""
    grown_together = number is not None and number.isalnum()  # pa6, but not mm2: powers are units too
    if "-" in name or (grown_together and number not in {"2", "3"}):
        return False
    parts = [part.strip("0123456789") for part in re.split("[/+]", name)]
    return all(part in _UNITS for part in parts) or (number is None and name in _UNITS_OR_STANDARDS)


def latin_terms(text: str) -> dict[str, int]:
    """Names in Latin letters of a folded text, without units of measurement, with the place where each stands first."""
    places: dict[str, int] = {}
    for found in _LATIN.finditer(text):
        if len(found[0]) > 1 and not _measures(found[1], found[2]):
            places.setdefault(found[0], found.start())
    return places
