"""However a hidden name is dressed up in a page, the gate sees it; what only looks like it passes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.detection import Identity, fold, variants
from jiebang.publication import Secrets, find_leaks
from tests.conftest import FIXTURES
from tests.detection.names import ENTERPRISE, give_names, listed

DISGUISES = listed("disguised-names.yml")


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    base = tmp_path_factory.mktemp("named") / "catalogue"
    shutil.copytree(FIXTURES / "base", base)
    give_names(base)
    catalogue, problems = load(base)
    assert problems == []
    return Secrets(catalogue)


def test_there_are_many_disguises_each_named_once() -> None:
    assert len(DISGUISES) >= 80
    assert len({entry["how"] for entry in DISGUISES}) == len(DISGUISES)


@pytest.mark.parametrize("entry", DISGUISES, ids=lambda entry: entry["how"])
def test_a_disguised_name_in_a_page_is_found(secrets: Secrets, entry: dict[str, str]) -> None:
    page = f"<!doctype html><title>需求</title><p>研发一款材料。</p><div>{entry['text']}</div><p>电池外壳</p>"
    leaks = find_leaks("demands/index.html", page.encode(), secrets)
    assert [leak.record for leak in leaks] == [ENTERPRISE] * len(leaks) and leaks
    assert all(entry["text"] not in repr(leak) for leak in leaks)


def test_the_tokens_of_a_search_index_are_read(secrets: Secrets) -> None:
    tokens = " ".join(f"x{ord(letter):04x}" for letter in "示例重工")
    assert find_leaks("assets/index.json", f'{{"words": ["{tokens}"]}}'.encode(), secrets)
    joined = "".join(f"{ord(letter):04x}" for letter in "示例重工")
    assert find_leaks("assets/index.json", f'["x{joined}"]'.encode(), secrets)


@pytest.mark.parametrize(
    "innocent",
    [
        "<p>重工业装备，示例件</p>",
        "<p>本例重点在工艺</p>",
        '<link href="assets/example.css"><p>heavy industry</p>',
        "<p>企业名称不公开，民营，制造业</p>",
        "<p>示例光电（武汉）股份有限公司</p>",
        '<a href="https://www.example.org/">示例市经济和信息化局</a>',
        "<p>SLZG</p>",
    ],
)
def test_what_only_looks_like_a_name_passes(secrets: Secrets, innocent: str) -> None:
    assert find_leaks("index.html", innocent.encode(), secrets) == []


def test_an_openly_named_enterprise_covers_the_name_inside_its_own(base: Path) -> None:
    give_names(base)
    opened = base / "2024/zone/enterprises/e-bbbbbbb2.yml"
    text = opened.read_text(encoding="utf-8")
    opened.write_text(text.replace("示例光电（武汉）股份有限公司", "示例重工配件股份有限公司"), encoding="utf-8")
    secrets = Secrets(load(base)[0])
    page = "<p>示例重工配件股份有限公司</p>".encode()
    for file in ("index.html", "demands/d-bbbbbbb2/index.html", "data/v1/demands.json"):
        assert find_leaks(file, page, secrets) == []
        assert find_leaks(file, "<p>示例重工配套</p>".encode(), secrets)
    # A page that does not show the open enterprise gains nothing by its name.
    for file in ("guide/index.html", "about/index.html", "demands/d-aaaaaaa1/index.html"):
        assert find_leaks(file, page, secrets)


def _texts(identity: Identity, short: bool, common: str = "") -> set[str]:
    return {variant.text for variant in variants(identity, common) if variant.short is short}


def test_short_ways_are_told_apart() -> None:
    identity = Identity("某市星桅导航技术有限公司", short_names=("星桅",), brands=("XW",), regions=("某市",))
    assert {"星桅", "xw", "xingwei", "xwdhjs"} <= _texts(identity, short=True)
    assert "星桅导航技术" in _texts(identity, short=False)


def test_places_come_from_the_record_and_are_no_names() -> None:
    identity = Identity("某省甲乙市丙丁重型机器有限公司", regions=("某省", "甲乙市"))
    found = _texts(identity, short=False)
    assert any(text == "丙丁重型机器" for text in found)
    assert not any(text in {"某省", "甲乙市", "甲乙"} for text in found | _texts(identity, short=True))


def test_a_name_made_of_common_words_is_left_to_a_person() -> None:
    common = "新材料\n半导体"
    identity = Identity("新材料", short_names=("半导体",))
    assert _texts(identity, False, common) & {"新材料", "半导体"} == set()
    assert {"新材料", "半导体"} <= _texts(identity, True, common)


def test_readings_are_capped() -> None:
    identity = Identity("重重重重重重重重重重行行行行行行长长长长有限公司")
    assert len(variants(identity)) < 400


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＡＢＣ", "abc"),
        ("Straße", "strasse"),
        ("漢語", "汉语"),
        ("é", "e"),
        ("<b>甲</b>乙", "甲乙"),
        ("&amp;#30002;", "甲"),
        ("%E7%94%B2", "甲"),
        ("а", "a"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(folded) == folded
