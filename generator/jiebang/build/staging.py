"""A site is written aside and put in place in one step; whatever happens before leaves the last good site where it was.

Source: safety rule 19. The switch exchanges two folders in one system call where the system has one (Linux `renameat2`, macOS
`renamex_np`); elsewhere it is two renames, and the next build mends a switch that was cut between them.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from jiebang.errors import UserError, reason_of
from jiebang.whole_files import through_to_disk

MARKER = ".jiebang-site"
"""Stands in every built site: only a folder that has it, or is empty, is ever replaced."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


def _exchange(one: Path, other: Path) -> bool:
    """Swaps two folders atomically; False where the system or the file system cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        return bool(libc.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE) == 0)
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        return bool(libc.renamex_np(first, second, _RENAME_SWAP) == 0)
    return False


def _beside(out: Path, kind: str) -> str:
    return f".{out.name}.{kind}-"


def switch(staging: Path, out: Path) -> None:
    """Puts a finished folder in the place of `out`; the old content is gone afterwards."""
    if not out.exists():
        staging.rename(out)
        return
    # mypy narrows sys.platform; Windows has no exchange and no CDLL(None).
    if sys.platform != "win32" and _exchange(staging, out):
        shutil.rmtree(staging, ignore_errors=True)
        return
    old = out.with_name(f"{_beside(out, 'old')}0")
    shutil.rmtree(old, ignore_errors=True)
    try:
        out.rename(old)
        staging.rename(out)
    finally:
        # Refused or interrupted in between, the second one was not done.
        if not out.exists() and old.exists():
            old.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _mend(out: Path) -> None:
    """Clears what a killed build left, and finishes a switch that was cut between its two renames."""
    old = out.with_name(f"{_beside(out, 'old')}0")
    if old.exists() and not out.exists():
        old.rename(out)
    shutil.rmtree(old, ignore_errors=True)
    for left in out.parent.glob(f"{_beside(out, 'staging')}*"):
        shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def _locked(out: Path) -> Iterator[None]:
    """One build a folder at a time; the lock goes with the process, however it ends. Its file goes at the end, and that of a killed build
    with the next one."""
    place = out.parent / f".{out.name}.lock"
    while True:
        with place.open("a") as lock:
            try:
                if sys.platform == "win32":
                    import msvcrt

                    msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
                else:
                    import fcntl

                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise UserError("另一次构建正在写同一个输出文件夹。", "等它结束再试。") from error
            if not _stands_at(lock.fileno(), place):
                continue  # Another build, which has just ended, took its file away between our two steps.
            try:
                yield
            finally:
                # Windows removes no open file; there it stays, and is used again.
                with contextlib.suppress(OSError):
                    place.unlink()
            return


def _stands_at(descriptor: int, place: Path) -> bool:
    """Whether an open file is still the one at a place."""
    try:
        return os.path.samestat(os.fstat(descriptor), place.stat())
    except FileNotFoundError:
        return False


def _refuse_dangerous(out: Path, catalogue: Path, home: Path) -> None:
    for kept, name in ((catalogue, "目录（catalogue）"), (home, "项目"), (Path.cwd(), "当前")):
        if kept.resolve().is_relative_to(out):
            raise UserError(
                f"输出文件夹不能是{name}文件夹或它的上级：整个文件夹会被替换。", "换一个文件夹，例如 --out public。"
            )
    if out.is_relative_to(catalogue.resolve()):
        raise UserError("输出文件夹不能放在目录（catalogue）里面。", "换一个文件夹，例如 --out public。")
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise UserError("输出位置不是普通文件夹。", "换一个文件夹，例如 --out public。")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise UserError(
            "输出文件夹里有别的内容，不是由 jiebang build 生成的；替换会把它们删掉。",
            "换一个空文件夹，或先把里面的内容移走。",
        )


class Staging:
    """The folder a site is written to. Paths are relative with forward slashes; `keep` puts it in place."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.folder = folder
        self.out = out
        self._made: set[str] = set()

    def write(self, path: str, content: bytes) -> None:
        """Writes one file."""
        Path(self._prepared(path)).write_bytes(content)

    def _prepared(self, path: str) -> str:
        """Where a file goes; its folders are made when first needed. Texts, no `Path`: most of tens of thousands are only linked."""
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            try:
                os.mkdir(f"{self.folder}/{folder}")  # noqa: PTH102 - a `Path` for each of tens of thousands takes longer
            except OSError:
                (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return f"{self.folder}/{path}"

    def put(self, path: str, content: bytes | IO[bytes] | None, stands: str = "") -> bool:
        """Writes one file, or links to the one that stands in place, there or at `stands`, where `content` is None; whether it was
        written."""
        if content is None:
            target, source = self._prepared(path), f"{self.out}/{stands or path}"
            try:
                os.link(source, target)
            except OSError:
                # Not every file system knows a second name for a file.
                shutil.copyfile(source, target)
                return True
            return False
        if isinstance(content, bytes):
            self.write(path, content)
        else:
            with Path(self._prepared(path)).open("wb") as target_file:
                shutil.copyfileobj(content, target_file)
        return True

    def read(self, path: str) -> bytes:
        """The content of a file that was put there."""
        return (self.folder / path).read_bytes()

    def mark(self, demands: int) -> None:
        """Marks the site as ours, with the number of its demands."""
        self.write(MARKER, marked(demands))

    def keep(self) -> None:
        """Switches the site in, when all of it is on the disk."""
        self.folder.chmod(0o755)
        through_to_disk(self.folder)
        switch(self.folder, self.out)


def marked(demands: int) -> bytes:
    """What marks a site as ours, with the number of its demands: the content of `MARKER`."""
    return (json.dumps({"demands": demands}) + "\n").encode()


def demands_before(out: Path) -> int | None:
    """How many demands the site now in place has; None where there is none or it does not say."""
    try:
        told = json.loads((out / MARKER).read_text(encoding="utf-8"))
        return int(told["demands"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextlib.contextmanager
def staging_for(out: Path, catalogue: Path, home: Path) -> Iterator[Staging]:
    """A staging folder beside `out` (same file system, so the switch is a rename); removed unless it was kept.

    Raises UserError for an output that must not be replaced, that cannot be written, or that another build holds.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow a symbolic link, which is refused below
    _refuse_dangerous(out, catalogue, home)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            _mend(out)
            folder = Path(tempfile.mkdtemp(prefix=_beside(out, "staging"), dir=out.parent))
            try:
                yield Staging(folder, out)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise UserError(
            f"写不了输出文件夹（{reason_of(error)}），原来的网站没有改动。", "检查磁盘空间和文件夹权限后再试。"
        ) from error
