"""What all tests share: the small valid catalogue to break, the command line, and a guard that lets nothing reach the network."""

from __future__ import annotations

import fcntl
import gc
import io
import os
import pickle
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TypeVar
from unittest import mock

import click
import pytest

from tests import turns
from tests.browser import firefox
from tests.turns import at_night
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


@pytest.hookimpl(optionalhook=True)  # pytest may be run without xdist
def pytest_xdist_auto_num_workers() -> int:
    """Two workers more than there are processors: a worker waits half of its time, for pages, pauses and disks, and with one more a quarter of
    two processors still stood idle."""
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(trylast=True)  # Hypothesis settles its profile first, pytest-randomly the seed
def pytest_configure(config: pytest.Config) -> None:
    """By night pages are tested in Firefox, too, where there is one; `--browser firefox` does so at any time. What is drawn follows the seed."""
    if at_night() and firefox.executable() and not getattr(config.option, "browser", ["none"]):
        config.option.browser = ["chromium", "firefox"]
    if config.getoption("dist", "no") == "no":  # who hands tests out collects none
        gc.disable()  # until `pytest_collection_finish`
    config.stash[DRAWN_BY] = turns.seed_for(config)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Quiet reports have no head, in which the seed would stand."""
    if config.stash[DRAWN_BY] is not None and not at_night():
        terminalreporter.write_line(
            f"Drawn by --randomly-seed={config.stash[DRAWN_BY]}; what waits for its turn: tests/turns.py"
        )


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


T = TypeVar("T")
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


DRAWN_BY = pytest.StashKey[int | None]()
"""The seed that this run draws by; none where nothing is drawn."""
COLLECTED = pytest.StashKey[frozenset[str]]()
"""The files that tests were collected from, relative to the project; empty where only some were asked for."""


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Runs before `-k` and `-m` take items out."""
    whole = config.args == [str(ROOT / "tests")] or config.args == ["tests"] or config.args_source.name == "TESTPATHS"
    files = {item.path.relative_to(ROOT).as_posix() for item in items if item.path.is_relative_to(ROOT)}
    config.stash[COLLECTED] = frozenset(files) if whole else frozenset()
    waiting = turns.draw(items) if whole else set()
    if waiting:
        config.hook.pytest_deselected(items=[item for item in items if item in waiting])
    # A file is one process's: what its tests share is made once. The longest ones first, or one of them is waited for at the end.
    items[:] = sorted((item for item in items if item not in waiting), key=_longest_first)


def _longest_first(item: pytest.Item) -> float:
    dear = turns.DEAR.get(turns.file_of(item))
    return -dear.seconds * dear.share if dear else 0.0


def pytest_collection_finish() -> None:
    """Thousands of collected tests live to the end: looking among them for garbage, again and again, finds none, and neither did it while
    they were collected."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000, 20, 20)
