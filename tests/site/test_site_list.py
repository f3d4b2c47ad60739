"""The list's data say of every demand what its object says; its pages lead anywhere in few steps; marks need no catalogue."""

from __future__ import annotations

import gzip
import json
import re
from collections import deque
from dataclasses import replace
from posixpath import join, normpath
from random import Random

import pytest

from jiebang.schemas import divisions, foundation_categories, foundation_fields, natures
from jiebang.site import Frames
from jiebang.site.columns import list_files
from jiebang.site.facets import UNSAID, facets_of
from jiebang.site.grouping import group_demands
from jiebang.site.page import Context
from jiebang.site.pages.demands import ListSources, list_pages
from jiebang.site.pages.listing import Listing
from jiebang.view import Demand, Enterprise, PublicSite
from tests.site import samples

_LARGE = 10_000
_BUDGET = 70 * 1024


def _drawn(demand: Demand, random: Random, number: int) -> Demand:
    """A demand whose choices nothing foretells: the worst that the columns can have to say."""
    code, division = random.choice(list(divisions().items()))
    return replace(
        demand,
        id="D-" + "".join(random.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(8)),
        code=f"L-{number}",
        district=random.choice([d.slug for d in samples.DISTRICTS]),
        enterprise=Enterprise(None, random.choice(natures()).value, division.section, code),
        field=random.choice(foundation_fields()).value,
        category=random.choice(foundation_categories()).value,
    )


@pytest.fixture(scope="module")
def large() -> PublicSite:
    site = samples.make_site(100)
    random = Random(3)  # noqa: S311  a seeded sample, not a secret
    demands = tuple(_drawn(site.demands[n % 100], random, n) for n in range(_LARGE))
    return replace(site, demands=tuple(sorted(demands, key=lambda d: (d.published_on, d.id), reverse=True)))


def _numbers(site: PublicSite) -> tuple[dict[str, object], list[str]]:
    files = list_files(site, group_demands(site))
    ids = json.loads(files.ids.content)
    rest, length = ids["rest"], ids["length"]
    return json.loads(files.columns.content), [
        ids["front"] + rest[start : start + length] for start in range(0, len(rest), length)
    ]


@pytest.mark.parametrize("site", [samples.make_site(70), samples.hostile_site()], ids=["rich", "hostile"])
def test_columns_say_what_the_demands_say(site: PublicSite) -> None:
    columns, ids = _numbers(site)
    listed = group_demands(site).all
    assert ids == [demand.id for demand in listed]
    definitions = {facet.key: facet for facet in facets_of(site)}
    facets = columns["facets"]
    assert isinstance(facets, list)
    assert [facet["key"] for facet in facets] == list(definitions)
    for facet in facets:
        for demand, place in zip(listed, facet["rows"], strict=True):
            keys = [facet["options"][at][0] for at in facet["sets"][place]]
            assert keys == list(definitions[facet["key"]].values(demand))


def test_columns_hold_no_text_of_a_demand() -> None:
    site = samples.make_site(70)
    content = list_files(site, group_demands(site)).columns.content.decode()
    for demand in site.demands:
        for text in (demand.title, demand.summary, demand.code, demand.id, demand.enterprise.name or demand.title):
            assert text not in content


def test_what_is_not_said_is_a_choice() -> None:
    site = samples.make_site(20)
    nobody = Enterprise(None, None, None, None)
    silent = replace(site.demands[0], district=None, field=None, category=None, type=None, enterprise=nobody)
    for facet in facets_of(site):
        if facet.key not in {"mode", "round"}:
            assert facet.values(silent) == (UNSAID,)
            assert facet.options[-1].key == UNSAID


def test_columns_are_small_at_ten_thousand(large: PublicSite) -> None:
    files = list_files(large, group_demands(large))
    assert len(gzip.compress(files.columns.content, mtime=0)) <= _BUDGET
    assert len(gzip.compress(files.ids.content, mtime=0)) <= _BUDGET


def test_files_are_named_by_content() -> None:
    site = samples.make_site(30)
    grouped = group_demands(site)
    changed = replace(site, demands=(*site.demands[:-1], replace(site.demands[-1], field=None, category=None)))
    assert list_files(site, grouped) == list_files(site, grouped)
    assert list_files(changed, group_demands(changed)).columns.path != list_files(site, grouped).columns.path


@pytest.mark.parametrize("last", [1, 2, 10, 11, 40, 334, 5000])
def test_pager_reaches_any_page_in_two_steps(last: int) -> None:
    def linked(number: int) -> set[int]:
        listing = Listing("demands/", number, last, last * 30, ())
        return {*listing.block, *(block[0] for block in listing.other_blocks)}

    reached = {two for one in linked(1) for two in linked(one)}
    assert reached == set(range(1, last + 1))
    assert max(len(linked(number)) for number in {1, last // 2 + 1, last}) <= 2 * max(10, last**0.5 + 1)


def test_any_demand_is_four_clicks_from_home(large: PublicSite, frames: Frames, rich: dict[str, bytes]) -> None:
    """Over the links of the list's own pages at ten thousand demands, from a home page that links to the list."""
    assert b'href="./demands/"' in rich["index.html"] or b'href="demands/"' in rich["index.html"]
    links: dict[str, set[str]] = {"": {"demands"}}
    for page in list_pages(group_demands(large), ListSources("a", "b", "c")):
        main = page.fill(Context(frames.templates, page.root, page.path, frames.config), *page.inputs)["main"]
        links[normpath(page.path)] = {
            normpath(join(page.path, link)) for link in re.findall(r'<a[^>]* href="([^"#]*)"', main)
        }
    distance, todo = {"": 0}, deque([""])
    while todo:
        path = todo.popleft()
        for target in links.get(path, ()):
            if target not in distance:
                distance[target] = distance[path] + 1
                todo.append(target)
    assert max(distance[f"demands/{demand.id.lower()}"] for demand in large.demands) <= 4


def test_lists_by_facet_hold_every_demand(rich: dict[str, bytes]) -> None:
    """Without scripts, too, each state, mode, nature and type has its list, complete."""
    site = samples.make_site(70)
    wanted = {
        "state/published": {d.id for d in site.demands if d.status == "published"},
        "mode/joint-research": {d.id for d in site.demands if "联合研发" in d.cooperation},
        "nature/private": {d.id for d in site.demands if d.enterprise.nature == "民营"},
        "field/unsaid": {d.id for d in site.demands if d.field is None},
        "type/unsaid": {d.id for d in site.demands if d.type is None},
    }
    for path, expected in wanted.items():
        pages = [c.decode() for p, c in rich.items() if p.startswith(f"demands/by/{path}/")]
        assert {one for page in pages for one in re.findall(r'data-demand="(D-\w+)"', page)} == expected, path
        assert f"demands/by/{path}/index.html" in rich


def test_the_page_of_marks_depends_on_no_record(rich: dict[str, bytes], hostile: dict[str, bytes]) -> None:
    main = re.compile(rb"<main.*</main>", re.DOTALL)
    one, other = (main.search(files["marked/index.html"]) for files in (rich, hostile))
    assert one is not None
    assert other is not None
    assert one.group() == other.group()
    assert "demands/by/" in one.group().decode()
