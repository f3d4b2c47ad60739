"""The page that tests share is given to each of them as if it were new."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.browser.conftest import Profile
from tests.browser.served import TODAY

_STATE = """() => [
    localStorage.length, sessionStorage.length, document.cookie, innerWidth, Date.now(), matchMedia("(prefers-color-scheme: dark)").matches,
    matchMedia("(prefers-reduced-motion: reduce)").matches, matchMedia("print").matches, "left" in window, navigator.onLine,
]"""


def _state(page: Page, site: str) -> object:
    page.goto(f"{site}about/")
    return page.evaluate(_STATE)


def test_nothing_of_a_test_is_left_for_the_next(browser: Browser, server: str, site: str) -> None:
    profile = Profile(browser, server, f"{TODAY}T12:00:00+08:00")
    with profile.page() as page:
        first = page
        new = _state(page, site)
        page.evaluate("localStorage.left = sessionStorage.left = '1'; document.cookie = 'left=1'")
        page.set_viewport_size({"width": 500, "height": 400})
        page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce")
        profile.set_clock("2040-01-01T12:00:00+08:00")
        profile.context.new_page()
        assert _state(page, site) != new
        profile.context.set_offline(True)
    with profile.page() as page:
        assert page is first
        assert profile.context.pages == [page]
        assert _state(page, site) == new
        page.add_init_script("window.left = 1")
        assert _state(page, site) != new
    with profile.page() as page:
        assert _state(page, site) == new
        page.route("**/about/", lambda route: route.fulfill(body="left"))
    with profile.page() as page:
        assert _state(page, site) == new
        assert page.locator("h1").count() == 1
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
    with profile.page() as page:
        _state(page, site)
        assert asked == []
    profile.context.close()
