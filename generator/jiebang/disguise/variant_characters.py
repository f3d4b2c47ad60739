"""Variant forms of Han characters: 異体字, forms of Japan, Taiwan and Hong Kong, radicals in place of characters; each as the standard one.

OpenCC's dictionaries know most; what they lack is in a table of ours. A character of GB 2312 is standard and never asked about.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_PAIRS = (
    "⺀冫⺅亻⺘扌⺙攵⺝月⺟母⺠民⺡氵⺣灬⺧牛⺩王⺫目⺮竹⺼肉⺾艹⻁虎⻄西⻅见⻆角⻉贝⻋车⻌辶⻎辶⻑长⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻫齐⻬齐⻭齿⻮齿⻯龙⻰龙⻳龟亀龟仝同伃妤佈布佔占併并倂并傢家僊仙兌兑內内冊册冺泯"
    "凃涂凈净凢凡刄刃別别刪删刼劫剏创劵券効效勅敕勛勋勧劝勲勋勳勋匁钱匃丐匯汇卆卒卻却卽即厛厅厠厕厤历厰厂叄叁叅参収收叡睿叢丛吳吴呉吴呪咒咊和唘启啓启啟启喦岩営营嗁啼嘅慨噐器嚐尝囘回囙因団团囯国囲围図图圀国圧压坿附垜垛埜野埰采堦阶堺界塗涂塩盐増增"
    "墻墙壊坏売卖壻婿壽寿夀寿夃盈変变夛多夲本奌点姉姊姸妍娯娱媿愧孒孑宂冗実实寃冤寕宁寜宁寧宁寳宝寶宝対对専专尅克尠鲜屆届屛屏峯峰島岛峽峡崐昆崑昆崘仑崙仑嵒岩嵗岁嵻康嶋岛巌岩巖岩帋纸帬裙幷并庁厅広广廀搜廠厂廼乃弌一弍二弎三強强彔录彙汇従从徳德応应"
    "恠怪恵惠悅悦悪恶慙惭懐怀戦战戯戏戶户戸户抜拔拠据拡扩挙举捜搜揺摇摂摄撃击攷考敍叙敎教敘叙斉齐斎斋旾春昬昏昻昂晧皓晩晚暁晓暎映暦历曡叠朙明枏楠栁柳栄荣桒桑桜樱棃梨椉乘楽乐榘矩様样槩概権权橫横櫥橱欝郁歓欢歩步歳岁歴历殻壳毀毁毎每気气汎泛沢泽浄净"
    "浬里涙泪淨净淵渊淸清渇渴済济渓溪渕渊湌餐満满溫温滙汇滝泷濶阔瀬濑灋法災灾烖灾焼烧煇辉煉炼煖暖燉炖燿耀爗烨爲为爾尔牀床牎窗牐闸犇奔犠牺猟猎猨猿獣兽琱雕甎砖產产産产甦苏甯宁畧略畳叠疎疏癡痴発发皃貌皐皋盇盍盌碗県县眞真眡视矦侯砕碎砲炮砿矿碁棋碪砧"
    "礒矶礮炮祕秘秊年稲稻稺稚穀谷穂穗穏稳窓窗窻窗竃灶竜龙竝并筭算箇个簒篡粃秕粋粹糧粮糹丝経经絵绘継继続续綫线綵彩総总緑绿線线緜绵縁缘縦纵繊纤織织纎纤罸罚羣群翄翅耑端耡锄聡聪聯联聴听肎肯脇胁脣唇脫脱脳脑臓脏舘馆舩船艶艳艸草茘荔荘庄菓果蒐搜蔴麻蔵藏"
    "薑姜薫薰薬药蘂蕊蘓苏虖乎蛍萤蝋蜡蝨虱衆众衇脉衛卫衞卫裏里裡里褁裹覇霸覈核覚觉観观觧解訛讹詠咏説说読读諌谏諠喧譌讹讃赞谿溪豔艳貭质賍赃賸剩贋赝趂趁跡迹蹟迹躰体躳躬転转軽轻輌辆輙辄輭软辺边迴回逈迥逓递逹达遅迟遊游達达遙遥邉边邊边邨村郷乡鄊乡鄕乡"
    "鄰邻酔醉酧酬醸酿醻酬釈释釐厘釡釜釬焊鈆铅鈎钩鉄铁鉅巨鉢钵鉤钩鉱矿銕铁銭钱銲焊銳锐銹锈鋭锐鋳铸鋼钢錄录錬炼鍊炼鎔熔鎗枪鎭镇鎮镇鎻锁鏽锈鐡铁鐫镌鐵铁鑄铸鑑鉴鑛矿閒闲閘闸閙闹関关閲阅闇暗闊阔阯址陗峭陥陷険险陻堙隂阴隄堤隖坞隠隐隣邻隷隶隸隶雋隽雑杂"
    "雝雍霊灵霛灵靑青靜静靣面韮韭頋顾頟额頼赖頽颓顔颜顕显颷飙飈飙飜翻飡餐飮饮餠饼饍膳馿驴駅驿駆驱駞驼騐验騒骚験验騨驒驗验骵体髄髓髙高髥髯鬦斗魚鱼鯅鱼鱻鲜鴈雁鵞鹅鶏鸡鷄鸡鹻碱鹼碱鹽盐麁粗麗丽麤粗麥麦麵面麺面黃黄黏粘黒黑黙默鼃蛙鼔鼓鼡鼠齎赍齢龄龜龟"
)
"""Variant and standard form by turns."""
_OURS = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_TO_TRADITIONAL = ("jp2t", "tw2t", "hk2t")


@cache
def _converter(name: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(name)


def _is_standard(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def standard_form(letter: str) -> str:
    """The standard simplified form of one Han character; the character itself where it is one, or nobody knows another."""
    if letter in _OURS:
        return _OURS[letter]
    if not ("\u3400" <= letter <= "\u9fff" or letter >= "\U00020000") or _is_standard(letter):
        return letter
    for name in _TO_TRADITIONAL:
        other: str = _converter(name).convert(letter)
        simple: str = _converter("t2s").convert(other)
        if len(simple) == 1 and simple != letter:
            return _OURS.get(simple, simple)
    return letter
