"""One file of the site, before and after it is made: parts of the site hand over plans, so that they can be counted first."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Output:
    """One file: `path` is relative to the site's root, with forward slashes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that will stand at `path`, with what `make` returns: a function of `inputs` and of the frames' state.

    A memo keeps the bytes by these inputs. None: making the file costs no more than comparing would.
    """

    path: str
    make: Callable[[], bytes]
    inputs: tuple[Hashable, ...] | None = None
