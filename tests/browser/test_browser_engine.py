"""The search engine in the browser, driven directly: what it finds is what a plain substring search over the public texts finds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route

from jiebang.site.grouping import group_demands
from jiebang.site.search import build_index, folded_text
from jiebang.site.search.folding import fold
from jiebang.site.search.grams import Limits
from jiebang.site.search.pinyin import sounds
from jiebang.site.search.texts import public_parts
from tests.browser.served import SITE, script_path
from tests.turns import at_night

LISTED = group_demands(SITE).all
TEXTS = [folded_text(demand, SITE) for demand in LISTED]
PARTS = [public_parts(told) for told in group_demands(SITE).told]

OPEN = f"""async () => {{
    const modules = {[f"/site/{script_path(name)}" for name in ("search/engine.js", "search/fold.js", "search/matches.js")]};
    window.search = Object.assign({{}}, ...await Promise.all(modules.map(module => import(module))));
    window.engine = await search.openIndex(document.querySelector('[data-search]').dataset.search);
}}"""
"""Makes what the page's own modules export reachable from here."""


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


@pytest.mark.parametrize(
    "limits", [Limits(2, 2), Limits(3, 3), Limits(20, 4), Limits(60, 6), Limits(2, 12), Limits(9, 12)]
)
def test_the_same_where_pieces_are_common(engine: Page, limits: Limits) -> None:
    """What only a large catalogue has, pieces too common to list all their places, is had here by calling few many."""
    index = build_index(group_demands(SITE).told, limits)
    files = {planned.path: planned.make(*planned.inputs) for planned in index.files()}

    def answer(route: Route) -> None:
        route.fulfill(body=files[route.request.url.partition("/tight/")[2]])

    engine.route("**/tight/**", answer)
    engine.evaluate("async path => { window.tight = await search.openIndex('/tight/' + path) }", index.manifest_path)
    asked = queries(150, seed=limits.most)
    answers = engine.evaluate("qs => Promise.all(qs.map(q => tight.query(q)))", asked)
    engine.unroute("**/tight/**")
    for query, found in zip(asked, answers, strict=True):
        assert sorted(found["hits"]) == _expected(query), query


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("電池外殼", "电池外壳"),
        ("ＵＬ　９４", "ul 94"),
        ("gb/t 1040.2", "GB/T 1040.2"),
        ("≥ 98.5%", "≥ 98.5%"),
        ("25 g/10min", "25 g/10MIN"),
        ("℃", "°c"),
        (LISTED[3].id.lower(), LISTED[3].id),
        (LISTED[3].code.lower(), LISTED[3].code),
        ("檢測　方法", "检测\n方法"),
        ("池", "池"),
        ("7×1", "7×1"),
    ],
)
def test_forms_fold(engine: Page, typed: str, plain: str) -> None:
    one, other = _asked(engine, [typed, plain])
    assert one["hits"] == other["hits"] != []
    assert sorted(one["hits"]) == _expected(plain)


def test_nothing_typed_is_everything(engine: Page) -> None:
    assert (
        _asked(engine, ["", "  　"])
        == [
            {
                "words": [],
                "hits": list(range(len(LISTED))),
                "exact": True,
                "how": "all",
                "pinyin": [],
                "suggestion": None,
                "offers": [],
            }
        ]
        * 2
    )


_assigned = st.characters(exclude_categories=("Cs", "Cn", "Co")).filter(
    # What later versions of Unicode changed or added, a browser may know already.
    lambda character: unicodedata.ucd_3_2_0.category(character) != "Cn"
)


@given(st.lists(st.text(_assigned, max_size=20), min_size=50, max_size=50))
@settings(max_examples=200 if at_night() else 20)
def test_python_and_javascript_fold_alike(engine: Page, texts: list[str]) -> None:
    engine.evaluate("engine.learnTraditional()")
    alphabet = {character for text in TEXTS for character in text}
    # Of traditional characters, those that matter are known: whose simplified form stands in some text.
    known = [
        text for text in texts if all(len(c) > 1 or fold(c) == c or fold(c) in alphabet or c < "\u2e80" for c in text)
    ]
    assert engine.evaluate("texts => texts.map(text => search.fold(text))", known) == list(map(fold, known))


def _rank(number: int, words: list[str]) -> tuple[int, int]:
    """(words in the title, whole words), as far as Latin words and numbers go: what bounds them is no letter and no digit."""
    title, *others = map(fold, PARTS[number])

    def whole(word: str, texts: list[str]) -> bool:
        for text in texts:
            padded = f" {text} "
            for at in range(len(text)):
                if text.startswith(word, at) and not padded[at].isalnum() and not padded[at + len(word) + 1].isalnum():
                    return True
        return False

    titled = [word in title for word in words]
    wholes = [whole(word, [title] if at else others) for word, at in zip(words, titled, strict=True)]
    return -sum(titled), -sum(wholes)


@pytest.mark.parametrize("query", ["0", "10", "g", "ua", "ul 94", "1 2", "min", "1080 nm", "mp"])
def test_title_before_text_whole_before_part_open_before_closed(engine: Page, query: str) -> None:
    (answer,) = _asked(engine, [query])
    words = fold(query).split(" ")
    assert answer["hits"] == sorted(_expected(query), key=lambda number: (*_rank(number, words), number))
    # The order of the list itself puts open ones first.
    states = [demand.status == "published" for demand in LISTED]
    assert states == sorted(states, reverse=True)


def _spoken(title: str) -> list[tuple[str, ...]]:
    return [sounds(character) for character in title if sounds(character)]


def _sounds_like(title: str, letters: str) -> bool:
    """By trying every reading: syllables from one on, the last one perhaps in part, or initials."""
    spoken = _spoken(title)
    for start in range(len(spoken)):
        rest = {letters}
        for readings in spoken[start:]:
            if any(reading.startswith(one) for one, reading in product(rest, readings)):
                return True
            rest = {one[len(r) :] for one, r in product(rest, readings) if one.startswith(r)}
        if len(letters) > 1 and len(spoken) - start >= len(letters):
            pairs = zip(letters, spoken[start:], strict=False)
            if all(any(reading[0] == letter for reading in readings) for letter, readings in pairs):
                return True
    return False


def _pinyin_queries(count: int) -> list[str]:
    random = Random(11)  # noqa: S311  a seeded sample, not a secret
    made = ["dianchi", "gdj", "dianc", "xian", "lv", "zz", "qq"]
    while len(made) < count:
        spoken = _spoken(random.choice(LISTED).title)
        start = random.randrange(len(spoken) - 1)
        readings = [random.choice(r) for r in spoken[start : start + random.randint(2, 5)]]
        letters = "".join(r[0] for r in readings) if random.random() < 0.4 else "".join(readings)
        made.append(letters[: random.randint(2, len(letters))])
    return made


def test_pinyin_finds_titles(engine: Page) -> None:
    asked = _pinyin_queries(60)
    for query, answer in zip(asked, _asked(engine, asked), strict=True):
        sounding = [n for n, demand in enumerate(LISTED) if _sounds_like(fold(demand.title), query)]
        text = _expected(query)
        assert answer["pinyin"] == [number for number in sounding if number not in text], query
        assert sorted(answer["hits"]) == (text or sounding), query
        assert answer["how"] == ("text" if text else "pinyin" if sounding else "none"), query


def test_pinyin_of_several_words(engine: Page) -> None:
    joined, spaced, turned, strange = _asked(engine, ["dianchi", "dian chi", "waike dianchi", "dianchi qqqq"])
    assert joined["hits"] == spaced["hits"] == turned["hits"] != []
    assert strange["how"] == "none"


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("电磁外壳", "电池外壳"),  # another character
        ("激广器", "激光器"),
        ("光千激光器", "光纤激光器"),
        ("装配式干结构", "装配式钢结构"),
        ("电池外客", "电池外壳"),  # sounds alike
        ("检册", "检测"),
        ("电池壳外", "电池外壳"),  # swapped
        ("热误补偿", "热误差补偿"),  # left out
        ("杀菌的装置", "杀菌装置"),  # added
        ("池电", "电池"),
        ("电磁外壳 阻燃", "电池外壳 阻燃"),
    ],
)
def test_a_slip_suggests_what_was_meant(engine: Page, slip: str, meant: str) -> None:
    wrong, right = _asked(engine, [slip, meant])
    assert (wrong["how"], wrong["hits"], wrong["suggestion"]) == ("none", [], meant)
    assert right["hits"]


def test_nonsense_suggests_nothing(engine: Page) -> None:
    for answer in _asked(engine, ["没有这样的词", "xqzvw", "0000000", "电池 龘靐齉", "🦀🦀"]):
        assert answer["suggestion"] is None


def test_a_file_that_does_not_come_is_asked_for_again(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}demands/")
    page.evaluate(OPEN)
    page.route("**/search/**", lambda route: route.abort())
    assert page.evaluate("engine.query('激光').then(() => 'found', () => 'failed')") == "failed"
    page.unroute("**/search/**")
    assert page.evaluate("engine.query('激光').then(answer => answer.how)") == "text"
    page.close()


def test_matches_are_ranges_of_the_text_as_it_is_written(engine: Page) -> None:
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
        script = "([text, words]) => search.matchRanges(text, words).map(([from, to]) => text.slice(from, to))"
        assert engine.evaluate(script, [text, words]) == wanted, text


def test_excerpt_tells_why(engine: Page) -> None:
    parts = ["", "第一句说别的。" * 20 + "第二句说到阻燃，也说到外壳。后面还有很多字。" + "又一句。" * 30, "外壳"]
    found = engine.evaluate("([parts, words]) => search.excerpt(parts, words, 40)", [parts, ["外壳", "阻燃"]])
    assert found["part"] == 1
    assert found["text"].startswith("…第二句说到阻燃，也说到外壳。")
    assert [found["text"][start:end] for start, end in found["marks"]] == ["阻燃", "外壳"]
    plain = engine.evaluate("parts => search.excerpt(parts, ['没有'], 10)", parts)
    assert plain == {"part": 1, "text": "第一句说别的。第一句…", "marks": []}
