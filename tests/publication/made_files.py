"""Files that are made up of parts, and what texts they give."""

from __future__ import annotations

from jiebang.publication.extraction import texts_of

LATER = "示例重工"
END = (b"IEND", b"")
"""The last chunk of a PNG."""


def read_texts(name: str, content: bytes) -> list[str]:
    """Every text in a file."""
    return [text.content for text in texts_of(name, content)]


def pdf(*parts: bytes) -> bytes:
    """A PDF of objects one behind the other."""
    return b"%PDF-1.7\n" + b"\n".join(parts)


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of (kind, content), without check sums."""
    told = (len(data).to_bytes(4) + kind + data + bytes(4) for kind, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)
