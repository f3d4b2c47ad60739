"""Forms are parsed in the test's own process: what the process of its own is for, `test_attacks.py` asks of it directly."""

from __future__ import annotations

import pytest

from jiebang.catalogue import Catalogue, load
from jiebang.forms.reading.document import sandbox
from tests.conftest import SAMPLE


@pytest.fixture(autouse=True)
def _parse_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiebang.forms.importing.run.parse_apart", sandbox.parse)


@pytest.fixture(scope="session")
def sample() -> Catalogue:
    return load(SAMPLE)[0]
