"""The program's data and a bureau's workspace are two places: each is found where it is, and only the workspace is written to."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

import pytest

from jiebang import resources, workspace
from jiebang.build.sources import sources
from jiebang.errors import UserError
from jiebang.resources import program_data, schema_folder
from jiebang.workspace import cache_folder, workspace_of
from tests.conftest import ROOT


def test_in_a_checkout_the_data_stands_at_its_root() -> None:
    assert program_data() == ROOT
    assert schema_folder() == ROOT / "schemas"


def test_only_one_module_knows_where_the_data_lies() -> None:
    package = ROOT / "generator" / "jiebang"
    climbing = [
        file.name
        for file in package.rglob("*.py")
        if re.search(r"__file__\)[^\n]*parents\[", file.read_text(encoding="utf-8"))
    ]
    assert climbing == []


def test_data_in_an_archive_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "program.zip", "w") as archive:
        archive.writestr("jiebang/__init__.py", "")
    monkeypatch.setattr("importlib.resources.files", lambda name: zipfile.Path(tmp_path / "program.zip", f"{name}/"))
    with pytest.raises(UserError, match="装在压缩包里"):
        resources.program_data.__wrapped__()


def test_settings_beside_the_catalogue_make_its_folder_the_workspace(tmp_path: Path) -> None:
    catalogue = tmp_path / "bureau" / "catalogue"
    catalogue.mkdir(parents=True)
    assert workspace_of(catalogue) == Path.cwd()
    (tmp_path / "bureau" / workspace.SETTINGS).touch()
    assert workspace_of(catalogue) == tmp_path / "bureau"


def test_the_store_of_frames_is_private_and_in_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(workspace.CACHE_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    # A relative folder must not be handed on: the engine would look for it in the program.
    folder = cache_folder(Path())
    assert folder == tmp_path / ".cache"
    assert folder.stat().st_mode & 0o077 == 0
    monkeypatch.setenv(workspace.CACHE_VARIABLE, str(tmp_path / "a" / "b"))
    assert cache_folder(Path()) == tmp_path / "a" / "b"
    # Where nothing can be made, the system's place for temporary files serves.
    (tmp_path / "file").touch()
    monkeypatch.setenv(workspace.CACHE_VARIABLE, str(tmp_path / "file"))
    spare = cache_folder(Path())
    try:
        assert spare.is_dir() and not spare.is_relative_to(tmp_path / "file")
    finally:
        os.rmdir(spare)  # noqa: PTH106 - empty, or the test has found something


def test_what_is_watched_is_the_data_and_the_workspace(tmp_path: Path) -> None:
    ours = [ROOT / "site", ROOT / "mkdocs.yml"]
    beside = ("synonyms.yml", "external.yml", "districts.svg", "mkdocs.yml", "pages")
    assert sources(ROOT, ROOT) == [*ours, *(ROOT / name for name in beside[:3])]
    assert sources(ROOT, tmp_path) == [*ours, *(tmp_path / name for name in beside)]
