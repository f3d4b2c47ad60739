"""The site in place, by the digests of its files: what stands there unchanged need not be made again."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO

from jiebang.build.staging import MARKER
from jiebang.catalogue.files import stamp_of
from jiebang.mapping import Maps, digest
from jiebang.view import MANIFEST

_STAMP = struct.Struct("<4Q")
"""A stamp as it is kept: texts and rows of bytes, as a tuple a file would be 100 MB of a site of 226,000."""
_WITHIN = (1 << 64) - 1
_DIGEST = 32
"""Bytes of a SHA-256."""


def name_of(digests: Mapping[str, bytes]) -> bytes:
    """Names a whole site by the digests of its files: the list of them that stands among them, and the mark, which is not in the list."""
    return digest("site", *(digests.get(path, b"") for path in (MANIFEST, MARKER)))


def _packed(status: os.stat_result) -> bytes:
    return _STAMP.pack(*(part & _WITHIN for part in stamp_of(status)))


def _stamp(file: str) -> bytes:
    """The stamp of a file; empty for what is not there."""
    try:
        # Not by `Path`: tens of thousands of files are asked for.
        return _packed(os.stat(file, follow_symlinks=False))  # noqa: PTH116 - a `Path` for each of tens of thousands takes longer
    except OSError:
        return b""


def _stamps(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The path and the stamp of everything below a folder that is no folder. Raises OSError for a folder that cannot be read."""
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(folder / prefix) as listing:
            for entry in listing:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{prefix}{entry.name}/")
                else:
                    yield f"{prefix}{entry.name}", _packed(entry.stat(follow_symlinks=False))


class Standing:
    """A site in a folder that an earlier build of this workspace put there."""

    def __init__(self, out: Path, maps: Maps) -> None:
        self._out = out
        self._maps = maps
        self._place = digest("standing", str(out.resolve()))
        told: tuple[str, bytes, bytes] = maps.look_up(self._place) or ("", b"", b"")
        paths, self._stamps, self._digests = told
        self._rows = {path: row for row, path in enumerate(paths.split("\0"))} if paths else {}
        """Where stamp and digest of a file stand, by its path."""

    def _stamp_at(self, row: int) -> bytes:
        """What told that a file was unchanged."""
        return self._stamps[row * _STAMP.size : (row + 1) * _STAMP.size]

    def _digest_at(self, row: int) -> bytes:
        return self._digests[row * _DIGEST : (row + 1) * _DIGEST]

    def digest(self, path: str) -> bytes | None:
        """Of a file that nobody wrote to since it was put there."""
        row = self._rows.get(path)
        return (
            self._digest_at(row) if row is not None and self._stamp_at(row) == _stamp(f"{self._out}/{path}") else None
        )

    def holder(self, name: bytes) -> str | None:
        """Where a file stands that has this digest, and that nobody wrote to; None where none is known."""
        path = self._holders.get(name)
        return path if path is not None and self.digest(path) == name else None

    @cached_property
    def _holders(self) -> Mapping[bytes, str]:
        return {self._digest_at(row): path for path, row in self._rows.items()}

    def read(self, path: str) -> bytes | None:
        """The content of a file."""
        try:
            return (self._out / path).read_bytes()
        except OSError:
            return None

    def open(self, path: str) -> IO[bytes] | None:
        """The same, to be read in portions."""
        try:
            return (self._out / path).open("rb")
        except OSError:
            return None

    def is_whole(self) -> bool:
        """Whether every file that was put there stands there as it was, and no other."""
        found = 0
        try:
            for path, stamp in _stamps(self._out):
                row = self._rows.get(path)
                if row is None or self._stamp_at(row) != stamp:
                    return False
                found += 1
        except OSError:
            return False
        return bool(self._rows) and found == len(self._rows)

    def is_site(self, digests: Mapping[str, bytes]) -> bool:
        """Whether what stands there is whole, and these are the digests of its files."""
        return self.name == name_of(digests) and self.is_whole()

    @property
    def name(self) -> bytes:
        """Names what an earlier build put there, as a whole."""
        return name_of({path: self._digest_at(self._rows[path]) for path in (MANIFEST, MARKER) if path in self._rows})

    @property
    def paths(self) -> list[str]:
        """The paths of the files that an earlier build put there."""
        return list(self._rows)

    def note(self, digests: Mapping[str, bytes]) -> None:
        """Tells later builds what stands there now, when all is in place."""
        stamps = {path: stamp for path in digests if (stamp := _stamp(f"{self._out}/{path}"))}
        told = "\0".join(stamps), b"".join(stamps.values()), b"".join(digests[path] for path in stamps)
        self._maps.note(self._place, told)
