"""The search keeps to its budget, and the program that measures it on large catalogues runs."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys

from jiebang.site.assets import collect
from jiebang.site.grouping import group_demands
from jiebang.site.search import build_index
from tests.browser.chromium import executable
from tests.browser.served import SITE
from tests.conftest import ROOT

KIB = 1024


def test_what_is_loaded_before_the_first_search() -> None:
    scripts = [asset.content for asset in collect(ROOT / "site" / "assets") if asset.name.startswith("search/")]
    assert len(scripts) == 9
    assert sum(len(gzip.compress(script)) for script in scripts) <= 12 * KIB
    index = build_index(group_demands(SITE).told)
    manifest = next(file.make(*file.inputs) for file in index.files() if file.path == index.manifest_path)
    assert len(gzip.compress(manifest)) <= 8 * KIB


def test_the_measurement_runs() -> None:
    script = ROOT / "benchmarks" / "search.py"
    browser = ["--chromium", found] if (found := executable()) else []
    done = subprocess.run(
        [sys.executable, script, "--demands", "20", "--queries", "10", "--scattered", *browser],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"COLUMNS": "160", "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    medians = re.findall(r"│ +\d+ +│ (\d+) / (\d+) / (\d+) +│", done.stdout)
    assert len(medians) == 6
    assert all(int(most) <= 300 for _, _, most in medians)
