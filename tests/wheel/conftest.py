"""One wheel and one environment for all tests of a run, however many processes run them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.conftest import shared_folder
from tests.warm import warm_program
from tests.wheel.installed import CLEAN, Installed, install


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    made = Installed.below(shared_folder(tmp_path_factory, "wheel", install))
    folder = tmp_path_factory.mktemp("installed")
    with warm_program(folder, made.environment / "bin" / "python", CLEAN) as program:
        yield replace(made, program=program)
