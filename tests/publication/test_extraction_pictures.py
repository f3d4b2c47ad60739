"""What texts a picture gives: all that is no part of what is seen."""

from __future__ import annotations

import gzip
import zlib

import pytest

from jiebang.publication.encodings import ENCODINGS
from jiebang.publication.unpacking import UnreadableError
from tests.publication.made_files import END, LATER, png, read_texts


def test_a_picture_is_every_chunk_that_holds_no_part_of_it_and_what_stands_behind() -> None:
    pixels = [(kind, b"pixels") for kind in (b"IHDR", b"PLTE", b"IDAT")]
    assert read_texts("a.png", png(*pixels, END)) == []
    assert read_texts("a.png", png(*pixels, (b"tEXt", b"Title\0one"), (b"prVt", b"two"), END)) == ["Title\0one", "two"]
    packed = (b"zTXt", b"Title\0\0" + zlib.compress(LATER.encode()))
    *read, last = read_texts("a.png", png(*pixels, packed, END))
    assert last == LATER and len(read) == 1
    assert read_texts("a.png", png(END) + LATER.encode()) == [LATER]
    # What says that it is longer than the file, and a file that ends within a head.
    cut = png(*pixels, (b"tEXt", b"one"))
    assert read_texts("a.png", cut) == ["one"]
    assert read_texts("a.png", cut + b"1234567") == ["one", "1234567"]
    assert read_texts("a.png", png(*pixels) + b"\0\0\0\1tEXt") == [""]


def test_only_in_chunks_of_text_something_packed_has_to_open() -> None:
    assert read_texts("a.png", png((b"eXIf", b"\0x-not-packed"), END)) == ["\0x-not-packed"]
    assert read_texts("a.png", png((b"tEXt", b"Title\0y"), END)) == ["Title\0y"]
    for kind in (b"tEXt", b"iTXt", b"zTXt"):
        with pytest.raises(UnreadableError, match="已损坏"):
            read_texts("a.png", png((kind, b"Title\0x-not-packed"), END))
    # What only looks like one more of another kind stands behind it as it is.
    behind = (b"zTXt", b"a\0\0" + zlib.compress(LATER.encode()) + gzip.compress(b"")[:4])
    assert read_texts("a.png", png(behind, END))[1:] == [LATER]
    hidden = (b"prVt", b"a\0\0" + zlib.compress(LATER.encode()))
    assert read_texts("a.png", png(hidden, END))[-1] == LATER


# JPEG


def test_a_photograph_is_read_but_for_its_pixels() -> None:
    def read(content: bytes) -> str:
        return read_texts("a.jpg", content)[1]

    remark, scan = b"\xff\xfe\0\x05one", b"\xff\xda\0\x04hd" + b"pixels\xff\0\xff\xd0more"
    assert read(b"\xff\xd8" + remark + scan + remark + scan + b"\xff\xd9") == 2 * "\xff\xfe\0\x05one\xff\xda\0\x04hd"
    # What stands behind it, be it another one, and what is none.
    assert read(b"\xff\xd8" + scan + b"\xff\xd9two").endswith("hdtwo")
    assert read(b"\xff\xd8" + scan + b"\xff\xd9\xff\xd8\xff" + remark).endswith("one")
    assert read(b"\xff\xd8\xff\xfe\0\2no\xfe part") == "\xff\xfe\0\2no\xfe part"
    for cut in range(3, len(remark + scan)):
        read_texts("a.jpg", (b"\xff\xd8" + remark + scan)[:cut])


# GIF


def test_the_remarks_of_a_gif_are_read_whole() -> None:
    def behind(content: bytes) -> list[str]:
        """What is read once the file was as it is, in each encoding."""
        return read_texts("a.gif", content)[len(ENCODINGS) + 4 :]

    head, remark = b"GIF89a\1\0\1\0\0\0\0", b"!\xfe\2ab\1c\0"
    assert behind(head + remark + b";") == ["abc"]
    # What is one block stands in the file as it is.
    assert behind(head + b"!\xfe\3abc\0" + b";") == []
    picture = b",\0\0\0\0\1\0\1\0\0\2\1x\1y\0"
    assert behind(head + picture + remark + remark) == ["abc", "abc"]
    # Both tables of colours are passed over, whose length the lowest bits of a byte tell.
    colours = head[:10] + b"\x81" + head[11:] + remark + b"...."
    assert behind(colours + picture[:9] + b"\x80" + b"!!!!!!" + picture[10:] + remark + b";") == ["abc"]
    for cut in range(len(head + remark)):
        read_texts("a.gif", (head + remark)[:cut])
