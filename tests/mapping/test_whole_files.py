"""What is written aside is nobody else's leftover, and an interrupt leaves nothing but what stood there."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from jiebang.whole_files import READABLE, clear_left, replace_file, replace_files, scratch_folder


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
    (tmp_path / "a").write_bytes(b"old")
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
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}
