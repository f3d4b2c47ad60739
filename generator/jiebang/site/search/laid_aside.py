"""Contents of files until they are asked for, in a file without a name: all those of a large index together would be much to have at hand."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import IO


class Aside:
    """Takes contents. What `open_file` gives is opened when the first one comes, and closed when nobody asks for any more."""

    def __init__(self, open_file: Callable[[], IO[bytes]]) -> None:
        self._open = open_file
        self._file: IO[bytes] | None = None

    def lay(self, content: bytes) -> Laid:
        """Takes one. Raises OSError."""
        if self._file is None:
            self._file = self._open()
            weakref.finalize(self, self._file.close)
        start = self._file.seek(0, 2)
        self._file.write(content)
        return Laid(self, start, len(content), sha256(content).digest())

    def read(self, start: int, size: int) -> bytes:
        """What stands there. Raises OSError."""
        if self._file is None:
            raise ValueError("nothing was laid aside")
        self._file.seek(start)
        return self._file.read(size)


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A content that was laid aside; known elsewhere by its digest."""

    aside: Aside
    start: int
    size: int
    digest: bytes

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (self.digest,)

    def read(self) -> bytes:
        """The content. Raises OSError."""
        return self.aside.read(self.start, self.size)


def content_of(laid: Laid) -> bytes:
    """The `make` of a file whose content was laid aside."""
    return laid.read()
