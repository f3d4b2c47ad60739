"""What texts a PDF gives: its bytes, what its streams hold under all filters, and the strings of each as a viewer shows them."""

from __future__ import annotations

import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.publication import unpacking
from jiebang.publication.lzw import without_lzw
from jiebang.publication.unpacking import UnreadableError
from tests.publication.made_files import LATER, pdf, read_texts


def test_a_pdf_is_its_bytes_its_streams_and_of_each_the_strings_in_both_encodings() -> None:
    drawn = b"(a\\(b\\)) (" + "示".encode() + b") <793A4F8> (\xfe\xff" + "重".encode("utf-16-be") + b")"
    content = pdf(b"(title)", b"stream\r\n" + zlib.compress(drawn) + b"\r\nendstream", b"stream\nplain\nendstream")
    texts = read_texts("a.pdf", content)
    assert texts[0].startswith("%PDF-1.7\n(title)") and "plain" in texts[0]
    assert texts[1].startswith("title")
    in_bytes, wide = [b"a(b)", "示".encode()], b"\x79\x3a\x4f\x80"
    assert [texts[at] for at in (-6, -5, -3, -2)] == [
        "".join(part.decode("utf-8", "replace") for part in in_bytes) + "重" + wide.decode("utf-8", "replace"),
        "".join(part.decode("utf-16-be", "ignore") for part in in_bytes) + "重" + wide.decode("utf-16-be"),
        "".join(part.decode("utf-8", "replace") for part in (*in_bytes, wide)) + "重",
        "".join(part.decode("utf-16-be", "ignore") for part in (*in_bytes, wide)) + "重",
    ]


def test_strings_of_old_fonts_are_read_in_their_encoding() -> None:
    assert read_texts("a.pdf", pdf(b"(a)<" + LATER.encode("gb18030").hex().encode() + b">"))[-1] == f"a{LATER}"


def test_strings_are_read_by_kind_and_where_there_are_two_in_their_order() -> None:
    assert read_texts("a.pdf", pdf(b"(ab)(cd)"))[1:] == ["abcd", "\u6162\u6364"]
    assert read_texts("a.pdf", pdf(b"<4142>"))[1:] == ["AB", "\u4142"]
    assert read_texts("a.pdf", pdf(b"<4142>(ab)"))[1:] == ["abAB", "\u6162\u4142", "ABab", "\u4142\u6162"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (rb"(\101\102)", "AB"),
        (rb"(\1017)", "A7"),
        (rb"(\7\07)", "\7\7"),
        (rb"(\501)", "A"),
        (b"(a\\\nb)", "a\nb"),
        (rb"(0\n2\r7\t1\b2\f3)", "0 2 7 1 2 3"),
        (rb"(\a\8)", "a8"),
        (rb"(\\101)", "\\101"),
        (rb"(a\)b)", "a)b"),
        (b"(a(b)(c(d))e)", "a(b)(c(d))e"),
        (b"(a (b)", "b"),
        (b"<41 42\n43>", "ABC"),
        (b"<4142434>", "ABC@"),
        (b"<414>", ""),
        (b"<41X42>", ""),
    ],
)
def test_strings_of_a_pdf_are_read_as_a_viewer_does(written: bytes, read: str) -> None:
    assert read_texts("a.pdf", pdf(written))[1] == read


@pytest.mark.parametrize("damage", ["check sum", "cut off", "within"])
def test_of_a_damaged_stream_is_read_what_a_viewer_shows(damage: str) -> None:
    packed = bytearray(zlib.compress(f"({LATER}) ".encode() + bytes(range(256)) * 40, 1))
    if damage == "check sum":
        packed[-1] ^= 1
    elif damage == "cut off":
        del packed[-20:]
    else:
        packed[-60:-20] = b"\xff" * 40
    assert any(LATER in text for text in read_texts("a.pdf", pdf(b"stream\n" + bytes(packed) + b"\nendstream"))[1:])
    # Another sort of stream is none that can be read further.
    assert len(read_texts("a.pdf", pdf(b"stream\n\xfe\xd8\xffpicture\nendstream"))) == 3


def _packed_with_lzw(data: bytes, early: int = 1) -> bytes:
    table = {bytes([letter]): letter for letter in range(256)}
    codes, before, size, width = [(256, 9)], b"", 258, 9
    for letter in data:
        longer = before + bytes([letter])
        if longer not in table:
            codes.append((table[before], width))
            table[longer] = size
            size += 1
            width = min(12, max(9, (size - 1 + early).bit_length()))
            if size == 4096:
                codes.append((256, width))
                table = {bytes([one]): one for one in range(256)}
                size, width = 258, 9
            longer = bytes([letter])
        before = longer
    codes += [(table[before], width)] if before else []
    codes.append((257, min(12, max(9, (size + early).bit_length())) if before else 9))
    bits = "".join(f"{code:0{wide}b}" for code, wide in codes)
    return int(bits + "0" * (-len(bits) % 8), 2).to_bytes(-(-len(bits) // 8))


@pytest.mark.parametrize("early", [1, 0])
@given(st.binary(max_size=300), st.integers(1, 60))
def test_lzw_is_read_whenever_its_codes_grow(early: int, data: bytes, times: int) -> None:
    assert without_lzw(_packed_with_lzw(data * times, early)) == data * times


@given(st.binary(max_size=100))
def test_damaged_lzw_is_read_as_far_as_it_goes(data: bytes) -> None:
    without_lzw(b"\x80\x00" + data)


def test_lzw_that_grows_beyond_measure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1000)
    with pytest.raises(UnreadableError, match="解压后超过"):
        without_lzw(_packed_with_lzw(b"a" * 2000))


def _with_differences(data: bytes, width: int, kind: int) -> bytes:
    """As PNG does it: rows of so many bytes, of three for each dot."""
    rows, above = [], bytes(width)
    for start in range(0, len(data), width):
        row = data[start : start + width].ljust(width)
        left, corner = bytes(3) + row[:-3], bytes(3) + above[:-3]
        guess = {
            0: bytes(width),
            1: left,
            2: above,
            3: bytes((a + b) // 2 for a, b in zip(left, above, strict=True)),
            4: bytes(
                min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
                for a, b, c in zip(left, above, corner, strict=True)
            ),
        }[kind]
        rows.append(bytes([kind]) + bytes((a - b) & 255 for a, b in zip(row, guess, strict=True)))
        above = row
    return b"".join(rows)


@pytest.mark.parametrize("kind", range(5))
def test_a_stream_of_differences_is_read_as_what_it_was(kind: int) -> None:
    told = f"({LATER}) Tj ({LATER}集团) Tj".encode()
    parameters = b"<< /Filter/FlateDecode /DecodeParms << /Predictor 15 /Colors 3 /Columns 7 >> >>\n"
    stream = b"stream\n" + zlib.compress(_with_differences(told, 21, kind)) + b"\nendstream"
    assert any(LATER in text for text in read_texts("a.pdf", pdf(b"1 0 obj " + parameters + stream)))
    picture = b"2 0 obj << /Subtype /Image /DecodeParms << /Predictor 15 /Columns 9 >> >>\n"
    assert all(LATER not in text for text in read_texts("a.pdf", pdf(picture + stream))) or kind in {0, 2}


def test_differences_from_the_left_alone_are_read() -> None:
    told = f"({LATER})".encode()
    written = bytes([told[0], *((b - a) & 255 for a, b in pairwise(told))])
    parameters = b"1 0 obj << /Predictor 2 /Columns %d >>\n" % len(told)
    stream = b"stream\n" + zlib.compress(written) + b"\nendstream"
    assert any(LATER in text for text in read_texts("a.pdf", pdf(parameters + stream)))
    with pytest.raises(UnreadableError, match="没有写在一处"):
        read_texts("a.pdf", pdf(b"1 0 obj << /Predictor 2 /Columns 5 0 R >>\n" + stream))


def test_filters_over_filters_are_taken_off_to_a_depth() -> None:
    packed = f"({LATER})".encode()
    for _ in range(7):
        packed = zlib.compress(packed)
    stream = b"stream \n%b endstream"
    assert any(LATER in text for text in read_texts("a.pdf", pdf(stream % packed)))
    with pytest.raises(UnreadableError, match="太多层"):
        read_texts("a.pdf", pdf(stream % zlib.compress(packed)))


def test_what_ends_a_stream_inside_of_it_ends_it_for_nobody() -> None:
    machine = zlib.compressobj(0)
    start = machine.compress(b"stored endstream ") + machine.flush(zlib.Z_FULL_FLUSH)
    packed = start + zlib.compress(b"x" * 99 + f"({LATER})".encode())[2:]
    assert any(LATER in text for text in read_texts("a.pdf", pdf(b"stream\n" + packed + b"\nendstream")))


@pytest.mark.parametrize("written", [b"\x02abc\x80", b"\x01ab\xffc\x80", b"abc", b"\x80", b"\x7fa\x80"])
def test_run_lengths_are_read_where_they_run_up_to_their_end(written: bytes) -> None:
    texts = read_texts("a.pdf", pdf(b"stream\n" + written + b"\nendstream"))
    assert any(text in {"abc", "abcc"} for text in texts) is (written[:1] in {b"\x01", b"\x02"})


def test_a_pdf_that_is_attached_to_a_pdf_is_read_as_one() -> None:
    inner = pdf(b"stream\n" + zlib.compress(f"({LATER})".encode()) + b"\nendstream")
    outer = pdf(b"stream\n" + zlib.compress(inner) + b"\nendstream")
    assert any(LATER in text for text in read_texts("a.pdf", outer))


def test_a_locked_pdf_is_told() -> None:
    for name in (b"/Encrypt", b"/#45ncrypt"):
        with pytest.raises(UnreadableError, match="加了密"):
            read_texts("a.pdf", pdf(b"trailer <<" + name + b" 3 0 R>>"))
