"""The page that finds demands for a description: what is written there leads to the same demands as the command, and goes nowhere."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, Request, expect

from jiebang.site.matching import Text, matches, public_index
from jiebang.site.synonyms import synonym_files, synonyms_in
from tests.browser.axe import violations
from tests.browser.served import SITE, TODAY
from tests.conftest import ROOT
from tests.forms.make import annex2_docx, annex2_xlsx

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


def test_a_reader_who_comes_from_a_demand_is_told_how_well_it_suits(reader: Page, site: str) -> None:
    wanted, other = _expected(_TEXT)[1], next(d for d in SITE.demands if d.id not in _expected(_TEXT))
    titles = {demand.id: demand.title for demand in SITE.demands}
    reader.goto(f"{site}match/#demand={wanted}")
    expect(reader.locator("[data-match-wanted]")).to_contain_text(titles[wanted])
    reader.fill("textarea", _TEXT)
    reader.get_by_role("button", name="找合适的需求").click()
    expect(reader.locator("[data-match-verdict]")).to_have_text("要看的那项是第 2 合适的。")
    expect(reader.locator(".card-wanted")).to_have_attribute("data-demand", wanted)
    reader.goto(f"{site}match/#demand={other.id}")
    expect(reader.locator("[data-match-wanted]")).to_contain_text(other.title)
    reader.get_by_role("button", name="找合适的需求").click()
    expect(reader.locator("[data-match-verdict]")).to_contain_text("不在最合适的 10 项里")
    for nobody in ("D-00000000x", "<img>"):
        reader.goto(f"{site}match/#demand={nobody}")
        expect(reader.locator("[data-match-wanted]")).to_be_hidden()


def test_the_page_can_be_used_by_everybody(reader: Page, site: str) -> None:
    reader.set_viewport_size({"width": 320, "height": 800})
    reader.goto(f"{site}match/")
    reader.fill("textarea", _TEXT)
    reader.get_by_role("button", name="找合适的需求").click()
    expect(reader.locator("[data-match-status]")).to_be_focused()
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(reader) == []


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


def _stored(page: Page) -> str:
    """All that the page can have kept, as one text."""
    return str(
        page.evaluate(
            """async () => JSON.stringify([
                { ...localStorage }, { ...sessionStorage }, document.cookie, history.state, await caches.keys(), await indexedDB.databases(),
            ])"""
        )
    )


def test_a_form_is_read_in_the_page_and_goes_nowhere(reader: Page, site: str) -> None:
    asked: list[Request] = []
    sockets: list[object] = []
    reader.goto(f"{site}match/")
    before = _stored(reader)
    reader.on("request", lambda request: asked.append(request))
    reader.on("websocket", lambda socket: sockets.append(socket))
    field = reader.get_by_label("也可以选填好的对接表或申请书")
    reader.get_by_label("企业介绍", exact=True).focus()
    reader.keyboard.press("Tab")
    expect(field).to_be_focused()
    field.set_input_files({"name": "对接表.docx", "mimeType": "", "buffer": annex2_docx({"profile": _TEXT})})
    # What is compared is seen, and it is what a pasted text is.
    expect(reader.locator("textarea")).to_have_value(_TEXT)
    expect(reader.locator("[data-match-read][role=status]")).to_contain_text(
        "对接表.docx：已把其中的介绍放进上面的框里"
    )
    expect(reader.locator("[data-match-status]")).to_be_focused()
    cards = reader.locator("[data-match-found] .card")
    assert cards.evaluate_all("cards => cards.map(card => card.dataset.demand)") == _expected(_TEXT)
    assert asked
    assert all(
        request.method == "GET" and request.post_data is None and request.url.startswith(site) for request in asked
    )
    assert all(re.fullmatch(r"[\w./-]+", request.url.removeprefix(site)) for request in asked)
    assert sockets == []
    assert _stored(reader) == before


def test_a_dropped_file_is_read_and_what_cannot_be_read_is_told(reader: Page, site: str) -> None:
    reader.goto(f"{site}match/")
    form, told = reader.locator(".match-form"), reader.locator("[data-match-read]")

    def drop(*files: tuple[str, bytes]) -> None:
        data = reader.evaluate_handle(
            """files => {
                const data = new DataTransfer();
                files.forEach(([name, bytes]) => data.items.add(new File([new Uint8Array(bytes)], name)));
                return data;
            }""",
            [[name, list(content)] for name, content in files],
        )
        form.dispatch_event("dragover", {"dataTransfer": data})
        assert "is-over" in (form.get_attribute("class") or "")
        form.dispatch_event("drop", {"dataTransfer": data})
        assert "is-over" not in (form.get_attribute("class") or "")

    drop(("旧<b>.doc", b"\xd0\xcf\x11\xe0old"))
    expect(told).to_contain_text("另存为不加密码的 .docx")
    drop(("a.docx", b"PK\x03\x04"), ("b.docx", b""))
    expect(told).to_contain_text("一次只能读一个文件")
    expect(reader.locator("textarea")).to_have_value("")
    drop(("<b>申请书.xlsx", annex2_xlsx({"profile": _TEXT})))
    expect(reader.locator("textarea")).to_have_value(_TEXT)
    expect(told).to_contain_text("<b>申请书.xlsx：")
    expect(reader.locator("[data-match-found] .card")).to_have_count(len(_expected(_TEXT)))


def test_without_what_unpacks_files_the_text_can_be_pasted(reader: Page, site: str) -> None:
    reader.add_init_script("delete globalThis.DecompressionStream")
    reader.goto(f"{site}match/")
    reader.set_input_files("#match-file", {"name": "a.docx", "mimeType": "", "buffer": annex2_docx()})
    expect(reader.locator("[data-match-read]")).to_contain_text("这个浏览器版本较旧，读不了文件")
