"""Measures `jiebang check` and `jiebang build` on made-up catalogues of growing size: time, memory, ratio to a peer, growth.

Time on a shared machine tells little; the ratio to a peer measured in the same run and the growth between sizes tell more.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).resolve().parent
JIEBANG = Path(sys.executable).with_name("jiebang")
BASE = 10
"""So few demands that what they cost is the start of the program; taken off before growth is judged."""
SIZES = (100, 1_000)
LARGE = 10_000
TOLERATED = 1.15
"""A growth exponent above this is marked: 1 is as fast as the records, the rest is noise."""


class RunFailedError(Exception):
    """A measured command did not succeed, so its time means nothing."""


@dataclass(frozen=True, slots=True)
class Cost:
    """`seconds` on the clock, `cpu` of computing: what else runs on the machine changes the first more than the second."""

    seconds: float
    cpu: float
    mebibytes: float


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table."""

    command: str
    size: int
    cost: Cost
    peer: Cost


def measure(command: Sequence[str | Path]) -> Cost:
    """Runs a command to its end: wall time and peak memory of that process alone."""
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)  # noqa: S603 - our own
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            tail = "\n".join(said.read().decode("utf-8", errors="replace").splitlines()[-20:])
            raise RunFailedError(f"退出码 {process.returncode}：{' '.join(map(str, command))}\n{tail}")
    # Linux counts in KiB, macOS in bytes.
    return Cost(
        seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    )


def python(script: str, *arguments: str | Path) -> list[str | Path]:
    return [sys.executable, HERE / script, *arguments]


def best(costs: Sequence[Cost]) -> Cost:
    """The least disturbed time, and the most memory."""
    return Cost(
        min(cost.seconds for cost in costs),
        min(cost.cpu for cost in costs),
        max(cost.mebibytes for cost in costs),
    )


def run(folder: Path, sizes: Sequence[int], repeat: int, console: Console) -> list[Result]:
    results = []
    for size in (BASE, *sizes):
        console.print(f"正在测量 {size:,} 项需求……")
        catalogue, rounds = folder / str(size), range(repeat)
        measure(python("make_catalogue.py", "--demands", str(size), "--out", catalogue))
        if size == BASE:
            # The engine's frames depend on no record and are kept between builds: made outside the measurement.
            measure([JIEBANG, "build", "--catalogue", catalogue, "--out", folder / "first-site"])
        check = best([measure([JIEBANG, "check", "--catalogue", catalogue]) for _ in rounds])
        loads = best([measure(python("peers.py", "check", catalogue)) for _ in rounds])
        results.append(Result("check", size, check, loads))
        sites = [folder / f"{size}-site-{n}" for n in rounds]
        build = best([measure([JIEBANG, "build", "--catalogue", catalogue, "--out", site]) for site in sites])
        copies = [measure(python("peers.py", "write", sites[0], folder / f"{size}-copy-{n}")) for n in rounds]
        results.append(Result("build", size, build, best(copies)))
    return results


def growth(results: Sequence[Result], this: Result) -> float | None:
    """The exponent e of "computing grows with size to the power e" since the next smaller size, the start of the program taken off."""
    base, *others = sorted(
        (r for r in results if r.command == this.command and r.size <= this.size), key=lambda r: r.size
    )
    if len(others) < 2:
        return None
    before = others[-2]
    extra, extra_before = this.cost.cpu - base.cost.cpu, before.cost.cpu - base.cost.cpu
    if extra <= 0 or extra_before <= 0:
        return None
    return math.log(extra / extra_before) / math.log((this.size - base.size) / (before.size - base.size))


def show(results: Sequence[Result], console: Console) -> None:
    table = Table()
    for heading in ("命令", "需求", "用时 s", "CPU s", "内存 MiB", "对照 s", "倍数", "增长"):
        table.add_column(heading, justify="left" if heading == "命令" else "right")
    for result in sorted(results, key=lambda r: (r.command != "check", r.size)):
        exponent = growth(results, result)
        table.add_row(
            result.command,
            f"{result.size:,}",
            f"{result.cost.seconds:.2f}",
            f"{result.cost.cpu:.2f}",
            f"{result.cost.mebibytes:.0f}",
            f"{result.peer.cpu:.2f}",
            f"{result.cost.cpu / result.peer.cpu:.2f}",
            "—" if exponent is None else f"{exponent:.2f}{' ↑' if exponent > TOLERATED else ''}",
        )
    console.print(table)
    console.print(
        "对照：check 为用 PyYAML（C 解析器）和 jsonschema 读同样的文件，build 为把同样的文件写一遍。"
        "对照、倍数和增长按 CPU 时间算。增长：除去启动所需，1 表示与需求数同步，↑ 表示更快。",
        soft_wrap=True,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="测量 jiebang check 和 jiebang build 的用时与内存。")
    parser.add_argument("--large", action="store_true", help=f"再测 {LARGE:,} 项需求（要几分钟）")
    parser.add_argument("--repeat", type=int, default=2, metavar="N", help="每项测几次，取最好的用时（默认 2）")
    given = parser.parse_args(arguments)
    if given.repeat < 1:
        parser.error("至少测一次。")
    console = Console()
    with tempfile.TemporaryDirectory(prefix="jiebang-bench-") as folder:
        try:
            results = run(Path(folder), (*SIZES, LARGE) if given.large else SIZES, given.repeat, console)
        except RunFailedError as error:
            console.print(f"测量中断：{error}", markup=False, highlight=False)
            return 1
    show(results, console)
    return 0


if __name__ == "__main__":
    sys.exit(main())
