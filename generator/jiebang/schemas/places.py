"""Where on the site a public field is shown: the places of the code list `place`, and the files of each.

Together with `x-shown-on` of the schemas this is the one table of what is public and where. The check reads from it what to judge, the
leak gate what may excuse a match in which file, the guide what to tell staff.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from jiebang.schemas.registry import choices


@dataclass(frozen=True, slots=True)
class Place:
    """`files` are patterns of paths from the root of the site; `*` stands for folders, too."""

    key: str
    title: str
    description: str
    files: tuple[str, ...]


@cache
def places() -> Mapping[str, Place]:
    """Every place by its key, in the order of the code list."""
    return {
        entry["const"]: Place(entry["const"], entry["title"], entry["description"], tuple(entry["x-files"]))
        for entry in choices("codelists/programme.json#/$defs/place")
    }


def stands_in(file: str, keys: Iterable[str]) -> bool:
    """Whether a file of the site belongs to one of the places."""
    return any(fnmatchcase(file, pattern) for key in keys for pattern in places()[key].files)
