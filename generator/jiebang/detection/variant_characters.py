"""Other shapes of one Han character, folded to the one in use: old and regional shapes, Japanese ones, radicals written for characters.

OpenCC knows the Japanese shapes; Unicode's compatibility forms are NFKC's. What neither has is listed here. A character that mainland
texts use themselves (GB 2312) is never folded by a library's word: 予 is no 豫 here, and 缶 no 罐.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_OLD_AND_REGIONAL = """
靑青 髙高 囯国 囻国 囶国 圀国 戶户 戸户 眞真 內内 黃黄 爲为 説说 脫脱 銳锐 稅税 悅悦 閱阅 錄录 録录 緑绿 綠绿 産产 產产 淸清 鄕乡 郷乡 鐡铁 銕铁 鉃铁 鎭镇 鎮镇 鋭锐
强强 強强 彊强 步步 歩步 每每 毎每 黑黑 黒黑 呂吕 宮宫 侶侣 硏研 姸妍 荊荆 刱创 剏创 剙创 羣群 峯峰 嵗岁 畧略 畱留 畄留 勳勋 勛勋 鼔鼓 皷鼓 啓启 啟启 唘启 焰焰
燄焰 熖焰 瞭了 煑煮 爕燮 牀床 猨猿 甎砖 塼砖 甖罂 栁柳 桺柳 梹槟 棊棋 碁棋 檪栎 櫟栎 汙污 汚污 洩泄 涼凉 減减 準准 凖准 湊凑 沖冲 決决 況况 淨净 浄净 滙汇 匯汇 彙汇
灋法 溫温 湼涅 澁涩 渋涩 濶阔 闊阔 濬浚 灔滟 潙沩 溈沩 鈎钩 鉤钩 鑛矿 礦矿 鉱矿 砿矿 鏽锈 銹锈 鑪炉 爐炉 炉炉 鉢钵 缽钵 錶表 鍾钟 鐘钟 锺钟 鈡钟 鋪铺 舖铺 鑑鉴 鑒鉴 鍳鉴
鑚钻 鑽钻 鋻坚 鎻锁 鎖锁 鏁锁 劒剑 劔剑 劍剑 釼剑 剱剑 臺台 檯台 颱台 坮台 壻婿 媿愧 姉姊 娬妩 嬭奶 孃娘 妳你 她她 彥彦 顏颜 顔颜 産产 摌铲 剷铲 剗铲 鏟铲 薩萨 搾榨 擣捣
搗捣 㨂拣 揀拣 掦扬 揚扬 敎教 効效 敍叙 敘叙 旣既 旾春 旹时 时时 時时 昻昂 晉晋 晋晋 暎映 暠皓 皜皓 曁暨 曡叠 疊叠 疉叠 曅晔 朞期 脇胁 胷胸 脣唇 腳脚 膓肠 膽胆 臕膘 臥卧
艢樯 舩船 舮舻 艸草 荅答 菓果 蓆席 葢盖 蓋盖 盖盖 蔴麻 蔕蒂 蕋蕊 蕚萼 藷薯 藴蕴 蘓苏 蘇苏 甦苏 囌苏 蘂蕊 虵蛇 蚦蚺 蜖蛔 蝟猬 蝨虱 螙蠹 蠏蟹 蠭蜂 蠶蚕 蚕蚕 衂衄 衇脉 脈脉 衆众 眾众
袐秘 祕秘 裏里 裡里 裠裙 褃褙 覈核 覩睹 覻觑 託托 註注 詠咏 誖悖 誵淆 謌歌 謢护 護护 諡谥 讌宴 讐雠 讎雠 豓艳 豔艳 艷艳 艶艳 豬猪 貓猫 贊赞 賛赞 讚赞 贒贤 賢贤 賫赍 賷赍 跡迹 蹟迹
踁胫 踪踪 蹤踪 躭耽 躱躲 軆体 體体 躰体 骵体 輭软 軟软 輙辄 輓挽 辤辞 辭辞 辝辞 遊游 逈迥 迯逃 逥回 迴回 囘回 囬回 廻回 週周 逹达 達达 邨村 郞郎 酧酬 醻酬 酹酹 醕醇 醖酝 釀酿 隄堤 陗峭 隣邻
鄰邻 隷隶 隸隶 雋隽 雑杂 襍杂 霤溜 靈灵 霛灵 霊灵 鞌鞍 鞾靴 韤袜 襪袜 韻韵 韵韵 頽颓 頹颓 顋腮 飄飘 飃飘 飈飙 飜翻 飮饮 餁饪 餠饼 餅饼 餧喂 餵喂 馭驭 駞驼 騐验 験验 驗验 騣鬃 驘骡
髩鬓 髴佛 鬦斗 鬪斗 鬥斗 鬬斗 鬭斗 魯鲁 鰐鳄 鱷鳄 鱓鳝 鴈雁 鵞鹅 鵝鹅 鷄鸡 雞鸡 鶏鸡 鷰燕 鸎莺 鶯莺 麐麟 麪面 麵面 麺面 麤粗 觕粗 麯曲 麹曲 麴曲 黙默 默默 鼃蛙 鼇鳌 鰲鳌 齊齐 斉齐 亝齐
龢和 咊和 萬万 卍万 亾亡 仾低 佀似 倂并 併并 並并 竝并 幷并 傑杰 傢家 僊仙 佈布 佔占 侷局 倖幸 偪逼 傚效 僱雇 兎兔 兗兖 冐冒 冣最 冨富 冩写 寫写 寫写 冪幂 冺泯 凃涂 凥居 刄刃
刧劫 刼劫 刪删 刴剁 剎刹 刹刹 勌倦 勅敕 勑敕 匃丐 匲奁 奩奁 卹恤 卻却 卽即 厛厅 廰厅 廳厅 厠厕 厤历 曆历 歷历 厰厂 廠厂 厨厨 廚厨 厦厦 廈厦 厪勤 収收 叡睿 叁三 吿告 咜咤 喫吃 嘆叹 噐器 噉啖 嚐尝 嘗尝 嚙啮
坂坂 坵丘 垻坝 壩坝 埜野 墅墅 埳坎 堃坤 塟葬 墖塔 墻墙 牆墙 壄野 壜坛 罈坛 壇坛 壽寿 夀寿 寿寿 夘卯 奬奖 獎奖 寍宁 寧宁 寜宁 寕宁 寳宝 寶宝 寚宝 寳宝 寀采 採采 埰采 綵彩 寃冤 寛宽 寬宽 尅克 剋克
屛屏 屆届 屝扉 岀出 岅坂 岡冈 崗岗 島岛 嶋岛 嶌岛 嶹岛 崐昆 崑昆 崙仑 崘仑 嶽岳 巖岩 巗岩 嵓岩 嵒岩 巘𪩘 帋纸 帬裙 幇帮 幫帮 幚帮 庻庶 廏厩 廄厩 廐厩 廹迫 弌一 弍二 弎三 弔吊 弢韬 彔录 彛彝 彜彝 彞彝
彫雕 鵰雕 琱雕 徃往 徧遍 徳德 悳德 惪德 恆恒 恠怪 恥耻 悤匆 怱匆 悞误 惏婪 慂恿 慙惭 慼戚 慽戚 憇憩 懃勤 懽欢 戞戛 戱戏 戯戏 扞捍 抝拗 挱挲 捄救 捨舍 掛挂 揑捏 搨拓 搇揿 撡操 擕携 攜携 攩挡 擋挡 敺驱
斅学 斈学 孞信 斵斫 於于 旂旗 暱昵 曬晒 朙明 朢望 杴锨 枱台 柂舵 柰奈 柵栅 栢柏 桒桑 桿杆 梘枧 棃梨 椗碇 椶棕 楳梅 槑梅 楥楦 榘矩 槀槁 槓杠 樑梁 樸朴 橋桥 槗桥 槼规 規规 櫈凳 櫂棹 櫉橱 櫥橱 櫺棂
歗啸 歛敛 殭僵 毘毗 毬球 氊毡 氈毡 氷冰 氹凼 汎泛 氾泛 泝溯 洶汹 浭更 淛浙 湏须 須须 鬚须 溼湿 濕湿 滷卤 鹵卤 潄漱 潛潜 濳潜 濵滨 濱滨 瀋沈 灑洒 灣湾 炁气 氣气 気气 災灾 烖灾 裁裁 烱炯 焔焰 煉炼
煇辉 輝辉 煙烟 菸烟 煖暖 煗暖 熈熙 熙熙 煕熙 熏熏 燻熏 燿耀 爗烨 燁烨 爲为 牋笺 牐闸 閘闸 犁犁 犂犁 犇奔 逩奔 狥徇 猂悍 獃呆 珎珍 珤宝 琁璇 璿璇 琍璃 瓈璃 璢琉 瑠琉 瓌瑰 甁瓶 畊耕 畆亩 畝亩 畒亩 畵画 畫画 画画
異异 疇畴 疎疏 疿痱 痐蛔 癡痴 癢痒 癥症 皁皂 皃貌 皐皋 皥皞 盃杯 桮杯 盇盍 盌碗 椀碗 盜盗 盡尽 尽尽 眎视 眡视 視视 睏困 睪睾 矁瞅 砲炮 礮炮 碪砧 碯瑙 磆滑 磐磐 礄硚 礟炮 禩祀 秇艺 藝艺 秊年 秌秋 穐秋 龝秋 秈籼 稉粳 秔粳
稟禀 稾稿 稬糯 穀谷 穅糠 穌稣 窓窗 牎窗 牕窗 窻窗 窰窑 窯窑 竈灶 竚伫 竪竖 豎竖 筯箸 筩筒 箇个 個个 箎篪 篛箬 簑蓑 簷檐 籐藤 籤签 籖签 簽签 籲吁 粦磷 燐磷 粧妆 妝妆 糉粽 糡糨 糚妆 紥扎 紮扎 紬绸 絀绌 絃弦 絍纴 絏绁 絕绝 絶绝 絲丝 糸丝 絿球 綑捆
緐繁 綫线 線线 缐线 緜绵 綿绵 緥褓 縂总 總总 総总 緫总 縚绦 繃绷 繖伞 傘伞 繦襁 繮缰 纔才 纖纤 繊纤 缾瓶 罇樽 鐏樽 罎坛 罵骂 駡骂 羗羌 羴膻 羶膻 翄翅 翺翱 耑端 耡锄 鋤锄 聨联 聯联 聫联 聮联 聡聪 聰聪 聦聪 肎肯 肰然 肻肯 胊朐
"""
"""Pairs of a shape and the character that it stands for; a pair of one and the same says nothing."""

_FIRST_RADICAL = 0x2E80
_RADICALS = (
    "冫厂乛乚乚亻冂几刀刂卜巴小小尢尢尢尢巳幺彑彐忄忄扌攵\0旡日月歹母民水水火爪爪丬牛犭王疋目示礻竹丝丝网网网网网羊羊羊老聿聿月臼艹艹艹虎衤西"
    "西见角角讠贝足车辶辶辶阝钅长长长门阜阝雨青韦页风飞食食食饣首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟龟"
)
"""Unicode's block CJK Radicals Supplement in its order, which NFKC leaves alone."""


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """A text in simplified characters, word by word. Raises UnicodeEncodeError for half a surrogate pair."""
    simplified: str = _simplifier().convert(text)
    return simplified


def in_use(character: str) -> bool:
    """Whether mainland texts write this character."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def variant_characters() -> dict[int, str]:
    """A table for `str.translate`: a shape → the character in use. What a character becomes does not become another."""
    from jiebang.detection.tables.japanese import JAPANESE

    pairs = [*JAPANESE.split(), *_OLD_AND_REGIONAL.split()]
    table = {pair[0]: pair[1] for pair in pairs if pair[0] != pair[1]}
    table.update((chr(_FIRST_RADICAL + number), new) for number, new in enumerate(_RADICALS) if new != "\0")
    closed: dict[int, str] = {}
    for old in table:
        new = table[old]
        while new in table:
            new = table[new]
        closed[ord(old)] = new
    return closed


@cache
def shapes() -> frozenset[str]:
    """The characters that stand for others."""
    return frozenset(map(chr, variant_characters()))
