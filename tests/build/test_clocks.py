"""A clock that jumps: files of the future, and edits that bear a time long before the last build."""

from __future__ import annotations

import os
from pathlib import Path

from tests.conftest import Run
from tests.reviews import renew_reviews

DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"
_FUTURE, _PAST = 4_000_000_000, 100_000_000


def _stamped(folder: Path, seconds: int) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (seconds, seconds))


def test_an_edit_counts_whatever_time_the_clock_shows(run: Run, base: Path, tmp_path: Path) -> None:
    cache, out = tmp_path / "kept", tmp_path / "public"
    build = ("build", "--catalogue", base, "--out", out)
    assert run(*build, JIEBANG_CACHE=str(cache)).returncode == 0
    for kept in (base, out, cache):
        _stamped(kept, _FUTURE)
    file = base / DEMAND
    text = file.read_text(encoding="utf-8")
    # Of the same length, and as old as can be.
    file.write_text(text.replace("schedule: 1 年", "schedule: 2 年"), encoding="utf-8")
    renew_reviews(base)
    _stamped(base, _PAST)
    assert run(*build, JIEBANG_CACHE=str(cache)).returncode == 0
    page = out / "demands" / "d-aaaaaaa1" / "index.html"
    shown = page.read_bytes()
    assert "2 年" in shown.decode()
    # And a page that somebody changed, put back to the time it had.
    before = page.stat()
    page.write_bytes(shown.replace("2 年".encode(), "3 年".encode()))
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert run(*build, JIEBANG_CACHE=str(cache)).returncode == 0
    assert page.read_bytes() == shown
