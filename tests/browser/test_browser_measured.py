"""The search keeps to its budget, and the program that measures it on large catalogues runs."""

from __future__ import annotations

import gzip
import re
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser

import search as measurement
from jiebang.site.assets import collect
from jiebang.site.grouping import group_demands
from jiebang.site.search import build_index
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


def test_the_measurement_runs(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The browser that runs already takes the place of one that would be started for twenty demands.
    # Nor is it slowed down: nothing here depends on how long a query takes.
    monkeypatch.setattr(measurement, "SLOWED", 1)
    with browser.new_context() as context:
        running = SimpleNamespace(new_page=context.new_page, close=lambda: None)
        chromium = SimpleNamespace(launch=lambda **_: running)
        monkeypatch.setattr(measurement, "sync_playwright", lambda: nullcontext(SimpleNamespace(chromium=chromium)))
        assert measurement.main(["--demands", "20", "--queries", "10", "--scattered"]) == 0
    medians = re.findall(r"│ +\d+ +│ (\d+) / (\d+) / (\d+) +│", capsys.readouterr().out)
    assert len(medians) == 6
    assert all(int(most) <= 300 for _, _, most in medians)
