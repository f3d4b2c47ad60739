"""Frames are built once for all tests of a run and rendered sites are kept as plain dictionaries: path → bytes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jiebang.site import Frames, load_frames, render
from jiebang.view import PublicSite
from jiebang.workspace import cache_folder
from tests.conftest import ROOT
from tests.site import samples


@pytest.fixture(scope="session")
def frames() -> Frames:
    return load_frames(ROOT, cache_folder(ROOT))


@pytest.fixture(scope="session")
def rendered(frames: Frames) -> Callable[[PublicSite], dict[str, bytes]]:
    def render_all(site: PublicSite) -> dict[str, bytes]:
        return {output.path: output.content for output in render(site, frames)}

    return render_all


@pytest.fixture(scope="session")
def rich(rendered: Callable[[PublicSite], dict[str, bytes]]) -> dict[str, bytes]:
    return rendered(samples.make_site(70))


@pytest.fixture(scope="session")
def empty(rendered: Callable[[PublicSite], dict[str, bytes]]) -> dict[str, bytes]:
    return rendered(samples.empty_site())


@pytest.fixture(scope="session")
def hostile(rendered: Callable[[PublicSite], dict[str, bytes]]) -> dict[str, bytes]:
    return rendered(samples.hostile_site())
