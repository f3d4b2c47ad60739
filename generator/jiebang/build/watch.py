"""Tells when something under watch was changed: once for a burst of events, never for events of its own making."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

_QUIET = 0.05
"""Seconds without an event before a burst (an editor saves in several steps) counts as over."""
_CHANGES = {"created", "modified", "deleted", "moved"}


class _Changes:
    """The files that were changed since somebody asked."""

    def __init__(self) -> None:
        self.more = Event()
        self._files: set[Path] = set()
        self._lock = threading.Lock()

    def add(self, event: FileSystemEvent) -> None:
        if event.is_directory and event.event_type == "modified":
            # Of a folder in which a file was changed: that is told of the file, too.
            return
        with self._lock:
            self._files.update(Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path)
            self.more.set()

    def take(self) -> set[Path]:
        with self._lock:
            files, self._files = self._files, set()
            self.more.clear()
            return files


class _Below(FileSystemEventHandler):
    """Hears of every change below a folder."""

    def __init__(self, changes: _Changes) -> None:
        self._changes = changes

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES:
            self._changes.add(event)


class _At(FileSystemEventHandler):
    """Hears of one path, which need not exist yet; where it turns out to be a folder, of everything below it."""

    def __init__(self, path: Path, changes: _Changes, observer: BaseObserver) -> None:
        self._path = path
        self._changes = changes
        self._observer = observer
        self._entered = False

    def on_any_event(self, event: FileSystemEvent) -> None:
        # An editor that saves aside and renames tells the name only as the destination.
        if event.event_type in _CHANGES and str(self._path) in {str(event.src_path), str(event.dest_path)}:
            if not self._entered and self._path.is_dir():
                self._entered = True
                self._observer.schedule(_Below(self._changes), str(self._path), recursive=True)
            self._changes.add(event)


def _observe(paths: Sequence[Path], changes: _Changes, observer: BaseObserver) -> None:
    for path in paths:
        if path.is_dir():
            observer.schedule(_Below(changes), str(path), recursive=True)
        else:
            observer.schedule(_At(path, changes, observer), str(path.parent), recursive=False)
    observer.start()


@contextlib.contextmanager
def watch(paths: Sequence[Path], changed: Callable[[set[Path]], None]) -> Iterator[None]:
    """While the context lasts, calls `changed` after files below (or at) the paths were changed, with these files."""
    changes, over = _Changes(), threading.Event()

    def follow() -> None:
        while not over.is_set():
            changes.more.wait()
            found: set[Path] = set()
            while changes.more.is_set() and not over.is_set():
                found |= changes.take()
                over.wait(_QUIET)
            if not over.is_set():
                changed(found)

    observer: BaseObserver = Observer()
    try:
        _observe(paths, changes, observer)
    except OSError:
        # The system's limit of watches is used up: look at the files instead.
        observer = PollingObserver()
        _observe(paths, changes, observer)
    thread = threading.Thread(target=follow, name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        changes.more.set()
        observer.stop()
        observer.join()
        thread.join(timeout=5)
