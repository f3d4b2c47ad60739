"""The page that finds demands for a description: what is written there leads to the same demands as the command, and goes nowhere."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from jiebang.site.matching import Text, matches, public_index
from jiebang.site.synonyms import synonym_files, synonyms_in
from tests.browser.served import SITE, TODAY
from tests.conftest import ROOT

_TEXT = "我们制造无卤阻燃材料，做电池外壳注塑和 flame retardant compounds，乌金秘法"
_INDEX = public_index(SITE.demands, synonyms_in(synonym_files(ROOT, None)))


def _expected(text: str) -> list[str]:
    open_ones = frozenset(d.id for d in SITE.demands if d.status == "published" and d.apply_by >= TODAY)
    return [match.id for match in matches(Text(text, _INDEX), _INDEX, open_ones, 10)]


def test_a_description_leads_to_demands_and_goes_nowhere(reader: Page, site: str) -> None:
    asked: list[Request] = []
    reader.on("request", lambda request: asked.append(request))
    reader.goto(f"{site}match/")
    reader.fill("textarea", _TEXT)
    reader.get_by_role("button", name="找合适的需求").click()
    expected = _expected(_TEXT)
    assert expected
    expect(reader.locator("[data-match-found] .card")).to_have_count(len(expected))
    shown = reader.locator("[data-match-found] .card").evaluate_all("cards => cards.map(card => card.dataset.demand)")
    assert shown == expected
    expect(reader.locator(".match-reasons").first).to_contain_text("相合：")
    # Addresses of files alone, and none of them holds a word of the text; nothing is sent or kept.
    assert all(request.method == "GET" and request.post_data is None for request in asked)
    assert not any("乌金" in request.url or "%E4%B9%8C" in request.url for request in asked)
    assert "乌金" not in reader.url
    assert reader.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])").count("乌金") == 0


def test_the_page_can_be_used_by_everybody(reader: Page, site: str) -> None:
    reader.set_viewport_size({"width": 320, "height": 800})
    reader.goto(f"{site}match/")
    reader.fill("textarea", _TEXT)
    reader.get_by_role("button", name="找合适的需求").click()
    expect(reader.locator("[data-match-status]")).to_be_focused()
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
    for scheme in ("light", "dark"):
        reader.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(reader, options={"resultTypes": ["violations"]})
        assert found.response["violations"] == []


def test_nothing_is_named_where_nothing_fits(reader: Page, site: str) -> None:
    reader.goto(f"{site}match/")
    reader.get_by_role("button", name="找合适的需求").click()
    expect(reader.locator("[data-match-status]")).to_have_text("请先写企业做什么。")
    reader.fill("textarea", "婚纱摄影、短视频拍摄和广告。")
    reader.get_by_role("button", name="找合适的需求").click()
    expect(reader.locator("[data-match-status]")).to_contain_text("没有合适的需求")
    assert reader.locator("[data-match-found] .card").count() == 0


def test_what_does_not_come_is_told(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.route("**/match/index.bin", lambda route: route.fulfill(status=503))
    page.goto(f"{site}match/")
    page.fill("textarea", _TEXT)
    page.get_by_role("button", name="找合适的需求").click()
    expect(page.locator("[data-match-status]")).to_have_text("没有取到需求数据，请检查网络后再试。")
    page.close()
