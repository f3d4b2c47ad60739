"""Measures the search in a browser: what an index weighs, what a query fetches, and how long its scripts run on a slow machine.

Each query is asked of a fresh engine, so that nothing is fetched already; the browser is slowed down to a quarter. Sizes are those after
gzip, as a web server sends them. The peer is what an exact search would fetch without an index: all texts at once.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright
from pypinyin.phrases_dict import phrases_dict
from rich.console import Console
from rich.table import Table

from jiebang.catalogue import load
from jiebang.publication import publish
from jiebang.resources import program_data
from jiebang.site.assets import collect
from jiebang.site.grouping import GroupedDemands, group_demands
from jiebang.site.search import Index, build_index, folded_text
from jiebang.site.synonyms import synonym_files, synonyms_in
from jiebang.view import Demand, PublicSite
from make_catalogue import make

HERE = Path(__file__).resolve().parent
SCRIPTS = collect(HERE.parent / "site" / "assets")
ENGINE = next(script.path for script in SCRIPTS if script.name == "search/engine.js")
HOST = "http://search.invalid/"
SLOWED = 4


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one query: KiB fetched and milliseconds of the page's own work, first when nothing was there, then once more."""

    kibibytes: float
    first: float
    again: float


def scattered(site: PublicSite) -> PublicSite:
    """The same demands with texts of words drawn from a dictionary, so that hardly any pair of words stands twice."""
    random = Random(3)  # noqa: S311 - texts to measure with, not secrets
    words = [word for word in phrases_dict if len(word) <= 3]

    def sentences(length: int) -> str:
        return "".join(
            random.choice(words) + random.choice(["", "", "", "，", "。", str(random.randrange(999))])
            for _ in range(length // 2)
        )

    def other(demand: Demand) -> Demand:
        return replace(
            demand, title=sentences(18), summary=sentences(430), parameters=sentences(300), effect=sentences(250), schedule=sentences(60)
        )  # fmt: skip

    return replace(site, demands=tuple(map(other, site.demands)))


def queries(texts: Sequence[str], words: Sequence[int], lengths: tuple[int, int], count: int) -> list[str]:
    """Pieces cut out of the texts at random; each query of so many words of so many characters."""
    random = Random(5)  # noqa: S311 - texts to measure with, not secrets

    def piece() -> str:
        length = random.randint(*lengths)
        while True:
            word = random.choice(random.choice(texts).split())
            if len(word) >= length:
                start = random.randrange(len(word) - length + 1)
                return word[start : start + length]

    return [" ".join(piece() for _ in range(random.choice(words))) for _ in range(count)]


def commonest(texts: Sequence[str], length: int, count: int) -> list[str]:
    """What stands most often: three words of it make the heaviest query."""
    counts: Counter[str] = Counter()
    for text in texts[:: max(1, len(texts) // 300)]:
        for word in text.split():
            counts.update(word[at : at + length] for at in range(len(word) - length + 1))
    pieces = [piece for piece, _ in counts.most_common(3 * count)]
    return [" ".join(pieces[at::count]) for at in range(count)]


class Browser:
    """A page with the scripts and an index behind it."""

    def __init__(self, page: Page, index: Index) -> None:
        self._page = page
        self._files = {f"{HOST}{script.path}": script.content for script in SCRIPTS}
        self._files |= {f"{HOST}{file.path}": file.make(*file.inputs) for file in index.files()}
        self._fetched = 0
        page.route(f"{HOST}**", self._answer)
        page.goto(HOST)
        page.evaluate("async path => { window.search = await import(path) }", f"{HOST}{ENGINE}")
        self._metrics = page.context.new_cdp_session(page)
        self._metrics.send("Performance.enable")
        self._metrics.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        self._manifest = index.manifest_path

    def _answer(self, route: Route) -> None:
        content = self._files.get(route.request.url, b"<!doctype html><meta charset=utf-8><title>-</title>")
        self._fetched += len(gzip.compress(content, 6))
        kind = "text/html" if route.request.url == HOST else "application/octet-stream"
        route.fulfill(body=content, content_type="text/javascript" if route.request.url.endswith(".js") else kind)

    def _work(self) -> float:
        metrics: dict[str, Any] = self._metrics.send("Performance.getMetrics")
        return float(next(one["value"] for one in metrics["metrics"] if one["name"] == "TaskDuration")) * 1000

    def _timed(self, query: str) -> float:
        before = self._work()
        self._page.evaluate("query => engine.query(query).then(() => null)", query)
        return self._work() - before

    def ask(self, query: str) -> Cost:
        self._page.evaluate("async path => { window.engine = await search.openIndex(path) }", self._manifest)
        self._fetched = 0
        first = self._timed(query)
        return Cost(self._fetched / 1024, first, self._timed(query))


def row(name: str, costs: Sequence[Cost]) -> Iterator[str]:
    yield name
    yield str(len(costs))
    for values in ([c.kibibytes for c in costs], [c.first for c in costs], [c.again for c in costs]):
        ordered = sorted(values)
        yield " / ".join(
            f"{value:.0f}" for value in (statistics.median(ordered), ordered[len(ordered) * 95 // 100], ordered[-1])
        )


def measure(site: PublicSite, grouped: GroupedDemands, page: Page, count: int, console: Console) -> None:
    started = time.process_time()
    index = build_index(grouped.told, synonyms=synonyms_in(synonym_files(program_data(), None)))
    seconds = time.process_time() - started
    texts = [folded_text(demand, site) for demand in grouped.all]
    sizes = [len(gzip.compress(file.make(*file.inputs), 6)) for file in index.files()]
    plain = len(gzip.compress("\n".join(texts).encode(), 6))
    console.print(
        f"索引：{len(sizes)} 个文件，gzip 后共 {sum(sizes) / 1e6:.1f} MB，最大 {max(sizes) / 1024:.0f} KiB，生成用 CPU {seconds:.1f} s；"
        f"全部文字 gzip 后 {plain / 1e6:.2f} MB。",
        soft_wrap=True,
    )
    browser = Browser(page, index)
    table = Table("查询", "次", "取回 KiB", f"首次 ms（{SLOWED} 倍降速）", "再查 ms", title="中位数 / 95% / 最大")
    kinds = {
        "随机 1—3 词，各 2—6 字": queries(texts, (1, 1, 2, 3), (2, 6), count),
        "随机 1 词，7—14 字": queries(texts, (1,), (7, 14), count // 6),
        "最常见的 3 词，各 2 字": commonest(texts, 2, count // 10),
        "最常见的 3 词，各 6 字": commonest(texts, 6, count // 10),
        "拼音": ["dianchi", "dian chi", "gdj", "zhou", "sh", "cailiao", "jiansuqi", "zz"],
        "没有的词": ["电磁外壳", "减速气", "导热交", "没有这样的词", "主轴单员 成本", "xqzvw"],
    }
    for name, asked in kinds.items():
        costs = [browser.ask(query) for query in asked]
        table.add_row(*row(name, costs))
    console.print(table)
    console.print(f"对照：不建索引的精确搜索要先取回全部文字，{plain / 1024:.0f} KiB。", soft_wrap=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="在浏览器里测量搜索：索引的大小、一次查询取回多少、脚本用时。")
    parser.add_argument("--demands", type=int, default=1_000, metavar="N", help="需求的项数（默认 1000）")
    parser.add_argument("--queries", type=int, default=300, metavar="N", help="随机查询的次数（默认 300）")
    parser.add_argument("--scattered", action="store_true", help="文字改为词典里随机的词，几乎没有重复")
    parser.add_argument("--chromium", metavar="PATH", help="浏览器；不写时用 Playwright 自己的")
    given = parser.parse_args(arguments)
    if given.demands < 10 or given.queries < 10:
        parser.error("需求和查询都至少 10 个。")
    with tempfile.TemporaryDirectory(prefix="jiebang-bench-") as folder:
        make(Path(folder), given.demands)
        site = publish(load(Path(folder))[0], {}).site
    if given.scattered:
        site = scattered(site)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        measure(site, group_demands(site), chromium.new_page(), given.queries, Console())
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
