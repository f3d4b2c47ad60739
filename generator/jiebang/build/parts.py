"""Parts of files that list everything, known again from the file in place: after an edit of one demand, those of all other portions.

What is noted of a file names its parts by what they are made from, and tells where in it they stand. The file itself is read again then,
part by part, and a part that is not what stood there is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import IO, Any, TypeAlias

from jiebang.build.input_keys import is_large, name_of_input
from jiebang.build.places import Place
from jiebang.mapping import Maps, digest, program_digest
from jiebang.site.files import Part, PartWriter

Noted: TypeAlias = tuple[int, int, bytes, Any]
"""Of a part: where in the file it stands, its size, its digest, and what was told of it."""


def _key(content: bytes) -> bytes:
    """Names what is noted of the file that has a digest."""
    return digest("parts", program_digest(), content)


class KnownParts:
    """Of the site in `place`."""

    def __init__(self, place: Place, maps: Maps) -> None:
        self._place = place
        self._maps = maps
        self._names: dict[int, tuple[Any, bytes]] = {}

    def writer(self, path: str, stream: IO[bytes]) -> KnownPartWriter:
        """Writes the file of a path anew, with the parts of the one that stands there."""
        return KnownPartWriter(self, stream, self.noted(self._place.digest(path)), self._place.open(path))

    def use(self, content: bytes) -> None:
        """Keeps what is noted of a file that stays, by the digest of its content."""
        self._maps.use([_key(content)])

    def note(self, content: bytes, parts: dict[bytes, Noted]) -> None:
        """Notes the parts of a file."""
        self._maps.note(_key(content), parts)

    def name(self, make: Callable[..., Part], inputs: tuple[Hashable, ...]) -> bytes:
        """Names what a part is made from."""
        return digest(program_digest(), make.__module__, make.__qualname__, *map(self._name_of, inputs))

    def _name_of(self, part: Hashable) -> bytes:
        if not is_large(part):
            return name_of_input(part)
        # A portion of the list: the same for several files. Kept with its name, so that no other one takes its number.
        known = self._names.get(id(part))
        if known is None:
            known = self._names[id(part)] = part, name_of_input(part)
        return known[1]

    def noted(self, content: bytes | None) -> dict[bytes, Noted]:
        """What was noted of the file with a digest, by what the parts are made from."""
        return {} if content is None else self._maps.look_up(_key(content)) or {}


class KnownPartWriter(PartWriter):
    """Takes parts from the file that stands in place, where it has them."""

    def __init__(
        self,
        known: KnownParts,
        stream: IO[bytes],
        before: dict[bytes, Noted],
        standing: IO[bytes] | None,
    ) -> None:
        super().__init__(stream)
        self._known = known
        self._before = before
        self._standing = standing
        self._parts: dict[bytes, Noted] = {}

    def part(self, make: Callable[..., Part], *inputs: Hashable) -> Part:
        """As it stands in place, or made now."""
        name = self._known.name(make, inputs)
        part = self._recalled(name) or make(*inputs)
        self._parts[name] = self.stream.tell(), len(part.content), digest(part.content), part.told
        return part

    def _recalled(self, name: bytes) -> Part | None:
        if self._standing is None or name not in self._before:
            return None
        place, size, named, told = self._before[name]
        self._standing.seek(place)
        content = self._standing.read(size)
        return Part(content, told) if digest(content) == named else None

    def note(self, content: bytes) -> None:
        """Notes for a later build where the parts stand, when all is written. `content`: the digest of the file."""
        self._known.note(content, self._parts)

    def close(self) -> None:
        """Lets go of the file in place."""
        if self._standing is not None:
            self._standing.close()
