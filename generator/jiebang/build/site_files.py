"""The map over files: what each file of a site says, where its links lead, and what private it may hold.

A file that was made before from the same inputs, and stands unchanged in the site in place, is neither made nor read again; one whose
content is the same under other secrets is only looked through again; one that has to be made again, as for a site elsewhere, and comes to
the same content is not looked through again. Of a large file, the segments that say the same as before are not looked through again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from typing import IO, Any

from jiebang.build.index_look import is_of_index, look_at_index, put_together, suspected_paths
from jiebang.build.input_keys import InputKeys, is_large
from jiebang.build.links import targets_of
from jiebang.build.parts import KnownParts, KnownPartWriter
from jiebang.build.places import Destination, Finished, Place, content_digest, digest_from_start
from jiebang.catalogue import Catalogue
from jiebang.mapping import Maps, Shared, digest, packed, program_digest, unpacked
from jiebang.memory import give_back
from jiebang.publication.gate import UNREADABLE, Leak, find_leaks, look_at_files
from jiebang.publication.large_files import suspect_large_file
from jiebang.publication.search_index import DAMAGED
from jiebang.rules.allowlist import PublicNames
from jiebang.rules.earlier_looks import Earlier, Look, carried, keep_summaries
from jiebang.rules.secret_index import SecretIndex
from jiebang.rules.secrets import Secrets
from jiebang.site import Frames
from jiebang.site.files import Planned, as_it_is
from jiebang.site.paths import SEARCH, lasting_name

_FEWEST = 1000
"""Fewer files than this are done sooner here than a process is started."""
_MANY = 10_000
"""From so many files on other processes are worth starting, see `Maps.begin_anew`."""
_VERY_MANY = 100_000
"""From so many on the search index as a whole is looked at by this process alone, see `Maps.work_alone`: of 226,000 another one would hold 240 MiB
more, for a fiftieth of the time."""
_LARGE = 1 << 18
"""Bytes of a file from which on its texts are long enough to be looked through in segments."""


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
class Findings:
    """What the files of a site were found to hold and to point at, all together."""

    suspected: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Path of a file → the records whose private values may stand in it."""
    targets: dict[str, str] = field(default_factory=dict)
    """Path that a link means → the page that has it."""
    files: set[str] = field(default_factory=set)
    damaged: list[str] = field(default_factory=list)
    """Files of the search index that do not read as their beginnings say."""
    summaries: set[bytes] | None = field(default_factory=set)
    """The names of the summaries of all that was looked through; None where some of it has none, or may hold something."""

    def take(self, path: str, look: Look) -> None:
        """What a look told of a file, or of all at a path together."""
        if look.owners:
            self.suspected[path] = look.owners
        if self.summaries is not None and not look.owners and look.summaries:
            self.summaries.update(look.summaries)
        else:
            self.summaries = None

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


def _evenly(few: Sequence[int], many: Sequence[int]) -> list[int]:
    """All numbers, the few spread among the many from the start on."""
    step = len(many) // len(few) + 1 if few else 1
    mixed: list[int] = []
    for number, one in enumerate(few):
        mixed += [one, *many[number * step : (number + 1) * step]]
    return mixed + list(many[len(few) * step :])


def finish_files(
    planned: list[Planned],
    frames: Frames,
    secrets: SecretIndex,
    place: Place,
    maps: Maps,
    destination: Destination,
    earlier: Earlier | None = None,
) -> Findings:
    """Makes and looks through the files of a site, in any order; each is put in its place. Files that came from `site/` byte for byte
    are not looked through: no record can reach them, and digits in a script are no telephone. `earlier`: the last look at files of a site.

    The list is emptied: the plan of a file, with what it is made from, is let go of when the file was put.
    """
    return _Finishing(planned, frames, secrets, place, maps, destination, earlier).findings()


class _Finishing:
    """The files of a site on their way. What is known of each is kept by its number among the planned ones."""

    def __init__(
        self,
        planned: list[Planned],
        frames: Frames,
        secrets: SecretIndex,
        place: Place,
        maps: Maps,
        destination: Destination,
        earlier: Earlier | None,
    ) -> None:
        self._paths = [file.path for file in planned]
        self._planned = dict(enumerate(planned))
        """Of the files that were not put yet."""
        planned.clear()
        self._frames = frames
        self._secrets = secrets
        self._place = place
        self._maps = maps
        self._put, self._read = destination.put, destination.read
        self._earlier = earlier
        self._findings = Findings(files=set(self._paths))
        self._given = {
            number: content for number, file in self._planned.items() if (content := _given_content(file)) is not None
        }
        self._given_names = {number: content_digest(content) for number, content in self._given.items()}
        self._inputs = self._named_inputs()
        self._made_before = self._known_of_inputs()
        self._stands = [place.digest(path) for path in self._paths]
        self._looks = [b""] * len(self._paths)
        self._standing: dict[int, tuple[bytes, int, str]] = {}
        self._looked_before = self._known_of_looks()
        self._parts = KnownParts(place, maps)
        self._made_here: dict[int, bytes] = {}
        self._large: dict[int, Any] = {}
        """As of `finish`, of the large files: these are looked through here, in segments."""
        self._there: set[int] = set()
        """Those of them that were put in place already."""
        self._index: dict[str, bytes] = {}
        """Digests of the files of the search index, by path."""

    def findings(self) -> Findings:
        """What the files hold and point at, when all are put in place."""
        left = [number for number in range(len(self._paths)) if not self._is_as_before(number)]
        # Assets are given, and many: other processes need none of them.
        around = Around(replace(self._frames, assets=()), self._secrets)
        shared = Shared(digest(self._frames.digest, self._secrets.key), around)
        # The files that are made here take longest: first, and one in each portion.
        here = [number for number in left if _is_made_here(self._planned[number])]
        if len(left) >= _MANY:
            self._maps.begin_anew()
        left = _evenly(here, [number for number in left if not _is_made_here(self._planned[number])])
        for numbers, values in self._maps.made(finish, shared, left, self._load, _FEWEST):
            self._take(numbers, list(map(unpacked, values)))
        if len(left) >= _VERY_MANY:
            self._maps.work_alone()
        self._look_at_index()
        return self._findings

    def _named_inputs(self) -> list[bytes]:
        names = InputKeys(self._frames)
        return [
            digest(b"given", program_digest(), self._given_names[number]) if number in self._given else names.of(file)
            for number, file in self._planned.items()
        ]

    def _known_of_inputs(self) -> dict[bytes, bytes]:
        """(digest, size, targets) of files that were made before, packed, by what names their inputs."""
        known = self._maps.known(self._inputs)
        for number, file in self._planned.items():
            if file.foretold is not None:
                # Files of the search index, which is no page: they have no links.
                known.setdefault(self._inputs[number], packed((*file.foretold, ())))
        return known

    def _known_of_looks(self) -> dict[bytes, Look]:
        """What looks at files that were made before told, by the names of these looks; notes on the way which of them stand in place."""
        then: list[bytes] = []
        for number, (path, key) in enumerate(zip(self._paths, self._inputs, strict=True)):
            if key in self._made_before:
                name, size, _ = unpacked(self._made_before[key])
                self._looks[number] = _look_key(path, name, self._secrets.key)
                if self._earlier is not None:
                    then.append(_look_key(path, name, self._earlier.key))
                at = path if self._stands[number] == name else self._place.holder(name)
                if at is not None:
                    self._standing[number] = name, size, at
        known = carried(self._maps, self._earlier, list(filter(None, self._looks)), then)
        looks = {key: Look._make(unpacked(value)) for key, value in known.items()}
        self._maps.use({name for look in looks.values() for name in look.summaries or ()})
        return looks

    def _targets_before(self, number: int) -> Any:
        return unpacked(self._made_before[self._inputs[number]])[2]

    def _is_as_before(self, number: int) -> bool:
        """Whether nothing is left to do with a file, which is put in place then."""
        path, content = self._paths[number], self._given.get(number)
        if content is not None and self._assets.get(path) == content:
            name = self._given_names[number]
            self._put(Finished(path, name, len(content), None if self._stands[number] == name else content))
            self._let_go(number)
            return True
        if number not in self._standing or self._looks[number] not in self._looked_before:
            return False
        name, size, at = self._standing[number]
        self._note(path, self._targets_before(number), self._looked_before[self._looks[number]])
        if is_of_index(path):
            self._index[path] = name
        if self._planned[number].writes:
            self._parts.use(name)
        self._put(Finished(path, name, size, None, at))
        self._let_go(number)
        return True

    def _let_go(self, number: int) -> None:
        """Lets go of what a file that was put was made from: of a large catalogue that is much, and the search index as a whole is still to come."""
        del self._planned[number]
        self._given.pop(number, None)

    @cached_property
    def _assets(self) -> dict[str, bytes]:
        return {asset.path: asset.content for asset in self._frames.assets if not asset.own}

    def _load(self, number: int) -> Item:
        """A file on its way to `finish`. A large one is looked through at once."""
        planned = self._planned[number]
        looked = b""
        if self._looks[number] in self._looked_before:
            looked = unpacked(self._made_before[self._inputs[number]])[0]
        if planned.writes:
            return self._load_written(number, looked)
        content = self._place.read(self._standing[number][2]) if number in self._standing else None
        if content is not None and content_digest(content) != self._standing[number][0]:
            content = None
        if content is None and _is_made_here(planned):
            content = self._made_here[number] = planned.content(self._frames)
        if content is None or len(content) < _LARGE:
            return Item(planned.path, planned if content is None else None, content, looked)
        name = content_digest(content)
        found = None
        if name != looked:
            look = suspect_large_file(planned.path, BytesIO(content), self._secrets, self._maps, self._earlier)
            found = targets_of(planned.path, content), look
        self._large[number] = name, len(content), found, None
        if not is_of_index(planned.path):
            # At once: several of them would be held until their portions come back.
            self._put(self._finished(number, name, len(content), self._made_here.pop(number, None)))
            self._there.add(number)
        give_back()
        return _NOTHING_LEFT

    def _load_written(self, number: int, looked: bytes) -> Item:
        """The same of a file that lists everything: a large one is never at hand as a whole."""
        path = self._paths[number]
        stream, writer = self._written(number)
        with stream:
            name, size = digest_from_start(stream), stream.tell()
            stream.seek(0)
            if writer is not None:
                writer.note(name)
            else:
                self._parts.use(name)
            if size < _LARGE:
                content = self._made_here[number] = stream.read()
                return Item(path, None, content, looked)
            found = None
            if name != looked:
                # It has no links: it is no page.
                found = (), suspect_large_file(path, stream, self._secrets, self._maps, self._earlier)
                stream.seek(0)
            self._large[number] = name, size, found, None
            self._put(self._finished(number, name, size, stream))
            self._there.add(number)
        give_back()
        return _NOTHING_LEFT

    def _written(self, number: int) -> tuple[IO[bytes], KnownPartWriter | None]:
        """A file that is written, as it stands in place, or written now, and who wrote it."""
        if number in self._standing:
            name, _, at = self._standing[number]
            stands = self._place.open(at)
            if stands is not None:
                if digest_from_start(stands) == name:
                    return stands, None
                stands.close()
        stream = self._maps.scratch_file()
        with closing(self._parts.writer(self._paths[number], stream)) as writer:
            self._planned[number].write(writer)
        return stream, writer

    def _finished(self, number: int, name: bytes, size: int, content: bytes | IO[bytes] | None) -> Finished:
        path = self._paths[number]
        # Other inputs may come to the same content.
        at = path if self._stands[number] == name else self._standing[number][2] if number in self._standing else ""
        return Finished(path, name, size, None if at else content, at)

    def _take(self, numbers: Sequence[int], values: Sequence[Any]) -> None:
        """Puts files in place that come from `finish`, and keeps what it found."""
        summaries = keep_summaries(
            self._maps, (summary for _, _, found, _ in values if found and (summary := found[2]))
        )
        # Kept at once: each time the store is told something it goes to the disk.
        kept: list[tuple[bytes, bytes]] = []
        for number, value in zip(numbers, values, strict=True):
            of_large = self._large.pop(number, None)
            name, size, found, content = of_large or value
            content = self._made_here.pop(number, content)
            path = self._paths[number]
            if found is None:
                targets, look = self._targets_before(number), self._looked_before[self._looks[number]]
            else:
                targets, look = (found[0], Look(found[1], summaries)) if of_large is None else found
                kept.append((self._inputs[number], packed((name, size, targets))))
                kept.append((_look_key(path, name, self._secrets.key), packed(tuple(look))))
            self._note(path, targets, look)
            if is_of_index(path):
                self._index[path] = name
            if number not in self._there:
                self._put(self._finished(number, name, size, content))
            self._let_go(number)
        self._maps.keep(kept)
        self._maps.use(key for key, _ in kept)

    def _note(self, path: str, targets: Iterable[str], look: Look) -> None:
        for target in targets:
            self._findings.targets[target] = min(path, self._findings.targets.get(target, path))
        self._findings.take(path, look)

    def _look_at_index(self) -> None:
        """Looks at what the files of the search index say together."""
        suspected = self._findings.suspected
        for path, owners in suspected_paths(self._index, self._secrets, self._maps).items():
            suspected[path] = tuple(sorted({*owners, *suspected.get(path, ())}))
        look = look_at_index(self._index, self._read_index, self._secrets, self._maps, self._earlier)
        self._findings.damaged.extend(look.said)
        # Said to stand where no single file does.
        self._findings.take(SEARCH, look)

    def _read_index(self, path: str) -> bytes | None:
        """A file of the search index; None where it is not the one that was looked at."""
        # Not asked whether it is unchanged: a file that was linked to has another stamp from then on. Its digest tells.
        try:
            content = self._read(path)
        except OSError:
            return None
        return content if content_digest(content) == self._index[path] else None


def _look_key(path: str, name: bytes, secrets: bytes) -> bytes:
    """Names a look at a file: its lasting name and content, and everything private."""
    return digest(b"look", program_digest(), lasting_name(path), name, secrets)


def _given_content(file: Planned) -> bytes | None:
    """The content of a file that is known when it is planned."""
    content = file.inputs[0] if file.make is as_it_is else None
    return content if isinstance(content, bytes) else None


def _is_made_here(file: Planned) -> bool:
    """Whether a file says what is at hand here and would be much to hand over: its content, or the whole list."""
    return file.here or file.writes or _given_content(file) is not None or any(map(is_large, file.inputs))


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
            rebuilt, _ = put_together(filter(is_of_index, findings.files), read)
            content = rebuilt.text().encode()
        else:
            content = read(path)
        leaks.extend(find_leaks(path, content, secrets))
    return leaks
