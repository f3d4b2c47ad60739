"""By day one visit with Firefox, where there is one; by night the other tests of pages are run in it, too."""

from __future__ import annotations

import ast

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser import firefox
from tests.browser.served import SITE, TODAY
from tests.browser.watch import Watch
from tests.conftest import ROOT


@pytest.mark.skipif(firefox.executable() is None, reason="there is no Firefox here")
def test_the_list_a_demand_and_the_form_work_in_firefox(playwright: Playwright, server: str) -> None:
    watch = Watch(server)
    browser = playwright.firefox.launch(**firefox.launch_options())
    context = browser.new_context(locale="zh-CN")
    watch.attach(context)
    context.clock.set_fixed_time(f"{TODAY}T12:00:00+08:00")
    page = context.new_page()
    page.goto(f"{server}/site/demands/")
    cards = page.locator("[data-found] .card")
    demand = SITE.demands[3]
    page.get_by_role("searchbox").fill(demand.title)
    expect(cards.first).to_contain_text(demand.title)
    cards.first.get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text(demand.title)
    page.goto(f"{server}/site/submit/demand/")
    page.locator("[data-step-next]").click()
    expect(page.locator("#s-enterprise")).to_be_focused()
    browser.close()
    assert watch.complaints == []


def test_what_is_not_run_in_firefox_is_there() -> None:
    """A test that was given another name would be run there again, and fail."""
    folder = ROOT / "tests" / "browser"
    for file, test in firefox.not_driven():
        tree = ast.parse((folder / file).read_text(encoding="utf-8"))
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, (file, test)
