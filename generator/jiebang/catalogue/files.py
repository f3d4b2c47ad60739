"""Which files of a catalogue are records, and what is refused before anything is opened.

Source: safety rule 16. Only regular files at their place, mode 644, names of `[a-z0-9-]`, no symbolic links, no submodules, no twins
by case or Unicode form, no name that Windows reserves.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from jiebang.catalogue.findings import FINDINGS
from jiebang.problems import Problem
from jiebang.problems.places import said

_FOLDERS = {"enterprises": "enterprise", "demands": "demand", "applications": "application"}
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
HOUSEKEEPING = {".git", ".gitignore", ".gitattributes", ".gitkeep", "README.md"}
"""What may stand beside records: git's own files and a README."""


_DEEPEST = 10
"""Folders inside folders; records lie in the third. What is nested a thousand deep is not followed down."""

ENDING = ".age"
"""Behind `.yml`: the file of a sealed record."""

Stamp = tuple[int, int, int, int]
"""What tells on disk that a file was written again: size, time of the content, time of the entry (both in ns), number of the inode."""


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file that is a record by its place; `path` is relative to the catalogue, with forward slashes."""

    kind: str
    path: str
    round: str | None
    district: str | None
    stamp: Stamp | None = field(default=None, compare=False)

    @property
    def is_sealed(self) -> bool:
        """Whether it can only be read with a key, but for its public part."""
        return self.path.endswith(ENDING)


def id_promised_by(path: str) -> str:
    """The id that a record's file promises by its name."""
    return path.rpartition("/")[2].removesuffix(ENDING).removesuffix(".yml").upper()


def problem(code: str, path: str, message: str, hint: str = "") -> Problem:
    """A finding about a file as a whole."""
    shown = path if path.isprintable() else ascii(path)[1:-1]
    return Problem(code, FINDINGS[code].severity, shown, 0, 0, "文件", message, hint or FINDINGS[code].remedy)


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at a path of a catalogue, on disk or in a git tree. `submodule` is another repository inside this one; `closed` what the
    system does not let us look at."""

    path: str
    what: Literal["file", "folder", "link", "submodule", "other", "closed"]
    executable: bool = False
    stamp: Stamp | None = None


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _looked_at(path: str, entry: os.DirEntry[str]) -> Found:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return Found(path, "closed")
    mode = status.st_mode
    if stat.S_ISLNK(mode):
        return Found(path, "link")
    if entry.name == ".git" and (stat.S_ISREG(mode) or "/" in path):
        return Found(path, "submodule")
    if stat.S_ISDIR(mode):
        return Found(path, "folder")
    if not stat.S_ISREG(mode):
        return Found(path, "other")
    return Found(path, "file", bool(mode & 0o111) and os.name == "posix", stamp_of(status))


def _listing(folder: str | Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as listing:
        return sorted(listing, key=lambda entry: entry.name)


def _walk(entries: list[os.DirEntry[str]], prefix: str) -> Iterator[Found]:
    for entry in entries:
        path = f"{prefix}{entry.name}"
        found = _looked_at(path, entry)
        if found.what != "folder" or entry.name == ".git" or path.count("/") >= _DEEPEST:
            yield found
            continue
        try:
            inside = _listing(entry.path)
        except OSError:
            yield Found(path, "closed")
            continue
        yield found
        yield from _walk(inside, f"{path}/")


def _twins(paths: list[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path in paths:
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            yield problem("F003", path, f"与 {said(seen[folded])} 只差大小写或字形。")
        seen.setdefault(folded, path)


def _plain_beside_sealed(paths: list[str]) -> Iterator[Problem]:
    sealed = {path.removesuffix(ENDING).rpartition("/")[2]: path for path in paths if path.endswith(f".yml{ENDING}")}
    for path in paths if sealed else ():
        if (there := sealed.get(path.rpartition("/")[2])) is not None:
            yield problem("F013", path, f"这份记录已经密封在 {said(there)}，这里还有一份明文。")


def file_at(path: str, stamp: Stamp | None = None) -> RecordFile | None:
    """The record file that belongs at a path of the catalogue; None where none does."""
    parts = path.split("/")
    if parts == ["districts.yml"]:
        return RecordFile("districts", path, None, None, stamp)
    if len(parts) == 2 and parts[1] == "round.yml":
        return RecordFile("round", path, parts[0], None, stamp)
    if len(parts) == 4 and parts[2] in _FOLDERS and parts[3].endswith((".yml", *_endings_of_sealed(parts[2]))):
        return RecordFile(_FOLDERS[parts[2]], path, parts[0], parts[1], stamp)
    return None


def _endings_of_sealed(folder: str) -> tuple[str, ...]:
    # A demand is written to be read by everybody.
    return () if folder == "demands" else (f".yml{ENDING}",)


def _wrong_with(found: Found) -> Iterator[Problem]:
    path, name = found.path, found.path.rpartition("/")[2]
    if found.what == "link":
        yield problem("F001", path, "这是符号链接，不是普通文件。")
        return
    if found.what == "submodule":
        yield problem("F001", path, "这里套着另一个 git 仓库（子模块）。")
        return
    if found.what == "other":
        yield problem("F001", path, "这不是普通文件。")
        return
    if found.what == "closed":
        yield problem("F008", path, "系统不让看这个文件夹或文件。")
        return
    if found.what == "folder" and path.count("/") >= _DEEPEST:
        yield problem("F005", path, "文件夹套得太深；里面的没有看。")
        return
    if found.executable:
        yield problem("F006", path, "文件带有可执行权限。")
    if name in HOUSEKEEPING:
        return
    stem = name.removesuffix(ENDING).removesuffix(".yml") if found.what == "file" else name.removesuffix(".yml")
    if stem.casefold().split(".")[0] in _RESERVED:
        yield problem("F004", path, "Windows 上不能用这个名称。")
    elif found.what == "folder" or name.endswith((".yml", f".yml{ENDING}")):
        if not _NAME.match(stem):
            hint = (
                "文件夹按轮次（2026）、区的网址名（districts.yml 的 slug）和类别（demands）命名。"
                if found.what == "folder"
                else ""
            )
            yield problem("F002", path, "名称只能用小写字母、数字和连字符（-）。", hint)
    elif name.casefold().endswith((".yaml", ".yml", f".yaml{ENDING}", f".yml{ENDING}")):
        yield problem("F002", path, f"记录文件的扩展名应为小写的 .yml，密封的是 .yml{ENDING}。")


def sort_out(everything: Iterable[Found]) -> tuple[list[RecordFile], list[Problem]]:
    """The record files among what a catalogue holds, and a problem for everything that should not be there."""
    records: list[RecordFile] = []
    problems: list[Problem] = []
    paths: list[str] = []
    for found in everything:
        paths.append(found.path)
        wrong = list(_wrong_with(found))
        problems.extend(wrong)
        if found.path.rpartition("/")[2] in HOUSEKEEPING or found.what != "file":
            continue
        place = file_at(found.path, found.stamp)
        if place is not None:
            records.append(place)
        elif not wrong:
            problems.append(problem("F005", found.path, "这里不是放记录的地方，或文件不是记录。"))
    problems.extend(_twins(paths))
    problems.extend(_plain_beside_sealed(paths))
    return records, problems


def find_records(root: Path) -> tuple[list[RecordFile], list[Problem]]:
    """Every record file below a catalogue in a stable order, and a problem for everything that should not be there."""
    return sort_out(_walk(_listing(root), ""))
