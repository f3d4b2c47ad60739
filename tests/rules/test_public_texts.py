"""Which texts readers will see, what is read together, and where in a file something stands that was found in one."""

from __future__ import annotations

from typing import Any

import pytest

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem, Severity
from jiebang.rules.public_texts import (
    Joined,
    Typed,
    all_texts,
    at_line,
    is_cleared,
    joined_texts,
    line_of,
    public_paths,
    public_texts,
    speaks_in_public,
    texts_as_read,
)
from jiebang.schemas import KINDS, fields_of
from tests.rules.records import catalogue, districts, record

# --- which ------------------------------------------------------------------------------------------------------------------------------------


def _full(kind: str, **answers: str) -> Record:
    """A record with something in every field."""
    value: dict[str, Any] = {}
    for field in fields_of(kind):
        holder: Any = value
        *steps, last = field.path.split(".")
        for step in steps:
            holder = holder[step] if not step.endswith("[]") else holder[step[:-2]][0]
        holder[last.removesuffix("[]")] = {"一组": {}, "列表": [{}]}.get(field.type, f"{field.path}的文字")
    return Record(kind, f"{kind}.yml", "2024", None, value | answers, b"", sound=True)


READ = {
    "districts": {
        *(f"city.{name}" for name in ("name", "bureau", "department", "banner")),
        *(f"districts[].{name}" for name in ("name", "gbt2260", "bureau")),
        *(f"{of}.contact.{name}" for of in ("city", "districts[]") for name in ("office", "phone", "email", "address", "hours")),
    },
    "round": {"title", "introduction", "notice.title", "notice.number", "notice.issuer", "notice.url"},
    "enterprise": {"name"},
    "demand": {"code", "title", "summary", "parameters", "effect", "schedule", "cooperation.note", "revisions[].note"},
    "application": set(),
}  # fmt: skip
"""The public texts of each kind of record: what anybody types there is looked through."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_public_text_is_read_and_no_other(kind: str) -> None:
    typed = list(public_texts(_full(kind, disclosure="公开")))
    assert {one.name for one in typed} == READ[kind]
    assert all(one.text == f"{one.name}的文字" for one in typed)
    always = READ[kind] if kind != "enterprise" else set()
    assert set(public_paths(kind)) == {tuple(name.split(".")) for name in always}


@pytest.mark.parametrize("answer", ["不公开", "", "公开 "])
def test_a_name_is_no_public_text_unless_the_enterprise_said_so(answer: str) -> None:
    assert list(public_texts(_full("enterprise", disclosure=answer))) == []


def test_what_is_no_text_is_not_read() -> None:
    odd = record(
        "D-AAAAAAA1", title=["甲"], summary=None, cooperation="乙", revisions=[None, {"note": "丙"}, "丁", {"note": 1}]
    )
    assert [(typed.path, typed.text) for typed in public_texts(odd)] == [(("revisions", 1, "note"), "丙")]


SPEAKING = _full("enterprise", id="E-AAAAAAA1", role="大企业", disclosure="公开")
APPLICANT = _full("enterprise", id="E-AAAAAAA2", role="中小企业", disclosure="公开")
ANSWER = _full("application", id="A-AAAAAAA1")
DEMAND = _full("demand", id="D-AAAAAAA1")
ROUND = _full("round", id="2024")
DISTRICTS = _full("districts")


def test_readers_see_all_records_but_applicants_and_their_applications() -> None:
    every = [DISTRICTS, ROUND, SPEAKING, DEMAND, APPLICANT, ANSWER]
    assert [record.kind for record in every if speaks_in_public(record)] == [
        "districts",
        "round",
        "enterprise",
        "demand",
    ]
    made = catalogue(*every)
    assert [typed.record for typed in all_texts(made)] == [
        typed.record for speaking in every[:4] for typed in public_texts(speaking)
    ]
    assert {joined.parts[0].record.kind for joined in joined_texts(made)} == {"districts", "round", "demand"}
    assert list(texts_as_read(made)) == [
        *(typed.text for typed in all_texts(made)),
        *(joined.text for joined in joined_texts(made)),
    ]
    assert list(all_texts(catalogue(ANSWER))) == []


@pytest.mark.parametrize("alone", [DEMAND, SPEAKING, APPLICANT, ANSWER], ids=lambda one: one.near["id"])
def test_of_a_record_that_is_judged_alone_its_own_texts_are_read(alone: Record) -> None:
    made = Catalogue.of_one(alone, DISTRICTS, *(one for one in (SPEAKING, DEMAND) if one is not alone))
    for _ in range(2):
        assert list(all_texts(made)) == (list(public_texts(alone)) if speaks_in_public(alone) else [])
        assert {joined.parts[0].record.kind for joined in joined_texts(made)} == {"demand"} & {alone.kind}


@pytest.mark.parametrize(
    ("kind", "path", "is_one"),
    [
        ("districts", ("city", "contact", "phone"), True),
        ("districts", ("districts", 0, "contact", "email"), True),
        ("districts", ("districts", 0, "contact", "address"), True),
        ("districts", ("districts", 0, "contact", "office"), False),
        ("districts", ("city", "phone"), False),
        ("enterprise", ("contact", "phone"), False),
    ],
)
def test_a_bureaus_own_contacts_are_told_from_anybody_elses(kind: str, path: tuple[Any, ...], is_one: bool) -> None:
    assert Typed(Record(kind, "", None, None, {}, b"", sound=True), path, "").is_bureau_contact is is_one


# --- what is read together ----------------------------------------------------------------------------------------------------------------------


def _names(made: Catalogue) -> list[list[str]]:
    return [[".".join(map(str, typed.path)) for typed in joined.parts] for joined in joined_texts(made)]


def test_texts_of_a_record_are_read_together_in_the_order_of_the_page() -> None:
    assert _names(catalogue(DEMAND)) == [
        ["title", "summary", "parameters", "effect", "schedule", "cooperation.note", "revisions.0.note"]
    ]
    assert _names(catalogue(ROUND)) == [["title", "introduction", "notice.title", "notice.number", "notice.issuer"]]
    assert _names(catalogue(record("D-AAAAAAA1", code="Q2-0001", title="甲"))) == []


def test_a_district_is_read_with_itself_and_the_city_with_all_of_its_own() -> None:
    two = [
        {"name": "甲区", "gbt2260": "420104", "bureau": "甲局", "contact": {"phone": "1"}},
        {"name": "乙区", "bureau": "乙局"},
    ]
    made = catalogue(districts(city={"name": "示例市", "contact": {"phone": "2"}}, districts=two))
    assert _names(made) == [
        ["city.name", "city.contact.phone"],
        ["districts.0.name", "districts.0.bureau", "districts.0.contact.phone"],
        ["districts.1.name", "districts.1.bureau"],
    ]


@pytest.mark.parametrize(
    ("texts", "between"),
    [
        (["a", "b"], (0, 1)),
        (["a", "b", "x"], (0, 1)),
        (["x", "a", "b"], (1, 2)),
        (["a", "", "b", "a", "b"], (0, 2)),
        (["x", "ab"], None),
        (["ab", "a", "b"], None),
        (["a", "x", "b"], None),
    ],
)
def test_what_is_cut_up_is_told_between_the_nearest_two(texts: list[str], between: tuple[int, int] | None) -> None:
    parts = tuple(Typed(DEMAND, (f"field{number}",), text) for number, text in enumerate(texts))
    cut = Joined(parts).cut_up(lambda text: "ab" in text.replace("\n", ""))
    assert cut == (None if between is None else tuple(parts[number] for number in between))


def test_of_a_long_text_the_edges_are_read_with_its_neighbours() -> None:
    whole, long = "甲" * 80, "甲" * 40 + "乙" + "丙" * 40
    read = Joined((Typed(DEMAND, ("title",), whole), Typed(DEMAND, ("summary",), long))).text.split("\n")
    assert read == [whole, "甲" * 40, "\u3400", "丙" * 40]


# --- where -----------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"), [("a\nb\nc", 0), ("b\na\nb", 1), ("a\nba\nb", 0), ("x\nxab\nab", 1), ("x\nx\na\n\nb", 2)]
)
def test_the_line_where_something_begins_is_found(text: str, line: int) -> None:
    assert line_of(text, lambda part: "ab" in part.replace("\n", "")) == line


def test_where_nothing_is_found_any_more_the_first_line_is_told() -> None:
    assert line_of("a\nb", lambda _: False) == 0


SOURCE = """\
schema: demand/1
parameters: |-
  甲
    乙

  丙
effect: >-
  丁
  戊
summary: "|己"
"""


@pytest.mark.parametrize(
    ("place", "text", "number", "told"),
    [
        ((2, 13), "甲\n  乙\n\n丙", 0, (3, 3)),
        ((2, 13), "甲\n  乙\n\n丙", 1, (4, 3)),
        ((2, 13), "甲\n  乙\n\n丙", 3, (6, 3)),
        ((2, 13), "甲\n  乙\n\n丁", 3, (2, 13)),
        ((2, 13), "甲\n" * 30, 20, (2, 13)),
        ((2, 13), "甲\n" * 8 + "甲", 8, (2, 13)),
        ((7, 9), "丁\n戊", 1, (7, 9)),
        ((10, 10), "|己", 0, (10, 10)),
        ((1, 9), "demand/1", 0, (1, 9)),
        ((11, 1), "", 0, (11, 1)),
        ((12, 1), "", 0, (12, 1)),
    ],
)
def test_a_finding_is_told_at_its_line_where_the_file_keeps_lines(
    place: tuple[int, int], text: str, number: int, told: tuple[int, int]
) -> None:
    problem = Problem("R401", Severity.ERROR, "d.yml", *place, "", "", "")
    moved = at_line(problem, record("D-AAAAAAA1", source=SOURCE), text, number)
    assert (moved.line, moved.column) == told
    for gone in ("", "schema: demand/1\nparameters: |-"):
        assert at_line(problem, record("D-AAAAAAA1", source=gone), text, number) == problem


def test_a_file_of_one_line_keeps_its_place() -> None:
    problem = Problem("R401", Severity.ERROR, "d.yml", 1, 9, "", "", "")
    assert at_line(problem, record("D-AAAAAAA1", source="title: |"), "甲", 0) == problem
    unreadable = Record("demand", "d.yml", None, None, {}, b"\xff\xfe", sound=True)
    assert at_line(problem, unreadable, "甲", 0) == problem


# --- clearances ---------------------------------------------------------------------------------------------------------------------------------

NOTE = {"code": "R403", "field": "cooperation.note", "reviewer": "示例审甲", "reason": "通用的词。"}


@pytest.mark.parametrize(
    ("note", "is_cleared_"),
    [
        (NOTE, True),
        (NOTE | {"code": "R405"}, False),
        (NOTE | {"field": "note"}, False),
        (NOTE | {"reviewer": ""}, False),
        (NOTE | {"reason": None}, False),
        ("R403", False),
        (None, False),
    ],
)
def test_a_reviewer_clears_one_finding_of_one_field_by_name_and_reason(note: Any, is_cleared_: bool) -> None:
    typed = Typed(record("D-AAAAAAA1", clearances=[note]), ("cooperation", "note"), "请与张工联系")
    assert bool(is_cleared(typed, "R403")) is is_cleared_
    assert not is_cleared(Typed(record("D-AAAAAAA1"), ("cooperation", "note"), ""), "R403")
