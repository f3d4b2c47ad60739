"""A repository in memory, as far as the judgement of files, trees and commits asks it: objects by their names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from jiebang.proposal.repository import Commit, Entry, Repository, Tree

FILE, FOLDER = "100644", "40000"
Entries = Iterable[tuple[str, bytes, str]]
"""(mode, name, object)"""


@dataclass
class Objects:
    """Holds objects of git; `asked` are the names of those that were read, in order."""

    stored: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    kept: dict[str, tuple[Commit, Tree]] = field(default_factory=dict)
    """Commits, with their files by path."""

    @property
    def repository(self) -> Repository:
        """For who asks a repository."""
        return cast("Repository", self)

    def put(self, kind: str, content: bytes) -> str:
        """Keeps an object, and gives its name."""
        name = hashlib.sha1(b"%s %d\0%b" % (kind.encode(), len(content), content), usedforsecurity=False).hexdigest()
        self.stored[name] = kind, content
        return name

    def put_tree(self, entries: Entries) -> str:
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

    def size(self, name: str) -> int:
        """Bytes of an object."""
        return len(self.stored[name][1])

    def whole(self, files: Iterable[Entry]) -> str:
        """Keeps the tree of files, with its folders."""
        below: dict[str, list[Entry]] = {}
        entries = []
        for file in files:
            first, inside, rest = file.path.partition("/")
            if inside:
                below.setdefault(first, []).append(Entry(rest, file.mode, file.id, file.size))
            else:
                entries.append((file.mode, first.encode(), file.id))
        entries += [(FOLDER, name.encode(), self.whole(inner)) for name, inner in below.items()]
        return self.put_tree(sorted(entries, key=lambda entry: entry[1] + b"/" * (entry[0] == FOLDER)))

    def commit(self, files: Iterable[Entry], *parents: str, message: str = "more") -> Commit:
        """Keeps a commit of files."""
        files = list(files)
        tree = self.whole(files)
        name = self.put("commit", "\n".join([tree, *parents, message]).encode())
        commit = Commit(name, tree, parents, message)
        self.kept[name] = commit, {file.path: file for file in files}
        return commit

    def recorded(self, name: str) -> Commit:
        """A commit as it was kept."""
        return self.kept[name][0]

    def tree(self, name: str) -> Tree:
        """Every file of a commit, by path."""
        return self.kept[name][1]
