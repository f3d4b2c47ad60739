"""Tells when something under watch was changed: once for a burst of events, never for events of its own making."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

_QUIET = 0.15
"""Seconds without an event before a burst (an editor saves in several steps) counts as over."""
_CHANGES = {"created", "modified", "deleted", "moved"}


class _Below(FileSystemEventHandler):
    """Hears of every change below a folder."""

    def __init__(self, woken: threading.Event) -> None:
        self._woken = woken

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES:
            self._woken.set()


class _At(FileSystemEventHandler):
    """Hears of one path, which need not exist yet; where it turns out to be a folder, of everything below it."""

    def __init__(self, path: Path, woken: threading.Event, observer: BaseObserver) -> None:
        self._path = path
        self._woken = woken
        self._observer = observer
        self._entered = False

    def on_any_event(self, event: FileSystemEvent) -> None:
        # An editor that saves aside and renames tells the name only as the destination.
        if event.event_type in _CHANGES and str(self._path) in {str(event.src_path), str(event.dest_path)}:
            if not self._entered and self._path.is_dir():
                self._entered = True
                self._observer.schedule(_Below(self._woken), str(self._path), recursive=True)
            self._woken.set()


def _observe(paths: Sequence[Path], woken: threading.Event, observer: BaseObserver) -> None:
    for path in paths:
        if path.is_dir():
            observer.schedule(_Below(woken), str(path), recursive=True)
        else:
            observer.schedule(_At(path, woken, observer), str(path.parent), recursive=False)
    observer.start()


@contextlib.contextmanager
def watch(paths: Sequence[Path], changed: Callable[[], None]) -> Iterator[None]:
    """While the context lasts, calls `changed` after files below (or at) the paths were changed."""
    woken, over = threading.Event(), threading.Event()

    def follow() -> None:
        while not over.is_set():
            woken.wait()
            while woken.is_set() and not over.is_set():
                woken.clear()
                over.wait(_QUIET)
            if not over.is_set():
                changed()

    observer: BaseObserver = Observer()
    try:
        _observe(paths, woken, observer)
    except OSError:
        # The system's limit of watches is used up: look at the files instead.
        observer = PollingObserver()
        _observe(paths, woken, observer)
    thread = threading.Thread(target=follow, name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        woken.set()
        observer.stop()
        observer.join()
        thread.join(timeout=5)
