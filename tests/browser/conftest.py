"""A built sample site behind a plain web server, and a browser that is watched while it reads it."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.chromium import QUIET, executable
from tests.browser.listed import wait_until_settled
from tests.browser.served import TODAY, write_sites
from tests.browser.watch import Watch


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": executable(), "args": list(QUIET)}


@pytest.fixture(scope="session")
def base_url() -> str | None:
    """Unused; stands in for the plugin's own, which is declared in a way that pytest deprecates (and warnings are errors)."""
    return None


class _Server(SimpleHTTPRequestHandler):
    """Serves a site in a sub-folder, as a city's web server may do."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        """Keeps the test's output clean."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with `site/` (rich), `empty/`, `hostile/` and `long/` in it."""
    root = tmp_path_factory.mktemp("served")
    write_sites(root, tmp_path_factory.mktemp("cache"))
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Server, directory=str(root))) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture
def site(server: str) -> str:
    """Address of the rich site, with the final slash."""
    return f"{server}/site/"


@pytest.fixture
def watched(context: BrowserContext, server: str) -> Iterator[Watch]:
    """Fails the test when a page complained or asked another host for something."""
    watch = Watch(server)
    watch.attach(context)
    yield watch
    assert watch.complaints == []


@pytest.fixture
def reader(page: Page, watched: Watch) -> Page:
    """A watched page whose clock stands at noon of TODAY in China."""
    page.clock.set_fixed_time(f"{TODAY}T12:00:00+08:00")
    return page


@pytest.fixture
def found(reader: Page) -> Callable[[], list[str]]:
    """Codes of the demands that the list shows now."""

    def codes() -> list[str]:
        wait_until_settled(reader)
        return reader.locator("[data-found] .card .code").all_inner_texts()

    return codes
