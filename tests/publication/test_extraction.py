"""What texts a file gives, exactly: of what is packed everything, in its order, and nothing passed over without a word."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from jiebang.publication import extraction, json_texts, unpacking
from jiebang.publication.bare_runs import data_in_runs
from jiebang.publication.encodings import ENCODINGS
from jiebang.publication.extraction import NotInPortionsError, Text, long_texts_of, texts_of
from jiebang.publication.unpacking import MOST_BYTES, UnreadableError
from tests.publication.made_files import END, LATER, pdf, png, read_texts


def _read(name: str, content: bytes) -> list[tuple[str, bool]]:
    return [(text.content, text.code_like) for text in texts_of(name, content)]


# Plain files


@pytest.mark.parametrize(
    ("name", "code_like"),
    [
        ("a.js", True),
        ("a.MJS", True),
        ("a.css", True),
        ("a.map", True),
        ("a.html", False),
        ("js", False),
        ("a.js.txt", False),
    ],
)
def test_a_text_is_one_and_scripts_are_for_machines(name: str, code_like: bool) -> None:
    assert _read(name, "一款材料".encode()) == [("一款材料", code_like)]
    # As it is without the ending of what is packed.
    assert _read(f"{name}.gz", gzip.compress("一款材料".encode())) == [("一款材料", code_like)]


def test_what_is_no_utf_8_is_read_in_every_encoding_as_for_machines() -> None:
    content = b"\xff" + LATER.encode("gb18030")
    read = [content.decode(encoding, "ignore") for encoding in ENCODINGS]
    # Of two bytes for each letter nobody knows where the first one stands.
    read += [
        part.decode(encoding, "ignore") for part in (content, content[1:]) for encoding in ("utf-16-le", "utf-16-be")
    ]
    assert _read("a.txt", content) == [(text, True) for text in read]


def test_a_record_on_a_page_is_read_once_more_without_our_own_words() -> None:
    page = '<p>a</p><article id="x"><h2 class="t">标题</h2><p>b</p><dt>项</dt><button>钮</button><th scope="col">栏</th><p>c</p></article>'
    more = "<article><p>d</p></article><article>e"
    assert read_texts("a.html", (page + more).encode()) == [
        page + more,
        '<article id="x"><p>b</p><p>c</p></article>',
        "<article><p>d</p></article>",
    ]
    assert read_texts("a.html", b"<articles></article>") == ["<articles></article>"]


# JSON


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('{"a": "b", "c": ["d", 1, 2.50, null, true, {"e": "f"}]}', "b\nd\n1\n2.50\nf\na\nc\ne"),
        ('{"a": 1, "a": 2}', "1\n2\na\na"),
        ('["a", ["b", "c"], "d"]', "a\nb\nc\nd"),
        ("[]", ""),
        (json.dumps(list(range(32))), "n".join(map(str, range(32)))),
        (json.dumps(list(range(31))), "\n".join(map(str, range(31)))),
        (json.dumps([*range(32), "a"]), "\n".join([*map(str, range(32)), "a"])),
        (json.dumps([*range(32), 2.5]), "n".join([*map(str, range(32)), "2.5"])),
        ('{"a": [1, 2], "b": [[3], "4"]}', "1\n2\n3\n4\na\nb"),
    ],
)
def test_json_is_its_values_in_their_order_and_behind_them_its_keys(written: str, read: str) -> None:
    assert _read("a.json", written.encode()) == [(read, False)]


@pytest.mark.parametrize("written", ["{a}", '["a"] b', " []", '"a"', "[" * 100_000])
def test_what_is_no_json_is_a_text(written: str) -> None:
    assert read_texts("a.json", written.encode()) == [written]


def test_tokens_of_the_search_are_read_as_what_they_stand_for() -> None:
    one, other = (f"x{text.encode('utf-16-be').hex()}" for text in ("示例", "重工"))
    assert read_texts("a.json", json.dumps([f"{one} {other}", "x123 xzzzz"]).encode())[1:] == ["示例 重工"]
    most = f"x{('示' * 16).encode('utf-16-be').hex()}"
    assert read_texts("a.json", json.dumps([most]).encode())[1:] == ["示" * 16]
    assert read_texts("a.json", json.dumps([f"{most}0000", "ax793a"]).encode())[1:] == []


# Data in letters


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("data:;base64,YWJj", ["abc"]),
        ("data:;base64,YWJjZA", ["abcd"]),
        ("data:;base64,YWJjZA==", ["abcd"]),
        ("data:;base64,YWJjZ", ["abc"]),
        ("data:;base64,Pz8_", ["???"]),
        ("data:;base64,Pj4-", [">>>"]),
        ("<a href='data:;base64,YWJj'>YWJj", ["abc"]),
        ("url(data:;base64,YW\n  Jj) YWJj", ["abc"]),
        ("'data:;base64,YW&#xA;Jj' 'data:;base64,Pz8%2F'", ["abc", "???"]),
        (f"data:;base64,{base64.b64encode(b'data:;base64,YWJj').decode()}", ["data:;base64,YWJj", "abc"]),
        ("data:;base64,", []),
        ("data:;base64,Y", []),
        ("base64, 编码", []),
    ],
)
def test_data_in_letters_are_read_as_the_file_that_they_are(written: str, read: list[str]) -> None:
    assert read_texts("a.svg", written.encode()) == [written, *read]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Raw profile type x\0\nx\n       3\n616263\n", "abc"),
        ("\nx\n3\n61\n626\n3", "abc"),
        ("\nx\n3\n6", "`"),
        ("\nx\n3\n616263xx", "abc"),
    ],
)
def test_a_profile_in_digits_is_read(written: str, read: str) -> None:
    assert read_texts("a.png", png((b"tEXt", written.encode()), END)) == [written, read]


# Data in letters that nothing announces

_NAME = "示例重工集团"


@pytest.mark.parametrize(
    "written",
    [
        "aria-labelledby/prefers-color-scheme/application/atom+xml",
        "20260302T000000Z 20260302T000000Z",
        f"sha256-{base64.b64encode(hashlib.sha256(b'x').digest()).decode()}",
        hashlib.sha256(b"x").hexdigest(),
        "910000000000004650 9100-0000-0000-0046-50",
        "10, 11, 12, 13, 14, 32, 33, 48, 65, 66",
        "D-C5H28CWN-ABCDEFGHIJKLMNOP",
        "eNtranceOfTheHallNumberFive",
    ],
)
def test_words_digests_and_numbers_spell_nothing(written: str) -> None:
    assert list(data_in_runs(written.encode())) == []


@given(st.integers(0, 80), st.integers(0, 30), st.integers(20, 100))
def test_data_in_lines_are_read_whole(before: int, behind: int, width: int) -> None:
    content = b"a" * before + _NAME.encode() + b"z" * behind
    letters = base64.b64encode(content).decode()
    lines = [letters[at : at + 76] for at in range(0, len(letters), 76)]
    read = list(data_in_runs("\r\n  ".join(lines).encode()))
    assert content in read
    event(f"{len(lines)} lines")
    assert any(_NAME.encode() in data for data in data_in_runs(content.hex(" ").encode()))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_what_runs_of_letters_spell_is_read_in_portions_too(name: str) -> None:
    letters = base64.b64encode(b"a" * 9 + _NAME.encode() + b"a" * 150).decode()
    texts = _in_portions(name, json.dumps(["b" * 200, letters, "c"]).encode())
    assert any(_NAME in text for text, _ in texts[1:])


@pytest.mark.parametrize("encoding", ["utf-7", "hz", "iso2022_jp_2"])
def test_a_text_of_seven_bits_is_read_as_one(encoding: str) -> None:
    written = f"A ({_NAME}) B".encode(encoding)
    assert written.isascii()
    assert f"A ({_NAME}) B" in read_texts("a.txt", written)
    assert read_texts("a.txt", b"1+1, C++, a+bcde, ~{ ~}, +86") == ["1+1, C++, a+bcde, ~{ ~}, +86"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a = 'b' + \"c\" + `d${e}f`;", "bcdf"),
        ("'it\\'s' \"a\\\"b\"", "it\\'sa\\\"b"),
        ("don't \n 'a'", ""),
        ("'a'", ""),
    ],
)
def test_the_literals_of_a_script_are_one_text(written: str, read: str) -> None:
    assert _read("a.js", written.encode()) == [(written, True), *([(read, True)] if read else [])]
    page = f"<p>'x' 'y'</p><script>{written}</script>"
    assert read_texts("a.html", page.encode()) == [page, *([read] if read else [])]


def test_scripts_that_are_data_or_stand_elsewhere_are_none() -> None:
    for opening in ("<script type='application/ld+json'>", "<script src='a.js'>", "<script-like>"):
        assert len(read_texts("a.html", f"{opening}['a', 'b']</script>".encode())) == 1


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (", ".join(str(ord(letter)) for letter in _NAME), _NAME),
        (",".join(hex(ord(letter)) for letter in _NAME), _NAME),
        (", ".join(map(str, _NAME.encode())), _NAME),
        ("065, 066, 067, 068, 069, 070", "ABCDEF"),
        ("9999999, 1, 2, 3, 4, 5", ""),
    ],
)
def test_codes_in_a_script_are_read_as_letters(written: str, read: str) -> None:
    texts = "\n".join(read_texts("a.js", f"f({written})".encode())[1:])
    assert read in texts.split("\n")


# What is packed


def _zip(members: Sequence[tuple[str, bytes]], comment: bytes = b"", remark: bytes = b"", method: int = 8) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.compress_type, info.comment = method, remark
            archive.writestr(info, data)
        archive.comment = comment
    return stream.getvalue()


def test_what_stands_behind_something_packed_is_read_too() -> None:
    one = gzip.compress(b"one")
    assert read_texts("a.gz", one) == ["one"]
    assert read_texts("a.gz", one + gzip.compress(b"two") + gzip.compress(b"three")) == ["onetwothree"]
    assert read_texts("a.gz", one + LATER.encode()) == ["one", LATER]
    assert read_texts("a.gz", one + gzip.compress(b"two") + LATER.encode()) == ["onetwo", LATER]
    other = b"\xffa" + LATER.encode("gb18030")
    assert set(read_texts("a.gz", one + other)) >= {
        "one",
        *(other.decode(encoding, "ignore") for encoding in ENCODINGS),
    }
    assert read_texts("a.gz", one + _zip([("a.txt", b"two")]))[-1] == "two"


def test_an_archive_is_its_remarks_what_stands_between_its_members_their_names_and_their_content() -> None:
    packed = _zip([("a.txt", b"one"), ("d/b.json", b'["two"]')], LATER.encode(), b"remark")
    whole, around, *members = read_texts("a.zip", packed)
    assert whole == LATER
    assert members == ["a.txt\nremark", "one", "d/b.json\nremark", "two"]
    # The heads and the directory stand there, what is packed does not.
    assert "a.txt" in around and LATER in around
    stored = read_texts("a.zip", _zip([("a.txt", b"one-stored"), ("b.txt", b"two-stored")], method=0))
    assert "-stored" not in stored[1] and stored[2:] == ["a.txt\n", "one-stored", "b.txt\n", "two-stored"]


@pytest.mark.parametrize("place", ["before", "between", "behind"])
def test_what_an_archive_holds_beside_its_members_is_read_whole_and_once(place: str) -> None:
    first, second = _zip([("a.txt", b"one")], method=0), _zip([("b.txt", b"two")], method=0)
    if place == "before":
        content = b"PK\x03\x04 said " + first
    elif place == "between":
        # Of the first archive nothing is named any more.
        content = first[: first.index(b"PK\x01\x02")] + b" said " + second
    else:
        content = first + b" said "
    around = read_texts("a.zip", content)[1]
    # Once in each of the encodings in which it is read.
    assert around.count(" said ") == (len(ENCODINGS) if "\n" in around else 1)
    assert ("one" in around) is (place == "between") and "two" not in around


def test_the_fields_of_a_member_are_read_and_its_content_is_not_read_twice() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.extra = b"\x99\x99\x05\x00field"
        archive.writestr(info, b"content " * 10)
    _, around, *members = read_texts("a.zip", stream.getvalue())
    assert members == ["a.txt\n", "content " * 10]
    # In the head of the member and in the directory, once in each of the encodings in which they are read.
    assert around.count("field") == 2 * (len(ENCODINGS) if "\n" in around else 1)
    assert "content" not in around


def test_an_empty_archive_is_one() -> None:
    assert read_texts("a.zip", _zip([], LATER.encode()))[0] == LATER


def test_members_are_read_as_what_they_are_to_a_depth() -> None:
    inner = b"deepest"
    for _ in range(4):
        inner = _zip([("a.bin", inner)])
    assert read_texts("a.zip", inner)[-1] == "deepest"
    assert _in_portions("a.zip", inner)[-1][0] == "deepest"
    for read in (read_texts, _in_portions):
        with pytest.raises(UnreadableError, match="层数过多"):
            read("a.zip", _zip([("a.bin", inner)]))
    with pytest.raises(UnreadableError, match="层数过多"):
        read_texts("a.gz", gzip.compress(inner))


def test_a_locked_archive_is_told() -> None:
    packed = bytearray(_zip([("a.txt", b"one")]))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableError, match="加了密"):
        read_texts("a.zip", bytes(packed))
    # Bit 3 says where the sizes stand, and locks nothing.
    packed[packed.index(b"PK\x01\x02") + 8] = 2
    assert read_texts("a.zip", bytes(packed))[-1] == "one"


@pytest.mark.parametrize("what", ["method", "content", "check"])
def test_a_damaged_archive_is_told(what: str) -> None:
    packed = bytearray(_zip([("a.txt", b"one" * 100)]))
    at = packed.index(b"PK\x01\x02")
    if what == "method":
        packed[at + 10] = packed[8] = 98
    elif what == "content":
        packed[37] ^= 0xFF
    else:
        packed[at + 16] ^= 0xFF
    with pytest.raises(UnreadableError, match="已损坏"):
        read_texts("a.zip", bytes(packed))


def test_an_archive_says_itself_how_large_it_is_and_is_held_to_that(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_BYTES == 256 << 20
    monkeypatch.setattr(unpacking, "MOST_BYTES", 10)
    assert read_texts("a.zip", _zip([("a", b"12345"), ("b", b"67890")]))[-1] == "67890"
    with pytest.raises(UnreadableError, match="解压后超过"):
        read_texts("a.zip", _zip([("a", b"12345"), ("b", b"678901")]))
    assert read_texts("a.gz", gzip.compress(b"1234567890")) == ["1234567890"]
    # Several parts together, and streams of a PDF that are read beside each other, have no more.
    for content in (gzip.compress(b"1" * 1000), gzip.compress(b"12345") + gzip.compress(b"678901")):
        with pytest.raises(UnreadableError, match="解压后超过"):
            read_texts("a.gz", content)
    assert read_texts("a.gz", gzip.compress(b"12345") + gzip.compress(b"67890") + gzip.compress(b"")) == ["1234567890"]
    streams = [b"stream\n" + zlib.compress(b"12345") + b"\nendstream" for _ in range(2)]
    assert read_texts("a.pdf", pdf(*streams))[-1] == ""
    with pytest.raises(UnreadableError, match="解压后超过"):
        read_texts("a.pdf", pdf(*streams, streams[0]))


def test_many_parts_one_behind_the_other_are_read() -> None:
    assert read_texts("a.gz", gzip.compress(b"x") * 5000) == ["x" * 5000]


# Files that are read in portions


def _in_portions(name: str, content: bytes) -> list[tuple[str, bool]]:
    return [("".join(text.portions), text.code_like) for text in long_texts_of(name, io.BytesIO(content))]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions of which a made-up file has many."""
    monkeypatch.setattr(extraction, "_PORTION", 7)
    monkeypatch.setattr(json_texts, "_PORTION", 5)
    monkeypatch.setattr(json_texts, "_LONG", 1)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text('示例<"\\x0 \n。', max_size=9),
    lambda inner: st.lists(inner, max_size=40) | st.dictionaries(st.text("abc示", max_size=3), inner, max_size=4),
    max_leaves=60,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    _VALUES,
    st.sampled_from([None, 1]),
    st.sampled_from(["", "]", "}", "1", '"a"', ",", " ", "\n[]"]),
    st.integers(0, 50),
)
def test_json_that_is_read_element_by_element_says_what_it_says_at_once(
    small: None, value: object, indent: int | None, behind: str, cut: int
) -> None:
    text = json.dumps(value, ensure_ascii=bool(indent), indent=indent)
    for written in (text, text + behind, text[: len(text) - cut]):
        if written[:1] not in {"{", "["}:
            continue
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(json_texts, "_LONG", 1 << 20)
            wanted = json_texts.strings_of(written)
        assert json_texts.strings_of(written) == wanted
        for name in ("a.json", "a.js"):
            try:
                # Behind it stands what its numbers spell in base64, if by chance that is something.
                read, *_ = _in_portions(name, written.encode("utf-8", "ignore"))
            except NotInPortionsError:
                assert wanted is None
            else:
                event("read in portions")
                assert read == _read(name, written.encode("utf-8", "ignore"))[0]


def test_of_the_same_keys_again_and_again_only_so_many_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_texts, "_LONG", 1)
    monkeypatch.setattr(json_texts, "_SAME_KEYS", 40)
    read = json_texts.strings_of(json.dumps({"all": [{"key": 1, "word": 2}] * 100 + [{"other": 3}] * 2}))
    assert read is not None
    assert read.count("key\nword") == 1 + 40 // 9 and read.endswith("word\nother\nother") and read.count("1\n2") == 100


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "\ufeff一款材料。示例重工".encode()),
        ("a.JS", b"one two three four"),
        ("a.ndjson", '{"a": "示例"}\n{"a": "重工"}\n'.encode()),
        ("a.zip", _zip([("a.txt", b"one" * 9), ("d/b.json", b'["two", {"three": 4}]')], LATER.encode(), b"remark")),
        ("a.zip", _zip([("a.zip", _zip([("b.csv", LATER.encode())]))])),
        ("a.zip", b"PK\x03\x04 said " + _zip([("a.js", b"one")]) + b" behind"),
        ("a.xlsx", _zip([])),
        ("a", b""),
    ],
)
def test_a_file_that_is_read_in_portions_gives_the_same_texts(name: str, content: bytes) -> None:
    assert _in_portions(name, content) == _read(name, content)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"0123456789 \xff"),
        ("a.txt", "示".encode()[:2]),
        ("a.html", b"0123456<article>a</article>"),
        ("a.json", b'["0123456789", "x793a4f8b"]'),
        ("a.json", b'["0123456789", "0123456789"'),
        ("a.gz", gzip.compress(b"one", mtime=0)),
        ("a.zip", _zip([("a.gz", gzip.compress(b"one", mtime=0))])),
        ("d/SHA256SUMS", b"x"),
        ("a.pdf", b"%PDF-1.7"),
        ("a.bin", b"JBS1"),
        ("a.gif", b"GIF89a;"),
        ("a.bz2", b"BZh91AY&SY"),
        ("a.tar", b"a".ljust(257, b"\0") + b"ustar"),
        ("a.zz", zlib.compress(b"one")),
        ("late.pdf", b"0123456789 %PDF-1.7"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 20),
        ("a.svg", b"0123456789 data:image/png;base64,AAAA"),
        ("a.json", b'["0123456789", "data:image/png;base64,AAAA"]'),
    ],
)
def test_what_can_only_be_told_from_the_whole_of_a_file_is_said_so(name: str, content: bytes) -> None:
    with pytest.raises(NotInPortionsError):
        _in_portions(name, content)


@pytest.mark.usefixtures("small")
def test_a_damaged_archive_is_told_in_portions_too() -> None:
    whole = _zip([("a.txt", b"one" * 100)])
    for place in (37, whole.index(b"PK\x01\x02") + 16):
        packed = bytearray(whole)
        packed[place] ^= 0xFF
        with pytest.raises(UnreadableError):
            read_texts("a.zip", bytes(packed))
        with pytest.raises(UnreadableError):
            _in_portions("a.zip", bytes(packed))
    with pytest.raises(UnreadableError):
        _in_portions("a.zip", whole[:-30])


def test_what_only_begins_like_something_is_a_text() -> None:
    for name, content in (("a.gz", b"\x1f"), ("a.zip", b"PK"), ("a.pdf", b"%PDF"), ("SHA256SUMS", b"x")):
        assert _read(name, content) == [(content.decode(), False)]
    assert list(texts_of("a", b"")) == [Text("")]


# A manifest


def test_a_manifest_is_its_paths_wherever_it_lies() -> None:
    manifest = f"{'0' * 64}  index.html\n{'1' * 64}  d/a.html\n".encode()
    assert read_texts("SHA256SUMS", manifest) == read_texts("d/SHA256SUMS", manifest) == ["index.html\nd/a.html"]
    assert read_texts("SHA256SUMS.txt", manifest) == [manifest.decode()]
