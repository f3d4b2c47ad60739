"""What is written is read back exactly, whatever a text holds, and looks like the files that stand in the catalogue."""

from __future__ import annotations

import stat
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.catalogue.amend import amended_text
from jiebang.catalogue.convert import convert
from jiebang.catalogue.decode import INVISIBLE, decode
from jiebang.catalogue.events import parse
from jiebang.catalogue.write import editor_line, record_text, write_file
from jiebang.schemas import KINDS, resolved_schema
from tests.conftest import ROOT, SAMPLE

NASTY = [
    "012345", "是", "否", "yes", "no", "null", "~", "true", "1e5", "0x1F", "12:30", "2024-07-10", "3.10", "甲: 乙", "甲 # 乙", "#甲", "甲:", "- 甲", "-甲", "-",
    "? 甲", ":甲", "'甲'", '"甲"', "甲'乙\"丙\\", "\\n", "[甲]", "{甲}", "&甲", "*甲", "!甲", "|", ">", "%甲", "@甲", "`甲`", " 甲", "甲 ", "　甲　", "甲\t乙", "\t甲",
    "甲\n乙", "\n甲", " 甲\n乙", "甲\n\n  乙\n丙 ", "甲 \n ", "<<", "=", "---", "...", "", " ", "\n ", "１２,０００", "甲\n# 乙", "甲\n- 乙", "甲: 乙\n丙", "😀", ",甲", "甲, 乙", "句。" * 60,
]  # fmt: skip


def _read(kind: str, text: str) -> Any:
    decoded, refusals = decode(text.encode("utf-8"))
    assert decoded is not None, refusals
    root, refusals = parse(decoded)
    assert not refusals
    assert root is not None
    return convert(root, resolved_schema(kind))


@pytest.mark.parametrize("text", NASTY)
def test_every_nasty_text_comes_back(text: str) -> None:
    value = {
        "title": text,
        "summary": text,
        "cooperation": {"modes": [text, "其他"], "note": text},
        "clearances": [{"text": text}, {"text": "乙"}],
    }
    assert _read("demand", record_text("demand", value)) == value


def test_numbers_and_yes_and_no_come_back_as_what_they_are() -> None:
    value = {
        "registered_capital": Decimal("560000.5"),
        "employees": 0,
        "revenue": Decimal("0.000000001"),
        "total_assets": 10**17,
        "stamped": False,
    }
    text = record_text("enterprise", value)
    assert text.startswith("stamped: 否\nregistered_capital: 560000.5\n")
    assert _read("enterprise", text) == value


def test_an_empty_field_stays_an_empty_field() -> None:
    text = record_text("demand", {"code": None, "clearances": [], "cooperation": {}, "title": ""})
    assert text == 'code:\ntitle: ""\ncooperation: {}\nclearances: []\n'
    assert _read("demand", text) == {"code": None, "title": "", "cooperation": {}, "clearances": []}


@pytest.mark.parametrize("text", ["甲\u200b乙", "甲\r\n乙", "\ue0a3", "\x07"])
def test_what_no_record_may_hold_is_not_written(text: str) -> None:
    with pytest.raises(ValueError, match="invisible"):
        record_text("demand", {"title": text})


@pytest.mark.parametrize("number", [10**18, Decimal("0.0000000001")])
def test_a_number_that_would_not_come_back_is_not_written(number: int | Decimal) -> None:
    with pytest.raises(ValueError, match="digits"):
        record_text("enterprise", {"revenue": number})


def _strategy(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    kind = schema.get("type", "string")
    if kind == "object":
        return st.fixed_dictionaries({}, optional={k: _strategy(v) for k, v in schema["properties"].items()})
    if kind == "array":
        return st.lists(_strategy(schema["items"]), max_size=3)
    if kind == "integer":
        return st.integers(-(10**18) + 1, 10**18 - 1)
    if kind == "number":
        whole = st.integers(-(10**18) + 1, 10**18 - 1)
        return whole | st.decimals(-(10**8), 10**8, allow_nan=False, allow_infinity=False, places=9).map(
            lambda number: int(number) if number == number.to_integral_value() else number
        )
    if kind == "boolean":
        return st.booleans()
    characters = st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n :#-'\"\\|>&*!%@`{}[],?是~　\t")
    texts = st.text(characters, max_size=80).filter(lambda text: not INVISIBLE.search(text))
    return (texts | st.sampled_from(NASTY)).map(lambda text: text.rstrip("\n"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_there_could_be_comes_back(kind: str) -> None:
    @given(_strategy(resolved_schema(kind)).filter(bool))
    def holds(value: dict[str, Any]) -> None:
        assert _read(kind, record_text(kind, value)) == value

    holds()


def _samples() -> list[Path]:
    return sorted(SAMPLE.glob("*/*/*/*.yml"))


def test_the_records_of_the_catalogue_are_in_the_writers_style() -> None:
    assert _samples()
    for path in _samples():
        kind = path.parent.name.removesuffix("s")
        text = path.read_text(encoding="utf-8")
        written = record_text(kind, _read(kind, text), editor_line(path, kind))
        # A few samples have two fields in another order than the schema.
        assert sorted(written.splitlines()) == sorted(text.splitlines()), path


def test_outside_the_project_no_line_names_a_schema_that_is_not_there(tmp_path: Path) -> None:
    assert editor_line(tmp_path / "2024" / "a" / "demands" / "d-1.yml", "demand") == ""
    assert editor_line(ROOT / "catalogue" / "districts.yml", "districts").endswith(
        "=../schemas/districts.schema.json\n"
    )


def test_a_changed_field_changes_nothing_else() -> None:
    text = "# 我的注释\nid: D-1   \n\n# 名称\ntitle:   '旧'\nstatus: submitted\n# 末尾\n"
    amended = amended_text("demand", text, {"title": "新\n名", "summary": "内容", "status": "submitted"})
    assert amended == (
        "# 我的注释\nid: D-1   \n\n# 名称\ntitle: |\n  新\n  名\nsummary: 内容\nstatus: submitted\n# 末尾\n"
    )
    assert amended_text("demand", text, {"title": None}) == "# 我的注释\nid: D-1   \nstatus: submitted\n# 末尾\n"
    assert amended_text("demand", text, {}) == text


def test_a_record_on_one_line_is_amended_too() -> None:
    assert amended_text("demand", "{id: D-1, title: 旧}\n", {"title": "新"}) == "id: D-1\ntitle: 新\n"


@given(_strategy(resolved_schema("demand")).filter(bool), _strategy(resolved_schema("demand")))
def test_any_change_can_be_made(old: dict[str, Any], new: dict[str, Any]) -> None:
    amended = amended_text("demand", record_text("demand", old, "# 头\n"), new)
    assert _read("demand", amended) == {**old, **new}


def test_an_unreadable_record_is_not_amended() -> None:
    with pytest.raises(ValueError, match="readable"):
        amended_text("demand", "id: *x\n", {})


def test_a_file_is_written_whole_with_plain_rights(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b.yml"
    write_file(target, "甲\n乙\n")
    assert target.read_bytes() == "甲\n乙\n".encode()
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    target.write_text("旧", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_file(target, "\ud800")
    assert target.read_text(encoding="utf-8") == "旧"
    assert list(target.parent.iterdir()) == [target]
