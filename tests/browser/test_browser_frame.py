"""What stands around every page: large type that is remembered and stays readable, and what the page tells to those it is shared with."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import broken, contrasts, shorten
from tests.browser.served import SITE
from tests.turns import by_day

_PAGES = ("", "demands/", "districts/jiangnan/", f"demands/{SITE.demands[0].id.lower()}/", "accessibility/")


def _size_of_text(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main li')).fontSize)"))


def test_large_type_enlarges_is_remembered_and_can_be_undone(reader: Page, site: str) -> None:
    reader.goto(site)
    before = _size_of_text(reader)
    button = reader.get_by_role("button", name="长辈版")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    assert _size_of_text(reader) >= before * 1.25
    reader.goto(f"{site}about/")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(reader.locator("html")).not_to_have_attribute("data-size", "large")
    reader.reload()
    expect(button).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("path", by_day(_PAGES, 2))
def test_large_type_fits_and_contrasts(reader: Page, site: str, path: str) -> None:
    reader.add_init_script("localStorage.setItem('size', 'large')")
    reader.goto(site + path)
    widths = (320, 768)
    for width in widths:
        reader.set_viewport_size({"width": width, "height": 800})
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
    shorten(reader)
    for width in widths:
        reader.set_viewport_size({"width": width, "height": 800})
        assert broken(reader, "target-size") == []
        assert contrasts(reader, "light") == []
        assert contrasts(reader, "dark") == []


_LINES = """selector => {
  const lines = {};
  const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at += 1) {
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + 1);
    const { top, width } = range.getBoundingClientRect();
    if (width) lines[Math.round(top)] = (lines[Math.round(top)] || '') + walker.currentNode.data[at];
  }
  return Object.values(lines);
}"""
"""Texts of an element's lines, from the first to the last."""


def test_on_narrow_telephones_nothing_stands_alone_on_a_line(reader: Page, site: str) -> None:
    reader.goto(site)
    for width in (320, 348, 360, 390):
        reader.set_viewport_size({"width": width, "height": 700})
        for selector in (".brand-name", ".hero h1"):
            lines: list[str] = reader.evaluate(_LINES, selector)
            assert min(map(len, lines)) > 2, (width, lines)
        tops = reader.locator(".menu a").evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")
        assert len(set(tops)) == 1, width
    # Neither in a browser that does not balance lines.
    reader.set_viewport_size({"width": 360, "height": 700})
    for selector in (".brand-name", ".hero h1"):
        reader.locator(selector).evaluate("one => { one.style.textWrap = 'wrap'; }")
        assert min(len(line) for line in reader.evaluate(_LINES, selector)) > 2


def test_without_storage_the_buttons_still_work(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
        page.goto(site)
        page.get_by_role("button", name="长辈版").click()
        expect(page.locator("html")).to_have_attribute("data-size", "large")


def test_page_tells_what_government_sites_tell(reader: Page, site: str) -> None:
    demand = SITE.demands[0]
    reader.goto(f"{site}demands/{demand.id.lower()}/")

    def told(name: str) -> str:
        return reader.locator(f'meta[name="{name}"]').get_attribute("content") or ""

    assert told("ArticleTitle") == demand.title
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", told("PubDate"))
    assert told("PubDate").startswith(demand.published_on)
    assert told("ContentSource") == SITE.city.bureau
    assert told("ColumnName")
    assert told("ColumnType")
    assert SITE.city.name in told("SiteName")


def test_shared_page_has_title_text_and_picture(reader: Page, site: str) -> None:
    demand = SITE.demands[0]
    reader.goto(f"{site}demands/{demand.id.lower()}/")
    assert reader.locator('meta[property="og:title"]').get_attribute("content") == demand.title
    assert demand.code in (reader.locator('meta[property="og:description"]').get_attribute("content") or "")
    picture = reader.locator('meta[itemprop="image"]').get_attribute("content")
    width = reader.evaluate(
        "async (src) => { const image = new Image(); image.src = src; await image.decode(); return image.naturalWidth; }",
        picture,
    )
    # WeChat takes no smaller one.
    assert width >= 300
