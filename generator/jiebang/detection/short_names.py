"""How a town shortens its firms: 某市钢铁 → 某钢, 甲乙汽车 → 甲汽, 某市重型机床 → 某重, 某重机.

Two characters in a row are often a part of two words, so what is a word of everyday technical language is no short form, nor what begins
or ends inside of one.
"""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.name_variants import TRADES, Words

_EVERYDAY = """
电机 电气 电力 电子 电器 电池 电缆 电路 电压 电流 电源 电阻 电网 电动 电控 电解 电化 电镀 电极 电焊 电磁 电容 机械 机电 机床 机器 机车 机组 机油 机体 机构 机理 机型 机制 机动 机房 机身 机座 机架 机组 机能 主机 整机 样机
重工 重型 重量 重点 重力 重要 重新 重复 重载 重油 重心 重物 重合 重启 重大 轻工 轻型 轻量 化工 化学 化合 化肥 化纤 化验 化成 工业 工程 工艺 工具 工作 工件 工况 工位 工序 工厂 工装 工时 工段 工人 工种 施工 加工 精工 手工 人工
汽车 汽油 汽轮 汽化 汽缸 蒸汽 车辆 车间 车身 车架 车轮 车床 车桥 车型 车载 整车 钢铁 钢板 钢材 钢管 钢筋 钢丝 钢水 钢结 钢构 型钢 特钢 不锈 铁路 铁水 铁矿 铁芯 铁氧 铸铁 高铁 地铁 铸造 铸件 铸锻 锻造 锻件 船舶 船用 船体 造船
光电 光学 光纤 光谱 光刻 光源 光伏 光缆 光束 光栅 光路 光通 光模 光芯 激光 发光 光机 信息 信号 信道 通信 软件 硬件 软包 智能 智慧 智造 生物 生产 生态 生化 生成 医疗 医药 医用 药业 药物 药品 制药 制造 制品 制备 制动 制冷 制氢 制程 制约
材料 新材 新型 新能 新工 新药 新建 新旧 新品 能源 能量 能耗 能力 能效 性能 功能 节能 储能 可能 只能 才能 高能 环保 环境 环氧 循环 建设 建筑 建材 建工 建模 建立 设备 设计 设施 设置 装备 装置 装配 安装 包装 组装 封装 测控 测量 测试 检测 监测 测算 观测
仪器 仪表 精密 精度 精细 精加 精准 模具 模型 模块 模态 模组 规模 轴承 轴向 主轴 齿轮 阀门 阀业 泵业 水泵 水泥 水利 水电 水务 水质 水轮 水下 水分 水环 水处 航空 航天 航运 航行 轨道 导轨 交通 桥梁 冶金 有色 金属 合金 铝业 铝合 铝材 铜业 铜箔 陶瓷 玻璃 塑料 塑胶
橡胶 纺织 服装 印染 纸业 印刷 食品 饮料 农业 农机 种业 物流 贸易 投资 发展 产业 系统 部件 零件 家电 照明 显示 传感 传动 传输 自动 数控 数据 数字 数量 数值 参数 系数 函数 研究 研发 研制 研磨 服务 开发 科学 科技 科研 技术 技能 国际 国产 国家 国内 中国 中心 中间 中试 中等 中型 中压 中科 中药
其中 集中 空中 高温 高压 高速 高精 高度 高纯 高频 高分 高效 高工 高强 高质 高性 大型 大量 大气 大学 大小 大规 大功 大数 大机 小型 小时 长江 长期 长度 长距 长春 长沙 长安 长寿 东方 东风 东部 南方 南北 北方 北斗 西部 西方 海洋 海水 海工 海上 海量 上海 上升 上下 以上 天然 天线 天津 天气 天车
地面 地下 地铁 地质 地方 地区 安全 安装 安徽 不安 华中 华东 华南 江苏 江西 江南 湖北 湖南 河北 河南 山东 山西 广东 广西 武器 重庆 成都 北京 南京 北海 西安 东京 空中 空调 青年 青铜 示范 示例 示意 示波 提示 表示 指示 展示 标示 警示 一种 一定 一体 一次 一般 一致 第一 统一 唯一 单一 二次 第二 三维 第三 四川 五金 八角 九江
动力 动态 动作 动车 振动 驱动 自动 流动 移动 启动 波动 转动 运动 力学 力矩 压力 应力 张力 推力 电力 热力 热能 热处 热风 热工 发热 加热 导热 散热 冷却 冷机 真空 真机 气体 气动 气机 空气 天气 氢能 氢气 氢电 油气 石油 石化 石墨 煤化 燃气 燃料 燃机 风电 风机 风力 核电 核能 核机 水机 火电
成本 成形 成分 成果 集成 合成 总成 完成 形成 生成 组成 总体 总线 总量 总装 总工 集装 集团 集电 集控 股份 联合 联网 联机 物联 互联 联动 联轴 云计 云平 平台 平面 平均 水平 网络 网格 线路 线束 线缆 线圈 无线 在线 离线 产线 直线 曲线 生产 量产 投产 产品 产能 产量 实验 实现 实时 实际 试验 验证
人机 人员 无人 机人 虚机 微电 微机 微型 微米 显微 纳米 芯片 半导 导体 导航 导电 导弹 引导 制导 星载 卫星 恒星 船机 飞机 飞行 发动 电发 发电 发明 开关 开机 关机 待机 关键 关系 有关 相关 相机 相位 相对 耐磨 耐热 耐蚀 耐温 耐压 磨料 磨床 磨具 打磨 焊接 焊材 焊缝 切割 切削 刀具 刀片 刃具
表面 表征 代表 密封 密度 紧密 保密 国密 标准 标定 标识 目标 指标 坐标 质量 质检 物质 品质 介质 本质 材质 物料 物理 物流 货物 生物 废物 食物 控制 控温 监控 可控 数控 远控 控股 业务 专业 企业 行业 商业 林业 渔业 矿业 酒业 乳业 药业
"""
_WORDS = frozenset(_EVERYDAY.split()) | frozenset(trade for trade in TRADES if len(trade) == 2)
_LETTERS = LazyPattern("(?!.?[第号])[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_PIECE = 2
_DOING = "造制炼"
"""What is made comes second: 造船 is shortened to 船."""
_FEWEST_WORDS = 3
_LONGEST_OWN = 3


def _pieces(words: Words) -> list[str]:
    """A name's own words and trades, long ones cut in two characters each."""
    own = words.own
    pieces = [own] if len(own) <= _LONGEST_OWN else [own[at : at + _PIECE] for at in range(0, len(own), _PIECE)]
    return [*pieces, *words.trades]


def _all(words: Words) -> Iterator[str]:
    pieces = [piece for piece in _pieces(words) if piece]
    towns = [place[0] for place in words.places]
    firsts = [piece[0] for piece in pieces]
    for number, piece in enumerate(pieces):
        telling = {piece[0], *piece[1:2]} if piece[0] in _DOING else {piece[0]}
        for letter in telling:
            for town in towns:
                yield town + letter
            for first in firsts[: min(number, 2)]:
                yield first + letter
    if len(pieces) >= _FEWEST_WORDS:
        yield "".join(firsts)
    if len(pieces) >= 2:
        for town in towns:
            yield town + "".join(firsts)


def short_forms(words: Words, common: str) -> tuple[str, ...]:
    """The short forms of a name that are no words themselves."""
    return tuple(
        form for form in dict.fromkeys(_all(words)) if _tells(form) and form not in common and form not in words.places
    )


def _tells(form: str) -> bool:
    """Whether it is neither a word nor part of a number (第8, 三号)."""
    return form not in _WORDS and len(set(form)) > 1 and _LETTERS.compiled.fullmatch(form) is not None


def stands_alone(form: str, squashed: str) -> bool:
    """Whether a short form stands in a folded text and neither begins nor ends inside of a word."""
    at = squashed.find(form)
    while at >= 0:
        behind = at + len(form)
        begins_inside = at > 0 and squashed[at - 1 : at + 1] in _WORDS
        ends_inside = squashed[behind - 1 : behind + 1] in _WORDS
        if not begins_inside and not ends_inside:
            return True
        at = squashed.find(form, at + 1)
    return False
