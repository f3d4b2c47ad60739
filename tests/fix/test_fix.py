"""`jiebang.fix`: restores what a slip changed, to the byte; leaves alone what could mean two things; never makes anything worse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.convert import convert
from jiebang.catalogue.events import parse
from jiebang.catalogue.files import RecordFile, find_records
from jiebang.fix import FixedRecord, corrected, fix_record
from jiebang.fix.values import corrected_industry
from jiebang.schemas import resolved_schema
from tests import plain_yaml
from tests.conftest import FIXTURES, SAMPLE
from tests.judging import judge
from tests.turns import at_night, by_day

LARGE = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"


@cache
def _files(root: Path) -> dict[str, RecordFile]:
    return {file.path: file for file in find_records(root)[0]}


def _text(path: str) -> str:
    return (FIXTURES / "base" / path).read_text(encoding="utf-8")


def _fix(path: str, text: str | bytes) -> FixedRecord:
    return fix_record(_files(FIXTURES / "base")[path], text if isinstance(text, bytes) else text.encode())


def _changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def _value(kind: str, text: str) -> Any:
    root, _ = parse(text)
    return convert(root, resolved_schema(kind)) if root is not None else None


@pytest.mark.parametrize("root", [SAMPLE, FIXTURES / "base"], ids=["sample", "base"])
def test_a_record_without_slips_stays_as_it_is(root: Path) -> None:
    for path, file in _files(root).items():
        data = (root / path).read_bytes()
        fixed = fix_record(file, data)
        assert fixed.text is not None and not fixed.changes, path
        assert fixed.text.encode() == data


WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("id: E-AAAAAAA1", "id: ｅ-aaaaaaa1", "全角字符改成半角，字母改成大写"),
        ("91000000000010014Q", "91000000000010014q", "字母改成大写"),
        ("91000000000010014Q", '" 9100 0000-0000 10014Q"', "删去空格"),
        ("employees: 3500", "employees: 3,500人", "去掉单位“人”，去掉千分位"),
        ("employees: 3500", "employees: ３５００", "全角字符改成半角"),
    ],
)
def test_slips_in_codes_and_numbers(old: str, new: str, why: str) -> None:
    text = _text(LARGE)
    fixed = _fix(LARGE, _changed(text, old, new))
    assert fixed.text is not None
    assert fixed.text.replace('"', "") == text
    assert [change.why for change in fixed.changes] == [why]


@pytest.mark.parametrize(
    ("kind", "path", "text", "fixed"),
    [
        ("enterprise", ("contact", "phone"), "０２７—０００００００１", "027-00000001"),
        ("enterprise", ("contact", "phone"), "027-0000 0001转８", "027-0000 0001转8"),
        ("enterprise", ("postcode",), "４３ ００ 40", "430040"),
        ("enterprise", ("email",), "ａ@ example.com", "a@example.com"),
        ("enterprise", ("registered_on",), "2012年5月8日", "2012-05-08"),
        ("enterprise", ("registered_on",), "２０１２／５／８", "2012-05-08"),
        ("enterprise", ("registered_on",), "20120508", "2012-05-08"),
        ("enterprise", ("registered_on",), "2012-05-08 00:00:00", "2012-05-08"),
        ("enterprise", ("revenue",), "560,000.5 万元", "560000.5"),
        ("enterprise", ("nature",), "民 营", "民营"),
        ("enterprise", ("types", 0), '专精特新"小巨人"企业', "专精特新“小巨人”企业"),
        ("enterprise", ("address",), " 示例路 1 号　", "示例路 1 号"),
        ("enterprise", ("name",), "\u3000示例有限公司\u3000", "示例有限公司"),
        ("enterprise", ("contact", "phone"), " 027-00000001 ", "027-00000001"),
        ("demand", ("title",), "示例需求\u3000", "示例需求"),
        ("round", ("title",), "\xa0示例年度", "示例年度"),
        ("districts", ("districts", 0, "name"), "示例区\u3000", "示例区"),
        ("demand", ("status",), "已发榜", "published"),
        ("demand", ("code",), "Ｑ２－０００１", "Q2-0001"),
        ("application", ("item", "code"), "Ｑ２－０００１ ", "Q2-0001"),
    ],
)
def test_what_has_one_meaning_is_mended(kind: str, path: tuple[str | int, ...], text: str, fixed: str) -> None:
    found = corrected(kind, path, text)
    assert found is not None and found[0] == fixed
    again = corrected(kind, path, fixed)
    assert again is None


@pytest.mark.parametrize(
    ("kind", "path", "text"),
    [
        ("enterprise", ("disclosure",), " 公开"),  # whether a name goes out is for a person to say
        ("enterprise", ("disclosure",), "公 开"),
        ("demand", ("no_secrets",), "是 "),
        ("enterprise", ("credit_code",), "91OOOOOOOOOO10014Q"),  # O for 0 is a guess
        ("enterprise", ("credit_code",), "910000000000100140"),  # a wrong check character may be any of 18
        ("enterprise", ("registered_on",), "12/5/8"),  # which is the year?
        ("enterprise", ("registered_on",), "2012-02-30"),
        ("enterprise", ("registered_on",), "20120230"),
        ("enterprise", ("registered_on",), "2012-05-08 13:30:00"),  # what happened then?
        ("enterprise", ("registered_on",), "41047"),
        ("enterprise", ("revenue",), "5.6 亿元"),  # another unit than the form's
        ("enterprise", ("revenue",), "12,00"),
        ("enterprise", ("employees",), "约 300"),
        ("enterprise", ("nature",), "私营"),
        ("enterprise", ("email",), "a.example.com"),
        ("enterprise", ("name",), "示例（武汉）有限公司"),  # full-width brackets belong there
        ("demand", ("parameters",), "ＰＨ 值　７"),
        ("demand", ("id",), "D-OOOOOOO1"),
        ("demand", ("nonsense",), "１"),
    ],
)
def test_what_could_mean_something_else_is_left(kind: str, path: tuple[str | int, ...], text: str) -> None:
    assert corrected(kind, path, text) is None


def test_blanks_around_a_title_go_as_long_as_nobody_has_reviewed_it() -> None:
    """A review is of the words as they are: who mends them afterwards has to know that it begins anew."""
    path = "2024/qiaokou/demands/d-aaaaaaa1.yml"
    reviewed = _changed(_text(path), "title: 电池外壳用阻燃改性材料", "title: 电池外壳用阻燃改性材料\u3000")
    assert _fix(path, reviewed).changes == ()
    begun, _, rest = reviewed.partition("secrecy_review:\n")
    new = begun + "".join(re.findall(r"^\S.*(?:\n .*)*\n", rest, re.MULTILINE))
    fixed = _fix(path, new)
    assert fixed.text == new.replace("\u3000", "")
    assert [change.why for change in fixed.changes] == ["删去首尾的空格"]


@pytest.mark.parametrize(
    ("code", "name", "wanted"),
    [
        ("25", "石油加工、炼焦和核燃料加工业", ("25", "石油、煤炭及其他燃料加工业")),  # the name of 2011
        ("38", "电气机械及器材制造业", ("38", "电气机械和器材制造业")),
        ("38", None, ("38", "电气机械和器材制造业")),
        ("1", "农业", ("01", "农业")),  # a spreadsheet took the 0 away
        ("8", "电气机械和器材制造业", None),
        ("38", "食品制造业", None),  # code or name: a person knows
        ("38", "制造业", None),
        ("38", "电气机械和器材制造业", None),
        ("99", "电气机械和器材制造业", None),
        (None, None, None),
    ],
)
def test_an_industry_follows_its_code_where_the_name_means_no_other(
    code: str | None, name: str | None, wanted: tuple[str, str] | None
) -> None:
    assert corrected_industry(code, name) == wanted


@pytest.mark.parametrize("lost", ["  name: 电气机械和器材制造业\n", "电气机械和器材制造业"])
def test_a_missing_name_is_written_in(lost: str) -> None:
    text = _text(LARGE)
    fixed = _fix(LARGE, _changed(text, lost, "").replace("name: \n", "name:\n"))
    assert fixed.text == text


def test_a_choice_is_mended_though_it_then_asks_for_what_is_missing() -> None:
    small = "2024/qiaokou/enterprises/e-ccccccc3.yml"
    text = re.sub(r"registered_on: .*\n", "", _text(small))
    fixed = _fix(small, _changed(text, "role: 中小企业", "role: 中小 企业"))
    assert fixed.text == text
    assert [change.path for change in fixed.changes] == [("role",)]


BYTES: dict[str, Callable[[str], bytes]] = {
    "去掉文件开头的字节顺序标记（BOM）": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "行尾由 CRLF 改为 LF": lambda text: text.replace("\n", "\r\n").encode(),
    "文件由 GBK 编码转为 UTF-8": lambda text: text.encode("gbk"),
    "文件末尾补上换行": lambda text: text.rstrip("\n").encode(),
}


@pytest.mark.parametrize("why", BYTES)
def test_what_an_editor_did_to_the_file(why: str) -> None:
    for path in (LARGE, "2024/qiaokou/demands/d-aaaaaaa1.yml"):
        text = _text(path)
        fixed = _fix(path, BYTES[why](text))
        assert fixed.text == text
        assert why in [change.why for change in fixed.changes]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe" + _text(LARGE).encode("utf-16-le"),
        _text(LARGE).encode("big5", errors="replace") + b"\xff",
        "名称：示例".encode("gbk"),  # nothing in it says that it is a record
        _text(LARGE).encode()[:-5] + b"\xe5",
        bytes(range(256)) * 10,
    ],
    ids=["utf-16", "noise", "no record", "cut", "binary"],
)
def test_an_encoding_that_is_not_sure_is_left(data: bytes) -> None:
    assert _fix(LARGE, data) == FixedRecord(None, ())


def test_spaces_at_the_ends_of_lines_go_but_those_of_texts_stay() -> None:
    text = "# 注释  \nid: D-AAAAAAA1 \t\nsummary: |\n  一  \n   \n  二\nnote: '甲  \n  乙'\ntitle: 题 # 说明  \n"
    fixed = _fix("2024/qiaokou/demands/d-aaaaaaa1.yml", text)
    assert fixed.text is not None
    assert "# 注释\n" in fixed.text and "D-AAAAAAA1\n" in fixed.text and "# 说明\n" in fixed.text
    assert "|\n  一  \n   \n  二\n" in fixed.text and "'甲  \n  乙'" in fixed.text


def test_fields_move_with_their_comments_and_nothing_else_does() -> None:
    text = (
        "# yaml-language-server: $schema=x\n\nid: D-AAAAAAA1\n# 记录格式\nschema: demand/1\n\n# 备注说明\n# 两行\nnote: |\n  甲\n\n  # 正文\n"
        "summary: 一  二\n# 结尾\n"
    )
    fixed = _fix("2024/qiaokou/demands/d-aaaaaaa1.yml", text)
    assert fixed.text == (
        "# yaml-language-server: $schema=x\n\n# 记录格式\nschema: demand/1\nid: D-AAAAAAA1\nsummary: 一  二\n\n# 备注说明\n# 两行\nnote: |\n  甲\n\n"
        "  # 正文\n# 结尾\n"
    )


def test_fields_of_an_item_move_from_behind_its_dash() -> None:
    text = "affiliates:\n  # 第一家\n  - relation: 子公司\n    name: 甲公司\n  - name: 乙公司\n    relation: 供应商\n"
    fixed = _fix(LARGE, text)
    assert fixed.text == _changed(text, "relation: 子公司\n    name: 甲公司", "name: 甲公司\n    relation: 子公司")
    commented = _changed(text, "    name: 甲公司", "    # 全称\n    name: 甲公司")
    assert _fix(LARGE, commented).text == commented


def test_a_full_width_colon_behind_a_field() -> None:
    text = _text("2024/qiaokou/demands/d-aaaaaaa1.yml")
    slipped = _changed(text, "status: published", "status：published").replace("title: ", "title： ")
    assert _fix("2024/qiaokou/demands/d-aaaaaaa1.yml", slipped).text == text


MISTAKES = sorted((FIXTURES / "mistakes").glob("*.yml"))


@pytest.mark.parametrize("fixture", by_day(MISTAKES, len(MISTAKES) // 3), ids=lambda path: path.stem)
def test_no_mistake_is_made_worse(base: Path, fixture: Path) -> None:
    """After mending, a check of the whole catalogue finds nothing that it did not find before."""
    mistake = plain_yaml.values(fixture.read_text(encoding="utf-8"))
    target = base / mistake["file"]
    target.write_text(
        target.read_text(encoding="utf-8").replace(mistake["find"], mistake["replace"], 1), encoding="utf-8"
    )
    before = {(p.code, p.path, p.field) for p in judge(base)[1]}
    file = _files(base).get(mistake["file"])
    fixed = fix_record(file, target.read_bytes()) if file else FixedRecord(None, ())
    if fixed.text is not None:
        target.write_text(fixed.text, encoding="utf-8", newline="\n")
        assert fix_record(_files(base)[mistake["file"]], fixed.text.encode()) == FixedRecord(fixed.text, ())
    assert {(p.code, p.path, p.field) for p in judge(base)[1]} <= before


MENDED = {
    "R311-full-width", "R311-lower", "R311-spaces", "S201-full-width-number", "S201-number", "S201-unit", "S208-postcode", "S209-date-shape",
    "Y104-full-width-colon",
}  # fmt: skip


@pytest.mark.parametrize("fixture", [path for path in MISTAKES if path.stem in MENDED], ids=lambda path: path.stem)
def test_the_mistakes_that_have_one_remedy_are_undone_to_the_byte(fixture: Path) -> None:
    mistake = plain_yaml.values(fixture.read_text(encoding="utf-8"))
    text = _text(mistake["file"])
    assert _fix(mistake["file"], text.replace(mistake["find"], mistake["replace"], 1)).text == text


# What keyboards and editors do to a record, anywhere in it.
_NOISE = st.sampled_from(
    [*"０１Ａａ：　 \t\n\"'#-:,[]{}|>&*!%@`~\\", "\r\n", "\ufeff", "name: ", "\n  ", " # 注", "年", "“", "￥"]
)
_EDITS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 12), _NOISE | st.just("")), min_size=1, max_size=6)


def _comments(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.split("\n") if line.lstrip().startswith("#"))


def _flat(value: Any, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    if isinstance(value, dict):
        return {p: v for key, inner in value.items() for p, v in _flat(inner, (*path, key)).items()}
    if isinstance(value, list):
        return {p: v for number, inner in enumerate(value) for p, v in _flat(inner, (*path, number)).items()}
    return {path: value}


@settings(max_examples=1000 if at_night() else 60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(_files(FIXTURES / "base"))), _EDITS)
def test_whatever_was_typed_mending_is_safe(path: str, edits: list[tuple[int, int, str]]) -> None:
    text = _text(path)
    for at, length, new in edits:
        at %= len(text) + 1
        text = text[:at] + new + text[at + length :]
    file = _files(FIXTURES / "base")[path]
    fixed = fix_record(file, text.encode())
    assert fixed.text is not None
    assert fix_record(file, fixed.text.encode()) == FixedRecord(fixed.text, ()), "not idempotent"
    before, after = (read_record(file, t.encode()) for t in (text, fixed.text))
    if any("全角冒号" in change.why for change in fixed.changes):
        return  # what could not be read before has nothing to be compared with
    assert {(p.code, p.field) for p in after.problems} <= {(p.code, p.field) for p in before.problems}
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    assert _comments(plain) == _comments(fixed.text)
    old, new_values = _flat(_value(file.kind, plain)), _flat(_value(file.kind, fixed.text))
    touched = {change.path for change in fixed.changes}
    assert {p for p in old.keys() | new_values.keys() if old.get(p) != new_values.get(p)} <= touched


@settings(max_examples=200 if at_night() else 20)
@given(st.data())
def test_shuffled_fields_come_back_in_order(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(_files(FIXTURES / "base"))))
    text = _text(path)
    head, *blocks = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)
    blocks = [f"# 关于 {block.split(':')[0]}\n{block}" for block in blocks]
    ordered = head + "".join(blocks)
    shuffled = head + "".join(data.draw(st.permutations(blocks)))
    assert _fix(path, shuffled).text == ordered


@settings(max_examples=200 if at_night() else 20)
@given(st.data())
def test_digits_typed_in_full_width_come_back(data: st.DataObject) -> None:
    text = _text(LARGE)
    key = data.draw(
        st.sampled_from(["id", "credit_code", "postcode", "employees", "revenue", "registered_capital", "email"])
    )
    (line,) = re.findall(rf"^{key}: .*$", text, re.MULTILINE)
    value = line.partition(": ")[2]
    widened = "".join(chr(WIDE[ord(c)]) if data.draw(st.booleans()) and ord(c) in WIDE else c for c in value)
    assert _fix(LARGE, text.replace(line, f"{key}: {widened}")).text == text
