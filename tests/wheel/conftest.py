"""One wheel and one environment for all tests of a run, however many processes run them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wheel.installed import Installed, install

_STATE = "installed.txt"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    import fcntl

    with (base / "wheel.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state = base / _STATE
        if state.is_file():
            paths = [Path(line) for line in state.read_text(encoding="utf-8").splitlines()]
            made = Installed(*paths)
        else:
            made = install(base / "wheel")
            lines = (made.wheel, made.packages, made.environment)
            state.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    yield made
