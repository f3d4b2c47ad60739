"""What the browser tests read: sample views rendered into folders, and the day on which they are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jiebang.site import load_frames, render
from jiebang.site.assets import collect
from jiebang.workspace import cache_folder
from tests.browser import desk
from tests.conftest import ROOT
from tests.site import samples

SITE = samples.make_site(70)
ADDRESS = "https://catalogue.example.org/needs/"
"""What the site `addressed` is told of itself."""
TODAY = "2031-03-01"
"""The day on which every test reads the site."""


def script_path(name: str) -> str:
    """Where a page script stands in a site: `search/engine.js` → `assets/search/engine.<hash>.js`."""
    return next(asset.path for asset in collect(ROOT / "site" / "assets") if asset.name == name)


def write_sites(root: Path) -> None:
    """Folders `site`, `empty`, `hostile`, `long`, `desk` and `addressed` under `root`; the last one knows where it stands."""
    views = {
        "site": SITE,
        "empty": samples.empty_site(),
        "hostile": samples.hostile_site(),
        "long": samples.long_words_site(),
        "desk": desk.SITE,
        "addressed": samples.make_site(6),
    }
    frames = load_frames(ROOT, cache_folder(ROOT))
    addressed = replace(frames, config=replace(frames.config, url=ADDRESS))
    for name, view in views.items():
        for output in render(view, addressed if name == "addressed" else frames):
            file = root / name / output.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(output.content)
