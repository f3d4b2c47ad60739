"""The site in place, by the digests of its files: what stands there unchanged need not be made again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import IO

from jiebang.catalogue.files import Stamp, stamp_of
from jiebang.mapping import Maps, digest

Table = Mapping[str, tuple[Stamp, bytes]]
"""Path within the site → what told that the file was unchanged, and the digest of its content."""


def name_of(digests: Mapping[str, bytes]) -> bytes:
    """Names a whole site by the digests of its files."""
    return digest("site", *(f"{path} {content.hex()}" for path, content in sorted(digests.items())))


def _stamp(file: str) -> Stamp | None:
    """The stamp of a file; None for what is not there."""
    try:
        # Not by `Path`: tens of thousands of files are asked for.
        return stamp_of(os.stat(file, follow_symlinks=False))  # noqa: PTH116 - see above
    except OSError:
        return None


def _stamps(folder: Path) -> dict[str, Stamp]:
    """The stamp of everything below a folder that is no folder, by path; none for a folder that cannot be read."""
    found: dict[str, Stamp] = {}
    waiting = [""]
    try:
        while waiting:
            prefix = waiting.pop()
            with os.scandir(folder / prefix) as listing:
                for entry in listing:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{prefix}{entry.name}/")
                    else:
                        found[f"{prefix}{entry.name}"] = stamp_of(entry.stat(follow_symlinks=False))
    except OSError:
        return {}
    return found


class Standing:
    """A site in a folder that an earlier build of this workspace put there."""

    def __init__(self, out: Path, maps: Maps) -> None:
        self._out = out
        self._maps = maps
        self._place = digest("site", str(out.resolve()))
        self._table: Table = maps.look_up(self._place) or {}

    def digest(self, path: str) -> bytes | None:
        """Of a file that nobody wrote to since it was put there."""
        known = self._table.get(path)
        return known[1] if known is not None and known[0] == _stamp(f"{self._out}/{path}") else None

    def holder(self, name: bytes) -> str | None:
        """Where a file stands that has this digest, and that nobody wrote to; None where none is known."""
        path = self._holders.get(name)
        return path if path is not None and self.digest(path) == name else None

    @cached_property
    def _holders(self) -> Mapping[bytes, str]:
        return {content: path for path, (_, content) in self._table.items()}

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
        return bool(self._table) and _stamps(self._out) == {path: stamp for path, (stamp, _) in self._table.items()}

    def is_site(self, digests: Mapping[str, bytes]) -> bool:
        """Whether what stands there is whole, and these are the digests of its files."""
        return self._contents() == digests and self.is_whole()

    @property
    def name(self) -> bytes:
        """Names what an earlier build put there, as a whole."""
        return name_of(self._contents())

    @property
    def paths(self) -> list[str]:
        """The paths of the files that an earlier build put there."""
        return list(self._table)

    def _contents(self) -> dict[str, bytes]:
        return {path: content for path, (_, content) in self._table.items()}

    def note(self, digests: Mapping[str, bytes]) -> None:
        """Tells later builds what stands there now, when all is in place."""
        stamps = {path: _stamp(f"{self._out}/{path}") for path in digests}
        self._maps.note(self._place, {path: (stamp, digests[path]) for path, stamp in stamps.items() if stamp})
