"""Whose names must not be found, and what belongs to a name."""

from __future__ import annotations

from pathlib import Path

from jiebang.catalogue import load
from jiebang.rules.hidden_names import hidden_somewhere, identity_of
from tests.detection.names import ENTERPRISE


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
