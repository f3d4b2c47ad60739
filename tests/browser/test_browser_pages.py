"""Every kind of page in a browser: nothing scrolls sideways, nothing is asked of others; axe finds nothing in light or dark, at night on all of
them, by day on those that chance draws."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from jiebang.desk.remaining import time_left
from tests.browser.axe import contrasts, shorten, violations
from tests.browser.served import SITE, TODAY
from tests.turns import by_day, in_turn


def _demand(**wanted: object) -> str:
    found = next(d for d in SITE.demands if all(getattr(d, name) == value for name, value in wanted.items()))
    return f"demands/{found.id.lower()}/"


_HIDDEN = next(d for d in SITE.demands if d.enterprise.name is None and d.status == "published")

KINDS = {
    "home": "",
    "list": "demands/",
    "second page": "demands/page/2/",
    "search": "demands/?q=激光",
    "nothing found": "demands/?q=没有这样的词",
    "nothing left": "demands/?q=激光&section=E&state=open",
    "filtered": "demands/?state=open&state=week&district=jiangnan&division=39&sort=due",
    "lists by facet": "demands/by/",
    "list by facet": "demands/by/state/published/",
    "marked": f"marked/?ids={','.join(d.id for d in SITE.demands[:4])}",
    "nothing marked": "marked/",
    "open demand": f"demands/{_HIDDEN.id.lower()}/",
    "failed demand": _demand(status="failed"),
    "unmet demand": _demand(status="unmet"),
    "withdrawn": "withdrawn/",
    "districts": "districts/",
    "district": "districts/jiangnan/",
    "district without demands": "districts/huxi/",
    "overview": "overview/",
    "industries": "industries/",
    "section": "industries/c/",
    "division": "industries/c/39/",
    "fields": "fields/",
    "field": "fields/new-materials/",
    "rounds": "rounds/",
    "round": "rounds/2030/",
    "round that is over": "rounds/2024/",
    "round to print": "rounds/2030/print/",
    "guides": "guide/",
    "guide": "guide/read/",
    "apply": "guide/apply/",
    "submit": "guide/submit/",
    "guide to forms": "guide/word/",
    "guide to the web form": "guide/form/",
    "guide to the forge": "guide/forge/",
    "guide to merging": "guide/review/",
    "guide to the year": "guide/year/",
    "guide to reports": "guide/desk/",
    "card": "guide/card/",
    "match": "match/",
    "field reference": "guide/fields/",
    "rule reference": "guide/rules/",
    "privacy": "guide/privacy/",
    "accessibility": "accessibility/",
    "about": "about/",
    "forms": "submit/",
    "form for demands": "submit/demand/",
    "form for applications": "submit/apply/",
    "subscribe": "subscribe/",
    "data": "data/",
    "embedded list": "embed/districts/jiangnan/",
}


_MOVED = """() => new Promise((tell) => {
  let moved = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) moved += shift.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => tell(moved), 100);
})"""
_UNSETTLING = 0.1
"""A page that moves more than this while it opens needs improvement, after “Cumulative Layout Shift” of the Web Vitals."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_stays_in_its_place_while_it_opens(reader: Page, site: str, kind: str) -> None:
    reader.set_viewport_size({"width": 412, "height": 823})
    reader.goto(site + KINDS[kind])
    reader.wait_for_load_state("networkidle")
    assert reader.evaluate(_MOVED) <= _UNSETTLING


def test_the_readers_own_marks_take_their_place_without_moving_the_page(reader: Page, site: str) -> None:
    reader.set_viewport_size({"width": 412, "height": 823})
    reader.goto(f"{site}about/")
    reader.evaluate("(ids) => localStorage.setItem('marks', JSON.stringify(ids))", [d.id for d in SITE.demands[:4]])
    reader.goto(f"{site}marked/")
    reader.wait_for_load_state("networkidle")
    expect(reader.locator(".comparison-demand")).not_to_have_count(0)
    assert reader.evaluate(_MOVED) <= _UNSETTLING


def test_a_list_shows_as_it_was_built_where_what_its_address_asks_for_does_not_come(reader: Page, site: str) -> None:
    reader.route("**/list/main*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    reader.goto(f"{site}demands/?q=激光")
    built = reader.locator("[data-static] .cards")
    expect(built).to_be_hidden()
    waits = reader.evaluate(
        "document.querySelector('[data-awaited]').getAnimations().map((one) => one.effect.getTiming().delay)"
    )
    assert waits == [4000]
    reader.evaluate("document.getAnimations().forEach((one) => one.finish())")
    expect(built).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways_at_320(reader: Page, site: str, kind: str) -> None:
    reader.set_viewport_size({"width": 320, "height": 700})
    reader.goto(site + KINDS[kind])
    expect(reader.locator("h1")).to_have_count(1)
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
    if not in_turn(1 / 5):
        return
    reader.set_viewport_size({"width": 768, "height": 900})
    shorten(reader)
    assert violations(reader) == []


def test_axe_is_asked_anew_each_time(reader: Page, site: str) -> None:
    reader.goto(f"{site}about/")
    assert violations(reader) == []
    reader.evaluate(
        """() => {
            document.querySelector("main").insertAdjacentHTML("beforeend", "<p>淡得看不清的字</p><input>");
            document.querySelector("main > p:last-of-type").style.color = "#eee";
        }"""
    )
    found = violations(reader)
    assert {"color-contrast", "label"} <= {one.partition(":")[0] for one in found}
    assert contrasts(reader, "light")
    assert contrasts(reader, "dark") == []


_PLANTED = {
    "the text of one of many": "one.style.color = '#eee'",
    "the ground behind one of many": """
        const ground = document.createElement("div");
        ground.style.background = "#333";
        one.replaceWith(ground);
        ground.append(one);
    """,
    "something laid over another": """
        const under = document.createElement("div");
        Object.assign(under.style, { background: "#333", height: "3em" });
        one.before(under);
        Object.assign(one.style, { position: "absolute", marginTop: "-2.5em" });
    """,
    "a link hardly unlike the text around it": """
        one.innerHTML = "一句话里有<a href='#'>链接</a>在里面。";
        Object.assign(one.lastElementChild.style, { color: "#444", textDecoration: "none", border: "0" });
    """,
}


@pytest.mark.parametrize("planted", _PLANTED)
def test_one_bad_colour_among_many_is_found(reader: Page, site: str, planted: str) -> None:
    """Though of texts that look alike, on the same ground, only some are asked about."""
    reader.goto(f"{site}about/")
    reader.locator("main").evaluate(
        "main => { main.innerHTML = '<h1>x</h1>' + '<p>与别的句子一样的一句话。</p>'.repeat(40); }"
    )
    assert contrasts(reader, "light") == []
    reader.locator("main > p").nth(20).evaluate(f"one => {{ {_PLANTED[planted]} }}")
    assert contrasts(reader, "light")


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_with_open_filters(reader: Page, site: str, width: int) -> None:
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto(f"{site}demands/?q=材料&state=open&district=jiangnan&nature=foreign")
    if width < 1024:
        reader.get_by_role("button", name="筛选").click()
    reader.locator("details:not([open])").evaluate_all("all => all.forEach(one => { one.open = true; })")
    expect(reader.locator(".chip")).to_have_count(3)
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    shorten(reader)
    assert violations(reader) == []


@pytest.mark.parametrize(
    "path",
    [
        *by_day(["empty/", "empty/demands/", "empty/districts/", "empty/overview/", "empty/rounds/"], 2),
        *by_day(["hostile/", "hostile/demands/"], 1),
    ],
)
def test_axe_on_other_sites(reader: Page, server: str, path: str) -> None:
    reader.set_viewport_size({"width": 360, "height": 800})
    reader.goto(f"{server}/{path}")
    shorten(reader)
    assert violations(reader) == []


def test_not_found(browser: Browser, server: str) -> None:
    """Served at the root of a host the page finds its style sheet; here it stands in a folder and must still read well."""
    page = browser.new_page()
    page.goto(f"{server}/site/404.html")
    expect(page.locator("h1")).to_have_text("没有找到这个页面")
    assert violations(page) == []
    page.close()


@pytest.fixture(scope="module")
def narrow(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", ["long", "hostile"])
def test_long_words_do_not_widen(narrow: Page, server: str, name: str) -> None:
    for path in ("", "demands/", "overview/", "districts/", "districts/jiangnan/", "rounds/", "rounds/2030/"):
        narrow.goto(f"{server}/{name}/{path}")
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 320, path
    narrow.goto(f"{server}/{name}/demands/")
    with narrow.expect_navigation():
        narrow.locator(".card-title a").first.click()
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320


def test_touch_targets(narrow: Page, site: str) -> None:
    narrow.goto(f"{site}demands/")
    for selector in (
        ".menu a",
        ".toggle",
        ".filter input",
        ".side-button",
        ".order select",
        ".favourite-button",
        ".export-buttons button",
        ".export-buttons a",
        ".pager a",
        ".brand",
    ):
        for box in (element.bounding_box() for element in narrow.locator(selector).all()):
            assert box is not None
            assert min(box["height"], box["width"]) >= 44, selector


@pytest.mark.parametrize("kind", ["guide to the year", "round that is over", "open demand", "subscribe"])
def test_links_that_stand_alone_fit_a_finger(phone: Page, site: str, kind: str) -> None:
    phone.goto(site + KINDS[kind])
    links = phone.locator(
        ".crumbs a, .footer li a, .guide-side a, .contact dd a, .facts dd a, .facts-data a, .bars th a, .trend-table th a"
    )
    low = links.evaluate_all("all => all.filter(a => a.offsetHeight && a.offsetHeight < 44).map(a => a.textContent)")
    assert links.count() > 10 and low == []


def test_words_of_a_drawing_stay_large_enough_on_a_telephone(phone: Page, site: str) -> None:
    phone.goto(f"{site}guide/year/")
    assert (
        min(phone.locator(".life-label").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)"))
        >= 12
    )
    # Names of commands in the first column of a table stay on one line.
    phone.goto(f"{site}guide/desk/")
    names = phone.locator(".prose td:first-child > code:only-child")
    assert max(names.evaluate_all("all => all.map(one => one.getClientRects().length)")) == 1


def test_hostile_titles_run_nothing(reader: Page, server: str) -> None:
    reader.goto(f"{server}/hostile/demands/?q=alert")
    expect(reader.locator("[data-found] .card")).to_have_count(7)
    links = reader.locator(".card-title a").evaluate_all("links => links.map(link => link.href)")
    for link in by_day(links, 3):
        reader.goto(link)
        expect(reader.locator("img")).to_have_count(0)


def test_days_left(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/")
    for card in reader.locator("[data-static] .card:has(.state-published)").all():
        day = card.locator("time").get_attribute("datetime")
        assert day is not None
        days = reader.evaluate("([day, today]) => (Date.parse(day) - Date.parse(today)) / 86400000", [day, TODAY])
        left = time_left(int(days))
        wanted = "已截止" if days < 0 else left if left.startswith("还有") else f"{left}截止"
        expect(card.locator(".left")).to_have_text(wanted)
        expect(card.locator(".state")).to_have_text("揭榜已截止" if days < 0 else "可揭榜")


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2031-01-01T15:59:00Z", "今天截止"),  # still the first of January in China
        ("2031-01-01T16:01:00Z", "已截止"),
        ("2030-12-30T16:01:00Z", "明天截止"),
    ],
)
def test_deadline_ends_at_midnight_in_china(page: Page, site: str, moment: str, text: str) -> None:
    demand = next(d for d in SITE.demands if d.apply_by == "2031-01-01" and d.status == "published")
    page.clock.set_fixed_time(moment)
    page.goto(f"{site}demands/{demand.id.lower()}/")
    expect(page.locator(".head .left")).to_have_text(text)
    closed = text == "已截止"
    expect(page.locator("[data-apply-closed]")).to_be_visible(visible=closed)
    expect(page.locator("[data-apply-open]")).to_be_visible(visible=not closed)


def test_closing_soon_leaves_out_what_has_closed(reader: Page, site: str) -> None:
    reader.goto(site)
    days = reader.locator(".closing li:visible time").evaluate_all("all => all.map(one => one.dateTime)")
    assert days
    assert days == sorted(days)
    assert all(day >= TODAY for day in days)


def test_theme_button(reader: Page, site: str) -> None:
    reader.emulate_media(color_scheme="light")
    reader.goto(site)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = reader.evaluate(ground)
    button = reader.get_by_role("button", name="显示模式")
    button.focus()
    reader.keyboard.press("Enter")
    expect(button).to_have_accessible_name("显示模式：浅色")
    reader.keyboard.press("Enter")
    expect(button).to_have_accessible_name("显示模式：深色")
    assert reader.evaluate(ground) != light
    reader.goto(f"{site}districts/")
    expect(button).to_have_accessible_name("显示模式：深色")
    assert reader.evaluate(ground) != light
    button.click()
    expect(button).to_have_accessible_name("显示模式：跟随系统")
    assert reader.evaluate(ground) == light


def test_skip_link(reader: Page, site: str) -> None:
    reader.goto(f"{site}demands/")
    reader.keyboard.press("Tab")
    expect(reader.locator(".skip")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader.locator("#main")).to_be_focused()


def test_print_hides_the_machinery(reader: Page, site: str) -> None:
    reader.goto(f"{site}{KINDS['open demand']}")
    reader.emulate_media(media="print", color_scheme="dark")
    expect(reader.locator(".menu")).to_be_hidden()
    expect(reader.locator("h1")).to_be_visible()
    assert reader.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
