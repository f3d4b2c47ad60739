"""What a packed font (WOFF) says of itself: its names, whose it is, its metadata. Its letters are shapes, which nobody reads here."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.publication.unpacking import DAMAGED_FONT, ZLIB, UnreadableError, begins_zlib, inflate

WOFF, WOFF2 = b"wOFF", b"wOF2"
_HEAD, _ENTRY = 44, 20
_SHAPES = frozenset(
    {
        b"glyf",
        b"loca",
        b"CFF ",
        b"CFF2",
        b"hmtx",
        b"vmtx",
        b"cvt ",
        b"fpgm",
        b"prep",
        b"gasp",
        b"kern",
        b"EBDT",
        b"CBDT",
    }
)
"""Tables in which nothing is written. All others are read."""


def tables_of(content: bytes) -> Iterator[bytes]:
    """The tables of a font in which something may be written, its metadata and what its maker put behind. Raises UnreadableError."""
    entries = [
        content[at : at + _ENTRY] for at in range(_HEAD, _HEAD + _ENTRY * int.from_bytes(content[12:14]), _ENTRY)
    ]
    end = _HEAD + _ENTRY * len(entries)
    for entry in entries:
        offset, packed, plain = (int.from_bytes(entry[at : at + 4]) for at in (4, 8, 12))
        if len(entry) < _ENTRY or offset + packed > len(content):
            raise UnreadableError(DAMAGED_FONT)
        end = max(end, offset + packed)
        if entry[:4] not in _SHAPES:
            yield _unpacked(content[offset : offset + packed], plain)
    metadata, packed, plain = (int.from_bytes(content[at : at + 4]) for at in (24, 28, 32))
    if metadata:
        yield _unpacked(content[metadata : metadata + packed], plain)
    yield content[end:]


def _unpacked(data: bytes, plain: int) -> bytes:
    """A table that became no smaller stands there as it is; one that is packed all the same is read by some programs."""
    return inflate(data, ZLIB)[0] if len(data) < plain or begins_zlib(data) else data
