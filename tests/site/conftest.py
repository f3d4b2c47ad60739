"""Frames are built once for all tests of a run and rendered sites are kept as plain dictionaries: path → bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jiebang.site import Frames, load_frames, render
from jiebang.site.config import SiteConfig
from jiebang.view import PublicSite
from jiebang.workspace import cache_folder
from tests.conftest import ROOT, shared_value
from tests.site import samples

Rendered = Callable[[PublicSite], dict[str, bytes]]


@pytest.fixture(scope="session")
def frames() -> Frames:
    return load_frames(ROOT, cache_folder(ROOT))


@pytest.fixture
def engine_runs(frames: Frames, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Stands in for the engine where the question is only whether it runs: takes where it was to build."""
    runs: list[Path] = []

    def noted(_: Path, built: Path, *__: object) -> SiteConfig:
        runs.append(built)
        built.mkdir()
        (built / "index.html").touch()
        return frames.config

    monkeypatch.setattr("jiebang.site.frames.build_pages", noted)
    return runs


@pytest.fixture(scope="session")
def rendered(frames: Frames) -> Rendered:
    def render_all(site: PublicSite) -> dict[str, bytes]:
        return {output.path: output.content for output in render(site, frames)}

    return render_all


@pytest.fixture(scope="session")
def rich(rendered: Rendered, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return shared_value(tmp_path_factory, "rich", lambda: rendered(samples.make_site(70)))


@pytest.fixture(scope="session")
def empty(rendered: Rendered, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return shared_value(tmp_path_factory, "empty", lambda: rendered(samples.empty_site()))


@pytest.fixture(scope="session")
def hostile(rendered: Rendered, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return shared_value(tmp_path_factory, "hostile", lambda: rendered(samples.hostile_site()))
