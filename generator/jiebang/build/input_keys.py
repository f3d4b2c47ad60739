"""Names what the files of a site are made from, so that the same inputs are known again in another run."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from jiebang.mapping import digest, digest_of_plain, program_digest
from jiebang.site import Frames
from jiebang.site.files import Planned

_MANY = 50
"""Parts of an input from which on it is what the whole list says: the same for many files, and too much to be handed over for each."""
_ATOMS = frozenset({str, bytes, int, float, bool, type(None)})


@cache
def _attributes(kind: Any) -> Callable[[Any], Any] | None:
    """What gives all attributes of a frozen dataclass; None for any other type, and for one that is told in a form of its own."""
    if not is_dataclass(kind) or kind.__hash__ is None or "__reduce__" in vars(kind):
        return None
    names = [attribute.name for attribute in fields(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda one: tuple(getattr(one, name) for name in names)


class InputKeys:
    """Names what planned files are made from; what many of them share is named once."""

    def __init__(self, frames: Frames) -> None:
        self._states: dict[str | None, str] = {frame: frames.state(frame) for frame in frames.pages} | {None: ""}
        self._names = _Names()

    def of(self, file: Planned) -> bytes:
        """Names all that a file is made from."""
        made = file.make.__module__, file.make.__qualname__, self._states[file.frame], self._names.plain(file.inputs)
        return digest_of_plain(b"file", program_digest(), made)


def name_of_input(part: Any) -> bytes:
    """Names one input: all that it says."""
    return digest_of_plain(b"input", _Names().plain(part))


class _Names:
    """Inputs as plain values, with the names of those that were named once."""

    def __init__(self) -> None:
        self._named: dict[int, tuple[Any, bytes]] = {}

    def plain(self, part: Any) -> Any:
        """An input as plain values; in the place of a large one, or of one with attributes, stands its name."""
        kind: Any = type(part)
        if kind in _ATOMS:
            return part
        if kind is tuple and not is_large(part):
            return tuple([self.plain(one) for one in part])
        if (known := self._named.get(id(part))) is not None:
            return known[1]
        if kind is tuple:
            name = self._name("", tuple([self.plain(one) for one in part]))
        elif (attributes := _attributes(kind)) is not None:
            name = self._name(f"{kind.__module__}.{kind.__qualname__}", self.plain(attributes(part)))
        else:
            name = digest(b"pickled", _pickled(part))
        # Kept with its name, so that no other object takes its number.
        self._named[id(part)] = part, name
        return name

    @staticmethod
    def _name(kind: str, plain: Any) -> bytes:
        return digest_of_plain(b"plain", kind, plain)


def is_large(part: Any) -> bool:
    """Whether an input is what the whole list says."""
    return isinstance(part, tuple) and len(part) > _MANY


def _pickled(part: Any) -> bytes:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    # Without references to equal objects, for the same reason.
    pickler.fast = True
    pickler.dump(part)
    return stream.getvalue()
