"""The trees of a request as git keeps them, read object by object: told before any is listed whether they are such as git writes, and how many
files they come to.

A few objects that name each other again and again come to millions of files (a “git bomb”); an entry may be called `..` or nothing at all.
Here each object is read once, and only where it differs from the base. Source: safety rule 22; the kinds that `git fsck` knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiebang.proposal.repository import LINK, SUBMODULE, Repository

FOLDER = "40000"
_MODES = frozenset({FOLDER, "100644", "100755", LINK, SUBMODULE})

MOST_NEW_FILES = 50_000
"""By so many files a request may make the tree larger; more than that, nobody needs to read to refuse it."""
_MOST_LETTERS = 1 << 24
"""Bytes of the paths of the files that are new or lie elsewhere."""
_DEEPEST = 32
_LONGEST = 255
"""Bytes of a name: more than that no disk takes."""

Named = dict[bytes, tuple[str, str]]
"""(mode, object) by name."""
_NOTHING: Named = {}


class BadTreeError(Exception):
    """A tree that git would not have written, or that is too large: where (path), and what of it. `too_large` tells which."""

    def __init__(self, path: str, what: str, too_large: bool = False) -> None:
        super().__init__(path, what)
        self.path, self.what, self.too_large = path, what, too_large


@dataclass(frozen=True, slots=True)
class _Size:
    """What lies below a folder: files, bytes of their paths from there, and how many folders deep."""

    files: int
    letters: int
    depth: int


@dataclass(frozen=True, slots=True)
class Introduced:
    """A file as a commit has it and none of its parents."""

    path: str
    mode: str
    id: str


class Trees:
    """Trees of a repository, each read and looked at once."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._read: dict[str, Named] = {}
        self._sizes: dict[str, _Size] = {}
        self._growths: dict[tuple[str | None, str], _Size] = {}

    def look_at(self, base: str, tree: str) -> None:
        """Looks at all of a tree that differs from a base. Raises BadTreeError."""
        grown = self._growth(base, tree, "", 0)
        if grown.files > MOST_NEW_FILES or grown.letters > _MOST_LETTERS:
            raise BadTreeError("", f"文件太多：比主分支多出超过 {MOST_NEW_FILES} 个文件，没有逐个检查", too_large=True)

    def introduced(self, tree: str, parents: Sequence[str]) -> Iterator[Introduced]:
        """The files that a commit has and none of its parents; its trees were looked at."""
        yield from self._introduced(tree, parents, b"")

    def _introduced(self, tree: str, parents: Sequence[str], prefix: bytes) -> Iterator[Introduced]:
        befores = [self._entries(parent, "") for parent in parents]
        for name, (mode, id_) in self._entries(tree, "").items():
            olds = [before[name] for before in befores if name in before]
            if (mode, id_) in olds:
                continue
            if mode == FOLDER:
                inner = [old for old_mode, old in olds if old_mode == FOLDER]
                yield from self._introduced(id_, inner, prefix + name + b"/")
            else:
                yield Introduced(_text(prefix + name), mode, id_)

    def _growth(self, base: str | None, tree: str, path: str, level: int) -> _Size:
        """By how much a folder is larger than the one of the base at its place."""
        known = self._growths.get((base, tree))
        if known is None:
            known = self._growths[base, tree] = self._measured(base, tree, path, level)
        if known.depth + level > _DEEPEST:
            raise BadTreeError(path, f"文件夹套了超过 {_DEEPEST} 层", too_large=True)
        return known

    def _measured(self, base: str | None, tree: str, path: str, level: int) -> _Size:
        if level > _DEEPEST:
            raise BadTreeError(path, f"文件夹套了超过 {_DEEPEST} 层", too_large=True)
        before = self._entries(base, path) if base is not None else _NOTHING
        files = letters = depth = 0
        for name, (mode, id_) in self._entries(tree, path).items():
            was = before.get(name)
            if was == (mode, id_):
                continue
            if mode != FOLDER:
                files, letters = files + (was is None), letters + len(name)
                continue
            inner = was[1] if was is not None and was[0] == FOLDER else None
            below = self._growth(inner, id_, f"{path}{_text(name)}/", level + 1)
            files, letters = files + below.files, letters + below.letters + (len(name) + 1) * below.files
            depth = max(depth, below.depth + 1)
        return _Size(files, letters, depth)

    def _entries(self, tree: str, path: str) -> Named:
        known = self._read.get(tree)
        if known is None:
            if len(self._read) > MOST_NEW_FILES:
                raise BadTreeError(path, "文件夹太多，没有逐个检查", too_large=True)
            kind, content = self._repository.object(tree)
            if kind != "tree":
                raise BadTreeError(path, "这里应是文件夹，git 里记的却不是")
            known = self._read[tree] = _entries_in(content, len(tree) // 2, path)
        return known


def _text(name: bytes) -> str:
    return name.decode("utf-8", errors="surrogateescape")


_ENTRY = re.compile(rb"([0-7]+) ([^\0]*)\0", re.DOTALL)


def _entries_in(content: bytes, width: int, path: str) -> Named:
    """The entries of a tree object. Raises BadTreeError for one that git would not have written."""
    found: Named = {}
    at, last = 0, b""
    while at < len(content):
        told = _ENTRY.match(content, at)
        if told is None or told.end() + width > len(content):
            raise BadTreeError(path, "文件夹的内容已损坏")
        name, at = told[2], told.end() + width
        mode, id_ = told[1].decode(), content[told.end() : at].hex()
        where = path + _text(name)
        if wrong := _wrong_with(name, mode, id_):
            raise BadTreeError(where, wrong)
        if name in found:
            raise BadTreeError(where, "同一个文件夹里有两个同名的文件")
        # Git sorts a folder as if a stroke stood behind its name.
        place = name + b"/" if mode == FOLDER else name
        if place <= last:
            raise BadTreeError(where, "文件夹里的文件没有按顺序排列")
        found[name], last = (mode, id_), place
    return found


def _wrong_with(name: bytes, mode: str, id_: str) -> str:
    if not name:
        return "文件名是空的"
    if b"/" in name:
        return "文件名里有斜线"
    if name in {b".", b".."}:
        return "文件名是“.”或“..”，会指到别的文件夹"
    if _is_git_folder(name):
        return "文件名是“.git”或与它相同的写法，会被当作 git 自己的文件"
    if len(name) > _LONGEST:
        return f"文件名超过 {_LONGEST} 个字节"
    if mode not in _MODES:
        return "文件的类型记得不对"
    if not id_.strip("0"):
        return "文件没有内容的编号"
    return ""


def _is_git_folder(name: bytes) -> bool:
    """Whether a disk of macOS or Windows would take a name for `.git`: letters that do not show, dots and blanks at the end, short names."""
    shown = "".join(letter for letter in _text(name) if unicodedata.category(letter) != "Cf")
    plain = shown.partition(":")[0].rstrip(". ").casefold()
    return plain in {".git", "git~1"}
