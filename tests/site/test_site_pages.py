"""Every page whole: no hole left, tags closed, one heading, one title, links that lead somewhere, nothing inline."""

from __future__ import annotations

import itertools
from posixpath import join, normpath
from urllib.parse import urlsplit

import pytest

from tests.site import samples
from tests.site.markup import Markup, pages

SITES = ("rich", "empty", "hostile")


@pytest.fixture(params=SITES)
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    found: dict[str, bytes] = request.getfixturevalue(request.param)
    return found


def test_one_page_per_demand(rich: dict[str, bytes]) -> None:
    expected = {f"demands/{demand.id.lower()}/index.html" for demand in samples.make_site(70).demands}
    built = {path for path in rich if path.startswith("demands/d-")}
    assert built == expected


def test_no_slot_left_open(files: dict[str, bytes]) -> None:
    assert [path for path, content in files.items() if path.endswith(".html") and b"<!--slot:" in content] == []


def test_markup_is_well_formed(files: dict[str, bytes]) -> None:
    for path, page in pages(files).items():
        assert (path, page.open_tags, page.misnested) == (path, [], [])
        assert len(page.ids) == len(set(page.ids)), path


def test_landmarks_and_headings(files: dict[str, bytes]) -> None:
    for path, page in pages(files).items():
        assert len(page.all("h1")) == 1, path
        assert len(page.all("main")) == len(page.all("title")) == len(page.all("header")[:1]) == 1, path
        assert page.all("html")[0]["lang"] == "zh-CN"
        levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3", "h4"}]
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (path, levels)


def test_titles_are_unique(rich: dict[str, bytes]) -> None:
    seen: dict[str, str] = {}
    for path, content in rich.items():
        if path.endswith(".html"):
            title = content.decode().split("<title>")[1].split("</title>")[0]
            assert title not in seen or path == "404.html", (path, seen.get(title))
            seen[title] = path


def test_current_menu_item(rich: dict[str, bytes]) -> None:
    for path, page in pages(rich).items():
        current = [link for link in page.all("a") if link.get("aria-current") in {"page", "true"}]
        # A list shown inside another site has no menu.
        assert current or path == "404.html" or path.startswith("embed/"), path


def test_nothing_inline(files: dict[str, bytes]) -> None:
    for path, page in pages(files).items():
        assert page.all("style") == [], path
        for tag, values in page.tags:
            assert "style" not in values, (path, tag)
            assert not any(name.startswith("on") for name in values), (path, tag)
            # A block of data is not run.
            if tag == "script" and values.get("type") != "application/ld+json":
                assert values.get("src"), path


def _target(page: str, link: str) -> str:
    parts = urlsplit(link)
    path = parts.path if parts.path.startswith("/") else join("/", page.rpartition("/")[0], parts.path)
    full = normpath(path).lstrip("/")
    return full if "." in full.rpartition("/")[2] else join(full, "index.html")


def test_links_lead_somewhere(files: dict[str, bytes]) -> None:
    parsed = pages(files)
    for path, page in parsed.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in {"tel", "mailto", "https"}, (path, link)
                continue
            target = _target(path, link) if parts.path else path
            assert target in files, (path, link)
            # With an equals sign it is no place in the page but what the web form starts with.
            if parts.fragment and "=" not in parts.fragment:
                assert parts.fragment in parsed[target].ids, (path, link)
            # Absolute links would break in a sub-folder; only the 404 page cannot do without.
            assert not link.startswith("/") or path == "404.html", (path, link)


def test_only_notices_link_outside(files: dict[str, bytes]) -> None:
    for path, page in pages(files).items():
        for values in page.all("a"):
            if (values.get("href") or "").startswith("http"):
                assert path.startswith("rounds/"), path
        for tag in ("script", "link", "img"):
            for values in page.all(tag):
                assert "://" not in (values.get("src") or values.get("href") or ""), path


def test_empty_city_says_so(empty: dict[str, bytes]) -> None:
    assert "还没有公布需求" in Markup(empty["index.html"]).text
    assert "还没有公布需求" in Markup(empty["demands/index.html"]).text
    assert "还没有登记区划" in Markup(empty["districts/index.html"]).text
    assert "没有撤回的需求" in Markup(empty["withdrawn/index.html"]).text


def test_every_later_page_is_reached(rich: dict[str, bytes]) -> None:
    """Without scripts, following links from the home page reaches every page."""
    parsed = pages(rich)
    reached, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path in reached:
            continue
        reached.add(path)
        targets = (
            _target(path, link) for link in parsed[path].links if not urlsplit(link).scheme and urlsplit(link).path
        )
        todo.extend(target for target in targets if target in parsed)
    assert set(parsed) - reached == {"404.html"}


def test_a_round_can_be_printed_whole(rich: dict[str, bytes]) -> None:
    site = samples.make_site(70)
    for round_ in site.rounds:
        page = Markup(rich[f"rounds/{round_.id}/print/index.html"])
        of_round = [demand for demand in site.demands if demand.round == round_.id]
        for demand in of_round:
            assert f"../../../demands/{demand.id.lower()}/" in page.links
            assert demand.code in page.text
        assert f"共 {len(of_round)} 项" in page.text
