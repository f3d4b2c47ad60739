"""Han characters of like shape (形近字) that are taken for one another at a glance: 未 and 末, 己 and 已.

They are different characters, each in use, so that no text is folded by them: only names are also looked for with one of their characters
changed. A list of our own, as Unicode's confusables hold shapes that are the same, not shapes that are nearly so.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

_GROUPS = """
己已巳 未末 土士 日曰 人入八 大太犬 天夭 千干于 午牛 王玉主 田由甲申 刀力 木本 禾木 戊戌戍成 戈弋 贝见 今令 免兔 历厉 户尸 仓仑 爪瓜 元无 并井开 古舌 史吏 旦且 亨享 侯候 茶荼
拔拨 洒酒 治冶 准淮 凌陵 折拆析 技枝 杨扬场 栋拣 晴睛 昌冒 明朋 崇祟 徒徙 科料 采彩 辩辨 杭抗 坏环坯 栗粟 粱梁 锋峰烽 铜桐 钢纲 铝铅 钧钩 锦棉绵 微徽 竞竟兢 幻幼 哀衷 宇字 宜宣 官宫 密蜜 弛驰
杆秆 杜社 林材 村材 柬束 籍藉 蓝篮 菅管 斤斥 丘乒兵 仿彷 壁璧 躁燥操澡 幕墓暮慕募 泰秦奏春 拓柘 玫攻 枢抠 抡轮 沧沦 伦沦论纶 玲铃冷伶 鹰膺 赢羸瀛 诸储 奥粤 旱早 吴昊 皓浩 晖辉 恒桓垣 汉汊 泮洋
淳谆醇 渝榆愉瑜 源原 滨宾 瀚翰 玖玫 珑胧 琅狼 瑞端 皖皎 矿旷 硅桂 福幅 秀莠 穗惠 竣峻骏俊 精清情晴 玮炜纬伟 络洛 唯维 舜粦 芝艺 苏芬 荣荥 莱菜 菱凌 虹江 裕俗 谊宜 豪毫 赵越 迅讯汛 通涌 遂逐 郎朗
鑫森 钛钦 钜矩 铂泊 铭络 闽闵 颖颍 鸿鸠 晶品 东车乐 亿忆 壮状 宏宠 宸辰晨 巨臣 帆巾 思恩 慧惠 斯期 普晋 智知 旋旅 杰烈 洲州 润闰 烨桦 灵录 坡波 炬矩 玺尔 垠银 岩炭 岚凤 凤风 晟盛 昱昊 楠南 橡像 淼森
焱森 熠翼 祺棋琪淇 琦绮 畅杨 卓阜 卫卩 韦书 升开 厂广 毓流 瀛赢 坤冲 铠凯 铖诚城 钰珏 钊钏 锐税 镁美 镭雷 霁齐 霖林 骅华 骐琪 麒琪
"""
"""Groups of characters, each taken for each other one of its group."""


@cache
def _alike() -> dict[str, str]:
    others: dict[str, str] = {}
    for group in _GROUPS.split():
        for character in group:
            known = others.get(character, "")
            others[character] = known + "".join(other for other in group if other not in known + character)
    return others


def with_one_alike(text: str) -> Iterator[str]:
    """A text with one of its characters changed for one that looks like it, in every way."""
    for place, character in enumerate(text):
        for other in _alike().get(character, ""):
            yield text[:place] + other + text[place + 1 :]
