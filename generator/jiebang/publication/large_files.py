"""The last look at large files, in segments: those that were looked through before are not looked through again, and of a file that is
read in portions only as many are at hand as are being looked through.

What reaches over the ends of segments is put together and looked through as well, see `jiebang.detection.segments`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO, Any, TypeVar

from jiebang.detection.segments import (
    LONGEST_VALUE,
    Ends,
    Joint,
    ends_of,
    forms_of,
    joints,
    readings_around,
    readings_of,
    segments,
)
from jiebang.detection.trigrams import summary_of
from jiebang.mapping import Maps, Shared, digest
from jiebang.publication.extraction import NotInPortionsError, Text, long_texts_of
from jiebang.publication.gate import File, opened, suspect
from jiebang.publication.unpacking import UnreadableError
from jiebang.rules.allowlist import words_in_file
from jiebang.rules.earlier_looks import Earlier, Look, keep_summaries, looked_through
from jiebang.rules.secret_index import SecretIndex
from jiebang.rules.suspicion import Looks

_FEWEST = 32
"""Fewer segments than this are done sooner here than a process is started."""
_FEWEST_JOINTS = 2000
"""The same of places at which segments meet, which are looked through in an instant."""
_AT_ONCE = 128
"""Segments that are at hand: some 10 MB."""
_JOINTS_AT_ONCE = 1024
_BESIDE_A_CUT = 1024
"""Letters behind a cut without which nobody can say that it is one."""

_T = TypeVar("_T")


class _NotInSegmentsError(Exception):
    """A text that has to be looked through whole."""


def suspect_large_file(
    path: str, stream: IO[bytes], secrets: SecretIndex, maps: Maps, earlier: Earlier | None = None
) -> Look:
    """What a look tells of one file with long texts, which can be read more than once."""
    looking = _Looking(path, secrets, maps, earlier)
    try:
        looking.read(stream)
    except (NotInPortionsError, _NotInSegmentsError):
        # What was found so far stands in the file, too.
        stream.seek(0)
        looking.read_whole(stream.read())
    return looking.told()


class _Looking:
    """A look at a file, and what it found so far."""

    def __init__(self, path: str, secrets: SecretIndex, maps: Maps, earlier: Earlier | None) -> None:
        self._path = path
        self._secrets = secrets
        self._around = Shared(secrets.key, secrets)
        self._maps = maps
        self._earlier = earlier
        self._owners: set[str] = set()
        self._summaries: dict[bytes, None] = {}

    def told(self) -> Look:
        """What was found."""
        return Look(tuple(sorted(self._owners)), tuple(self._summaries))

    def read(self, stream: IO[bytes]) -> None:
        """Looks through a file in portions. Raises NotInPortionsError and _NotInSegmentsError."""
        short = [Text(self._path)]
        try:
            for text in long_texts_of(self._path, stream):
                found = segments_in(text.portions)
                first = list(islice(found, 2))
                if len(first) < 2:
                    short.append(Text("".join(first), text.code_like))
                else:
                    self.look_through(chain(first, found), text.code_like)
        except UnreadableError:
            self._owners.add("")
        self._look_whole(short)

    def read_whole(self, content: bytes) -> None:
        """Looks through a file whose texts are told from the whole of it; each is cut all the same where it can be."""
        texts, unreadable = opened(File(self._path, content))
        if unreadable:
            self._owners.add("")
        whole = []
        for text in texts:
            found = segments(text.content)
            try:
                if len(found) < 2:
                    raise _NotInSegmentsError
                self.look_through(iter(found), text.code_like)
            except _NotInSegmentsError:
                whole.append(text)
        self._look_whole(whole)

    def _look_whole(self, texts: Sequence[Text]) -> None:
        (owned,), trigrams = suspect([(self._path, texts)], self._secrets)
        self._owners.update(owned)
        self._summaries.update(dict.fromkeys(keep_summaries(self._maps, [summary_of(trigrams)])))

    def look_through(self, found: Iterator[str], code_like: bool) -> None:
        """Looks through the segments of a text. Raises _NotInSegmentsError."""
        if self._secrets.longest > LONGEST_VALUE:
            raise _NotInSegmentsError
        how = b"code" if code_like else b""
        for meeting in _batches(_joined(self._ends(found, how, code_like)), _JOINTS_AT_ONCE):
            keys = [digest(self._path, how, b"%d" % number, form) for number, form in meeting]
            items = [(self._path, code_like, joint) for joint in meeting]
            looks = looked_through(
                self._maps,
                look_around,
                self._around,
                keys,
                items.__getitem__,
                earlier=self._earlier,
                fewest=_FEWEST_JOINTS,
            )
            self._add(looks)

    def _ends(self, found: Iterator[str], how: bytes, code_like: bool) -> Iterator[list[Ends]]:
        """Looks through segments; the ends of so many, then of the next."""
        for some in _batches(found, _AT_ONCE):
            keys = [digest(self._path, how, segment) for segment in some]
            items = [(self._path, code_like, segment) for segment in some]
            looks = looked_through(
                self._maps, look_through, self._around, keys, items.__getitem__, earlier=self._earlier, fewest=_FEWEST
            )
            self._add(looks)
            yield [look.said for look in looks]

    def _add(self, looks: Iterable[Look]) -> None:
        for look in looks:
            if look.summaries is None:
                raise _NotInSegmentsError
            self._owners.update(look.owners)
            self._summaries.update(dict.fromkeys(look.summaries))


def segments_in(portions: Iterable[str]) -> Iterator[str]:
    """A text that comes in portions, in segments."""
    rest = ""
    for portion in portions:
        rest += portion
        found = segments(rest)
        while len(found) > 1 and len(found[-1]) < _BESIDE_A_CUT:
            # What stands behind the last cut may be the beginning of something that belongs before it.
            last = found.pop()
            found[-1] += last
        yield from found[:-1]
        rest = found[-1]
    yield from segments(rest)


def _batches(items: Iterator[_T], size: int) -> Iterator[list[_T]]:
    while batch := list(islice(items, size)):
        yield batch


def _joined(batches: Iterable[list[Ends]]) -> Iterator[Joint]:
    """What a text is around its cuts, from the ends of its segments as they come."""
    open_: list[Ends] = []
    for batch in batches:
        open_ += batch
        yield from joints(open_)
        open_ = _still_open(open_)


def _still_open(ends: Sequence[Ends]) -> list[Ends]:
    """Of the ends of segments what meets those of the next: of each form all from the last that is not known whole."""
    forms = []
    for of_segments in zip(*ends, strict=True):
        kept: list[tuple[str, ...]] = []
        for parts in filter(None, of_segments):
            kept = [parts[-1:]] if len(parts) > 1 else [*kept, parts]
        forms.append(kept)
    longest = max(map(len, forms), default=0)
    return [tuple(kept[at] if at < len(kept) else () for kept in forms) for at in range(longest)]


def look_through(secrets: SecretIndex, items: Sequence[tuple[tuple[str, bool, str], Any]]) -> list[Any]:
    """Of each (path, code-like, segment) the records whose private values may stand in it, summary and its ends, for what reaches over
    these; no summary where its text has to be looked through whole."""
    told: list[Any] = []
    for (path, code_like, segment), _ in items:
        forms = forms_of(segment)
        if forms is None:
            told.append(((), None, None))
            continue
        looks = Looks()
        looks.read(0, readings_of(forms, code_like), words_in_file(path))
        told.extend((*looked, ends_of(forms)) for looked in looks.told(secrets, 1))
    return told


def look_around(secrets: SecretIndex, items: Sequence[tuple[tuple[str, bool, Joint], Any]]) -> list[Any]:
    """Of each (path, code-like, joint) the records whose private values may stand in it, and summary; none where its text has to be looked
    through whole."""
    looks = Looks()
    read = [readings_around(joint, code_like) for (_, code_like, joint), _ in items]
    short = [number for number, of_joint in enumerate(read) if of_joint is not None]
    for at, number in enumerate(short):
        looks.read(at, read[number] or (), words_in_file(items[number][0][0]))
    told: list[Any] = [((), None, None)] * len(items)
    for number, looked in zip(short, looks.told(secrets, len(short)), strict=True):
        told[number] = (*looked, None)
    return told
