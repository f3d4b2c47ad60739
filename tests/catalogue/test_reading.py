"""Text stays text; hostile and careless files are refused with line and column, quickly, and the others are still read."""

from __future__ import annotations

import tracemalloc
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jiebang.catalogue import load
from jiebang.catalogue.decode import INVISIBLE, MAX_BYTES, decode
from jiebang.catalogue.events import parse
from jiebang.catalogue.nodes import Mapping, Scalar
from tests.effort import effort

ENTERPRISE = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"


def _texts(source: str) -> dict[str, str]:
    root, refusals = parse(source)
    assert refusals == []
    assert isinstance(root, Mapping)
    return {key: node.text for key, (_, node) in root.entries.items() if isinstance(node, Scalar)}


@pytest.mark.parametrize(
    "typed",
    [
        "012345",
        "02712345670",
        "910000000000004650",
        "9142E789",
        "08",
        "NO",
        "yes",
        "null",
        "~",
        "2024-07-10",
        "12:30",
        "1e3",
        "0x1F",
        ".inf",
        "1_000",
        "=",
        "0o17",
    ],
)
def test_scalars_come_through_as_typed(typed: str) -> None:
    assert _texts(f"a: {typed}\n") == {"a": typed}


def test_the_record_keeps_what_was_typed(base: Path) -> None:
    catalogue, problems = load(base)
    assert problems == []
    enterprise = catalogue.find("enterprise", "E-AAAAAAA1")
    assert enterprise is not None
    assert enterprise.get("postcode") == "012345"
    assert enterprise.get("contact", "phone") == "02712345670"
    assert enterprise.get("industry", "code") == "38"
    assert enterprise.get("employees") == 3500
    assert str(enterprise.get("revenue")) == "560000.5"
    assert enterprise.get("stamped") is True


def test_positions_count_characters_from_one() -> None:
    root, _ = parse("名称: 值\nlist:\n  - 电池\n")
    assert isinstance(root, Mapping)
    value = root.entries["名称"][1]
    assert (value.line, value.column) == (1, 5)


def _codes(data: bytes) -> list[tuple[str, int, int]]:
    text, refusals = decode(data)
    if text is not None:
        refusals = parse(text)[1]
    return [(r.code, r.line, r.column) for r in refusals]


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        ("名称: 值\n电话: 1\n".encode("gbk"), "Y102", 1, 1),
        ("a: 1\nb: 阻燃\n".encode("gbk"), "Y102", 2, 4),
        ("a: 1\n".encode("utf-16"), "Y102", 1, 1),
        (b"a: \xff\xfe\xfd", "Y102", 1, 4),
        ("a: x\u202ey\n".encode(), "Y103", 1, 5),
        ("a: 1\nb: x\u200by\n".encode(), "Y103", 2, 5),
        (b"a: x\x00y\n", "Y103", 1, 5),
        ("a: x\u2028y\n".encode(), "Y103", 1, 5),
        ("a: x\ue000\n".encode(), "Y103", 1, 5),
        (b"a: 1\rb: 2\n", "Y103", 1, 5),
    ],
)
def test_misencoded_and_invisible_text_is_refused_at_its_place(data: bytes, code: str, line: int, column: int) -> None:
    assert (code, line, column) in _codes(data)


def test_line_ends_of_old_are_told_once_and_as_such() -> None:
    text, refusals = decode(b"a: 1\rb: 2\rc: 3\r")
    assert text is None
    assert [(refusal.code, refusal.line, refusal.column) for refusal in refusals] == [("Y103", 1, 5)]
    assert "行尾改为 LF" in refusals[0].hint


def test_gbk_is_called_by_its_name() -> None:
    assert "GBK" in decode("企业名称: 示例\n".encode("gbk"))[1][0].message


def test_notepad_is_forgiven() -> None:
    text, refusals = decode("\ufeffa: 1\r\nb: 2\r\n".encode())
    assert (text, refusals) == ("a: 1\nb: 2\n", [])


def test_every_invisible_category_of_unicode_is_refused() -> None:
    for code in range(0x110000):
        character = chr(code)
        if unicodedata.category(character) in {"Cc", "Cf", "Co", "Zl", "Zp"} and character not in "\t\n":
            # Egyptian format controls and the like were added after some Python versions; all known here must be in.
            assert INVISIBLE.match(character), f"U+{code:04X}"


@pytest.mark.parametrize("character", ["，", "“", "〔", "·", "±", "℃", "㎡", "Ⅲ", "𠮷", "é", "　", "\u00a0", "µ"])
def test_honest_characters_pass(character: str) -> None:
    assert not INVISIBLE.search(character)


_BOMB = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 9))
_HOSTILE = {
    "merge bomb": _BOMB,
    "deep flow": "[" * 500_000,
    "deep maps": "{" * 500_000,
    "deep block": "- " * 500_000,
    "staircase": "a:\n" + "\n".join(" " * i + "-" for i in range(1, 1400)),
    "complex keys": "? " * 500_000,
    "many items": "[" + "1," * 500_000 + "]",
    "many keys": "".join(f"k{i}: 1\n" for i in range(80_000)),
    "anchors": "&a " * 300_000,
    "quotes": "'" * 1_000_000,
    "bangs": "a: " + "!" * 1_000_000,
    "long text": "a: " + "电" * 300_000,
    "blank lines": "a: |\n" + " \n" * 500_000,
    "comments": "# x\n" * 250_000,
    "escapes": 'a: "' + "\\u0041" * 170_000 + '"',
    "too large": "a" * (MAX_BYTES + 1),
}


@pytest.mark.parametrize("name", sorted(_HOSTILE))
def test_a_hostile_file_costs_little_and_the_others_are_still_checked(base: Path, name: str) -> None:
    (base / "2024/qiaokou/demands/d-hostile0.yml").write_text(_HOSTILE[name], encoding="utf-8")
    tracemalloc.start()
    with effort() as reading:
        catalogue, problems = load(base)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # Generous, because tracing slows the reading more than what it is measured by.
    assert reading.units < 200
    assert peak < 200_000_000
    assert {p.path for p in problems} == {"2024/qiaokou/demands/d-hostile0.yml"}
    assert len(list(catalogue.records())) >= 12
    assert all(len(p.message) < 300 for p in problems)


def test_a_sparse_giant_is_refused_by_size_without_being_read(base: Path) -> None:
    with (base / "2024/qiaokou/demands/d-hostile0.yml").open("wb") as stream:
        stream.truncate(8 * 1024**3)
    _, problems = load(base)
    assert [p.code for p in problems] == ["Y101"]


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_raise(source: str) -> None:
    parse(source)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_decoder_raise(data: bytes) -> None:
    text, refusals = decode(data)
    assert (text is None) == bool(refusals)


_plain = st.dictionaries(
    st.text(alphabet="abcdefg", min_size=1, max_size=5),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=40),
    min_size=1,
    max_size=6,
)


@given(_plain)
def test_what_another_program_writes_quoted_is_read_back(data: dict[str, str]) -> None:
    source = yaml.safe_dump(data, allow_unicode=True, default_style='"')
    root, refusals = parse(source)
    assert isinstance(root, Mapping)
    if not refusals:
        assert {key: node.text for key, (_, node) in root.entries.items() if isinstance(node, Scalar)} == data


def test_an_empty_file_and_a_list_are_no_records(base: Path) -> None:
    for content in ("", "# nothing\n", "- a\n", "text\n"):
        (base / ENTERPRISE).write_text(content, encoding="utf-8")
        _, problems = load(base)
        assert [p.code for p in problems] == ["Y113"]


@pytest.mark.parametrize(
    ("content", "says", "line", "column"),
    [
        ("", "文件是空的", 1, 1),
        ("\n\n", "文件是空的", 1, 1),
        ("# 说明\n", "只有注释", 1, 1),
        ("# 说明\n- 需求\n- 企业\n", "最外层是一个列表", 2, 1),
        ("只有一句话\n", "只有一段文字", 1, 1),
        ("\n  42\n", "只有一段文字", 2, 3),
    ],
)
def test_a_file_that_is_no_record_says_what_it_is_and_where(
    base: Path, content: str, says: str, line: int, column: int
) -> None:
    file = base / "2024/qiaokou/demands/d-aaaaaaa1.yml"
    file.write_text(content, encoding="utf-8")
    (problem,) = [p for p in load(base)[1] if p.code == "Y113"]
    assert says in problem.message and "项目: 内容" in problem.message
    assert (problem.line, problem.column, bool(problem.hint)) == (line, column, True)


@pytest.mark.parametrize(
    ("size", "says"), [(2 * 1024 * 1024, "2.0 MiB，上限是 1 MiB"), (1024 * 1024 + 1, "1,048,577 字节")]
)
def test_a_file_over_the_limit_is_told_its_own_size(base: Path, size: int, says: str) -> None:
    (base / "2024/qiaokou/demands/d-aaaaaaa1.yml").write_bytes(b"#" * size)
    (problem,) = [p for p in load(base)[1] if p.code == "Y101"]
    assert says in problem.message


def test_an_unknown_key_that_may_be_a_value_is_told_by_its_length(base: Path) -> None:
    file = base / "2024/qiaokou/demands/d-aaaaaaa1.yml"
    file.write_text(file.read_text(encoding="utf-8") + "张三三三三: 1\n", encoding="utf-8")
    (problem,) = [p for p in load(base)[1] if p.code == "S203"]
    assert "没有这样的项目（写了 5 个字符的名称）" in problem.message
    assert "张三" not in problem.message + problem.hint
