"""What a request may carry, file by file: how large, of which kind, under which name, and where."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

import pytest

from jiebang.catalogue.decode import MAX_BYTES
from jiebang.catalogue.keys import new_identity
from jiebang.problems import Problem
from jiebang.proposal.contents import (
    content_problems,
    is_sealed,
    look_through,
    names_in_page,
    plain_copy,
    sealed_in,
    unsealed,
)
from jiebang.proposal.repository import LINK, SUBMODULE, Change, Entry
from tests.conftest import FIXTURES
from tests.proposal.objects import FILE, Objects
from tests.sealing import ENTERPRISE

_RECORD = "catalogue/2024/zone/demands/d-aaaaaaa1.yml"
_SEALED = f"catalogue/{ENTERPRISE}.age"
_PLAIN = (FIXTURES / "base" / ENTERPRISE).read_bytes()
_ID = "E-AAAAAAA1"
_LARGEST = 10 * MAX_BYTES


def _archive(unpacked: int, length: int = 0) -> bytes:
    """A ZIP that declares so many bytes, made to be of a length by a remark."""
    for remark in (b"", b"x" * 20_000):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", b"0" * unpacked)
            archive.comment = remark[: max(0, length - 22 - archive.start_dir - 51)] if remark else b""
        if len(packed.getvalue()) >= length:
            break
    return packed.getvalue()


def _codes(found: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in found]


def _said_of(path: str, content: bytes = b"x", mode: str = FILE, size: int | None = None) -> list[Problem]:
    objects = Objects()
    return list(content_problems(objects.repository, objects.entry(path, content, mode, size)))


def _looked_through(paths: Iterable[str], standing: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(code, path) of what is said of a request that adds empty files."""
    objects = Objects()
    added = {path: objects.entry(path) for path in paths}
    after = {path: objects.entry(path) for path in standing} | added
    changes = tuple(Change(path, None, entry) for path, entry in added.items())
    return [(problem.code, problem.path) for problem in look_through(objects.repository, changes, after)]


# How large


@pytest.mark.parametrize(
    ("path", "size", "words"),
    [
        (_RECORD, MAX_BYTES, ""),
        (_RECORD, MAX_BYTES + 52_429, "1.1 MiB，最多 1 MiB"),
        ("pages/a.md", _LARGEST, ""),
        ("pages/a.md", _LARGEST + MAX_BYTES, "11.0 MiB，最多 10 MiB"),
    ],
)
def test_a_file_is_refused_by_its_size_before_it_is_read(path: str, size: int, words: str) -> None:
    objects = Objects()
    found = list(content_problems(objects.repository, objects.entry(path, b"x", size=size)))
    assert [problem.code for problem in found] == ["R507"] * bool(words)
    assert all(words in problem.message for problem in found)
    assert bool(objects.asked) is not bool(words)
    assert _codes(_said_of(path, size=MAX_BYTES + 1 if path == _RECORD else _LARGEST + 1)) == ["R507"]


def test_more_records_than_anybody_reads_are_refused() -> None:
    many = [f"catalogue/2024/zone/demands/{number}.yml" for number in range(2000)]
    assert _looked_through(many) == []
    assert _looked_through([*many, "pages/a.md"]) == []
    assert _looked_through([*many, _RECORD]) == [("R507", "catalogue")]


@pytest.mark.parametrize("inside", [True, False])
def test_an_archive_that_grows_beyond_measure_says_by_how_much(inside: bool) -> None:
    # Of one place documents belong to, the other holds records.
    path = _RECORD if inside else "site/assets/a.bin"
    modest, bomb = _archive(100_000, 1000), _archive(101_000, 1000)
    assert (len(modest), len(bomb)) == (1000, 1000)
    assert [("倍" in p.message) for p in _said_of(path, modest)] == [False] * inside
    assert ["解开后是现在的 101 倍" in p.message for p in _said_of(path, bomb)] == [True]
    # What stands before an archive does not make it another one.
    before = _said_of(path, b"MZ" + _archive(1_000_000))
    assert ["倍" in problem.message for problem in before] == [True] and before[0].code == "R506"


# Of which kind


@pytest.mark.parametrize(
    ("begins", "words"),
    [
        (b"PK", "zip"),
        (b"Rar!", "rar"),
        (b"7z\xbc\xaf", "7z"),
        (b"\x1f\x8b", "gzip"),
        (b"\xfd7zXZ", "xz"),
        (b"BZh", "bzip2"),
        (b"\xd0\xcf\x11\xe0", "旧式 Office"),
        (b"%PDF", "PDF"),
        (b"\x89PNG", "图片"),
        (b"\xff\xd8\xff", "图片"),
        (b"GIF8", "图片"),
        (b"\x7fELF", "程序"),
        (b"MZ", "程序"),
        (b"title: \0", "二进制文件"),
    ],
)
def test_what_is_no_text_among_the_records_is_named(begins: bytes, words: str) -> None:
    (found,) = _said_of(_RECORD, begins)
    assert found.code == "R506" and words in found.message


def test_bytes_that_are_no_text_beside_the_records_are_nobodys_business() -> None:
    assert _said_of("site/logo.bin", b"a\0b") == []


FORMATS = {
    "Word and what writes alike": "doc docx docm dot dotx rtf mht mhtml",
    "WPS": "wps wpt et ett dps",
    "Excel and tables": "xls xlsx xlsm xlsb xlt xltx csv tsv",
    "presentations": "ppt pptx odp",
    "OpenDocument": "odt ods",
    "Apple": "pages numbers",
    "fixed pages": "pdf ofd",
    "mail and cards": "eml msg vcf",
    "archives": "zip rar 7z tar gz tgz xz bz2 zst",
    "databases": "mdb accdb db sqlite sqlite3",
    "scans and photographs": "jpg jpeg png gif bmp tif tiff webp heic heif avif",
}


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_in_which_a_form_may_come_is_refused_by_its_name(kind: str) -> None:
    for ending in FORMATS[kind].split():
        for path in (f"received/form.{ending}", f"form.{ending.upper()}", f"form.{ending}~"):
            assert _codes(_said_of(path, b"x")) == ["R506"], path


@pytest.mark.parametrize(
    "begins",
    [b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xfd7zXZ", b"BZh", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf"],
)  # fmt: skip
def test_a_document_under_another_name_is_refused_by_its_content(begins: bytes) -> None:
    for path in ("form", "notes/form.txt", "pages/form.docx"):
        assert _codes(_said_of(path, begins)) == ["R506"], path


@pytest.mark.parametrize(
    ("path", "content", "words"), [("form.pdf", b"%PDF-1.7", "PDF 文件，"), ("a.csv", b"a,b", "表格、文档或压缩包，")]
)
def test_a_document_is_called_what_it_is(path: str, content: bytes, words: str) -> None:
    (found,) = _said_of(path, content)
    assert found.message.startswith(f"这是{words}")


@pytest.mark.parametrize(
    ("path", "content", "refused"),
    [
        ("form.docx.bak", b"x", True),
        ("form.docx.old.bak", b"x", False),
        ("docx", b"x", False),
        (".docx", b"x", True),
        ("folder.docx/readme", b"x", False),
        ("generator/a.docx", b"PK\x03\x04", False),
        ("tests/a.png", b"x", False),
        ("site/assets/a.png", b"x", False),
        ("benchmarks/a.csv", b"x", False),
        (".github/images/a.png", b"x", False),
        (".github/a.png", b"x", True),
        ("old/generator/a.docx", b"x", True),
        ("pages/a.png", b"x", False),
        ("site/pages/a.png", b"x", False),
        ("site/a.png", b"x", True),
        ("pages/a.pdf", b"%PDF-1.7", False),
        ("pages/a.pdf", b"x", True),
        ("pages/a.docx", b"%PDF-1.7", True),
        ("a.pdf", b"%PDF-1.7", True),
        ("letters/a.docx", b"PK\x03\x04", False),
        ("letters/a.doc", b"x", True),
        ("letters/a.pdf", b"%PDF-1.7", True),
        ("wheels/a.whl", b"PK\x03\x04", False),
        ("wheels/a.zip", b"PK\x03\x04", True),
        ("a.whl", b"PK\x03\x04", True),
        ("a.whl", b"x", False),
    ],
)
def test_documents_lie_where_they_belong(path: str, content: bytes, refused: bool) -> None:
    assert _codes(_said_of(path, content)) == ["R506"] * refused


# What is no file, and what git reads otherwise


@pytest.mark.parametrize(("mode", "words"), [(LINK, "符号链接"), (SUBMODULE, "子模块")])
def test_what_is_no_plain_file_is_not_read(mode: str, words: str) -> None:
    objects = Objects()
    (found,) = content_problems(objects.repository, objects.entry("form.docx", b"PK", mode))
    assert found.code == "F001" and words in found.message
    # Of the records, their own check says it.
    assert list(content_problems(objects.repository, objects.entry(_RECORD, b"PK", mode))) == []
    assert not objects.asked


@pytest.mark.parametrize("path", [".gitattributes", "catalogue/.GitAttributes"])
def test_a_line_of_attributes_that_reaches_the_records_is_told_by_its_number(path: str) -> None:
    (found,) = _said_of(path, b"* text=auto\n*.yml -diff\n")
    assert found.code == "R508" and "第 2 行" in found.message
    assert _said_of(path, b"* text=auto\n") == []
    assert _said_of(f"{path}.txt", b"*.yml -diff\n") == []


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("catalogue", ["F001"]),
        ("pages/a b.md", ["F002"]),
        ("pages/页.md", ["F002"]),
        ("pages/a:b", ["F002"]),
        ("pages/Az09-._/a", []),
        ("catalogue/2024/a b.yml", []),
        (".gitattributes", []),
        (".gitignore", []),
        ("generator/.gitignore", []),
        (".gitmodules", ["R508"]),
        (".mailmap", ["R508"]),
        (".lfsconfig", ["R508"]),
        ("a/.LFSconfig", ["R508"]),
        ("catalogue/.gitattributes", ["R508"]),
        ("catalogue/2024/.gitignore", ["R508"]),
        ("catalogue/2024/gitignore", []),
        (".cache/x", ["R508"]),
        (".Cache/x", ["R508"]),
        (".cache", ["R508"]),
        ("pages/.cache/x", []),
    ],
)
def test_names_are_safe_everywhere_and_change_nothing(path: str, codes: list[str]) -> None:
    assert [code for code, _ in _looked_through([path])] == codes


@pytest.mark.parametrize(
    ("added", "standing", "wanted"),
    [
        (["pages/A.md"], ["pages/a.md"], ["pages/a.md"]),
        (["pages/a.md"], ["pages/A.md"], ["pages/a.md"]),
        (["pages/b.md"], ["pages/A.md", "pages/a.md"], []),
        (["pages/a.md"], ["pages/A.md", "Pages/a.md"], ["pages/A.md", "pages/a.md"]),
        (["pages/stra\u00dfe.md"], ["pages/strasse.md"], ["pages/straße.md"]),
        (["pages/e\u0301.md"], ["pages/\u00e9.md"], ["pages/é.md"]),
        (["catalogue/2024/A.yml"], ["catalogue/2024/a.yml"], []),
    ],
)
def test_twins_are_told_where_one_of_them_was_touched(added: list[str], standing: list[str], wanted: list[str]) -> None:
    assert [path for code, path in _looked_through(added, standing) if code == "F003"] == wanted


def test_twins_name_the_first_of_them() -> None:
    objects = Objects()
    after = {path: objects.entry(path) for path in ("pages/A.md", "pages/a.md")}
    (found,) = look_through(objects.repository, (Change("pages/a.md", None, after["pages/a.md"]),), after)
    assert "pages/A.md" in found.message


# What readers see


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("pages/a.md", True),
        ("site/pages/a.md", True),
        ("site/a.md", False),
        ("mkdocs.yml", True),
        ("districts.svg", True),
        ("synonyms.yml", True),
        ("other.yml", False),
        ("README.md", True),
        ("notes.txt", True),
        ("notes/README.md", False),
        ("catalogue/README.md", True),
        ("catalogue/2024/README.md", True),
        ("catalogue/notes.bin", False),
    ],
)
def test_a_persons_number_stands_in_no_file_that_readers_see(path: str, refused: bool) -> None:
    assert _codes(_said_of(path, "张工 13800138000\n".encode())) == ["R540"] * refused


def test_a_picture_is_not_read_as_a_page() -> None:
    assert _said_of("pages/a.png", b"\x89PNG 13800138000") == []


def _names_it(text: str, code_like: bool) -> bool:
    return "示例重工" in text


@pytest.mark.parametrize(
    ("path", "content", "mode", "size", "refused"),
    [
        ("pages/a.md", "# 示例重工".encode(), FILE, None, True),
        ("site/pages/a.md", "# 示例重工".encode(), FILE, None, True),
        ("pages/a.md", b"\xff" + "示例重工".encode(), FILE, None, True),
        ("pages/a.md", "# 示例".encode(), FILE, None, False),
        ("pages/a.bin", b"\0" + "示例重工".encode(), FILE, None, True),
        ("pages/a.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0ctEXt" + "示例重工".encode() + bytes(4), FILE, None, True),
        ("pages/a.jpg", b"\xff\xd8\xff\xe1x" + "示例重工".encode("utf-16-le"), FILE, None, True),
        ("pages/a.png", b"\x89PNG\r\n\x1a\n\0\0\0\x02tEXtxx" + bytes(4), FILE, None, False),
        ("pages/a.7z", b"7z\xbc\xaf\x27\x1c\0", FILE, None, False),
        ("mkdocs.yml", "site_name: 示例重工".encode(), FILE, None, True),
        ("districts.svg", "<svg><desc>示例重工</desc></svg>".encode(), FILE, None, True),
        ("synonyms.yml", "- [示例重工, 重工]".encode(), FILE, None, True),
        ("README.md", "# 示例重工".encode(), FILE, None, False),
        ("pages/a.md", "# 示例重工".encode(), LINK, None, False),
        ("pages/a.md", "# 示例重工".encode(), SUBMODULE, None, False),
        ("pages/a.md", "# 示例重工".encode(), FILE, _LARGEST, True),
        ("pages/a.md", "# 示例重工".encode(), FILE, _LARGEST + 1, False),
    ],
)
def test_a_page_does_not_name_a_hidden_one(
    path: str, content: bytes, mode: str, size: int | None, refused: bool
) -> None:
    objects = Objects()
    entry = objects.entry(path, content, mode, size)
    assert _codes(names_in_page(objects.repository, entry, _names_it)) == ["R554"] * refused


# Sealed records, and what stands of them in plain


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (_SEALED, True),
        (_SEALED.removesuffix(".age"), False),
        (_SEALED.removeprefix("catalogue/"), False),
        ("catalogue/notes.age", False),
    ],
)
def test_a_sealed_record_is_told_by_its_place(path: str, wanted: bool) -> None:
    assert is_sealed(path) is wanted
    assert sealed_in([path, "pages/a.md"]) == ({_ID} if wanted else set())


Asked = Callable[[Objects, Entry], Iterable[Problem]]


def _unsealed(objects: Objects, entry: Entry) -> Iterable[Problem]:
    return unsealed(objects.repository, entry)


def _copied(objects: Objects, entry: Entry) -> Iterable[Problem]:
    return plain_copy(objects.repository, entry, frozenset({_ID}))


@pytest.mark.parametrize(
    ("asked", "path", "content", "mode", "size", "codes"),
    [
        (_unsealed, f"catalogue/{ENTERPRISE}", _PLAIN, FILE, None, ["R545"]),
        (_unsealed, f"catalogue/{ENTERPRISE}", b"x", FILE, _LARGEST + 1, ["R545"]),
        (_unsealed, _RECORD, _PLAIN, FILE, None, ["R545"]),
        (_unsealed, _RECORD, _PLAIN, FILE, _LARGEST, ["R545"]),
        (_unsealed, _RECORD, _PLAIN, FILE, _LARGEST + 1, []),
        (_unsealed, _RECORD, b"title: x\n", FILE, None, []),
        (_unsealed, _RECORD, _PLAIN, LINK, None, []),
        (_unsealed, _RECORD, _PLAIN, SUBMODULE, None, []),
        (_unsealed, _SEALED, _PLAIN, FILE, None, []),
        (_unsealed, "notes.txt", _PLAIN, FILE, None, []),
        (_copied, "notes.txt", _PLAIN, FILE, None, ["F013"]),
        (_copied, "notes.txt", _PLAIN, FILE, _LARGEST, ["F013"]),
        (_copied, "notes.txt", _PLAIN, FILE, _LARGEST + 1, []),
        (_copied, "notes.txt", _PLAIN.replace(b"E-AAAAAAA1", b"E-ZZZZZZZ9"), FILE, None, []),
        (_copied, "notes.txt", _PLAIN, LINK, None, []),
        (_copied, "notes.txt", _PLAIN, SUBMODULE, None, []),
        (_copied, f"catalogue/{ENTERPRISE}", _PLAIN, FILE, None, []),
    ],
)
def test_what_has_to_be_sealed_stands_nowhere_in_plain(
    asked: Asked, path: str, content: bytes, mode: str, size: int | None, codes: list[str]
) -> None:
    objects = Objects()
    assert _codes(asked(objects, objects.entry(path, content, mode, size))) == codes


_WRITINGS = {
    "a patch that adds": b"".join(b"+" + line for line in _PLAIN.splitlines(keepends=True)),
    "a patch that takes out": b"".join(b"-" + line for line in _PLAIN.splitlines(keepends=True)),
    "a quotation": b"".join(b"> " + line for line in _PLAIN.splitlines(keepends=True)),
    "a log": b"".join(b"2024-07-08 12:00:00 " + line for line in _PLAIN.splitlines(keepends=True)),
    "a page": b"<pre>" + _PLAIN + b"</pre>",
    "a program": b'TEXT = """' + _PLAIN + b'"""',
    "a list of JSON": b'[{"id": "E-AAAAAAA1", "schema": "enterprise/1"}]',
    "JSON in JSON": rb'{"file": "{\"schema\": \"enterprise/1\", \"id\": \"E-AAAAAAA1\"}"}',
    "YAML in a line": b"{id: E-AAAAAAA1, schema: enterprise/1}",
    "an editor's own file": b"b0VIM 8.2\0" + _PLAIN,
    "a BOM in front": b"\xef\xbb\xbf" + _PLAIN,
    "UTF-16": _PLAIN.decode().encode("utf-16"),
    "UTF-16 without a mark": _PLAIN.decode().encode("utf-16-be"),
    "UTF-32": _PLAIN.decode().encode("utf-32"),
    "GBK": _PLAIN.decode().encode("gbk"),
    "CR alone": _PLAIN.replace(b"\n", b"\r"),
    "an id in small letters": _PLAIN.replace(b"E-AAAAAAA1", b"e-aaaaaaa1"),
}


@pytest.mark.parametrize("content", _WRITINGS.values(), ids=_WRITINGS)
def test_a_copy_is_told_however_it_is_written(content: bytes) -> None:
    objects = Objects()
    assert _codes(_copied(objects, objects.entry("notes/x.txt", content))) == ["F013"]


@pytest.mark.parametrize(
    "content", [b"$schema: enterprise/1 E-AAAAAAA1", b"schema: demand/1\nenterprise: E-AAAAAAA1\n"]
)
def test_what_only_speaks_of_a_record_is_no_copy(content: bytes) -> None:
    objects = Objects()
    assert _codes(_copied(objects, objects.entry("notes/x.txt", content))) == []


# Keys


_KEY = new_identity()[0]


@pytest.mark.parametrize(
    "content",
    [
        f"# 工作密钥\n{_KEY}\n".encode(),
        _KEY.lower().encode(),
        f"key={_KEY};".encode(),
        _KEY.encode("utf-16"),
        f"\ufeff{_KEY}\r\n".encode(),
    ],
    # Each process has its own key, and all name the tests alike.
    ids=["behind a remark", "in small letters", "in a setting", "in UTF-16", "as Notepad writes it"],
)
@pytest.mark.parametrize("path", ["notes/x.txt", "working.key", _RECORD])
def test_a_key_does_not_lie_in_the_repository(path: str, content: bytes) -> None:
    assert "R546" in _codes(_said_of(path, content))
    assert all(_KEY[20:] not in problem.message for problem in _said_of(path, content))


@pytest.mark.parametrize("content", [b"AGE-SECRET-KEY-1...", b"age1" + b"q" * 58, b"AGE-SECRET-KEY-1" + b"QPZRY" * 5])
def test_what_only_speaks_of_keys_is_none(content: bytes) -> None:
    assert _codes(_said_of("notes/x.txt", content)) == []


def test_a_copy_is_told_from_the_moment_when_its_record_is_sealed() -> None:
    objects = Objects()
    sealed, copy, other = (
        objects.entry(_SEALED, b"x"),
        objects.entry("notes/copy.txt", _PLAIN),
        objects.entry("a.md", b"x"),
    )
    after = {entry.path: entry for entry in (sealed, copy, other)}
    renewed = objects.entry(_SEALED, b"y")
    for changes, wanted in (
        ((Change(_SEALED, None, sealed),), ["F013"]),
        ((Change("notes/copy.txt", None, copy),), ["F013"]),
        # Of what stood there before, whoever comes next is not told.
        ((Change("a.md", None, other),), []),
        ((Change(_SEALED, renewed, sealed),), []),
    ):
        assert _codes(look_through(objects.repository, changes, after)) == wanted, changes
    # Also where the sealed one goes.
    gone = {"notes/copy.txt": copy}
    assert _codes(
        look_through(objects.repository, (Change(_SEALED, sealed, None), Change("notes/copy.txt", None, copy)), gone)
    ) == ["F013"]
