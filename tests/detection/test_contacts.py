"""Contact data, people and marks are seen in every disguise; technical texts are left in peace."""

from __future__ import annotations

import pytest
from pypinyin.phrases_dict import phrases_dict

from jiebang.catalogue import load
from jiebang.detection import find_contacts, find_honorifics, has_mark
from jiebang.detection.telephones import MOBILE
from jiebang.rules.public_texts import public_texts
from tests.conftest import FIXTURES, SAMPLE
from tests.detection.names import listed

DISGUISES = listed("disguised-contacts.yml")
INNOCENT = (FIXTURES / "innocent.txt").read_text(encoding="utf-8").splitlines()
TOLERATED = 4


def findings(text: str) -> list[str]:
    """Everything that is seen in a text."""
    found = [sighting.kind for sighting in find_contacts(text)] + list(find_honorifics(text))
    return [*found, "标志"] if has_mark(text) else found


def test_there_are_many_disguises_each_named_once() -> None:
    assert len(DISGUISES) >= 60
    assert len({entry["how"] for entry in DISGUISES}) == len(DISGUISES)


@pytest.mark.parametrize("entry", DISGUISES, ids=lambda entry: entry["how"])
def test_disguised_contact_data_is_found(entry: dict[str, str]) -> None:
    for text in (entry["text"], f"研发一款材料，{entry['text']}，用于外壳。"):
        assert entry["kind"] in [sighting.kind for sighting in find_contacts(text)]


def test_two_hundred_technical_texts_are_left_in_peace() -> None:
    assert len(set(INNOCENT)) >= 200
    found = [text for text in INNOCENT if findings(text)]
    assert len(found) <= TOLERATED, found


def test_no_technical_parameter_of_the_sample_is_taken_for_a_person_or_a_number() -> None:
    catalogue, _ = load(SAMPLE)
    records = [*catalogue.rounds.values(), *catalogue.demands]
    texts = [typed.text for record in records for typed in public_texts(record)]
    assert len(texts) > 200
    assert [text for text in texts if findings(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "请与张工联系", "联系王总", "找李经理，面谈", "欧阳总：", "张　总", "张·总", "赵主任电话", "请致电陈老师", "刘先生收", "（王工）",
        "样件寄周部长处", "<b>张</b>总", "&#24352;总", "張總", "联系人见附件", "联 系 人：", "对接人", "聯繫人", "Contact: X",
    ],
)  # fmt: skip
def test_people_are_seen(text: str) -> None:
    assert find_honorifics(text)


@pytest.mark.parametrize(
    "text",
    [
        "绝密★", "机密★1年", "秘密★5年", "绝 密 ★", "机　密★", "秘·密·★", "機密★", "机密☆", "绝密", "【机密】", "(秘密)", "秘密级", "内部资料", "内 部 资 料，注意保存",
        "不得外传", "不 得 外 传", "严禁外传", "<b>机</b>密★", "&#26426;密★", "机\u200b密★", "密级：秘密",
    ],
)  # fmt: skip
def test_marks_are_seen(text: str) -> None:
    assert has_mark(text)


@pytest.mark.parametrize("text", ["商业秘密", "机密计算", "保密协议", "密封", "技术秘密的归属另行约定", "内部缺陷"])
def test_words_that_are_no_marks_pass(text: str) -> None:
    assert not has_mark(text)


_SIGNS = [
    *"!#$&';=?@`{}^:<>\"。：？！“”‘’《》「」〔〕￥→↓★●■◆△♥✓×÷±≈＃＠＝😀",
    "……",
    "----",
    "──",
    " ** ",
    "(略)",
    "<br>",
    "[空]",
]
_WORDS = ["转", "接", "再拨", "横杠", "杠", "减", "空格", "后面是", "然后", "-转-", " then "]
_CUTS = [
    ("138", "0013", "8000"),
    ("1380", "0138", "000"),
    ("138", "00138000"),
    tuple("13800138000"),
    ("一三八", "〇〇一三", "八〇〇〇"),
]


@pytest.mark.parametrize("cut", _CUTS, ids="-".join)
def test_a_number_is_seen_whatever_it_is_cut_up_with(cut: tuple[str, ...]) -> None:
    for sign in (*_SIGNS, *_WORDS):
        text = f"耐温 150 ℃，{sign.join(cut)}，用于外壳。"
        assert [sighting.kind for sighting in find_contacts(text)] == [MOBILE], sign


@pytest.mark.parametrize("sign", ["°", "mm", "级", "和", "x", "abc", ":", "×", "点"])
def test_between_quantities_a_group_that_begins_with_0_gives_it_away(sign: str) -> None:
    assert find_contacts(f"耐温，138{sign}0013{sign}8000。")
    assert find_contacts(f"耐温，150{sign}1200{sign}1800。") == ()


@pytest.mark.parametrize(
    "text",
    [
        "外形 150×1200×1800", "150°1200°1800", "厚度为150。20240101批次", "1985年2001年300台",
        "150 mm，1200 mm，1800 mm", "型号 138A0012A8000", "150      1200      1800", "1级3级5级", "GB/T 150!2024!1234", "130～1200～1800 转",
        "从 138 转到 1500 转再到 8000 转", "ISO 138：2015：1800", "159%1200%1800", "180±0012mm",
    ],
)  # fmt: skip
def test_quantities_beside_each_other_are_left_in_peace(text: str) -> None:
    assert find_contacts(text) == ()


@pytest.mark.parametrize(
    "text",
    ["013800138000", "电话 0138 0013 8000", "〡〣〨〇〇〡〣〨〇〇〇", "https://u.wechat.com/abc", "weixin://dl/x", "https://qm.qq.com/q/a", "//t.me/abc"],
)  # fmt: skip
def test_numbers_of_merchants_dialled_ones_and_links_to_people_are_seen(text: str) -> None:
    assert find_contacts(text)


@pytest.mark.parametrize(
    "text",
    [
        "对接：李四", "姓名：李四", "技术对接：王小二", "收件人：欧阳娜", "请致电李四", "咨询请联系李四。", "找小王", "联系老张", "李四（技术总监）", "刘教授团队", "赵书记",
        "孙院士", "张姐", "由李建国博士牵头", "欧阳娜娜老师", "Mr. Zhang", "Prof. Li Si", "李sir",
    ],
)  # fmt: skip
def test_people_are_seen_by_their_whole_names(text: str) -> None:
    assert find_honorifics(text) == ("称呼",)


@pytest.mark.parametrize(
    "text",
    [
        "对接：方案评审", "对接：方案", "联系方式", "请找方便的时间", "咨询单位", "联系时间：工作日", "姓名：全称", "高级工程师牵头", "应届博士", "全职教授", "找小孔径的零件",
        "负责人：高级工程师", "项目经理（高级工程师）", "安全主管（工程师）", "高校教授团队", "车间主任", "手机：支持双卡", "微信：应用程序", "电话：通信模块", "10 ms delay", "Dr",
        "江苏博士工作站", "产品（总成）", "平台（主管部门）",
    ],
)  # fmt: skip
def test_words_that_begin_like_names_are_left_in_peace(text: str) -> None:
    assert "称呼" not in find_honorifics(text)


def test_everyday_words_are_no_names() -> None:
    words = [word for word in phrases_dict if len(word) in {2, 3}]
    taken = [word for word in words if find_honorifics(f"对接：{word}") or find_honorifics(f"请致电{word}。")]
    assert len(words) > 20_000
    assert len(taken) <= 20, taken
