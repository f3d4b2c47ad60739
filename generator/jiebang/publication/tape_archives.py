"""Archives of `tar`: told by their first head, read member by member. A packed one is gzip with such an archive in it."""

from __future__ import annotations

import io
from collections.abc import Iterator

from jiebang.publication import unpacking
from jiebang.publication.unpacking import DAMAGED_ARCHIVE, TOO_LARGE, UnreadableError

_HEAD = 512
"""Bytes that a head has."""
_SUM = slice(148, 156)
_OF_NUMBERS = frozenset(b"01234567 \0")


def is_tape_archive(content: bytes) -> bool:
    """Whether a file is one, of which the first bytes are enough. Those from before the mark `ustar` are known by the sum of their head alone."""
    if content[257:262] == b"ustar":
        return True
    if len(content) < _HEAD or not content[0] or not _OF_NUMBERS.issuperset(content[_SUM]):
        return False
    digits = content[_SUM].replace(b"\0", b" ").strip()
    if not digits or b" " in digits:
        return False
    return sum(content[:148]) + sum(content[156:_HEAD]) + 8 * ord(" ") == int(digits, 8)


def members_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """(what is said of a member: its name, what it links to, whose it is; its content) of each, also of archives that were put one behind
    the other. Raises UnreadableError."""
    import tarfile

    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:", ignore_zeros=True, errors="replace") as archive:
            size = 0
            for count, member in enumerate(archive, 1):
                size += member.size
                if count > unpacking.MOST_MEMBERS or size > unpacking.MOST_BYTES:
                    raise UnreadableError(TOO_LARGE)
                opened = archive.extractfile(member) if member.isreg() else None
                said = "\n".join(
                    (member.name, member.linkname, member.uname, member.gname, *member.pax_headers.values())
                )
                yield said, opened.read() if opened else b""
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        raise UnreadableError(DAMAGED_ARCHIVE) from error
