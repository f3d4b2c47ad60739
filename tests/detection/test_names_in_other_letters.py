"""Names in other shapes of characters, half in pinyin, deeply escaped, misread, and those of affiliates: refused in a demand and in a page."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.detection import fold
from jiebang.detection.escapes import unescape, unescapings
from jiebang.publication import Secrets, find_leaks
from tests.detection.names import ENTERPRISE, give_names, listed, rename, type_in
from tests.judging import judge

CASES = listed("names-in-other-letters.yml")


def _prepare(base: Path, case: dict[str, str]) -> None:
    give_names(base)
    rename(base, case.get("name"), case.get("affiliate"))


def _page(text: str) -> bytes:
    return f"<!doctype html><title>需求</title><p>研发一款材料。</p><div>{text}</div><p>电池外壳</p>".encode()


def test_there_are_a_dozen_of_each_kind() -> None:
    assert min(Counter(case["kind"] for case in CASES).values()) >= 12
    assert len({case["how"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["how"])
def test_it_is_refused_where_it_is_typed_and_in_a_page(base: Path, case: dict[str, str]) -> None:
    _prepare(base, case)
    catalogue, problems = load(base)
    assert problems == []
    secrets = Secrets(catalogue)
    leaks = find_leaks("demands/index.html", _page(case["text"]), secrets)
    assert leaks and {leak.record for leak in leaks} == {ENTERPRISE}
    assert find_leaks("demands/index.html", _page(case["innocent"]), secrets) == []
    type_in(base, case["text"])
    found = judge(base)[1]
    # What cannot be seen is refused by the reader already.
    assert {p.code for p in found} & {"R401", "Y103"}
    assert all(case["text"] not in repr(p) for p in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["how"])
def test_its_twin_may_be_typed(base: Path, case: dict[str, str]) -> None:
    _prepare(base, case)
    type_in(base, case["innocent"])
    assert {p.code for p in judge(base)[1]} - {"R421", "Y103"} == set()


def test_the_short_name_of_an_affiliate_is_left_to_a_person(base: Path) -> None:
    rename(base, None, "星桅航运集团有限公司")
    type_in(base, "与星桅同型")
    found = [p for p in judge(base)[1] if p.code == "R405"]
    assert ["关联企业" in p.message for p in found] == [True]


def test_an_affiliate_of_an_openly_named_enterprise_is_not_covered_by_it(base: Path) -> None:
    opened = base / "2024/zone/enterprises/e-bbbbbbb2.yml"
    text = opened.read_text(encoding="utf-8")
    assert "disclosure: 公开" in text
    entry = "  - name: 示例重工（武汉）集团有限公司\n    relation: 母公司\n"
    text = (
        text.replace("affiliates:\n", f"affiliates:\n{entry}")
        if "affiliates:\n" in text
        else f"{text}affiliates:\n{entry}"
    )
    opened.write_text(text, encoding="utf-8")
    type_in(base, "示例重工")
    assert "R401" in {p.code for p in judge(base)[1]}


def test_a_backslash_is_read_as_a_program_and_as_a_style_sheet() -> None:
    assert unescape("\\347\\224\\262") == "甲"
    assert unescape("\\007532") == "甲"
    assert "甲" in unescapings("\\7532 \\347\\224\\262")[1]
    assert unescapings("甲 & 乙 50%") == ("甲 & 乙 50%",)


def test_what_is_escaped_without_end_takes_no_time() -> None:
    deep = "&" + "amp;" * 200_000 + "#30002;"
    assert len(unescape(deep)) < len(deep)
    assert len(unescape("%25" * 300_000)) <= 900_000


@pytest.mark.parametrize(
    ("written", "folded"),
    [("⻋⻢⻔", "车马门"), ("髙鉄", "高铁"), ("芸予缶", "芸予缶"), ("碯", "瑙"), ("囯", "国")],
)
def test_shapes_of_characters_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(folded) == folded
