"""Measures the leak gate: how long a catalogue's names take to get ready, and how many pages a second are looked through.

`python benchmarks/gate.py --enterprises 5000 --pages 10000` is the size that a build has to bear.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from jiebang.build.making import frames
from jiebang.catalogue import load
from jiebang.publication import File, Secrets, find_leaks_in
from jiebang.publication.publish import publish
from jiebang.site import render

HERE = Path(__file__).resolve().parent
_PER_DEMAND = 0.6
"""How many enterprises `make_catalogue.py` makes for one demand."""
_AT_ONCE = 1 << 20
"""Bytes of pages that are looked through together, as in a build."""


def _catalogue(folder: Path, enterprises: int) -> None:
    command = [sys.executable, str(HERE / "make_catalogue.py"), "--demands", str(round(enterprises / _PER_DEMAND))]
    subprocess.run([*command, "--out", str(folder)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - a program of ours


def main() -> None:
    parser = argparse.ArgumentParser(description="测量泄露检查的用时。")
    parser.add_argument("--enterprises", type=int, default=600, help="企业数（默认 600）")
    parser.add_argument("--pages", type=int, default=1000, help="网页数（默认 1000）")
    options = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        _catalogue(Path(folder) / "catalogue", options.enterprises)
        catalogue, _ = load(Path(folder) / "catalogue")
        started = time.process_time()
        secrets = Secrets(catalogue)
        console.print(f"{len(catalogue.enterprises):,} 家企业的名称准备好，用时 {time.process_time() - started:.1f} 秒")
        pages: list[File] = []
        number = size = waiting = leaks = 0
        seconds = 0.0
        for output in render(publish(catalogue, {}).site, frames()):
            if not output.path.endswith(".html"):
                continue
            pages.append(File(output.path, output.content))
            number += 1
            waiting += len(output.content)
            if waiting > _AT_ONCE or number == options.pages:
                started = time.process_time()
                leaks += sum(map(len, find_leaks_in(pages, secrets)))
                seconds += time.process_time() - started
                size, waiting, pages = size + waiting, 0, []
            if number == options.pages:
                break
        console.print(
            f"{number:,} 页（{size / 1e6:.0f} MB）用时 {seconds:.1f} 秒：每秒 {number / seconds:.0f} 页，发现 {leaks} 处"
        )


if __name__ == "__main__":
    main()
