"""What goes out: only what the schema declares public, and of whom is not exactly 公开 nothing but nature and industry section."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue import load
from jiebang.mapping import Maps
from jiebang.publication import publish
from jiebang.publication.public_part import disclose
from jiebang.rules.judgement import judge_whole
from jiebang.schemas import Privacy, fields_of
from jiebang.view import PublicSite
from tests.conftest import SAMPLE


def _site(root: Path) -> PublicSite:
    return publish(load(root)[0], {}).site


def _edit(base: Path, path: str, old: str, new: str) -> None:
    target = base / path
    text = target.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new), encoding="utf-8")


def _values(thing: Any) -> set[str]:
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return set().union(*(_values(getattr(thing, f.name)) for f in dataclasses.fields(thing)))
    if isinstance(thing, tuple | list):
        return set().union(*map(_values, thing)) if thing else set()
    return {thing} if isinstance(thing, str) else set()


def test_a_hidden_enterprise_is_nature_and_section_only(base: Path) -> None:
    hidden = next(d for d in _site(base).demands if d.id == "D-AAAAAAA1").enterprise
    assert (hidden.name, hidden.nature, hidden.section, hidden.division) == (None, "民营", "C", None)


def test_an_open_enterprise_shows_its_name_and_division(base: Path) -> None:
    named = next(d for d in _site(base).demands if d.id == "D-BBBBBBB2").enterprise
    assert (named.name, named.division) == ("示例光电（武汉）股份有限公司", "38")


@pytest.mark.parametrize("choice", ["不公开", "公 开", "公開", "公开 ", "是", "", "公开（部分）"])
def test_only_an_exact_answer_discloses(base: Path, choice: str) -> None:
    record = load(base)[0].find("enterprise", "E-BBBBBBB2")
    assert record is not None
    record.value["disclosure"] = choice
    assert "name" not in disclose(record, choice)
    shown = next(d for d in publish(_catalogue_with(base, choice), {}).site.demands if d.id == "D-BBBBBBB2")
    assert shown.enterprise.name is None
    assert shown.enterprise.division is None


def _catalogue_with(base: Path, choice: str) -> Any:
    catalogue = load(base)[0]
    record = catalogue.find("enterprise", "E-BBBBBBB2")
    assert record is not None
    record.value["disclosure"] = choice
    return catalogue


def test_what_was_found_out_about_each_record_is_published_as_the_records_are(base: Path) -> None:
    """Also where only districts.yml, or only the words, are others than when the review was found to be valid."""
    maps, counted = Maps(jobs=1), []
    edits = [
        ("districts.yml", "示例审甲", "示例审甲"),
        ("2024/qiaokou/demands/d-aaaaaaa1.yml", "summary: 研发", "summary: 另外研发"),
        ("districts.yml", "示例审乙", "示例审丙"),
        ("2024/qiaokou/demands/d-aaaaaaa1.yml", "summary: 另外研发", "summary: 研发"),
        ("districts.yml", "示例审丙", "示例审乙"),
    ]
    for path, old, new in edits:
        _edit(base, path, old, new)
        publication = publish(judge_whole(base, maps).catalogue, {})
        assert publication == publish(load(base)[0], {})
        counted.append(sum("审查" in held.reason for held in publication.held_back))
    assert counted == [0, 1, 2, 2, 0]


def test_nothing_but_declared_public_fields_is_copied(base: Path) -> None:
    for record in load(base)[0].records():
        allowed = {f.path for f in fields_of(record.kind) if f.privacy is Privacy.PUBLIC}
        assert _paths(disclose(record)) <= allowed


def _paths(value: dict[str, Any], prefix: str = "") -> set[str]:
    found = set()
    for key, item in value.items():
        found.add(f"{prefix}{key}")
        if isinstance(item, dict):
            found |= _paths(item, f"{prefix}{key}.")
        elif isinstance(item, list):
            for entry in item:
                found |= _paths(entry, f"{prefix}{key}[].") if isinstance(entry, dict) else set()
    return found


def test_an_undeclared_property_is_not_copied(base: Path) -> None:
    record = load(base)[0].find("demand", "D-AAAAAAA1")
    assert record is not None
    record.value["added_yesterday"] = "x"
    record.value["dates"]["added_yesterday"] = "x"
    public = disclose(record)
    assert "added_yesterday" not in public
    assert "added_yesterday" not in public["dates"]


def test_unpublished_demands_are_held_back_with_a_reason(base: Path) -> None:
    publication = publish(load(base)[0], {})
    assert [d.id for d in publication.site.demands] == ["D-AAAAAAA1", "D-BBBBBBB2"]
    assert [(h.id, h.reason) for h in publication.held_back] == [("D-CCCCCCC3", "状态为“区报送”")]


def test_applications_are_counted_and_only_where_the_round_says_so(base: Path) -> None:
    assert {(d.applications, d.winners) for d in _site(base).demands} == {(None, None)}, "all of them are below 3"
    _edit(base, "2024/round.yml", "k: 3", "k: 1")
    counts = {d.id: (d.applications, d.winners) for d in _site(base).demands}
    assert counts == {"D-AAAAAAA1": (1, None), "D-BBBBBBB2": (2, 1)}, "nobody is chosen yet for the first"
    _edit(base, "2024/round.yml", "  applications: 是\n  winners: 是", "  applications: 否\n  winners: 否")
    assert {(d.applications, d.winners) for d in _site(base).demands} == {(None, None)}


def test_a_withdrawn_application_is_not_counted(base: Path) -> None:
    _edit(base, "2024/round.yml", "k: 3", "k: 1")
    assert _applications(base) == 1
    _edit(base, "2024/qiaokou/applications/a-aaaaaaa1.yml", "status: submitted", "status: withdrawn")
    assert _applications(base) is None


def _applications(base: Path) -> int | None:
    return next(d for d in _site(base).demands if d.id == "D-AAAAAAA1").applications


def test_a_withdrawn_demand_leaves_code_and_day(base: Path) -> None:
    _edit(base, "2024/qiaokou/demands/d-aaaaaaa1.yml", "status: published", "status: withdrawn")
    _edit(base, "2024/qiaokou/demands/d-aaaaaaa1.yml", "dates:\n", "dates:\n  withdrawn: 2024-09-15\n")
    site = _site(base)
    assert [d.id for d in site.demands] == ["D-BBBBBBB2"]
    assert _values(site.withdrawn) == {"Q2-0001", "2024", "2024-09-15"}


def test_a_round_that_hides_whole_demands_shows_none_of_a_hidden_enterprise(base: Path) -> None:
    _edit(base, "2024/round.yml", "hide: 企业名称", "hide: 整项需求")
    publication = publish(load(base)[0], {})
    assert [d.id for d in publication.site.demands] == ["D-BBBBBBB2"]
    assert "D-AAAAAAA1" in {h.id for h in publication.held_back}


def test_no_private_value_of_the_sample_is_in_the_view() -> None:
    catalogue, _ = load(SAMPLE)
    shown = _values(publish(catalogue, {}).site)
    for record in catalogue.enterprises:
        private = [
            record.get(*path.split("."))
            for path in ("credit_code", "address", "email", "contact.phone", "contact.name", "profile")
        ]
        if record.get("disclosure") != "公开":
            private.append(record.get("name"))
        assert not shown & {value for value in private if value}


def test_the_sample_reads_like_the_real_thing() -> None:
    catalogue, problems = load(SAMPLE)
    assert problems == []
    site = publish(catalogue, {}).site
    large = [e for e in catalogue.enterprises if e.get("role") == "大企业"]
    assert len(site.districts) == 18
    assert len(catalogue.demands) >= 48
    assert len(catalogue.applications) >= 80
    assert len(large) == 30
    assert sum(e.get("disclosure") == "不公开" for e in large) == 15
    assert {d.get("status") for d in catalogue.demands} == {
        "submitted", "recommended", "returned", "published", "selected", "accepted", "unmet", "failed", "withdrawn",
    }  # fmt: skip
    # One enterprise of the sample asked to withhold its district.
    assert {d.district for d in site.demands} - {None} == {d.slug for d in site.districts}
    titles = [d.get("title") for d in catalogue.demands]
    assert len(set(titles)) == len(titles)
    for record in catalogue.enterprises:
        assert "示例" in record.get("name")
        assert record.get("credit_code").startswith("91000000")
