"""Searching and filtering the list: exactly what a plain substring search finds, kept in the address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from served import SITE, TODAY

from jiebang.site.search import public_text
from jiebang.view import Demand

Found = Callable[[], list[str]]
_TEXTS = {demand.id: public_text(demand, SITE) for demand in SITE.demands}


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _expected(query: str) -> set[str]:
    words = _fold(query).split()
    return {d.code for d in SITE.demands if all(word in _fold(_TEXTS[d.id]) for word in words)}


def _queries(count: int) -> list[str]:
    """Pieces cut at random out of what the site publishes, some of them in pairs."""
    random = Random(7)  # noqa: S311  a seeded sample, not a secret
    cut = []
    while len(cut) < count:
        text = _TEXTS[random.choice(SITE.demands).id]
        pieces = []
        for _ in range(random.choice((1, 1, 2))):
            start = random.randrange(len(text))
            pieces.append(text[start : start + random.randint(1, 8)].replace("\n", " ").strip())
        query = " ".join(piece for piece in pieces if piece)
        if query:
            cut.append(query)
    return cut


def _show_all(page: Page) -> None:
    while page.locator(".more-button").count():
        page.locator(".more-button").click()


def _count(page: Page) -> int:
    return int(re.findall(r"\d+", page.locator("[data-count]").inner_text())[0])


def test_search_equals_plain_substring(reader: Page, site: str, found: Found) -> None:
    reader.goto(f"{site}demands/")
    for query in [*_queries(40), "ＵＬ 94", "v-0", "没有这样的词", "Q1-", "企业名称不公开", "民营"]:
        reader.fill("#q", query)
        expect(reader.locator("[data-count]")).to_have_text(f"找到 {len(_expected(query))} 项需求")
        _show_all(reader)
        assert set(found()) == _expected(query), query


def test_card_of_the_script_is_the_card_of_the_template(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/")
    cards = "all => all.map(one => one.outerHTML.replace(/\\n/g, ''))"
    fixed = reader.locator("[data-static] .card").evaluate_all(cards)
    reader.fill("#q", "示")
    expect(reader.locator("[data-found]")).to_be_visible()
    _show_all(reader)
    made = reader.locator("[data-found] .card").evaluate_all(cards)
    assert made[: len(fixed)] == fixed


def _state(demand: Demand) -> str:
    if demand.status != "published":
        return demand.status
    return "open" if demand.apply_by >= TODAY else "closed"


@pytest.mark.parametrize("state", ["open", "closed", "selected", "accepted", "unmet", "failed"])
def test_state_filter(reader: Page, site: str, found: Found, state: str) -> None:
    reader.goto(f"{site}demands/")
    reader.select_option("#state", state)
    expect(reader.locator("[data-found]")).to_be_visible()
    _show_all(reader)
    expected = {d.code for d in SITE.demands if _state(d) == state}
    assert expected
    assert set(found()) == expected


def test_filters_narrow_each_other(reader: Page, site: str, found: Found) -> None:
    reader.goto(f"{site}demands/")
    reader.select_option("#district", "jiangnan")
    reader.select_option("#section", "C")
    reader.fill("#q", "材料")
    expected = {
        d.code
        for d in SITE.demands
        if d.district == "jiangnan" and d.enterprise.section == "C" and d.code in _expected("材料")
    }
    expect(reader.locator("[data-count]")).to_have_text(f"找到 {len(expected)} 项需求")
    _show_all(reader)
    assert set(found()) == expected
    reader.reload()
    expect(reader.locator("[data-count]")).to_have_text(f"找到 {len(expected)} 项需求")
    expect(reader.locator("#district")).to_have_value("jiangnan")
    expect(reader.locator("#q")).to_have_value("材料")


def test_back_and_forward(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/")
    reader.fill("#q", "激光")
    reader.locator("#q").blur()
    reader.select_option("#state", "failed")
    reader.locator("[data-found] .card-title a").first.click()
    expect(reader.locator(".demand")).to_be_visible()
    reader.go_back()
    expect(reader.locator("#state")).to_have_value("failed")
    expect(reader.locator("[data-found] .card").first).to_be_visible()
    reader.go_back()
    expect(reader.locator("#state")).to_have_value("")
    expect(reader.locator("#q")).to_have_value("激光")
    reader.go_back()
    expect(reader.locator("#q")).to_have_value("")
    expect(reader.locator("[data-static]")).to_be_visible()
    reader.go_forward()
    expect(reader.locator("#q")).to_have_value("激光")
    expect(reader.locator("[data-found] .card").first).to_be_visible()


def test_typing_is_one_step_back(reader: Page, site: str) -> None:
    reader.goto(f"{site}about/")
    reader.goto(f"{site}demands/")
    reader.locator("#q").press_sequentially("laser激光")
    reader.go_back()
    expect(reader.locator("#q")).to_have_value("")
    reader.go_back()
    expect(reader.locator("h1")).to_have_text("关于本站")


def test_address_can_be_shared(reader: Page, site: str, found: Found) -> None:
    reader.goto(f"{site}demands/?q={quote('检测')}&show=60&district=nowhere&state=open")
    expect(reader.locator("#district")).to_have_value("")
    expect(reader.locator("[data-found]")).to_be_visible()
    expected = {d.code for d in SITE.demands if d.code in _expected("检测") and _state(d) == "open"}
    assert set(found()) == expected


def test_more_button(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/?q={quote('示例')}")
    expect(reader.locator("[data-found] .card")).to_have_count(30)
    reader.locator(".more-button").focus()
    reader.keyboard.press("Enter")
    expect(reader.locator("[data-found] .card")).to_have_count(60)
    expect(reader.locator("[data-found] .card-title a").nth(30)).to_be_focused()
    reader.reload()
    expect(reader.locator("[data-found] .card")).to_have_count(60)


def test_clear(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/?q={quote('激光')}&state=open")
    expect(reader.locator("[data-found]")).to_be_visible()
    reader.get_by_role("button", name="清除").click()
    expect(reader.locator("[data-static]")).to_be_visible()
    assert _count(reader) == len(SITE.demands)
    assert reader.url == f"{site}demands/"


def test_home_search_leads_to_the_list(reader: Page, site: str) -> None:
    reader.goto(site)
    reader.fill("#q", "激光")
    reader.keyboard.press("Enter")
    expect(reader.locator("[data-count]")).to_have_text(f"找到 {len(_expected('激光'))} 项需求")


def test_rows_that_do_not_come(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.route("**/assets/demands.*.json", lambda route: route.abort())
    page.goto(f"{site}demands/?q=x")
    expect(page.locator("[data-count]")).to_contain_text("请检查网络")
    page.unroute("**/assets/demands.*.json")
    page.fill("#q", "激光")
    expect(page.locator("[data-count]")).to_contain_text("找到")
    page.close()


def test_without_scripts(browser: Browser, site: str) -> None:
    """Every demand is reached by following the list's own links, and nothing is offered that cannot work."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}demands/")
    expect(page.locator(".filter")).to_be_hidden()
    expect(page.locator(".facets")).to_be_visible()
    codes: list[str] = []
    while True:
        codes += page.locator(".card .code").all_inner_texts()
        following = page.get_by_role("link", name="下一页")
        if not following.count():
            break
        following.click()
    assert sorted(codes) == sorted(d.code for d in SITE.demands)
    page.locator(".card-title a").first.click()
    expect(page.locator(".head-due")).to_contain_text(re.compile(r"揭榜截止 \d{4}-\d{2}-\d{2}"))
    expect(page.get_by_role("heading", name="参数要求")).to_be_visible()
    page.goto(site)
    expect(page.locator(".hero-search")).to_be_hidden()
    context.close()
