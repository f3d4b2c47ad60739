"""Hostile texts in every field leave the pages as they are: read by a browser's own parser of HTML, then opened under the site's own policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.served import TODAY
from tests.browser.watch import Watch
from tests.hostile.payloads import PAYLOADS, tamed
from tests.hostile.sites import twins
from tests.turns import by_day

SERVER = "http://127.0.0.1:9/"
"""Nobody listens there; every file comes out of memory."""
_HASH = re.compile(r"(?<=[./])[0-9a-f]{10}(?=[./])")
_KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png"}  # fmt: skip

COMPARE = """
async pages => {
  const ADDRESSES = new Set(["href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href", "cite", "background"]);
  const tamed = text => text.replace(/[^\\p{L}\\p{N}\\s：:。，；、！？）]/gu, "口");
  const steady = text => text.replace(/(?<=[./])[0-9a-f]{10}(?=[./])/g, "HASH");
  // What reads the JSON in a page reads values; how they are escaped in it differs.
  const read = source => JSON.stringify(JSON.parse(source), (_, value) => (typeof value === "string" ? tamed(steady(value)) : value));
  const flat = source => {
    const document = new DOMParser().parseFromString(source, "text/html");
    const found = [];
    const walk = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      let depth = 0;
      for (let above = node.parentNode; above; above = above.parentNode) depth += 1;
      if (node.nodeType !== Node.ELEMENT_NODE) {
        const isJson = node.parentNode.localName === "script" && /json$/.test(node.parentNode.type);
        found.push(`${depth} ${node.nodeName} ${isJson ? read(node.data) : tamed(steady(node.data ?? ""))}`);
        continue;
      }
      const named = [...node.attributes].map(({ name, value }) => {
        if (/^[{[]"/.test(value)) return `${name}=${read(value)}`;
        if (!ADDRESSES.has(name)) return `${name}=${tamed(steady(value))}`;
        // What a query holds is longer where more of it is escaped; where it leads is not.
        return `${name}=${steady(value.split(/[?#]/)[0].replace(/^mailto:.*/, "mailto:"))}`;
      });
      found.push(`${depth} <${node.localName} ${node.namespaceURI} ${named.join(" ")}>`);
    }
    return found;
  };
  const told = [];
  let nodes = 0;
  for (const [path, hostile, tame] of pages) {
    const [one, other] = [flat(hostile), flat(tame)];
    nodes += one.length;
    const at = one.findIndex((node, place) => node !== other[place]);
    if (at >= 0 || one.length !== other.length) {
      told.push([path, one.length, other.length, one.slice(Math.max(at - 1, 0), at + 2), other.slice(Math.max(at - 1, 0), at + 2)]);
    }
  }
  return { nodes, told };
}
"""
"""Holds pages against their tame twins, node by node: each element with its place, name and attributes, each text and comment."""


@dataclass(frozen=True)
class Sites:
    hostile: dict[str, bytes]
    tame: dict[str, bytes]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    return Sites(*twins(tmp_path_factory))


@pytest.fixture(scope="module")
def watched(browser: Browser, sites: Sites) -> Iterator[tuple[Page, Watch, list[str]]]:
    """A page for which the hostile site is what stands at SERVER; what it complains of, and the dialogs that opened."""
    context = browser.new_context()
    watch = Watch(SERVER)
    watch.attach(context)
    dialogs: list[str] = []

    def dismissed(dialog: object) -> None:
        dialogs.append(str(dialog))

    def served(route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path).removeprefix("/")
        name = f"{path}index.html" if not path or path.endswith("/") else path
        content = sites.hostile.get(name)
        if content is None or not route.request.url.startswith(SERVER):
            watch.complaints.append(f"no such file: {route.request.url}")
            route.abort()
            return
        route.fulfill(body=content, content_type=_KINDS.get(Path(name).suffix, "application/octet-stream"))

    context.route("**/*", served)
    context.clock.set_fixed_time(f"{TODAY}T12:00:00+08:00")
    context.add_init_script("globalThis.hit = number => console.error(`hit ${number}`);")
    page = context.new_page()
    page.on("dialog", dismissed)
    yield page, watch, dialogs
    context.close()


def test_the_battery_is_large(sites: Sites) -> None:
    assert len(PAYLOADS) > 600
    assert all(tamed(tamed(text)) == tamed(text) and len(tamed(text)) == len(text) for text in PAYLOADS)
    assert sum(path.endswith(".html") for path in sites.hostile) > 100


def test_no_node_attribute_or_scheme_but_those_of_the_templates(
    watched: tuple[Page, Watch, list[str]], sites: Sites
) -> None:
    page, _, _ = watched
    page.goto("about:blank")
    tame = {_HASH.sub("HASH", path): content for path, content in sites.tame.items()}
    paths = sorted(path for path in sites.hostile if path.endswith(".html"))
    nodes = 0
    for start in range(0, len(paths), 20):
        twins = [
            [path, sites.hostile[path].decode(), tame[_HASH.sub("HASH", path)].decode()]
            for path in paths[start : start + 20]
        ]
        answer = page.evaluate(COMPARE, twins)
        assert answer["told"] == []
        nodes += answer["nodes"]
    assert nodes > 20_000


_OPENED = (
    "", "demands/", "demands/?q=hit", "districts/", "districts/jiangbei/", "rounds/2030/", "overview/", "external/", "subscribe/", "data/", "guide/rules/",
    "withdrawn/", "embed/all/", "match/", "marked/", "submit/",
)  # fmt: skip


def test_pages_run_ask_and_report_nothing_under_their_own_policy(
    watched: tuple[Page, Watch, list[str]], sites: Sites
) -> None:
    page, watch, dialogs = watched
    demands = sorted({path.rpartition("/")[0] + "/" for path in sites.hostile if re.match(r"demands/d-.*/index", path)})
    assert len(demands) >= 14
    watch.complaints.clear()
    for path in (*by_day(_OPENED, 8), *by_day(demands, 3)):
        page.goto(f"{SERVER}{path}")
        assert "Content-Security-Policy" in page.content(), path
        page.wait_for_load_state("networkidle")
        assert page.url.startswith(SERVER + path), path
        assert page.locator("u, [onload], [onerror], [onclick], [onmouseover], [onfocus], base").count() == 0, path
    assert watch.complaints == []
    assert dialogs == []
