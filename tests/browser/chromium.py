"""Finds a browser to test with: the one named in JIEBANG_CHROMIUM, else one on PATH, else Playwright's own."""

from __future__ import annotations

import os
import shutil
from typing import Any

_NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Python for browsers is compiled once, quickly: it is asked too little to be worth compiling again.
    "--js-flags=--liftoff-only",
)
"""A browser that asks nobody anything: what it requests is what the page made it request."""


def executable() -> str | None:
    """Path of the browser; None where Playwright shall take its own."""
    if named := os.environ.get("JIEBANG_CHROMIUM"):
        return named
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def launch_options() -> dict[str, Any]:
    """What Playwright starts it with."""
    return {"executable_path": executable(), "args": list(QUIET)}
