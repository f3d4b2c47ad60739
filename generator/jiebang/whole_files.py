"""Files written whole or not at all: aside in the same folder, through to the disk, then in their place; whatever happens before leaves
what stood there.

What a killed process left aside is cleared by the next one that writes into the folder. A lock, which goes with the process however it
ends, tells what is left from what is being written: no age does, since clocks jump.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

_PREFIX = ".jiebang-"
_ENDING = ".part"
READABLE = 0o644
PRIVATE = 0o600


def replace_file(target: Path, content: bytes, mode: int) -> None:
    """Puts a file in place, with the mode; its folder is made where there is none. A link in its place is replaced, not followed.

    Raises OSError where the disk refuses.
    """
    replace_files({target: content}, mode)


def replace_files(contents: Mapping[Path, bytes], mode: int) -> None:
    """Puts several files in place, all or none: where one fails, and where the process is told to stop, those before it are put back.

    Only a process that is killed between two of them leaves some old and some new, each whole. Raises OSError where the disk refuses.
    """
    with contextlib.ExitStack() as folders, contextlib.ExitStack() as asides, contextlib.ExitStack() as undo:
        written = []
        for target, content in contents.items():
            _make_folder(target.parent, folders)
            written.append((target, asides.enter_context(_written_aside(target.parent, content, mode))))
        for target, aside in written:
            if len(written) > 1:
                kept = asides.enter_context(_kept_aside(target))
                undo.callback(_put_back, target, kept)
            aside.replace(target)
        undo.pop_all()
        folders.pop_all()


def _make_folder(folder: Path, undo: contextlib.ExitStack) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        # Told before: an interrupt may come between.
        undo.callback(_remove_empty, one)
        one.mkdir(exist_ok=True)


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()


def _put_back(target: Path, kept: Path | None) -> None:
    """Undoes a replacement, or nothing where it did not come to it."""
    with contextlib.suppress(OSError):
        if kept is not None:
            kept.replace(target)
        else:
            target.unlink()


@contextlib.contextmanager
def _written_aside(folder: Path, content: bytes, mode: int) -> Iterator[Path]:
    """The content in a file of the folder that is not yet in its place."""
    clear_left(folder)
    while True:
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_ENDING, dir=folder)
        aside = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                if _is_locked_by_another(handle) or not aside.exists():
                    continue  # Another process took it for one that is left, between our two steps.
                stream.write(content)
                stream.flush()
                os.fsync(handle)
                aside.chmod(mode)
                # Windows renames no open file.
                if sys.platform == "win32":
                    stream.close()
                yield aside
                return
        finally:
            _unlink(aside)


@contextlib.contextmanager
def _kept_aside(target: Path) -> Iterator[Path | None]:
    """What stands in a place, under a second name; None where nothing does."""
    if not os.path.lexists(target):
        yield None
        return
    # A name of its own; the link needs a place where nothing stands.
    with scratch_folder(target.parent) as scratch:
        kept = scratch / "kept"
        try:
            os.link(target, kept, follow_symlinks=False)
        except (OSError, NotImplementedError):
            # Not every file system knows a second name for a file.
            shutil.copy2(target, kept, follow_symlinks=False)
        yield kept


@contextlib.contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """A folder in another one, to make something in that is renamed when it is whole; what remains of it goes, now or with the next."""
    clear_left(parent)
    while True:
        folder = tempfile.mkdtemp(prefix=_PREFIX, suffix=_ENDING, dir=parent)
        try:
            with _held(folder) as is_ours:
                if not is_ours:
                    continue  # Another process took it for one that is left, between our two steps.
                yield Path(folder)
                return
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _held(folder: str) -> Iterator[bool]:
    """Says of a folder, while this process lives, that it is no leftover; whether it still is there to be said of."""
    if sys.platform == "win32":
        yield True
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        yield False
        return
    try:
        yield not _is_locked_by_another(handle) and Path(folder).exists()
    finally:
        os.close(handle)


def through_to_disk(folder: Path) -> None:
    """Waits until what was written into a folder is on the disk. Asked before the folder is renamed: else a power cut may leave the new
    name with empty files. Raises OSError where the disk refuses; Windows has no such call."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            _synchronise(handle)
        finally:
            os.close(handle)


def _synchronise(handle: int) -> None:
    """The file system that an open folder lies in: one call for tens of thousands of files."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs"):
        os.sync()
    elif libc.syncfs(handle) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def clear_left(folder: Path) -> None:
    """Removes what killed processes left aside in a folder."""
    try:
        # Not by `Path.glob`: a folder of thousands of records is written to one by one.
        with os.scandir(folder) as listing:
            left = [one.path for one in listing if one.name.startswith(_PREFIX) and one.name.endswith(_ENDING)]
    except OSError:
        return
    for name in left:
        with contextlib.suppress(OSError):
            _clear(Path(name))


def _clear(left: Path) -> None:
    if sys.platform == "win32":
        _unlink(left)
        return
    handle = os.open(left, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        if _is_locked_by_another(handle, unknown=True):
            return
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            _unlink(left)
    finally:
        os.close(handle)


def _is_locked_by_another(handle: int, *, unknown: bool = False) -> bool:
    """Whether another process holds the lock; it is ours from here on where none does. `unknown`: what to say where the file system knows
    no locks."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return unknown
    return False


def _unlink(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()
