"""What a site is made of beside its records: the program's pages, styles and scripts, and what a bureau's workspace puts over them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from jiebang.catalogue.files import stamp_of
from jiebang.mapping import digest
from jiebang.resources import program_data, reader_folder
from jiebang.workspace import DISTRICT_MAP, EXTERNAL, PAGES, SETTINGS, SYNONYMS


def sources(home: Path, workspace: Path) -> list[Path]:
    """Folders and files, some of which need not exist: to be watched. `home` holds the program's data."""
    own = [] if workspace.resolve() == home.resolve() else [workspace / SETTINGS, workspace / PAGES]
    return [home / "site", home / SETTINGS, *(workspace / name for name in (SYNONYMS, EXTERNAL, DISTRICT_MAP)), *own]


def sources_key(workspace: Path) -> bytes:
    """Names the contents of all of them, and the files of the reader for browsers; the program itself apart. Empty where one cannot be read."""
    reader = reader_folder()
    parts: list[bytes | str] = []
    try:
        for place in sources(program_data(), workspace):
            for file in _files(place):
                parts += (os.path.relpath(file, place), b"link" if file.is_symlink() else b"file", file.read_bytes())
            parts.append(str(place.name))
        if reader is not None:
            # 23 MB: known by what changes with every file that is put there.
            parts += (part for file in _files(reader) for part in (str(file), repr(stamp_of(file.stat()))))
        # A copy of the program's own repository is read in another way.
        parts.append(b"copy" if (workspace / "site" / "theme").is_dir() else b"")
        return digest("sources", *parts)
    except OSError:
        return b""


def _refuse(error: OSError) -> None:
    raise error


def _files(place: Path) -> Iterator[Path]:
    if place.is_dir():
        for folder, folders, names in os.walk(place, onerror=_refuse):
            folders.sort()
            yield from (Path(folder, name) for name in sorted(names))
            # A link to a folder is told, too, not followed.
            yield from (Path(folder, name) for name in folders if Path(folder, name).is_symlink())
    elif place.exists() or place.is_symlink():
        yield place
