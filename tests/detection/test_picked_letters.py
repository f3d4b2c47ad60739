"""Names of which the letters stand apart: as the first letters of lines they are refused in a demand and in what is published of it."""

from __future__ import annotations

import json

import pytest

from jiebang.detection import fold
from jiebang.detection.letters import APART
from jiebang.detection.normalisation import normalise
from jiebang.detection.picked_letters import first_letters, spelt_aloud
from jiebang.publication import Secrets, find_leaks
from jiebang.rules import RULES
from jiebang.rules.registry import Report
from tests.rules.records import catalogue, districts, record

DISTRICTS = districts(city={"name": "示例市", "bureau": "示例市经济和信息化局"}, districts=[])
ENTERPRISE = record(
    "E-AAAAAAA1",
    role="大企业",
    disclosure="不公开",
    name="示例凌云翰海科技有限公司",
    registered_place={"province": "示例省", "city": "示例市"},
)
LINES = ("凌晨启动监测", "云端部署平台", "翰墨识别算法", "海量数据存储")
FOUND = (
    "\n".join(LINES),
    "。\n".join(LINES) + "。",
    "\n\n".join(LINES),
    "\r\n".join(LINES),
    "；".join(LINES) + "。",
    ";".join(LINES),
    "\n".join(f"{number}. {line}" for number, line in enumerate(LINES, 1)),
    "\n".join(f"（{number}）{line}；" for number, line in zip("一二三四", LINES, strict=True)),
    "".join(f"{number}{line}；" for number, line in zip("①②③④", LINES, strict=True)),
    "；".join(f"{number}是{line}" for number, line in zip("一二三四", LINES, strict=True)),
    "\n".join(f"第{number}，{line}" for number, line in zip("一二三四", LINES, strict=True)),
    "要求如下：\n- " + "\n- ".join(LINES) + "\n误差 <0.5 mm，其余面议",
    "&#20940;晨启动\n雲端部署\n翰墨识别\n海量数据",
    "\n".join(reversed(LINES)),
    "本项要求：\n公差优先\n司法鉴定\n限期完成\n有据可查\n" + "\n".join(reversed(LINES)),
)
INNOCENT = (
    "；".join(LINES[:3]),
    "，".join(LINES),
    "\n".join((*LINES[2:], *LINES[:2])),
    "\n".join((*LINES[:2], "另行约定", *LINES[2:])),
    "\n".join((*LINES[:2], "PLC 控制", *LINES[2:])),
    "\n".join(line[::-1] for line in LINES),
    "研究机理；建立模型；开发样机；完成验证；形成标准",
    "一、目标\n二、内容\n三、指标\n四、进度",
    "1. 材料\n2. 工艺\n3. 设备\n4. 检测\n5. 应用",
    "凌空；云层；翰墨",
    "；；；；",
)


def _codes(text: str) -> set[str]:
    told = catalogue(DISTRICTS, ENTERPRISE, record("D-AAAAAAA1", enterprise="E-AAAAAAA1", title="材料", summary=text))
    return {problem.code for problem in RULES["R401"].check(told, Report(RULES["R401"].finding))}


def _leaks(text: str) -> bool:
    secrets = Secrets(catalogue(DISTRICTS, ENTERPRISE))
    published = json.dumps({"title": "材料", "summary": text, "effect": "适配外壳"}, ensure_ascii=False)
    found = [
        bool(find_leaks(file, content.encode(), secrets)) for file, content in (("a.json", published), ("a.txt", text))
    ]
    assert len(set(found)) == 1
    return found[0]


@pytest.mark.parametrize("text", FOUND)
def test_a_name_in_the_first_letters_of_lines_is_refused(text: str) -> None:
    assert _codes(text) == {"R401"}
    assert _leaks(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_other_lines_pass(text: str) -> None:
    assert _codes(text) == set()
    assert not _leaks(text)


def test_the_first_letters_of_lines_are_parted_where_one_has_none() -> None:
    assert first_letters(normalise("甲\n（一）乙\n\nA 型\n3、丙；丁")) == f"甲乙{APART}丙丁"
    assert first_letters("甲\n乙\n丙") == ""
    assert first_letters("甲\n乙\n丙\n丁" + "戊" * 9000) == ""


def test_letters_that_are_spelled_aloud_are_put_together() -> None:
    assert (
        spelt_aloud(fold("叫凌晨的凌、云彩的云和大海的海，见下面的表，工件的工、设备的备、测试的试"))
        == f"凌云海{APART}工备试"
    )
    assert spelt_aloud(fold("凌晨的凌、云彩的云")) == ""
    assert spelt_aloud(fold("工件的表面、设备的测试、材料的强度的要求")) == ""
