"""What was measured, told: medians, ratios of the same round, growth between sizes; on the terminal and as `RESULTS.md`."""

from __future__ import annotations

import math
import os
import platform
import statistics
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

import jiebang
from measure import Cost

TOLERATED = 1.15
"""A growth exponent above this is marked: 1 is as fast as the records, the rest is noise."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is measured. `beside` are the lines of other programs that do a part of the same work."""

    name: str
    said: str
    """In Chinese, for the terminal."""
    beside: tuple[str, ...] = ()


LINES = (
    Line("check, cold", "检查，没有缓存", ("check-jsonschema",)),
    Line("check, nothing changed", "检查，没有改动", ("check-jsonschema",)),
    Line("check, one file changed", "检查，改了一份", ("check-jsonschema",)),
    Line("build, cold", "生成，没有缓存", ("hugo + pagefind", "mkdocs-material")),
    Line("build, nothing changed", "生成，没有改动", ("hugo + pagefind", "mkdocs-material")),
    Line("build, one text changed", "生成，改了一项需求的文字", ("hugo + pagefind", "mkdocs-material")),
    Line("build, new hidden enterprise", "生成，新增一家不公开的企业", ("hugo + pagefind", "mkdocs-material")),
    Line("serve, edit until served", "预览，从保存到更新", ("hugo server, edit until served",)),
    Line("check-jsonschema", "check-jsonschema"),
    Line("hugo + pagefind", "hugo + pagefind"),
    Line("mkdocs-material", "mkdocs-material"),
    Line("hugo server, edit until served", "hugo server，从保存到更新"),
)

Rounds = Mapping[str, Sequence[Cost]]
"""Of one size: by line, what it cost in each round."""


def median(rounds: Rounds, line: str) -> Cost:
    """The median of each part, and the most memory."""
    costs = rounds[line]
    return Cost(
        statistics.median(cost.seconds for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        max(cost.mebibytes for cost in costs),
    )


def ratio(rounds: Rounds, line: str, beside: str, part: Callable[[Cost], float]) -> float | None:
    """How many times as long the other one takes: the median over the rounds, each compared in itself, as the machine was then."""
    pairs = zip(rounds.get(line, ()), rounds.get(beside, ()), strict=False)
    found = [part(other) / part(ours) for ours, other in pairs if part(ours) > 0]
    return statistics.median(found) if found else None


def growth(results: Mapping[int, Rounds], line: str, size: int) -> float | None:
    """The exponent e of "computing grows with size to the power e" since the next smaller size. The smallest size is the start of the
    program, and taken off before; None where nothing is left, or where there are no two sizes above it."""
    known = sorted(each for each, rounds in results.items() if each and line in rounds)
    if size not in known[2:]:
        return None
    base, *sizes = known
    before = sizes[sizes.index(size) - 1]
    start = median(results[base], line).cpu
    extra, extra_before = (median(results[each], line).cpu - start for each in (size, before))
    if extra <= 0 or extra_before <= 0:
        return None
    return math.log(extra / extra_before) / math.log((size - base) / (before - base))


def _times(number: float) -> str:
    """Two figures, which is what such a ratio is good for."""
    return f"{number:.{0 if number >= 10 else 1 if number >= 1 else 2}f}×"


def _ratios(rounds: Rounds, line: Line) -> str:
    parts = []
    for beside in line.beside:
        wall = ratio(rounds, line.name, beside, lambda cost: cost.seconds)
        cpu = ratio(rounds, line.name, beside, lambda cost: cost.cpu)
        if wall is not None:
            parts.append(f"{beside} {_times(wall)}" + (f" ({_times(cpu)})" if cpu is not None else ""))
    return "; ".join(parts)


def _rows(rounds: Rounds) -> list[tuple[Line, list[str]]]:
    rows = []
    for line in LINES:
        if line.name in rounds:
            cost = median(rounds, line.name)
            cells = [f"{cost.seconds:.2f}", f"{cost.cpu:.2f}", f"{cost.mebibytes:.0f}", _ratios(rounds, line)]
            rows.append((line, cells))
    return rows


def _growths(results: Mapping[int, Rounds], line: Line) -> list[str]:
    found = (growth(results, line.name, size) for size in _grown(results))
    return ["—" if one is None else f"{one:.2f}{' ↑' if one > TOLERATED else ''}" for one in found]


def _grown(results: Mapping[int, Rounds]) -> list[int]:
    return sorted(size for size in results if size)[2:]


def _size(size: int, sample: str, demands: str) -> str:
    return f"{size:,} {demands}" if size else sample


def show(rounds: Rounds, size: int, console: Console) -> None:
    """What one size cost, on the terminal."""
    table = Table(title=_size(size, "示例目录", "项需求"), title_justify="left")
    for heading in ("", "用时 s", "CPU s", "内存 MiB", "对照用时是它的几倍（CPU）"):
        table.add_column(heading, justify="right" if heading[-2:] in {" s", "iB"} else "left")
    for line, cells in _rows(rounds):
        table.add_row(line.said, *cells)
    console.print(table)


def show_growth(results: Mapping[int, Rounds], console: Console) -> None:
    """The exponents, on the terminal, where there are sizes enough."""
    steps = _grown(results)
    if not steps:
        return
    table = Table(title="增长：CPU 用时随需求数的几次方增长，除去启动；1 表示同步，↑ 表示更快", title_justify="left")
    for heading in ("", *(f"到 {size:,}" for size in steps)):
        table.add_column(heading)
    for line in LINES:
        if any(line.name in results[size] for size in steps):
            table.add_row(line.said, *_growths(results, line))
    console.print(table)


def _machine() -> str:
    model = platform.processor() or platform.machine()
    told = Path("/proc/cpuinfo")
    if told.is_file():
        names = (
            line.partition(":")[2].strip() for line in told.read_text().splitlines() if line.startswith("model name")
        )
        model = next(names, model)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )


def _commit() -> str:
    folder = Path(__file__).resolve().parent
    done = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=folder, capture_output=True, check=False)  # noqa: S607 - git, wherever it is installed
    return f" ({done.stdout.decode().strip()})" if done.returncode == 0 else ""


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    marks = ["---", *("---:" if head in {"s", "CPU s", "MiB"} else "---" for head in heads[1:])]
    return [f"| {' | '.join(row)} |" for row in (heads, marks, *rows)]


def markdown(results: Mapping[int, Rounds], sizes: Sequence[int], versions: Mapping[str, str], largest: int) -> str:
    """`RESULTS.md`. `largest`: above this size nothing is measured beside ours."""
    others = ", ".join(f"{name} {version}" for name, version in versions.items())
    repeats = {size: max(map(len, results[size].values())) for size in sizes}
    told = ", ".join(f"{_size(size, 'the sample', 'demands')}: {count}" for size, count in repeats.items())
    text = [
        "# Results",
        "",
        f"Made by `make bench` on {datetime.now(UTC):%Y-%m-%d}. jiebang {jiebang.__version__}{_commit()} beside {others}.",
        f"Machine: {_machine()}.",
        "",
        f"Medians of the rounds ({told}); in a round everything is measured once, one after the other, and ratios compare within a round.",
        "Cold: an empty `JIEBANG_CACHE`, so no store and no frames. “×”: how many times as long the other program takes on the clock, and in",
        "brackets in computing. MiB: of all processes of a command together (PSS, looked at ten times a second; at least the most that one had).",
        "check-jsonschema judges the same records by the same schemas, a call a kind of record; hugo with pagefind makes as many pages with the",
        "same text in the same shell; mkdocs-material makes a page a demand, outside the menu. They keep nothing between runs: beside a second",
        f"run of ours stands their whole run again.{f' Above {largest:,} demands ours is measured alone.' if max(sizes) > largest else ''}",
    ]
    for size in sizes:
        rows = [[line.name, *cells] for line, cells in _rows(results[size])]
        text += ["", f"## {_size(size, 'The sample', 'demands')}", ""]
        text += _table(["", "s", "CPU s", "MiB", "beside"], rows)
    if steps := _grown(results):
        grown = [[line.name, *_growths(results, line)] for line in LINES if any(line.name in results[s] for s in steps)]
        text += ["", "## Growth", "", "Exponent of computing over the number of demands, the start of the program taken off; 1: as fast", "as the records; ↑: faster.", ""]  # fmt: skip
        text += _table(["", *(f"to {size:,}" for size in steps)], grown)
    return "\n".join(text) + "\n"
