"""A demand to take away: on one page of paper, and as a card with a QR code."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.served import ADDRESS, SITE
from tests.site import samples

_OPEN = next(demand for demand in samples.make_site(6).demands if demand.status == "published")
_PAGE = f"addressed/demands/{_OPEN.id.lower()}/"


def _sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_a_demand_is_printed_on_one_page(reader: Page, server: str) -> None:
    """One of each state; headings, address and code are there."""
    wanted = {demand.status: demand for demand in samples.make_site(6).demands}
    for demand in wanted.values():
        reader.goto(f"{server}/addressed/demands/{demand.id.lower()}/")
        assert _sheets(reader.pdf(prefer_css_page_size=True)) == 1, demand.status
    reader.goto(f"{server}/{_PAGE}")
    reader.emulate_media(media="print")
    expect(reader.locator(".paper-address svg")).to_be_visible()
    expect(reader.locator(".paper-address")).to_have_text(f"{ADDRESS}demands/{_OPEN.id.lower()}/")
    expect(reader.locator(".brand")).to_be_visible()
    for hidden in (".actions", ".near", ".footer", ".share-card", ".fit-ways", ".crumbs"):
        expect(reader.locator(hidden).first).to_be_hidden()
    reader.emulate_media(media="screen")
    expect(reader.locator(".paper-address")).to_be_hidden()


def test_a_long_demand_flows_on(reader: Page, server: str) -> None:
    """Nothing is cut off where the text needs a second page."""
    reader.goto(f"{server}/{_PAGE}")
    reader.evaluate("""() => {
      const text = document.querySelector('.demand-text p');
      for (let number = 0; number < 60; number += 1) text.after(Object.assign(document.createElement('p'), { textContent: '示例'.repeat(60) }));
    }""")
    assert _sheets(reader.pdf(prefer_css_page_size=True)) > 1


def test_a_site_without_an_address_prints_too(reader: Page, site: str) -> None:
    demand = next(demand for demand in SITE.demands if demand.status == "published")
    reader.goto(f"{site}demands/{demand.id.lower()}/")
    expect(reader.locator(".paper-address")).to_have_count(0)
    expect(reader.locator(".share-card")).to_have_count(0)
    assert _sheets(reader.pdf(prefer_css_page_size=True)) == 1


def test_the_card_is_saved_as_a_picture(reader: Page, server: str, tmp_path: Path) -> None:
    reader.goto(f"{server}/{_PAGE}")
    reader.locator(".share-card summary").click()
    card = reader.locator(".share-card img")
    expect(card).to_be_visible()
    with reader.expect_download() as download:
        reader.get_by_role("button", name="保存为图片").click()
    assert download.value.suggested_filename == f"需求卡片-{_OPEN.code}.png"
    content = Path(download.value.path()).read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)] == [1200, 1600]
    # A long press keeps what stands on the page, where nothing can be downloaded.
    expect(card).to_have_attribute("src", re.compile("^data:image/png;base64,"))
    expect(reader.locator(".share-card [role=status]")).to_contain_text("已生成")
    for scheme in ("light", "dark"):
        reader.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(reader) == []


def test_a_card_that_does_not_come_is_said(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.route("**/card.svg", lambda route: route.abort())
    page.goto(f"{server}/{_PAGE}")
    page.locator(".share-card summary").click()
    page.get_by_role("button", name="保存为图片").click()
    expect(page.locator(".share-card [role=status]")).to_contain_text("没有生成图片")
    page.close()


def test_without_scripts_the_card_is_a_file(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/{_PAGE}")
    page.locator(".share-card summary").click()
    expect(page.locator(".share-card img")).to_be_visible()
    expect(page.get_by_role("button", name="保存为图片")).to_be_hidden()
    page.get_by_role("link", name="单独打开").click()
    assert page.url == f"{server}/{_PAGE}card.svg"
    context.close()
