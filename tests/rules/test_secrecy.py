"""A review holds for the words that were read, by two people; the site shows nothing without it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.publication import publish
from jiebang.rules.secrecy import digest_of, lacking_in_review, reviewed_text
from tests.conftest import Run
from tests.judging import judge
from tests.reviews import renew_reviews

DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"


def _edit(base: Path, pattern: str, new: str) -> None:
    text = (base / DEMAND).read_text(encoding="utf-8")
    changed = re.sub(pattern, new, text, count=1)
    assert changed != text
    (base / DEMAND).write_text(changed, encoding="utf-8")


def _published(base: Path) -> set[str]:
    return {d.id for d in publish(load(base)[0], {}).site.demands}


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        (r"title: 电池", "title: 动力电池"),
        (r"summary: 研发", "summary: 研制"),
        (r"熔指：25", "熔指：26"),
        (r"effect: 适配", "effect: 匹配"),
        (r"schedule: 1 年", "schedule: 2 年"),
        (r"note: 首批", "note: 头批"),
        (r"    - 示例审乙\n", "    - 示例审甲\n"),
        (r"    - 示例审乙\n", "    - 示例审丙\n    - 示例审丙\n"),
        (r"    - 示例审甲\n    - 示例审乙\n", "    - （第一名审查人）\n    - （第二名审查人）\n"),
        (r"secrecy_review:\n(  .*\n)+", ""),
        (r"digest: sha256:.", "digest: sha256:" + "0"),
    ],
)
def test_without_a_valid_review_a_demand_is_not_published(base: Path, pattern: str, new: str) -> None:
    assert "D-AAAAAAA1" in _published(base)
    _edit(base, pattern, new)
    assert "D-AAAAAAA1" not in _published(base)
    assert {p.code for p in judge(base)[1]} & {"R421", "R422"}


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        (r"original_text: 企业", "original_text: 本企业"),
        (r"note: 等待", "note: 仍等待"),
        (r"apply_by: 2024-10-31", "apply_by: 2024-11-30"),
    ],
)
def test_what_readers_do_not_read_needs_no_new_review(base: Path, pattern: str, new: str) -> None:
    _edit(base, pattern, new)
    assert "D-AAAAAAA1" in _published(base)


def test_a_renewed_review_publishes_again(base: Path) -> None:
    _edit(base, "schedule: 1 年", "schedule: 2 年")
    renew_reviews(base)
    assert "D-AAAAAAA1" in _published(base)


def test_every_public_prose_field_is_part_of_the_text(base: Path) -> None:
    catalogue = load(base)[0]
    record = catalogue.find("demand", "D-AAAAAAA1")
    assert record is not None
    assert [title for title, _ in reviewed_text(record)] == [
        "需求名称",
        "需求内容",
        "参数要求",
        "需达到的效果",
        "时间要求",
        "合作方式说明",
    ]
    assert lacking_in_review(record, catalogue.districts) is None


def test_the_command_shows_the_text_and_the_digest(run: Run, base: Path) -> None:
    valid = run("review", "d-aaaaaaa1", "--catalogue", base)
    assert (valid.returncode, "熔指：25 g/10min" in valid.stdout) == (0, True)
    _edit(base, "schedule: 1 年", "schedule: 2 年")
    stale = run("review", "D-AAAAAAA1", "--catalogue", base)
    record = load(base)[0].find("demand", "D-AAAAAAA1")
    assert record is not None
    assert stale.returncode == 1
    assert digest_of(record) in stale.stdout
    assert "有改动" in stale.stderr
    for private in ("企业原文", "等待补充", "示例审甲", "E-AAAAAAA1"):
        assert private not in stale.stdout + stale.stderr


def test_an_unknown_id_is_answered_with_the_nearest(run: Run, base: Path) -> None:
    done = run("review", "D-AAAAAAA2", "--catalogue", base)
    assert done.returncode == 1
    assert "D-AAAAAAA1" in done.stderr


@pytest.mark.parametrize(
    "names", [("（第一名审查人）", "（第二名审查人）"), ("第一名审查人", "第二名审查人"), ("张某某", "李某某")]
)
def test_what_stands_for_a_name_is_none_even_where_nobody_is_named(base: Path, names: tuple[str, str]) -> None:
    districts = base / "districts.yml"
    text = districts.read_text(encoding="utf-8")
    districts.write_text(text.replace("  reviewers:\n    - 示例审甲\n    - 示例审乙\n", ""), encoding="utf-8")
    assert "D-AAAAAAA1" in _published(base)
    _edit(base, r"    - 示例审甲\n    - 示例审乙\n", f"    - {names[0]}\n    - {names[1]}\n")
    assert "D-AAAAAAA1" not in _published(base)


def test_what_the_command_prints_is_no_review_until_names_are_filled_in(run: Run, base: Path) -> None:
    _edit(base, "schedule: 1 年", "schedule: 2 年")
    printed = run("review", "D-AAAAAAA1", "--catalogue", base).stdout
    _edit(base, r"secrecy_review:\n(  .*\n)+", printed[printed.index("secrecy_review:") :].rstrip() + "\n")
    assert "D-AAAAAAA1" not in _published(base)
    assert any(p.severity.value == "error" for p in judge(base)[1])
