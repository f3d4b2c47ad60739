"""Builds are made in a folder of the test's own: the settings and the map of this checkout are of the sample's city."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path

import pytest

from jiebang.publication.gate import look_at_files
from jiebang.rules.secret_index import SecretIndex
from tests.build.building import build_site
from tests.conftest import FIXTURES


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def new_store(tmp_path: Path) -> Path:
    """The folder of a store that has nothing in it."""
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("filled")
    shutil.copytree(FIXTURES / "base", home / "catalogue")
    (home / "store").mkdir()
    with chdir(home):
        build_site(home / "catalogue", home / "public", home / "store")
    return home / "store"


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Path:
    """The folder of a store that knows what a build of the small catalogue finds: the first build is not what is asked about."""
    return shutil.copytree(filled, tmp_path / "store")


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Takes the path of each file that is looked through."""
    seen: list[str] = []

    def noted(files: Sequence[tuple[str, bytes]], secrets: SecretIndex) -> tuple[list[tuple[str, ...]], bytes]:
        seen.extend(path for path, _ in files)
        return look_at_files(files, secrets)

    monkeypatch.setattr("jiebang.build.site_files.look_at_files", noted)
    return seen
