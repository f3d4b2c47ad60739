"""The bytes of a finished file → every text in it: of archives and office files the members, of PDF and PNG the packed streams, of the
search index the names in it.

What is not read: pixels, the shapes of letters, encrypted PDF, ZIP and Office files, archives of other kinds than ZIP, gzip and tar.
An archive over the limits, or of a kind that nobody here opens, is not passed over: it is told.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import IO

from jiebang.errors import UserError
from jiebang.publication import unpacking
from jiebang.publication.bare_runs import data_in_runs
from jiebang.publication.encodings import ENCODINGS, in_seven_bits
from jiebang.publication.fonts import WOFF, WOFF2, tables_of
from jiebang.publication.json_texts import NotJsonError, strings_in, strings_of
from jiebang.publication.manifest import read_manifest
from jiebang.publication.pdf_filters import streams_of
from jiebang.publication.script_literals import joined_literals, lists_of_codes, scripts_in
from jiebang.publication.search_index import DAMAGED, DamagedError, is_index, names_of
from jiebang.publication.spelt_bytes import MARK, data_in, profile_in
from jiebang.publication.tape_archives import is_tape_archive, members_of
from jiebang.publication.unpacking import (
    DAMAGED_ARCHIVE,
    GZIP,
    MOST_BYTES,
    MOST_MEMBERS,
    PACKED,
    TOO_LARGE,
    ZLIB,
    UnreadableError,
    begins_zlib,
    inflate,
)
from jiebang.view import MANIFEST

DEEPEST = 4
_ARCHIVES, _PDF, _PNG = {b"PK\x03\x04", b"PK\x05\x06"}, b"%PDF-", b"\x89PNG\r\n\x1a\n"
_GIF, _JPEG, _WIDE = b"GIF8", b"\xff\xd8\xff", (b"\xfe\xff", b"\xff\xfe")
"""How files begin that are more than a text."""
_NOT_OPENED = re.compile(
    rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|\x1f\x9d|\x04\x22\x4d\x18|LZIP[\0\1]|MSCF\0\0\0\0"
)
"""How archives begin that cannot be looked through: 7z, RAR, bzip2, xz, zstd, compress, LZ4, lzip, CAB."""
_NO_OPENER = "程序打不开的压缩格式（7z、RAR、bzip2、xz、zstd、compress、LZ4、lzip、CAB）"
_HIDDEN = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"1AY&SY", b"\xfd7zXZ\0")
"""What is long enough to tell such an archive behind a picture or inside of another file."""
_GZIP_WITHIN = re.compile(rb"\x1f\x8b\x08[\0-\x1f]")
_END_OF_ARCHIVE, _LONGEST_END = b"PK\x05\x06", 22 + 0xFFFF
"""How the end of a ZIP begins, and how many bytes it has with the longest remark."""
_COMPOUND, _LOCKED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
"""How old Office files begin, and what stands in those that hold a locked one of today."""
_WHOLE = (PACKED, _PDF, _PNG, _GIF, _JPEG, _COMPOUND, WOFF, WOFF2)
"""How files begin whose texts can only be told from the whole of them, or not at all."""
_BEFORE_A_PDF = 1024
"""Bytes that a viewer passes over until a PDF begins."""
_PORTION = 1 << 18
"""Bytes of a file that are at hand, where not all of it is."""
_CODE = (".js", ".mjs", ".css", ".map")
_ARTICLE = re.compile(r"<article\b")
_END_OF_ARTICLE = "</article>"
_LABEL = re.compile(r"<(?:h2\b|dt\b|button\b|th scope=\"col\")[^>]*>[^<]*</(?:h2|dt|button|th)>")
"""Our own words between the texts of a record: without them, what is cut up between two fields comes together."""
_SEARCH_TOKEN = re.compile(r"x(?<!\wx)((?:[0-9a-f]{4}){1,16})\b")
"""A token of the search, alone. The letter first: that is looked for in a tenth of the time."""
_LONGEST_PATTERN = 128
"""Letters that such a place has at most, with what stands on both sides of it."""
_JSON = frozenset("{[")
"""How JSON begins, if it is more than one value."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text found in a file. `code_like`: written for machines (scripts, styles)."""

    content: str
    code_like: bool = False


REMEDY = f"压缩包、表格和 PDF 解压后不超过 {MOST_BYTES >> 20} MB、{MOST_MEMBERS} 个文件，不加密码，最多套 {DEEPEST} 层：过大的分成几个，损坏的重新生成。"
"""What to do about a file that cannot be looked through."""


@dataclass(frozen=True, slots=True)
class LongText:
    """A text that comes in portions, to be read once."""

    portions: Iterator[str]
    code_like: bool = False


class NotInPortionsError(Exception):
    """A file whose texts can only be told from the whole of it."""


def texts_of(name: str, content: bytes, depth: int = 0) -> Iterator[Text]:
    """Every text in a file. Raises UnreadableError where something in it cannot be read."""
    _refuse_deeper(depth)
    if content[:2] == PACKED:
        unpacked, behind = inflate(content, GZIP)
        yield from texts_of(name.removesuffix(".gz"), unpacked, depth + 1)
        if behind:
            yield from texts_of("", behind, depth + 1)
    elif content[:4] in _ARCHIVES:
        yield from _archive(content, depth)
    elif content[:5] == _PDF:
        yield from _pdf(content, depth)
    elif content[:8] == _PNG:
        yield from _png(content, depth)
    elif _NOT_OPENED.match(content):
        raise UnreadableError(_NO_OPENER)
    elif content[:4] == WOFF:
        for table in tables_of(content):
            yield Text(_decoded(table))
            yield from _in_two_bytes(table)
    elif content[:4] == WOFF2:
        raise UnreadableError("程序打不开的字体（WOFF2），请换成 WOFF 或 TTF")
    elif is_tape_archive(content):
        yield from _tape_archive(name, content, depth)
    elif content[:4] == _COMPOUND and _LOCKED in content:
        raise UnreadableError("文件加了密")
    elif name.rpartition("/")[2] == MANIFEST and (listed := _listed(content)):
        yield Text(listed)
    elif is_index(content):
        yield Text(_names(content))
    else:
        if begins_zlib(content):
            yield from _packed_without_a_name(content, depth)
        yield from _plain(name, _beside_scans(content) if content[:3] == _JPEG else content, depth)
        if content[:4] == _GIF:
            yield from _remarks_of_gif(content)
        if _PDF in content[:_BEFORE_A_PDF] and b"endobj" in content:
            yield from _pdf(content, depth)


def _refuse_deeper(depth: int) -> None:
    if depth > DEEPEST:
        raise UnreadableError("压缩包层数过多")


def long_texts_of(name: str, stream: IO[bytes], depth: int = 0) -> Iterator[LongText]:
    """As `texts_of`, in portions; each text is to be read before the next is asked for. Raises UnreadableError and NotInPortionsError, also
    while a text is read: what was told until then is a part of what stands in the file."""
    _refuse_deeper(depth)
    with _damage_told():
        head = stream.read(_BEFORE_A_PDF)
        stream.seek(0)
    if head[:4] in _ARCHIVES:
        for part in _parts(stream):
            if isinstance(part, str):
                yield LongText(iter([part]))
            else:
                yield from long_texts_of(*part, depth + 1)
    elif _only_whole(head) or name.endswith(MANIFEST) or is_index(head):
        raise NotInPortionsError
    else:
        spelt: dict[bytes, None] = {}
        yield _long_plain(name, stream, spelt)
        for data in spelt:
            yield from (LongText(iter([text.content]), text.code_like) for text in texts_of("", data, depth + 1))


def _only_whole(head: bytes) -> bool:
    """Whether a file begins like one of `_WHOLE`, like an archive of tapes or one that nobody here opens, or like a packed one."""
    return (
        head.startswith(_WHOLE)
        or _NOT_OPENED.match(head) is not None
        or is_tape_archive(head)
        or begins_zlib(head)
        or _PDF in head
    )


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


def _tape_archive(name: str, content: bytes, depth: int) -> Iterator[Text]:
    """The archive as it is, with what stands in its heads and between its members, and these as the files that they are."""
    yield from _plain(name, content, depth)
    for said, data in members_of(content):
        yield Text(said)
        yield from texts_of(said.partition("\n")[0], data, depth + 1)


def _packed_without_a_name(content: bytes, depth: int) -> Iterator[Text]:
    try:
        unpacked, behind = inflate(content, ZLIB)
    except UnreadableError:
        # A text may begin with these two letters.
        return
    yield from texts_of("", unpacked, depth + 1)
    yield Text(_decoded(behind))


def _archives_within(content: bytes, depth: int) -> Iterator[Text]:
    """What archives hold that stand behind a picture or inside of another file: a ZIP is opened there as if nothing stood before it."""
    if content.rfind(_END_OF_ARCHIVE, max(0, len(content) - _LONGEST_END)) >= 0:
        yield from _archive(content, depth)
    if any(mark in content for mark in _HIDDEN):
        raise UnreadableError(_NO_OPENER)
    for match in _GZIP_WITHIN.finditer(content):
        try:
            unpacked, _ = inflate(content[match.start() :], GZIP)
        except UnreadableError:
            # Pixels may look like the beginning of one.
            continue
        yield from texts_of("", unpacked, depth + 1)


def _archive(content: bytes, depth: int) -> Iterator[Text]:
    for part in _parts(io.BytesIO(content)):
        if isinstance(part, str):
            yield Text(part)
        else:
            name, member = part
            with _damage_told():
                data = member.read()
            yield from texts_of(name, data, depth + 1)


def _parts(stream: IO[bytes]) -> Iterator[str | tuple[str, IO[bytes]]]:
    """The texts that stand in an archive, and its members by their names, each open until the next part is asked for."""
    with _damage_told(), zipfile.ZipFile(stream) as archive:
        members = archive.infolist()
        if len(members) > unpacking.MOST_MEMBERS or sum(member.file_size for member in members) > unpacking.MOST_BYTES:
            raise UnreadableError(TOO_LARGE)
        yield _decoded(archive.comment)
        yield _decoded(_around(stream, members))
        for member in members:
            if member.flag_bits & 1:
                raise UnreadableError("压缩包加了密")
            yield f"{member.filename}\n{_decoded(member.comment)}"
            # It gives no more than the size that was counted above.
            with archive.open(member) as opened:
                yield member.filename, opened


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
        raise UnreadableError(DAMAGED_ARCHIVE) from error


def _around(stream: IO[bytes], members: Sequence[zipfile.ZipInfo]) -> bytes:
    """What stands in an archive beside its packed members: before, between and behind them, and what no entry of the directory names."""

    def read(start: int, size: int) -> bytes:
        stream.seek(max(0, start))
        return stream.read(size)

    parts, end = [], 0
    for start, size in sorted((member.header_offset, member.compress_size) for member in members):
        names = read(start + 26, 4)
        data = start + 30 + int.from_bytes(names[:2], "little") + int.from_bytes(names[2:], "little")
        parts.append(read(end, max(0, data - end)))
        end = max(end, data + size)
    return b"".join((*parts, read(end, -1)))


_PLAIN_OF_STRING = rb"[^()\\]|\\."
_BRACKETS = rb"\((?:" + _PLAIN_OF_STRING + rb")*+\)"
_IN_BRACKETS = rb"\((?:" + _PLAIN_OF_STRING + b"|" + _BRACKETS + rb")*+\)"
_LITERAL = re.compile(rb"\(((?:" + _PLAIN_OF_STRING + b"|" + _IN_BRACKETS + rb")*+)\)", re.DOTALL)
"""Brackets within a string come in pairs."""
_NAME_WITH_CODES = re.compile(rb"/[A-Za-z]*#[0-9A-Fa-f]{2}[A-Za-z0-9#]*")
_CODE_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f\s]{4,})>")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|([nrtbf])|(.))", re.DOTALL)
"""A byte in octal digits; a blank or the end of a line; a letter that means itself."""


def _pdf(content: bytes, depth: int) -> Iterator[Text]:
    """The plain parts and the streams: document information, metadata, and text that is not drawn by glyph numbers; and the files
    that are attached."""
    if b"/Encrypt" in content or b"/Encrypt" in map(_name_of_pdf, _NAME_WITH_CODES.findall(content)):
        raise UnreadableError("PDF 加了密")
    parts, files = [content], []
    for written, part in streams_of(content):
        parts += [part] if part else []
        if _is_file(part or written):
            files.append(part or written)
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
    for file in files:
        yield from texts_of("", file, depth + 1)
    yield from _archives_within(content, depth)


def _is_file(data: bytes) -> bool:
    """Whether a stream is a file of its own: an attachment, or a picture with what its camera says."""
    # Those of zlib were opened.
    return not begins_zlib(data) and (_only_whole(data) or data.startswith((*_ARCHIVES, *_WIDE)))


def _name_of_pdf(written: bytes) -> bytes:
    return _CODE_IN_NAME.sub(lambda match: bytes.fromhex(match[1].decode("ascii")), written)


def _shown(strings: Sequence[bytes]) -> Iterator[Text]:
    """The text of strings. Which encoding they have the font says; those that fonts have are tried."""
    yield Text("".join(_marked(string) or string.decode("utf-8", "replace") for string in strings))
    yield Text("".join(_marked(string) or string.decode("utf-16-be", "ignore") for string in strings))
    if not all(map(bytes.isascii, strings)):
        yield Text("".join(_marked(string) or string.decode("gb18030", "ignore") for string in strings))


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


def _png(content: bytes, depth: int) -> Iterator[Text]:
    """Every chunk that holds no part of the picture, and what stands behind the last one."""
    yield from _archives_within(content, depth)
    place, kind = 8, b""
    while kind != b"IEND" and place + 8 <= len(content):
        length = int.from_bytes(content[place : place + 4])
        kind, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        place += 12 + length
        if kind not in _PIXELS:
            yield from _chunk(data, in_one_byte=kind in _TEXTS)
            for start in (match.end() for match in re.finditer(rb"\x00", data)):
                if data[start : start + 1] == b"\x78":
                    try:
                        yield from _chunk(inflate(data[start:], 15)[0])
                    except UnreadableError:
                        # Elsewhere this letter need not begin anything packed, and the chunk was read as it is.
                        if kind in _TEXTS:
                            raise
    if place < len(content):
        yield from texts_of("", content[place:], depth + 1)


def _chunk(data: bytes, in_one_byte: bool = False) -> Iterator[Text]:
    """What stands in a chunk of a picture, and in a profile that is written there in digits. Titles of texts have one byte for a letter."""
    yield Text(_decoded(data))
    if not in_one_byte:
        yield from _in_two_bytes(data)
    if profile := profile_in(data):
        yield from _chunk(profile)


_BEHIND_A_SCAN = re.compile(rb"\xff[^\0\xd0-\xd7\xff]")


def _beside_scans(content: bytes) -> bytes:
    """A JPEG without its pixels, of which there are megabytes; all of what does not look like a part of one."""
    parts, place = [], 0
    while content[place : place + 1] == b"\xff" and place + 1 < len(content):
        kind = content[place + 1]
        if kind in {0x01, 0xFF} or 0xD0 <= kind <= 0xD9:
            # Marks that hold nothing, and filling.
            place += 1 if kind == 0xFF else 2
            continue
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4])
        parts.append(content[place:end])
        place = end
        if kind == 0xDA:
            behind = _BEHIND_A_SCAN.search(content, place)
            place = behind.start() if behind else len(content)
    return b"".join((*parts, content[place:]))


def _remarks_of_gif(content: bytes) -> Iterator[Text]:
    """What stands beside the pictures of a GIF: it comes in blocks of 255 bytes at most, each with its length before it."""

    def colours(place: int) -> int:
        """Bytes of the table of colours that a byte announces."""
        flags = content[place] if place < len(content) else 0
        return 3 << ((flags & 7) + 1) if flags & 0x80 else 0

    place = 13 + colours(10)
    while (kind := content[place : place + 1]) in {b"!", b","}:
        place += 2 if kind == b"!" else 11 + colours(place + 9)
        blocks = []
        while size := int.from_bytes(content[place : place + 1]):
            blocks.append(content[place + 1 : place + 1 + size])
            place += 1 + size
        place += 1
        if kind == b"!" and len(blocks) > 1:
            yield Text(_decoded(b"".join(blocks)))


def _plain(name: str, content: bytes, depth: int) -> Iterator[Text]:
    code_like = _is_code(name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        for encoding in ENCODINGS:
            yield Text(content.decode(encoding, "ignore"), code_like=True)
        yield from _in_two_bytes(content)
        yield from _archives_within(content, depth)
        yield from _spelt(content, depth)
        return
    strings = strings_of(text) if text[:1] in _JSON else None
    if strings is None:
        yield Text(text, code_like)
        for article in _articles(text):
            yield Text(_LABEL.sub("", article), code_like)
    else:
        yield Text(strings)
        if tokens := _SEARCH_TOKEN.findall(strings):
            yield Text(" ".join(bytes.fromhex(token).decode("utf-16-be", "ignore") for token in tokens))
    for data in data_in(text if strings is None else strings):
        yield from texts_of("", data, depth + 1)
    yield from _spelt(content, depth)
    if b"\0" in content:
        yield from _of_two_bytes(content)
    for read in in_seven_bits(text):
        yield Text(read, code_like)
    script = text if code_like or "<!ENTITY" in text else scripts_in(text)
    for read in (joined_literals(script), lists_of_codes(script)) if script else ():
        if read:
            yield Text(read, code_like=True)


def _spelt(content: bytes, depth: int) -> Iterator[Text]:
    """What runs of letters spell, as the files that it is."""
    for data in data_in_runs(content):
        yield from texts_of("", data, depth + 1)


def _in_two_bytes(content: bytes) -> Iterator[Text]:
    """What is written in two bytes for each letter, as cameras and Windows do inside of a picture: nobody knows from which byte on. Nothing
    of what is UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        yield from _of_two_bytes(content)


def _of_two_bytes(content: bytes) -> Iterator[Text]:
    for start in (0, 1):
        for encoding in ("utf-16-le", "utf-16-be"):
            yield Text(content[start:].decode(encoding, "ignore"), code_like=True)


def _is_code(name: str) -> bool:
    return name.lower().endswith(_CODE)


def _long_plain(name: str, stream: IO[bytes], spelt: dict[bytes, None]) -> LongText:
    """`spelt` is filled with what runs of letters spell, as the text is read."""
    portions = _decoded_portions(stream)
    first = next(portions, "")
    if first[:1] in _JSON:
        strings = strings_in(chain([first], portions))
        try:
            head = next(strings, "")
        except NotJsonError:
            stream.seek(0)
            portions = _decoded_portions(stream)
        else:
            return LongText(_without(_SEARCH_TOKEN, chain([head], strings), spelt))
    else:
        portions = chain([first], portions)
    return LongText(_without(_ARTICLE, portions, spelt), _is_code(name))


def _decoded_portions(stream: IO[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with _damage_told():
            while content := stream.read(_PORTION):
                yield decoder.decode(content)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise NotInPortionsError from error


def _without(pattern: re.Pattern[str], portions: Iterator[str], spelt: dict[bytes, None]) -> Iterator[str]:
    """The portions of a text. Raises NotInPortionsError where a pattern of few letters, which asks for another text, stands in it, or data
    in letters, or letters in another encoding."""
    before = ""
    try:
        for portion in portions:
            at_hand = before + portion
            if pattern.search(at_hand) or MARK in at_hand or "\0" in at_hand or any(in_seven_bits(at_hand)):
                raise NotInPortionsError
            spelt.update(dict.fromkeys(data_in_runs(at_hand.encode("utf-8", "surrogatepass"))))
            before = at_hand[-_LONGEST_PATTERN:]
            yield portion
    except NotJsonError as error:
        raise NotInPortionsError from error


def _articles(text: str) -> Iterator[str]:
    end = 0
    while (start := _ARTICLE.search(text, end)) and (last := text.find(_END_OF_ARTICLE, start.end())) >= 0:
        end = last + len(_END_OF_ARTICLE)
        yield text[start.start() : end]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(data.decode(encoding, "ignore") for encoding in ENCODINGS[::-1])
