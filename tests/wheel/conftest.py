"""One wheel and one environment for all tests of a run, however many processes run them."""

from __future__ import annotations

import pytest

from tests.conftest import shared_folder
from tests.wheel.installed import Installed, install


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed.below(shared_folder(tmp_path_factory, "wheel", install))
