"""What each refusal says and where, at the bounds of what is refused: the words that staff read, and the places they are sent to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.catalogue.catalogue import assemble, read_bytes, read_content, read_record
from jiebang.catalogue.convert import convert
from jiebang.catalogue.decode import MAX_BYTES, decode, describe_character
from jiebang.catalogue.events import MAX_DEPTH, MAX_NODES, MOST_REFUSALS, parse
from jiebang.catalogue.files import Found, RecordFile, file_at, find_records, problem, sort_out
from jiebang.catalogue.findings import FINDINGS
from jiebang.catalogue.formats import is_date, is_email, is_web_address
from jiebang.catalogue.nodes import Mapping, Scalar, Series, locate, locate_key
from jiebang.catalogue.record import Far, Record, field_on_line, values_at
from jiebang.catalogue.sealed import Seal
from jiebang.catalogue.validate import validate
from tests.conftest import FIXTURES

ENTERPRISE = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
FILE = RecordFile("enterprise", ENTERPRISE, "2024", "qiaokou")
DEMAND = RecordFile("demand", "2024/qiaokou/demands/d-aaaaaaa1.yml", "2024", "qiaokou")


def _source(file: RecordFile) -> bytes:
    return (FIXTURES / "base" / file.path).read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n<<<<<<< HEAD\nc: 1\n=======\nc: 2\n>>>>>>> main\n",
        "a: b\n<<<<<<< ours\nc: 1\n||||||| base\nc: 0\n=======\nc: 2\n>>>>>>> theirs\n",
        "a: |\n<<<<<<< HEAD\n  b\n=======\n  c\n>>>>>>> main\n",
    ],
)
def test_a_conflict_that_nobody_solved_is_called_so(text: str) -> None:
    (refusal,) = parse(text)[1]
    assert (refusal.code, refusal.line) == (
        "Y104",
        text.split("\n").index(next(r for r in text.split("\n") if r.startswith("<<<<"))) + 1,
    )
    assert "合并冲突" in refusal.message


@pytest.mark.parametrize(
    ("characters", "name"),
    [
        ("\u202a\u202e\u2066\u2069\u200e\u200f\u061c", "双向文字控制符"),
        ("\ufeff", "字节顺序标记（BOM）"),
        ("\u200b\u200c\u200d\u2060", "零宽字符"),
        ("\ue000\U000f0000", "私用区字符，多半来自 Word 的特殊符号"),
        ("\x00\x07\x9f", "控制字符"),
        ("\u2028\u2029\u202f\u2065\u206a\u3164\xad", "看不见的字符"),
    ],
)
def test_an_invisible_character_is_called_by_its_kind(characters: str, name: str) -> None:
    for character in characters:
        assert describe_character(character) == f"U+{ord(character):04X}（{name}）"


@pytest.mark.parametrize(
    ("data", "kind", "line", "column"),
    [
        ("名称: 值\n".encode("utf-16"), "UTF-16", 1, 1),
        ("名称: 值\n".encode("utf-16-be").join((b"\xfe\xff", b"")), "UTF-16", 1, 1),
        ("名称: 值\n".encode("utf-16-le"), "UTF-16", 1, 1),
        ("schema: demand/1\n".encode("utf-16-le"), "UTF-16", 1, 1),
        ("title: 阻燃材料\n".encode("utf-16-be"), "UTF-16", 1, 1),
        ("名称: 值\n".encode("utf-32"), "UTF-32", 1, 1),
        ("名称: 值\n".encode("utf-32-be").join((b"\0\0\xfe\xff", b"")), "UTF-32", 1, 1),
        ("schema: demand/1\n".encode("utf-32-le"), "UTF-32", 1, 1),
        ("title: 阻燃材料\n".encode("utf-32-be"), "UTF-32", 1, 1),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "其他编码或二进制文件", 1, 1),
        ("a: 1\nb: 阻燃\n".encode("gbk"), "GBK（GB 18030）", 2, 4),
        ("a: 值\nb: 值".encode() + b"\xff", "其他编码或二进制文件", 2, 5),
        (b"\xff\xfd", "其他编码或二进制文件", 1, 1),
    ],
)
def test_another_encoding_is_called_by_its_name(data: bytes, kind: str, line: int, column: int) -> None:
    text, (refusal,) = decode(data)
    assert text is None
    assert refusal.message == f"文件不是 UTF-8 编码，看来是{kind}。"
    assert (refusal.line, refusal.column) == (line, column)


def test_invisible_characters_are_counted_and_placed() -> None:
    assert [(r.line, r.column) for r in decode("\n\u200bx\u200b\n\n \u200b".encode())[1]] == [(2, 1), (2, 3), (4, 2)]
    assert len(decode(("\u200b" * 30).encode())[1]) == 20
    assert decode(b"x" * MAX_BYTES)[1] == []
    assert decode(b"x" * (MAX_BYTES + 1), 5 * MAX_BYTES)[1][0].message == "文件有 5.0 MiB，上限是 1 MiB。"


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("a: *x\n", "Y105", (1, 4)),
        ("a: &x 1\n", "Y105", (1, 4)),
        ("a: &x [1]\n", "Y105", (1, 4)),
        ("a: !!str 1\n", "Y106", (1, 4)),
        ("a: !!seq [1]\n", "Y106", (1, 4)),
        ("a: !<x\n", "Y106", (1, 7)),
        ("<<: 1\n", "Y107", (1, 1)),
        ("a: 1\nb: 2\na: 3\n", "Y108", (3, 1)),
        ("a: 1\n---\nb: 2\n", "Y109", (2, 1)),
        ("%YAML 1.1\n---\na: 1\n", "Y110", (1, 1)),
        ("%YAML x\n---\na: 1\n", "Y110", (1, 7)),
        ("%YAML 1.1\n%YAML 1.1\n---\na: 1\n", "Y110", (2, 1)),
        ("%FOO\n---\na: *x\n", "Y110", (1, 5)),
        ("? [a]\n: 1\n", "Y112", (1, 3)),
        ("? ''\n: 1\n", "Y112", (1, 3)),
        ('a: "x\\u200b"\n', "Y103", (1, 4)),
        ("a: 1 # x\n", "Y114", (1, 6)),
        ("a: 1\t# x\n", "Y114", (1, 6)),
        ("a:\n  - 1 # x\n", "Y114", (2, 7)),
        ("a：1\nb: 2\n", "Y104", (1, 2)),
        # Where a field's text has such a colon, the next line may be the one that is wrong.
        ("a: |\n  b：1\nc: d: 2\n", "Y104", (3, 5)),
        ("a: 1\n b: 2\n", "Y104", (2, 3)),
        ("a: 'x' y\n", "Y104", (1, 8)),
        ("a: 'x\n", "Y104", (1, 4)),
        ("a: [1\n", "Y104", (2, 1)),
    ],
)
def test_a_refusal_stands_at_its_place(text: str, code: str, at: tuple[int, int]) -> None:
    refusals = parse(text)[1]
    assert [(one.code, one.line, one.column) for one in refusals] == [(code, *at)]
    assert refusals[0].message.endswith("。") and refusals[0].hint


def test_all_colons_that_are_wrong_are_told_at_once() -> None:
    """At their own places, though the parser stops at the first and notices it later."""
    text = (
        "schema：demand/1\nid:D-AAAAAAA1\ntitle: 甲\ndates:\n  submitted：2024-07-08\n  apply_by:2024-10-31\nnote: 乙\n"
    )
    told = parse(text)[1]
    assert [(refusal.code, refusal.line, refusal.column) for refusal in told] == [
        ("Y104", 1, 7),
        ("Y104", 2, 3),
        ("Y104", 5, 12),
        ("Y104", 6, 11),
    ]
    assert ["全角冒号" in refusal.message for refusal in told] == [True, False, True, False]
    assert "少了空格" in told[1].message


def test_another_slip_before_the_colons_is_told_with_them() -> None:
    told = parse("title: a: b\nstatus：published\nnote: 甲\n")[1]
    assert [(refusal.line, refusal.message[:4]) for refusal in told] == [(1, "这里不应"), (2, "项目名后")]


@pytest.mark.parametrize(
    "text",
    [
        "a: 'x' # c\n",
        "a: # c\n",
        "# c\na: 1\n",
        "a: x#y\n",
        "a: |\n  x # y\n",
        "a:\n  # c\n  - 1\n",
        '"<<": 1\n',
        "a: 1 x#\n",
    ],
)
def test_what_is_no_comment_behind_a_value_passes(text: str) -> None:
    assert parse(text)[1] == []


def test_what_is_refused_leaves_a_tree() -> None:
    root, _ = parse("a: *x\nb: 2\n")
    assert isinstance(root, Mapping)
    assert root.entries["a"][1] == Scalar("", 1, 4, plain=True)
    first = parse("a: 1\na: 2\n")[0]
    assert isinstance(first, Mapping) and first.entries["a"][1] == Scalar("1", 1, 4, plain=True)
    assert Scalar("", 1, 1, plain=True).empty and not Scalar("", 1, 1, plain=False).empty


def test_limits_are_where_they_are_said_to_be() -> None:
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH)[1] == []
    assert [r.code for r in parse("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))[1]] == ["Y111"]
    assert parse("[" + "1," * (MAX_NODES - 1) + "]")[1] == []
    assert [r.code for r in parse("[" + "1," * MAX_NODES + "]")[1]] == ["Y111"]
    assert len(parse("a: 1 # x\n".replace("a", "b") * 200)[1]) == MOST_REFUSALS


def test_places_are_those_of_values_and_of_the_keys_of_what_holds_them() -> None:
    root = parse("a:\n  - b: 1\n    c:\n  - d\ne: 2\n")[0]
    assert isinstance(root, Mapping) and isinstance(root.entries["a"][1], Series)
    found = [
        locate(root, path)
        for path in ((), ("a",), ("a", 0, "b"), ("a", 0, "c"), ("a", 1), ("a", 2), ("x",), ("e", "y"))
    ]
    assert found == [(1, 1), (1, 1), (2, 8), (3, 5), (4, 5), (1, 1), (1, 1), (5, 4)]
    assert locate_key(root, ("a", 0), "c") == (3, 5)
    assert locate_key(root, (), "e") == (5, 1)
    assert locate_key(root, ("a", 0), "x") == (2, 5)


@pytest.mark.parametrize("value", ["https://a.example/b?c", "http://a.example:80", 5])
def test_an_address_of_the_web_is_one(value: object) -> None:
    assert is_web_address(value)


@pytest.mark.parametrize(
    "value", ["ftp://a.example", "https://", "https:///x", "https://u:p@a.example", "http://[", "a.example"]
)
def test_anything_else_is_no_address_of_the_web(value: object) -> None:
    assert not is_web_address(value)


def test_days_and_mailboxes() -> None:
    assert is_date("2024-02-29") and is_date(5) and is_email("a@b.example") and is_email(5)
    for day in ("2023-02-29", "20240229", "2024-2-9", "2024-02-29\n", "2024-W09-4"):
        assert not is_date(day)
    for mailbox in ("@", "a@b", "a b@c.example", "a@b.example\n", f"{'a' * 65}@b.example"):
        assert not is_email(mailbox)


def test_a_file_as_a_whole_is_told_with_its_own_hint_or_that_of_the_rule() -> None:
    assert problem("F007", "x", "m", "h").hint == "h"
    assert problem("F001", "x", "m").hint == FINDINGS["F001"].remedy


def test_each_right_to_run_a_file_counts(base: Path) -> None:
    for mode, found in ((0o744, True), (0o654, True), (0o645, True), (0o666, False)):
        (base / ENTERPRISE).chmod(mode)
        assert ("F006" in {p.code for p in find_records(base)[1]}) is found, oct(mode)


def test_a_folder_that_may_not_be_looked_into_is_told(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refused(folder: str | Path) -> object:
        if str(folder).endswith("zone"):
            raise PermissionError
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refused)
    records, problems = find_records(base)
    assert [(p.path, p.code) for p in problems] == [("2024/zone", "F008")]
    assert not any("/zone/" in record.path for record in records) and any(
        "/qiaokou/" in record.path for record in records
    )


def test_what_stands_where_is_told_apart() -> None:
    def codes(*found: Found) -> list[tuple[str, str]]:
        return [(p.code, p.message) for p in sort_out(found)[1]]

    sealed = "2024/qu/enterprises/e-a.yml.age"
    assert codes(Found(sealed, "file"), Found("2024/qu/enterprises/e-b.yml", "file")) == []
    ((code, _),) = codes(Found(sealed, "file"), Found("2023/qu/enterprises/e-a.yml", "file"))
    assert code == "F013"
    ((_, deep),) = codes(Found("a/" * 12 + "b", "folder"))
    ((_, place),) = codes(Found("a/" * 12 + "b.yml", "file"))
    assert "太深" in deep and "不是放记录的地方" in place
    for what in ("link", "submodule", "other"):
        ((code, _),) = codes(Found("2024/qu/enterprises/e-a.yml", what))
        assert code == "F001"
    ((code, _),) = codes(Found("2024/qu/enterprises/e-a.yml", "closed"))
    assert code == "F008"


def test_a_record_belongs_at_one_depth_of_folders_only() -> None:
    assert file_at("2024/qu/demands/d-a.yml") == RecordFile("demand", "2024/qu/demands/d-a.yml", "2024", "qu")
    assert file_at("2024/qu/applications/a-a.yml.age") is not None
    for path in (
        "2024/qu/demands/d-a.yml.age",
        "qu/demands/d-a.yml",
        "2024/qu/demands/x/d-a.yml",
        "2024/qu/others/d-a.yml",
        "round.yml",
        "2024/districts.yml",
    ):
        assert file_at(path) is None, path


def test_a_field_is_told_from_its_line_as_far_as_it_is_known() -> None:
    assert field_on_line("enterprise", "industry:\n  code: 38\n", 2) == "所属行业·行业大类代码"
    assert field_on_line("enterprise", "industry:\n  nonsense:\n    code: 38\n", 3) == "所属行业"
    assert values_at({"a": [{"b": 1}, {}, 5]}, "a[].b") == [1]
    assert values_at({"a": 5}, "a.b") is None


def test_entries_that_are_far_are_read_again() -> None:
    whole = read_record(DEMAND, _source(DEMAND)).record
    assert whole is not None
    near = {name: value for name, value in whole.value.items() if name != "summary"}
    far = Far(frozenset({"summary", "returned_reason"}), None)
    record = Record("demand", DEMAND.path, "2024", "qiaokou", near, _source(DEMAND), sound=True, far=far)
    assert record.value == whole.value
    assert record.get("summary") == whole.get("summary") and record.get("returned_reason") is None


def test_a_part_of_a_record_is_asked_for_its_own_fields_only() -> None:
    def found(text: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
        root = parse(text)[0]
        assert isinstance(root, Mapping)
        _, problems = validate("enterprise", ENTERPRISE, root, convert(root, {}), names)
        return [(p.code, p.field) for p in problems]

    assert found("id: E-AAAAAAA1\nrole: 大企业\n", ("id", "role")) == []
    assert found("id: E-AAAAAAA1\n", ("id", "role")) == [("S202", "企业角色")]


def test_a_sealed_record_must_say_what_its_public_part_says() -> None:
    def codes(seal: Seal) -> list[str]:
        return [p.code for p in read_record(FILE, _source(FILE), seal=seal).problems]

    public = (("id", "E-AAAAAAA1"), ("role", "大企业"))
    assert codes(Seal(False, public=public, shown=("id", "role"))) == []
    assert codes(Seal(False, public=(*public[:1], ("role", "中小企业")), shown=("id", "role"))) == ["F012"]
    closed = read_record(
        FILE, b"id: E-AAAAAAA1\nrole: \xe5\xa4\xa7\xe4\xbc\x81\xe4\xb8\x9a\n", seal=Seal(True, shown=("id", "role"))
    )
    assert closed.problems == () and closed.record is not None
    assert closed.record.closed and not closed.record.sound
    opened = read_record(FILE, _source(FILE), seal=Seal(False, public=public, shown=("id", "role"))).record
    assert opened is not None and opened.sound and not opened.closed


def test_what_cannot_be_read_is_told_by_the_systems_reason(base: Path, tmp_path: Path) -> None:
    for error, said in ((PermissionError(13, "x"), "没有权限"), (OSError(), "系统没有说明原因")):
        catalogue, problems = assemble(base, [FILE], [], [error])
        assert [p.message for p in problems if p.code == "F008"] == [f"读不出这个文件：{said}。"]
        assert catalogue.unreadable == {"E-AAAAAAA1"}
    (base / ENTERPRISE).write_text("- a\n", encoding="utf-8")
    assert load(base)[0].unreadable == {"E-AAAAAAA1"}
    (tmp_path / "link.yml").symlink_to(base / ENTERPRISE)
    with pytest.raises(OSError, match="symbolic"):
        read_bytes(tmp_path / "link.yml")
    (tmp_path / "large.yml").write_bytes(b"x" * (MAX_BYTES + 5))
    data, size = read_bytes(tmp_path / "large.yml")
    assert (len(data), size) == (MAX_BYTES + 1, MAX_BYTES + 5)
    assert read_content(base, FILE) == (b"- a\n", 4, None)


def test_progress_is_told_file_by_file(base: Path) -> None:
    told: list[tuple[int, int]] = []
    load(base, lambda done, total: told.append((done, total)))
    assert told == [(number, 12) for number in range(1, 13)]
