"""The bytes of a finished file → every text in it: of archives and office files the members, of PDF and PNG the packed streams, of the
search index the names in it.

What is not read: pixels, font outlines, brotli (WOFF2), encrypted PDF and ZIP. An archive over the limits is not passed over: it is told.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jiebang.errors import UserError
from jiebang.publication.manifest import MANIFEST, read_manifest
from jiebang.publication.search_index import DAMAGED, DamagedError, is_index, names_of

MOST_BYTES = 256 * 1024 * 1024
"""Of all that is packed in one file, unpacked."""
MOST_MEMBERS = 20_000
DEEPEST = 4
_GZIP = 31
"""What zlib calls gzip."""
_CODE = (".js", ".mjs", ".css", ".map")
_COLUMN = 32
"""An array of so many numbers and nothing else is a column: each number is read by itself. Ten thousand small numbers in a row hold
every telephone number's digits by chance; a number that is written out is still found."""
_ARTICLE = re.compile(r"<article\b")
_END_OF_ARTICLE = "</article>"
_LABEL = re.compile(r"<(?:h2\b|dt\b|button\b|th scope=\"col\")[^>]*>[^<]*</(?:h2|dt|button|th)>")
"""Our own words between the texts of a record: without them, what is cut up between two fields comes together."""
_SEARCH_TOKEN = re.compile(r"\bx((?:[0-9a-f]{4}){1,16})\b")


@dataclass(frozen=True, slots=True)
class Text:
    """A text found in a file. `code_like`: written for machines (scripts, styles)."""

    content: str
    code_like: bool = False


TOO_LARGE = f"解压后超过 {MOST_BYTES >> 20} MB 或 {MOST_MEMBERS} 个文件"
REMEDY = f"压缩包、表格和 PDF 解压后不超过 {MOST_BYTES >> 20} MB、{MOST_MEMBERS} 个文件，不加密码，最多套 {DEEPEST} 层：过大的分成几个，损坏的重新生成。"
"""What to do about a file that cannot be looked through."""


class UnreadableError(Exception):
    """A part of a file that cannot be looked through, so nobody can say that it is clean. The message is Chinese."""


def texts_of(name: str, content: bytes, depth: int = 0) -> Iterator[Text]:
    """Every text in a file. Raises UnreadableError where something in it cannot be read."""
    if depth > DEEPEST:
        raise UnreadableError("压缩包层数过多")
    if content[:2] == b"\x1f\x8b":
        unpacked, behind = _inflate(content, _GZIP)
        yield from texts_of(name.removesuffix(".gz"), unpacked, depth + 1)
        if behind:
            yield Text(_decoded(behind))
    elif content[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        yield from _archive(content, depth)
    elif content[:5] == b"%PDF-":
        yield from _pdf(content)
    elif content[:8] == b"\x89PNG\r\n\x1a\n":
        yield from _png(content)
    elif name.rpartition("/")[2] == MANIFEST and (listed := _listed(content)):
        yield Text(listed)
    elif is_index(content):
        yield Text(_names(content))
    else:
        yield from _plain(name, content)


def _listed(content: bytes) -> str:
    """The paths of a manifest, without the digests: in so many digits the number of any telephone stands somewhere. Nothing where it is
    no manifest through and through."""
    try:
        return "\n".join(read_manifest(content))
    except UserError:
        return ""


def _names(content: bytes) -> str:
    try:
        return names_of(content)
    except DamagedError as error:
        raise UnreadableError(DAMAGED) from error


def _inflate(data: bytes, window: int) -> tuple[bytes, bytes]:
    """What is packed in some bytes, of gzip in several parts one behind the other, and what stands behind it."""
    unpacked = bytearray()
    while True:
        machine = zlib.decompressobj(window)
        try:
            unpacked += _within_limits(machine, data, len(unpacked))
        except zlib.error as error:
            raise UnreadableError("压缩内容已损坏") from error
        data = machine.unused_data
        if window != _GZIP or data[:2] != b"\x1f\x8b":
            return bytes(unpacked), data


def _within_limits(machine: zlib._Decompress, data: bytes, before: int) -> bytes:
    """What is packed in some bytes, of which so many unpacked ones came `before`. Raises UnreadableError, and zlib.error."""
    unpacked = machine.decompress(data, MOST_BYTES - before + 1)
    if before + len(unpacked) > MOST_BYTES:
        raise UnreadableError(TOO_LARGE)
    return unpacked


def _archive(content: bytes, depth: int) -> Iterator[Text]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
                raise UnreadableError(TOO_LARGE)
            yield Text(_decoded(archive.comment))
            yield Text(_decoded(_around(content, members)))
            for member in members:
                if member.flag_bits & 1:
                    raise UnreadableError("压缩包加了密")
                yield Text(f"{member.filename}\n{_decoded(member.comment)}")
                with archive.open(member) as stream:
                    data = stream.read(member.file_size + 1)
                yield from texts_of(member.filename, data, depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
        raise UnreadableError("压缩包已损坏") from error


def _around(content: bytes, members: Sequence[zipfile.ZipInfo]) -> bytes:
    """What stands in an archive beside its packed members: before, between and behind them, and what no entry of the directory names."""
    parts, end = [], 0
    for start, size in sorted((member.header_offset, member.compress_size) for member in members):
        names = content[start + 26 : start + 30]
        data = start + 30 + int.from_bytes(names[:2], "little") + int.from_bytes(names[2:], "little")
        parts.append(content[end : max(end, data)])
        end = max(end, data + size)
    return b"".join((*parts, content[end:]))


_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f\s]{4,})>")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|([nrtbf])|(.))", re.DOTALL)
"""A byte in octal digits; a blank or the end of a line; a letter that means itself."""


def _pdf(content: bytes) -> Iterator[Text]:
    """The plain parts and the flate streams: document information, metadata, and text that is not drawn by glyph numbers."""
    if b"/Encrypt" in content:
        raise UnreadableError("PDF 加了密")
    parts, size = [content], 0
    for match in _STREAM.finditer(content):
        try:
            part = _within_limits(zlib.decompressobj(), match[1], size)
        except zlib.error:
            # Not a flate stream: stands in `content` as it is.
            continue
        size += len(part)
        parts.append(part)
    for part in parts:
        yield Text(_decoded(part))
        strings = [(match.start(), _unescaped(match[1])) for match in _LITERAL.finditer(part)]
        literal = len(strings)
        for match in _HEXADECIMAL.finditer(part):
            digits = re.sub(rb"\s", b"", match[1])
            strings.append((match.start(), bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))))
        # Glyphs are placed one by one: the strings of a page are one text, those of each kind, and all in their order.
        yield from _shown([string for _, string in strings])
        if 0 < literal < len(strings):
            yield from _shown([string for _, string in sorted(strings)])


def _shown(strings: Sequence[bytes]) -> Iterator[Text]:
    """The text of strings. Which encoding they have the font says; both are tried."""
    yield Text("".join(_marked(string) or string.decode("utf-8", "replace") for string in strings))
    yield Text("".join(_marked(string) or string.decode("utf-16-be", "ignore") for string in strings))


def _unescaped(data: bytes) -> bytes:
    def meant(match: re.Match[bytes]) -> bytes:
        octal, blank, itself = match.groups()
        return bytes([int(octal, 8) & 255]) if octal else b" " if blank else itself

    return _ESCAPE.sub(meant, data)


def _marked(data: bytes) -> str:
    """A string that begins with a byte order mark, as those of document information do; empty for others."""
    return data[2:].decode("utf-16-be", "ignore") if data[:2] == b"\xfe\xff" else ""


_PIXELS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_TEXTS = frozenset({b"tEXt", b"iTXt", b"zTXt"})


def _png(content: bytes) -> Iterator[Text]:
    """Every chunk that holds no part of the picture, and what stands behind the last one."""
    place, kind = 8, b""
    while kind != b"IEND" and place + 8 <= len(content):
        length = int.from_bytes(content[place : place + 4])
        kind, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        place += 12 + length
        if kind not in _PIXELS:
            yield Text(_decoded(data))
            for start in (match.end() for match in re.finditer(rb"\x00", data)):
                if data[start : start + 1] == b"\x78":
                    try:
                        yield Text(_decoded(_inflate(data[start:], 15)[0]))
                    except UnreadableError:
                        # Elsewhere this letter need not begin anything packed, and the chunk was read as it is.
                        if kind in _TEXTS:
                            raise
    if place < len(content):
        yield Text(_decoded(content[place:]))


def _plain(name: str, content: bytes) -> Iterator[Text]:
    code_like = name.lower().endswith(_CODE)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        for encoding in ("utf-8", "latin-1", "gb18030", "utf-16-le", "utf-16-be"):
            yield Text(content.decode(encoding, "ignore"), code_like=True)
        return
    strings = _strings(text) if text[:1] in {"{", "["} else None
    if strings is None:
        yield Text(text, code_like)
        for article in _articles(text):
            yield Text(_LABEL.sub("", article), code_like)
        return
    yield Text(strings)
    if tokens := _SEARCH_TOKEN.findall(strings):
        yield Text(" ".join(bytes.fromhex(token).decode("utf-16-be", "ignore") for token in tokens))


def _articles(text: str) -> Iterator[str]:
    end = 0
    while (start := _ARTICLE.search(text, end)) and (last := text.find(_END_OF_ARTICLE, start.end())) >= 0:
        end = last + len(_END_OF_ARTICLE)
        yield text[start.start() : end]


class _Object(list[tuple[str, Any]]):
    """The members of a JSON object, those of one name, too."""

    __slots__ = ()


class _Number(str):
    """A number as it was written in JSON."""

    __slots__ = ()


def _strings(text: str) -> str | None:
    """Every value of a JSON text in its order, as a program gets them, and behind them every key; None where it is none.

    Nothing else stands in JSON but signs, so that the text itself need not be read too: of two keys of one name both are kept, and
    numbers as they were written.
    """
    try:
        value = json.loads(text, object_pairs_hook=_Object, parse_int=_Number, parse_float=_Number)
    except (ValueError, RecursionError):
        return None
    found: list[str] = []
    keys: list[str] = []
    waiting: list[Any] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, _Object):
            # Keys are our own words: values that stand under each other on a page come together.
            keys.extend(key for key, _ in item)
            waiting.extend(entry for _, entry in reversed(item))
        elif isinstance(item, list):
            if len(item) >= _COLUMN and all(isinstance(entry, _Number) for entry in item):
                found.append("n".join(item))
            else:
                waiting.extend(reversed(item))
    return "\n".join([*found, *keys])


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1") + "\n" + data.decode("gb18030", "ignore") + "\n" + data.decode("utf-8", "ignore")
