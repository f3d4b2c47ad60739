"""Forms are parsed in the test's own process: what the process of its own is for, `test_attacks.py` asks of it directly."""

from __future__ import annotations

import pytest

from jiebang.catalogue import Catalogue, load
from jiebang.forms.reading.document import sandbox
from jiebang.forms.writing import Form, forms_of, to_word
from tests.conftest import SAMPLE


@pytest.fixture(autouse=True)
def _parse_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiebang.forms.importing.run.parse_apart", sandbox.parse)


@pytest.fixture(scope="session")
def sample() -> Catalogue:
    return load(SAMPLE)[0]


@pytest.fixture(scope="session")
def printed(sample: Catalogue) -> list[tuple[Form, bytes]]:
    """Every form of every record of the sample, as Word files. Tests that ask for it are a group: one worker prints for all."""
    ids = [record.id for record in (*sample.enterprises, *sample.demands, *sample.applications)]
    return [(form, to_word(form)) for form in forms_of(sample, ids)]
