"""Who may change what; and records and everything else come in requests of their own."""

from __future__ import annotations

from typing import Any

import pytest

from jiebang.catalogue import Record
from jiebang.proposal.permissions import Staff, district_of, parts, permissions, separation, staff_of
from jiebang.proposal.repository import Change
from jiebang.schemas.lifecycle import Role

DISTRICTS, RECORD, OWNERS = (
    "catalogue/districts.yml",
    "catalogue/2024/zone/demands/d-aaaaaaa1.yml",
    ".github/CODEOWNERS",
)


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        ([RECORD], []),
        (["Makefile"], []),
        ([DISTRICTS, OWNERS], []),
        ([RECORD, OWNERS], [OWNERS]),
        ([DISTRICTS, OWNERS, "Makefile"], ["Makefile"]),
        ([DISTRICTS, ".github/workflows/check.yml"], [".github/workflows/check.yml"]),
        ([RECORD, "Makefile"], ["Makefile"]),
    ],
)
def test_records_and_the_program_come_apart_but_for_the_owners_of_districts(paths: list[str], told: list[str]) -> None:
    assert [problem.path for problem in separation([Change(path, None, None) for path in paths])] == told


def test_what_came_together_is_counted() -> None:
    (found,) = separation([Change(path, None, None) for path in (RECORD, DISTRICTS, "Makefile", "setup.py", "a.md")])
    assert found.code == "R501" and "2 份记录和 3 个其他文件" in found.message


def _district(slug: str, name: str, *staff: str, **more: str) -> dict[str, Any]:
    return {"slug": slug, "name": name, "staff": list(staff), **more}


def _staff(city: dict[str, Any], *districts: dict[str, Any], sound: bool = True) -> Staff | None:
    value = {"city": city, "districts": list(districts)}
    return staff_of(Record("districts", "districts.yml", None, None, value, b"", sound=sound))


CITY: dict[str, Any] = {"staff": ["Shi", "@shi-2"]}
STAFF = _staff(CITY, _district("zone", "示例开发区", "qu", " Both "), _district("qiaokou", "硚口区", "qiao", "both"))
NOBODY = _staff({}, {"slug": "zone", "name": "示例开发区"})


def test_accounts_are_those_of_people_however_they_are_written() -> None:
    assert STAFF is not None and NOBODY is not None
    assert STAFF.city == {"shi", "shi-2"}
    assert STAFF.districts == {"zone": {"qu", "both"}, "qiaokou": {"qiao", "both"}}
    assert STAFF.names == {"zone": "示例开发区", "qiaokou": "硚口区"}
    assert [STAFF.part_of(name) for name in ("@SHI", " shi-2 ", "Both", "qiao", "nobody", "")] == [
        Role.CITY, Role.CITY, Role.DISTRICT, Role.DISTRICT, None, None,
    ]  # fmt: skip
    assert STAFF.districts_of("both") == ["zone", "qiaokou"]
    assert (STAFF.nobody, NOBODY.nobody) == (False, True)
    for one in (_staff({"staff": ["shi"]}), _staff({}, _district("zone", "示例开发区", "qu"))):
        assert one is not None and not one.nobody
    assert _staff(CITY, sound=False) is None and staff_of(None) is None


def test_a_district_that_is_named_twice_keeps_the_accounts_of_both() -> None:
    twice = _staff(CITY, _district("zone", "示例开发区", "qu"), _district("zone", "示例开发区", "qu-2"))
    assert twice is not None and twice.districts == {"zone": {"qu", "qu-2"}}


@pytest.mark.parametrize(("team", "wanted"), [("@Qu-3", {"qu", "qu-3"}), ("@example/zone", {"qu"}), ("", {"qu"})])
def test_an_account_as_team_is_its_own_member(team: str, wanted: set[str]) -> None:
    staff = _staff({}, _district("zone", "示例开发区", "qu", github_team=team))
    assert staff is not None and staff.districts == {"zone": wanted}


@pytest.mark.parametrize(
    ("path", "district"),
    [
        ("catalogue/2024/zone/demands/d-aaaaaaa1.yml", "zone"),
        ("catalogue/2024/zone/enterprises/e-aaaaaaa1.yml", "zone"),
        ("catalogue/2024/zone/applications/a-aaaaaaa1.yml", "zone"),
        ("catalogue/2024/zone/enterprises/e-aaaaaaa1.yml.age", "zone"),
        ("catalogue/2024/zone/enterprises/e-aaaaaaa1.age", None),
        ("catalogue/2024/zone/enterprises/e-aaaaaaa1.txt", None),
        ("catalogue/2024/zone/other/d-aaaaaaa1.yml", None),
        ("catalogue/2024/zone/demands/more/d-aaaaaaa1.yml", None),
        ("catalogue/2024/demands/d-aaaaaaa1.yml", None),
        ("Catalogue/2024/zone/demands/d-aaaaaaa1.yml", None),
        ("catalogue/2024/round.yml", None),
        ("catalogue/districts.yml", None),
    ],
)
def test_the_district_of_a_record_is_told_by_its_place(path: str, district: str | None) -> None:
    assert district_of(path) == district


QIAOKOU = "catalogue/2024/qiaokou/demands/d-bbbbbbb2.yml"


@pytest.mark.parametrize(
    ("staff", "actors", "paths", "wanted"),
    [
        (STAFF, ["shi"], [RECORD, QIAOKOU, "Makefile"], []),
        (STAFF, ["@Qu"], [RECORD], []),
        (STAFF, ["both"], [RECORD, QIAOKOU], []),
        (STAFF, ["qu"], [RECORD, QIAOKOU], [("R502", QIAOKOU)]),
        (STAFF, ["qu"], ["catalogue/2024/round.yml"], [("R502", "catalogue/2024/round.yml")]),
        (STAFF, ["qu"], ["Makefile"], [("R502", "Makefile")]),
        (STAFF, ["a-stranger"], [RECORD, QIAOKOU], [("R503", RECORD)]),
        (STAFF, ["a-stranger"], ["Makefile", RECORD, "setup.py"], [("R503", RECORD), ("R503", "Makefile")]),
        (STAFF, ["shi", "a-stranger"], [RECORD], [("R503", RECORD)]),
        (STAFF, ["a-stranger", "a-stranger"], [RECORD], [("R503", RECORD)]),
        (STAFF, ["a-stranger"], [], []),
        (STAFF, [], [RECORD], []),
        (STAFF, [], ["Makefile"], []),
        (None, ["shi"], [RECORD], [("R503", DISTRICTS)]),
        (None, [], [RECORD], [("R503", DISTRICTS)]),
        (None, ["shi"], ["Makefile"], []),
        (NOBODY, ["shi"], [RECORD], [("R504", DISTRICTS)]),
        (NOBODY, ["shi"], ["Makefile"], [("R504", DISTRICTS)]),
        (NOBODY, [], ["Makefile"], []),
    ],
)
def test_each_of_the_people_behind_a_request_needs_the_right(
    staff: Staff | None, actors: list[str], paths: list[str], wanted: list[tuple[str, str]]
) -> None:
    found = permissions([Change(path, None, None) for path in paths], staff, actors)
    assert [(problem.code, problem.path) for problem in found] == wanted


def test_a_refusal_says_whose_it_is() -> None:
    def said(actor: str, path: str) -> str:
        return "".join(problem.message for problem in permissions([Change(path, None, None)], STAFF, [actor]))

    assert said("qu", QIAOKOU) == "qu 登记为示例开发区的工作人员，这份记录属于硚口区。"
    assert said("both", "Makefile") == "both 登记为示例开发区、硚口区的工作人员，这个文件由市级维护人管理。"
    assert "不能改记录（" in said("a-stranger", RECORD) and "不能改记录以外的文件（" in said("a-stranger", "Makefile")
    assert "\x1b" not in said("a\x1b[31m", RECORD)


def test_the_parts_of_people_are_told_once_each() -> None:
    assert parts(STAFF, ["qu", "@Shi", "a-stranger", "qu"]) == [("qu", Role.DISTRICT), ("@Shi", Role.CITY)]
    assert parts(None, ["qu"]) == []
