"""The gate opens what is packed: a private value is found in every kind of file a site may hold, and a bomb is not passed over."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import pickle
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.build.links import resolved, target_of
from jiebang.catalogue import load
from jiebang.mapping import Maps
from jiebang.publication import File, Secrets, find_leaks, find_leaks_in, gate, unpacking
from jiebang.publication import extraction as unpack_module
from jiebang.publication.extraction import Text
from jiebang.publication.gate import UNREADABLE, suspect_files, suspect_texts
from jiebang.publication.search_index import TABLE
from jiebang.rules.secret_index import SecretIndex, secret_index
from jiebang.schemas import fields_of
from tests.detection.names import give_names

HIDDEN = "示例重工（武汉）集团有限公司"
PHONE = "02712345670"


@pytest.fixture
def secrets(base: Path) -> Secrets:
    return Secrets(load(base)[0])


def _zip(name: str, text: str | bytes, comment: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
        archive.comment = comment.encode()
    return stream.getvalue()


def _tar(content: bytes, name: str = "a.bin") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def _old_tar(content: bytes) -> bytes:
    """As it was before the mark `ustar`: known by the sum of its head alone."""
    archive = bytearray(_tar(content))
    archive[257:265] = bytes(8)
    archive[148:156] = b" " * 8
    archive[148:156] = b"%06o\0 " % sum(archive[:512])
    return bytes(archive)


def _letters(content: bytes) -> str:
    return base64.b64encode(content).decode()


_TRADITIONAL = str.maketrans("汉团业", "漢團業")
_NOT_IN_GB2312 = str.maketrans("（）", "()")


def _in_traditional(value: str) -> str:
    return value.translate(_TRADITIONAL)


def _names_of_font(value: str) -> bytes:
    written = f"{'一款' * 40}{value}".encode("utf-16-be")
    return b"\0\0\0\1\0\x12\0\3\0\1\x08\4\0\1" + len(written).to_bytes(2) + bytes(2) + written


def _woff(value: str, packed: bool = True, metadata: str = "") -> bytes:
    plain, more = _names_of_font(value), f"{metadata} " * 3
    names = zlib.compress(plain) if packed else plain
    remarks = zlib.compress(more.encode()) if metadata else b""
    numbers = (64, len(names), len(plain), 0)
    said = (64 + len(names), len(remarks), len(more.encode())) if metadata else (0, 0, 0)
    head = b"wOFF\0\1\0\0" + bytes(4) + b"\0\1" + bytes(10) + b"".join(n.to_bytes(4) for n in (*said, 0, 0))
    return head + b"name" + b"".join(number.to_bytes(4) for number in numbers) + names + remarks


def _photograph(behind: bytes) -> bytes:
    return b"\xff\xd8\xff\xe0\0\4ab\xff\xda\0\4abpixels\xff\xd9" + behind


def _packed_words(value: str) -> bytes:
    """So many that nothing of them stands in a packed stream as it is."""
    return f"{'一款材料。' * 40}{value}。".encode()


def _xlsx(value: str) -> bytes:
    return _zip("xl/sharedStrings.xml", f"<sst><si><r><t>{value[:2]}</t></r><r><t>{value[2:]}</t></r></si></sst>")


def _docx_property(value: str) -> bytes:
    return _zip("docProps/core.xml", f"<cp:coreProperties><dc:creator>{value}</dc:creator></cp:coreProperties>")


def _pdf(value: str) -> bytes:
    shown = "".join(f"<{letter.encode('utf-16-be').hex()}> Tj " for letter in value)
    stream = zlib.compress(f"BT {shown} ET".encode())
    return b"%PDF-1.7\n1 0 obj <</Filter /FlateDecode>>\nstream\n" + stream + b"\nendstream\nendobj\n%%EOF"


def _pdf_title(value: str) -> bytes:
    return b"%PDF-1.7\n1 0 obj <</Title (" + (b"\xfe\xff" + value.encode("utf-16-be")) + b")>> endobj\n%%EOF"


def _pdf_of(strings: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj <<>> BT " + strings + b" Tj ET endobj\n%%EOF"


def _pdf_in_octals(value: str) -> bytes:
    return _pdf_of(b"(" + b"".join(b"\\%03o" % byte for byte in value.encode()) + b")")


def _pdf_letter_by_letter(value: str) -> bytes:
    return _pdf_of(b"".join(b"(%s)" % letter.encode() for letter in value))


def _pdf_in_two_encodings(value: str) -> bytes:
    # Of the marked one the last byte is half a character.
    return _pdf_of(b"(\xfe\xff" + value[:5].encode("utf-16-be") + b"A)(" + value[5:].encode() + b")")


def _png(value: str, kind: bytes = b"zTXt") -> bytes:
    """The text stands between chunks of which none is looked at."""
    packed = b"Comment\0\0" + zlib.compress(value.encode()) if kind == b"zTXt" else value.encode()
    chunks = ((b"IHDR", bytes(13)), (kind, packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(len(data).to_bytes(4) + name + data + bytes(4) for name, data in chunks)


def _zip_with_more(value: str) -> bytes:
    """A member that the directory does not name, between two that it does."""
    whole = _zip("a.txt", "a")
    at = whole.index(b"PK\x01\x02")
    directory = whole[at:-22]
    end = whole[-22:-6] + (at + len(value.encode())).to_bytes(4, "little") + whole[-2:]
    return whole[:at] + value.encode() + directory + end


def _zip_with_an_extra_field(value: str) -> bytes:
    """It stands between the name of a member and its content, in the member's own head alone."""
    whole = bytearray(_zip("a.txt", "a"))
    field = b"\x00\x00" + len(value.encode()).to_bytes(2, "little") + value.encode()
    whole[28:30] = len(field).to_bytes(2, "little")
    whole[30 + 5 : 30 + 5] = field
    at = whole.index(b"PK\x01\x02")
    whole[-6:-2] = at.to_bytes(4, "little")
    return bytes(whole)


def _exif(value: str) -> bytes:
    """The title that Windows writes into a picture. It begins at an odd place."""
    text = value.encode("utf-16-le")
    entry = (0x9C9B).to_bytes(2, "little") + b"\1\0" + len(text).to_bytes(4, "little") + (27).to_bytes(4, "little")
    return b"II*\0\x08\0\0\0\1\0" + entry + bytes(5) + text + b"\xff\xd8"


def _jpeg(value: str) -> bytes:
    segment = b"Exif\0\0" + _exif(value)
    return b"\xff\xd8\xff\xe1" + (len(segment) + 2).to_bytes(2) + segment + b"\xff\xd9"


def _png_of_imagemagick(content: bytes) -> bytes:
    """A profile for which a picture has no chunk of its own."""
    digits = "\n".join(re.findall(".{1,72}", content.hex()))
    profile = f"\nexif\n{len(content):8}\n{digits}\n".encode()
    chunks = ((b"IHDR", bytes(13)), (b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(profile)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(len(data).to_bytes(4) + name + data + bytes(4) for name, data in chunks)


def _gif(value: str) -> bytes:
    """A remark in blocks of seven bytes, behind a picture, both with colours of their own."""
    text = value.encode()
    blocks = b"".join(bytes([len(part)]) + part for part in (text[at : at + 7] for at in range(0, len(text), 7)))
    colours, picture = b"!\xfe\x03" * 2, b",\0\0\0\0\1\0\1\0\x80" + b"!\xfe\x03" * 2 + b"\2\1\xfe\0"
    return b"GIF89a\1\0\1\0\x80\0\0" + colours + b"!\xf9\4\0\0\0\0\0" + picture + b"!\xfe" + blocks + b"\0;"


def _data(content: bytes, wrap: str = "") -> str:
    letters = base64.b64encode(content).decode()
    return "data:image/x;base64," + wrap.join(re.findall(".{1,76}", letters))


def _pdf_with(file: bytes, filters: str = "", written: Callable[[bytes], bytes] = bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj <<" + filters.encode() + b">>\nstream\n" + written(file) + b"\nendstream\nendobj\n%%EOF"


PACKED: dict[str, Callable[[str], bytes]] = {
    "a.html": lambda v: f"<p title='{v}'></p>".encode(),
    "a.json": lambda v: json.dumps({"a": {"b": [v]}}).encode(),
    "feed.xml": lambda v: f"<feed><title><![CDATA[{v}]]></title></feed>".encode(),
    "sitemap.xml": lambda v: f"<url><loc>https://example.org/{v}</loc></url>".encode(),
    "a.txt": lambda v: v.encode(),
    "gbk.csv": lambda v: v.encode("gbk"),
    "utf16.txt": lambda v: v.encode("utf-16"),
    "bom.csv": lambda v: b"\xef\xbb\xbf" + v.encode(),
    "a.js": lambda v: f"const a = {json.dumps(v)};".encode(),
    "a.css": lambda v: f"/* {v} */".encode(),
    "a.svg": lambda v: f"<svg><desc>{v}</desc></svg>".encode(),
    "a.html.gz": lambda v: gzip.compress(v.encode()),
    "two.gz": lambda v: gzip.compress(b"x") + gzip.compress(v.encode()),
    "a.zip": lambda v: _zip("a.txt", v),
    "name.zip": lambda v: _zip(f"{v}.txt", ""),
    "comment.zip": lambda v: _zip("a.txt", "", v),
    "nested.zip": lambda v: gzip.compress(_zip("a.txt", v)),
    "a.xlsx": _xlsx,
    "a.docx": _docx_property,
    "more-behind.gz": lambda v: gzip.compress(b"x") + v.encode(),
    "hidden.zip": _zip_with_more,
    "before.zip": lambda v: b"PK\x03\x04" + v.encode() + _zip("a.txt", "a"),
    "octal.pdf": _pdf_in_octals,
    "letters.pdf": _pdf_letter_by_letter,
    "two-kinds.pdf": lambda v: _pdf_of(
        b"(%s)<%s>(%s)" % (v[:2].encode(), v[2:5].encode().hex().encode(), v[5:].encode())
    ),
    "lines.pdf": lambda v: _pdf_of(b"(%s\\n%s)" % (v[:5].encode(), v[5:].encode())),
    "two-encodings.pdf": _pdf_in_two_encodings,
    "text.png": lambda v: _png(v, b"tEXt"),
    "international.png": lambda v: _png(v, b"iTXt"),
    "exif.png": lambda v: _png(v, b"eXIf"),
    "utf16-be.bin": lambda v: b"\xff" * 2 + v.encode("utf-16-be"),
    "columns.html": lambda v: f'<article><td>{v[:4]}</td><th scope="col">栏目</th><td>{v[4:]}</td></article>'.encode(),
    "labels.html": lambda v: f"<article><p>{v[:4]}</p><dt>标签</dt><p>{v[4:]}</p></article>".encode(),
    "SHA256SUMS": lambda v: f"{'0' * 64}  d/{v}\n".encode(),
    "a.pdf": _pdf,
    "remark.pdf": lambda v: b"%PDF-1.7\n% " + v.encode() + b" %\n% a\n1 0 obj <<>> endobj\n%%EOF",
    "behind.png": lambda v: _png("x") + v.encode(),
    "between.png": lambda v: _png(f"\0x{v}", b"prVt"),
    "cut-off.png": lambda v: _png("x")[:-12] + b"\x7f\xff\xff\xfftEXt" + v.encode(),
    "extra-fields.zip": _zip_with_an_extra_field,
    "title.pdf": _pdf_title,
    "a.png": _png,
    "a.jpg": _jpeg,
    "windows.png": lambda v: _png_of_imagemagick(_exif(v)),
    "imagemagick.png": lambda v: _png_of_imagemagick(v.encode()),
    "exif-of-windows.png": lambda v: _png("x", b"eXIf").replace(
        b"\0\0\0\1eXIfx", len(_exif(v)).to_bytes(4) + b"eXIf" + _exif(v)
    ),
    "a.gif": _gif,
    "png.svg": lambda v: f"<svg><image href='{_data(_png(v))}'/></svg>".encode(),
    "lines.svg": lambda v: f"<svg><image href='{_data(b'x' * 100 + v.encode(), chr(10))}'/></svg>".encode(),
    "escaped-lines.svg": lambda v: f"<svg><image href='{_data(b'x' * 100 + v.encode(), '&#10;')}'/></svg>".encode(),
    "percent.css": lambda v: f"a {{ background: url({_data(_jpeg(v)).replace('/', '%2F')}) }}".encode(),
    "data.json": lambda v: json.dumps([_data(_xlsx(v))]).encode(),
    "attached.pdf": lambda v: _pdf_with(_docx_property(v)),
    "attached-packed.pdf": lambda v: _pdf_with(_docx_property(v), "/Filter /FlateDecode", zlib.compress),
    "picture.pdf": lambda v: _pdf_with(_jpeg(v), "/Filter /DCTDecode"),
    "metadata.pdf": lambda v: _pdf_with(("x" + v).encode("utf-16"), "/Filter /FlateDecode", zlib.compress),
    "hexadecimal.pdf": lambda v: _pdf_with(v.encode(), "/Filter /ASCIIHexDecode", lambda d: d.hex().encode() + b">"),
    "gbk.pdf": lambda v: _pdf_of(b"<" + v.encode("gbk").hex().encode() + b">"),
    "brackets.pdf": lambda v: _pdf_of(b"(a(b)" + v.encode("utf-16-be") + b")"),
    "85.pdf": lambda v: _pdf_with(
        v.encode(), "/Filter [/ASCII85Decode /FlateDecode]", lambda d: base64.a85encode(zlib.compress(d)) + b"~>"
    ),
    "big5.txt": lambda v: f"一款材料，{_in_traditional(v)}".encode("big5hkscs"),
    "utf7.txt": lambda v: f"A+B. {v}.".encode("utf-7"),
    "hz.txt": lambda v: f"A ~~ {v}".encode("hz"),
    "iso-2022.txt": lambda v: v.translate(_NOT_IN_GB2312).encode("iso2022_jp_2"),
    "utf32.txt": lambda v: v.encode("utf-32"),
    "utf16-without-a-mark.txt": lambda v: f"A{v}".encode("utf-16-le"),
    "big5.zip": lambda v: _zip("a.txt", _in_traditional(v).encode("big5hkscs")),
    "base64.js": lambda v: f"const a = atob('{_letters(v.encode())}');".encode(),
    "base64.html": lambda v: f"<p data-a={_letters(f'单位 {v}'.encode())}>".encode(),
    "base64-behind-words.txt": lambda v: f"see/it/{_letters(v.encode())}".encode(),
    "base64-of-gbk.txt": lambda v: _letters(v.encode("gbk")).encode(),
    "base64-of-utf16.txt": lambda v: _letters(v.encode("utf-16-be")).encode(),
    "base64-for-addresses.txt": lambda v: base64.urlsafe_b64encode(f"?>?>{v}".encode()),
    "base64-in-lines.txt": lambda v: base64.encodebytes(f"{'一款材料' * 12}abc{v}".encode()),
    "base64-of-gzip.js": lambda v: _letters(gzip.compress(_packed_words(v))).encode(),
    "base64-of-zip.txt": lambda v: _letters(_zip("a.txt", v)).encode(),
    "base64-of-base64.txt": lambda v: _letters(_letters(v.encode()).encode()).encode(),
    "base64-in-gbk.txt": lambda v: f"单位：{_letters(v.encode())}".encode("gbk"),
    "digits.js": lambda v: f"a = '{v.encode().hex()}'".encode(),
    "digits-apart.txt": lambda v: f"一款 {v.encode().hex(' ')}".encode(),
    "digits-of-c.txt": lambda v: ", ".join(f"0x{byte:02X}" for byte in v.encode("gbk")).encode(),
    "bytes.js": lambda v: f"new Uint8Array([{','.join(map(str, v.encode()))}])".encode(),
    "codes.js": lambda v: f"String.fromCodePoint({', '.join(str(ord(letter)) for letter in v)})".encode(),
    "codes.svg": lambda v: f"<svg><script>a({','.join(hex(ord(letter)) for letter in v)})</script></svg>".encode(),
    "plus.js": lambda v: f"a = '{v[:4]}' + \"{v[4:8]}\" + `{v[8:]}`".encode(),
    "concat.js": lambda v: f"a = '{v[:4]}'.concat('{v[4:8]}', b).concat('{v[8:]}')".encode(),
    "variables.mjs": lambda v: f"let a='{v[:4]}',b='{v[4:8]}',c='{v[8:]}'; d=a+b+c".encode(),
    "places.js": lambda v: f"a = `{v[:4]}${{'{v[4:8]}'}}{v[8:]}`".encode(),
    "script.html": lambda v: f"<p>a</p><SCRIPT>a='{v[:4]}';a+='{v[4:]}'</SCRIPT><p>b</p>".encode(),
    "entities.svg": lambda v: (
        f"<!DOCTYPE svg [<!ENTITY a '{v[:5]}'><!ENTITY b '{v[5:]}'>]><svg><text>&a;&b;</text></svg>".encode()
    ),
    "a.ttf": lambda v: b"\0\1\0\0\0\1\0\x10\0\0\0\0name" + bytes(12) + _names_of_font(v),
    "a.woff": _woff,
    "not-smaller.woff": lambda v: _woff(v, packed=False),
    "larger.woff": lambda v: _woff(v).replace(len(_names_of_font(v)).to_bytes(4), b"\0\0\0\1", 1),
    "metadata.woff": lambda v: _woff("x", metadata=v),
    "woff.css": lambda v: f"@font-face {{ src: url('{_data(_woff(v))}') }}".encode(),
    "a.tar": lambda v: _tar(gzip.compress(_packed_words(v))),
    "old.tar": lambda v: _old_tar(_zip("a.txt", v)),
    "two.tar": lambda v: _tar(b"x") + _tar(gzip.compress(_packed_words(v))),
    "name.tar": lambda v: _tar(b"x", f"{'d/' * 60}{v}/{'a' * 60}.txt"),
    "a.tgz": lambda v: gzip.compress(_tar(_xlsx(v))),
    "a.zz": lambda v: zlib.compress(_packed_words(v)),
    "zip-behind.gz": lambda v: gzip.compress(b"x") + _zip("a.txt", v),
    "zip-behind.png": lambda v: _png("x") + _zip("a.txt", v),
    "zip-behind.jpg": lambda v: _photograph(_zip("a.txt", v)),
    "gzip-behind.jpg": lambda v: _photograph(gzip.compress(_packed_words(v))),
    "zip-behind.pdf": lambda v: _pdf_of(b"(x)") + _zip("a.txt", v),
    "late.pdf": lambda v: b"\xffgarbage\n" + _pdf_with(_packed_words(v), "/Filter /FlateDecode", zlib.compress),
    "a.bin": lambda v: b"\xff\xfe\xfd\x00" + v.encode() + b"\xff",
    "no-ending": lambda v: gzip.compress(v.encode()),
}


@pytest.mark.parametrize("value", [HIDDEN, PHONE], ids=["name", "phone"])
@pytest.mark.parametrize("name", PACKED)
def test_a_private_value_is_found_in_every_kind_of_file(secrets: Secrets, name: str, value: str) -> None:
    leaks = find_leaks(f"data/{name}", PACKED[name](value), secrets)
    assert leaks
    assert all(value not in repr(leak) for leak in leaks)


def test_a_sign_before_a_letter_of_a_pdf_means_nothing(secrets: Secrets) -> None:
    assert find_leaks("a.pdf", _pdf_of(b"(" + b"".join(b"\\" + letter.encode() for letter in HIDDEN) + b")"), secrets)


def test_archives_are_opened_to_a_depth(secrets: Secrets) -> None:
    packed = HIDDEN.encode()
    for _ in range(4):
        packed = gzip.compress(packed)
    assert {leak.record for leak in find_leaks("a.gz", packed, secrets)} - {UNREADABLE}
    assert [leak.record for leak in find_leaks("a.gz", gzip.compress(packed), secrets)] == [UNREADABLE]


def test_a_manifest_is_its_paths_and_what_only_looks_like_one_is_a_text(secrets: Secrets) -> None:
    digest = f"{'ab' * 10}c{PHONE}".ljust(64, "d")
    assert find_leaks("SHA256SUMS", f"{digest}  index.html\n".encode(), secrets) == []
    assert find_leaks("SHA256SUMS", f"{digest}  index.html\n{PHONE}\n".encode(), secrets)
    two = f"{'0' * 64}  {PHONE[:7]}\n{'0' * 64}  {PHONE[7:]}\n"
    assert find_leaks("SHA256SUMS", two.encode(), secrets)


_ESCAPED = "".join(f"\\u{ord(letter):04x}" for letter in HIDDEN)


@pytest.mark.parametrize(
    "written",
    [
        f'{{"a": "{HIDDEN}", "a": 1}}',
        f'{{"{HIDDEN}": null}}',
        f'["{HIDDEN[:3]}", "{HIDDEN[3:]}"]',
        f'{{"a": "{_ESCAPED}"}}',
        f'{{"a": "xd800 x{HIDDEN.encode("utf-16-be").hex()}"}}',
        '{"a": 12345670}',
        "[[[12345670]], 2.5e3]",
        f'{{"a": "x"}} {HIDDEN}',
        f'{{"a": "{HIDDEN[:5]}\\n{HIDDEN[5:]}"}}',
        f'{{"a": "&#{ord(HIDDEN[0])};{HIDDEN[1:]}"}}',
        "[" * 100_000 + HIDDEN,
    ],
    ids=[
        "key twice",
        "key",
        "two strings",
        "escapes",
        "token of the search",
        "number",
        "numbers",
        "more behind",
        "line break",
        "html",
        "too deep",
    ],
)
def test_everything_in_json_is_read(secrets: Secrets, written: str) -> None:
    assert find_leaks("data/a.json", written.encode(), secrets)


@pytest.mark.parametrize("name", PACKED)
def test_the_same_file_without_it_passes(secrets: Secrets, name: str) -> None:
    assert find_leaks(f"data/{name}", PACKED[name]("一款材料"), secrets) == []


@pytest.mark.parametrize(
    "path", [f"d/{HIDDEN}.html", "shili-zhonggong/index.html", "d/%E7%A4%BA例重工/a.html", f"tel-{PHONE}.txt"]
)
def test_a_file_name_is_not_told_where_it_tells(secrets: Secrets, path: str) -> None:
    leaks = find_leaks(path, b"", secrets)
    assert leaks
    for leak in leaks:
        assert leak.file != path and "（…）" in leak.file
        assert find_leaks(leak.file, b"", secrets) == []


def test_of_a_file_whose_name_tells_the_folder_and_the_ending_are_told(secrets: Secrets) -> None:
    def told(path: str) -> set[str]:
        return {leak.file for leak in find_leaks(path, b"", secrets)}

    assert told(f"d/{HIDDEN}.html") == {"d/（…）.html"}
    assert told(f"{HIDDEN}/a/index.html") == {"（…）/a/index.html"}
    assert told(f"d/a.{PHONE}") == {"d/（…）"}
    assert told(f"d/{PHONE[:7]}/{PHONE[7:]}.html") == {"（…）.html"}


def test_what_is_covered_in_one_file_is_in_one_that_is_like_it(base: Path) -> None:
    specimen = str(next(field.example for field in fields_of("enterprise") if field.path == "address"))
    file = base / "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
    file.write_text(
        re.sub("(?m)^address: .*$", f"address: {specimen}", file.read_text(encoding="utf-8")), encoding="utf-8"
    )
    secrets = Secrets(load(base)[0])
    for path, like, is_found in (
        ("guide/index.html", "", False),
        ("about/index.html", "", True),
        ("form.docx", "guide/index.html", False),
        ("guide/index.html", "about/index.html", True),
    ):
        assert bool(find_leaks(path, specimen.encode(), secrets, like)) is is_found, (path, like)
    assert find_leaks_in([File("guide/index.html", specimen.encode())], secrets) == [[]]


def test_words_that_count_as_names_in_texts_are_none_in_programs(base: Path) -> None:
    give_names(base)
    secrets = Secrets(load(base)[0])
    for name, is_found in (
        ("txt", True),
        ("html", True),
        ("js", False),
        ("mjs", False),
        ("css", False),
        ("map", False),
    ):
        assert bool(find_leaks(f"a.{name}", b"the slzg-heavy x", secrets)) is is_found, name


def test_bombs_are_told(secrets: Secrets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1_000_000)
    bomb = gzip.compress(b"\0" * 3_000_000)
    for name, content in (("a.gz", bomb), ("a.zip", _zip("a.txt", "0" * 3_000_000))):
        assert [leak.record for leak in find_leaks(name, content, secrets)] == [UNREADABLE]
    assert find_leaks("a.zip", _zip("a.txt", "0" * 1_000_000), secrets) == []
    monkeypatch.setattr(unpacking, "MOST_MEMBERS", 1)
    assert find_leaks("a.zip", _zip("a.txt", "0"), secrets) == []
    monkeypatch.setattr(unpacking, "MOST_MEMBERS", 0)
    assert [leak.record for leak in find_leaks("a.zip", _zip("a.txt", "0"), secrets)] == [UNREADABLE]


def test_what_cannot_be_read_is_told(secrets: Secrets) -> None:
    deep = b"x"
    for _ in range(8):
        deep = gzip.compress(deep)
    for name, content in (
        ("deep.gz", deep),
        ("broken.gz", gzip.compress(b"abc" * 100)[:20] + b"\0" * 20),
        ("broken.zip", b"PK\x03\x04broken"),
        ("broken.bin", TABLE + b"\xff\xff"),
        ("sealed.pdf", b"%PDF-1.7\ntrailer <</Encrypt 3 0 R>>"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(20)),
        ("a.rar", b"Rar!\x1a\x07\1\0" + bytes(20)),
        ("a.bz2", bz2.compress(b"x")),
        ("a.xz", lzma.compress(b"x")),
        ("a.zst", b"\x28\xb5\x2f\xfd" + bytes(20)),
        ("a.z", b"\x1f\x9d\x90" + bytes(20)),
        ("a.lz4", b"\x04\x22\x4d\x18" + bytes(20)),
        ("a.lz", b"LZIP\1" + bytes(20)),
        ("a.cab", b"MSCF" + bytes(20)),
        ("a.woff2", b"wOF2" + bytes(60)),
        ("cut-off.woff", _woff("x")[:70]),
        ("damaged.woff", _woff("x").replace(b"\x78\x9c", b"\0\0")),
        ("a.tar", _tar(bz2.compress(b"x"))),
        ("cut-off.tar", _tar(b"x" * 2000)[:1024]),
        ("behind.jpg", _photograph(b"Rar!\x1a\x07\1\0")),
        ("behind.png", _png("x") + b"x7z\xbc\xaf\x27\x1c"),
        ("inside.pdf", _pdf_with(b"Rar!\x1a\x07\1\0")),
        ("sealed.xlsx", b"\xd0\xcf\x11\xe0" + bytes(60) + "EncryptedPackage".encode("utf-16-le")),
    ):
        leaks = find_leaks(name, content, secrets)
        assert [leak.record for leak in leaks] == [UNREADABLE], name
        assert leaks[0].field


@pytest.mark.parametrize(
    "written",
    [
        "027-12345670", "(027) 1234 5670", "０２７１２３４５６７０", "〇二七一二三四五六七〇", "零贰柒壹贰叁肆伍陆柒零", "+86 27 1234 5670", "第3页 027-12345670，100", "12345670",
        "07654321720", "large1 at example dot com", "large1(at)example.com", "ｌａｒｇｅ１＠ｅｘａｍｐｌｅ．ｃｏｍ", "large1艾特example点com",
        "示例市示例大道１００号", "联系人：示例乙1", "e-aaaaaaa1", "910000000000-100-14q",
    ],
)  # fmt: skip
def test_numbers_addresses_and_people_are_found_in_disguise(secrets: Secrets, written: str) -> None:
    assert find_leaks("a.html", f"<p>{written}</p>".encode(), secrets)


@pytest.mark.parametrize(
    "written", ["102712345670", "3f0271234567012345678901234567890abcdef", "0.02712345670", "示例乙", "示例市", "1 0 0"]
)
def test_numbers_that_only_contain_them_pass(secrets: Secrets, written: str) -> None:
    assert find_leaks("a.html", f"<p>{written}</p>".encode(), secrets) == []


def test_two_characters_of_a_name_count_beside_a_telephone_only(base: Path) -> None:
    file = base / "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("name: 示例乙1", "name: 示丁"), encoding="utf-8")
    secrets = Secrets(load(base)[0])
    assert find_leaks("a.html", "<p>表示丁基橡胶</p>".encode(), secrets) == []
    for text in ("联系人：示丁", "电话 示丁", "示丁 13", "示丁经理", "contact: 示丁"):
        found = bool(find_leaks("a.html", f"<p>{text}</p>".encode(), secrets))
        assert found is (text != "示丁 13"), text


def test_a_column_of_small_numbers_is_no_telephone_number(secrets: Secrets) -> None:
    digits = [int(digit) for digit in "02712345670"]
    assert find_leaks("data/a.json", json.dumps({"rows": digits}).encode(), secrets)
    column = [7] * 11 + digits + [7] * 10
    assert len(column) == 32
    assert find_leaks("data/a.json", json.dumps({"rows": column}).encode(), secrets) == []
    assert find_leaks("data/a.json", json.dumps({"rows": column[1:]}).encode(), secrets)


def test_a_number_written_out_in_a_column_is_found(secrets: Secrets) -> None:
    column = [*range(50), 12345670]
    assert find_leaks("data/a.json", json.dumps({"rows": column}).encode(), secrets)


def test_many_files_at_once_are_judged_like_one_by_one(secrets: Secrets) -> None:
    files = [
        File(f"{folder}/{name}", pack(value))
        for folder, value in (("a", HIDDEN), ("b", "一款材料"), (f"c-{PHONE}", PHONE), ("d", ""))
        for name, pack in PACKED.items()
        if value or name not in {"a.xlsx", "a.pdf"}
    ]
    files.append(File("broken.zip", b"PK\x03\x04broken"))
    assert find_leaks_in(files, secrets) == [find_leaks(file.path, file.content, secrets) for file in files]
    assert sum(map(bool, find_leaks_in(files, secrets))) > len(PACKED) * 2


def test_whose_values_may_stand_in_a_file_is_told_beforehand(base: Path, secrets: Secrets) -> None:
    index = secret_index(load(base)[0])
    files = [(name, pack(value)) for value in (HIDDEN, PHONE, "一款材料") for name, pack in PACKED.items()]
    files += [("broken.zip", b"PK\x03\x04broken"), ("empty.txt", b""), (f"{HIDDEN}.html", b"")]
    suspected = suspect_files(files, index)
    for (name, content), owners in zip(files, suspected, strict=True):
        leaks = {leak.record for leak in find_leaks(name, content, secrets)}
        assert {"" if record == UNREADABLE else record for record in leaks} <= set(owners), name
    assert suspected[-3:-1] == [("",), ()]
    assert [owners for owners in suspected[2 * len(PACKED) : 3 * len(PACKED)] if owners] == []
    owner = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
    told = suspect_texts("a.html", [f"x|{HIDDEN}"], _parted, index, Maps(jobs=1)).owners
    assert told == suspect_files([("a.txt", HIDDEN.encode())], index)[0]
    assert owner in suspected[0] and owner in told


def test_an_index_that_comes_to_a_process_twice_is_one_there(base: Path) -> None:
    index = secret_index(load(base)[0])
    one, other = (pickle.loads(pickle.dumps(index)) for _ in range(2))  # noqa: S301 - our own
    assert one is other and one is not index
    (base / "2024/qiaokou/enterprises/e-aaaaaaa1.yml").unlink()
    without = pickle.loads(pickle.dumps(secret_index(load(base)[0])))  # noqa: S301 - our own
    files = [("a.txt", HIDDEN.encode())]
    assert suspect_files(files, one) == suspect_files(files, index) != suspect_files(files, without)


def _parted(group: str) -> list[str]:
    return group.split("|")


def test_texts_that_were_looked_through_are_not_again_and_whatever_is_new_is_found(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, maps, looked = secret_index(load(base)[0]), Maps(jobs=1), list[str]()
    plain = gate.suspect

    def noted(
        files: Sequence[tuple[str, Sequence[Text]]], secrets: SecretIndex
    ) -> tuple[list[tuple[str, ...]], list[bytes]]:
        looked.extend(text.content for _, texts in files for text in texts)
        return plain(files, secrets)

    monkeypatch.setattr(gate, "suspect", noted)
    texts = [f"第 {number} 款材料" for number in range(3000)]
    groups = ["|".join(texts[first : first + 60]) for first in range(0, 3000, 60)]
    assert suspect_texts("search/", groups, _parted, index, maps).owners == ()
    assert len(looked) == len(texts)
    for at in (0, 25, 49):
        looked.clear()
        edited = [*groups[:at], f"{groups[at]}|{HIDDEN}", *groups[at + 1 :]]
        found = suspect_texts("search/", edited, _parted, index, maps).owners
        assert looked == [*_parted(groups[at]), HIDDEN]
        assert found == suspect_files([("a.txt", HIDDEN.encode())], index)[0]
    looked.clear()
    # What covers a word in one file does not in another.
    assert suspect_texts("other/", groups, _parted, index, maps).owners == () and len(looked) == len(texts)


@given(
    st.lists(st.sampled_from(["<article>", "<article class='a'>", "<articles>", "<article", "</article>", "a", "\n"]))
)
def test_articles_are_those_of_the_expression(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert list(unpack_module._articles(text)) == re.findall(r"<article\b.*?</article>", text, re.DOTALL)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "a", "b", "a/b", "c/d", "a/b/c"]),
            st.lists(st.sampled_from(["../", "./", "a/", "/", "x", "..", ".", "%2e%2e/"]), max_size=5).map("".join),
        )
    )
)
def test_a_link_means_the_same_file_whatever_was_resolved_before(links: list[tuple[str, str]]) -> None:
    for folder, link in links:
        assert resolved(folder, link.encode()) == target_of(folder, link)
