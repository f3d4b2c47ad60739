"""What all tests share: the small valid catalogue to break, the command line, and a guard that lets nothing reach the network."""

from __future__ import annotations

import fcntl
import gc
import io
import os
import pickle
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TypeVar
from unittest import mock

import click
import pytest
from hypothesis import settings

from tests.browser import firefox
from tests.warm import warm_program

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
SAMPLE = ROOT / "catalogue"

# One store of frames for all: a folder of its own would build them anew for each test and each process.
os.environ.setdefault("JIEBANG_CACHE", str(ROOT / ".cache"))
# A site without Python for browsers is some 13 MB smaller; the tests of the reader ask for it themselves.
os.environ["JIEBANG_READER"] = ""
# Tests share the processors already: a pool for each of their builds would only be started and ended.
os.environ["JIEBANG_JOBS"] = "1"
# Lines of messages are compared whole; rich asks for the width when it is imported.
os.environ["COLUMNS"] = "200"
# Tests say the same on a desk and in CI; those of CI set it themselves.
os.environ.pop("CI", None)
# Programs that tests start find no way out either: nothing listens there.
for _name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    os.environ[_name] = "http://127.0.0.1:9"
os.environ["no_proxy"] = os.environ["NO_PROXY"] = "127.0.0.1,localhost"

# Two cores shared with a browser: a slow example is no failure. `make test ARGS=--hypothesis-profile=night` looks further.
# Seeds differ from run to run: what 30 examples miss today the next run finds.
NIGHT = "night"
"""The profile under which everything is tested; `.github/workflows/night.yml` asks for it."""
settings.register_profile("day", deadline=None, max_examples=30)
settings.register_profile(NIGHT, deadline=None, max_examples=1000)
settings.load_profile("day")


@pytest.hookimpl(optionalhook=True)  # pytest may be run without xdist
def pytest_xdist_auto_num_workers() -> int:
    """Two workers more than there are processors: a worker waits half of its time, for pages, pauses and disks, and with one more a quarter of
    two processors still stood idle."""
    return (os.cpu_count() or 1) + 2


def at_night() -> bool:
    """Whether everything is asked for: the large sizes of properties, and every case of what is drawn from by day."""
    return settings().max_examples > 100


def in_turn(share: float) -> bool:
    """Whether a test does its dearer part: always at night; by day by chance in this `share` of all cases.

    To be asked within a test: each has its own chance, which follows from the seed that the end of the report tells (`--randomly-seed`).
    """
    return at_night() or random.random() < share  # noqa: S311 - which part is tried today


Case = TypeVar("Case")
T = TypeVar("T")


def by_day(cases: Iterable[Case], number: int) -> list[Case]:
    """All cases at night, and where single tests are asked for by name; by day so many of them, drawn by the seed of the run.

    For the parameters of a test: all processes of a run draw the same.
    """
    every = list(cases)
    if at_night() or _Run.seed is None or number >= len(every):
        return every
    caller = sys._getframe(1)
    place = f"{Path(caller.f_code.co_filename).name} {caller.f_lineno}"  # each place draws its own
    drawn = random.Random(f"{_Run.seed} {place}").sample(range(len(every)), number)  # noqa: S311
    return [every[index] for index in sorted(drawn)]


class _Run:
    """What the parameters of tests are drawn by; none where all are wanted."""

    seed: int | None = None


@pytest.hookimpl(trylast=True)  # Hypothesis settles its profile first, pytest-randomly the seed
def pytest_configure(config: pytest.Config) -> None:
    """By night pages are tested in Firefox, too, where there is one; `--browser firefox` does so at any time. What is drawn follows the seed."""
    if at_night() and firefox.executable() and not getattr(config.option, "browser", ["none"]):
        config.option.browser = ["chromium", "firefox"]
    if config.getoption("dist", "no") == "no":  # who hands tests out collects none
        gc.disable()  # until `pytest_collection_finish`
    seed = config.getoption("randomly_seed", None)
    _Run.seed = seed if isinstance(seed, int) and not any("::" in argument for argument in config.args) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Quiet reports have no head, in which the seed would stand."""
    if _Run.seed is not None and not at_night():
        terminalreporter.write_line(f"Drawn by --randomly-seed={_Run.seed}")


class NetworkError(AssertionError):
    """A test tried to reach another machine."""


_HERE = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that needs the network fails on the machine of whoever has none: it fails everywhere."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and isinstance(address, tuple) and not str(address[0]).startswith(_HERE):
            raise NetworkError(f"a test tried to reach {address[0]}")
        connect(self, address)  # type: ignore[arg-type]  # whatever the family takes

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the small valid catalogue, to be changed at will."""
    target = tmp_path / "catalogue"
    shutil.copytree(FIXTURES / "base", target)
    return target


Run = Callable[..., "subprocess.CompletedProcess[str]"]


class _Stream(io.TextIOWrapper):
    """A stream of the process as a pipe would be: UTF-8, kept in memory."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)

    def text(self) -> str:
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


def run_here(
    arguments: Sequence[object], cwd: Path, environment: dict[str, str], typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """The command in this very process: same words, same exit code, without starting Python and importing everything again."""
    from jiebang.cli import main

    out, errors, came_from = _Stream(), _Stream(), Path.cwd()
    command = ["jiebang", *map(str, arguments)]
    code: object = None
    with (
        mock.patch.dict(os.environ, environment),
        mock.patch.object(sys, "argv", command),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8")),
        redirect_stdout(out),
        redirect_stderr(errors),
    ):
        os.chdir(cwd)
        try:
            main()
        except SystemExit as stop:
            code = stop.code
        finally:
            os.chdir(came_from)
    return subprocess.CompletedProcess(command, code if isinstance(code, int) else 0, out.text(), errors.text())


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("check", "--catalogue", folder)`: the command in an empty folder."""

    def command(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        return run_here(arguments, cwd or tmp_path, environment)

    return command


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An executable that is the program and starts at once: for git's hooks and forges' scripts, which start it again and again."""
    with warm_program(tmp_path_factory.mktemp("program")) as place:
        yield place


@pytest.fixture(scope="session")
def built_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small catalogue, built once for all; copy it before changing anything."""
    folder = tmp_path_factory.mktemp("built")
    # Not from where it lies: git knows the days of the fixture's files, and the copies that tests change have none.
    shutil.copytree(FIXTURES / "base", folder / "catalogue")
    done = run_here(("build", "--catalogue", "catalogue", "--out", "public"), folder, {})
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "public"


def shared_folder(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that one of the processes of a run makes and all read."""
    base = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    with (base / f"{name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder, made = base / name, base / f"{name}.made"
        if not made.is_file():
            make(folder)
            made.touch()
    return folder


def shared_value(factory: pytest.TempPathFactory, name: str, make: Callable[[], T]) -> T:
    """What one of the processes of a run works out and all take."""

    def write(folder: Path) -> None:
        folder.mkdir()
        (folder / "value").write_bytes(pickle.dumps(make()))

    value: T = pickle.loads((shared_folder(factory, name, write) / "value").read_bytes())  # noqa: S301 - written by this run
    return value


def every_command(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    """The commands of a group, imported, by name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            yield name, command


_LONGEST = {
    "test_browser_pages.py": 35,
    "test_browser_submit.py": 30,
    "test_faults.py": 30,
    "test_judge_script.py": 25,
    "test_browser_reader.py": 25,
    "test_bureau.py": 25,
    "test_browser_list.py": 20,
    "test_browser_journey.py": 20,
    "test_build.py": 15,
    "test_incremental.py": 15,
    "test_benchmarks.py": 15,
    "test_wheel.py": 12,
    "test_browser_actions.py": 12,
    "test_illegal_changes.py": 12,
    "test_received.py": 10,
    "test_scripts_are_checked.py": 10,
    "test_preview.py": 10,
    "test_as_of.py": 10,
    "test_round_trip.py": 10,
    "test_hooks.py": 10,
}
"""About how many seconds of computing a file takes; what is not listed takes less."""

COLLECTED = pytest.StashKey[frozenset[str]]()
"""The files that tests were collected from, relative to the project; empty where only some were asked for."""


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Runs before `-k` and `-m` take items out."""
    whole = config.args == [str(ROOT / "tests")] or config.args == ["tests"] or config.args_source.name == "TESTPATHS"
    files = {item.path.relative_to(ROOT).as_posix() for item in items if item.path.is_relative_to(ROOT)}
    config.stash[COLLECTED] = frozenset(files) if whole else frozenset()
    # A file is one process's: what its tests share is made once. The longest ones first, or one of them is waited for at the end.
    items.sort(key=lambda item: _LONGEST.get(item.path.name, 0), reverse=True)


def pytest_collection_finish() -> None:
    """Thousands of collected tests live to the end: looking among them for garbage, again and again, finds none, and neither did it while
    they were collected."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000, 20, 20)
