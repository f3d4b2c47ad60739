"""Filtering the list: counts as counted by hand, choices in the address, one step back for each, and the ways out of an empty result."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random, randrange
from typing import Literal
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from jiebang.site.search import public_text
from tests.browser.listed import (
    FACETS,
    Demand,
    ask,
    counts,
    fold,
    hurry,
    matching,
    show_all,
    states,
    wait_until_settled,
)
from tests.browser.served import SITE
from tests.turns import at_night

Found = Callable[[], list[str]]
_TEXTS = {demand.id: fold(public_text(demand, SITE)) for demand in SITE.demands}


@pytest.fixture(scope="module")
def demands(server: str) -> list[Demand]:
    """The published objects, in the order of the list."""
    with urlopen(f"{server}/site/data/v1/demands.json") as answer:  # noqa: S310  the test's own server
        listed: list[Demand] = json.load(answer)["demands"]
    return listed


def _with(demands: list[Demand], word: str) -> list[Demand]:
    return [d for d in demands if fold(word) in _TEXTS[d["id"]]]


def _shown_counts(page: Page) -> dict[str, dict[str, int]]:
    shown: dict[str, dict[str, int]] = page.evaluate(
        """() => Object.fromEntries(Array.from(document.querySelectorAll(".facet"), facet => [facet.dataset.facet,
            Object.fromEntries(Array.from(facet.querySelectorAll(".option"), option =>
                [option.querySelector("input").value, parseInt(option.querySelector(".option-number").textContent, 10)]))]))"""
    )
    return shown


def _address(chosen: dict[str, set[str]], word: str = "") -> str:
    pairs = [("q", word)] if word else []
    for key, values in chosen.items():
        pairs += [("division" if value.isdigit() and key == "section" else key, value) for value in sorted(values)]
    return f"?{urlencode(pairs)}"


def _combinations(demands: list[Demand], count: int) -> list[tuple[dict[str, set[str]], str]]:
    """Choices drawn at random: up to four facets, up to three values each, half of them with a word."""
    random = Random(randrange(1 << 32))  # noqa: S311  drawn by the seed of the run
    offered = {key: sorted({value for d in demands for value in values(d)}) for key, values in FACETS.items()}
    drawn = []
    for _ in range(count):
        facets = random.sample(sorted(FACETS), random.randint(0, 4))
        chosen = {key: set(random.sample(offered[key], min(len(offered[key]), random.randint(1, 3)))) for key in facets}
        drawn.append((chosen, random.choice(("", "材料", "激光", "≥", "V-0", "检测"))))
    return drawn


def test_counts_equal_brute_force(reader: Page, site: str, demands: list[Demand]) -> None:
    reader.goto(f"{site}demands/?state=open")
    wait_until_settled(reader)
    for chosen, word in _combinations(demands, 200 if at_night() else 20):
        ask(reader, _address(chosen, word))
        among = _with(demands, word)
        expected = counts(among, chosen)
        shown = _shown_counts(reader)
        assert shown.keys() == FACETS.keys()
        for key, options in shown.items():
            assert {value: n for value, n in options.items() if n} == dict(expected[key]), (key, chosen, word)
        total = len(matching(among, chosen))
        wanted = f"找到 {total} 项需求" if chosen or word else re.compile(f"^共 {total} 项需求")
        expect(reader.locator("[data-count]")).to_have_text(wanted)


def test_results_are_those_that_match(reader: Page, site: str, demands: list[Demand], found: Found) -> None:
    reader.goto(f"{site}demands/?state=open")
    wait_until_settled(reader)
    hurry(reader)
    for chosen, word in _combinations(demands, 12 if at_night() else 5):
        if not chosen and not word:
            continue
        ask(reader, _address(chosen, word))
        show_all(reader)
        assert sorted(found()) == sorted(d["code"] for d in matching(_with(demands, word), chosen))


def test_a_choice_narrows_at_once(reader: Page, site: str, demands: list[Demand], found: Found) -> None:
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto(f"{site}demands/")
    reader.get_by_label("江南示例区").check()
    reader.get_by_label("已验收").check()
    reader.get_by_label("未通过验收").check()
    expected = matching(demands, {"district": {"jiangnan"}, "state": {"accepted", "failed"}})
    assert expected
    expect(reader.locator("[data-count]")).to_have_text(f"找到 {len(expected)} 项需求")
    assert reader.url.endswith("?state=accepted&state=failed&district=jiangnan")
    show_all(reader)
    assert found() == [d["code"] for d in expected]


def test_divisions_stand_within_their_section(reader: Page, site: str, demands: list[Demand]) -> None:
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto(f"{site}demands/")
    reader.locator(".facet[data-facet=section] > summary").click()
    section = reader.locator(".facet[data-facet=section] .options > li", has_text="建筑业").first
    section.locator("summary").click()
    section.locator(".inner-options input").check()
    assert reader.url.endswith("?division=47")
    expect(reader.locator("[data-count]")).to_have_text(f"找到 {len(matching(demands, {'section': {'47'}}))} 项需求")
    reader.reload()
    expect(section.locator(".inner-options input")).to_be_checked()
    expect(section.locator(".inner-options input")).to_be_visible()


def test_old_addresses_hold(reader: Page, site: str, demands: list[Demand], found: Found) -> None:
    reader.goto(f"{site}demands/?q={quote('材料')}&district=jiangnan&section=C&state=open")
    expected = matching(_with(demands, "材料"), {"district": {"jiangnan"}, "section": {"C"}, "state": {"open"}})
    expect(reader.locator("[data-count]")).to_have_text(f"找到 {len(expected)} 项需求")
    assert sorted(found()) == sorted(d["code"] for d in expected)
    expect(reader.locator(".chip")).to_have_text([re.compile("可揭榜"), re.compile("江南示例区"), re.compile("制造业")])


def test_unknown_values_are_ignored(reader: Page, site: str, demands: list[Demand]) -> None:
    reader.goto(f"{site}demands/?district=nowhere&state=&mode=%3Cb%3E&sort=sideways&show=-3&constructor=1")
    expect(reader.locator("[data-static]")).to_be_visible()
    expect(reader.locator("[data-count]")).to_have_text(re.compile(f"^共 {len(demands)} 项需求"))
    reader.goto(f"{site}demands/?district=nowhere&district=jiangnan&show=60")
    expect(reader.locator("[data-count]")).to_have_text(
        f"找到 {len(matching(demands, {'district': {'jiangnan'}}))} 项需求"
    )
    expect(reader.locator(".chip")).to_have_count(1)


def test_card_of_the_script_is_the_card_of_the_template(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/")
    cards = "all => all.map(one => one.outerHTML.replace(/\\n/g, ''))"
    fixed = reader.locator("[data-static] .card").evaluate_all(cards)
    every = "&".join(f"state={state}" for state in ("open", "closed", "selected", "accepted", "unmet", "failed"))
    reader.goto(f"{site}demands/?{every}")
    wait_until_settled(reader)
    made = reader.locator("[data-found] .card").evaluate_all(cards)
    assert len(fixed) == 30
    assert made == fixed


def test_order(reader: Page, site: str, demands: list[Demand], found: Found) -> None:
    reader.goto(f"{site}demands/")
    hurry(reader)
    reader.select_option("#sort", "due")
    assert reader.url.endswith("?sort=due")
    show_all(reader)
    days = {d["code"]: (d["apply_by"], "open" in states(d)) for d in demands}
    shown = [days[code] for code in found()]
    still_open = [day for day, is_open in shown if is_open]
    assert shown[: len(still_open)] == [(day, True) for day in sorted(still_open)]
    closed = [day for day, is_open in shown if not is_open]
    assert closed == sorted(closed, reverse=True)
    reader.select_option("#sort", "new")
    show_all(reader)
    published = {d["code"]: d["published_on"] for d in demands}
    newest = [published[code] for code in found()]
    assert newest == sorted(newest, reverse=True)
    assert len(newest) == len(demands)


def test_back_and_forward(reader: Page, site: str) -> None:
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto(f"{site}demands/")
    reader.fill("#q", "激光")
    reader.locator("#q").blur()
    reader.get_by_label("未通过验收").check()
    wait_until_settled(reader)
    reader.locator("[data-found] .card-title a").first.click()
    expect(reader.locator(".demand")).to_be_visible()
    reader.go_back()
    expect(reader.get_by_label("未通过验收")).to_be_checked()
    expect(reader.locator("[data-found] .card").first).to_be_visible()
    reader.go_back()
    expect(reader.get_by_label("未通过验收")).not_to_be_checked()
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


def test_more_button(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/?q={quote('示例')}")
    expect(reader.locator("[data-found] .card")).to_have_count(30)
    reader.locator(".more-button").focus()
    reader.keyboard.press("Enter")
    expect(reader.locator("[data-found] .card")).to_have_count(60)
    expect(reader.locator("[data-found] .card-title a").nth(30)).to_be_focused()
    reader.reload()
    expect(reader.locator("[data-found] .card")).to_have_count(60)


def test_chips_and_clear(reader: Page, site: str, demands: list[Demand]) -> None:
    reader.goto(f"{site}demands/?q={quote('激光')}&state=open&state=closed&district=jiangnan")
    reader.get_by_role("button", name="去掉条件：状态 可揭榜").click()
    expect(reader.get_by_role("button", name="去掉条件：状态 揭榜已截止")).to_be_focused()
    assert "state=open" not in reader.url
    reader.get_by_role("button", name="清除全部").click()
    expect(reader.locator("[data-static]")).to_be_visible()
    expect(reader.locator("[data-count]")).to_have_text(re.compile(f"^共 {len(demands)} 项需求"))
    expect(reader.locator("[data-chosen]")).to_be_hidden()
    assert reader.url == f"{site}demands/"
    reader.go_back()
    expect(reader.locator("#q")).to_have_value("激光")
    expect(reader.locator(".chip")).to_have_count(2)


def test_last_chip_leaves_the_reader_at_the_results(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/?nature=private")
    reader.locator(".chip").click()
    expect(reader.locator("[data-count]")).to_be_focused()


def test_choice_without_demands_is_greyed_not_gone(reader: Page, site: str) -> None:
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto(f"{site}demands/")
    nobody = reader.get_by_label("湖西示例县")
    expect(nobody).to_be_visible()
    expect(nobody).to_be_disabled()


def test_empty_result_names_the_ways_out(reader: Page, site: str, demands: list[Demand]) -> None:
    reader.goto(f"{site}demands/?q={quote('激光')}&section=E&nature=private")
    expect(reader.locator("[data-count]")).to_have_text("找到 0 项需求")
    without = len(matching(demands, {"section": {"E"}, "nature": {"private"}}))
    assert without
    reader.get_by_role("button", name=f"去掉搜索词，有 {without} 项").click()
    expect(reader.locator("[data-count]")).to_have_text(f"找到 {without} 项需求")
    expect(reader.locator("#q")).to_have_value("")
    reader.goto(f"{site}demands/?q={quote('激光')}&section=E")
    left = len(_with(demands, "激光"))
    reader.get_by_role("button", name=f"不限行业，有 {left} 项").click()
    expect(reader.locator("[data-count]")).to_have_text(f"找到 {left} 项需求")
    reader.goto(f"{site}demands/?q={quote('没有这样的词')}")
    expect(reader.locator("[data-found] .empty")).to_contain_text("换一个词")


def test_filters_on_a_telephone(reader: Page, site: str) -> None:
    """Results come first; the panel opens with the filters in it, is left with the keyboard, and hands the focus on."""
    # A browser that is busy: nothing but opening the panel brings the filters.
    reader.add_init_script("window.requestIdleCallback = () => 0")
    reader.set_viewport_size({"width": 320, "height": 700})
    reader.goto(f"{site}demands/")
    button = reader.get_by_role("button", name="筛选")
    panel = reader.locator("#facets")
    expect(panel).to_be_hidden()
    button.focus()
    reader.keyboard.press("Enter")
    expect(panel).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(panel.get_by_label("可揭榜", exact=False).first).to_be_visible()
    reader.keyboard.press("Tab")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Space")
    expect(reader.get_by_label("可揭榜", exact=False).first).to_be_checked()
    expect(button).to_have_accessible_name("筛选 已选 1")
    reader.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    reader.get_by_role("button", name="看结果").click()
    expect(panel).to_be_hidden()
    expect(reader.locator("[data-count]")).to_be_focused()
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320


def test_result_count_is_announced(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/")
    expect(reader.get_by_role("status").first).to_have_text(re.compile(f"^共 {len(SITE.demands)} 项需求"))
    reader.fill("#q", "激光")
    expect(reader.get_by_role("status").first).to_have_text(re.compile("^找到"))


def test_data_that_do_not_come(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.route("**/assets/list.*.json", lambda route: route.abort())
    page.goto(f"{site}demands/?q=x")
    expect(page.locator("[data-count]")).to_contain_text("请检查网络")
    page.unroute("**/assets/list.*.json")
    page.fill("#q", "激光")
    expect(page.locator("[data-count]")).to_contain_text("找到")
    page.close()


def test_a_demand_withdrawn_since_has_no_entry(browser: Browser, site: str) -> None:
    page = browser.new_page()
    gone = SITE.demands[0]
    page.route(f"**/demands/{gone.id.lower()}.json", lambda route: route.fulfill(status=404))
    page.goto(f"{site}demands/?q={quote(gone.code)}")
    expect(page.locator("[data-found]")).to_be_visible()
    assert gone.code not in page.locator("[data-found] .code").all_inner_texts()
    page.close()


def test_without_scripts(browser: Browser, site: str) -> None:
    """Every demand is reached by following the list's own links, and nothing is offered that cannot work."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}demands/")
    for part in (".filter", ".side", ".order", ".export-buttons"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".facets-plain")).to_be_visible()
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


class _Actions:
    """A reader who counts what the hand does: typing a line counts once, and so does each key or click after it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.done = 0

    def type(self, field: str, text: str) -> None:
        self._page.get_by_role("searchbox", name=field).press_sequentially(text)
        self.done += 1

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)
        self.done += 1

    def click(self, role: Literal["link", "checkbox", "button"], name: str) -> None:
        self._page.get_by_role(role, name=name).first.click()
        self.done += 1


@pytest.mark.parametrize("width", [360, 1280])
def test_three_actions_to_an_open_demand(reader: Page, site: str, width: int) -> None:
    """From home: a demand about flame-retardant battery housings, still open, in any district."""
    reader.set_viewport_size({"width": width, "height": 800})
    reader.goto(site)
    actions = _Actions(reader)
    actions.type("搜索需求", "电池外壳 阻燃")
    actions.press("Enter")
    expect(reader.locator("[data-found] .card").first).to_be_visible()
    first = reader.locator("[data-found] .card").first
    expect(first.locator(".state")).to_have_text("可揭榜")
    expect(first.locator(".card-title a")).to_be_in_viewport()
    actions.click("link", "电池外壳用阻燃改性材料")
    expect(reader.locator("h1")).to_contain_text("电池外壳用阻燃改性材料")
    expect(reader.locator(".head .state")).to_have_text("可揭榜")
    assert actions.done <= 3


def test_words_are_marked_in_what_is_shown(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/?q={quote('ｖ-0 阻燃')}")
    wait_until_settled(reader)
    for card in reader.locator("[data-found] .card").all():
        marked = {fold(text) for text in card.locator("mark").all_inner_texts()}
        assert marked
        assert marked <= {"v-0", "阻燃"}
    expect(reader.locator("[data-found] .card-text mark", has_text="V-0").first).to_be_visible()


def test_choices_without_a_result_come_last_and_wait_to_be_asked_for(reader: Page, site: str) -> None:
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto(f"{site}demands/?q={SITE.demands[0].code}")
    wait_until_settled(reader)
    for facet in reader.locator(".facet").all():
        facet.evaluate("one => { one.open = true; }")
        shown = facet.locator(".options").first.locator("> li:visible")
        # By where they stand on the page, not in the markup.
        places = shown.evaluate_all(
            "all => all.map(li => [li.getBoundingClientRect().top, li.classList.contains('none')])"
        )
        order = [none for _, none in sorted(places)]
        assert order == sorted(order)
    more = reader.locator(".facet-more:visible").first
    facet = more.locator("xpath=ancestor::details[1]")
    assert facet.locator("li.none:visible").count() == 0
    assert facet.locator("li:visible").count() >= 1
    more.click()
    expect(more).to_have_attribute("aria-expanded", "true")
    assert facet.locator("li.none:visible").count() > 4


def test_a_search_names_the_nearest_feed_and_what_else_is_in_it(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/?q=激光&district=jiangnan")
    wait_until_settled(reader)
    box = reader.locator("[data-feed-nearest]")
    expect(box).to_contain_text("最接近这次筛选的订阅是“")
    expect(box).to_contain_text("比您的筛选多")
    expect(reader.locator("[data-feed-all]")).to_be_hidden()
    addresses = box.locator(".subscription a").evaluate_all("all => all.map(one => one.href)")
    assert [address.removeprefix(site) for address in addresses[:3]] == [
        "feeds/districts/jiangnan.atom",
        "feeds/districts/jiangnan.json",
        "calendars/districts/jiangnan.ics",
    ]
    for address in addresses:
        assert reader.request.get(address).ok, address
    reader.goto(f"{site}demands/?q=激光&section=C&division=39&field=new-materials")
    wait_until_settled(reader)
    for address in box.locator(".subscription a").evaluate_all("all => all.map(one => one.href)"):
        assert reader.request.get(address).ok, address
    reader.goto(f"{site}demands/?sort=due")
    wait_until_settled(reader)
    expect(box).to_be_hidden()
    expect(reader.locator("[data-feed-all]")).to_be_visible()
