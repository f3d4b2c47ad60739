"""Hostile files: those of `data/` and those that are too large, or no text at all, and are made here. Written for this project."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from jiebang.catalogue.decode import MAX_BYTES
from tests import plain_yaml
from tests.conftest import FIXTURES

DATA = Path(__file__).parent / "data"
CANARY = "KANARIE"
"""Stands in the files where somebody might have typed what is private."""
GOOD = "2024/qiaokou/demands/d-aaaaaaa1.yml"
"""A valid record, to be spoilt."""


def naughty_texts() -> tuple[str, ...]:
    """Values of fields, each once."""
    groups = plain_yaml.texts((DATA / "texts.yml").read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(text for group in groups for text in group["texts"]))


def _quoted(text: str) -> str:
    """A text between double quotes, everything but plain letters as an escape."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\U{ord(c):08x}" for c in text) + '"'


def _shapes() -> Iterator[tuple[str, bytes]]:
    for group, shapes in plain_yaml.texts((DATA / "shapes.yml").read_text(encoding="utf-8")).items():
        for name, content in shapes.items():
            yield f"{group}: {name}", content.encode()


def _with_texts() -> Iterator[tuple[str, bytes]]:
    """Every naughty text as a value of one record of many fields: typed plainly where that can be written down, and as escapes."""
    for number, text in enumerate(naughty_texts()):
        data = text.encode("utf-8", "surrogatepass")
        yield f"text {number} typed", b"note: KANARIE\ntitle: " + data + b"\n" + data + b": KANARIE\n"
        yield f"text {number} escaped", f"note: KANARIE\ntitle: {_quoted(text)}\n{_quoted(text)}: KANARIE\n".encode()


def _encodings(good: str) -> Iterator[tuple[str, bytes]]:
    spoilt = good.replace("note: ", "note: KANARIE ")
    for name in ("gbk", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"):
        yield f"in {name}", spoilt.encode(name, "replace")
    data = spoilt.encode()
    yield "BOM in front", b"\xef\xbb\xbf" + data
    yield "BOM twice", b"\xef\xbb\xbf\xef\xbb\xbf" + data
    yield "BOM inside", data.replace(b"title: ", b"title: \xef\xbb\xbf")
    yield "CRLF", data.replace(b"\n", b"\r\n")
    yield "CR", data.replace(b"\n", b"\r")
    yield "all line ends", data.replace(b"\n", b"\r\n", 3).replace(b"\n", b"\r", 3)
    yield "NEL", data.replace(b"\n", "\u0085".encode(), 2)
    yield "NUL", data.replace(b"title: ", b"title: \0")
    yield "NUL only", b"\0" * 4096
    yield "lone surrogates", data.replace(b"title: ", b"title: \xed\xa0\x80\xed\xbf\xbf")
    yield "overlong", data.replace(b"title: ", b"title: \xc0\xaf\xe0\x80\xaf")
    yield "beyond Unicode", data.replace(b"title: ", b"title: \xf4\x90\x80\x80\xff\xfe")
    yield "cut within a character", data[: data.index("电池".encode()) + 4]
    yield "half GBK", data[:200] + "关键字段".encode("gbk") + data[200:]
    yield "all bytes", bytes(range(256)) * 16
    yield "decomposed", unicodedata.normalize("NFD", spoilt.replace("V-0", "V-é-0")).encode()
    yield "zip", b"PK\x03\x04" + data
    yield "gzip", b"\x1f\x8b\x08" + data


def _edits(good: str) -> Iterator[tuple[str, bytes]]:
    """A valid record with one slip."""
    for name, (old, new) in {
        "look-alike key": ("title:", "tіtle:"),
        "full-width key": ("title:", "ｔｉｔｌｅ:"),
        "key with a zero-width": ("title:", "ti\u200btle:"),
        "key with a no-break space": ("title:", "title\u00a0:"),
        "key with a secret": ("title:", "KANARIE:"),
        "schema with a fraction slash": ("demand/1", "demand⁄1"),
        "disclosure by bidi": ("note:", "note: \u202eKANARIE\u202c #"),
        "status beside itself": ("status: published", "status: published\nstatus: KANARIE"),
        "everything deeper": ("\n", "\n "),
        "no spaces": (": ", ":"),
        "tabs": ("  ", "\t"),
        "date and time": ("2024-07-08", "2024-07-08 12:00:00 KANARIE"),
        "digest cut": ("sha256:4385", "sha256:KANARIE"),
    }.items():
        assert old in good
        yield name, good.replace(old, new).encode()
    # What other readers of YAML take for a truth, and people write for one.
    for said in (
        "yes",
        "no",
        "on",
        "off",
        "y",
        "TRUE",
        "1",
        "~",
        "''",
        "[是]",
        '"是 "',
        "是的KANARIE",
        "☑",
        "昰",
        "!!bool true",
    ):
        yield f"no secrets: {said}", good.replace("no_secrets: 是", f"no_secrets: {said}").encode()
    # And for a day; the last two are days, and no days of any round.
    for said in (
        "2024-02-30", "1900-02-29", "0000-00-00", "10000-01-01", "-2024-07-08", "24-07-08", "2024-7-8KANARIE", "2024-W28-1", "2024-190", "20240708",
        "1720396800", "12:30", "190:20:30", "2024-07-08T24:00:00", "2024-07-08+08:00", "２０２４-０７-０８", "2024－07－08", "٢٠٢٤-٠٧-٠٨", "二〇二四年七月八日",
        "[2024-07-08]", ".inf", ".nan", "0x7E8", "1e999999999", "9" * 5000, "!!timestamp 2024-07-08", "0001-01-01", "9999-12-31",
    ):  # fmt: skip
        yield f"a day: {said[:30]}", good.replace("submitted: 2024-07-08", f"submitted: {said}").encode()


BOMB = "a0: &a0 {x: KANARIE}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30))


def heavy() -> Mapping[str, bytes]:
    """Files whose size is what is hostile: about a megabyte, or ten."""
    mega = MAX_BYTES - 100
    return {
        "merge bomb": BOMB.encode(),
        "laughs": ("a: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a]\n" for n in range(30_000))).encode(),
        "deep flow": b"[" * mega,
        "deep maps": b"{a: " * (mega // 4),
        "deep block": b"- " * (mega // 2),
        "deep explicit keys": b"? " * (mega // 2),
        "staircase": ("a:\n" + "\n".join(" " * i + "k:" for i in range(1, 1400))).encode(),
        "anchors": b"&a " * (mega // 3),
        "aliases": b"*a " * (mega // 3),
        "tags": b"!a " * (mega // 3),
        "quotes": b"'" * mega,
        "open quote": b'a: "' + b"x" * mega,
        "escapes": b'a: "' + b"\\u0041" * (mega // 6) + b'"',
        "long plain": b"a: " + "电".encode() * (mega // 3),
        "long line of words": b"a: " + b"ab " * (mega // 3),
        "long key": b"k" * mega + b": a",
        "long key asked for": b"? " + b"k" * mega + b"\n: a",
        "many keys": "".join(f"k{i}: KANARIE\n" for i in range(60_000)).encode(),
        "one key again": b"a: KANARIE\n" * (mega // 11),
        "many items": b"a: [" + b"1," * (mega // 2) + b"]",
        "many comments": b"a: b # KANARIE\n" * (mega // 15),
        "colons": b": " * (mega // 2),
        "full-width colons": "title： KANARIE\n".encode() * (mega // 18),
        "commas": b"a: {" + b"," * mega,
        "dashes": b"-" * mega,
        "documents": b"---\n" * (mega // 4),
        "directives": b"%A b\n" * (mega // 5),
        "blank block": b"a: |\n" + b" \n" * (mega // 2),
        "blank lines": b"\n" * mega,
        "carriage returns": b"a: b\r" * (mega // 5),
        "control characters": b"\x01" * mega,
        "combining marks": b"title: a" + "\u0301".encode() * (mega // 2),
        "digits": b"title: " + b"1" * mega,
        "Han digits": b"title: " + "一三八".encode() * (mega // 9),
        "at signs": b"title: " + b"a@" * (mega // 2),
        "slashes": b"summary: " + b"\\u4e00%25&amp;" * (mega // 15),
        "brackets in a text": b"summary: x" + b"<![CDATA[" * (mega // 9),
        "ten megabytes": b"title: " + b"x" * 10_000_000,
        "ten megabytes of NUL": b"\0" * 10_000_000,
    }


HEAVIEST = (
    "merge bomb", "laughs", "deep explicit keys", "escapes", "long key asked for", "many keys", "one key again", "many comments",
    "full-width colons", "Han digits", "slashes", "ten megabytes",
)  # fmt: skip
"""Those of `heavy` that cost most, in time or memory, each for a reason of its own."""


def contents() -> dict[str, bytes]:
    """Every hostile file of ordinary size, by what is hostile in it."""
    good = (FIXTURES / "base" / GOOD).read_text(encoding="utf-8")
    good = good.replace("D-AAAAAAA1", "D-HOSTILE0").replace("Q2-0001", "Q2-9999")
    return dict([*_shapes(), *_with_texts(), *_encodings(good), *_edits(good)])
