"""The last look before a site goes out: no private value of any record stands in any file of it, in any disguise.

It names record and field, never the value. Source: safety rules 4, 5, 6 and 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from jiebang.detection import readings
from jiebang.publication.extraction import UnreadableError, texts_of
from jiebang.rules.allowlist import Allowlist, words_in_file
from jiebang.rules.secret_index import SecretIndex
from jiebang.rules.secrets import Secrets
from jiebang.rules.suspicion import Looks

__all__ = ["Leak", "find_leaks"]


@dataclass(frozen=True, slots=True)
class Leak:
    """A private value found in the finished site: in which file, of which record and field; never the value.

    Of a file whose name holds the value, `file` tells the folder and the ending. For a file that cannot be looked through, `record`
    is UNREADABLE and `field` says why.
    """

    file: str
    record: str
    field: str


UNREADABLE = "（无法检查的文件）"


def find_leaks(file: str, content: bytes, secrets: Secrets, like: str = "") -> list[Leak]:
    """The private values that a file of the site holds, in its name or in its content.

    `like` is the file of the site whose covers count, for a document that stands elsewhere; the file itself where it is empty.
    """
    leaks: dict[Leak, None] = {}
    shown = file
    covers = secrets.covers_in(like or file)
    if named := _hits(file, False, secrets, covers):
        shown = _without_name(file, secrets, covers)
        leaks.update((Leak(shown, record, field), None) for record, field in named)
    try:
        for text in texts_of(file, content):
            hits = _hits(text.content, text.code_like, secrets, covers)
            leaks.update((Leak(shown, record, field), None) for record, field in hits)
    except UnreadableError as error:
        leaks[Leak(shown, UNREADABLE, str(error))] = None
    return list(leaks)


def suspect_files(files: Sequence[tuple[str, bytes]], secrets: SecretIndex) -> list[tuple[str, ...]]:
    """Of each file (path, content) the records whose private values may stand in it, by path; none means that `find_leaks` finds nothing.

    A file that cannot be looked through may hold anything: an empty path stands for that.
    """
    looks, unreadable = Looks(), set()
    for number, (file, content) in enumerate(files):
        covers = words_in_file(file)
        looks.add(number, file, covers)
        try:
            for text in texts_of(file, content):
                looks.add(number, text.content, covers, text.code_like)
        except UnreadableError:
            unreadable.add(number)
    owners = looks.owners(secrets, len(files))
    return [(*owned, "") if number in unreadable else owned for number, owned in enumerate(owners)]


def _without_name(file: str, secrets: Secrets, covers: Allowlist) -> str:
    """A path with `（…）` for each part that tells something; its ending is kept to find it by."""
    parts = [part if not _hits(part, False, secrets, covers) else "（…）" for part in file.split("/")]
    if "（…）" not in parts:
        # The value stands across a slash.
        parts = ["（…）"]
    suffix = PurePosixPath(file).suffix
    told = "/".join(parts)
    return told + suffix if parts[-1] == "（…）" and not _hits(suffix, False, secrets, covers) else told


def _hits(text: str, code_like: bool, secrets: Secrets, covers: Allowlist) -> list[tuple[str, str]]:
    found = (secret for reading in readings(text, code_like) for secret in secrets.search(reading, covers))
    return list(dict.fromkeys(secret.owner for secret in found))
