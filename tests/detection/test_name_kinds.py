"""Names in disguise by kind: every case is refused, or put before a person, where it is typed and in the finished page; no twin is."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue import load
from jiebang.detection import Identity, resembles
from jiebang.publication import Secrets, find_leaks
from tests.conftest import FIXTURES
from tests.detection.names import ENTERPRISE, give_names, listed, type_in
from tests.judging import judge

GROUPS = listed("name-kinds.yml")


def _cases(kind: str, of: str) -> list[Any]:
    return [
        pytest.param(text, id=f"{group['group']}-{number}")
        for group in GROUPS
        if kind in {group["kind"], ""}
        for number, text in enumerate(group[of])
    ]


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    base = tmp_path_factory.mktemp("named") / "catalogue"
    shutil.copytree(FIXTURES / "base", base)
    give_names(base)
    return Secrets(load(base)[0])


def _codes(base: Path, text: str) -> set[str]:
    give_names(base)
    type_in(base, text)
    return {problem.code for problem in judge(base)[1]} & {"R401", "R405", "Y103"}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group["group"])
def test_each_kind_has_a_dozen_cases_and_a_dozen_twins(group: dict[str, Any]) -> None:
    assert len(set(group["found"])) >= 12
    assert len(set(group["innocent"])) >= 12


@pytest.mark.parametrize("text", _cases("refused", "found"))
def test_a_disguised_name_is_refused_where_it_is_typed_and_in_the_page(base: Path, secrets: Secrets, text: str) -> None:
    assert _codes(base, text) & {"R401", "Y103"}
    leaks = find_leaks("index.html", f"<p>研发一款材料。</p><p>{text}</p>".encode(), secrets)
    assert {leak.record for leak in leaks} == {ENTERPRISE}


@pytest.mark.parametrize("text", _cases("decide", "found"))
def test_what_only_resembles_a_name_is_put_before_a_person(base: Path, text: str) -> None:
    assert _codes(base, text) & {"R405", "R401"}


@pytest.mark.parametrize("text", _cases("", "innocent"))
def test_no_twin_is_taken_for_a_name(base: Path, secrets: Secrets, text: str) -> None:
    assert _codes(base, text) <= {"Y103"}
    assert find_leaks("index.html", f"<p>研发一款材料。</p><p>{text}</p>".encode(), secrets) == []


AFFILIATE = "affiliates:\n  - name: 示例供应链1有限公司\n    credit_code: 910000000000777105\n    relation: 供应商\n"


@pytest.mark.parametrize("relation", ["母公司", "子公司", "控股公司"])
@pytest.mark.parametrize(
    ("text", "code"),
    [("样本鲲鹏装备股份有限公司", "R401"), ("样本鲲鹏装备", "R401"), ("yangben kunpeng", "R401"), ("样鲲", "R405")],
)
def test_names_of_the_family_give_it_away(base: Path, relation: str, text: str, code: str) -> None:
    file = base / ENTERPRISE
    record = file.read_text(encoding="utf-8")
    assert AFFILIATE in record
    named = AFFILIATE.replace("示例供应链1有限公司", "样本鲲鹏装备股份有限公司").replace("供应商", relation)
    file.write_text(record.replace(AFFILIATE, named), encoding="utf-8")
    type_in(base, text)
    assert code in {problem.code for problem in judge(base)[1]}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("某市钢铁集团有限公司", "某钢"),
        ("甲乙汽车集团有限公司", "甲汽"),
        ("某市重型机床有限公司", "某重"),
        ("某省丙丁化工有限公司", "丙化"),
    ],
)
def test_the_local_short_form_reminds_of_the_name(name: str, short: str) -> None:
    assert resembles(f"见{short}的样件", Identity(name, regions=("某市", "某省"))) is not None


@pytest.mark.parametrize("text", ["SLZG-200 型", "SLZG200A", "3-SLZG", "SLZG/2 接口", "选用 SLZG-M 系列"])
def test_initials_in_a_model_number_are_none(base: Path, text: str) -> None:
    assert _codes(base, text) == set()
