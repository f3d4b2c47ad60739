"""What sounds like a name, covers a part of it or shortens it: a person decides, in a demand of that enterprise's own; words pass."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from jiebang.detection import Identity, resembles
from jiebang.problems import Problem
from tests.conftest import FIXTURES
from tests.detection.names import DEMAND, give_names, listed, rename, type_in
from tests.effort import effort
from tests.judging import judge

CASES = listed("names-to-be-decided.yml")
_PLACES = ("湖北省", "武汉市")
_NAMES = (
    "东风汽车集团股份有限公司", "武汉钢铁集团有限公司", "武汉重型机床集团有限公司", "示例重工（武汉）集团有限公司", "中国铁路工程集团有限公司",
    "武汉高德红外股份有限公司", "湖北长江光电科技有限公司", "武汉精测电子集团股份有限公司", "烽火通信科技股份有限公司", "大冶特殊钢有限公司",
    "三环锻造有限公司", "华工科技产业股份有限公司", "人福医药集团股份公司", "武汉示例骁原新能源汽车有限公司", "长飞光纤光缆股份有限公司",
)  # fmt: skip


def _of_names(base: Path) -> list[Problem]:
    return [p for p in judge(base)[1] if p.code in {"R401", "R405"}]


def test_there_are_a_dozen_of_each_kind() -> None:
    assert min(Counter(case["kind"] for case in CASES).values()) >= 12
    assert len({case["how"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["how"])
def test_it_is_left_to_a_person(base: Path, case: dict[str, str]) -> None:
    give_names(base)
    rename(base, case.get("name"))
    type_in(base, case["text"])
    found = _of_names(base)
    assert [p.code for p in found] == ["R405"]
    assert case["text"] not in repr(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["how"])
def test_its_twin_may_be_typed(base: Path, case: dict[str, str]) -> None:
    give_names(base)
    rename(base, case.get("name"))
    type_in(base, case["innocent"])
    assert _of_names(base) == []


def test_a_reviewer_clears_it(base: Path) -> None:
    give_names(base)
    type_in(base, "识栗重工")
    file = base / DEMAND
    note = (
        "clearances:\n  - code: R405\n    field: effect\n    reviewer: 示例审丙\n"
        "    date: 2024-07-11\n    reason: 是通用的工艺名称。\nstatus: published"
    )
    file.write_text(file.read_text(encoding="utf-8").replace("status: published", note), encoding="utf-8")
    assert _of_names(base) == []


@pytest.mark.parametrize(
    "text", ["SLZG-200 型", "牌号 SLZG200", "型号 A-SLZG", "SLZG-M", "QX/SLZG/3", "EHI-7 接口", "ZB_SLZG 件"]
)
def test_initials_in_the_name_of_a_model_pass(base: Path, text: str) -> None:
    give_names(base)
    type_in(base, text)
    assert _of_names(base) == []


@pytest.mark.parametrize(
    "text", ["SLZG 牌号", "（SLZG）", "由SLZG提供", "SLZG-集团", "S.L.Z.G.", "EHI 的产品", "SLZG。2024 年"]
)
def test_initials_by_themselves_are_left_to_a_person(base: Path, text: str) -> None:
    give_names(base)
    type_in(base, text)
    assert [p.code for p in _of_names(base)] == ["R405"]


@pytest.mark.parametrize("name", _NAMES)
def test_technical_texts_remind_of_nobody(name: str) -> None:
    identity = Identity(name, regions=_PLACES)
    lines = (FIXTURES / "innocent.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if resembles(line, identity)] == []


def test_the_manner_is_told() -> None:
    identity = Identity("示例重工（武汉）集团有限公司", regions=_PLACES)
    told = {
        text: resembles(text, identity)
        for text in ("识栗重工", "ㄕㄌㄧㄓㄨㄥㄍㄨㄥ", "shih-li chung-kung", "示例×工", "武重")
    }
    assert [found and found.manner for found in told.values()] == ["谐音", "注音", "威妥玛拼音", "遮去字", "缩写"]


def test_a_long_text_of_signs_and_one_sound_takes_no_time() -> None:
    identity = Identity("示例重工（武汉）集团有限公司", regions=_PLACES)
    with effort() as looking:
        resembles("是" * 20_000 + "示×" * 10_000 + "*" * 20_000, identity)
    assert looking.units < 60
