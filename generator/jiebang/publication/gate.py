"""The last look before a site goes out: no private value of any record stands in any file of it, in any disguise.

It names record and field, never the value. Source: safety rules 4, 5, 6 and 10.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from jiebang.detection import readings
from jiebang.detection.segments import (
    LONGEST_VALUE,
    Joint,
    ends_of,
    forms_of,
    joints,
    readings_around,
    readings_of,
    segments,
)
from jiebang.mapping import Maps, Shared, digest, unpacked
from jiebang.publication.extraction import Text, UnreadableError, texts_of
from jiebang.rules.allowlist import words_in_file
from jiebang.rules.secret_index import SecretIndex
from jiebang.rules.secrets import Secrets
from jiebang.rules.suspicion import Looks

__all__ = ["File", "Leak", "find_leaks", "find_leaks_in"]


@dataclass(frozen=True, slots=True)
class Leak:
    """A private value found in the finished site: in which file, of which record and field; never the value.

    Of a file whose name holds the value, `file` tells the folder and the ending. For a file that cannot be looked through, `record`
    is UNREADABLE and `field` says why.
    """

    file: str
    record: str
    field: str


_FEWEST = 32
"""Fewer segments than this are done sooner here than a process is started."""
_FEWEST_SMALL = 2000
"""The same of what is looked through in an instant: places at which segments meet, groups of short texts."""
UNREADABLE = "（无法检查的文件）"


@dataclass(frozen=True, slots=True)
class File:
    """A finished file. `like` is the file of the site whose covers count, for a document that stands elsewhere; itself where it is empty."""

    path: str
    content: bytes
    like: str = ""


def find_leaks(file: str, content: bytes, secrets: Secrets, like: str = "") -> list[Leak]:
    """The private values that a file of the site holds, in its name or in its content. `like` as in `File`."""
    return find_leaks_in([File(file, content, like)], secrets)[0]


def find_leaks_in(files: Sequence[File], secrets: Secrets) -> list[list[Leak]]:
    """The same of each of several files; a megabyte of them at once costs much less than one by one."""
    opened = [_open(file) for file in files]
    doubts = secrets.doubts([text.content for texts, _ in opened for text in texts])
    found: list[list[Leak]] = []
    first = 0
    for file, (texts, unreadable) in zip(files, opened, strict=True):
        doubtful = [text if first + number in doubts else None for number, text in enumerate(texts)]
        first += len(texts)
        found.append(_judge(file, doubtful, unreadable, secrets))
    return found


def _open(file: File) -> tuple[list[Text], str]:
    """The texts of a file, its path the first of them, and what cannot be read in it."""
    texts = [Text(file.path)]
    try:
        texts.extend(texts_of(file.path, file.content))
    except UnreadableError as error:
        return texts, str(error)
    return texts, ""


def _judge(file: File, doubtful: list[Text | None], unreadable: str, secrets: Secrets) -> list[Leak]:
    """What is found in those texts of a file that are in doubt."""
    leaks: dict[Leak, None] = {}
    shown = file.path
    path, *texts = doubtful
    place = file.like or file.path
    if path is not None and (named := _hits(path, secrets, place)):
        shown = _without_name(file.path, secrets, place)
        leaks.update((Leak(shown, record, field), None) for record, field in named)
    for text in texts:
        if text is not None:
            leaks.update((Leak(shown, record, field), None) for record, field in _hits(text, secrets, place))
    if unreadable:
        leaks[Leak(shown, UNREADABLE, unreadable)] = None
    return list(leaks)


def suspect_files(files: Sequence[tuple[str, bytes]], secrets: SecretIndex) -> list[tuple[str, ...]]:
    """Of each file (path, content) the records whose private values may stand in it, by path; none means that `find_leaks` finds nothing.

    A file that cannot be looked through may hold anything: an empty path stands for that.
    """
    opened = [_open(File(path, content)) for path, content in files]
    owners = _suspect([(path, texts) for (path, _), (texts, _) in zip(files, opened, strict=True)], secrets)
    return [(*owned, "") if unreadable else owned for owned, (_, unreadable) in zip(owners, opened, strict=True)]


def suspect_large_file(path: str, content: bytes, secrets: SecretIndex, maps: Maps) -> tuple[str, ...]:
    """The same of one file with long texts: segments of these that were looked through before are not looked through again."""
    texts, unreadable = _open(File(path, content))
    whole: list[Text] = []
    found: set[str] = {""} if unreadable else set()
    for text in texts:
        owners = _suspect_segments(path, text, secrets, maps)
        if owners is None:
            whole.append(text)
        else:
            found.update(owners)
    (owned,) = _suspect([(path, whole)], secrets)
    return tuple(sorted({*found, *owned}))


def _suspect_segments(path: str, text: Text, secrets: SecretIndex, maps: Maps) -> set[str] | None:
    """The same of one text; None where it has to be looked through whole."""
    cut = segments(text.content)
    if len(cut) < 2 or secrets.longest > LONGEST_VALUE:
        return None
    keys = [digest(path, b"code" if text.code_like else b"", segment) for segment in cut]
    found: set[str] = set()
    ends: list[Any] = []
    looked = maps.map(
        look_through, Shared(secrets.key, secrets), keys, lambda n: (path, text.code_like, cut[n]), _FEWEST
    )
    for value in map(unpacked, looked):
        if value is None:
            return None
        found.update(value[0])
        ends.append(value[1])
    around = list(joints(ends))
    keys = [digest(path, b"code" if text.code_like else b"", b"%d" % number, form) for number, form in around]
    looked = maps.map(
        look_around, Shared(secrets.key, secrets), keys, lambda n: (path, text.code_like, around[n]), _FEWEST_SMALL
    )
    for value in map(unpacked, looked):
        if value is None:
            return None
        found.update(value)
    return found


def look_through(secrets: SecretIndex, items: Sequence[tuple[str, bool, str]]) -> list[Any]:
    """Of each (path, code-like, segment) the records whose private values may stand in it, and its ends, for what reaches over these; None
    where its text has to be looked through whole."""
    told: list[Any] = []
    for path, code_like, segment in items:
        forms = forms_of(segment)
        if forms is None:
            told.append(None)
            continue
        looks = Looks()
        looks.read(0, readings_of(forms, code_like), words_in_file(path))
        (owners,) = looks.owners(secrets, 1)
        told.append((owners, ends_of(forms)))
    return told


def look_around(secrets: SecretIndex, items: Sequence[tuple[str, bool, Joint]]) -> list[Any]:
    """Of each (path, code-like, joint) the records whose private values may stand in it; None where its text has to be looked through
    whole."""
    looks = Looks()
    too_long = set()
    for number, (path, code_like, joint) in enumerate(items):
        read = readings_around(joint, code_like)
        if read is None:
            too_long.add(number)
        else:
            looks.read(number, read, words_in_file(path))
    owners = looks.owners(secrets, len(items))
    return [None if number in too_long else owned for number, owned in enumerate(owners)]


def suspect_texts(
    path: str, groups: Sequence[str], texts_of: Callable[[str], Sequence[str]], secrets: SecretIndex, maps: Maps
) -> tuple[str, ...]:
    """The records whose private values may stand in one of some texts, each by itself, of a file or of several that stand at a path. They
    come in groups, which `texts_of` parts; a group that was looked through before is not looked through again."""
    looked = maps.map(
        look_through_texts,
        Shared(secrets.key, secrets),
        [digest(path, group) for group in groups],
        lambda n: (path, texts_of(groups[n])),
        _FEWEST_SMALL,
    )
    return tuple(sorted({owner for owners in map(unpacked, looked) for owner in owners}))


def look_through_texts(secrets: SecretIndex, items: Sequence[tuple[str, Sequence[str]]]) -> list[Any]:
    """Of each (path, texts) the records whose private values may stand in one of the texts, each by itself."""
    return list(_suspect([(path, [Text(text) for text in texts]) for path, texts in items], secrets))


def _suspect(files: Sequence[tuple[str, Sequence[Text]]], secrets: SecretIndex) -> list[tuple[str, ...]]:
    """The same of files whose texts are at hand."""
    doubts = secrets.doubts([text.content for _, texts in files for text in texts])
    looks, first = Looks(), 0
    for number, (path, texts) in enumerate(files):
        for place, text in enumerate(texts, first):
            if place in doubts:
                looks.add(number, text.content, words_in_file(path), text.code_like)
        first += len(texts)
    return looks.owners(secrets, len(files))


def _without_name(path: str, secrets: Secrets, place: str) -> str:
    """A path with `（…）` for each part that tells something; its ending is kept to find it by."""
    parts = [part if not _hits(Text(part), secrets, place) else "（…）" for part in path.split("/")]
    if "（…）" not in parts:
        # The value stands across a slash.
        parts = ["（…）"]
    suffix = PurePosixPath(path).suffix
    told = "/".join(parts)
    return told + suffix if parts[-1] == "（…）" and not _hits(Text(suffix), secrets, place) else told


def _hits(text: Text, secrets: Secrets, place: str) -> list[tuple[str, str]]:
    read = readings(text.content, text.code_like)
    found = (secret for reading in read for secret in secrets.search_in_file(reading, place))
    return list(dict.fromkeys(secret.owner for secret in found))
