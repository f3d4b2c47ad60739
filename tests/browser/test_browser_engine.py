"""The search engine in the browser, driven directly: what it finds is what a plain substring search over the public texts finds."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from served import SITE

from jiebang.site.search import folded_text
from jiebang.site.search.folding import fold
from jiebang.site.search.texts import public_parts
from jiebang.site.shelves import shelves_of

LISTED = shelves_of(SITE).all
TEXTS = [folded_text(demand, SITE) for demand in LISTED]
PARTS = [public_parts(demand, SITE) for demand in LISTED]

OPEN = (
    "async () => { window.engine = await jiebang.search.open(document.querySelector('[data-search]').dataset.search) }"
)


@pytest.fixture(scope="module")
def engine(browser: Browser, server: str) -> Iterator[Page]:
    """A page with `engine` open."""
    page = browser.new_page()
    page.goto(f"{server}/site/demands/")
    page.evaluate(OPEN)
    yield page
    page.close()


def _asked(engine: Page, queries: list[str]) -> list[Any]:
    return list(engine.evaluate("qs => Promise.all(qs.map(q => engine.query(q)))", queries))


def _expected(query: str) -> list[int]:
    words = fold(query).split(" ")
    return [number for number, text in enumerate(TEXTS) if all(word in text for word in words)]


def _pieces(random: Random) -> Iterator[str]:
    """Pieces of 1 to 12 characters cut out of what the site publishes, as it is written."""
    while True:
        part = random.choice(random.choice(PARTS))
        start = random.randrange(len(part) or 1)
        piece = part[start : start + random.choice((1, 2, 2, 3, 3, 4, 4, 5, 6, 6, 8, 12))].strip()
        if piece:
            yield piece


def queries(count: int, seed: int) -> list[str]:
    random = Random(seed)  # noqa: S311  a seeded sample, not a secret
    pieces = _pieces(random)
    return [" ".join(next(pieces) for _ in range(random.choice((1, 1, 1, 2, 3)))) for _ in range(count)]


def test_hits_are_those_of_a_plain_substring_search(engine: Page) -> None:
    asked = queries(300, seed=4)
    for query, answer in zip(asked, _asked(engine, asked), strict=True):
        assert sorted(answer["hits"]) == _expected(query), query
        assert answer["exact"]


def test_marks_are_ranges_of_the_text_as_it_is_written(engine: Page) -> None:
    cases = [
        ("230 ℃ 时", ["°c"], ["℃"]),
        ("電池外殼（ＵＬ 94）", ["电池", "ul"], ["電池", "ＵＬ"]),
        ("电池电池外壳", ["电池", "池电"], ["电池电池"]),
        ("cafe\u0301 Straße", ["café", "stra"], ["cafe\u0301", "Stra"]),
        ("ΟΔΟΣ ΟΔΟΣ", ["οδοσ"], ["ΟΔΟΣ", "ΟΔΟΣ"]),
        ("𠮷野家", ["野"], ["野"]),
    ]
    learnt = "engine.learnTraditional()"
    engine.evaluate(learnt)
    for text, words, wanted in cases:
        script = "([text, words]) => jiebang.search.marks(text, words).map(([from, to]) => text.slice(from, to))"
        assert engine.evaluate(script, [text, words]) == wanted, text


def test_excerpt_tells_why(engine: Page) -> None:
    parts = ["", "第一句说别的。" * 20 + "第二句说到阻燃，也说到外壳。后面还有很多字。" + "又一句。" * 30, "外壳"]
    found = engine.evaluate("([parts, words]) => jiebang.search.excerpt(parts, words, 40)", [parts, ["外壳", "阻燃"]])
    assert found["part"] == 1
    assert found["text"].startswith("…第二句说到阻燃，也说到外壳。")
    assert [found["text"][start:end] for start, end in found["marks"]] == ["阻燃", "外壳"]
    plain = engine.evaluate("parts => jiebang.search.excerpt(parts, ['没有'], 10)", parts)
    assert plain == {"part": 1, "text": "第一句说别的。第一句…", "marks": []}
