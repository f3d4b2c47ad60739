"""Favourites: kept in the browser alone, side by side on their page, on paper and in an address."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import violations
from tests.browser.listed import wait_until_settled
from tests.browser.served import SITE

_FIRST, _SECOND, _THIRD = SITE.demands[:3]


def _path(index: int) -> str:
    return f"demands/{SITE.demands[index].id.lower()}/"


def test_favourites_are_kept(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/")
    buttons = reader.locator("[data-static] .favourite-button")
    expect(buttons).to_have_count(30)
    first = buttons.first
    expect(first).to_have_accessible_name(re.compile("标记 ?：.+"))
    first.focus()
    reader.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-pressed", "true")
    assert reader.url == f"{site}demands/"
    expect(reader.locator("[data-favourites-number]")).to_have_text("（1）")
    title = reader.locator("[data-static] .card-title").first.inner_text()
    reader.goto(f"{site}marked/")
    expect(reader.locator(".comparison-demand .card-title")).to_have_text(title)
    reader.goto(f"{site}demands/?state=open&state=closed&state=failed")
    wait_until_settled(reader)
    expect(reader.locator("[data-found] .favourite-button[aria-pressed=true]")).to_have_count(1)


def test_button_on_a_demands_page(reader: Page, site: str) -> None:
    reader.goto(site + _path(0))
    button = reader.get_by_role("button", name="标记")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    reader.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert reader.evaluate("localStorage.getItem('marks')") == "[]"


def test_only_ids_are_kept(reader: Page, site: str) -> None:
    reader.goto(site + _path(0))
    reader.get_by_role("button", name="标记").click()
    assert reader.evaluate("JSON.stringify(localStorage)") == f'{{"marks":"[\\"{_FIRST.id}\\"]"}}'


def test_pages_side_by_side_follow_each_other(context: BrowserContext, site: str) -> None:
    one, other = context.new_page(), context.new_page()
    one.goto(site + _path(0))
    other.goto(f"{site}marked/")
    expect(other.locator("[data-favourites-none]")).to_be_visible()
    one.get_by_role("button", name="标记").click()
    expect(other.locator(".comparison-demand")).to_have_count(1)
    other.get_by_role("button", name="清空").click()
    expect(one.get_by_role("button", name="标记")).to_have_attribute("aria-pressed", "false")


def test_storage_that_is_refused(reader: Page, site: str) -> None:
    reader.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    reader.goto(site + _path(0))
    button = reader.get_by_role("button", name="标记")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    reader.goto(f"{site}marked/")
    expect(reader.locator("[data-favourites-none]")).to_be_visible()


def test_storage_that_holds_rubbish(reader: Page, site: str) -> None:
    for rubbish in ("{", "3", '"x"', '[1, null, "<img src=x>", "D-AAAA"]'):
        reader.goto(site)
        reader.evaluate("rubbish => localStorage.setItem('marks', rubbish)", rubbish)
        reader.goto(f"{site}marked/")
        expect(reader.locator("[data-favourites-none]")).to_be_visible()


def test_comparison(reader: Page, site: str) -> None:
    reader.goto(f"{site}marked/?ids={_FIRST.id},{_SECOND.id}")
    expect(reader.locator("[data-favourites-count]")).to_have_text("共 2 项")
    expect(reader.locator(".comparison-demand .card-title")).to_have_text([_FIRST.title, _SECOND.title])
    row = reader.locator("tr", has=reader.get_by_role("rowheader", name="代码"))
    expect(row.locator("td")).to_have_text([_FIRST.code, _SECOND.code])
    parameters = reader.locator("tr", has=reader.get_by_role("rowheader", name="参数要求"))
    assert parameters.locator("td").first.locator("p").all_inner_texts() == _FIRST.parameters.splitlines()


def test_share_by_address(reader: Page, site: str) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for index in (0, 1):
        reader.goto(site + _path(index))
        reader.get_by_role("button", name="标记").click()
    reader.goto(f"{site}marked/")
    reader.get_by_role("button", name="复制分享地址").click()
    expect(reader.locator("[data-favourites-status]")).to_contain_text("已复制")
    shared = reader.evaluate("navigator.clipboard.readText()")
    assert shared == f"{site}marked/?ids={_FIRST.id},{_SECOND.id}"
    reader.get_by_role("button", name="清空").click()
    expect(reader.locator("[data-favourites-none]")).to_be_visible()
    reader.goto(shared)
    expect(reader.locator(".comparison-demand")).to_have_count(2)
    expect(reader.get_by_role("button", name="清空")).to_be_hidden()
    reader.get_by_role("button", name="加入我的标记").click()
    expect(reader.locator(".favourite-button[aria-pressed=true]")).to_have_count(2)


def test_what_is_gone_is_said(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site)
    page.evaluate("ids => localStorage.setItem('marks', JSON.stringify(ids))", [_FIRST.id, "D-00000000"])
    page.goto(f"{site}marked/")
    expect(page.locator("[data-favourites-gone]")).to_contain_text("D-00000000")
    expect(page.locator(".comparison-demand")).to_have_count(1)
    page.get_by_role("button", name="从标记中去掉").click()
    expect(page.locator("[data-favourites-gone]")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('marks')") == f'["{_FIRST.id}"]'
    page.route("**/data/v1/demands/*.json", lambda route: route.abort())
    page.reload()
    expect(page.locator("[data-favourites-count]")).to_contain_text("请检查网络")
    page.close()


def test_of_more_than_four_the_reader_says_which_stand_side_by_side(reader: Page, site: str) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    demands = SITE.demands[:6]
    reader.goto(f"{site}marked/?ids={','.join(demand.id for demand in demands)}")
    titles = reader.locator(".comparison-demand .card-title")
    expect(titles).to_have_text([demand.title for demand in demands[:4]])
    boxes = reader.locator(".favourites-choice input")
    expect(boxes).to_have_count(6)
    expect(boxes.nth(5)).to_be_disabled()
    boxes.nth(0).uncheck()
    boxes.nth(5).check()
    wanted = [*demands[1:4], demands[5]]
    expect(titles).to_have_text([demand.title for demand in wanted])
    assert violations(reader) == []
    reader.get_by_role("button", name="复制分享地址").click()
    expect(reader.locator("[data-favourites-status]")).to_contain_text("已复制")
    shared = reader.evaluate("navigator.clipboard.readText()")
    assert shared == f"{site}marked/?ids={','.join(demand.id for demand in wanted)}"
    reader.goto(shared)
    expect(titles).to_have_text([demand.title for demand in wanted])
    expect(reader.locator("[data-favourites-choice]")).to_be_hidden()


def test_on_paper_no_more_than_three_stand_side_by_side(reader: Page, site: str) -> None:
    ids = ",".join(demand.id for demand in SITE.demands[:4])
    reader.goto(f"{site}marked/?ids={ids}")
    expect(reader.locator("table.comparison")).to_have_count(1)
    reader.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(reader.locator("table.comparison")).to_have_count(2)
    reader.emulate_media(media="print")
    expect(reader.locator(".favourite-button").first).to_be_hidden()
    expect(reader.locator("[data-favourites-tools]")).to_be_hidden()
    reader.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(reader.locator("table.comparison")).to_have_count(1)


def test_without_scripts_the_page_says_where_to_go(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}marked/")
    expect(page.get_by_text("需要浏览器的脚本")).to_be_visible()
    expect(page.get_by_role("button", name="打印")).to_be_hidden()
    page.goto(f"{site}demands/")
    expect(page.locator(".favourite-button")).to_have_count(0)
    context.close()
