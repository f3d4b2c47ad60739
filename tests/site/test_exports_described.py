"""What describes the site to programs: DCAT for portals, JSON-LD for search engines, the sitemap, and the documentation page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as Xml

import pytest
from rdflib import RDF, Graph, Namespace
from rdflib.compare import isomorphic

from jiebang.site import Frames, render
from jiebang.site.config import SiteConfig
from jiebang.site.exports.json.keys import Key
from jiebang.site.exports.json.schema import LISTS
from jiebang.site.exports.rdf import Iri, Node, Text, turtle
from jiebang.site.exports.sitemap import MOST, sitemap_files
from tests.site import samples
from tests.site.markup import Markup, pages

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADDRESS = "https://www.example.org/catalogue/"
SITES = {"rich": samples.make_site(70), "empty": samples.empty_site(), "hostile": samples.hostile_site()}
Files = dict[str, bytes]

# The reader of JSON-LD uses what its own library is about to give up.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.fixture(params=SITES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def files(name: str, request: pytest.FixtureRequest) -> Files:
    found: Files = request.getfixturevalue(name)
    return found


@pytest.fixture(scope="module")
def addressed(frames: Frames) -> Callable[[str], Files]:
    """A sample site of a city that has said where it stands."""
    placed = replace(frames, config=replace(frames.config, url=ADDRESS))
    made: dict[str, Files] = {}

    def render_all(which: str) -> Files:
        if which not in made:
            made[which] = {output.path: output.content for output in render(SITES[which], placed)}
        return made[which]

    return render_all


def _graph(files: Files, path: str) -> Graph:
    graph = Graph()
    form = "turtle" if path.endswith(".ttl") else "json-ld"
    graph.parse(data=files[path], format=form, publicID=ADDRESS + path)
    return graph


def test_both_forms_of_the_description_say_the_same(name: str, files: Files, addressed: Callable[[str], Files]) -> None:
    for made in (files, addressed(name)):
        one, other = _graph(made, "data/catalog.ttl"), _graph(made, "data/catalog.jsonld")
        # Where each form was fetched from must not matter.
        assert isomorphic(one, other)


def _harvested(files: Files, path: str) -> Iterator[tuple[str, bytes]]:
    """What a harvester does: from the catalogue to its data sets, to their downloads, by the addresses alone."""
    graph = _graph(files, path)
    for catalogue in graph.subjects(RDF.type, DCAT.Catalog):
        for dataset in graph.objects(catalogue, DCAT.dataset):
            for download in graph.objects(dataset, DCAT.distribution):
                address = str(graph.value(download, DCAT.downloadURL))
                media = str(graph.value(download, DCAT.mediaType)).rpartition("media-types/")[2]
                assert address.startswith(ADDRESS)
                yield media, files[address.removeprefix(ADDRESS)]


@pytest.mark.parametrize("path", ["data/catalog.ttl", "data/catalog.jsonld"])
def test_a_harvest_yields_every_published_demand(
    name: str, files: Files, addressed: Callable[[str], Files], path: str
) -> None:
    wanted = {demand.id for demand in SITES[name].demands}
    for made in (files, addressed(name)):
        harvested = list(_harvested(made, path))
        lists = [json.loads(content) for media, content in harvested if media == "application/json"]
        assert {d["id"] for one in lists if "demands" in one for d in one["demands"]} == wanted
        lines = [content for media, content in harvested if media == "application/x-ndjson"]
        assert {json.loads(line)["id"] for line in lines[0].splitlines()} == wanted
        assert {media for media, _ in harvested} >= {"text/csv", "application/atom+xml"}


def test_what_the_profile_asks_for_is_said(files: Files) -> None:
    graph = _graph(files, "data/catalog.ttl")
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    for asked in (DCT.title, DCT.description, DCT.publisher, DCT.license, DCT.language, DCT.spatial):
        assert graph.value(catalogue, asked) is not None, asked
    datasets = list(graph.objects(catalogue, DCAT.dataset))
    assert len(datasets) == len(LISTS)
    for dataset in datasets:
        assert (dataset, RDF.type, DCAT.Dataset) in graph
        for asked in (DCT.title, DCT.description, DCT.publisher, DCT.identifier, DCAT.contactPoint, DCAT.landingPage):
            assert graph.value(dataset, asked) is not None, asked
        for download in graph.objects(dataset, DCAT.distribution):
            for asked in (DCAT.accessURL, DCAT.downloadURL, DCAT.mediaType, DCT["format"], DCT.license):
                assert graph.value(download, asked) is not None, asked


def test_whom_to_ask_is_the_bureau(rich: Files) -> None:
    graph = _graph(rich, "data/catalog.ttl")
    points = set(graph.subjects(RDF.type, VCARD.Organization))
    contact = SITES["rich"].city.contact
    assert {str(graph.value(point, VCARD.tel)) for point in points} == {contact.phone}
    assert {str(graph.value(point, VCARD.hasEmail)) for point in points} == {f"mailto:{contact.email}"}


@pytest.mark.parametrize("text", [*samples.HOSTILE, 'a"b\\c\n\t"""', "\\u0041"])
def test_any_text_survives_turtle(text: str) -> None:
    node = Node(
        "dct:Thing",
        (("dct:title", Text(text, "zh")), ("dct:source", Iri(f"https://example.org/<{text[:1]}>"))),
        "https://example.org/x",
    )
    graph = Graph().parse(data=turtle((node,), {"dct": str(DCT)}), format="turtle")
    (title,) = graph.objects(None, DCT.title)
    assert str(title) == text


# --- JSON-LD in pages -------------------------------------------------------------------------------------------------------

_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def _things(page: bytes) -> list[dict[str, Any]]:
    return [thing for block in _BLOCK.findall(page.decode()) for thing in json.loads(block)["@graph"]]


def test_every_block_is_json_of_its_own(files: Files) -> None:
    for path, content in files.items():
        if path.endswith(".html"):
            for block in _BLOCK.findall(content.decode()):
                assert "<" not in block and json.loads(block)["@context"] == "https://schema.org", path


def test_a_page_of_a_demand_says_what_it_is(name: str, files: Files) -> None:
    for demand in SITES[name].demands:
        things = {thing["@type"]: thing for thing in _things(files[f"demands/{demand.id.lower()}/index.html"])}
        assert things["Demand"]["name"] == demand.title
        assert things["Demand"]["availabilityEnds"] == demand.apply_by
        page = Markup(files[f"demands/{demand.id.lower()}/index.html"])
        data = next(link["href"] for link in page.all("link") if link.get("type") == "application/json")
        assert json.loads(files[(data or "").removeprefix("../../")])["id"] == demand.id
        assert things["BreadcrumbList"]["itemListElement"][-1]["name"] == demand.title


def test_breadcrumbs_lead_where_the_page_says(rich: Files) -> None:
    for path, page in pages(rich).items():
        for thing in _things(rich[path]):
            if thing["@type"] == "BreadcrumbList":
                for step in thing["itemListElement"][:-1]:
                    assert step["item"] in page.links, path


def test_home_and_data_say_who_publishes(rich: Files) -> None:
    (home,) = _things(rich["index.html"])
    assert home["publisher"]["@type"] == "GovernmentOrganization"
    assert home["publisher"]["name"] == SITES["rich"].city.bureau
    (dataset,) = _things(rich["data/index.html"])
    assert dataset["@type"] == "Dataset"
    for download in dataset["distribution"]:
        assert urljoin("data/", download["contentUrl"]).lstrip("./") in rich


# --- sitemap, alternates, embedded lists, documentation ---------------------------------------------------------------------


def _addresses(content: bytes) -> list[str]:
    return [element.text or "" for element in Xml.fromstring(content).iter() if element.tag.endswith("}loc")]  # noqa: S314 - our own output


def test_the_sitemap_lists_every_page_once(addressed: Callable[[str], Files]) -> None:
    files = addressed("rich")
    listed = [address.removeprefix(ADDRESS) + "index.html" for address in _addresses(files["sitemap.xml"])]
    expected = {path for path in files if path.endswith("index.html") and not path.startswith("embed/")}
    assert sorted(listed) == sorted(expected)
    assert f"Sitemap: {ADDRESS}sitemap.xml" in files["robots.txt"].decode().splitlines()


def test_without_an_address_there_is_no_sitemap_and_robots_say_why(rich: Files) -> None:
    assert "sitemap.xml" not in rich
    assert "site_url" in rich["robots.txt"].decode()
    assert "Sitemap:" not in rich["robots.txt"].decode()


def test_many_pages_are_split() -> None:
    entries: list[tuple[str, str | None]] = [(f"demands/{n}/", None) for n in range(MOST + 1)]
    files = {file.path: file.content for file in sitemap_files(entries, SiteConfig("", "", ADDRESS))}
    parts = [address.removeprefix(ADDRESS) for address in _addresses(files["sitemap.xml"])]
    assert [len(_addresses(files[part])) for part in parts] == [MOST, 1]


@pytest.mark.parametrize(
    "path", ["", "demands/", "districts/jiangbei/", "industries/c/", "industries/c/39/", "fields/new-materials/"]
)
def test_pages_name_their_feeds(rich: Files, path: str) -> None:
    page = Markup(rich[f"{path}index.html"])
    kinds = {link.get("type") for link in page.all("link") if link.get("rel") == "alternate"}
    assert {"application/atom+xml", "application/feed+json"} <= kinds


def test_pages_name_their_own_address_where_it_is_known(addressed: Callable[[str], Files], rich: Files) -> None:
    page = Markup(addressed("rich")["districts/jiangbei/index.html"])
    assert [link["href"] for link in page.all("link") if link.get("rel") == "canonical"] == [
        f"{ADDRESS}districts/jiangbei/"
    ]
    assert not any(link.get("rel") == "canonical" for link in Markup(rich["districts/jiangbei/index.html"]).all("link"))


def test_every_feed_and_calendar_is_on_the_page_about_them(files: Files) -> None:
    page = Markup(files["subscribe/index.html"])
    linked = {link.removeprefix("../") for link in page.links}
    assert {path for path in files if path.startswith(("feeds/", "calendars/"))} <= linked


def test_an_embedded_list_runs_nothing_and_opens_the_whole_site(files: Files) -> None:
    for path, page in pages(files).items():
        if path.startswith("embed/"):
            assert page.all("script") == []
            assert all(link.get("target") == "_top" for link in page.all("a")), path


def test_an_embedded_list_shows_what_can_be_applied_for(rich: Files) -> None:
    site = SITES["rich"]
    for district in site.districts:
        page = Markup(rich[f"embed/districts/{district.slug}/index.html"])
        open_ = [d for d in site.demands if d.district == district.slug and d.status == "published"]
        for demand in open_[:10]:
            assert demand.title in page.text
        shown = [link for link in page.links if "demands/d-" in link]
        assert len(shown) == min(10, len(open_))


def _all_keys(keys: tuple[Key, ...], prefix: str = "") -> Iterator[str]:
    for key in keys:
        yield f"{prefix}{key.name}"
        yield from _all_keys(key.inner, f"{prefix}{key.name}.")


def test_the_page_about_the_data_documents_every_key_and_links_every_file(files: Files) -> None:
    page = Markup(files["data/index.html"])
    for listed in LISTS:
        for key in _all_keys(listed.keys()):
            assert f"<code>{key}</code>" in files["data/index.html"].decode(), key
        assert f"../{listed.path}" in page.links and f"../{listed.schema_path}" in page.links
    linked = {link.removeprefix("../") for link in page.links}
    single = re.compile(r"data/v1/demands/d-[0-9a-z]{8}\.json")
    assert {path for path in files if path.startswith("data/") and not single.fullmatch(path)} <= linked | {
        "data/index.html"
    }
