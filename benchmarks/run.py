"""Measures `jiebang check`, `build` and `serve` beside programs that do a part of the same work, in the same run, on catalogues of growing size.

Time on a shared machine tells little; ratios of the same round and the growth between sizes tell more. The results of a whole run stand in
`RESULTS.md`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from measure import Cost, RunFailedError, measure
from peers import Peers, versions
from report import markdown, show, show_growth
from serving import free_port, served

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
JIEBANG = (sys.executable, "-m", "jiebang")
SAMPLE = 0
"""The size that stands for the sample of this repository."""
BASE = 10
"""So few demands that what they cost is the start of the program; taken off before growth is judged."""
SIZES = (SAMPLE, 100, 1_000, 10_000)
LARGE = 100_000
ALONE_ABOVE = 10_000
"""Above this size ours is measured alone, and once: the others take hours."""


def apart(script: str, *arguments: str | Path) -> str:
    """What one of our scripts prints, run in a process of its own: the memory of this one would count as that of what it starts."""
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - our own
    if done.returncode != 0:
        raise RunFailedError(f"{script} 没有完成：\n{done.stderr[-2000:]}")
    return done.stdout


@dataclass
class Bench:
    """The measurements of one size, in a folder of its own: `catalogue`, what is kept between runs (`cache`), sites, and `inputs` of others."""

    folder: Path
    peers: Peers | None
    edits: int = 0
    caches: int = 0
    prepared: bool = False
    costs: dict[str, list[Cost]] = field(default_factory=dict)

    @property
    def catalogue(self) -> Path:
        return self.folder / "catalogue"

    def _environment(self) -> dict[str, str]:
        return {"JIEBANG_CACHE": str(self.folder / f"cache-{self.caches}")}

    def _run(self, *arguments: str | Path) -> Cost:
        command = [*JIEBANG, *arguments, "--catalogue", self.catalogue]
        return measure(command, self._environment(), cwd=self.folder)

    def _next_edit(self, kind: str) -> tuple[Path, str, str, str]:
        """File, its new content, what is new in it, and the page that shows it."""
        self.edits += 1
        path, content, mark, page = json.loads(apart("edits.py", kind, self.catalogue, str(self.edits)))
        return self.catalogue / path, content, mark, page

    def _edit(self, kind: str) -> None:
        file, content, _, _ = self._next_edit(kind)
        file.write_text(content, encoding="utf-8")

    def _add(self, line: str, cost: Cost) -> None:
        self.costs.setdefault(line, []).append(cost)

    def round(self, number: int) -> None:
        """Everything once."""
        self.caches += 1
        self._add("check, cold", self._run("check"))
        self._add("check, nothing changed", self._run("check"))
        self._edit("text")
        self._add("check, one file changed", self._run("check"))
        # Cold again: what a check keeps may serve a build.
        self.caches += 1
        site = self.folder / f"site-{number}"
        self._add("build, cold", self._run("build", "--out", site))
        self._add("build, nothing changed", self._run("build", "--out", site))
        self._edit("text")
        self._add("build, one text changed", self._run("build", "--out", site))
        self._edit("enterprise")
        self._add("build, new hidden enterprise", self._run("build", "--out", site))
        if self.peers is not None:
            self._beside(self.peers, site, number)

    def _beside(self, peers: Peers, site: Path, number: int) -> None:
        if not self.prepared:
            apart("inputs.py", "typed", self.catalogue, peers.inputs / "typed")
            apart("inputs.py", "pages", site, peers.inputs)
            self.prepared = True
        self._add("check-jsonschema", peers.check_jsonschema())
        self._add("hugo + pagefind", peers.hugo_pagefind(number))
        self._add("mkdocs-material", peers.mkdocs_material(number))

    def serve(self, repeat: int) -> None:
        """Edits while a preview runs, ours and hugo's."""
        command: list[str | Path] = [*JIEBANG, "serve", "--port", "0", "--catalogue", self.catalogue]
        with served(command, self._environment(), cwd=self.folder) as ours:
            for _ in range(repeat):
                file, content, mark, page = self._next_edit("text")
                ours.wait_for(page)
                self._add("serve, edit until served", ours.time_edit(file, content, page, mark))
        if self.peers is None:
            return
        hugo = [*self.peers.hugo_command(), "server", "--bind", "127.0.0.1", "--port", str(free_port())]
        with served(hugo, self.peers.hugo_environment()) as theirs:
            source = next((self.peers.inputs / "hugo" / "content" / "pages").glob("demands-d-*.md"))
            page = f"pages/{source.stem}/"
            for number in range(repeat):
                theirs.wait_for(page)
                mark = f"第{number}次改动之后再测。"
                content = f"{source.read_text(encoding='utf-8')}\n{mark}\n"
                self._add("hugo server, edit until served", theirs.time_edit(source, content, page, mark))


def make_catalogue(folder: Path, size: int) -> None:
    if size == SAMPLE:
        shutil.copytree(ROOT / "catalogue", folder)
    else:
        apart("make_catalogue.py", "--demands", str(size), "--out", folder)


def run(folder: Path, sizes: Sequence[int], repeat: int, peers: Path | None, console: Console) -> Iterator[tuple[int, dict[str, list[Cost]]]]:  # fmt: skip
    """Each size with its costs, as soon as it is measured."""
    for size in sizes:
        here = folder / str(size)
        alone = peers is None or size == BASE or size > ALONE_ABOVE
        rounds = repeat if size <= ALONE_ABOVE else 1
        bench = Bench(here, None if alone or peers is None else Peers(peers, here / "inputs"))
        make_catalogue(bench.catalogue, size)
        for number in range(rounds):
            console.print(
                f"正在测量{f' {size:,} 项需求' if size else '示例目录'}（第 {number + 1} 遍，共 {rounds} 遍）……"
            )
            bench.round(number)
        bench.serve(rounds)
        shutil.rmtree(here)
        yield size, bench.costs


def _sizes(text: str) -> int:
    if text == "sample":
        return SAMPLE
    if not text.isascii() or not text.isdigit() or int(text) < 2:
        raise argparse.ArgumentTypeError(f"{text} 不是需求的项数（至少 2），也不是 sample")
    return int(text)


def _peers(environment: Path, console: Console) -> Path | None:
    missing = Peers(environment, environment).missing()
    if missing:
        console.print(
            f"{environment} 里没有 {'、'.join(missing)}，只测本程序；make bench 会装好对照的程序。", markup=False
        )
        return None
    return environment


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="测量 jiebang check、build、serve 的用时与内存，并与其他程序对照。")
    parser.add_argument(
        "--sizes",
        type=_sizes,
        nargs="+",
        metavar="N",
        help="需求的项数，sample 是示例目录（默认 sample 100 1000 10000）",
    )
    parser.add_argument(
        "--large", action="store_true", help=f"再测 {LARGE:,} 项需求，只测本程序、只测一遍（要几十分钟）"
    )
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="每项测几遍，取中位数（默认 3）")
    parser.add_argument(
        "--peers", type=Path, default=ROOT / ".venv" / "bench", metavar="DIR", help="装有对照程序的环境"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="结果写到哪里；不写时，只有完整的测量才写 benchmarks/RESULTS.md"
    )
    given = parser.parse_args(arguments)
    if given.repeat < 1:
        parser.error("至少测一遍。")
    console = Console()
    sizes = sorted({*(SIZES if given.sizes is None else given.sizes), *((LARGE,) if given.large else ())})
    whole = given.sizes is None and given.repeat >= 3
    out = given.out or (HERE / "RESULTS.md" if whole else None)
    # The base is of use only where growth can be told.
    measured = sorted({*sizes, BASE}) if sum(size > BASE for size in sizes) > 1 else sizes
    peers = _peers(given.peers, console)
    with tempfile.TemporaryDirectory(prefix="jiebang-bench-") as folder:
        try:
            results = {}
            for size, costs in run(Path(folder), measured, given.repeat, peers, console):
                results[size] = costs
                # At once: the larger sizes take long, and a run that is cut off has told something.
                if size in sizes:
                    show(costs, size, console)
        except RunFailedError as error:
            console.print(f"测量中断：{error}", markup=False, highlight=False)
            return 1
    show_growth(results, console)
    if out is not None:
        out.write_text(markdown(results, sizes, versions() if peers else {}, ALONE_ABOVE), encoding="utf-8")
        console.print(f"已写入 {out}", highlight=False, soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
