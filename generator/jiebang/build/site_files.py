"""The map over files: what each file of a site says, where its links lead, and what private it may hold.

A file that was made before from the same inputs, and stands unchanged in the site in place, is neither made nor read again; one whose
content is the same under other secrets is only looked through again; one that has to be made again, as for a site elsewhere, and comes to
the same content is not looked through again.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from jiebang.build.links import targets_of
from jiebang.catalogue import Catalogue
from jiebang.mapping import Maps, Shared, digest, packed, program_digest, unpacked
from jiebang.publication.gate import UNREADABLE, Leak, find_leaks, suspect_files
from jiebang.publication.search_index import DAMAGED, DamagedError, Rebuilt, is_index
from jiebang.rules.allowlist import PublicNames
from jiebang.rules.secret_index import SecretIndex
from jiebang.rules.secrets import Secrets
from jiebang.site import Frames
from jiebang.site.files import Planned, as_it_is

SEARCH = "search/"
"""Where the search index stands, and where a leak is said to stand that no single file of it holds."""
_FEWEST = 1000
"""Fewer files than this are done sooner here than a process is started."""


class Place(Protocol):
    """A site as it stands, by the digests of its files."""

    def digest(self, path: str) -> bytes | None:
        """Of a file that is unchanged since it was put there; None where there is none."""

    def read(self, path: str) -> bytes | None:
        """Its content."""


@dataclass(frozen=True, slots=True)
class Around:
    """What all files are made and looked through with."""

    frames: Frames
    secrets: SecretIndex


@dataclass(frozen=True, slots=True)
class Item:
    """A file to be made (`planned`), or one that stands already (`content`) and is only looked through."""

    path: str
    planned: Planned | None
    content: bytes | None
    looked: bytes = b""
    """Digest of the content that was looked through before, under the same secrets; any other content is looked through."""


@dataclass(slots=True)
class Finished:
    """A file of the site. `content` is None where it stands in place as it should."""

    path: str
    digest: bytes
    size: int
    content: bytes | None


@dataclass(slots=True)
class Findings:
    """What the files of a site were found to hold and to point at, all together."""

    suspected: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Path of a file → the records whose private values may stand in it."""
    targets: dict[str, str] = field(default_factory=dict)
    """Path that a link means → the page that has it."""
    files: set[str] = field(default_factory=set)
    damaged: list[str] = field(default_factory=list)
    """Files of the search index that do not read as their beginnings say."""

    def broken_links(self) -> list[tuple[str, str]]:
        """(page, target) of each link inside the site that no file answers, once a target."""
        return sorted((page, target) for target, page in self.targets.items() if target not in self.files)


def finish(around: Around, items: Sequence[Item]) -> list[Any]:
    """Of each file (digest, size, found, content). `found`: targets of its links, owners of what may stand in it; None where its content
    was looked through before. The content only of what was made."""
    contents = [i.content if i.content is not None else _made(i, around.frames) for i in items]
    names = list(map(digest, contents))
    new = [number for number, item in enumerate(items) if item.looked != names[number]]
    owners = suspect_files([(items[number].path, contents[number]) for number in new], around.secrets)
    found = {
        number: (targets_of(items[number].path, contents[number]), owned)
        for number, owned in zip(new, owners, strict=True)
    }
    return [
        (name, len(c), found.get(number), c if item.content is None else None)
        for number, (item, name, c) in enumerate(zip(items, names, contents, strict=True))
    ]


def _made(item: Item, frames: Frames) -> bytes:
    if item.planned is None:
        raise ValueError(f"{item.path} is neither planned nor given")
    return item.planned.content(frames)


_MANY = 50
"""Parts of an input from which on it is what the whole list says: the same for many files, and too much to be handed over for each."""


class _InputKeys:
    """Names what planned files are made from; what many of them share is named once."""

    def __init__(self, frames: Frames) -> None:
        self._states: dict[str | None, str] = {frame: frames.state(frame) for frame in frames.pages} | {None: ""}
        self._named: dict[int, tuple[Any, bytes]] = {}

    def of(self, file: Planned) -> bytes:
        """Names all that a file is made from."""
        parts = [self._part(part) for part in file.inputs]
        return digest(
            b"file", program_digest(), file.make.__module__, file.make.__qualname__, self._states[file.frame], *parts
        )

    def _part(self, part: Any) -> bytes:
        if not _is_large(part):
            return _pickled(part)
        known = self._named.get(id(part))
        if known is None:
            # Kept with its name, so that no other object takes its number.
            known = self._named[id(part)] = part, digest(_pickled(part))
        return known[1]


def _is_large(part: Any) -> bool:
    return isinstance(part, tuple) and len(part) > _MANY


def _pickled(part: Any) -> bytes:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    # Without references to equal objects: whether two equal texts are one object must not be part of the name.
    pickler.fast = True
    pickler.dump(part)
    return stream.getvalue()


def _evenly(few: Sequence[int], many: Sequence[int]) -> list[int]:
    """All numbers, the few spread among the many from the start on."""
    step = len(many) // len(few) + 1 if few else 1
    mixed: list[int] = []
    for number, one in enumerate(few):
        mixed += [one, *many[number * step : (number + 1) * step]]
    return mixed + list(many[len(few) * step :])


def finish_files(
    planned: Sequence[Planned],
    frames: Frames,
    secrets: SecretIndex,
    place: Place,
    maps: Maps,
    put: Callable[[Finished], None],
) -> Findings:
    """Makes and looks through the files of a site, in any order; `put` is called with each. Files that came from `site/` byte for byte
    are not looked through: no record can reach them, and digits in a script are no telephone."""
    names = _InputKeys(frames)
    inputs = [names.of(file) for file in planned]
    made_before = maps.known(inputs)
    findings = Findings(files={file.path for file in planned})
    assets = {asset.path: digest(asset.content) for asset in frames.assets if not asset.own}
    index: dict[str, bytes] = {}
    left: list[int] = []
    made_here: dict[int, bytes] = {}
    standing: dict[int, tuple[bytes, int]] = {}
    looks = [b""] * len(planned)
    stands = [place.digest(file.path) for file in planned]
    for number, file in enumerate(planned):
        if inputs[number] in made_before:
            name, size, _ = unpacked(made_before[inputs[number]])
            looks[number] = _look_key(file.path, name, secrets)
            if stands[number] == name:
                standing[number] = name, size
    looked_before = maps.known([key for key in looks if key])
    for number, file in enumerate(planned):
        given = _given_content(file)
        if given is not None and assets.get(file.path) == (name := digest(given)):
            put(Finished(file.path, name, len(given), None if stands[number] == name else given))
        elif number in standing and looks[number] in looked_before:
            name, size = standing[number]
            _note(findings, file.path, unpacked(made_before[inputs[number]])[2], unpacked(looked_before[looks[number]]))
            if _is_of_index(file.path):
                index[file.path] = name
            put(Finished(file.path, name, size, None))
        else:
            left.append(number)

    def load(number: int) -> Item:
        content = place.read(planned[number].path) if number in standing else None
        if content is not None and digest(content) != standing[number][0]:
            content = None
        if content is None and _is_made_here(planned[number]):
            content = made_here[number] = planned[number].content(frames)
        looked = unpacked(made_before[inputs[number]])[0] if looks[number] in looked_before else b""
        return Item(planned[number].path, planned[number] if content is None else None, content, looked)

    around = Shared(digest(frames.digest, secrets.key), Around(frames, secrets))
    contents: dict[str, bytes] = {}
    # The large files take longest: first, and one in each portion.
    large = [number for number in left if _is_made_here(planned[number])]
    left = _evenly(large, [number for number in left if not _is_made_here(planned[number])])
    for numbers, values in maps.made(finish, around, left, load, _FEWEST):
        for number, value in zip(numbers, map(unpacked, values), strict=True):
            name, size, found, content = value
            content = made_here.pop(number, content)
            path = planned[number].path
            if found is None:
                found = unpacked(made_before[inputs[number]])[2], unpacked(looked_before[looks[number]])
            else:
                targets, owners = found
                maps.keep(
                    [(inputs[number], packed((name, size, targets))), (_look_key(path, name, secrets), packed(owners))]
                )
            _note(findings, path, *found)
            if _is_of_index(path):
                index[path] = name
                if content is not None:
                    contents[path] = content
            # Other inputs may come to the same content.
            put(Finished(path, name, size, None if stands[number] == name else content))
    _look_at_index(findings, index, lambda path: contents.get(path) or place.read(path) or b"", secrets, maps)
    return findings


def _look_key(path: str, name: bytes, secrets: SecretIndex) -> bytes:
    """Names a look at a file: its path and content, and everything private."""
    return digest(b"look", program_digest(), path, name, secrets.key)


def _note(findings: Findings, path: str, targets: Iterable[str], owners: tuple[str, ...]) -> None:
    for target in targets:
        findings.targets.setdefault(target, path)
    if owners:
        findings.suspected[path] = owners


def _given_content(file: Planned) -> bytes | None:
    """The content of a file that is known when it is planned."""
    content = file.inputs[0] if file.make is as_it_is else None
    return content if isinstance(content, bytes) else None


def _is_made_here(file: Planned) -> bool:
    """Whether a file says what is at hand here and would be much to hand over: its content, or the whole list."""
    return _given_content(file) is not None or any(map(_is_large, file.inputs))


def _is_of_index(path: str) -> bool:
    return path.startswith(SEARCH)


def _look_at_index(
    findings: Findings, index: Mapping[str, bytes], read: Callable[[str], bytes], secrets: SecretIndex, maps: Maps
) -> None:
    """Looks at the texts that can be put together from the files of the search index (by path, with their digests)."""

    def make() -> Any:
        whole, damaged = _put_together(sorted(index), read)
        (owners,) = suspect_files([(SEARCH, whole)], secrets)
        return owners, damaged

    names = (f"{path} {name.hex()}" for path, name in sorted(index.items()))
    owners, damaged = maps.recall(digest(b"index", secrets.key, *names), make)
    findings.damaged.extend(damaged)
    if owners:
        findings.suspected[SEARCH] = owners


def _put_together(paths: Iterable[str], read: Callable[[str], bytes]) -> tuple[bytes, list[str]]:
    """(the texts of a search index, the files of it that are damaged)"""
    rebuilt, damaged = Rebuilt(), []
    for path in paths:
        content = read(path)
        if is_index(content):
            try:
                rebuilt.take(content)
            except DamagedError:
                damaged.append(path)
    return rebuilt.text().encode(), damaged


def leaks_of(findings: Findings, read: Callable[[str], bytes], catalogue: Catalogue) -> list[Leak]:
    """The careful look at the files in which something private may stand. `read` gives the content of a file of the site."""
    public = PublicNames(catalogue)
    leaks = [Leak(path, UNREADABLE, DAMAGED) for path in findings.damaged]
    for path, owners in findings.suspected.items():
        secrets = Secrets(catalogue, frozenset(owners), public)
        if path == SEARCH:
            content, _ = _put_together(sorted(f for f in findings.files if _is_of_index(f)), read)
        else:
            content = read(path)
        leaks.extend(find_leaks(path, content, secrets))
    return leaks
