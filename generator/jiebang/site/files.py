"""One file of the site, before and after it is made: parts of the site hand over plans, so that they can be counted first."""

from __future__ import annotations

import io
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jiebang.site.frames import Frames


@dataclass(frozen=True, slots=True)
class Output:
    """One file: `path` is relative to the site's root, with forward slashes."""

    path: str
    content: bytes


class Part(NamedTuple):
    """A part of a file that lists everything."""

    content: bytes
    told: Any = None
    """What whoever writes the file has to know of it besides, as a plain value."""


class PartWriter:
    """Where a file that lists everything is written, in parts: a build that knows a part from the file in place need not make it again."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        """What was written there can be read again, and changed."""

    def part(self, make: Callable[..., Part], *inputs: Hashable) -> Part:
        """What `make(*inputs)` gives, as of `Planned`: a function of a module. It is written to the stream next, as it is."""
        return make(*inputs)


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that will stand at `path`: what `make(*inputs)` returns; of a page `make(frames, *inputs)`, and `frame` names the one it
    fills. Where `writes` is set `make(writer, *inputs)` writes it to a `PartWriter`: a file that lists everything, too large to be at hand as a
    whole.

    `make` is a function of a module, and inputs can be hashed and pickled, so a file can be made in another process and be known
    again: it depends on `inputs`, on the program, and of the frames on nothing but `frames.state(frame)`.
    """

    path: str
    make: Callable[..., Any]
    inputs: tuple[Hashable, ...]
    frame: str | None = None
    foretold: tuple[bytes, int] | None = None
    """The SHA-256 and the size that its content will have, where an earlier build noted them."""
    writes: bool = False
    here: bool = False
    """Whether it is made in this process only: what it is made from is not handed to others."""

    def content(self, frames: Frames) -> bytes:
        """The finished file."""
        if self.writes:
            stream = io.BytesIO()
            self.write(PartWriter(stream))
            return stream.getvalue()
        made: bytes = self.make(*self.inputs) if self.frame is None else self.make(frames, *self.inputs)
        return made

    def write(self, writer: PartWriter) -> None:
        """Writes the finished file, where it is one that is written."""
        self.make(writer, *self.inputs)


def as_it_is(content: bytes) -> bytes:
    """The `make` of a file whose content is known when it is planned."""
    return content


def given(path: str, content: bytes) -> Planned:
    return Planned(path, as_it_is, (content,))
