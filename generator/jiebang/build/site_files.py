"""The map over files: what each file of a site says, where its links lead, and what private it may hold.

A file that was made before from the same inputs, and stands unchanged in the site in place, is neither made nor read again; one whose
content is the same under other secrets is only looked through again; one that has to be made again, as for a site elsewhere, and comes to
the same content is not looked through again. Of a large file, the segments that say the same as before are not looked through again.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import Any, Protocol

from jiebang.build.links import targets_of
from jiebang.catalogue import Catalogue
from jiebang.mapping import Maps, Shared, digest, digest_of_plain, give_back, packed, program_digest, unpacked
from jiebang.publication.gate import (
    UNREADABLE,
    Leak,
    find_leaks,
    look_at_files,
    suspect_files,
    suspect_large_file,
    suspect_texts,
)
from jiebang.publication.search_index import DAMAGED, DamagedError, Rebuilt, is_index, texts_in
from jiebang.rules.allowlist import PublicNames
from jiebang.rules.earlier_looks import Earlier, Look, carried, keep_summaries
from jiebang.rules.secret_index import SecretIndex
from jiebang.rules.secrets import Secrets
from jiebang.site import Frames
from jiebang.site.files import Planned, as_it_is
from jiebang.site.paths import SEARCH, lasting_name

_FEWEST = 1000
"""Fewer files than this are done sooner here than a process is started."""
_LARGE = 1 << 18
"""Bytes of a file from which on its texts are long enough to be looked through in segments."""


def content_digest(content: bytes) -> bytes:
    """Names the content of a file of the site: its SHA-256, which goes out with the site as well."""
    return sha256(content).digest()


class Place(Protocol):
    """A site as it stands, by the digests of its files."""

    def digest(self, path: str) -> bytes | None:
        """Of a file that is unchanged since it was put there; None where there is none."""

    def holder(self, name: bytes) -> str | None:
        """Where a file stands unchanged that has this digest; None where none is known."""

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


_NOTHING_LEFT = Item("", None, b"", content_digest(b""))
"""Stands for a file with which nothing is left to do in the map."""


@dataclass(slots=True)
class Finished:
    """A file of the site. `content` is None where it stands in place as it should, at `path` or at `stands`."""

    path: str
    digest: bytes
    size: int
    content: bytes | None
    stands: str = ""


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
    """Of each file (digest, size, found, content). `found`: targets of its links, owners of what may stand in it, and in the first one the
    summary of all that were looked through; None where its content was looked through before. The content only of what was made."""
    contents = [i.content if i.content is not None else _made(i, around.frames) for i in items]
    names = list(map(content_digest, contents))
    new = [number for number, item in enumerate(items) if item.looked != names[number]]
    owners, summary = look_at_files([(items[number].path, contents[number]) for number in new], around.secrets)
    found = {
        number: (targets_of(items[number].path, contents[number]), owned, b"")
        for number, owned in zip(new, owners, strict=True)
    }
    for number in new[:1]:
        found[number] = (*found[number][:2], summary)
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
_ATOMS = frozenset({str, bytes, int, float, bool, type(None)})


@cache
def _attributes(kind: Any) -> Callable[[Any], Any] | None:
    """What gives all attributes of a frozen dataclass; None for any other type, and for one that is told in a form of its own."""
    if not is_dataclass(kind) or kind.__hash__ is None or "__reduce__" in vars(kind):
        return None
    names = [attribute.name for attribute in fields(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda one: tuple(getattr(one, name) for name in names)


class _InputKeys:
    """Names what planned files are made from; what many of them share is named once."""

    def __init__(self, frames: Frames) -> None:
        self._states: dict[str | None, str] = {frame: frames.state(frame) for frame in frames.pages} | {None: ""}
        self._named: dict[int, tuple[Any, bytes]] = {}

    def of(self, file: Planned) -> bytes:
        """Names all that a file is made from."""
        made = file.make.__module__, file.make.__qualname__, self._states[file.frame], self._plain(file.inputs)
        return digest_of_plain(b"file", program_digest(), made)

    def _plain(self, part: Any) -> Any:
        """An input as plain values; in the place of a large one, or of one with attributes, stands its name."""
        kind: Any = type(part)
        if kind in _ATOMS:
            return part
        if kind is tuple and not _is_large(part):
            return tuple([self._plain(one) for one in part])
        if (known := self._named.get(id(part))) is not None:
            return known[1]
        if kind is tuple:
            name = self._name("", tuple([self._plain(one) for one in part]))
        elif (attributes := _attributes(kind)) is not None:
            name = self._name(f"{kind.__module__}.{kind.__qualname__}", self._plain(attributes(part)))
        else:
            name = digest(b"pickled", _pickled(part))
        # Kept with its name, so that no other object takes its number.
        self._named[id(part)] = part, name
        return name

    @staticmethod
    def _name(kind: str, plain: Any) -> bytes:
        return digest_of_plain(b"plain", kind, plain)


def _is_large(part: Any) -> bool:
    return isinstance(part, tuple) and len(part) > _MANY


def _pickled(part: Any) -> bytes:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    # Without references to equal objects, for the same reason.
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
    earlier: Earlier | None = None,
) -> Findings:
    """Makes and looks through the files of a site, in any order; `put` is called with each. Files that came from `site/` byte for byte
    are not looked through: no record can reach them, and digits in a script are no telephone. `earlier`: the last look at files of a site."""
    names = _InputKeys(frames)
    given = {number: content for number, file in enumerate(planned) if (content := _given_content(file)) is not None}
    given_names = {number: content_digest(content) for number, content in given.items()}
    inputs = [
        digest(b"given", program_digest(), given_names[number]) if number in given else names.of(file)
        for number, file in enumerate(planned)
    ]
    made_before = maps.known(inputs)
    for number, file in enumerate(planned):
        if file.foretold is not None:
            # Files of the search index, which is no page: they have no links.
            made_before.setdefault(inputs[number], packed((*file.foretold, ())))
    findings = Findings(files={file.path for file in planned})
    assets = {asset.path: asset.content for asset in frames.assets if not asset.own}
    index: dict[str, bytes] = {}
    index_at: dict[str, str] = {}
    """Where the files of the search index stand in place."""
    left: list[int] = []
    made_here: dict[int, bytes] = {}
    large: dict[int, Any] = {}
    """As of `finish`, of the large files: these are looked through here, in segments."""
    standing: dict[int, tuple[bytes, int, str]] = {}
    looks = [b""] * len(planned)
    looks_then = [b""] * len(planned)
    stands = [place.digest(file.path) for file in planned]
    for number, file in enumerate(planned):
        if inputs[number] in made_before:
            name, size, _ = unpacked(made_before[inputs[number]])
            looks[number] = _look_key(file.path, name, secrets.key)
            looks_then[number] = _look_key(file.path, name, earlier.key) if earlier is not None else b""
            at = file.path if stands[number] == name else place.holder(name)
            if at is not None:
                standing[number] = name, size, at
    then = list(filter(None, looks_then)) if earlier is not None else []
    looked_before = {
        key: Look._make(unpacked(value))
        for key, value in carried(maps, earlier, list(filter(None, looks)), then).items()
    }
    maps.use({name for look in looked_before.values() for name in look.summaries or ()})
    for number, file in enumerate(planned):
        content = given.get(number)
        if content is not None and assets.get(file.path) == content:
            name = given_names[number]
            put(Finished(file.path, name, len(content), None if stands[number] == name else content))
        elif number in standing and looks[number] in looked_before:
            name, size, at = standing[number]
            _note(findings, file.path, unpacked(made_before[inputs[number]])[2], looked_before[looks[number]].owners)
            if _is_of_index(file.path):
                index[file.path], index_at[file.path] = name, at
            put(Finished(file.path, name, size, None, at))
        else:
            left.append(number)

    def load(number: int) -> Item:
        path = planned[number].path
        content = place.read(standing[number][2]) if number in standing else None
        if content is not None and content_digest(content) != standing[number][0]:
            content = None
        if content is None and _is_made_here(planned[number]):
            content = made_here[number] = planned[number].content(frames)
        looked = unpacked(made_before[inputs[number]])[0] if looks[number] in looked_before else b""
        if content is None or len(content) < _LARGE:
            return Item(path, planned[number] if content is None else None, content, looked)
        name = content_digest(content)
        found = None
        if name != looked:
            found = targets_of(path, content), suspect_large_file(path, content, secrets, maps, earlier)
        large[number] = name, len(content), found, None
        if not _is_of_index(path):
            # At once: several of them would be held until their portions come back.
            put(finished(number, name, len(content), made_here.pop(number, None)))
            there.add(number)
        give_back()
        return _NOTHING_LEFT

    there: set[int] = set()
    """Those that were put in place already."""

    def finished(number: int, name: bytes, size: int, content: bytes | None) -> Finished:
        # Other inputs may come to the same content.
        at = planned[number].path if stands[number] == name else standing[number][2] if number in standing else ""
        return Finished(planned[number].path, name, size, None if at else content, at)

    contents: dict[str, bytes] = {}
    """Of the files of the search index: what was made here."""

    def read(path: str) -> bytes | None:
        # Not asked whether it is unchanged: a file that was linked to has another stamp from then on. Its digest tells.
        content = contents.get(path)
        content = place.read(index_at[path]) if content is None else content
        return content if content is not None and content_digest(content) == index[path] else None

    # Assets are given, and many: other processes need none of them.
    around = Shared(digest(frames.digest, secrets.key), Around(replace(frames, assets=()), secrets))
    # The files that are made here take longest: first, and one in each portion.
    here = [number for number in left if _is_made_here(planned[number])]
    left = _evenly(here, [number for number in left if not _is_made_here(planned[number])])
    for numbers, values in maps.made(finish, around, left, load, _FEWEST):
        told = list(map(unpacked, values))
        summaries = keep_summaries(maps, (summary for _, _, found, _ in told if found and (summary := found[2])))
        # Kept at once: each time the store is told something it goes to the disk.
        kept: list[tuple[bytes, bytes]] = []
        for number, value in zip(numbers, told, strict=True):
            of_large = large.pop(number, None)
            name, size, found, content = of_large or value
            content = made_here.pop(number, content)
            path = planned[number].path
            if found is None:
                targets, owners = unpacked(made_before[inputs[number]])[2], looked_before[looks[number]].owners
            else:
                targets, look = (found[0], Look(found[1], summaries)) if of_large is None else found
                owners = look.owners
                kept.append((inputs[number], packed((name, size, targets))))
                kept.append((_look_key(path, name, secrets.key), packed(tuple(look))))
            _note(findings, path, targets, owners)
            done = finished(number, name, size, content)
            if _is_of_index(path):
                index[path], index_at[path] = name, done.stands
                if content is not None:
                    contents[path] = content
            if number not in there:
                put(done)
        maps.keep(kept)
        maps.use(key for key, _ in kept)
    _look_at_names(findings, index, secrets, maps)
    _look_at_index(findings, index, read, secrets, maps, earlier)
    return findings


def _look_key(path: str, name: bytes, secrets: bytes) -> bytes:
    """Names a look at a file: its lasting name and content, and everything private."""
    return digest(b"look", program_digest(), lasting_name(path), name, secrets)


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
    return _given_content(file) is not None or file.foretold is not None or any(map(_is_large, file.inputs))


def _is_of_index(path: str) -> bool:
    return path.startswith(SEARCH)


def _look_at_names(findings: Findings, paths: Iterable[str], secrets: SecretIndex, maps: Maps) -> None:
    """Looks at the paths of the search index: its files are known by their lasting names, which do not say all of these."""
    listed = sorted(paths)

    def make() -> Any:
        return suspect_files([(path, b"") for path in listed], secrets)

    for path, owners in zip(listed, maps.recall(digest(b"paths", secrets.key, *listed), make), strict=True):
        if owners:
            findings.suspected[path] = tuple(sorted({*owners, *findings.suspected.get(path, ())}))


def _look_at_index(
    findings: Findings,
    index: Mapping[str, bytes],
    read: Callable[[str], bytes | None],
    secrets: SecretIndex,
    maps: Maps,
    earlier: Earlier | None,
) -> None:
    """Looks at the texts that can be put together from the files of the search index (by path, with their digests)."""
    names = [f"{path} {name.hex()}" for path, name in sorted(index.items())]
    now, *then = (
        digest(b"index", program_digest(), key, *names)
        for key in (secrets.key, *([earlier.key] if earlier is not None else ()))
    )
    known = carried(maps, earlier, [now], then).get(now)
    if known is None:
        rebuilt, damaged = _put_together(sorted(index), read)
        look = suspect_texts(SEARCH, rebuilt.groups(), texts_in, secrets, maps, earlier)._replace(said=damaged)
        maps.keep([(now, packed(tuple(look)))])
    else:
        look = Look._make(unpacked(known))
    maps.use(look.summaries or ())
    findings.damaged.extend(look.said)
    if look.owners:
        # Said to stand where no single file does.
        findings.suspected[SEARCH] = look.owners


def _put_together(paths: Iterable[str], read: Callable[[str], bytes | None]) -> tuple[Rebuilt, list[str]]:
    """(the search index put together, the files of it that are damaged, or could not be read)"""
    rebuilt, damaged = Rebuilt(), []
    for path in paths:
        content = read(path)
        if content is None:
            damaged.append(path)
        elif is_index(content):
            try:
                rebuilt.take(content)
            except DamagedError:
                damaged.append(path)
    return rebuilt, damaged


def leaks_of(findings: Findings, read: Callable[[str], bytes], records: Callable[[], Catalogue]) -> list[Leak]:
    """The careful look at the files in which something private may stand. `read` gives the content of a file of the site; `records` are
    asked for where there is such a file."""
    leaks = [Leak(path, UNREADABLE, DAMAGED) for path in findings.damaged]
    if not findings.suspected:
        return leaks
    catalogue = records()
    public = PublicNames(catalogue)
    for path, owners in findings.suspected.items():
        secrets = Secrets(catalogue, frozenset(owners), public)
        if path == SEARCH:
            rebuilt, _ = _put_together(sorted(f for f in findings.files if _is_of_index(f)), read)
            content = rebuilt.text().encode()
        else:
            content = read(path)
        leaks.extend(find_leaks(path, content, secrets))
    return leaks
