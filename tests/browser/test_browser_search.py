"""Searching the list: exactly what a plain substring search finds."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random, randrange

from playwright.sync_api import Page, expect

from jiebang.site.search import public_text
from tests.browser.listed import hurry, show_all
from tests.browser.served import SITE
from tests.turns import at_night

Found = Callable[[], list[str]]
_TEXTS = {demand.id: public_text(demand, SITE) for demand in SITE.demands}


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _expected(query: str) -> set[str]:
    words = _fold(query).split()
    return {d.code for d in SITE.demands if all(word in _fold(_TEXTS[d.id]) for word in words)}


def _queries(count: int) -> list[str]:
    """Pieces cut at random out of what the site publishes, some of them in pairs."""
    random = Random(randrange(1 << 32))  # noqa: S311  drawn by the seed of the run
    cut: list[str] = []
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


def test_search_equals_plain_substring(reader: Page, site: str, found: Found) -> None:
    reader.goto(f"{site}demands/")
    hurry(reader)
    for query in [
        *_queries(40 if at_night() else 5),
        "ＵＬ 94",
        "v-0",
        "没有这样的词",
        "Q1-",
        "企业名称不公开",
        "民营",
    ]:
        reader.fill("#q", query)
        expect(reader.locator("[data-count]")).to_have_text(f"找到 {len(_expected(query))} 项需求")
        show_all(reader)
        assert set(found()) == _expected(query), query


def test_another_word_of_the_trade_is_offered_and_never_mixed_in(reader: Page, site: str, found: Found) -> None:
    reader.goto(f"{site}demands/")
    reader.fill("#q", "flame retardant")
    expect(reader.locator("[data-count]")).to_have_text("找到 0 项需求")
    meant = reader.locator("[data-found] .hint .offer", has_text="阻燃（").first
    number = len(_expected("阻燃"))
    expect(meant).to_have_text(f"阻燃（{number}）")
    assert found() == []
    meant.click()
    expect(reader.locator("#q")).to_have_value("阻燃")
    expect(reader.locator("[data-count]")).to_have_text(f"找到 {number} 项需求")


def test_a_number_and_its_unit_typed_in_one_are_offered_apart(reader: Page, site: str, found: Found) -> None:
    reader.goto(f"{site}demands/?q=28MPa")
    expect(reader.locator("[data-count]")).to_have_text("找到 0 项需求")
    number = len(_expected("28 MPa"))
    reader.locator("[data-found] .hint .offer", has_text=f"28 mpa（{number}）").click()
    expect(reader.locator("[data-count]")).to_have_text(f"找到 {number} 项需求")
    show_all(reader)
    assert set(found()) == _expected("28 MPa")


def test_home_search_leads_to_the_list(reader: Page, site: str) -> None:
    reader.goto(site)
    reader.fill("#q", "激光")
    reader.keyboard.press("Enter")
    expect(reader.locator("[data-count]")).to_have_text(f"找到 {len(_expected('激光'))} 项需求")
