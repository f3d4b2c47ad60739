"""Packed bytes → what is packed in them, within limits that a bomb does not pass."""

from __future__ import annotations

import zlib

MOST_BYTES = 256 * 1024 * 1024
"""Of all that is packed in one file, unpacked."""
MOST_MEMBERS = 20_000
TOO_LARGE = f"解压后超过 {MOST_BYTES >> 20} MB 或 {MOST_MEMBERS} 个文件"
DAMAGED_ARCHIVE, DAMAGED_FONT = "压缩包已损坏", "字体文件已损坏"
GZIP = 31
"""What zlib calls gzip."""
ZLIB = 15
PACKED = b"\x1f\x8b"
"""How gzip begins."""


class UnreadableError(Exception):
    """A part of a file that cannot be looked through, so nobody can say that it is clean. The message is Chinese."""


def inflate(data: bytes, window: int) -> tuple[bytes, bytes]:
    """What is packed in some bytes, of gzip in several parts one behind the other, and what stands behind it."""
    unpacked = bytearray()
    while True:
        machine = zlib.decompressobj(window)
        try:
            unpacked += within_limits(machine, data, len(unpacked))
        except zlib.error as error:
            raise UnreadableError("压缩内容已损坏") from error
        data = machine.unused_data
        if window != GZIP or data[:2] != PACKED:
            return bytes(unpacked), data


def within_limits(machine: zlib._Decompress, data: bytes, before: int) -> bytes:
    """What is packed in some bytes, of which so many unpacked ones came `before`. Raises UnreadableError, and zlib.error."""
    unpacked = machine.decompress(data, MOST_BYTES - before + 1)
    if before + len(unpacked) > MOST_BYTES:
        raise UnreadableError(TOO_LARGE)
    return unpacked


def begins_zlib(data: bytes) -> bool:
    """Whether some bytes begin as a stream of zlib with its usual window does."""
    return data[:1] == b"\x78" and int.from_bytes(data[:2]) % 31 == 0
