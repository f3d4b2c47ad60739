"""Records that are read line by line have the values that the parser gives them, and whatever the parser refuses is left to it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiebang.catalogue.convert import convert
from jiebang.catalogue.decode import decode
from jiebang.catalogue.events import parse
from jiebang.catalogue.files import find_records
from jiebang.catalogue.plain_style import value_in_plain_style
from jiebang.schemas import resolved_schema
from tests.conftest import SAMPLE

PIECES = (
    "\n", "\n", "\n", " ", "  ", "  ", "    ", "- ", "- - ", "-", "a: ", "b: ", "a:", "b:", ": ", ":", "|\n", "|-\n", "|+\n", ">\n", "|2\n", "|",
    "#", " # b", "# b\n", "甲", "x", "12", "-9", "3.5", "是", '"', "'", '"甲"', "'乙'", '"\\u0041"', "''", '""', "[", "]", "{", "}", "[a, b]", "{a: b}", ",",
    "&a ", "*a", "!!str ", "!", "? ", "?", "%", "@", "`", "---", "--- ", "...", "<<: ", "~", "=", "\t", "\u3000", "\xa0", "\\", "(", "name: ", "profile: |\n",
    "contact:\n", "employees: ", "industry:\n", "types:\n", "affiliates:\n",
)  # fmt: skip
"""Of what YAML is made of, and some names that the schemas know."""


@cache
def _records() -> list[tuple[str, str]]:
    files, problems = find_records(SAMPLE)
    assert problems == []
    return [(file.kind, (SAMPLE / file.path).read_text(encoding="utf-8")) for file in files]


def _agree(kind: str, text: str) -> bool:
    """Whether the text was read line by line; what was read is what the parser tells."""
    schema = resolved_schema(kind)
    value = value_in_plain_style(text, schema)
    if value is None:
        return False
    root, refusals = parse(text)
    assert refusals == [], text
    assert root is not None
    careful = convert(root, schema)
    assert value == careful, text
    assert _shape(value) == _shape(careful), text
    return True


def _shape(value: Any) -> Any:
    """What equality does not tell apart: the order of names, the types of numbers."""
    if isinstance(value, dict):
        return [(name, _shape(item)) for name, item in value.items()]
    return list(map(_shape, value)) if isinstance(value, list) else type(value)


def test_every_record_of_the_sample_is_read_line_by_line() -> None:
    for kind, text in _records():
        assert _agree(kind, text), text


def test_what_is_written_with_care_is_read_line_by_line() -> None:
    assert _agree("demand", "# 备注\nid: D-A\n\ndates:\n  # 备注\n  submitted: 2026-01-01\n")
    assert _agree("demand", "summary: |-\n  甲 # 乙: 丙\n\n    丁\n\n\ntitle: '甲: 乙'\n")
    assert _agree(
        "enterprise", 'affiliates:\n- name: 甲\n  relation: "母公司"\n- name: 乙\ntypes:\n    - 甲\nfax:\nemail: ""'
    )


@pytest.mark.parametrize(
    "text",
    ["", "\n", "# 甲\n", "甲\n", "- 甲\n", "a: b: c\n", "a: b # c\n", "a: b\n  c\n", "a: b\na: c\n", "a:\n  b: c\n d: e\n", "a: |\nb: c\n", "a: |\n\n  b\n"],
)  # fmt: skip
def test_the_parser_reads_what_may_be_read_otherwise(text: str) -> None:
    assert value_in_plain_style(text, resolved_schema("demand")) is None


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
@example("a: |\n  x\n  \n   \nb: x")
@example("a:\n- x\n- b: x\n  a:\n  - x\nb: x")
@example("a:\n  - x\n  b: x\n")
@example("a: x\u3000\nb: \u3000x\n")
@example("a:\n  b: |\n  c: d\n")
@example("a: x \nb:  x\n- x ")
@example("a: x \n")
def test_both_readers_agree(text: str) -> None:
    clean, _ = decode(text.encode())
    if clean is not None:
        _agree("enterprise", clean)


@given(st.data())
def test_both_readers_agree_on_records_that_were_changed(data: st.DataObject) -> None:
    kind, text = data.draw(st.sampled_from(_records()))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        removed = data.draw(st.sampled_from((0, 0, 1, 2, 8)))
        text = text[:at] + data.draw(st.sampled_from(PIECES) | st.text(max_size=2)) + text[at + removed :]
    clean, _ = decode(text.encode("utf-8", "surrogatepass"))
    if clean is not None:
        _agree(kind, clean)
