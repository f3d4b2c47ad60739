"""Looks through a finished site that lies in a folder: every file of it, by name and content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from jiebang.publication.gate import UNREADABLE, Leak, find_leaks
from jiebang.rules.secrets import Secrets


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found, in the order of the files, and how much was read."""

    leaks: tuple[Leak, ...]
    files: int
    size: int


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path


def audit(
    folder: Path,
    secrets: Secrets,
    progress: Callable[[int, int], None] | None = None,
    assets: Mapping[str, bytes] = MappingProxyType({}),
) -> Audit:
    """Reads a whole folder. `assets` are files that stand there byte for byte as the program has them: no record reached them. A link, or a file that cannot be read, is a finding: nobody can say that it is clean."""
    leaks: list[Leak] = []
    size = 0
    paths = list(_files(folder))
    for number, path in enumerate(paths, 1):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_file():
            leaks.extend(find_leaks(name, b"", secrets))
            leaks.append(Leak(name, UNREADABLE, "不是普通文件"))
        else:
            try:
                content = path.read_bytes()
            except OSError:
                leaks.append(Leak(name, UNREADABLE, "读不出来"))
                continue
            size += len(content)
            if assets.get(name) != content:
                leaks.extend(find_leaks(name, content, secrets))
        if progress is not None:
            progress(number, len(paths))
    return Audit(tuple(leaks), len(paths), size)
