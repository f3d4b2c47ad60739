"""What is written aside is nobody else's leftover, and an interrupt leaves nothing but what stood there."""

from __future__ import annotations

import ctypes
import fcntl
import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from jiebang import whole_files
from jiebang.whole_files import (
    PRIVATE,
    READABLE,
    clear_left,
    replace_file,
    replace_files,
    scratch_folder,
    through_to_disk,
)


def test_a_folder_that_another_process_took_for_a_leftover_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, made = tempfile.mkdtemp, []

    def cleared_at_once(**options: str) -> str:
        made.append(make(**options))
        if len(made) == 1:
            clear_left(tmp_path)
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", cleared_at_once)
    with scratch_folder(tmp_path) as folder:
        assert folder.is_dir() and len(made) == 2
        clear_left(tmp_path)
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_taken_when_it_is_open_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open
    taken: list[str] = []

    def taking(path: str, flags: int, *more: int) -> int:
        handle = opened(path, flags, *more)
        if not taken:
            taken.append(path)
            Path(path).rmdir()
        return handle

    monkeypatch.setattr(os, "open", taking)
    with scratch_folder(tmp_path) as folder:
        assert folder.is_dir() and str(folder) not in taken


def test_a_file_that_another_process_took_for_a_leftover_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = tempfile.mkstemp
    made: list[tuple[int, str]] = []

    def cleared_at_once(*, prefix: str, suffix: str, dir: Path) -> tuple[int, str]:  # noqa: A002 - as the function's own
        made.append(make(prefix=prefix, suffix=suffix, dir=str(dir)))
        if len(made) == 1:
            clear_left(tmp_path)
        return made[-1]

    monkeypatch.setattr(tempfile, "mkstemp", cleared_at_once)
    replace_file(tmp_path / "a.yml", b"new", READABLE)
    assert len(made) == 2
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.yml": b"new"}


def test_what_is_being_written_is_no_leftover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def watched(self: Path, target: Path) -> Path:
        clear_left(self.parent)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    replace_files({tmp_path / "a.yml": b"new", tmp_path / "b.yml": b"new"}, READABLE)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.yml": b"new", "b.yml": b"new"}


def test_files_and_their_folders_are_there_with_their_modes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    replace_files({tmp_path / "a": b"new", tmp_path / "b" / "c" / "d": b"more"}, PRIVATE)
    assert (tmp_path / "a").read_bytes() == b"new" and (tmp_path / "b" / "c" / "d").read_bytes() == b"more"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", "c", "d"]
    replace_file(tmp_path / "a", b"newer", READABLE)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644


def test_leftovers_go_and_nothing_else(tmp_path: Path) -> None:
    clear_left(tmp_path / "nowhere")
    for name in (".jiebang-x.part", ".jiebang-notes", "x.part"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / ".jiebang-y.part" / "z").mkdir(parents=True)
    (tmp_path / ".jiebang-l.part").symlink_to(tmp_path)
    replace_file(tmp_path / "a.yml", b"new", READABLE)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".jiebang-l.part", ".jiebang-notes", "a.yml", "x.part"]


def test_where_there_are_no_locks_files_are_written_and_nothing_is_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(handle: int, how: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refused)
    (tmp_path / ".jiebang-x.part").write_bytes(b"")
    replace_file(tmp_path / "a.yml", b"new", READABLE)
    with scratch_folder(tmp_path) as folder:
        assert folder.is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".jiebang-x.part", "a.yml"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what is open")
def test_nothing_stays_open(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - names, no paths
    for _ in range(5):
        (tmp_path / ".jiebang-x.part").write_bytes(b"")
        replace_files({tmp_path / "a.yml": b"new", tmp_path / "b.yml": b"new"}, READABLE)
        with scratch_folder(tmp_path) as folder:
            through_to_disk(folder)
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208 - as above


def test_files_and_folders_are_on_the_disk_before_they_are_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    replace, sync, synchronise = Path.replace, os.fsync, whole_files._synchronise

    def replaced(self: Path, target: Path) -> Path:
        done.append("replace")
        return replace(self, target)

    def synced(handle: int) -> None:
        done.append("fsync")
        sync(handle)

    def synchronised(handle: int) -> None:
        done.append("syncfs")
        synchronise(handle)

    monkeypatch.setattr(Path, "replace", replaced)
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(whole_files, "_synchronise", synchronised)
    replace_file(tmp_path / "a.yml", b"new", READABLE)
    through_to_disk(tmp_path)
    assert done == ["fsync", "replace", "syncfs"]


def test_a_folder_that_another_process_makes_meanwhile_is_as_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda self, **options: self.name != "a" and exists(self, **options))
    (tmp_path / "a").mkdir()
    replace_file(tmp_path / "a" / "b.yml", b"new", READABLE)
    assert (tmp_path / "a" / "b.yml").read_bytes() == b"new"


def test_without_second_names_for_files_the_old_ones_are_put_back_from_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    replace, calls = Path.replace, 0

    def failing(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(5, "EIO")
        return replace(self, target)

    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(Path, "replace", failing)
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "a").symlink_to("old")
    with pytest.raises(OSError, match="EIO"):
        replace_files({tmp_path / "a": b"new", tmp_path / "b": b"new"}, READABLE)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old", "old": b"old"}
    assert (tmp_path / "a").is_symlink()


def test_a_system_that_cannot_write_out_one_disk_writes_out_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda name, use_errno: object())
    monkeypatch.setattr(os, "sync", lambda: asked.append("sync"))
    through_to_disk(tmp_path)
    assert asked == ["sync"]


def test_a_disk_that_refuses_is_told() -> None:
    with pytest.raises(OSError, match="Bad file descriptor"):
        whole_files._synchronise(10**6)


def test_an_interrupt_while_a_folder_is_made_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Path.mkdir

    def interrupted(self: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        make(self, mode, parents, exist_ok)
        if self.name == "b":
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "mkdir", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace_file(tmp_path / "a" / "b" / "c.yml", b"new", READABLE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(5, "EIO")])
def test_of_several_files_none_is_new_where_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, at: int
) -> None:
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "a").symlink_to("old")
    replace, calls = Path.replace, 0

    def failing(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        # An interrupt may come when the step is done already.
        done = replace(self, target) if calls != at or isinstance(fault, KeyboardInterrupt) else target
        if calls == at:
            raise fault
        return done

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises((KeyboardInterrupt, OSError)):
        replace_files({tmp_path / "a": b"new", tmp_path / "b": b"new"}, READABLE)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old", "old": b"old"}
    assert (tmp_path / "a").is_symlink()
