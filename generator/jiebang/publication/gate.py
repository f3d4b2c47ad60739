"""The last look before a site goes out: no private value of any record stands in any file of it, in any disguise.

It names record and field, never the value. Source: safety rules 4, 5, 6 and 10.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from jiebang.detection import readings
from jiebang.detection.trigrams import Trigrams, summary_of
from jiebang.mapping import Maps, Shared, digest
from jiebang.publication.extraction import Text, texts_of
from jiebang.publication.unpacking import UnreadableError
from jiebang.rules.allowlist import words_in_file
from jiebang.rules.earlier_looks import Earlier, Look, looked_through
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


_FEWEST = 2000
"""Fewer groups of short texts than this, which are looked through in an instant, are done sooner here than a process is started."""
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
    read = [opened(file) for file in files]
    doubts = secrets.doubts([text.content for texts, _ in read for text in texts])
    found: list[list[Leak]] = []
    first = 0
    for file, (texts, unreadable) in zip(files, read, strict=True):
        doubtful = [text if first + number in doubts else None for number, text in enumerate(texts)]
        first += len(texts)
        found.append(_judge(file, doubtful, unreadable, secrets))
    return found


def opened(file: File) -> tuple[list[Text], str]:
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
    return look_at_files(files, secrets)[0]


def look_at_files(files: Sequence[tuple[str, bytes]], secrets: SecretIndex) -> tuple[list[tuple[str, ...]], bytes]:
    """The same, and the summary of all that can be read in them."""
    read = [opened(File(path, content)) for path, content in files]
    owners, trigrams = suspect([(path, texts) for (path, _), (texts, _) in zip(files, read, strict=True)], secrets)
    told = [(*owned, "") if unreadable else owned for owned, (_, unreadable) in zip(owners, read, strict=True)]
    return told, summary_of(trigrams)


def _all_of(looks: Sequence[Look]) -> Look:
    """What looks at parts of a text tell of the whole."""
    return Look(
        tuple(sorted({owner for look in looks for owner in look.owners})),
        tuple({name: None for look in looks for name in look.summaries or ()}),
    )


def suspect_texts(
    path: str,
    groups: Sequence[str],
    texts_of: Callable[[str], Sequence[str]],
    secrets: SecretIndex,
    maps: Maps,
    earlier: Earlier | None = None,
) -> Look:
    """What a look tells of some texts, each by itself, of a file or of several that stand at a path. They come in groups, which `texts_of`
    parts; a group that was looked through before is not looked through again."""
    looks = looked_through(
        maps,
        look_through_texts,
        Shared(secrets.key, secrets),
        [digest(path, group) for group in groups],
        lambda n: (path, texts_of(groups[n])),
        earlier=earlier,
        fewest=_FEWEST,
    )
    return _all_of(looks)


def look_through_texts(secrets: SecretIndex, items: Sequence[tuple[tuple[str, Sequence[str]], Any]]) -> list[Any]:
    """Of each (path, texts) the records whose private values may stand in one of the texts, each by itself, and summary."""
    owners, trigrams = suspect([(path, [Text(text) for text in texts]) for (path, texts), _ in items], secrets)
    summaries = [summary_of(trigrams), *[b""] * (len(items) - 1)]
    return [(owned, summary, None) for owned, summary in zip(owners, summaries, strict=True)]


def suspect(
    files: Sequence[tuple[str, Sequence[Text]]], secrets: SecretIndex
) -> tuple[list[tuple[str, ...]], list[Trigrams]]:
    """As `suspect_files`, of files whose texts are at hand: (of each the records, the trigrams of all)."""
    doubts, trigrams = secrets.look([text.content for _, texts in files for text in texts])
    looks, first = Looks(), 0
    for number, (path, texts) in enumerate(files):
        for place, text in enumerate(texts, first):
            if place in doubts:
                looks.add(number, text.content, words_in_file(path), text.code_like)
        first += len(texts)
    return looks.owners(secrets, len(files)), [*trigrams, *looks.trigrams()]


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
