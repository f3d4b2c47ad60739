"""`jiebang eligibility`: on the desk everything is told, with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def tied(base: Path) -> Path:
    """The SME of two applications has the telephone of one of the large enterprises."""
    path = base / "2024/qiaokou/enterprises/e-ccccccc3.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("000-20000003", "027-1234 5670"), encoding="utf-8")
    return base


@pytest.mark.parametrize("id_", ["E-CCCCCCC3", "a-bbbbbbb2", "D-AAAAAAA1"])
def test_an_sme_is_explained_by_any_id(run: Run, tied: Path, id_: str) -> None:
    done = run("eligibility", id_, "--catalogue", tied)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "",
        "E-CCCCCCC3 示例新材料（武汉）有限公司  属于中小企业",
        "  工业：从业人员 120 人 < 300 → 小型；营业收入 5600 万元 < 40000 → 中型",
        "  小型：取最低的一档（从业人员），属于中小企业。",
        "  企业自填：小型",
        "  本轮申请 2 份：",
        "    A-AAAAAAA1 → D-AAAAAAA1 电池外壳用阻燃改性材料（需求已发榜）：已报送",
        "      R348 揭榜企业与发榜企业有相同的电话或手机号码：027-1234 5670。",
        "    A-BBBBBBB2 → D-BBBBBBB2 高速电机陶瓷球轴承（需求已揭榜）：已选中（揭榜企业）",
        "      R348 揭榜企业与发榜企业有相同的电话或手机号码：027-1234 5670。",
        "",
        "共 1 家：1 家属于中小企业，0 家不是中小企业，0 家不能判定；2 份申请要人核实是否关联。",
    ]


def test_a_round_and_a_district_as_data(run: Run, base: Path) -> None:
    done = run("eligibility", "--round", "2024", "--district", "zone", "--format", "json", "--catalogue", base)
    (sme,) = json.loads(done.stdout)
    assert (sme["id"], sme["verdict"], sme["sizes"]) == ("E-DDDDDDD4", "属于中小企业", ["小型"])
    assert [(a["id"], a["state"], a["won"], a["findings"]) for a in sme["applications"]] == [
        ("A-CCCCCCC3", "未选中", False, [])
    ]


def test_a_declared_size_that_the_figures_contradict_is_pointed_out(run: Run, base: Path) -> None:
    path = base / "2024/qiaokou/enterprises/e-ccccccc3.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("code: 26", "code: 48").replace("revenue: 5600", "revenue: 80000"), encoding="utf-8")
    done = run("eligibility", "E-CCCCCCC3", "--catalogue", base)
    assert "  建筑业：营业收入 80000 万元 ≥ 80000 → 大型；资产总额 没有填写\n" in done.stdout
    assert "  不能判定：缺少资产总额。\n" in done.stdout
    path.write_text(text.replace("size: 小型", "size: 中型"), encoding="utf-8")
    assert "企业自填：中型，与数据不符" in run("eligibility", "E-CCCCCCC3", "--catalogue", base).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["E-AAAAAAA1"], "E-AAAAAAA1 是大企业"),
        (["E-ZZZZZZZ9"], "没有编号为 E-ZZZZZZZ9 的企业、申请或需求"),
        (["--round", "2099"], "没有轮次“2099”"),
        (["--district", "nowhere"], "没有“nowhere”这个区"),
    ],
)
def test_what_cannot_be_answered_is_said(run: Run, base: Path, arguments: list[str], message: str) -> None:
    done = run("eligibility", *arguments, "--catalogue", base)
    assert done.returncode == 1
    assert message in done.stderr
