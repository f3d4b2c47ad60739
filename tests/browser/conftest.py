"""A built sample site behind a plain web server, and a browser that is watched while it reads it."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser import chromium, desk, firefox
from tests.browser.listed import wait_until_settled
from tests.browser.served import TODAY, write_sites
from tests.browser.watch import Watch
from tests.conftest import shared_folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What cannot be asked of Firefox is left to Chromium, with the reason."""
    for item in items:
        if not isinstance(item, pytest.Function) or "browser_name" not in item.fixturenames:
            continue
        reason = firefox.why_not(item.path.name, item.originalname)
        if reason and item.callspec.params.get("browser_name") == "firefox":
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], browser_name: str) -> dict[str, Any]:
    own = firefox.launch_options() if browser_name == "firefox" else chromium.launch_options()
    return {**browser_type_launch_args, **own}


@pytest.fixture(scope="session")
def base_url() -> str | None:
    """Unused; stands in for the plugin's own, which is declared in a way that pytest deprecates (and warnings are errors)."""
    return None


CLEAR = "/clear"
"""An address of the server that makes the browser forget what pages of it have stored."""
_HASHED = re.compile(r"\.[0-9a-f]{10}\.\w+$")


class _Server(SimpleHTTPRequestHandler):
    """Serves a site in a sub-folder, as a city's web server may do."""

    def do_GET(self) -> None:
        if self.path != CLEAR:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Clear-Site-Data", '"storage"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        """Keeps the test's output clean."""

    # A connection is kept, and so are files whose address changes with their content, as by the servers of the guide.
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        if _HASHED.search(self.path):
            self.send_header("Cache-Control", "max-age=31536000, immutable")
        super().end_headers()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with `site/` (rich), `empty/`, `hostile/` and `long/` in it."""
    root = shared_folder(tmp_path_factory, "served", write_sites)
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


_LASTING = ("add_init_script", "expose_function", "on", "route")
"""What a page is given for good."""


class Profile:
    """A browser's profile and a page in it that last for the session: making them costs more than most tests. What a test leaves behind
    (storage, permissions, lost connection, size, further pages) is cleared afterwards; a page that was given anything for good is replaced."""

    def __init__(self, browser: Browser, server: str, now: str, **options: Any) -> None:
        self._server = server
        self._now = now
        self.context = browser.new_context(**options)
        self.watch = Watch(server)
        self.watch.attach(self.context)
        self._kept: Page | None = None
        self._worn = False
        self.set_clock(now)

    def set_clock(self, now: str) -> None:
        """Lets the pages' clock stand at this time, until the test is over."""
        self._at = now
        self.context.clock.set_fixed_time(now)

    @contextmanager
    def page(self) -> Iterator[Page]:
        """A page with nothing in it; what pages complained of fails the test when it is over."""
        self.watch.complaints.clear()
        page = self._kept or self._new()
        # Firefox gives the keyboard to the window that was opened last.
        page.bring_to_front()
        yield page
        complaints = list(self.watch.complaints)
        self._clear(page)
        assert complaints == []

    def _new(self) -> Page:
        page = self._kept = self.context.new_page()
        self._size = page.viewport_size
        self._worn = False
        for name in _LASTING:
            setattr(page, name, functools.partial(self._wear, getattr(page, name)))
        return page

    def _wear(self, give: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        self._worn = True
        return give(*arguments, **named)

    def _clear(self, page: Page) -> None:
        # Only a page that could be cleared is kept.
        self._kept = None
        self.context.set_offline(False)
        self.context.clear_permissions()
        self.context.clear_cookies()
        for other in self.context.pages:
            if other != page:
                other.close()
        if self._worn:
            page.close()
            page = self._new()
            self._kept = None
        # Left first: a page may store something when it is left.
        page.goto(self._server + CLEAR)
        page.evaluate("sessionStorage.clear()")
        page.goto("about:blank")
        if self._at != self._now:
            self.set_clock(self._now)
        page.emulate_media(media="null", color_scheme="light", reduced_motion="no-preference")
        if self._size and page.viewport_size != self._size:
            page.set_viewport_size(self._size)
        self._kept = page


@pytest.fixture(scope="session")
def desktop(browser: Browser, server: str) -> Iterator[Profile]:
    profile = Profile(browser, server, f"{TODAY}T12:00:00+08:00")
    yield profile
    profile.context.close()


@pytest.fixture(scope="session")
def mobile(browser: Browser, server: str) -> Iterator[Profile]:
    noon = f"{desk.TODAY}T12:00:00+08:00"
    size: ViewportSize = {"width": 390, "height": 844}
    profile = Profile(browser, server, noon, viewport=size, has_touch=True, is_mobile=True, locale="zh-CN")
    profile.context.on("dialog", lambda dialog: dialog.accept())
    yield profile
    profile.context.close()


@pytest.fixture
def reader(desktop: Profile) -> Iterator[Page]:
    """A watched page whose clock stands at noon of TODAY in China."""
    with desktop.page() as page:
        yield page


@pytest.fixture
def phone(mobile: Profile) -> Iterator[Page]:
    """The same on a telephone, on the day of the desk."""
    with mobile.page() as page:
        yield page


@pytest.fixture
def found(reader: Page) -> Callable[[], list[str]]:
    """Codes of the demands that the list shows now."""

    def codes() -> list[str]:
        wait_until_settled(reader)
        return reader.locator("[data-found] .card .code").all_inner_texts()

    return codes
