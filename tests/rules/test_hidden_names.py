"""Whose names must not be found, and what belongs to a name."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from jiebang.catalogue import load
from jiebang.detection import Identity, Rule, Variant
from jiebang.rules.hidden_names import field_path, hidden_somewhere, identity_of, is_hidden, marks_of, names_of
from jiebang.rules.settings import settings_of
from jiebang.schemas import field_at
from tests.detection.names import ENTERPRISE
from tests.rules.records import catalogue, record


def _again(base: Path, number: int, find: str, replace: str) -> str:
    """The enterprise once more, named openly and with something else; the id of that record."""
    text = (base / ENTERPRISE).read_text(encoding="utf-8")
    assert find in text and "disclosure: 不公开" in text
    changed = text.replace("disclosure: 不公开", "disclosure: 公开").replace(find, replace)
    name = f"E-AAAAAA9{number}"
    (base / ENTERPRISE).with_name(f"{name.lower()}.yml").write_text(
        changed.replace("E-AAAAAAA1", name), encoding="utf-8"
    )
    return name


def test_who_is_hidden_in_one_record_is_in_all_that_bear_the_code_or_the_name(base: Path) -> None:
    text = (base / ENTERPRISE).read_text(encoding="utf-8")
    code = next(line for line in text.splitlines() if line.startswith("credit_code: "))
    name = next(line for line in text.splitlines() if line.startswith("name: "))
    same_code = _again(base, 1, name, "name: 示例改名有限公司")
    same_name = _again(base, 2, code, "credit_code: 910000000000004650")
    other = base / ENTERPRISE
    both = _again(base, 3, name, "name: 示例无关有限公司")
    file = other.with_name(f"{both.lower()}.yml")
    file.write_text(file.read_text(encoding="utf-8").replace(code, "credit_code: 910000000000009320"), encoding="utf-8")
    hidden = hidden_somewhere(load(base)[0])
    assert {"E-AAAAAAA1", same_code, same_name} <= hidden
    assert both not in hidden


def test_the_place_where_an_enterprise_is_registered_is_no_part_of_its_own_name(base: Path) -> None:
    record = load(base)[0].find("enterprise", "E-AAAAAAA1")
    assert record is not None
    place = record.get("registered_place")
    assert place and set(place.values()) <= set(identity_of(record, ("某地",)).regions)
    assert "某地" in identity_of(record, ("某地",)).regions


@pytest.mark.parametrize(
    ("answer", "hidden"), [("公开", False), ("不公开", True), ("公开 ", True), ("", True), (None, True)]
)
def test_who_did_not_say_exactly_openly_is_hidden(answer: str | None, hidden: bool) -> None:
    assert is_hidden(record("E-AAAAAAA1", disclosure=answer)) is hidden
    assert is_hidden(record("E-AAAAAAA1"))


FAMILY = [
    {"name": "样本母公司", "relation": "母公司"},
    {"name": "样本子公司", "relation": "子公司"},
    {"name": "样本控股", "relation": "控股公司"},
    {"name": "样本关联", "relation": "其他关联企业"},
    {"name": "样本供应商", "relation": "供应商"},
    {"relation": "母公司"},
    {"name": "样本无关"},
    None,
]


@pytest.mark.parametrize("answer", ["公开", "不公开"])
def test_an_enterprise_is_known_by_all_its_names_and_by_its_family_where_it_is_hidden(answer: str) -> None:
    kinds = ("short_names", "former_names", "english_names", "brands", "domains")
    aliases = {kind: [f"样本{kind}", None] for kind in kinds}
    place = {"province": "示例省", "city": None}
    one = record(
        "E-AAAAAAA1",
        name="样本重工",
        credit_code="91",
        disclosure=answer,
        aliases=aliases,
        affiliates=FAMILY,
        registered_place=place,
    )
    family = ("样本母公司", "样本子公司", "样本控股", "样本关联") if answer == "不公开" else ()
    told = {kind: (f"样本{kind}",) for kind in kinds}
    identity = Identity(name="样本重工", credit_code="91", affiliates=family, regions=("某地", "示例省"), **told)
    assert identity_of(one, ("某地",)) == identity


def test_who_says_nothing_of_itself_has_no_names() -> None:
    nobody = record("E-AAAAAAA1")
    assert identity_of(nobody, ()) == Identity(name="")
    assert identity_of(record("E-AAAAAAA1", aliases={}), ()) == Identity(name="")
    assert names_of(nobody, settings_of(None)) == () == marks_of(nobody) == marks_of(record("E-AAAAAAA1", name=""))
    openly = record("E-AAAAAAA2", name="", disclosure="公开")
    assert hidden_somewhere(catalogue(record("E-AAAAAAA1", name=""), openly)) == {"E-AAAAAAA1"}


@pytest.mark.parametrize(
    "source", ["name", "credit_code", "affiliates", "short_names", "former_names", "english_names", "brands", "domains"]
)
def test_every_source_of_a_name_is_a_field_of_the_form(source: str) -> None:
    assert field_at("enterprise", field_path(source)) is not None


def test_what_is_known_of_a_record_is_not_worked_out_again() -> None:
    known = record("E-AAAAAAA1", name="样本重工")
    names = (Variant("知道的", "name", "原样", Rule.ANYWHERE, short=False),)
    known.facts = SimpleNamespace(names=names, marks=("知道的标记",))
    assert names_of(known, settings_of(None)) == names
    assert marks_of(known) == ("知道的标记",)
