"""A sealed catalogue, made once, and a copy of it for each test."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sealing import Sealed, make_sealed


@pytest.fixture(scope="session")
def sealed_base(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return make_sealed(tmp_path_factory.mktemp("sealed"))


@pytest.fixture
def sealed(sealed_base: Sealed, tmp_path: Path) -> Sealed:
    shutil.copytree(sealed_base.catalogue, tmp_path / "catalogue")
    return replace(sealed_base, catalogue=tmp_path / "catalogue")
