"""Where the files of a site stand, and where they go."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Protocol

_PORTION = 1 << 18
"""Bytes of a file that is never at hand as a whole."""


def content_digest(content: bytes) -> bytes:
    """Names the content of a file of the site: its SHA-256, which goes out with the site as well."""
    return sha256(content).digest()


def digest_from_start(stream: IO[bytes]) -> bytes:
    """The same of a file that is read in portions; it stands at its end then."""
    state = sha256()
    stream.seek(0)
    while portion := stream.read(_PORTION):
        state.update(portion)
    return state.digest()


class Place(Protocol):
    """A site as it stands, by the digests of its files."""

    def digest(self, path: str) -> bytes | None:
        """Of a file that is unchanged since it was put there; None where there is none."""

    def holder(self, name: bytes) -> str | None:
        """Where a file stands unchanged that has this digest; None where none is known."""

    def read(self, path: str) -> bytes | None:
        """Its content."""

    def open(self, path: str) -> IO[bytes] | None:
        """The same, to be read in portions."""


@dataclass(slots=True)
class Finished:
    """A file of the site. `content` is None where it stands in place as it should, at `path` or at `stands`; of a large one it is to be read
    at once."""

    path: str
    digest: bytes
    size: int
    content: bytes | IO[bytes] | None
    stands: str = ""


class Destination(Protocol):
    """Takes the files of a site as they are finished."""

    def put(self, file: Finished) -> None:
        """Takes one."""

    def read(self, path: str) -> bytes:
        """The content of one that was put."""
