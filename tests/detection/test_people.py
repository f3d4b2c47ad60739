"""People are seen by a title, a letter or a familiar word before a surname; trades, totals and what programs do with people's data are left
in peace."""

from __future__ import annotations

import pytest

from jiebang.detection import find_honorifics, has_mark
from jiebang.detection.honorifics import CONTACT, HONORIFIC

SOMEBODY = [
    "由张高工牵头",
    "由张处牵头",
    "联系我司王工",
    "本公司李总，请先预约",
    "我厂赵工负责",
    "李处负责",
    "由张校长牵头",
    "王会长牵头",
    "李会长",
    "由张主席牵头",
    "由张首席牵头",
    "张律师",
    "Ms. Zhang",
    "Ms Li",
    "Dr Zhang",
    "Dr. Zhang",
    "Prof Zhang",
    "Prof Li Si",
    "Zhang总",
    "Zhang总；",
    "（L总）",
    "zhang 工",
    "L总",
    "联系Z工",
    "找W经理",
    "由L总牵头",
    "由老张牵头",
    "小王负责",
    "小李对接",
    "老陈带队",
    "问老张",
    "找小王拿样",
    "对接老张",
    "由小李负责",
    "联系小王即可",
    "孙总师",
    "赵理事长",
    "张总裁",
    "联系金工",
    "请找石工",
    "由车工牵头",
]
NOBODY = [
    "由施工单位施工",
    "我公司高工占三成",
    "单位分工",
    "企业职工",
    "公司经理",
    "别处负责",
    "何处牵头",
    "高处负责",
    "单处焊缝",
    "此处负责散热",
    "L总=3 m",
    "总长 L总 ≤ 5 m",
    "P总为 3 kW",
    "Q总的误差",
    "ms. delay",
    "10 ms fan",
    "20 ms. zhang",
    "DR 检测",
    "Dr 值",
    "prof 文件",
    "小车负责搬运",
    "AGV小车负责搬运",
    "缩小时负责",
    "老师傅负责",
    "老化负责",
    "小时负责",
    "小米对接",
    "小程序负责展示",
    "小区负责",
    "减小于 3 dB",
    "由小到大",
    "由小变大",
    "由老到新",
    "找小孔径的零件",
    "对接小程序",
    "对接小米平台",
    "对接老系统",
    "联系小区",
    "金工、焊工、车工",
    "焊工、金工、车工",
    "石工、木工",
    "车工、钳工、铣工",
    "找高点、找平",
    "找高差",
    "高工序牵头",
    "CAN总线",
    "PLC总控",
    "IT经理培训",
    "联系人脸",
    "对接：高程",
    "首席科学家负责制",
    "校长负责制",
    "会长牵头单位",
    "主席台",
    "律师函系统",
]
TO_BE_CONTACTED = [
    "联系人信息见附件",
    "联系人：",
    "对接人员：李四",
    "对接人 李四",
    "法人代表李四",
    "法定代表人：李四",
    "联系人工号 12",
    "联系方式见附件",
    "联系电话：",
]
DATA_OF_PEOPLE = [
    "对接人脸识别终端",
    "对接人员定位系统",
    "对接人工智能平台",
    "联系人工客服",
    "联系人信息自动抽取",
    "联系方式自动脱敏",
    "联系电话识别",
    "联系人字段抽取",
    "法人代表证书核验",
    "法定代表人证明文件核验",
]
MARKED = [
    "内部资料，注意保存",
    "内部文件",
    "内部资料管理",
    "内部文件加密",
    "内部文件，不得外传",
]
PROGRAMS = [
    "内部文件系统加密",
    "内部资料管理系统",
    "内部文件服务器",
    "内部资料检索平台",
    "内部文件共享平台",
]


def _context(text: str) -> list[str]:
    return [text, f"研发一款材料，{text}，用于外壳。"]


@pytest.mark.parametrize("text", SOMEBODY)
def test_somebody_is_seen(text: str) -> None:
    for sentence in _context(text):
        assert HONORIFIC in find_honorifics(sentence)


@pytest.mark.parametrize("text", TO_BE_CONTACTED)
def test_somebody_to_be_contacted_is_seen(text: str) -> None:
    for sentence in _context(text):
        assert CONTACT in find_honorifics(sentence)


@pytest.mark.parametrize("text", [*NOBODY, *DATA_OF_PEOPLE])
def test_nobody_is_left_in_peace(text: str) -> None:
    for sentence in _context(text):
        assert find_honorifics(sentence) == ()


@pytest.mark.parametrize("text", MARKED)
def test_internal_papers_are_marked(text: str) -> None:
    for sentence in _context(text):
        assert has_mark(sentence)


@pytest.mark.parametrize("text", PROGRAMS)
def test_a_program_for_papers_bears_no_mark(text: str) -> None:
    for sentence in _context(text):
        assert not has_mark(sentence)
