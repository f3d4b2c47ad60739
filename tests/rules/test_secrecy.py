"""A review holds for the words that were read, by two people; the site shows nothing without it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.publication import publish
from jiebang.rules.secrecy import digest_of, is_no_name, lacking_in_review, reviewed_text, reviewer
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
    (base / "2024/qiaokou/demands/d-aaaaaaa3.yml").write_text("title: [", encoding="utf-8")
    assert "D-AAAAAAA3 的文件读不了。" in run("review", "D-AAAAAAA3", "--catalogue", base).stderr
    done = run("review", "D-AAAAAAA2", "--catalogue", base)
    assert done.returncode == 1
    assert "D-AAAAAAA1" in done.stderr


PLACEHOLDERS = (
    "（第一名审查人）", "第二名审查人", "審査人", "姓 名", "张某某", "孔某", "张**", "张＊＊", "张〇", "张○", "张x", "ＸＸ", "〇〇", "？？？", "……", "＿＿",
    "待填", "待补", "暂缺", "同上", "TBD", "n/a", "处长", "副科长", "经办人", "同志", "请填写", "Reviewer 1", "13900001234",
)  # fmt: skip


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_what_stands_for_a_name_is_none_even_where_the_list_has_it(base: Path, name: str) -> None:
    districts = base / "districts.yml"
    text = districts.read_text(encoding="utf-8")
    districts.write_text(text.replace("    - 示例审乙\n", f"    - '{name}'\n"), encoding="utf-8")
    _edit(base, "    - 示例审乙\n", f"    - '{name}'\n")
    assert "D-AAAAAAA1" not in _published(base)
    assert "R423" in {p.code for p in judge(base)[1]}


def test_a_letter_that_nobody_sees_makes_no_name() -> None:
    assert is_no_name("姓\u200b名")
    assert is_no_name("张\u2060某")


def test_where_the_city_names_nobody_nobody_has_reviewed(base: Path) -> None:
    districts = base / "districts.yml"
    text = districts.read_text(encoding="utf-8")
    assert "D-AAAAAAA1" in _published(base)
    districts.write_text(text.replace("  reviewers:\n    - 示例审甲\n    - 示例审乙\n", ""), encoding="utf-8")
    assert "D-AAAAAAA1" not in _published(base)
    assert "R421" in {p.code for p in judge(base)[1]}


@pytest.mark.parametrize(
    "other",
    [
        "張甲", "张甲同志", "张甲副科长", "科长张甲", "处长　张甲", "张甲女士", "张甲博士", "张甲一级主任科员", "张甲四级调研员", "张甲书记", "经办人张甲", "签字：张甲",
        "张 甲", "张\u3000甲", "张\u200b甲", "张\u2060甲", "张\ufe00甲", "张·甲", "张甲。", "张甲2", "张甲A", "⻓甲同志",
    ],
)  # fmt: skip
def test_one_person_in_another_writing_stays_one(other: str) -> None:
    assert reviewer(other) == reviewer("长甲" if "⻓" in other else "张甲")


@pytest.mark.parametrize(
    "name", ["示例审甲", "欧阳娜娜", "董明珠", "夏长工", "沙长", "司徒正", "John Smith", "阿依古丽·买买提", "Müller"]
)
def test_names_of_people_stay_names(name: str) -> None:
    assert not is_no_name(name)


def test_what_the_command_prints_is_no_review_until_names_are_filled_in(run: Run, base: Path) -> None:
    _edit(base, "schedule: 1 年", "schedule: 2 年")
    printed = run("review", "D-AAAAAAA1", "--catalogue", base).stdout
    _edit(base, r"secrecy_review:\n(  .*\n)+", printed[printed.index("secrecy_review:") :].rstrip() + "\n")
    assert "D-AAAAAAA1" not in _published(base)
    assert any(p.severity.value == "error" for p in judge(base)[1])
