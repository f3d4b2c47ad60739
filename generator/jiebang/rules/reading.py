"""The files of a catalogue as they stood at one look, with what names the content of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from jiebang.catalogue.contents import ChangedError, Contents
from jiebang.catalogue.files import RecordFile, find_records
from jiebang.catalogue.keys import keyring
from jiebang.catalogue.sealed import Content
from jiebang.mapping import Maps, digest, program_digest
from jiebang.memory import no_garbage

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Is called with (files done, files in all)."""
_TRIES = 3


class Reading:
    """The files of a catalogue, and what names the content of each."""

    def __init__(self, root: Path, maps: Maps, trusting: bool = True) -> None:
        self.root = root
        self.files, self.problems = find_records(root)
        sealed = sum(file.is_sealed for file in self.files)
        opened = keyring() if sealed else None
        self.closed = sealed if opened is None else 0
        """How many sealed files there are of which only the public part is read."""
        mark = opened.mark if opened is not None else b""
        place = digest("contents", str(root.resolve()))
        known = maps.look_up(place) if trusting else None
        self.contents = Contents(root, known or {}, opened)
        self.keys: dict[str, bytes] = {}
        self.failed: dict[str, OSError] = {}
        for file in self.files:
            try:
                content = self.contents.digest(file)
                # What a sealed file says depends on who reads it.
                self.keys[file.path] = digest(file.path, content, *([mark] if file.is_sealed else ()))
            except OSError as error:
                self.failed[file.path] = error
        if trusting and self.contents.table != known:
            maps.note(place, self.contents.table)
        # Of a hundred thousand demands, a hundred megabytes that nobody asks for any more.
        self.contents.forget_stamps()
        self.files = [RecordFile(file.kind, file.path, file.round, file.district) for file in self.files]
        told = (f"{p.code} {p.path} {p.message}" for p in self.problems)
        failed = (f"{path} {error.errno}" for path, error in self.failed.items())
        self.key = digest(program_digest(), b"".join(self.keys.values()), *told, *failed)

    def file(self, path: str) -> RecordFile:
        """The file at a path."""
        return self._by_path[path]

    @cached_property
    def _by_path(self) -> dict[str, RecordFile]:
        return {file.path: file for file in self.files}

    def take(self, file: RecordFile) -> Content:
        """The content of a file."""
        return self.contents.take(file)


def steadily(root: Path, maps: Maps, look: Callable[[Reading], T]) -> T:
    """What a look at a catalogue tells that nobody writes to meanwhile."""
    with no_garbage():
        for _ in range(_TRIES):
            try:
                return look(Reading(root, maps))
            except ChangedError:
                continue
        # Somebody writes all the time: what stands there now, each file read once.
        return look(Reading(root, maps, trusting=False))
