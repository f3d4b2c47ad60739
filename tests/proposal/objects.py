"""A repository in memory, as far as the judgement of files and trees asks it: objects by their names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from jiebang.proposal.repository import Entry, Repository

FILE, FOLDER = "100644", "40000"
Entries = Iterable[tuple[str, bytes, str]]
"""(mode, name, object)"""


@dataclass
class Objects:
    """Holds objects of git; `asked` are the names of those that were read, in order."""

    stored: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def repository(self) -> Repository:
        """For who asks a repository."""
        return cast("Repository", self)

    def put(self, kind: str, content: bytes) -> str:
        """Keeps an object, and gives its name."""
        name = hashlib.sha1(b"%s %d\0%b" % (kind.encode(), len(content), content), usedforsecurity=False).hexdigest()
        self.stored[name] = kind, content
        return name

    def tree(self, entries: Entries) -> str:
        """Keeps a tree just as it is told."""
        told = (mode.encode() + b" " + name + b"\0" + bytes.fromhex(id_) for mode, name, id_ in entries)
        return self.put("tree", b"".join(told))

    def entry(self, path: str, content: bytes = b"", mode: str = FILE, size: int | None = None) -> Entry:
        """A file with a content; `size` where it pretends to another one."""
        return Entry(path, mode, self.put("blob", content), len(content) if size is None else size)

    def object(self, name: str) -> tuple[str, bytes]:
        """(kind, content)"""
        self.asked.append(name)
        return self.stored[name]

    def read(self, entry: Entry) -> bytes:
        """The content of a file."""
        return self.object(entry.id)[1]
