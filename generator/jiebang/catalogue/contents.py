"""What stands in the files of a catalogue, by digest; a file that nobody wrote to since is not read again to know it.

As git does: a file is taken as unchanged when its size, times and inode are those of the last look, and it was quiet then for longer than
a clock's tick. Whoever doubts it removes `.cache/`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from jiebang.catalogue.catalogue import read_bytes
from jiebang.catalogue.files import RecordFile, Stamp
from jiebang.catalogue.keys import Keyring
from jiebang.catalogue.sealed import Content, content_of
from jiebang.errors import UserError
from jiebang.mapping import digest

_QUIET = 2_000_000_000
"""Nanoseconds: coarser than the clock of any file system in use (FAT counts in two seconds)."""
_MOST_KEPT = 1 << 24
"""Bytes of files that are kept until they are taken; what is more is read once more, which is far less than to parse it."""

Table = Mapping[str, tuple[Stamp, bytes]]
"""Path → what told that it was unchanged, and the digest of what stood in it."""


def content_digest(data: bytes, size: int) -> bytes:
    """Names a content. `size`: of the file, where only its beginning was read."""
    return digest(data, str(size))


class Contents:
    """The contents of files below a folder; `before` is the table of an earlier look. What was read is kept until it is
    taken, as much of it as is no burden on the memory."""

    def __init__(self, root: Path, before: Table, keys: Keyring | None = None) -> None:
        self._root = root
        self._keys = keys
        self._before = before
        self._read: dict[str, tuple[bytes, int]] = {}
        self._kept = 0
        self._digests: dict[str, bytes] = {}
        self.table: dict[str, tuple[Stamp, bytes]] = {}
        """For the next look: the files that were quiet."""

    def digest(self, file: RecordFile) -> bytes:
        """The digest of a file's content. Raises OSError where it cannot be read."""
        known = self._before.get(file.path)
        if known is not None and known[0] == file.stamp:
            self.table[file.path] = known
            self._digests[file.path] = known[1]
            return known[1]
        looked_at = time.time_ns()
        data, size = read_bytes(self._root / file.path)
        if self._kept + len(data) <= _MOST_KEPT:
            self._read[file.path] = data, size
            self._kept += len(data)
        found = self._digests[file.path] = content_digest(data, size)
        if file.stamp is not None and max(file.stamp[1], file.stamp[2]) + _QUIET < looked_at:
            self.table[file.path] = (file.stamp, found)
        return found

    def forget_stamps(self) -> None:
        """Lets go of the tables, when all digests were told."""
        self._before = self.table = {}

    def take(self, file: RecordFile) -> Content:
        """The content of a file whose digest was told, opened where it is sealed. Raises ChangedError where it is another one since."""
        return content_of(file, *self._bytes(file), self._keys)

    def _bytes(self, file: RecordFile) -> tuple[bytes, int]:
        kept = self._read.pop(file.path, None)
        if kept is not None:
            return kept
        try:
            data, size = read_bytes(self._root / file.path)
        except OSError as error:
            raise ChangedError(file.path) from error
        if content_digest(data, size) != self._digests[file.path]:
            raise ChangedError(file.path)
        return data, size


class ChangedError(UserError):
    """A file was written to while a catalogue was read."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{ascii(path)[1:-1]} 在读取时被改动。", "再运行一次。")
