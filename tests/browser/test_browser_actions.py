"""What pages let readers do: copy, print, see what is open on the day, and put the city on a wall."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.listed import ask
from tests.browser.served import SITE, TODAY
from tests.turns import by_day

_OPEN = [d for d in SITE.demands if d.status == "published"]
_DEMAND = next(d for d in _OPEN if d.apply_by >= TODAY)
_ADDRESS = f"demands/{_DEMAND.id.lower()}/"


def _days_left(day: str) -> int:
    return (date.fromisoformat(day) - date.fromisoformat(TODAY)).days


@pytest.mark.parametrize(("button", "tail"), [("复制代码", ""), ("复制链接", f"\n{{site}}{_ADDRESS}")])
def test_copying(reader: Page, site: str, button: str, tail: str) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto(f"{site}{_ADDRESS}?from=elsewhere#parameters")
    reader.get_by_role("button", name=button).click()
    expect(reader.locator("[role=status]", has_text="已复制")).to_be_visible()
    wanted = f"{_DEMAND.title}（{_DEMAND.code}）" if tail else _DEMAND.code
    assert reader.evaluate("navigator.clipboard.readText()") == wanted + tail.format(site=site)


def test_copying_where_there_is_no_clipboard(reader: Page, site: str) -> None:
    """Browsers inside other programs: the old way is tried, and a refusal is said."""
    reader.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    reader.add_init_script(
        "window.copied = []; document.execCommand = () => { copied.push(document.activeElement.value); return copied.length < 2; };"
    )
    reader.goto(site + _ADDRESS)
    button = reader.get_by_role("button", name="复制代码")
    button.click()
    expect(reader.locator(".apply-code [role=status]")).to_have_text("已复制")
    expect(button).to_be_focused()
    button.click()
    expect(reader.locator(".apply-code [role=status]")).to_contain_text("没有复制成功")
    assert reader.evaluate("copied") == [_DEMAND.code, _DEMAND.code]


def test_sharing_hands_over_title_and_address(reader: Page, site: str) -> None:
    reader.add_init_script("navigator.share = what => { window.shared = what; return Promise.resolve(); };")
    reader.goto(f"{site}{_ADDRESS}?utm=1")
    reader.get_by_role("button", name="分享").click()
    assert reader.evaluate("shared") == {"title": _DEMAND.title, "url": f"{site}{_ADDRESS}"}


def test_printing(reader: Page, site: str) -> None:
    reader.add_init_script("window.printed = 0; window.print = () => { printed += 1; };")
    reader.goto(site + _ADDRESS)
    reader.get_by_role("button", name="打印").click()
    assert reader.evaluate("printed") == 1


def test_without_scripts_nothing_is_offered_that_cannot_work(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(site + _ADDRESS)
    expect(page.locator(".actions button:visible, .apply-code button:visible")).to_have_count(0)
    expect(page.get_by_role("link", name="怎样揭榜").first).to_be_visible()
    page.goto(f"{site}districts/jiangnan/")
    # A list that cannot be narrowed is not linked to.
    expect(page.locator(".bars a:visible")).to_have_count(0)
    expect(page.locator(".bars .no-js-only:visible").first).to_be_visible()
    expect(page.locator(".deadlines-day:visible")).to_have_count(
        len({d.apply_by for d in _OPEN if d.district == "jiangnan"})
    )
    page.context.close()


def test_home_counts_what_is_open_today(reader: Page, site: str) -> None:
    reader.goto(site)
    left = [_days_left(d.apply_by) for d in _OPEN]
    for label, count in (("可揭榜", sum(n >= 0 for n in left)), ("7 天内截止", sum(0 <= n <= 7 for n in left))):
        link = reader.locator(".hero-links a", has_text=label)
        expect(link.locator(".num")).to_have_text(str(count))


def test_district_counts_and_hides_what_is_past(reader: Page, site: str) -> None:
    reader.goto(f"{site}districts/jiangnan/")
    ahead = [d for d in _OPEN if d.district == "jiangnan" and d.apply_by >= TODAY]
    expect(reader.locator(".keys [data-open-by]")).to_have_text(str(len(ahead)))
    titles = reader.locator(".deadlines-day:visible li a").all_inner_texts()
    assert sorted(titles) == sorted(d.title for d in ahead)
    months = reader.locator(".deadlines-month:visible").count()
    assert months == len({d.apply_by[:7] for d in ahead})


def test_deadlines_all_past(page: Page, site: str) -> None:
    page.clock.set_fixed_time("2040-01-01T12:00:00+08:00")
    page.goto(f"{site}districts/jiangnan/")
    expect(page.locator("[data-deadlines-none]")).to_be_visible()
    expect(page.locator(".deadlines-day:visible")).to_have_count(0)
    page.goto(f"{site}overview/")
    expect(page.locator(".overview-closing [data-closing-none]")).to_be_visible()


def _shown(page: Page) -> int:
    """How many demands the list says it has found, once it has."""
    expect(page.locator("[data-count]")).to_contain_text("找到")
    expect(page.locator("[data-count]")).to_be_visible()
    return int(re.findall(r"\d+", page.locator("[data-count]").inner_text())[0])


@pytest.mark.parametrize("place", by_day(["districts/jiangnan/", "rounds/2030/"], 1))
def test_every_bar_leads_to_as_many_demands_as_it_says(reader: Page, site: str, place: str) -> None:
    reader.goto(site + place)
    links = reader.locator(".bars tr:has(th a)").evaluate_all(
        "all => all.map(row => [row.querySelector('th a').href, Number(row.querySelector('.num').textContent)])"
    )
    assert len({address.split("&")[-1].split("=")[0] for address, _ in links}) >= 4
    # One is followed; where the others lead is asked of the list that is open then, which reads an address as when it is opened by it.
    reader.goto(links[0][0])
    assert {address.partition("?")[0] for address, _ in links} == {f"{site}demands/"}
    assert _shown(reader) == links[0][1]
    for address, count in links[1:]:
        ask(reader, address)
        assert _shown(reader) == count, address


@pytest.mark.parametrize(
    "place",
    by_day(["districts/jiangnan/", "industries/c/", "industries/c/39/", "fields/new-materials/", "rounds/2030/"], 2),
)
def test_lists_open_where_they_can_be_searched(reader: Page, site: str, place: str) -> None:
    reader.goto(site + place)
    paths = set()
    while True:
        paths |= set(reader.locator(".card-title a").evaluate_all("all => all.map(one => one.href)"))
        if not reader.get_by_role("link", name="下一页").count():
            break
        # The click returns before the next page is there.
        with reader.expect_navigation():
            reader.get_by_role("link", name="下一页").click()
    reader.get_by_role("link", name="在列表中搜索、筛选和下载").click()
    assert _shown(reader) == len(paths)


def test_ways_from_home_into_the_list(reader: Page, site: str) -> None:
    for label in ("可揭榜", "7 天内截止"):
        reader.goto(site)
        link = reader.locator(".hero-links a", has_text=label)
        count = int(link.locator(".num").inner_text())
        link.click()
        assert _shown(reader) == count, label


def _overflow(page: Page) -> list[str]:
    """Sections of the overview whose content does not fit, and whatever stands below the first view."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.overview, .overview-keys, .overview-grid > section, .overview-list, .overview-bars')]
          .filter(one => one.scrollHeight > one.clientHeight + 1 || one.getBoundingClientRect().bottom > innerHeight + 0.5)
          .map(one => one.className)"""
    )
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("name", ["site", "long", "hostile"])
def test_overview_fits_a_wall_screen(browser: Browser, server: str, name: str, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{server}/{name}/overview/")
    for width, height in ((1920, 1080), (1920, 940), (1600, 900), (3840, 2160)):
        page.set_viewport_size({"width": width, "height": height})
        # A banner of several lines may cost the lists their last line, never the screen.
        if scripts and name != "hostile":
            assert _overflow(page) == [], (width, height)
        box = page.locator(".overview").bounding_box()
        assert box is not None
        # Browsers count in fractions of a pixel, each in its own.
        assert box["y"] + box["height"] <= height + 0.5
        sizes = page.locator(".overview dd").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert min(size for size in sizes if size) >= height / 30
    context.close()


def test_letters_are_large_enough_for_four_metres(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{site}overview/")
    sizes = page.locator(".overview :is(li a, li span, dt, h2)").evaluate_all(
        "all => all.filter(one => !one.closest('.sr')).map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 20


def test_wall_refreshes_and_turns_the_list(page: Page, site: str) -> None:
    page.clock.install(time=f"{TODAY}T12:00:00+08:00")
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{site}overview/?wall")
    expect(page.locator(".menu")).to_be_hidden()
    expect(page.locator(".footer")).to_be_hidden()
    first = page.locator(".overview-closing li:visible a").all_inner_texts()
    page.clock.run_for(20_000)
    second = page.locator(".overview-closing li:visible a").all_inner_texts()
    assert second
    assert not set(first) & set(second)
    # Without a network the picture stays; with it the page is asked for anew.
    page.route("**/overview/**", lambda route: route.abort())
    page.clock.run_for(5 * 60_000)
    expect(page.locator("h1")).to_have_text("全市概览")
    page.unroute("**/overview/**")
    with page.expect_navigation():
        page.clock.run_for(5 * 60_000)


def test_wall_keeps_still_for_those_who_ask(page: Page, site: str) -> None:
    page.clock.install(time=f"{TODAY}T12:00:00+08:00")
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}overview/?wall")
    first = page.locator(".overview-closing li:visible a").all_inner_texts()
    page.clock.run_for(60_000)
    assert page.locator(".overview-closing li:visible a").all_inner_texts() == first


def test_overview_without_wall_does_nothing_by_itself(page: Page, site: str) -> None:
    page.clock.install(time=f"{TODAY}T12:00:00+08:00")
    requests: list[str] = []
    page.goto(f"{site}overview/", wait_until="networkidle")
    page.on("request", lambda request: requests.append(request.url))
    page.clock.run_for(11 * 60_000)
    # The browser fetches the tab's picture when it likes; that is not the page's doing.
    assert [url for url in requests if not url.endswith(".svg")] == []
    expect(page.locator(".menu")).to_be_visible()
