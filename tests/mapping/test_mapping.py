"""A step gives the same values in the same order wherever it is done, and what is known is not worked out again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.mapping import Maps, Shared, _portions, digest, unpacked
from jiebang.store import DiskStore, MemoryStore
from tests.conftest import ROOT

CALLS: list[int] = []
_A_NUMBER = digest("a number")


def squares(shared: int, items: Sequence[int]) -> list[Any]:
    CALLS.extend(items)
    return [(item, item * item + shared) for item in items]


def too_few(shared: None, items: Sequence[int]) -> list[Any]:
    return []


def _values(maps: Maps, numbers: Sequence[int], shared: int = 0, fewest: int = 400) -> list[Any]:
    keys = [digest(str(number)) for number in numbers]
    made = maps.map(squares, Shared(digest(str(shared)), shared), keys, lambda at: numbers[at], fewest)
    return [unpacked(value) for value in made]


@pytest.fixture(autouse=True)
def _no_calls() -> None:
    CALLS.clear()


def test_what_is_known_is_not_worked_out_again() -> None:
    maps = Maps(jobs=1)
    assert _values(maps, [1, 2, 3]) == [(1, 1), (2, 4), (3, 9)]
    assert _values(maps, [4, 2, 3]) == [(4, 16), (2, 4), (3, 9)]
    assert CALLS == [1, 2, 3, 4]


def test_what_was_used_is_noted_once_however_often_it_was_asked_for() -> None:
    store = MemoryStore()
    maps = Maps(store, jobs=1)
    for _ in range(3):
        _values(maps, [1, 2, 3])
    maps.note_used(_A_NUMBER)
    noted = unpacked(store.find([_A_NUMBER])[_A_NUMBER])
    assert len(noted) == 16 * 3
    # A later run that uses what was noted drops nothing of it, and drops the rest.
    _values(Maps(store, jobs=1), list(range(4000)))
    later = Maps(store, jobs=1)
    later.use_noted(_A_NUMBER)
    later.sweep(1)
    CALLS.clear()
    _values(Maps(store, jobs=1), [1, 2, 3, 4])
    assert CALLS == [4]


def test_what_is_no_key_is_refused() -> None:
    # Keys are kept joined: one of another length would make others of those behind it.
    with pytest.raises(ValueError, match="a key is made by"):
        Maps(jobs=1).look_up(b"one")


def test_another_shared_thing_gives_other_values() -> None:
    maps = Maps(jobs=1)
    assert _values(maps, [2], 0) == [(2, 4)]
    assert _values(maps, [2], 1) == [(2, 5)]


def test_another_program_gives_its_own_values(monkeypatch: pytest.MonkeyPatch) -> None:
    maps = Maps(jobs=1)
    _values(maps, [2])
    monkeypatch.setattr("jiebang.mapping.program_digest", lambda: b"another")
    _values(maps, [2])
    assert CALLS == [2, 2]


@given(st.lists(st.integers(0, 40)), st.lists(st.integers(0, 40)))
def test_part_known_and_part_not_come_in_order(before: list[int], now: list[int]) -> None:
    maps = Maps(jobs=1)
    _values(maps, before)
    assert _values(maps, now) == [(number, number * number) for number in now]


def test_processes_give_what_this_one_gives(tmp_path: Path) -> None:
    numbers = list(range(1000))
    with Maps(DiskStore.open(tmp_path), jobs=2) as maps:
        maps.ahead(noted, 7)()
        assert _values(maps, numbers, 7, fewest=1) == [(number, number * number + 7) for number in numbers]
    assert len(CALLS) < 1000
    CALLS.clear()
    with Maps(DiskStore.open(tmp_path), jobs=1) as maps:
        assert _values(maps, numbers, 7) == [(number, number * number + 7) for number in numbers]
    assert CALLS == []


def test_large_shared_things_are_laid_down_once_and_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("jiebang.mapping._LARGEST_INLINE", 1)
    with Maps(jobs=2) as maps:
        maps.ahead(noted, 7)()
        assert len(_values(maps, list(range(50)), 3, fewest=1)) == 50
        (folder,) = [path for path in tmp_path.iterdir() if path.name.startswith("jiebang-")]
        (laid,) = folder.iterdir()
        stamp = laid.stat().st_mtime_ns
        assert len(_values(maps, list(range(50, 100)), 3, fewest=1)) == 50
        assert [file.stat().st_mtime_ns for file in folder.iterdir()] == [stamp]
    assert not folder.exists()


def noted(maps: Maps, value: int) -> None:
    maps.note(_A_NUMBER, value)


def refused(maps: Maps, value: int) -> None:
    maps.note(_A_NUMBER, value)
    raise ValueError(value)


def killed(maps: Maps, value: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_is_done_ahead_is_kept_by_who_waits_for_it() -> None:
    with Maps(jobs=2) as maps:
        wait = maps.ahead(noted, 7)
        wait()
        assert maps.look_up(_A_NUMBER) == 7


@pytest.mark.parametrize("function", [refused, killed])
def test_what_fails_ahead_is_as_if_it_had_not_been_begun(function: Callable[[Maps, int], None]) -> None:
    with Maps(jobs=2) as maps:
        maps.ahead(function, 7)()
        assert maps.look_up(_A_NUMBER) is None
        assert _values(maps, [1, 2, 3], fewest=1) == [(1, 1), (2, 4), (3, 9)]
        maps.ahead(refused, 7)()


def test_without_another_process_of_this_machine_nothing_is_done_ahead() -> None:
    with ThreadPoolExecutor(1) as executor:
        for maps in (Maps(jobs=1), Maps(executor=executor)):
            maps.ahead(noted, 7)()
            assert maps.look_up(_A_NUMBER) is None


def test_processes_that_were_started_help_with_fewer_items() -> None:
    numbers = list(range(250))
    with Maps(jobs=2) as maps:
        assert len(_values(maps, numbers)) == len(CALLS) == 250
        maps.ahead(noted, 7)()
        assert _values(maps, numbers, 1) == [(number, number * number + 1) for number in numbers]
    assert len(CALLS) < 500


def whereabouts(shared: None, items: Sequence[int]) -> list[Any]:
    time.sleep(0.02)
    return [os.getpid() for _ in items]


def test_this_process_works_beside_those_that_help() -> None:
    with Maps(jobs=2) as maps:
        maps.ahead(noted, 7)()
        made = list(maps.made(whereabouts, Shared(b"", None), range(600), lambda at: at))
    pids = {unpacked(value) for _, values in made for value in values}
    assert len(pids) == 2
    assert os.getpid() in pids
    assert sorted(number for numbers, _ in made for number in numbers) == list(range(600))


def test_processes_that_begin_anew_are_others_and_give_the_same() -> None:
    def helpers(maps: Maps) -> set[int]:
        made = list(maps.made(whereabouts, Shared(b"", None), range(600), lambda at: at))
        assert sorted(number for numbers, _ in made for number in numbers) == list(range(600))
        return {unpacked(value) for _, values in made for value in values} - {os.getpid()}

    with Maps(jobs=2) as maps:
        # Without any yet there is nothing to do.
        maps.begin_anew()
        maps.ahead(noted, 7)()
        before = helpers(maps)
        maps.begin_anew()
        maps.ahead(noted, 8)()
        after = helpers(maps)
        assert len(before) == len(after) == 1 and before != after
        assert maps.look_up(_A_NUMBER) == 8
        maps.work_alone()
        maps.ahead(noted, 9)()
        # Nobody else did anything.
        assert helpers(maps) == set() and maps.look_up(_A_NUMBER) == 8


def test_who_works_alone_keeps_somebody_elses_executor() -> None:
    with ThreadPoolExecutor(2) as pool, Maps(executor=pool) as maps:
        maps.work_alone()
        assert len(_values(maps, list(range(600)))) == 600
        assert not pool._shutdown
    with ThreadPoolExecutor(1) as executor, Maps(executor=executor) as maps:
        maps.begin_anew()
        assert _values(maps, [1, 2], fewest=1) == [(1, 1), (2, 4)]


def waiting_for(maps: Maps, place: Path) -> None:
    while not place.exists():
        time.sleep(0.01)
    maps.note(_A_NUMBER, 7)


def test_nothing_waits_behind_what_is_done_ahead(tmp_path: Path) -> None:
    numbers = list(range(600))
    with Maps(jobs=2) as maps:
        wait = maps.ahead(waiting_for, tmp_path / "go on")
        assert _values(maps, numbers, fewest=1) == [(number, number * number) for number in numbers]
        assert len(CALLS) == 600
        (tmp_path / "go on").touch()
        wait()
        assert maps.look_up(_A_NUMBER) == 7


def test_where_no_process_can_be_started_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(11, "no more processes")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor.submit", refused)
    with Maps(jobs=2) as maps:
        assert _values(maps, [1, 2, 3], fewest=1) == [(1, 1), (2, 4), (3, 9)]
        maps.ahead(noted, 7)()
        assert maps.look_up(_A_NUMBER) is None


@given(st.integers(0, 3000), st.integers(1, 5))
def test_portions_hold_every_item_once_and_shrink(count: int, workers: int) -> None:
    portions = list(_portions(range(count), workers))
    assert [number for portion in portions for number in portion] == list(range(count))
    sizes = [len(portion) for portion in portions]
    assert sizes == sorted(sizes, reverse=True)
    assert max(sizes, default=0) <= 40


def test_somebody_elses_executor_is_used_and_left_open() -> None:
    with ThreadPoolExecutor(2) as executor:
        with Maps(executor=executor) as maps:
            assert _values(maps, [1, 2, 3], fewest=1) == [(1, 1), (2, 4), (3, 9)]
        assert executor.submit(int, "1").result() == 1


class _Dying(Executor):
    """Gives the first portion and breaks at the second, as a pool does whose process was killed."""

    def __init__(self) -> None:
        self.calls = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        from concurrent.futures import BrokenExecutor

        self.calls += 1
        future: Future[Any] = Future()
        if self.calls == 1:
            future.set_result(fn(*args, **kwargs))
        elif self.calls == 2:
            future.set_exception(BrokenExecutor())
        else:
            raise BrokenExecutor
        return future


def test_what_a_killed_process_had_is_done_here() -> None:
    numbers = list(range(100))
    maps = Maps(jobs=2, executor=_Dying())
    assert _values(maps, numbers, fewest=1) == [(number, number * number) for number in numbers]


def test_a_step_answers_for_every_item() -> None:
    with pytest.raises(ValueError, match="gave 0 values"):
        list(Maps(jobs=1).map(too_few, Shared(b"", None), [b"1", b"2"], lambda at: at))


def test_items_are_loaded_only_when_they_are_needed() -> None:
    loaded: list[int] = []

    def load(at: int) -> int:
        loaded.append(at)
        return at

    def some(maps: Maps) -> Iterator[bytes]:
        return maps.map(squares, Shared(b"", 0), [b"a", b"b"], load)

    maps = Maps(MemoryStore(), jobs=1)
    list(some(maps))
    list(some(maps))
    assert loaded == [0, 1]


def test_a_reduction_is_recalled_by_its_inputs() -> None:
    maps = Maps(jobs=1)
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [maps.recall(b"one", make), maps.recall(b"one", make), maps.recall(b"two", make)] == [1, 1, 2]


@given(st.lists(st.text()), st.lists(st.text()))
def test_a_digest_tells_where_a_part_ends(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


_KILLED = """
import os, signal, sys
from jiebang.mapping import Maps, Shared
from tests.mapping.test_mapping import slow
if __name__ == "__main__":
    maps = Maps(jobs=2)
    made = maps.made(slow, Shared(b"", None), range(8), lambda at: at, fewest=1)
    next(made)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def slow(shared: None, items: Sequence[int]) -> list[Any]:
    time.sleep(0.2)
    return [os.getpid() for _ in items]


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_workers_end_with_a_command_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / f"killed-{os.getpid()}.py"
    script.write_text(_KILLED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 20
    while _running(str(tmp_path)):
        assert time.monotonic() < deadline, "a worker lives on"
        time.sleep(0.1)


def _running(folder: str) -> bool:
    """Whether a process is there that was started with a script of a folder: workers are told where it lies."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if folder.encode() in (process / "cmdline").read_bytes():
                return True
        except OSError:
            continue
    return False
