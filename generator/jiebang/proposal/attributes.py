"""Which lines of a `.gitattributes` reach the records: what they say there is not git's to decide.

`-diff` hides a change from whoever reviews it, `export-ignore` leaves it out of an archive, a filter lets git read other bytes than the judge.
Source: gitattributes(5); safety rule 22.
"""

from __future__ import annotations

import re

from jiebang.catalogue.files import ENDING

_HARMLESS = re.compile(
    r"[-!]?text|text=auto|[-!]?eol|eol=lf|[-!]?whitespace|whitespace=[a-z0-9,=-]*|[-!]?linguist-[a-z]+(?:=[a-z]*)?"
)
"""Line ends of texts, and what only counts languages."""
_LITERAL = re.compile(r"[^*?\[\]\\!\"]*")
_OF_RECORDS = (".yml", ".yaml", ".md", ENDING)
"""Ends of the names of files below `catalogue/`."""
_RECORDS = "catalogue"


def line_on_records(path: str, content: bytes) -> int:
    """The number of the first line that says of records more than how lines end; 0 where none does. `path` is the file's own: what lies
    in a folder beside the records says nothing of them."""
    folder = path.rpartition("/")[0]
    if folder and folder.partition("/")[0].casefold() != _RECORDS:
        return 0
    for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        pattern, attributes = words[0], words[1:]
        if not all(_HARMLESS.fullmatch(word) for word in attributes) and _may_be_records(pattern):
            return number
    return 0


def _may_be_records(pattern: str) -> bool:
    """Whether a pattern of the root's file may match a record. Whatever is not plainly of other files may."""
    if pattern.startswith("[attr]"):
        return True
    plain = pattern.removeprefix("/")
    first, slash, _ = plain.partition("/")
    if slash and _LITERAL.fullmatch(first) and first.casefold() != _RECORDS:
        return False
    name = plain.rpartition("/")[2]
    ending = name[name.rfind(".") :] if "." in name else ""
    # A name without an ending may be that of a folder on the way to the records.
    return not (ending and _LITERAL.fullmatch(ending) and ending.casefold() not in _OF_RECORDS)
